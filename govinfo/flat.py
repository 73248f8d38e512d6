"""Text without cells: tables that were flattened into running text, found again by the labels of the form.

In a flattened page the figures of a row stand between its label and the next, often without a gap between them.
Here only the words are told from the figures; how digits part into figures is for the arithmetic to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from govinfo.form import TABLE_OF_SECTION, TABLES, read_table, section_headings
from govinfo.text import fold, key

ENOUGH_LABELS = 2
"""Labels with figures behind them that make a stretch of text a flattened table."""

LONGEST_ROW = 160
"""Characters of a text that may be one row; a longer one is searched for tables below headings."""

FIGURES = re.compile(r"(?:[\s\d.+-]|(?<=\d),(?=\d{3})|(?<=\d)(?:亿元|万元|千元|元)|/)*")
"""What may stand between labels of a flattened table: figures, but no measure words and commas as prose has them."""

REMARK = r"(?:\([^()]{0,60}\))?"
SPACE = r"\s*"


def flat_cells(text: str) -> list[str]:
    """The words and figures of tables in a text, in order: of all of it where it is nothing else, else of the
    stretches below the headings of sections with a table. Empty for prose."""
    folded = fold(text)
    if len(folded) <= LONGEST_ROW:
        return list(whole_row(folded))
    tokens = [found for start, end in table_stretches(folded) for found in tokens_of(folded, start, end)]
    if sum(bool(figures) for _, figures in tokens) < ENOUGH_LABELS:
        return []
    return [cell for label, figures in tokens for cell in (label, *figures)]


def whole_row(text: str) -> Iterator[str]:
    """The words and figures of a short text that holds nothing else; nothing for any other text."""
    if FIGURES.fullmatch(text):
        yield from text.split()
        return
    left = labels().sub("\0", text)
    if "\0" in left and all(FIGURES.fullmatch(part) for part in left.split("\0")):
        lead = left.split("\0", 1)[0].split()
        yield from lead
        for label, figures in tokens_of(text, 0, len(text)):
            yield from (label, *figures)


def table_stretches(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text from the heading of a section with a table to the next heading."""
    found = list(headings().finditer(text))
    for at, heading in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        if section_headings()[key(heading["words"])] in TABLE_OF_SECTION:
            yield heading.start(), end


@cache
def headings() -> re.Pattern[str]:
    """A numbered heading of a statutory section, the longest wording first."""
    words = {bare(fold(line["printed"])) for line in read_table("labels") if line["kind"] == "section"}
    longest_first = sorted(words, key=len, reverse=True)
    spelled = "|".join(SPACE.join(map(re.escape, word)) for word in longest_first)
    return re.compile(rf"[一二三四五六]{SPACE}[、.,]{SPACE}(?P<words>{spelled})")


def tokens_of(text: str, start: int, end: int) -> Iterator[tuple[str, list[str]]]:
    """The labels in a stretch of text, each with the figures behind it; other text ends the figures."""
    found = list(labels().finditer(text, start, end))
    for at, label in enumerate(found):
        behind = text[label.end() : found[at + 1].start() if at + 1 < len(found) else end]
        figures = FIGURES.match(behind)
        whole = (figures is not None and figures.end() == len(behind)) or at + 1 == len(found)
        yield label[0], figures[0].split() if figures and whole else []


@cache
def labels() -> re.Pattern[str]:
    """Any label of the form, the longest first, with the numbering that the form gives it, if printed."""
    words = {(number_of(printed), bare(printed)) for printed in printed_labels()}
    longest_first = sorted(words, key=lambda word: len(word[1]), reverse=True)
    return re.compile(
        "|".join(rf"(?:{number})?{SPACE.join(map(re.escape, label))}{REMARK}" for number, label in longest_first)
    )


def printed_labels() -> Iterator[str]:
    """Every wording of the statutory tables and their section headings, folded, as the form numbers it."""
    for line in read_table("rows"):
        if line["table"] in TABLES[:-1]:
            yield from fold(line["label_zh"]).split(" ")
    for line in read_table("labels"):
        if line["table"] in TABLES[:-1] or line["kind"] == "section":
            yield fold(line["printed"])
    yield from (fold(line["parent"]) for line in read_table("rows") if line["parent"])


NUMBERING = re.compile(r"^(?:\([一二三四五六七八九十]\)|[一二三四五六七八九十]、|\d\.)")


def number_of(printed: str) -> str:
    """A pattern for the numbering of a label; it must be the label's own, as figures may stand right before it."""
    found = NUMBERING.match(printed)
    return re.escape(found[0]).replace(r"\.", "[.、]") if found else ""


def bare(printed: str) -> str:
    """A label without its numbering and without spaces."""
    return re.sub(r"\s+", "", NUMBERING.sub("", printed))
