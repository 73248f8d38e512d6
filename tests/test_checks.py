from __future__ import annotations

import pandas as pd
import pytest

from govinfo import check
from govinfo.form import column_order, row_order
from govinfo.report import CELLS, frame


def report(rows: dict[str, list[float | None]], flags: dict[str, str] | None = None) -> pd.DataFrame:
    people = column_order("requests")
    records = [
        {"table": "requests", "row": row, "column": column, "value": value, "flags": (flags or {}).get(row, "")}
        for row, values in rows.items()
        for column, value in zip(people, values, strict=True)
    ]
    return frame(records, CELLS, report_id="r", agency="青榆县", year=2022, form="2021")


def status(findings: pd.DataFrame, rule: str, place: str) -> str:
    mine = findings[(findings["rule"] == rule) & ((findings["row"] == place) | (findings["column"] == place))]
    assert len(mine) == 1
    return str(mine["status"].iloc[0])


def test_a_row_that_sums_up_passes_and_one_that_does_not_fails() -> None:
    findings = check(report({"new": [2, 1, 0, 0, 0, 0, 3], "granted": [1, 1, 0, 0, 0, 0, 3]}))
    assert status(findings, "R2", "new") == "pass"
    assert status(findings, "R2", "granted") == "fail"
    failing = findings[findings["status"] == "fail"].iloc[0]
    assert (failing["left"], failing["right"], failing["difference"]) == (2, 3, -1)
    assert failing["message"] == "R2 granted: natural_person 1 + business 1 = 2 but total 3 = 3"


def test_a_blank_term_leaves_an_identity_unknown_not_failed() -> None:
    findings = check(report({"new": [2, None, 0, 0, 0, 0, 3]}))
    assert status(findings, "R2", "new") == "unknown"
    assert findings.loc[findings["status"] == "unknown", ["left", "right", "difference"]].isna().all(axis=None)
    assert "no figure for business" in findings.loc[findings["rule"] == "R2", "message"].iloc[0]


def test_the_single_row_of_other_outcomes_stands_for_the_three_of_2021() -> None:
    outcomes = dict.fromkeys(row_order("requests")[2:20], [0.0] * 7)
    two = [2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0]
    missing = dict.fromkeys(("other_uncorrected", "other_fee_unpaid", "other_misc"), [None] * 7)
    findings = check(
        report({**outcomes, "other": two, **missing, "handled": two}, dict.fromkeys(missing, "row-missing"))
    )
    assert set(findings.loc[findings["rule"] == "R3", "status"]) == {"pass"}


def test_carry_over_is_checked_in_each_column() -> None:
    rows = {"new": [2.0] * 7, "carried_in": [1.0] * 7, "handled": [3.0] * 7, "carried_out": [0.0] * 6 + [1.0]}
    findings = check(report(rows))
    assert status(findings, "R1", "natural_person") == "pass"
    assert status(findings, "R1", "total") == "fail"


def test_nothing_is_edited() -> None:
    cells = report({"new": [2, 1, 0, 0, 0, 0, 9]})
    before = cells.copy()
    check(cells)
    pd.testing.assert_frame_equal(cells, before)


@pytest.mark.parametrize("rule", ["R1", "R2", "R3", "R4"])
def test_rules_are_data(rule: str) -> None:
    from govinfo.form import identities

    assert any(identity.rule == rule and sum(weight < 0 for _, weight in identity.terms) for identity in identities())
