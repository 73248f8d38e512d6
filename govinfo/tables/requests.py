"""The requests table (三、收到和处理政府信息公开申请情况): outcomes by kind of applicant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govinfo.forms import row_order
from govinfo.tables.align import (
    Anchor,
    Row,
    anchors,
    chain,
    fill_gaps,
    only_plain_substitutes,
    own_label,
    repeated,
    strays,
    unmapped,
)
from govinfo.tables.applicants import COLUMNS, Heading, headings_over
from govinfo.tables.columns import Reading, by_place, in_form_order, readings, slots_below
from govinfo.tables.lines import Line
from govinfo.tables.orders import Candidate, in_proven_order, without_lost_headings
from govinfo.text import is_figure, key

ENOUGH_SUMS = 3
"""Rows whose sums must hold for the order of columns to be known without headings."""


def read_requests(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The rows of the requests table; its headings must stand over it, whole or in pieces."""
    found = anchors(lines, "requests")
    taken = only_plain_substitutes(chain(found, row_order("requests")), "requests")
    taken = only_plain_substitutes([*taken, *strays(found, taken)], "requests")
    taken += fill_gaps(sorted(taken, key=lambda anchor: anchor.line), lines, "requests", len(COLUMNS))
    headings = aligned(list(headings_over(lines)), lines)
    rows = in_proven_order(
        [
            candidate(anchor, lines[anchor.line], headings[anchor.line], repeated(anchor, found, lines))
            for anchor in sorted(taken, key=lambda anchor: row_order("requests").index(anchor.row))
        ]
    )
    rows = without_lost_headings(rows, ENOUGH_SUMS)
    return (*rows, *(unmapped_row(lines[at]) for at in unmapped(lines, taken, "requests")))


def aligned(headings: Sequence[Heading], lines: Sequence[Line]) -> list[Heading]:
    """The headings over lines of a dump, without their places where a full line does not stand below them: then they
    are places of the dump's own, and a line that fits them by chance is not read by them."""
    apart = any(
        heading.heads
        and not line.placed
        and figures_in(line) == len(COLUMNS) == len(heading.order)
        and by_place(slots_below(line, heading.heads), heading.order, heading.heads) is None
        for heading, line in zip(headings, lines, strict=True)
    )
    return [
        replace(heading, heads=(), ragged=True) if apart and not line.placed and heading.heads else heading
        for heading, line in zip(headings, lines, strict=True)
    ]


def unmapped_row(line: Line) -> Row:
    """A printed row that the form does not have, by its own label; its figures in the form's order where they are as
    many as the columns, else open."""
    label = line.label(1)
    ways = (tuple(line.slots),) if len(line.slots) == len(COLUMNS) else ()
    return Row("requests", key(label), label, COLUMNS, ways, ("unmapped-row",), line=line)


def candidate(anchor: Anchor, line: Line, heading: Heading, again: tuple[str, ...]) -> Candidate:
    """A row as its headings say, and in the form's order where they say another."""
    order = COLUMNS if not heading.is_whole and fills_all(line) else heading.order
    lost = heading.lost or not set(COLUMNS) <= set(order)
    own = heading if (order, lost) == (heading.order, heading.lost) else replace(heading, order=order, lost=lost)
    printed = row_of(anchor, line, own, again)
    usual = row_of(anchor, line, Heading((), COLUMNS, lost), again) if heading.is_whole and heading.moved else None
    return Candidate(printed, usual, heading.moved, clear=bool(heading.heads))


def row_of(anchor: Anchor, line: Line, heading: Heading, again: tuple[str, ...]) -> Row:
    """A row with its places read under a heading."""
    ways, doubts = readings(line, heading.order, heading.heads, "total", ragged=heading.ragged)
    ways = in_form_order(ways, heading.order, COLUMNS)
    lost = ("header-lost",) if heading.lost else ()
    # Sums that hold in the form's order do not take away that the page prints another.
    moved = ("out-of-order",) if heading.disordered else ()
    lone = ("by-order",) if heading.mixed or is_lone(line, ways) else ()
    return Row(
        "requests",
        anchor.row,
        own_label(anchor, line),
        COLUMNS,
        ways,
        (*anchor.doubts, *doubts, *lost, *moved, *again, *lone),
        line=line,
        guessed=line.is_inferred,
        streamed=line.grid is None,
    )


# Lines


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
