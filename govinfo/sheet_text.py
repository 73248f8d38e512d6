"""Text that a spreadsheet cannot take for a formula.

A spreadsheet runs a CSV field that begins with = + - or @. Such a text gets a quote (') before it; ``plain_text``
takes exactly that quote away again.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

# Spreadsheets pass over white space and invisible marks before the sign, and some take its full-width form. A sign
# before nothing but digits is a dash or a number and can do no harm. Quotes that were there are counted, so that
# every text has one way there and back.
FORMULA = re.compile(
    r"(?P<quotes>'*)[\s\u200b-\u200f\u2060\ufeff]*(?:[\t\r]|(?![-+－＋][\d.,]*%?\Z)[=+\-@＝＋－＠])", re.DOTALL
)


def safe_text(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose texts no spreadsheet takes for a formula: those that it would begin with a quote (').

    Columns, order and types stay; numbers, NA, printed dashes and texts that are plain numbers (-3) are untouched.
    """
    return with_texts(frame, safe)


def plain_text(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame that ``safe_text`` was given: the quotes that it wrote are taken away, others stay."""
    return with_texts(frame, plain)


def safe(text: str) -> str:
    """A text with a quote before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def plain(text: str) -> str:
    """A text without the quote that ``safe`` put before it."""
    found = FORMULA.match(text)
    return text[1:] if found and found["quotes"] else text


def with_texts(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """A frame with every text changed; what is not text stays."""
    texts = [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name].dtype)]
    return frame.assign(**{name: changed(frame[name], change) for name in texts})


def changed(column: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """A column with its texts changed, each different one once."""
    new = {text: change(text) for text in column.dropna().unique() if isinstance(text, str)}
    new = {text: changed for text, changed in new.items() if changed != text}
    return column.map(lambda value: new.get(value, value), na_action="ignore").astype(column.dtype) if new else column
