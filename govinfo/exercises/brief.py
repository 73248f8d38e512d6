"""Sheet 5, a policy brief of one page: its ingredients, and whether each is there and fits the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from types import MappingProxyType

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from govinfo.exercises.judging import Expected, count, faults_of_columns, kind_of
from govinfo.files.data import read_table

FIGURES = ("numerator", "denominator", "rate", "low", "high", "reports", "left_out")
"""Columns of the figures of a brief: those of a rate of ``govinfo.metrics``."""

SENTENCES = 3
CAVEATS = 3
MOST_WORDS = 350
"""What fits on one page beside a chart."""

NUMBER = re.compile(r"(?<![A-Za-z\d.])\d+(?:,\d{3})*(?:\.\d+)?")
LEVEL = {"95"}
"""The level of the intervals, which every brief may name."""


@dataclass(frozen=True)
class Brief:
    """A policy brief of one page.

    ``question``: what the brief answers. ``figures``: a rate with its interval and counts, as the functions of
    ``govinfo.metrics`` give it. ``chart``: the axes on which it is drawn. ``sentences``: three, each with a figure.
    ``caveats``: what the figures cannot say. ``source``: where they are from.
    """

    question: str
    figures: pd.DataFrame
    chart: Axes
    sentences: Sequence[str]
    caveats: Sequence[str]
    source: str

    def text(self) -> str:
        """The brief as text, without its chart."""
        caveats = [f"- {caveat}" for caveat in self.caveats]
        return "\n".join(
            [self.question, "", *self.sentences, "", "What the figures cannot say:", *caveats, "", self.source]
        )


@dataclass(frozen=True)
class Ingredient:
    """A part of a brief; ``look`` gives what is wrong with it."""

    look: Callable[[object], Iterator[str]]

    def faults(self, answer: object) -> list[str]:
        """What is wrong with the part."""
        return list(self.look(answer))


def faults_of_figures(answer: object) -> Iterator[str]:
    """5.1: a frame with a rate, its interval and its counts, which fit one another."""
    if not isinstance(answer, pd.DataFrame):
        yield f"A DataFrame was expected, not {kind_of(answer)}."
        return
    if faults := faults_of_columns(answer, FIGURES, FIGURES):
        yield from faults
        return
    known = answer.dropna(subset=["rate", "denominator"])
    if known.empty:
        yield "No line has a rate."
        return
    if (known["low"] > known["rate"]).any() or (known["high"] < known["rate"]).any():
        yield "A rate lies outside its own interval."
    quotient = known["numerator"] / known["denominator"]
    if not any(((known["rate"] - quotient * per).abs() < 1e-6).all() for per in (1, 100)):
        yield "A rate is not its numerator over its denominator."
    if len(known) < len(answer):
        yield f"{count(len(answer) - len(known), 'line has', 'lines have')} no rate: drop them and say so in a caveat."
    if (known["reports"] < 1).any():
        yield "A rate rests on no report."


def faults_of_chart(answer: object) -> Iterator[str]:
    """5.2: axes with something drawn, a title, a label and a source line."""
    if not isinstance(answer, Axes):
        yield f"The Axes of a chart were expected, not {kind_of(answer)}."
        return
    figure = answer.get_figure(root=True)
    assert figure is not None
    texts = [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]
    if not (answer.lines or answer.patches or answer.collections):
        yield "Nothing is drawn on the axes."
    if not any(answer.get_title(loc) for loc in ("left", "center", "right")) and not figure.get_suptitle():
        yield "The chart has no title: say what is shown."
    if not (answer.get_xlabel() or answer.get_ylabel()):
        yield "No axis says what it measures."
    if not any(says_source(text) for text in texts):
        yield "The chart has no source line: it will be seen without the page around it."


def faults_of_sentences(answer: object) -> Iterator[str]:
    """5.3: three sentences, each with a figure and none with a cause, one of which says of how many."""
    if not isinstance(answer, (list, tuple)) or not all(isinstance(one, str) for one in answer):
        yield f"A list of texts was expected, not {kind_of(answer)}."
        return
    if len(answer) != SENTENCES:
        yield f"{SENTENCES} sentences were expected, not {len(answer)}."
    for number, sentence in enumerate(answer, 1):
        if not NUMBER.search(sentence):
            yield f"Sentence {number} holds no figure."
        for line in words_of("cause"):
            if found := said_in(sentence, line):
                yield f"Sentence {number} ({found!r}) {line['said']}."
    if not any(re.search(r"\b(?:of|out of) (?:the |these |all )?\d", sentence) for sentence in answer):
        yield "No sentence says of how many: a rate needs its denominator beside it, as in '3 of 10'."


def faults_of_source(answer: object) -> Iterator[str]:
    """5.4: a source line that names the reports and how many they are."""
    if not isinstance(answer, str):
        yield f"A text was expected, not {kind_of(answer)}."
        return
    if not says_source(answer):
        yield "It does not say that it is the source: begin with 'Source:' or 来源."
    if not re.search("annual reports?|年度报告", answer, re.IGNORECASE):
        yield "It does not say what kind of document the figures are from (政府信息公开工作年度报告)."
    if not NUMBER.search(answer):
        yield "It does not say how many reports, or of which years."


def faults_of_caveats(answer: object) -> Iterator[str]:
    """5.5: caveats that cover what such figures cannot say."""
    if not isinstance(answer, (list, tuple)) or not all(isinstance(one, str) for one in answer):
        yield f"A list of texts was expected, not {kind_of(answer)}."
        return
    if len(answer) < CAVEATS:
        yield f"{CAVEATS} caveats or more were expected, not {len(answer)}."
    for line in words_of("caveat"):
        if not any(said_in(caveat, line) for caveat in answer):
            yield f"No caveat says {line['said']}."


def faults_of_brief(answer: object) -> Iterator[str]:
    """5.6: the whole brief: every part, its numbers those of its figures, on one page."""
    if not isinstance(answer, Brief):
        yield f"A Brief was expected, not {kind_of(answer)}."
        return
    if not answer.question.strip().endswith(("?", "？")):
        yield "The question does not end in a question mark."
    parts: Mapping[str, Iterator[str]] = {
        "figures": faults_of_figures(answer.figures),
        "chart": faults_of_chart(answer.chart),
        "sentences": faults_of_sentences(answer.sentences),
        "source": faults_of_source(answer.source),
        "caveats": faults_of_caveats(answer.caveats),
    }
    found = [f"{name}: {fault}" for name, faults in parts.items() for fault in faults]
    yield from found
    if not found:
        yield from faults_of_numbers(answer)
        if (words := len(answer.text().split())) > MOST_WORDS:
            yield f"{words} words do not fit on a page with a chart: at most {MOST_WORDS}."


def faults_of_numbers(brief: Brief) -> Iterator[str]:
    """The numbers in the sentences that the figures do not hold."""
    known = numbers_in(brief.figures) | LEVEL
    for number, sentence in enumerate(brief.sentences, 1):
        for found in NUMBER.findall(sentence):
            if found.replace(",", "") not in known:
                yield f"Sentence {number} says {found}, which is not in the figures."


def numbers_in(figures: pd.DataFrame) -> set[str]:
    """The numbers of a frame as a sentence may print them: as they are, as percentages, and the sums of counts."""
    numeric = figures.select_dtypes("number")
    sums = [numeric[column].sum() for column in ("numerator", "denominator", "reports", "left_out")]
    values = [float(value) for value in chain(numeric.to_numpy(dtype=object).ravel(), sums) if pd.notna(value)]
    return {f"{value * per:.{places}f}" for value in values for per in (1, 100) for places in (0, 1, 2)}


def says_source(text: str) -> bool:
    """True for a text that names a source."""
    return bool(re.search("source:|来源", text, re.IGNORECASE))


def words_of(kind: str) -> list[Mapping[str, str]]:
    """The lines of that kind in ``govinfo/exercises/words.csv``."""
    return [line for line in read_table("exercises", "words") if line["kind"] == kind]


def said_in(text: str, line: Mapping[str, str]) -> str:
    """The word of a line that a text holds, "" for none."""
    found = re.search(rf"\b(?:{line['words']})\b", text, re.IGNORECASE)
    return found[0] if found else ""


def expects(look: Callable[[object], Iterator[str]], source: str) -> Expected:
    """What a question of this sheet expects, whatever report it is about."""
    return Ingredient(look)


ANSWERS: Mapping[str, Callable[[str], Expected]] = MappingProxyType(
    {
        "5.1": partial(expects, faults_of_figures),
        "5.2": partial(expects, faults_of_chart),
        "5.3": partial(expects, faults_of_sentences),
        "5.4": partial(expects, faults_of_source),
        "5.5": partial(expects, faults_of_caveats),
        "5.6": partial(expects, faults_of_brief),
    }
)
