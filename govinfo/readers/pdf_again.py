"""PDF -> Document by pdfplumber: a second reader, whose letters and rulings come from another parser than the first's.

It reads what the file says and knows nothing of what is seen on the page: where the two differ, one of them is wrong.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pdfplumber
from pdfplumber.page import Page

from govinfo.document import Box, Document
from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.readers.pdf import blocks_of
from govinfo.readers.pdf_ruled import RuledTable, ruled_tables
from govinfo.readers.pdf_text import Char, Line, lines_of, without_margins


def read_pdf_again(data: bytes) -> Document:
    """The document in a PDF file, its reader "pdfplumber".

    Raises FileUnreadable where pdfplumber cannot open the file, NothingToRead where no page holds text.
    """
    with quiet():
        try:
            with pdfplumber.open(io.BytesIO(data)) as pdf:
                heights = [page.cropbox[3] - page.cropbox[1] for page in pdf.pages]
                pages = [items_of(page) for page in pdf.pages]
        except Exception as error:  # a broken file fails anywhere in the parser, with any kind of error
            raise FileUnreadable("pdfplumber cannot read this PDF.", hint="Read it once only.") from error
    bodies = without_margins([lines for lines, _ in pages], heights)
    items: list[Line | RuledTable] = []
    for lines, (_, tables) in zip(bodies, pages, strict=True):
        on_page: list[Line | RuledTable] = [*lines, *tables]
        items += sorted(on_page, key=lambda item: item.top)
    if not items:
        raise NothingToRead("pdfplumber finds no text in this PDF.", hint="Read it once only.")
    return Document(tuple(blocks_of(items)), "pdfplumber")


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps the parser's remarks on fonts out of the log while a file is read."""
    log = logging.getLogger("pdfminer")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


def items_of(page: Page) -> tuple[list[Line], list[RuledTable]]:
    """The lines of a page and its ruled tables, within its crop box."""
    shown = {kind: list(_within(page.cropbox, its)) for kind, its in page.objects.items()}
    objects = {kind: its if kind == "char" else list(map(_painted, its)) for kind, its in shown.items()}
    tables, rest = ruled_tables(objects, page.page_number)
    lines = lines_of(rest, page.page_number)
    page.close()
    return lines, tables


def _within(box: Box, drawn: Iterable[Char]) -> Iterator[Char]:
    """What has its middle in a box, its places told from there."""
    left, above, right, below = box
    for its in drawn:
        x0, top, x1, bottom = its["x0"] - left, its["top"] - above, its["x1"] - left, its["bottom"] - above
        if 0 <= x0 + x1 <= 2 * (right - left) and 0 <= top + bottom <= 2 * (below - above):
            yield {**its, "x0": x0, "top": top, "x1": x1, "bottom": bottom}


def _painted(drawn: Char) -> Char:
    """What is drawn, with the colour of its edge, or of its area where it has none."""
    return {**drawn, "color": drawn.get("stroking_color" if drawn.get("stroke") else "non_stroking_color")}
