"""The blocks of a document as lines of text: what a page or a dump breaks within a sentence is joined again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from govinfo.document import Document, Paragraph
from govinfo.text import fold, tidy

SHORTEST_BROKEN = 18
"""Letters of a line that may be broken at its end; what is shorter ends of itself, as links and signatures do."""

LONGEST_HEADING = 32
HEADED = re.compile(r"^(?:\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}[、.])")

ENDED = re.compile(r"[。！？；：!?;:）)]['\"”’）)]*$")
GOES_ON = re.compile(r"[，、,]$")
BEGINS_ANEW = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十]+[条章]|\d{1,2}[、.)](?!\d)|[一二三四五六七八九十]是|附件|注:)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the text: ``at`` is the number of the block that it begins with, ``page`` that one's page."""

    text: str
    at: int
    page: int | None
    marked: bool = False


def lines_of(document: Document, headings: Collection[int]) -> Iterator[Line]:
    """The paragraphs of a document; ``headings`` are the blocks that nothing is joined to."""
    open_: Line | None = None
    for at, block in enumerate(document.blocks):
        line = Line(tidy(block.text), at, block.page, block.heading) if isinstance(block, Paragraph) else None
        if line is not None and not line.text:
            continue
        apart = line is None or at in headings or line.marked or BEGINS_ANEW.match(fold(line.text))
        if open_ is not None and line is not None and not apart and is_broken(open_, headings):
            open_ = replace(open_, text=tidy(open_.text + seam(open_.text, line.text) + line.text))
            continue
        if open_ is not None:
            yield open_
        open_ = line
    if open_ is not None:
        yield open_


def is_broken(line: Line, headings: Collection[int]) -> bool:
    """True for a line that ends within a sentence."""
    if line.at in headings or line.marked or ENDED.search(line.text) or is_like_a_heading(line.text):
        return False
    return bool(GOES_ON.search(line.text)) or len(line.text) >= SHORTEST_BROKEN


def is_like_a_heading(text: str) -> bool:
    """True for a short numbered line that is no sentence."""
    return len(text) <= LONGEST_HEADING and "。" not in text and bool(HEADED.match(fold(text)))


def seam(before: str, after: str) -> str:
    """What stands between two joined lines: nothing in Chinese, a gap between letters or figures of two words."""
    return " " if before[-1].isascii() and after[0].isascii() and before[-1].isalpha() and after[0].isalpha() else ""
