"""The title of a report: its wordings and orders, over one line or several, and which of several titles is its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from govinfo.identity.names import clean_name, is_name, leads_elsewhere
from govinfo.identity.regions import region_like
from govinfo.tables.sections import section_number
from govinfo.text import UNMAPPED, fold, simplify, tidy, unspaced

REPORT = (
    r"(?:(?:政府|政务)?信息公开|政务公开)(?:工作)?(?:开展)?(?:年度)?(?:工作)?(?:情况)?的?(?:年度)?报告"
    r"|(?:政府|政务)信息年度报告"
    r"|(?:政府|政务)?信息公开(?:工作)?年报"
)
YEAR = r"(?P<year>(?:19|20)\d\d)\s*[—–-]?(?:年度?|-)?(?:1月?[-—–~至]12月)?"
NAME = r"(?P<agency>(?:\D|第\d{1,4}(?!\d|年))+?)"
TITLES = (
    re.compile(rf"^{NAME}?{YEAR}(?:{REPORT})"),
    re.compile(rf"^{YEAR}{NAME}(?:{REPORT})"),
    re.compile(rf"^{NAME}(?:政府信息公开(?:工作)?){YEAR}(?:(?:工作)?报告|年报)"),
    re.compile(rf"^{NAME}?(?:{REPORT})\(?{YEAR}\)?"),
    re.compile(rf"^(?P<agency>.+?){YEAR}(?:{REPORT})"),
)
UNDATED = re.compile(rf"^{NAME}(?:{REPORT})$")
COLLECTION = re.compile(r"汇编|合集|合编|汇总|集锦|目录")
"""Behind a title it makes it that of several reports, or of a list of them."""

SEVERAL_YEARS = re.compile(r"(?:19|20)\d\d年?度?[-—–~至](?:19|20)?\d\d(?:学年|年)度?")
"""Two years in one title, as of a school: neither is the year reported on."""

CHINESE_YEAR = re.compile(r"[一二][〇零○Oo0一二三四五六七八九]{3}(?=年)")
CHINESE_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
BEHIND = re.compile(r"(?:\([^()]*\))?[》”\"。:]?")
"""What may stand behind a title on its line."""

LABELLED = re.compile(r"^(?:标题|名称|题名):")
"""What may stand before a title on its line."""

LONGEST_TITLE = 80
TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class Title:
    """A title as read: the printed words, the agency and the year that they name.

    ``at`` and ``lines`` are the line that it begins on and how many it takes; ``printed`` is False for the one in the
    file's own metadata, ``alone`` True where nothing but the title stands on its lines.
    """

    text: str
    agency: str
    year: int | None
    at: int = 0
    lines: int = 1
    printed: bool = True
    alone: bool = False

    @property
    def names(self) -> tuple[str, int | None]:
        """The agency and the year."""
        return self.agency, self.year


NO_TITLE = Title("", "", None)


@lru_cache(maxsize=4096)
def as_line(text: str) -> str:
    """A paragraph in one way of writing; glyphs that the file does not explain are still there."""
    return tidy(simplify(fold(text)))


def titles_in(lines: Sequence[str]) -> Iterator[Title]:
    """The titles that lines print, those on one line first."""
    for count in range(1, TITLE_LINES + 1):
        for at in range(len(lines) - count + 1):
            if found := read_title("".join(lines[at : at + count])):
                yield replace(found, at=at, lines=count)


def title_of_file(metadata: str) -> Title:
    """The title in the file's own metadata."""
    found = read_title(as_line(metadata)) if metadata else None
    return replace(found, printed=False) if found else NO_TITLE


def best_title(printed: Sequence[Title], of_file: Title, period: int | None) -> Title:
    """The report's own title, which the page prints before the one that the file gives itself.

    Of several, as a list of links gives them, it is the one of the year that the figures cover, that names an agency
    and a year, that the file's metadata bears out, that stands alone, and the last, which stands over the tables.
    """

    def merits(title: Title) -> tuple[int, ...]:
        dated = title.year is not None
        return (
            dated and title.year == period,
            is_name(title.agency),
            dated,
            title.printed and title.names == of_file.names,
            title.alone,
            title.printed,
            title.at,
            -title.lines,
        )

    found = [*printed, *([of_file] if of_file.text else [])]
    best = max(found, key=merits, default=NO_TITLE)
    return next((title for title in printed if adds_region(title, best)), best)


def adds_region(longer: Title, title: Title) -> bool:
    """True for a title that has the region of a name without one on a line before it."""
    region = longer.agency.removesuffix(title.agency)
    same_end = longer.at + longer.lines == title.at + title.lines
    return same_end and bool(region) and region_like(region) == region and not region_like(title.agency)


def before_first_section(lines: Sequence[str]) -> Iterator[str]:
    """The lines before the first statutory heading, of a long one its beginning: where a title can stand."""
    for line in lines:
        if section_number(line):
            return
        yield line[:LONGEST_TITLE]


def speaks_of_it(line: str) -> bool:
    """True for a line with what the words 信息 and 公开 begin with, one of which every title has."""
    return "信" in line or "公" in line


@lru_cache(maxsize=1024)
def read_title(text: str) -> Title | None:
    """The title in a line of text; None where it is none."""
    if not speaks_of_it(text):
        return None
    compact = LABELLED.sub("", unspaced(UNMAPPED.sub("", text)).strip('《》"“”()-—'))
    compact = CHINESE_YEAR.sub(lambda found: found[0].translate(CHINESE_DIGITS), compact)
    compact = SEVERAL_YEARS.sub("", compact)
    if len(compact) > LONGEST_TITLE or ("信息" not in compact and "公开" not in compact):
        return None
    for pattern in TITLES:
        if found := pattern.match(compact):
            collection = COLLECTION.match(compact, found.end())
            return None if collection else title_from(found, compact, int(found["year"]))
    if found := UNDATED.match(compact):
        return title_from(found, compact, None)
    return None


def title_from(found: re.Match[str], line: str, year: int | None) -> Title:
    """The title that a pattern found in a line."""
    before = found["agency"] or ""
    alone = BEHIND.fullmatch(line[found.end() :]) is not None and not leads_elsewhere(before)
    return Title(found[0], clean_name(before), year, alone=alone)
