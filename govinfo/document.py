"""A document as every reader returns it: paragraphs and grids in reading order.

Nothing here knows the statutory form. A cell keeps its text as printed (white space included), its place in
the grid, its spans and, where the file has pages, its page and box.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from operator import attrgetter
from typing import TypeVar

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left corner of the page."""

PICTURE = "\ufffc"
"""Stands in the text of a cell for something shown there that no letters explain, as a picture of a figure."""


UNSURE = "?"
"""Stands behind a figure in the text of a cell that its reader, as one of pictures, is not sure of."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell. ``row`` and ``col`` count from 0; a merged cell stands once, at its top left place.

    A place that a merged cell covers has no ``Cell``; an empty cell has one with ``text == ""``. ``doubts`` are what
    the reader knows against its own reading, in words of the codebook's list of doubts (struck-out, form-field, ...).
    """

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None
    box: Box | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``placed`` tells whether ``col`` is a real place (HTML, DOCX, ruled PDF) or only the order of the
    cells in their line (text dumps, where spans are lost); ``guessed`` that rows and places were made out from
    white space alone (PDF without rulings)."""

    cells: tuple[Cell, ...]
    placed: bool = True
    guessed: bool = False

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The cells of each row, left to right; rows that begin no cell are left out."""
        by_row: dict[int, list[Cell]] = {}
        for cell in self.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for row in sorted(by_row):
            yield tuple(sorted(by_row[row], key=attrgetter("col")))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text. ``heading`` is set where the file itself marks a heading (h1-h6, a Word style, ``#``);
    ``doubts`` are as those of a cell, for a figure that stands in a line of its own."""

    text: str
    page: int | None = None
    heading: bool = False
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says about itself outside its text; empty strings where it says nothing."""

    title: str = ""
    published: str = ""
    url: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of one file in reading order; ``reader`` names what read it (html, pdf, docx, text, ...).

    ``unread`` lists the pages that hold no text, as scanned pages in a PDF do: what stands there is not in the blocks.
    """

    blocks: tuple[Paragraph | Grid, ...]
    reader: str
    metadata: Metadata = Metadata()
    unread: tuple[int, ...] = ()

    def grids(self) -> tuple[Grid, ...]:
        """The grids alone."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs alone."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))


Result = TypeVar("Result")

LAST = 4
"""Documents whose results are kept: a file is read to its end before the next one."""


def once_a_document(function: Callable[[Document], Result]) -> Callable[[Document], Result]:
    """Keeps what a function makes of the last documents that it was given, so that several who ask share the work.
    A document is known by being the same object; what the function returns must not be changed."""
    kept: deque[tuple[Document, Result]] = deque(maxlen=LAST)

    @wraps(function)
    def kept_or_made(document: Document) -> Result:
        for known, result in kept:
            if known is document:
                return result
        result = function(document)
        kept.append((document, result))
        return result

    return kept_or_made
