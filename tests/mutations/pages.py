"""A real HTML page as tables of figures: which element holds which cell of the form.

The map is made from the labels alone: a row of figures behind a known label, its columns those of the form that are as
many. It is compared with the figures read by hand before it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import html

from govinfo.forms import TABLES, column_order, forms, row_order, vocabulary
from govinfo.text import figure, key

Key = tuple[str, str, str]
Element = Any


@dataclass(frozen=True)
class Printed:
    """A printed row of figures: its table and code ("" for the one row of disputes), label cells, figure cells with
    the keys that they stand for."""

    table: str
    code: str
    element: Element
    labels: tuple[Element, ...]
    figures: tuple[Element, ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Page:
    """A page that can be changed: its tree, its rows of figures, and the rows of headings over each table."""

    name: str
    tree: Element
    rows: tuple[Printed, ...]
    headings: dict[str, tuple[Element, ...]]

    def expected(self) -> dict[Key, float | None]:
        """The figure that the page prints for each cell."""
        return {at: value_of(cell) for row in self.rows for at, cell in zip(row.keys, row.figures, strict=True)}

    def copy(self) -> Page:
        """The same page in a tree of its own."""
        return page_of(self.name, html.tostring(deepcopy(self.tree), encoding="unicode"))

    def source(self) -> bytes:
        """The page as a file."""
        return html.tostring(self.tree, encoding="utf-8")


def page_of(name: str, source: str) -> Page:
    """The page in an HTML text."""
    tree = html.document_fromstring(source, ensure_head_body=True)
    form = "2019" if "新制作" in tree.text_content() else "2021"
    rows: list[Printed] = []
    headings: dict[str, list[Element]] = {}
    above: list[Element] = []
    for element in tree.iter("tr"):
        found = printed_row(element, {row.table + row.code for row in rows}, form)
        if found is None:
            above.append(element)
            continue
        rows.append(found)
        headings.setdefault(found.table, []).extend(each for each in above if len(list(each)) > 1)
        above = []
    return Page(name, tree, tuple(rows), {table: tuple(each) for table, each in headings.items()})


def printed_row(element: Element, seen: set[str], form: str) -> Printed | None:
    """The row of figures in an element; None where it is none, or one that was seen before."""
    cells = [cell for cell in element if cell.tag in ("td", "th")]
    texts = [text_of(cell) for cell in cells]
    first = next((at for at in range(len(texts)) if figure(texts[at]).kind != "unreadable" and at > 0), None)
    if len(cells) == 3 * len(column_order("disputes")) and all(figure(text).kind == "reported" for text in texts):
        keys = tuple(("disputes", row, column) for row in row_order("disputes") for column in column_order("disputes"))
        return Printed("disputes", "", element, (), tuple(cells), keys)
    if first is None or any(figure(text).kind == "unreadable" for text in texts[first:]):
        return None
    for table, code in named(texts[:first]):
        columns = columns_of(table, code, len(cells) - first, form)
        if columns and table + code not in seen:
            keys = tuple((table, code, column) for column in columns)
            return Printed(table, code, element, tuple(cells[:first]), tuple(cells[first:]), keys)
    return None


def named(labels: list[str]) -> Iterator[tuple[str, str]]:
    """The rows that the last label may name; of an indicator, with its unit behind it, the one before."""
    for label in reversed(labels):
        for table in TABLES:
            yield from ((table, code) for code in vocabulary(table).rows.get(key(label), ()))


def columns_of(table: str, code: str, width: int, form: str) -> tuple[str, ...]:
    """The columns of a row of a form, if it is so wide."""
    if table == "statistics":
        return column_order("statistics")[:width] if width <= len(column_order("statistics")) else ()
    if table not in forms()[form].tables:
        return ()
    columns = next((row.columns for row in forms()[form].tables[table].rows if row.code == code), ())
    return columns if len(columns) == width else ()


def text_of(cell: Element) -> str:
    """What a cell prints."""
    return re.sub(r"\s+", "", cell.text_content())


def value_of(cell: Element) -> float | None:
    """The figure of a cell."""
    value = figure(text_of(cell)).value
    return None if value is None else float(value)


def write(cell: Element, text: str) -> None:
    """Puts a text in the place of all that a cell holds."""
    for child in list(cell):
        cell.remove(child)
    cell.text = text
