"""Sheets as HTML, DOCX and PDF files."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from html import escape
from random import Random

from render.model import (
    Form,
    Sheet,
    Slot,
)
from render.sheets import (
    contents,
    dense,
)


def render_html(form: Form, rng: Random, scaled: bool = False, wrapped: bool = False) -> tuple[bytes, str]:
    """A page with true tables; ``scaled`` splits grid columns, ``wrapped`` sets the page as sites do."""
    body = "".join(html_block(kind, content, rng, scaled, wrapped) for kind, content in contents(form))
    if wrapped:
        menu = "".join(f"<li><a href='#'>{word}</a></li>" for word in ("首页", "政务公开", "年度报告", "办事服务"))
        body = f"<ul>{menu}</ul><table width='100%'><tr><td><div>{body}</div></td></tr></table><p>联系我们</p>"
    page = f"<!doctype html><html><head><title>{form.title}</title></head><body>{body}</body></html>"
    return page.encode(), "report.html"


def render_html_dressed(form: Form, rng: Random) -> tuple[bytes, str]:
    """The page with harmless extra spans, wrappers inside the cells, padding, a layout table and a menu."""
    return render_html(form, rng, scaled=True, wrapped=True)


def html_block(kind: str, content: str | Sheet, rng: Random, scaled: bool, wrapped: bool) -> str:
    if isinstance(content, str):
        tag = {"title": "h1", "heading": rng.choice(("h2", "p"))}.get(kind, "p")
        return f"<{tag}>{escape(content)}</{tag}>\n"
    widths = [rng.choice((1, 1, 2)) if scaled else 1 for _ in range(max(map(len, dense(content))))]
    rows = []
    for places in dense(content):
        cells = []
        for col, (_, slot) in enumerate(places):
            if slot:
                span = sum(widths[col : col + slot.colspan])
                cells.append(html_cell(slot, span, rng if wrapped else None))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><tbody>{''.join(rows)}</tbody></table>\n"


def html_cell(slot: Slot, colspan: int, rng: Random | None) -> str:
    spans = f' colspan="{colspan}"' if colspan > 1 else ""
    spans += f' rowspan="{slot.rowspan}"' if slot.rowspan > 1 else ""
    text = escape(slot.text)
    if rng:
        pad = rng.choice(("", "&nbsp;", " ", "&nbsp;&nbsp;"))
        left, right = rng.choice((("", ""), ("<p>", "</p>"), ("<p><span>", "</span></p>"), ("<font>", "</font>")))
        text = f"{left}{pad}{text}{rng.choice(('', '&nbsp;'))}{right}"
    return f"<td{spans}>{text}</td>"


def render_docx(form: Form, rng: Random) -> tuple[bytes, str]:
    """A Word file with merged cells."""
    body = "".join(
        word_paragraph(content) if isinstance(content, str) else word_table(content) for _, content in contents(form)
    )
    names = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/officeDocument"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{names}"><w:body>{body}</w:body></w:document>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue(), "report.docx"


def word_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def word_table(sheet: Sheet) -> str:
    """Cells below a merged one are there, and say that they go on."""
    above: dict[int, tuple[int, int]] = {}
    rows = []
    for slots in sheet:
        left, col, cells = list(slots), 0, []
        while left or above.get(col, (0, 0))[0]:
            rest, span = above.get(col, (0, 0))
            if rest:
                above[col] = (rest - 1, span)
                cells.append(word_cell("", span, "<w:vMerge/>"))
                col += span
                continue
            slot = left.pop(0)
            above[col] = (slot.rowspan - 1, slot.colspan)
            cells.append(word_cell(slot.text, slot.colspan, '<w:vMerge w:val="restart"/>' if slot.rowspan > 1 else ""))
            col += slot.colspan
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    width = max(map(len, dense(sheet)))
    return f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{''.join(rows)}</w:tbl>"


def word_cell(text: str, span: int, merge: str) -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{wide}{merge}</w:tcPr>{word_paragraph(text)}</w:tc>"


# PDF


@cache
def pdf_font() -> str:
    """A Chinese font that needs no file."""
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont

    registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def render_pdf(form: Form, rng: Random, ruled: bool = True) -> tuple[bytes, str]:
    """A PDF with ruled tables, or with none of the lines drawn."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style = ParagraphStyle("body", fontName=pdf_font(), fontSize=10, leading=15, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName=pdf_font(), fontSize=7, leading=9, wordWrap="CJK")
    story: list[object] = []
    for _, content in contents(form):
        if isinstance(content, str):
            story.append(Paragraph(escape(content), style))
        else:
            story += [pdf_table(content, small, ruled), Spacer(1, 8)]
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=36).build(story)
    return file.getvalue(), "ruled.pdf" if ruled else "unruled.pdf"


def render_unruled_pdf(form: Form, rng: Random) -> tuple[bytes, str]:
    """A PDF whose tables have no lines."""
    return render_pdf(form, rng, ruled=False)


def render_picture(form: Form, rng: Random) -> tuple[bytes, str]:
    """The ruled page as pictures, as a scanner gives them: a TIFF file with a picture for each page."""
    import pypdfium2

    pages = [
        page.render(scale=200 / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(render_pdf(form, rng)[0])
    ]
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw", dpi=(200, 200))
    return buffer.getvalue(), "report.tiff"


def pdf_table(sheet: Sheet, style: object, ruled: bool) -> object:
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
