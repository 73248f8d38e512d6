"""Ruled tables of PDF that page breaks cut: in a row below a repeated header, before a label, within a header."""

from __future__ import annotations

from typing import Any

from drawn import draw, put, rule, ruled

from govinfo.readers.pdf import read_pdf

XS = [60.0, 260.0, 320.0, 380.0]
HEAD = ["项目", "甲", "乙"]


def rows(*pages: Any) -> list[list[str]]:
    (grid,) = read_pdf(draw(*pages)).grids()
    return [[cell.text for cell in row] for row in grid.rows()]


def test_a_row_cut_below_a_header_that_each_page_repeats_is_made_whole() -> None:
    def first(canvas: Any) -> None:
        ruled(canvas, XS, [730, 760, 790], [HEAD, ["2.要求确认或", "3", "4"]])

    def second(canvas: Any) -> None:
        ruled(canvas, XS, [60, 90, 120, 150], [HEAD, ["重新出具", "", ""], ["3.其他", "5", "6"]])

    assert rows(first, second) == [HEAD, ["2.要求确认或重新出具", "3", "4"], ["3.其他", "5", "6"]]


def test_a_first_row_of_figures_or_of_other_words_is_no_repeated_header() -> None:
    def first(canvas: Any) -> None:
        ruled(canvas, XS, [730, 760, 790], [HEAD, ["1.重复申请", "1", "2"]])

    def second(canvas: Any) -> None:
        ruled(canvas, XS, [60, 90, 120], [["项目", "丙", "丁"], ["2.其他", "5", "6"]])

    assert rows(first, second) == [HEAD, ["1.重复申请", "1", "2"], ["项目", "丙", "丁"], ["2.其他", "5", "6"]]


def test_a_label_that_stands_on_the_next_page_alone_belongs_to_the_figures_before_it() -> None:
    def first(canvas: Any) -> None:
        ruled(canvas, XS, [730, 760, 790], [["1.重复申请", "1", "2"], ["", "3", "4"]], bottom=False)

    def second(canvas: Any) -> None:
        open_above(canvas, XS, "2.其他")
        ruled(canvas, XS, [90, 120], [["3.总计", "5", "6"]])

    assert rows(first, second) == [["1.重复申请", "1", "2"], ["2.其他", "3", "4"], ["3.总计", "5", "6"]]


def open_above(canvas: Any, xs: list[float], *texts: str) -> None:
    """A row at the head of a page, without a rule over it."""
    for x in xs:
        rule(canvas, x, 60, x, 90)
    for x, text in zip(xs, texts, strict=False):
        put(canvas, x + 4, 64, text)


def test_words_below_the_open_cells_of_a_header_go_on_in_them() -> None:
    def first(canvas: Any) -> None:
        for x in (60, 120, 180, 300):
            rule(canvas, x, 740, x, 790)
        rule(canvas, 60, 740, 300, 740)
        rule(canvas, 180, 790, 300, 790)
        put(canvas, 70, 750, "结果")
        put(canvas, 70, 764, "维持")
        put(canvas, 130, 776, "结果")
        put(canvas, 130, 791, "纠正")
        put(canvas, 190, 764, "直接起诉")

    def second(canvas: Any) -> None:
        open_above(canvas, [60, 120, 180, 240, 300], "", "", "维持", "纠正")
        ruled(canvas, [60, 120, 180, 240, 300], [90, 120], [["1", "2", "3", "4"]])

    assert rows(first, second) == [["结果维持", "结果纠正", "直接起诉"], ["维持", "纠正"], ["1", "2", "3", "4"]]
