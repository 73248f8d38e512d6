"""Spreadsheets as a person sees them -> Document: which of their rows are text and which are tables.

A workbook is a list of ``Sheet``; hidden rows, columns and sheets are gone before it comes here. A row of one cell is a
line of text, unless it is part of a table: its cell has borders, or the table goes on beside or below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from govinfo.document import Cell, Document, Grid, Metadata, Paragraph
from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.text import is_figure

MOST_ROWS = 5000
MOST_COLUMNS = 200
"""A sheet with more rows or columns is a data base, no report; what lies beyond is not looked at."""

MANUAL = "Open it in Excel or WPS and save it as a new .xlsx, or as PDF."

LONGEST_HEAD = 12
"""Characters of a cell that may stand alone over some columns of a table; a longer one is a title."""

_NO_NAME = re.compile(r"(?:sheet|工作表|chart|表)\s*\(?\d*\)?", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]+\s*[、.．]|第[一二三四五六七八九十]+[章节部])")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a sheet, at its place among those that are not hidden. ``bordered`` tells whether lines are drawn
    around it."""

    cell: Cell
    bordered: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person sees of a sheet: cells with a text or with borders, row by row."""

    name: str
    places: tuple[Place, ...]


Row = list[Place]


def document_of(sheets: Sequence[Sheet], title: str = "") -> Document:
    """The sheets one behind the other, each with its name where that says more than its own first line.

    Raises NothingToRead where all are empty.
    """
    blocks: list[Paragraph | Grid] = []
    for sheet in sheets:
        mine = list(blocks_of(sheet.places))
        if mine and isinstance(mine[0], Grid) and not _NO_NAME.fullmatch(sheet.name.strip()):
            blocks.append(Paragraph(sheet.name.strip(), heading=True))
        blocks += mine
    if not blocks:
        raise NothingToRead("the workbook shows no text", hint=MANUAL)
    return Document(tuple(blocks), "excel", Metadata(title=title))


def cut_short() -> FileUnreadable:
    """The error for a workbook that cannot be opened."""
    return FileUnreadable("The workbook is broken or cut short.", hint=f"Fetch it again. {MANUAL}")


def blocks_of(places: Sequence[Place]) -> Iterator[Paragraph | Grid]:
    """The lines of text and the tables of a sheet, from top to bottom."""
    rows = [list(row) for _, row in groupby(sorted(places, key=at), key=lambda place: place.cell.row)]
    ruled = any(place.bordered and place.cell.text.strip() for place in places)
    table: list[Row] = []
    end = 0  # the first row that no cell of the table reaches
    for row, below in zip(rows, [*rows[1:], []], strict=False):
        top = row[0].cell.row
        if top > end or (top == end and is_text(row, table, below, ruled)):
            yield from grid_of(table)
            table = []
        if not table and is_text(row, table, below, ruled):
            yield from (Paragraph(place.cell.text.strip()) for place in row if place.cell.text.strip())
            end = top + 1
        else:
            table.append(row)
            end = max(end, *(place.cell.row + place.cell.rowspan for place in row))
    yield from grid_of(table)


def at(place: Place) -> tuple[int, int]:
    """Where a cell stands, as one reads."""
    return place.cell.row, place.cell.col


def right(table: Sequence[Row]) -> int:
    """The first column that no cell of a table reaches."""
    return max(place.cell.col + place.cell.colspan for row in table for place in row)


def is_text(row: Row, table: Sequence[Row], below: Row, ruled: bool) -> bool:
    """Whether a row is a line of text and no row of a table."""
    printed = [place.cell for place in row if place.cell.text.strip()]
    if len(printed) != 1:
        return False
    (only,) = printed
    if ruled and not row[0].bordered:
        return True
    if not table:
        leads = not below or only.col <= below[0].cell.col or len(only.text) > LONGEST_HEAD
        return leads and not has_figures(below)
    if ruled:
        return len(row) == 1 and bool(_NUMBERED.match(only.text))
    narrow = 1 < only.colspan < right(table) - only.col
    labels = {(line[0].cell.col, line[0].cell.colspan) for line in table}
    is_label = narrow and (only.col, only.colspan) in labels
    return not is_label and only.col == table[0][0].cell.col and not has_figures(below)


def has_figures(row: Row) -> bool:
    """Whether a row prints figures."""
    return any(place.cell.text.strip() and is_figure(place.cell.text) for place in row)


def grid_of(rows: Sequence[Row]) -> Iterator[Grid]:
    """The table that rows make, with an empty cell at every place that none of them covers."""
    if not any(place.cell.text.strip() for row in rows for place in row):
        return
    top, left, end = rows[0][0].cell.row, min(row[0].cell.col for row in rows), right(rows)
    cells = [replace(place.cell, row=place.cell.row - top, col=place.cell.col - left) for row in rows for place in row]
    covered = {
        (row, col)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for col in range(cell.col, cell.col + cell.colspan)
    }
    lines = {cell.row for cell in cells}
    empty = [Cell("", row, col) for row in lines for col in range(end - left) if (row, col) not in covered]
    yield Grid(tuple(sorted((*cells, *empty), key=lambda cell: (cell.row, cell.col))))
