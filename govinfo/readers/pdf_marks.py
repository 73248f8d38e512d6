"""What stands about the figures of a page: notes behind them, strokes through them, pictures in their place.

And the way of a doubt from its place on the page to the cell that lies there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from govinfo.document import PICTURE, Box, Cell, Grid
from govinfo.readers.pdf_ruled import RuledTable
from govinfo.readers.pdf_seen import FAINT, SCALE, Array, Mark, box_of, boxes_of
from govinfo.readers.pdf_shapes import Shape
from govinfo.readers.pdf_text import Char
from govinfo.readers.pdfium import Leaf, added_objects, picture

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALL = 0.8
"""A digit smaller than this share of the letter before it is a note."""
LIFT = 0.25
"""So is a digit that stands higher or lower by this share of its size than the digit before it."""
BEHIND = 0.35
"""A note follows its figure within this share of the letter size."""
MIDDLE = (0.22, 0.8)
"""A stroke between these shares of a digit's height runs through it; below is an underline."""
THIN, THICK = 0.3, 1.5
"""A level stroke is no thicker than this share of the digit's height, a slanted one no taller than that."""
LETTER = (0.3, 2.0)
"""A filled shape between these shares of the letter size in height, and no wider, may be a letter drawn as a shape."""
TALL, LONG = 4.0, 25.0
"""A picture in place of a figure is no taller and no longer than this many letters."""


def with_notes(chars: Sequence[Char]) -> list[Char]:
    """The letters of a page; raised or much smaller digits behind a letter as the digits of a note."""
    digits = [index for index, char in enumerate(chars) if char["text"].isdecimal() and char["text"].isascii()]
    if not digits:
        return list(chars)
    letters = [index for index, char in enumerate(chars) if char["text"].strip()]
    before = _before(chars, digits, letters)
    made = list(chars)
    for index in sorted(before, key=lambda index: float(chars[index]["x0"])):
        base = made[before[index]]
        is_note = base["text"] in "⁰¹²³⁴⁵⁶⁷⁸⁹" or _stands_off(chars[index], base)
        if is_note:
            its = chars[index]
            text = its["text"].translate(RAISED)
            made[index] = {**its, "text": text, "top": base["top"], "bottom": base["bottom"], "size": base["size"]}
    return made


def _before(chars: Sequence[Char], digits: list[int], letters: list[int]) -> dict[int, int]:
    """The letter that each digit follows closely, if there is one."""
    two = boxes_of([box_of(chars[index]) for index in letters])
    one = two[np.searchsorted(letters, digits)]
    size = two[:, 3] - two[:, 1]
    x = one[:, None, 0]
    over = (x > two[:, 0] + 0.1) & (x < two[:, 2] + 2 * BEHIND * size)  # few pairs are left to be looked at closely
    rows, cols = np.divmod(np.flatnonzero(over), len(letters))
    gaps, middle, lift = np.abs(one[rows, 0] - two[cols, 2]), (one[rows, 1] + one[rows, 3]) / 2, LIFT * size[cols]
    close = (gaps < BEHIND * size[cols]) & (middle > two[cols, 1] - lift) & (middle < two[cols, 3] + lift)
    by_gap = sorted(zip(*(its[close].tolist() for its in (gaps, cols, rows)), strict=True), reverse=True)
    return {digits[row]: letters[col] for _, col, row in by_gap}  # the nearest comes last, and stays


def _stands_off(digit: Char, base: Char) -> bool:
    """Tell whether a digit is a note to the letter before it."""
    if digit["size"] < SMALL * base["size"]:
        return True
    lift = abs(digit["ink"][3] - base["ink"][3])
    return bool(base["text"].isdecimal() and lift > LIFT * base["size"])


def without_strokes(
    chars: Sequence[Char], shapes: dict[str, list[Shape]]
) -> tuple[list[Char], dict[str, list[Shape]], list[Mark]]:
    """The letters and shapes of a page without figures that are struck through, and marks where these stand."""
    digits = [char for char in chars if char["text"].isdecimal()]
    if not digits:
        return list(chars), shapes, []
    boxes = boxes_of([char["ink"] for char in digits])
    struck: set[int] = set()
    strokes: set[int] = set()
    highest = THICK * float((boxes[:, 3] - boxes[:, 1]).max())
    for kind in ("line", "rect", "curve"):
        for shape in shapes[kind]:
            wide, high = shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]
            through = _struck(shape, kind, boxes) if wide > THIN * high and high < highest else []
            if len(through):
                struck |= {id(digits[index]) for index in through}
                strokes.add(id(shape))
    if not struck:
        return list(chars), shapes, []
    marks = [Mark(char["ink"], "struck-out") for char in digits if id(char) in struck]
    kept = {kind: [shape for shape in its if id(shape) not in strokes] for kind, its in shapes.items()}
    return [char for char in chars if id(char) not in struck], kept, marks


def _struck(shape: Shape, kind: str, boxes: Array) -> list[int]:
    """The digits that a shape strikes through: no rule that goes on beyond them, no frame, no ground."""
    x0, top, x1, bottom = boxes.T
    tall = bottom - top
    middle = ((shape["top"] + shape["bottom"]) / 2 - top) / tall
    through = (
        (middle > MIDDLE[0]) & (middle < MIDDLE[1]) & (shape["x0"] < (x0 + x1) / 2) & (shape["x1"] > (x0 + x1) / 2)
    )
    its = np.flatnonzero(through)
    if not len(its):
        return []
    size = float(tall[its].max())
    high = shape["bottom"] - shape["top"]
    if high > (THICK if _is_stroke(shape, kind) else THIN) * size:
        return []
    beyond = shape["x0"] < x0[its].min() - 1.5 * size or shape["x1"] > x1[its].max() + 1.5 * size
    return [] if beyond else its.tolist()


def _is_stroke(shape: Shape, kind: str) -> bool:
    """Tell whether a shape is a slanted or wavy line: open, and not filled."""
    return kind != "rect" and bool(shape["stroke"]) and not shape["fill"] and shape["points"][0] != shape["points"][-1]


def pictures(leaf: Leaf, chars: Sequence[Char], shapes: dict[str, list[Shape]]) -> tuple[list[Char], list[Mark]]:
    """Pictures of the size of words, and shapes of the size of letters, as letters of their own, and marks where they
    stand; no grounds behind text."""
    filled = [shape for shape in shapes["curve"] if shape["fill"]]
    signs = [char for char in chars if char["text"].strip()] if shapes["image"] or filled else []
    if not signs:
        return [], []
    usual = median(char["size"] for char in signs)
    fitting = [shape for shape in shapes["image"] if _is_word(shape, usual)]
    fitting += [shape for shape in filled if _is_letter(shape, usual)]
    found = [
        shape
        for shape in fitting
        if not any(_holds(box_of(shape), char["ink"]) for char in signs) and _shows(leaf, box_of(shape))
    ]
    return [_picture(shape, usual) for shape in found], [Mark(box_of(shape), "picture") for shape in found]


def _is_word(shape: Shape, size: float) -> bool:
    return bool(shape["bottom"] - shape["top"] <= TALL * size and shape["x1"] - shape["x0"] <= LONG * size)


def _is_letter(shape: Shape, size: float) -> bool:
    tall, wide = shape["bottom"] - shape["top"], shape["x1"] - shape["x0"]
    return bool(LETTER[0] * size < tall < LETTER[1] * size and wide < LETTER[1] * size)


def _shows(leaf: Leaf, box: Box) -> bool:
    """Tell whether something is seen in a box."""
    x0, top, x1, bottom = box
    inside = max(x0 - 1, 0), max(top - 1, 0), min(x1 + 1, leaf.width), min(bottom + 1, leaf.height)
    if inside[0] >= inside[2] or inside[1] >= inside[3]:
        return False
    pixels = picture(leaf, SCALE, inside).astype(int)
    return bool(pixels.max() - pixels.min() > FAINT)


def typed(leaf: Leaf, chars: Iterable[Char]) -> list[Mark]:
    """Marks where letters stand in fields of a form or in notes on the page."""
    added = added_objects(leaf)
    return [Mark(char["ink"], "form-field") for char in chars if char["object"] in added] if added else []


def _picture(shape: Shape, size: float) -> Char:
    middle = (shape["top"] + shape["bottom"]) / 2
    place = {"x0": shape["x0"], "x1": shape["x1"], "top": middle - size / 2, "bottom": middle + size / 2}
    return {**place, "text": PICTURE, "size": size, "fontname": "", "ink": box_of(shape), "turn": 0.0, "object": 0}


def _holds(outer: Box, inner: Box, room: float = 0.0) -> bool:
    """Tell whether the middle of a box lies in another, or no farther from it than ``room``."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] - room <= x <= outer[2] + room and outer[1] <= y <= outer[3]


def with_doubts(table: RuledTable, marks: Sequence[Mark]) -> RuledTable:
    """A ruled table, each cell with the doubts marked where it lies on its page."""
    if not marks:
        return table
    return replace(table, cells=tuple(cell._replace(doubts=_doubts_in(cell.box, marks)) for cell in table.cells))


def with_doubts_near(grid: Grid, marks: Sequence[Sequence[Mark]]) -> Grid:
    """A table laid out by white space, each cell with the doubts marked in it or close by; ``marks`` of each page."""
    if not grid.guessed or not any(marks):
        return grid
    return replace(grid, cells=tuple(_marked(cell, marks) for cell in grid.cells))


def _marked(cell: Cell, marks: Sequence[Sequence[Mark]]) -> Cell:
    if cell.page is None or cell.box is None:
        return cell
    return replace(cell, doubts=_doubts_in(cell.box, marks[cell.page - 1], room=cell.box[3] - cell.box[1]))


def _doubts_in(box: Box, marks: Iterable[Mark], room: float = 0.0) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.doubt for mark in marks if _holds(box, mark.box, room)))
