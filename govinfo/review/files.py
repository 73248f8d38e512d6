"""The files behind a corpus: where they are, and each report with its file as evidence needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from govinfo.corpus import Corpus, is_data_set, places_told
from govinfo.errors import FileUnreadable, GovinfoError
from govinfo.evidence import Evidence, evidence_of
from govinfo.report import suggestions_of

CLOSE = 0.1
"""Share of a page's height shown above and below a cell: its place with the headings, not the page."""


@dataclass(frozen=True)
class Filed:
    """A report of a corpus with its file, as ``govinfo.evidence.view.WithFile`` asks for it."""

    cells: pd.DataFrame
    suggestions: pd.DataFrame
    reader: str
    source: str
    sha256: str
    path: Path | None
    part: int


@dataclass(frozen=True)
class Places:
    """The reports of a corpus with their files; ``evidence`` gives the place of a cell."""

    corpus: Corpus
    files: Mapping[str, Path]
    known: dict[str, Filed]

    def lost(self) -> list[str]:
        """The files that are not to be found."""
        names = dict.fromkeys(source.partition("#")[0] for source in self.corpus.reports["source"])
        return [name for name in names if name not in self.files]

    def evidence(self, report_id: str, table: str, row: str, column: str, *, close: bool = True) -> Evidence:
        """The evidence for a cell, the part of its page close around it or more of it. Raises FileUnreadable where the
        file is not to be found or has changed, and as ``govinfo.evidence`` does."""
        return evidence_of(self.report(report_id), table, row, column, around=CLOSE if close else None)

    def report(self, report_id: str) -> Filed:
        """A report with its file."""
        if report_id not in self.known:
            self.known[report_id] = self.filed(report_id)
        return self.known[report_id]

    def filed(self, report_id: str) -> Filed:
        """A report with its file, looked up."""
        reports = self.corpus.reports
        report: dict[Any, Any] = reports[reports["report_id"] == report_id].iloc[0].to_dict()
        name, _, rest = report["source"].partition("#")
        if name not in self.files:
            raise FileUnreadable(
                "the file that was read is not to be found.",
                where=name,
                hint="Say where the files are: --files FOLDER.",
            )
        cells = self.corpus.cells[self.corpus.cells["report_id"] == report_id]
        last = rest.rpartition("#")[2]
        return Filed(
            cells=cells.reset_index(drop=True),
            suggestions=suggestions_of(cells),
            reader=report["readers"].partition(";")[0],
            source=report["source"],
            sha256=report["sha256"],
            path=self.files[name],
            part=int(last) if last.isdecimal() else 1,
        )


def places_in(corpus: Corpus, folder: str | Path, files: str | Path | None = None) -> Places:
    """The files of a corpus: those below ``files``; without it those below ``folder``, where the reports themselves lie
    there, or where ``govinfo build`` found them."""
    names = dict.fromkeys(source.partition("#")[0] for source in corpus.reports["source"])
    if files is None and is_data_set(Path(folder)):
        found = {name: Path(path) for name, path in places_told(Path(folder)).items()}
    else:
        below = Path(files or folder)
        found = {name: below / name if below.is_dir() else below for name in names}
    return Places(corpus, {name: found[name] for name in names if name in found and found[name].is_file()}, {})


def tried(places: Places, line: Mapping[Any, Any], *, close: bool = True) -> Evidence | GovinfoError:
    """The evidence for a line of the queue, or why there is none."""
    try:
        return places.evidence(line["report_id"], line["table"], line["row"], line["column"], close=close)
    except GovinfoError as error:
        return error
