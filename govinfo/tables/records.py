"""The rows of a report's tables as records of the cells frame: value in the codebook's unit, kind, raw text, doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd
from pandas.api.extensions import ExtensionDtype

from govinfo.document import Cell, Document, once_a_document
from govinfo.forms import Table, forms, instead_of, units
from govinfo.tables.align import Row
from govinfo.tables.read import rows_of
from govinfo.tables.recognise import stretches
from govinfo.tables.solve import Settled, settle
from govinfo.text import COUNTERS, as_count, convert, figure, fold, tidy

CELLS = {
    "report_id": "string",
    "agency": "string",
    "year": "Int64",
    "form": "string",
    "table": "string",
    "row": "string",
    "column": "string",
    "value": "Float64",
    "unit": "string",
    "kind": "string",
    "raw": "string",
    "label": "string",
    "doubts": "string",
    "suggested": "Float64",
    "source": "string",
    "page": "Int64",
    "box": "string",
    "synthetic": "boolean",
}
"""Columns of the cells frame in their order, with their types."""

HEADING_UNIT = re.compile(r"(?:单位[::]?|\()\s*(?P<unit>百万元|千元|万元|亿元|元)")

MONEY_LABEL = re.compile("[元钱]|费用|金额|经费|资金")

CHANGES = frozenset({"items_change"})
"""Columns of what was added or taken away: counts that may be negative."""


@once_a_document
def read_tables(document: Document) -> Mapping[str, tuple[Settled, ...]]:
    """The rows of each table of the form that a document holds, by the table's name."""
    tables = {stretch.table: settle(rows_of(stretch)) for stretch in stretches(document)}
    return {table: read_by(document.reader, rows) for table, rows in tables.items() if rows}


def read_by(reader: str, rows: tuple[Settled, ...]) -> tuple[Settled, ...]:
    """The rows as they are; of a picture, each with the doubt ocr."""
    return tuple(replace(row, doubts=(*row.doubts, "ocr")) for row in rows) if reader == "ocr" else rows


def frame(records: Iterable[Mapping[str, object]], types: Mapping[str, str], **constants: object) -> pd.DataFrame:
    """Records as a frame with the given columns, order and types; ``constants`` hold for every row."""
    lines = list(records)
    columns = {name: [line.get(name, same) for line in lines] for name in types for same in (constants.get(name),)}
    arrays = {name: pd.array(its, dtype=dtype_of(types[name])) for name, its in columns.items()}  # type: ignore[call-overload]
    return pd.DataFrame(arrays, copy=False)


@cache
def dtype_of(name: str) -> ExtensionDtype:
    """The type of a column by its name; pandas takes longer to find it than to make a short column."""
    found = pd.api.types.pandas_dtype(name)
    assert isinstance(found, ExtensionDtype)
    return found


def records_of(table: str, rows: Sequence[Settled], form: str) -> Iterator[dict[str, object]]:
    """The records of a table in the order of the form; rows that the page does not print are there, as NA."""
    found = {settled.row.code: settled for settled in rows}
    for code in dict.fromkeys([*expected_rows(table, form, set(found)), *found]):
        if code in found:
            yield from records_of_row(marked_if_of_another_form(found[code], form))
        else:
            yield from records_of_missing_row(forms()[form].tables[table], code)


def marked_if_of_another_form(settled: Settled, form: str) -> Settled:
    """A row that the report's form does not have carries the doubt form-mixed."""
    table = forms()[form].tables.get(settled.row.table) if form in forms() else None
    known = table is None or settled.row.table == "statistics" or settled.row.code in {row.code for row in table.rows}
    return settled if known else replace(settled, doubts=(*settled.doubts, "form-mixed"))


def expected_rows(table: str, form: str, printed: set[str]) -> list[str]:
    """The rows that a report on this form should print; a row that stands for others only where it is printed."""
    if table == "statistics" or form not in forms() or table not in forms()[form].tables:
        return []
    rows = [row.code for row in forms()[form].tables[table].rows]
    for single, parts in instead_of(table).items():
        if set(parts) <= set(rows):
            replaced = single in printed and not printed & set(parts)
            unwanted = set(parts) if replaced else {single} - printed
            rows = [code for code in rows if code not in unwanted]
    return rows


def records_of_row(settled: Settled) -> Iterator[dict[str, object]]:
    """The records of a row: what each column prints, or NA with the line kept where no reading was chosen."""
    row, label = settled.row, tidy(settled.row.label)
    for at, column in enumerate(row.columns):
        cell = settled.reading[at] if settled.reading else None
        shared = {"table": row.table, "row": row.code, "column": column, "label": label}
        if settled.reading is None or column in settled.open_columns:
            doubts = dict.fromkeys((*settled.doubts, "ambiguous"))
            yield {
                **shared,
                "unit": unit_of(row.table, column, row.unit),
                "kind": "unreadable",
                "raw": row.printed,
                "doubts": ";".join(doubts),
                "box": "",
            }
        else:
            named = (row.column_doubts or {}).get(column, ())
            inferred = ("blank-inferred",) if row.guessed and not (cell and cell.text.strip()) else ()
            said = printed_in(cell, row, column)
            why = (*settled.doubts, *named, *inferred, *(cell.doubts if cell else ()), *said.doubts)
            yield {
                **shared,
                "value": said.value,
                "unit": said.unit,
                "kind": said.kind,
                "raw": said.raw,
                "doubts": ";".join(dict.fromkeys(why)) if why else "",
                "page": cell.page if cell else None,
                "box": "{:.1f} {:.1f} {:.1f} {:.1f}".format(*cell.box) if cell and cell.box else "",
            }


class Said(NamedTuple):
    """What a cell prints: value in the codebook's unit, kind, raw text, and what is doubtful about these."""

    value: float | None
    unit: str
    kind: str
    raw: str
    doubts: tuple[str, ...]


def printed_in(cell: Cell | None, row: Row, column: str) -> Said:
    """What the cell of a column prints. Where things are counted, neither label nor headings say more of it."""
    unit = unit_of(row.table, column, row.unit)
    words = ("", "") if unit in COUNTERS else (row.label, row.heading)
    return said_by(cell.text if cell else "", unit, *words, column in CHANGES)


@lru_cache(maxsize=50_000)
def said_by(text: str, unit: str, label: str, heading: str, signed: bool) -> Said:
    """What a text says in a unit, under a heading, in a row with a label; ``signed`` where it may be negative."""
    read = figure(text)
    if is_count(unit, label):
        read = as_count(read, signed=signed)
    elif read.value is not None and read.value < 0:
        read = replace(read, doubts=(*read.doubts, "implausible"))
    if not unit and read.unit:  # an amount in a row without a unit: in that of its label, else in its own
        unit = heading_unit(label, unit) or read.unit
    value, unit_doubts = in_unit(read.value, read.unit or heading_unit(heading, unit), unit)
    odd = ("not-a-figure",) if read.kind == "unreadable" else ()
    return Said(
        value=None if value is None else float(value),
        unit=unit,
        kind="unreadable" if read.kind == "reported" and value is None else read.kind,
        raw=text.strip(),
        doubts=(*unit_doubts, *odd, *read.doubts),
    )


def is_count(unit: str, label: str) -> bool:
    """True where things are counted; without a unit, unless the label speaks of money."""
    return unit in COUNTERS or (not unit and not MONEY_LABEL.search(label))


def in_unit(value: Decimal | None, printed: str, unit: str) -> tuple[Decimal | None, tuple[str, ...]]:
    """A figure in the codebook's unit, and the doubts that tell what was done; NA where the units do not agree."""
    if value is None or not unit:
        return value, ()
    if not printed:
        return value, ("unit-assumed",) if unit not in COUNTERS and value else ()
    converted = convert(value, printed, unit)
    if converted is None:
        return None, ("unit-unknown",)
    return converted, ("unit-converted",) if converted != value else ()


@lru_cache(maxsize=4096)
def unit_of(table: str, column: str, row_unit: str) -> str:
    """The codebook's unit of a column; where it has none, the unit that the row prints."""
    return units().get((table, column)) or row_unit


def heading_unit(heading: str, unit: str) -> str:
    """The unit of money that the headings over a cell print."""
    found = HEADING_UNIT.search(fold(heading)) if unit not in COUNTERS else None
    return found["unit"] if found else ""


def records_of_missing_row(table: Table, code: str) -> Iterator[dict[str, object]]:
    """The records of a row of the form that the page does not print."""
    for column in table.row(code).columns:
        unit = table.column(column).unit
        yield {
            "table": table.name,
            "row": code,
            "column": column,
            "unit": unit,
            "kind": "unreadable",
            "raw": "",
            "label": "",
            "doubts": "row-missing",
            "box": "",
        }
