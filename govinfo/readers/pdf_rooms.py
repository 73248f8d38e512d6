"""Tables that rulings lay out in part: row rules alone, column rules alone, a frame.

Such a table is given to the finder of tables without rulings. Each letter keeps its room: the rulings left, above,
right and below of it, where there are any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from govinfo.document import Box
from govinfo.readers.pdf_text import Char, Line, lines_of

ROW_GAP = 0.6
"""Figures below each other with more white space than this share of their size stand in two rows."""

_FIGURE = re.compile(r"[-−—+＋]?\d[\d,，.．%％]*")


class Ruling(NamedTuple):
    """A straight rule: ``at`` its x (vertical) or y (horizontal), from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


def is_half_ruled(cells: Sequence[Sequence[Line]]) -> bool:
    """Tell whether half of the cells with figures (lines of text, each) hold several rows or columns."""
    held = [lines for lines in cells if any(_FIGURE.fullmatch(atom.text) for line in lines for atom in line.atoms)]
    return 2 * sum(_is_many(lines) for lines in held) > len(held)


def _is_many(lines: Sequence[Line]) -> bool:
    """Tell whether a cell holds a figure below a heading, below another or beside another."""
    beside = any(sum(bool(_FIGURE.fullmatch(atom.text)) for atom in line.atoms) > 1 for line in lines)
    return beside or any(
        _FIGURE.fullmatch(below.text)
        and (not _FIGURE.fullmatch(above.text) or below.top - above.bottom > ROW_GAP * below.size)
        for above, below in pairwise(lines)
    )


def with_rooms(chars: Sequence[Char], across: Sequence[Ruling], down: Sequence[Ruling]) -> list[Char]:
    """The letters, each with its room between the rulings."""
    if not (across or down):
        return list(chars)
    by_sides: dict[tuple[float, float], list[Char]] = {}
    for char in chars:
        room = _room(char, across, down)
        by_sides.setdefault((room[0], room[2]), []).append({**char, "room": room})
    return [
        {**char, "room": (-inf, char["room"][1], inf, char["room"][3])} if is_open else char
        for its in by_sides.values()
        for is_open in (_holds_columns(lines_of(its, 0)),)
        for char in its
    ]


def _holds_columns(lines: Sequence[Line]) -> bool:
    """Tell whether words or figures stand side by side between two rulings, which then bound no column."""
    return any(after.x0 - atom.x1 > atom.size for line in lines for atom, after in pairwise(line.atoms))


def _room(char: Char, across: Sequence[Ruling], down: Sequence[Ruling]) -> Box:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    xs = [rule.at for rule in down if rule.start <= y <= rule.end]
    ys = [rule.at for rule in across if rule.start <= x <= rule.end]
    return (
        max((at for at in xs if at <= x), default=-inf),
        max((at for at in ys if at <= y), default=-inf),
        min((at for at in xs if at > x), default=inf),
        min((at for at in ys if at > y), default=inf),
    )
