"""The forms as a person looks them up: the codebook, labels and units by code, and the doubts with their meaning."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import pandas as pd

from govinfo.files.data import read_table
from govinfo.forms.form import forms
from govinfo.text import NUMBERING, fold

CODEBOOK = (
    "form",
    "table",
    "row",
    "column",
    "row_label_zh",
    "row_label_en",
    "column_label_zh",
    "column_label_en",
    "unit",
    "parent",
)
"""Columns of the codebook in their order."""


@cache
def labels_zh() -> Mapping[tuple[str, str], str]:
    """The printed Chinese labels by table and code, without numbering and brackets; columns under the table ""."""
    lines = [
        *((line["table"], line["row"], line["label_zh"]) for line in read_table("forms", "rows")),
        *(("", line["column"], line["label_zh"]) for line in read_table("forms", "columns")),
    ]
    return MappingProxyType({(table, code): bare_label(label) for table, code, label in reversed(lines)})


def bare_label(label: str) -> str:
    """The last part of a label without its numbering and without what it says in brackets."""
    own = fold(label).split(" (")[0].split(" ")[-1]
    return NUMBERING.sub("", own).split("(")[0]


def label_zh(table: str, code: str) -> str:
    """The Chinese label of a row or column of a table; the code itself where the forms have none."""
    known = labels_zh()
    return known.get((table, code)) or known.get(("", code), code)


@cache
def units() -> Mapping[tuple[str, str], str]:
    """The codebook's unit by table and column, "" where each row prints its own; the older form's where they differ."""
    return MappingProxyType(
        {
            (name, column.code): column.unit
            for form in reversed(tuple(forms().values()))
            for name, table in form.tables.items()
            for column in table.columns
        }
    )


@cache
def doubts(lang: str = "en") -> Mapping[str, str]:
    """The doubts that a cell may carry, to their meaning in English or Chinese (``lang`` "zh")."""
    return MappingProxyType({line["doubt"]: line[f"meaning_{lang}"] for line in read_table("forms", "doubts")})


SETTLED = "corrected|confirmed"
"""The doubts of which a person has settled the others of a cell."""


def in_doubt(doubts: pd.Series) -> pd.Series:
    """True for the doubts of cells that no person has settled: those with any, but "corrected" or "confirmed"."""
    texts = doubts.fillna("")
    return ((texts != "") & ~texts.str.contains(rf"(?:^|;)(?:{SETTLED})(?:;|$)")).astype("bool")


def codebook() -> pd.DataFrame:
    """One row per cell of the forms.

    Columns, all strings: form, table, row, column, row_label_zh, row_label_en, column_label_zh, column_label_en,
    unit, parent. Source: the tables in ``govinfo/forms``.
    """
    lines = [
        (
            form.code,
            table.name,
            row.code,
            column.code,
            row.label_zh,
            row.label_en,
            column.label_zh,
            column.label_en,
            column.unit,
            row.parent,
        )
        for form in forms().values()
        for table in form.tables.values()
        for row in table.rows
        for column in (table.column(code) for code in row.columns)
    ]
    return pd.DataFrame(lines, columns=list(CODEBOOK), dtype="string")
