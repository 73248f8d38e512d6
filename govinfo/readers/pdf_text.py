"""The letters of a page as lines, and lines as paragraphs.

An ``Atom`` is a stretch of letters with no white space in it, a ``Line`` the atoms of one height.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from operator import itemgetter
from statistics import median
from typing import Any, NamedTuple

from govinfo.document import Box, Paragraph

Char = dict[str, Any]

OPEN: Box = (-inf, -inf, inf, inf)
"""The room of letters that no ruling bounds."""

NO_LETTER = "\ufffd"
"""Stands for a glyph whose letter the file does not tell."""

SAME_LINE = 0.4
"""Letters whose middles lie closer than this share of the smaller one's height stand on one line."""
WORD_GAP = 0.18
"""White space wider than this share of the letter size ends an atom; justified text stays below it or joins again."""
LINE_END = 2.5
"""A line that ends more than this many letters before the right margin ends its paragraph."""
MARGIN = 0.08
"""Page numbers and running heads stand in this share of the page height at its top and bottom."""

# Fonts without a proper table of letters give radicals for the characters that look the same. Unicode folds the
# Kangxi radicals itself; of the supplement it folds nearly none.
_SUPPLEMENT = "⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙"
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | {
    ord(radical): letter for radical, letter in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)
}
_RADICAL = re.compile("[\u2e80-\u2fd5]")
_CID = re.compile(r"\(cid:\d+\)")
_WORD = re.compile(r"[^\W\d_]{2}")
_PAGE_NUMBER = re.compile(r"[\W_]*第?\s*[\d\ufffd]{1,3}\s*页?\s*(?:[/／,，共]+\s*[\d\ufffd]{1,3}\s*页?)?[\W_]*")
_TEXT, _TOP, _RIGHT, _BOTTOM = map(itemgetter, ("text", "top", "x1", "bottom"))


class Atom(NamedTuple):
    """Letters with no white space between them; ``size`` is the height of the letters, ``room`` what rulings bound."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    font: str = ""
    room: Box = OPEN

    @property
    def size(self) -> float:
        """The height of the letters."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return (self.x0 + self.x1) / 2

    @property
    def box(self) -> Box:
        """The place on the page."""
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The atoms of one height, left to right. It is itself alone: two lines are equal only if they are one."""

    atoms: tuple[Atom, ...]
    page: int

    @property
    def x0(self) -> float:
        """The left end."""
        return self.atoms[0].x0

    @property
    def x1(self) -> float:
        """The right end."""
        return self.atoms[-1].x1

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(atom.top for atom in self.atoms)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(atom.bottom for atom in self.atoms)

    @property
    def size(self) -> float:
        """The height of the tallest letters."""
        return max(atom.size for atom in self.atoms)

    @property
    def text(self) -> str:
        """The atoms joined."""
        return join_texts([atom.text for atom in self.atoms], " ")


def is_wide(letter: str) -> bool:
    """Tell whether a letter is Chinese writing or its punctuation, which need no space between them."""
    return letter >= "\u2e80" or letter in "“”‘’—…·"


def join_texts(texts: Iterable[str], between: str) -> str:
    """Join texts with ``between`` where letters of both sides are narrow, and with nothing where one is wide."""
    joined = ""
    for text in texts:
        if joined and text and not (is_wide(joined[-1]) or is_wide(text[0])):
            joined += between
        joined += text
    return joined


def text_of(chars: Iterable[Char]) -> str:
    """The text of letters: radicals made characters, a glyph that has no letter made U+FFFD."""
    texts = list(map(_TEXT, chars))
    text = "".join(texts)
    if "(cid:" in text:
        text = "".join([_CID.sub(NO_LETTER, its) for its in texts])
    return text.translate(_RADICALS) if _RADICAL.search(text) else text


def lines_of(chars: Iterable[Char], page: int) -> list[Line]:
    """Letters -> lines, top to bottom."""
    lines: list[list[Char]] = []
    middle = height = 0.0
    for char in sorted(chars, key=lambda char: char["top"] + char["bottom"]):
        its_middle, its_height = (char["top"] + char["bottom"]) / 2, char["bottom"] - char["top"]
        lower = its_middle - middle
        if lines and lower < SAME_LINE * height and lower < SAME_LINE * its_height:
            lines[-1].append(char)
            middle += lower / len(lines[-1])
        else:
            lines.append([char])
            middle, height = its_middle, its_height
    made = (Line(tuple(_atoms(line)), page) for line in lines)
    return [line for line in made if line.atoms]


def _atoms(chars: list[Char]) -> Iterator[Atom]:
    """The letters of one line -> atoms."""
    word: list[Char] = []
    for char in sorted(chars, key=itemgetter("x0")):
        if not char["text"].strip():
            if word:
                yield _atom(word)
            word = []
        elif not word:
            word.append(char)
        elif (
            char["x0"] < word[-1]["x1"]
            and _in_one_place(word[-1], char)
            and (over := _printed_over(word[-1]["text"], char["text"]))
        ):
            word[-1] = {**word[-1], "text": over}
        elif _apart(word[-1], char):
            yield _atom(word)
            word = [char]
        else:
            word.append(char)
    if word:
        yield _atom(word)


def _apart(char: Char, after: Char) -> bool:
    """Tell whether white space or an upright ruling stands between two letters."""
    gap = after["x0"] - char["x1"]
    if gap > WORD_GAP * after["size"] and gap > WORD_GAP * char["size"]:
        return True
    one, two = char.get("room", OPEN), after.get("room", OPEN)
    return one is not two and one[::2] != two[::2]


def _printed_over(text: str, after: str) -> str:
    """What is read where two letters are printed in one place: one of two alike, as bold face is made by some
    printers; of two digits neither; of others both."""
    if text == after:
        return text
    digits = after.isdecimal() and (text.isdecimal() or text == NO_LETTER)
    return NO_LETTER if digits else ""


def _in_one_place(char: Char, after: Char) -> bool:
    return bool(after["x0"] - char["x0"] < 0.3 * (char["x1"] - char["x0"]))


def _atom(chars: list[Char]) -> Atom:
    return Atom(
        text_of(chars),
        chars[0]["x0"],
        min(map(_TOP, chars)),
        max(map(_RIGHT, chars)),
        max(map(_BOTTOM, chars)),
        chars[0]["fontname"],
        chars[len(chars) // 2].get("room", OPEN),
    )


def without_margins(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Leave out page numbers, and words that stand in the same place in the margin of half of the pages."""
    placed = list(zip(pages, heights, strict=True))
    seen = Counter(_as_margin(line) for lines, height in placed for line in lines if _in_margin(line, height))
    often = max(2, len(pages) / 2)

    def stays(number: int, lines: Sequence[Line], height: float) -> bool:
        line = lines[number]
        if not _in_margin(line, height) or not _stands_apart(number, lines):
            return True
        if _PAGE_NUMBER.fullmatch(line.text):
            return False
        return seen[_as_margin(line)] < often or not _WORD.search(line.text)

    return [[line for number, line in enumerate(lines) if stays(number, lines, height)] for lines, height in placed]


def _stands_apart(number: int, lines: Sequence[Line]) -> bool:
    """Tell whether a line is the first or the last of its page, with white space between it and the others."""
    if len(lines) == 1:
        return True
    if number not in (0, len(lines) - 1):
        return False
    above, below = (lines[0], lines[1]) if number == 0 else (lines[-2], lines[-1])
    return below.top - above.bottom > 0.5 * lines[number].size


def _in_margin(line: Line, height: float) -> bool:
    return line.bottom < MARGIN * height or line.top > (1 - MARGIN) * height


def _as_margin(line: Line) -> tuple[int, str]:
    return round(line.top / 3), re.sub(r"\d+", "#", line.text)


def paragraphs(lines: Sequence[Line], left: float, right: float) -> Iterator[Paragraph]:
    """Lines -> paragraphs, between the margins ``left`` and ``right``."""
    gaps = [below.top - above.bottom for above, below in pairwise(lines) if above.page == below.page]
    usual = median(gaps) if gaps else 0.0
    parts: list[Line] = []
    for line in lines:
        if parts and _parted(parts[-1], line, left, right, usual):
            yield Paragraph(join_texts((part.text for part in parts), " "), parts[0].page)
            parts = []
        parts.append(line)
    if parts:
        yield Paragraph(join_texts((part.text for part in parts), " "), parts[0].page)


def _parted(above: Line, below: Line, left: float, right: float, usual: float) -> bool:
    """Tell whether a paragraph ends between two lines."""
    if above.x1 < right - LINE_END * above.size or below.x0 > left + 1.2 * below.size:
        return True
    if abs(above.size - below.size) > 0.2 * below.size:
        return True
    return above.page == below.page and below.top - above.bottom > 1.5 * usual + 0.2 * below.size
