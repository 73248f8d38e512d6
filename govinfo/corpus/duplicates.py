"""One and the same report in several files: which of them counts, and what the others print differently.

Two reports are the same when they name one agency, beyond doubt, and one year: a PDF and its scan, a page and the Word
file behind it, an original and its revision. Nothing is added up twice: what counts is for ``prefer`` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from govinfo.errors import UsageError, near

READERS = ("docx", "html", "mhtml", "script", "excel", "pdf", "office", "text", "ocr")
"""What reads files, in the order of trust: files that keep every cell and its place before those that do not."""

LATEST = "latest"

KEY = ["table", "row", "column"]
NO_FIGURES = pd.Series(dtype="Float64", index=pd.MultiIndex.from_arrays([[], [], []], names=KEY))


class Known(NamedTuple):
    """What tells whether two reports are the same, and which of them counts: ``agency_id`` is "" where it is not sure,
    ``reader`` what read it first."""

    report_id: str
    agency_id: str
    year: int | None
    reader: str
    published: str


def order_of(prefer: str) -> Callable[[Known], tuple[Any, ...]]:
    """The key that sorts reports, the preferred one first.

    ``prefer`` is "latest" (by the day of publication, then by trust in the reader), or readers by commas as
    "pdf,html": these before all others, then the later publication. "" is the order of trust.
    """
    named = [name.strip() for name in prefer.split(",") if name.strip()]
    if prefer.strip() == LATEST:
        return lambda report: (newest_first(report), rank(report, READERS))
    if unknown := [name for name in named if name not in READERS]:
        raise UsageError(
            f"no reader {unknown[0]!r} to prefer.",
            hint=f"{near(unknown[0], READERS)} Or {LATEST!r}, for the later publication.",
        )
    order = [*named, *(name for name in READERS if name not in named)]
    return lambda report: (rank(report, order), newest_first(report))


def rank(report: Known, order: Sequence[str]) -> int:
    """The place of a report's reader in an order, the last one where it is not in it."""
    return order.index(report.reader) if report.reader in order else len(order)


def newest_first(report: Known) -> tuple[int, ...]:
    """Sorts later days of publication before earlier ones, and those before none."""
    return tuple(-int(digits) for digits in report.published.split("-") if digits.isdigit()) or (1,)


def duplicates_of(reports: Iterable[Known], prefer: str = "") -> dict[str, str]:
    """The reports in whose place another one counts: report_id to the report_id of that one.

    Raises UsageError for a reader that does not exist.
    """
    order = order_of(prefer)
    same: dict[tuple[str, int], list[Known]] = {}
    for report in reports:
        if report.agency_id and report.year:
            same.setdefault((report.agency_id, report.year), []).append(report)
    preferred = {key: min(mine, key=order) for key, mine in same.items()}
    return {
        report.report_id: preferred[key].report_id
        for key, mine in same.items()
        for report in mine
        if report is not preferred[key]
    }


def counted(reports: pd.DataFrame) -> pd.DataFrame:
    """The rows of a reports frame that count; all of a frame that does not say which do."""
    return reports[reports["duplicate_of"].isna()] if "duplicate_of" in reports else reports


def differences(cells: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """What the reports that do not count print differently from those in whose place they stand.

    Columns: report_id, duplicate_of (string), compared (Int64: cells that either prints), differing (Int64).
    """
    by_report: dict[Any, pd.DataFrame] = dict(list(cells.groupby("report_id", sort=False)))
    pairs = reports.loc[reports["duplicate_of"].notna(), ["report_id", "duplicate_of"]]
    records = [
        {"report_id": one, "duplicate_of": other, **compared(by_report, one, other)}
        for one, other in pairs.itertuples(index=False)
    ]
    types = {"report_id": "string", "duplicate_of": "string", "compared": "Int64", "differing": "Int64"}
    return pd.DataFrame(records, columns=list(types)).astype(types)


def compared(by_report: Mapping[Any, pd.DataFrame], one: str, other: str) -> dict[str, int]:
    """In how many cells the figures of two reports differ, of those that either prints."""
    figures = [by_report[name].set_index(KEY)["value"] if name in by_report else NO_FIGURES for name in (one, other)]
    places = figures[0].index.union(figures[1].index)
    left, right = (mine.reindex(places) for mine in figures)
    same = (left == right).fillna(False) | (left.isna() & right.isna())
    return {"compared": len(places), "differing": int((~same).sum())}
