"""Text that a spreadsheet cannot take for a formula.

A spreadsheet runs a CSV field that begins with = + - or @. Such a text gets a quote (') before it; ``plain_text``
takes exactly that quote away again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pandas as pd

OWN_CATEGORY = "govinfo export"
"""A property of the workbooks that ``govinfo.export`` writes: their figures are those of reports that were read."""

# Spreadsheets pass over white space and invisible marks before the sign, and some take its full-width form. A sign
# before nothing but digits is a dash or a number and can do no harm. Quotes that were there are counted, so that
# every text has one way there and back.
FORMULA = re.compile(
    r"(?P<quotes>'*)[\s\u200b-\u200f\u2060\ufeff]*(?:[\t\r]|(?![-+－＋][\d.,]*%?\Z)[=+\-@＝＋－＠﹦﹢﹣﹫])", re.DOTALL
)


def safe_text(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose texts no spreadsheet takes for a formula: those that it would begin with a quote (').

    Columns, order and types stay; numbers, NA, printed dashes and texts that are plain numbers (-3) are untouched.
    """
    return with_texts(frame, safe)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Writes a frame as ``csv_of`` gives it."""
    path.write_bytes(csv_of(frame))


def csv_of(frame: pd.DataFrame) -> bytes:
    """A frame as CSV with such texts, in UTF-8 with a byte order mark, so that Excel opens it right."""
    # Unquoted, a carriage return would begin a new line, and what stands behind it a field: a formula, if it wants.
    quoting: Literal[0, 2] = csv.QUOTE_NONNUMERIC if has_return(frame) else csv.QUOTE_MINIMAL
    return safe_text(frame).to_csv(index=False, lineterminator="\n", quoting=quoting).encode("utf-8-sig")


def has_return(frame: pd.DataFrame) -> bool:
    """True where a text holds a carriage return."""
    return any("\r" in str(text) for name in texts_of(frame) for text in frame[name].dropna().unique())


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
    return frame.assign(**{name: changed(frame[name], change) for name in texts_of(frame)})


def texts_of(frame: pd.DataFrame) -> list[str]:
    """The columns of a frame that are not of numbers."""
    return [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name].dtype)]


def changed(column: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """A column with its texts changed, each different one once."""
    new = {text: change(text) for text in column.dropna().unique() if isinstance(text, str)}
    new = {text: changed for text, changed in new.items() if changed != text}
    return column.map(lambda value: new.get(value, value), na_action="ignore").astype(column.dtype) if new else column
