"""Headings in another order than the form's: whether the sums over rows bear them out.

Headings are damaged in many ways that leave another order (a lost span, a group word one column too narrow), and few
offices print another form. So the printed order is believed where sums hold in it and not in the form's; the form's
where sums hold in it alone. Where no sum tells, clear headings are read with a doubt if their total stands in its
place; else both orders are readings, and the arithmetic of the table judges between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from govinfo.tables.align import Row
from govinfo.tables.solve import own_sum_holds, value_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row in the order of columns that its headings print and, where that is not the form's, in the form's.

    ``moved`` are the columns that the two place differently; ``clear`` tells that the headings keep places, none of
    them shared.
    """

    printed: Row
    usual: Row | None = None
    moved: tuple[str, ...] = ()
    clear: bool = False


def in_proven_order(candidates: Sequence[Candidate]) -> tuple[Row, ...]:
    """The rows of a table in the order of columns that the sums over its rows bear out."""
    pairs = [(one.printed, one.usual) for one in candidates if one.usual]
    for_printed = sum(is_better(printed, usual) for printed, usual in pairs)
    for_usual = sum(is_better(usual, printed) for printed, usual in pairs)
    if for_printed > for_usual:
        return tuple(doubted(one.printed, one, "by-arithmetic" if for_usual else "") for one in candidates)
    if for_usual > for_printed:
        return tuple(doubted(one.usual or one.printed, one, "by-arithmetic") for one in candidates)
    return tuple(undecided(one) for one in candidates)


def is_better(one: Row, other: Row) -> bool:
    """True where the row has one reading each way, and its sum holds in this one and not in the other."""
    if len(one.readings) != 1 or len(other.readings) != 1:
        return False
    return own_sum_holds(one, one.readings[0]) is True and own_sum_holds(other, other.readings[0]) is False


def undecided(one: Candidate) -> Row:
    """A row whose headings stand in an order that no sum confirms."""
    if one.usual is None:
        return one.printed
    if one.clear and "total" not in one.moved:
        return doubted(one.printed, one, "out-of-order")
    both = tuple(dict.fromkeys((*one.printed.readings, *one.usual.readings)))
    return replace(one.printed, readings=both, doubts=(*one.printed.doubts, "by-order"))


def doubted(row: Row, one: Candidate, doubt: str) -> Row:
    """The row with a doubt on the columns that its headings move."""
    if not doubt or one.usual is None:
        return row
    return replace(row, column_doubts=dict.fromkeys(one.moved, (doubt,)))


def without_lost_headings(rows: Sequence[Row], enough: int) -> tuple[Row, ...]:
    """The rows without the doubt header-lost, where sums of figures other than 0 hold in enough of them and fail in
    none: the form's order of columns, total last, is then borne out without headings."""
    if not any("header-lost" in row.doubts for row in rows):
        return tuple(rows)
    single = [row for row in rows if len(row.readings) == 1]
    verdicts = {row.code: own_sum_holds(row, row.readings[0]) for row in single}
    telling = [row for row in single if verdicts[row.code] and any(map(value_of, row.readings[0]))]
    if len(telling) < enough or False in verdicts.values():
        return tuple(rows)
    return tuple(
        replace(row, doubts=tuple(doubt for doubt in row.doubts if doubt != "header-lost"))
        if verdicts.get(row.code)
        else row
        for row in rows
    )
