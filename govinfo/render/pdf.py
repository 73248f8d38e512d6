"""Filled forms as PDF files. reportlab is imported only where one is made."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from random import Random

from govinfo.errors import MissingSoftware
from govinfo.render.model import Form, Sheet
from govinfo.render.sheets import Content, contents, dense

Drawing = tuple[object, ...]
"""A command for a table: its name, the first row and the last, its values."""

DRAWN: dict[str, Callable[[int], list[Drawing]]] = {
    "unruled": lambda head: [],
    "ruled": lambda head: [("GRID", 0, -1, 0.5, "black")],
    "row-rules": lambda head: [("LINEABOVE", 0, 0, 0.5, "black"), ("LINEBELOW", 0, -1, 0.5, "black")],
    "column-rules": lambda head: [("BOX", 0, -1, 0.5, "black"), ("LINEBEFORE", 0, -1, 0.5, "black")],
    "frame": lambda head: [("BOX", 0, -1, 0.5, "black")],
    "three-line": lambda head: [
        ("LINEABOVE", 0, 0, 1, "black"),
        ("LINEBELOW", head - 1, head - 1, 0.5, "black"),
        ("LINEBELOW", -1, -1, 1, "black"),
    ],
    "shaded": lambda head: [
        ("BACKGROUND", 0, head - 1, "#bfd3e6"),
        ("ROWBACKGROUNDS", head, -1, ("#eeeeee", None)),
    ],
    "shaded-cells": lambda head: [
        ("BACKGROUND", 0, -1, "#eeeeee"),
        ("BACKGROUND", 0, head - 1, "#bfd3e6"),
    ],
    "white-rules": lambda head: [("BACKGROUND", 0, -1, "#dce6f1"), ("GRID", 0, -1, 1.5, "white")],
}
"""What is drawn of a table, by name: the commands for a table with so many rows of heads."""


@cache
def pdf_font() -> str:
    """A Chinese font that needs no file. Raises MissingSoftware without reportlab."""
    try:
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfbase.pdfmetrics import registerFont
    except ImportError as error:
        raise MissingSoftware("PDF files are made with reportlab.", hint="pip install 'govinfo[synth]'") from error
    registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def render_pdf(form: Form, rng: Random, drawn: str = "ruled", size: float = 7, align: int = 0) -> tuple[bytes, str]:
    """A PDF; ``drawn``, ``size`` and ``align`` are those of ``pdf_of``."""
    blocks = (content for _, content in contents(form))
    return pdf_of(blocks, form.title, drawn, size, align), f"{drawn}.pdf"


def pdf_of(blocks: Iterable[Content], title: str, drawn: str = "ruled", size: float = 7, align: int = 0) -> bytes:
    """A PDF of paragraphs and tables; ``drawn`` names what is drawn of its tables (``DRAWN``), ``size`` is that of the
    letters in them, ``align`` tells whether these stand left (0), in the middle (1) or right (2)."""
    font = pdf_font()
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style = ParagraphStyle("body", fontName=font, fontSize=10, leading=15, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName=font, fontSize=size, leading=size + 2, alignment=align, wordWrap="CJK")
    story: list[object] = []
    for block in blocks:
        if isinstance(block, str):
            story.append(Paragraph(escape(block), style))
        else:
            story += [pdf_table(block, small, drawn), Spacer(1, 8)]
    file = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 36)
    SimpleDocTemplate(file, pagesize=A4, title=title, invariant=1, **margins).build(story)
    return file.getvalue()


def render_unruled_pdf(form: Form, rng: Random) -> tuple[bytes, str]:
    """A PDF whose tables have no lines."""
    return render_pdf(form, rng, "unruled")


def render_row_rules_pdf(form: Form, rng: Random) -> tuple[bytes, str]:
    """A PDF whose tables have lines between their rows alone."""
    return render_pdf(form, rng, "row-rules")


def render_three_line_pdf(form: Form, rng: Random) -> tuple[bytes, str]:
    """A PDF whose tables have three lines: at the top, below the head, at the bottom."""
    return render_pdf(form, rng, "three-line")


def render_shaded_pdf(form: Form, rng: Random) -> tuple[bytes, str]:
    """A PDF whose tables have no lines but a dark head and every other row shaded."""
    return render_pdf(form, rng, "shaded")


def pdf_table(sheet: Sheet, style: object, drawn: str) -> object:
    """A table of a PDF; ``style`` is that of the text in its cells, ``drawn`` one of ``DRAWN``."""
    from reportlab.platypus import Paragraph, Table, TableStyle

    grid = dense(sheet)
    width = max(map(len, grid))
    head = next((at for at, row in enumerate(grid) if any(slot and slot.means for _, slot in row)), 1)
    commands: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("FONTSIZE", (0, 0), (-1, -1), 7)]
    commands += [(name, (0, first), (-1, last), *values) for name, first, last, *values in DRAWN[drawn](head)]
    cells = []
    for at, row in enumerate(grid):
        texts: list[object] = []
        for col, (_, slot) in enumerate(row):
            texts.append(Paragraph(escape(slot.text), style) if slot else "")
            if slot and (slot.rowspan > 1 or slot.colspan > 1):
                commands.append(("SPAN", (col, at), (col + slot.colspan - 1, at + slot.rowspan - 1)))
        cells.append(texts + [""] * (width - len(texts)))
    begins = [next((col for col, (_, slot) in enumerate(row) if slot and slot.means), 0) for row in grid]
    labels = max(filter(None, begins), key=begins.count, default=0)  # of most rows
    room = [230 / labels] * labels if labels else []
    room += [(520 - sum(room)) / (width - labels)] * (width - labels)
    return Table(cells, colWidths=room, style=TableStyle(commands))
