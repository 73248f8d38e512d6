"""One report of a file: identity, cells, sections.

``value`` is only ever what the page prints, in the unit of the codebook; a cell that could be something else carries
doubts or is NA.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from govinfo.document import Document, Metadata
from govinfo.errors import UsageError
from govinfo.identity.identify import Identity
from govinfo.identity.parts import Part
from govinfo.prose import SECTIONS, STATEMENTS
from govinfo.report.reading import Reading, reading_of
from govinfo.report.suggestions import SUGGESTIONS, suggestion_of
from govinfo.tables.display import html_of
from govinfo.tables.flat import unflatten
from govinfo.tables.records import CELLS, frame

if TYPE_CHECKING:
    from govinfo.evidence import Evidence

AGAIN = {
    "table": "string",
    "row": "string",
    "column": "string",
    "value": "Float64",
    "kind": "string",
    "raw": "string",
}
"""Columns of what a second reader saw, in their order, with their types."""


def no_lines(frame_of: str) -> pd.DataFrame:
    """A frame of a report that has nothing for it, which its owner may change: no other report has the same."""
    return _no_lines(frame_of).copy(deep=False)


@cache
def _no_lines(frame_of: str) -> pd.DataFrame:
    return frame([], {"again": AGAIN, "statements": STATEMENTS, "suggestions": SUGGESTIONS}[frame_of])


@dataclass(frozen=True)
class Report:
    """One annual report.

    ``cells`` has the columns of ``CELLS``, one row per table cell of the form; ``sections`` those of ``SECTIONS``,
    one row per paragraph; ``statements`` those of ``STATEMENTS``, one row per count stated in the prose;
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
    again: pd.DataFrame = field(default_factory=partial(no_lines, "again"))
    part: int = 1
    statements: pd.DataFrame = field(default_factory=partial(no_lines, "statements"))

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


def report_of_reading(reading: Reading) -> Report:
    """The frames of what was read of a report."""
    return Report(
        report_id=reading.report_id,
        identity=reading.identity,
        form=reading.form,
        cells=frame(reading.cells, CELLS, **reading.shared()),
        sections=frame(reading.sections, SECTIONS, **reading.shared()),
        statements=frame(reading.statements, STATEMENTS, **reading.shared()),
        suggestions=frame(map(suggestion_of, reading.proofs), SUGGESTIONS)
        if reading.proofs
        else no_lines("suggestions"),
        doubts=reading.doubts,
        metadata=reading.metadata,
        reader=reading.reader,
        source=reading.source,
        sha256=reading.sha256,
        part=reading.part,
        second_reader=reading.second_reader,
        again=frame(reading.again, AGAIN) if reading.again else no_lines("again"),
    )


def report_from(document: Document, source: str, sha256: str) -> Report:
    """The report in a document that holds one. Raises NotAReport."""
    return report_of_reading(reading_of(Part(unflatten(document)), source, sha256))
