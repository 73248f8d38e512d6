"""What stands about the figures of a page: notes behind them, strokes through them, pictures in their place.

And the way of a doubt from its place on the page to the cell that lies there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import numpy as np

from govinfo.document import PICTURE, Box, Cell, Grid
from govinfo.readers.pdf_ruled import RuledTable
from govinfo.readers.pdf_seen import CLEAR, FAINT, SCALE, Mark
from govinfo.readers.pdf_shapes import Shape, box_of, boxes_of, shapes_of
from govinfo.readers.pdf_text import NO_LETTER, Char
from govinfo.readers.pdfium import Array, Leaf, added_objects, boxed, picture, without

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALL = 0.8
"""A digit smaller than this share of the letter before it is a note."""
SMALLER = 0.93
"""One smaller than this share of the digit before it may be one."""
LIFT = 0.25
"""So is a digit that stands higher or lower by this share of its size than the digit before it."""
BEHIND = 0.35
"""A note follows its figure within this share of the letter size."""
SIGN = 0.6
"""A sign drawn as a rule stands before its figure within this share of the digit's height."""
BLOCK = 256
"""Shapes held against all digits at a time."""
MIDDLE = (0.22, 0.8)
"""A stroke between these shares of a digit's height runs through it; below is an underline."""
THIN, THICK = 0.3, 1.5
"""A level stroke is no thicker than this share of the digit's height, a slanted one no taller than that."""
CROSS = 4.0
"""A stroke that is taller, up to so many times the digit's height, may strike it too, as a cross over a cell does."""
LETTER = (0.3, 2.0)
"""A shape between these shares of the letter size in height, and no wider, may be a letter drawn as a shape."""
TALL, LONG = 4.0, 25.0
"""A picture in place of a figure is no taller and no longer than this many letters."""


def with_notes(chars: Sequence[Char]) -> list[Char]:
    """The letters of a page; raised or much smaller digits behind a letter as the digits of a note. Somewhat smaller
    ones behind a digit may be either, and are no letter that is known."""
    digits = [index for index, char in enumerate(chars) if char["text"].isdecimal() and char["text"].isascii()]
    if not digits:
        return list(chars)
    letters = [index for index, char in enumerate(chars) if char["text"].strip()]
    before = _before(chars, digits, letters)
    made = list(chars)
    for index in sorted(before, key=lambda index: float(chars[index]["x0"])):
        base = made[before[index]]
        is_note = base["text"] in "⁰¹²³⁴⁵⁶⁷⁸⁹" or _stands_off(chars[index], base)
        its = chars[index]
        if is_note:
            text = its["text"].translate(RAISED)
            made[index] = {**its, "text": text, "top": base["top"], "bottom": base["bottom"], "size": base["size"]}
        elif base["text"].isdecimal() and its["size"] < SMALLER * base["size"]:
            made[index] = {**its, "text": NO_LETTER}
    return made


def _before(chars: Sequence[Char], digits: list[int], letters: list[int]) -> dict[int, int]:
    """The letter that each digit follows closely, if there is one."""
    two = boxes_of([box_of(chars[index]) for index in letters])
    one = two[np.searchsorted(letters, digits)]
    size = two[:, 3] - two[:, 1]
    rows, cols = _within_reach(one[:, 0], two[:, 2], BEHIND * float(size.max()))
    gaps, middle, lift = np.abs(one[rows, 0] - two[cols, 2]), (one[rows, 1] + one[rows, 3]) / 2, LIFT * size[cols]
    close = (gaps < BEHIND * size[cols]) & (middle > two[cols, 1] - lift) & (middle < two[cols, 3] + lift)
    close &= one[rows, 0] > two[cols, 0] + 0.1
    by_gap = sorted(zip(*(its[close].tolist() for its in (gaps, cols, rows)), strict=True), reverse=True)
    return {digits[row]: letters[col] for _, col, row in by_gap}  # the nearest comes last, and stays


def _within_reach(places: Array, others: Array, reach: float) -> tuple[Array, Array]:
    """The pairs of places and others that lie no farther apart: the number of each place, and of each other."""
    order = np.argsort(others)
    start, end = (np.searchsorted(others, places + step, sorter=order) for step in (-reach, reach))
    held = end - start
    before = np.cumsum(held) - held  # pairs of the places before
    return np.repeat(np.arange(len(places)), held), order[np.arange(held.sum()) + np.repeat(start - before, held)]


def _stands_off(digit: Char, base: Char) -> bool:
    """Tell whether a digit is a note to the letter before it."""
    if digit["size"] < SMALL * base["size"]:
        return True
    lift = abs(digit["ink"][3] - base["ink"][3])
    return bool(base["text"].isdecimal() and lift > LIFT * base["size"])


def without_strokes(
    chars: Sequence[Char], shapes: dict[str, list[Shape]]
) -> tuple[list[Char], dict[str, list[Shape]], list[Mark]]:
    """The letters and shapes of a page without figures that are struck through, and marks where these stand, where a
    stroke runs through figures that may strike them or not, and where one before a figure may be its sign."""
    digits = [char for char in chars if char["text"].isdecimal()]
    if not digits:
        return list(chars), shapes, []
    boxes = boxes_of([char["ink"] for char in digits])
    struck: set[int] = set()
    strokes: set[int] = set()
    crossed: set[int] = set()
    signed: set[int] = set()
    tallest = float((boxes[:, 3] - boxes[:, 1]).max())
    for kind in ("line", "rect", "curve"):
        highest = (THICK if kind == "rect" else CROSS) * tallest
        low = [shape for shape in shapes[kind] if shape["bottom"] - shape["top"] < highest]
        for shape, through, behind in _level_with(low, boxes):
            wide, high = shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]
            through = through if wide > THIN * high else []
            if through and _strikes(shape, kind, boxes[through]):
                struck |= {id(digits[index]) for index in through}
                strokes.add(id(shape))
            elif through and (high < THIN * tallest or _is_stroke(shape, kind)):
                crossed |= {id(digits[index]) for index in through}
            if wide < tallest and high < THIN * tallest:
                signed |= {id(digits[index]) for index in behind}
    marks = [Mark(char["ink"], "struck-out") for char in digits if id(char) in struck | crossed]
    marks += [Mark(char["ink"], "picture") for char in digits if id(char) in signed]
    if not struck:
        return list(chars), shapes, marks
    kept = {kind: [shape for shape in its if id(shape) not in strokes] for kind, its in shapes.items()}
    return [char for char in chars if id(char) not in struck], kept, marks


def _level_with(shapes: Sequence[Shape], boxes: Array) -> Iterator[tuple[Shape, list[int], list[int]]]:
    """The shapes whose middle is at the height of digits, neither above nor below as an underline: with the digits
    through whose middle each runs, and those close behind it, as behind a sign."""
    x0, top, x1, bottom = boxes.T
    for start in range(0, len(shapes), BLOCK):
        left, above, right, below = boxes_of(map(box_of, shapes[start : start + BLOCK])).T[:, :, None]
        place = ((above + below) / 2 - top) / (bottom - top)
        level = (place > MIDDLE[0]) & (place < MIDDLE[1])
        through = level & (left < (x0 + x1) / 2) & (right > (x0 + x1) / 2)
        behind = level & (x0 > right) & (x0 - right < SIGN * (bottom - top))
        for row in np.flatnonzero((through | behind).any(axis=1)).tolist():
            yield shapes[start + row], np.flatnonzero(through[row]).tolist(), np.flatnonzero(behind[row]).tolist()


def _strikes(shape: Shape, kind: str, boxes: Array) -> bool:
    """Tell whether a shape strikes out the digits that it runs through: no rule that goes on beyond them, no frame, no
    ground."""
    size = float((boxes[:, 3] - boxes[:, 1]).max())
    if shape["bottom"] - shape["top"] > (THICK if _is_stroke(shape, kind) else THIN) * size:
        return False
    return bool(shape["x0"] >= boxes[:, 0].min() - 1.5 * size and shape["x1"] <= boxes[:, 2].max() + 1.5 * size)


def _is_stroke(shape: Shape, kind: str) -> bool:
    """Tell whether a shape is a slanted or wavy line: open and not filled, or filled and thin."""
    if kind == "rect":
        return False
    if shape["fill"]:
        return bool(_area(shape["points"]) < THIN * (shape["x1"] - shape["x0"]) * (shape["bottom"] - shape["top"]))
    return bool(shape["stroke"]) and shape["points"][0] != shape["points"][-1]


def _area(points: Sequence[tuple[float, float]]) -> float:
    """What a line through points and back to the first encloses."""
    return abs(sum(x * down - across * y for (x, y), (across, down) in pairwise([*points, points[0]]))) / 2


def pictures(leaf: Leaf, chars: Sequence[Char], shapes: dict[str, list[Shape]]) -> tuple[list[Char], list[Mark]]:
    """Pictures of the size of words, and shapes of the size of letters, as letters of their own, and marks where they
    stand; no grounds behind text."""
    drawn = shapes["curve"]
    signs = [char for char in chars if char["text"].strip()] if shapes["image"] or drawn else []
    if not signs:
        return [], []
    usual = median(char["size"] for char in signs)
    fitting = [shape for shape in shapes["image"] if _is_word(shape, usual)]
    fitting += [shape for shape in drawn if _is_letter(shape, usual)]
    found = [
        shape
        for shape in fitting
        if not any(_holds(box_of(shape), char["ink"]) for char in signs) and _shows(leaf, box_of(shape))
    ]
    alone = set(map(id, found))
    others = [shape for shape in shapes["image"] if id(shape) not in alone]
    marks = [Mark(box, "picture") for box in [*map(box_of, found), *_drawn_by(leaf, others, usual)]]
    return [_picture(shape, usual) for shape in found], marks


def _drawn_by(leaf: Leaf, shapes: Sequence[Shape], size: float) -> list[Box]:
    """Where pictures show something of the size of a letter that stands out: as handwriting does, and no ground."""
    if not shapes:
        return []
    step = max(1, round(size * SCALE))
    full = picture(leaf, SCALE).astype(int)
    with without({shape["object"] for shape in shapes}):
        change = np.abs(full - picture(leaf, SCALE))
    down, across = (length // step for length in change.shape)
    parts = change[: down * step, : across * step].reshape(down, step, across, step)
    stands_out = parts.max(axis=(1, 3)) - parts.min(axis=(1, 3)) > CLEAR
    side = step / SCALE
    return [(x * side, y * side, (x + 1) * side, (y + 1) * side) for y, x in np.argwhere(stands_out).tolist()]


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


def typed(leaf: Leaf, chars: Sequence[Char]) -> list[Mark]:
    """Marks where letters stand in fields of a form or in notes on the page, or under notes that are not drawn, and
    where notes draw an upright stroke, which may be a one."""
    added = added_objects(leaf)
    over = [boxed(leaf.matrix, *box) for box in leaf.undrawn]
    if not (added or over):
        return []
    letters = [
        char["ink"] for char in chars if char["object"] in added or any(_holds(box, char["ink"]) for box in over)
    ]
    return [Mark(box, "form-field") for box in (*letters, *map(box_of, _ones(shapes_of(leaf, leaf.printed), chars)))]


def _ones(shapes: dict[str, list[Shape]], chars: Sequence[Char]) -> Iterator[Shape]:
    """Upright strokes of the height of letters."""
    usual = median([char["size"] for char in chars] or [0.0])
    for shape in (*shapes["line"], *shapes["rect"]):
        if _is_letter(shape, usual) and shape["x1"] - shape["x0"] < THIN * (shape["bottom"] - shape["top"]):
            yield shape


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
    marked = (cell._replace(doubts=cell.doubts + _doubts_in(cell.box, marks)) for cell in table.cells)
    return replace(table, cells=tuple(marked))


def with_doubts_near(grid: Grid, marks: Sequence[Sequence[Mark]]) -> Grid:
    """A table laid out by white space, each cell with the doubts marked in it or close by; ``marks`` of each page."""
    if not grid.guessed or not any(marks):
        return grid
    return replace(grid, cells=tuple(_marked(cell, marks) for cell in grid.cells))


def _marked(cell: Cell, marks: Sequence[Sequence[Mark]]) -> Cell:
    if cell.page is None or cell.box is None:
        return cell
    near = _doubts_in(cell.box, marks[cell.page - 1], room=cell.box[3] - cell.box[1])
    return replace(cell, doubts=cell.doubts + near)


def _doubts_in(box: Box, marks: Iterable[Mark], room: float = 0.0) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.doubt for mark in marks if _holds(box, mark.box, room)))
