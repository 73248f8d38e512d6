"""Sheet 3, rates and denominators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from govinfo import metrics
from govinfo.exercises.judging import Expected, Number, Table
from govinfo.exercises.shipped import cells, figures_of, reports, totals_of, wide

DENOMINATOR_TOO_WIDE = "The denominator counts a report of which the numerator is not known."
PARTIAL_LEFT_OUT = "What was granted in part (部分公开) is left out."
OVER_NEW = "The denominator is what was newly received (本年新收), not what was handled (办理结果 总计)."


def one_disclosure_rate(source: str) -> Number:
    """3.1: granted in full or in part per request handled, of one report."""
    total = totals_of(source)
    given = total["granted"] + total["partial"]
    return Number(
        given / total["handled"],
        "share",
        [
            (given / total["new"], OVER_NEW),
            (total["granted"] / total["handled"], PARTIAL_LEFT_OUT),
            (total["granted"] / total["new"], f"{PARTIAL_LEFT_OUT} {OVER_NEW}"),
            (given, "This is a count; divide it by what was handled."),
        ],
    )


def all_disclosure_rates(source: str) -> Table:
    """3.2: the same of every line of the teaching table; NA where a term is NA or nothing was handled."""
    table = wide().astype({"requests_handled": "Float64", "requests_new": "Float64"})
    given = table["granted"] + table["partly_granted"]
    handled = table["requests_handled"].where(table["requests_handled"] > 0)

    def rate(numerator: pd.Series, denominator: pd.Series) -> pd.DataFrame:
        return table[["agency_id", "year"]].assign(rate=numerator / denominator)

    return Table(
        rate(given, handled),
        keys=["agency_id", "year"],
        unit="share",
        slips=[
            (rate(given, table["requests_new"]), OVER_NEW),
            (rate(table["granted"], handled), PARTIAL_LEFT_OUT),
            (rate(table["granted"], table["requests_new"]), f"{PARTIAL_LEFT_OUT} {OVER_NEW}"),
        ],
    )


def backlog(source: str) -> Number:
    """3.3: carried over to the next year, per request handled or carried over, of one report."""
    total = totals_of(source)
    out = total["carried_out"]
    return Number(
        out / (total["handled"] + out),
        "share",
        [
            (
                out / total["handled"],
                "Those carried over are not in the denominator; they too could have been decided.",
            ),
            (out / total["new"], "The denominator forgets those that came over from the year before (上年结转)."),
            (total["carried_in"] / (total["handled"] + out), "This is what came in from the year before (上年结转)."),
            (out, "This is a count; divide it by what could have been decided."),
        ],
    )


def refusal_pooled(source: str) -> Number:
    """3.4: the refusal rate of all reports taken together, from those that print every term."""
    table = wide().dropna(subset=["refused", "requests_handled"])
    refused, handled = table["refused"].sum(), table["requests_handled"].sum()
    return Number(
        float(refused / handled),
        "share",
        [
            (refused / wide()["requests_handled"].sum(), DENOMINATOR_TOO_WIDE),
            (refused / wide()["requests_new"].sum(), f"{OVER_NEW} {DENOMINATOR_TOO_WIDE}"),
            (mean_of_reports(), "This is the mean of the reports' rates; the question is about all requests together."),
            (
                mean_of_agencies(),
                "This is the mean of the agencies' rates; the question is about all requests together.",
            ),
        ],
    )


def refusal_mean(source: str) -> Number:
    """3.5: the mean of the agencies' refusal rates, the years of an agency pooled."""
    return Number(
        mean_of_agencies(),
        "share",
        [
            (
                mean_of_reports(),
                "Here every report weighs the same: an agency with several years counts several times.",
            ),
            (refusal_pooled(source).right, "Here every request weighs the same; the question is about agencies."),
        ],
    )


def mean_of_agencies() -> float:
    """The mean of the agencies' refusal rates."""
    return float(metrics.mean_rate("refusal_rate", cells(), by=(), reports=reports())["mean_rate"].iloc[0])


def mean_of_reports() -> float:
    """The mean of the reports' refusal rates."""
    return float(metrics.refusal_rate(cells())["rate"].mean())


def upper_end(source: str) -> Number:
    """3.6: the upper end of Wilson's interval of a refusal rate over few requests."""
    rate = metrics.refusal_rate(cells()[cells()["source"] == source]).iloc[0]
    share = rate["rate"]
    normal = share + 1.96 * (share * (1 - share) / rate["denominator"]) ** 0.5
    return Number(
        float(rate["high"]),
        "share",
        [
            (float(normal), "This is the rate itself, or the interval of the normal distribution: take Wilson's."),
        ],
    )


def lawsuits(source: str) -> Number:
    """3.7: lawsuits per 100 requests handled, of one report."""
    direct, after = (figures_of(source, "disputes", row)["total"] for row in ("litigation_direct", "litigation_after"))
    handled = totals_of(source)["handled"]
    return Number(
        (direct + after) / handled * 100,
        "per 100",
        [
            (direct / handled * 100, "Lawsuits after reconsideration (复议后起诉) are left out."),
            (after / handled * 100, "Lawsuits without reconsideration (未经复议直接起诉) are left out."),
            (direct + after, "This is a count; how many is it per 100 requests handled?"),
        ],
    )


ANSWERS: Mapping[str, Callable[[str], Expected]] = MappingProxyType(
    {
        "3.1": one_disclosure_rate,
        "3.2": all_disclosure_rates,
        "3.3": backlog,
        "3.4": refusal_pooled,
        "3.5": refusal_mean,
        "3.6": upper_end,
        "3.7": lawsuits,
    }
)
