"""The tables of the form, each read from its lines into ``Row`` objects in the order of the form."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from govinfo.forms import row_order
from govinfo.tables.align import Row, join_broken, named_in, unused
from govinfo.tables.columns import EXACT, Reading
from govinfo.tables.disclosure import read_disclosure
from govinfo.tables.disputes import read_disputes
from govinfo.tables.lines import Line
from govinfo.tables.recognise import Stretch
from govinfo.tables.requests import read_requests
from govinfo.tables.statistics import read_statistics

SCALED = re.compile(r"[(（:：]\s*[十百千万亿]+\s*(?:件|条|份|个|次|人|篇|项|宗)")
"""A heading that counts in tens or more: no column of the form does."""

READERS: dict[str, Callable[[Sequence[Line]], tuple[Row, ...]]] = {
    "disclosure": read_disclosure,
    "requests": read_requests,
    "disputes": read_disputes,
    "statistics": read_statistics,
}


def rows_of(stretch: Stretch) -> tuple[Row, ...]:
    """The rows of a table. Of a table printed twice the first is read; what differs carries a doubt."""
    read = READERS[stretch.table]
    lines = join_broken(stretch.lines, stretch.table)
    end = end_of_first(lines, stretch.table)
    rows = tuple(each_once(read(lines[:end])))
    again = {row.code: row for row in each_once(read(lines[end:]))} if end < len(lines) else {}
    rows = doubted(rows, "loose-figures", above_loose_figures(rows, lines[:end], stretch.table))
    if any(SCALED.search(text) for line in lines if not line.has_figures for text in line.texts):
        rows = doubted(rows, "unit-unknown", {row.code for row in rows})
    return doubted(rows, "repeated", {row.code for row in rows if differs(row, again.get(row.code))})


def doubted(rows: Iterable[Row], doubt: str, codes: Collection[str]) -> tuple[Row, ...]:
    """The rows, those of some codes with one more doubt."""
    return tuple(replace(row, doubts=(*row.doubts, doubt)) if row.code in codes else row for row in rows)


def above_loose_figures(rows: Iterable[Row], lines: Sequence[Line], table: str) -> set[str]:
    """The rows below which figures without a label stand that no row took: they may belong to it, as where a page ends
    within a row. In the table of statistics numbers of rows may stand alone; the same figures again are those of a
    table printed twice."""
    found: set[str] = set()
    if table == "statistics":
        return found
    by_line: dict[int, set[str]] = {}
    for row in rows:
        by_line.setdefault(id(row.line), set()).add(row.code)
    above: set[str] = set()
    figures: list[str] = []
    for line in lines:
        if codes := by_line.get(id(line)):
            above, figures = codes, printed_in(line)
        elif above and line.has_figures and not line.labels and not counts(line) and printed_in(line) != figures:
            found |= above
    return found


def printed_in(line: Line) -> list[str]:
    """What the slots of a line print."""
    return [text for cell in line.slots if (text := cell.text.strip())]


def counts(line: Line) -> bool:
    """True for a line that numbers the columns."""
    figures = printed_in(line)
    return len(figures) > 2 and figures == [str(number) for number in range(1, len(figures) + 1)]


def each_once(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, each with a code of its own: two that the form does not have may print the same label."""
    used: set[str] = set()
    for row in rows:
        code = unused(row.code, used)
        used.add(code)
        yield row if code == row.code else replace(row, code=code)


def end_of_first(lines: Sequence[Line], table: str) -> int:
    """The line at which the table's first row is printed again behind a good part of its rows."""
    order = row_order(table)
    seen: set[str] = set()
    for number, line in enumerate(lines):
        found = {name.row for name in named_in(line, table) if name.score == EXACT}
        if order[0] in found & seen and len(seen) > len(order) // 3:
            return number
        seen |= found
    return len(lines)


def differs(row: Row, again: Row | None) -> bool:
    """True when a second printing of a row has other figures."""
    return again is not None and [printed(way) for way in row.readings] != [printed(way) for way in again.readings]


def printed(way: Reading) -> list[str]:
    """The texts of a reading."""
    return [cell.text.strip() if cell else "" for cell in way]
