"""How much of a text is repeated from another one: the share of its letters in runs that stand in both.

A run is at least ``RUN`` signs long. Figures count as one sign whatever they are, and spaces and punctuation are left
out, so that a sentence with other figures, or set otherwise, counts as repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from govinfo.text import NOT_WORDS, fold

RUN = 8
"""Signs of the shortest run: shorter ones, as 政府信息公开, stand in every report."""

FIGURES = re.compile(r"\d+(?:[.,]\d+)*")

Runs = npt.NDArray[np.uint64]


def signs_of(text: str) -> str:
    """A text as it is held against another one."""
    return NOT_WORDS.sub("", FIGURES.sub("0", fold(text)))


def runs_of(signs: str) -> Runs:
    """The runs of a text by where they begin, each as a number; none for a text shorter than a run."""
    codes = np.frombuffer(signs.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < RUN:
        return np.zeros(0, dtype=np.uint64)
    mixed = np.zeros(len(codes) - RUN + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for at in range(RUN):
            mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + codes[at : len(codes) - RUN + 1 + at]
            mixed ^= mixed >> np.uint64(29)
    return mixed


def letters_repeated(runs: Runs, others: Runs) -> int:
    """How many signs of a text stand in runs that are among the others."""
    if not len(runs):
        return 0
    edges = np.zeros(len(runs) + RUN, dtype=np.int64)
    begins = np.flatnonzero(np.isin(runs, others, kind="sort"))
    np.add.at(edges, begins, 1)
    np.add.at(edges, begins + RUN, -1)
    return int((np.cumsum(edges)[:-1] > 0).sum())


def repeated(one: Iterable[str], other: Iterable[str]) -> float | None:
    """The share of two texts, given in parts, that each repeats from the other: the same whichever comes first, 1 for
    two of the same words, 0 for two without a run in common, None where both are empty."""
    parts = [[signs_of(text) for text in texts] for texts in (one, other)]
    runs = [joined_runs(texts) for texts in parts]
    letters = sum(len(text) for texts in parts for text in texts)
    if not letters:
        return None
    shared = sum(letters_repeated(runs_of(text), runs[1 - side]) for side, texts in enumerate(parts) for text in texts)
    short = sum(
        len(text) for side, texts in enumerate(parts) for text in texts if len(text) < RUN and text in parts[1 - side]
    )
    return (shared + short) / letters


def joined_runs(texts: Iterable[str]) -> Runs:
    """The runs of several texts; none goes from one to the next."""
    return np.concatenate([np.zeros(0, dtype=np.uint64), *(runs_of(text) for text in texts)])
