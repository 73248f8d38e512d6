"""Figures that a rule or the edge of the page cuts in two: no part of one is the figure."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from govinfo.document import Box
from govinfo.readers.pdf_ruled import RuledCell, RuledTable
from govinfo.readers.pdf_seen import Mark
from govinfo.readers.pdf_text import Char

DIGITS = frozenset("0123456789.,")
GAP = 0.2
"""The signs of one figure stand closer to each other than this share of their size."""
LEVEL = 0.3
"""And on one line: their lower edges differ by less than this share."""
INSET = 0.2
"""A rule farther into the ink of a digit than this share of its width runs through it."""
SPARE = 0.5
"""Ink that reaches no farther beyond the edge of a page is all there, in points."""

Place = tuple[float, float]
Rooms = Mapping[tuple[float, float], Box]


def cut_by_rules(chars: Sequence[Char], tables: Sequence[RuledTable], rest: Iterable[Char]) -> list[Mark]:
    """Marks on both sides of a rule where figures stand in several cells of ruled tables, or in several rooms between
    rules that lay out a table in part; ``rest`` are the letters with such rooms."""
    rooms = {(char["x0"], char["top"]): char["room"] for char in rest if "room" in char}
    parted = (pair for pair in within_figures(chars) if _are_parted(*pair, tables, rooms))
    return [Mark(2 * place, "glued") for pair in parted for place in _ends(*pair)]


def cut_by_edge(chars: Sequence[Char], width: float, height: float) -> list[Mark]:
    """Marks on the signs of figures that go on beyond a page of this size."""
    cut = (pair for pair in within_figures(chars) if not all(_is_within(char["ink"], width, height) for char in pair))
    return [Mark(char["ink"], "hidden") for pair in cut for char in pair]


def _is_within(ink: Box, width: float, height: float) -> bool:
    return ink[0] >= -SPARE and ink[1] >= -SPARE and ink[2] <= width + SPARE and ink[3] <= height + SPARE


def within_figures(chars: Sequence[Char]) -> Iterator[tuple[Char, Char]]:
    """The signs that follow each other in a figure, and each of its digits with itself."""
    yield from ((char, char) for char in chars if char["text"].isdecimal())
    for one, two in pairwise(chars):
        if one["text"] in DIGITS and two["text"] in DIGITS:
            size = one["size"]
            if abs(two["x0"] - one["x1"]) < GAP * size and abs(two["bottom"] - one["bottom"]) < LEVEL * size:
                yield one, two


def _are_parted(one: Char, two: Char, tables: Sequence[RuledTable], rooms: Rooms) -> bool:
    left, right = _ends(one, two)
    for table in tables:
        if bisect(table.xs, left[0]) != bisect(table.xs, right[0]) and table.box[1] <= left[1] < table.box[3]:
            return _cell_at(table, *left) is not _cell_at(table, *right)
    room, other = (rooms.get((char["x0"], char["top"])) for char in (one, two))
    return bool(room and other and room[::2] != other[::2])


def _ends(one: Char, two: Char) -> tuple[Place, Place]:
    """The places within the ink of two letters, or of one, at which they begin and end."""
    return _within(one, INSET), _within(two, 1 - INSET)


def _within(char: Char, across: float) -> Place:
    x0, top, x1, bottom = char["ink"]
    return x0 + across * (x1 - x0), (top + bottom) / 2


def _cell_at(table: RuledTable, x: float, y: float) -> RuledCell | None:
    return next(
        (cell for cell in table.cells if cell.box[0] <= x < cell.box[2] and cell.box[1] <= y < cell.box[3]), None
    )
