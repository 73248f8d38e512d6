"""The explorer: what a choice shows, the widgets, and the page that Voila makes of the notebook."""

import base64
import io
import re
import subprocess
import sys
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import pytest
from browser import browser_page, chromium, keep_screenshot, server, workspace

import govinfo
from govinfo import metrics
from govinfo.corpus import Corpus
from govinfo.errors import UsageError
from govinfo.plots import CHARTS, Chart
from govinfo.synthetic import synthetic

widgets = pytest.importorskip("ipywidgets", reason="ipywidgets is not installed: pip install 'govinfo[lab]'")

from govinfo.explorer import connect, explorer, panel_of, views  # noqa: E402
from govinfo.explorer.files import LINES, csv_of, excel_of, html_of, links_of  # noqa: E402
from govinfo.explorer.views import MEASURES, Choice, measure_name, reports_by_agency, words  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
PINGTAN, SHUYANG = "平潭综合实验区", "沐阳县人民政府"
PNG = b"\x89PNG"
NAMELESS = "Reports that cannot be chosen, because they name no agency or no year: {}"


@cache
def real() -> Corpus:
    return govinfo.load(ROOT / "data" / "processed")


def id_of(agency: str) -> str:
    return str(real().reports.set_index("agency")["agency_id"].loc[[agency]].iloc[0])


def choice(
    *agencies: str, years: tuple[int, ...] = (), measure: str = "volumes", chart: str = "bars", lang: str = "en"
) -> Choice:
    known = reports_by_agency(real().reports)
    return Choice(agencies or tuple(known["_agency"]), years or tuple(known["year"]), measure, chart, lang)


def panel(corpus: Corpus) -> Any:
    made = panel_of(corpus, "en")
    connect(made, corpus)
    return made


# What a choice shows


def test_table_holds_what_the_report_prints() -> None:
    """Pingtan 2021: 70 new, none carried in, 69 handled, 1 carried over."""
    shown = views.view(real(), choice(PINGTAN, years=(2021,)))
    assert shown.picture.startswith(PNG)
    (line,) = shown.table.to_dict("records")
    assert line == {
        "Agency": PINGTAN,
        "Year": 2021,
        "Form of": "2021",
        "Newly received": 70,
        "Carried in": 0,
        "To be handled": 70,
        "Handled": 69,
        "Carried over": 1,
    }
    assert shown.remarks == ("Reports chosen: 1",)


def test_rate_is_that_of_the_metric() -> None:
    shown = views.view(real(), choice(id_of(SHUYANG), measure="backlog_rate", chart="points"))
    assert shown.table["Rate"].tolist() == pytest.approx([31 / (718 + 31)])
    assert shown.table["Few (below 30)"].tolist() == ["no"]


def test_every_chart_and_table_has_its_words() -> None:
    chosen = real().select(agency_id=PINGTAN)
    for measure, charts in MEASURES.items():
        for name, chart in charts.items():
            frames = chart.frames(chosen)
            for lang in ("en", "zh"):
                assert measure_name(measure, lang)
                assert words("chart")[name][lang]
                table = views.readable(frames[0], lang)
                assert len(table) == len(frames[0])
                assert table.shape[1] >= 6
                assert table.columns.is_unique
                assert not set(table.columns) & {"agency", "numerator", "label_en", "small", "group", "handled"}


def test_charts_are_drawn_without_a_warning() -> None:
    for measure, chart, years in [
        ("volumes", "bars", (2022, 2023)),
        ("volumes", "panels", (2022, 2023)),
        ("volumes", "flow", (2023,)),
        ("applicants", "bars", (2023,)),
        ("outcomes", "bars", (2023,)),
        ("reasons", "ranked", (2023,)),
        ("reasons", "agencies", (2022, 2023)),
        ("backlog_rate", "points", (2022, 2023)),
        ("backlog_rate", "funnel", (2022, 2023)),
        ("correction_rate", "points", (2023,)),
        ("quality", "bars", (2023,)),
        ("quality", "doubts", (2023,)),
    ]:
        shown = views.view(real(), choice(PINGTAN, years=years, measure=measure, chart=chart, lang="zh"))
        assert shown.picture.startswith(PNG), (measure, chart, shown.remarks)
        assert shown.remarks == (f"已选报告：{len(years)}份",), (measure, chart)
    assert not plt.get_fignums()


def test_all_rates_and_all_charts_of_a_corpus_are_on_offer() -> None:
    assert set(metrics.METRICS) <= set(MEASURES)
    offered = {id(chart.draw) for charts in MEASURES.values() for chart in charts.values()}
    lacking = {name for name, chart in CHARTS.items() if id(chart.draw) not in offered}
    # Those of one rate are made anew for every rate; the map of doubts has another table.
    rates = {"backlog", "disclosure", "refusal", "reconsideration", "litigation", "funnel", "funnel-refusal"}
    assert lacking == rates | {"doubts", "dots", "slopes", "map"}


# What cannot be shown is said in words


def test_nothing_chosen() -> None:
    shown = views.view(real(), Choice((), (2021,), "volumes", "bars", "en"))
    assert (shown.picture, len(shown.table)) == (b"", 0)
    assert shown.remarks[0].startswith("Nothing is chosen.")
    assert views.view(real(), Choice((PINGTAN,), (2010,), "volumes", "bars", "zh")).remarks[0].startswith("未选择报告")


def test_chart_that_does_not_fit_leaves_the_table() -> None:
    shown = views.view(real(), choice(PINGTAN, chart="flow"))
    assert shown.picture == b""
    assert len(shown.table) == 15
    assert shown.remarks[1] == (
        "No chart can be drawn of this choice: a flow shows one unit, not 15. Select one agency and one year."
    )
    assert not plt.get_fignums()
    said = views.view(real(), choice(PINGTAN, chart="flow", lang="zh")).remarks[1]
    assert said == "此选择无法成图：流程图只画一份报告，此处有15份。 请选择一个机关和一个年份。"


def test_fault_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*frames: pd.DataFrame, lang: str) -> None:
        plt.figure()
        raise ValueError("something odd")

    monkeypatch.setattr(views, "MEASURES", {"volumes": {"bars": Chart(broken, CHARTS["volumes"].frames)}})
    shown = views.view(real(), choice(PINGTAN))
    assert shown.remarks[1] == "An error inside govinfo: ValueError: something odd. Please report it."
    assert len(shown.table) == 15
    assert not plt.get_fignums()


def test_other_figures_stay_open() -> None:
    mine = plt.figure()
    views.view(real(), choice(PINGTAN))
    assert plt.get_fignums() == [mine.number]
    plt.close(mine)


def test_warnings_become_remarks() -> None:
    def warned() -> Any:
        warnings.warn("No font here writes all of these labels.", UserWarning, stacklevel=1)
        return plt.figure().add_subplot()

    picture, _, remarks = views.drawn(warned)
    assert picture.startswith(PNG)
    assert remarks == ["No font here writes all of these labels."]


def test_reports_without_agency_or_year_are_counted() -> None:
    reports = real().reports.copy()
    reports.loc[reports.index[:2], ["agency", "agency_id"]] = pd.NA
    shown = views.view(replace(real(), reports=reports), choice())
    assert shown.remarks[:2] == ("Reports chosen: 27", NAMELESS.format(2))


def test_invented_figures_are_marked() -> None:
    corpus = synthetic(3, (2021, 2022), seed=0).corpus()
    made = panel(corpus)
    assert "Invented figures" in made.remarks.value
    assert "虚构" in made.agencies.options[0][0]
    assert "Invented" in made.table.value


# Files


def files_in(html: str) -> dict[str, bytes]:
    links = re.findall(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', html)
    return {name: base64.b64decode(content) for name, content in links}


def test_links_hold_the_files() -> None:
    chosen = choice(PINGTAN, measure="disclosure_rate", chart="points")
    shown = views.view(real(), chosen)
    files = files_in(links_of(shown, chosen))
    assert list(files) == [f"govinfo-disclosure_rate-points.{suffix}" for suffix in ("png", "svg", "csv", "xlsx")]
    png, svg, csv, xlsx = files.values()
    assert svg.startswith(b"<?xml")
    assert png == shown.picture
    assert csv.startswith(b"\xef\xbb\xbf")
    for read in (pd.read_csv(io.BytesIO(csv)), pd.read_excel(io.BytesIO(xlsx))):
        assert list(read.columns) == list(shown.table.columns)
        assert read["Rate"].tolist() == pytest.approx(shown.table["Rate"].astype(float).tolist(), nan_ok=True)
        assert read["Rate"].isna().tolist() == [True] * 8 + [False] * 7


def test_without_xlsxwriter_the_other_files_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    chosen = choice(PINGTAN)
    html = links_of(views.view(real(), chosen), chosen)
    assert len(files_in(html)) == 3
    assert "pip install &#x27;govinfo[export]&#x27;" in html


def test_texts_are_no_formulas_and_no_html() -> None:
    table = pd.DataFrame({"Agency": ["=1+1", "<script>alert(1)</script>"]}, dtype="string")
    assert csv_of(table).decode("utf-8-sig").splitlines()[1] == '"\'=1+1"'
    read = pd.read_excel(io.BytesIO(excel_of(views.View(PNG, table, ()), choice())))
    assert read["Agency"].tolist() == table["Agency"].tolist()
    assert "<script" not in html_of(table, "en")


def test_table_on_the_page() -> None:
    table = pd.DataFrame({"n": pd.array([23.0, None, 0.12345], dtype="Float64")})
    assert re.findall(r"<td>(.*?)</td>", html_of(table, "en")) == ["23", "no figure", "0.123"]
    long = pd.DataFrame({"n": range(LINES + 1)})
    html = html_of(long, "en")
    assert html.count("<td>") == LINES
    assert f"The first {LINES} of {LINES + 1} lines" in html


def test_a_workbook_names_its_measure_shows_per_cent_and_tells_its_sources() -> None:
    chosen = choice(PINGTAN, measure="disclosure_rate", chart="points")
    shown = views.view(real(), chosen)
    book = openpyxl.load_workbook(io.BytesIO(excel_of(shown, chosen)))
    assert book.sheetnames == ["Disclosure rate", "Source"]
    sheet = book["Disclosure rate"]
    headings = [cell.value for cell in sheet[1]]
    for name in ("Rate", "95 % interval from", "95 % interval to"):
        assert {row[headings.index(name)].number_format for row in sheet.iter_rows(min_row=5)} == {"0.0%"}
    assert sheet.cell(5, headings.index("Number") + 1).number_format == "General"
    said = [[cell.value for cell in row] for row in book["Source"].iter_rows()]
    assert any("Read from the reports below by govinfo" in str(line[0]) for line in said)
    assert said[-1][0] == PINGTAN
    assert [line[1] for line in said[-15:]] == list(range(2011, 2026))
    assert any(str(cell).startswith("http") for line in said for cell in line)


def test_rates_per_hundred_are_no_per_cent() -> None:
    chosen = choice(PINGTAN, measure="litigation_rate", chart="points")
    assert views.view(real(), chosen).shares == ()


# Widgets


def test_the_list_of_agencies_is_searched_and_filtered() -> None:
    made = panel(real())
    made.search.value = "平潭综合"
    assert made.agencies.value == (PINGTAN,)
    assert SHUYANG not in made.table.value
    made.search.value = ""
    assert len(made.agencies.value) == real().reports["agency_id"].nunique()
    made.province.value = "江苏省"
    assert len(made.agencies.value) == 3
    made.level.value = "county"
    provinces = real().reports.loc[real().reports["agency_id"].isin(made.agencies.value), "province"]
    assert set(provinces) == {"江苏省"}
    made.lang.value = "zh"
    assert made.province.label == "江苏省"
    assert made.level.label == "县级"
    made.search.value = "nowhere"
    assert made.agencies.value == ()
    assert made.remarks.value.startswith("<p>未选择报告")


def test_chart_and_table_follow_the_widgets() -> None:
    made = panel(real())
    assert len(made.agencies.value) == real().reports["agency_id"].nunique()
    picture, table = bytes(made.picture.value), made.table.value
    assert picture.startswith(PNG)
    assert SHUYANG in table

    made.agencies.value = (PINGTAN,)
    assert bytes(made.picture.value) not in (b"", picture)
    assert SHUYANG not in made.table.value
    assert PINGTAN in made.table.value

    made.years.value = (2021, 2022)
    assert made.table.value.count(f"<td>{PINGTAN}</td>") == 2

    picture = bytes(made.picture.value)
    made.measure.value = "disclosure_rate"
    assert made.chart.value == "points"
    assert [code for _, code in made.chart.options] == ["points", "dots", "slopes", "funnel", "map"]
    assert bytes(made.picture.value) != picture
    assert "<th>Rate</th>" in made.table.value

    made.chart.value = "funnel"
    made.measure.value = "backlog_rate"
    assert made.chart.value == "funnel"

    picture = bytes(made.picture.value)
    made.lang.value = "zh"
    assert (made.agencies.description, made.measure.label, made.chart.label) == (
        "机关",
        "结转率",
        "与件数对照（漏斗图）",
    )
    assert bytes(made.picture.value) != picture
    assert "<th>比率</th>" in made.table.value
    assert made.agencies.value == (PINGTAN,)

    made.agencies.value = ()
    assert made.remarks.value.startswith("<p>未选择报告")
    assert (bytes(made.picture.value), made.links.value, made.table.value) == (b"", "", "")
    assert made.picture.layout.display == "none"

    made.everything.click()
    assert len(made.agencies.value) == real().reports["agency_id"].nunique()
    assert made.picture.layout.display is None
    assert bytes(made.picture.value).startswith(PNG)


def test_one_change_draws_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = panel(real())
    drawn: list[str] = []

    def counted(corpus: Corpus, chosen: Choice) -> views.View:
        drawn.append(chosen.measure)
        return views.View(b"", pd.DataFrame(), ())

    monkeypatch.setattr("govinfo.explorer.view", counted)
    made.measure.value = "reasons"
    made.lang.value = "zh"
    made.everything.click()
    made.measure.value = "volumes"
    assert drawn == ["reasons", "reasons", "reasons", "volumes"]


def test_explorer_is_a_widget() -> None:
    box = explorer(real(), lang="zh")
    assert isinstance(box, widgets.VBox)
    assert isinstance(box.children[2], widgets.Image)
    with pytest.raises(UsageError, match="no such language: de"):
        explorer(real(), lang="de")


def test_empty_corpus_is_said() -> None:
    empty = Corpus(**{name: getattr(real(), name).head(0) for name in govinfo.corpus.FRAMES})
    assert panel(empty).remarks.value.startswith("<p>Nothing is chosen.")


def test_without_ipywidgets_the_package_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['ipywidgets'] = None\nimport govinfo\n"
        "try:\n    import govinfo.explorer\nexcept govinfo.MissingSoftware as error:\n    print(error)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "The explorer needs ipywidgets. Install it with: pip install 'govinfo[lab]'\n"


# The page


def test_voila_shows_the_panel(tmp_path: Path) -> None:
    pytest.importorskip("voila", reason="voila is not installed: pip install 'govinfo[lab]'")
    chromium()
    folder = workspace(tmp_path / "copy")
    command = [
        "voila", str(folder / "notebooks" / "explorer.ipynb"), "--no-browser", "--port={port}", "--Voila.ip=127.0.0.1"
    ]  # fmt: skip
    with server(command, tmp_path / "home", tmp_path / "log") as address, browser_page(1000, 1500) as page:
        page.goto(address, timeout=60_000)
        picture = page.locator("img.widget-image")
        picture.wait_for(state="visible", timeout=60_000)
        assert page.locator("td", has_text=SHUYANG).count() > 0
        before = picture.get_attribute("src")
        page.get_by_label("Agencies").select_option(label=PINGTAN)
        page.get_by_label("What to show").select_option(label="How requests were decided")
        page.locator("th", has_text="Share").first.wait_for(timeout=30_000)
        assert picture.get_attribute("src") != before
        assert page.locator("td", has_text=SHUYANG).count() == 0
        with page.expect_download() as saved:
            page.get_by_role("link", name="Table (Excel)").click()
        read = pd.read_excel(saved.value.path())
        assert set(read["Agency"]) == {PINGTAN}
        page.get_by_role("button", name="中文").click()
        page.locator("th", has_text="占比").first.wait_for(timeout=30_000)
        keep_screenshot(page, tmp_path, "explorer")
        for width in (1300, 1000, 400):
            page.set_viewport_size({"width": width, "height": 1500})
            page.wait_for_timeout(300)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            keep_screenshot(page, tmp_path, f"explorer-{width}")
        assert page.locator("text=Traceback").count() == 0
        assert page.locator("div.highlight").count() == 0
