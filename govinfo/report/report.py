"""One report of a file: identity, cells, sections.

``value`` is only ever what the page prints, in the unit of the codebook; a cell that could be something else carries
doubts or is NA.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from govinfo.document import Document, Grid, Metadata
from govinfo.errors import UsageError
from govinfo.forms import TABLES, forms
from govinfo.identity.identify import Identity, identify
from govinfo.identity.papers import refuse_other_papers
from govinfo.identity.parts import Part
from govinfo.identity.years import form_of_year
from govinfo.report.suggestions import SUGGESTIONS, place_of, proofs_of, suggestion_of, with_proof
from govinfo.tables.disclosure import forms_of_columns, most_voted
from govinfo.tables.display import html_of
from govinfo.tables.flat import unflatten
from govinfo.tables.recognise import section_headings_of
from govinfo.tables.records import CELLS, frame, read_tables, records_of
from govinfo.tables.solve import Settled
from govinfo.text import tidy

if TYPE_CHECKING:
    from govinfo.evidence import Evidence

SECTIONS = {"report_id": "string", "number": "Int64", "heading": "string", "text": "string"}
"""Columns of the sections frame in their order, with their types."""

AGAIN = {
    "table": "string",
    "row": "string",
    "column": "string",
    "value": "Float64",
    "kind": "string",
    "raw": "string",
}
"""Columns of what a second reader saw, in their order, with their types."""

STATUTORY = ("disclosure", "requests", "disputes")


@dataclass(frozen=True)
class Report:
    """One annual report.

    ``cells`` has the columns of ``CELLS``, one row per table cell of the form; ``sections`` those of ``SECTIONS``;
    ``suggestions`` (``SUGGESTIONS``) are the figures that identities prove where the page prints none (``printed``
    is NA) or contradicts itself, with the rules and the proof in words; ``value`` in the cells is never touched.
    ``doubts`` tell what is doubtful about the report as a whole: those of ``govinfo.identity.Identity``,
    form-not-of-year, pages-unread (scanned pages among others), TABLE-missing, several-reports (others stand in the
    file that could not be told from it), one-of-several (``reports_of`` gives the others) and readers-differ.
    ``reader`` names what read the file, ``path`` is where it was read from (None for bytes), ``part`` which report of
    the file it is. Of a file that was read twice, ``second_reader`` names the other reader and ``again`` (``AGAIN``)
    holds what it saw in the cells on which the two differ.
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
    second_reader: str = ""
    again: pd.DataFrame = field(default_factory=lambda: frame([], AGAIN))
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
