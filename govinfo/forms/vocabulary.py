"""What the tables of the forms print: every known wording of rows, columns, groups and headings, to its code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from govinfo.files.data import read_table
from govinfo.forms.form import TABLES, column_order, refuse_unknown, row_order
from govinfo.text import NOT_WORDS, NUMBERING, bare_key, fold, key

SHORTEST_INDICATOR = 5
"""Characters of an indicator's label that prose does not print by chance before a figure."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a table prints, as keys: rows and columns with the codes they may mean, ``groups`` with the columns
    that they stand over, other ``heads``, ``parents`` that stand before rows, and ``extras``: headings of columns
    that the form does not have."""

    rows: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    heads: frozenset[str]
    parents: frozenset[str]
    extras: frozenset[str]

    def knows(self, name: str) -> bool:
        """True when the table prints this label anywhere."""
        return name in self.rows or name in self.columns or name in self.heads or name in self.parents


@cache
def vocabulary(table: str) -> Vocabulary:
    """The printed wordings of a table. Keys are those of ``govinfo.text.key``.

    Raises FormError where a wording belongs to a row or column that no form has.
    """
    check_labels(table)
    found: dict[str, dict[str, list[str]]] = {
        "row": {},
        "column": {},
        "group": {},
        "head": {},
        "parent": {},
        "extra": {},
    }
    for line in read_table("forms", "labels"):
        if line["table"] == table:
            codes = found[line["kind"]].setdefault(key(line["printed"]), [])
            codes += [code for code in line["code"].split("|") if code not in codes]
    for printed, code in row_labels(table):
        codes = found["row"].setdefault(key(printed), [])
        if code not in codes:
            codes.append(code)
    return Vocabulary(
        rows=MappingProxyType({label: tuple(codes) for label, codes in found["row"].items()}),
        columns=MappingProxyType({label: tuple(codes) for label, codes in found["column"].items()}),
        groups=MappingProxyType({label: tuple(codes) for label, codes in found["group"].items()}),
        heads=frozenset({*found["head"], *found["group"]}),
        parents=frozenset(found["parent"]),
        extras=frozenset(found["extra"]),
    )


@lru_cache(maxsize=4096)
def is_weak(name: str) -> bool:
    """True for a word that names a row and a column of the forms (其他, 总计): alone it tells nothing."""
    words = [vocabulary(table) for table in TABLES]
    return any(name in known.rows for known in words) and any(name in known.columns for known in words)


@cache
def section_headings() -> Mapping[str, int]:
    """Keys of the known wordings of the six statutory headings, to their number."""
    return MappingProxyType(
        {key(line["printed"]): int(line["code"]) for line in read_table("forms", "labels") if line["kind"] == "section"}
    )


@cache
def counting_heads() -> frozenset[str]:
    """Keys of the headings over columns that only number rows (序号, 代码)."""
    return frozenset(key(line["printed"]) for line in read_table("forms", "labels") if line["kind"] == "counting")


def row_labels(table: str) -> Iterable[tuple[str, str]]:
    """The labels of the codebook as wordings: whole, and the part behind the last space (the row's own)."""
    for line in read_table("forms", "rows"):
        if line["table"] == table:
            yield line["label_zh"], line["row"]
            yield line["label_zh"].rsplit(" ", 1)[-1], line["row"]
            if bare := bare_key(line["label_zh"]):
                yield bare, line["row"]


def check_labels(table: str) -> None:
    """Every wording of a table must belong to a row or column that exists."""
    for line in read_table("forms", "labels"):
        place = f"labels.csv, {line['printed']}"
        if line["table"] == table and line["kind"] == "row":
            refuse_unknown([line["code"]], row_order(table), place)
        elif line["table"] == table and line["kind"] in ("column", "group"):
            refuse_unknown(line["code"].split("|"), column_order(table), place)


def printed_labels() -> Iterator[str]:
    """Every wording of the statutory tables and their section headings, folded, as the form numbers it."""
    for line in read_table("forms", "rows"):
        if line["table"] in TABLES[:-1]:
            yield from fold(line["label_zh"]).split(" ")
    for line in read_table("forms", "labels"):
        if line["table"] in TABLES[:-1] or line["kind"] == "section":
            yield fold(line["printed"])
    yield from (fold(line["parent"]) for line in read_table("forms", "rows") if line["parent"])


def printed_indicators() -> Iterator[str]:
    """Every wording of the rows of the statistics table that says enough to be told in a text, folded."""
    for label, codes in vocabulary(TABLES[-1]).rows.items():
        if codes and len(label) >= SHORTEST_INDICATOR:
            yield label


def printed_headings() -> Iterator[str]:
    """Every wording of the six statutory headings, folded."""
    return (fold(line["printed"]) for line in read_table("forms", "labels") if line["kind"] == "section")


def number_of(label: str) -> str:
    """The number that a label begins with, without its punctuation: "3", "七"; "" where it has none."""
    found = NUMBERING.match(fold(label).strip())
    return NOT_WORDS.sub("", found[0]) if found else ""


@cache
def numbers_of_rows() -> Mapping[str, frozenset[str]]:
    """The numbers that the forms print before the label of each row, by the row's code."""
    found: dict[str, set[str]] = {}
    for line in read_table("forms", "rows"):
        found.setdefault(line["row"], set()).add(number_of(line["label_zh"].rsplit(" ", 1)[-1]))
    return MappingProxyType({row: frozenset(numbers) for row, numbers in found.items()})
