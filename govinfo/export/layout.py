"""The cells of a table as lines in the form's own layout: a row of the form a line, its columns side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from govinfo.forms import column_order, forms
from govinfo.tables.display import Record

PLACE = ("report_id", "agency", "year", "form", "row")
"""What tells one line of the layout from another."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form in one report. ``cells`` are its records by column; a column that the row lacks is not in it.

    ``label_zh`` is the label of the form, or the printed one where the form has no such row. ``starts_report`` is
    true for the first line of a report.
    """

    report_id: str
    agency: str
    year: int | None
    form: str
    parent: str
    label_zh: str
    label_en: str
    row: str
    unit: str
    source: str
    cells: Mapping[str, Record]
    starts_report: bool


def lines_of(table: str, cells: pd.DataFrame) -> Iterator[Line]:
    """The lines of a table, in the order of the cells, each report in one piece."""
    reports: dict[str, dict[str, dict[str, Record]]] = {}
    for record in cells[cells["table"] == table].to_dict("records"):
        reports.setdefault(record["report_id"], {}).setdefault(record["row"], {})[record["column"]] = record
    for rows in reports.values():
        for number, (row, found) in enumerate(rows.items()):
            yield line_of(table, row, found, starts_report=number == 0)


def line_of(table: str, row: str, cells: Mapping[str, Record], *, starts_report: bool) -> Line:
    """The line of one row of the form."""
    first = next(iter(cells.values()))
    form = text_or(first["form"])
    printed = next((text for cell in cells.values() if (text := text_or(cell["label"]))), row)
    parent, label_zh, label_en = labels(table, form, row) or ("", printed, "")
    return Line(
        report_id=first["report_id"],
        agency=text_or(first["agency"]),
        year=None if pd.isna(first["year"]) else int(first["year"]),
        form=form,
        parent=parent,
        label_zh=label_zh,
        label_en=label_en,
        row=row,
        unit="、".join(dict.fromkeys(unit for cell in cells.values() if (unit := text_or(cell["unit"])))),
        source=text_or(first["source"]),
        cells=cells,
        starts_report=starts_report,
    )


@cache
def labels(table: str, form: str, row: str) -> tuple[str, str, str] | None:
    """What stands before a row, its label, its English label: of this form, else of any; None where none has it."""
    for code in (form, *forms()):
        known = forms()[code].tables.get(table) if code in forms() else None
        for line in known.rows if known else ():
            if line.code == row:
                return line.parent, line.label_zh, line.label_en
    return None


@cache
def column_labels(table: str, column: str) -> tuple[str, str, str]:
    """Label, English label and unit of a column of the forms; the code where no form has it."""
    for form in forms().values():
        for known in form.tables[table].columns if table in form.tables else ():
            if known.code == column:
                return known.label_zh, known.label_en, known.unit
    return column, column, ""


def columns_of(table: str, cells: pd.DataFrame) -> list[str]:
    """The columns of the forms that the reports in a cells frame follow, in printed order."""
    used = set(cells.loc[cells["table"] == table, "column"])
    return [column for column in column_order(table) if column in used]


def figure_name(column: str) -> str:
    """The name of a column of figures; the statistics table has one called year, as every line has."""
    return f"{column}_value" if column in PLACE else column


def text_or(value: object, otherwise: str = "") -> str:
    """A text; ``otherwise`` for NA."""
    return otherwise if pd.isna(value) else str(value)  # type: ignore[call-overload]
