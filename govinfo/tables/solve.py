"""The arithmetic of the form as judge between readings.

Each row comes with the ways to read it. Rows with one way stand; of the others, ways that break an identity with
the rows that stand are dropped, until nothing changes. Where one way is left it is taken; where several are left,
a cell is taken only if they all agree on it. Nothing is guessed: what stays open is NA.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import product
from math import prod

from govinfo.document import Cell
from govinfo.forms import Identity, identities, instead_of
from govinfo.tables.align import Row
from govinfo.tables.columns import Reading
from govinfo.text import as_count, figure

MOST_COMBINATIONS = 2_000
"""Ways of open rows taken together that are looked at."""

Values = Mapping[tuple[str, str], Decimal | None]
"""Figures of one table by row and column."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A row with at most one reading. ``open_columns`` are those whose figure several readings leave open."""

    row: Row
    reading: Reading | None
    doubts: tuple[str, ...]
    open_columns: frozenset[str] = frozenset()


def settle(rows: Sequence[Row]) -> tuple[Settled, ...]:
    """Chooses a reading for every row of one table."""
    table = {row.code: row for row in rows}
    ways = {row.code: [way for way in row.readings if "glued" not in row.doubts or sums_up(row, way)] for row in rows}
    progress = True
    while progress:
        progress = False
        for row in rows:
            left = unrefuted(row, ways, table) if len(ways[row.code]) > 1 else []
            if 0 < len(left) < len(ways[row.code]):
                ways[row.code] = left
                progress = True
        progress = progress or settle_together(ways, table)
    return tuple(chosen(row, ways[row.code]) for row in rows)


def sums_up(row: Row, way: Reading) -> bool:
    """True unless a way to read a row breaks an identity over its own columns."""
    return own_sum_holds(row, way) is not False


def own_sum_holds(row: Row, way: Reading) -> bool | None:
    """Whether a way to read a row keeps the identities over its own columns; None where a term is missing."""
    values = {column: value_of(cell) for column, cell in zip(row.columns, way, strict=True)}
    own = (identity for identity in identities() if identity.table == row.table and identity.along == "row")
    balances = [balance(identity.terms, values) for identity in own]
    return None if None in balances or not balances else not any(balances)


def settle_together(ways: dict[str, list[Reading]], table: Mapping[str, Row]) -> bool:
    """Drops the ways of open rows that fit no way of the other open rows; True when some were dropped.

    Only where the combinations are few: a table that leaves more open stays open.
    """
    open_rows = [table[code] for code, found in ways.items() if len(found) > 1]
    if len(open_rows) < 2 or prod(len(ways[row.code]) for row in open_rows) > MOST_COMBINATIONS:
        return False
    known = standing(ways, table)
    fitting = []
    for combination in product(*(ways[row.code] for row in open_rows)):
        values = dict(known)
        for row, way in zip(open_rows, combination, strict=True):
            values |= values_of(row, way)
        if all(False not in verdicts(row, values, set(table)) for row in open_rows):
            fitting.append(combination)
    dropped = False
    for at, row in enumerate(open_rows):
        left = list(dict.fromkeys(combination[at] for combination in fitting))
        if 0 < len(left) < len(ways[row.code]):
            ways[row.code] = left
            dropped = True
    return dropped


def standing(ways: Mapping[str, list[Reading]], table: Mapping[str, Row]) -> dict[tuple[str, str], Decimal | None]:
    """The figures of the rows that have one way to be read."""
    known: dict[tuple[str, str], Decimal | None] = {}
    for code, found in ways.items():
        if len(found) == 1:
            known |= values_of(table[code], found[0])
    return known


def unrefuted(row: Row, ways: Mapping[str, list[Reading]], table: Mapping[str, Row]) -> list[Reading]:
    """The ways to read a row that break no identity with the rows that stand; all of them where the one way left
    is not borne out by an identity that holds."""
    known = standing(ways, table)
    judged = {way: verdicts(row, {**known, **values_of(row, way)}, set(table)) for way in ways[row.code]}
    left = [way for way, verdict in judged.items() if False not in verdict]
    return ways[row.code] if len(left) == 1 and True not in judged[left[0]] else left


def verdicts(row: Row, values: Values, printed: set[str]) -> set[bool]:
    """Whether identities that this row takes part in hold, of those with all their terms."""
    return {
        balance == 0
        for identity in identities()
        if identity.table == row.table
        for balance in balances_of(identity, row, values, printed)
        if balance is not None
    }


def balances_of(identity: Identity, row: Row, values: Values, printed: set[str]) -> list[Decimal | None]:
    """What the identity leaves over in this row, or in each column that the row takes part in."""
    if identity.along == "row":
        return [balance(identity.terms, {column: values.get((row.code, column)) for column in row.columns})]
    terms = terms_on_page(identity, printed)
    if row.code not in dict(terms):
        return []
    return [balance(terms, {code: values.get((code, column)) for code, _ in terms}) for column in row.columns]


@dataclass(frozen=True)
class Sum:
    """An identity over one row or one column of a report: the places it adds up, with their weights."""

    identity: Identity
    line: str
    terms: tuple[tuple[tuple[str, str], int], ...]

    @cached_property
    def places(self) -> frozenset[tuple[str, str]]:
        """The places alone."""
        return frozenset(place for place, _ in self.terms)

    @cached_property
    def added(self) -> tuple[tuple[str, str], ...]:
        """The places that are added, each as often as it counts."""
        return tuple(place for place, weight in self.terms for _ in range(weight))

    @cached_property
    def taken(self) -> tuple[tuple[str, str], ...]:
        """The places that are taken away, each as often as it counts."""
        return tuple(place for place, weight in self.terms for _ in range(-weight))


def sums_over(table: str, form: str, rows: Sequence[str], columns: Sequence[str], printed: set[str]) -> Iterator[Sum]:
    """The sums that the identities of a form ask of one table; ``printed`` are the rows that the page prints."""
    for identity in identities():
        if identity.table != table or form not in identity.forms:
            continue
        if identity.along == "row":
            for row in rows:
                if row in printed:
                    yield Sum(identity, row, tuple(((row, column), weight) for column, weight in identity.terms))
        else:
            expected = terms_on_page(identity, printed)
            for column in columns:
                yield Sum(identity, column, tuple(((row, column), weight) for row, weight in expected))


@lru_cache(maxsize=4096)
def sums_asked(
    table: str, form: str, rows: tuple[str, ...], columns: tuple[str, ...], printed: frozenset[str]
) -> tuple[Sum, ...]:
    """``sums_over`` a table: the same for all reports that print the same rows."""
    return tuple(sums_over(table, form, rows, columns, set(printed)))


def terms_on_page(identity: Identity, printed: set[str]) -> tuple[tuple[str, int], ...]:
    """The terms of an identity over rows: a row that stands for others counts only where those are not printed."""
    dropped: set[str] = set()
    for single, parts in instead_of(identity.table).items():
        dropped |= {single} if printed & set(parts) or single not in printed else set(parts)
    return tuple((code, weight) for code, weight in identity.terms if code not in dropped)


def balance(terms: Sequence[tuple[str, int]], values: Mapping[str, Decimal | None]) -> Decimal | None:
    """The weighted sum of the terms; None where one is unknown."""
    total = Decimal(0)
    for code, weight in terms:
        value = values.get(code)
        if value is None:
            return None
        total += weight * value
    return total


def values_of(row: Row, reading: Reading) -> dict[tuple[str, str], Decimal | None]:
    """The figures of a reading by row and column."""
    return {(row.code, column): value_of(cell) for column, cell in zip(row.columns, reading, strict=True)}


def value_of(cell: Cell | None) -> Decimal | None:
    """The count that a cell prints, as the sums of the form add up counts; None where it prints none."""
    return as_count(figure(cell.text)).value if cell else None


def chosen(row: Row, left: Sequence[Reading]) -> Settled:
    """The row with the one reading that is left, or with what the readings left agree on."""
    if not left:
        return Settled(row, None, row.doubts)
    if len(left) == 1:
        decided = ("by-arithmetic",) if len(row.readings) > 1 else ()
        doubted = ("by-order",) if (row.guessed or row.streamed) and not sums_up(row, left[0]) else ()
        return Settled(row, left[0], (*row.doubts, *decided, *doubted))
    differing = frozenset(
        column for at, column in enumerate(row.columns) if len({printed(way[at]) for way in left}) > 1
    )
    return Settled(row, left[0], row.doubts, differing)


def printed(cell: Cell | None) -> tuple[str, Decimal | None]:
    """What a cell says, to tell whether two readings agree on it."""
    return (figure(cell.text).kind, figure(cell.text).value) if cell else ("blank", None)
