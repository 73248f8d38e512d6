"""Small inputs made after public bug reports: what a person reads on them is read, or what is not read says so."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from govinfo import GovinfoError, Report, read_report

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"
RECOGNISED = ("75-", "81-")
"""Pages that are recognised as pictures, some twenty seconds each; test_reader_ocr.py reads such."""


def cases() -> list[Path]:
    files = CASES.iterdir() if CASES.is_dir() else ()
    return sorted(path for path in files if path.suffix != ".json" and not path.name.startswith(RECOGNISED))


def test_the_cases_are_there() -> None:
    if not CASES.is_dir():
        pytest.skip("the folder of shared cases is not here")
    assert len(cases()) > 40


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_what_a_person_reads_is_read_or_said_to_be_open(path: Path) -> None:
    seen = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    report = read_or_refused(path)
    if isinstance(report, GovinfoError):
        assert report.hint, "a file that is refused says what to do"
        return
    assert (report.identity.agency, report.identity.year) == (seen["agency"], seen["year"])
    wrong = [expected for expected in seen["expect"] if not is_right_or_said(report, expected)]
    assert not wrong


def read_or_refused(path: Path) -> Report | GovinfoError:
    try:
        return read_report(path)
    except GovinfoError as error:
        return error


def is_right_or_said(report: Report, expected: dict[str, object]) -> bool:
    """Whether a cell is the printed figure, or says that it is not."""
    at = [report.cells[name] == expected[name] for name in ("table", "row", "column")]
    found = report.cells[at[0] & at[1] & at[2]]
    if found.empty:
        return expected["value"] is None or any("missing" in doubt or "unread" in doubt for doubt in report.doubts)
    cell = found.iloc[0]
    value = None if pd.isna(cell["value"]) else float(cell["value"])
    is_open = value is None and cell["kind"] not in ("blank", "dash")
    return value == expected["value"] or is_open or bool(cell["doubts"])
