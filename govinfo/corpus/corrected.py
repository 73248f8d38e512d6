"""A corpus in which the decisions of persons count: its cells, and all that depends on them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from govinfo.checks import check
from govinfo.corpus.duplicates import counted
from govinfo.corrections import PLACE, corrected_cells
from govinfo.forms import in_doubt
from govinfo.report import suggestions_of


def corrected(
    cells: pd.DataFrame,
    reports: pd.DataFrame,
    findings: pd.DataFrame,
    statements: pd.DataFrame,
    declared: pd.DataFrame | str | Path,
) -> dict[str, pd.DataFrame]:
    """The frames with ``corrected_cells``; findings, suggestions and counts of the reports that this touches are made
    anew, all others stay."""
    before, cells = cells, corrected_cells(cells, declared)
    touched = cells.loc[differs(cells, before), "report_id"].unique()
    cells = cells.assign(suggested=suggested_anew(cells, touched))
    findings = findings_anew(cells, reports, findings, statements, set(touched))
    return {"cells": cells, "reports": counted_anew(reports, cells, findings), "findings": findings}


def differs(cells: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """True for cells whose value or doubts are not those of before."""
    same = (cells["value"] == before["value"]).fillna(False) | (cells["value"].isna() & before["value"].isna())
    return ~same.astype("bool") | (cells["doubts"] != before["doubts"])


def suggested_anew(cells: pd.DataFrame, touched: Iterable[str]) -> pd.Series:
    """What the sums prove now, made anew for the cells of some reports."""
    found = cells["suggested"].copy()
    for report_id in touched:
        at = np.flatnonzero(cells["report_id"] == report_id)
        proven = suggestions_of(cells.iloc[at]).set_index(list(PLACE))["suggested"]
        places = pd.MultiIndex.from_frame(cells.iloc[at][list(PLACE)])
        found.iloc[at] = proven.reindex(places).astype("Float64").to_numpy(dtype=object)
    return found


def findings_anew(
    cells: pd.DataFrame, reports: pd.DataFrame, findings: pd.DataFrame, statements: pd.DataFrame, touched: set[str]
) -> pd.DataFrame:
    """The findings, those of the agencies of touched reports made anew: a sum across years looks at several."""
    own = reports["agency_id"].fillna("").mask(reports["agency_id"] == reports["report_id"], "")
    ids = dict(zip(reports["report_id"], own, strict=True))
    agencies = {ids[one] for one in touched} - {""}
    again = {one for one, agency in ids.items() if one in touched or agency in agencies}
    made = check(
        cells[cells["report_id"].isin(again)],
        duplicates=set(reports["report_id"]) - set(counted(reports)["report_id"]),
        agency_ids=ids,
        statements=statements[statements["report_id"].isin(again)],
    )
    kept = findings[~findings["report_id"].isin(again)]
    order = {report_id: at for at, report_id in enumerate(reports["report_id"])}
    found = pd.concat([kept, made])
    return found.iloc[found["report_id"].map(order).argsort(kind="stable")].reset_index(drop=True)


def counted_anew(reports: pd.DataFrame, cells: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The reports with their doubtful cells and failing findings counted."""
    doubtful = in_doubt(cells["doubts"]).groupby(cells["report_id"]).sum()
    failing = (findings["status"] == "fail").groupby(findings["report_id"]).sum()
    return reports.assign(
        doubtful=reports["report_id"].map(doubtful).fillna(0).astype("Int64"),
        findings=reports["report_id"].map(failing).fillna(0).astype("Int64"),
    )
