"""Several reports in one file: each is one of its own; one report that only looks like two stays whole."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from random import Random

import pandas as pd
import pypdfium2
import pytest
from render import random_form

from govinfo import read_report, read_reports
from govinfo.render import LAYOUTS, LOSSY, PLAIN, Form
from govinfo.report import Report, reports_of

TEXTS = sorted(
    name for name in {**PLAIN, **LOSSY} if name not in {"docx", "flat", "html-dressed"} and "pdf" not in name
)
TITLE = "{}{}年政府信息公开工作年度报告"


def form_of(agency: str, year: int, seed: int, code: str = "2021") -> Form:
    return replace(random_form(Random(seed), code), agency=agency, year=year)


def printed(form: Form, layout: str = "html") -> str:
    text = LAYOUTS[layout](form, Random(1))[0].decode()
    return text.split("<body>")[1].split("</body>")[0] if layout == "html" else text


def page(*bodies: str, title: str = "") -> bytes:
    return f"<html><head><title>{title}</title></head><body>{''.join(bodies)}</body></html>".encode()


def read(*bodies: str, title: str = "") -> tuple[Report, ...]:
    return reports_of(page(*bodies, title=title), "page.html")


def names(reports: tuple[Report, ...]) -> list[tuple[str, int | None]]:
    return [(report.identity.agency, report.identity.year) for report in reports]


def values(report: Report) -> pd.DataFrame:
    return report.cells.drop(columns=["report_id", "agency", "year", "source", "page", "box"])


def alone(form: Form, layout: str = "html") -> pd.DataFrame:
    (report,) = reports_of(*LAYOUTS[layout](form, Random(1)))
    return values(report)


EARLIER, LATER = form_of("青榆县教育局", 2022, 1), form_of("青榆县教育局", 2023, 2)
CITY, OFFICE = form_of("云渡市", 2023, 3), form_of("云渡市人民政府办公室", 2023, 4)
THREE = [form_of(f"青榆县{name}", 2023, seed) for seed, name in enumerate(("教育局", "民政局", "水利局"), start=5)]
TOLD_APART = {"two years": (LATER, EARLIER), "city and office": (OFFICE, CITY), "three bureaus": tuple(THREE)}


@pytest.mark.parametrize("kind", TOLD_APART)
@pytest.mark.parametrize("layout", TEXTS)
def test_each_report_of_a_file_is_one_of_its_own(layout: str, kind: str) -> None:
    forms = TOLD_APART[kind]
    text = "\n\n".join(printed(form, layout) for form in forms)
    name = LAYOUTS[layout](forms[0], Random(1))[1]
    reports = reports_of(text.encode(), name)
    assert names(reports) == [(form.agency, form.year) for form in forms]
    assert [report.source for report in reports] == [name, *(f"{name}#{at}" for at in range(2, len(forms) + 1))]
    assert len({report.report_id for report in reports}) == len(forms)
    for form, report in zip(forms, reports, strict=True):
        assert not report.doubts
        pd.testing.assert_frame_equal(values(report), alone(form, layout))


def test_the_pages_of_two_reports_bound_together() -> None:
    bound = pypdfium2.PdfDocument.new()
    for form in (LATER, EARLIER):
        bound.import_pages(pypdfium2.PdfDocument(LAYOUTS["ruled-pdf"](form, Random(1))[0]))
    data = io.BytesIO()
    bound.save(data)
    reports = reports_of(data.getvalue(), "bound.pdf")
    assert names(reports) == [("青榆县教育局", 2023), ("青榆县教育局", 2022)]
    for form, report in zip((LATER, EARLIER), reports, strict=True):
        pd.testing.assert_frame_equal(values(report), alone(form, "ruled-pdf"))


def test_two_forms_in_one_file_are_each_read_by_their_own() -> None:
    old = form_of("青榆县教育局", 2019, 9, "2019")
    reports = read(printed(LATER), printed(old))
    assert [(report.form, report.identity.year) for report in reports] == [("2021", 2023), ("2019", 2019)]


def test_a_report_is_named_by_the_title_over_it_not_by_that_of_the_page() -> None:
    (report,) = read(printed(OFFICE), title=TITLE.format("云渡市", 2023))
    assert report.identity.agency == "云渡市人民政府办公室"


def test_one_of_several_is_that_which_the_page_is_named_after(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page(printed(OFFICE), printed(CITY), title=TITLE.format("云渡市", 2023) + "_云渡市政府网"))
    report = read_report(path)
    assert (report.identity.agency, report.source, report.part) == ("云渡市", "page.html#2", 2)
    assert report.doubts == ("one-of-several",)
    path.write_bytes(page(printed(OFFICE), printed(CITY), title="云渡市政府网"))
    assert read_report(path).identity.agency == "云渡市人民政府办公室"


def test_evidence_shows_the_table_of_its_own_report(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page(printed(OFFICE), printed(CITY), title=TITLE.format("云渡市", 2023)))
    report = read_report(path)
    evidence = report.evidence("requests", "new", "total")
    (marked,) = [place for place in evidence.shown if place.mark == "cell"]  # type: ignore[union-attr]
    assert float(marked.text) == evidence.value == report.wide("requests").loc["new", "total"]
    assert evidence.source == "page.html#2"


def test_a_corpus_has_a_row_for_each_report_and_one_copy_of_a_file(tmp_path: Path) -> None:
    data = page(printed(LATER), printed(EARLIER))
    (tmp_path / "a.html").write_bytes(data)
    (tmp_path / "b.html").write_bytes(data)
    corpus = read_reports(tmp_path)
    assert corpus.reports["source"].tolist() == ["a.html", "a.html#2"]
    assert corpus.reports["year"].tolist() == [2023, 2022]
    assert corpus.reports["report_id"].is_unique
    assert corpus.problems["source"].tolist() == ["b.html"]


def test_headings_alone_part_reports_under_the_name_above_them() -> None:
    bodies = [printed(form).split("</p>", 1)[1] for form in THREE[:2]]
    cover = "<h1>青榆县2023年政府信息公开工作年度报告汇编</h1>"
    reports = read(cover, f"<p>{THREE[0].agency}</p>", bodies[0], f"<p>{THREE[1].agency}</p>", bodies[1])
    assert [report.identity.agency for report in reports] == [THREE[0].agency, THREE[1].agency]


@pytest.mark.parametrize("number", ["", "一、", "1."])
def test_a_name_above_the_sentence_on_the_period_names_the_report(number: str) -> None:
    cover = "<h1>青榆县2023年政府信息公开工作年度报告汇编</h1>"
    bodies = [f"<h2>{number}{form.agency}</h2>{printed(form).split('</h1>', 1)[1]}" for form in THREE]
    reports = read(cover, *bodies)
    assert names(reports) == [(form.agency, 2023) for form in THREE]
    for form, report in zip(THREE, reports, strict=True):
        pd.testing.assert_frame_equal(values(report), alone(form))


def test_the_line_of_a_name_above_a_title_belongs_to_it() -> None:
    def untitled(form: Form) -> str:
        return printed(form).replace(TITLE.format(form.agency, form.year), TITLE.format("", form.year))

    reports = read(*(f"<p>{form.agency}</p>{untitled(form)}" for form in THREE))
    assert names(reports) == [(form.agency, 2023) for form in THREE]


def test_a_title_over_three_lines_begins_with_its_first() -> None:
    def broken(form: Form) -> str:
        title = TITLE.format(form.agency, form.year)
        region, name = form.agency[:3], form.agency[3:]
        return printed(form).replace(
            f"<h1>{title}</h1>", f"<p>{region}</p><p>{name}</p><h1>{title[len(form.agency) :]}</h1>"
        )

    assert names(read(*map(broken, THREE))) == [(form.agency, 2023) for form in THREE]


def test_reports_of_two_bodies_with_the_same_figures_are_two() -> None:
    twin = replace(LATER, agency="青榆县民政局")
    assert names(read(printed(LATER), printed(twin))) == [("青榆县教育局", 2023), ("青榆县民政局", 2023)]


def test_a_report_without_a_title_begins_behind_the_day_under_the_one_before() -> None:
    untitled = printed(EARLIER).split("</h1>", 1)[1]
    reports = read(printed(LATER), "<p>青榆县教育局</p><p>2024年1月20日</p>", untitled)
    assert names(reports) == [("青榆县教育局", 2023), ("", 2022)]
    assert "agency-unknown" in reports[1].doubts


def test_prose_alone_is_parted_at_its_titles() -> None:
    def prose(agency: str) -> str:
        lines = [TITLE.format(agency, 2023)]
        for heading in ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"):
            lines += [heading, f"{agency}在这一年里按要求认真做了各项规定的工作，没有其他要说明的情况。"]
        return "\n".join(lines)

    reports = reports_of("\n".join(prose(form.agency) for form in THREE).encode(), "x.txt")
    assert names(reports) == [(form.agency, 2023) for form in THREE]


def test_reports_without_titles_begin_with_the_sentence_on_their_period() -> None:
    bodies = [printed(form).split("</h1>", 1)[1] for form in (LATER, EARLIER)]
    assert names(read(*bodies)) == [("", 2023), ("", 2022)]
    page_of_one = read(*bodies, title=TITLE.format("青榆县教育局", 2022))
    assert names(page_of_one) == [("", 2023), ("青榆县教育局", 2022)], "the page is named after the second"


# Not to be told apart


def test_other_figures_of_the_same_agency_and_year_are_in_doubt_in_every_cell() -> None:
    again = replace(EARLIER, agency=LATER.agency, year=LATER.year)
    (report,) = read(printed(LATER), printed(again))
    assert report.doubts == ("several-reports",)
    assert (report.cells["doubts"].str.split(";").map(lambda doubts: "several-reports" in doubts)).all()
    assert report.cells["value"].fillna(-1).tolist() == alone(LATER)["value"].fillna(-1).tolist()


def test_tables_that_nothing_parts_are_in_doubt() -> None:
    def tables(form: Form) -> str:
        return "".join(f"<table>{part.split('</table>')[0]}</table>" for part in printed(form).split("<table>")[1:])

    (report,) = read(f"<h1>{TITLE.format('青榆县教育局', 2023)}</h1>", tables(LATER), tables(EARLIER))
    assert "several-reports" in report.doubts
    assert report.cells["doubts"].str.contains("several-reports").all()


# One report


LINK = "<a href='#'>{}</a>"
OTHERS = [TITLE.format("青榆县教育局", year) for year in (2024, 2022, 2021, 2020)]
OWN = TITLE.format("青榆县教育局", 2023)
LINKS = "".join(f"<li>{LINK.format(title)}</li>" for title in OTHERS)
CONTENTS = "".join(
    f"<p>{heading}</p>"
    for heading in (
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    )
)
BODY = printed(LATER)
WHOLE = {
    "links before": f"<ul>{LINKS}</ul>{BODY}",
    "links behind": f"{BODY}<ul>{LINKS}</ul>",
    "links inside": BODY.replace("<p>三、", f"<ul>{LINKS}</ul><p>三、"),
    "previous and next": f"{BODY}<p>上一篇：{OTHERS[0]}</p><p>下一篇：{OTHERS[1]}</p>",
    "a link inside": BODY.replace("<p>三、", f"<p>附件：{OTHERS[1]}</p><p>三、"),
    "breadcrumb": f"<p>首页 &gt; 信息公开 &gt; {OWN}</p>{BODY}",
    "contents": BODY.replace("</h1>", f"</h1>{CONTENTS}"),
    "title at each page": BODY.replace("<p>三、", f"<p>{OWN}</p><p>三、").replace("<p>四、", f"<p>{OWN}</p><p>四、"),
    "printed twice": BODY + BODY,
    "its title in the text": BODY.replace("<p>五、", f"<p>本局编制了《{OWN}》，现予公布。</p><p>{OWN}</p><p>五、"),
    "tables in an annex": BODY + f"<p>附件：{OWN}数据表</p>" + "<p>完</p>",
}


@pytest.mark.parametrize("kind", WHOLE)
def test_one_report_stays_whole(kind: str) -> None:
    (report,) = read(WHOLE[kind])
    assert (report.identity.agency, report.identity.year, report.doubts) == ("青榆县教育局", 2023, ())
    plain = alone(LATER)
    pd.testing.assert_frame_equal(values(report), plain)
