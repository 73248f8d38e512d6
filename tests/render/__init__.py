"""Random, consistent forms and renderers that print them as files, layout by layout, fault by fault.

A ``Form`` is a filled statutory form; ``truth(form)`` is what its page prints, by table, row and column. A renderer
makes a file of it: ``render_html(form, rng) -> (bytes, name)``. A fault makes a form whose page has it:
``lose_label(form, rng) -> Form``; the truth of the result is still what the page prints.
"""

from render.layouts import DEFECTS, LAYOUTS, LOSSY, PICTURE, PLAIN
from render.model import APPLICANTS, Form, Key, random_form
from render.sheets import sheet_of, truth, worth

__all__ = [
    "APPLICANTS",
    "DEFECTS",
    "LAYOUTS",
    "LOSSY",
    "PICTURE",
    "PLAIN",
    "Form",
    "Key",
    "random_form",
    "sheet_of",
    "truth",
    "worth",
]
