"""What is measured: outcome groups, the rates and the crosswalk between forms, loaded from ``govinfo/forms``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from govinfo.errors import FormError, UsageError, near
from govinfo.files.data import read_table
from govinfo.forms import column_order, row_order

Terms = tuple[tuple[str, int], ...]
"""Places "table.row.column" with their weights (1 or -1)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row of outcomes in the requests table: its ``group`` and its labels below the group's."""

    row: str
    group: str
    label_en: str
    label_zh: str

    @property
    def place(self) -> str:
        """The place of its total."""
        return f"requests.{self.row}.total"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a result: ``numerator`` over ``denominator``, from the reports that print all of ``needed``.

    ``names`` are the columns that tell the lines of a result apart, such as route or group.
    """

    names: Mapping[str, str]
    numerator: Terms
    denominator: Terms
    needed: Terms


@dataclass(frozen=True, slots=True)
class Metric:
    """A rate: labels, question, unit ("share" or "per 100 handled"), ``per`` (1 or 100), ``interval`` ("wilson" or
    "poisson") and ``parts``, one for each route of disputes that it is given for."""

    name: str
    label_en: str
    label_zh: str
    question_en: str
    unit: str
    per: int
    interval: str
    note_en: str
    parts: tuple[Part, ...]


def load_groups() -> Mapping[str, tuple[str, str]]:
    """The groups of outcomes in the order of the form, to their English and Chinese labels."""
    return MappingProxyType(
        {line["group"]: (line["label_en"], line["label_zh"]) for line in read_table("metrics", "groups")}
    )


def load_outcomes() -> tuple[Outcome, ...]:
    """The rows of outcomes. Raises FormError for a row or a group that nothing defines."""
    outcomes = tuple(
        Outcome(line["row"], line["group"], line["label_en"], line["label_zh"])
        for line in read_table("metrics", "outcomes")
    )
    for outcome in outcomes:
        if outcome.row not in row_order("requests") or outcome.group not in GROUPS:
            raise FormError(f"undefined: {outcome.row}, {outcome.group}.", where="outcomes.csv")
    return outcomes


def load_metrics() -> Mapping[str, Metric]:
    """The rates by name. Raises FormError for a place that no form has."""
    return MappingProxyType(
        {
            line["name"]: Metric(
                line["name"],
                line["label_en"],
                line["label_zh"],
                line["question_en"],
                line["unit"],
                int(line["per"]),
                line["interval"],
                line["note_en"],
                tuple(parts_of(line)),
            )
            for line in read_table("metrics", "metrics")
        }
    )


def parts_of(line: Mapping[str, str]) -> Iterator[Part]:
    """The parts of a rate: one, or one for each of its routes."""
    for route in line["routes"].split("|"):
        numerator, denominator = (terms(line[side].replace("{route}", route)) for side in ("numerator", "denominator"))
        yield Part({"route": route} if route else {}, numerator, denominator, numerator + denominator)


def terms(written: str) -> Terms:
    """The terms of a sum such as "outcomes.refused + requests.new.total": a group stands for all its rows."""
    found = re.findall(r"([+-]?)\s*([\w.]+)", written)
    return tuple((place, -1 if sign == "-" else 1) for sign, name in found for place in places(name))


def places(name: str) -> tuple[str, ...]:
    """The places that a term names. Raises FormError where no form has them."""
    table, _, rest = name.partition(".")
    if table == "outcomes" and rest in GROUPS:
        return tuple(outcome.place for outcome in OUTCOMES if outcome.group == rest)
    row, _, column = rest.partition(".")
    if table == "outcomes" or row not in row_order(table) or column not in column_order(table):
        raise FormError(f"undefined: {name}.", where="metrics.csv or crosswalk.csv")
    return (name,)


def load_crosswalk() -> Mapping[str, tuple[str, ...]]:
    """The figures of ``volumes`` to the places that print them, those of the later forms first."""
    found: dict[str, tuple[str, ...]] = {}
    for line in read_table("metrics", "crosswalk"):
        place = places(f"{line['table']}.{line['row']}.{line['column']}")
        found[line["figure"]] = found.get(line["figure"], ()) + place
    return MappingProxyType(found)


GROUPS = load_groups()
"""Groups of outcomes by code, in the order of the form, with their labels."""

OUTCOMES = load_outcomes()
METRICS = load_metrics()
"""The rates by name, in the order of the documentation."""
CROSSWALK = load_crosswalk()
"""Rows that ``volumes`` reads across the forms: figure to its places, the first one preferred."""


def metric_named(name: str) -> Metric:
    """The rate of that name. Raises UsageError that lists the near ones."""
    if name not in METRICS:
        raise UsageError(f"no rate is called {name!r}.", hint=near(name, METRICS))
    return METRICS[name]


def outcomes_in(groups: Sequence[str]) -> tuple[Outcome, ...]:
    """The rows of outcomes in these groups. Raises UsageError for a group that does not exist."""
    for group in groups:
        if group not in GROUPS:
            raise UsageError(f"no group of outcomes is called {group!r}.", hint=near(group, GROUPS))
    return tuple(outcome for outcome in OUTCOMES if outcome.group in groups)


def describe() -> pd.DataFrame:
    """One row per rate.

    Columns, all strings: name, label_en, label_zh, question_en, routes (of disputes, separated by ``|``), numerator
    and denominator (places "table.row.column" of the codebook; ``outcomes.GROUP`` is the sum of the group's rows),
    numerator_zh and denominator_zh (the same as the form prints it), unit, per (1 or 100), interval, note_en.
    Source: ``govinfo/metrics/metrics.csv``.
    """
    return pd.DataFrame([dict(line) for line in read_table("metrics", "metrics")], dtype="string")
