"""An explorer for people who do not program: choose reports, see a chart and its table, take both with you.

It needs ipywidgets and is imported by name, ``from govinfo.explorer import explorer``; the package itself does without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Any

import pandas as pd

from govinfo.corpus import Corpus, counted
from govinfo.errors import MissingSoftware, UsageError, near
from govinfo.explorer.files import html_of, links_of
from govinfo.explorer.views import MEASURES, Choice, View, measure_name, reports_by_agency, view, words
from govinfo.plots.style import LANGUAGES

try:
    import ipywidgets as widgets  # type: ignore[import-untyped]
except ImportError as error:
    raise MissingSoftware(
        "The explorer needs ipywidgets.", hint="Install it with: pip install 'govinfo[lab]'"
    ) from error

__all__ = ["explorer"]

NUMBERS = count(1)
"""Numbers of the panels of a session: with ids of their own making a notebook run again would not be the same file."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The widgets of an explorer: what is chosen, and below it what that shows."""

    search: Any
    province: Any
    level: Any
    agencies: Any
    years: Any
    everything: Any
    measure: Any
    chart: Any
    lang: Any
    how: Any
    remarks: Any
    picture: Any
    links: Any
    table: Any

    @property
    def filters(self) -> tuple[Any, ...]:
        """The widgets that narrow the list of agencies."""
        return (self.search, self.province, self.level)

    @property
    def choices(self) -> tuple[Any, ...]:
        """The widgets that a reader chooses with."""
        return (self.agencies, self.years, self.measure, self.chart, self.lang)

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return Choice(*(widget.value for widget in self.choices))


def explorer(corpus: Corpus, lang: str = "en") -> Any:
    """A panel (ipywidgets.VBox) to choose agencies, years, a measure and its chart, with the chart and its table below.

    The list of agencies is searched and filtered by province and level. The chart can be saved as PNG and SVG, the
    table as CSV or Excel; the links hold the files. What cannot be shown is said in plain words. ``lang`` is the
    language to begin with, "en" or "zh"; a corpus of invented figures is marked so in the panel and in every chart.
    Raises UsageError for another language.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"no such language: {lang}.", hint=near(lang, LANGUAGES))
    panel = panel_of(corpus, lang)
    connect(panel, corpus)
    row = widgets.Layout(flex_flow="row wrap", width="100%")
    return widgets.VBox(
        [
            widgets.HBox(
                [
                    widgets.VBox([panel.search, panel.province, panel.level]),
                    widgets.VBox([panel.agencies, panel.how]),
                    widgets.VBox([panel.years, panel.everything]),
                    widgets.VBox([panel.measure, panel.chart, panel.lang]),
                ],
                layout=row,
            ),
            panel.remarks,
            panel.picture,
            panel.links,
            panel.table,
        ],
        model_id=f"govinfo-explorer-{next(NUMBERS)}",
    )


def panel_of(corpus: Corpus, lang: str) -> Panel:
    """The widgets for a corpus: every agency and year chosen, the first measure."""
    known = reports_by_agency(counted(corpus.reports))
    names = known.groupby("_agency")["agency"].last()
    agencies = sorted((str(name), str(key)) for key, name in names.items())
    years = sorted(int(year) for year in known["year"].unique())
    wide, named = widgets.Layout(width="22em", max_width="96%"), {"description_width": "6em"}
    narrow = widgets.Layout(width="17em", max_width="96%")
    return Panel(
        search=widgets.Text(layout=narrow, continuous_update=False),
        province=widgets.Dropdown(options=["", *sorted(known["province"].dropna().unique())], layout=narrow),
        level=widgets.Dropdown(options=["", *known["level"].dropna().unique()], layout=narrow),
        agencies=widgets.SelectMultiple(options=agencies, value=[key for _, key in agencies], rows=9, layout=wide),
        years=widgets.SelectMultiple(
            options=years, value=years, rows=9, layout=widgets.Layout(width="13em", max_width="96%")
        ),
        everything=widgets.Button(layout=widgets.Layout(width="auto")),
        measure=widgets.Dropdown(options=list(MEASURES), layout=wide, style=named),
        chart=widgets.Dropdown(options=list(next(iter(MEASURES.values()))), layout=wide, style=named),
        lang=widgets.ToggleButtons(options=[("English", "en"), ("中文", "zh")], value=lang, style=named),
        how=widgets.HTML(),
        remarks=widgets.HTML(),
        picture=widgets.Image(format="png", layout=widgets.Layout(max_width="100%", object_fit="contain")),
        links=widgets.HTML(),
        table=widgets.HTML(),
    )


def connect(panel: Panel, corpus: Corpus) -> None:
    """Shows what is chosen, now and after every change."""

    def refresh() -> None:
        label(panel)
        show(panel, view(corpus, panel.choice))

    def changed(change: object) -> None:
        with deaf():
            refresh()

    def choose_everything(button: object) -> None:
        with deaf():
            for widget in (panel.agencies, panel.years):
                widget.index = tuple(range(len(widget.options)))
            refresh()

    @contextmanager
    def deaf() -> Iterator[None]:
        """Other options change values too: the panel does not listen to what it does itself."""
        for widget, heard in listening:
            widget.unobserve(heard, "value")
        try:
            yield
        finally:
            for widget, heard in listening:
                widget.observe(heard, "value")

    def narrowed(change: object) -> None:
        with deaf():
            panel.agencies.options = agencies_of(corpus, panel)
            panel.agencies.index = tuple(range(len(panel.agencies.options)))
            refresh()

    listening = [*((one, changed) for one in panel.choices), *((one, narrowed) for one in panel.filters)]
    refresh()
    for widget, heard in listening:
        widget.observe(heard, "value")
    panel.everything.on_click(choose_everything)


def agencies_of(corpus: Corpus, panel: Panel) -> list[tuple[str, str]]:
    """The agencies that the filters leave: name and id, by name."""
    known = reports_by_agency(counted(corpus.reports))
    text = panel.search.value.strip().casefold()
    kept = [name for name in ("agency", "agency_en") if name in known]
    if text:
        found = [known[name].str.casefold().str.contains(text, regex=False).fillna(False) for name in kept]
        known = known[pd.concat(found, axis=1).any(axis=1)]
    for column, wanted in (("province", panel.province.value), ("level", panel.level.value)):
        known = known[known[column].eq(wanted).fillna(False)] if wanted else known
    names = known.groupby("_agency")["agency"].last()
    return sorted((str(name), str(key)) for key, name in names.items())


def label(panel: Panel) -> None:
    """Names the widgets, the measures and the charts of the chosen measure in the chosen language."""
    lang = panel.lang.value
    say = {code: line[lang] for code, line in words("panel").items()}
    for name in ("search", "province", "level", "agencies", "years", "everything", "measure", "chart", "lang"):
        getattr(panel, name).description = say[name]
    panel.search.placeholder = say["search_hint"]
    levels = {code: line[lang] for code, line in words("value").items()}
    for widget in (panel.province, panel.level):
        codes = [code for _, code in pairs(widget.options)]
        relabel(widget, {code: levels.get(code, code) if code else say["all"] for code in codes})
    panel.how.value = f"<small>{escape(say['how'])}</small>"
    offer(panel.measure, {measure: measure_name(measure, lang) for measure in MEASURES})
    offer(panel.chart, {chart: words("chart")[chart][lang] for chart in MEASURES[panel.measure.value]})


def pairs(options: Iterable[Any]) -> list[tuple[str, Any]]:
    """Options of a list as names and codes, which may be given as codes alone."""
    return [option if isinstance(option, tuple) else (option, option) for option in options]


def relabel(widget: Any, names: Mapping[str, str]) -> None:
    """Gives the options of a filter their names; what was chosen stays chosen."""
    chosen = widget.value
    widget.options = tuple((name, code) for code, name in names.items())
    widget.value = chosen


def offer(widget: Any, names: Mapping[str, str]) -> None:
    """Gives a list its codes under their names; what was chosen stays chosen where it is still there."""
    options = tuple((name, code) for code, name in names.items())
    if tuple(widget.options) != options:
        chosen = widget.value
        widget.options = options
        widget.value = chosen if chosen in names else next(iter(names))


def show(panel: Panel, shown: View) -> None:
    """Puts a view into the widgets."""
    panel.remarks.value = "".join(f"<p>{escape(remark)}</p>" for remark in shown.remarks)
    panel.picture.value = shown.picture
    panel.picture.layout.display = None if shown.picture else "none"
    panel.links.value = links_of(shown, panel.choice)
    panel.table.value = html_of(shown.table, panel.lang.value)
