"""Figures that a person puts beside what the page prints: declared corrections, and suggestions taken on request.

``value`` stays what the page prints. A correction says what it expects on the page; when the page no longer prints
that, because the office has mended its report or another file is read, the correction fails and says so.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import pandas as pd

from govinfo.checks import columns_of_cells
from govinfo.errors import FileUnreadable, StaleCorrection, UsageError, near
from govinfo.readers.encoding import decode
from govinfo.text import figure

CORRECTIONS = {
    "report": "string",
    "table": "string",
    "row": "string",
    "column": "string",
    "expected": "string",
    "corrected": "Float64",
    "reason": "string",
    "evidence": "string",
    "who": "string",
}
"""Columns of a list of corrections in their order, with their types; all must be filled but ``expected``, which is
empty where the page prints nothing."""

PLACE = ("table", "row", "column")


@dataclass(frozen=True, slots=True)
class Found:
    """A cell that a correction speaks of: its index in the frame and what the page prints there."""

    index: int
    value: float | None
    raw: str


def corrections(path: str | Path = "corrections.csv") -> pd.DataFrame:
    """The corrections that a person declared in a CSV file, or in a TOML file as ``[[correction]]`` tables.

    One row per correction; columns and types: ``CORRECTIONS``. ``report`` is a report_id or a source of the frames;
    ``expected`` is what the page prints, as a figure (12) or as printed ("/"), empty for a blank cell; ``corrected``
    is in the unit of the cell. Raises FileUnreadable where the file cannot be read, UsageError where columns or
    entries are missing, a corrected value is no figure, or a cell stands twice.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
        lines = read_toml(data.decode("utf-8-sig")) if path.suffix.lower() == ".toml" else read_csv(decode(data))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as error:
        raise FileUnreadable(
            f"The corrections cannot be read: {error}.", where=str(path), hint="Give a UTF-8 CSV or TOML file."
        ) from error
    except UsageError as error:
        error.where = str(path)
        raise
    return checked([{name: str(value).strip() for name, value in line.items()} for line in lines], str(path))


def read_toml(text: str) -> list[Mapping[str, object]]:
    """The ``[[correction]]`` tables of a TOML text. Raises UsageError for anything else in it."""
    found = tomllib.loads(text)
    lines = found.pop("correction", [])
    if found or not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise UsageError("not a list of corrections.", hint="Begin each with a line [[correction]].")
    return lines


def read_csv(text: str) -> list[Mapping[str, object]]:
    """The lines of a CSV text that are not empty; the header alone tells the names, also where no correction follows.

    Excel parts fields by semicolons or tabs where the country or the user asks for it.
    """
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    columns, *lines = [*csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)] or [[]]
    columns = [name.strip() for name in columns]
    if missing := [name for name in CORRECTIONS if name not in columns]:
        raise UsageError(f"columns missing: {', '.join(missing)}.", hint=f"Needed: {', '.join(CORRECTIONS)}.")
    filled = [line for line in lines if any(map(str.strip, line))]
    return [dict(zip(columns, [*line, *([""] * len(columns))], strict=False)) for line in filled]


def checked(lines: Sequence[Mapping[str, str]], where: str) -> pd.DataFrame:
    """The lines as a frame. Raises UsageError for the first line that is not whole."""
    records: list[dict[str, object]] = []
    seen: set[tuple[str, ...]] = set()
    for number, line in enumerate(lines, start=1):
        place = f"{where}, correction {number}"
        if empty := [name for name in CORRECTIONS if name != "expected" and not line.get(name)]:
            raise UsageError(f"nothing under {', '.join(empty)}.", where=place, hint="Only expected may be empty.")
        corrected = figure(line["corrected"]).value
        if corrected is None or not isfinite(float(corrected)):
            raise UsageError(f"{line['corrected']!r} is no figure.", where=place, hint="Write it in digits.")
        cell = tuple(line[name] for name in ("report", *PLACE))
        if cell in seen:
            raise UsageError(f"{' '.join(cell)} stands twice.", where=place, hint="Keep one of the two.")
        seen.add(cell)
        records.append({**{name: line.get(name, "") for name in CORRECTIONS}, "corrected": float(corrected)})
    return pd.DataFrame(records, columns=list(CORRECTIONS)).astype(CORRECTIONS)


def with_corrections(cells: pd.DataFrame, declared: pd.DataFrame | str | Path) -> pd.DataFrame:
    """The cells with two more columns: ``corrected`` (Float64, NA where nobody corrected) and ``correction``
    (string, the reason and who gave it, "" where nobody did). ``value`` stays as printed.

    ``declared`` is what ``corrections`` returns, or its path. Raises UsageError for a report or cell that is not in
    the frame and for two corrections of one cell, StaleCorrection, with all of them, where the page prints something
    else than a correction expects.
    """
    listed = declared if isinstance(declared, pd.DataFrame) else corrections(declared)
    if missing := [name for name in CORRECTIONS if name not in listed.columns]:
        raise UsageError(f"columns missing: {', '.join(missing)}.", hint="Pass what govinfo.corrections returns.")
    columns = columns_of_cells(cells, ("report_id", "source", *PLACE, "value", "raw"))
    index = {
        (report, *place): Found(at, None if pd.isna(value) else float(value), "" if pd.isna(raw) else raw)
        for at, (report_id, source, *place, value, raw) in enumerate(zip(*columns, strict=True))
        for report in (report_id, source)
    }
    corrected: list[float | None] = [None] * len(cells)
    why = [""] * len(cells)
    stale: list[str] = []
    for one in listed.fillna({"expected": ""}).to_dict("records"):
        found = cell_of(index, one)
        if why[found.index]:
            raise UsageError("two corrections of this cell.", where=named(one), hint="Keep one of the two.")
        if not prints(found, str(one["expected"])):
            stale.append(f"{named(one)}: expected {one['expected'] or 'a blank'!r}, the page prints {found.raw!r}")
        corrected[found.index], why[found.index] = one["corrected"], f"{one['reason']} ({one['who']})"
    if stale:
        raise StaleCorrection(
            f"{len(stale)} corrections no longer fit: {'; '.join(stale)}.",
            hint="Look at the page again, then change or remove them.",
        )
    return cells.assign(corrected=pd.array(corrected, dtype="Float64"), correction=pd.array(why, dtype="string"))


def cell_of(index: Mapping[tuple[str, ...], Found], one: Mapping[object, object]) -> Found:
    """The cell of a correction. Raises UsageError that lists the near names."""
    report, place = str(one["report"]), tuple(str(one[name]) for name in PLACE)
    if (report, *place) in index:
        return index[(report, *place)]
    reports = dict.fromkeys(key[0] for key in index)
    if report not in reports:
        raise UsageError(f"no report {report!r} in these cells.", where=named(one), hint=near(report, reports))
    cells = [" ".join(key[1:]) for key in index if key[0] == report]
    raise UsageError("no such cell in this report.", where=named(one), hint=near(" ".join(place), cells))


def prints(found: Found, expected: str) -> bool:
    """True when the page prints what a correction expects: the same figure, or the same text."""
    number = figure(expected).value
    return found.raw == expected or (number is not None and found.value is not None and float(number) == found.value)


def named(one: Mapping[object, object]) -> str:
    """A correction by its report and cell."""
    return " ".join(str(one[name]) for name in ("report", *PLACE))


def with_suggestions(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with proven figures filled in, for those who ask for them.

    A copy in which ``value`` is ``suggested`` wherever there is one, with two more columns: ``filled`` (boolean,
    True where that was done) and ``printed`` (Float64, what the page prints, NA where it prints none). ``raw``,
    ``kind`` and ``doubts`` stay those of the page. Raises UsageError for a frame without ``suggested``, or with its
    figures filled in already.
    """
    if "suggested" not in cells.columns or "filled" in cells.columns:
        raise UsageError("no cells with suggestions to fill in.", hint="Give the cells of a report or of a corpus.")
    filled = cells["suggested"].notna()
    return cells.assign(
        value=cells["value"].mask(filled, cells["suggested"]),
        filled=filled.astype("boolean"),
        printed=cells["value"],
    )
