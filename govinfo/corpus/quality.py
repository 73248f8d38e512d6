"""The data-quality sheet of a corpus: how well each report was filled in, and how well it was read."""

from __future__ import annotations

import pandas as pd

from govinfo.corpus.invented import holds_invented
from govinfo.forms import in_doubt, rules

KINDS = ("reported", "blank", "dash", "unreadable")


def quality(cells: pd.DataFrame, reports: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """One row per report of the reports frame, in its order.

    Columns: report_id, agency, agency_id, form (string), year, cells, then cells by kind (reported, blank, dash,
    unreadable), doubtful, suggested, the findings that fail by rule (R1, R2, ...), unknown (findings that cannot be
    checked); all counts Int64. Where a report is of an invented agency, ``synthetic`` (boolean) says which.
    """
    by_report = cells.groupby("report_id", sort=False)
    counts = pd.DataFrame(
        {
            "cells": by_report.size(),
            **{kind: (cells["kind"] == kind).groupby(cells["report_id"]).sum() for kind in KINDS},
            "doubtful": in_doubt(cells["doubts"]).groupby(cells["report_id"]).sum(),
            "suggested": cells["suggested"].notna().groupby(cells["report_id"]).sum(),
            **{
                rule: ((findings["rule"] == rule) & (findings["status"] == "fail")).groupby(findings["report_id"]).sum()
                for rule in rules()
            },
            "unknown": (findings["status"] == "unknown").groupby(findings["report_id"]).sum(),
        }
    )
    mark = ["synthetic"] if holds_invented(reports) else []
    sheet = reports[["report_id", "agency", "agency_id", "year", "form", *mark]].merge(
        counts.rename_axis("report_id").reset_index(), on="report_id", how="left"
    )
    numbers = list(counts.columns)
    return sheet.astype(dict.fromkeys(numbers, "Int64")).fillna(dict.fromkeys(numbers, 0))
