"""Lines to tables: which stretch of a file carries which table of the form.

Tables are told by their labels, never by the place of a grid in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from govinfo.document import Document
from govinfo.forms import TABLE_OF_SECTION, TABLES, column_order, is_weak, row_order, vocabulary
from govinfo.tables.lines import MOST_PARTS, Line, lines_of
from govinfo.text import is_figure, key

MOST_LINES = 1_000
"""Lines of one table that are looked at; the longest table of the forms has some eighty."""

ENOUGH_WORDS = 2
"""Different words of a table, its heading among them, that make lines that table."""

SHORT_WORD = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of one table of the form, in reading order."""

    table: str
    lines: tuple[Line, ...]


def stretches(document: Document) -> tuple[Stretch, ...]:
    """The statutory tables of a document, at most one stretch a table, in the order of the form."""
    lines = lines_of(document)
    owners = owners_of(lines)
    found = (Stretch(table, lines_of_table(table, lines, owners)) for table in TABLES)
    return tuple(stretch for stretch in found if carries(stretch))


def lines_of_table(table: str, lines: Sequence[Line], owners: Sequence[str | None]) -> tuple[Line, ...]:
    """The lines of a table: those in its own section where they make the table, else all that speak of it."""
    section: int | None = None
    mine, anywhere = [], []
    for line, owner in zip(lines, owners, strict=True):
        section = line.section or section
        if owner == table:
            anywhere.append(line)
            if TABLE_OF_SECTION.get(section or 0) == table:
                mine.append(line)
    chosen = mine if carries(Stretch(table, tuple(mine))) else anywhere
    return tuple(chosen[:MOST_LINES])


def carries(stretch: Stretch) -> bool:
    """True when the lines print enough of the table's own words, its heading among them, and places for figures."""
    words = vocabulary(stretch.table)
    known = {name for line in stretch.lines for cell in line.labels if words.knows(name := key(cell.text))}
    headed = any(line.section for line in stretch.lines)
    if any(line.slots for line in stretch.lines) and len(known) + headed >= ENOUGH_WORDS:
        return True
    return any(is_unmistakable(line, stretch.table, headed) for line in stretch.lines)


def is_unmistakable(line: Line, table: str, headed: bool) -> bool:
    """True for one line that alone is a table: a row of a grid behind a label that only this table has, or below the
    heading of its section as many figures as it has cells in a line."""
    figures = sum(is_figure(cell.text) for cell in line.slots)
    rows = [key(cell.text) for cell in line.labels if key(cell.text) in vocabulary(table).rows]
    whole = table == "disputes" and figures == len(row_order(table)) * len(column_order(table))
    named = any(tables_of(name) == (table,) and len(name) > 2 * SHORT_WORD for name in rows)
    return bool(headed and whole) or (line.grid is not None and named and figures >= 1 and not headed)


# Owners


def owners_of(lines: Sequence[Line]) -> list[str | None]:
    """The table of each line: what its own words say, else what the lines before and behind it in its grid say."""
    votes = [vote(line) for line in lines]
    majority = {grid: Counter(found).most_common(1)[0][0] for grid, found in votes_by_grid(lines, votes).items()}
    owners: list[str | None] = []
    current: str | None = None
    grid: int | None = None
    for line, voted in zip(lines, votes, strict=True):
        if line.section:
            current = TABLE_OF_SECTION.get(line.section)
            owners.append(current)
            continue
        if line.grid is not None and line.grid != grid:
            current = majority.get(line.grid, current)
        grid = line.grid if line.grid is not None else grid
        current = voted or current
        owners.append(current)
    return owners


def votes_by_grid(lines: Iterable[Line], votes: Iterable[str | None]) -> dict[int, list[str]]:
    """The votes of the lines of each grid."""
    found: dict[int, list[str]] = {}
    for line, voted in zip(lines, votes, strict=True):
        if line.grid is not None and voted:
            found.setdefault(line.grid, []).append(voted)
    return found


def vote(line: Line) -> str | None:
    """The one table that knows words of this line, or None where no table or several do."""
    return voted_by(line.texts)


@lru_cache(maxsize=4096)
def voted_by(labels: tuple[str, ...]) -> str | None:
    """The one table that knows words of these labels."""
    scores = Counter(table for text in labels for table in tables_of(key(text)))
    for parts in range(2, min(MOST_PARTS, len(labels)) + 1):
        scores.update(tables_of(key("".join(labels[-parts:]))))
    best = scores.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


@lru_cache(maxsize=4096)
def tables_of(name: str) -> tuple[str, ...]:
    """The tables that a wording speaks for; a word of two letters over columns (数量, 单位) speaks for none."""
    if not name or is_weak(name):
        return ()
    return tuple(
        table
        for table in TABLES
        if (words := vocabulary(table)).knows(name) and (len(name) > SHORT_WORD or name in words.rows)
    )
