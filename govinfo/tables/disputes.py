"""The disputes table (四、政府信息公开行政复议、行政诉讼情况): five results for each of three groups.

A line of figures is dealt to the groups that its headings name, never from the left: where a heading is lost, the
groups are the form's, in doubt, and only as far as their sums hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from govinfo.forms import column_order, row_order, vocabulary
from govinfo.tables.align import Row
from govinfo.tables.columns import Reading, fitted, heads_in, in_form_order, readings
from govinfo.tables.lines import Line
from govinfo.tables.orders import Candidate, in_proven_order, without_lost_headings
from govinfo.tables.solve import sums_up
from govinfo.text import key

OUTCOMES = column_order("disputes")
GROUPS = row_order("disputes")
ENOUGH_OUTCOMES = 3
"""Different results that must stand over the figures for their order to be known."""

Order = tuple[str, ...]
"""The results of one group in the order of their headings."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group named over or before figures: its code, its label as printed, and its place."""

    code: str
    label: str
    col: int


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a line of figures: the groups in their order, the order of the results in each, and whether
    these are only the form's because headings are lost or unclear."""

    groups: tuple[Group, ...]
    orders: tuple[Order, ...]
    lost: bool


def read_disputes(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The rows of the disputes table: each line of figures is dealt to the groups named since the last one."""
    rows: dict[str, Row] = {}
    outcomes: list[str] = []
    above: list[Line] = []
    for line in lines:
        above.append(line)
        if not line.has_figures:
            continue
        outcomes = outcomes_in(above) or outcomes
        heading = heading_of(above, outcomes, [code for code in GROUPS if code not in rows])
        for row in dealt(line, heading):
            rows.setdefault(row.code, row)
        above = []
    return tuple(rows[code] for code in GROUPS if code in rows)


# Headings


def heading_of(above: Sequence[Line], outcomes: Sequence[str], left: Sequence[str]) -> Heading:
    """The heading made of the lines above a line of figures. Where it names no group, or fewer than the line has
    places for, the groups are those that are left."""
    named = groups_in(above)
    too_few = len(named) < len(left) and len(above[-1].slots) > len(named) * len(OUTCOMES)
    labels = {group.code: group.label for group in named}
    groups = tuple(Group(code, labels.get(code, ""), 0) for code in left) if too_few else named
    orders = orders_of(outcomes, len(groups))
    enough = len(set(outcomes)) >= ENOUGH_OUTCOMES
    return Heading(groups, orders or (OUTCOMES,) * len(groups), too_few or not (orders and enough))


def groups_in(lines: Sequence[Line]) -> tuple[Group, ...]:
    """The groups that lines name, each once: by place where their grid keeps places, else as they are printed."""
    words = vocabulary("disputes")
    found = [
        Group(code, cell.text, cell.col)
        for line in lines
        for cell in line.labels
        for code in words.rows.get(key(cell.text), ())
    ]
    once = {group.code: group for group in reversed(found)}
    placed = all(line.placed for line in lines if line.labels)
    apart = len({group.col for group in once.values()}) == len(once)
    return tuple(sorted(once.values(), key=lambda group: group.col if placed and apart else found.index(group)))


def outcomes_in(lines: Sequence[Line]) -> list[str]:
    """The results that lines name, in reading order."""
    return [head.column for line in lines for cell in line.labels for head in heads_in([cell], "disputes")]


def orders_of(outcomes: Sequence[str], groups: int) -> tuple[Order, ...]:
    """The order of the results in each group, where every group prints all of them or one order serves for all;
    the form's where what is printed agrees with it; empty where it does not."""
    width = len(OUTCOMES)
    parts = [tuple(outcomes[at : at + width]) for at in range(0, len(outcomes), width)]
    if parts and all(set(part) == set(OUTCOMES) and len(part) == width for part in parts):
        if len(parts) == groups:
            return tuple(parts)
        if len(set(parts)) == 1:
            return (parts[0],) * groups
    in_order = [code for code in OUTCOMES if code in outcomes] == list(dict.fromkeys(outcomes))
    return (OUTCOMES,) * groups if in_order else ()


# Figures


def dealt(line: Line, heading: Heading) -> tuple[Row, ...]:
    """The rows in a line of figures: its places dealt to the groups, in every way that the line can be read."""
    width = len(OUTCOMES)
    columns = [
        f"{group.code} {outcome}"
        for group, order in zip(heading.groups, heading.orders, strict=True)
        for outcome in order
    ]
    ways, doubts = readings(fitted(line, len(columns)), columns, (), None)
    usual = [code for code in GROUPS if code in {group.code for group in heading.groups}]
    candidates = []
    for at, (group, order) in enumerate(zip(heading.groups, heading.orders, strict=True)):
        parts = tuple(dict.fromkeys(way[at * width : (at + 1) * width] for way in ways))
        why = (
            *doubts,
            *(("header-lost",) if heading.lost else ()),
            *(() if group.label else ("by-order",)),
            *(("out-of-order",) if group.code != usual[at] else ()),
        )
        row = Row("disputes", group.code, group.label, OUTCOMES, (), why, line=line)
        candidates.append(
            candidate(replace(row, guessed=line.is_inferred, streamed=line.grid is None), parts, order, heading.lost)
        )
    rows = in_proven_order(candidates)
    named = len(rows) == len(GROUPS) and all(group.label for group in heading.groups)
    return without_lost_headings(rows, 1) if named else rows


def candidate(row: Row, parts: Sequence[Reading], order: Order, lost: bool) -> Candidate:
    """A row with its places in the order of its headings, and in the form's where they print another.

    A row whose headings are lost and whose sum fails is left open: its figures may be those of another group.
    """
    printed, usual = (replace(row, readings=in_form_order(parts, each, OUTCOMES)) for each in (order, OUTCOMES))
    if lost:
        return Candidate(replace(usual, readings=tuple(way for way in usual.readings if sums_up(row, way))))
    moved = tuple(column for column, at_home in zip(order, OUTCOMES, strict=True) if column != at_home)
    return Candidate(printed, usual, moved, clear=True) if moved else Candidate(printed)
