"""A file to its reports: read once, or twice by readers that know nothing of each other."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Literal

from govinfo.document import Document
from govinfo.errors import FileUnreadable, GovinfoError, NotAReport, PassedOver
from govinfo.identity.parts import parts_of
from govinfo.identity.titles import title_of_file
from govinfo.readers import document_again, read_document
from govinfo.readers.archive import sources_in
from govinfo.report.report import Report, report_in
from govinfo.report.twice import held_against, is_in_doubt
from govinfo.tables.flat import unflatten

Twice = Literal["always", "in doubt", "never"]
"""When a file is read by a second reader too."""


def read_report(path: str | Path, *, twice: bool = False) -> Report:
    """Reads one report file: HTML, MHTML, PDF, DOCX, Excel, text or Markdown, with an extra pictures, with LibreOffice
    DOC and WPS. Of an archive (zip, tar) its first report, with the doubt one-of-several where it is not the only one.

    The type is told from the content. ``twice`` reads a PDF or a picture again, with another reader, and marks every
    figure on which the two differ with the doubt readers-differ; ``Report.again`` holds what the second one saw.

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
    return replace(first_report(data, path.name, twice=twice), path=path)


def first_report(data: bytes, source: str, *, twice: bool = False) -> Report:
    """The report in a file, or the first one in an archive; there ``read_reports`` reads them all."""
    reports: list[Report] = []
    errors: list[GovinfoError] = []
    for name, inside in sources_in(data, source):
        try:
            if isinstance(inside, GovinfoError):
                raise inside
            reports.append(report_of(inside, name, twice=twice))
        except GovinfoError as error:
            error.where = name
            errors.append(error)
        if len(reports) > 1:
            return replace(reports[0], doubts=tuple(dict.fromkeys((*reports[0].doubts, "one-of-several"))))
    if not reports:
        raise next((error for error in errors if not isinstance(error, PassedOver)), errors[0])
    return reports[0]


def report_of(data: bytes, source: str, *, twice: bool = False) -> Report:
    """The report in a file's bytes; ``source`` is how the frames and errors name it.

    Of several it is the one that the file's own title names, else the first, with the doubt one-of-several.
    """
    reports = reports_of(data, source, twice="always" if twice else "never")
    if len(reports) == 1:
        return reports[0]
    named = title_of_file(reports[0].metadata.title).names
    chief = next((each for each in reports if (each.identity.agency, each.identity.year) == named), reports[0])
    return replace(chief, doubts=(*chief.doubts, "one-of-several"))


def reports_of(data: bytes, source: str, *, twice: Twice = "never") -> tuple[Report, ...]:
    """All reports in a file's bytes; ``source`` names the first in frames and errors, ``source#2`` the second.

    ``twice`` says when a file is read by a second reader too: "always", "in doubt" (where a sum fails or a cell is
    open) or "never".
    """
    try:
        document = read_document(data, source)
        reports = reports_from(document, source, hashlib.sha256(data).hexdigest())
        if twice == "always" or (twice == "in doubt" and any(map(is_in_doubt, reports))):
            return read_again_by_another(reports, document, data)
        return reports
    except GovinfoError as error:
        error.where = source
        raise


def reports_from(document: Document, source: str, sha256: str) -> tuple[Report, ...]:
    """All reports in a document. Raises NotAReport where it holds none."""
    reports, refused = [], []
    for part in parts_of(unflatten(document)):
        try:
            reports.append(replace(report_in(part, source, sha256), metadata=document.metadata))
        except NotAReport as error:
            refused.append(error)
    if not reports:
        raise refused[0]
    return tuple(reports)


def read_again_by_another(reports: tuple[Report, ...], document: Document, data: bytes) -> tuple[Report, ...]:
    """The reports held against what a second reader makes of their file; as they are where there is none."""
    second = document_again(data, document)
    if second is None:
        return reports
    try:
        again = reports_from(second, reports[0].source, reports[0].sha256)
    except NotAReport:
        again = ()
    return tuple(
        held_against(report, next((one for one in again if one.source == report.source), None), second.reader)
        for report in reports
    )
