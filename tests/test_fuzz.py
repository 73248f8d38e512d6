"""A few of the inputs of ``make fuzz``: every reader gives a document or says what is wrong."""

from __future__ import annotations

import pytest

pytest.importorskip("hypothesis")
pytest.importorskip("reportlab")

from fuzzing import Tally, input_of, targets, tried, tried_long
from hypothesis import find
from hypothesis.strategies import randoms

from govinfo.readers import read_document

NUMBER = 20


@pytest.mark.parametrize("name", targets())
def test_changed_inputs_are_read_or_refused(name: str) -> None:
    assert 0 <= tried(targets()[name], NUMBER) <= NUMBER


@pytest.mark.parametrize("name", ["html", "text", "markdown", "script", "mhtml", "docx", "xlsx", "pdf"])
def test_the_changes_leave_enough_to_read(name: str) -> None:
    """A target whose inputs are all refused would try nothing."""
    tally = Tally()
    tried_long(name, targets()[name], range(3 * NUMBER), tally)
    assert tally.refused <= tally.inputs * 0.9
    assert not tally.errors


def test_an_input_is_the_same_again() -> None:
    for name, target in targets().items():
        assert input_of(name, target, 7) == input_of(name, target, 7)


def test_changes_are_made_small_where_one_fails() -> None:
    inputs = randoms(use_true_random=False).map(targets()["noise"].draw)
    assert len(find(inputs, lambda data: b"\0" in data)) < 20  # type: ignore[operator, arg-type]


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x0c", "\x1f", "\ufffe", "\uffff", "&#1;", "&#xFFFF;"])
def test_a_sign_that_no_tree_can_hold_ended_the_reading_of_a_page(sign: str) -> None:
    rows = "".join(f"<tr><td>{label}</td><td>{label}{sign}<s>1</s>2</td></tr>" for label in "甲乙丙")
    (grid,) = read_document(f"<html><p>a{sign}<sup>1</sup></p><table>{rows}</table>".encode(), "a").grids()
    assert len(list(grid.rows())) == 3
