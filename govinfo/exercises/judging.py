"""What is wrong with an answer, told without giving the right one.

An answer is held against the right one and against those that the usual slips lead to: the wrong denominator, a
percentage for a share, a blank taken as 0. A question says what is expected by one of the classes here; ``faults``
gives what to tell whoever answered, nothing for a right answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import is_list_like, is_numeric_dtype

Floats = npt.NDArray[np.float64]
Slip = tuple[Floats, str]
"""The figures that a usual slip leads to, and what to say of it."""

OTHER_SIGN = "The sign is the wrong way round."

SCALES: Mapping[str, Mapping[float, str]] = MappingProxyType(
    {
        "count": {1: "", -1: OTHER_SIGN},
        "share": {1: "", -1: OTHER_SIGN, 100: "This is a percentage: give a share, from 0 to 1."},
        "per 100": {1: "", -1: OTHER_SIGN, 0.01: "This is a share: give the number per 100."},
    }
)
"""By unit, factors between an answer and a figure, and what to say of them."""

CLOSE = MappingProxyType({"count": 1e-4, "share": 5e-4, "per 100": 5e-2})
"""By unit, how far an answer may be from the figure: a share may be rounded to three decimals."""

NO_KEY = "(none)"
"""Stands for NA in a column that tells lines apart."""

KEYS_LOST = "pandas drops NA when it groups, unless dropna=False."


class Expected(Protocol):
    """What a question expects."""

    def faults(self, answer: object) -> list[str]:
        """What is wrong with an answer; empty for a right one."""


@dataclass(frozen=True)
class Number:
    """One number in ``unit`` (a key of SCALES), NaN where the page prints none; ``slips``: wrong ones, what to say."""

    right: float
    unit: str = "count"
    slips: Sequence[tuple[float, str]] = ()

    def faults(self, answer: object) -> list[str]:
        """What is wrong with the number."""
        number = number_of(answer)
        if number is None:
            return [f"A number was expected, not {kind_of(answer)}."]
        slips = [(np.array([wrong]), said) for wrong, said in self.slips]
        return faults_of_figures(np.array([number]), np.array([self.right]), slips, self.unit)


@dataclass(frozen=True)
class Word:
    """One word, such as a code or a report_id; ``known`` are all that there are, ``slips`` wrong words, what to say."""

    right: str
    known: Collection[str]
    slips: Mapping[str, str]

    def faults(self, answer: object) -> list[str]:
        """What is wrong with the word."""
        if not isinstance(answer, str):
            return [f"A text was expected, not {kind_of(answer)}."]
        word = answer.strip()
        if word == self.right:
            return []
        if word not in self.known:
            return [f"There is no {word!r} here: give it as the column of the frame spells it."]
        return [self.slips.get(word, f"{word!r} is not the one.")]


@dataclass(frozen=True)
class Names:
    """A list of names in any order, such as report_ids; ``slips``: wrong lists, what to say."""

    right: frozenset[str]
    slips: Sequence[tuple[frozenset[str], str]] = ()

    def faults(self, answer: object) -> list[str]:
        """What is wrong with the list."""
        if not is_list_like(answer) or isinstance(answer, (dict, pd.DataFrame)):
            return [f"A list of names was expected, not {kind_of(answer)}."]
        given = frozenset(map(str, cast("Iterable[object]", answer)))
        if given == self.right:
            return []
        if known := [said for wrong, said in self.slips if given == wrong]:
            return known
        lacking, strange = len(self.right - given), len(given - self.right)
        return [
            *([f"{count(lacking, 'name is', 'names are')} missing."] if lacking else []),
            *([f"{count(strange, 'name does', 'names do')} not belong here."] if strange else []),
        ]


@dataclass(frozen=True)
class Table:
    """A frame: ``keys`` are the columns that tell its lines apart, all others hold figures in ``unit``.

    The order of lines and further columns do not matter. ``slips``: frames that usual slips lead to, what to say;
    one may lack columns of ``right`` that it says nothing of.
    """

    right: pd.DataFrame
    keys: Sequence[str]
    unit: str = "count"
    slips: Sequence[tuple[pd.DataFrame, str]] = ()

    def faults(self, answer: object) -> list[str]:
        """What is wrong with the frame: its columns, else its lines, else its figures."""
        if not isinstance(answer, pd.DataFrame):
            advice = " Try .reset_index(name=...) on it." if isinstance(answer, pd.Series) else ""
            return [f"A DataFrame was expected, not {kind_of(answer)}.{advice}"]
        frame = with_keys_as_columns(answer, self.keys)
        columns = self.right.columns.astype(str).tolist()
        figures = [column for column in columns if column not in self.keys]
        return (
            faults_of_columns(frame, columns, figures)
            or faults_of_lines(lines_of(frame, self.keys), lines_of(self.right, self.keys))
            or [fault for column in figures for fault in self.faults_of_column(frame, column)]
        )

    def faults_of_column(self, frame: pd.DataFrame, column: str) -> list[str]:
        """What is wrong with the figures of a column, line by line."""
        right = by_line(self.right, self.keys, column)
        slips = [
            (by_line(wrong, self.keys, column).reindex(right.index).to_numpy(), said)
            for wrong, said in self.slips
            if column in wrong
        ]
        answer = by_line(frame, self.keys, column).reindex(right.index)
        found = faults_of_figures(answer.to_numpy(), right.to_numpy(), slips, self.unit)
        return [f"Column {column}: {fault}" for fault in found]


# Figures


def faults_of_figures(answer: Floats, right: Floats, slips: Iterable[Slip], unit: str) -> list[str]:
    """What is wrong with figures: the slip that leads to all of them, else what is wrong with blanks, then the rest."""
    if same(answer, right, unit):
        return []
    slips = list(slips)
    if led_here := [
        (float(np.nansum(np.abs(answer - figures * factor))), [text for text in (said, said_of_factor) if text])
        for figures, said in [(right, ""), *slips]
        for factor, said_of_factor in SCALES[unit].items()
        if same(answer, figures * factor, unit)
    ]:
        return min(led_here)[1]
    if blanks := faults_of_blanks(answer, right):
        both = ~np.isnan(answer) & ~np.isnan(right)
        rest = [(figures[both], said) for figures, said in slips]
        return [*blanks, *faults_of_figures(answer[both], right[both], rest, unit)]
    if len(right) == 1:
        return ["The figure is not right, and none of the usual slips leads to it."]
    wrong = np.sum(~np.isclose(answer, right, rtol=1e-6, atol=CLOSE[unit], equal_nan=True))
    return [f"{wrong} of {count(len(right), 'figure', 'figures')} not right."]


def same(one: Floats, other: Floats, unit: str) -> bool:
    """True where two columns of figures are the same, NaN in the same places."""
    return bool(np.allclose(one, other, rtol=1e-6, atol=CLOSE[unit], equal_nan=True))


def faults_of_blanks(answer: Floats, right: Floats) -> list[str]:
    """What is wrong with what is NA and what is not."""
    blank = np.isnan(right)
    zeros, infinite = blank & (answer == 0), blank & np.isinf(answer)
    others, lost = blank & ~np.isnan(answer) & ~zeros & ~infinite, ~blank & np.isnan(answer)
    said = {
        "0 where nothing is known: a blank is not 0.": zeros,
        "infinite: something was divided by 0, which leaves NA.": infinite,
        "given where NA was expected.": others,
        "NA where there is one.": lost,
    }
    return [
        f"{count(int(places.sum()), 'figure is', 'figures are')} {text}"
        for text, places in said.items()
        if places.any()
    ]


# Frames


def with_keys_as_columns(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The frame with keys that stand in its index as columns."""
    hidden = [key for key in keys if key in frame.index.names and key not in frame]
    return frame.reset_index(level=hidden) if hidden else frame


def faults_of_columns(frame: pd.DataFrame, wanted: Sequence[str], figures: Sequence[str]) -> list[str]:
    """Which columns are missing or doubled, or hold text where figures were expected."""
    if missing := [column for column in wanted if column not in frame]:
        return [f"Column {column} is missing." for column in missing]
    if doubled := [column for column in wanted if list(frame.columns).count(column) > 1]:
        return [f"Column {column} stands more than once." for column in doubled]
    return [
        f"Column {column} has the dtype {frame[column].dtype}, figures were expected: try .astype('Float64')."
        for column in figures
        if not is_numeric_dtype(frame[column])
    ]


def faults_of_lines(given: pd.Index, right: pd.Index) -> list[str]:
    """Which lines are missing, strange or doubled."""
    missing, strange = right.difference(given), given.difference(right)
    without_key = any(NO_KEY in line for line in missing)
    said = [
        (int(given.duplicated().sum()), "line stands", "lines stand", "more than once."),
        (len(missing), "line is", "lines are", "missing: " + KEYS_LOST if without_key else "missing."),
        (len(strange), "line does", "lines do", "not belong here."),
    ]
    return [f"{count(number, one, many)} {text}" for number, one, many, text in said if number]


def lines_of(frame: pd.DataFrame, keys: Sequence[str]) -> pd.Index:
    """The keys of the lines as texts."""
    texts = frame[list(keys)].convert_dtypes().astype("string").fillna(NO_KEY)
    return pd.Index(list(texts.itertuples(index=False, name=None)), tupleize_cols=False)


def by_line(frame: pd.DataFrame, keys: Sequence[str], column: str) -> pd.Series:
    """The figures of a column by line."""
    return pd.Series(frame[column].to_numpy(dtype="float64", na_value=np.nan), index=lines_of(frame, keys))


# Words


def number_of(answer: object) -> float | None:
    """An answer as a number, NaN for NA; None where it is no number."""
    if answer is pd.NA:
        return float("nan")
    number = isinstance(answer, (int, float, Decimal, np.integer, np.floating)) and not isinstance(answer, bool)
    return float(answer) if number else None  # type: ignore[arg-type]


def kind_of(answer: object) -> str:
    """What an answer is, in words."""
    words = {
        str: "a text",
        bool: "True or False",
        dict: "a dict",
        list: "a list",
        pd.DataFrame: "a DataFrame",
        pd.Series: "a Series",
    }
    if type(answer) not in words and number_of(answer) is not None:
        return "a number"
    return words.get(type(answer), f"something of the type {type(answer).__name__}")


def count(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many}"
