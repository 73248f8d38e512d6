from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
from by_hand import figures_by_hand
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo import read_report, with_suggestions
from govinfo.checks.proofs import Proof, proofs
from govinfo.forms import column_order
from govinfo.report.suggestions import with_proof

PEOPLE = column_order("requests")
RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
BY_HAND = Path(__file__).resolve().parent / "data" / "truth"


def test_a_blank_is_proven_by_its_row_and_never_filled_in(tmp_path: Path) -> None:
    page = (RAW / "fenyang-2021.txt").read_text(encoding="utf-8")
    row = "一、本年新收政府信息公开申请数量\t2\t0\t0\t0\t0\t0\t2"
    assert row in page
    (tmp_path / "a.txt").write_text(page.replace(row, row.removesuffix("\t2") + "\t"), encoding="utf-8")
    report = read_report(tmp_path / "a.txt")
    cell = report.cells[(report.cells["row"] == "new") & (report.cells["column"] == "total")].iloc[0]
    assert pd.isna(cell["value"])
    assert cell["suggested"] == 2
    proof = report.suggestions.iloc[0]
    assert (proof["row"], proof["column"], proof["suggested"], proof["rules"]) == ("new", "total", 2, "R1;R2")


def test_one_figure_of_a_row_proves_the_six_that_are_blank() -> None:
    report = read_report(RAW / "ruzhou-2021.txt")
    granted = report.cells[report.cells["row"] == "granted"]
    assert granted["value"].isna().tolist() == [True] * 6 + [False]
    assert granted["suggested"].tolist()[:6] == [1, 0, 0, 0, 0, 0]


def test_identities_that_disagree_prove_nothing() -> None:
    values = {("new", column): None if column == "total" else Decimal(1) for column in PEOPLE}
    values |= {(row, column): Decimal(0) for row in ("carried_in", "handled", "carried_out") for column in PEOPLE}
    assert proofs("requests", "2021", values, {"new", "carried_in", "handled", "carried_out"}) == ()


# Contradicted figures


def test_a_total_of_zero_over_ten_and_one_can_only_be_eleven() -> None:
    report = read_report(RAW / "hongze-2023.pdf")
    (proof,) = report.suggestions.to_dict("records")
    assert (proof["row"], proof["column"], proof["printed"], proof["suggested"]) == ("reconsideration", "total", 0, 11)
    assert proof["rules"] == "R4"
    assert "prints 0" in proof["proof"]
    assert "改为11" in proof["proof_zh"]


def test_two_totals_that_contradict_two_rules_each_are_proven_together() -> None:
    report = read_report(RAW / "sanquan-2021.txt")
    handled = report.cells[(report.cells["row"] == "handled") & report.cells["suggested"].notna()]
    assert handled[["column", "value", "suggested"]].to_numpy().tolist() == [["natural_person", 0, 2], ["total", 0, 2]]


def test_a_sum_that_several_changes_mend_proves_nothing() -> None:
    row = dict(zip(column_order("disputes"), map(Decimal, (5, 3, 0, 0, 7)), strict=True))
    values = {("reconsideration", column): value for column, value in row.items()}
    assert proofs("disputes", "2021", values, {"reconsideration"}) == ()


def test_one_open_contradiction_does_not_hide_another_that_is_proven() -> None:
    rows = {"reconsideration": (10, 1, 0, 0, 0), "litigation_direct": (5, 3, 0, 0, 7)}
    values = {
        (row, column): Decimal(figure)
        for row, figures in rows.items()
        for column, figure in zip(column_order("disputes"), figures, strict=True)
    }
    found = proofs("disputes", "2021", values, set(rows))
    assert [(proof.row, proof.column, proof.value) for proof in found] == [("reconsideration", "total", 11)]


@given(st.integers(0, 10_000), st.integers(1, 3))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_misprints_in_a_consistent_table_are_proven_right_or_not_at_all(seed: int, wrong: int) -> None:
    truth = figures_by_hand(BY_HAND / "pingtan-2023.csv")
    right = {
        (row, column): Decimal(str(value))
        for (table, row, column), value in truth.items()
        if table == "requests" and value is not None
    }
    chance = random.Random(seed)
    places = chance.sample(sorted(right), wrong)
    printed = {**right, **{place: right[place] + chance.choice([1, 2, 9, 90]) for place in places}}
    found = {
        (proof.row, proof.column): proof.value
        for proof in proofs("requests", "2021", printed, {row for row, _ in right})
    }
    assert found in ({}, {place: right[place] for place in places})


def test_suggestions_are_filled_in_only_on_request_and_marked() -> None:
    cells = read_report(RAW / "sanquan-2021.txt").cells
    before = cells.copy()
    filled = with_suggestions(cells)
    pd.testing.assert_frame_equal(cells, before)
    changed = filled[filled["filled"]]
    assert changed[["value", "printed"]].to_numpy().tolist() == [[2, 0], [2, 0]]
    rest = ~filled["filled"]
    pd.testing.assert_series_equal(filled.loc[rest, "value"], before.loc[rest, "value"])
    assert not (filled["value"].isna() & filled["suggested"].notna()).any()


def test_a_figure_that_its_reader_was_unsure_of_is_read_where_the_sums_prove_the_very_same() -> None:
    record = {"table": "requests", "row": "new", "column": "research", "raw": "1?", "kind": "unreadable"}
    record |= {"doubts": "ocr;not-a-figure"}
    proof = Proof("requests", "new", "research", Decimal(1), ("R2",))
    read = with_proof(record, {("requests", "new", "research"): proof})
    assert (read["value"], read["kind"], read["doubts"]) == (1.0, "reported", "ocr;by-arithmetic")
    other = with_proof(record, {("requests", "new", "research"): replace(proof, value=Decimal(7))})
    assert ("value" in other, other["kind"], other["suggested"]) == (False, "unreadable", 7.0)
