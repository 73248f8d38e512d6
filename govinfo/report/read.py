"""A file to its reports: read once, or twice by readers that know nothing of each other."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Literal

from govinfo.document import Document
from govinfo.errors import FileUnreadable, GovinfoError, NotAReport, PassedOver
from govinfo.files.apart import Limits
from govinfo.files.opened import shown, whole_bytes
from govinfo.identity.parts import parts_of
from govinfo.identity.titles import title_of_file
from govinfo.readers import document_again, read_document
from govinfo.readers.archive import sources_in
from govinfo.report.reading import Reading, reading_of
from govinfo.report.report import Report, report_of_reading
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
    data = bytes_at(path)
    return replace(first_report(data, shown(path.name), twice=twice), path=path)


def bytes_at(path: Path) -> bytes:
    """The bytes of a report file. Raises FileUnreadable where it cannot be opened, is larger than ``Limits`` allow or
    is no regular file."""
    try:
        return whole_bytes(path, Limits().size)
    except OSError as error:
        raise FileUnreadable(
            f"{error.strerror or error}.", where=str(path), hint="Check the path and its rights."
        ) from error


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
    return tuple(map(report_of_reading, readings_of(data, source, twice=twice)))


def readings_of(data: bytes, source: str, *, twice: Twice = "never") -> tuple[Reading, ...]:
    """``reports_of`` before frames are made of them."""
    try:
        document = read_document(data, source)
        readings = readings_from(document, source, hashlib.sha256(data).hexdigest())
        if twice == "always" or (twice == "in doubt" and any(map(is_in_doubt, readings))):
            return read_again_by_another(readings, document, data)
        return readings
    except GovinfoError as error:
        error.where = source
        raise


def readings_from(document: Document, source: str, sha256: str) -> tuple[Reading, ...]:
    """What all reports in a document say. Raises NotAReport where it holds none."""
    readings, refused = [], []
    for part in parts_of(unflatten(document)):
        try:
            readings.append(replace(reading_of(part, source, sha256), metadata=document.metadata))
        except NotAReport as error:
            refused.append(error)
    if not readings:
        raise refused[0]
    return tuple(readings)


def read_again_by_another(readings: tuple[Reading, ...], document: Document, data: bytes) -> tuple[Reading, ...]:
    """Readings held against what a second reader makes of their file; as they are where there is none."""
    second = document_again(data, document)
    if second is None:
        return readings
    try:
        again = readings_from(second, readings[0].source, readings[0].sha256)
    except NotAReport:
        again = ()
    return tuple(
        held_against(reading, next((one for one in again if one.source == reading.source), None), second.reader)
        for reading in readings
    )
