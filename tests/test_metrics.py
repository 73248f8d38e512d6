"""Rates, shares and volumes against figures computed by hand from the pages of real reports (tests/data/truth)."""

from __future__ import annotations

import contextlib
import io
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo import datasets, metrics
from govinfo.errors import UsageError
from govinfo.files.data import read_table
from govinfo.metrics import registry
from govinfo.tables import CELLS, frame

ROOT = Path(__file__).resolve().parents[1]
OUTCOMES = [outcome.row for outcome in registry.OUTCOMES]

Pair = tuple[float, float] | None
"""Numerator and denominator; None where the report is left out."""

BY_HAND: dict[str, dict[str, Pair]] = {
    "pingtan-2023": {
        "disclosure_rate": (42, 81),  # granted 22 + partial 20
        "refusal_rate": (5, 81),  # third party 1 + process 1 + enforcement file 1 + query 2
        "not_held_rate": (31, 81),
        "unable_rate": (31, 81),  # not held 31 + 0 + 0
        "declined_rate": (1, 81),  # repeat 1
        "other_rate": (2, 81),  # uncorrected 1 + fee 0 + misc 1
        "backlog_rate": (0, 81),  # 0 / (81 + 0)
        "reconsideration_rate": (2, 81),
        "litigation_rate": (7, 81),  # direct 5 + after 2
        "correction_rate reconsideration": (1, 2),  # total 2 - pending 0
        "correction_rate litigation_direct": (0, 4),  # total 5 - pending 1
        "correction_rate litigation_after": (0, 2),  # total 2 - pending 0
    },
    "shuyang-2025": {
        "disclosure_rate": (395, 718),  # 294 + 101
        "refusal_rate": (32, 718),  # 0 + 0 + 2 + 2 + 13 + 2 + 4 + 9
        "not_held_rate": (111, 718),
        "unable_rate": (113, 718),  # 111 + 2 + 0
        "declined_rate": (19, 718),  # 12 + 7 + 0 + 0 + 0
        "other_rate": (159, 718),  # 9 + 7 + 143
        "backlog_rate": (31, 749),  # 31 / (718 + 31)
        "reconsideration_rate": (61, 718),
        "litigation_rate": (13, 718),  # 3 + 10
        "correction_rate reconsideration": (10, 46),  # total 61 - pending 15
        "correction_rate litigation_direct": (0, 3),  # 3 - 0
        "correction_rate litigation_after": (0, 9),  # 10 - 1
    },
    "shuozhou-2020": {  # the form of 2019: one row of other outcomes
        "disclosure_rate": (20, 37),  # 18 + 2
        "refusal_rate": (1, 37),  # state secret 1
        "not_held_rate": (16, 37),
        "unable_rate": (16, 37),
        "declined_rate": (0, 37),
        "other_rate": (0, 37),
        "backlog_rate": (0, 37),
        "reconsideration_rate": (8, 37),
        "litigation_rate": (14, 37),  # 13 + 1
        "correction_rate reconsideration": (0, 7),  # 8 - 1
        "correction_rate litigation_direct": (2, 10),  # 13 - 3
        "correction_rate litigation_after": (0, 0),  # 1 - 1: nothing concluded
    },
    "fenyang-2021": {  # the row of reconsiderations is blank
        "disclosure_rate": (0, 2),
        "refusal_rate": (0, 2),
        "not_held_rate": (2, 2),
        "unable_rate": (2, 2),
        "declined_rate": (0, 2),
        "other_rate": (0, 2),
        "backlog_rate": (0, 2),
        "reconsideration_rate": None,
        "litigation_rate": (3, 2),  # 2 + 1: more lawsuits than requests
        "correction_rate reconsideration": None,
        "correction_rate litigation_direct": (2, 2),
        "correction_rate litigation_after": (0, 1),
    },
    "ruzhou-2021": {  # granted prints its total alone
        "disclosure_rate": (1, 9),
        "refusal_rate": (1, 9),  # query 1
        "not_held_rate": (6, 9),
        "unable_rate": (6, 9),
        "declined_rate": (1, 9),  # repeat 1
        "other_rate": (0, 9),
        "backlog_rate": (3, 12),  # 3 / (9 + 3)
        "reconsideration_rate": (0, 9),
        "litigation_rate": (0, 9),
        "correction_rate reconsideration": (0, 0),
        "correction_rate litigation_direct": (0, 0),
        "correction_rate litigation_after": (0, 0),
    },
    "hongze-2023": {  # the form of 2021 with one row of other outcomes; results of disputes without a total
        "disclosure_rate": (4, 21),  # 0 + 4
        "refusal_rate": (3, 21),  # secret 1 + process 1 + enforcement file 1
        "not_held_rate": (10, 21),
        "unable_rate": (13, 21),  # 10 + 3
        "declined_rate": (1, 21),  # petition 1
        "other_rate": (0, 21),
        "backlog_rate": (0, 21),
        "reconsideration_rate": (0, 21),  # total printed 0 beside upheld 10, corrected 1
        "litigation_rate": (0, 21),
        "correction_rate reconsideration": (1, 0),
        "correction_rate litigation_direct": (0, 0),
        "correction_rate litigation_after": (0, 0),
    },
}


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    return datasets.load_cells()


@pytest.fixture(scope="module")
def reports() -> pd.DataFrame:
    return datasets.load_reports()


def of(cells: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The cells of reports by the names of their files, without suffix."""
    mine = cells[cells["source"].str.rpartition(".")[0].isin(names)]
    assert mine["report_id"].nunique() == len(names)
    return mine


def made(report_id: str = "r", year: int = 2022, doubts: str = "", **totals: float | None) -> pd.DataFrame:
    """A report of totals of the requests table; None for a blank. Rows of outcomes not named print 0."""
    named: dict[str, float | None] = {**{row: 0 for row in OUTCOMES if row != "other"}, **totals}
    records = [
        {
            "table": "requests",
            "row": row,
            "column": "total",
            "value": value,
            "kind": "blank" if value is None else "reported",
            "doubts": doubts if value is None else "",
        }
        for row, value in named.items()
    ]
    return frame(records, CELLS, report_id=report_id, agency=f"agency {report_id}", year=year, form="2021", source="s")


def only(result: pd.DataFrame) -> pd.Series:
    assert len(result) == 1
    return result.iloc[0]


# Rates


@pytest.fixture(scope="module")
def rates(cells: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every rate of the reports computed by hand, one row per report and route."""
    mine = of(cells, *BY_HAND)
    return {name: metrics.rate(name, mine, by="source") for name in metrics.METRICS}


@pytest.mark.parametrize("report", BY_HAND)
def test_every_rate_of_real_reports_is_what_a_person_computes(rates: dict[str, pd.DataFrame], report: str) -> None:
    found: dict[str, Pair] = {}
    for name, result in rates.items():
        for line in result[result["source"].str.startswith(report)].to_dict("records"):
            place = f"{name} {line['route']}" if "route" in line else name
            if line["left_out"]:
                assert pd.isna(line["rate"])
                assert line["reports"] == 0
                found[place] = None
                continue
            pair = (float(line["numerator"]), float(line["denominator"]))
            found[place] = pair
            assert line["small"] == (pair[1] < 30)
            if pair[1]:
                assert line["rate"] == pytest.approx(pair[0] / pair[1] * metrics.METRICS[name].per)
                assert line["low"] <= line["rate"] <= line["high"]
            else:
                assert pd.isna([line["rate"], line["low"], line["high"]]).all()
    assert found == BY_HAND[report]


@pytest.mark.parametrize("name", list(metrics.METRICS))
def test_each_rate_has_a_function_of_its_name_with_its_terms_in_the_docstring(cells: pd.DataFrame, name: str) -> None:
    function = getattr(metrics, name)
    mine = of(cells, "pingtan-2023", "fenyang-2021")
    pd.testing.assert_frame_equal(function(mine, by="form"), metrics.rate(name, mine, by="form"))
    assert re.search(r"[\u4e00-\u9fff]{2}", function.__doc__)


def test_pooled_is_a_ratio_of_sums_and_the_mean_weighs_agencies_alike(
    cells: pd.DataFrame, reports: pd.DataFrame
) -> None:
    mine = of(cells, "pingtan-2021", "ruzhou-2021", "fenyang-2021")
    pooled = only(metrics.disclosure_rate(mine, by="year"))
    assert (pooled["numerator"], pooled["denominator"]) == (36, 80)  # (30 + 5) + 1 + 0 over 69 + 9 + 2
    assert pooled["rate"] == pytest.approx(0.45)
    mean = only(metrics.mean_rate("disclosure_rate", mine, by="year", reports=reports))
    assert mean["mean_rate"] == pytest.approx((35 / 69 + 1 / 9 + 0 / 2) / 3)
    assert (mean["agencies"], mean["agencies_left_out"], mean["small_agencies"]) == (3, 0, 2)
    assert mean["sd"] == pytest.approx(0.266636, abs=1e-6)
    assert mean["high"] - mean["mean_rate"] == pytest.approx(4.302653 * 0.266636 / math.sqrt(3), abs=1e-5)


def test_an_agency_is_pooled_over_its_years_before_the_mean(cells: pd.DataFrame, reports: pd.DataFrame) -> None:
    mine = of(cells, "pingtan-2014", "pingtan-2021", "pingtan-2022", "pingtan-2023", "shuozhou-2020")
    mean = only(metrics.mean_rate("refusal_rate", mine, by=(), reports=reports))
    assert mean["mean_rate"] == pytest.approx(((8 + 4 + 5) / (69 + 75 + 81) + 1 / 37) / 2)
    assert (mean["agencies"], mean["reports"], mean["left_out"]) == (2, 4, 1)


def test_the_mean_counts_agencies_without_a_rate(cells: pd.DataFrame) -> None:
    mine = of(cells, "fenyang-2021", "hongze-2023", "pingtan-2023")
    mean = metrics.mean_rate("correction_rate", mine, by=()).set_index("route").loc["reconsideration"]
    assert mean["mean_rate"] == 0.5
    assert (mean["agencies"], mean["agencies_left_out"], mean["reports"], mean["left_out"]) == (1, 2, 1, 2)
    assert pd.isna([mean["sd"], mean["low"], mean["high"]]).all()


def test_intervals_are_wilson_for_shares_and_exact_poisson_for_cases(cells: pd.DataFrame) -> None:
    share = only(metrics.disclosure_rate(of(cells, "pingtan-2023")))
    z, n, p = 1.959964, 81, 42 / 81
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    assert (share["low"], share["high"]) == pytest.approx((middle - half, middle + half), abs=1e-6)
    # Exact limits of 3 events in tables: 0.6187 and 8.7673; of none: 0 and -ln 0.025.
    cases = only(metrics.litigation_rate(of(cells, "fenyang-2021")))
    assert cases["rate"] == 150
    assert (cases["low"], cases["high"]) == pytest.approx((0.6187 / 2 * 100, 8.7673 / 2 * 100), abs=0.01)
    none = only(metrics.litigation_rate(of(cells, "ruzhou-2021")))
    assert (none["low"], none["high"]) == pytest.approx((0, -math.log(0.025) / 9 * 100))


def test_a_narrower_level_gives_a_narrower_interval(cells: pd.DataFrame) -> None:
    wide = only(metrics.refusal_rate(of(cells, "pingtan-2023"), level=0.99))
    narrow = only(metrics.refusal_rate(of(cells, "pingtan-2023"), level=0.5))
    assert wide["low"] < narrow["low"] < narrow["high"] < wide["high"]


def test_a_share_over_one_is_kept_as_printed_without_an_interval() -> None:
    line = only(metrics.disclosure_rate(made(granted=5, handled=3)))
    assert line["rate"] == pytest.approx(5 / 3)
    assert pd.isna([line["low"], line["high"]]).all()


def test_small_denominators_are_marked_at_the_bound_given(cells: pd.DataFrame) -> None:
    mine = of(cells, "shuozhou-2020")  # 37 handled
    assert not only(metrics.refusal_rate(mine))["small"]
    assert not only(metrics.refusal_rate(mine, small_below=37))["small"]
    assert only(metrics.refusal_rate(mine, small_below=38))["small"]


# Outcomes and reasons


def test_outcomes_and_reasons_of_real_reports_by_hand(cells: pd.DataFrame) -> None:
    by_hand = {
        "pingtan-2023": (22, 20, 5, 31, 1, 2),
        "shuyang-2025": (294, 101, 32, 113, 19, 159),
        "shuozhou-2020": (18, 2, 1, 16, 0, 0),
        "ruzhou-2021": (1, 0, 1, 6, 1, 0),
    }
    found = metrics.outcomes(of(cells, *by_hand), by="source")
    assert list(found["group"][:6]) == ["granted", "partial", "refused", "unable", "declined", "other"]
    for report, counts in by_hand.items():
        mine = found[found["source"].str.startswith(report)]
        assert tuple(mine["requests"]) == counts
        assert mine["share"].sum() == pytest.approx(1)
    ranked = metrics.reasons(of(cells, "shuyang-2025"), group="refused").set_index("reason")
    assert ranked.loc["refused_internal", ["requests", "denominator"]].tolist() == [13, 32]
    assert ranked.loc["refused_internal", "share"] == pytest.approx(13 / 32)
    assert ranked["requests"].tolist() == [0, 0, 2, 2, 13, 2, 4, 9]


def test_reasons_pool_reports_with_one_row_of_other_outcomes_and_with_three(cells: pd.DataFrame) -> None:
    mine = of(cells, "shuyang-2025", "hongze-2023")
    found = metrics.reasons(mine, by=(), group="other").set_index("reason")
    assert found["requests"].to_dict() == {"other": 0, "other_uncorrected": 9, "other_fee_unpaid": 7, "other_misc": 143}
    assert set(found["denominator"]) == {159}
    assert set(found["reports"]) == {2}
    alone = metrics.reasons(of(cells, "shuyang-2025"), by=(), group="other").set_index("reason")
    assert pd.isna(alone.loc["other", "requests"])


def test_one_row_of_other_outcomes_counts_only_where_the_three_are_not_printed() -> None:
    three = dict.fromkeys(("other_uncorrected", "other_fee_unpaid", "other_misc"))
    single = made(handled=10, other=4, doubts="row-missing", **three)
    assert only(metrics.other_rate(single))["numerator"] == 4
    both = made(handled=10, other=4, other_misc=3)
    assert only(metrics.other_rate(both))["numerator"] == 3
    blank = made(handled=10, other_misc=None)
    assert only(metrics.other_rate(blank))["left_out"] == 1


def test_a_report_with_a_blank_outcome_is_left_out_of_what_needs_it_and_no_more() -> None:
    both = pd.concat([made("a", handled=10, granted=10), made("b", handled=10, granted=4, refused_query=None)])
    assert only(metrics.disclosure_rate(both, by=()))[["numerator", "reports", "left_out"]].tolist() == [14, 2, 0]
    assert only(metrics.refusal_rate(both, by=()))[["denominator", "reports", "left_out"]].tolist() == [10, 1, 1]
    found = metrics.outcomes(both, by=())
    assert set(found["denominator"]) == {10}
    assert set(found["left_out"]) == {1}


def test_every_row_of_outcomes_of_the_form_belongs_to_a_group() -> None:
    terms = {line["term"] for line in read_table("forms", "identities") if line["rule"] == "R3"}
    assert set(OUTCOMES) == terms - {"handled"}


# Volumes


def test_volumes_of_real_reports_by_hand(cells: pd.DataFrame) -> None:
    found = metrics.volumes(of(cells, "pingtan-2014", "pingtan-2022", "ruzhou-2021", "shanghai-office-2019"))
    figures = found.set_index("year")[["new", "carried_in", "received", "handled", "carried_out"]]
    assert figures.loc[2022].tolist() == [74, 1, 75, 75, 0]
    assert figures.loc[2021].tolist() == [12, 0, 12, 9, 3]
    assert figures.loc[2019].tolist() == [859, 18, 877, 805, 72]
    assert figures.loc[2014, "new"] == 1
    assert figures.loc[2014].isna().tolist() == [False, True, True, True, True]


def test_the_row_used_shows_the_break_between_forms(cells: pd.DataFrame, reports: pd.DataFrame) -> None:
    pingtan = of(cells, *(f"pingtan-{year}" for year in (2014, 2016, 2018, 2019, 2021, 2022, 2023)))
    series = metrics.volumes(pingtan, by=("agency_id", "year"), reports=reports)
    assert series["agency_id"].nunique() == 1
    assert series["new"].tolist() == [1, 0, 0, 23, 70, 74, 81]
    assert series["new_from"].tolist() == ["statistics.requests_received"] * 3 + ["requests.new"] * 4
    assert series["handled"].isna().tolist() == [True] * 3 + [False] * 4
    together = only(metrics.volumes(pingtan, by=()))
    assert together["new_from"] == "requests.new+statistics.requests_received"
    assert (together["new"], together["received"]) == (249, 249)  # 1 + 23 + 70 + 74 + 81; 23 + 70 + 75 + 81
    assert (together["reports"], together["new_left_out"], together["received_left_out"]) == (7, 0, 3)


def test_applicants_of_real_reports_by_hand(cells: pd.DataFrame) -> None:
    by_hand = {
        "pingtan-2021": (64, 0, 0, 2, 0, 4),
        "shuozhou-2020": (33, 3, 1, 0, 0, 0),
        "shuyang-2025": (705, 3, 0, 0, 5, 0),
    }
    found = metrics.volumes_by_applicant(of(cells, *by_hand), by="source")
    for report, counts in by_hand.items():
        mine = found[found["source"].str.startswith(report)]
        assert tuple(mine["new"]) == counts
        assert tuple(mine["share"]) == pytest.approx([count / sum(counts) for count in counts])


# Blanks


def test_a_blank_is_not_zero_and_is_counted_as_left_out(cells: pd.DataFrame) -> None:
    office = of(cells, "shanghai-office-2019")
    assert only(metrics.disclosure_rate(office))[["reports", "left_out"]].tolist() == [0, 1]
    assert only(metrics.backlog_rate(office))["rate"] == pytest.approx(72 / 877)
    assert "blanks_as_zero" not in metrics.disclosure_rate(office)


def test_blanks_are_taken_as_zero_on_request_where_the_sums_allow_it(cells: pd.DataFrame) -> None:
    office = of(cells, "shanghai-office-2019")
    disputes = metrics.correction_rate(office, blank_as_zero=True).set_index("route")
    # Upheld 5 and pending 2 sum to 7: the blank between them is 0. 0 / (7 - 2), 0 / (9 - 1), a row all blank.
    assert disputes["denominator"].tolist() == [5, 8, 0]
    assert disputes["blanks_as_zero"].tolist() == [1, 1, 3]
    # 805 requests were handled over blank totals of outcomes: these are not 0.
    outcomes = only(metrics.disclosure_rate(office, blank_as_zero=True))
    assert pd.isna(outcomes["rate"])
    assert (outcomes["left_out"], outcomes["blanks_as_zero"]) == (1, 0)


def test_a_row_that_the_page_leaves_out_is_never_taken_as_zero() -> None:
    missing = made(handled=0, granted=None, doubts="row-missing")
    assert only(metrics.disclosure_rate(missing, blank_as_zero=True))["left_out"] == 1
    assert only(metrics.disclosure_rate(made(handled=0, granted=None), blank_as_zero=True))["blanks_as_zero"] == 1


def test_taken_blanks_change_no_report_without_blanks(cells: pd.DataFrame) -> None:
    plain = of(cells, "pingtan-2023", "shuyang-2025")
    taken = metrics.refusal_rate(plain, blank_as_zero=True)
    assert taken["blanks_as_zero"].tolist() == [0, 0]
    pd.testing.assert_frame_equal(taken.drop(columns="blanks_as_zero"), metrics.refusal_rate(plain))
    volumes = metrics.volumes(plain, blank_as_zero=True)
    pd.testing.assert_frame_equal(volumes.drop(columns="blanks_as_zero"), metrics.volumes(plain))


# Groups


def test_any_column_of_the_reports_groups_and_unknown_regions_stay_in_sight(
    cells: pd.DataFrame, reports: pd.DataFrame
) -> None:
    placed = reports.assign(province=reports["province"].where(~reports["source"].str.startswith("pingtan"), pd.NA))
    found = metrics.volumes(cells, by=["province"], reports=placed)
    assert found["reports"].sum() == len(reports)
    assert found["province"].isna().sum() == 1
    assert found["new"].sum() == metrics.volumes(cells, by=())["new"].sum()


def test_results_are_sorted_by_their_groups(cells: pd.DataFrame) -> None:
    assert metrics.refusal_rate(cells, by="year")["year"].is_monotonic_increasing
    found = metrics.correction_rate(cells.iloc[::-1], by=["year"])
    assert found["route"].tolist()[:3] == ["reconsideration", "litigation_direct", "litigation_after"]
    assert found["year"].is_monotonic_increasing


def test_types_are_those_of_the_contract(cells: pd.DataFrame) -> None:
    for empty in (cells, cells.iloc[:0]):
        found = metrics.correction_rate(empty).dtypes.astype(str).to_dict()
        assert found == {
            **{"report_id": "string", "agency": "string", "year": "Int64", "route": "string"},
            **dict.fromkeys(["numerator", "denominator", "rate", "low", "high"], "Float64"),
            **{"reports": "Int64", "left_out": "Int64", "small": "boolean"},
        }
        assert list(found)[4:] == ["numerator", "denominator", "rate", "low", "high", "reports", "left_out", "small"]


def test_nothing_given_is_changed(cells: pd.DataFrame, reports: pd.DataFrame) -> None:
    before, known = cells.copy(), reports.copy()
    metrics.outcomes(cells, by="province", reports=reports, blank_as_zero=True)
    metrics.mean_rate("correction_rate", cells, reports=reports)
    pd.testing.assert_frame_equal(cells, before)
    pd.testing.assert_frame_equal(reports, known)


def test_two_reports_of_one_agency_on_one_year_are_not_added_up(cells: pd.DataFrame) -> None:
    mine = of(cells, "pingtan-2023")
    twice = pd.concat([mine, mine.assign(report_id="another")])
    with pytest.raises(UsageError, match="two reports of one agency on one year") as error:
        metrics.refusal_rate(twice, by="year")
    assert "metrics.duplicates" in error.value.hint
    with pytest.raises(UsageError):
        metrics.mean_rate("refusal_rate", twice)
    assert len(metrics.refusal_rate(twice)) == 2
    assert metrics.duplicates(twice)["report_id"].tolist() == [mine["report_id"].iloc[0], "another"]
    assert metrics.duplicates(mine).empty
    assert only(metrics.refusal_rate(twice[twice["report_id"] != "another"], by="year"))["denominator"] == 81


def test_an_agency_of_two_names_is_one_agency(cells: pd.DataFrame, reports: pd.DataFrame) -> None:
    mine = of(cells, "pingtan-2014", "pingtan-2016").assign(year=2014)
    assert metrics.duplicates(mine).empty
    assert len(metrics.duplicates(mine, reports)) == 2


def test_reports_of_unknown_agencies_or_years_are_no_duplicates() -> None:
    both = pd.concat([made("a", handled=1), made("b", handled=1)])
    assert metrics.duplicates(both.assign(agency=pd.NA)).empty
    assert metrics.duplicates(both.assign(agency="one", year=pd.NA)).empty
    assert len(metrics.duplicates(both.assign(agency="one"))) == 2


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda cells: metrics.rate("refusals", cells), "Near: refusal_rate"),
        (lambda cells: metrics.mean_rate("refusals", cells), "Near: refusal_rate"),
        (lambda cells: metrics.reasons(cells, group="refusal"), "Near: refused"),
        (lambda cells: metrics.refusal_rate(cells, by="yeer"), "Near: year"),
        (lambda cells: metrics.refusal_rate(cells, by="province"), "reports=corpus.reports"),
        (lambda cells: metrics.refusal_rate(cells, level=95), "level=0.95"),
        (lambda cells: metrics.refusal_rate(pd.concat([cells, cells])), "drop_duplicates"),
        (lambda cells: metrics.refusal_rate(cells.drop(columns="kind")), "corpus.cells"),
        (lambda cells: metrics.refusal_rate(cells, reports=pd.DataFrame({"report_id": ["x"]})), "belongs to these"),
        (
            lambda cells: metrics.refusal_rate(cells, reports=pd.DataFrame({"report_id": [*cells["report_id"]]})),
            "Drop one",
        ),
    ],
)
def test_errors_say_what_to_do(cells: pd.DataFrame, call: object, words: str) -> None:
    with pytest.raises(UsageError) as error:
        call(of(cells, "pingtan-2023"))  # type: ignore[operator]
    assert words in str(error.value)


figure = st.one_of(st.none(), st.integers(0, 500).map(float))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([2021, 2022]), figure, figure, figure), min_size=1, max_size=6))
def test_pooling_adds_up_what_counts_and_counts_what_does_not(
    drawn: list[tuple[int, float | None, float | None, float | None]],
) -> None:
    cells = pd.concat(
        made(f"r{number}", year, granted=granted, partial=partial, handled=handled)
        for number, (year, granted, partial, handled) in enumerate(drawn)
    )
    found = metrics.disclosure_rate(cells, by="year").set_index("year")
    assert (found["reports"] + found["left_out"]).sum() == len(drawn)
    for year, line in found.iterrows():
        counted = [(g + p, h) for y, g, p, h in drawn if y == year and None not in (g, p, h)]
        assert line["reports"] == len(counted)
        assert pd.isna(line["numerator"]) == (not counted)
        if counted:
            assert line["numerator"] == sum(top for top, _ in counted)
            assert line["denominator"] == sum(bottom for _, bottom in counted)
        if counted and 0 < line["denominator"] >= line["numerator"]:
            assert 0 <= line["low"] <= line["rate"] <= line["high"] <= 1


# Documentation


def test_the_document_says_what_the_table_of_rates_says() -> None:
    text = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    for line in metrics.describe().to_dict("records"):
        section = re.search(rf"^### `{line['name']}`.*?(?=^##)", text, re.M | re.S)
        assert section, line["name"]
        for column in ("label_zh", "question_en", "numerator", "denominator", "numerator_zh", "denominator_zh", "unit"):
            assert str(line[column]) in section[0], (line["name"], column)
        assert str(line["note_en"]) in section[0]
        assert str(line["interval"]).capitalize() in section[0]


def test_the_examples_of_the_document_print_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```\s+```text\n(.*?)```", text, re.S)
    assert blocks
    names: dict[str, object] = {}
    for code, expected in blocks:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, names)
        assert printed.getvalue().rstrip() == expected.rstrip()


# A corpus, and other libraries


def test_a_corpus_is_measured_as_its_cells_and_reports_are() -> None:
    corpus = datasets.load_corpus()
    for measure in (metrics.volumes, metrics.outcomes, metrics.reasons, metrics.refusal_rate, metrics.litigation_rate):
        by = ["province", "year"]
        pd.testing.assert_frame_equal(
            measure(corpus, by=by), measure(corpus.cells, by=by, reports=corpus.reports), check_like=True
        )
    pd.testing.assert_frame_equal(
        metrics.mean_rate("refusal_rate", corpus),
        metrics.mean_rate("refusal_rate", corpus.cells, reports=corpus.reports),
    )
    pd.testing.assert_frame_equal(metrics.duplicates(corpus), metrics.duplicates(corpus.cells, corpus.reports))


def test_plain_results_are_taken_by_statsmodels() -> None:
    import statsmodels.api as sm

    frame = metrics.plain(metrics.refusal_rate(datasets.load_corpus()))
    assert set(frame[["numerator", "denominator", "rate", "low"]].dtypes.astype(str)) == {"float64"}
    assert frame["reports"].dtype == "int64"
    known = frame.dropna(subset=["rate"])
    fitted = sm.OLS(known["rate"], sm.add_constant(known[["year", "denominator"]])).fit()
    assert fitted.nobs == len(known)
    assert np.isfinite(fitted.params).all()


def test_plain_results_keep_what_is_missing() -> None:
    frame = metrics.plain(
        pd.DataFrame({"a": [1, None], "b": [True, None], "c": ["x", None]}).astype(
            {"a": "Int64", "b": "boolean", "c": "string"}
        )
    )
    assert frame["a"].dtype == frame["b"].dtype == "float64"
    assert frame["a"].isna().tolist() == frame["b"].isna().tolist() == [False, True]
    assert frame["c"].dtype == "string"
