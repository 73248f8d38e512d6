"""Rates, pooled (a ratio of sums) and as a mean of agencies. What each rate is stands in ``registry.METRICS``.

Every rate takes the cells frame and the keywords of ``rate``. Pooled, an agency weighs as many requests as it has;
in ``mean_rate`` every agency weighs the same. The two answer different questions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict, Unpack

import numpy as np
import pandas as pd

from govinfo.metrics.figures import AGENCY, PER_REPORT, By, Reported, add_up, frames_of, grouped, marked, pooled
from govinfo.metrics.intervals import INTERVALS, check_level, mean_interval
from govinfo.metrics.registry import metric_named


class Options(TypedDict, total=False):
    """The keywords of every rate, described in ``rate``."""

    by: By
    reports: pd.DataFrame | None
    level: float
    small_below: float
    blank_as_zero: bool


def rate(
    name: str,
    cells: Reported,
    *,
    by: By = PER_REPORT,
    reports: pd.DataFrame | None = None,
    level: float = 0.95,
    small_below: float = 30,
    blank_as_zero: bool = False,
) -> pd.DataFrame:
    """The rate of that name, pooled: the sum of the numerators over the sum of the denominators of each group.

    ``cells``: a cells frame, or a corpus. ``by``: columns to group by, () for one row; any column of ``reports`` (the
    reports frame), or without it report_id, agency, year, form or source. ``level``: of the interval. ``small_below``:
    a rate over a smaller denominator is marked. ``blank_as_zero``: takes blanks and dashes as 0 unless a sum of the
    form then fails.

    Columns: by..., [route of disputes], numerator, denominator (Float64, counts as printed), rate (Float64, a share
    of 0 to 1 or per 100 handled), low, high (Float64, its interval), reports (Int64, that count), left_out (Int64,
    reports of which a term is blank, unreadable or not in the form), small (boolean), [blanks_as_zero (Int64, cells)].
    A rate over a denominator of 0 is NA. A share over 1, which a report that contradicts itself can give, is kept
    and has no interval. Sorted by ``by``.

    Raises UsageError for an unknown name or column, and where two reports of one agency on one year would be added up.
    """
    metric = metric_named(name)
    check_level(level)
    cells, reports = frames_of(cells, reports)
    sums = pooled(metric.parts, cells, by, reports, blank_as_zero)
    return with_rate(sums, metric.interval, metric.per, level, small_below)


def with_rate(sums: pd.DataFrame, interval: str, per: int, level: float, small_below: float) -> pd.DataFrame:
    """Sums as ``pooled`` gives them, with rate, low, high behind the denominator and small behind left_out."""
    numerator = sums["numerator"].to_numpy(dtype="float64", na_value=np.nan)
    denominator = sums["denominator"].to_numpy(dtype="float64", na_value=np.nan)
    low, high = INTERVALS[interval](numerator, denominator / per, level)
    result = sums.assign(
        rate=quotient(sums) * per,
        low=pd.Series(low, index=sums.index, dtype="Float64"),
        high=pd.Series(high, index=sums.index, dtype="Float64"),
        small=sums["denominator"] < small_below,
    )
    columns = list(sums.columns)
    before, after = columns.index("denominator") + 1, columns.index("left_out") + 1
    return result[[*columns[:before], "rate", "low", "high", *columns[before:after], "small", *columns[after:]]]


def quotient(sums: pd.DataFrame) -> pd.Series:
    """numerator / denominator as Float64; NA unless the denominator is over 0."""
    denominator = sums["denominator"]
    return (sums["numerator"] / denominator.where(denominator > 0)).astype("Float64")


def mean_rate(
    name: str,
    cells: Reported,
    *,
    by: By = ("year",),
    reports: pd.DataFrame | None = None,
    level: float = 0.95,
    small_below: float = 30,
    blank_as_zero: bool = False,
) -> pd.DataFrame:
    """The mean of the agencies' rates, every agency weighing the same; ``rate`` is the pooled one.

    Within each group the reports of an agency are pooled first (an agency is an agency_id where ``reports`` knows it,
    else a name). The keywords are those of ``rate``.

    Columns: by..., [route], mean_rate (Float64), sd (Float64, of the agencies' rates), low, high (Float64, Student's
    interval of the mean, NA for one agency; it may reach beyond 0 and 1), agencies (Int64, in the mean),
    agencies_left_out (Int64: a term is missing in all their reports, or the denominator is 0), reports (Int64, of the
    agencies in the mean), left_out (Int64, all other reports), small_agencies (Int64: agencies in the mean
    with a denominator under ``small_below``), [blanks_as_zero]. Raises what ``rate`` raises.
    """
    metric = metric_named(name)
    check_level(level)
    cells, reports = frames_of(cells, reports)
    columns = [by] if isinstance(by, str) else list(by)
    sums = pooled(metric.parts, cells, [*columns, AGENCY], reports, blank_as_zero)
    each = with_rate(sums, metric.interval, metric.per, level, small_below)
    has = each["rate"].notna()
    lines = each.assign(
        agencies=has.astype("Int64"),
        agencies_left_out=(~has).astype("Int64"),
        small_agencies=(has & each["small"].fillna(False)).astype("Int64"),
        left_out=each["left_out"] + each["reports"].where(~has, 0),
        reports=each["reports"].where(has, 0),
    )
    keys = [*columns, *metric.parts[0].names]
    counts = ["agencies", "agencies_left_out", "reports", "left_out", "small_agencies"]
    counts += ["blanks_as_zero"] if blank_as_zero else []
    groups = grouped(lines, columns, keys)
    counted = add_up(groups, [], counts)
    means = pd.concat([counted[keys], spread((group for _, group in groups), level), counted[counts]], axis=1)
    return marked(means, groups)


def spread(groups: Iterable[pd.DataFrame], level: float) -> pd.DataFrame:
    """Of the rates of each group: mean_rate, sd, low, high. NA rates do not count."""
    present = [group["rate"].dropna() for group in groups]
    bounds = [mean_interval(group, level) for group in present]
    return pd.DataFrame(
        {
            "mean_rate": [group.mean() for group in present],
            "sd": [group.std() for group in present],
            "low": [low for low, _ in bounds],
            "high": [high for _, high in bounds],
        },
        dtype="Float64",
    )


def disclosure_rate(cells: Reported, **options: Unpack[Options]) -> pd.DataFrame:
    """Granted in full or in part (予以公开, 部分公开) per request handled (本年度办理结果 总计). See ``rate``."""
    return rate("disclosure_rate", cells, **options)


def refusal_rate(cells: Reported, **options: Unpack[Options]) -> pd.DataFrame:
    """The eight kinds of refusal (不予公开) per request handled (本年度办理结果 总计). See ``rate``."""
    return rate("refusal_rate", cells, **options)


def not_held_rate(cells: Reported, **options: Unpack[Options]) -> pd.DataFrame:
    """Information not held (本机关不掌握相关政府信息) per request handled (本年度办理结果 总计). See ``rate``."""
    return rate("not_held_rate", cells, **options)


def unable_rate(cells: Reported, **options: Unpack[Options]) -> pd.DataFrame:
    """The three kinds of being unable to provide (无法提供) per request handled (本年度办理结果 总计). See ``rate``."""
    return rate("unable_rate", cells, **options)


def declined_rate(cells: Reported, **options: Unpack[Options]) -> pd.DataFrame:
    """The five kinds of not processing (不予处理) per request handled (本年度办理结果 总计). See ``rate``."""
    return rate("declined_rate", cells, **options)


def other_rate(cells: Reported, **options: Unpack[Options]) -> pd.DataFrame:
    """Other outcomes (其他处理), one row or three, per request handled (本年度办理结果 总计). See ``rate``."""
    return rate("other_rate", cells, **options)


def backlog_rate(cells: Reported, **options: Unpack[Options]) -> pd.DataFrame:
    """Carried over to the next year (结转下年度继续办理) per request handled (总计) or carried over. See ``rate``."""
    return rate("backlog_rate", cells, **options)


def reconsideration_rate(cells: Reported, **options: Unpack[Options]) -> pd.DataFrame:
    """Administrative reconsiderations (行政复议 总计) per 100 requests handled (本年度办理结果 总计). See ``rate``.

    Cases of a year need not concern requests of that year; the value may be over 100. Exact Poisson interval.
    """
    return rate("reconsideration_rate", cells, **options)


def litigation_rate(cells: Reported, **options: Unpack[Options]) -> pd.DataFrame:
    """Lawsuits (未经复议直接起诉 and 复议后起诉, 总计) per 100 requests handled (本年度办理结果 总计). See ``rate``.

    Cases of a year need not concern requests of that year; the value may be over 100. Exact Poisson interval.
    """
    return rate("litigation_rate", cells, **options)


def correction_rate(cells: Reported, **options: Unpack[Options]) -> pd.DataFrame:
    """Results corrected (结果纠正) per dispute concluded (总计 - 尚未审结), one line for each route. See ``rate``.

    ``route`` is reconsideration (行政复议), litigation_direct (未经复议直接起诉) or litigation_after (复议后起诉).
    """
    return rate("correction_rate", cells, **options)
