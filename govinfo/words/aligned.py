"""Two texts sentence by sentence: which are the same, which were changed, which are in one of them alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from govinfo.prose.repeated import signs_of

SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]*[”’）)]*")

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|.", re.DOTALL)
"""What a changed sentence is held against another by: letters, and figures as a whole."""

ALIKE = 55
"""How alike (0-100) two sentences must be for one to be the other changed."""

Pair = tuple[str, str]


def sentences_of(texts: Sequence[str]) -> list[str]:
    """The sentences of paragraphs."""
    found = (one.strip() for text in texts for one in SENTENCE.findall(text))
    return [one for one in found if signs_of(one)]


def pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """The sentences of two texts in their order, each with its counterpart; "" where it has none."""
    old, new = [signs_of(one) for one in before], [signs_of(one) for one in after]
    waiting: tuple[list[str], list[str]] = ([], [])
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            yield from matched(*waiting)
            waiting = ([], [])
            yield from zip(before[step.src_start : step.src_end], after[step.dest_start : step.dest_end], strict=True)
        else:
            waiting[0].extend(before[step.src_start : step.src_end])
            waiting[1].extend(after[step.dest_start : step.dest_end])
    yield from matched(*waiting)


def matched(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Sentences that differ, those that are alike in pairs, in the order of both."""
    at = to = 0
    for old, new in [*alike(before, after), (len(before), len(after))]:
        yield from ((one, "") for one in before[at:old])
        yield from (("", other) for other in after[to:new])
        if old < len(before):
            yield before[old], after[new]
        at, to = old + 1, new + 1


def alike(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The places of sentences that are alike: the best pair first, which parts the others into those before and those
    behind it."""
    if not before or not after:
        return []
    likeness = process.cdist([signs_of(one) for one in before], [signs_of(one) for one in after], scorer=fuzz.ratio)
    found, spans = [], [(0, len(before), 0, len(after))]
    while spans:
        top, bottom, left, right = spans.pop()
        part = likeness[top:bottom, left:right]
        if not part.size or part.max() < ALIKE:
            continue
        row, column = (int(one) for one in np.unravel_index(part.argmax(), part.shape))
        at, to = top + row, left + column
        found.append((at, to))
        spans += [(top, at, left, to), (at + 1, bottom, to + 1, right)]
    return sorted(found)


def status_of(before: str, after: str) -> str:
    """What became of a sentence: same, figures (others stand in it), changed, removed or added."""
    if not before or not after:
        return "removed" if before else "added"
    if "".join(before.split()) == "".join(after.split()):
        return "same"
    return "figures" if signs_of(before) == signs_of(after) else "changed"


def changes(before: str, after: str) -> Iterator[tuple[str, str]]:
    """A changed sentence in parts: each with "same", "removed" or "added"."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            yield "same", "".join(old[step.src_start : step.src_end])
        if step.tag in ("delete", "replace"):
            yield "removed", "".join(old[step.src_start : step.src_end])
        if step.tag in ("insert", "replace"):
            yield "added", "".join(new[step.dest_start : step.dest_end])
