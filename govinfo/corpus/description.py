"""What is in a corpus: a paragraph, a table, and what is missing for a balanced panel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import pandas as pd

from govinfo.corpus.duplicates import counted
from govinfo.forms import in_doubt

PARTS = ("level", "province", "year", "form", "layout")
"""What a corpus is parted by, each in the order of its values."""

TABLE = {
    "part": "string",
    "value": "string",
    "reports": "Int64",
    "cells": "Int64",
    "read": "Int64",
    "doubtful": "Int64",
    "open": "Int64",
    "hold": "Int64",
    "fail": "Int64",
    "unknown": "Int64",
}
"""Columns of the table of a description, with their types."""

MISSING = {"agency_id": "string", "agency": "string", "have": "Int64", "missing": "Int64", "years": "string"}
"""Columns of what is missing for a balanced panel, with their types."""

NOT_KNOWN = "(not known)"


@dataclass(frozen=True)
class Description:
    """What is in a corpus. ``text`` and ``text_zh`` are a paragraph; ``table`` (``TABLE``) has a line for all reports
    that count ("all") and one for each level, province, year, form and layout (what read the file): reports, cells,
    those with a figure (read), in doubt and open, sums that hold, fail or cannot be checked (unknown). ``missing``
    (``MISSING``) has a line for each agency without a report on some of the years from the first to the last."""

    text: str
    text_zh: str
    table: pd.DataFrame
    missing: pd.DataFrame

    def __str__(self) -> str:
        missing = f"\n\n{self.missing.to_string(index=False)}" if len(self.missing) else ""
        return f"{self.text}\n\n{self.text_zh}\n\n{self.table.to_string(index=False)}{missing}"

    def _repr_html_(self) -> str:
        tables = "".join(one.to_html(index=False) for one in (self.table, self.missing) if len(one))
        return f"<div><p>{escape(self.text)}</p><p>{escape(self.text_zh)}</p>{tables}</div>"


def description(reports: pd.DataFrame, cells: pd.DataFrame, findings: pd.DataFrame, unread: int) -> Description:
    """The description of the frames of a corpus; ``unread`` files could not be read."""
    known = counted(reports)
    known = known.assign(layout=known["readers"].str.split(";").str[0])
    counts = counts_of(known, cells, findings)
    lines = [line_of("all", "", counts), *(line for part in PARTS for line in lines_of(part, known, counts))]
    table = pd.DataFrame(lines, columns=list(TABLE)).astype(TABLE)
    missing = missing_in(known)
    duplicates = len(reports) - len(known)
    text, text_zh = texts(known, dict(zip(TABLE, table.iloc[0], strict=True)), missing, duplicates, unread)
    return Description(text, text_zh, table, missing)


def counts_of(reports: pd.DataFrame, cells: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The counts of each report, by report_id."""
    by_cell = {
        "cells": pd.Series(True, index=cells.index),
        "read": cells["value"].notna(),
        "doubtful": in_doubt(cells["doubts"]),
        "open": (cells["kind"] == "unreadable") & cells["value"].isna(),
    }
    found = {name: true.groupby(cells["report_id"]).sum() for name, true in by_cell.items()}
    for name, status in (("hold", "pass"), ("fail", "fail"), ("unknown", "unknown")):
        found[name] = (findings["status"] == status).groupby(findings["report_id"]).sum()
    return pd.DataFrame(found).reindex(reports["report_id"]).fillna(0).astype("int64")


def lines_of(part: str, reports: pd.DataFrame, counts: pd.DataFrame) -> Iterator[dict[str, object]]:
    """A line of the table for each value that a column of the reports has."""
    values = reports[part].astype("string").fillna("").replace("", NOT_KNOWN)
    for value, mine in reports.groupby(values):
        yield line_of(part, str(value), counts.loc[mine["report_id"]])


def line_of(part: str, value: str, counts: pd.DataFrame) -> dict[str, object]:
    """A line of the table: the counts of some reports added up."""
    sums = dict(zip(counts.columns, counts.sum(), strict=True))
    return {"part": part, "value": value, "reports": len(counts), **sums}


def missing_in(reports: pd.DataFrame) -> pd.DataFrame:
    """What is missing so that every agency has a report on every year from the first to the last."""
    known = reports.dropna(subset=["agency_id", "year"])
    if known.empty:
        return pd.DataFrame(columns=list(MISSING)).astype(MISSING)
    years = range(int(known["year"].min()), int(known["year"].max()) + 1)
    lines = []
    for agency_id, mine in known.groupby("agency_id"):
        have = {int(year) for year in mine["year"]}
        lacking = [year for year in years if year not in have]
        names = {"agency_id": agency_id, "agency": mine.sort_values("year")["agency"].iloc[-1]}
        lines.append({**names, "have": len(have), "missing": len(lacking), "years": spans(lacking)})
    found = pd.DataFrame(lines).astype(MISSING)
    return found[found["missing"] > 0].sort_values(["missing", "agency_id"]).reset_index(drop=True)


def spans(years: list[int]) -> str:
    """Years in short: 2014-2016 2020."""
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    pairs = zip(starts, ends, strict=True)
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in pairs)


def texts(
    reports: pd.DataFrame, all_: dict[str, object], missing: pd.DataFrame, duplicates: int, unread: int
) -> tuple[str, str]:
    """The paragraph in English and in Chinese."""
    agencies = reports["agency_id"].fillna(reports["report_id"]).nunique()
    provinces = reports["province"].nunique()
    years = reports["year"].dropna()
    span, span_zh = (f"{years.min()} to {years.max()}", f"{years.min()}至{years.max()}年") if len(years) else ("", "")
    more = int(missing["missing"].sum())
    told = {"reports": len(reports), "agencies": agencies, "provinces": provinces, "duplicates": duplicates} | all_
    text = (
        "{reports} reports of {agencies} agencies in {provinces} provinces on {span}; {duplicates} other reports are "
        "duplicates and do not count, {unread} files could not be read. Of {cells} cells {read} hold a figure, "
        "{doubtful} are in doubt and {open} are open. Of the sums of the form {hold} hold, {fail} do not and {unknown} "
        "cannot be checked. For a balanced panel of these agencies and years {more} reports are missing."
    )
    text_zh = (
        "共{reports}份报告，涉及{provinces}个省级地区的{agencies}个机关，年度为{span_zh}；另有{duplicates}份重复报告不计入，"
        "{unread}个文件未能读取。{cells}个单元格中，{read}个有数字，{doubtful}个存疑，{open}个未定。勾稽关系中{hold}项成立，"
        "{fail}项不成立，{unknown}项无法核对。若要构成上述机关与年度的平衡面板，尚缺{more}份报告。"
    )
    words = {**told, "span": span or "unknown years", "span_zh": span_zh or "未知", "unread": unread, "more": more}
    return text.format(**words), text_zh.format(**words)
