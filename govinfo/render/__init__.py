"""Report files of filled forms, in many layouts, with their truth. They are no evidence about any government.

A ``Form`` is a filled statutory form, a layout makes a file of it: ``LAYOUTS["html"](form, rng) -> (bytes, name)``.
``write_files`` writes the reports of invented agencies as such files.
"""

from govinfo.render.files import MANIFEST, TRUTH, write_files
from govinfo.render.layouts import FORMATS, LAYOUTS, LOSSY, PLAIN
from govinfo.render.model import APPLICANTS, Form, Key
from govinfo.render.sheets import sheet_of

__all__ = [
    "APPLICANTS",
    "FORMATS",
    "LAYOUTS",
    "LOSSY",
    "MANIFEST",
    "PLAIN",
    "TRUTH",
    "Form",
    "Key",
    "sheet_of",
    "write_files",
]
