"""Figures that a rule or the edge of the page cuts in two: no part of one is the figure."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence

from govinfo.document import Box
from govinfo.readers.pdf_figures import SIGNS, stretches
from govinfo.readers.pdf_ruled import RuledCell, RuledTable
from govinfo.readers.pdf_seen import Mark
from govinfo.readers.pdf_text import Char

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
    """Marks on figures that stand in several cells of ruled tables, or in several rooms between rules that lay out a
    table in part; ``rest`` are the letters with such rooms."""
    rooms = {(char["x0"], char["top"]): char["room"] for char in rest if "room" in char}
    edges = sorted(x for table in tables for x in table.xs)
    figures = (figure for figure in figures_in(chars) if rooms or _is_over(figure, edges))
    parted = (figure for figure in figures if _is_parted(figure, tables, rooms))
    return [Mark(2 * place, "glued") for figure in parted for char in figure for place in _ends(char, char)]


def _is_over(figure: Sequence[Char], edges: Sequence[float]) -> bool:
    """Tell whether an edge of a column lies within a figure, as few do: these are looked at closely."""
    return bisect(edges, figure[0]["ink"][0]) != bisect(edges, figure[-1]["ink"][2])


def cut_by_edge(chars: Sequence[Char], width: float, height: float) -> list[Mark]:
    """Marks on the signs of figures that go on beyond a page of this size."""
    cut = (figure for figure in figures_in(chars) if not _is_within(figure[0]["ink"], figure[-1]["ink"], width, height))
    return [Mark(char["ink"], "hidden") for figure in cut for char in figure]


def _is_within(first: Box, last: Box, width: float, height: float) -> bool:
    return first[0] >= -SPARE and first[1] >= -SPARE and last[2] <= width + SPARE and last[3] <= height + SPARE


def figures_in(chars: Sequence[Char]) -> Iterator[Sequence[Char]]:
    """The signs of each figure."""
    return (chars[start:end] for start, end in stretches(chars, SIGNS, _follows))


def _follows(one: Char, two: Char) -> bool:
    size = one["size"]
    return bool(abs(two["x0"] - one["x1"]) < GAP * size and abs(two["bottom"] - one["bottom"]) < LEVEL * size)


def _is_parted(figure: Sequence[Char], tables: Sequence[RuledTable], rooms: Rooms) -> bool:
    """Tell whether a figure does not end in the cell, or the room of one of its signs, in which it begins."""
    left, right = _ends(figure[0], figure[-1])
    for table in tables:
        if bisect(table.xs, left[0]) != bisect(table.xs, right[0]) and table.box[1] <= left[1] < table.box[3]:
            return _cell_at(table, *left) is not _cell_at(table, *right)
    held = (rooms.get((char["x0"], char["top"])) for char in figure) if rooms else ()
    return any(room is not None and not (room[0] <= left[0] and right[0] <= room[2]) for room in held)


def _ends(first: Char, last: Char) -> tuple[Place, Place]:
    """The places within the ink of two letters, or of one, where these begin and end."""
    x0, top, x1, bottom = first["ink"]
    start, over, end, under = last["ink"]
    return (x0 + INSET * (x1 - x0), (top + bottom) / 2), (end - INSET * (end - start), (over + under) / 2)


def _cell_at(table: RuledTable, x: float, y: float) -> RuledCell | None:
    return next(
        (cell for cell in table.cells if cell.box[0] <= x < cell.box[2] and cell.box[1] <= y < cell.box[3]), None
    )
