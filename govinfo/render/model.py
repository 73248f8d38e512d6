"""Filled forms: what the page of a report prints, before it is a file. The wordings are those of the codebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from govinfo.forms import Row, forms


def headings(table: str) -> dict[str, str]:
    """The columns of a table with their headings, as the newest form has them."""
    newest = list(forms().values())[-1]
    return {column.code: column.label_zh for column in newest.tables[table].columns}


Key = tuple[str, str, str]
"""A cell of the form: table, row, column."""

APPLICANTS = headings("requests")
"""Columns of the table of requests, the same in all forms, with their headings."""
OUTCOMES = headings("disputes")
"""Columns of the table of disputes, the same in all forms, with their headings."""

HEADS = {
    ("2021", "decisions"): "本年处理决定数量",
    ("2021", "amount"): "本年收费金额（单位：万元）",
    ("2019", "decisions"): "处理决定数量",
    ("2019", "amount"): "采购总金额",
}
"""Headings of the disclosure table that the forms print each in their own words."""


@dataclass(frozen=True)
class Slot:
    """One printed cell with its spans; ``means`` is the cell of the form whose figure it prints."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    means: Key | None = None


Sheet = tuple[tuple[Slot, ...], ...]
"""A table as HTML has it: rows of cells, places covered by a span left out."""

Edit = Callable[[Sheet], Sheet]


@dataclass(frozen=True)
class Line:
    """A row of the form: its label cells (parents first), the code of the row, its figures as printed."""

    path: tuple[str, ...]
    code: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A block of the disclosure table: caption, headings with their columns, rows."""

    caption: str
    heads: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Form:
    """A filled form. ``edits`` reshape the sheet of a table; ``breaks`` are texts printed behind rows of the
    requests table in dumps; ``before`` and ``behind`` are other tables of a section, around its own."""

    agency: str
    year: int
    code: str
    blocks: tuple[Block, ...]
    requests: tuple[Line, ...]
    disputes: tuple[Line, ...]
    prose: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    headed: bool = True
    edits: tuple[tuple[str, Edit], ...] = ()
    breaks: tuple[tuple[int, str], ...] = ()
    before: tuple[tuple[int, Sheet], ...] = ()
    behind: tuple[tuple[int, Sheet], ...] = ()

    @property
    def title(self) -> str:
        """The title that the page prints."""
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"

    def edited(self, table: str, edit: Edit) -> Form:
        """The form with one more edit of a table."""
        return replace(self, edits=(*self.edits, (table, edit)))


def filled(agency: str, year: int, code: str, figures: Mapping[Key, str], prose: tuple[tuple[str, ...], ...]) -> Form:
    """The form of a code ("2019", "2021") that prints ``figures``; a row without any figure is not printed.

    ``prose`` holds the paragraphs of each of the six sections. Raises KeyError where a printed row lacks a figure.
    """
    blocks = (
        Block(caption, heads, tuple(line_of("disclosure", row, (row.label_zh,), figures) for row in rows))
        for caption, heads, rows in blocks_of(code)
    )
    requests, disputes = (filled_lines(code, table, figures) for table in ("requests", "disputes"))
    return Form(agency, year, code, tuple(blocks), requests, disputes, prose, tuple(APPLICANTS))


def filled_lines(code: str, table: str, figures: Mapping[Key, str]) -> tuple[Line, ...]:
    """The rows of a table that have figures, in the order of the form."""
    printed = {row for name, row, _ in figures if name == table}
    rows = forms()[code].tables[table].rows
    return tuple(line_of(table, row, label_path(row), figures) for row in rows if row.code in printed)


def line_of(table: str, row: Row, path: tuple[str, ...], figures: Mapping[Key, str]) -> Line:
    """One row with its figures."""
    return Line(path, row.code, tuple(figures[table, row.code, column] for column in row.columns))


@cache
def blocks_of(code: str) -> tuple[tuple[str, tuple[tuple[str, str], ...], tuple[Row, ...]], ...]:
    """The blocks of a form's disclosure table: caption, columns with their headings, rows."""
    table = forms()[code].tables["disclosure"]
    parts = [(caption, tuple(rows)) for caption, rows in groupby(table.rows, key=lambda row: row.parent)]
    words = {column.code: HEADS.get((code, column.code), column.label_zh) for column in table.columns}
    return tuple(
        (caption, tuple((column, words[column]) for column in rows[0].columns), rows) for caption, rows in parts
    )


def label_path(row: Row) -> tuple[str, ...]:
    """The label cells of a row, parents first."""
    return (*((row.parent,) if row.parent else ()), *row.label_zh.split(" "))
