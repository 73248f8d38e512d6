"""The words of a row: which are labels of the form, and which stand where a figure should."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from govinfo.document import Cell
from govinfo.forms import TABLES, column_order, is_weak, number_of, vocabulary
from govinfo.text import UNITS, bare_key, figure, fold, is_figure, is_plain_figure, key

LONGEST_STAND_IN = 8
"""Characters of a word that may stand in the place of a figure."""

LONGEST_WITH_DIGITS = 20
"""The same of words around digits (2023年1330件)."""

LONGEST_IN_BRACKETS = 4
"""The same of words in brackets (略); longer ones are remarks on a label."""

DIGIT = re.compile(r"\d")
BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")

TABLES_WITH_OWN_LABELS = tuple(table for table in TABLES if table != "statistics")
"""Those in which no unit stands between a label and its figures."""


@lru_cache(maxsize=8192)
def known_anywhere(text: str) -> bool:
    """True for a wording of any table of the form."""
    names = {key(text), bare_key(text)}
    return any(vocabulary(table).knows(name) for table in TABLES for name in names if name)


def label_before_words(cells: Sequence[Cell]) -> int:
    """The place of the last label among the words of a row: short words that the form does not have, right behind the
    label of a row, stand where its figures should (见附件, 五十四)."""
    if not cells or is_row_label(cells[-1].text):
        return len(cells) - 1
    words = [at for at, cell in enumerate(cells) if cell.text.strip()]
    label = max((at for at in words if is_row_label(cells[at].text)), default=None)
    if label is None or not all(is_stand_in(cells[at].text) for at in words if at > label):
        return len(cells) - 1
    return label


@lru_cache(maxsize=8192)
def is_row_label(text: str) -> bool:
    """True for a wording that is a row of a table of the form and stands over none of its columns; a word for many
    things (其他) is one where it is numbered."""
    name = key(text)
    if is_weak(name):
        return bool(number_of(text)) and any(name in vocabulary(table).rows for table in TABLES_WITH_OWN_LABELS)
    return any(
        name in words.rows and not any(name in over for over in (words.columns, words.groups, words.heads))
        for words in map(vocabulary, TABLES_WITH_OWN_LABELS)
    )


@lru_cache(maxsize=8192)
def is_stand_in(text: str) -> bool:
    """True for a short word that is neither of the form, nor a unit, nor a remark that goes on with a label."""
    name, folded = key(text), fold(text).strip()
    if inner := BRACKETED.fullmatch(folded):
        short = 0 < len(inner[1]) <= LONGEST_IN_BRACKETS and key(inner[1]) not in UNITS
    else:
        most = LONGEST_WITH_DIGITS if DIGIT.search(folded) else LONGEST_STAND_IN
        short = bool(folded) and len(name) <= most and folded[0] not in "(、,"
    return short and name not in UNITS and not known_anywhere(text)


def stand_ins(cells: Sequence[Cell]) -> frozenset[int]:
    """Where a word or a small numeral stands for a figure among cells that come one by one: behind the label of a row
    that has not yet as many places as columns."""
    found: set[int] = set()
    run: list[str] = []
    heads = width = places = 0
    for at, cell in enumerate(cells):
        text = cell.text.strip()
        if text and not is_plain_figure(text):
            if places < width and may_stand_in(text) and not goes_on(run[-1], text):
                found.add(at)
            elif not is_figure(text):
                run = [text] if places else [*run, text]
                heads = heads_before(run, "disclosure") or heads
                width, places = width_behind(run, heads), 0
                continue
        places += 1
    return frozenset(found)


def goes_on(label: str, text: str) -> bool:
    """True where a label and words behind it are one label of a row."""
    return bool(key(text)) and is_row_label(label + text)


def may_stand_in(text: str) -> bool:
    """True for a short word that the form does not have, for a numeral, and for what is none that can be read."""
    return is_stand_in(text) or is_figure(text) or figure(text).kind == "reported"


def width_behind(run: Sequence[str], heads: int) -> int:
    """How many places follow words that end in the label of a row, or in the results over a row of disputes; ``heads``
    are the columns of the last headings of the disclosure table."""
    name = key(run[-1])
    if name in vocabulary("requests").rows and (not is_weak(name) or number_of(run[-1])):
        return len(column_order("requests"))
    if name in vocabulary("disclosure").rows:
        return max(heads, 1)
    return heads_before(run, "disputes") if name in vocabulary("disputes").columns else 0


def heads_before(run: Sequence[str], table: str) -> int:
    """How many of the words are columns of a table."""
    return sum(key(text) in vocabulary(table).columns for text in run)
