"""One cell that stands over two rows of the form: its figure belongs to either, and both are in doubt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import govinfo
from govinfo.document import Cell, Grid
from govinfo.report import report_of
from govinfo.tables.lines import rows_with_spans


def grid(*cells: Cell, placed: bool = True) -> list[list[tuple[str, int, bool]]]:
    rows = rows_with_spans(Grid(cells, placed=placed))
    return [[(cell.text, cell.col, "spans-rows" in cell.doubts) for cell in row] for row in rows]


def test_a_figure_over_two_rows_stands_in_both_in_doubt() -> None:
    cells = (
        Cell("规章", 0, 0),
        Cell("3", 0, 1, rowspan=2),
        Cell("4", 0, 2),
        Cell("文件", 1, 0),
        Cell("5", 1, 2),
    )
    assert grid(*cells) == [
        [("规章", 0, False), ("3", 1, True), ("4", 2, False)],
        [("文件", 0, False), ("3", 1, True), ("5", 2, False)],
    ]
    assert not any(doubt for row in grid(*cells, placed=False) for _, _, doubt in row)


def test_a_blank_over_two_rows_stands_in_both_in_doubt() -> None:
    assert grid(Cell("规章", 0, 0), Cell("", 0, 1, rowspan=2), Cell("文件", 1, 0)) == [
        [("规章", 0, False), ("", 1, True)],
        [("文件", 0, False), ("", 1, True)],
    ]


def test_labels_and_numbers_of_rows_over_two_rows_are_as_they_were() -> None:
    label = (Cell("一", 0, 0, rowspan=2), Cell("甲", 0, 1), Cell("3", 0, 2), Cell("乙", 1, 1), Cell("4", 1, 2))
    number = (Cell("1", 0, 0, rowspan=2), Cell("甲", 0, 1), Cell("3", 0, 2), Cell("乙", 1, 1), Cell("4", 1, 2))
    for cells in (label, number):
        assert grid(*cells) == [[(cell.text, cell.col, False) for cell in row] for row in Grid(cells).rows()]


def test_figures_beside_a_label_over_several_rows_stand_in_its_row_in_doubt() -> None:
    """They stood in rows without a label, and were dropped: boxes around figures part the rows of a PDF so."""
    cells = (
        Cell("三、办理结果", 0, 0, rowspan=4),
        Cell("甲", 0, 1, rowspan=3),
        Cell("", 0, 2, colspan=2),
        Cell("4", 0, 4),
        Cell("", 1, 2),
        Cell("12", 1, 3),
        Cell("5", 1, 4),
        Cell("", 2, 2, colspan=3),
        Cell("乙", 3, 1),
        Cell("", 3, 2, colspan=2),
        Cell("6", 3, 4),
    )
    first, second = rows_with_spans(Grid(cells))
    assert [(cell.text, cell.col, cell.doubts) for cell in first] == [
        ("三、办理结果", 0, ()),
        ("甲", 1, ()),
        ("12", 3, ("loose-figures",)),
        ("4", 4, ("repeated",)),
    ]
    assert [(cell.text, cell.doubts) for cell in second] == [("乙", ()), ("", ()), ("6", ())]


CUT = """<h1>青榆县教育局2023年政府信息公开工作年度报告</h1><h2>三、收到和处理政府信息公开申请情况</h2><table>
<tr><td>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td>自然人</td><td>商业企业</td><td>科研机构</td>
<td>社会公益组织</td><td>法律服务机构</td><td>其他</td><td>总计</td></tr>
<tr><td>一、本年新收政府信息公开申请数量</td><td>5</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td><td></td></tr>
{below}
<tr><td>二、上年结转政府信息公开申请数量</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td></tr>
<tr><td>（七）总计</td><td>5</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td><td>6</td></tr>
<tr><td>四、结转下年度继续办理</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td></tr></table>"""
LOOSE = "<tr><td></td><td></td><td></td><td></td><td></td><td></td><td></td><td>6</td></tr>"
NUMBERS = "<tr><td></td><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td><td>6</td><td>7</td></tr>"


@pytest.mark.parametrize(("below", "doubtful"), [("", False), (LOOSE, True), (NUMBERS, False)])
def test_a_row_below_which_figures_without_a_label_stand_is_in_doubt(below: str, doubtful: bool) -> None:
    """As where a page ends within a row: the blanks of the row were said to be blank."""
    cells = report_of(CUT.replace("{below}", below).encode(), "x.html").cells
    loose = cells["doubts"].str.contains("loose-figures")
    assert set(cells.loc[loose, "row"]) == ({"new"} if doubtful else set())


DISPUTES = """<h1>青榆县教育局2023年政府信息公开工作年度报告</h1><h2>四、政府信息公开行政复议、行政诉讼情况</h2><table>
<tr><td colspan="5">行政复议</td><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>
<tr>{results}</tr><tr>{figures}</tr>{below}</table>""".replace(
    "{results}", 3 * "<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>"
).replace("{figures}", 3 * "<td>675</td><td>0</td><td>0</td><td>0</td><td>675</td>")


@pytest.mark.parametrize(("below", "doubtful"), [("", False), (f"<tr><td>668</td>{14 * '<td></td>'}</tr>", True)])
def test_disputes_below_which_more_figures_stand_are_in_doubt(below: str, doubtful: bool) -> None:
    cells = report_of(DISPUTES.replace("{below}", below).encode(), "x.html").cells
    printed = cells.loc[cells["raw"] == "675", "doubts"]
    assert len(printed) == 6
    assert all(("loose-figures" in doubts) == doubtful for doubts in printed)


@pytest.mark.parametrize(
    ("unit", "doubtful"), [("", False), ("（万件）", True), ("（件）", False), ("（单位：百件）", True)]
)
def test_figures_under_a_heading_that_counts_in_hundreds_or_more_are_in_doubt(unit: str, doubtful: bool) -> None:
    page = CUT.replace("{below}", "").replace("总计</td></tr>\n<tr><td>一", f"总计{unit}</td></tr>\n<tr><td>一")
    cells = report_of(page.encode(), "x.html").cells
    assert cells["doubts"].str.contains("unit-unknown").any() == doubtful


@pytest.mark.parametrize("name", ["pingtan-2022.html", "pingtan-2023.html"])
def test_a_figure_of_a_report_over_two_rows(shared: Path, tmp_path: Path, name: str) -> None:
    page = (shared / "reports" / name).read_text(encoding="utf-8")
    before, first, second, behind = re.fullmatch(
        r"(.*<td><p>规章</p></td>)(<td.*?</tr>)(.*?</td>)<td.*?</td>(.*)", page, re.DOTALL
    ).groups()  # type: ignore[union-attr]
    changed = tmp_path / name
    changed.write_text(before + first.replace("<td", '<td rowspan="2"', 1) + second + behind, encoding="utf-8")
    doubts = govinfo.read_report(changed).cells.set_index(["table", "row", "column"])["doubts"]
    for code in ("regulations", "normative_documents"):
        assert doubts["disclosure", code, "issued"] == "spans-rows"
        assert doubts["disclosure", code, "repealed"] == ""


WIDE = """<h1>青榆县教育局2020年政府信息公开工作年度报告</h1><h2>二、主动公开政府信息情况</h2><table>
<tr><td colspan="6">第二十条第（五）项</td></tr>
<tr><td>信息内容</td><td colspan="2">上一年项目数量</td><td>本年增/减</td><td colspan="2">处理决定数量</td></tr>
<tr><td>行政许可</td><td></td><td>9015</td><td>8325</td><td></td><td>75</td></tr>
<tr><td>其他对外管理服务事项</td><td></td><td>7</td><td>0</td><td></td><td></td></tr></table>"""


def test_a_heading_over_several_places_takes_the_one_that_prints() -> None:
    cells = report_of(WIDE.encode(), "x.html").cells
    licensing = cells.loc[cells["row"] == "licensing"].set_index("column")["raw"]
    assert licensing[["items_previous", "items_change", "decisions"]].tolist() == ["9015", "8325", "75"]
    services = cells.loc[cells["row"] == "other_services"].set_index("column")
    assert services.loc["items_change", "raw"] == "0" or services.loc["items_change", "doubts"]
    assert services.loc["decisions", "raw"] != "0"
