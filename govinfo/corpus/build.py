"""Many files to one Corpus. One bad file never stops the others: it becomes a row of ``problems``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from govinfo.checks import FINDINGS, check
from govinfo.corpus.dictionary import PROBLEMS, REPORTS
from govinfo.corpus.store import Corpus
from govinfo.errors import FileUnreadable, GovinfoError, UsageError
from govinfo.identity import Aliases, agency_of, identity_columns
from govinfo.report import SECTIONS, Report, report_of
from govinfo.tables import CELLS, frame

HIDDEN_OR_OWN = (".", "~$", "_")
"""How the names of files begin that are no reports: hidden files and locks of office programs."""

NOT_REPORTS = {".csv", ".parquet", ".json", ".toml", ".yml", ".yaml", ".py", ".ipynb", ".xlsx"}
"""Suffixes of files that lie beside reports as lists and tables; they are passed over in folders."""


def read_reports(
    paths: str | Path | Iterable[str | Path],
    *,
    aliases: Aliases | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Corpus:
    """Reads report files and all files below folders into a Corpus.

    ``source`` in the frames is the path relative to the folder that was given, or the file's name. ``aliases``
    (``govinfo.read_aliases``) say which names are one agency. ``progress`` is called with the number of files read
    and of all files. Raises UsageError for a path that does not exist; a file that cannot be read, or is a copy of
    one read before, becomes a row of ``problems``.
    """
    files = list(files_of([paths] if isinstance(paths, (str, Path)) else paths))
    reports: list[Report] = []
    problems: list[dict[str, object]] = []
    for number, (path, source) in enumerate(files, start=1):
        try:
            report = report_of(path.read_bytes(), source)
            refuse_copy(report, reports)
            reports.append(report)
        except (GovinfoError, OSError) as error:
            problems.append(problem(error, source))
        except Exception as error:
            problems.append(unexpected(error, source))
        if progress:
            progress(number, len(files))
    return corpus_of(reports, problems, aliases)


def refuse_copy(report: Report, others: Sequence[Report]) -> None:
    """Raises FileUnreadable for a file with the very content of one read before: it would be counted twice."""
    for other in others:
        if other.sha256 == report.sha256:
            raise FileUnreadable(
                f"The same content as {other.source}, which was read.", hint="Remove one of the copies."
            )


def files_of(paths: Iterable[str | Path]) -> Iterator[tuple[Path, str]]:
    """The files to read with the names that the frames give them; folders in the order of their names."""
    for path in map(Path, paths):
        if path.is_dir():
            for found in sorted(path.rglob("*")):
                relative = found.relative_to(path)
                if (
                    found.is_file()
                    and found.suffix.lower() not in NOT_REPORTS
                    and not any(part.startswith(HIDDEN_OR_OWN) for part in relative.parts)
                ):
                    yield found, relative.as_posix()
        elif path.exists():
            yield path, path.name
        else:
            raise UsageError("no such file or folder.", where=str(path), hint="Check the path.")


def corpus_of(
    reports: Sequence[Report], problems: Sequence[dict[str, object]], aliases: Aliases | None = None
) -> Corpus:
    """The frames of reports and problems."""
    cells = join([report.cells for report in reports], CELLS)
    findings = check(cells, aliases) if len(cells) else join([], FINDINGS)
    by_report = dict(list(findings.groupby("report_id", sort=False)))
    none = join([], FINDINGS)
    return Corpus(
        cells=cells,
        reports=frame(
            [record_of(report, by_report.get(report.report_id, none), aliases) for report in reports], REPORTS
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
        **identity_columns(report.identity.agency, aliases),
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
        "readers": report.reader,
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
