"""Many files to one Corpus. One bad file never stops the others: it becomes a row of ``problems``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from govinfo.checks import FINDINGS, check
from govinfo.corpus.dictionary import PROBLEMS, REPORTS
from govinfo.corpus.duplicates import duplicates_of, order_of
from govinfo.corpus.store import Corpus
from govinfo.errors import FileUnreadable, GovinfoError, NotAReport, NothingToRead, PassedOver, UsageError
from govinfo.identity import Aliases, agency_of, identity_columns
from govinfo.readers.archive import sources_in
from govinfo.readers.listing import HINT, listing, may_be_a_list
from govinfo.report import SECTIONS, Report, Twice, reports_of
from govinfo.tables import CELLS, frame


def read_reports(
    paths: str | Path | Iterable[str | Path],
    *,
    aliases: Aliases | None = None,
    prefer: str = "",
    twice: Twice = "in doubt",
    progress: Callable[[int, int], None] | None = None,
) -> Corpus:
    """Reads report files, all files below folders and all in archives (zip, tar) into a Corpus.

    ``source`` in the frames is the path relative to the folder that was given, or the file's name; a file in an
    archive is ``archive.zip#name``. ``aliases`` (``govinfo.read_aliases``) say which names are one agency. Where one
    agency has several reports on one year, ``prefer`` says which counts: "latest" for the later publication, or readers
    by commas as "docx,html,pdf,ocr"; without it the readers in the order of trust. The others have ``duplicate_of``.
    ``twice`` says which PDF and pictures are read by a second reader too: "always", "in doubt" (those in which a sum
    fails or a cell is open) or "never"; figures on which the two differ carry the doubt readers-differ.
    ``progress`` is called with the number of files read and of all files.

    Raises UsageError for a path or a reader that does not exist. A file that cannot be read, is a copy of one read
    before, or is passed over, as lists beside the reports are, becomes a row of ``problems``.
    """
    order_of(prefer)
    files, problems = files_of([paths] if isinstance(paths, (str, Path)) else paths)
    reports: list[Report] = []
    seen: dict[str, str] = {}
    for number, (path, name) in enumerate(files, start=1):
        for source, data in opened(path, name):
            try:
                reports += reports_in(data, source, seen, twice)
            except (GovinfoError, OSError) as error:
                problems.append(problem(error, source))
            except Exception as error:
                problems.append(unexpected(error, source))
        if progress:
            progress(number, len(files))
    return corpus_of(reports, problems, aliases, prefer)


def opened(path: Path, name: str) -> Iterator[tuple[str, bytes | Exception]]:
    """A file, or those in an archive, with the names that the frames give them; what stands against reading one
    instead of its bytes."""
    try:
        yield from sources_in(path.read_bytes(), name)
    except Exception as error:
        yield name, error


def reports_in(data: bytes | Exception, source: str, seen: dict[str, str], twice: Twice) -> tuple[Report, ...]:
    """The reports in a file. Raises what stands against reading it, FileUnreadable for the very content of one read
    before: it would be counted twice. ``seen`` are the files read, by their content."""
    try:
        if isinstance(data, Exception):
            raise data
        found = reports_of(data, source, twice=twice)
    except (NotAReport, NothingToRead) as error:
        if may_be_a_list(source):
            raise PassedOver(f"Passed over, as no report is in it: {error.message}", hint=error.hint) from error
        raise
    if first := seen.get(found[0].sha256):
        raise FileUnreadable(f"The same content as {first}, which was read.", hint="Remove one of the copies.")
    seen[found[0].sha256] = source
    return found


def files_of(paths: Iterable[str | Path]) -> tuple[list[tuple[Path, str]], list[dict[str, object]]]:
    """The files to read with the names that the frames give them, folders in the order of their names; and the rows
    of problems for those that are no reports by their names."""
    files: list[tuple[Path, str]] = []
    problems: list[dict[str, object]] = []
    for path in map(Path, paths):
        if path.is_dir():
            found = listing(one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file())
            files += [(path / name, name) for name in found.wanted]
            problems += [
                problem(PassedOver(f"Passed over: {why}.", hint=HINT), name) for name, why in found.passed_over
            ]
        elif path.exists():
            files.append((path, path.name))
        else:
            raise UsageError("no such file or folder.", where=str(path), hint="Check the path.")
    return files, problems


def corpus_of(
    reports: Sequence[Report],
    problems: Sequence[dict[str, object]],
    aliases: Aliases | None = None,
    prefer: str = "",
) -> Corpus:
    """The frames of reports and problems."""
    cells = join([report.cells for report in reports], CELLS)
    duplicates = duplicates_of(reports, aliases, prefer)
    findings = check(cells, aliases, duplicates=duplicates) if len(cells) else join([], FINDINGS)
    by_report = dict(list(findings.groupby("report_id", sort=False)))
    none = join([], FINDINGS)
    return Corpus(
        cells=cells,
        reports=frame(
            [
                {
                    **record_of(report, by_report.get(report.report_id, none), aliases),
                    "duplicate_of": duplicates.get(report.report_id),
                }
                for report in reports
            ],
            REPORTS,
        ),
        findings=findings,
        sections=join([report.sections for report in reports], SECTIONS),
        problems=frame(problems, PROBLEMS),
    )


def join(frames: Sequence[pd.DataFrame], types: dict[str, str]) -> pd.DataFrame:
    """Frames of the same columns one below the other; an empty one of those types where there are none."""
    filled = [part for part in frames if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else frame([], types)


def record_of(report: Report, findings: pd.DataFrame, aliases: Aliases | None) -> dict[str, object]:
    """The record of a report for the reports frame, its agency and region from its name.

    ``findings`` is the number of identities that fail. The doubt TABLE-confirmed says of a table read from a picture
    that every identity over it holds.
    """
    cells = report.cells
    doubt = agency_of(report.identity.agency, aliases).doubt if report.identity.agency else ""
    confirmed = [f"{table}-confirmed" for table, mine in findings.groupby("table") if (mine["status"] == "pass").all()]
    return {
        "report_id": report.report_id,
        "agency": report.identity.agency or None,
        **identity_columns(report.identity.agency, aliases, report.report_id),
        "year": report.identity.year,
        "form": report.form,
        "title": report.identity.title or None,
        "published": report.identity.published or None,
        "url": report.metadata.url or None,
        "source": report.source,
        "sha256": report.sha256,
        "cells": len(cells),
        "blanks": int((cells["kind"] == "blank").sum()),
        "doubtful": int((cells["doubts"] != "").sum()),
        "findings": int((findings["status"] == "fail").sum()),
        "readers": ";".join(filter(None, [report.reader, report.second_reader])),
        "version": version("govinfo"),
        "doubts": ";".join(filter(None, [*report.doubts, doubt, *(confirmed if report.reader == "ocr" else [])])),
    }


def problem(error: GovinfoError | OSError, source: str) -> dict[str, object]:
    """The row of problems for a file that could not be read."""
    if isinstance(error, GovinfoError):
        return {"source": source, "stage": error.stage, "error": error.message, "hint": error.hint}
    return {
        "source": source,
        "stage": "read",
        "error": error.strerror or str(error),
        "hint": "Check that the file can be opened.",
    }


def unexpected(error: Exception, source: str) -> dict[str, object]:
    """The row of problems for a fault in this package."""
    return {
        "source": source,
        "stage": "read",
        "error": f"An error inside govinfo: {type(error).__name__}: {error}",
        "hint": "Please report it with the file; the other files were read.",
    }
