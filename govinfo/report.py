"""One file to one report: identity, cells, sections.

``read_report`` is the whole way from bytes to a tidy frame. ``value`` is only ever what the page prints, in the
unit of the codebook; a cell that could be something else carries doubts or is NA.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from govinfo.checks.proofs import Proof, proofs
from govinfo.document import UNSURE, Document, Grid, Metadata
from govinfo.errors import FileUnreadable, GovinfoError, NotAReport, PassedOver, UsageError
from govinfo.forms import TABLES, forms
from govinfo.identity.identify import Identity, identify
from govinfo.identity.papers import refuse_other_papers
from govinfo.identity.parts import Part, parts_of
from govinfo.identity.titles import title_of_file
from govinfo.identity.years import form_of_year
from govinfo.readers import read_document
from govinfo.readers.archive import sources_in
from govinfo.tables.disclosure import forms_of_columns, most_voted
from govinfo.tables.display import html_of
from govinfo.tables.flat import unflatten
from govinfo.tables.recognise import section_headings_of
from govinfo.tables.records import CELLS, frame, read_tables, records_of
from govinfo.tables.solve import Settled
from govinfo.text import figure, plain, tidy

if TYPE_CHECKING:
    from govinfo.evidence import Evidence

SECTIONS = {"report_id": "string", "number": "Int64", "heading": "string", "text": "string"}
"""Columns of the sections frame in their order, with their types."""

SUGGESTIONS = {
    "table": "string",
    "row": "string",
    "column": "string",
    "printed": "Float64",
    "suggested": "Float64",
    "rules": "string",
    "proof": "string",
    "proof_zh": "string",
}
"""Columns of a report's suggestions in their order, with their types."""

STATUTORY = ("disclosure", "requests", "disputes")


@dataclass(frozen=True)
class Report:
    """One annual report.

    ``cells`` has the columns of ``CELLS``, one row per table cell of the form; ``sections`` those of ``SECTIONS``;
    ``suggestions`` (``SUGGESTIONS``) are the figures that identities prove where the page prints none (``printed``
    is NA) or contradicts itself, with the rules and the proof in words; ``value`` in the cells is never touched.
    ``doubts`` tell what is doubtful about the report as a whole: those of ``govinfo.identify.Identity``,
    form-not-of-year, pages-unread (scanned pages among others), TABLE-missing, several-reports (others stand in the
    file that could not be told from it) and one-of-several (``reports_of`` gives the others). ``reader`` names what
    read the file, ``path`` is where it was read from (None for bytes), ``part`` which report of the file it is.
    """

    report_id: str
    identity: Identity
    form: str
    cells: pd.DataFrame
    sections: pd.DataFrame
    suggestions: pd.DataFrame
    doubts: tuple[str, ...]
    metadata: Metadata
    reader: str
    source: str
    sha256: str
    path: Path | None = None
    part: int = 1

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

    def only(self, table: str) -> Report:
        """The report with the cells and suggestions of one table alone. Raises UsageError when it has no such table."""
        self.wide(table)
        return replace(
            self,
            cells=self.cells[self.cells["table"] == table].reset_index(drop=True),
            suggestions=self.suggestions[self.suggestions["table"] == table].reset_index(drop=True),
        )

    def evidence(self, table: str, row: str, column: str) -> Evidence:
        """One cell on its page or in its printed table, with what was read and the sums that it is part of.

        Raises UsageError for an unknown table, row or column and for a report read from bytes, FileUnreadable when
        the file is gone or has changed since it was read.
        """
        from govinfo.evidence import evidence_of  # drawing takes longer to import than reading

        return evidence_of(self, table, row, column)

    def _repr_html_(self) -> str:
        return html_of(self.identity.agency, self.identity.year, self.doubts, self.cells)


def read_report(path: str | Path) -> Report:
    """Reads one report file: HTML, MHTML, PDF, DOCX, Excel, text or Markdown, with an extra pictures, with LibreOffice
    DOC and WPS. Of an archive (zip, tar) its first report, with the doubt one-of-several where it is not the only one.

    The type is told from the content.

    Raises FileUnreadable or one of its kinds when the file cannot be read, NotAReport when it is no annual
    report. The error names the file and what to do next.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(
            f"{error.strerror or error}.", where=str(path), hint="Check the path and its rights."
        ) from error
    return replace(first_report(data, path.name), path=path)


def first_report(data: bytes, source: str) -> Report:
    """The report in a file, or the first one in an archive; there ``read_reports`` reads them all."""
    reports: list[Report] = []
    errors: list[GovinfoError] = []
    for name, inside in sources_in(data, source):
        try:
            if isinstance(inside, GovinfoError):
                raise inside
            reports.append(report_of(inside, name))
        except GovinfoError as error:
            error.where = name
            errors.append(error)
        if len(reports) > 1:
            return replace(reports[0], doubts=tuple(dict.fromkeys((*reports[0].doubts, "one-of-several"))))
    if not reports:
        raise next((error for error in errors if not isinstance(error, PassedOver)), errors[0])
    return reports[0]


def report_of(data: bytes, source: str) -> Report:
    """The report in a file's bytes; ``source`` is how the frames and errors name it.

    Of several it is the one that the file's own title names, else the first, with the doubt one-of-several.
    """
    reports = reports_of(data, source)
    if len(reports) == 1:
        return reports[0]
    named = title_of_file(reports[0].metadata.title).names
    chief = next((each for each in reports if (each.identity.agency, each.identity.year) == named), reports[0])
    return replace(chief, doubts=(*chief.doubts, "one-of-several"))


def reports_of(data: bytes, source: str) -> tuple[Report, ...]:
    """All reports in a file's bytes; ``source`` names the first in frames and errors, ``source#2`` the second."""
    try:
        document = unflatten(read_document(data, source))
        sha256 = hashlib.sha256(data).hexdigest()
        reports, refused = [], []
        for part in parts_of(document):
            try:
                reports.append(replace(report_in(part, source, sha256), metadata=document.metadata))
            except NotAReport as error:
                refused.append(error)
        if not reports:
            raise refused[0]
        return tuple(reports)
    except GovinfoError as error:
        error.where = source
        raise


def report_from(document: Document, source: str, sha256: str) -> Report:
    """The report in a document that holds one. Raises NotAReport."""
    return report_in(Part(unflatten(document)), source, sha256)


def report_in(part: Part, source: str, sha256: str) -> Report:
    """The report that is a part of a file. Raises NotAReport."""
    document = part.document
    identity = identify(document)
    tables = read_tables(document)
    sections = sections_of(document)
    form = form_of(tables, identity.year)
    number = "" if part.number == 1 else str(part.number)
    source = "#".join(filter(None, (source, number)))
    report_id = "-".join(
        filter(None, (identity.agency or "unknown", str(identity.year or "unknown"), sha256[:8], number))
    )
    printed = [record for table in TABLES if table in tables for record in records_of(table, tables[table], form)]
    refuse_other_papers(document, identity, printed, sections)
    proven = {(proof.table, proof.row, proof.column): proof for proof in proofs_of(printed, form)}
    records = [with_doubts(with_proof(record, proven), part.doubts) for record in printed]
    suggested = [proven[place_of(record)] for record in records if "suggested" in record]
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
    unread = ["pages-unread"] if document.unread else []
    return Report(
        report_id=report_id,
        identity=identity,
        form=form,
        cells=cells,
        sections=frame(sections, SECTIONS, report_id=report_id),
        suggestions=frame(map(suggestion_of, suggested), SUGGESTIONS),
        doubts=(*identity.doubts, *part.doubts, *off_year, *missing, *unread),
        metadata=document.metadata,
        reader=document.reader,
        source=source,
        sha256=sha256,
        part=part.number,
    )


def with_doubts(record: dict[str, object], doubts: Sequence[str]) -> dict[str, object]:
    """A record of a cell with the doubts that hold for all cells of its report."""
    return {**record, "doubts": ";".join(dict.fromkeys(filter(None, (*str(record["doubts"]).split(";"), *doubts))))}


# Form


def form_of(tables: dict[str, tuple[Settled, ...]], year: int | None) -> str:
    """The form a report follows: what its disclosure headings say, else its outcome rows, else its year; "" where
    nothing tells."""
    votes = [
        form
        for settled in tables.get("disclosure", ())
        if "header-lost" not in settled.row.doubts
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
    untold = not fitting or (year is None and len(fitting) > 1)
    return by_year if by_year in fitting or untold else fitting[0]


# Suggestions


def proofs_of(records: Sequence[dict[str, object]], form: str) -> Iterator[Proof]:
    """The missing figures of a report that the identities prove."""
    for table in dict.fromkeys(str(record["table"]) for record in records):
        mine = [record for record in records if record["table"] == table]
        values = {(str(record["row"]), str(record["column"])): decimal_of(record.get("value")) for record in mine}
        yield from proofs(
            table, form, values, {str(record["row"]) for record in mine if record["doubts"] != "row-missing"}
        )


def decimal_of(value: object) -> Decimal | None:
    """A figure of a record, exactly as it is printed."""
    return None if value is None else Decimal(str(value))


def with_proof(record: dict[str, object], proven: Mapping[tuple[str, str, str], Proof]) -> dict[str, object]:
    """A record with the figure that the identities prove, where they do. A figure that its reader was not sure of is
    read where the identities prove the very same: these are two witnesses."""
    proof = proven.get(place_of(record))
    if proof is None:
        return record
    if proof.printed is None and unsure_figure(str(record["raw"])) == proof.value:
        doubts = [doubt for doubt in str(record["doubts"]).split(";") if doubt != "not-a-figure"]
        read = {"value": float(proof.value), "kind": "reported", "doubts": ";".join([*doubts, "by-arithmetic"])}
        return {**record, **read}
    return {**record, "suggested": float(proof.value)}


def place_of(record: dict[str, object]) -> tuple[str, str, str]:
    """The table, row and column of a record."""
    return str(record["table"]), str(record["row"]), str(record["column"])


def unsure_figure(raw: str) -> Decimal | None:
    """The figure before the mark of a reader that is not sure of it; None where there is no such mark or figure."""
    return figure(raw.removesuffix(UNSURE)).value if raw.endswith(UNSURE) else None


def suggestion_of(proof: Proof) -> dict[str, object]:
    """A proof as a record of the suggestions frame, in words too."""
    rules, rules_zh, value = ", ".join(proof.rules), "、".join(proof.rules), plain(proof.value)
    if proof.printed is None:
        words = f"The page prints no figure here; {value} is the only one with which {rules} can hold."
        words_zh = f"此处未填数字；只有填{value}，勾稽关系{rules_zh}才能成立。"
    else:
        others = f", with the other {proof.changes - 1} suggested," if proof.changes > 1 else ""
        others_zh = f"，连同另外{proof.changes - 1}处建议，" if proof.changes > 1 else "，"
        words = (
            f"The page prints {plain(proof.printed)}, with which sums over it fail; {value} here{others} is the only "
            f"smallest change that satisfies {rules}."
        )
        words_zh = (
            f"此处填{plain(proof.printed)}，勾稽关系不成立；改为{value}{others_zh}是使{rules_zh}成立的唯一最小改动。"
        )
    return {
        "table": proof.table,
        "row": proof.row,
        "column": proof.column,
        "printed": None if proof.printed is None else float(proof.printed),
        "suggested": float(proof.value),
        "rules": ";".join(proof.rules),
        "proof": words,
        "proof_zh": words_zh,
    }


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
