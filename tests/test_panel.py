"""The panel: one row per agency and year, reasons where a value is missing, read back by other programs."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govinfo
from govinfo import datasets, metrics
from govinfo.corpus import Corpus
from govinfo.errors import UsageError
from govinfo.export import export, to_panel
from govinfo.metrics.panel import variables
from govinfo.synthetic import synthetic

pyreadstat = pytest.importorskip("pyreadstat", reason="pyreadstat is not installed: pip install 'govinfo[export]'")

PINGTAN = "平潭综合实验区"
OF_PANDAS = frozenset(dir(pd.DataFrame))


@cache
def real() -> Corpus:
    return datasets.load_corpus()


@cache
def frame() -> pd.DataFrame:
    return govinfo.panel(real())


def row(agency_id: str, year: int, panel: pd.DataFrame | None = None) -> pd.Series:
    data = frame() if panel is None else panel
    return data[(data["agency_id"] == agency_id) & (data["year"] == year)].iloc[0]


def test_a_row_is_an_agency_and_a_year() -> None:
    assert len(frame()) == len(real().counted().reports)
    assert not frame().duplicated(["agency_no", "year"]).any()
    assert frame().groupby("agency_id")["agency_no"].nunique().eq(1).all()


def test_columns_are_those_of_the_codebook_with_names_that_stata_and_spss_take() -> None:
    book = govinfo.panel_codebook()
    reasons = [f"why_{one.name}" for one in variables()]
    assert list(frame()) == [*book["name"], *reasons]
    assert list(govinfo.panel(real(), reasons=False)) == list(book["name"])
    assert frame().columns.str.fullmatch(r"[a-z][a-z0-9_]{0,31}").all()
    assert not OF_PANDAS & set(frame())
    assert book[["label_en", "label_zh"]].ne("").all().all()
    assert len(variables()) > 50


def test_a_value_is_missing_exactly_where_a_reason_stands() -> None:
    allowed = set(govinfo.panel_reasons()["reason"])
    for data in (frame(), govinfo.panel(real(), balanced=True)):
        for one in variables():
            assert (data[one.name].isna() == data[f"why_{one.name}"].notna()).all(), one.name
            assert set(data[f"why_{one.name}"].dropna()) <= allowed


@pytest.mark.parametrize(
    ("agency", "year", "name", "why"),
    [
        ("汾阳市", 2021, "recon_total", "blank"),
        (PINGTAN, 2018, "refused_all", "not_in_form"),
        ("上海市人民政府办公厅", 2019, "refusal_rate", "blank"),
        ("新绛县三泉镇人民政府", 2021, "refusal_rate", "nothing_to_divide"),
    ],
)
def test_reasons_are_those_of_the_page(agency: str, year: int, name: str, why: str) -> None:
    mine = frame()[(frame()["year"] == year) & ((frame()["agency"] == agency) | (frame()["agency_id"] == agency))].iloc[
        0
    ]
    assert np.isnan(mine[name])
    assert mine[f"why_{name}"] == why


def test_figures_and_rates_are_those_of_the_metrics() -> None:
    volumes = metrics.volumes(real(), by="report_id").set_index("report_id")
    mine = frame().set_index("report_id")
    for name, column in {"req_new": "new", "req_handled": "handled", "req_carried_out": "carried_out"}.items():
        pd.testing.assert_series_equal(
            mine[name], volumes[column].astype("float64").reindex(mine.index), check_names=False
        )
    for one in variables():
        if one.metric:
            rate = metrics.rate(one.metric, real(), by="report_id").set_index("report_id")["rate"]
            pd.testing.assert_series_equal(
                mine[one.name], rate.astype("float64").reindex(mine.index), check_names=False
            )
    wide = datasets.load_requests_wide().merge(frame(), on=["agency_id", "year"])
    for name, column in {"refused_all": "refused", "unable_all": "unable", "declined_all": "not_processed"}.items():
        assert wide[name].tolist() == pytest.approx(wide[column].astype("float64").tolist(), nan_ok=True)


def test_the_single_row_of_other_outcomes_stands_for_its_three() -> None:
    assert row(PINGTAN, 2019)["other_all"] == 0
    assert row(PINGTAN, 2023)["other_all"] == 2


def test_a_balanced_panel_has_every_year_of_every_agency() -> None:
    full = govinfo.panel(real(), balanced=True)
    years = frame()["year"]
    assert len(full) == frame()["agency_no"].nunique() * (years.max() - years.min() + 1)
    gap = row("320813", 2022, full)
    assert gap["why_req_new"] == "no_report"
    assert gap["province"] == row("320813", 2023)["province"]
    assert pd.isna(gap["report_id"])
    pd.testing.assert_frame_equal(full[full["report_id"].notna()].reset_index(drop=True), frame(), check_dtype=False)


def test_a_panel_goes_into_statsmodels_with_fixed_effects() -> None:
    import statsmodels.formula.api as smf

    data = govinfo.panel(synthetic(30, seed=1).corpus(), reasons=False).dropna(subset=["refusal_rate", "req_new"])
    fitted = smf.ols("refusal_rate ~ np.log1p(req_new) + C(year) + C(agency_no)", data).fit(
        cov_type="cluster", cov_kwds={"groups": data["agency_no"]}
    )
    assert fitted.nobs == len(data)
    assert np.isfinite(fitted.bse["np.log1p(req_new)"])


def test_what_names_no_agency_or_year_is_left_out() -> None:
    nameless = real().reports.assign(agency=pd.NA, agency_id=pd.NA).astype({"agency": "string", "agency_id": "string"})
    with pytest.raises(UsageError, match="names its agency and its year"):
        govinfo.panel(replace(real(), reports=nameless))


# Other programs


def test_stata_reads_labels_chinese_and_reasons(tmp_path: Path) -> None:
    path = export(real(), tmp_path / "panel", "dta")
    assert path.name == "panel.dta"
    data, told = pyreadstat.read_dta(str(path), user_missing=True)
    assert list(data) == list(govinfo.panel_codebook()["name"])
    assert data["agency"].tolist() == frame()["agency"].tolist()
    labels = dict(zip(told.column_names, told.column_labels, strict=True))
    assert labels["req_new"] == "Requests newly received 本年新收申请 (件)"
    assert all(len(label) <= 80 and label for label in labels.values())
    assert told.variable_value_labels["level"][4] == "county 县级"
    assert told.variable_value_labels["agency_no"][int(row(PINGTAN, 2023)["agency_no"])] == PINGTAN
    letters = govinfo.panel_reasons().set_index("reason")["stata"]
    for name in ("refusal_rate", "recon_total", "req_carried_in"):
        expected = [why if pd.isna(why) else letters[why] for why in frame()[f"why_{name}"]]
        found = [value if isinstance(value, str) else None for value in data[name]]
        assert found == [None if pd.isna(one) else one for one in expected]
        used = set(filter(None, found))
        assert used <= set(told.variable_value_labels[name])
    plain, _ = pyreadstat.read_dta(str(path))
    assert plain["refusal_rate"].tolist() == pytest.approx(frame()["refusal_rate"].tolist(), nan_ok=True)
    assert pd.read_stata(path, convert_categoricals=False)["req_new"].tolist() == pytest.approx(
        frame()["req_new"].tolist(), nan_ok=True
    )


def test_spss_reads_labels_and_reasons(tmp_path: Path) -> None:
    path = export(real(), tmp_path / "panel.sav")
    data, told = pyreadstat.read_sav(str(path))
    assert data["refusal_rate"].tolist() == pytest.approx(frame()["refusal_rate"].tolist(), nan_ok=True)
    raw, told = pyreadstat.read_sav(str(path), user_missing=True)
    codes = govinfo.panel_reasons().set_index("reason")["spss"]
    expected = [
        value if pd.isna(why) else codes[why]
        for value, why in zip(frame()["refusal_rate"], frame()["why_refusal_rate"], strict=True)
    ]
    assert raw["refusal_rate"].tolist() == pytest.approx(expected)
    assert told.variable_value_labels["refusal_rate"][-91.0] == "The page leaves the cell blank 空白"


def test_parquet_and_csv_hold_the_frame_with_its_reasons(tmp_path: Path) -> None:
    for name in ("panel.parquet", "panel.csv"):
        path = export(real(), tmp_path / name, "panel")
        read = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
        assert list(read) == list(frame())
        assert read["refusal_rate"].tolist() == pytest.approx(frame()["refusal_rate"].tolist(), nan_ok=True)
    assert export(real(), tmp_path / "r", "panel").name == "r.parquet"
    with pytest.raises(UsageError, match=r"a panel is not written as \.txt"):
        to_panel(real(), tmp_path / "panel.txt")


def test_invented_figures_are_marked_in_the_file(tmp_path: Path) -> None:
    data, told = pyreadstat.read_dta(str(export(synthetic(2, (2022, 2023)).corpus(), tmp_path / "invented.dta")))
    assert "Invented" in told.file_label
    assert data["synthetic"].eq(1).all()
