"""Text without cells: tables that were flattened into running text, found again by the labels of the form.

In a flattened page the figures of a row stand between its label and the next, often without a gap between them.
Here only the words are told from the figures; how digits part into figures is for the arithmetic to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from govinfo.document import Document, Paragraph
from govinfo.forms import printed_headings, printed_indicators, printed_labels
from govinfo.text import COUNTERS, fold, unspaced

ENOUGH_LABELS = 2
"""Labels with figures behind them that make a stretch of text a flattened table."""

ENOUGH_INDICATORS = 4
"""Indicators with figures right behind them that make a text a flattened statistics table."""

ENOUGH_HEADINGS = 2
"""Headings inside one paragraph that make it a page that lost its line breaks."""

FIGURES = re.compile(r"(?:[\s\d.+-]|(?<=\d),(?=\d{3})|(?<=\d)(?:亿元|万元|千元|元)|/)*")
"""What may stand between labels of a flattened table: figures, but no measure words and commas as prose has them."""

ROW_FIGURES = re.compile(r"(?:[\s\d.,+/—–-]|(?<=\d)(?:亿元|万元|千元|元|件|项|条|个)|(?<!\S)无(?!\S))*")
"""The same in a line that is nothing but a row: measure words and words for nothing may stand there too."""

LEADING = re.compile(r"[\s\d.,+/—–亿万千元件项条个无-]*")
"""The signs of ``ROW_FIGURES``."""

INDICATOR = re.compile(rf"\s*\(?(?P<unit>{'|'.join(sorted(COUNTERS))}|万元)?\)?\s*(?P<figures>[\d,.]+(?:\s+[\d,.]+)*)")
"""What stands behind the label of an indicator: its unit, figures."""

RINGED = re.compile(r"[\u2460-\u2473\u2776-\u277f]")
"""Digits in circles, which ``fold`` takes for figures: they count points, or are notes."""

REMARK = r"(?:\([^()]{0,60}\))?"
SPACE = r"\s*"


def unflatten(document: Document) -> Document:
    """The document with paragraphs that hold several statutory headings parted at them."""
    blocks = [
        part for block in document.blocks for part in (parts_of(block) if isinstance(block, Paragraph) else [block])
    ]
    return replace(document, blocks=tuple(blocks))


def parts_of(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The headings and bodies in a paragraph; the paragraph itself where it holds fewer than two headings."""
    text = fold(paragraph.text)
    found = list(headings().finditer(text))
    if len(found) < ENOUGH_HEADINGS:
        yield paragraph
        return
    ends = [0, *(edge for heading in found for edge in heading.span()), len(text)]
    for start, end in pairwise(ends):
        if part := text[start:end].strip():
            yield replace(paragraph, text=part)


def row_cells(text: str) -> list[str]:
    """The words and figures of a text that holds nothing else; empty for any other text."""
    if "。" in text or RINGED.search(text):  # prose, told without a look at its words; figures that are none
        return []
    folded = fold(text)
    if ROW_FIGURES.fullmatch(folded):
        return folded.split()
    if not begins_as_row(folded):
        return []
    words, parts = parted_at(labels(), folded)
    if not all(ROW_FIGURES.fullmatch(part) for part in parts):
        return []
    return [
        *parts[0].split(),
        *(cell for word, part in zip(words, parts[1:], strict=True) for cell in (word, *part.split())),
    ]


def begins_as_row(folded: str) -> bool:
    """True for a text with a label behind nothing but figures: told without a search of all the text."""
    for at in range(LEADING.match(folded).end() + 1):  # type: ignore[union-attr]
        if labels().match(folded, at):
            return ROW_FIGURES.fullmatch(folded[:at]) is not None
    return False


def parted_at(pattern: re.Pattern[str], text: str) -> tuple[list[str], list[str]]:
    """What a pattern finds in a text, and what stands before, between and behind."""
    found = list(pattern.finditer(text))
    ends = [0, *(edge for one in found for edge in one.span()), len(text)]
    return [one[0] for one in found], [text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]


def table_cells(text: str) -> list[str]:
    """The words and figures of a table flattened into a text; empty for prose."""
    tokens = list(tokens_of(fold(text)))
    if sum(bool(figures) for _, figures in tokens) < ENOUGH_LABELS:
        return []
    return [cell for label, figures in tokens for cell in (label, *figures)]


def indicator_cells(text: str) -> list[str]:
    """The words and figures of a statistics table flattened into a text; empty for prose."""
    folded = fold(text)
    found = list(indicators().finditer(folded))
    if len(found) < ENOUGH_INDICATORS:
        return []
    ends = [*(label.start() for label in found[1:]), len(folded)]
    rows = [
        (label[0], behind["unit"], *behind["figures"].split())
        for label, end in zip(found, ends, strict=True)
        if (behind := INDICATOR.match(folded[label.end() : end]))
    ]
    return [cell for row in rows for cell in row if cell] if len(rows) >= ENOUGH_INDICATORS else []


@cache
def indicators() -> re.Pattern[str]:
    """Any label of the statistics table, the longest first."""
    longest_first = sorted({bare(printed) for printed in printed_indicators()}, key=len, reverse=True)
    return re.compile("|".join(SPACE.join(map(re.escape, label)) for label in longest_first))


@cache
def headings() -> re.Pattern[str]:
    """A numbered heading of a statutory section, the longest wording first."""
    words = {bare(printed) for printed in printed_headings()}
    longest_first = sorted(words, key=len, reverse=True)
    spelled = "|".join(SPACE.join(map(re.escape, word)) for word in longest_first)
    return re.compile(rf"[一二三四五六]{SPACE}[、.,]{SPACE}(?:{spelled})")


def tokens_of(text: str) -> Iterator[tuple[str, list[str]]]:
    """The labels in a text, each with the figures behind it, where nothing but figures stands before the next."""
    found = list(labels().finditer(text))
    for at, label in enumerate(found):
        last = at + 1 == len(found)
        behind = text[label.end() : None if last else found[at + 1].start()]
        figures = FIGURES.match(behind)
        whole = figures is not None and (last or figures.end() == len(behind))
        yield label[0], figures[0].split() if figures and whole else []


@cache
def labels() -> re.Pattern[str]:
    """Any label of the form, the longest first, with the numbering that the form gives it, if printed."""
    words = {(numbering_of(printed), bare(printed)) for printed in printed_labels()}
    longest_first = sorted(words, key=lambda word: len(word[1]), reverse=True)
    spelled = "|".join(rf"(?:{number})?{SPACE.join(map(re.escape, label))}{REMARK}" for number, label in longest_first)
    firsts = {text[0] for printed in printed_labels() for text in (printed, bare(printed))}
    # Told by its first letter, a place where none begins takes no walk through all of them.
    return re.compile(rf"(?=[{re.escape(''.join(sorted(firsts)))}])(?:{spelled})")


NUMBERING = re.compile(r"^(?:\([一二三四五六七八九十]\)|[一二三四五六七八九十]、|\d\.)")


def numbering_of(printed: str) -> str:
    """A pattern for the numbering of a label; it must be the label's own, as figures may stand right before it."""
    found = NUMBERING.match(printed)
    return re.escape(found[0]).replace(r"\.", "[.、]") if found else ""


def bare(printed: str) -> str:
    """A label without its numbering and without spaces."""
    return unspaced(NUMBERING.sub("", printed))
