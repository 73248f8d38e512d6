"""The frames of a corpus as CSV or Parquet, one file each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from govinfo.corpus import FRAMES, Corpus
from govinfo.files.sheet_text import write_csv
from govinfo.files.sums import write_sums
from govinfo.files.writing import written, written_into


def without_duplicates(corpus: Corpus) -> Corpus:
    """What is exported: every report has its line, but of several on one agency and year only one has its cells,
    findings, sections and statements, so that whoever adds up adds up nothing twice."""
    return replace(corpus.counted(), reports=corpus.reports)


def to_csv(corpus: Corpus, folder: str | Path) -> Path:
    """Writes every frame as FRAME.csv (UTF-8 with a byte order mark, so that Excel opens it right) to a folder.

    A text that a spreadsheet would take for a formula begins with a quote ('), see ``govinfo.sheet_text``.
    Returns the folder. Raises FileUnreadable when it cannot be written.
    """
    return write_frames(corpus, Path(folder), ".csv", write_csv)


def to_parquet(corpus: Corpus, folder: str | Path) -> Path:
    """Writes every frame as FRAME.parquet to a folder, which ``govinfo.load`` reads; returns the folder.

    Raises FileUnreadable when it cannot be written.
    """
    return write_frames(corpus, Path(folder), ".parquet", write_parquet)


def cells_to_csv(corpus: Corpus, path: Path) -> Path:
    """Writes the cells as one CSV file; returns its path."""
    with written(path) as beside:
        write_csv(without_duplicates(corpus).cells, beside)
    return path


def cells_to_parquet(corpus: Corpus, path: Path) -> Path:
    """Writes the cells as one Parquet file; returns its path."""
    with written(path) as beside:
        write_parquet(without_duplicates(corpus).cells, beside)
    return path


def write_frames(corpus: Corpus, folder: Path, suffix: str, write: Callable[[pd.DataFrame, Path], None]) -> Path:
    """Writes every frame to a folder as FRAME and suffix, with the list of their digests; returns the folder."""
    exported = without_duplicates(corpus)
    with written_into(folder) as beside:
        for name in FRAMES:
            write(getattr(exported, name), beside / f"{name}{suffix}")
        write_sums(beside, folder)
    return folder


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Writes a frame as Parquet, with its types."""
    frame.to_parquet(path, index=False)
