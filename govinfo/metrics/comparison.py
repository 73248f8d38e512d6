"""Honest comparison of many agencies: what differs by more than chance, how sure a rank is, what agencies not seen do.

Each function says which question it answers. scipy and statsmodels are imported where they are used: they take longer
to load than the rest of the package.

Sources: D. J. Spiegelhalter, Handling over-dispersion of performance indicators, Quality and Safety in Health Care 14
(2005); C. N. Morris, Parametric empirical Bayes inference, Journal of the American Statistical Association 78 (1983);
H. Goldstein and D. J. Spiegelhalter, League tables and their limitations, Journal of the Royal Statistical Society A
159 (1996); A. C. Cameron and D. L. Miller, A practitioner's guide to cluster-robust inference, Journal of Human
Resources 50 (2015).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from govinfo.errors import UsageError
from govinfo.metrics.figures import AGENCY, By, Reported, frames_of, pooled, require
from govinfo.metrics.intervals import check_level
from govinfo.metrics.rates import rate, with_rate
from govinfo.metrics.registry import metric_named

Floats = npt.NDArray[np.float64]
Bounds = tuple[Floats, Floats]

WINSORISED = 0.1
"""Share of the scores at either end that are pulled in before spread is estimated, lest outliers hide themselves."""

DRAWS = 4000
"""Draws of the rates of all agencies from which intervals of ranks are taken."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How far agencies differ: ``centre`` is their pooled rate (a share, or cases per one), ``phi`` how many times as
    much as chance they vary around it, ``tau`` the standard deviation of their true rates beyond chance."""

    centre: float
    phi: float
    tau: float
    agencies: int


def overdispersion(frame: pd.DataFrame, metric: str) -> Spread:
    """How much more than chance the rates of a frame differ; ``frame`` is a result of ``rate``, a line per agency.

    phi is the mean of the squared scores, the tenth at either end pulled in, over what that is of chance alone (so that
    chance alone gives 1, which the source's own estimate does not); tau is estimated by the method of moments
    and 0 where phi says no more than chance. Raises UsageError for fewer than three rates.
    """
    count, total = known(frame, metric)
    if len(count) < 3:
        raise UsageError(f"{len(count)} rates say nothing about spread.", hint="Give three agencies or more.")
    centre = float(count.sum() / total.sum())
    error = standard_error(total, centre, metric)
    if not (error > 0).all():
        return Spread(centre, 1.0, 0.0, len(count))
    scores = (count / total - centre) / error
    low, high = np.quantile(scores, [WINSORISED, 1 - WINSORISED])
    phi = float(np.mean(np.clip(scores, low, high) ** 2)) / winsorised_square()
    weights = 1 / error**2
    beyond = (len(count) * phi - (len(count) - 1)) / (weights.sum() - (weights**2).sum() / weights.sum())
    chance = phi <= len(count) / (len(count) - 1)
    return Spread(centre, phi, 0.0 if chance else float(np.sqrt(max(beyond, 0.0))), len(count))


def winsorised_square() -> float:
    """The mean of squared normal scores of which the tenth at either end is pulled in."""
    from scipy import stats

    end = float(stats.norm.isf(WINSORISED))
    within = 1 - 2 * WINSORISED - 2 * end * float(stats.norm.pdf(end))
    return within + 2 * WINSORISED * end**2


def adjusted_limits(volumes: npt.ArrayLike, spread: Spread, metric: str, *, level: float = 0.95) -> Bounds:
    """The limits of a funnel that allow for what agencies differ by anyway: centre and z times the root of chance plus
    tau squared. With tau 0 they are the normal limits of chance.

    Question: which agencies differ by more than agencies usually do? (``chance_limits``: by more than chance?)
    """
    from scipy import stats

    check_level(level)
    volumes = np.asarray(volumes, dtype=np.float64)
    width = stats.norm.ppf((1 + level) / 2) * np.sqrt(
        standard_error(volumes, spread.centre, metric) ** 2 + spread.tau**2
    )
    top = 1.0 if metric_named(metric).interval == "wilson" else np.inf
    return np.clip(spread.centre - width, 0, top), np.clip(spread.centre + width, 0, top)


def standard_error(total: Floats, centre: float, metric: str) -> Floats:
    """The standard error of a rate by chance alone: of a share, or of cases per one."""
    variance = centre * (1 - centre) if metric_named(metric).interval == "wilson" else centre
    return np.asarray(np.sqrt(max(variance, 0.0) / total), dtype=np.float64)


def known(frame: pd.DataFrame, metric: str) -> Bounds:
    """Numerators and denominators of the lines that have a rate. Raises UsageError for no result of ``rate``."""
    metric_named(metric)
    require(frame, ["numerator", "denominator", "rate"])
    lines = frame[usable(frame, metric)]
    return lines["numerator"].to_numpy("float64"), lines["denominator"].to_numpy("float64")


def usable(frame: pd.DataFrame, metric: str) -> pd.Series:
    """True for lines with a rate; a share over 1, of a report that contradicts itself, is none."""
    fits = frame["rate"].notna() & (frame["denominator"] > 0)
    if metric_named(metric).interval == "wilson":
        fits &= frame["numerator"] <= frame["denominator"]
    return fits.fillna(False).astype("bool")


# Shrunken rates and ranks


def shrunken(frame: pd.DataFrame, metric: str, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """The frame with what the rates are once all agencies are looked at together, and how sure their ranks are.

    ``frame`` is a result of ``rate``, a line per agency. Added columns: shrunk, shrunk_low, shrunk_high (Float64, in
    the unit of the rate: mean and quantiles of its posterior), rank (Int64, 1 is the highest shrunk rate), rank_low,
    rank_high (Int64, its interval); NA where there is no rate. The rates of agencies follow a beta distribution
    (shares) or a gamma distribution (cases) that is fitted to them by maximum likelihood; ``seed`` is that of the draws
    behind the ranks.

    Question: what is each agency's own rate most likely, and who stands surely above whom? Raises UsageError for fewer
    than three rates.
    """
    check_level(level)
    per, fits = metric_named(metric).per, usable(frame, metric)
    count, total = known(frame, metric)
    if len(count) < 3:
        raise UsageError(f"{len(count)} rates cannot be shrunk.", hint="Give three agencies or more.")
    posterior = posterior_of(count, total, metric)
    tail = (1 - level) / 2
    drawn = posterior.rvs((DRAWS, len(count)), random_state=np.random.default_rng(seed))
    ranks = np.argsort(np.argsort(-drawn, axis=1), axis=1) + 1
    means = posterior.mean()
    added = {
        "shrunk": means * per,
        "shrunk_low": posterior.ppf(tail) * per,
        "shrunk_high": posterior.ppf(1 - tail) * per,
        "rank": pd.Series(-means).rank(method="min").to_numpy(),
        "rank_low": np.quantile(ranks, tail, axis=0, method="lower"),
        "rank_high": np.quantile(ranks, 1 - tail, axis=0, method="higher"),
    }
    result = frame.copy()
    for name, values in added.items():
        column = pd.Series(np.nan, index=frame.index)
        column[fits] = values
        result[name] = column.astype("Int64" if name.startswith("rank") else "Float64")
    return result


def posterior_of(count: Floats, total: Floats, metric: str) -> Any:
    """What is known of each agency's own rate: a frozen distribution of scipy with one place per agency."""
    from scipy import optimize, special, stats

    share = metric_named(metric).interval == "wilson"
    centre = min(max(float(count.sum() / total.sum()), 1e-6), 1 - 1e-6 if share else np.inf)

    def unlikely(point: Floats) -> float:
        """Minus the log likelihood, but for a constant, at the log of mean and of size."""
        mean = special.expit(point[0]) if share else np.exp(point[0])
        size = np.exp(point[1])
        first, second = mean * size, (1 - mean) * size if share else size
        if share:
            terms = special.betaln(first + count, second + total - count) - special.betaln(first, second)
        else:
            terms = (
                special.gammaln(first + count)
                - special.gammaln(first)
                + first * np.log(second)
                - (first + count) * np.log(second + total)
            )
        return float(-terms.sum())

    start = np.array([special.logit(centre) if share else np.log(centre), np.log(20.0)])
    found = optimize.minimize(unlikely, start, method="Nelder-Mead", options={"maxiter": 2000})
    mean = float(special.expit(found.x[0]) if share else np.exp(found.x[0]))
    size = float(np.exp(np.clip(found.x[1], -5, 15)))
    if share:
        return stats.beta(mean * size + count, (1 - mean) * size + total - count)
    return stats.gamma(mean * size + count, scale=1 / (size + total))


# Agencies as the units of chance


def cluster_rate(
    name: str,
    cells: Reported,
    *,
    by: By = (),
    reports: pd.DataFrame | None = None,
    level: float = 0.95,
    times: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """A pooled rate with the interval of ``rate`` and with one that takes agencies, not requests, as drawn by chance.

    Columns: those of ``rate`` up to high, then cluster_low, cluster_high (Float64: quantiles of the rate over ``times``
    samples of the agencies, drawn with replacement), agencies (Int64), wider (Float64: how many times as wide as low to
    high). NA for fewer than two agencies. ``by``, ``reports`` and what is raised: see ``rate``.

    Question: how far might the rate be off as one of agencies like these, most of which we have not seen?
    """
    metric = metric_named(name)
    check_level(level)
    cells, reports = frames_of(cells, reports)
    columns = [by] if isinstance(by, str) else list(by)
    each = pooled(metric.parts, cells, [*columns, AGENCY], reports, False)
    keys = [*columns, *metric.parts[0].names]
    sums = pooled(metric.parts, cells, columns, reports, False)
    result = with_rate(sums, metric.interval, metric.per, level, 30)
    bounds = [
        resampled(chosen(each, keys, [record[one] for one in keys]), metric.per, level, times, seed)
        for record in result.to_dict("records")
    ]
    low, high, agencies = (pd.Series(values, index=result.index) for values in zip(*bounds, strict=True))
    kept = [*keys, "numerator", "denominator", "rate", "low", "high"]
    wider = (high - low) / (result["high"] - result["low"]).astype("float64")
    return result[kept].assign(
        cluster_low=low.astype("Float64"),
        cluster_high=high.astype("Float64"),
        agencies=agencies.astype("Int64"),
        wider=wider.replace([np.inf, -np.inf], np.nan).astype("Float64"),
    )


def chosen(each: pd.DataFrame, keys: list[str], key: list[Any]) -> pd.DataFrame:
    """The agencies of one group that have a rate."""
    fits = each["denominator"] > 0
    for name, value in zip(keys, key, strict=True):
        fits &= each[name].isna() if pd.isna(value) else each[name].eq(value)
    return each[fits.fillna(False)]


def resampled(mine: pd.DataFrame, per: int, level: float, times: int, seed: int) -> tuple[float, float, int]:
    """Quantiles of the pooled rate over samples of agencies, and how many agencies there are."""
    count, total = mine["numerator"].to_numpy("float64"), mine["denominator"].to_numpy("float64")
    if len(count) < 2:
        return float("nan"), float("nan"), len(count)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(count), np.full(len(count), 1 / len(count)), size=times)
    rates = (drawn @ count) / (drawn @ total) * per
    low, high = np.quantile(rates, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high), len(count)


def trend(
    name: str, cells: Reported, *, by: By = AGENCY, reports: pd.DataFrame | None = None, level: float = 0.95
) -> pd.DataFrame:
    """How a rate changes from year to year, for each agency: the ratio of odds (shares) or of rates (cases).

    Columns: by (agency where nothing else is asked), first, last (Int64 years), years (Int64, with a rate), ratio, low,
    high (Float64: below 1 the rate falls), p (Float64), phi (Float64: how many times as much as chance the years
    vary). A generalised linear model (statsmodels) over the years, its interval widened by phi where that is over 1; NA
    for fewer than three years.

    Question: does the rate of this agency rise or fall, or is that how its years vary? ``reports`` and what is raised:
    see ``rate``.
    """
    metric = metric_named(name)
    check_level(level)
    cells, reports = frames_of(cells, reports)
    columns = [by] if isinstance(by, str) else list(by)
    years = rate(name, cells, by=[*columns, "year"], reports=reports)
    keys = [*columns, *metric.parts[0].names]
    lines = []
    for key, mine in years.groupby(keys, dropna=False, sort=False) if keys else [((), years)]:
        usable_years = mine[usable(mine, name) & mine["year"].notna()]
        lines.append({**dict(zip(keys, key, strict=True)), **slope(usable_years, metric.interval == "wilson", level)})
    types = {"first": "Int64", "last": "Int64", "years": "Int64"}
    floats = dict.fromkeys(("ratio", "low", "high", "p", "phi"), "Float64")
    result = pd.DataFrame(lines, columns=[*keys, *types, *floats]).astype({**types, **floats})
    return result.rename(columns={AGENCY: "agency"})


def slope(years: pd.DataFrame, share: bool, level: float) -> dict[str, float]:
    """The change of a rate per year of one agency."""
    import statsmodels.api as sm
    from scipy import stats

    at = years["year"].to_numpy("float64")
    told: dict[str, float] = {"years": len(at)}
    if len(at):
        told |= {"first": at.min(), "last": at.max()}
    count, total = years["numerator"].to_numpy("float64"), years["denominator"].to_numpy("float64")
    if len(at) < 3 or count.sum() == 0 or (share and (count == total).all()):
        return told
    design = sm.add_constant(at - at.mean())
    if share:
        model = sm.GLM(np.column_stack([count, total - count]), design, family=sm.families.Binomial())
    else:
        model = sm.GLM(count, design, family=sm.families.Poisson(), exposure=total)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a perfect fit of few years: its interval says it
        fitted = model.fit()
    phi = float(fitted.pearson_chi2 / fitted.df_resid)
    error = float(fitted.bse[1]) * np.sqrt(max(phi, 1.0))
    step, half = float(fitted.params[1]), stats.t.ppf((1 + level) / 2, fitted.df_resid) * error
    bounds = {"ratio": np.exp(step), "low": np.exp(step - half), "high": np.exp(step + half)}
    return told | bounds | {"p": float(2 * stats.t.sf(abs(step) / error, fitted.df_resid)), "phi": phi}
