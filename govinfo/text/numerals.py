"""Chinese numerals to numbers: simple (五十四), formal (伍拾肆), with 廿, 两, 万 and 亿.

A numeral counts only where it is written as its number is written: what is read is written again and must be the
same. So neither 一百二 (120 in speech) nor 三四十 (thirty or forty) is a number here.
"""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
RANKS = {"十": 10, "百": 100, "千": 1000}
GROUPS = {"亿": 10**8, "万": 10**4}

ONE_FORM = str.maketrans("〇○壹贰叁肆伍陆柒捌玖拾佰仟两", "零零一二三四五六七八九十百千二")
TWENTIES = {"廿": "二十", "卅": "三十", "卌": "四十"}

LETTERS = "零〇○一二三四五六七八九十百千万亿两廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟"
"""Every sign that a numeral may be written with."""

ONE_TO_NINE = "[一二三四五六七八九]"
SECTION = re.compile(
    rf"零?(?:({ONE_TO_NINE})千)?零?(?:({ONE_TO_NINE})百)?零?(?:({ONE_TO_NINE})?(十))?零?({ONE_TO_NINE})?"
)
POSITIONAL = re.compile(rf"{ONE_TO_NINE}(?:零|{ONE_TO_NINE}){{2,}}")
"""Digits alone. They are read only with a zero among them: 一二三 may count, 三四 may mean either."""


def number_of(text: str) -> int | None:
    """The number that a numeral (simplified characters) writes, or None where it writes none or is not well formed."""
    for sign, spelled in TWENTIES.items():
        text = text.replace(sign, spelled)
    text = text.translate(ONE_FORM)
    if POSITIONAL.fullmatch(text) and "零" in text:
        return int("".join(str(DIGITS.index(digit)) for digit in text))
    value = value_of(text)
    return value if value is not None and short(numeral(value)) == short(text) else None


def value_of(text: str) -> int | None:
    """What a numeral adds up to, however well formed it is."""
    for group, size in GROUPS.items():
        if group in text:
            high, low = text.split(group, 1)
            above, below = value_of(high), value_of(low) if low else 0
            return None if not above or below is None or below >= size else above * size + below
    if text == "零":
        return 0
    found = SECTION.fullmatch(text)
    if not text or not found:
        return None
    thousands, hundreds, tens, ten, ones = found.groups()
    digits = [thousands, hundreds, tens or ("一" if ten else None), ones]
    return sum(DIGITS.index(digit or "零") * size for digit, size in zip(digits, (1000, 100, 10, 1), strict=True))


def numeral(value: int) -> str:
    """A number in simple numerals: 10050 is 一万零五十."""
    for group, size in GROUPS.items():
        if value >= size:
            high, low = divmod(value, size)
            gap = "零" if low < size // 10 else ""
            return f"{numeral(high)}{group}{gap + numeral(low) if low else ''}"
    for rank, size in reversed(RANKS.items()):
        if value >= size:
            high, low = divmod(value, size)
            gap = "零" if low < size // 10 else ""
            return f"{DIGITS[high]}{rank}{gap + numeral(low) if low else ''}"
    return DIGITS[value]


def short(text: str) -> str:
    """A numeral with 十 for 一十: both are written."""
    return text.replace("一十", "十")
