"""A changed page as files of other kinds: its paragraphs and tables, printed as a Word file, as a ruled PDF, as a dump
with tabs and as one with one cell a line, which loses blanks and spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from govinfo.render.model import Sheet, Slot
from govinfo.render.pages import docx_of
from govinfo.render.pdf import pdf_of
from govinfo.render.sheets import Content
from mutations.pages import Element, Key, Page, text_of

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
    """A kind of file: its name, what makes it of a page, and the changes of a page that it does not show."""

    name: str
    make: Callable[[Page], bytes]
    unseen: frozenset[str] = frozenset()


LAYOUTS = {
    "html": Layout("Web pages", Page.source),
    "docx": Layout("Word files", lambda page: docx_of(contents_of(page))),
    "pdf": Layout("Ruled PDFs", lambda page: pdf_of(contents_of(page), page.name)),
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
