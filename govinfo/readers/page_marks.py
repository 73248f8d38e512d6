"""What stands on every page and not in the report: page numbers and running heads between the lines of a dump.

A bare number is never taken for a page number here: it may be a figure, and the sums of its row have to say so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

PAGE_NUMBER = re.compile(
    r"(?P<dash>[-—–―－~·])\s*\d{1,3}\s*[-—–―－~·]"
    r"|第\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*页(?:\s*[,，/]?\s*[(（]?\s*共\s*\d{1,3}\s*页\s*[)）]?)?"
    r"|共\s*\d{1,3}\s*页\s*[,，/]?\s*第\s*\d{1,3}\s*页"
    r"|page\s+\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?",
    re.IGNORECASE,
)
OF_TOTAL = re.compile(r"\d{1,3}\s*/\s*(?P<total>\d{1,3})")
"""3 / 9: a page number where several lines end in the same total."""

FIGURE = re.compile(r"[\d.,，/／—–-]+")
SHORTEST_HEAD = 8


def without_page_marks(lines: Sequence[str]) -> list[str]:
    """The lines without page numbers and the running heads beside them; none but those is left out."""
    filled = [line for line in lines if line.strip()]
    marks = page_numbers([line.strip() for line in filled])
    heads = running_heads(filled, marks)
    kept = iter([not mark and not head for mark, head in zip(marks, heads, strict=True)])
    return [line for line in lines if not line.strip() or next(kept)]


def page_numbers(texts: Sequence[str]) -> list[bool]:
    """For each line whether it is nothing but a number set as the number of a page."""
    found = [OF_TOTAL.fullmatch(text) if "/" in text else None for text in texts]
    totals = Counter(one["total"] for one in found if one)
    return [
        bool(PAGE_NUMBER.fullmatch(text)) or (one is not None and totals[one["total"]] > 1)
        for text, one in zip(texts, found, strict=True)
    ]


def running_heads(lines: Sequence[str], marks: Sequence[bool]) -> list[bool]:
    """For each line whether it is a running head: the title once more, beside a page number or between two figures."""
    title = lines[0].strip("# \t") if lines else ""
    if len(title) < SHORTEST_HEAD:
        return [False] * len(lines)
    return [
        at > 0 and line.strip("# \t") == title and (any(marks[at - 1 : at + 2]) or is_between_figures(lines, at))
        for at, line in enumerate(lines)
    ]


def is_between_figures(lines: Sequence[str], at: int) -> bool:
    """True for a line with no other beside it but figures."""
    return all(FIGURE.fullmatch(lines[number].strip()) for number in (at - 1, at + 1) if 0 <= number < len(lines))
