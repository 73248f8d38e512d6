"""What a printed cell says: a figure with its unit and what makes it less than plain, a blank, a dash, or nothing
that can be read for sure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from govinfo.text.numerals import LETTERS, number_of
from govinfo.text.units import COUNTERS, SCALES, UNITS
from govinfo.text.writing import UNMAPPED, fold, simplify, unspaced

PARTED = re.compile(r"\d\s+[\d.,]|[.,]\s+\d")
"""A gap within a figure: whether it is one figure or two cannot be told."""

FOOTNOTE = re.compile(r"[\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\u2460-\u2473\u2776-\u277f\u203b\u2020\u2021]+$")
RAISED = re.compile(r"[\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]")
"""Raised and lowered digits and digits in circles: behind a figure they are a note, before or within it nobody knows
what they are."""
NOTE = re.compile(r"(?P<figure>[^(\[*]+?)(?P<note>\([^()]*\)|\[[^\[\]]*\]|\*+)")
MEASURE_IN_BRACKETS = re.compile(r"(?<=[件项人条个份])\((?:件|项|次|人|条|个|份|件次|人次|宗|批)\)$")
"""件(次), 人(次): one measure word."""

DASHES = frozenset("/-—–―−_\\|~・·")
WORDS_FOR_NOTHING = frozenset({"无", "没有", "不适用", "暂无", "NA", "N/A", "n/a"})
ZERO_WORDS = frozenset({"零", "〇"})
NO_NUMBERS = frozenset({"nan", "null", "none", "inf", "#n/a", "#ref!", "#value!", "#name?", "#div/0!", "n.a."})
"""What programs write where they have no number."""

ROUGHLY = r"大约|约为|大概|将近|接近|超过|不足|不到|至少|最多|多达|高于|低于|多于|少于|大于|小于|约|近|逾|超|[<>≤≥≈~]=?"
MORE_OR_LESS = r"左右|以上|以下|上下|余|多|许|\+"
NUMBER = re.compile(
    rf"(?P<word>总共|合计|共计|共有|达到|共|计|达|有|为)?(?P<before>{ROUGHLY})?(?P<sign>[+-]|减少?|增加?)?"
    rf"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\d{{1,3}}(?:'\d{{3}})+|\d{{1,3}}(?:\.\d{{3}}){{2,}})"
    rf"|(?P<numeral>[{LETTERS}]+))"
    rf"(?P<scale>[十百千万亿]{{0,2}})(?P<some>余|多|\+)?(?P<unit>[^\W\d_]{{0,4}}?)(?P<after>{MORE_OR_LESS})?(?P<end>[。.,;]?)"
)
LEADING_ZERO = re.compile(r"0[\d,']|0\.\d+\.")
"""No figure is printed so: several were printed without a gap."""

POINT_OF_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
ODD_THOUSANDS = re.compile(r"'|\..*\.")

MOST_DIGITS = 15
"""Signs of the longest figure that a Float64 keeps exactly; no report counts that far."""

MOST_COUNTED = 10**10
"""No agency of a country has counted so many."""

LARGE_NUMERAL = 100
"""Below it a numeral without a unit may number a row (十二)."""

MEASURE = "|".join(sorted(COUNTERS, key=len, reverse=True))
LIKE_A_FIGURE = re.compile(
    rf"(?:共|达|计)?(?:{ROUGHLY})?(?:"
    rf"(?=.*\d)[\d.,'eE+{LETTERS}-]+"  # 1e5, 1.2.3, 3万5千
    rf"|[{LETTERS}几]*[十百千万亿](?=[余多])"  # 百余件, 几十余件
    r"|(?<=[约近逾超过足到少])[十百千万亿]+"  # 近百件
    rf"|[一二三四五六七八九][百千万亿][{LETTERS}]+"  # 一百二
    r"|[数几][十百千万亿]+|十?几(?=.)"  # 几十件, 十几件
    rf"|[一二三四五六七八九]{{2}}(?=[十百千万亿余多]|{MEASURE})"  # 三四件
    rf")(?:余|多|\+)?[十百千万亿]*(?:{MEASURE}|元)?(?:{MORE_OR_LESS})?[。.,;]?"
)
"""Text that stands for a figure though none can be read from it: 1e5, 几十件, 百余件, 1,33件."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a printed cell says.

    ``kind`` is "reported", "blank", "dash" (/, -, —, 无) or "unreadable"; ``value`` is set for "reported" only.
    ``unit`` is the unit printed in the cell, else ""; ``doubts`` tell why the figure is not plain; ``printed`` are its
    digits as they stand there.
    """

    value: Decimal | None
    kind: str
    unit: str = ""
    doubts: tuple[str, ...] = ()
    printed: str = ""


BLANK = Figure(None, "blank")
DASH = Figure(None, "dash")
UNREADABLE = Figure(None, "unreadable")


@lru_cache(maxsize=50_000)
def figure(text: str) -> Figure:
    """Reads a printed cell; never guesses: what is not plainly one figure is "unreadable"."""
    if marked := FOOTNOTE.search(text.strip()):
        return with_note(text.strip()[: marked.start()])
    if RAISED.search(text):
        return UNREADABLE
    text = fold(text).strip()
    if not text:
        return BLANK
    if UNMAPPED.search(text):
        return UNREADABLE
    compact = unspaced(text)
    if all(letter in DASHES for letter in compact) or compact in WORDS_FOR_NOTHING:
        return DASH
    if compact in ZERO_WORDS:
        return Figure(Decimal(0), "reported")
    text = MEASURE_IN_BRACKETS.sub("", text)
    if noted := NOTE.fullmatch(text):
        return with_note(noted["figure"])
    if PARTED.search(text):
        return UNREADABLE
    return number(unspaced(text))


def with_note(printed: str) -> Figure:
    """A figure that shares its cell with a remark or a footnote mark."""
    inner = figure(printed)
    return replace(inner, doubts=(*inner.doubts, "note")) if inner.kind == "reported" else UNREADABLE


def number(compact: str) -> Figure:
    """A number in digits or numerals with what may stand about it: a sign (+, -, 增, 减), a unit, 约, 余."""
    found = NUMBER.fullmatch(simplify(compact).replace("−", "-").replace("–", "-").replace("’", "'").replace("＇", "'"))
    if not found:
        return UNREADABLE
    size, unit = size_of(found)
    if size is None or (unit and unit not in UNITS and unit not in SCALES):
        return UNREADABLE
    negative = found["sign"] is not None and found["sign"][0] in "-减"
    return Figure(-size if negative else size, "reported", unit, doubts_of(found), found["digits"] or "")


def size_of(found: re.Match[str]) -> tuple[Decimal | None, str]:
    """The size of a matched number and its unit; None where the digits are none that is printed so."""
    if found["numeral"]:
        return numeral_and_unit(found["numeral"] + found["scale"], found["unit"])
    unit = found["scale"] + found["unit"]
    digits = found["digits"]
    if LEADING_ZERO.match(digits) or len(digits) > MOST_DIGITS:
        return None, unit
    parting = ",'." if ODD_THOUSANDS.search(digits) else ","
    return Decimal(digits.translate(str.maketrans("", "", parting))), unit


def numeral_and_unit(spelled: str, unit: str) -> tuple[Decimal | None, str]:
    """The number that a numeral writes, and its unit; a last 万 or 亿 belongs to the unit, as in 1.2万."""
    if len(spelled) > 1 and spelled[-1] in "万亿":
        spelled, unit = spelled[:-1], spelled[-1] + unit
    value = number_of(spelled)
    return (None if value is None else Decimal(value)), unit


def doubts_of(found: re.Match[str]) -> tuple[str, ...]:
    """Why a number is not plain."""
    rough = found["before"] or found["some"] or found["after"]
    marks = {
        "approximate": rough,
        "unit-converted": found["numeral"],
        "implausible": found["digits"] and ODD_THOUSANDS.search(found["digits"]),
        "note": found["word"] or found["end"],
    }
    return tuple(doubt for doubt, holds in marks.items() if holds)


@lru_cache(maxsize=50_000)
def as_count(read: Figure, signed: bool = False) -> Figure:
    """A figure where things are counted: scales are taken in, a point may part thousands (1.330), and what no count
    can be is in doubt. ``signed`` counts, as changes, may be negative."""
    if read.value is None:
        return read
    value, doubts = read.value, list(read.doubts)
    size, kind = (SCALES[read.unit], "") if read.unit in SCALES else UNITS[read.unit]
    if kind:
        return read
    if size > 1:
        value *= size
        doubts.append("unit-converted")
    elif POINT_OF_THOUSANDS.fullmatch(read.printed):
        value *= 1000
        doubts.append("implausible")
    if (value < 0 and not signed) or value != value.to_integral_value() or abs(value) >= MOST_COUNTED:
        doubts.append("implausible")
    return replace(read, value=value, unit="", doubts=tuple(dict.fromkeys(doubts)))


@lru_cache(maxsize=50_000)
def is_figure(text: str) -> bool:
    """True for a cell of figures or dashes, readable or not; False for blanks and for words.

    A numeral that may number a row (一, 十二) is no figure of itself.
    """
    read = figure(text)
    if read.kind in ("blank", "dash"):
        return read.kind == "dash"
    compact = unspaced(fold(text))
    if read.kind == "reported":
        return not ("unit-converted" in read.doubts and may_number_a_row(compact))
    if not any(map(str.isalpha, UNMAPPED.sub("", compact))):
        return True
    return compact.lower() in NO_NUMBERS or LIKE_A_FIGURE.fullmatch(simplify(compact)) is not None


def may_number_a_row(compact: str) -> bool:
    """True for a small numeral that stands alone."""
    value = number_of(simplify(compact))
    return value is not None and value < LARGE_NUMERAL and compact not in ZERO_WORDS


def is_plain_figure(text: str) -> bool:
    """True for a cell that is a figure or a dash and can be read."""
    return figure(text).kind in ("reported", "dash") and is_figure(text)


def plain(value: Decimal) -> str:
    """A figure without a useless fraction: 11, not 11.0."""
    whole = int(value)
    return str(whole) if value == whole else format(value.normalize(), "f")


@lru_cache(maxsize=50_000)
def exact(value: object) -> Decimal | None:
    """A figure of a record as it is printed, 0.1 and not the binary number next to it; None where there is none."""
    return None if value is None else Decimal(str(value))
