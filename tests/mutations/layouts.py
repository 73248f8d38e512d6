"""A changed page as files of other kinds: its paragraphs and tables, printed as a Word file, as a ruled PDF, as a dump
with tabs and as one with one cell a line, which loses blanks and spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from govinfo.render.model import Sheet, Slot
from govinfo.render.pages import docx_of
from govinfo.render.pdf import pdf_of
from govinfo.render.sheets import Content
from mutations.pages import Element, Key, Page, text_of
from mutations.word import WordFile, word_file

PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "title")


def contents_of(page: Page) -> Iterator[Content]:
    """The paragraphs and tables of a page in reading order; a table around others is none."""
    keys = {cell: key for row in page.rows for key, cell in zip(row.keys, row.figures, strict=True)}
    inside: set[Element] = set()
    for element in page.tree.iter():
        if element in inside or not isinstance(element.tag, str):
            continue
        if element.tag == "table" and element.find(".//table") is None:
            inside.update(element.iter())
            yield sheet_of(element, keys)
        elif element.tag in PARAGRAPHS and element.find(".//table") is None and text_of(element):
            inside.update(element.iter())
            yield text_of(element)


def sheet_of(table: Element, keys: dict[Element, Key]) -> Sheet:
    """The rows of a table with their spans; none reaches below the last row."""
    rows = [[slot_of(cell, keys) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    return tuple(
        tuple(replace(slot, rowspan=min(slot.rowspan, len(rows) - at)) for slot in row) for at, row in enumerate(rows)
    )


def slot_of(cell: Element, keys: dict[Element, Key]) -> Slot:
    """A cell of a table."""
    spans = [int(cell.get(name) or 1) for name in ("rowspan", "colspan")]
    return Slot(text_of(cell), *spans, means=keys.get(cell))


def dump_of_page(page: Page, between: str, keeps_blanks: bool) -> bytes:
    """The lines of a page, the cells of a table parted by a sign; blank cells may vanish."""
    lines = []
    for block in contents_of(page):
        rows = (
            [block]
            if isinstance(block, str)
            else [between.join(slot.text for slot in row if slot.text or keeps_blanks) for row in block]
        )
        lines += [row for row in rows if row.strip()]
    return "\n".join(lines).encode()


@dataclass(frozen=True)
class Layout:
    """A kind of file: its name, what makes it of a page, the changes of a page that it does not show, and of which
    kind of pages it is made."""

    name: str
    make: Callable[[Page], bytes]
    unseen: frozenset[str] = frozenset()
    of: type[Page] = Page

    def made_of(self, page: Page) -> bool:
        """True for a page that it is made of."""
        return type(page) is self.of


def as_docx(page: Page) -> bytes:
    """A Word file of a page."""
    return docx_of(contents_of(page))


def word_files(pages: Iterable[Page], folder: Path) -> list[WordFile]:
    """The Word files of a folder, and those made of pages."""
    made = [(f"{Path(page.name).stem}.docx", as_docx(page)) for page in pages]
    return [
        word_file(name, data)
        for name, data in [*((p.name, p.read_bytes()) for p in sorted(folder.glob("*.docx"))), *made]
    ]


def as_pdf(drawn: str) -> Callable[[Page], bytes]:
    """What makes a PDF of a page, its tables drawn in a way of ``govinfo.render.pdf.DRAWN``."""
    return lambda page: pdf_of(contents_of(page), page.name, drawn)


PDFS = {
    "pdf": Layout("Ruled PDFs", as_pdf("ruled")),
    "rows.pdf": Layout("PDFs with lines between rows", as_pdf("row-rules")),
    "three.pdf": Layout("PDFs with three lines", as_pdf("three-line")),
    "shaded.pdf": Layout("PDFs with shaded rows", as_pdf("shaded")),
    "columns.pdf": Layout("PDFs with lines between columns", as_pdf("column-rules")),
    "unruled.pdf": Layout("PDFs without lines", as_pdf("unruled")),
}

LAYOUTS = {
    "html": Layout("Web pages", Page.source),
    "docx": Layout("Word files", as_docx),
    "office.docx": Layout("Word files changed in their XML", lambda page: page.source(), of=WordFile),
    **PDFS,
    "tabs.txt": Layout(
        "Dumps with tabs", lambda page: dump_of_page(page, "\t", keeps_blanks=True), frozenset({"cell-over-two-rows"})
    ),
    "lines.txt": Layout(
        "Dumps with one cell a line",
        lambda page: dump_of_page(page, "\n", keeps_blanks=False),
        frozenset({"cell-over-two-rows", "numbered"}),
    ),
}
"""By suffix; a dump gives a cell to one row only, and numbers of rows are figures where each cell has its line."""
