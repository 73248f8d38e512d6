"""Marks of Markdown and of pages in text files: what a person sees is what is read, or the cell is in doubt."""

from __future__ import annotations

import pandas as pd
import pytest

from govinfo.document import Cell
from govinfo.readers.markdown import seen
from govinfo.readers.page_marks import without_page_marks
from govinfo.report import Report, report_of
from govinfo.tables.align import Row
from govinfo.tables.records import printed_in

TITLE = "青榆县2023年政府信息公开工作年度报告"
HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
ROWS = {
    "一、本年新收政府信息公开申请数量": "21 1 0 0 0 0 22",
    "二、上年结转政府信息公开申请数量": "1 0 0 0 0 0 1",
    "（一）予以公开": "12 1 0 0 0 0 13",
    "（二）部分公开": "9 0 0 0 0 0 9",
    "1.属于国家秘密": "0 0 0 0 0 0 0",
    "（七）总计": "21 1 0 0 0 0 22",
    "四、结转下年度继续办理": "1 0 0 0 0 0 1",
}
CODES = ("new", "carried_in", "granted", "partial", "refused_secret", "handled", "carried_out")


def dump(between: dict[str, list[str]], of_rows: dict[str, str] = ROWS) -> str:
    """The requests table with one cell a line; ``between`` gives lines that stand behind the row of a label."""
    lines = [TITLE, "三、收到和处理政府信息公开申请情况", "申请人情况", *HEADS]
    for label, figures in of_rows.items():
        lines += [label, *figures.split(), *between.get(label, [])]
    return "\n".join(lines)


def read(text: str, name: str = "x.txt") -> Report:
    return report_of(text.encode(), name)


def row(report: Report, table: str, code: str) -> list[float | None]:
    mine = report.cells[(report.cells["table"] == table) & (report.cells["row"] == code)]
    return [None if pd.isna(value) else value for value in mine["value"]]


def rows_of(report: Report) -> dict[str, list[float | None]]:
    return {code: row(report, "requests", code) for code in CODES}


@pytest.mark.parametrize(
    "mark",
    [
        ["- 3 -"],
        ["— 3 —"],
        ["－3－"],
        ["第 3 页 共 9 页"],
        ["第3页"],
        ["共9页 第3页"],
        ["Page 3 of 9"],
        ["- 3 -", TITLE],
        [TITLE, "第三页"],
        ["\f"],
        ["\f- 3 -"],
    ],
)
def test_page_numbers_and_running_heads_between_rows_move_nothing(mark: list[str]) -> None:
    plain = read(dump({}))
    marked = read(dump({"（二）部分公开": mark, "1.属于国家秘密": mark}))
    assert rows_of(marked) == rows_of(plain)
    assert marked.cells["doubts"].tolist() == plain.cells["doubts"].tolist()


def test_page_numbers_of_a_total_are_told_by_their_repetition() -> None:
    marked = read(dump({"（二）部分公开": ["3 / 9"], "1.属于国家秘密": ["4 / 9"]}))
    assert rows_of(marked) == rows_of(read(dump({})))
    assert without_page_marks(["a", "3/9", "b"]) == ["a", "3/9", "b"]


@pytest.mark.parametrize("number", ["7", "8"])
def test_a_bare_number_between_rows_goes_only_where_the_sums_say_so(number: str) -> None:
    report = read(dump({"（二）部分公开": [number]}))
    assert row(report, "requests", "partial") == [9, 0, 0, 0, 0, 0, 9]
    mine = report.cells[report.cells["row"] == "partial"]
    assert mine["doubts"].str.contains("by-arithmetic").all()


def test_a_bare_number_that_could_be_a_figure_leaves_its_row_open() -> None:
    page = f"{TITLE}\n二、主动公开政府信息情况\n信息内容\n本年处理决定数量\n行政许可\n26\n7\n行政强制\n5\n"
    report = read(page)
    assert row(report, "disclosure", "licensing") == [None]
    assert row(report, "disclosure", "coercion") == [5]


MARKS = [
    ("~~76~~ 77", "77", ("struck-out",)),
    ("<del>76</del>77", "77", ("struck-out",)),
    ("<s>76</s> 77", "77", ("struck-out",)),
    ("**132**", "132", ()),
    ("*132*", "132", ()),
    ("***132***", "132", ()),
    ("__132__", "132", ()),
    ("_132_", "132", ()),
    ("`54`", "54", ()),
    ("==54==", "54", ()),
    ("<u>54</u>", "54", ()),
    ("$1{,}330$", "1,330", ()),
    ("$5949.08$", "5949.08", ()),
    ("[12](a.html)", "12", ()),
    ("&nbsp;12&#44;345", "12,345", ()),
    ("1\\.属于", "1.属于", ()),
    ("\\-", "-", ()),
    ("1330\\*", "1330*", ()),
    ("470[^1]", "470[^1]", ()),
    ("470[1](#n)", "470[1]", ()),
    ("2629<sup>2</sup>", "2629", ("note",)),
    ("2629^2^", "2629", ("note",)),
    ("12<!-- 13 -->", "12", ()),
    ("<span style='color:white'>1</span>77", "177", ("hidden",)),
    ("![12](x.png)", "\ufffc", ("picture",)),
    ("<input value='5'>", "\ufffc", ("form-field",)),
    ("22*", "22*", ()),
    ("5*3*2", "5*3*2", ()),
    ("a_b_c", "a_b_c", ()),
    ("\\$12", "$12", ()),
]


@pytest.mark.parametrize(("printed", "text", "doubts"), MARKS)
def test_marks_are_taken_off_and_what_they_say_is_kept(printed: str, text: str, doubts: tuple[str, ...]) -> None:
    assert seen(printed) == (text, doubts)


@pytest.mark.parametrize("rule", ["|---|---|---|---|", "|:--|--:|--|:-:|", "| :-: | - | - | - |", "|-|-|-|-|"])
def test_marked_figures_in_a_markdown_table(rule: str) -> None:
    rows = [
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
        rule,
        "| 规章 | 0 | 0 | 0 |",
        "| 信息内容 | 本年处理决定数量 |",
        "| 行政许可 | ~~76~~ 77 |",
        "| 行政处罚 | **13** |",
        "| 行政强制 | 5[^1] |",
        "[^1]: 含部门文件",
    ]
    report = read(f"# {TITLE}\n## 二、主动公开政府信息情况\n" + "\n".join(rows), "x.md")
    got = {code: row(report, "disclosure", code) for code in ("licensing", "penalties", "coercion")}
    assert got == {"licensing": [77], "penalties": [13], "coercion": [5]}
    doubts = report.cells.set_index("row")["doubts"]
    assert doubts["licensing"] == "struck-out"
    assert doubts["penalties"] == ""
    assert doubts["coercion"] == "note"


def test_a_struck_figure_in_a_line_of_its_own_is_in_doubt() -> None:
    rules = "信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n0\n0\n"
    report = read(
        f"{TITLE}\n二、主动公开政府信息情况\n{rules}信息内容\n本年处理决定数量\n行政许可\n~~76~~ 77\n行政强制\n5\n"
    )
    assert row(report, "disclosure", "licensing") == [77]
    assert report.cells.set_index("row")["doubts"]["licensing"] == "struck-out"


@pytest.mark.parametrize(
    "word", ["见附件", "详见附件1", "近百件", "NaN", "1e5", "几十件", "1,33", "不详", "（略）", "2023年13件"]
)
def test_words_in_the_place_of_the_first_figure_keep_the_row(word: str) -> None:
    lines = [f"| 一、本年新收政府信息公开申请数量 | {word} | 1 | 0 | 0 | 0 | 0 | 22 |"]
    head = f"| 申请人情况 | {' | '.join(HEADS)} |"
    more = [f"| {label} | {figures.replace(' ', ' | ')} |" for label, figures in list(ROWS.items())[1:]]
    report = read("\n".join([f"# {TITLE}", "## 三、收到和处理政府信息公开申请情况", head, *lines, *more]), "x.md")
    assert row(report, "requests", "new") == [None, 1, 0, 0, 0, 0, 22]
    first = report.cells[report.cells["row"] == "new"].iloc[0]
    assert first["raw"] == word
    assert "not-a-figure" in first["doubts"]


@pytest.mark.parametrize(
    ("word", "value"), [("五十四", 54), ("一百二十", 120), ("约54", 54), ("1.330", 1330), ("0.12万", 1200)]
)
def test_words_for_figures_in_a_row_of_one_figure(word: str, value: float) -> None:
    table = f"| 信息内容 | 本年处理决定数量 |\n|---|---|\n| 行政许可 | {word} |\n| 行政强制 | 5 |"
    report = read(f"# {TITLE}\n## 二、主动公开政府信息情况\n{table}\n", "x.md")
    cell = report.cells.set_index("row").loc["licensing"]
    assert (cell["value"], cell["raw"]) == (value, word)
    assert cell["doubts"] != ""


@pytest.mark.parametrize(
    ("label", "printed", "value", "unit"),
    [
        ("收取费用（万元）", "0.59亿", 5900, "万元"),
        ("收取费用（万元）", "59490元", 5.949, "万元"),
        ("收取费用（万元）", "1.330", 1.33, ""),
        ("收取费用", "1.5亿元", 1.5, "亿元"),
        ("主动公开政府信息数", "1.2万", 12000, ""),
        ("主动公开政府信息数", "1.330", 1330, ""),
    ],
)
def test_amounts_and_counts_of_rows_without_a_unit(label: str, printed: str, value: float, unit: str) -> None:
    row = Row("statistics", "x", label, ("year",), ())
    said = printed_in(Cell(printed, 0, 1), row, "year")
    assert (said.value, said.unit) == (value, unit)
