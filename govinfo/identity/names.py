"""The names of public bodies as text prints them: what belongs to a name, what is none, and where a text names its
publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from govinfo.files.data import read_table

LEADING = (
    re.compile(r"^.*[>›»:]"),
    re.compile(r"^【[^】]*】"),
    re.compile(r"^附件\d{0,2}[.、]?"),
    re.compile(r"^(?:第\d+页(?:,?共\d+页)?|page\d+(?:of\d+|/\d+)?|-\d{1,3}-)[-—–_.]*", re.IGNORECASE),
    re.compile(r"^.*(?<!实)现(?:将|就|(?:向社会|予以?)?(?:公布|公开|发布))"),
)
"""What may stand before a name on its line, taken off one after the other."""

ABOUT = re.compile(r"^(?P<publisher>.*?)(?:关于)(?:(?:印发|公布|发布|报送|公开|做好)+《?)?(?P<subject>.*)$")
TRAILING = re.compile(
    r"(?:[\d一二三四五六七八九十]*年度?|\(本级\)|本级|政府信息公开|信息公开|(?:负责)?编制了?|印发|的|《)$"
)
NEWS = re.compile(
    r"编制|发布|公布|公开(?=$|《)|出炉|图解|图读|解读|通报|印发|转发|评估|考核|关于|现将|一图|上一|下一|相关|[>›»]"
)
"""Words before a title that speak of a report instead of being its head."""

NAMES_A_BODY = re.compile(
    r"(?:政府|办公室|办公厅|委员会|管委会|委|局|厅|部|署|院|会|中心|所|站|队|处|街道|镇|乡|县|市|区|州|盟|旗|省|学校|学院|大学|医院|公司|银行)$"
)
NOT_A_NAME = re.compile(r"(?<!第)(?<!\d)\d|[a-z_/\\@#*?<>{}|:;,。!]", re.IGNORECASE)
NO_NAME = re.compile(
    r"^(?:我|咱|该|[贵此](?:[局厅委办院处]|单位|机关|部门)|(?:人民)?政府$|政务$|"
    r"[省市县区州旗盟镇乡]?(?:[局厅委办院处站所部]|中心|机关|单位|部门|街道)$|全(?:[省市县区镇乡局厅委院校]|系统|街道|单位)|各[省市县区镇乡]?|"
    r"本(?:单位|机关|行政机关|部门|级|届|年|[局厅委办院所站处府会队社省市县区镇乡街州旗盟校]|中心|公司))"
)
"""Words that point at the publisher instead of naming it."""

PUBLISHERS = (
    re.compile(r"(?P<agency>[\u4e00-\u9fff]{2,20}?人民政府)门户网站"),
    re.compile(r"现?(?:公布|发布)(?P<agency>[\u4e00-\u9fff]{2,30}?)(?:20\d\d年|编制|政府信息公开)"),
    re.compile(r"由(?P<compiler>[\u4e00-\u9fff]{2,30}?)(?:20\d\d年|(?:负责)?编制|政府信息公开)"),
    re.compile(r"(?:主办单位|主办|版权所有|发布机构|信息来源)[::]?\s*(?P<agency>[\u4e00-\u9fff]{2,30})"),
    re.compile(r"与(?P<compiler>[\u4e00-\u9fff]{2,30}?)联系"),
)
"""Phrases that name the publisher, or the office in it that compiled the report, the surest first."""

COMPILING_OFFICE = re.compile(r"(?:党政(?:综合)?|综合)?(?:办公室|办公厅|办)$")
BEFORE_GOVERNMENT = re.compile(r"[^\s,;:()]{2,60}人民政府")
LINE_OF_A_NAME = re.compile(r"^[\u4e00-\u9fff()]{3,30}$")
NUMBER = re.compile(r"^\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)]+\s*")
LONGEST_NAME = 40
LAST_LINES = 6


def clean_name(name: str) -> str:
    """An agency's name without page numbers, links and site names before it and words that only lead to the year."""
    name = name.strip()
    for pattern in LEADING:
        name = pattern.sub("", name)
    if about := ABOUT.match(name):
        name = about["subject"] or about["publisher"]
    if not is_advertised(name):
        name = re.split(r"[_|]|(?<!中国)[—–-]", name.strip("_|—–-"))[-1]
    before = None
    while name != before:
        before, name = name, TRAILING.sub("", name)
    return without_loose_brackets(name.strip("_-—,.、 《》"))


def without_loose_brackets(name: str) -> str:
    """A name without brackets around it or without their other half."""
    bare = name.strip("()")
    return bare if name.count("(") != name.count(")") or name == f"({bare})" else name


def leads_elsewhere(words: str) -> bool:
    """True for words before a title that speak of a report, as news and notices do."""
    return bool(NEWS.search(words))


def is_name(name: str) -> bool:
    """True for what can be the name of a public body: Chinese characters, no advertising, no address, not 我局."""
    return (
        1 < len(name) <= LONGEST_NAME
        and not NOT_A_NAME.search(name)
        and not NO_NAME.search(name)
        and not is_advertised(name)
    )


def is_advertised(name: str) -> bool:
    """True where words of advertising stand in a name."""
    return any(word in name.lower() for word in spam_words())


@cache
def spam_words() -> tuple[str, ...]:
    """Words that advertising pastes over the names of public bodies."""
    return tuple(line["word"] for line in read_table("identity", "spam"))


def is_pasted(name: str) -> bool:
    """True for a name with letters or digits that holds a word of advertising."""
    return bool(NOT_A_NAME.search(name)) and is_advertised(name)


def names_before_government(texts: Sequence[str]) -> Iterator[str]:
    """What stands before 人民政府 anywhere in the text."""
    for text in texts:
        if "人民政府" in text:
            yield from (found[0] for found in BEFORE_GOVERNMENT.finditer(text))


def unnumbered(line: str) -> str:
    """A line without the number that stands before it in a list."""
    return NUMBER.sub("", line)


def names_a_body(name: str) -> bool:
    """True for a name that ends in a word for a public body."""
    return is_name(name) and bool(NAMES_A_BODY.search(name))


def named_in_text(texts: Sequence[str]) -> Iterator[str]:
    """Names that phrases of the text give its publisher, the surest phrase first, then the lines at its end."""
    for pattern in PUBLISHERS:
        for text in texts:
            if found := pattern.search(text):
                whole = next(filter(None, found.groupdict().values()))
                name = clean_name(re.sub(r"^.*[在由与]", "", whole))
                yield COMPILING_OFFICE.sub("", name) if "compiler" in found.groupdict() else name
    for text in islice(reversed(texts), LAST_LINES):
        if LINE_OF_A_NAME.match(text):
            yield text
