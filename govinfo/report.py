"""One file to one report: identity, cells, sections.

``read_report`` is the whole way from bytes to a tidy frame. ``value`` is only ever what the page prints, in the
unit of the codebook; a cell that could be something else carries flags or is NA.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pandas as pd

from govinfo.display import html_of
from govinfo.document import Cell, Document, Grid, Metadata
from govinfo.errors import FileUnreadable, GovinfoError, NotAReport, UsageError
from govinfo.flat import unflatten
from govinfo.form import TABLES, Table, forms, instead_of
from govinfo.identify import Identity, form_of_year, identify
from govinfo.readers import read_document
from govinfo.recognise import section_headings_of, stretches
from govinfo.solve import Proof, Settled, proofs, settle
from govinfo.tables import rows_of
from govinfo.tables.disclosure import forms_of_columns, most_voted
from govinfo.text import COUNTERS, convert, figure, fold, tidy

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
    "flags": "string",
    "suggested": "Float64",
    "source": "string",
    "page": "Int64",
    "box": "string",
}
"""Columns of the cells frame in their order, with their types."""

SECTIONS = {"report_id": "string", "number": "Int64", "heading": "string", "text": "string"}
"""Columns of the sections frame in their order, with their types."""

SUGGESTIONS = {"table": "string", "row": "string", "column": "string", "suggested": "Float64", "rules": "string"}
"""Columns of a report's suggestions in their order, with their types."""

HEADING_UNIT = re.compile(r"(?:单位[::]?|\()\s*(?P<unit>百万元|千元|万元|亿元|元)")
STATUTORY = ("disclosure", "requests", "disputes")
ENOUGH_HEADINGS = 3
"""Statutory headings that make a text without tables a report."""


@dataclass(frozen=True)
class Report:
    """One annual report.

    ``cells`` has the columns of ``CELLS``, one row per table cell of the form; ``sections`` those of ``SECTIONS``;
    ``suggestions`` (``SUGGESTIONS``) are the missing figures that identities prove, with the rules that prove them.
    ``flags`` tell what is doubtful about the report as a whole: those of ``govinfo.identify.Identity``,
    form-not-of-year, pages-unread (scanned pages among others), and TABLE-missing. ``reader`` names what read the file.
    """

    report_id: str
    identity: Identity
    form: str
    cells: pd.DataFrame
    sections: pd.DataFrame
    suggestions: pd.DataFrame
    flags: tuple[str, ...]
    metadata: Metadata
    reader: str
    source: str
    sha256: str

    def wide(self, table: str) -> pd.DataFrame:
        """A table in the form's own layout: rows and columns by code, in the form's order; Float64, NA where open.

        Raises UsageError when the report has no such table.
        """
        mine = self.cells[self.cells["table"] == table]
        if mine.empty:
            have = ", ".join(dict.fromkeys(self.cells["table"])) or "none"
            raise UsageError(f"no table {table!r} in this report.", where=self.source, hint=f"Tables here: {have}.")
        wide = mine.pivot(index="row", columns="column", values="value")
        return wide.loc[list(dict.fromkeys(mine["row"])), list(dict.fromkeys(mine["column"]))]

    def _repr_html_(self) -> str:
        return html_of(self.identity.agency, self.identity.year, self.flags, self.cells)


def read_report(path: str | Path) -> Report:
    """Reads one report file: HTML, PDF, DOCX, text or Markdown, with an extra pictures, with LibreOffice DOC and WPS.

    The type is told from the content.

    Raises FileUnreadable or one of its kinds when the file cannot be read, NotAReport when it is no annual
    report. The error names the file and what to do next.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(
            error.strerror or str(error), where=str(path), hint="Check the path and its rights."
        ) from error
    return report_of(data, path.name)


def report_of(data: bytes, source: str) -> Report:
    """The report in a file's bytes; ``source`` is how the frames and errors name it."""
    try:
        document = read_document(data, source)
        return report_from(document, source, hashlib.sha256(data).hexdigest())
    except GovinfoError as error:
        error.where = source
        raise


def report_from(document: Document, source: str, sha256: str) -> Report:
    """The report in a document. Raises NotAReport."""
    document = unflatten(document)
    identity = identify(document)
    tables = {stretch.table: settle(rows_of(stretch)) for stretch in stretches(document)}
    tables = {table: rows for table, rows in tables.items() if rows}
    sections = sections_of(document)
    refuse_other_papers(identity, tables, sections)
    form = form_of(tables, identity.year)
    report_id = f"{identity.agency or 'unknown'}-{identity.year or 'unknown'}-{sha256[:8]}"
    tables = {table: read_by(document.reader, rows) for table, rows in tables.items()}
    printed = [record for table in TABLES if table in tables for record in records_of(table, tables[table], form)]
    proven = {(proof.table, proof.row, proof.column): proof for proof in proofs_of(printed, form)}
    records = [with_proof(record, proven) for record in printed]
    cells = frame(
        records,
        CELLS,
        report_id=report_id,
        agency=identity.agency or None,
        year=identity.year,
        form=form,
        source=source,
    )
    missing = [f"{table}-missing" for table in STATUTORY if table not in tables and "statistics" not in tables]
    off_year = ["form-not-of-year"] if form and identity.year and form != form_of_year(identity.year) else []
    return Report(
        report_id=report_id,
        identity=identity,
        form=form,
        cells=cells,
        sections=frame(sections, SECTIONS, report_id=report_id),
        suggestions=frame(map(suggestion_of, proven.values()), SUGGESTIONS),
        flags=(*identity.flags, *off_year, *missing, *(("pages-unread",) if document.unread else ())),
        metadata=document.metadata,
        reader=document.reader,
        source=source,
        sha256=sha256,
    )


def read_by(reader: str, rows: tuple[Settled, ...]) -> tuple[Settled, ...]:
    """The rows as they are; of a picture, each with the flag ocr."""
    return tuple(replace(row, flags=(*row.flags, "ocr")) for row in rows) if reader == "ocr" else rows


def refuse_other_papers(
    identity: Identity, tables: dict[str, tuple[Settled, ...]], sections: Sequence[dict[str, object]]
) -> None:
    """Raises NotAReport for a file with neither a table of the form nor the headings of a report."""
    if not tables and not (identity.title and len(sections) >= ENOUGH_HEADINGS):
        raise NotAReport(
            "No table of the form and no outline of an annual report was found.",
            hint="Check that this is the report itself, not its announcement, attachment list or a page around it.",
        )


def frame(records: Iterable[dict[str, object]], types: dict[str, str], **constants: object) -> pd.DataFrame:
    """Records as a frame with the given columns, order and types; ``constants`` hold for every row."""
    return pd.DataFrame([{**constants, **record} for record in records], columns=list(types)).astype(types)


# Form


def form_of(tables: dict[str, tuple[Settled, ...]], year: int | None) -> str:
    """The form a report follows: what its disclosure headings say, else its outcome rows, else its year."""
    votes = [
        form
        for settled in tables.get("disclosure", ())
        if "header-lost" not in settled.row.flags
        for form in forms_of_columns(settled.row.columns)
    ]
    if votes:
        return most_voted(votes)
    if "statistics" in tables and not set(STATUTORY) & set(tables):
        return next(form.code for form in forms().values() if "statistics" in form.tables)
    printed = {settled.row.code for settled in tables.get("requests", ())}
    fitting = [
        form.code
        for form in forms().values()
        if "requests" in form.tables and printed <= {row.code for row in form.tables["requests"].rows}
    ]
    by_year = form_of_year(year)
    return by_year if by_year in fitting or not fitting else fitting[0]


# Cells


def records_of(table: str, rows: Sequence[Settled], form: str) -> Iterator[dict[str, object]]:
    """The records of a table in the order of the form; rows that the page does not print are there, as NA."""
    found = {settled.row.code: settled for settled in rows}
    for code in dict.fromkeys([*expected_rows(table, form, set(found)), *found]):
        if code in found:
            yield from records_of_row(marked_if_of_another_form(found[code], form))
        else:
            yield from records_of_missing_row(forms()[form].tables[table], code)


def marked_if_of_another_form(settled: Settled, form: str) -> Settled:
    """A row that the report's form does not have carries the flag form-mixed."""
    table = forms()[form].tables.get(settled.row.table) if form in forms() else None
    known = table is None or settled.row.table == "statistics" or settled.row.code in {row.code for row in table.rows}
    return settled if known else replace(settled, flags=(*settled.flags, "form-mixed"))


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
    row = settled.row
    for at, column in enumerate(row.columns):
        cell = settled.reading[at] if settled.reading else None
        shared = {"table": row.table, "row": row.code, "column": column, "label": tidy(row.label)}
        if settled.reading is None or column in settled.open_columns:
            flags = dict.fromkeys((*settled.flags, "ambiguous"))
            yield {
                **shared,
                "unit": unit_of(row.table, column, row.unit),
                "kind": "unreadable",
                "raw": row.printed,
                "flags": ";".join(flags),
            }
        else:
            named = (row.column_flags or {}).get(column, ())
            inferred = ("blank-inferred",) if row.guessed and not (cell and cell.text.strip()) else ()
            why = (*settled.flags, *named, *inferred)
            yield {**shared, **printed_cell(cell, row.table, column, row.heading, row.unit, why)}


def printed_cell(
    cell: Cell | None, table: str, column: str, heading: str, row_unit: str, flags: Sequence[str]
) -> dict[str, object]:
    """What a cell prints: value in the codebook's unit, kind, raw text, place and flags."""
    read = figure(cell.text if cell else "")
    unit = unit_of(table, column, row_unit)
    value, unit_flags = in_unit(read.value, read.unit or heading_unit(heading, unit), unit)
    odd = ("not-a-figure",) if read.kind == "unreadable" else ()
    marks = dict.fromkeys((*flags, *unit_flags, *odd, *(("note",) if read.note else ())))
    return {
        "value": None if value is None else float(value),
        "unit": unit,
        "kind": "unreadable" if read.kind == "reported" and value is None else read.kind,
        "raw": cell.text.strip() if cell else "",
        "flags": ";".join(marks),
        "page": cell.page if cell else None,
        "box": " ".join(f"{edge:.1f}" for edge in cell.box) if cell and cell.box else "",
    }


def in_unit(value: Decimal | None, printed: str, unit: str) -> tuple[Decimal | None, tuple[str, ...]]:
    """A figure in the codebook's unit, and the flags that tell what was done; NA where the units do not agree."""
    if value is None or not unit:
        return value, ()
    if not printed:
        return value, ("unit-assumed",) if unit not in COUNTERS and value else ()
    converted = convert(value, printed, unit)
    if converted is None:
        return None, ("unit-unknown",)
    return converted, ("unit-converted",) if converted != value else ()


def unit_of(table: str, column: str, row_unit: str) -> str:
    """The codebook's unit of a column; where it has none, the unit that the row prints."""
    for form in forms().values():
        for known in form.tables[table].columns if table in form.tables else ():
            if known.code == column:
                return known.unit or row_unit
    return row_unit


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
            "flags": "row-missing",
            "box": "",
        }


def proofs_of(records: Sequence[dict[str, object]], form: str) -> Iterator[Proof]:
    """The missing figures of a report that the identities prove."""
    for table in dict.fromkeys(str(record["table"]) for record in records):
        mine = [record for record in records if record["table"] == table]
        values = {(str(record["row"]), str(record["column"])): decimal_of(record.get("value")) for record in mine}
        yield from proofs(
            table, form, values, {str(record["row"]) for record in mine if record["flags"] != "row-missing"}
        )


def decimal_of(value: object) -> Decimal | None:
    """A figure of a record, exactly as it is printed."""
    return None if value is None else Decimal(str(value))


def with_proof(record: dict[str, object], proven: Mapping[tuple[str, str, str], Proof]) -> dict[str, object]:
    """A record with the figure that the identities prove, where they do."""
    proof = proven.get((str(record["table"]), str(record["row"]), str(record["column"])))
    return {**record, "suggested": float(proof.value)} if proof else record


def suggestion_of(proof: Proof) -> dict[str, object]:
    """A proof as a record of the suggestions frame."""
    place = {"table": proof.table, "row": proof.row, "column": proof.column}
    return {**place, "suggested": float(proof.value), "rules": ";".join(proof.rules)}


# Sections


def sections_of(document: Document) -> list[dict[str, object]]:
    """The text between the statutory headings, as records of the sections frame; tables are left out."""
    sections: list[dict[str, object]] = []
    lines: list[str] = []
    headings = section_headings_of(document)
    for at, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            continue
        number = headings.get(at)
        if number and number not in [section["number"] for section in sections]:
            lines = []
            sections.append({"number": number, "heading": tidy(block.text), "text": lines})
        else:
            lines.append(tidy(block.text))
    return [{**section, "text": "\n".join(line for line in section["text"] if line)} for section in sections]  # type: ignore[attr-defined]
