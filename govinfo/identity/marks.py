"""What a stretch of a report prints once, and whether another prints it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from govinfo.document import Document, Paragraph
from govinfo.forms import vocabulary
from govinfo.tables.lines import lines_of
from govinfo.tables.records import read_tables
from govinfo.tables.sections import section_headings_of
from govinfo.text import is_figure, key

Marks = Mapping[tuple[str, str], tuple[str, ...]]
"""What a stretch of a report prints once: (table, row) to its figures, ("", number of a section) to nothing."""

ENOUGH_ROWS = 2
"""Rows of one table that must stand again."""

ENOUGH_SECTIONS = 3
"""Sections of prose that must stand again."""

SECOND_SET = {"disclosure": 2, "requests": 8}
"""Tables that must all stand again to make a report two of which nothing tells which is which, with how many rows."""

SHORTEST_PROSE = 20


def marks_of(document: Document) -> Marks:
    """The rows with figures of a stretch, and its sections with prose."""
    rows = {
        (table, settled.row.code): tuple(cell.text.strip() if cell else "" for cell in settled.reading)
        for table, found in read_tables(document).items()
        for settled in found
        if settled.reading
    }
    return {**rows, **{("", str(number)): () for number in sections_with_prose(document)}}


def sections_with_prose(document: Document) -> Iterator[int]:
    """The statutory sections right below whose heading prose stands."""
    headings = section_headings_of(document)
    for at, number in headings.items():
        below = document.blocks[at + 1] if at + 1 < len(document.blocks) else None
        if isinstance(below, Paragraph) and at + 1 not in headings and len(below.text.strip()) >= SHORTEST_PROSE:
            yield number


def repeats(marks: Marks, printed: Marks) -> bool:
    """True where a good part of what a stretch prints stands in the report already."""
    again = marks.keys() & printed.keys()
    by_table = {table: {mark for mark in marks if mark[0] == table} for table, _ in again}
    return any(
        len(again & mine) >= (ENOUGH_ROWS if table else ENOUGH_SECTIONS) and len(again & mine) * 2 > len(mine)
        for table, mine in by_table.items()
    )


def same_figures(marks: Marks, known: Marks) -> bool:
    """True where two printings of a report have the same figures in every row that both have."""
    return all(figures == known[mark] for mark, figures in marks.items() if mark in known)


def rows_by_label(document: Document) -> Marks:
    """The rows with figures whose label names one row of the forms and no other."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in lines_of(document):
        for row in rows_named([line.labels[-1].text] if line.labels and line.has_figures else []):
            found.setdefault(row, tuple(cell.text.strip() for cell in line.slots))
    return found


def rows_named(texts: Iterable[str]) -> set[tuple[str, str]]:
    """The rows that texts name which are the words for one row of the tables and no other."""
    return {row for text in texts if not is_figure(text) and (row := row_named(text))}


@lru_cache(maxsize=4096)
def row_named(text: str) -> tuple[str, str] | None:
    """The table and row that a text names and no other."""
    rows = [(table, row) for table in SECOND_SET for row in vocabulary(table).rows.get(key(text), ())]
    return rows[0] if len(rows) == 1 else None


def tables_again(marks: Marks, printed: Marks) -> set[str]:
    """The tables of a second set that a grid prints again."""
    return {
        table
        for table, rows in SECOND_SET.items()
        if sum(mark in printed for mark in marks if mark[0] == table) >= rows
    }
