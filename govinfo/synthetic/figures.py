"""Figures of invented agencies over years, consistent within a report and from year to year.

Every series is an array of agencies by years. Nothing here comes from a real report but the shape: few agencies have
most of the requests, most requests come from natural persons, disputes are rare.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from govinfo.files.data import read_table
from govinfo.forms import instead_of
from govinfo.synthetic.agencies import Floats, shares

Key = tuple[str, str, str]
"""A cell of the form: table, row, column."""

Figures = Mapping[Key, Floats]
"""Figures of each cell of the form, agencies by years; NaN where the page leaves the cell blank."""

Ints = npt.NDArray[np.int64]

NOISE_OF_OPENNESS = 0.35
SIZE_ON_OPENNESS = -0.2
"""What e times the requests that are usual for its level take off the openness of an agency: where agencies with
many requests are less open, the rate of all requests is not the mean of the agencies' rates."""

SPREAD_OF_FLOWS = 0.8
REPEALED = 0.05


def figures_of(agencies: pd.DataFrame, years: int, rng: np.random.Generator) -> dict[Key, Floats]:
    """The figures of all cells of all forms, for agencies as ``invented_agencies`` gives them."""
    requests = requests_of(agencies, years, rng)
    handled = requests["requests", "handled", "total"]
    return {**disclosure_of(agencies, years, rng), **requests, **disputes_of(handled, rng)}


def lines_of(group: str) -> list[Mapping[str, str]]:
    """The lines of ``forms/synthetic_requests.csv`` of one group."""
    return [line for line in read_table("synthetic", "requests") if line["group"] == group]


def mixtures(weights: Sequence[float], count: int, rng: np.random.Generator) -> Floats:
    """For each of ``count`` agencies shares around those of ``weights``; they add up to 1."""
    drawn: Floats = rng.gamma(30 * shares(weights), size=(count, len(weights))) + 1e-9
    total: Floats = drawn.sum(axis=1, keepdims=True)
    return drawn / total


# Requests


def requests_of(agencies: pd.DataFrame, years: int, rng: np.random.Generator) -> dict[Key, Floats]:
    """The requests table: R1, R2, R3 hold within each year, R5 from each to the next."""
    size = agencies["spread"].to_numpy() * rng.standard_normal(len(agencies))
    applicants = lines_of("applicant")
    # One year more than asked for is drawn and dropped, so that the first report has requests carried in.
    received = received_in(agencies, size, years + 1, rng)
    kinds = mixtures([float(line["weight"]) for line in applicants], len(agencies), rng)
    new = rng.multinomial(received, kinds[:, np.newaxis])
    carried_in, carried_out = carried(new, rng)
    handled = new + carried_in - carried_out
    outcomes = outcomes_of(handled, agencies, size, rng)
    rows = {"new": new, "carried_in": carried_in, **outcomes, "handled": handled, "carried_out": carried_out}
    columns = [line["code"] for line in applicants]
    return {
        ("requests", row, column): counts.astype(float)
        for row, by_kind in rows.items()
        for column, counts in [
            *zip(columns, np.moveaxis(by_kind, 2, 0)[:, :, 1:], strict=True),
            ("total", by_kind.sum(2)[:, 1:]),
        ]
    }


def received_in(agencies: pd.DataFrame, size: Floats, years: int, rng: np.random.Generator) -> Ints:
    """New requests by agency and year: log-normal between agencies, a trend and some noise over the years."""
    trend = np.outer(agencies["growth"], np.arange(years))
    noise = 0.2 * rng.standard_normal(trend.shape)
    usual = agencies["requests"].to_numpy() * np.exp(size)
    return rng.poisson(usual[:, np.newaxis] * np.exp(trend + noise))


def carried(new: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """What each year carries in and out: some of the requests of a year wait for the next."""
    waiting = rng.beta(2, 20, size=(len(new), 1))
    carried_in, carried_out = np.zeros_like(new), np.zeros_like(new)
    for year in range(new.shape[1]):
        carried_in[:, year] = carried_out[:, year - 1] if year else 0
        carried_out[:, year] = rng.binomial(new[:, year] + carried_in[:, year], waiting)
    return carried_in, carried_out


def outcomes_of(handled: Ints, agencies: pd.DataFrame, size: Floats, rng: np.random.Generator) -> dict[str, Ints]:
    """The outcomes of what was handled, with the rows of one form that stand for several of another."""
    disclosed, withheld = lines_of("disclosed"), lines_of("withheld")
    odds = agencies["openness"].to_numpy() + SIZE_ON_OPENNESS * size
    odds = odds + NOISE_OF_OPENNESS * rng.standard_normal(len(agencies))
    by_year = odds[:, np.newaxis] + np.outer(agencies["trend"], np.arange(handled.shape[1]))
    open_share = (1 / (1 + np.exp(-by_year)))[..., np.newaxis]
    inside, outside = (
        mixtures([float(line["weight"]) for line in lines], len(agencies), rng)[:, np.newaxis]
        for lines in (disclosed, withheld)
    )
    chances = np.concatenate([open_share * inside, (1 - open_share) * outside], axis=2)
    drawn = rng.multinomial(handled, chances[:, :, np.newaxis])
    rows = {line["code"]: drawn[..., at] for at, line in enumerate([*disclosed, *withheld])}
    return rows | {
        one: sum((rows[part] for part in parts), np.zeros_like(handled))
        for one, parts in instead_of("requests").items()
    }


# Disputes


def disputes_of(handled: Floats, rng: np.random.Generator) -> dict[Key, Floats]:
    """The disputes table: rare, many of them with few agencies; R4 holds."""
    figures: dict[Key, Floats] = {}
    for line in read_table("synthetic", "disputes"):
        results = [name for name in line if name not in ("row", "per_hundred")]
        leaning = rng.gamma(0.5, 2, size=(len(handled), 1))
        cases = rng.poisson(handled * leaning * float(line["per_hundred"]) / 100)
        drawn = rng.multinomial(cases, shares([float(line[name]) for name in results]))
        figures |= {("disputes", line["row"], name): drawn[..., at].astype(float) for at, name in enumerate(results)}
        figures["disputes", line["row"], "total"] = cases.astype(float)
    return figures


# Disclosure


def disclosure_of(agencies: pd.DataFrame, years: int, rng: np.random.Generator) -> dict[Key, Floats]:
    """The disclosure table: R6 and R7 hold from year to year."""
    figures: dict[Key, Floats] = {}
    for line in read_table("synthetic", "disclosure"):
        usual = (
            agencies["level"].map({level: float(line[level]) for level in agencies["level"].unique()}).to_numpy(float)
        )
        flow = usual * np.exp(SPREAD_OF_FLOWS * rng.standard_normal(len(agencies)))
        series = PROCESSES[line["process"]](np.repeat(flow[:, np.newaxis], years, axis=1), rng)
        figures |= {("disclosure", line["row"], column): counts.astype(float) for column, counts in series.items()}
    return figures


def documents(flow: Floats, rng: np.random.Generator) -> dict[str, Ints | Floats]:
    """Documents issued and repealed, with those in force; in the older form made and disclosed, with their sum."""
    issued, disclosed_before = rng.poisson(flow), rng.poisson(8 * flow[:, 0])
    disclosed = rng.binomial(issued, 0.95)
    in_force, repealed = rng.poisson(8 * flow[:, 0]), np.zeros_like(issued)
    stock = np.zeros_like(issued)
    for year in range(flow.shape[1]):
        repealed[:, year] = rng.binomial(in_force, REPEALED)
        in_force = stock[:, year] = in_force + issued[:, year] - repealed[:, year]
    disclosed_total = disclosed_before[:, np.newaxis] + disclosed.cumsum(axis=1)
    return {
        "issued": issued,
        "repealed": repealed,
        "in_force": stock,
        "made": issued,
        "disclosed": disclosed,
        "disclosed_total": disclosed_total,
    }


def items(flow: Floats, rng: np.random.Generator) -> dict[str, Ints | Floats]:
    """Items of the previous year, and how many more or fewer there are now."""
    previous, change = np.zeros(flow.shape, dtype=np.int64), np.zeros(flow.shape, dtype=np.int64)
    there = rng.poisson(flow[:, 0])
    for year in range(flow.shape[1]):
        previous[:, year] = there
        change[:, year] = rng.poisson(REPEALED * flow[:, year]) - rng.binomial(there, REPEALED)
        there = there + change[:, year]
    return {"items_previous": previous, "items_change": change}


def decisions(flow: Floats, rng: np.random.Generator) -> dict[str, Ints | Floats]:
    """Decisions taken."""
    return {"decisions": rng.poisson(flow * np.exp(0.2 * rng.standard_normal(flow.shape)))}


def projects(flow: Floats, rng: np.random.Generator) -> dict[str, Ints | Floats]:
    """Projects of procurement."""
    return {"projects": rng.poisson(flow)}


def amount(flow: Floats, rng: np.random.Generator) -> dict[str, Ints | Floats]:
    """An amount in 万元, whole in yuan."""
    return {"amount": np.rint(10000 * flow * np.exp(0.3 * rng.standard_normal(flow.shape))) / 10000}


PROCESSES: Mapping[str, Callable[[Floats, np.random.Generator], dict[str, Ints | Floats]]] = {
    process.__name__: process for process in (documents, items, decisions, projects, amount)
}
"""How the figures of a line of ``forms/synthetic_disclosure.csv`` come about, from what is usual in a year."""
