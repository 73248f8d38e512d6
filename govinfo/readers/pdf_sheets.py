"""The sheets of a PDF file as pages to read: turned until their text is level, two pages side by side parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from govinfo.document import Box, Grid, Paragraph
from govinfo.readers.pdf_seen import Mark
from govinfo.readers.pdf_shapes import Shape
from govinfo.readers.pdf_text import Char, is_wide
from govinfo.readers.pdfium import IDENTITY, Leaf, Matrix, boxed, times

LETTERS = 20
"""Chinese letters that either half of a sheet of two pages holds at least."""
FOLD = 0.01
"""The middle of such a sheet is empty over this share of its width on both sides."""
BEHIND = 0.8
"""What covers this share of a sheet's width and height lies behind its text."""
THIN = 3.0
"""A rule down the middle of a sheet that is no thicker parts its two pages."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to read: what it holds, its size, and the matrix from places on it to places on the page as shown."""

    width: float
    height: float
    chars: list[Char]
    shapes: dict[str, list[Shape]]
    marks: list[Mark]
    back: Matrix


def turned(leaf: Leaf, chars: Iterable[Char]) -> Leaf:
    """The page turned so that most of its letters stand upright."""
    turns: Counter[int] = Counter()
    for turn, letters in Counter([char["turn"] for char in chars if char["text"].strip()]).items():
        turns[round(turn / 90) % 4] += letters
    quarters = -max(turns, key=lambda turn: turns[turn]) % 4 if turns else 0
    for _ in range(quarters):
        leaf = _quarter(leaf)
    return leaf


def _quarter(leaf: Leaf) -> Leaf:
    """A page turned to the right by a quarter."""
    return replace(
        leaf,
        width=leaf.height,
        height=leaf.width,
        matrix=times(leaf.matrix, (0.0, 1.0, -1.0, 0.0, leaf.height, 0.0)),
        back=times((0.0, -1.0, 1.0, 0.0, 0.0, leaf.height), leaf.back),
        quarters=leaf.quarters + 1,
    )


def parted(sheet: Sheet) -> list[Sheet]:
    """A sheet with two pages side by side as these pages, any other one as it is."""
    middle = sheet.width / 2
    if sheet.width <= sheet.height or not _is_empty(sheet, middle):
        return [sheet]
    halves = [_half(sheet, 0.0, middle), _half(sheet, middle, sheet.width)]
    return halves if all(_letters(half) >= LETTERS for half in halves) else [sheet]


def _letters(sheet: Sheet) -> int:
    return sum(is_wide(char["text"]) for char in sheet.chars)


def _is_empty(sheet: Sheet, middle: float) -> bool:
    """Tell whether nothing runs over the middle of a sheet but a rule down it or what lies behind all."""
    left, right = middle - FOLD * sheet.width, middle + FOLD * sheet.width
    if any(char["x0"] < right and char["x1"] > left for char in sheet.chars if char["text"].strip()):
        return False
    return not any(
        shape["x0"] < right and shape["x1"] > left and shape["x1"] - shape["x0"] > THIN and not _is_behind(sheet, shape)
        for its in sheet.shapes.values()
        for shape in its
    )


def _is_behind(sheet: Sheet, shape: Shape) -> bool:
    wide, tall = shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]
    return bool(wide > BEHIND * sheet.width and tall > BEHIND * sheet.height)


def _half(sheet: Sheet, start: float, end: float) -> Sheet:
    def inside(things: Sequence[Char]) -> list[Char]:
        return [
            {**thing, "x0": thing["x0"] - start, "x1": thing["x1"] - start}
            for thing in things
            if start <= (thing["x0"] + thing["x1"]) / 2 < end
        ]

    marks = [
        replace(mark, box=(mark.box[0] - start, mark.box[1], mark.box[2] - start, mark.box[3]))
        for mark in sheet.marks
        if start <= (mark.box[0] + mark.box[2]) / 2 < end
    ]
    shapes = {
        kind: inside([shape for shape in its if not _is_behind(sheet, shape)]) for kind, its in sheet.shapes.items()
    }
    back = times((1.0, 0.0, 0.0, 1.0, start, 0.0), sheet.back)
    return Sheet(end - start, sheet.height, inside(sheet.chars), shapes, marks, back)


def on_page(block: Paragraph | Grid, pages: Sequence[int], backs: Sequence[Matrix]) -> Paragraph | Grid:
    """A block of sheets, numbered from 1, with the numbers of their pages and places on these."""
    if all(back == IDENTITY and page == sheet for sheet, (page, back) in enumerate(zip(pages, backs, strict=True), 1)):
        return block
    if isinstance(block, Paragraph):
        return replace(block, page=pages[block.page - 1] if block.page else None)
    return replace(
        block,
        cells=tuple(
            replace(cell, page=pages[cell.page - 1], box=cell.box and _moved(backs[cell.page - 1], cell.box))
            if cell.page
            else cell
            for cell in block.cells
        ),
    )


def _moved(back: Matrix, box: Box) -> Box:
    x0, top, x1, bottom = box
    return boxed(back, x0, top, x1, bottom)
