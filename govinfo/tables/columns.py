"""The places of a line as columns: one reading where headings or order decide, several where they do not.

A line that leaves a choice is never decided here: its readings go to the arithmetic of the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import NamedTuple

from rapidfuzz import fuzz

from govinfo.document import Cell
from govinfo.forms import vocabulary
from govinfo.tables.lines import Line
from govinfo.text import bare_key, is_figure, key

NEAR = 75
"""How alike (0-100) a label must be to one of the form's to be read as a misprint of it."""

CLEARLY = 5
"""How much less alike every other label must be."""

EXACT, FUZZY = 3.0, 1.0

DIGITS = re.compile(r"[0-9]+")
MOST_CUTS = 12_000
"""Ways to part digits that are looked at; a longer run of digits stays open."""

MOST_TOO_MANY = 2
"""Figures over the number of columns among which a choice is looked for."""


class Head(NamedTuple):
    """A column heading: its code and place, in which grid. ``doubts`` tell how plainly it was read."""

    column: str
    col: int
    colspan: int = 1
    doubts: tuple[str, ...] = ()
    grid: int | None = None


Reading = tuple[Cell | None, ...]
"""One way to read a line: the cell of each column, None where the line has no place for it."""


# Labels


Match = tuple[tuple[str, ...], float, tuple[str, ...]]
"""The codes a printed label may mean, how sure, and the doubts that say so."""


def best_match(text: str, labels: Mapping[str, tuple[str, ...]]) -> Match:
    """The codes a printed label may mean, how sure, and the doubts that say so; no codes where it means none."""
    for name in (key(text), bare_key(text)):
        if name in labels:
            return labels[name], EXACT, ()
    name = key(text)
    if len(name) < 3:
        return (), 0.0, ()
    alike = {label: fuzz.ratio(name, label) for label in labels}
    best = max(alike.values())
    near = {labels[label] for label, score in alike.items() if score >= max(best - CLEARLY, NEAR)}
    return (near.pop(), FUZZY, ("label-fuzzy",)) if len(near) == 1 else ((), 0.0, ())


@lru_cache(maxsize=8192)
def column_match(text: str, table: str) -> Match:
    """``best_match`` of a text among the column headings of a table."""
    return best_match(text, vocabulary(table).columns)


# Readings


def readings(
    line: Line, columns: Sequence[str], heads: Sequence[Head], total: str | None, *, ragged: bool = False
) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """The ways to read a line's places as the given columns, and the doubts that hold for any of them.

    By the places of the headings where the grid keeps places, and by order where the counts agree. Too many
    places: every run of neighbours that leaves out blanks only. Too few: in a run of text every way to part the
    digits, else every way to spread the places; a single figure is the ``total`` where the table has one. The
    first blank of a ``ragged`` line, narrower than its headings, may belong to the label.
    """
    if line.thinned:
        return (), ("repeats-dropped",)
    slots = slots_below(line, heads)
    figures = [cell for cell in slots if cell.text.strip()]
    placed = by_place(slots, columns, heads) if heads else None
    gaps = placed is not None and not all(placed)  # "None in" would compare each cell with None
    if gaps and not line.placed:
        placed = None
    in_order = tuple(slots) if len(slots) == len(columns) else None
    if placed or in_order:
        ways = [way for way in (placed, in_order if in_order != placed else None) if way]
        if placed and gaps and not in_order:  # a cell is missing: the row may have slipped
            ways += spreads(slots, len(columns))
        if ragged and not slots[0].text.strip():
            ways += shifts(core_of(slots), len(columns))
    elif len(slots) > len(columns):
        ways = windows(slots, len(columns))
    elif line.fused and len(columns) > 1:
        return cuts(figures, len(columns)), ("glued",)
    elif len(figures) == 1 and total in columns:
        return (tuple(figures[0] if column == total else None for column in columns),), ("merged",)
    elif not figures:
        ways = [tuple(None for _ in columns)]
    else:
        ways = spreads(slots, len(columns))
    different = tuple(dict.fromkeys(ways) if len(ways) > 1 else ways)
    # More places than columns, and figures not each below a heading of its own: fewer, or as many, fit by chance.
    loose = bool(heads) and line.placed and placed is None and len(slots) > len(columns)
    slipped = loose and (len(figures) < len(columns) or any(is_crowded(head, figures) for head in heads))
    return different, ("shifted",) if len(different) > 1 or slipped else ()


def is_crowded(head: Head, figures: Sequence[Cell]) -> bool:
    """Tell whether several figures stand below a heading, as where a rule parts one."""
    end = head.col + head.colspan
    return sum(figure.col < end and head.col < figure.col + figure.colspan for figure in figures) > 1


def slots_below(line: Line, heads: Sequence[Head]) -> list[Cell]:
    """The places of a line, without blank cells of the label columns; all of them where figures stand out of place."""
    start = min([head.col for head in heads], default=0)
    if line.slots and line.slots[0].col >= start:
        return list(line.slots)
    before = (cell for cell in line.slots if cell.col + cell.colspan <= start)
    lost = any(cell.text.strip() for cell in before)
    return [cell for cell in line.slots if lost or cell.col + cell.colspan > start]


def cuts(figures: Sequence[Cell], width: int) -> tuple[Reading, ...]:
    """The ways to part runs of digits into ``width`` figures without leading zeros; none where they are too many."""
    if len(figures) >= width or not all(DIGITS.fullmatch(cell.text) for cell in figures):
        return ()
    letters = sum(len(cell.text) for cell in figures)
    if letters < width or comb(letters - 1, width - 1) > MOST_CUTS:
        return ()
    return tuple(parted(figures, width))


def parted(figures: Sequence[Cell], width: int) -> Iterator[Reading]:
    """Each way to part the figures into ``width``; every figure gives at least one."""
    if not figures:
        if width == 0:
            yield ()
        return
    first, rest = figures[0], figures[1:]
    for length in range(1, len(first.text) + 1):
        piece = first.text[:length]
        if length > 1 and piece[0] == "0":
            break
        left = first.text[length:]
        more = [replace(first, text=left), *rest] if left else rest
        if len(more) < width or (not more and width == 1):
            for following in parted(more, width - 1):
                yield (replace(first, text=piece), *following)


def by_place(slots: Sequence[Cell], columns: Sequence[str], heads: Sequence[Head]) -> Reading | None:
    """Each heading takes the cell below it, of several the one that prints something; None where a figure stands below
    no heading or below several, or a heading over several figures."""
    shape = tuple([(cell.col, cell.colspan, bool(cell.text.strip())) for cell in slots])
    way = places_below(shape, tuple(columns), tuple(heads))
    return None if way is None else tuple([None if at is None else slots[at] for at in way])


@lru_cache(maxsize=4096)
def places_below(
    shape: tuple[tuple[int, int, bool], ...], columns: tuple[str, ...], heads: tuple[Head, ...]
) -> tuple[int | None, ...] | None:
    """``by_place`` for lines of one shape, which most rows of a table share: where each of their cells begins, how wide
    it is and whether it prints something. Gives the number of the cell of each column."""
    at: dict[int, list[int]] = {}
    for number, (col, colspan, _) in enumerate(shape):
        for place in range(col, col + colspan):
            at.setdefault(place, []).append(number)
    prints = {number for number, (_, _, printed) in enumerate(shape) if printed}
    below: dict[str, int | None] = {}
    for head in heads:
        numbers = {number for col in range(head.col, head.col + head.colspan) for number in at.get(col, ())}
        numbers = numbers & prints or numbers
        if len(numbers) > 1 and numbers & prints:
            return None
        below[head.column] = min(numbers, default=None)
    if any(column not in below for column in columns):
        return None
    way = tuple(below[column] for column in columns)
    taken = [number for number in way if number in prints]
    return way if len(taken) == len(set(taken)) and set(taken) == prints else None


def windows(slots: Sequence[Cell], width: int) -> list[Reading]:
    """The ways to choose ``width`` of too many places in a row: blanks at either end may be no places at all.

    Where figures reach over more than ``width`` places, every choice of figures, if they are not many more.
    """
    filled = [at for at, cell in enumerate(slots) if cell.text.strip()]
    while len(filled) > width and not is_figure(slots[filled[-1]].text):  # a remark behind the row
        filled.pop()
    if not any(is_figure(slots[at].text) for at in filled):
        return [tuple(slots[-width:])]
    first, last = filled[0], filled[-1] + 1
    if last - first <= width:
        starts = range(max(0, last - width), min(first, len(slots) - width) + 1)
        runs: list[Reading] = [tuple(slots[at : at + width]) for at in starts]
        core = list(slots[first:last])
        return runs if last - first == width else [*runs, *shifts(core, width)]
    return list(combinations([slots[at] for at in filled], width)) if len(filled) <= width + MOST_TOO_MANY else []


def core_of(slots: Sequence[Cell]) -> list[Cell]:
    """The places from the first figure to the last."""
    filled = [at for at, cell in enumerate(slots) if cell.text.strip()]
    return list(slots[filled[0] : filled[-1] + 1]) if filled else []


def shifts(core: Sequence[Cell], width: int) -> list[Reading]:
    """The ways to place neighbours among ``width`` columns without parting them."""
    return [
        (*([None] * before), *core, *([None] * (width - len(core) - before))) for before in range(width - len(core) + 1)
    ]


def spreads(slots: Sequence[Cell], width: int) -> list[Reading]:
    """Every way to spread too few slots over ``width`` places in their order."""
    ways: list[Reading] = []
    for places in combinations(range(width), len(slots)):
        at = dict(zip(places, slots, strict=True))
        ways.append(tuple(at.get(place) for place in range(width)))
    return ways


def in_form_order(ways: Sequence[Reading], order: Sequence[str], columns: Sequence[str]) -> tuple[Reading, ...]:
    """Readings in the order of the headings, put into the order of the form; None where no heading is printed."""
    if order == columns:
        return tuple(ways)
    number = {column: at for at, column in enumerate(order)}
    places = [number.get(column) for column in columns]
    return tuple(dict.fromkeys(tuple(None if at is None else way[at] for at in places) for way in ways))


def fitted(line: Line, width: int) -> Line:
    """The line without blank places at its end that are more than its columns."""
    end = len(line.slots)
    while end > width and not line.slots[end - 1].text.strip():
        end -= 1
    return line if end == len(line.slots) else replace(line, slots=line.slots[:end])


def heads_in(cells: Iterable[Cell], table: str) -> list[Head]:
    """The column headings of a table among cells, with their places."""
    found = []
    for cell in cells:
        codes, _, doubts = column_match(cell.text, table)
        if codes and not is_figure(cell.text):
            found.append(Head(codes[0], cell.col, cell.colspan, doubts))
    return found
