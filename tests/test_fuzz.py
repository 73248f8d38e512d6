"""A few of the inputs of ``make fuzz``: every reader gives a document or says what is wrong."""

from __future__ import annotations

import pytest

pytest.importorskip("hypothesis")
pytest.importorskip("reportlab")

from fuzzing import targets, tried
from hypothesis import find

from govinfo.readers import read_document

FEW = {"pdf": 3}
NUMBER = 20


@pytest.mark.parametrize("name", targets())
def test_changed_inputs_are_read_or_refused(name: str) -> None:
    number = FEW.get(name, NUMBER)
    assert 0 <= tried(targets()[name], number) <= number


@pytest.mark.parametrize("name", ["html", "text", "markdown", "script", "mhtml"])
def test_the_changes_leave_enough_to_read(name: str) -> None:
    """A target whose inputs are all refused would try nothing."""
    assert tried(targets()[name], NUMBER) < NUMBER


def test_changes_are_made_small_where_one_fails() -> None:
    assert find(targets()["noise"].inputs, lambda data: b"\0" in data) == b"\0"  # type: ignore[operator]


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x0c", "\x1f", "\ufffe", "\uffff", "&#1;", "&#xFFFF;"])
def test_a_sign_that_no_tree_can_hold_ended_the_reading_of_a_page(sign: str) -> None:
    rows = "".join(f"<tr><td>{label}</td><td>{label}{sign}<s>1</s>2</td></tr>" for label in "甲乙丙")
    (grid,) = read_document(f"<html><p>a{sign}<sup>1</sup></p><table>{rows}</table>".encode(), "a").grids()
    assert len(list(grid.rows())) == 3
