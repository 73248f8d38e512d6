from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.document import Cell
from govinfo.forms import column_order
from govinfo.tables.align import Row
from govinfo.tables.columns import cuts
from govinfo.tables.solve import Settled, settle

PEOPLE = column_order("requests")
RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


def cells(*texts: str) -> list[Cell]:
    return [Cell(text, 0, at) for at, text in enumerate(texts)]


def row(code: str, *ways: tuple[Cell | None, ...]) -> Row:
    return Row("requests", code, "", PEOPLE, tuple(ways))


def plain(code: str, *figures: int) -> Row:
    return row(code, tuple(cells(*map(str, figures))))


def read(settled: Settled) -> list[str | None]:
    assert settled.reading is not None
    return [
        None if column in settled.open_columns or cell is None else cell.text
        for column, cell in zip(PEOPLE, settled.reading, strict=True)
    ]


def test_glued_digits_have_the_one_reading_that_sums_up() -> None:
    ways = cuts(cells("21710000218"), 7)
    settled = settle([row("new", *ways)])[0]
    assert read(settled) == ["217", "1", "0", "0", "0", "0", "218"]
    assert "by-arithmetic" in settled.doubts


def test_figures_never_begin_with_a_zero() -> None:
    assert len(cuts(cells("0000000"), 7)) == 1
    assert all(cell and (cell.text == "0" or cell.text[0] != "0") for way in cuts(cells("1000203"), 5) for cell in way)


def test_two_ways_that_both_sum_up_stay_open_but_for_what_they_share() -> None:
    ways = cuts(cells("112000013"), 7)
    settled = settle([row("new", *ways)])[0]
    assert read(settled) == [None, None, "0", "0", "0", "0", "13"]


def test_the_columns_decide_where_a_row_has_two_ways() -> None:
    others = [
        plain("carried_in", 0, 0, 0, 0, 0, 0, 0),
        plain("handled", 11, 2, 0, 0, 0, 0, 13),
        plain("carried_out", *[0] * 7),
    ]
    settled = settle([row("new", *cuts(cells("112000013"), 7)), *others])[0]
    assert read(settled) == ["11", "2", "0", "0", "0", "0", "13"]


def test_a_page_that_contradicts_itself_settles_nothing() -> None:
    ways = (tuple(cells("1", "0", "0", "0", "0", "0", "5")), tuple(cells("0", "1", "0", "0", "0", "0", "5")))
    assert settle([row("new", *ways)])[0].open_columns == {"natural_person", "business"}


def test_too_long_a_run_of_digits_stays_open_at_once() -> None:
    assert cuts(cells("1" * 80), 7) == ()


@given(st.lists(st.integers(0, 3000), min_size=6, max_size=6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_glued_digits_are_read_right_or_left_open(figures: list[int]) -> None:
    printed = [*figures, sum(figures)]
    ways = cuts(cells("".join(map(str, printed))), 7)
    if ways:
        settled = settle([row("new", *ways)])[0]
        assert all(got in (None, str(want)) for got, want in zip(read(settled), printed, strict=True))
