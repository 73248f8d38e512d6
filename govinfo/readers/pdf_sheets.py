"""The sheets of a PDF file as pages to read: turned until their text is level, two pages side by side parted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from govinfo.document import Box, Grid, Paragraph
from govinfo.readers.pdf_seen import Mark
from govinfo.readers.pdf_shapes import Shape, box_of
from govinfo.readers.pdf_text import MARGIN, Char, is_wide, lines_of
from govinfo.readers.pdfium import IDENTITY, Leaf, Matrix, back_turned, boxed, times

LETTERS = 20
"""Chinese letters that each page of a sheet of several holds at least."""
FOLD = 0.01
"""The middle of such a sheet is empty over this share of its width on both sides."""
BEHIND = 0.8
"""What covers this share of a sheet's width and height lies behind its text."""
THIN = 3.0
"""A rule down the middle of a sheet that is no thicker parts its two pages."""
NUMBER = re.compile(r"[\W_]*第?\s*(\d{1,3})\s*页?[\W_]*")
EDGES = ("x0", "top", "x1", "bottom")


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
    for turn, letters in Counter(map(itemgetter("turn"), chars)).items():
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
        back=back_turned(leaf.back, leaf.height),
        quarters=leaf.quarters + 1,
    )


def parted(sheet: Sheet) -> list[Sheet]:
    """A sheet with two pages side by side, or upright with four, as these pages, any other one as it is."""
    middle, centre = sheet.width / 2, sheet.height / 2
    if not _is_empty(sheet, "x0", "x1", sheet.width):
        return [sheet]
    if sheet.width > sheet.height:
        rows = [(0.0, sheet.height)]
    elif _is_empty(sheet, "top", "bottom", sheet.height):
        rows = [(0.0, centre), (centre, sheet.height)]
    else:
        return [sheet]
    pages = [_cut(sheet, x0, top, x0 + middle, bottom) for top, bottom in rows for x0 in (0.0, middle)]
    return pages if all(map(_is_page, pages)) else [sheet]


def by_page_numbers(sheets: Sequence[tuple[int, Sheet]]) -> Sequence[tuple[int, Sheet]]:
    """Sheets in the order of the numbers they print at their foot, as those of booklets and of sheets that are read
    from right to left stand out of it; as they are where not all have numbers that follow each other."""
    numbers = [_page_number(sheet) for _, sheet in sheets]
    if sorted(numbers) != list(range(max(min(numbers), 1), max(numbers) + 1)):
        return sheets
    return [sheet for _, sheet in sorted(zip(numbers, sheets, strict=True), key=itemgetter(0))]


def _page_number(sheet: Sheet) -> int:
    """The number at the foot of a sheet; 0 where there is none."""
    foot = lines_of([char for char in sheet.chars if char["top"] > (1 - MARGIN) * sheet.height], 1)
    number = NUMBER.fullmatch(foot[-1].text) if foot else None
    return int(number[1]) if number else 0


def _is_page(sheet: Sheet) -> bool:
    """Tell whether a part of a sheet holds text whose lines are words for the most part: those of the right part of a
    table are figures alone."""
    if sum(is_wide(char["text"]) for char in sheet.chars) < LETTERS:
        return False
    worded = [any(map(is_wide, line.text)) for line in lines_of(sheet.chars, 1)]
    return sum(worded) >= len(worded) / 2


def _is_empty(sheet: Sheet, start: str, end: str, length: float) -> bool:
    """Tell whether nothing runs over the middle of a sheet, across or down, but a rule along it or what lies behind
    all."""
    near, far = (0.5 - FOLD) * length, (0.5 + FOLD) * length
    if any(char[start] < far and char[end] > near for char in sheet.chars if char["text"].strip()):
        return False
    return not any(
        shape[start] < far and shape[end] > near and shape[end] - shape[start] > THIN and not _is_behind(sheet, shape)
        for its in sheet.shapes.values()
        for shape in its
    )


def _is_behind(sheet: Sheet, shape: Shape) -> bool:
    wide, tall = shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]
    return bool(wide > BEHIND * sheet.width and tall > BEHIND * sheet.height)


def _cut(sheet: Sheet, left: float, above: float, right: float, below: float) -> Sheet:
    """The part of a sheet in a box, as a sheet of its own."""

    def is_inside(x0: float, top: float, x1: float, bottom: float) -> bool:
        return left <= (x0 + x1) / 2 < right and above <= (top + bottom) / 2 < below

    def moved(x0: float, top: float, x1: float, bottom: float) -> Box:
        return x0 - left, top - above, x1 - left, bottom - above

    def inside(things: Sequence[Char]) -> list[Char]:
        return [
            {**thing, **dict(zip(EDGES, moved(*box_of(thing)), strict=True))}
            for thing in things
            if is_inside(*box_of(thing))
        ]

    marks = [replace(mark, box=moved(*mark.box)) for mark in sheet.marks if is_inside(*mark.box)]
    shapes = {
        kind: inside([shape for shape in its if not _is_behind(sheet, shape)]) for kind, its in sheet.shapes.items()
    }
    back = times((1.0, 0.0, 0.0, 1.0, left, above), sheet.back)
    return Sheet(right - left, below - above, inside(sheet.chars), shapes, marks, back)


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
