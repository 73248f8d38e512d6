"""A part of a file to what it says as one report: identity, records of cells and sections, what its sums prove.

Frames are made of it later, of one report alone or of many at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govinfo.checks.findings import findings_of, head_of
from govinfo.checks.proofs import Proof
from govinfo.checks.prose import findings_of_prose
from govinfo.document import Metadata
from govinfo.forms import TABLES, forms
from govinfo.identity.identify import Identity, identify
from govinfo.identity.invented import is_invented
from govinfo.identity.papers import refuse_other_papers
from govinfo.identity.parts import Part
from govinfo.identity.years import form_of_year
from govinfo.prose import sections_of, statements_of
from govinfo.report.suggestions import place_of, proofs_of, with_proof
from govinfo.tables.disclosure import forms_of_columns, most_voted
from govinfo.tables.records import read_tables, records_of
from govinfo.tables.solve import Settled

STATUTORY = ("disclosure", "requests", "disputes")

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one report. ``cells``, ``sections`` and ``again`` are records of the frames of a ``Report``
    without what is the same in all of them (``shared``), as are ``statements``; ``proofs`` are the figures
    that identities prove; the rest is as
    there."""

    report_id: str
    identity: Identity
    form: str
    cells: tuple[Record, ...]
    sections: tuple[Record, ...]
    proofs: tuple[Proof, ...]
    doubts: tuple[str, ...]
    metadata: Metadata
    reader: str
    source: str
    sha256: str
    part: int = 1
    second_reader: str = ""
    again: tuple[Record, ...] = ()
    statements: tuple[Record, ...] = ()

    def shared(self) -> dict[str, object]:
        """What all cells of the report have in common, by the columns of the cells frame."""
        return {
            "report_id": self.report_id,
            "agency": self.identity.agency or None,
            "year": self.identity.year,
            "form": self.form,
            "source": self.source,
            "synthetic": is_invented(self.identity.agency),
        }

    def findings(self) -> list[dict[str, object]]:
        """The identities within the report and its prose against its tables, as records of the findings frame."""
        agency, year = self.identity.agency or None, self.identity.year
        sums = findings_of(self.cells, self.report_id, agency, year, self.form)
        head = head_of(self.report_id, agency, year)
        return [*sums, *({**head, **finding} for finding in findings_of_prose(self.statements, self.cells))]


def reading_of(part: Part, source: str, sha256: str) -> Reading:
    """What a part of a file says as one report. Raises NotAReport."""
    document = part.document
    identity = identify(document)
    tables = read_tables(document)
    sections = sections_of(document)
    form = form_of(tables, identity.year)
    number = "" if part.number == 1 else str(part.number)
    report_id = "-".join(
        filter(None, (identity.agency or "unknown", str(identity.year or "unknown"), sha256[:8], number))
    )
    printed = [record for table in TABLES if table in tables for record in records_of(table, tables[table], form)]
    refuse_other_papers(document, identity, printed, sections)
    proven = {(proof.table, proof.row, proof.column): proof for proof in proofs_of(printed, form)}
    cells = tuple(with_proof(record, proven) for record in printed) if proven else tuple(printed)
    if part.doubts:
        cells = tuple(with_doubts(record, part.doubts) for record in cells)
    missing = [f"{table}-missing" for table in STATUTORY if table not in tables and "statistics" not in tables]
    off_year = ["form-not-of-year"] if form and identity.year and form != form_of_year(identity.year) else []
    unread = ["pages-unread"] if document.unread else []
    return Reading(
        report_id=report_id,
        identity=identity,
        form=form,
        cells=cells,
        sections=tuple(sections),
        proofs=tuple(proven[place_of(record)] for record in cells if "suggested" in record),
        doubts=(*identity.doubts, *part.doubts, *off_year, *missing, *unread),
        metadata=document.metadata,
        reader=document.reader,
        source="#".join(filter(None, (source, number))),
        sha256=sha256,
        part=part.number,
        statements=tuple(statements_of(sections, identity.year)),
    )


def with_doubts(record: Record, doubts: Sequence[str]) -> Record:
    """A record of a cell with the doubts that hold for all cells of its report."""
    return {**record, "doubts": ";".join(dict.fromkeys(filter(None, (*str(record["doubts"]).split(";"), *doubts))))}


# Form


def form_of(tables: Mapping[str, tuple[Settled, ...]], year: int | None) -> str:
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
