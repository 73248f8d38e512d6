"""A text to its sentences and the figures in them: what counts something, how many, about how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from govinfo.text import SCALES, fold
from govinfo.text.numerals import LETTERS, number_of

MEASURES = [
    "余人次",
    "人次",
    "条次",
    "场次",
    "班次",
    "批次",
    "件次",
    "个",
    "件",
    "条",
    "篇",
    "项",
    "份",
    "宗",
    "起",
    "例",
    "次",
    "则",
    "期",
    "册",
    "场",
    "批",
    "轮",
    "人",
    "名",
    "位",
    "部",
    "家",
    "元",
    "户",
    "处",
    "种",
    "本",
    "卷",
    "届",
    "集",
]
"""Measure words, the longer ones first."""

ROUGH = "约为|大约|将近|接近|超过|多达|不足|突破|约|近|超|逾"
FIGURE = re.compile(
    rf"(?P<rough>{ROUGH})?(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:\.\d+)?)|(?P<numeral>[{LETTERS}]+))"
    rf"(?P<scale>[十百千]?万|亿|(?<=\d)[百千])?(?P<more>余|多|几|\+)?(?P<measure>{'|'.join(MEASURES)})?(?P<about>左右|以上|以内)?"
)
SENTENCE = re.compile(r"[^。!?\n]+[。!?]?")
QUOTES = frozenset("\"'“”‘’")
"""Signs around the names of outcomes that say nothing of a figure."""

NO_FIGURE_BEFORE = re.compile(r"(?:[第.\-/]|[A-Za-z])$")
NO_FIGURE_BEHIND = re.compile(r"[%‰.]?\d|%|‰|年|月|日|号|时|分|级|个(?:百分点|月|季度|工作日)|类|岁|字")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without spaces and quotation marks, every sign in one form; ``at`` are the places of its signs in the text
    itself."""

    text: str
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure in a sentence from ``start`` to ``end``; ``approximate`` is what makes it less than exact, as printed;
    the words that tell its subject go from ``told`` to ``said``."""

    start: int
    end: int
    value: Decimal
    measure: str
    approximate: str
    told: int
    said: int


def plain_text(text: str) -> Plain:
    """A text with the places of its signs."""
    kept = list(map(kept_of, text))
    return Plain("".join(kept), tuple([at for at, signs in enumerate(kept) for _ in signs]))


@lru_cache(maxsize=10_000)
def kept_of(letter: str) -> str:
    """What of a letter stays in a plain text."""
    return "".join(sign for sign in fold(letter) if not sign.isspace() and sign not in QUOTES)


def sentences(plain: Plain) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with the place where it begins."""
    return ((found.start(), found.group()) for found in SENTENCE.finditer(plain.text))


def figures_in(sentence: str) -> Iterator[Stated]:
    """The figures of a sentence that count something; years, shares and numbers of documents are none."""
    for found in FIGURE.finditer(sentence):
        before, behind = sentence[max(0, found.start() - 2) : found.start()], sentence[found.end() :]
        if NO_FIGURE_BEFORE.search(before) or (not found["measure"] and NO_FIGURE_BEHIND.match(behind)):
            continue
        if found["measure"] == "个" and re.match(r"百分点|月|季度|工作日|多月", behind):
            continue
        value = value_of(found)
        if value is not None:
            rough = "".join(filter(None, (found["rough"], found["more"], found["about"])))
            yield Stated(found.start(), found.end(), value, found["measure"] or "", rough, found.start(), found.end())


def value_of(found: re.Match[str]) -> Decimal | None:
    """The size of a figure; None for a numeral that is none, or has no measure word."""
    if found["digits"]:
        size = Decimal(found["digits"].replace(",", ""))
    else:
        number = number_of(found["numeral"]) if found["measure"] else None
        if number is None:
            return None
        size = Decimal(number)
    return size * SCALES[found["scale"] or ""]
