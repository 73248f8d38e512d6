"""Where a figure stands: the cell on its page or in its printed table, what was read, and the sums that it is part of.

The file is opened again for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from PIL import Image

from govinfo.checks import check, reports_in
from govinfo.document import Box
from govinfo.errors import UsageError, near
from govinfo.evidence.drawing import Note, captioned, drawn_table
from govinfo.evidence.html import NO_SUMS, html_facts, html_picture, html_sums, html_table
from govinfo.evidence.table import Place, excerpt
from govinfo.evidence.view import Record, WithFile, box_of, bytes_of, known, view_of
from govinfo.files.writing import written_into
from govinfo.forms import codebook, doubts
from govinfo.tables.solve import sums_over
from govinfo.text import tidy

IDENTITIES = [
    "rule",
    "row",
    "column",
    "left",
    "right",
    "difference",
    "status",
    "severity",
    "message",
    "message_zh",
]
"""Columns of the identities of an evidence, as in the findings frame."""

MOST_ROWS = 16
"""Rows of a table that a picture shows."""

MOST_ROWS_HTML = 60
"""Rows of a table that a notebook shows."""

STATUS = MappingProxyType(
    {"pass": ("holds", "#00664d"), "fail": ("does not hold", "#b03a00"), "unknown": ("open", "#666666")}
)
"""A status in words, and its colour."""


@dataclass(frozen=True)
class Evidence:
    """One cell of a report with all that tells how its figure came about.

    ``labels`` are the form's wordings of row and column in Chinese and English, ``doubts`` the doubts with their
    meaning, ``suggested`` the figure that identities prove (NA: None) with ``proof`` and ``proof_zh`` in words.
    ``identities`` has the columns ``IDENTITIES``, one line per sum within the report that the cell is a term of.
    ``shown`` is the marked page, or the places of the printed table; ``note`` says what is marked and what is not.
    The other fields are those of the cells frame, with None for NA.
    """

    report_id: str
    agency: str
    year: int | None
    form: str
    table: str
    row: str
    column: str
    labels: tuple[str, str]
    value: float | None
    unit: str
    kind: str
    raw: str
    label: str
    doubts: Mapping[str, str]
    suggested: float | None
    proof: str
    proof_zh: str
    source: str
    page: int | None
    box: Box | None
    identities: pd.DataFrame
    note: str
    shown: Image.Image | tuple[Place, ...]

    def image(self) -> Image.Image:
        """The marked page or table as a picture, the facts below it.

        Raises MissingSoftware where a table is to be drawn and the machine has no font that writes Chinese.
        """
        picture = self.place()
        heads = [Note(self.head), Note(" / ".join(self.labels))]
        facts = [Note(f"{name}: {words}") for name, words in self.facts()]
        sums = [Note(f"{status}: {message}", colour) for status, colour, (message, _) in self.sums()]
        return captioned(picture, [*heads, *facts, *(sums or [Note(NO_SUMS)])])

    def save(self, path: str | Path) -> Path:
        """Writes ``image()`` as a PNG file and returns its path. Raises UsageError for another suffix."""
        path = Path(path)
        if path.suffix.lower() != ".png":
            raise UsageError("evidence is written as PNG.", where=str(path), hint="Choose a name that ends in .png.")
        picture = self.image()
        with written_into(path.parent) as beside:
            picture.save(beside / path.name, optimize=True)
        return path

    def place(self, most_rows: int = MOST_ROWS) -> Image.Image:
        """The marked page, or the rows of the marked table, as a picture without words.

        Raises MissingSoftware where a table is to be drawn and the machine has no font that writes Chinese.
        """
        return self.shown if isinstance(self.shown, Image.Image) else drawn_table(excerpt(self.shown, most_rows))

    @property
    def head(self) -> str:
        """Agency, year and the codes of the cell."""
        return f"{self.agency or '(agency unknown)'} {self.year or ''} · {self.table} / {self.row} / {self.column}"

    def facts(self) -> Iterator[tuple[str, str]]:
        """What was read, as names and words."""
        figure = "no figure" if self.value is None else f"{self.value:.12g} {self.unit}".strip()
        yield "read as", f"{figure} ({self.kind})"
        yield "printed", tidy(self.raw) or "(nothing)"
        yield "row label", self.label or "(none)"
        yield from ((f"doubt {doubt}", meaning) for doubt, meaning in self.doubts.items())
        if self.suggested is not None:
            yield "suggested", f"{self.suggested:.12g}. {self.proof}".strip()
        yield "file", f"{self.source}, page {self.page}" if self.page else self.source
        yield "marked", self.note

    def sums(self) -> Iterator[tuple[str, str, tuple[str, str]]]:
        """How each identity stands in words, the colour of that, and its messages in English and Chinese."""
        columns = (self.identities[name] for name in ("status", "message", "message_zh"))
        for status, message, message_zh in zip(*columns, strict=True):
            yield *STATUS[status], (message, message_zh)

    def _repr_html_(self) -> str:
        if isinstance(self.shown, Image.Image):
            shown = html_picture(self.shown)
        else:
            shown = html_table(excerpt(self.shown, MOST_ROWS_HTML))
        names = f"<p>{escape(' / '.join(self.labels))}</p>"
        facts, sums = html_facts(self.facts()), html_sums(self.sums())
        return f"<div><h4>{escape(self.head)}</h4>{names}{shown}{facts}{sums}</div>"


def evidence_of(report: WithFile, table: str, row: str, column: str, *, around: float | None = None) -> Evidence:
    """The evidence for one cell of a report; ``around`` is the share of a page's height to show above and below it.

    Raises UsageError for an unknown table, row or column and for a report that was read from bytes, FileUnreadable
    when the file is gone or has changed since it was read.
    """
    mine = cells_of_table(report, table)
    cell = cell_of(report, mine, row, column)
    data = bytes_of(report)
    identities = identities_with(report.cells, table, row, column)
    note, shown = view_of(report, data, mine, cell, figures_of_failing(report.cells, table, identities), around)
    proof = proof_of(report.suggestions, table, row, column)
    return Evidence(
        report_id=cell["report_id"],
        agency=known(cell["agency"]) or "",
        year=known(cell["year"]),
        form=cell["form"],
        table=table,
        row=row,
        column=column,
        labels=labels_of(cell["form"], table, row, column),
        value=known(cell["value"]),
        unit=known(cell["unit"]) or "",
        kind=cell["kind"],
        raw=cell["raw"],
        label=cell["label"],
        doubts=MappingProxyType({doubt: doubts().get(doubt, "") for doubt in cell["doubts"].split(";") if doubt}),
        suggested=known(cell["suggested"]),
        proof=proof[0],
        proof_zh=proof[1],
        source=report.source,
        page=known(cell["page"]),
        box=box_of(cell["box"]),
        identities=identities,
        note=note,
        shown=shown,
    )


# The cell


def cells_of_table(report: WithFile, table: str) -> list[Record]:
    """The cells of a table of the report, in its order. Raises UsageError where it has no such table."""
    mine = report.cells[report.cells["table"] == table]
    if mine.empty:
        tables = dict.fromkeys(report.cells["table"])
        raise UsageError(f"no table {table!r} in this report.", where=report.source, hint=near(table, tables))
    return mine.to_dict("records")  # type: ignore[return-value]


def cell_of(report: WithFile, cells: Sequence[Record], row: str, column: str) -> Record:
    """The cell of a row and column. Raises UsageError naming those that are near."""
    in_row = [cell for cell in cells if cell["row"] == row]
    if not in_row:
        rows = dict.fromkeys(cell["row"] for cell in cells)
        raise UsageError(
            f"no row {row!r} in the table {cells[0]['table']!r} of this report.",
            where=report.source,
            hint=near(row, rows),
        )
    found = [cell for cell in in_row if cell["column"] == column]
    if not found:
        raise UsageError(
            f"no column {column!r} in the row {row!r} of this report.",
            where=report.source,
            hint=near(column, [cell["column"] for cell in in_row]),
        )
    return found[0]


def labels_of(form: str, table: str, row: str, column: str) -> tuple[str, str]:
    """The wordings of row and column in Chinese and in English: the form's own, else another form's, else the codes."""
    book = codebook()
    book = book[book["table"] == table]
    book = book.assign(own=book["form"] == form).sort_values("own", ascending=False, kind="stable")
    rows, columns = book[book["row"] == row], book[book["column"] == column]
    zh, en = (
        f"{rows[f'row_label_{language}'].iloc[0] if len(rows) else row}, "
        f"{columns[f'column_label_{language}'].iloc[0] if len(columns) else column}"
        for language in ("zh", "en")
    )
    return zh, en


def proof_of(suggestions: pd.DataFrame, table: str, row: str, column: str) -> tuple[str, str]:
    """What proves a suggested figure, in English and Chinese; empty where none is suggested."""
    mine = suggestions[
        (suggestions["table"] == table) & (suggestions["row"] == row) & (suggestions["column"] == column)
    ]
    return (mine["proof"].iloc[0], mine["proof_zh"].iloc[0]) if len(mine) else ("", "")


def identities_with(cells: pd.DataFrame, table: str, row: str, column: str) -> pd.DataFrame:
    """The findings within one report whose sum has the cell as a term."""
    lines = {line for line, places in sums_in(cells, table).items() if (row, column) in places}
    found = check(cells)
    found = found[found["table"] == table]
    return found.loc[[line in lines for line in lines_of(found)], IDENTITIES].reset_index(drop=True)


def figures_of_failing(cells: pd.DataFrame, table: str, identities: pd.DataFrame) -> frozenset[tuple[str, str]]:
    """The row and column of every figure of those sums that fail."""
    failing = lines_of(identities[identities["status"] == "fail"])
    sums = sums_in(cells, table)
    return frozenset(place for line in failing for place in sums[line])


def sums_in(cells: pd.DataFrame, table: str) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """The sums that the form asks of a table of one report: rule and line to the row and column of their terms."""
    figures = reports_in(cells)[0].tables[table]
    asked = sums_over(table, figures.form, figures.rows(), figures.columns(), set(figures.printed))
    return {(one.identity.rule, one.line): tuple(place for place, _ in one.terms) for one in asked}


def lines_of(findings: pd.DataFrame) -> list[tuple[str, str]]:
    """The rule of each finding, and the row or column that it adds up along."""
    return [
        (rule, by_column if pd.isna(by_row) else by_row)
        for rule, by_row, by_column in zip(findings["rule"], findings["row"], findings["column"], strict=True)
    ]
