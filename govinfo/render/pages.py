"""Filled forms as HTML and DOCX files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from html import escape
from random import Random

from govinfo.render.model import (
    Form,
    Sheet,
    Slot,
)
from govinfo.render.sheets import (
    Content,
    contents,
    dense,
)

WORD_WIDTH = 9000
"""Width of a table in twentieths of a point."""

WORD_BORDERS = (
    '<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr>"
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
    """A paragraph or a table of the page."""
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
    """A cell; with ``rng`` in the wrappers and the padding that editors of web pages leave."""
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
    return docx_of(content for _, content in contents(form)), "report.docx"


def docx_of(blocks: Iterable[Content]) -> bytes:
    """A Word file of paragraphs and tables."""
    body = "".join(word_paragraph(block) if isinstance(block, str) else word_table(block) for block in blocks)
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
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def word_paragraph(text: str) -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def word_table(sheet: Sheet) -> str:
    """Cells below a merged one are there, and say that they go on."""
    width = max(map(len, dense(sheet)))
    unit = WORD_WIDTH // width
    above: dict[int, tuple[int, int]] = {}
    rows = []
    for slots in sheet:
        left, col, cells = list(slots), 0, []
        while left or above.get(col, (0, 0))[0]:
            rest, span = above.get(col, (0, 0))
            if rest:
                above[col] = (rest - 1, span)
                cells.append(word_cell("", span, unit, "<w:vMerge/>"))
                col += span
                continue
            slot = left.pop(0)
            above[col] = (slot.rowspan - 1, slot.colspan)
            merge = '<w:vMerge w:val="restart"/>' if slot.rowspan > 1 else ""
            cells.append(word_cell(slot.text, slot.colspan, unit, merge))
            col += slot.colspan
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = f'<w:gridCol w:w="{unit}"/>' * width
    return f"<w:tbl>{WORD_BORDERS}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def word_cell(text: str, span: int, unit: int, merge: str) -> str:
    """A cell of a Word file over columns of the width ``unit``; ``merge`` says where a merged one begins or goes on."""
    wide = f'<w:tcW w:w="{span * unit}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    return f"<w:tc><w:tcPr>{wide}{merge}</w:tcPr>{word_paragraph(text)}</w:tc>"
