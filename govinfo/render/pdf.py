"""Filled forms as PDF files. reportlab is imported only where one is made."""

from __future__ import annotations

import io
from functools import cache
from html import escape
from random import Random

from govinfo.errors import MissingSoftware
from govinfo.render.model import Form, Sheet
from govinfo.render.sheets import contents, dense


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


def render_pdf(form: Form, rng: Random, ruled: bool = True) -> tuple[bytes, str]:
    """A PDF with ruled tables, or with none of the lines drawn."""
    font = pdf_font()
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style = ParagraphStyle("body", fontName=font, fontSize=10, leading=15, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName=font, fontSize=7, leading=9, wordWrap="CJK")
    story: list[object] = []
    for _, content in contents(form):
        if isinstance(content, str):
            story.append(Paragraph(escape(content), style))
        else:
            story += [pdf_table(content, small, ruled), Spacer(1, 8)]
    file = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 36)
    SimpleDocTemplate(file, pagesize=A4, title=form.title, invariant=1, **margins).build(story)
    return file.getvalue(), "ruled.pdf" if ruled else "unruled.pdf"


def render_unruled_pdf(form: Form, rng: Random) -> tuple[bytes, str]:
    """A PDF whose tables have no lines."""
    return render_pdf(form, rng, ruled=False)


def pdf_table(sheet: Sheet, style: object, ruled: bool) -> object:
    """A table of a PDF; ``style`` is that of the text in its cells."""
    from reportlab.lib.colors import black
    from reportlab.platypus import Paragraph, Table, TableStyle

    grid = dense(sheet)
    width = max(map(len, grid))
    commands: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("FONTSIZE", (0, 0), (-1, -1), 7)]
    commands += [("GRID", (0, 0), (-1, -1), 0.5, black)] if ruled else []
    cells = []
    for at, row in enumerate(grid):
        texts: list[object] = []
        for col, (_, slot) in enumerate(row):
            texts.append(Paragraph(escape(slot.text), style) if slot else "")
            if slot and (slot.rowspan > 1 or slot.colspan > 1):
                commands.append(("SPAN", (col, at), (col + slot.colspan - 1, at + slot.rowspan - 1)))
        cells.append(texts + [""] * (width - len(texts)))
    labels = min((col for row in grid for col, (_, slot) in enumerate(row) if slot and slot.means), default=0)
    room = [230 / labels] * labels if labels else []
    room += [(520 - sum(room)) / (width - labels)] * (width - labels)
    return Table(cells, colWidths=room, style=TableStyle(commands))
