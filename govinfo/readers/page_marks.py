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
    totals = Counter(found["total"] for line in filled if (found := OF_TOTAL.fullmatch(line.strip())))
    marks = [is_page_number(line, totals) for line in filled]
    heads = running_heads(filled, marks)
    kept = iter([not mark and not head for mark, head in zip(marks, heads, strict=True)])
    return [line for line in lines if not line.strip() or next(kept)]


def is_page_number(line: str, totals: Counter[str]) -> bool:
    """True for a line that is nothing but a number set as the number of a page."""
    text = line.strip()
    found = OF_TOTAL.fullmatch(text)
    return bool(PAGE_NUMBER.fullmatch(text)) or (found is not None and totals[found["total"]] > 1)


def running_heads(lines: Sequence[str], marks: Sequence[bool]) -> list[bool]:
    """For each line whether it is a running head: printed before, and beside a page number or, where it is the title,
    between two figures."""
    seen: set[str] = set()
    title = lines[0].strip("# \t") if lines else ""
    heads = []
    for at, line in enumerate(lines):
        text = line.strip("# \t")
        beside = any(marks[max(at - 1, 0) : at + 2])
        around = [lines[number].strip() for number in (at - 1, at + 1) if 0 <= number < len(lines)]
        inside = text == title and all(FIGURE.fullmatch(other) for other in around)
        heads.append(text in seen and len(text) >= SHORTEST_HEAD and (inside or (beside and text == title)))
        seen.add(text)
    return heads
