"""What an explorer shows: from a corpus and a choice to a chart, a table in plain words, and remarks."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from io import BytesIO
from types import MappingProxyType
from typing import cast

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from govinfo.corpus import Corpus, holds_invented
from govinfo.corrections import changed
from govinfo.errors import GovinfoError
from govinfo.files.data import read_table
from govinfo.forms import rules
from govinfo.metrics import METRICS
from govinfo.plots import CHARTS, Chart, dots, doubts, slopes
from govinfo.plots.charts import funnel_chart, map_chart, note_corrections, ranked_chart, rate_chart

CODED = ("group", "route", "small", "synthetic")
"""Columns whose values have wordings."""


def doubts_of(sheet: pd.DataFrame, cells: pd.DataFrame, *, lang: str) -> Axes:
    """The map of doubts in ``cells``; its table is the sheet of data quality."""
    return doubts(cells, lang=lang)


MEASURES: Mapping[str, Mapping[str, Chart]] = MappingProxyType(
    {
        "volumes": {"bars": CHARTS["volumes"], "panels": CHARTS["multiples"], "flow": CHARTS["flow"]},
        "applicants": {"bars": CHARTS["applicants"]},
        "outcomes": {"bars": CHARTS["outcomes"]},
        "reasons": {"ranked": CHARTS["reasons"], "agencies": CHARTS["reasons-by-agency"]},
        **{
            name: {
                "points": rate_chart(name),
                "dots": ranked_chart(dots, name),
                "slopes": ranked_chart(slopes, name),
                "funnel": funnel_chart(name),
                "map": map_chart(name),
            }
            for name, metric in METRICS.items()
            if len(metric.parts) == 1
        },
        "correction_rate": {"points": CHARTS["corrections"]},
        "quality": {
            "bars": CHARTS["quality"],
            "doubts": Chart(doubts_of, lambda corpus: (corpus.quality(), corpus.cells)),
        },
    }
)
"""What can be shown, and for each the kinds of charts; the first frame of a chart is the table beside it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader has chosen: ids of agencies, years, a measure and one of its charts, "en" or "zh"."""

    agencies: tuple[str, ...]
    years: tuple[int, ...]
    measure: str
    chart: str
    lang: str


@dataclass(frozen=True, slots=True)
class View:
    """What a choice shows: a chart (PNG and SVG, empty where none can be drawn), a table in plain words, remarks; the
    columns of the table that are shares, and the reports that it stands on."""

    picture: bytes
    table: pd.DataFrame
    remarks: tuple[str, ...]
    drawing: bytes = b""
    shares: tuple[str, ...] = ()
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)


@cache
def words(kind: str) -> Mapping[str, Mapping[str, str]]:
    """The wordings of one kind (panel, remark, measure, chart, column or value) by code, each by language."""
    return MappingProxyType({line["code"]: line for line in read_table("explorer", "words") if line["kind"] == kind})


def measure_name(measure: str, lang: str) -> str:
    """The name of a measure."""
    if measure in METRICS:
        return METRICS[measure].label_zh if lang == "zh" else METRICS[measure].label_en
    return words("measure")[measure][lang]


def reports_by_agency(reports: pd.DataFrame) -> pd.DataFrame:
    """The reports that name their agency and their year, with ``_agency``: the agency's id, else its name."""
    known = reports.assign(_agency=reports["agency_id"].fillna(reports["agency"]))
    return known.dropna(subset=["_agency", "year"]).sort_values("year", kind="stable")


def view(corpus: Corpus, choice: Choice) -> View:
    """The chart and the table of a choice. What cannot be drawn is said in the remarks; nothing is raised for it."""
    say = {code: line[choice.lang] for code, line in words("remark").items()}
    corpus = corpus.counted()
    known = reports_by_agency(corpus.reports)
    reports = known[known["_agency"].isin(choice.agencies) & known["year"].isin(choice.years)]
    invented = holds_invented(reports)
    nameless = len(corpus.reports) - len(known)
    remarks = [
        say["shown"].format(reports=len(reports)) if len(reports) else say["nothing"],
        *([say["nameless"].format(reports=nameless)] if nameless else []),
        *([say["invented"]] if invented else []),
    ]
    picture, drawing, table = b"", b"", pd.DataFrame()
    shares: tuple[str, ...] = ()
    if len(reports):
        chart = MEASURES[choice.measure][choice.chart]
        try:
            chosen = corpus.with_reports(corpus.reports[corpus.reports["report_id"].isin(reports["report_id"])])
            frames = chart.frames(chosen)
            table = readable(frames[0], choice.lang)
            shares = shares_in(table, choice)
            by_hand = len(changed(chosen.cells))
            noted = partial(note_corrections, number=by_hand, lang=choice.lang)
            picture, drawing, warned = drawn(partial(chart.draw, *frames, lang=choice.lang), noted)
            remarks += warned
        except GovinfoError as error:
            remarks.append(say["no_chart"].format(why=error))
        except Exception as error:
            remarks.append(say["fault"].format(why=f"{type(error).__name__}: {error}"))
    return View(picture, table, tuple(remarks), drawing, shares, sources_of(reports, choice.lang))


def shares_in(table: pd.DataFrame, choice: Choice) -> tuple[str, ...]:
    """The headings of columns that hold shares of 0 to 1; rates per 100 are none."""
    measure = METRICS.get(choice.measure)
    names = ["share"] if measure is None else ["rate"]
    if measure is not None and measure.per != 1:
        return ()
    found = [words("column")[name][choice.lang] for name in (*names, "low", "high")]
    return tuple(heading for heading in found if heading in table)


def sources_of(reports: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The reports that a choice stands on, as a list of sources under headings in ``lang``."""
    headings = {code: line[lang] for code, line in words("source").items()}
    return reports[list(headings)].rename(columns=headings).reset_index(drop=True)


def drawn(
    draw: Callable[[], Axes], note: Callable[[Figure], None] = lambda figure: None
) -> tuple[bytes, bytes, list[str]]:
    """A chart as PNG and as SVG, and what was warned of while it was drawn; ``note`` adds what else is to be said."""
    before, png, svg = set(plt.get_fignums()), BytesIO(), BytesIO()
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", UserWarning)
            figure = cast(Figure, draw().get_figure(root=True))
            note(figure)
            figure.savefig(png, format="png", bbox_inches="tight", dpi=150)
            with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "govinfo"}):
                figure.savefig(svg, format="svg", bbox_inches="tight", metadata={"Date": None})
    finally:
        for number in set(plt.get_fignums()) - before:
            plt.close(number)
    return png.getvalue(), svg.getvalue(), [str(one.message) for one in caught if issubclass(one.category, UserWarning)]


def readable(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """A frame for readers: the columns and codes that have a wording in ``lang`` under it, and the counts by rule."""
    headings = {code: line[lang] for code, line in words("column").items() if line[lang]}
    values = {code: line[lang] for code, line in words("value").items()}
    frame = frame if "reason" in frame else frame.drop(columns="group", errors="ignore")
    kept = frame[[column for column in frame if column in headings or column in rules()]]
    coded = [column for column in CODED if column in kept]
    named = {column: kept[column].map(lambda code: values[str(code)], na_action="ignore") for column in coded}
    return kept.assign(**named).rename(columns=headings)
