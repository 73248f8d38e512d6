"""Headings that are lost, damaged or in another order, and printed rows that the form does not have."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.document import Cell, Document, Grid
from govinfo.report import Report, report_of
from govinfo.tables.lines import lines_of

PEOPLE = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ROWS = {
    "一、本年新收政府信息公开申请数量": (5, 1, 0, 2, 0, 0, 8),
    "二、上年结转政府信息公开申请数量": (1, 0, 0, 0, 0, 0, 1),
    "（一）予以公开": (3, 1, 0, 2, 0, 0, 6),
    "（七）总计": (3, 1, 0, 2, 0, 0, 6),
    "四、结转下年度继续办理": (3, 0, 0, 0, 0, 0, 3),
}
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")
DISPUTES = (1, 0, 2, 0, 3, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2)

NUMBERS = ("上一年项目数量", "本年增/减", "处理决定数量")
LICENCES = {
    "行政许可": ("licensing", 31, -2, 408),
    "其他对外管理服务事项": ("other_services", 12, 3, 55),
    "行政处罚": ("penalties", 220, 4, 19),
    "行政强制": ("coercion", 16, 0, 3),
}


def row(cells: Sequence[object], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def page(requests: str = "", disputes: str = "", disclosure: str = "") -> Report:
    body = f"""<h1>青榆县教育局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>无。</p>
    <p>二、主动公开政府信息情况</p>{disclosure}<p>三、收到和处理政府信息公开申请情况</p>{requests}
    <p>四、政府信息公开行政复议、行政诉讼情况</p>{disputes}<p>五、存在的主要问题及改进情况</p><p>无。</p>"""
    return report_of(body.encode(), "page.html")


def requests(headings: Sequence[str] = PEOPLE, rows: dict[str, Sequence[object]] | None = None) -> str:
    figures = rows if rows is not None else ROWS
    return f"<table>{row(['', *headings])}{''.join(row([label, *cells]) for label, cells in figures.items())}</table>"


def cell(report: Report, table: str, code: str, column: str) -> pd.Series:
    found = report.cells[
        (report.cells["table"] == table) & (report.cells["row"] == code) & (report.cells["column"] == column)
    ]
    assert len(found) == 1
    return found.iloc[0]


def turned(order: Sequence[int]) -> str:
    return requests([PEOPLE[at] for at in order], {label: [cells[at] for at in order] for label, cells in ROWS.items()})


# An order of columns that is not the form's


def test_an_order_that_the_sums_bear_out_is_plain() -> None:
    report = page(turned([6, 0, 1, 2, 3, 4, 5]))
    assert (report.wide("requests").loc["new"].tolist()) == [5, 1, 0, 2, 0, 0, 8]
    assert set(report.cells.loc[report.cells["kind"] == "reported", "doubts"]) == {""}


def test_headings_that_the_sums_refute_are_damaged() -> None:
    swapped = [*PEOPLE[:5], "总计", "其他"]
    report = page(requests(swapped))
    total = cell(report, "requests", "new", "total")
    assert (total["value"], total["doubts"]) == (8, "by-arithmetic")
    assert cell(report, "requests", "new", "business")["doubts"] == ""


def test_an_order_that_no_sum_tells_is_read_as_printed_and_says_so() -> None:
    report = page(turned([0, 2, 1, 3, 4, 5, 6]))
    business = cell(report, "requests", "new", "business")
    assert (business["value"], business["doubts"]) == (1, "out-of-order")


def test_a_subtotal_is_no_column_of_the_form() -> None:
    headings = [*PEOPLE[:6], "小计", "总计"]
    rows = {label: [*cells[:6], sum(cells[1:6]), cells[6]] for label, cells in ROWS.items()}
    report = page(requests(headings, rows))
    assert report.wide("requests").loc["new"].tolist() == [5, 1, 0, 2, 0, 0, 8]
    assert set(report.cells.loc[report.cells["kind"] == "reported", "doubts"]) == {""}


def test_lost_headings_are_borne_out_by_sums_in_several_rows_and_not_by_zeros() -> None:
    assert cell(page(requests(["甲"] * 7)), "requests", "new", "total")["doubts"] == ""
    zeros = {label: [0] * 7 for label in ROWS}
    assert cell(page(requests(["甲"] * 7, zeros)), "requests", "new", "total")["doubts"] == "header-lost"


# Disputes


def disputes(groups: Sequence[str], figures: Sequence[int] = DISPUTES) -> str:
    over = "".join(f'<td colspan="5">{group}</td>' for group in groups)
    return f"<table><tr>{over}</tr>{row(RESULTS * 3)}{row(figures)}</table>"


def test_disputes_with_all_headings_are_plain() -> None:
    report = page(disputes=disputes(GROUPS))
    assert report.wide("disputes").loc["litigation_after"].tolist() == [0, 1, 0, 1, 2]
    assert set(report.cells.loc[report.cells["table"] == "disputes", "doubts"]) == {""}


@pytest.mark.parametrize("lost", GROUPS)
@pytest.mark.parametrize("instead", ["", "情况"])
def test_disputes_without_the_name_of_a_group_are_in_doubt_and_never_moved(lost: str, instead: str) -> None:
    report = page(disputes=disputes([instead if group == lost else group for group in GROUPS]))
    mine = report.cells[report.cells["table"] == "disputes"]
    assert mine["value"].fillna(-1).tolist() == list(DISPUTES)
    assert (mine["doubts"] != "").all()


def test_disputes_whose_heading_is_lost_and_whose_sum_fails_are_open() -> None:
    figures = [0] * 7 + [1] + [0] * 7
    report = page(disputes=disputes(["行政复议", "", "复议后起诉"], figures))
    direct = report.cells[report.cells["row"] == "litigation_direct"]
    assert direct["value"].isna().all()
    assert (direct["kind"] == "unreadable").all()


def test_fifteen_figures_below_their_section_alone_are_read_in_doubt() -> None:
    report = page(disputes=f"<table>{row(DISPUTES)}</table>")
    mine = report.cells[report.cells["table"] == "disputes"]
    assert mine["value"].tolist() == list(DISPUTES)
    assert mine["doubts"].str.contains("header-lost").all()


# Rows


def test_a_printed_row_that_the_form_does_not_have_is_kept() -> None:
    rows = {**dict(list(ROWS.items())[:2]), "（一）网上申请": (4, 0, 0, 0, 0, 0, 4), **dict(list(ROWS.items())[2:])}
    kept = cell(page(requests(rows=rows)), "requests", "网上申请", "total")
    assert (kept["value"], kept["raw"], kept["label"]) == (4, "4", "（一）网上申请")
    assert "unmapped-row" in kept["doubts"].split(";")


def test_an_unknown_row_of_another_width_is_kept_as_it_is_printed() -> None:
    rows = {**dict(list(ROWS.items())[:2]), "（一）网上申请": (4, 0), **dict(list(ROWS.items())[2:])}
    kept = cell(page(requests(rows=rows)), "requests", "网上申请", "total")
    assert kept["kind"] == "unreadable"
    assert "4" in kept["raw"]


def test_two_unknown_rows_of_one_label_are_both_kept() -> None:
    names = list(ROWS.items())
    twice = [*names[:2], ("（一）网上申请", (4, 0, 0, 0, 0, 0, 4)), names[2], ("（一）网上申请", (2, 1)), *names[3:]]
    report = page(f"<table>{row(['', *PEOPLE])}{''.join(row([label, *cells]) for label, cells in twice)}</table>")
    assert cell(report, "requests", "网上申请", "total")["value"] == 4
    assert "2 | 1" in cell(report, "requests", "网上申请-2", "natural_person")["raw"]


@given(order=st.permutations(list(LICENCES)), lost=st.sets(st.sampled_from(list(LICENCES))))
def test_no_row_is_taken_at_two_lines_whatever_order_they_stand_in_and_labels_are_lost(
    order: list[str], lost: set[str]
) -> None:
    lines = [row(["" if label in lost else label, *LICENCES[label][1:]]) for label in order]
    cells = page(disclosure=f"<table>{row(['信息内容', *NUMBERS])}{''.join(lines)}</table>").cells
    read = cells[(cells["table"] == "disclosure") & cells["value"].notna()]
    assert not read["row"].str.contains("-").any()
    for label, (code, *figures) in LICENCES.items():
        if label not in lost:
            assert read.loc[read["row"] == code, "value"].tolist() in ([], figures)


def test_a_blank_row_is_blank_and_not_missing() -> None:
    rows = {**ROWS, "二、上年结转政府信息公开申请数量": ("",) * 7}
    mine = page(requests(rows=rows)).cells
    assert set(mine.loc[mine["row"] == "carried_in", "kind"]) == {"blank"}


def test_a_lone_row_of_a_table_is_kept() -> None:
    lone = f"<table>{row(['本年新收政府信息公开申请数量', *ROWS['一、本年新收政府信息公开申请数量']])}</table>"
    body = f"<h1>青榆县教育局2023年政府信息公开工作年度报告</h1><p>说明。</p>{lone}"
    report = report_of(body.encode(), "page.html")
    assert cell(report, "requests", "new", "total")["value"] == 8


# Statistics


@pytest.mark.parametrize("word", ["序号", "代码", "行次"])
@pytest.mark.parametrize("style", ["{}", "{:02}", "A{}"])
@pytest.mark.parametrize("at", [0, 1])
def test_a_column_that_numbers_the_rows_of_statistics_is_no_figure(word: str, style: str, at: int) -> None:
    lines = [
        ["主动公开文件数", "条", "12", "345"],
        ["受理依申请公开信息总数", "条", "3", "7"],
        ["行政复议数", "件", "0", "1"],
    ]
    rows = [row(["指标名称"[: at * 4] or word, *([word] if at else ["指标名称"]), "计量单位", "2014年", "历年累计"])]
    for number, line in enumerate(lines, start=1):
        rows.append(row([*line[:at], style.format(number), *line[at:]]))
    body = f"<h1>青榆县教育局2014年政府信息公开工作年度报告</h1><p>附表：统计表</p><table>{''.join(rows)}</table>"
    cells = report_of(body.encode(), "page.html").cells
    assert cells["value"].tolist() == [12, 345, 3, 7, 0, 1]
    assert set(cells["doubts"]) == {""}


def test_a_row_of_nothing_but_its_number_is_no_line() -> None:
    words = ["序号", "指标名称", "2014年"], ["1", "主动公开文件数", "12"]
    cells = [Cell(text, at, col) for at, row in enumerate(words) for col, text in enumerate(row)]
    numbered = Grid((*cells, Cell("2", len(words), 0)))
    assert lines_of(Document((numbered,), "html")) == lines_of(Document((Grid(tuple(cells)),), "html"))


def test_two_indicators_of_one_name_are_both_kept() -> None:
    lines = [["主动公开文件数", "条", "12"], ["其他渠道数", "条", "3"], ["其他渠道数", "条", "4"]]
    table = "".join(map(row, [["指标名称", "单位", "2014年"], *lines]))
    body = f"<h1>青榆县教育局2014年政府信息公开工作年度报告</h1><p>附表：统计表</p><table>{table}</table>"
    cells = report_of(body.encode(), "page.html").cells
    assert cells["value"].tolist() == [12, 3, 4]
    assert cells["row"].is_unique


def test_a_lost_heading_over_two_columns_of_statistics_is_in_doubt() -> None:
    lines = [["主动公开文件数", "条", "12", "345"], ["受理依申请公开信息总数", "条", "3", "7"]]
    table = "".join(map(row, [["指标名称", "单位", "2014年", ""], *lines]))
    body = f"<h1>青榆县教育局2014年政府信息公开工作年度报告</h1><p>附表：统计表</p><table>{table}</table>"
    cells = report_of(body.encode(), "page.html").cells
    assert cells["value"].tolist() == [12, 345, 3, 7]
    assert set(cells["doubts"]) == {"header-lost"}


def test_an_indicator_that_has_lost_its_label_is_kept_in_doubt() -> None:
    lines = [["主动公开文件数", "条", "12"], ["", "件", "3"], ["行政复议数", "件", "4"]]
    table = "".join(map(row, [["指标名称", "单位", "2014年"], *lines]))
    body = f"<h1>青榆县教育局2014年政府信息公开工作年度报告</h1><p>附表：统计表</p><table>{table}</table>"
    cells = report_of(body.encode(), "page.html").cells
    assert cells["value"].tolist() == [12, 3, 4]
    assert cells["doubts"].tolist() == ["", "label-lost", ""]


def test_a_statistics_table_with_one_cell_a_line_is_read() -> None:
    lines = ["指标名称", "计量单位", "主动公开文件数", "条", "12", "345", "行政复议数", "件", "0", "1"]
    text = "\n".join(["青榆县教育局2014年政府信息公开工作年度报告", "附表：统计表", *lines])
    cells = report_of(text.encode(), "page.txt").cells
    assert cells["value"].tolist() == [12, 345, 0, 1]


def test_a_blank_row_below_a_row_that_has_lost_its_label_takes_no_figures() -> None:
    head = row(["", "", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"])
    rows = [
        row(["（二）部分公开", "", *"3000003"]),
        row(["（三）不予公开", *"1400005", ""]),
        row(["", "2.其他法律行政法规禁止公开", *[""] * 7]),
        row(["（七）总计", "", *"4400008"]),
    ]
    body = f"<h1>青榆县教育局2023年政府信息公开工作年度报告</h1><table>{head}{''.join(rows)}</table>"
    report = report_of(body.encode(), "page.html")
    assert cell(report, "requests", "refused_law_prohibits", "total")["kind"] == "blank"


def test_a_lost_row_of_headings_leaves_the_form_of_the_other_blocks() -> None:
    top = row(["规章", "1", "2", "3"])
    below = [row(["信息内容", "本年处理决定数量"]), row(["行政许可", "12"]), row(["行政处罚", "5"])]
    table = f"<p>二、主动公开政府信息情况</p><table>{top}{''.join(below)}</table>"
    body = f"<h1>青榆县教育局2023年政府信息公开工作年度报告</h1>{table}"
    report = report_of(body.encode(), "page.html")
    assert cell(report, "disclosure", "regulations", "in_force")["doubts"] == "header-lost"


def test_a_flattened_statistics_table_gives_open_cells() -> None:
    text = """青榆县教育局2014年政府信息公开工作年度报告
    主动公开文件数 条 12345 受理依申请公开信息总数 条 37 行政复议数 件 01 对申请的答复总数 条 22 当面申请数 条 10"""
    cells = report_of(text.encode(), "page.txt").cells
    assert {"proactive_files", "requests_received", "replies"} <= set(cells["row"])
    assert cells["value"].isna().all()
    assert cells["raw"].str.contains("12345").any()


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("heading", ["上年处理决定数量", "同比增减", "备注"])
def test_a_column_of_the_pages_own_beside_that_of_the_form_takes_no_figure(heading: str, at: int) -> None:
    lines = [["信息内容", "本年处理决定数量"], ["行政许可", "12"], ["行政处罚", "5"]]
    for line, more in zip(lines, [heading, "9", "7"], strict=True):
        line.insert(at, more)
    report = page(disclosure=f"<table>{''.join(map(row, lines))}</table>")
    for code, value in (("licensing", 12), ("penalties", 5)):
        found = cell(report, "disclosure", code, "decisions")
        assert (found["value"], found["doubts"]) == (value, "")


def test_headings_some_lost_and_some_out_of_order_stay_in_doubt_where_the_forms_order_adds_up() -> None:
    report = page(requests(["自然人", "商业企业", "科研单位（个）", "总计", "法律服务机构", "其他", "社会公益组织"]))
    assert cell(report, "requests", "new", "total")["doubts"] != ""
    assert not (report.cells.loc[report.cells["table"] == "requests", "doubts"] == "").any()


@pytest.mark.parametrize("figures", [["", "0", "0", "", "0", "0", "0", "0"], ["0", "0", "0", "0", "0", "", "0", "0"]])
def test_more_places_than_columns_below_fewer_headings_leave_a_row_in_doubt(figures: list[str]) -> None:
    head = "".join(f'<td colspan="{1 + (name == "商业企业")}">{name}</td>' for name in PEOPLE)
    plain = "".join(
        f"<tr><td>{label}</td>"
        + "".join(f'<td colspan="{1 + (at == 1)}">{figure}</td>' for at, figure in enumerate(cells))
        + "</tr>"
        for label, cells in ROWS.items()
        if label != "（一）予以公开"
    )
    slipped = row(["（一）予以公开", *figures])
    report = page(f"<table><tr><td></td>{head}</tr>{plain}{slipped}</table>")
    assert "shifted" in cell(report, "requests", "granted", "natural_person")["doubts"]
