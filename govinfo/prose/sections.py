"""A document to its sections: one record per paragraph, under its statutory heading and its sub-heading.

A heading that is renumbered or misprinted is known by its words, one that is glued to the text is parted from it, and
where one is lost the paragraphs say what they are about (lost.csv); its words are then empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from govinfo.document import Document, Grid
from govinfo.files.data import read_table
from govinfo.forms import section_headings
from govinfo.prose.lines import HEADED, LONGEST_HEADING, is_like_a_heading, lines_of
from govinfo.tables.sections import section_headings_of
from govinfo.text import fold, tidy

SECTIONS = {
    "report_id": "string",
    "number": "Int64",
    "heading": "string",
    "topic": "string",
    "subheading": "string",
    "paragraph": "Int64",
    "page": "Int64",
    "text": "string",
    "synthetic": "boolean",
}
"""Columns of the sections frame in their order, with their types."""

PLAIN_SUBHEADING = re.compile(
    r"(?:政府信息)?(?:主动公开|依申请公开|信息管理|平台建设|监督保障)(?:政府信息)?(?:工作|办理|建设)?(?:情况|方面)?"
)
"""A sub-heading of the form that has lost its number."""

PREAMBLE = re.compile(r"统计(?:期限|时限|周期)|本(?:年度)?报告|编制|联系电话|邮政?编码?|发布(?:日期|时间)|全文")
"""What stands before the first section in its own right."""

END_OF_HEADING = re.compile(r"[。.:：]")
SHORTEST_PROSE = 20
FIRST = 1


class Spot(NamedTuple):
    """A paragraph in its place: ``number`` 0 is before the first section, an empty text that of a heading alone."""

    number: int
    heading: str
    subheading: str
    text: str
    at: int
    page: int | None


def sections_of(document: Document) -> list[dict[str, object]]:
    """The paragraphs of a document below its statutory headings, as records of the sections frame; tables are left
    out. A section without a paragraph has one record, with no number of a paragraph and no text."""
    spots = with_lost(tuple(spots_of(document)), first_grid(document))
    told = {spot.number for spot in spots if spot.text}
    records: list[dict[str, object]] = []
    paragraph = 0
    for spot in spots:
        if spot.number and (spot.text or spot.number not in told):
            paragraph += bool(spot.text)
            told.add(spot.number)
            records.append(
                {
                    "number": spot.number,
                    "heading": spot.heading,
                    "topic": topic_of(spot.subheading),
                    "subheading": spot.subheading,
                    "paragraph": paragraph if spot.text else None,
                    "page": spot.page,
                    "text": spot.text,
                }
            )
    return records


def first_grid(document: Document) -> int:
    """The number of the first block that is a table."""
    grids = (at for at, block in enumerate(document.blocks) if isinstance(block, Grid))
    return next(grids, len(document.blocks))


# Headings that are there


def spots_of(document: Document) -> Iterator[Spot]:
    """The headings and paragraphs of a document in their order."""
    headings = section_headings_of(document)
    here = Spot(0, "", "", "", 0, None)
    seen: set[int] = set()
    for line in lines_of(document, headings):
        number, heading, text = headings.get(line.at) or 0, line.text, ""
        if not number:
            number, heading, text = glued(line.text)
        if number and begins(number, heading, here.number, seen):
            seen.add(number)
            here = Spot(number, heading, "", "", line.at, line.page)
            yield here
        else:
            text = line.text
        if text:
            subheading, rest = parted(text) if here.number else ("", text)
            here = here._replace(subheading=subheading or here.subheading)
            if rest:
                yield here._replace(text=rest, at=line.at, page=line.page)


def begins(number: int, heading: str, here: int, seen: set[int]) -> bool:
    """True where a heading begins a section: one that was there before only where it is numbered, as behind a table of
    contents."""
    return number not in seen or bool(HEADED.match(fold(heading)) and (number != here or "(" not in fold(heading)))


@cache
def heading_in_text() -> re.Pattern[str]:
    """What finds a statutory heading with its number, or with a stop behind it, at the start of a text."""
    words = sorted(section_headings(), key=len, reverse=True)
    known = "|".join(r"[、,\s]*".join(map(re.escape, word)) for word in words)
    number = r"[一二三四五六][、.,]\s*"
    return re.compile(rf"{number}(?P<numbered>{known})[。:,\s]*|(?P<plain>{known})[。:]\s*")


def glued(text: str) -> tuple[int, str, str]:
    """The statutory heading that a paragraph begins with: its number, its words, the rest; 0 where none does."""
    folded = fold(text)
    found = heading_in_text().match(folded) if len(folded) == len(text) else None
    if found is None or found.end() == len(text):
        return 0, text, ""
    words = re.sub(r"[、,\s]", "", found["numbered"] or found["plain"])
    return section_headings()[words], text[: found.end()].rstrip("。:：,， "), text[found.end() :]


def parted(text: str) -> tuple[str, str]:
    """A paragraph's sub-heading and the rest of it; "" where there is none."""
    if is_like_a_heading(text):
        end = END_OF_HEADING.search(text, 4)
        return (text[: end.start()], text[end.end() :]) if end else (text, "")
    folded = fold(text)
    end = END_OF_HEADING.search(text[: LONGEST_HEADING + 1], 4)
    if end is None or not (
        re.match(r"\([一二三四五六七八九十]{1,2}\)", folded) or PLAIN_SUBHEADING.fullmatch(text[: end.start()])
    ):
        return "", text
    return text[: end.start()], tidy(text[end.end() :])


@cache
def topic_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The topics of sub-headings with what finds them."""
    return tuple((line["topic"], re.compile(line["pattern"])) for line in read_table("prose", "topics"))


@cache
def topic_of(subheading: str) -> str:
    """What a sub-heading is about, in one word; "" where that is none of the form's."""
    return next((topic for topic, pattern in topic_patterns() if pattern.search(subheading)), "")


# Headings that are lost


def with_lost(spots: Sequence[Spot], first_table: int) -> tuple[Spot, ...]:
    """The paragraphs with those below a lost heading in their section."""
    found = {spot.number for spot in spots if spot.number}
    if not found:
        return tuple(spots)
    if FIRST not in found:
        spots = [spot._replace(number=FIRST) if is_first(spot, first_table) else spot for spot in spots]
    for line in read_table("prose", "lost"):
        number, behind = int(line["number"]), {int(one) for one in line["behind"].split("|")}
        if number not in found:
            spots = with_section(spots, number, behind, re.compile(line["pattern"]))
    return tuple(spots)


def is_first(spot: Spot, first_table: int) -> bool:
    """True for a paragraph of prose before all headings and tables that does not speak of the report itself."""
    prose = len(spot.text) >= SHORTEST_PROSE and "。" in spot.text
    return spot.number == 0 and spot.at < first_table and prose and not PREAMBLE.search(spot.text)


def with_section(spots: Sequence[Spot], number: int, behind: set[int], pattern: re.Pattern[str]) -> list[Spot]:
    """The paragraphs with those from the first one on that speaks of what a section is for, up to the next heading."""
    made: list[Spot] = []
    begun = 0
    for spot in spots:
        if not begun and spot.number in behind and spot.text and pattern.search(spot.subheading + "。" + spot.text):
            begun = spot.number
        elif spot.number != begun:
            begun = 0 if spot.number not in behind else begun and spot.number
        made.append(spot._replace(number=number, heading="") if begun and spot.number == begun else spot)
    return made
