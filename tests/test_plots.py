from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from govinfo import metrics, plots
from govinfo.corpus import Corpus, read_reports
from govinfo.errors import FileUnreadable, UsageError
from govinfo.files import fonts
from govinfo.files.fonts import chinese_font
from govinfo.forms import forms
from govinfo.identity.english import english as english_name
from govinfo.plots.style import SOURCE, percent, words
from govinfo.synthetic import synthetic

ROOT = Path(__file__).resolve().parents[1]
RAW, DOCS = ROOT / "data" / "raw", ROOT / "docs"
Chart = Callable[..., Figure]
Frames = Callable[[str], tuple[pd.DataFrame, ...]]

EACH = [name for name in plots.CHARTS if name not in ("disclosure", "refusal", "reconsideration", "backlog", "funnel")]
"""One chart of each function."""

PINGTAN = {"agency_id": "平潭综合实验区"}
GAPS = {**PINGTAN, "year": (2014, 2016, 2018, 2019, 2021, 2022, 2023)}
"""Some years of a series that has them all."""

PINGTAN_EN = "Pingtan Comprehensive Experimental Zone"
SHUYANG = {"agency": "沐阳县人民政府"}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The reports of the repository."""
    return read_reports(RAW)


@pytest.fixture(scope="module")
def frames(corpus: Corpus) -> Frames:
    """The frames of a chart, from the reports of a few agencies: enough for what takes a layout."""
    few = [corpus.select(**select) for select in (PINGTAN, SHUYANG)]
    joined = {name: pd.concat([getattr(one, name) for one in few]) for name in ("cells", "reports", "findings")}
    return cache(lambda name: plots.CHARTS[name].frames(few[1] if name == "flow" else replace(corpus, **joined)))


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    """No figure outlives its test."""
    yield
    plt.close("all")


@pytest.fixture
def no_chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which no font writes Chinese."""
    monkeypatch.setattr(fonts, "packaged_font", lambda: None)
    monkeypatch.setattr(fonts, "installed_font", lambda: None)
    chinese_font.cache_clear()
    yield
    chinese_font.cache_clear()


@pytest.fixture(scope="module")
def english(corpus: Corpus) -> Chart:
    """Charts by name, in English, each drawn once: tests only look at them."""

    @cache
    def chart(name: str, **select: str) -> Figure:
        return plots.draw(name, corpus, **({**SHUYANG, **select} if name == "flow" else select))

    return chart


def texts_of(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text() and text.get_visible()]


def said_below(figure: Figure) -> str:
    (line,) = [text.get_text() for text in figure.findobj(Text) if text.get_gid() == SOURCE]
    return str(line)


def bar_values(ax: Axes, label: str, along: str = "width") -> list[float]:
    (bars,) = [bars for bars in ax.containers if bars.get_label() == label]
    return [round(float(getattr(bar, f"get_{along}")()), 6) for bar in bars]


def rate_frame(**columns: object) -> pd.DataFrame:
    """A result of a rate made by hand."""
    rows = {"numerator": [6.0, 30.0], "denominator": [20.0, 60.0], "rate": [0.3, 0.5], "low": [0.1, 0.4]}
    return pd.DataFrame(
        {**rows, "high": [0.5, 0.6], "small": [True, False], "reports": [1, 1], "left_out": [0, 0], **columns}
    )


# --- every chart, in both languages ---


@pytest.mark.parametrize("name", list(plots.CHARTS))
def test_every_chart_says_what_it_shows_and_where_it_is_from(name: str, frames: Frames) -> None:
    figure = plots.CHARTS[name].draw(*frames(name)).get_figure(root=True)
    assert figure.axes[0].get_title(loc="left")
    assert "annual report" in said_below(figure)


@pytest.mark.parametrize("name", EACH)
def test_no_glyph_is_missing(name: str, frames: Frames) -> None:
    if chinese_font() is None:
        pytest.skip("no font here writes Chinese")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = plots.CHARTS[name].draw(*frames(name), lang="zh").get_figure(root=True)
        figure.draw_without_rendering()
    assert "政府信息公开工作年度报告" in said_below(figure)


@pytest.mark.parametrize("name", EACH)
def test_without_a_chinese_font_labels_are_english_and_names_romanised(
    name: str, frames: Frames, no_chinese: None
) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure = plots.CHARTS[name].draw(*frames(name), lang="zh").get_figure(root=True)
    (only,) = [str(warning.message) for warning in caught if not issubclass(warning.category, ResourceWarning)]
    assert "pip install 'govinfo[zh]'" in only
    assert re.search("In this chart: .* = .*[\u4e00-\u9fff]", only)
    assert not [text for text in texts_of(figure) if re.search("[\u4e00-\u9fff]", text)]


def test_english_charts_of_english_names_need_no_chinese_font(no_chinese: None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plots.rates(rate_frame(agency=["Hill", "Dale"]), "refusal_rate").figure.draw_without_rendering()


def test_a_chinese_chart_of_english_names_falls_back_with_a_warning(no_chinese: None) -> None:
    with pytest.warns(UserWarning, match="No font here writes"):
        ax = plots.rates(rate_frame(agency=["Hill", "Dale"]), "refusal_rate", lang="zh")
    assert ax.get_title(loc="left") == "Refusal rate"


def test_the_font_of_the_extra_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = tmp_path / "somefont" / "Some.otf"
    font.parent.mkdir()
    (font.parent / "__init__.py").write_text("raise RuntimeError('a font package need not be imported')")
    font.write_bytes(b"")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(fonts, "PACKAGED", (("somefont", "Some.otf"),))
    assert fonts.packaged_font() == font
    monkeypatch.setattr(fonts, "PACKAGED", (("no_such_package", "Some.otf"),))
    assert fonts.packaged_font() is None


def test_drawing_changes_no_setting_of_matplotlib(english: Chart) -> None:
    before = dict(mpl.rcParams)
    english("outcomes")
    assert dict(mpl.rcParams) == before
    assert plt.get_fignums() == []


def test_tick_labels_keep_their_font_when_drawn_later(corpus: Corpus) -> None:
    if chinese_font() is None:
        pytest.skip("no font here writes Chinese")
    ax = plots.outcomes(metrics.outcomes(corpus.cells))
    ax.set_yticks(range(2), ["汾阳市", "朔州市"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax.figure.draw_without_rendering()


# --- what the charts show ---


def test_volumes_over_time_have_gaps_and_breaks(english: Chart) -> None:
    (ax,) = english("volumes", **GAPS).axes
    assert [label.get_text() for label in ax.get_xticklabels()] == [str(year) for year in range(2014, 2024)]
    (bars,) = [bars for bars in ax.containers if bars.get_label() == "Newly received"]
    drawn = {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in bars}
    assert drawn == {2014: 1, 2016: 0, 2018: 0, 2019: 23, 2021: 70, 2022: 74, 2023: 81}
    written = [(text.get_text(), text.xy[0]) for text in ax.texts if text.get_text() == "no report"]
    assert written == [("no report", 2015), ("no report", 2017), ("no report", 2020)]
    breaks = [float(line.get_xdata()[0]) for line in ax.lines if line.get_gid() == "break"]
    assert breaks == [2018.5, 2020.5]
    assert [text.get_text() for text in ax.texts if text.get_gid() == "break"] == [
        "form 2008",
        "form 2019",
        "form 2021",
    ]


def test_a_figure_that_is_not_printed_is_no_bar_of_zero(english: Chart) -> None:
    figure = english("volumes", **GAPS)
    handled = next(line for line in figure.axes[0].lines if line.get_label() == "Handled")
    assert np.ma.getmaskarray(handled.get_ydata()).tolist() == [True, True, True, False, False, False, False]
    assert "Handled: no figure in 3 of them" in said_below(figure)


def test_outcomes_add_up_and_say_what_is_left_out(english: Chart) -> None:
    figure = english("outcomes")
    (ax,) = figure.axes
    names = [label.get_text() for label in ax.get_yticklabels()]
    at = names.index("Muyang County Government 2025")
    labels = ["Granted", "Partly granted", "Refused", "Unable to provide", "Not processed", "Other"]
    shares = [bar_values(ax, label)[at] for label in labels]
    assert shares == [round(count / 718, 6) for count in (294, 101, 32, 113, 19, 159)]
    assert (
        sum(
            bar_values(ax, label)[names.index("Shanghai Municipality Government General Office 2019")]
            for label in labels
        )
        == 0
    )
    assert texts_of(figure).count("no figure") == 10
    assert "10 left out" in said_below(figure)
    assert "(18 reports)" in said_below(figure), "those drawn count, those left out do not"
    assert "none: nothing to divide by" in texts_of(figure)


def test_parts_that_are_more_than_their_total_are_drawn_as_printed_and_what_is_written_stays_apart(
    english: Chart,
) -> None:
    """27 outcomes of 21 handled went beyond the axes, into the number of requests."""
    for select in ({}, PINGTAN):
        figure = english("outcomes", **select)
        figure.draw_without_rendering()
        (ax,) = figure.axes
        reach = ax.get_ylim()[1] if select else ax.get_xlim()[1]
        assert reach == pytest.approx(27 / 21)
        assert "Bars beyond 100%" in said_below(figure)
        inside = [text.get_window_extent() for text in ax.texts if text.get_text().endswith("%")]
        counts = [text.get_window_extent() for text in ax.texts if text.get_text().startswith("n = ")]
        assert not [one for one in inside for other in counts if one.overlaps(other)]
    assert english("outcomes", **PINGTAN, year=(2021, 2022)).axes[0].get_ylim()[1] == 1


def test_a_thin_bar_among_many_years_carries_no_figure_wider_than_itself(english: Chart) -> None:
    figure = english("outcomes", **PINGTAN)
    figure.draw_without_rendering()
    (ax,) = figure.axes
    widths = [bar.get_window_extent().width for bars in ax.containers for bar in bars]
    written = [text.get_window_extent().width for text in ax.texts if text.get_text().endswith("%")]
    assert max(written) < max(widths)
    assert not [text for text in ax.texts if text.get_text().endswith("%") and round(text.get_position()[0]) < 2021]


def test_bars_of_few_requests_are_thin(english: Chart) -> None:
    (ax,) = english("outcomes").axes
    names = [label.get_text() for label in ax.get_yticklabels()]
    granted = next(bars for bars in ax.containers if bars.get_label() == "Granted")
    thin = {name for name, bar in zip(names, granted, strict=True) if bar.get_height() < 0.5}
    assert "Huai'an City Hongze District Government 2023" in thin
    assert "Pingtan Comprehensive Experimental Zone 2023" not in thin
    assert not [bar for bars in ax.containers for bar in bars if bar.get_hatch()]


def test_agencies_stand_in_order_of_value_the_years_of_one_together(english: Chart) -> None:
    names = [label.get_text() for label in english("volumes").axes[0].get_yticklabels()]
    office = "Shanghai Municipality Government General Office"
    first = ["Huai'an City Government 2024", f"{office} 2019", f"{office} 2025", "Muyang County Government 2025"]
    assert names[:4] == first
    assert names[4:19] == [f"{PINGTAN_EN} {year}" for year in range(2011, 2026)]


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0%"), (0.004, "<1%"), (0.0049, "<1%"), (0.4, "40%"), (0.996, ">99%"), (1, "100%")]
)
def test_what_is_not_nothing_is_not_written_as_nothing(share: float, said: str) -> None:
    assert percent(share) == said


def test_no_share_of_reasons_given_is_nothing(english: Chart) -> None:
    assert not [text for text in texts_of(english("reasons")) if "(0%)" in text]


def test_no_label_of_a_heat_map_is_cut(english: Chart) -> None:
    for name in ("doubts", "reasons-by-agency"):
        axis = english(name).axes[0]
        assert not [text for text in (*axis.get_yticklabels(), *axis.get_xticklabels()) if "…" in text.get_text()]


def test_a_dollar_sign_in_a_name_begins_no_formula() -> None:
    ax = plots.volumes(
        pd.DataFrame({"agency": ["A $x_1$", "B"], "new": 3.0, "carried_in": 1.0, "handled": 2.0, "reports": 1})
    )
    label = ax.get_yticklabels()[0]
    assert label._preprocess_math(label.get_text()) == ("A $x_1$", False)


def test_a_report_without_an_agency_is_drawn_under_its_id(corpus: Corpus) -> None:
    report_id = corpus.reports["report_id"].iloc[0]
    reports, cells = corpus.reports.copy(), corpus.cells.copy()
    reports.loc[reports["report_id"] == report_id, ["agency", "agency_en", "agency_id"]] = pd.NA
    cells.loc[cells["report_id"] == report_id, "agency"] = pd.NA
    nameless = replace(corpus, reports=reports, cells=cells)
    figure = plots.draw("volumes", nameless)
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert len(set(labels)) == len(corpus.reports)
    assert f"{english_name(report_id)} {reports['year'].iloc[0]}" in labels
    for name in ("outcomes", "funnel", "backlog", "multiples", "quality"):
        plots.draw(name, nameless)
    plots.draw("volumes", nameless, report_id=report_id)


def test_what_has_a_single_year_gets_no_panel_where_others_have_several(english: Chart) -> None:
    figure = english("multiples")
    panels = figure.axes[0].child_axes
    names = {panel.get_title(loc="left").replace("\n", " ") for panel in panels}
    assert names == {
        PINGTAN_EN, "Huai'an City Hongze District Government", "Shanghai Municipality Government General Office"
    }  # fmt: skip
    assert "10 not drawn: a single year" in said_below(figure)


def test_outcome_colours_are_the_same_in_every_chart(english: Chart) -> None:
    used: dict[str, set[str]] = {}
    for name in ("outcomes", "reasons"):
        for bars in english(name).axes[0].containers:
            used.setdefault(str(bars.get_label()), set()).add(to_hex(bars[0].get_facecolor()))
    ends = {patch.get_facecolor() for patch in english("flow").axes[0].patches}
    for shown in plots.palette("outcome").values():
        assert used[shown.label_en] == {to_hex(shown.colour)}
        assert (*to_rgb(shown.colour), 1) in ends


def test_rates_are_ranked_and_hollow_over_few_requests() -> None:
    ax = plots.rates(rate_frame(agency=["Hill", "Dale"]), "refusal_rate")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Dale (n = 60)", "Hill (n = 20)"]
    ground = {line.get_xdata()[0]: line.get_markerfacecolor() for line in ax.lines if line.get_marker() == "o"}
    assert ground[0.3] == "white"
    assert ground[0.5] != "white"


def test_a_missing_rate_is_said_and_not_drawn() -> None:
    frame = rate_frame(agency=["Hill", "Dale"], rate=[0.3, np.nan], denominator=[20.0, 0.0], low=[0.1, np.nan])
    ax = plots.rates(frame, "refusal_rate")
    assert len([line for line in ax.lines if line.get_marker() == "o"]) == 1
    assert "none: nothing to divide by" in [text.get_text() for text in ax.texts]


@pytest.mark.parametrize(
    ("years", "printed", "joined"),
    [
        ([2021, 2022], ["2021", "2021"], 1),
        ([2021, 2023], ["2021", "2021"], 0),
        ([2020, 2021], ["2019", "2021"], 0),
    ],
)
def test_points_are_joined_only_from_year_to_year_within_a_form(
    years: list[int], printed: list[str], joined: int
) -> None:
    ax = plots.rates(rate_frame(year=years, form=printed), "refusal_rate")
    assert len([line for line in ax.lines if len(line.get_xdata()) == 2 and list(line.get_xdata()) == years]) == joined


def test_years_are_sorted_whatever_the_order_of_the_frame() -> None:
    ax = plots.rates(rate_frame(year=[2022, 2021], form=["2021", "2021"]), "refusal_rate")
    points = [(line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines if line.get_marker() == "o"]
    assert points == [(2021, 0.5), (2022, 0.3)]


def test_an_interval_far_beyond_the_rates_ends_in_an_arrow(english: Chart) -> None:
    figure = english("litigation")
    (ax,) = figure.axes
    assert [line.get_marker() for line in ax.lines].count(">") == 1
    assert "Arrow: the interval goes beyond the chart" in said_below(figure)
    assert "need not concern that year's requests" in said_below(figure)


def test_corrections_keep_routes_apart(english: Chart) -> None:
    (ax,) = english("corrections").axes
    names = [label.get_text() for label in ax.get_yticklabels()]
    colour = plots.palette("route")["reconsideration"].colour
    drawn = {
        names[round(line.get_ydata()[0] + 0.2)]: line.get_xdata()[0]
        for line in ax.lines
        if line.get_marker() == "o" and line.get_color() == colour and len(line.get_xdata())
    }
    assert drawn["Muyang County Government 2025"] == pytest.approx(10 / 46)
    assert drawn[f"{PINGTAN_EN} 2022"] == pytest.approx(1 / 2)


def test_a_funnel_names_agencies_outside_the_limits() -> None:
    frame = pd.DataFrame(
        {
            "agency": ["Hill", "Dale", "Moor"],
            "numerator": [100.0, 100.0, 1.0],
            "denominator": [1000.0, 200.0, 9.0],
            "rate": [0.1, 0.5, 1 / 9],
            "low": 0.0,
            "high": 1.0,
        }
    ).assign(reports=1, left_out=0)
    assert {text.get_text() for text in plots.funnel(frame, "refusal_rate").texts if text.get_gid() != SOURCE} == {
        "Hill",
        "Dale",
    }


def test_a_funnel_says_how_many_lie_outside_its_limits() -> None:
    said = said_below(funnel_of([(20, 1000), (900, 3000), (60, 2000)]).figure)
    assert "Outside the 95 % limits: 3 of 3" in said


def test_names_that_are_asked_for_stand_in_a_funnel_even_over_points() -> None:
    rng = np.random.default_rng(1)
    handled = np.exp(rng.uniform(3, 8, 4000)).round()
    frame = pd.DataFrame(
        {"agency": [f"Agency {n} of a place with a long name" for n in range(4000)], "denominator": handled}
    )
    frame["rate"] = rng.uniform(0, 1, 4000)
    frame = frame.assign(numerator=frame["rate"] * handled, low=0.0, high=1.0, reports=1, left_out=0)
    in_the_crowd = frame[frame["rate"].between(0.45, 0.55) & frame["denominator"].between(200, 300)]
    asked = in_the_crowd["agency"].head(2).tolist()
    ax = plots.funnel(frame, "refusal_rate", highlight=asked)
    ax.figure.draw_without_rendering()
    names = {text.get_text(): Text.get_window_extent(text) for text in ax.texts if text.get_gid() != SOURCE}
    assert {name.replace("\n", " ") for name in names} == set(asked)
    points = ax.transData.transform(ax.collections[0].get_offsets())
    assert all(any(name.contains(*point) for point in points) for name in names.values()), "there was a free place"


def funnel_of(rates: list[tuple[float, float]], metric: str = "refusal_rate", longer: str = "") -> Axes:
    """A funnel of agencies with these numerators and denominators."""
    per = metrics.METRICS[metric].per
    frame = pd.DataFrame(rates, columns=["numerator", "denominator"])
    frame = frame.assign(
        agency=[f"Agency {n}{longer}" for n in range(len(frame))], low=0.0, high=1.0, reports=1, left_out=0
    )
    return plots.funnel(frame.assign(rate=frame["numerator"] / frame["denominator"] * per), metric)


@pytest.mark.parametrize(
    ("many", "longer", "named"), [(60, "", {12}), (250, " of a place with a long name", range(1, 13))]
)
def test_names_in_a_funnel_cover_no_point_and_no_other_name(many: int, longer: str, named: Collection[int]) -> None:
    """Of a name for which no place was free, the letters stood over those of another."""
    rng = np.random.default_rng(4)
    volumes = np.exp(rng.uniform(3, 8, many)).round()
    ax = funnel_of(
        [(round(n * share), n) for n, share in zip(volumes, rng.beta(2, 8, many), strict=True)], longer=longer
    )
    ax.figure.draw_without_rendering()
    # An annotation with a line to its point would count the line in.
    names = [Text.get_window_extent(text) for text in ax.texts if text.get_gid() != SOURCE]
    points = ax.transData.transform(ax.collections[0].get_offsets())
    assert len(names) in named
    assert not [pair for pair in combinations(names, 2) if pair[0].overlaps(pair[1])]
    assert not [point for point in points for name in names if name.contains(*point)]


def test_the_scale_of_a_funnel_fits_its_data() -> None:
    low, high = funnel_of([(20, 1000), (90, 3000), (60, 2000)]).get_ylim()
    assert -0.01 < low < 0.02
    assert 0.03 < high < 0.08


def test_the_limits_of_a_funnel_have_their_names() -> None:
    legend = funnel_of([(20, 100), (90, 300)]).get_legend()
    assert legend
    assert [text.get_text() for text in legend.get_texts()] == ["Pooled rate", "95 % limits", "99.8 % limits"]


def test_a_flow_has_the_figures_of_the_report(english: Chart) -> None:
    said = texts_of(english("flow"))
    for words_ in ("Newly received 713", "Carried in 36", "To be handled 749", "Handled 718", "Carried over 31"):
        assert words_ in said
    assert "Granted 294 (41%)" in said
    assert not [text for text in said if text.startswith("Sums disagree")]


def test_a_flow_shows_by_how_much_sums_disagree(english: Chart) -> None:
    said = texts_of(english("flow", agency="新绛县三泉镇人民政府"))
    assert said.count("Sums disagree 2") == 2
    assert "Granted 2 (100%)" in said


def test_a_flow_of_blanks_is_refused(english: Chart, corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="a blank is not 0"):
        english("flow", agency="上海市人民政府办公厅", year=2019)
    with pytest.raises(UsageError, match="one unit, not 15"):
        plots.draw("flow", corpus, **PINGTAN)


@pytest.mark.parametrize("name", ["outcomes", "applicants", "volumes", "disclosure"])
def test_fifteen_years_in_a_column_of_print_do_not_overlap(name: str, english: Chart) -> None:
    figure = english(name, **PINGTAN, size="column")
    figure.draw_without_rendering()
    (ax,) = figure.axes
    boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert not [one for one, other in pairwise(boxes) if one.overlaps(other)]
    assert figure.get_figheight() < 7
    if name in ("outcomes", "applicants"):
        assert "2025 (n = 148)" in texts_of(figure) or "2025 (n = 154)" in texts_of(figure)


def test_what_is_too_wide_for_a_column_of_print_is_not_squeezed_into_one(corpus: Corpus, english: Chart) -> None:
    for name, select in {
        "flow": SHUYANG,
        "doubts": {},
        "quality": {},
        "reasons-by-agency": {},
        "multiples": {},
    }.items():
        with pytest.raises(UsageError, match="does not fit a column of print"):
            english(name, size="column", **select)
    with pytest.raises(UsageError, match="此图在单栏中放不下"):
        plots.draw("quality", corpus, lang="zh", size="column")


@pytest.mark.parametrize("name", ["funnel", "corrections", "applicants"])
def test_nothing_is_cut_in_a_column_of_print(name: str, english: Chart) -> None:
    """Names and legends stood beyond the edge of the paper."""
    figure = english(name, size="column")
    figure.draw_without_rendering()
    (ax,) = figure.axes
    texts = [*ax.texts, *(ax.get_legend().get_texts() if ax.get_legend() else [])]
    for text in texts:
        box = text.get_window_extent()
        assert -2 < box.x0 < box.x1 < figure.bbox.x1 + 2, text.get_text()
    assert ax.get_window_extent().width > 0.2 * figure.bbox.width


@pytest.mark.parametrize("name", ["reasons-by-agency", "corrections", "outcomes", "applicants", "quality"])
def test_long_names_leave_a_chart_its_room(name: str, corpus: Corpus) -> None:
    """The axes collapsed between the names and a wide legend; the chart was drawn over itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = plots.draw(name, corpus)
        figure.draw_without_rendering()
    assert figure.axes[0].get_window_extent().width > 0.25 * figure.bbox.width


def test_numbers_of_a_short_log_scale_are_written_as_numbers(english: Chart) -> None:
    figure = english("funnel", **PINGTAN)
    figure.draw_without_rendering()
    written = [label.get_text() for label in figure.axes[0].get_xticklabels(which="both") if label.get_text()]
    assert len(written) > 2
    assert all(re.fullmatch(r"[\d,]+", text) for text in written), written


def test_why_a_chart_cannot_be_drawn_is_said_in_its_language(corpus: Corpus) -> None:
    """The explorer shows these sentences to people who chose Chinese."""
    before = corpus.select(agency_id="平潭综合实验区", year=range(2011, 2019))
    one = corpus.select(source="fenxi-2023.txt")
    refused = [
        ("flow", before, "流程图只画一份报告，此处有8份。 请选择一个机关和一个年份。"),
        ("flow", corpus.select(source="pingtan-2014.html"), "空白不等于0"),
        ("reasons", before, "未列任何未提供的理由"),
        ("reasons-by-agency", before, "未列任何未提供的理由"),
        ("corrections", before, "没有已审结的案件"),
        ("funnel", before, "没有可画的比率。"),
        ("dots", before, "没有可画的比率。"),
        ("slopes", one, "两年对照图需要两个年份"),
        ("map", before, "没有省份有可画的比率"),
        ("doubts", before, "没有属于表 requests 的单元格"),
    ]
    for name, chosen, said in refused:
        with pytest.raises(UsageError) as refusal:
            plots.draw(name, chosen, lang="zh")
        assert said in str(refusal.value), name
        assert "nothing to draw" not in str(refusal.value)


def test_doubts_count_doubts_and_not_blanks() -> None:
    cells = pd.DataFrame(
        [
            ("a", "requests", "new", "total", "reported", ""),
            ("a", "requests", "handled", "total", "blank", ""),
            ("b", "requests", "new", "total", "reported", "glued"),
            ("b", "requests", "handled", "total", "unreadable", ""),
        ],
        columns=["report_id", "table", "row", "column", "kind", "doubts"],
    ).assign(value=pd.NA)
    ax = plots.doubts(cells)
    assert ax.collections[0].get_array().ravel().tolist() == [0.5, 0.5]
    cells.loc[3, "kind"] = "blank"
    assert plots.doubts(cells).collections[0].get_array().ravel().tolist() == [0.5, 0.0]


def test_quality_shows_kinds_and_failing_sums() -> None:
    sheet = pd.DataFrame(
        {
            "report_id": ["a", "b"],
            "agency": ["Hill", "Dale"],
            "year": pd.array([2021, 2021], dtype="Int64"),
            "cells": [200, 100],
            "reported": [150, 100],
            "blank": [30, 0],
            "dash": [10, 0],
            "unreadable": [10, 0],
            "doubtful": [20, 0],
            "R1": [0, 3],
            "R2": [0, 0],
            "unknown": [7, 0],
        }
    )
    left, right = plots.quality(sheet).child_axes
    assert [label.get_text() for label in left.get_yticklabels()] == ["Hill", "Dale"]
    assert bar_values(left, "A figure") == [0.75, 1]
    assert bar_values(left, "Unreadable") == [0.05, 0]
    assert next(line for line in left.lines).get_xdata().tolist() == [0.1, 0]
    assert sorted(text.get_text() for text in right.texts if text.get_gid() != SOURCE) == ["3", "7"]


def test_names_and_rules_beside_two_panels_do_not_meet(corpus: Corpus) -> None:
    figure = plots.draw("quality", corpus)
    figure.draw_without_rendering()
    (ax,) = figure.axes
    left, right = ax.child_axes
    for labels in (left.get_yticklabels(), right.get_xticklabels()):
        boxes = [label.get_window_extent() for label in labels]
        assert not [one for one, other in pairwise(boxes) if one.overlaps(other)]
    line = next(text for text in figure.findobj(Text) if text.get_gid() == SOURCE)
    assert not line.get_window_extent().overlaps(right.xaxis.label.get_window_extent())


def test_reasons_by_agency_are_shares_of_all_reasons(english: Chart) -> None:
    ax = english("reasons-by-agency").axes[0]
    rows = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    columns = [label.get_text() for label in ax.get_xticklabels()]
    shares = pd.DataFrame(ax.collections[0].get_array().reshape(len(rows), len(columns)), rows, columns)
    assert shares.sum(axis=1).round(9).eq(1).all()
    assert shares.loc[f"{PINGTAN_EN} 2023 (n = 39)", "Not held"] == pytest.approx(31 / 39)


def test_reasons_are_ranked(english: Chart) -> None:
    (ax,) = english("reasons").axes
    widths = [bar[0].get_width() for bar in ax.containers]
    assert widths == sorted(widths, reverse=True)
    assert ax.get_yticklabels()[0].get_text() == "Not held"
    assert widths[0] == sum((2, 2, 10, 31, 7, 4, 25, 37, 31, 75, 50, 6, 0, 16, 111, 769, 4, 513, 0)), (
        "Fenxi, Fenyang, Hongze (2), Pingtan (7), Ruzhou, Sanquan, Shuozhou, Muyang, Huai'an, Shanghai (2), Shuyang"
    )


def test_small_multiples_share_years_and_say_that_scales_differ() -> None:
    figure = plots.draw("multiples", synthetic(4, years=(2019, 2024), seed=3).corpus())
    panels = figure.axes[0].child_axes
    assert len(panels) == 4
    assert len({panel.get_xlim() for panel in panels}) == 1
    assert len({panel.get_ylim() for panel in panels}) > 1
    assert "Each panel has its own scale" in said_below(figure)


def test_small_multiples_of_one_scale() -> None:
    frame = pd.concat([rate_frame(agency=name, year=[2021, 2022], form="2021") for name in ("Hill", "Dale")])
    frame.loc[frame["agency"] == "Dale", "high"] = 0.9

    def refusal(part: pd.DataFrame, *, ax: Axes, lang: str) -> Axes:
        return plots.rates(part, "refusal_rate", ax=ax, lang=lang)

    panels = plots.small_multiples(frame.reset_index(drop=True), refusal).child_axes
    assert len({panel.get_ylim() for panel in panels}) == 1


def test_a_chart_draws_on_given_axes() -> None:
    figure, (left, right) = plt.subplots(1, 2)
    assert plots.rates(rate_frame(agency=["Hill", "Dale"]), "refusal_rate", ax=right) is right
    assert not left.lines
    assert figure.axes == [left, right]


def test_a_pooled_result_is_one_unit(corpus: Corpus) -> None:
    without_two = corpus.cells[corpus.cells["year"] != 2019]
    ax = plots.outcomes(metrics.outcomes(without_two, by=()))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["All reports"]


# --- wrong use ---


def test_wrong_names_list_the_near_ones(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="Near: outcomes"):
        plots.draw("outcome", corpus)
    with pytest.raises(UsageError, match="Near: agency"):
        plots.draw("outcomes", corpus, agncy="x")
    with pytest.raises(UsageError, match=r"Near: .*沐阳县人民政府"):
        plots.draw("outcomes", corpus, agency="沐阳县政府")
    with pytest.raises(UsageError, match="no such language: cn"):
        plots.draw("outcomes", corpus, "cn")
    with pytest.raises(UsageError, match="refusal_rate"):
        plots.rates(rate_frame(agency=["Hill", "Dale"]), "refusal")


def test_frames_that_do_not_fit_are_refused(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match=r"govinfo\.metrics\.outcomes"):
        plots.outcomes(corpus.cells)
    with pytest.raises(UsageError, match="no rows"):
        plots.volumes(metrics.volumes(corpus.cells).head(0))
    with pytest.raises(UsageError, match=r"unknown group: refsed.*Near: refused"):
        plots.outcomes(metrics.outcomes(corpus.cells).replace({"group": {"refused": "refsed"}}))


def test_a_year_may_be_given_as_a_number_or_as_text(english: Chart) -> None:
    for year in (2023, "2023"):
        (ax,) = english("outcomes", year=year).axes
        assert len(ax.get_yticklabels()) == 4


# --- files ---


@pytest.mark.parametrize(("suffix", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_saved_files_hold_the_fonts_and_are_the_same_each_time(suffix: str, start: bytes, tmp_path: Path) -> None:
    frame = rate_frame(agency=["汾阳市", "朔州市"])
    charts = [plots.rates(frame, "refusal_rate", lang="zh").get_figure(root=True) for _ in range(2)]
    one, two = (plots.save(figure, tmp_path / f"{n}.{suffix}") for n, figure in enumerate(charts, start=1))
    content = one.read_bytes()
    assert content.startswith(start)
    assert content == two.read_bytes()
    assert len(content) < 300_000
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"1.{suffix}", f"2.{suffix}"]
    if suffix == "svg":
        assert b"<text" not in content
    if suffix == "pdf":
        assert b"/FontFile" in content or b"/Type3" in content


def test_other_suffixes_and_folders_are_refused(english: Chart, tmp_path: Path) -> None:
    figure = english("reasons")
    with pytest.raises(UsageError, match=r"\.png, \.svg or \.pdf"):
        plots.save(figure, tmp_path / "chart.jpg")
    (tmp_path / "chart.png").mkdir()
    with pytest.raises(FileUnreadable, match="is a folder"):
        plots.save(figure, tmp_path / "chart.png")


# --- colours and words ---

SIGHT = {
    "all colours": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
}
"""How eyes without red or green cones see linear RGB (Machado, Oliveira and Fernandes 2009, severity 1)."""


def lab(colour: str, sight: np.ndarray) -> np.ndarray:
    """CIELAB of a colour as such eyes see it."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(sight @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    ratio = xyz / np.array([0.9505, 1, 1.089])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("kind", ["outcome", "applicant", "route"])
def test_colours_differ_for_every_eye(kind: str, sight: str) -> None:
    colours = [shown.colour for shown in plots.palette(kind).values()]
    for one, other in combinations(colours, 2):
        assert np.linalg.norm(lab(one, SIGHT[sight]) - lab(other, SIGHT[sight])) > 20, (one, other)


def test_the_palette_names_things_as_the_tables_do() -> None:
    assert {code: (c.label_en, c.label_zh) for code, c in plots.palette("outcome").items()} == dict(metrics.GROUPS)
    columns = {column.code: column for column in forms()["2021"].tables["requests"].columns}
    for code, shown in plots.palette("applicant").items():
        assert (shown.label_en, shown.label_zh) == (columns[code].label_en, columns[code].label_zh)


def test_every_wording_is_there_in_both_languages_with_the_same_blanks() -> None:
    for key, line in words().items():
        assert line["en"], key
        assert line["zh"], key
        assert set(re.findall(r"\{\w+\}", line["en"])) == set(re.findall(r"\{\w+\}", line["zh"])) or key == "source_one"


# --- documentation ---


def test_the_gallery_shows_every_chart() -> None:
    gallery = (DOCS / "gallery.md").read_text(encoding="utf-8")
    pictures = set(re.findall(r"\(img/gallery/([\w-]+\.png)\)", gallery))
    assert set(re.findall(r'draw\("([\w-]+)"', gallery)) == set(plots.CHARTS)
    assert pictures == {path.name for path in (DOCS / "img" / "gallery").iterdir()}


@pytest.mark.skipif(fonts.packaged_font() is None, reason="the gallery is drawn with the font of the extra zh")
@pytest.mark.parametrize(
    ("name", "options", "picture"),
    [
        ("volumes", PINGTAN, "volumes-years"),
        ("outcomes", {**PINGTAN, "lang": "zh"}, "outcomes-years-zh"),
        ("flow", SHUYANG, "flow"),
    ],
)
def test_charts_look_as_in_the_gallery(
    name: str, options: dict[str, str], picture: str, corpus: Corpus, tmp_path: Path
) -> None:
    """Pictures may differ a little between versions of the drawing library, not by a part that moved or went."""
    drawn = plots.save(plots.draw(name, corpus, **options), tmp_path / "drawn.png")
    with Image.open(DOCS / "img" / "gallery" / f"{picture}.png") as shown, Image.open(drawn) as now:
        wanted = shown.convert("L").resize((400, 250))
        got = now.convert("L").resize((400, 250))
    assert np.abs(np.asarray(wanted, dtype=float) - np.asarray(got, dtype=float)).mean() < 4


def test_a_chart_of_a_corpus_is_that_of_its_frame(corpus: Corpus) -> None:
    for chart in (plots.volumes, plots.outcomes, plots.applicants, plots.quality, plots.doubts, plots.corrections):
        assert chart(corpus).get_title(loc="left")
    for chart in (plots.rates, plots.funnel):
        assert chart(corpus, "refusal_rate").get_title(loc="left").startswith("Refusal rate")
    assert plots.flow(corpus.select(**SHUYANG)).get_title(loc="left")
    with pytest.raises(UsageError, match="a flow needs the outcomes too"):
        plots.flow(metrics.volumes(corpus))


def test_a_funnel_that_allows_for_what_agencies_differ_by_is_wider() -> None:
    made = metrics.disclosure_rate(synthetic(60, (2024, 2024), seed=1).corpus(), by=("agency_id", "agency"))
    plain, wide = plots.funnel(made, "disclosure_rate"), plots.funnel(made, "disclosure_rate", adjusted=True)

    def width(ax: Axes) -> float:
        lines = [line for line in ax.lines if line.get_label() == "95 % limits"]
        return float(abs(lines[1].get_ydata()[-1] - lines[0].get_ydata()[-1]))

    assert width(wide) > 2 * width(plain)
    assert len(wide.texts) < len(plain.texts)
