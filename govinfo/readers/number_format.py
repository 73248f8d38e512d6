"""A value of a spreadsheet's cell -> the text that its number format shows.

Places after the point, thousands, percent, scaling and words around the figure and among its digits are followed.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Context, Decimal

from govinfo.readers.number_sections import for_number, for_texts

NO_SECTION = "###"
"""What a cell shows of a number for which its format has no section."""

_WORDS = re.compile(r'"([^"]*)"|[\\!](.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*](?:\\.|.)')
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_LETTERS_OF_WORDS = {code: 0xF0000 + code for code in range(128)}
_LETTERS_AGAIN = {word: code for code, word in _LETTERS_OF_WORDS.items()}
_GENERAL = re.compile(r"general|G/通用格式|@", re.IGNORECASE)
_PLACE = re.compile(r"[#0?]")
_PLACES = re.compile(r"\.?[#0?](?:.*[#0?])?[.,]*")
_MOST_PLACES = 30
_EXACT = Context(prec=400)


def shown(value: object, number_format: str = "General") -> str:
    """The text that a cell shows; "" where its format shows nothing of the value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%Y-%m-%d")
    if not isinstance(value, int | float):
        return in_words(for_texts(number_format), str(value))
    found = for_number(Decimal(repr(value)), number_format)
    return in_section(*found) if found else NO_SECTION


def in_section(value: Decimal, section: str) -> str:
    """A number as one section of a format shows it."""
    if section.strip() and not _IN_BRACKETS.sub("", section).strip():
        return plain_number(value)
    pattern = with_words(section)
    if re.search(r"[eE][+-]|/", _GENERAL.sub("", pattern)):
        return plain_number(value)
    if _GENERAL.search(pattern):
        text = _GENERAL.sub(lambda _: plain_number(value), pattern)
    else:
        value *= 100 ** pattern.count("%")
        text = _PLACES.sub(lambda found: in_places(value, found[0]), pattern, count=1)
    return text.translate(_LETTERS_AGAIN).strip()


def in_words(section: str, text: str) -> str:
    """A text in the section for texts, which shows it at its @."""
    return with_words(section).replace("@", text).translate(_LETTERS_AGAIN).strip()


def with_words(section: str) -> str:
    """A section of which the words are in letters that mean nothing in a format, and without colour and condition."""
    return _WORDS.sub(lambda found: (found[1] or found[2] or found[3] or "").translate(_LETTERS_OF_WORDS), section)


def in_places(value: Decimal, pattern: str) -> str:
    """A number in a stretch of places as ``#,##0.00`` or ``0,``, among which words may stand."""
    whole, _, places = pattern.partition(".")
    scale = sum(len(part) - len(part.rstrip(",")) for part in (whole, places))
    grouped = "," in whole.rstrip(",")
    most = min(len(_PLACE.findall(places)), _MOST_PLACES)
    exact = (abs(value) / 1000**scale).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, _EXACT)
    head, _, tail = f"{exact:f}".partition(".")
    head, tail = before_point(head.lstrip("0"), whole.replace(",", ""), grouped), after_point(tail, places)
    return ("-" if value < 0 else "") + (f"{head}.{tail}" if tail else head)


def before_point(digits: str, pattern: str, grouped: bool) -> str:
    """Digits in the places before the point: from the right, and all that are more before the first place."""
    count = len(_PLACE.findall(pattern))
    least = len(_PLACE.findall(pattern[pattern.index("0") :])) if "0" in pattern else 0
    digits = digits.rjust(least, "0")
    parted = [
        digit + ("," if grouped and behind and behind % 3 == 0 else "")
        for digit, behind in zip(digits, reversed(range(len(digits))), strict=True)
    ]
    more = max(len(parted) - count, 0)
    filled = iter([""] * (count - len(parted)) + parted[more:])
    return "".join(parted[:more]) + _PLACE.sub(lambda _: next(filled), pattern)


def after_point(digits: str, pattern: str) -> str:
    """Digits in the places behind the point, without the zeros at the end that no "0" asks for."""
    least = len(_PLACE.findall(pattern[: pattern.rfind("0") + 1]))
    filled = iter(digits[:least] + digits[least:].rstrip("0"))
    return _PLACE.sub(lambda _: next(filled, ""), pattern.replace(",", ""))


def plain_number(value: Decimal) -> str:
    """A number without a format, as a wide enough column shows it."""
    text = f"{value.normalize():f}" if value == value.to_integral_value() else f"{round(value, 11).normalize():f}"
    return "0" if text == "-0" else text
