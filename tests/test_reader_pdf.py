"""The PDF reader: real reports, and small pages drawn here, one for each fault that was found."""

from __future__ import annotations

import csv
import logging
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from drawn import draw, put, rule, ruled

from govinfo.document import Document, Grid
from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.readers.pdf import read_pdf

SHARED = Path(__file__).parents[2] / "shared"


def report(name: str) -> bytes:
    path = SHARED / "reports" / name
    if not path.exists():
        pytest.skip(f"the sample {name} is not here")
    return path.read_bytes()


def truth(name: str) -> list[list[list[str]]]:
    """The printed figures of a report: tables -> rows -> figures; the last table prints all its figures in one row."""
    path = SHARED / "truth" / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"the figures of {name} are not here")
    with path.open(encoding="utf-8", newline="") as file:
        printed = [line for line in csv.DictReader(file) if line["raw"]]
    tables = []
    for table, of_table in groupby(printed, key=lambda line: line["table"]):
        rows = [[line["raw"] for line in of_row] for _, of_row in groupby(of_table, key=lambda line: line["row"])]
        tables.append([[raw for row in rows for raw in row]] if table == "disputes" else rows)
    return tables


def is_figure(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def figures(grid: Grid) -> list[list[str]]:
    rows = ([cell.text for cell in row if is_figure(cell.text)] for row in grid.rows())
    return [row for row in rows if row]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


@pytest.mark.parametrize(
    ("file", "name"), [("hongze-2023.pdf", "hongze-2023"), ("pingtan-2023-print.pdf", "pingtan-2023")]
)
def test_every_figure_of_a_real_report_stands_in_its_row(file: str, name: str) -> None:
    assert [figures(grid) for grid in read_pdf(report(file)).grids()] == truth(name)


@pytest.mark.parametrize("file", ["hongze-2023.pdf", "pingtan-2023-print.pdf"])
def test_cells_carry_page_and_place_and_do_not_overlap(file: str) -> None:
    for grid in read_pdf(report(file)).grids():
        assert grid.placed
        places = [
            (row, col)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for col in range(cell.col, cell.col + cell.colspan)
        ]
        assert len(places) == len(set(places))
        for cell in grid.cells:
            assert cell.page is not None
            assert cell.box is not None or not cell.text


@pytest.mark.parametrize(("file", "rows"), [("hongze-2023.pdf", 20), ("pingtan-2023-print.pdf", 22)])
def test_a_tall_label_goes_on_over_the_page_break(file: str, rows: int) -> None:
    labels = {cell.text: cell for cell in read_pdf(report(file)).grids()[1].cells}
    assert labels["三、本年度办理结果"].rowspan == rows
    assert labels["（三）不予公开"].rowspan == 8
    assert labels["（五）不予处理"].rowspan == 5


@pytest.mark.parametrize("file", ["hongze-2023.pdf", "pingtan-2023-print.pdf"])
def test_headings_are_paragraphs_and_page_numbers_are_none(file: str) -> None:
    paragraphs = [paragraph.text for paragraph in read_pdf(report(file)).paragraphs()]
    assert [text for text in paragraphs if text[:2] in {"一、", "二、", "三、", "四、", "五、", "六、"}] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    assert not any(text.strip("- ").isdecimal() for text in paragraphs)


def test_justified_prose_with_years_is_no_table() -> None:
    paragraphs = read_pdf(report("hongze-2023.pdf")).paragraphs()
    assert "报告中所列数据统计期限自2023年1月1日起至2023年12月31日止。" in paragraphs[2].text


def test_radicals_of_printed_pages_become_characters() -> None:
    text = "".join(cell.text for grid in read_pdf(report("pingtan-2023-print.pdf")).grids() for cell in grid.cells)
    assert "第二十条第（一）项" in text
    assert not any("\u2e80" <= sign <= "\u2fdf" for sign in text)


def test_a_scan_is_said_to_be_one() -> None:
    with pytest.raises(NothingToRead) as caught:
        read_pdf(report("hongze-2023-scan.pdf"))
    assert "govinfo[ocr]" in caught.value.hint


@pytest.mark.parametrize("data", [b"", b"no pdf at all", b"%PDF-1.7\n1 0 obj\n<<"])
def test_what_is_no_pdf_is_unreadable(data: bytes) -> None:
    with pytest.raises(FileUnreadable) as caught:
        read_pdf(data)
    assert caught.value.message
    assert caught.value.hint
    assert not caught.value.where


def test_a_password_is_named_as_the_cause() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = draw(lambda canvas: put(canvas, 72, 72, "公开"), encrypt=StandardEncryption("secret"))
    with pytest.raises(FileUnreadable, match="password") as caught:
        read_pdf(data)
    assert "password" in caught.value.hint


def test_the_log_level_is_given_back() -> None:
    log = logging.getLogger("pdfminer")
    before = log.level
    log.setLevel(logging.DEBUG)
    with pytest.raises(FileUnreadable):
        read_pdf(b"broken")
    level = log.level
    log.setLevel(before)
    assert level == logging.DEBUG


def read(*pages: Callable[[Any], None]) -> Document:
    return read_pdf(draw(*pages))


XS = [60.0, 260.0, 320.0, 380.0]


def test_a_merged_cell_stands_once_and_an_empty_cell_is_empty() -> None:
    def page(canvas: Any) -> None:
        rule(canvas, 60, 100, 380, 100)
        rule(canvas, 60, 130, 380, 130)
        rule(canvas, 60, 160, 380, 160)
        rule(canvas, 60, 100, 60, 160)
        rule(canvas, 380, 100, 380, 160)
        rule(canvas, 260, 130, 260, 160)
        put(canvas, 70, 108, "标题")
        put(canvas, 70, 138, "一项")

    (grid,) = read(page).grids()
    assert [(cell.text, cell.row, cell.col, cell.colspan) for cell in grid.cells] == [
        ("标题", 0, 0, 2),
        ("一项", 1, 0, 1),
        ("", 1, 1, 1),
    ]


def test_a_frame_around_text_is_no_table() -> None:
    def page(canvas: Any) -> None:
        ruled(canvas, [50, 540], [50, 800], [["本报告由办公室编制。"]])

    document = read(page)
    assert not document.grids()
    assert document.paragraphs()[0].text == "本报告由办公室编制。"


def test_a_ruled_table_over_two_pages_is_one_grid() -> None:
    def first(canvas: Any) -> None:
        ruled(canvas, XS, [700, 730, 760], [["一、新收", "1", "2"], ["二、结转", "3", "4"]])
        put(canvas, 290, 810, "— 1 —")

    def second(canvas: Any) -> None:
        ruled(canvas, XS, [60, 90], [["三、总计", "5", "6"]])

    document = read(first, second)
    (grid,) = document.grids()
    assert texts(grid) == [["一、新收", "1", "2"], ["二、结转", "3", "4"], ["三、总计", "5", "6"]]
    assert not document.paragraphs()


def test_a_row_cut_by_the_page_break_is_made_whole() -> None:
    def first(canvas: Any) -> None:
        ruled(canvas, XS, [730, 760, 790], [["1.重复申请", "1", "2"], ["2.要求确认或", "3", "4"]], bottom=False)

    def second(canvas: Any) -> None:
        ruled(canvas, XS, [60, 90, 120], [["重新出具", "", ""], ["3.其他", "5", "6"]])

    (grid,) = read(first, second).grids()
    assert texts(grid) == [["1.重复申请", "1", "2"], ["2.要求确认或重新出具", "3", "4"], ["3.其他", "5", "6"]]


def test_a_blank_row_after_a_page_break_is_not_merged() -> None:
    def first(canvas: Any) -> None:
        ruled(canvas, XS, [730, 760], [["1.重复申请", "1", "2"]], bottom=False)

    def second(canvas: Any) -> None:
        ruled(canvas, XS, [60, 90], [["2.其他", "", ""]])

    (grid,) = read(first, second).grids()
    assert texts(grid) == [["1.重复申请", "1", "2"], ["2.其他", "", ""]]


def open_row(canvas: Any, top: float, label: str, *cells: str) -> None:
    put(canvas, 60, top, label)
    for x, text in zip((260, 300, 340, 380), cells, strict=False):
        put(canvas, x, top, text)


def test_a_blank_figure_without_rulings_keeps_its_place() -> None:
    def page(canvas: Any) -> None:
        open_row(canvas, 100, "项目", "甲", "乙", "丙", "丁")
        open_row(canvas, 130, "新收", "1", "2", "3", "4")
        open_row(canvas, 160, "结转", "5", "", "7", "8")

    (grid,) = read(page).grids()
    assert texts(grid)[2] == ["结转", "5", "", "7", "8"]


def test_a_column_without_any_figure_keeps_its_place() -> None:
    def page(canvas: Any) -> None:
        open_row(canvas, 100, "项目", "甲", "乙", "丙", "丁")
        open_row(canvas, 130, "新收", "1", "", "3", "4")
        open_row(canvas, 160, "结转", "5", "", "7", "8")

    (grid,) = read(page).grids()
    assert texts(grid)[1:] == [["新收", "1", "", "3", "4"], ["结转", "5", "", "7", "8"]]


def test_a_wrapped_label_without_rulings_stands_around_its_figures() -> None:
    def page(canvas: Any) -> None:
        open_row(canvas, 100, "新收", "1", "2", "3", "4")
        put(canvas, 60, 130, "要求确认或重新")
        for x, text in zip((260, 300, 340, 380), "5678", strict=True):
            put(canvas, x, 137, text)
        put(canvas, 60, 144, "出具信息")
        open_row(canvas, 174, "总计", "6", "8", "10", "12")

    (grid,) = read(page).grids()
    assert [row[0] for row in texts(grid)] == ["新收", "要求确认或重新出具信息", "总计"]


def test_a_row_of_blanks_without_rulings_stays_a_row() -> None:
    def page(canvas: Any) -> None:
        open_row(canvas, 100, "一、新收", "1", "2", "3", "4")
        open_row(canvas, 140, "二、结转")
        open_row(canvas, 180, "三、总计", "5", "6", "7", "8")

    (grid,) = read(page).grids()
    assert texts(grid)[1] == ["二、结转", "", "", "", ""]


def test_figures_alike_at_the_top_of_two_pages_are_no_running_head() -> None:
    def page(label: str) -> Callable[[Any], None]:
        def drawn(canvas: Any) -> None:
            put(canvas, 60, 30, label)
            for x in (260, 300, 340, 380):
                put(canvas, x, 37, "0")
            put(canvas, 60, 44, "信息")
            open_row(canvas, 80, "其他", "1", "2", "3", "4")

        return drawn

    (grid,) = read(page("无法提供"), page("不予处理")).grids()
    assert [row[0] for row in texts(grid)] == ["无法提供信息", "其他", "不予处理信息", "其他"]
    assert figures(grid) == [["0"] * 4, list("1234")] * 2


def test_running_heads_are_left_out() -> None:
    def page(number: int) -> Callable[[Any], None]:
        def drawn(canvas: Any) -> None:
            put(canvas, 60, 20, "年度报告汇编")
            put(canvas, 60, 100, "一段文字在这一页。")
            put(canvas, 60, 130, "又一段。")
            put(canvas, 280, 815, f"第{number}页")

        return drawn

    text = "".join(paragraph.text for paragraph in read(page(1), page(2)).paragraphs())
    assert text == "一段文字在这一页。又一段。" * 2


def test_letters_struck_twice_are_read_once() -> None:
    def page(canvas: Any) -> None:
        put(canvas, 60, 100, "总体情况")
        put(canvas, 60.3, 100, "总体情况")

    assert read(page).paragraphs()[0].text == "总体情况"


def test_a_heading_parts_tables_whose_columns_overlap_by_chance() -> None:
    def page(canvas: Any) -> None:
        open_row(canvas, 100, "新收", "1", "2", "3", "4")
        open_row(canvas, 130, "结转", "5", "6", "7", "8")
        put(canvas, 60, 170, "四、行政复议情况")
        for x in range(60, 400, 20):
            put(canvas, x, 210, "0")

    document = read(page)
    assert [len(rows) for rows in map(figures, document.grids())] == [2, 1]
    assert document.paragraphs()[0].text == "四、行政复议情况"


def test_a_figure_with_its_unit_is_no_part_of_the_header_above() -> None:
    def page(canvas: Any) -> None:
        put(canvas, 60, 100, "信息内容")
        put(canvas, 200, 100, "采购项目数量")
        put(canvas, 320, 100, "采购总金额")
        put(canvas, 60, 116, "集中采购")
        put(canvas, 200, 116, "135")
        put(canvas, 320, 116, "75394432.52元")

    (grid,) = read(page).grids()
    assert texts(grid) == [["信息内容", "采购项目数量", "采购总金额"], ["集中采购", "135", "75394432.52元"]]


def test_blank_rows_set_tight_are_not_glued_to_the_next_label() -> None:
    def page(canvas: Any) -> None:
        labels = ["1.国家秘密", "2.法律禁止", "3.三安全", "4.第三方"]
        for number, label in enumerate(labels):
            open_row(canvas, 100 + 14 * number, label, *(("1", "2", "3", "4") if number in (0, 3) else ()))

    (grid,) = read(page).grids()
    assert texts(grid)[1:3] == [["2.法律禁止", "", "", "", ""], ["3.三安全", "", "", "", ""]]
    assert texts(grid)[3][0] == "4.第三方"


def test_words_among_the_figures_of_an_open_row_are_not_lost() -> None:
    def page(canvas: Any) -> None:
        open_row(canvas, 100, "新收", "1", "2", "3", "4")
        open_row(canvas, 130, "结转", "5", "没有", "7", "8")

    (grid,) = read(page).grids()
    assert texts(grid)[1] == ["结转", "5", "没有", "7", "8"]
