"""A Corpus, and how it stands on disk: each frame as CSV and as Parquet, written beside and then moved into place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from govinfo.corpus.dictionary import FRAMES
from govinfo.corpus.duplicates import counted
from govinfo.corpus.quality import quality
from govinfo.errors import FileUnreadable, PassedOver, UsageError
from govinfo.files.sheet_text import write_csv
from govinfo.files.writing import written_into


@dataclass(frozen=True)
class Corpus:
    """Reports as frames: ``cells`` (one row per agency, year and table cell), ``reports`` (one per report),
    ``findings`` (identities, see ``govinfo.checks.check``), ``sections`` (text by statutory heading) and
    ``problems`` (one row per file that could not be read, is no report or was passed over)."""

    cells: pd.DataFrame
    reports: pd.DataFrame
    findings: pd.DataFrame
    sections: pd.DataFrame
    problems: pd.DataFrame

    def quality(self) -> pd.DataFrame:
        """The data-quality sheet, one row per report: see ``govinfo.corpus.quality``."""
        return quality(self.cells, self.reports, self.findings)

    def counted(self) -> Corpus:
        """The reports that count, with their cells, findings and sections: of several on one agency and year only the
        preferred one, see ``govinfo.read_reports``."""
        ids = (reports := counted(self.reports))["report_id"]
        parts = {name: getattr(self, name) for name in ("cells", "findings", "sections")}
        return replace(
            self, reports=reports, **{name: data[data["report_id"].isin(ids)] for name, data in parts.items()}
        )

    def unread(self) -> pd.DataFrame:
        """The problems that are faults: without the files that were passed over because of their names."""
        return self.problems[self.problems["stage"] != PassedOver.stage]

    def save(self, folder: str | Path) -> Path:
        """Writes every frame as CSV (UTF-8 with BOM, so that Excel opens it right) and Parquet; returns the folder.

        Raises FileUnreadable when the folder cannot be written; what was there before then stays.
        """
        folder = Path(folder)
        with written_into(folder) as beside:
            for name in FRAMES:
                write_frame(getattr(self, name), beside / name)
        return folder


def load(folder: str | Path) -> Corpus:
    """The Corpus that ``Corpus.save`` or ``govinfo build`` wrote to a folder. Raises UsageError where none is, or
    one of another version, FileUnreadable for a file that is broken."""
    folder = Path(folder)
    missing = [f"{name}.parquet" for name in FRAMES if not (folder / f"{name}.parquet").is_file()]
    if missing:
        raise UsageError(
            f"no data set here: {', '.join(missing)} missing.",
            where=str(folder),
            hint="Make one with: govinfo build SOURCE -o FOLDER",
        )
    frames = {name: read_frame(folder / f"{name}.parquet") for name in FRAMES}
    for name, types in FRAMES.items():
        if absent := [column for column in types if column not in frames[name].columns]:
            raise UsageError(
                f"{name}.parquet lacks the columns {', '.join(absent)}: another version wrote it.",
                where=str(folder),
                hint="Build it again with: govinfo build SOURCE -o FOLDER",
            )
    return Corpus(**{name: frames[name].astype(types) for name, types in FRAMES.items()})


def read_frame(path: Path) -> pd.DataFrame:
    """The frame in a Parquet file. Raises FileUnreadable for a file that is none."""
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise FileUnreadable(
            f"cannot be read: {error}", where=str(path), hint="Build it again with: govinfo build SOURCE -o FOLDER"
        ) from error


def write_frame(data: pd.DataFrame, stem: Path) -> None:
    """Writes a frame as CSV, with texts that no spreadsheet takes for a formula, and as Parquet."""
    write_csv(data, stem.with_suffix(".csv"))
    data.to_parquet(stem.with_suffix(".parquet"), index=False)
