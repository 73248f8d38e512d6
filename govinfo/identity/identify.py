"""Document to identity: which agency reports on which year.

The title says both; it is read in its several orders and over several lines. Where it is missing, the period and
phrases that name the publisher stand in. A name that advertising was pasted over is never taken: the agency
then comes from another place on the page, with a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from govinfo.document import Document
from govinfo.files.data import read_table
from govinfo.forms import forms
from govinfo.tables.recognise import section_number
from govinfo.text import fold, simplify, tidy

REPORT = (
    r"(?:(?:政府|政务)?信息公开|政务公开)(?:工作)?(?:开展)?(?:年度)?(?:工作)?(?:情况)?的?(?:年度)?报告"
    r"|(?:政府|政务)信息年度报告"
    r"|(?:政府|政务)?信息公开(?:工作)?年报"
)
YEAR = r"(?P<year>(?:19|20)\d\d)\s*[—–-]?(?:年度?|-)?"
NAME = r"(?P<agency>(?:\D|第\d{1,4}(?!\d|年))+?)"
TITLES = (
    re.compile(rf"^{NAME}?{YEAR}(?:{REPORT})"),
    re.compile(rf"^{YEAR}{NAME}(?:{REPORT})"),
    re.compile(rf"^{NAME}(?:政府信息公开(?:工作)?){YEAR}(?:(?:工作)?报告|年报)"),
    re.compile(rf"^{NAME}?(?:{REPORT})\(?{YEAR}\)?"),
    re.compile(rf"^(?P<agency>.+?){YEAR}(?:{REPORT})"),
)
UNDATED = re.compile(rf"^{NAME}(?:{REPORT})$")
LEADING = re.compile(r"^.*[>›»:]|^【[^】]*】|^(?:现将|现公布|现发布|关于)")
CHINESE_YEAR = re.compile(r"[一二][〇零○一二三四五六七八九]{3}(?=年)")
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
PERIOD = re.compile(r"(?P<year>20\d\d)年?1月1日?(?:起|始)?,?(?:至|到|[—–~-])+(?:(?P<end>20\d\d)年?)?12月31日?")
LOST_PERIOD = re.compile(
    r"(?:统计|数据|时限|期限)\D{0,8}?(?P<year>20\d\d)年?\D{0,2}1\D?1?日?(?:起|始)?,?(?:至|到|[—–-])+(?P<end>20\d\d)年?\D{0,2}12"
)
DATE = re.compile(r"(?P<year>(?:19|20)\d\d)\s*[-年./]\s*(?P<month>\d{1,2})\s*[-月./]\s*(?P<day>\d{1,2})")
DATED_LINE = re.compile(r"\(?" + DATE.pattern + r"日?\)?")
PUBLISHED = re.compile(r"(?:发布|公开|成文|生成|发文|印发)(?:时间|日期)[::]?\s*" + DATE.pattern)
PHRASES = (
    re.compile(r"(?P<agency>[\u4e00-\u9fff]{2,20}?人民政府)门户网站"),
    re.compile(r"现?(?:公布|发布|由)(?P<agency>[\u4e00-\u9fff]{2,30}?)(?:20\d\d年|编制|政府信息公开)"),
    re.compile(r"(?:主办单位|主办|版权所有|发布机构|信息来源)[::]?\s*(?P<agency>[\u4e00-\u9fff]{2,30})"),
    re.compile(r"与(?P<agency>[\u4e00-\u9fff]{2,30}?)(?:办公室)?联系"),
)
SIGNATURE = re.compile(r"^(?P<agency>[\u4e00-\u9fff]{3,30})$")
NAMES_A_BODY = re.compile(
    r"(?:政府|办公室|办公厅|委员会|管委会|委|局|厅|部|署|院|会|中心|所|站|队|处|街道|镇|乡|县|市|区|州|盟|旗|省|学校|学院|大学|医院|公司|银行)$"
)
NOT_A_NAME = re.compile(r"(?<!第)(?<!\d)\d|[a-z_/\\@#*?<>|:;,。!]", re.IGNORECASE)
LONGEST_TITLE = 80
TITLE_LINES = 3
LAST_LINES = 6


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports on what: ``agency`` as its title names it ("" unknown), ``year`` reported on (None unknown).

    ``level`` is "national", "province", "city", "county", "town", "department" or "" where the name leaves it
    open; ``doubts`` tell what was doubtful: agency-overwritten, agency-unknown, agency-not-in-title, year-conflict,
    year-from-period, year-unknown, title-missing.
    """

    agency: str
    year: int | None
    title: str
    published: str
    level: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A title as read: the printed words, the agency and the year that they name."""

    text: str
    agency: str
    year: int | None


def identify(document: Document) -> Identity:
    """The identity of a report, from its title first, then from its period and phrases."""
    texts = [tidy(simplify(fold(paragraph.text))) for paragraph in document.paragraphs()]
    titles = list(titles_of(texts, document.metadata.title))
    period = period_of(texts)
    title = best_title(titles, tidy(simplify(fold(document.metadata.title))), period)
    pasted = any(is_pasted(found.agency) for found in titles) or any(map(is_pasted, names_before_government(texts)))
    agency, doubts = agency_of(title, pasted, texts)
    published = published_on(document.metadata.published, texts)
    year, year_doubts = year_of(title, period, published)
    return Identity(agency, year, title.text, published, level_of(agency), (*doubts, *year_doubts))


# Title


def titles_of(texts: Sequence[str], metadata: str) -> Iterator[Title]:
    """The titles that the text before the first section prints, those on one line first, then the one in the
    file's own metadata."""
    opening = list(before_first_section(texts))
    for count in range(1, TITLE_LINES + 1):
        for at in range(len(opening) - count + 1):
            if found := read_title("".join(opening[at : at + count])):
                yield found
    if metadata and (found := read_title(tidy(simplify(fold(metadata))))):
        yield found


def best_title(titles: Sequence[Title], metadata: str, period: int | None) -> Title:
    """The title that names an agency and a year; of several, as a list of links before the report gives them, the
    one that the file's own metadata or the period bears out."""
    compact = re.sub(r"\s+", "", metadata)

    def merits(title: Title) -> tuple[bool, ...]:
        dated = title.year is not None
        return (
            is_name(title.agency),
            dated,
            bool(compact) and compact.startswith(title.text),
            dated and title.year == period,
        )

    return max(titles, key=merits, default=Title("", "", None))


def before_first_section(texts: Sequence[str]) -> Iterator[str]:
    """The lines before the first statutory heading, of a long one its beginning: where a title can stand."""
    for text in texts:
        if section_number(text):
            return
        yield text[:LONGEST_TITLE]


def read_title(text: str) -> Title | None:
    """The title in a line of text; None where it is none."""
    compact = re.sub(r"\s+", "", text).strip('《》"“”()-—')
    compact = re.sub(r"^(?:标题|名称|题名):", "", compact)
    compact = CHINESE_YEAR.sub(lambda found: found[0].translate(CHINESE_DIGITS), compact)
    if len(compact) > LONGEST_TITLE:
        return None
    for pattern in TITLES:
        if found := pattern.match(compact):
            return Title(compact[: found.end()], clean_name(found["agency"] or ""), int(found["year"]))
    if found := UNDATED.match(compact):
        return Title(compact, clean_name(found["agency"]), None)
    return None


def clean_name(name: str) -> str:
    """An agency's name without the words that only lead to the year."""
    name = LEADING.sub("", LEADING.sub("", name.strip()))
    return re.sub(r"(?:关于|本级|政府信息公开|信息公开|的)$", "", name).strip("_-—,.、 ()《》")


# Agency


def agency_of(title: Title, pasted: bool, texts: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The agency, and the doubts that tell where it does not come from a clean title."""
    if is_name(title.agency):
        return title.agency, ()
    found = next((name for name in named_in_text(texts) if is_name(name) and NAMES_A_BODY.search(name)), "")
    doubts = {
        "agency-overwritten": pasted,
        "title-missing": not title.text,
        "agency-not-in-title": bool(found),
        "agency-unknown": not found,
    }
    return found, tuple(doubt for doubt, holds in doubts.items() if holds)


def is_name(name: str) -> bool:
    """True for what can be the name of a public body: Chinese characters, no advertising, no address."""
    return 1 < len(name) <= 40 and not NOT_A_NAME.search(name) and not any(word in name for word in spam_words())


@cache
def spam_words() -> tuple[str, ...]:
    """Words that advertising pastes over the names of public bodies."""
    return tuple(line["word"] for line in read_table("identity", "spam"))


def is_pasted(name: str) -> bool:
    """True for a name with letters or digits that holds a word of advertising."""
    return bool(NOT_A_NAME.search(name)) and any(word in name for word in spam_words())


def names_before_government(texts: Sequence[str]) -> Iterator[str]:
    """What stands before 人民政府 anywhere in the text."""
    for text in texts:
        yield from (found[0] for found in re.finditer(r"[^\s,;:()]{2,60}人民政府", text))


def named_in_text(texts: Sequence[str]) -> Iterator[str]:
    """Names that the text gives its publisher, the surest phrase first, then the signature at its end."""
    for pattern in PHRASES:
        for text in texts:
            if found := pattern.search(text):
                yield clean_name(re.sub(r"^.*[在由与]", "", found["agency"]))
    for text in islice(reversed(texts), LAST_LINES):
        if found := SIGNATURE.match(text):
            yield found["agency"]


# Year


def year_of(title: Title, period: int | None, published: str) -> tuple[int | None, tuple[str, ...]]:
    """The year reported on: the title's, checked against the period; the later witness is the day of publication."""
    if title.year is None:
        return (period, ("year-from-period",)) if period else (None, ("year-unknown",))
    if period is None or period == title.year:
        return title.year, ()
    if published[:4] == str(period + 1):
        return period, ("year-conflict",)
    return title.year, ("year-conflict",)


def period_of(texts: Sequence[str]) -> int | None:
    """The calendar year that the report says its figures cover."""
    for pattern in (PERIOD, LOST_PERIOD):
        for text in texts:
            found = pattern.search(re.sub(r"\s+", "", text))
            if found and found["end"] in (None, found["year"]):
                return int(found["year"])
    return None


def published_on(metadata: str, texts: Sequence[str]) -> str:
    """The day of publication, else the one under the signature, as YYYY-MM-DD; "" where the page tells neither."""
    for text in (metadata, *texts):
        if found := (DATE if text is metadata else PUBLISHED).search(text):
            return iso_date(found)
    signed = (DATED_LINE.fullmatch(text) for text in islice(reversed(texts), LAST_LINES))
    return next((iso_date(found) for found in signed if found), "")


def iso_date(found: re.Match[str]) -> str:
    """A date that ``DATE`` found, as YYYY-MM-DD."""
    return f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"


# Level


def level_of(agency: str) -> str:
    """The level that the name of an agency shows; "" where only a table of regions could tell."""
    for line in read_table("identity", "levels"):
        if re.search(line["pattern"], agency):
            return line["level"]
    return ""


def form_of_year(year: int | None) -> str:
    """The form meant for a year; "" where no form is."""
    return next(
        (form.code for form in forms().values() if year and form.first_year <= year <= (form.last_year or year)), ""
    )
