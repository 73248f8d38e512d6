"""What is a report and what is none, in invented papers of every kind that lies beside reports."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest
from render import random_form

from govinfo import NotAReport, schemas
from govinfo.document import Cell, Document, Grid, Metadata, Paragraph
from govinfo.render import LAYOUTS
from govinfo.report import Report, report_from, report_of

TITLE = "青榆县教育局2023年政府信息公开工作年度报告"
FORM = replace(random_form(Random(2)), agency="青榆县教育局", year=2023)
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def read(*lines: str, title: str = "") -> Report:
    return report_from(Document(tuple(map(Paragraph, lines)), "text", Metadata(title=title)), "x.txt", "0" * 64)


def filled(figure: str, title: str = TITLE) -> Report:
    """A form with the same word in every place for a figure."""
    text = LAYOUTS["html"](FORM, Random(1))[0].decode().replace(TITLE, title)
    return report_of(re.sub(r">\d[\d.]*</td>", f">{figure}</td>", text).encode(), "x.html")


# Blank forms


@pytest.mark.parametrize("figure", ["", "XX", "××", "____", "xx", "**", "X", "×"])
@pytest.mark.parametrize(
    "title",
    [
        "XX县XX局20XX年政府信息公开工作年度报告",
        "××县20××年政府信息公开工作年度报告",
        "{{单位}}{{年度}}年政府信息公开工作年度报告",
        "【填报单位】2023年政府信息公开工作年度报告",
        "某局2023年政府信息公开工作年度报告",
    ],
)
def test_a_form_to_be_filled_in_is_no_report(title: str, figure: str) -> None:
    with pytest.raises(NotAReport, match="blank"):
        filled(figure, title)


def test_a_form_with_zeros_for_examples_is_no_report() -> None:
    with pytest.raises(NotAReport, match="blank"):
        filled("0", "XX县XX局2023年政府信息公开工作年度报告")


def test_tables_without_figures_and_a_word_about_whose_they_are_are_no_report() -> None:
    with pytest.raises(NotAReport, match="blank"):
        filled("", "政府信息公开工作年度报告")


def test_a_report_of_zeros_or_dashes_is_a_report() -> None:
    for figure in ("0", "/", "无"):
        assert filled(figure).identity.agency == "青榆县教育局"


def test_a_report_with_blank_tables_and_words_of_its_own_is_a_report() -> None:
    report = filled("")
    assert (report.identity.agency, report.identity.year) == ("青榆县教育局", 2023)
    assert report.cells["value"].isna().all()


def test_tables_with_pictures_for_figures_are_not_blank() -> None:
    cells = [Cell(label, row, 0) for row, label in enumerate(("信息内容", "行政许可", "行政处罚"))]
    cells += [Cell("本年处理决定数量", 0, 1), Cell("\ufffc", 1, 1, doubts=("picture",)), Cell("\ufffc", 2, 1)]
    document = Document((Paragraph("二、主动公开政府信息情况"), Grid(tuple(cells))), "html")
    assert set(report_from(document, "x.html", "0" * 64).cells["kind"]) >= {"unreadable"}


# Prose


PROSE = (
    "2023年，我局主动公开各类信息120条。",
    "全年收到信息公开申请3件，均按时办结。",
    "没有发生行政复议和行政诉讼。",
    "工作中还有一些不足，下一步将加以改进。",
)


@pytest.mark.parametrize("headings", [HEADINGS, HEADINGS[:2], ()])
def test_prose_under_a_title_with_agency_and_year_is_a_report(headings: tuple[str, ...]) -> None:
    report = read(TITLE, *headings[:1], *PROSE[:2], *headings[1:], *PROSE[2:])
    assert (report.identity.agency, report.identity.year) == ("青榆县教育局", 2023)
    assert set(report.doubts) == {"disclosure-missing", "requests-missing", "disputes-missing"}
    assert report.cells.empty


def test_prose_that_counts_two_things_is_a_report() -> None:
    assert read(TITLE, *PROSE[:2]).identity.agency == "青榆县教育局"


def test_prose_in_one_paragraph_is_a_report() -> None:
    assert read(TITLE, "".join(PROSE)).identity.year == 2023


OUTLINE = (
    "报告由总体情况、主动公开政府信息情况、收到和处理申请情况、行政复议和行政诉讼情况、存在的问题及改进情况等部分组成。"
)
OTHERS = {
    "notice": ("关于公布青榆县教育局2023年政府信息公开工作年度报告的公告", "现予公布。" + OUTLINE, "欢迎公众查阅。"),
    "notice under the title": (TITLE, "根据条例要求，现将报告公布。" + OUTLINE, "请点击附件下载。"),
    "news": ("青榆县教育局发布2023年政府信息公开工作年度报告", *PROSE),
    "news behind": ("青榆县教育局2023年政府信息公开工作年度报告出炉", *PROSE),
    "explanation": ("青榆县教育局2023年政府信息公开工作年度报告解读", *PROSE),
    "picture story": ("图解：青榆县教育局2023年政府信息公开工作年度报告", *PROSE),
    "guide": (
        "青榆县教育局政府信息公开指南",
        "一、主动公开",
        "公开范围见目录。",
        "二、依申请公开",
        "申请人可以提出申请。",
    ),
    "catalogue": ("青榆县教育局政府信息公开目录", "机构概况", "法规公文", "主动公开", "依申请公开", "行政复议"),
    "application form": ("政府信息公开申请表", "申请人信息", "公民", "姓名", "法人或其他组织", "所需信息情况"),
    "list of reports": tuple(f"青榆县{name}2023年政府信息公开工作年度报告" for name in ("教育局", "民政局", "水利局")),
    "list by year": tuple(f"青榆县教育局{year}年政府信息公开工作年度报告" for year in range(2018, 2024)),
    "menu": (TITLE, "主动公开", "依申请公开", "行政复议", "常见问题", "监督保障"),
    "no year": ("青榆县教育局政府信息公开工作年度报告", *PROSE),
    "no agency": ("2023年政府信息公开工作年度报告", *PROSE),
    "blank outline": ("XX县XX局2023年政府信息公开工作年度报告", *HEADINGS),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_other_papers_are_no_reports(kind: str) -> None:
    with pytest.raises(NotAReport) as raised:
        read(*OTHERS[kind])
    assert raised.value.hint


# Forms


def test_a_report_that_tells_no_form_has_none() -> None:
    report = read("青榆县教育局政府信息公开工作年度报告", *HEADINGS, *PROSE)
    assert (report.form, report.identity.year) == ("", None)


def test_cells_may_have_no_form() -> None:
    cells = [Cell(label, 0, col) for col, label in enumerate(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))]
    figures = [Cell(figure, 1, col) for col, figure in enumerate(("1", "0", "0", "0", "1"))]
    blocks = (Paragraph(HEADINGS[3]), Paragraph("行政复议"), Grid((*cells, *figures)))
    report = report_from(Document(blocks, "html"), "x.html", "0" * 64)
    assert report.form == ""
    assert len(schemas.validate(report.cells, "cells"))


def test_the_year_alone_tells_the_form() -> None:
    assert read(TITLE, *HEADINGS, *PROSE).form == "2021"
