"""Sheet 4, finding a reporting error: sums that do not hold, and what no sum finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from govinfo.checks import check
from govinfo.datasets import load_findings
from govinfo.exercises.judging import Expected, Names, Number, Table, Word
from govinfo.exercises.shipped import cells, figures_of, invented, totals_wide

WITHIN = ("R1", "R2", "R3", "R4")
"""The rules that hold within one report."""


def differences(source: str) -> Table:
    """4.1: new + carried_in - handled - carried_out of every report, in the total column."""
    totals = totals_wide()

    def frame(difference: pd.Series) -> pd.DataFrame:
        return difference.rename("difference").reset_index()

    came, went = totals["new"] + totals["carried_in"], totals["handled"] + totals["carried_out"]
    return Table(
        frame(came - went),
        keys=["report_id"],
        slips=[
            (frame(totals["new"] - went), "What came over from the year before (上年结转) is left out."),
            (frame(came - totals["handled"]), "What is carried over to the next year (结转下年度) is left out."),
            (frame(totals["new"] - totals["handled"]), "What is carried over, in and out, is left out."),
        ],
    )


def reports_with_failing_sums(source: str) -> Names:
    """4.2: the reports in which a sum within the report fails."""
    findings = load_findings()
    within = findings["rule"].isin(WITHIN)
    failing = findings["status"] == "fail"
    return Names(
        ids(findings[within & failing]),
        slips=[
            (ids(findings[failing]), "Rules across years (R5 to R9) are among them; the question is about R1 to R4."),
            (ids(findings[within & (findings["status"] != "pass")]), UNKNOWN),
            (ids(findings[findings["status"] != "pass"]), f"{UNKNOWN} And rules across years are among them."),
            (ids(findings[within & failing & findings["row"].isna()]), "Sums along a row (R2, R4) can fail as well."),
            (
                ids(findings[within & failing & findings["column"].isna()]),
                "Sums down a column (R1, R3) can fail as well.",
            ),
        ],
    )


UNKNOWN = "A sum with a blank in it is unknown, which is no failure."


def total_that_holds(source: str) -> Number:
    """4.3: the total of reconsiderations (行政复议) with which the printed results add up."""
    row = figures_of(source, "disputes", "reconsideration")
    results = row.drop("total")
    return Number(
        results.sum(),
        slips=[
            (row["total"], "This is what the page prints; with it the sum does not hold."),
            *(
                (results.sum() - results[name], f"The column {name} is left out.")
                for name in results.index[results > 0]
            ),
        ],
    )


def not_rolled_on(source: str) -> Number:
    """4.4: in_force of the year before + issued - repealed, less in_force as printed, of normative documents."""
    now = figures_of(source, "disclosure", "normative_documents")
    before = in_force_the_year_before(source)
    return Number(
        before + now["issued"] - now["repealed"] - now["in_force"],
        slips=[
            (before + now["issued"] - now["in_force"], "What was repealed (废止) is left out."),
            (before - now["repealed"] - now["in_force"], "What was issued (制发) is left out."),
            (before - now["in_force"], "What was issued (制发) and repealed (废止) is left out."),
            (before + now["issued"] - now["repealed"], "This is what should be in force; subtract what is printed."),
        ],
    )


def in_force_the_year_before(source: str) -> float:
    """Normative documents in force (现行有效) as the same agency printed them a year earlier."""
    mine = cells()[(cells()["row"] == "normative_documents") & (cells()["column"] == "in_force")]
    now = mine[mine["source"] == source].iloc[0]
    before = mine[(mine["agency"] == now["agency"]) & (mine["year"] == now["year"] - 1)]
    return float(before["value"].iloc[0])


def invented_reports_with_failing_sums(source: str) -> Names:
    """4.5: the invented reports in which a sum within the report fails."""
    findings = check(invented().cells)
    failing = findings[findings["rule"].isin(WITHIN) & (findings["status"] == "fail")]
    in_total = failing[failing["column"].eq("total").fillna(False)]
    return Names(
        ids(failing),
        slips=[
            (ids(in_total), "Only the total column was looked at: figures of two applicants may have changed places."),
        ],
    )


def wrong_unit(source: str) -> Word:
    """4.6: the invented report that prints its fees (行政事业性收费) in yuan where the form asks for 万元."""
    made = invented()
    amounts = made.cells[(made.cells["row"] == "fees") & (made.cells["column"] == "amount")].dropna(subset="value")
    amounts = amounts.set_index("report_id")
    middle = amounts.groupby("agency")["value"].transform("median")
    times = (amounts["value"] / middle.where(middle > 0)).astype("float64")
    return Word(
        str(times.idxmax()),
        known=ids(made.reports),
        slips=dict.fromkeys(invented_reports_with_failing_sums(source).right, FEES_AS_USUAL),
    )


FEES_AS_USUAL = "This report's sums fail, but its fees are of the size of its other years."


def ids(frame: pd.DataFrame) -> frozenset[str]:
    """The report_ids of a frame."""
    return frozenset(frame["report_id"])


ANSWERS: Mapping[str, Callable[[str], Expected]] = MappingProxyType(
    {
        "4.1": differences,
        "4.2": reports_with_failing_sums,
        "4.3": total_that_holds,
        "4.4": not_rolled_on,
        "4.5": invented_reports_with_failing_sums,
        "4.6": wrong_unit,
    }
)
