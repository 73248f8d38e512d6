"""What is remembered of one report says nothing about another: read with all of it forgotten, and behind many others,
a report is the same."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

pytest.importorskip("hypothesis")

from fuzzing import RAW, some_document

from govinfo.errors import NotAReport
from govinfo.readers import read_document
from govinfo.report.read import readings_from
from govinfo.tables.columns import Head, places_below

CHANGED = 300
"""Tables of real reports, changed by chance."""

Read = Callable[[], object]


def reports() -> Iterator[Read]:
    """Reads each real report that the project holds, but those in PDF, which another process reads, and tables changed
    by chance."""
    for path in sorted(RAW.glob("*-20*")):
        if path.suffix != ".pdf":
            yield lambda path=path: readings_from(read_document(path.read_bytes(), path.name), path.name, "")
    for number in range(CHANGED):
        yield lambda number=number: readings_from(some_document(Random(number)), "a", "")


def outcome(read: Read) -> object:
    """What a report says, or why there is none."""
    try:
        return read()
    except NotAReport as error:
        return str(error)


def remembering() -> list[Any]:
    """The functions of the project that remember what they made of the last things they were given; those that keep all
    only read tables of data."""
    functions = {
        id(one): one
        for name, module in list(sys.modules.items())
        if name.startswith("govinfo")
        for one in vars(module).values()
        if hasattr(one, "cache_parameters") and one.cache_parameters()["maxsize"] is not None
    }
    return list(functions.values())


def test_a_report_is_the_same_whatever_was_read_before() -> None:
    first = []
    for read in reports():
        for function in remembering():
            function.cache_clear()
        first.append(outcome(read))
    behind_others = [outcome(read) for read in reversed(list(reports()))]
    assert behind_others[::-1] == first
    assert any(function.cache_info().hits for function in remembering())


def test_shape_that_is_remembered_tells_blank_cells_and_widths_apart() -> None:
    columns, heads = ("a", "b"), (Head("a", 1), Head("b", 2))
    assert places_below(((1, 1, True), (2, 1, True)), columns, heads) == (0, 1)
    assert places_below(((1, 1, True), (2, 1, False)), columns, heads) == (0, 1)
    assert places_below(((1, 2, True),), columns, heads) is None
    assert places_below(((1, 2, False),), columns, heads) == (0, 0)
    assert places_below(((0, 1, True), (1, 1, True), (2, 1, True)), columns, heads) is None
    assert places_below(((0, 1, False), (1, 1, True)), columns, heads) == (1, None)
