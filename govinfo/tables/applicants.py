"""The headings over the requests table: which column each place of a line is, as printed, and how sure that is.

Headings stand on one or two levels. Where the grid keeps places and no two headings share one, places decide; else
the order of the words. What cannot be told is the form's order, with a doubt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, pairwise

from govinfo.document import Cell
from govinfo.forms import column_order, vocabulary
from govinfo.tables.columns import Head, heads_in
from govinfo.tables.lines import Line
from govinfo.text import key

COLUMNS = column_order("requests")
ENOUGH_HEADS = 5
"""Applicant headings that must stand over the table for its columns to be known."""

EXTRA = "extra "
"""How the code of a column begins that the form does not have, as a subtotal."""


@dataclass(frozen=True)
class Heading:
    """What stands over a line: headings with places (none where the grid keeps no places), the columns in order
    (fewer than the form's where some headings are not printed, more where the page has columns of its own), whether
    headings are lost or of another table, whether the line is not as wide as they are, whether words of the two
    levels stand mixed, and whether some headings are lost and the others stand in another order than the form's."""

    heads: tuple[Head, ...]
    order: tuple[str, ...]
    lost: bool
    ragged: bool = False
    mixed: bool = False
    disordered: bool = False

    @cached_property
    def is_whole(self) -> bool:
        """True when every column of the form has its heading."""
        return set(COLUMNS) <= set(self.order)

    @cached_property
    def moved(self) -> tuple[str, ...]:
        """The columns that stand at another place among the form's columns than in the form."""
        own = [column for column in self.order if column in COLUMNS]
        return tuple(column for column, usual in zip(own, COLUMNS, strict=False) if column != usual)


def headings_over(lines: Sequence[Line]) -> Iterator[Heading]:
    """The heading in force at each line."""
    printed: list[Head] = []
    grid: int | None = None
    width = 0
    foreign = below = False
    known: dict[tuple[object, ...], Heading] = {}
    for line in lines:
        found = names_in(line) if is_heading_line(line) else []
        anew = len(found) >= ENOUGH_HEADS and (below or line.grid != grid)
        printed = found if anew else [*printed, *found]
        own = width_of(line)
        width = max(own, 0 if anew else width) if found else width
        if not line.has_figures and line.labels:
            foreign = is_foreign(line) or (foreign and len(line.labels) < ENOUGH_HEADS)
        grid, below = line.grid, line.has_figures
        if found:
            known = {}
        case = (foreign, line.placed, line.grid, own == width)
        if case not in known:
            known[case] = heading_of(tuple(printed), foreign, line.placed, line.grid, own == width)
        yield known[case]


def is_heading_line(line: Line) -> bool:
    """True for a line without figures, and for one of a dump that runs its headings into its first row."""
    return not line.has_figures or (line.grid is None and len(line.labels) > ENOUGH_HEADS)


def is_foreign(line: Line) -> bool:
    """True for headings that are row labels of this table: they belong to another table."""
    words = vocabulary("requests")
    names = [key(cell.text) for cell in line.labels[1:]]
    return sum(name in words.rows and name not in words.columns for name in names) > 1


def names_in(line: Line) -> list[Head]:
    """The headings in a line, in order; a word over several columns stands as it is."""
    words = vocabulary("requests")
    names: list[Head] = []
    for cell in line.labels:
        name = key(cell.text)
        group = [Head(name, cell.col, cell.colspan, grid=line.grid)] if name in words.groups else []
        known = group or [head._replace(grid=line.grid) for head in heads_in([cell], "requests")]
        names += known or ([own_column(cell, line)] if name in words.extras or (names and line.placed) else [])
    return names


def own_column(cell: Cell, line: Line) -> Head:
    """A heading that the form does not have."""
    return Head(f"{EXTRA}{key(cell.text)}", cell.col, cell.colspan, grid=line.grid)


@lru_cache(maxsize=1024)
def heading_of(printed: tuple[Head, ...], foreign: bool, placed: bool, grid: int | None, as_wide: bool) -> Heading:
    """The heading that the printed names make over a line: their places, else their order, else the form's with
    ``lost``.

    Places of a dump count only for lines ``as_wide`` as the lines of headings.
    """
    single = list({head.column: head for head in printed if head.column in COLUMNS}.values())  # the last printing
    whole = len(single) == len(COLUMNS)
    extras = [head for head in printed if is_extra(head, single)] if whole else []
    by_col = tuple(sorted([*single, *extras], key=lambda head: head.col))
    order = tuple(dict.fromkeys(head.column for head in by_col))
    if whole and placed and {head.grid for head in single} == {grid} and stand_apart(by_col):
        return Heading(by_col, order, foreign)
    if whole and not placed and keeps_places(printed, single):
        same = {head.grid for head in single} == {grid} and as_wide
        return Heading(by_col if same else (), order, foreign, ragged=not same)
    names = [head.column for head in printed if head in extras or not head.column.startswith(EXTRA)]
    order, mixed = order_of(names), are_mixed(names)
    if set(COLUMNS) <= set(order):
        return Heading((), order, foreign, mixed=mixed)
    in_order = list(order) == [column for column in COLUMNS if column in order]
    if in_order and len(order) >= ENOUGH_HEADS:
        return Heading((), order, foreign, mixed=mixed)
    disordered = placed and len(single) >= ENOUGH_HEADS and not in_form_order(single)
    return Heading((), COLUMNS, lost=True, disordered=disordered)


def in_form_order(heads: Sequence[Head]) -> bool:
    """True for headings that stand from left to right as in the form."""
    return [head.column for head in sorted(heads, key=lambda head: head.col)] == [
        column for column in COLUMNS if column in {head.column for head in heads}
    ]


def is_extra(head: Head, single: Sequence[Head]) -> bool:
    """True for a heading of the page's own: a known word for one, or one that stands over no column of the form."""
    if not head.column.startswith(EXTRA):
        return False
    return head.column.removeprefix(EXTRA) in vocabulary("requests").extras or not any(
        share_a_place(head, other) for other in single
    )


def stand_apart(heads: Sequence[Head]) -> bool:
    """True when no two headings share a place."""
    return not any(share_a_place(one, other) for one, other in combinations(heads, 2))


def share_a_place(one: Head, other: Head) -> bool:
    """True when two headings of one grid stand over a common column of it."""
    return one.grid == other.grid and one.col < other.col + other.colspan and other.col < one.col + one.colspan


def width_of(line: Line) -> int:
    """How many cells a line reaches over."""
    return max([cell.col + cell.colspan for cell in (*line.labels, *line.slots)], default=0)


def keeps_places(printed: Sequence[Head], single: Collection[Head]) -> bool:
    """True where a dump keeps the places of headings: no two share one, and a group begins where its columns do."""
    groups = vocabulary("requests").groups
    begins = [
        head.col == min(each.col for each in single if each.column in groups[head.column])
        for head in printed
        if head.column in groups
    ]
    return all(begins) and bool(begins) and len({head.col for head in single}) == len(single)


def are_mixed(printed: Sequence[str]) -> bool:
    """True where another word stands among those of a group's columns: one of the two is in the wrong place."""
    groups = vocabulary("requests").groups
    names = list(dict.fromkeys(printed))
    for group in groups.keys() & set(names):
        places = [at for at, name in enumerate(names) if name in groups[group]]
        if places and any(name not in groups[group] for name in names[places[0] : places[-1] + 1]):
            return True
    return False


def order_of(printed: Sequence[str]) -> tuple[str, ...]:
    """The order of columns under headings on one or two levels: the columns of a group stand where its word does, and
    with them a subtotal that is printed behind them."""
    groups = vocabulary("requests").groups
    members = {column for name in printed for column in groups.get(name, ())}
    names = list(dict.fromkeys(printed))
    for before, name in pairwise(names):
        if name.startswith(EXTRA) and before in members:
            members.add(name)
    below = [name for name in names if name in members]
    order: list[str] = []
    for name in names:
        order += below if name in groups else [] if name in members else [name]
    return tuple(dict.fromkeys(order))
