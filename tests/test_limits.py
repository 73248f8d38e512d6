"""The limits of a funnel: what lies beyond them must be as rare as they say, above as below."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from govinfo import metrics
from govinfo.errors import UsageError

SHARES = st.floats(0.001, 0.999)


def test_the_limits_of_half_mirror_each_other() -> None:
    low, high = metrics.chance_limits(np.array([20.0]), 0.5)
    assert low[0] == pytest.approx(0.2585, abs=1e-4)
    assert high[0] == pytest.approx(0.7415, abs=1e-4)


@given(volume=st.integers(1, 3000), centre=SHARES)
def test_the_limits_of_a_share_are_those_of_its_complement(volume: int, centre: float) -> None:
    low, high = metrics.chance_limits(np.array([volume]), centre)
    low_not, high_not = metrics.chance_limits(np.array([volume]), 1 - centre)
    assert high[0] == pytest.approx(1 - low_not[0], abs=1e-6)
    assert low[0] == pytest.approx(1 - high_not[0], abs=1e-6)


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_one_of_one_lies_within(level: float) -> None:
    assert metrics.chance_limits(np.array([1.0]), 0.5, level=level)[1][0] == 1


@given(volume=st.integers(1, 400), centre=SHARES, level=st.sampled_from([0.9, 0.95, 0.998]))
def test_a_count_is_beyond_a_limit_exactly_where_its_tail_is_too_small(
    volume: int, centre: float, level: float
) -> None:
    tail, counts = (1 - level) / 2, np.arange(volume + 1)
    low, high = metrics.chance_limits(np.array([volume]), centre, level=level)
    below, above = stats.binom.cdf(counts, volume, centre), stats.binom.sf(counts - 1, volume, centre)
    clear = (np.abs(below - tail) > 1e-9) & (np.abs(above - tail) > 1e-9)
    assert ((counts / volume < low) == (below < tail))[clear].all()
    assert ((counts / volume > high) == (above < tail))[clear].all()


@given(volume=st.floats(0.01, 3000), centre=st.floats(0.0001, 2), level=st.sampled_from([0.9, 0.95, 0.998]))
def test_cases_are_beyond_a_limit_exactly_where_their_tail_is_too_small(
    volume: float, centre: float, level: float
) -> None:
    tail, mean = (1 - level) / 2, volume * centre
    counts = np.arange(int(mean + 12 * mean**0.5 + 12))
    low, high = metrics.chance_limits(np.array([volume]), centre, level=level, kind="poisson")
    below, above = stats.poisson.cdf(counts, mean), stats.poisson.sf(counts - 1, mean)
    clear = (np.abs(below - tail) > 1e-9) & (np.abs(above - tail) > 1e-9)
    assert ((counts / volume < low) == (below < tail))[clear].all()
    assert ((counts / volume > high) == (above < tail))[clear].all()


@pytest.mark.parametrize("kind", ["wilson", "poisson"])
@pytest.mark.parametrize("centre", [0.02, 0.2, 0.5, 0.9])
def test_by_chance_alone_no_more_than_they_say_lies_beyond_either_limit(kind: str, centre: float) -> None:
    rng = np.random.default_rng(1)
    volumes = np.exp(rng.uniform(0, 8, 200_000)).round().clip(1)
    drawn = rng.binomial(volumes.astype(int), centre) if kind == "wilson" else rng.poisson(volumes * centre)
    for level in (0.95, 0.998):
        low, high = metrics.chance_limits(volumes, centre, level=level, kind=kind)
        below, above = (drawn / volumes < low).mean(), (drawn / volumes > high).mean()
        # Counts are whole: fewer than the tail lie beyond, never more; three standard errors for the simulation.
        most = (1 - level) / 2 + 3 * ((1 - level) / 2 / len(volumes)) ** 0.5
        assert below <= most
        assert above <= most
    large = volumes > 500
    low, high = metrics.chance_limits(volumes, centre, kind=kind)
    if centre < 0.9:
        assert (drawn / volumes > high)[large].mean() > 0.015
        assert (drawn / volumes < low)[large].mean() > 0.012


def test_limits_close_in_on_the_rate_that_all_share() -> None:
    volumes = np.array([10.0, 100.0, 10000.0])
    low, high = metrics.chance_limits(volumes, 0.4)
    assert (np.diff(high - low) < 0).all()
    assert high[2] == pytest.approx(0.4 + 1.96 * (0.4 * 0.6 / 10000) ** 0.5, abs=2e-4)
    assert metrics.chance_limits(volumes, 0.4, kind="poisson")[1][2] == pytest.approx(
        0.4 + 1.96 * (0.4 / 10000) ** 0.5, abs=2e-4
    )


@pytest.mark.parametrize("centre", [0.0, 1.0])
def test_where_all_share_none_or_all_the_limits_are_that(centre: float) -> None:
    low, high = metrics.chance_limits(np.array([3.0, 40.0]), centre)
    assert low.tolist() == high.tolist() == [centre, centre]


def test_limits_that_make_no_sense_are_refused() -> None:
    for options in ({"level": 1.0}, {"kind": "normal"}):
        with pytest.raises(UsageError):
            metrics.chance_limits(np.array([3.0]), 0.5, **options)
    with pytest.raises(UsageError):
        metrics.chance_limits(np.array([3.0]), 1.5)
