"""Figures of PDF that are printed on several lines, or as one with others: one figure, or a doubt."""

from __future__ import annotations

from typing import Any

from drawn import draw, put, ruled

from govinfo.document import Cell
from govinfo.readers.pdf import read_pdf


def cells(data: bytes) -> dict[str, Cell]:
    return {cell.text: cell for grid in read_pdf(data).grids() for cell in grid.cells}


def test_a_figure_that_fills_its_narrow_cell_goes_on_in_the_next_line() -> None:
    def page(canvas: Any) -> None:
        ruled(canvas, [60, 120, 150, 180, 300], [100, 140], [["新收", "128", "12", "12"]])
        put(canvas, 134, 117, "4")
        put(canvas, 154, 125, "7")
        put(canvas, 184, 117, "5")

    found = cells(draw(page))
    assert found["1284"].doubts == ("glued",)
    assert not {"127", "125"} & set(found)  # white space between the lines; room for another digit beside the first


def open_row(canvas: Any, top: float, *texts: str) -> None:
    for x, text in zip((60, 160, 200, 240), texts, strict=False):
        put(canvas, x, top, text)


def test_without_rulings_what_stands_around_a_row_in_its_own_column_is_a_figure_of_it() -> None:
    def page(canvas: Any) -> None:
        open_row(canvas, 100, "新收", "1", "2", "3")
        open_row(canvas, 133, "", "", "675")
        open_row(canvas, 140, "结转", "4", "", "6")
        open_row(canvas, 147, "", "", "668")

    found = cells(draw(page))
    assert found["675668"].row == found["4"].row
    assert found["675668"].doubts == ("glued",)


def test_without_rulings_figures_tight_below_others_leave_these_in_doubt() -> None:
    def page(canvas: Any) -> None:
        open_row(canvas, 100, "新收", "1", "2", "3")
        open_row(canvas, 140, "结转", "4", "675", "6")
        open_row(canvas, 153, "", "", "668")

    found = cells(draw(page))
    assert found["675"].doubts == ("loose-figures",)
    assert not found["4"].doubts


def test_without_rulings_a_figure_over_the_places_of_two_is_in_doubt() -> None:
    def page(canvas: Any) -> None:
        open_row(canvas, 100, "新收", "1", "2", "3")
        open_row(canvas, 130, "结转", "4", "5", "6")
        open_row(canvas, 160, "总计", "573388549")

    found = cells(draw(page))
    assert found["573388549"].doubts == ("glued",)
    assert not found["4"].doubts
