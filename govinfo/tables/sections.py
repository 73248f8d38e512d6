"""The statutory headings of a document: where each of its sections begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from govinfo.document import Document, Paragraph, once_a_document
from govinfo.forms import section_headings
from govinfo.text import NOT_WORDS, bare_key, fold, key

LONGEST_HEADING = 45

NEAR_HEADING = 80
"""How alike (0-100) a numbered line must be to a known heading to be one."""

NEARER_HEADING = 88
"""The same for a line that has lost its number."""

BRACKETED_NUMBER = re.compile(r"\([一二三四五六]\)")

YEAR_BEFORE = re.compile(r"^(?:19|20)\d\d年度?")


@once_a_document
def section_headings_of(document: Document) -> Mapping[int, int]:
    """The statutory headings of a document: number of the block to number of the section (1-6).

    Numbers in brackets count only where the document has no others: inside a section they are its sub-headings.
    """
    found = {
        at: number
        for at, block in enumerate(document.blocks)
        if isinstance(block, Paragraph) and (number := section_number(block.text))
    }
    bracketed = {at for at in found if BRACKETED_NUMBER.match(fold(document.blocks[at].text).strip())}  # type: ignore[union-attr]
    return found if len(bracketed) == len(found) else {at: found[at] for at in found if at not in bracketed}


@lru_cache(maxsize=4096)
def section_number(text: str) -> int | None:
    """The number of the statutory section (1-6) whose heading a line of text prints, else None."""
    if not 0 < len(text.strip()) <= LONGEST_HEADING or text.strip().isdecimal():
        return None
    known = section_headings()
    names = [YEAR_BEFORE.sub("", name) for name in (key(text), bare_key(text))]
    exact = next((known[name] for name in names if name in known), None)
    if exact or not names[0]:
        return exact
    numbered = names[0] != NOT_WORDS.sub("", fold(text))
    near, score = max(((heading, fuzz.ratio(names[0], heading)) for heading in known), key=lambda pair: pair[1])
    return known[near] if score >= (NEAR_HEADING if numbered else NEARER_HEADING) else None
