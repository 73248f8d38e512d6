"""Text that a spreadsheet cannot take for a formula.

A spreadsheet runs a CSV field that begins with = + - or @. Such a text gets a quote (') before it; ``plain_text``
takes exactly that quote away again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from govinfo.files.writing import written

BOM = b"\xef\xbb\xbf"

OWN_CATEGORY = "govinfo export"
"""A property of the workbooks that ``govinfo.export`` writes: their figures are those of reports that were read."""

# Spreadsheets pass over white space and invisible marks before the sign, and some take its full-width form. A sign
# before nothing but digits is a dash or a number and can do no harm. Quotes that were there are counted, so that
# every text has one way there and back.
FORMULA = re.compile(
    r"(?P<quotes>'*)[\s\u200b-\u200f\u2060\ufeff]*(?:[\t\r]|(?![-+－＋][\d.,]*%?\Z)[=+\-@＝＋－＠﹦﹢﹣﹫])", re.DOTALL
)


LONGEST_TEXT = 32_000
"""Characters of a cell or a comment, a little less than Excel holds."""

NOT_PRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that a workbook cannot hold."""


def safe_text(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose texts no spreadsheet takes for a formula: those that it would begin with a quote (').

    Columns, order and types stay; numbers, NA, printed dashes and texts that are plain numbers (-3) are untouched.
    """
    return with_texts(frame, safe)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Writes a frame as ``csv_of`` gives it."""
    path.write_bytes(csv_of(frame))


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Writes a frame as ``csv_of`` gives it, whole or not at all."""
    with written(path) as beside:
        write_csv(frame, beside)


def csv_of(frame: pd.DataFrame) -> bytes:
    """A frame as CSV with such texts, in UTF-8 with a byte order mark, so that Excel opens it right."""
    return BOM + csv_lines(pa.Table.from_pandas(frame, preserve_index=False))


def csv_lines(table: pa.Table, header: bool = True) -> bytes:
    """A table as lines of CSV with such texts: texts in quotes, numbers bare, nothing where there is none."""
    columns = [safe_column(table[name]) for name in table.column_names]
    whole = pa.table(columns, names=table.column_names).combine_chunks()  # an empty chunk would be written wrongly
    lines = pa.BufferOutputStream()
    csv.write_csv(whole, lines, csv.WriteOptions(include_header=header))
    return bytes(lines.getvalue().to_pybytes())


def safe_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column with its texts made safe, each different one once; one of anything but texts as it is."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column
    texts = column.unique()
    changed = pa.array([text if text is None else safe(text) for text in texts.to_pylist()], column.type)
    return column if changed.equals(texts) else changed.take(pc.index_in(column, value_set=texts))


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


def printable(text: str) -> str:
    """A text that a cell can hold; one that is cut says so."""
    clean = NOT_PRINTABLE.sub("", text)
    return clean if len(clean) <= LONGEST_TEXT else f"{clean[:LONGEST_TEXT]}… (cut: the CSV export has all of it)"
