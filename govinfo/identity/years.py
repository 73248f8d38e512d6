"""The year that a report is on: what its title, the period of its figures and the day under its signature say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from govinfo.forms import forms
from govinfo.identity.names import LAST_LINES
from govinfo.identity.titles import CHINESE_DIGITS, CHINESE_YEAR, Title
from govinfo.tables.sections import section_number
from govinfo.text import unspaced

PERIOD = re.compile(r"(?P<year>20\d\d)年?1月1日?(?:起|始)?,?(?:至|到|[—–~-])+(?:(?P<end>20\d\d)年?)?12月31日?")
LOST_PERIOD = re.compile(
    r"(?:统计|数据|时限|期限)\D{0,8}?(?P<year>20\d\d)年?\D{0,2}1\D?1?日?(?:起|始)?,?(?:至|到|[—–-])+(?P<end>20\d\d)年?\D{0,2}12"
)
DATE = re.compile(r"(?P<year>(?:19|20)\d\d)\s*[-年./]\s*(?P<month>\d{1,2})\s*[-月./]\s*(?P<day>\d{1,2})")
DATED_LINE = re.compile(r"\(?" + DATE.pattern + r"日?\)?")
PUBLISHED = re.compile(r"(?:发布|公开|成文|生成|发文|印发)(?:时间|日期)[::]?\s*" + DATE.pattern)
SIGNED = re.compile(
    r"(?P<name>[\u4e00-\u9fff()、]{0,40}?)\(?"
    r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日\)?"
)
NOT_SIGNED = re.compile(r"时间|日期|截至|截止|自$|从$|于$|至$")
CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}(?=[月日])")

LAST_MONTH_TO_PUBLISH = 3
"""By when the Regulations ask for the report on the year before."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands under a report: the name ("" where only the day does) and the day."""

    name: str
    year: int
    month: int
    day: int


def year_of(
    title: Title, of_file: Title, period: int | None, signed: Signature | None, published: str
) -> tuple[int | None, tuple[str, ...]]:
    """The year reported on: the title's, checked against the period, without one against the day of signing.

    Where title and period differ, the later witness is the day of publication.
    """
    if title.year is None:
        return (period, ("year-from-period",)) if period else (None, ("year-unknown",))
    if period == title.year:
        return title.year, ()
    if period:
        return (period if published[:4] == str(period + 1) else title.year), ("year-conflict",)
    if signed and not signed_in_time(title.year, signed):
        return (signed.year - 1 if is_of_the_year_before(title.year, signed) else title.year), ("year-conflict",)
    other = of_file.year is not None and of_file.year != title.year
    return title.year, ("year-conflict",) if other else ()


def signed_in_time(year: int, signed: Signature) -> bool:
    """True for a day on which a report on that year can be signed: from its last month to the end of the next year."""
    return signed.year == year + 1 or (signed.year == year and signed.month == 12)


def is_of_the_year_before(year: int, signed: Signature) -> bool:
    """True where a title kept the year of the report before: signed when the next year's report was due."""
    return signed.year == year + 2 and signed.month <= LAST_MONTH_TO_PUBLISH


def period_of(texts: Sequence[str]) -> int | None:
    """The calendar year that the report says its figures cover."""
    for pattern in (PERIOD, LOST_PERIOD):
        for text in texts:
            found = pattern.search(unspaced(text))
            if found and found["end"] in (None, found["year"]):
                return int(found["year"])
    return None


def signature_of(texts: Sequence[str]) -> Signature | None:
    """The day under a report, with the name before it or on the line above: the last below the last heading."""
    closing = list(behind_last_section(texts))
    for at in reversed(range(len(closing))):
        if found := signature_in(closing[at]):
            return found if found.name or not at else replace(found, name=closing[at - 1])
    return None


def signature_in(line: str) -> Signature | None:
    """The signature that a line is: a day, with a name before it or without; None where it is none."""
    found = SIGNED.fullmatch(in_digits(line))
    if found is None or NOT_SIGNED.search(found["name"]):
        return None
    return Signature(found["name"].strip("()"), int(found["year"]), int(found["month"]), int(found["day"]))


def behind_last_section(texts: Sequence[str]) -> Iterator[str]:
    """The lines below the last statutory heading; without headings the last lines."""
    backwards = reversed(range(len(texts)))
    last = next((at for at in backwards if section_number(texts[at])), len(texts) - LAST_LINES - 1)
    return islice(texts, max(last + 1, 0), None)


def in_digits(text: str) -> str:
    """A line without spaces, a day in Chinese numerals written in digits."""
    compact = CHINESE_YEAR.sub(lambda found: found[0].translate(CHINESE_DIGITS), unspaced(text))
    return CHINESE_NUMBER.sub(lambda found: str(number_of(found[0])), compact)


def number_of(numeral: str) -> int:
    """A Chinese numeral below one hundred: 二十一 is 21."""
    digits = "零一二三四五六七八九"
    tens, ten, ones = numeral.rpartition("十")
    return (digits.index(tens) if tens in digits and tens else 1) * 10 * bool(ten) + (
        digits.index(ones[-1]) if ones else 0
    )


def published_on(metadata: str, texts: Sequence[str]) -> str:
    """The day of publication, else the one under the signature, as YYYY-MM-DD; "" where the page tells neither."""
    for text in (metadata, *texts):
        if found := (DATE if text is metadata else PUBLISHED).search(text):
            return iso_date(found)
    signed = (DATED_LINE.fullmatch(text) for text in islice(reversed(texts), LAST_LINES))
    return next((iso_date(found) for found in signed if found), "")


def iso_date(found: re.Match[str]) -> str:
    """A date that a pattern found, as YYYY-MM-DD."""
    return f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"


def form_of_year(year: int | None) -> str:
    """The form meant for a year; "" where no form is."""
    return next(
        (form.code for form in forms().values() if year and form.first_year <= year <= (form.last_year or year)), ""
    )
