"""One place for writing: what counts as the same text, and what a printed figure says.

``tidy`` gives readable text, ``key`` gives what two labels must share to be the same label, ``figure`` reads a
printed cell. Nothing here knows which labels the form has.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Zero-width and bidirectional characters."""

UNMAPPED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffc\ufffd]")
"""Glyphs of which the file does not say what they are, and pictures; a label can do without one, a figure cannot."""

RADICALS = str.maketrans(
    "⺟⺠⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻰⻳", "母民见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐龙龟"
)
"""CJK radicals that Unicode does not fold into the character they are drawn as."""

GLOSS = re.compile(r"(?<=[\u3400-\u9fff])\([a-zA-Züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\)")
"""A reading printed in brackets behind a character: 規(guī)章."""

NUMBERING = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}[、.,:)]+|\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|\d{1,2}[、.,)](?!\d))[、.,:]*"
)
CIRCLED = re.compile(r"^[\u2460-\u2473\u2776-\u277f]")
FOOTNOTE = re.compile(r"[\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\u2460-\u2473\u2776-\u277f\u203b\u2020\u2021]+$")
RAISED = re.compile(r"[\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]")
"""Raised and lowered digits: behind a figure they are a note, anywhere else nobody knows what they are."""
LEADING_WORDS = re.compile(r"^其中:?")
BRACKETED = re.compile(r"\([^()]*\)|<[^<>]*>|\[[^\[\]]*\]")
NOT_WORDS = re.compile(r"[^\w\u3400-\u9fff]+|_+")
SPACES = re.compile(r"\s+")

CJK_GAP = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])[ \t]+(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])"
)

FACTORS = {
    ("元", "万元"): Decimal("0.0001"),
    ("千元", "万元"): Decimal("0.1"),
    ("百万元", "万元"): Decimal(100),
    ("亿元", "万元"): Decimal(10000),
    ("万", "万元"): Decimal(1),
    ("万元", "元"): Decimal(10000),
}
"""How many of the second unit one of the first is."""

COUNTERS = frozenset({"件", "项", "个", "条", "份", "次", "宗", "起", "例", "人", "部", "件次", "人次"})
"""Measure words that leave a count as it is."""

NUMBER = re.compile(
    r"(?P<sign>[+-]|减少?|增加?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>[^\W\d_]{0,3})"
)
LEADING_ZERO = re.compile(r"0\d")
"""No figure is printed so: several were printed without a gap."""

MOST_DIGITS = 15
"""Signs of the longest figure that a Float64 keeps exactly; no report counts that far."""

NOTE = re.compile(r"(?P<figure>[^(\[*]+?)(?P<note>\([^()]*\)|\[[^\[\]]*\]|\*+)")
DASHES = frozenset("/-—–―−_\\|~・·")
WORDS_FOR_NOTHING = frozenset({"无", "没有", "不适用", "暂无", "NA", "N/A", "n/a"})
ZERO_WORDS = frozenset({"零", "〇"})


@dataclass(frozen=True, slots=True)
class Figure:
    """What a printed cell says.

    ``kind`` is "reported", "blank", "dash" (/, -, —, 无) or "unreadable"; ``value`` is set for "reported" only.
    ``unit`` is the unit printed in the cell, else ""; ``note`` tells that the cell holds more than the figure.
    """

    value: Decimal | None
    kind: str
    unit: str = ""
    note: bool = False


BLANK = Figure(None, "blank")
DASH = Figure(None, "dash")
UNREADABLE = Figure(None, "unreadable")


def fold(text: str) -> str:
    """Text with one form for each character: width, compatibility forms and radicals folded, the invisible dropped."""
    return unicodedata.normalize("NFKC", INVISIBLE.sub("", text.translate(RADICALS))).translate(RADICALS)


def tidy(text: str) -> str:
    """Readable text: invisible characters dropped, white space collapsed, none left between Chinese characters."""
    return CJK_GAP.sub("", SPACES.sub(" ", INVISIBLE.sub("", text)).strip())


def simplify(text: str) -> str:
    """Traditional characters made simplified; reading glosses in brackets taken off."""
    text = GLOSS.sub("", text)
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        from zhconv import convert  # loads a large table: only for text that needs it

        return str(convert(text, "zh-hans"))
    return text


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """What a label says, stripped of how it is set: spaces, brackets, punctuation, numbering, 其中, script."""
    text = CIRCLED.sub("", text.strip().lstrip("?"))
    text = SPACES.sub("", simplify(fold(UNMAPPED.sub("", text))))
    while (shorter := LEADING_WORDS.sub("", NUMBERING.sub("", text))) != text:
        text = shorter
    return NOT_WORDS.sub("", text)


@lru_cache(maxsize=50_000)
def bare_key(text: str) -> str:
    """``key`` of the text without what it says in brackets."""
    text = SPACES.sub("", simplify(fold(text)))
    return key(BRACKETED.sub("", text))


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
    compact = SPACES.sub("", text)
    if all(letter in DASHES for letter in compact) or compact in WORDS_FOR_NOTHING:
        return DASH
    if compact in ZERO_WORDS:
        return Figure(Decimal(0), "reported")
    if noted := NOTE.fullmatch(text):
        return with_note(noted["figure"])
    if re.search(r"\d\s+[\d.,]|[.,]\s+\d", text):
        return UNREADABLE
    return plain_number(compact)


def with_note(printed: str) -> Figure:
    """A figure that shares its cell with a remark or a footnote mark."""
    inner = figure(printed)
    return Figure(inner.value, inner.kind, inner.unit, note=True) if inner.kind == "reported" else UNREADABLE


def plain_number(compact: str) -> Figure:
    """A number with an optional sign (+, -, 增, 减) and an optional unit behind it."""
    found = NUMBER.fullmatch(simplify(compact).replace("−", "-").replace("–", "-"))
    if not found or LEADING_ZERO.match(found["digits"]) or len(found["digits"]) > MOST_DIGITS:
        return UNREADABLE
    unit = found["unit"] or ""
    if unit and unit not in COUNTERS and not any(unit == source for source, _ in FACTORS):
        return UNREADABLE
    value = Decimal(found["digits"].replace(",", ""))
    negative = found["sign"] is not None and found["sign"][0] in "-减"
    return Figure(-value if negative else value, "reported", unit)


def is_figure(text: str) -> bool:
    """True for a cell of figures or dashes, readable or not; False for blanks and for words."""
    kind = figure(text).kind
    return kind in ("reported", "dash") or (kind == "unreadable" and not any(map(str.isalpha, UNMAPPED.sub("", text))))


def convert(value: Decimal, unit: str, target: str) -> Decimal | None:
    """``value`` of ``unit`` in ``target`` units, or None where the two do not measure the same."""
    if unit == target or not unit:
        return value
    if unit in COUNTERS and target in COUNTERS:
        return value
    factor = FACTORS.get((unit, target))
    return value * factor if factor is not None else None


def plain(value: Decimal) -> str:
    """A figure without a useless fraction: 11, not 11.0."""
    return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize(), "f")
