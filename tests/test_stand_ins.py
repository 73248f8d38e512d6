"""Words and numerals in the place of figures in dumps with one cell a line: kept as printed, and nothing moves."""

from __future__ import annotations

import pandas as pd
import pytest

from govinfo.document import Cell
from govinfo.report import report_of
from govinfo.tables.words import stand_ins

TOP = """青榆县2023年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一）项
信息内容
本年制发件数
本年废止件数
现行有效件数
行政规范性文件
14
5
66
第二十条第（五）项
信息内容
本年处理决定数量
行政许可
345
三、收到和处理政府信息公开申请情况
申请人情况
自然人
商业企业
科研机构
社会公益组织
法律服务机构
其他
总计
一、本年新收政府信息公开申请数量
21
3
0
4
0
0
28
（一）予以公开
12
3
0
0
0
0
15
（七）总计
21
3
0
4
0
0
28
四、结转下年度继续办理
0
0
0
0
0
0
0
四、政府信息公开行政复议、行政诉讼情况
行政复议
行政诉讼
未经复议直接起诉
复议后起诉
""".splitlines()
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
LINES = [
    *TOP,
    *OUTCOMES * 3,
    *"210031000104004",
    "五、存在的主要问题及改进情况",
    "一是队伍不强。",
]
FIGURES = [at for at, line in enumerate(LINES) if line.isdigit()]

Cells = dict[tuple[str, str, str], dict[str, object]]


def read(lines: list[str], gap: str = "\n") -> Cells:
    cells = report_of(gap.join(lines).encode(), "x.txt").cells.to_dict("records")
    return {(cell["table"], cell["row"], cell["column"]): cell for cell in cells if cell["doubts"] != "row-missing"}


PLAIN = read(LINES)


def with_one_changed(new: list[str], gap: str = "\n") -> list[tuple[dict[str, object], Cells]]:
    """For each figure of the dump, its cell when it is replaced, and the cells of its neighbours."""
    found = []
    for at, key in zip(FIGURES, PLAIN, strict=True):
        cells = read([*LINES[:at], *new, *LINES[at + 1 :]], gap)
        found.append((cells[key], {other: cell for other, cell in cells.items() if other != key}))
    return found


def values(cells: Cells) -> dict[tuple[str, str, str], object]:
    return {at: None if pd.isna(cell["value"]) else cell["value"] for at, cell in cells.items()}  # type: ignore[call-overload]


def silent(cells: Cells) -> list[tuple[str, str, str]]:
    plain = values(PLAIN)
    return [at for at, value in values(cells).items() if not cells[at]["doubts"] and value != plain[at]]


def test_each_figure_of_the_dump_is_read_plainly() -> None:
    assert [str(cell["raw"]) for cell in PLAIN.values()] == [LINES[at] for at in FIGURES]
    assert not any(cell["doubts"] for cell in PLAIN.values())


@pytest.mark.parametrize(
    "word", ["见附件", "详见附表", "未统计", "（略）", "2023年13件", "13，较上年增长5%", "√", "〃", "########", "？"]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_word_in_the_place_of_a_figure_is_kept_and_moves_nothing(word: str, gap: str) -> None:
    for own, others in with_one_changed([word], gap):
        assert (own["kind"], own["raw"]) == ("unreadable", word)
        assert "not-a-figure" in str(own["doubts"])
        assert values(others) == {at: value for at, value in values(PLAIN).items() if at in others}


@pytest.mark.parametrize("sign", ["⑫", '"12"', "• 12", "12→15", "12*3"])
def test_signs_about_digits_are_kept_as_printed_and_no_figure(sign: str) -> None:
    for own, others in with_one_changed([sign]):
        assert (own["kind"], own["raw"]) == ("unreadable", sign)
        assert values(others) == {at: value for at, value in values(PLAIN).items() if at in others}


@pytest.mark.parametrize(("numeral", "value"), [("十二", 12), ("十", 10), ("二十", 20)])
def test_a_small_numeral_in_the_place_of_a_figure_is_read(numeral: str, value: int) -> None:
    for own, others in with_one_changed([numeral]):
        assert (own["value"], own["raw"]) == (value, numeral)
        assert "unit-converted" in str(own["doubts"])
        assert values(others) == {at: value for at, value in values(PLAIN).items() if at in others}


@pytest.mark.parametrize("new", [["见附件", "7"], ["见附件", "见附件"], ["见附件", "- 7 -"]])
def test_a_word_with_a_bare_page_number_is_never_wrong_in_silence(new: list[str]) -> None:
    for own, others in with_one_changed(new):
        assert own["kind"] == "unreadable" or own["doubts"]
        assert not silent(others)


def test_words_behind_a_whole_row_are_no_figures() -> None:
    after = LINES.index("345") + 1
    cells = read([*LINES[:after], "行政检查", "5", *LINES[after:]])
    assert values({at: cells[at] for at in PLAIN}) == values(PLAIN)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["行政许可", "见附件"], {1}),
        (["行政许可", "345", "见附件"], set()),
        (["第二十条第（一）项", "见附件"], set()),
        (["（一）予以公开", "1", "十", "二", "0"], {2, 3}),
        (["（一）予以公开", "1", "0", "（二）部分公开", "3"], set()),
        (["2.其他法律行政法规", "禁止公开", "3"], set()),
        (["（七）总计", "见附件"], {1}),
        (["总计", "见附件"], {1}),
        (["3.其他", "见附件"], {1}),
        (["（二）部分公开", "（区分处理的，只计这一情形）", "3"], set()),
    ],
)
def test_only_in_a_row_that_lacks_figures_words_stand_for_some(texts: list[str], expected: set[int]) -> None:
    before = OUTCOMES[:-1] if texts[0] == "总计" else []
    cells = [Cell(text, at, 0) for at, text in enumerate([*before, *texts])]
    assert stand_ins(cells) == {at + len(before) for at in expected}
