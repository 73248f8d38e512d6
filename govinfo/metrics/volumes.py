"""How many requests there were, from whom, how they ended and why: counts and their shares."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from govinfo.forms import columns_of_table
from govinfo.metrics.figures import (
    MARK,
    PER_REPORT,
    By,
    Figures,
    Reported,
    add_up,
    figures,
    frames_of,
    grouped,
    marked,
    per_report,
    pooled,
    sum_or_nan,
)
from govinfo.metrics.intervals import check_level
from govinfo.metrics.rates import with_rate
from govinfo.metrics.registry import CROSSWALK, GROUPS, Part, Terms, outcomes_in

HANDLED: Terms = (("requests.handled.total", 1),)

VOLUMES = ("new", "carried_in", "received", "handled", "carried_out")


def volumes(
    cells: Reported, *, by: By = PER_REPORT, reports: pd.DataFrame | None = None, blank_as_zero: bool = False
) -> pd.DataFrame:
    """Requests by the stage they were at. Each figure is the sum over the reports that print it.

    Columns: by..., new (本年新收), carried_in (上年结转), received (new + carried_in), handled (本年度办理结果 总计),
    carried_out (结转下年度继续办理), all Float64 in 件 and NA where no report prints them; reports (Int64, all
    reports of the group); new_left_out ... carried_out_left_out (Int64: reports that do not print that figure, so that
    its sum rests on ``reports`` less these); new_from and handled_from (string: the row used, such as "requests.new" or
    "statistics.requests_received", several joined by "+"); [blanks_as_zero (Int64, cells)]. Sorted by ``by``.

    Reports of before 2019 have a statistics table without carry-over. ``forms/crosswalk.csv`` names the rows of it
    that are comparable: requests received (收到申请数) for new, requests closed (申请办结数) for handled.
    ``by``, ``reports``, ``blank_as_zero`` and what is raised: see ``rate``.
    """
    cells, reports = frames_of(cells, reports)
    known, columns = per_report(cells, by, reports)
    found = figures(cells, [place for sources in CROSSWALK.values() for place in sources], blank_as_zero=blank_as_zero)
    lines = lines_of_volumes(found).join(known, how="inner")
    left_out = [f"{name}_left_out" for name in VOLUMES]
    groups = grouped(lines, columns, columns)
    added = add_up(groups, VOLUMES, ["reports", *left_out, "blanks_as_zero"])
    rows_used = [f"{name}_from" for name, sources in CROSSWALK.items() if len(sources) > 1]
    used = groups[rows_used].agg(join_rows).reset_index(drop=True).astype("string")
    result = marked(added.join(used), groups)
    optional = [*(["blanks_as_zero"] if blank_as_zero else []), *([MARK] if MARK in result else [])]
    return result[[*columns, *VOLUMES, "reports", *left_out, *rows_used, *optional]]


def lines_of_volumes(found: Figures) -> pd.DataFrame:
    """One row per report: the figures, the places that they come from, what is left out."""
    used = {name: place_used(found, sources) for name, sources in CROSSWALK.items()}
    values = {name: at(found.values, place) for name, place in used.items()}
    values["received"] = values["new"] + values["carried_in"]
    taken = sum_or_nan([at(found.taken.astype("float64"), place) for place in used.values()]).fillna(0)
    return pd.DataFrame(
        {
            **values,
            "reports": 1,
            **{f"{name}_left_out": values[name].isna().astype("int64") for name in VOLUMES},
            **{f"{name}_from": used[name].where(values[name].notna()) for name in CROSSWALK},
            "blanks_as_zero": taken,
        }
    )


def place_used(found: Figures, sources: Sequence[str]) -> pd.Series:
    """The first of ``sources`` that each report has; NA where it has none."""
    used = pd.Series(pd.NA, index=found.values.index, dtype="string")
    for place in reversed(sources):
        used = used.mask(found.there[place], place)
    return used


def at(frame: pd.DataFrame, places: pd.Series) -> pd.Series:
    """The value of each report at its own place; NaN where that is NA."""
    result = pd.Series(float("nan"), index=frame.index)
    for place in places.dropna().unique():
        result = result.mask(places == place, frame[place])
    return result


def join_rows(places: pd.Series) -> str | None:
    """The tables and rows of places, each once, joined by "+"; None where there are none."""
    return "+".join(place.rpartition(".")[0] for place in sorted(places.dropna().unique())) or None


def volumes_by_applicant(
    cells: Reported,
    *,
    by: By = PER_REPORT,
    reports: pd.DataFrame | None = None,
    level: float = 0.95,
    small_below: float = 30,
    blank_as_zero: bool = False,
) -> pd.DataFrame:
    """New requests (本年新收) by kind of applicant, in the reports that print all six kinds and their total.

    Columns: by..., applicant (natural_person 自然人, business 商业企业, research 科研机构, nonprofit 社会公益组织,
    legal_service 法律服务机构, other_org 其他), label_en, label_zh, new (Float64, 件), denominator (Float64, the
    total as printed: 总计), share (of 0 to 1), low, high (Wilson), reports, left_out, small, [blanks_as_zero].
    Keywords and what is raised: see ``rate``.
    """
    applicants = [column for column in columns_of_table("requests") if column.code != "total"]
    total: Terms = (("requests.new.total", 1),)
    each: list[Terms] = [((f"requests.new.{column.code}", 1),) for column in applicants]
    parts = [
        Part(
            {"applicant": column.code, "label_en": column.label_en, "label_zh": column.label_zh},
            numerator=new,
            denominator=total,
            needed=(*sum(each, ()), *total),
        )
        for column, new in zip(applicants, each, strict=True)
    ]
    return shares(parts, cells, by, reports, level, small_below, blank_as_zero).rename(columns={"requests": "new"})


def outcomes(
    cells: Reported,
    *,
    by: By = PER_REPORT,
    reports: pd.DataFrame | None = None,
    level: float = 0.95,
    small_below: float = 30,
    blank_as_zero: bool = False,
) -> pd.DataFrame:
    """How the requests handled were decided, in the reports that print every row of outcomes and the total.

    Columns: by..., group (granted 予以公开, partial 部分公开, refused 不予公开, unable 无法提供, declined 不予处理,
    other 其他处理), label_en, label_zh, requests (Float64, 件), denominator (Float64, handled: 本年度办理结果 总计),
    share (of 0 to 1), low, high (Wilson), reports, left_out, small, [blanks_as_zero].
    The six groups rest on the same reports. The shares sum to 1 where the outcomes printed sum to the total printed.
    Keywords and what is raised: see ``rate``.
    """
    by_group = {group: terms_of([group]) for group in GROUPS}
    parts = [
        Part(
            {"group": group, "label_en": GROUPS[group][0], "label_zh": GROUPS[group][1]},
            numerator=mine,
            denominator=HANDLED,
            needed=(*terms_of(list(GROUPS)), *HANDLED),
        )
        for group, mine in by_group.items()
    ]
    return shares(parts, cells, by, reports, level, small_below, blank_as_zero)


def reasons(
    cells: Reported,
    *,
    by: By = PER_REPORT,
    group: str | None = None,
    reports: pd.DataFrame | None = None,
    level: float = 0.95,
    small_below: float = 30,
    blank_as_zero: bool = False,
) -> pd.DataFrame:
    """The reasons within refused (不予公开), unable (无法提供), declined (不予处理) and other (其他处理), or within one
    ``group`` of them, in the reports that print every row of that group.

    Columns: by..., group, reason (code of the row), label_en, label_zh, requests (Float64, 件), denominator (Float64,
    the sum of the group's rows), share (of 0 to 1), low, high (Wilson), reports, left_out, small, [blanks_as_zero].
    Reports with the single row other (其他处理) count there; those with its three rows count in these. ``requests``
    is NA for a row that no counted report has. Keywords and what is raised: see ``rate``; UsageError also for an
    unknown group.
    """
    several = [name for name in GROUPS if len(outcomes_in([name])) > 1]
    parts = [
        Part(
            {
                "group": outcome.group,
                "reason": outcome.row,
                "label_en": outcome.label_en,
                "label_zh": outcome.label_zh,
            },
            numerator=((outcome.place, 1),),
            denominator=terms_of([outcome.group]),
            needed=terms_of([outcome.group]),
        )
        for outcome in outcomes_in([group] if group else several)
    ]
    return shares(parts, cells, by, reports, level, small_below, blank_as_zero)


def terms_of(groups: Sequence[str]) -> Terms:
    """The rows of groups of outcomes as a sum."""
    return tuple((outcome.place, 1) for outcome in outcomes_in(groups))


def shares(
    parts: Sequence[Part],
    cells: Reported,
    by: By,
    reports: pd.DataFrame | None,
    level: float,
    small_below: float,
    blank_as_zero: bool,
) -> pd.DataFrame:
    """The parts as counts and shares with Wilson's interval."""
    check_level(level)
    cells, reports = frames_of(cells, reports)
    sums = pooled(parts, cells, by, reports, blank_as_zero)
    return with_rate(sums, "wilson", 1, level, small_below).rename(columns={"numerator": "requests", "rate": "share"})
