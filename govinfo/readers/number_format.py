"""A value of a spreadsheet's cell -> the text that its number format shows.

Formats as ``#,##0.00;-0;"—";@`` have sections for positive numbers, negative ones, zero and text. Places after the
point, thousands, percent, scaling and words around the figure are followed; colours and conditions are not looked at.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

GENERAL = frozenset({"general", "@", "", "g/通用格式"})

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_IN_BRACKETS = re.compile(r"\[(?:\$([^\]-]*)[^\]]*|[^\]]*)\]")
_FILL = re.compile(r"_.|\*.")
_DIGITS = re.compile(r"[#0?][#0?,. ]*")
_HIDDEN_WORDS = "\ue000"
_MOST_PLACES = 30


def shown(value: object, number_format: str = "General") -> str:
    """The text that a cell shows; "" where its format shows nothing of the value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%Y-%m-%d")
    sections = sections_of(number_format)
    if isinstance(value, int | float):
        return number(Decimal(repr(value)), sections)
    if len(sections) > 3:
        return in_words(sections[3], str(value))
    return str(value)


def sections_of(number_format: str) -> list[str]:
    """The sections of a number format, parted at semicolons outside of quotes."""
    parts = re.findall(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+|(?<=;)(?=;|$)|^(?=;)', number_format)
    return parts or [""]


def number(value: Decimal, sections: list[str]) -> str:
    """A number in the section for its sign."""
    if len(sections) > 1 and value < 0:
        return in_section(-value, sections[1])
    if len(sections) > 2 and value == 0:
        return in_section(value, sections[2])
    return in_section(value, sections[0])


def in_section(value: Decimal, section: str) -> str:
    """A number as one section of a format shows it."""
    words: list[str] = []

    def keep(found: re.Match[str]) -> str:
        words.append(found[1] or found[2] or "")
        return _HIDDEN_WORDS

    pattern = _QUOTED.sub(keep, section)
    pattern = _IN_BRACKETS.sub(lambda found: found[1] or "", pattern)
    pattern = _FILL.sub("", pattern)
    if pattern.strip().lower() in GENERAL and section.strip():
        text = plain_number(value)
    elif "%" in pattern:
        text = _DIGITS.sub(lambda found: rounded(value * 100, found[0]), pattern, count=1)
    elif re.search(r"[eE][+-]", pattern) or "/" in pattern:
        text = plain_number(value)
    else:
        pattern = re.sub(r"general|G/通用格式", lambda _: plain_number(value), pattern, flags=re.IGNORECASE)
        text = _DIGITS.sub(lambda found: rounded(value, found[0]), pattern, count=1)
    for word in words:
        text = text.replace(_HIDDEN_WORDS, word, 1)
    return text.strip()


def rounded(value: Decimal, digits: str) -> str:
    """A number with the places, thousands and scale of a stretch as ``#,##0.00`` or ``0,``."""
    digits = digits.strip()
    whole, _, places = digits.partition(".")
    scale = len(digits) - len(digits.rstrip(","))
    value = value / 1000**scale
    grouped = "," in whole.rstrip(",")
    most = min(len(re.findall("[#0?]", places)), _MOST_PLACES)
    least = places.count("0")
    text = f"{value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP):{',' if grouped else ''}f}"
    if most > least:
        head, _, tail = text.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    if "0" not in whole and re.match(r"0(?:\.|$)", text):
        text = text[1:]  # "#" shows no zero
    head, point, tail = text.partition(".")
    return sign + head.rjust(whole.count("0"), "0") + point + tail


def plain_number(value: Decimal) -> str:
    """A number without a format, as a wide enough column shows it."""
    text = f"{value.normalize():f}" if value == value.to_integral_value() else f"{round(value, 11).normalize():f}"
    return "0" if text == "-0" else text


def in_words(section: str, text: str) -> str:
    """A text in the section for texts, which shows it at its @."""
    pattern = _QUOTED.sub(lambda found: found[1] or found[2] or "", _FILL.sub("", section))
    return pattern.replace("@", text).strip()
