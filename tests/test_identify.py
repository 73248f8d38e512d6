"""Titles, periods and names in the forms that real sites print them, with invented places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govinfo.document import Document, Metadata, Paragraph
from govinfo.identity.identify import Identity, identify, level_of
from govinfo.identity.years import period_of

TITLES = [
    (("青榆县2022年政府信息公开工作年度报告",), "青榆县", 2022),
    (("青榆县2022年度政府信息公开工作年度报告",), "青榆县", 2022),
    (("2022年青榆县教育局政府信息公开工作年度报告",), "青榆县教育局", 2022),
    (("2022年度青榆县教育局政府信息公开工作年度报告",), "青榆县教育局", 2022),
    (("青榆县政府信息公开2022年度报告",), "青榆县", 2022),
    (("青榆县政府信息公开工作2022年度报告",), "青榆县", 2022),
    (("青榆县2022年度政府信息公开工作报告",), "青榆县", 2022),
    (("青榆县2022年政府信息公开年度报告",), "青榆县", 2022),
    (("青榆县2022年政府信息公开年度工作报告",), "青榆县", 2022),
    (("青榆县2022年信息公开工作报告",), "青榆县", 2022),
    (("青榆县2010年政府信息公开报告",), "青榆县", 2010),
    (("青榆县2022年政务信息年度報告",), "青榆县", 2022),
    (("青榆县2025年政务信息公开工作开展年度报告",), "青榆县", 2025),
    (("青榆县人民政府2022年政府信息公开工作情况报告",), "青榆县人民政府", 2022),
    (("青榆县人民政府", "2022年政府信息公开工作年度报告"), "青榆县人民政府", 2022),
    (("青榆县人民政府2022年政府", "信息公开工作年度报告"), "青榆县人民政府", 2022),
    (("青榆县2022年政府信息公开工作", "年度报告"), "青榆县", 2022),
    (("青榆县2022年政府信息公开工作年度", "报告"), "青榆县", 2022),
    (("青榆县2022年政府信息公开工作年度报 告",), "青榆县", 2022),
    (("青榆县 2022年度 政府信息公开工作年度报告",), "青榆县", 2022),
    (("青榆县2024年政府信息公开工作年度报告(文字版)",), "青榆县", 2024),
    (("【图文】青榆县2024年政府信息公开工作年度报告",), "青榆县", 2024),
    (("赤政﹝2011﹞6号", "青榆县2010年政府信息公开工作年度报告"), "青榆县", 2010),
    (("青榆县2018年政府信息公开工作年度报告", "(2019年3月25日)"), "青榆县", 2018),
    (("两城镇2022年政府信息公开工作年度报告",), "两城镇", 2022),
    (("大五里镇2022年政府信息公开工作年度报告",), "大五里镇", 2022),
    (("河包镇政府信息公开工作年度报告", "本报告统计期限自2021年1月1日起至2021年12月31日止。"), "河包镇", 2021),
    (("2023年政府信息公开工作年度报告", "青榆县教育局"), "青榆县教育局", 2023),
    (
        (
            "首页 > 政府信息公开 > 年报",
            "青榆县教育局2023年政府信息公开工作年度报告",
            "发布时间：2024-01-26 来源：青榆县",
        ),
        "青榆县教育局",
        2023,
    ),
    (("索引号：000", "发布机构：政务服务管理局", "北坊街道2025年政府信息公开工作年度报告"), "北坊街道", 2025),
    (("某某体育网址_某某娱乐城市管理局", "2021年度政府信息公开工作年度报告"), "", 2021),
    (("365bet(中国)官方网站 2024年政府信息公开工作年度报告",), "", 2024),
    (("UedBet体育城市管理综合执法局2021年度政府信息公开工作年度报告",), "", 2021),
    (("统计期限自20211月1日起至202112月31日止", "青榆县政府信息公开工作年度报告"), "青榆县", 2021),
    (("青榆县政府信息公开工作年度报告", "统计期限自202111日起至20211231日止。"), "青榆县", 2021),
    (("国家税务总局青榆县税务局2022年政府信息公开工作年度报告",), "国家税务总局青榆县税务局", 2022),
    (("青榆县人民政府办公室关于2022年政府信息公开工作年度报告",), "青榆县人民政府办公室", 2022),
    (("关于青榆县2022年政府信息公开工作年度报告",), "青榆县", 2022),
    (("青榆县2022年政府信息公开年报",), "青榆县", 2022),
    (("青榆县体育局2022年政府信息公开工作年度报告",), "青榆县体育局", 2022),
    (("青榆县二〇二二年政府信息公开工作年度报告",), "青榆县", 2022),
    (("青榆市第101中学2022年政府信息公开工作年度报告",), "青榆市第101中学", 2022),
    (("中国（福建）自由贸易试验区平潭片区2022年政府信息公开工作年度报告",), "中国(福建)自由贸易试验区平潭片区", 2022),
    (("《青榆县2022年政府信息公开工作年度报告》",), "青榆县", 2022),
    (("青榆县２０２２年政府信息公开工作年度报告",), "青榆县", 2022),
    (("2023年度政府信息公开工作年度报告", "青榆县教育局", "2023年度政府信息公开工作年度报告"), "青榆县教育局", 2023),
    (("现将青榆县教育局2023年政府信息公开工作年度报告公布如下：",), "青榆县教育局", 2023),
    (
        ("青榆县教育局2021年政府信息公开工作年度报告", "本报告所列数据统计期限自2021年1月1日至12月31日。"),
        "青榆县教育局",
        2021,
    ),
]

MORE_TITLES = [
    # Over three lines, and with what stands before or behind a name.
    (("青榆县", "教育局", "2023年政府信息公开工作年度报告"), "青榆县教育局", 2023),
    (("青榆县教育局", "2023年政府信息公开工作", "年度报告"), "青榆县教育局", 2023),
    (("附件：青榆县教育局2023年政府信息公开工作年度报告",), "青榆县教育局", 2023),
    (("附件1", "青榆县教育局2023年政府信息公开工作年度报告"), "青榆县教育局", 2023),
    (("附件2：青榆县教育局2023年度政府信息公开工作年度报告",), "青榆县教育局", 2023),
    (("关于印发《青榆县教育局2023年政府信息公开工作年度报告》的通知",), "青榆县教育局", 2023),
    (("青榆县人民政府办公室关于印发青榆县2023年政府信息公开工作年度报告的通知",), "青榆县", 2023),
    (("青榆县教育局关于2023年度政府信息公开工作情况的报告",), "青榆县教育局", 2023),
    (("青榆县教育局关于公布2023年政府信息公开年度报告的公告",), "青榆县教育局", 2023),
    (("Page 8 - 青榆县教育局2023年政府信息公开工作年度报告",), "青榆县教育局", 2023),
    (("Page 8 of 12 青榆县教育局2023年政府信息公开工作年度报告",), "青榆县教育局", 2023),
    (("第8页 青榆县教育局2023年政府信息公开工作年度报告",), "青榆县教育局", 2023),
    (("Microsoft Word - 青榆县教育局2023年政府信息公开工作年度报告.doc",), "青榆县教育局", 2023),
    (("青榆县人民政府_青榆县教育局2023年政府信息公开工作年度报告",), "青榆县教育局", 2023),
    (("青榆县教育局2023年政府信息公开工作年度报告-青榆县人民政府网",), "青榆县教育局", 2023),
    (("青榆县白石镇党政办2023年政府信息公开工作年度报告",), "青榆县白石镇党政办", 2023),
    (("青榆县教育局、青榆县体育局2023年政府信息公开工作年度报告",), "青榆县教育局、青榆县体育局", 2023),
    (("中国—青榆产业园区管委会2023年政府信息公开工作年度报告",), "中国—青榆产业园区管委会", 2023),
    (("青榆县第二人民医院2023年度信息公开工作年度报告",), "青榆县第二人民医院", 2023),
    (("青榆县教育局（本级）2023年政府信息公开工作年度报告",), "青榆县教育局", 2023),
    (("青榆经济开发区管委会（原工业园）2023年政府信息公开年报",), "青榆经济开发区管委会(原工业园)", 2023),
    (("青榆县教育局二〇二三年度政府信息公开工作年度报告",), "青榆县教育局", 2023),
    (("青榆县教育局2023年1-12月政府信息公开工作年度报告",), "青榆县教育局", 2023),
    (("青榆县教育局2023年1月至12月政府信息公开工作年度报告",), "青榆县教育局", 2023),
    (("贵定县教育局2023年政府信息公开工作年度报告",), "贵定县教育局", 2023),
    (("青榆县教育局二O二三年政府信息公开工作年度报告",), "青榆县教育局", 2023),
    (("青榆县教育局2023年度政府信息公开年度报告（征求意见后修改）",), "青榆县教育局", 2023),
    (("现公开青榆县教育局2023年度政府信息公开年度报告",), "青榆县教育局", 2023),
    (("按照要求，现将青榆县教育局2023年政府信息公开工作年度报告公布如下：",), "青榆县教育局", 2023),
    (("青榆市2024年政府信息公开工作年度报告", "青榆市教育局编制2024年政府信息公开工作年度报告"), "青榆市", 2024),
]
POINTERS = (
    "我局",
    "本局",
    "我镇",
    "我县",
    "本机关",
    "本单位",
    "我办",
    "本街道",
    "我院",
    "本级",
    "全局",
    "全系统",
    "我们",
    "该局",
    "贵单位",
    "咱镇",
    "区局",
    "机关",
)


@pytest.mark.parametrize(("lines", "agency", "year"), MORE_TITLES)
def test_titles_with_words_around_them(lines: tuple[str, ...], agency: str, year: int) -> None:
    found = identity_of(*lines)
    assert (found.agency, found.year) == (agency, year)


@pytest.mark.parametrize("pointer", POINTERS)
def test_a_word_that_points_at_the_publisher_is_no_name_but_its_year_counts(pointer: str) -> None:
    sentence = f"根据条例规定，现将{pointer}2023年度政府信息公开工作年度报告公布如下："
    found = identity_of(sentence)
    assert (found.agency, found.year) == ("", 2023)
    assert "agency-unknown" in found.doubts
    named = identify(Document((Paragraph(sentence), *signed("青榆县教育局", "2024年1月20日")), "text"))
    assert (named.agency, named.year) == ("青榆县教育局", 2023)
    assert named.doubts == ("agency-not-in-title",)


def test_a_place_that_begins_like_such_a_word_is_a_name() -> None:
    assert identity_of("本溪市教育局2023年政府信息公开工作年度报告").agency == "本溪市教育局"


def test_a_title_of_nothing_but_the_kind_of_paper_names_nobody() -> None:
    assert identity_of("政府信息公开工作年度报告").agency == ""


def test_an_undated_title_gives_no_word_for_a_year_to_the_name() -> None:
    for title in ("平潭综合实验区年度政府信息公开工作年度报告", "平潭综合实验区年度信息公开工作报告"):
        found = identity_of(title)
        assert (found.agency, found.year, found.doubts) == ("平潭综合实验区", None, ("year-unknown",))


@pytest.mark.parametrize("years", ["2023-2024学年度", "2023—2024年度", "2023-24学年"])
def test_a_title_over_two_years_names_neither(years: str) -> None:
    found = identity_of(f"青榆学院{years}信息公开工作年度报告")
    assert (found.agency, found.year) == ("青榆学院", None)


def test_the_office_that_compiled_a_report_is_not_its_town() -> None:
    line = "本报告由青榆县白石镇党政办公室编制。"
    found = identity_of("2023年政府信息公开工作年度报告", line)
    assert (found.agency, found.doubts) == ("青榆县白石镇", ("agency-not-in-title",))
    contact = "如有疑问，请与青榆县白石镇党政综合办公室联系。"
    assert identity_of("2023年政府信息公开工作年度报告", contact).agency == "青榆县白石镇"


def test_a_glyph_that_the_file_does_not_explain_leaves_the_name_with_a_doubt() -> None:
    found = identity_of("青榆县\ue4c6教育局2023年政府信息公开工作年度报告")
    assert (found.agency, found.year, found.doubts) == ("青榆县教育局", 2023, ("agency-damaged",))
    elsewhere = identity_of("青榆县教育局2023年政府信息公开工作\ue4c6年度报告")
    assert (elsewhere.agency, elsewhere.doubts) == ("青榆县教育局", ())


def test_the_title_over_the_report_counts_not_that_of_its_page() -> None:
    page = Metadata(title="青榆县2023年政府信息公开工作年度报告_青榆县政府网")
    assert identity_of("青榆县教育局2023年政府信息公开工作年度报告", metadata=page).agency == "青榆县教育局"
    other = identity_of("青榆县教育局2022年政府信息公开工作年度报告", metadata=page)
    assert (other.year, other.doubts) == (2022, ("year-conflict",)), "nothing but the two titles tells the year"


# Signatures


def signed(*lines: str) -> tuple[Paragraph, ...]:
    return tuple(map(Paragraph, ("一、总体情况", "六、其他需要报告的事项", "没有其他事项。", *lines)))


def identity_signed(title: str, *lines: str) -> Identity:
    return identify(Document((Paragraph(title), *signed(*lines)), "text"))


@pytest.mark.parametrize(
    ("day", "year", "doubts"),
    [
        ("2023年1月20日", 2022, ()),
        ("2023年12月30日", 2022, ()),
        ("2022年12月31日", 2022, ()),
        ("二〇二三年一月二十一日", 2022, ()),
        ("2024年3月8日", 2023, ("year-conflict",)),
        ("（2024年3月8日）", 2023, ("year-conflict",)),
        ("二〇二四年三月三十一日", 2023, ("year-conflict",)),
        ("青榆县教育局2024年3月8日", 2023, ("year-conflict",)),
        ("2024年9月8日", 2022, ("year-conflict",)),
        ("2026年1月8日", 2022, ("year-conflict",)),
        ("2022年1月15日", 2022, ("year-conflict",)),
        ("2021年12月15日", 2022, ("year-conflict",)),
        ("发布时间：2024年3月8日", 2022, ()),
        ("更新日期2024年3月8日", 2022, ()),
        ("2024-03-08", 2022, ()),
    ],
)
def test_the_day_of_signing_checks_the_year_of_the_title(day: str, year: int, doubts: tuple[str, ...]) -> None:
    found = identity_signed("青榆县教育局2022年政府信息公开工作年度报告", day)
    assert (found.agency, found.year, found.doubts) == ("青榆县教育局", year, doubts)


def test_a_period_outweighs_the_day_of_signing() -> None:
    period = "本报告数据的统计期限自2022年1月1日起至2022年12月31日止。"
    title = Paragraph("青榆县教育局2022年政府信息公开工作年度报告")
    found = identify(Document((title, Paragraph(period), *signed("2024年3月8日")), "text"))
    assert (found.year, found.doubts) == (2022, ())


def test_a_day_of_publication_beside_the_report_says_nothing_about_its_year() -> None:
    found = identity_of("青榆县教育局2022年政府信息公开工作年度报告", metadata=Metadata(published="2024-03-08"))
    assert (found.year, found.doubts) == (2022, ())


@pytest.mark.parametrize("lines", [("青榆县教育局", "2024年1月20日"), ("青榆县教育局2024年1月20日",)])
def test_the_name_under_a_report_stands_in_for_one_that_its_title_lacks(lines: tuple[str, ...]) -> None:
    found = identity_signed("2023年政府信息公开工作年度报告", *lines, "主办：青榆县人民政府")
    assert (found.agency, found.doubts) == ("青榆县教育局", ("agency-not-in-title",))


def identity_of(*lines: str, metadata: Metadata | None = None) -> Identity:
    paragraphs = (*map(Paragraph, lines), Paragraph("一、总体情况"))
    return identify(Document(paragraphs, "text", metadata or Metadata()))


@pytest.mark.parametrize(("lines", "agency", "year"), TITLES)
def test_titles(lines: tuple[str, ...], agency: str, year: int) -> None:
    found = identity_of(*lines)
    assert (found.agency, found.year) == (agency, year)


def test_the_title_of_the_file_stands_in_where_the_page_prints_none() -> None:
    found = identity_of(
        "本报告根据条例编制。", metadata=Metadata(title="青榆县2021年政府信息公开工作年度报告_青榆县政府网")
    )
    assert (found.agency, found.year) == ("青榆县", 2021)


def test_links_to_other_reports_before_the_title_are_not_the_title() -> None:
    links = ("青榆县2023年政府信息公开工作年度报告", "青榆县教育局2022年政府信息公开工作年度报告")
    own = ("青榆县教育局2021年政府信息公开工作年度报告", "统计期限自2021年1月1日起至2021年12月31日止。")
    assert (identity_of(*links, *own).agency, identity_of(*links, *own).year) == ("青榆县教育局", 2021)
    named = identity_of(*links, own[0], metadata=Metadata(title=f"{own[0]}_青榆县政府网"))
    assert (named.agency, named.year) == ("青榆县教育局", 2021)


def test_a_title_and_a_period_of_different_years_carry_a_doubt() -> None:
    lines = ("青榆县2020年政府信息公开工作年度报告", "统计期限自2021年1月1日起至2021年12月31日止。")
    assert identity_of(*lines).year == 2020
    assert identity_of(*lines).doubts == ("year-conflict",)
    published = identity_of(*lines, metadata=Metadata(published="2022-01-20"))
    assert published.year == 2021, "published in the year behind the period: the title is the slip"


@pytest.mark.parametrize(
    "text",
    [
        "统计期限自2021年1月1日起,至2021年12月31日止。",
        "从2021年1月1日到12月31日止",
        "2021年1月1日-2021年12月31日",
        "统计期限自20211月1日起至202112月31日止",
        "统计期限自202111日起至20211231日止。",
    ],
)
def test_periods(text: str) -> None:
    assert period_of([text]) == 2021


def test_a_school_year_is_no_calendar_year() -> None:
    assert period_of(["统计期限自2021年9月1日起至2022年8月31日止。"]) is None


def test_advertising_over_the_name_carries_a_doubt_and_is_never_taken() -> None:
    found = identity_of("某某体育网址_某某娱乐城市管理局", "2021年度政府信息公开工作年度报告")
    assert found.agency == ""
    assert {"agency-overwritten", "agency-unknown"} <= set(found.doubts)


def test_the_department_of_sports_is_no_advertising() -> None:
    assert identity_of("青榆县体育局2022年政府信息公开工作年度报告").doubts == ()


@pytest.mark.parametrize(
    ("agency", "level"),
    [
        ("青榆县白石镇人民政府", "town"),
        ("青榆县人民政府", "county"),
        ("青榆市人民政府办公室", "department"),
        ("上海市人民政府", "province"),
        ("汾阳市", ""),
        ("青榆县白石镇党政办", "department"),
        ("青榆市第一中学", "department"),
        ("白石街道办", "town"),
    ],
)
def test_levels_that_a_name_shows(agency: str, level: str) -> None:
    assert level_of(agency) == level


@pytest.mark.parametrize(
    ("name", "year"),
    [("lost-date-chars", 2021), ("lost-date-chars-2", 2021), ("metadata-table", 2025), ("hijack-place", 2021)],
)
def test_years_in_damaged_pages(shared: Path, name: str, year: int) -> None:
    layouts = map(json.loads, (shared / "variants" / "layouts.jsonl").read_text(encoding="utf-8").splitlines())
    text = next(layout["text"] for layout in layouts if layout["id"] == name)
    assert identity_of(*text.split("\n")).year == year
