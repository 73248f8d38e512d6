"""What a person has decided about figures: declared corrections, and suggestions taken on request.

A correction says what it expects on the page; when the page no longer prints that, because the office has mended its
report or another file is read, the correction fails and says so. ``with_corrections`` puts it beside the value,
``corrected_cells`` in its place, with what is printed beside.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from govinfo.checks import columns_of_cells
from govinfo.errors import FileUnreadable, GovinfoError, StaleCorrection, UsageError, near
from govinfo.files.opened import whole_bytes
from govinfo.files.sheet_text import safe
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
empty where the page prints nothing, and what ``MAY_BE_EMPTY`` names."""

DECISION = "decision"
"""The column beside them that says what was decided: ``FIGURE``, ``AS_PRINTED``, ``BLANK`` (there is none) or
``CANNOT_BE_TOLD``."""

FIGURE, AS_PRINTED, BLANK, CANNOT_BE_TOLD = "figure", "as printed", "blank", "cannot be told"

WORDS = MappingProxyType(
    {
        AS_PRINTED: AS_PRINTED,
        "照原文": AS_PRINTED,
        BLANK: BLANK,
        "空白": BLANK,
        CANNOT_BE_TOLD: CANNOT_BE_TOLD,
        "无法判断": CANNOT_BE_TOLD,
    }
)
"""Words that may stand under ``corrected`` in the place of a figure, and what they decide."""

MAY_BE_EMPTY = MappingProxyType(
    {
        FIGURE: ("expected",),
        BLANK: ("expected",),
        AS_PRINTED: ("expected", "reason", "evidence"),
        CANNOT_BE_TOLD: ("expected", "evidence"),
    }
)

DOUBT = MappingProxyType(
    {FIGURE: "corrected", BLANK: "corrected", AS_PRINTED: "confirmed", CANNOT_BE_TOLD: "undecidable"}
)
"""The doubt that a cell carries after a decision."""

BY_HAND = ("corrected", "reason", "who")
"""Columns that a person fills in; a line in which all are empty decides nothing."""

OTHER_NAMES = MappingProxyType({"checked_by": "who"})
"""Other names of columns."""

BESIDE = {"printed": "Float64", "reason": "string", "evidence": "string", "who": "string"}
"""Columns that corrected cells have beside those of ``CELLS``, with their types: what the page prints, and why, after
what and by whom the figure was corrected ("" where nobody did)."""

PLACE = ("table", "row", "column")


@dataclass(frozen=True, slots=True)
class Found:
    """A cell that a correction speaks of: its index in the frame and what the page prints there."""

    index: int
    value: float | None
    raw: str


def corrections(path: str | Path = "corrections.csv") -> pd.DataFrame:
    """What a person decided in a CSV or Excel file (its first sheet), or in a TOML file as ``[[correction]]`` tables.

    One row per decision; columns and types: ``CORRECTIONS``, and ``decision`` (string: "figure", "as printed", "blank"
    or "cannot be told"). ``report`` is a report_id or a source of the frames; ``expected`` is what the page prints, as
    a figure (12) or as printed ("/"), empty for a blank cell; ``corrected`` is in the unit of the cell. In the file,
    "as printed" (照原文), "blank" (空白) or "cannot be told" (无法判断) may stand under ``corrected``, ``who`` may be
    called ``checked_by``, other columns are passed over, and so are lines in which nothing is filled in: a list of
    ``govinfo doubts`` that somebody filled in is such a file.

    Raises FileUnreadable where the file cannot be read, UsageError where columns or entries are missing, a corrected
    value is no figure, or a cell stands twice.
    """
    path = Path(path)
    try:
        data = whole_bytes(path)
        lines = READERS.get(path.suffix.lower(), read_csv)(data)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error, RecursionError) as error:
        raise FileUnreadable(
            f"The corrections cannot be read: {error}.", where=str(path), hint="Give an Excel, UTF-8 CSV or TOML file."
        ) from error
    except GovinfoError as error:
        error.where = str(path)
        raise
    return checked([{name: str(value).strip() for name, value in line.items()} for line in lines], str(path))


def read_toml(data: bytes) -> list[Mapping[str, object]]:
    """The ``[[correction]]`` tables of a TOML file. Raises UsageError for anything else in it."""
    found = tomllib.loads(data.decode("utf-8-sig"))
    lines = found.pop("correction", [])
    if found or not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise UsageError("not a list of corrections.", hint="Begin each with a line [[correction]].")
    return [{own_name(name): value for name, value in line.items()} for line in lines]


def read_csv(data: bytes) -> list[Mapping[str, object]]:
    """The lines of a CSV file. Excel parts fields by semicolons or tabs where the country or the user asks for it."""
    text = decode(data)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    return lines_under(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))


def read_excel(data: bytes) -> list[Mapping[str, object]]:
    """The lines of the first sheet of an Excel file."""
    import openpyxl  # takes long to load

    try:
        sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        table = [["" if value is None else value for value in line] for line in sheet.iter_rows(values_only=True)]
    except Exception as error:  # openpyxl fails in many ways over what is no workbook
        raise FileUnreadable(
            "The corrections cannot be read: this is no workbook with a sheet.",
            hint="Save it as .xlsx or CSV again.",
        ) from error
    return lines_under(table)


READERS = MappingProxyType({".toml": read_toml, ".xlsx": read_excel})


def lines_under(table: Sequence[Sequence[object]]) -> list[Mapping[str, object]]:
    """The lines of a table under its heading, which alone tells the names, also where no correction follows; without
    those that are empty or in which nobody filled in anything."""
    heading, *lines = table or [[]]
    columns = [own_name(str(name).strip()) for name in heading]
    if missing := [name for name in CORRECTIONS if name not in columns]:
        raise UsageError(f"columns missing: {', '.join(missing)}.", hint=f"Needed: {', '.join(CORRECTIONS)}.")
    named_lines = [dict(zip(columns, [*line, *([""] * len(columns))], strict=False)) for line in lines]
    return [line for line in named_lines if any(str(line[name]).strip() for name in BY_HAND)]


def own_name(name: str) -> str:
    """The name of a column as it is called here."""
    return OTHER_NAMES.get(name, name)


def checked(lines: Sequence[Mapping[str, str]], where: str) -> pd.DataFrame:
    """The lines as a frame. Raises UsageError for the first line that is not whole."""
    records: list[dict[str, object]] = []
    seen: set[tuple[str, ...]] = set()
    for number, line in enumerate(lines, start=1):
        place = f"{where}, correction {number}"
        decision = WORDS.get(line.get("corrected", "").lower(), FIGURE)
        empty = [name for name in CORRECTIONS if name not in MAY_BE_EMPTY[decision] and not line.get(name)]
        if empty:
            hint = f"Fill it in for {named(line)}, or empty the line."
            raise UsageError(f"nothing under {', '.join(empty)}.", where=place, hint=hint)
        value = figure_of(line["corrected"], place) if decision == FIGURE else None
        cell = tuple(line[name] for name in ("report", *PLACE))
        if cell in seen:
            raise UsageError(f"{' '.join(cell)} stands twice.", where=place, hint="Keep one of the two.")
        seen.add(cell)
        kept = {name: line.get(name, "") for name in CORRECTIONS}
        records.append({**kept, "corrected": value, DECISION: decision})
    types = {**CORRECTIONS, DECISION: "string"}
    return pd.DataFrame(records, columns=list(types)).astype(types)


def figure_of(text: str, place: str) -> float:
    """A corrected value. Raises UsageError for what is no figure."""
    value = figure(text).value
    if value is None or not isfinite(float(value)):
        hint = f"Write it in digits, or one of: {', '.join(WORDS)}."
        raise UsageError(f"{text!r} is no figure.", where=place, hint=hint)
    return float(value)


def with_corrections(cells: pd.DataFrame, declared: pd.DataFrame | str | Path) -> pd.DataFrame:
    """The cells with two more columns: ``corrected`` (Float64, NA where nobody corrected) and ``correction``
    (string, the reason and who gave it, "" where nobody did). ``value`` stays as printed.

    ``declared`` is what ``corrections`` returns, or its path. Raises UsageError for a report or cell that is not in
    the frame and for two corrections of one cell, StaleCorrection, with all of them, where the page prints something
    else than a correction expects.
    """
    corrected: list[float | None] = [None] * len(cells)
    why = [""] * len(cells)
    for at, one in found_in(cells, declared).items():
        corrected[at], why[at] = value_of(one), f"{one['reason'] or one[DECISION]} ({one['who']})"
    return cells.assign(corrected=pd.array(corrected, dtype="Float64"), correction=pd.array(why, dtype="string"))


def corrected_cells(cells: pd.DataFrame, declared: pd.DataFrame | str | Path) -> pd.DataFrame:
    """The cells as a person decided: ``value`` is the corrected figure, NA where there is none or it cannot be told.

    A copy with the columns ``BESIDE`` too. ``doubts`` of a decided cell end with "corrected", "confirmed" (the reading
    is as printed) or "undecidable"; ``raw`` and ``kind`` stay those of the page. Of cells that were corrected before,
    earlier decisions stay. Raises as ``with_corrections``.
    """
    found = found_in(cells, declared)
    printed = cells["printed"] if "printed" in cells else cells["value"]
    beside: dict[str, list[Any]] = {
        name: list(cells[name]) if name in cells else [""] * len(cells) for name in ("reason", "evidence", "who")
    }
    values, doubts = list(cells["value"]), list(cells["doubts"])
    for at, one in found.items():
        values[at] = printed.iloc[at] if one[DECISION] == AS_PRINTED else value_of(one)
        before = [doubt for doubt in doubts[at].split(";") if doubt and doubt not in DOUBT.values()]
        doubts[at] = ";".join([*before, DOUBT[str(one[DECISION])]])
        for name, column in beside.items():
            column[at] = one[name]
    return cells.assign(
        value=pd.array(values, dtype="Float64"),
        doubts=pd.array(doubts, dtype="string"),
        printed=printed.astype("Float64"),
        **{name: pd.Series(column, index=cells.index, dtype="string") for name, column in beside.items()},
    )


def decided(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells on which a person decided, of corrected cells; none of others."""
    return cells[cells["who"].fillna("") != ""] if "who" in cells else cells.iloc[:0].assign(**dict.fromkeys(BESIDE))


def changed(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells that a person has given another figure than the page prints, or none."""
    mine = decided(cells)
    same = (mine["value"] == mine["printed"]).fillna(False) | (mine["value"].isna() & mine["printed"].isna())
    return mine[~same.astype("bool")]


def value_of(one: Mapping[object, object]) -> float | None:
    """The figure of a decision; None where it gives none."""
    return None if pd.isna(one["corrected"]) else float(one["corrected"])  # type: ignore[call-overload, arg-type]


def found_in(cells: pd.DataFrame, declared: pd.DataFrame | str | Path) -> dict[int, Mapping[object, object]]:
    """The declared decisions by the place of their cell in the frame. Raises as ``with_corrections``."""
    listed = declared if isinstance(declared, pd.DataFrame) else corrections(declared)
    if missing := [name for name in CORRECTIONS if name not in listed.columns]:
        raise UsageError(f"columns missing: {', '.join(missing)}.", hint="Pass what govinfo.corrections returns.")
    if DECISION not in listed:
        listed = listed.assign(**{DECISION: FIGURE})
    index = index_of(cells)
    found: dict[int, Mapping[object, object]] = {}
    stale: list[str] = []
    for one in listed.fillna({"expected": ""}).to_dict("records"):
        cell = cell_of(index, one)
        if cell.index in found:
            raise UsageError("two corrections of this cell.", where=named(one), hint="Keep one of the two.")
        if not prints(cell, str(one["expected"])):
            stale.append(f"{named(one)}: expected {one['expected'] or 'a blank'!r}, the page prints {cell.raw!r}")
        found[cell.index] = one
    if stale:
        raise StaleCorrection(
            f"{len(stale)} corrections no longer fit: {'; '.join(stale)}.",
            hint="Look at the page again, then change or remove them.",
        )
    return found


def index_of(cells: pd.DataFrame) -> dict[tuple[str, ...], Found]:
    """The cells by report_id or source and place."""
    columns = columns_of_cells(cells, ("report_id", "source", *PLACE, "value", "raw"))
    if "printed" in cells:
        columns[-2] = cells["printed"]
    return {
        (report, *place): Found(at, None if pd.isna(value) else float(value), "" if pd.isna(raw) else raw)
        for at, (report_id, source, *place, value, raw) in enumerate(zip(*columns, strict=True))
        for report in (report_id, source)
    }


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
    if expected in {found.raw, found.raw.strip(), safe(found.raw)}:
        return True
    return number is not None and found.value is not None and float(number) == found.value


def named(one: Mapping[Any, Any]) -> str:
    """A correction by its report and cell."""
    return " ".join(str(one.get(name, "")) for name in ("report", *PLACE))


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
