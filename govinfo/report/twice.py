"""A report held against a second reading of its file, as in double data entry: where the two differ, a doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from govinfo.checks import check
from govinfo.report.report import AGAIN, Report

PLACE = ["table", "row", "column"]


def is_in_doubt(report: Report) -> bool:
    """True for a report from the text of a PDF with a cell that is open, or a sum that fails. To recognise a picture
    again takes too long to do unasked."""
    if report.reader != "pdf":
        return False
    return bool((report.cells["kind"] == "unreadable").any() or (check(report.cells)["status"] == "fail").any())


def held_against(report: Report, again: Report | None, reader: str) -> Report:
    """A report with the doubt readers-differ on every figure that a second reading has otherwise or not at all.

    ``again`` is None where the second reader found no report in the file: the doubt is then one on the report.
    """
    if again is None:
        return replace(report, second_reader=reader, doubts=(*report.doubts, "readers-differ"))
    other = again.cells[[*PLACE, "value", "kind", "raw"]]
    both = report.cells[[*PLACE, "value"]].merge(other, on=PLACE, how="left", suffixes=("", "_again"))
    same = (both["value"] == both["value_again"]).fillna(False) | (both["value"].isna() & both["value_again"].isna())
    differ = ~same.to_numpy(dtype=bool)
    seen = both.loc[differ].drop(columns="value").rename(columns={"value_again": "value"})
    return replace(
        report, cells=marked(report.cells, differ), again=seen.astype(AGAIN)[list(AGAIN)], second_reader=reader
    )


def marked(cells: pd.DataFrame, differ: Iterable[bool]) -> pd.DataFrame:
    """The cells with the doubt readers-differ where readers differ."""
    doubts = [
        ";".join([*filter(None, [doubt]), "readers-differ"]) if other else doubt
        for doubt, other in zip(cells["doubts"], differ, strict=True)
    ]
    return cells.assign(doubts=pd.array(doubts, dtype="string"))
