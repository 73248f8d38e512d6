"""The disputes table (四、政府信息公开行政复议、行政诉讼情况): five results for each of three groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govinfo.forms import column_order, row_order, vocabulary
from govinfo.tables.align import Row, print_of
from govinfo.tables.columns import fitted, heads_in, in_form_order, readings
from govinfo.tables.recognise import Line
from govinfo.text import key

OUTCOMES = column_order("disputes")
GROUPS = row_order("disputes")
ENOUGH_OUTCOMES = 3
"""Different results that must stand over the figures for their order to be known."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group named over or before figures: its code, its label as printed, and its place."""

    code: str
    label: str
    col: int


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a line of figures: the groups in their order, the order of the results in each, and whether
    that order is only the form's because the headings are lost or unclear."""

    groups: tuple[Group, ...]
    order: tuple[str, ...]
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


def heading_of(above: Sequence[Line], outcomes: Sequence[str], left: Sequence[str]) -> Heading:
    """The heading made of the lines above a line of figures; where it names no group, the groups that are left."""
    named = groups_in(above)
    order = order_of(outcomes)
    known = named or tuple(Group(code, "", 0) for code in left)
    enough = len(set(outcomes)) >= ENOUGH_OUTCOMES
    return Heading(known, order or OUTCOMES, not (order and enough))


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
    return tuple(sorted(once.values(), key=lambda group: group.col if placed else found.index(group)))


def outcomes_in(lines: Sequence[Line]) -> list[str]:
    """The results that lines name, in reading order."""
    words = vocabulary("disputes")
    return [head.column for line in lines for cell in line.labels for head in heads_in([cell], words.columns)]


def order_of(outcomes: Sequence[str]) -> tuple[str, ...]:
    """The order of the results where every group prints the same; empty where the headings do not agree."""
    width = len(OUTCOMES)
    orders = {tuple(outcomes[at : at + width]) for at in range(0, len(outcomes), width)}
    if len(orders) == 1 and set(first := next(iter(orders))) == set(OUTCOMES):
        return first
    in_order = [code for code in OUTCOMES if code in outcomes] == list(dict.fromkeys(outcomes))
    return OUTCOMES if in_order else ()


def dealt(line: Line, heading: Heading) -> Iterator[Row]:
    """The rows in a line of figures: its places dealt to the groups, in every way that the line can be read."""
    width = len(OUTCOMES)
    columns = [f"{group.code} {outcome}" for group in heading.groups for outcome in heading.order]
    ways, doubts = readings(fitted(line, len(columns)), columns, (), None)
    for at, group in enumerate(heading.groups):
        parts = (in_form_order(way[at * width : (at + 1) * width], heading.order, OUTCOMES) for way in ways)
        why = (*doubts, *(("header-lost",) if heading.lost else ()), *(() if group.label else ("by-order",)))
        yield Row(
            "disputes",
            group.code,
            group.label,
            OUTCOMES,
            tuple(dict.fromkeys(parts)),
            why,
            printed=print_of(line),
            guessed=line.is_inferred,
        )
