"""Sheet 1, reading a report: what its cells print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from govinfo.exercises.judging import Expected, Number, Table, Word
from govinfo.exercises.shipped import cells, figures_of, totals_of
from govinfo.metrics.registry import OUTCOMES


def new_requests(source: str) -> Number:
    """1.1: the total of requests newly received (本年新收)."""
    new, total = figures_of(source, "requests", "new"), totals_of(source)
    return Number(
        new["total"],
        slips=[
            (new["natural_person"], "This counts natural persons (自然人) only."),
            (total["new"] + total["carried_in"], "This counts those carried over from the year before (上年结转) too."),
            (total["handled"], "These are the requests handled (办理结果 总计), not those received."),
        ],
    )


def share_of_natural_persons(source: str) -> Number:
    """1.2: natural persons (自然人) among the requests newly received."""
    new, handled = figures_of(source, "requests", "new"), figures_of(source, "requests", "handled")
    return Number(
        new["natural_person"] / new["total"],
        "share",
        [
            (
                new["natural_person"] / handled["total"],
                "The denominator is what was handled; the question is who asked.",
            ),
            (handled["natural_person"] / handled["total"], "These are the requests handled, not those newly received."),
            (new["natural_person"], "This is a count; divide it by the total."),
            (new["business"] / new["total"], "This is the share of businesses (商业企业)."),
        ],
    )


def most_frequent_reason(source: str) -> Word:
    """1.3: the row with the highest count among those by which nothing was given."""
    total = totals_of(source)
    reasons = [outcome.row for outcome in OUTCOMES if outcome.group not in ("granted", "partial")]
    counts = total.reindex(reasons)
    second = str(counts.drop(counts.idxmax()).idxmax())
    return Word(
        str(counts.idxmax()),
        known=list(total.index),
        slips={
            "handled": "This row is the total of all outcomes, not one of them.",
            "new": "This row counts requests received, not outcomes.",
            "granted": "By this outcome the applicant did get the information.",
            "partial": "By this outcome the applicant got a part of the information.",
            second: "This row is frequent, but another one has more: look at every row down to handled.",
        },
    )


def reconsiderations(source: str) -> Number:
    """1.4: the total of administrative reconsiderations (行政复议); NA where the page leaves it blank."""
    lawsuits = sum(figures_of(source, "disputes", row)["total"] for row in ("litigation_direct", "litigation_after"))
    return Number(
        figures_of(source, "disputes", "reconsideration")["total"],
        slips=[(lawsuits, "These are the lawsuits (行政诉讼); the question is about reconsiderations (行政复议).")],
    )


def doubtful_cells(source: str) -> Table:
    """1.5: the cells that carry a doubt."""
    mine = cells()[cells()["source"] == source]
    return Table(
        mine.loc[mine["doubts"] != "", ["table", "row", "column", "doubts"]], keys=["table", "row", "column", "doubts"]
    )


def procurement_in_yuan(source: str) -> Number:
    """1.6: procurement (政府集中采购) in yuan; the frame holds 10,000 yuan (万元)."""
    amount = figures_of(source, "disclosure", "procurement")["amount"]
    return Number(
        amount * 10_000,
        slips=[
            (amount, "This is in 万元, as the column unit says."),
            (amount * 1_000, "万 is ten thousand, not a thousand."),
            (amount * 1_000_000, "万 is ten thousand, not a million."),
        ],
    )


ANSWERS: Mapping[str, Callable[[str], Expected]] = MappingProxyType(
    {
        "1.1": new_requests,
        "1.2": share_of_natural_persons,
        "1.3": most_frequent_reason,
        "1.4": reconsiderations,
        "1.5": doubtful_cells,
        "1.6": procurement_in_yuan,
    }
)
