"""What the exercises are asked about: the shipped reports, and invented ones with defects."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import pandas as pd

from govinfo.datasets import load_cells, load_reports, load_requests_wide
from govinfo.synthetic import Synthetic, synthetic

DEFECTS: Mapping[str, float] = MappingProxyType({"total_zero": 2, "swapped_applicants": 2, "wrong_unit": 1})
"""What is wrong in the invented reports, by the names of ``govinfo.synthetic.known_defects``, in how many."""


@cache
def cells() -> pd.DataFrame:
    """The shipped cells."""
    return load_cells()


@cache
def reports() -> pd.DataFrame:
    """The shipped reports."""
    return load_reports()


@cache
def wide() -> pd.DataFrame:
    """The shipped teaching table of requests."""
    return load_requests_wide()


@cache
def invented() -> Synthetic:
    """Reports of invented agencies with defects; no evidence about any government."""
    return synthetic(agencies=8, years=(2019, 2024), seed=7, defects=DEFECTS)


def cells_of(source: str, table: str) -> pd.DataFrame:
    """The cells of one table of the report of that file."""
    return cells()[(cells()["source"] == source) & (cells()["table"] == table)]


def figures_of(source: str, table: str, row: str) -> pd.Series:
    """The figures of one row of a report by column, NaN where the page prints none."""
    mine = cells_of(source, table)
    return mine[mine["row"] == row].set_index("column")["value"].astype("float64")


def totals_of(source: str) -> pd.Series:
    """The total column of the requests of a report by row."""
    mine = cells_of(source, "requests")
    return mine[mine["column"] == "total"].set_index("row")["value"].astype("float64")


def totals() -> pd.DataFrame:
    """The total column of the requests of all reports: report_id, row, value."""
    mine = cells()[(cells()["table"] == "requests") & (cells()["column"] == "total")]
    return mine[["report_id", "row", "value"]].reset_index(drop=True)


def totals_wide() -> pd.DataFrame:
    """``totals`` with one line per report_id and one column per row."""
    return totals().pivot(index="report_id", columns="row", values="value")
