"""The statutory forms, loaded from the tables in ``govinfo/forms`` into frozen objects that are checked when loaded.

Adding a form, a row or a printed wording is adding lines to those tables; nothing in the code depends on a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from govinfo.errors import FormError
from govinfo.files.data import read_table

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
        for line in read_table("forms", "forms")
    }
    return MappingProxyType(loaded)


@cache
def row_order(table: str) -> tuple[str, ...]:
    """The row codes of all forms of a table, in the one order that agrees with each form."""
    orders = [[row["row"] for row in lines_of(table) if form in row["forms"].split("+")] for form in form_codes()]
    merged: list[str] = max(orders, key=len)[:]
    for order in orders:
        for before, code in zip([None, *order], order, strict=False):
            if code not in merged:
                merged.insert(merged.index(before) + 1 if before else 0, code)
    return tuple(merged)


@cache
def column_order(table: str) -> tuple[str, ...]:
    """The column codes of all forms of a table, in printed order, each once."""
    groups = {
        code for row in read_table("forms", "rows") if row["table"] == table for code in row["columns"].split("|")
    }
    return tuple(
        dict.fromkeys(
            line["column"]
            for line in read_table("forms", "columns")
            if line["group"] in groups or (line["group"] == table and line["column"] in groups)
        )
    )


def columns_of_table(table: str) -> tuple[Column, ...]:
    """The columns of the latest form that has the table, in printed order."""
    return next(form.tables[table].columns for form in reversed(tuple(forms().values())) if table in form.tables)


@cache
def instead_of(table: str) -> Mapping[str, tuple[str, ...]]:
    """Rows that stand for several others where they are printed: {"other": ("other_uncorrected", ...)}."""
    return MappingProxyType(
        {row["row"]: tuple(row["instead_of"].split("|")) for row in lines_of(table) if row["instead_of"]}
    )


def lines_of(table: str) -> tuple[Mapping[str, str], ...]:
    """The lines of rows.csv for a table, of all forms."""
    return tuple(line for line in read_table("forms", "rows") if line["table"] == table)


def form_codes() -> tuple[str, ...]:
    """The codes of the forms, oldest first."""
    return tuple(line["form"] for line in read_table("forms", "forms"))


def load_table(form: str, table: str) -> Table:
    """One table of one form; without rows where the form has no such table."""
    lines = [
        line for line in read_table("forms", "rows") if line["table"] == table and form in line["forms"].split("+")
    ]
    used = {code for line in lines for code in line["columns"].split("|")}
    columns = [
        line
        for line in read_table("forms", "columns")
        if form in line["forms"].split("+") and line["group"] in {*used, table}
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
