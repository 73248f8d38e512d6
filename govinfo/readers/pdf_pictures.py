"""Cells of a PDF that show something which no letter explains: figures as pictures, signs of fonts without names.

They are looked at as a person does: cut out of the page's picture and recognised, where the software for that is
there and is sure of what it sees. Else they stay as they are, and open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pypdfium2

from govinfo.document import PICTURE, Box, Cell, Document, Grid
from govinfo.errors import FileUnreadable
from govinfo.readers.ocr import figures_in
from govinfo.readers.ocr_page import POINT
from govinfo.readers.pdf_text import NO_LETTER
from govinfo.readers.pdfium import Pixels, opened_page, picture

MOST = 400
"""Cells that are looked at; where more hold what no letter explains, the file is broken as a whole."""

BORDER = 1.5
"""Points at the edges of a cell that its rulings may take."""

MARGIN = 6
"""Pixels of ground about what is seen."""

PALE = 48
"""A pixel darker than the ground by less, of 255, is none of a figure."""

Place = tuple[int, Box]
"""The page, and where on it."""

NOWHERE = (0.0, 0.0, 0.0, 0.0)

Cutter = Callable[[Sequence[Place]], list[Pixels]]
"""What gives the pictures of places on the pages of a file."""


def with_pictures_read(document: Document, cut: Cutter) -> Document:
    """The document with the figures that its pictures in cells show, each with the doubt ocr; ``cut`` gives the
    pictures of places. As it is where nothing is to be read, or nothing can be."""
    cells = [cell for grid in document.grids() for cell in grid.cells if is_unexplained(cell)]
    if not 0 < len(cells) <= MOST:
        return document
    with suppress(FileUnreadable):  # or one of its kinds: the software is missing, a limit is reached
        found = figures_in(list(map(trimmed, cut([(cell.page or 1, cell.box or NOWHERE) for cell in cells]))))
        read = {id(cell): text for cell, text in zip(cells, found, strict=True) if text}
        blocks = (with_figures(block, read) if isinstance(block, Grid) else block for block in document.blocks)
        return replace(document, blocks=tuple(blocks))
    return document


def is_unexplained(cell: Cell) -> bool:
    """True for a cell with a sign for what no letter explains, whose place is known."""
    return bool(cell.box and (PICTURE in cell.text or NO_LETTER in cell.text))


def with_figures(grid: Grid, read: dict[int, str]) -> Grid:
    """The grid with these figures in its cells."""
    return replace(grid, cells=tuple(with_figure(cell, read.get(id(cell), "")) for cell in grid.cells))


def with_figure(cell: Cell, text: str) -> Cell:
    """The cell with a figure read from its picture; as it is where there is none."""
    if not text:
        return cell
    return replace(cell, text=text, doubts=(*(doubt for doubt in cell.doubts if doubt != "picture"), "ocr"))


def pictures_of(data: bytes, places: Sequence[Place]) -> list[Pixels]:
    """The pictures of places on the pages of a file, as recognition takes them; without the rulings at their edges."""
    cut: list[Pixels] = []
    with pypdfium2.PdfDocument(data) as pdf:
        for number, (x0, top, x1, bottom) in places:
            inside = (x0 + BORDER, top + BORDER, x1 - BORDER, bottom - BORDER)
            is_empty = inside[0] >= inside[2] or inside[1] >= inside[3]
            with opened_page(pdf, number - 1) as leaf:
                cut.append(np.full((1, 1), 255, np.uint8) if is_empty else picture(leaf, POINT, inside))
    return cut


def trimmed(pixels: Pixels) -> Pixels:
    """What is seen in a picture, with a little of the ground about it."""
    ground = np.median(pixels)
    rows, columns = np.nonzero(ground - pixels.astype(float) > PALE)
    if not len(rows):
        return np.full((2 * MARGIN, 2 * MARGIN), 255, np.uint8)
    seen = pixels[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return np.pad(seen, MARGIN, constant_values=np.uint8(ground))
