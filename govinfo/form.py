"""The statutory forms, loaded from the tables in ``govinfo/forms`` into frozen objects that are checked when loaded.

Adding a form, a row or a printed wording is adding lines to those tables; nothing in the code depends on a year.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import pandas as pd

from govinfo.errors import FormError
from govinfo.text import NUMBERING, bare_key, fold, key

TABLES = ("disclosure", "requests", "disputes", "statistics")
"""Tables of a report, in the order of the cells frame."""

TABLE_OF_SECTION = {2: "disclosure", 3: "requests", 4: "disputes"}
"""The table that stands below a statutory heading."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``unit`` is the unit its figures are given in ("" where each row prints its own)."""

    code: str
    label_zh: str
    label_en: str
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with the codes of its columns; ``instead_of`` names the rows that it replaces where printed."""

    code: str
    parent: str
    label_zh: str
    label_en: str
    columns: tuple[str, ...]
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a form: rows and columns in printed order."""

    name: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]

    def row(self, code: str) -> Row:
        """The row of that code; KeyError if the table has none."""
        return {row.code: row for row in self.rows}[code]

    def column(self, code: str) -> Column:
        """The column of that code; KeyError if the table has none."""
        return {column.code: column for column in self.columns}[code]


@dataclass(frozen=True, slots=True)
class Form:
    """A form as issued: which years it is meant for (a cross-check, not the key) and its tables."""

    code: str
    first_year: int
    last_year: int | None
    label_zh: str
    label_en: str
    tables: Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a table prints, as keys: rows and columns with the codes they may mean, ``groups`` with the columns
    that they stand over, other ``heads``, and ``parents`` that stand before rows."""

    rows: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    heads: frozenset[str]
    parents: frozenset[str]

    def knows(self, name: str) -> bool:
        """True when the table prints this label anywhere."""
        return name in self.rows or name in self.columns or name in self.heads or name in self.parents


@cache
def forms() -> Mapping[str, Form]:
    """All forms by code: "2008", "2019", "2021". Raises FormError when the tables contradict themselves."""
    loaded = {
        line["form"]: Form(
            code=line["form"],
            first_year=int(line["first_year"]),
            last_year=int(line["last_year"]) if line["last_year"] else None,
            label_zh=line["label_zh"],
            label_en=line["label_en"],
            tables=MappingProxyType({name: table for name in TABLES if (table := load_table(line["form"], name)).rows}),
        )
        for line in read_table("forms")
    }
    check_labels()
    return MappingProxyType(loaded)


@cache
def label_zh(table: str, code: str) -> str:
    """The printed Chinese label of a row or column without its numbering; the code itself where the forms have none."""
    lines = [line for line in read_table("rows") if line["table"] == table and line["row"] == code]
    lines = lines or [line for line in read_table("columns") if line["column"] == code]
    if not lines:
        return code
    label = fold(lines[0]["label_zh"]).split(" (")[0].split(" ")[-1]
    return NUMBERING.sub("", label).split("(")[0]


@cache
def vocabulary(table: str) -> Vocabulary:
    """The printed wordings of a table. Keys are those of ``govinfo.text.key``."""
    found: dict[str, dict[str, list[str]]] = {"row": {}, "column": {}, "group": {}, "head": {}, "parent": {}}
    for line in read_table("labels"):
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
    )


@cache
def is_weak(name: str) -> bool:
    """True for a word that names a row and a column of the forms (其他, 总计): alone it tells nothing."""
    words = [vocabulary(table) for table in TABLES]
    return any(name in known.rows for known in words) and any(name in known.columns for known in words)


@cache
def section_headings() -> Mapping[str, int]:
    """Keys of the known wordings of the six statutory headings, to their number."""
    return MappingProxyType(
        {key(line["printed"]): int(line["code"]) for line in read_table("labels") if line["kind"] == "section"}
    )


@cache
def row_order(table: str) -> tuple[str, ...]:
    """The row codes of all forms of a table, in the one order that agrees with each form."""
    orders = [
        [row["row"] for row in read_table("rows") if row["table"] == table and form in row["forms"].split("+")]
        for form in form_codes()
    ]
    merged: list[str] = max(orders, key=len)[:]
    for order in orders:
        for before, code in zip([None, *order], order, strict=False):
            if code not in merged:
                merged.insert(merged.index(before) + 1 if before else 0, code)
    return tuple(merged)


@cache
def column_order(table: str) -> tuple[str, ...]:
    """The column codes of all forms of a table, in printed order, each once."""
    groups = {code for row in read_table("rows") if row["table"] == table for code in row["columns"].split("|")}
    return tuple(
        dict.fromkeys(
            line["column"]
            for line in read_table("columns")
            if line["group"] in groups or (line["group"] == table and line["column"] in groups)
        )
    )


def instead_of(table: str) -> Mapping[str, tuple[str, ...]]:
    """Rows that stand for several others where they are printed: {"other": ("other_uncorrected", ...)}."""
    return {
        row["row"]: tuple(row["instead_of"].split("|"))
        for row in read_table("rows")
        if row["table"] == table and row["instead_of"]
    }


@cache
def flags() -> Mapping[str, str]:
    """The flags that a cell may carry, to their meaning in English."""
    return MappingProxyType({line["flag"]: line["meaning_en"] for line in read_table("flags")})


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
    names = [
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
    ]
    return pd.DataFrame(lines, columns=names, dtype="string")


@cache
def read_table(name: str) -> tuple[Mapping[str, str], ...]:
    """The lines of ``govinfo/forms/NAME.csv``."""
    text = files("govinfo").joinpath("forms", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(MappingProxyType(line) for line in csv.DictReader(text.splitlines()))


def form_codes() -> tuple[str, ...]:
    """The codes of the forms, oldest first."""
    return tuple(line["form"] for line in read_table("forms"))


def load_table(form: str, table: str) -> Table:
    """One table of one form; without rows where the form has no such table."""
    lines = [line for line in read_table("rows") if line["table"] == table and form in line["forms"].split("+")]
    used = {code for line in lines for code in line["columns"].split("|")}
    columns = [
        line for line in read_table("columns") if form in line["forms"].split("+") and line["group"] in {*used, table}
    ]
    groups: dict[str, list[str]] = {}
    for line in columns:
        groups.setdefault(line["group"], []).append(line["column"])
    rows = tuple(
        Row(
            line["row"],
            line["parent"],
            line["label_zh"],
            line["label_en"],
            tuple(code for part in line["columns"].split("|") for code in groups.get(part, [part])),
            tuple(filter(None, line["instead_of"].split("|"))),
        )
        for line in lines
    )
    in_use = {code for row in rows for code in row.columns}
    loaded = tuple(
        Column(line["column"], line["label_zh"], line["label_en"], line["unit"])
        for line in columns
        if line["column"] in in_use
    )
    refuse_unknown(in_use, {column.code for column in loaded}, f"rows.csv, form {form}, table {table}")
    refuse_repeated([row.code for row in rows], f"rows.csv, form {form}, table {table}")
    refuse_repeated([column.code for column in loaded], f"columns.csv, form {form}, table {table}")
    return Table(table, rows, loaded)


def row_labels(table: str) -> Iterable[tuple[str, str]]:
    """The labels of the codebook as wordings: whole, and the part behind the last space (the row's own)."""
    for line in read_table("rows"):
        if line["table"] == table:
            yield line["label_zh"], line["row"]
            yield line["label_zh"].rsplit(" ", 1)[-1], line["row"]
            if bare := bare_key(line["label_zh"]):
                yield bare, line["row"]


def check_labels() -> None:
    """Every wording must belong to a row or column that exists."""
    for line in read_table("labels"):
        place = f"labels.csv, {line['printed']}"
        if line["kind"] == "row":
            refuse_unknown([line["code"]], row_order(line["table"]), place)
        elif line["kind"] in ("column", "group"):
            refuse_unknown(line["code"].split("|"), column_order(line["table"]), place)


def refuse_unknown(codes: Iterable[str], known: Iterable[str], place: str) -> None:
    """Raises FormError naming the codes that nothing defines."""
    known = set(known)
    if missing := [code for code in codes if code not in known]:
        raise FormError(
            f"undefined: {', '.join(missing)}.", where=place, hint=f"Known here: {', '.join(sorted(known))}."
        )


def refuse_repeated(codes: list[str], place: str) -> None:
    """Raises FormError when a code stands twice."""
    if repeated := sorted({code for code in codes if codes.count(code) > 1}):
        raise FormError(f"defined twice: {', '.join(repeated)}.", where=place)
