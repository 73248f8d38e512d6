"""Two persons reviewed the same queue, each for themselves: how far they agree, and where they do not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from govinfo.corrections import AS_PRINTED, BLANK, CORRECTIONS, FIGURE, PLACE, corrections
from govinfo.text import figure

CELL = ["report", *PLACE]

DIFFERENCES = dict.fromkeys((*CELL, "expected", "answer_a", "answer_b", "reason_a", "reason_b"), "string")
"""Columns of the cells on which two persons differ, with their types."""


@dataclass(frozen=True)
class Agreement:
    """How far two reviews agree. ``cells`` both have decided, ``agree`` of them with the same answer, ``percent``;
    ``kappa`` is Cohen's, with its interval of 95 % (``low``, ``high``), NaN where both gave one and the same answer
    throughout: chance alone would then give it too. Answers are "as printed", the figure, "blank" or "cannot be told".
    ``only_a`` and ``only_b`` one alone has decided; ``differences`` (``DIFFERENCES``) are the cells on which they
    differ."""

    cells: int
    agree: int
    percent: float
    kappa: float
    low: float
    high: float
    only_a: int
    only_b: int
    differences: pd.DataFrame

    def __str__(self) -> str:
        kappa = (
            "Cohen's kappa is not defined: both gave the same answer to every cell"
            if pd.isna(self.kappa)
            else f"Cohen's kappa {self.kappa:.3f} (95 % interval {self.low:.3f} to {self.high:.3f})"
        )
        alone = f" {self.only_a} cells were decided by A alone, {self.only_b} by B alone."
        return (
            f"{self.cells} cells decided by both, {self.agree} alike: {self.percent:.1f} % agreement. {kappa}.{alone}"
        )


def agreement(a: str | Path | pd.DataFrame, b: str | Path | pd.DataFrame) -> Agreement:
    """How far two reviews agree: files of ``govinfo review`` or any lists of corrections, or what
    ``govinfo.corrections`` returns. Raises as ``govinfo.corrections`` does."""
    first, second = (one if isinstance(one, pd.DataFrame) else corrections(one) for one in (a, b))
    mine, others = (with_answers(one) for one in (first, second))
    both = mine.merge(others, on=CELL, suffixes=("_a", "_b"), how="outer", indicator=True)
    together = both[both["_merge"] == "both"]
    same = together["answer_a"] == together["answer_b"]
    kappa, low, high = kappa_of(together["answer_a"], together["answer_b"])
    differing = together[~same].rename(columns={"expected_a": "expected"})
    return Agreement(
        cells=len(together),
        agree=int(same.sum()),
        percent=100 * float(same.mean()) if len(together) else float("nan"),
        kappa=kappa,
        low=low,
        high=high,
        only_a=int((both["_merge"] == "left_only").sum()),
        only_b=int((both["_merge"] == "right_only").sum()),
        differences=differing[list(DIFFERENCES)].astype(DIFFERENCES).reset_index(drop=True),
    )


def with_answers(listed: pd.DataFrame) -> pd.DataFrame:
    """Decisions with the answer that each gives; the figure that the page prints is the answer "as printed"."""
    lines = zip(listed["decision"], listed["expected"], listed["corrected"], strict=True)
    answers = [answer_of(decision, expected, value) for decision, expected, value in lines]
    return listed[[name for name in CORRECTIONS if name in {*CELL, "expected", "reason"}]].assign(answer=answers)


def answer_of(decision: str, expected: str, value: float) -> str:
    """The answer of a decision."""
    if decision == BLANK and not expected:
        return AS_PRINTED
    if decision != FIGURE:
        return decision
    return AS_PRINTED if same_figure(expected, value) else f"{value:.12g}"


def same_figure(expected: str, value: float) -> bool:
    """True where a page prints that very figure."""
    printed = figure(expected or "").value
    return printed is not None and float(printed) == value


def kappa_of(a: pd.Series, b: pd.Series) -> tuple[float, float, float]:
    """Cohen's kappa of two lists of answers with its interval of 95 %; NaN where it is not defined."""
    from statsmodels.stats.inter_rater import cohens_kappa

    answers = sorted({*a, *b})
    if len(answers) < 2:
        return float("nan"), float("nan"), float("nan")
    table = pd.crosstab(a, b).reindex(index=answers, columns=answers, fill_value=0)
    found = cohens_kappa(table.to_numpy())
    return float(found.kappa), max(float(found.kappa_low), -1.0), min(float(found.kappa_upp), 1.0)
