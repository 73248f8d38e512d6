"""Honest comparison of many: each answer held against a world whose truth is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from govinfo import datasets, metrics
from govinfo.errors import UsageError
from govinfo.synthetic import synthetic


def world(tau: float, agencies: int = 400, centre: float = 0.3, seed: int = 0, cases: bool = False) -> pd.DataFrame:
    """Rates of agencies whose true rates differ by a standard deviation of tau; ``true`` holds them."""
    rng = np.random.default_rng(seed)
    volume = np.exp(rng.uniform(3, 7, agencies)).round()
    if cases:
        true = rng.gamma((centre / tau) ** 2, tau**2 / centre, agencies) if tau else np.full(agencies, centre)
        count = rng.poisson(true * volume)
    else:
        size = centre * (1 - centre) / tau**2 - 1 if tau else 0
        true = rng.beta(centre * size, (1 - centre) * size, agencies) if tau else np.full(agencies, centre)
        count = rng.binomial(volume.astype(int), true)
    per = 100 if cases else 1
    return pd.DataFrame(
        {
            "agency": [f"A{n}" for n in range(agencies)],
            "numerator": count,
            "denominator": volume,
            "rate": count / volume * per,
            "true": true * per,
        }
    )


@pytest.mark.parametrize(("metric", "cases"), [("refusal_rate", False), ("litigation_rate", True)])
def test_spread_is_found_where_it_is_and_not_where_chance_alone_is(metric: str, cases: bool) -> None:
    none = metrics.overdispersion(world(0, cases=cases), metric)
    assert 0.8 < none.phi < 1.25
    assert none.tau < 0.02
    much = metrics.overdispersion(world(0.1, cases=cases), metric)
    assert much.phi > 3
    assert 0.05 < much.tau < 0.13


def test_adjusted_limits_hold_nearly_all_agencies_that_differ_as_agencies_do() -> None:
    frame = world(0.1)
    spread = metrics.overdispersion(frame, "refusal_rate")
    rate, volume = frame["rate"], frame["denominator"]

    def outside(bounds: tuple[np.ndarray, np.ndarray]) -> float:
        return float(((rate < bounds[0]) | (rate > bounds[1])).mean())

    assert outside(metrics.chance_limits(volume, spread.centre)) > 0.4
    assert outside(metrics.adjusted_limits(volume, spread, "refusal_rate")) < 0.12
    assert outside(metrics.adjusted_limits(volume, spread, "refusal_rate", level=0.998)) < 0.02


@pytest.mark.parametrize(("metric", "cases"), [("refusal_rate", False), ("litigation_rate", True)])
def test_shrunken_rates_are_nearer_to_the_truth_and_their_intervals_keep_their_promise(
    metric: str, cases: bool
) -> None:
    frame = metrics.shrunken(world(0.08, cases=cases), metric)
    truth = frame["true"]
    assert ((frame["shrunk"] - truth) ** 2).mean() < ((frame["rate"] - truth) ** 2).mean()
    covered = ((frame["shrunk_low"] <= truth) & (truth <= frame["shrunk_high"])).mean()
    assert 0.92 < covered < 0.98
    ranks = truth.rank(ascending=False)
    inside = ((frame["rank_low"] <= ranks) & (ranks <= frame["rank_high"])).mean()
    assert inside > 0.9
    assert (frame["rank_low"] <= frame["rank"]).mean() > 0.97


def test_an_agency_with_few_requests_is_drawn_to_the_others() -> None:
    frame = pd.DataFrame({"numerator": [1.0, 300, 280, 310, 20], "denominator": [1.0, 1000, 1000, 1000, 50]}).assign(
        rate=lambda rows: rows["numerator"] / rows["denominator"]
    )
    shrunk = metrics.shrunken(frame, "refusal_rate")
    assert shrunk["shrunk"].iloc[0] < 0.5
    assert abs(shrunk["shrunk"].iloc[1] - 0.3) < 0.02
    assert metrics.shrunken(frame, "refusal_rate").equals(shrunk), "the same seed gives the same ranks"


def test_lines_without_a_rate_stay_without() -> None:
    frame = metrics.refusal_rate(datasets.load_corpus(), by="agency_id")
    shrunk = metrics.shrunken(frame, "refusal_rate")
    assert (shrunk["shrunk"].isna() == frame["rate"].isna()).all()
    assert shrunk["rank"].dropna().min() == 1


def test_the_interval_of_agencies_covers_where_that_of_requests_does_not() -> None:
    made = synthetic(300, (2024, 2025), seed=3)
    result = metrics.cluster_rate("disclosure_rate", made.cells, reports=made.reports).iloc[0]
    assert result["agencies"] > 250
    assert result["wider"] > 3
    assert result["cluster_low"] < result["low"] < result["rate"] < result["high"] < result["cluster_high"]
    truth = float(result["rate"])
    rng, hits, wilson = np.random.default_rng(0), 0, 0
    ids = made.reports["agency_id"].unique()
    whole = metrics.refusal_rate(made.cells, by="agency_id", reports=made.reports)
    truth = whole["numerator"].sum() / whole["denominator"].sum()
    for _ in range(60):
        mine = whole[whole["agency_id"].isin(rng.choice(ids, 60, replace=False))]
        cells = mine.rename(columns={"agency_id": "agency"})
        low, high, _ = metrics.comparison.resampled(cells[cells["denominator"] > 0], 1, 0.95, 400, 1)
        hits += low <= truth <= high
        one = metrics.intervals.wilson(
            np.array([cells["numerator"].sum()]), np.array([cells["denominator"].sum()]), 0.95
        )
        wilson += one[0][0] <= truth <= one[1][0]
    assert hits > 45
    assert wilson < 35


def test_groups_have_intervals_of_their_own() -> None:
    made = synthetic(60, (2023, 2025), seed=1)
    by_year = metrics.cluster_rate("correction_rate", made.corpus(), by="year", times=200)
    assert set(by_year["route"]) == {"reconsideration", "litigation_direct", "litigation_after"}
    assert set(by_year["year"]) == {2023, 2024, 2025}
    one = metrics.cluster_rate("refusal_rate", made.corpus().select(agency_id="SYN-0001"))
    assert one["cluster_low"].isna().all()


def years_of(shares: list[float], handled: int = 500) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cells of one agency whose refusals follow these shares, and its reports."""
    made = synthetic(1, (2019, 2018 + len(shares)), seed=2)
    cells = made.cells.copy()
    refused = cells["row"].eq("refused_internal") & cells["column"].eq("total")
    others = cells["row"].str.startswith("refused_") & cells["column"].eq("total") & ~refused
    total = cells["row"].eq("handled") & cells["column"].eq("total")
    cells.loc[others, "value"] = 0.0
    cells.loc[total, "value"] = float(handled)
    cells.loc[refused, "value"] = [round(share * handled) for share in shares]
    return cells, made.reports


def test_a_trend_is_found_with_its_interval() -> None:
    cells, reports = years_of([0.10, 0.12, 0.15, 0.18, 0.22, 0.26])
    rising = metrics.trend("refusal_rate", cells, reports=reports).iloc[0]
    assert (rising["first"], rising["last"], rising["years"]) == (2019, 2024, 6)
    assert 1.1 < rising["low"] < rising["ratio"] < rising["high"] < 1.4
    assert rising["p"] < 0.01
    cells, reports = years_of([0.1, 0.25, 0.08, 0.27, 0.09, 0.24])
    wild = metrics.trend("refusal_rate", cells, reports=reports).iloc[0]
    assert wild["phi"] > 5
    assert wild["low"] < 1 < wild["high"]


def test_a_trend_needs_three_years() -> None:
    cells, reports = years_of([0.1, 0.2])
    assert metrics.trend("refusal_rate", cells, reports=reports)["ratio"].isna().all()
    real = metrics.trend("litigation_rate", datasets.load_corpus())
    assert real["agency"].is_unique
    pingtan = datasets.load_corpus().select(agency_id="平潭综合实验区")
    assert len(metrics.trend("disclosure_rate", pingtan, by=())) == 1, "all in one pot is a group too"
    assert real["ratio"].notna().sum() == 1


def test_what_says_nothing_is_refused() -> None:
    two = world(0, agencies=2)
    for ask in (metrics.overdispersion, metrics.shrunken):
        with pytest.raises(UsageError, match="2 rates"):
            ask(two, "refusal_rate")
