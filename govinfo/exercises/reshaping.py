"""Sheet 2, tidy reshaping: long and wide, groups of rows, two forms, joins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from govinfo.exercises.judging import Expected, Table
from govinfo.exercises.shipped import reports, totals, totals_wide, wide
from govinfo.forms import instead_of
from govinfo.metrics.registry import OUTCOMES

STAGES = ["new", "granted", "handled", "carried_out"]
OUTCOME_COLUMNS = ["granted", "partly_granted", "refused", "unable", "not_processed", "other"]


def total_column(source: str) -> Table:
    """2.1: the total column of all tables of requests, long."""
    return Table(totals(), keys=["report_id", "row"])


def one_line_per_report(source: str) -> Table:
    """2.2: some rows side by side."""
    return Table(totals_wide()[STAGES].reset_index(), keys=["report_id"])


def refused(source: str) -> Table:
    """2.3: the rows of refused (不予公开) added up; NA where one is blank."""
    rows = [outcome.row for outcome in OUTCOMES if outcome.group == "refused"]
    return Table(
        added("refused", rows),
        keys=["report_id"],
        slips=[(added("refused", rows[1:]), "The first ground of refusal (国家秘密) is left out.")],
    )


def other_outcomes(source: str) -> Table:
    """2.4: other outcomes (其他处理), printed as one row or as three."""
    ((single, parts),) = instead_of("requests").items()
    three, one = added("other", parts), added("other", [single])
    both = three.assign(other=three["other"].fillna(one["other"]))
    return Table(
        both,
        keys=["report_id"],
        slips=[
            (three, "Reports that print one row of other outcomes (其他处理) are left open."),
            (one, "Reports that print three rows of other outcomes are left open."),
        ],
    )


def by_level(source: str) -> Table:
    """2.5: reports with a table of requests, and requests newly received (本年新收), by level of the agency."""
    joined = totals_wide().reset_index().merge(reports()[["report_id", "level"]], on="report_id")
    groups = joined.groupby("level", dropna=False)
    right = groups.agg(reports=("report_id", "size"), new=("new", "sum")).reset_index()
    handled = groups.agg(new=("handled", "sum")).reset_index()
    everywhere = reports().groupby("level", dropna=False).agg(reports=("report_id", "size")).reset_index()
    return Table(
        right,
        keys=["level"],
        slips=[
            (handled, "These are the requests handled, not those newly received."),
            (everywhere, "Reports without a table of requests are counted too."),
        ],
    )


def outcomes_long(source: str) -> Table:
    """2.6: the outcomes of the teaching table, one line per agency, year and outcome; blanks kept."""
    long = wide().melt(["agency_id", "year"], OUTCOME_COLUMNS, var_name="outcome", value_name="requests")
    return Table(long, keys=["agency_id", "year", "outcome"])


def added(name: str, rows: Sequence[str]) -> pd.DataFrame:
    """The sum of rows by report_id as the column ``name``; NA where one is NA."""
    return totals_wide()[list(rows)].sum(axis=1, skipna=False).rename(name).reset_index()


ANSWERS: Mapping[str, Callable[[str], Expected]] = MappingProxyType(
    {
        "2.1": total_column,
        "2.2": one_line_per_report,
        "2.3": refused,
        "2.4": other_outcomes,
        "2.5": by_level,
        "2.6": outcomes_long,
    }
)
