"""The requests table (三、收到和处理政府信息公开申请情况): outcomes by kind of applicant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from govinfo.forms import column_order, row_order, vocabulary
from govinfo.tables.align import (
    Row,
    anchors,
    chain,
    fill_gaps,
    only_plain_substitutes,
    own_label,
    print_of,
    repeated,
    strays,
)
from govinfo.tables.columns import Head, Reading, heads_in, in_form_order, readings
from govinfo.tables.recognise import Line
from govinfo.text import is_figure, key

COLUMNS = column_order("requests")
ENOUGH_HEADS = 5
"""Applicant headings that must stand over the table for its columns to be known."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a line: headings with places (none where the grid keeps no places), the columns in order
    (fewer than the form's where some headings are not printed), whether headings are lost or of another table, and
    whether the line is not as wide as they are."""

    heads: tuple[Head, ...]
    order: tuple[str, ...]
    lost: bool
    ragged: bool = False


def read_requests(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The rows of the requests table; its headings must stand over it, whole or in pieces."""
    found = anchors(lines, "requests")
    taken = only_plain_substitutes(chain(found, row_order("requests")), "requests")
    taken = only_plain_substitutes([*taken, *strays(found, taken)], "requests")
    taken += fill_gaps(sorted(taken, key=lambda anchor: anchor.line), lines, "requests", len(COLUMNS))
    headings = list(headings_over(lines))
    rows = []
    for anchor in sorted(taken, key=lambda anchor: row_order("requests").index(anchor.row)):
        line, heading = lines[anchor.line], headings[anchor.line]
        order = COLUMNS if len(heading.order) < len(COLUMNS) and fills_all(line) else heading.order
        ways, doubts = readings(line, order, heading.heads, "total", ragged=heading.ragged)
        ways = tuple(in_form_order(way, order, COLUMNS) for way in ways)
        lost = ("header-lost",) if heading.lost or len(order) < len(COLUMNS) else ()
        again = repeated(anchor, found, lines)
        why = (*anchor.doubts, *doubts, *lost, *again, *(("by-order",) if is_lone(line, ways) else ()))
        rows.append(
            Row(
                "requests",
                anchor.row,
                own_label(anchor, line),
                COLUMNS,
                ways,
                why,
                printed=print_of(line),
                guessed=line.is_inferred,
            )
        )
    return tuple(rows)


def headings_over(lines: Sequence[Line]) -> Iterator[Heading]:
    """The heading in force at each line."""
    printed: list[Head] = []
    grid: int | None = None
    width = 0
    foreign = below = False
    for line in lines:
        found = names_in(line) if is_heading_line(line) else []
        anew = len(found) >= ENOUGH_HEADS and (below or line.grid != grid)
        printed = found if anew else [*printed, *found]
        width = max(width_of(line), 0 if anew else width) if found else width
        if not line.has_figures and line.labels:
            foreign = is_foreign(line) or (foreign and len(line.labels) < ENOUGH_HEADS)
        grid, below = line.grid, line.has_figures
        yield heading_of(printed, foreign, line, width)


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
        names += group or [replace(head, grid=line.grid) for head in heads_in([cell], words.columns)]
    return names


def heading_of(printed: Sequence[Head], foreign: bool, line: Line, width: int) -> Heading:
    """The heading that the printed names make: their places, else their order, else the form's with ``lost``.

    Places of a dump count only for lines as wide as the lines of headings.
    """
    single = {head.column: head for head in printed if head.column in COLUMNS}.values()  # the last printing of each
    by_col = tuple(sorted(single, key=lambda head: head.col))
    whole = len(single) == len(COLUMNS)
    if whole and line.placed and {head.grid for head in single} == {line.grid}:
        return Heading(by_col, tuple(head.column for head in by_col), foreign)
    if whole and keeps_places(printed, single):
        same = {head.grid for head in single} == {line.grid} and width_of(line) == width
        return Heading(by_col if same else (), tuple(head.column for head in by_col), foreign, ragged=not same)
    order = order_of([head.column for head in printed])
    if len(order) == len(COLUMNS):
        return Heading((), order, foreign)
    in_order = list(order) == [column for column in COLUMNS if column in order]
    if in_order and len(order) >= ENOUGH_HEADS:
        return Heading((), order, foreign)
    return Heading((), COLUMNS, lost=True)


def width_of(line: Line) -> int:
    """How many cells a line reaches over."""
    return max((cell.col + cell.colspan for cell in (*line.labels, *line.slots)), default=0)


def keeps_places(printed: Sequence[Head], single: Collection[Head]) -> bool:
    """True where a dump keeps the places of headings: no two share one, and a group begins where its columns do."""
    groups = vocabulary("requests").groups
    begins = [
        head.col == min(each.col for each in single if each.column in groups[head.column])
        for head in printed
        if head.column in groups
    ]
    return all(begins) and bool(begins) and len({head.col for head in single}) == len(single)


def order_of(printed: Sequence[str]) -> tuple[str, ...]:
    """The order of columns under headings on one or two levels: the columns of a group stand where its word does."""
    groups = vocabulary("requests").groups
    members = {column for name in printed for column in groups.get(name, ())}
    below = [name for name in dict.fromkeys(printed) if name in members]
    order: list[str] = []
    for name in dict.fromkeys(printed):
        order += below if name in groups else [] if name in members else [name]
    return tuple(order)


def figures_in(line: Line) -> int:
    """How many places of a line print a figure."""
    return sum(is_figure(cell.text) for cell in line.slots)


def fills_all(line: Line) -> bool:
    """True where the places of a line, a figure at either end, are as many as the columns of the form."""
    edges = [line.slots[0], line.slots[-1]] if line.slots else []
    return len(line.slots) == len(COLUMNS) and all(is_figure(cell.text) for cell in edges)


def is_lone(line: Line, ways: Sequence[Reading]) -> bool:
    """True for one figure that a merged cell may have left in the place of the first: dumps and tables laid out by
    white space do not show where cells end."""
    if (line.placed and not line.guessed) or figures_in(line) != 1:
        return False
    return line.guessed or any(way[0] is not None and is_figure(way[0].text) for way in ways)
