"""All layouts by name, and the formats of file that they make."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from govinfo.render.dumps import (
    render_blank_lines,
    render_cell_pipes,
    render_flat,
    render_indented,
    render_lone_pipes,
    render_markdown,
    render_markdown_pieces,
    render_pipes,
    render_pipes_padded,
    render_pipes_trailing,
    render_row_opening_pipes,
    render_single_lines,
    render_spaced,
    render_tabs,
    render_tabs_collapsed,
)
from govinfo.render.model import Form
from govinfo.render.pages import render_docx, render_html, render_html_dressed
from govinfo.render.pdf import (
    render_pdf,
    render_row_rules_pdf,
    render_shaded_pdf,
    render_three_line_pdf,
    render_unruled_pdf,
)

Render = Callable[[Form, Random], tuple[bytes, str]]
"""Makes a file of a form: its bytes, and a name whose suffix tells the kind."""

PLAIN: dict[str, Render] = {
    "html": render_html,
    "html-dressed": render_html_dressed,
    "docx": render_docx,
    "pipes": render_pipes,
    "markdown": render_markdown,
    "tabs": render_tabs,
    "ruled-pdf": render_pdf,
}
"""Layouts that keep every place: all of them must be read right, with no doubt."""

LOSSY: dict[str, Render] = {
    "tabs-collapsed": render_tabs_collapsed,
    "pipes-padded": render_pipes_padded,
    "pipes-trailing": render_pipes_trailing,
    "markdown-pieces": render_markdown_pieces,
    "indented": render_indented,
    "blank-lines": render_blank_lines,
    "single-lines": render_single_lines,
    "cell-pipes": render_cell_pipes,
    "lone-pipes": render_lone_pipes,
    "row-opening-pipes": render_row_opening_pipes,
    "flat": render_flat,
    "spaced": render_spaced,
    "unruled-pdf": render_unruled_pdf,
    "row-rules-pdf": render_row_rules_pdf,
    "three-line-pdf": render_three_line_pdf,
    "shaded-pdf": render_shaded_pdf,
}
"""Layouts that lose spans, blanks, rows or gaps: a cell may stay open, never be read wrong in silence."""

LAYOUTS = PLAIN | LOSSY
"""All layouts by name: what makes a file of a form."""

FORMATS = {
    "html": ("html", "html-dressed"),
    "docx": ("docx",),
    "txt": (
        "pipes",
        "tabs",
        "tabs-collapsed",
        "pipes-padded",
        "pipes-trailing",
        "indented",
        "blank-lines",
        "single-lines",
        "cell-pipes",
        "lone-pipes",
        "row-opening-pipes",
        "spaced",
        "flat",
    ),
    "md": ("markdown", "markdown-pieces"),
    "pdf": ("ruled-pdf", "unruled-pdf", "row-rules-pdf", "three-line-pdf", "shaded-pdf"),
}
"""The formats of file by suffix, with the layouts that make them."""

ONLY_BY_NAME = frozenset({"flat", "unruled-pdf", "row-rules-pdf", "three-line-pdf", "shaded-pdf"})
"""Layouts that lose so much that figures of a form without a defect stay open when they are read."""
