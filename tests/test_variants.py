"""Wordings and layouts seen on real sites: each must resolve to its code, or be left open where the page does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from govinfo.forms import vocabulary
from govinfo.report import Report, report_of
from govinfo.tables.columns import best_match
from govinfo.tables.sections import section_number

ROWS = [
    ("disclosure", "regulations", "规 章|規章|規(guī)章|规章(设区的市、自治州人民政府制定)"),
    ("disclosure", "normative_documents", "规范性文件|行政規範性檔案|規(guī)范性文件|规范性文件(指有正式文号的文件)"),
    ("disclosure", "other_services", "其它对外管理服务事项"),
    ("requests", "new", "本年新收政府信息公开申请数量|一、本年新收政府信息公开申请数量|本年新收政府信息 公开申请数量"),
    ("requests", "granted", "(一)予以公开|三、（一）予以公开|（一） 予以公开|予以\n公开"),
    (
        "requests",
        "partial",
        "(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)|部分公开（区分处理的，只计这一情形，不计其他情形",
    ),
    (
        "requests",
        "refused_security",
        '3.危及“三安全一稳定”|3．危及“三安全一稳定”|3、危及"三安全一稳定"|危及三安全一稳定',
    ),
    ("requests", "refused_law_prohibits", "2.其它法律行政法规禁止公开|2. 其他法律、行政法规禁止公开"),
    (
        "requests",
        "other_uncorrected",
        "1. 申请人无正当理由逾期不补正, 行政机关不再处理其政府信息公开申请|1.申请人无正当理由逾期不补正",
    ),
    ("requests", "other_misc", "3.其他|3. 其它"),
    ("requests", "handled", "（七）总计|(七) 总 计|（七）合计"),
    ("requests", "carried_out", "四、结转下年度继续办理|四、结轉下年度繼續辦理"),
    ("disputes", "litigation_direct", "未经复议直接起诉|行政诉讼（未经复议直接起诉）|未经复议直接诉讼"),
]
COLUMNS = [
    ("disclosure", "issued", "本年制发件数|本年度制发数|本年制作数量|本年制發(fā)件數(shù)"),
    ("disclosure", "repealed", "本年废止件数|本年废止数|本年度止件数"),
    ("disclosure", "in_force", "现行有效件数|现行有效件|现行有效数|现行有效"),
    ("disclosure", "made", "本年新\n制作数量|本年新\n\n制作数量|本年新 制作数量"),
    ("disclosure", "items_previous", "上一年项目数量|上一年项目数量 (指2019年事项数)"),
    ("disclosure", "decisions", "本年处理决定数量|本年度处理决定数量|处理决定数量 (指2020年办件量)|本年度處理決定數量"),
    ("disclosure", "amount", "本年收费金额(单位:万元)|本年收费金额单位:万元|本年收费金额（单位：万元，保留4位小数）"),
    ("requests", "business", "商业 企业|商业\n企业|商业\n\n企业"),
    ("requests", "legal_service", "法律服务 机构"),
    ("disputes", "upheld", "结\n果\n维\n持|结果维持|维持结果"),
    ("disputes", "pending", "尚未\n审结|尚未办结"),
]
HEADINGS = {
    1: "一、概述|一、工作概述|一、工作基本情况|一、工作开展情况|一、工作总体推进情况|一、政务公开情况|一、总体公开情况"
    "|一、主要工作概述|一、2020年政府信息公开总体情况|总体情况|一、总体情况、"
    "|一、总体情况(宋体加粗小四号字)|一,、總體情況|????一、总体情况",
    2: "二、主动公开政府信息情况|二、主动公开政府政府情况|二、行政机关主动公开政府信息情况|二、政府信息公开情况",
    3: "收到和处理政府信息公开申请的情况|收到和处理政府信息公开总体情况"
    "|收到和处理政府信息申请公开申请情况|三、政府信息依申请公开办理情况",
    4: "四、因政府信息公开工作被申请行政复议和提起行政诉讼情况|四、因政府信息公开工作被申请行政复议提起行政诉讼情况"
    "|因政府信息公开工作被行政复议和提起行政诉讼情况|因政府信息公开工作被申请行政复议和提起诉讼情况|政府信息公开行行政复议和行政诉讼情况"
    "|政府信息公开行政复议及行政诉讼情况|复议诉讼情况|(三)、申请行政复议和提起行政诉讼情况|四、政府信息公开行政法复议、行政诉讼情况",
    5: "五、政府信息公开工作存在的主要问题及改进情况|存在的主要问题和改进措施"
    "|存在的主要问题及改进计划|存在主要问题和改进措施",
    6: "六、其他需要报告的事项|其他需要报告事项|其它需要报告的事项|其他需要报告的事项需要说明的事项",
}


def each_wording(table: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [(name, code, wording) for name, code, wordings in table for wording in wordings.split("|")]


@pytest.mark.parametrize(("table", "code", "printed"), each_wording(ROWS))
def test_row_wordings(table: str, code: str, printed: str) -> None:
    assert best_match(printed, vocabulary(table).rows)[0] == (code,)


@pytest.mark.parametrize(("table", "code", "printed"), each_wording(COLUMNS))
def test_column_wordings(table: str, code: str, printed: str) -> None:
    assert best_match(printed, vocabulary(table).columns)[0] == (code,)


@pytest.mark.parametrize(("number", "printed"), [(n, w) for n, ws in HEADINGS.items() for w in ws.split("|")])
def test_section_headings(number: int, printed: str) -> None:
    assert section_number(printed) == number


@pytest.mark.parametrize(
    "printed", ["二是主动公开政府信息", "（二）依申请公开情况", "3.政府信息管理情况", "其他", "公开"]
)
def test_other_lines_are_no_headings(printed: str) -> None:
    assert section_number(printed) is None


# Layouts: invented places and figures in layouts of real sites, with what should be read from them.

TABLE_LAYOUTS = {
    "pipe-padded", "pipe-trailing", "pipe-leading", "blank-line", "lone-pipe-line", "pipe-newline-in-cell",
    "tab-indented", "fused-per-row", "fused-document", "dedup-lines", "merged-request-cells", "blank-but-total",
    "slash-row", "thousands", "unit-in-cell", "cut-heads-2019", "old-label-new-heads", "tax-heads", "lost-brackets",
    "spaced-label", "mixed-separators", "traditional-words", "pinyin-gloss", "pdf-vertical-heads",
}  # fmt: skip
GLUED_PAST_PROOF = {("fused-document", "规范性文件")}
"""212121 may be 21 21 21 or 2 12 121: nothing on the page decides, so it stays open."""


def layouts(shared: Path) -> dict[str, dict[str, Any]]:
    lines = (shared / "variants" / "layouts.jsonl").read_text(encoding="utf-8").splitlines()
    return {layout["id"]: layout for layout in map(json.loads, lines)}


def figures_of(report: Report, table: str, row: str) -> list[float | None]:
    mine = report.cells[(report.cells["table"] == table) & (report.cells["row"] == row)]
    return [None if pd.isna(value) else value for value in mine["value"]]


def wanted(value: Any) -> list[float | None]:
    values = value if isinstance(value, list) else [value]
    return [each["value"] if isinstance(each, dict) else each for each in values]


@pytest.mark.parametrize("name", sorted(TABLE_LAYOUTS))
def test_layouts(shared: Path, name: str) -> None:
    layout = layouts(shared)[name]
    expected = layout["expected"]
    report = report_of(layout["text"].encode(), f"{name}.txt")
    disclosure = expected.get("s20") or {k: v for k, v in expected.items() if (k,) and k in ALL_DISCLOSURE}
    for label, value in disclosure.items():
        got = figures_of(report, "disclosure", best_match(label, vocabulary("disclosure").rows)[0][0])
        if value is None or (name, label) in GLUED_PAST_PROOF:
            assert set(got) <= {None}
        else:
            assert got == wanted(value), label
    for row, value in expected.get("requests", {}).items():
        if row.endswith("_total"):
            assert figures_of(report, "requests", row.removesuffix("_total"))[-1] == value
        else:
            assert figures_of(report, "requests", row) == value
    if "review" in expected:
        assert report.cells.loc[report.cells["table"] == "disputes", "value"].tolist() == expected["review"]


ALL_DISCLOSURE = {"规章", "行政规范性文件", "规范性文件", "行政许可", "行政处罚", "行政事业性收费", "政府集中采购"}


def test_a_dump_in_pieces_with_loose_labels_and_foreign_headings() -> None:
    page = Path(__file__).resolve().parent / "data" / "pieces.md"
    report = report_of(page.read_bytes(), page.name)
    assert figures_of(report, "requests", "granted") == [4, 1, 0, 0, 0, 0, 5]
    assert figures_of(report, "requests", "refused_third_party") == [1, 0, 0, 0, 0, 0, 1]
    assert figures_of(report, "disputes", "reconsideration") == [0, 0, 1, 0, 1]
    doubtful = report.cells[report.cells["doubts"] != ""]
    assert set(doubtful["row"]) == {"refused_law_prohibits"}, "its label stands in pieces, and in another order, nearby"
    assert set(doubtful["doubts"]) == {"label-lost"}


OUTLINE = """青榆县2022年政府信息公开工作年度报告
一、总体情况
二、主动公开政府信息情况
五、存在的主要问题及改进情况"""


def test_layouts_without_tables_of_the_form_give_no_figures(shared: Path) -> None:
    for name in (
        "own-table-2018",
        "metadata-table",
        "prose-balance",
        "prose-prev-year",
        "tables-missing",
        "university",
    ):
        report = report_of(f"{OUTLINE}\n{layouts(shared)[name]['text']}".encode(), "x.txt")
        assert report.cells["value"].notna().sum() == 0, name
