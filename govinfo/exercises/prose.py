"""Sheet 6, what the words say: counts in prose, prose against tables, two years."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from govinfo.datasets import load_findings, load_statements
from govinfo.exercises.judging import Expected, Names, Number, Table
from govinfo.exercises.shipped import cells_of, figures_of, reports

PROSE_RULE = "R8"


def stated_in(source: str, subject: str) -> float:
    """The count of a subject that the prose of the report of that file states."""
    statements = load_statements()
    report = reports().loc[reports()["source"] == source, "report_id"].iloc[0]
    mine = statements[(statements["report_id"] == report) & (statements["subject"] == subject)]
    return float(mine["value"].iloc[0])


def letters_stated(source: str) -> Number:
    """6.1: the requests by letter (信函申请) that the prose states."""
    return Number(
        stated_in(source, "requests_new.letter"),
        slips=[
            (stated_in(source, "requests_new.online"), "These are the requests made online (网络申请)."),
            (stated_in(source, "requests_new"), "These are all requests received, however they were made."),
        ],
    )


def subjects_stated(source: str) -> Table:
    """6.2: how many reports state each subject."""
    statements = load_statements()
    by_subject = statements.groupby("subject")
    return Table(
        by_subject["report_id"].nunique().rename("reports").reset_index(),
        keys=["subject"],
        slips=[(by_subject["value"].sum().rename("reports").reset_index(), "These are sums of what is counted.")],
    )


def reports_that_disagree(source: str) -> Names:
    """6.3: the reports whose prose disagrees with a table."""
    findings = load_findings()
    prose, fails = findings["rule"] == PROSE_RULE, findings["status"] == "fail"

    def ids(frame: pd.DataFrame) -> frozenset[str]:
        return frozenset(frame["report_id"])

    return Names(
        ids(findings[prose & fails]),
        slips=[
            (ids(findings[fails]), "Sums that fail are among them; the question is about prose (R8) alone."),
            (ids(findings[prose]), "These are all reports that state something a table has too."),
        ],
    )


def granted_beyond_the_words(source: str) -> Number:
    """6.4: granted and partly granted as the applicants' columns add up, less what the prose states."""
    stated = stated_in(source, "granted_or_partial")
    printed = {row: figures_of(source, "requests", row).drop("total").sum() for row in ("granted", "partial")}
    both = sum(printed.values())
    return Number(
        both - stated,
        slips=[
            (printed["granted"] - stated, "What was partly granted (部分公开) is left out."),
            (-stated, "The total column is blank here, and a blank is not zero: add up the applicants."),
            (both, "This is what the table has; subtract what the words say."),
        ],
    )


def growth_in_the_tables(source: str) -> Number:
    """6.5: the change of requests received from the report of that file to the agency's next one, in percent."""
    before = received_in(source)
    after = received_in(next_report(source))
    in_words = stated_in(source, "requests_new")
    return Number(
        (after - before) / before * 100,
        unit="per 100",
        slips=[
            (
                (after - in_words) / in_words * 100,
                "This starts from the words, which count what was carried in as well.",
            ),
            ((after - before) / after * 100, "The base is the later year; a change is told from the earlier one."),
            (after - before, "This is the difference; divide it by the earlier figure."),
        ],
    )


def received_in(source: str) -> float:
    """Requests newly received, in total."""
    mine = cells_of(source, "requests")
    return float(mine.loc[(mine["row"] == "new") & (mine["column"] == "total"), "value"].iloc[0])


def next_report(source: str) -> str:
    """The file of the same agency's report on the year after."""
    mine = reports().set_index("source")
    now = mine.loc[source]
    following = mine[(mine["agency_id"] == now["agency_id"]) & (mine["year"] == now["year"] + 1)]
    return str(following.index[0])


ANSWERS: Mapping[str, Callable[[str], Expected]] = MappingProxyType(
    {
        "6.1": letters_stated,
        "6.2": subjects_stated,
        "6.3": reports_that_disagree,
        "6.4": granted_beyond_the_words,
        "6.5": growth_in_the_tables,
    }
)
