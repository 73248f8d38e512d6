"""A Corpus, and how it is saved and loaded. What ``govinfo build`` writes is told in ``govinfo.corpus.store``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import pandas as pd
from pandas.api.types import pandas_dtype

from govinfo.checks import check
from govinfo.corpus.columns import Record, frame_of
from govinfo.corpus.corrected import corrected
from govinfo.corpus.description import Description, description
from govinfo.corpus.dictionary import FRAMES, PROBLEMS, REPORTS
from govinfo.corpus.duplicates import counted
from govinfo.corpus.invented import holds_invented
from govinfo.corpus.quality import quality
from govinfo.corpus.select import select, series
from govinfo.corpus.store import BUILD_AGAIN, MANIFEST, OPEN_IT, manifest_of, remove_store, tables_in
from govinfo.corpus.work import entry_of
from govinfo.errors import FileUnreadable, PassedOver, UsageError
from govinfo.files.opened import opened
from govinfo.files.sheet_text import write_csv
from govinfo.files.sums import SUMS, refuse_changed, write_sums
from govinfo.files.writing import written_into
from govinfo.report import Reading, Report
from govinfo.tables import frame


@dataclass(frozen=True, repr=False)
class Corpus:
    """Reports as frames: ``cells`` (one row per agency, year and table cell), ``reports`` (one per report),
    ``findings`` (identities, see ``govinfo.checks.check``), ``sections`` (one per paragraph, under its headings),
    ``statements`` (one per count stated in the prose) and ``problems`` (one row per file that could not be read, is no
    report or was passed over)."""

    cells: pd.DataFrame
    reports: pd.DataFrame
    findings: pd.DataFrame
    sections: pd.DataFrame
    statements: pd.DataFrame
    problems: pd.DataFrame

    def __repr__(self) -> str:
        reports, cells = self.reports, self.cells
        status = self.findings["status"].value_counts()
        years = reports["year"].dropna()
        span = f"{years.min()} to {years.max()}" if len(years) else "no year"
        agencies = reports["agency_id"].fillna(reports["agency"]).nunique()
        invented = " (invented)" if holds_invented(reports) else ""
        return (
            f"Corpus of {len(reports)} reports{invented}, {agencies} agencies, {span}\n"
            f"  cells: {len(cells)}, {int((cells['doubts'].fillna('') != '').sum())} with a doubt, "
            f"{int((cells['kind'] == 'unreadable').sum())} unreadable\n"
            f"  findings: {status.get('pass', 0)} hold, {status.get('fail', 0)} fail, "
            f"{status.get('unknown', 0)} cannot be checked\n"
            f"  sections: {len(self.sections)}; problems: {len(self.unread())} files not read\n"
            "  .cells .reports .findings .sections .statements .problems .quality()"
        )

    def quality(self) -> pd.DataFrame:
        """The data-quality sheet, one row per report: see ``govinfo.corpus.quality``."""
        return quality(self.cells, self.reports, self.findings)

    def repetition(self) -> pd.DataFrame:
        """How much of each report that counts repeats its predecessor and other agencies' reports, one row per report
        with text: see ``govinfo.corpus.repetition``."""
        from govinfo.corpus.repetition import repetition  # MinHash takes longer to import than all the rest

        return repetition((counting := self.counted()).reports, counting.sections)

    def describe(self) -> Description:
        """What is in the corpus, as a paragraph in English and Chinese, a table by level, province, year, form and
        layout, and what is missing for a balanced panel: see ``govinfo.corpus.description.Description``."""
        return description(self.reports, self.cells, self.findings, len(self.unread()))

    def select(self, **wanted: object) -> Corpus:
        """The reports that have all these values in columns of the reports frame, with their cells, findings and
        sections: ``corpus.select(level="county", province="江苏", year=range(2021, 2024))``.

        A value is one, or several (a list, a range) of which any may be. province, city and county may lack the word
        for their kind: 江苏 finds 江苏省. Raises UsageError, with the near ones, for a column or value not there.
        """
        return self.with_reports(select(self.reports, wanted))

    def series(self, agency: str) -> pd.DataFrame:
        """The years of one agency, named by its id, its name in Chinese or English, or a part of it that is its own.

        One row per year (index ``year``) from its first report to its last, NA throughout where there is none; the
        columns are form (string) and then every cell of its reports, "table.row.column" (Float64, NA where nothing or
        nothing sure is printed). Raises UsageError where no agency, or more than one, is meant.
        """
        return series(self.cells, self.reports, agency)

    def counted(self) -> Corpus:
        """The reports that count, with their cells, findings, sections and statements: of several on one agency and
        year only the preferred one, see ``govinfo.read_reports``."""
        return self.with_reports(counted(self.reports))

    def with_reports(self, reports: pd.DataFrame) -> Corpus:
        """A corpus of these of its reports, with their cells, findings, sections and statements."""
        ids = reports["report_id"]
        parts = {name: getattr(self, name) for name in ("cells", "findings", "sections", "statements")}
        return replace(
            self, reports=reports, **{name: data[data["report_id"].isin(ids)] for name, data in parts.items()}
        )

    def corrected(self, declared: pd.DataFrame | str | Path) -> Corpus:
        """The corpus in which what a person decided counts: ``declared`` is what ``govinfo.corrections`` returns, or
        the path of its file.

        ``value`` of the cells is the corrected figure (NA where it cannot be told), ``printed`` (Float64) what the page
        says, ``doubts`` ends with "corrected", "confirmed" or "undecidable"; ``reason``, ``evidence`` and ``who``
        (string) stand beside. ``suggested``, the findings and the counts in reports are those of the corrected figures.
        Metrics, charts and exports take the corpus as any other; what is on disk is not changed.

        Raises UsageError for a correction of a cell that is not here, StaleCorrection where the page prints something
        else than a correction expects.
        """
        return replace(self, **corrected(self.cells, self.reports, self.findings, self.statements, declared))

    def unread(self) -> pd.DataFrame:
        """The problems that are faults: without the files that were passed over because of their names."""
        return self.problems[self.problems["stage"] != PassedOver.stage]

    def save(self, folder: str | Path) -> Path:
        """Writes every frame as CSV (UTF-8 with BOM, so that Excel opens it right) and as one Parquet file; returns the
        folder. What ``govinfo build`` wrote there before is replaced.

        Raises FileUnreadable when the folder cannot be written; what was there before then stays.
        """
        folder = Path(folder)
        with written_into(folder) as beside:
            for name in FRAMES:
                write_frame(getattr(self, name), beside / name)
            write_sums(beside, folder)
        remove_store(folder)
        return folder


def load(folder: str | Path) -> Corpus:
    """The Corpus that ``govinfo build`` or ``Corpus.save`` wrote to a folder. Raises UsageError where none is, or
    one of another version, FileUnreadable for a file that is broken or was changed."""
    folder = Path(folder)
    manifest = manifest_of(folder)
    if manifest is not None:
        tables = tables_in(folder, manifest.batches)
        return Corpus(**{name: frame_of(tables[name], types) for name, types in FRAMES.items()})
    missing = [f"{name}.parquet" for name in FRAMES if not (folder / f"{name}.parquet").is_file()]
    if missing:
        raise UsageError(
            f"no data set here: no {MANIFEST}, and {', '.join(missing)} missing.",
            where=str(folder),
            hint="Make one with: govinfo build SOURCE -o FOLDER",
        )
    refuse_changed(folder, [f"{name}.parquet" for name in FRAMES])
    frames = {name: read_frame(folder / f"{name}.parquet") for name in FRAMES}
    for name, types in FRAMES.items():
        if absent := [column for column in types if column not in frames[name].columns]:
            raise UsageError(
                f"{name}.parquet lacks the columns {', '.join(absent)}: another version wrote it.",
                where=str(folder),
                hint=BUILD_AGAIN,
            )
    return Corpus(**{name: typed(frames[name], types, folder / f"{name}.parquet") for name, types in FRAMES.items()})


def is_data_set(folder: Path) -> bool:
    """True for a folder that ``load`` opens."""
    return (folder / MANIFEST).is_file() or (folder / "cells.parquet").is_file()


def remove_frames(folder: Path) -> None:
    """Removes the Parquet files of a data set that ``Corpus.save`` wrote, and the list of its digests."""
    for name in FRAMES:
        (folder / f"{name}.parquet").unlink(missing_ok=True)
    (folder / SUMS).unlink(missing_ok=True)


def corpus_of(report: Report) -> Corpus:
    """One report as a corpus."""
    findings = check(report.cells, statements=report.statements)
    found: list[Record] = [
        dict(zip(("table", "status", "rule"), line, strict=True))
        for line in zip(findings["table"], findings["status"], findings["rule"], strict=True)
    ]
    cells = tuple(report.cells[["kind", "doubts"]].to_dict("records"))
    reading = Reading(**{one.name: getattr(report, one.name, ()) for one in fields(Reading)} | {"cells": cells})
    entry = entry_of(reading, found, None)
    return Corpus(
        cells=report.cells,
        reports=frame([entry], REPORTS),
        findings=findings,
        sections=report.sections,
        statements=report.statements,
        problems=frame([], PROBLEMS),
    )


def read_frame(path: Path) -> pd.DataFrame:
    """The frame in a Parquet file. Raises FileUnreadable for a file that is none."""
    try:
        with opened(path) as file:
            return pd.read_parquet(file)
    except OSError as error:
        raise FileUnreadable(f"{error.strerror or error}.", where=str(path), hint=OPEN_IT) from error
    except ValueError as error:
        raise FileUnreadable(f"cannot be read: {error}", where=str(path), hint=BUILD_AGAIN) from error


def typed(data: pd.DataFrame, types: Mapping[str, str], path: Path) -> pd.DataFrame:
    """A frame with those types. Raises FileUnreadable for a column in which something else was written."""
    columns = {}
    for name, type_ in types.items():
        try:
            columns[name] = as_type(data[name], type_)
        except (ValueError, TypeError, OverflowError) as error:
            raise FileUnreadable(
                f"the column {name} holds something else than {type_}: {error}.",
                where=str(path),
                hint="Undo what was changed in it, or write the data set again.",
            ) from error
    return data.assign(**columns)


def as_type(column: pd.Series, type_: str) -> pd.Series:
    """A column with a type. Raises ValueError where a number is no whole one and should be."""
    if type_ == "Int64":
        numbers = pd.to_numeric(column.dropna())
        if len(broken := numbers[numbers % 1 != 0]):
            raise ValueError(f"{broken.iloc[0]} is no whole number")
    typed: pd.Series = column.astype(pandas_dtype(type_))
    return typed


def write_frame(data: pd.DataFrame, stem: Path) -> None:
    """Writes a frame as CSV, with texts that no spreadsheet takes for a formula, and as Parquet."""
    write_csv(data, stem.with_suffix(".csv"))
    data.to_parquet(stem.with_suffix(".parquet"), index=False)
