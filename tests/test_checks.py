from __future__ import annotations

import pandas as pd
import pytest

from govinfo import check
from govinfo.forms import column_order, identities, identities_across_years, row_order, rules
from govinfo.tables.records import CELLS, frame


def report(rows: dict[str, list[float | None]], doubts: dict[str, str] | None = None) -> pd.DataFrame:
    people = column_order("requests")
    records = [
        {"table": "requests", "row": row, "column": column, "value": value, "doubts": (doubts or {}).get(row, "")}
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
    assert failing["message"] == "R2 granted: natural_person 1 + business 1 = 2, but total 3"
    assert failing["message_zh"] == "R2 予以公开：自然人 1 + 商业企业 1 = 2，但总计 3"
    assert failing["severity"] == "error"


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
    assert any(identity.rule == rule and sum(weight < 0 for _, weight in identity.terms) for identity in identities())


# Across years


def year(
    number: int, cells: dict[tuple[str, str, str], float | None], form: str = "2021", agency: str = "青榆县"
) -> pd.DataFrame:
    records = [
        {"table": table, "row": row, "column": column, "value": value, "unit": "件", "doubts": ""}
        for (table, row, column), value in cells.items()
    ]
    return frame(records, CELLS, report_id=f"{agency}-{number}", agency=agency, year=number, form=form)


def across(*reports: pd.DataFrame) -> pd.DataFrame:
    findings = check(pd.concat(reports, ignore_index=True))
    return findings[findings["rule"].isin(["R5", "R6", "R7", "R9"])]


def requests(carried_in: float | None, carried_out: float | None) -> dict[tuple[str, str, str], float | None]:
    return {("requests", "carried_in", "total"): carried_in, ("requests", "carried_out", "total"): carried_out}


def test_what_one_year_carries_over_the_next_carries_in() -> None:
    findings = across(year(2021, requests(0, 5)), year(2022, requests(5, 3)), year(2023, requests(4, 0)))
    assert findings[["year", "rule", "column", "status"]].to_numpy().tolist() == [
        [2022, "R5", "total", "pass"],
        [2023, "R5", "total", "fail"],
    ]
    failing = findings.iloc[1]
    assert failing["message"] == "R5 total: carried_out of 2022 3, but carried_in of 2023 4"
    assert failing["message_zh"] == "R5 总计：2022年结转下年度继续办理 3，但2023年上年结转政府信息公开申请数量 4"


def test_a_year_without_a_report_before_it_is_not_looked_at() -> None:
    assert across(year(2021, requests(0, 5)), year(2023, requests(9, 0))).empty


def test_a_blank_or_two_reports_of_a_year_that_disagree_leave_it_unknown() -> None:
    blank = across(year(2021, requests(0, None)), year(2022, requests(5, 3)))
    assert blank["status"].tolist() == ["unknown"]
    other = year(2021, requests(0, 6)).assign(report_id="again")
    assert across(year(2021, requests(0, 5)), other, year(2022, requests(5, 3)))["status"].tolist() == ["unknown"]
    same = year(2021, requests(0, 5)).assign(report_id="again")
    assert across(year(2021, requests(0, 5)), same, year(2022, requests(5, 3)))["status"].tolist() == ["pass"]


def test_reports_of_one_agency_under_two_names_are_one_series() -> None:
    early = year(2021, requests(0, 5), agency="洪泽区人民政府")
    assert across(early, year(2022, requests(5, 3), agency="淮安市洪泽区人民政府"))["status"].tolist() == ["pass"]
    assert across(early, year(2022, requests(5, 3), agency="洪泽区人民政府办公室")).empty


def test_a_name_that_fits_several_agencies_is_no_series() -> None:
    assert across(year(2021, requests(0, 5), agency="鼓楼区"), year(2022, requests(9, 3), agency="鼓楼区")).empty


def documents(issued: float, repealed: float, in_force: float) -> dict[tuple[str, str, str], float | None]:
    named = {"issued": issued, "repealed": repealed, "in_force": in_force}
    return {("disclosure", "normative_documents", column): value for column, value in named.items()}


def test_documents_in_force_roll_forward_or_warn() -> None:
    findings = across(year(2021, documents(9, 0, 40)), year(2022, documents(5, 2, 43)), year(2023, documents(1, 0, 50)))
    assert findings[["status", "severity", "row", "difference"]].to_numpy().tolist() == [
        ["pass", "warning", "normative_documents", 0],
        ["fail", "warning", "normative_documents", 43 + 1 - 50],
    ]


def test_items_of_2019_and_their_change_are_those_of_the_next_year() -> None:
    def items(previous: float, change: float) -> dict[tuple[str, str, str], float | None]:
        row = ("disclosure", "licensing")
        return {(*row, "items_previous"): previous, (*row, "items_change"): change}

    findings = across(year(2019, items(100, -3), form="2019"), year(2020, items(97, 2), form="2019"))
    assert findings[["rule", "status"]].to_numpy().tolist() == [["R7", "pass"]]
    broken = across(year(2019, items(100, -3), form="2019"), year(2020, items(100, 2), form="2019"))
    assert broken[["left", "right", "status"]].to_numpy().tolist() == [[97, 100, "fail"]]


def test_a_cumulative_figure_may_rise_or_stay_over_a_gap_and_not_fall() -> None:
    def total(value: float) -> dict[tuple[str, str, str], float | None]:
        return {("statistics", "via_website", "cumulative"): value}

    series = [year(number, total(value), form="2008") for number, value in ((2014, 10), (2016, 10), (2018, 7))]
    findings = across(*series)
    assert findings[["year", "rule", "status"]].to_numpy().tolist() == [[2016, "R9", "pass"], [2018, "R9", "fail"]]
    assert "cumulative of 2018 7, but cumulative of 2016 10" in findings["message"].iloc[1]


def test_every_rule_is_described_and_every_description_used() -> None:
    used = {identity.rule for identity in (*identities(), *identities_across_years())}
    assert {*used, "R8"} == set(rules())
    assert all(rule.severity in ("error", "warning") and rule.relation in ("=", ">=") for rule in rules().values())
