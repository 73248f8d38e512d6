"""An explorer for people who do not program: choose reports, see a chart and its table, take both with you.

It needs ipywidgets and is imported by name, ``from govinfo.explorer import explorer``; the package itself does without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Any

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
    def choices(self) -> tuple[Any, ...]:
        """The widgets that a reader chooses with."""
        return (self.agencies, self.years, self.measure, self.chart, self.lang)

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return Choice(*(widget.value for widget in self.choices))


def explorer(corpus: Corpus, lang: str = "en") -> Any:
    """A panel (ipywidgets.VBox) to choose agencies, years, a measure and its chart, with the chart and its table below.

    The chart can be saved as PNG and the table as CSV or Excel; the links hold the files. What cannot be shown is said
    in plain words. ``lang`` is the language to begin with, "en" or "zh"; a corpus of invented figures is marked so in
    the panel and in every chart. Raises UsageError for another language.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"no such language: {lang}.", hint=near(lang, LANGUAGES))
    panel = panel_of(corpus, lang)
    connect(panel, corpus)
    row = widgets.Layout(flex_flow="row wrap")
    return widgets.VBox(
        [
            widgets.HBox(
                [
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
    wide, named = widgets.Layout(width="25em"), {"description_width": "7em"}
    return Panel(
        agencies=widgets.SelectMultiple(options=agencies, value=[key for _, key in agencies], rows=9, layout=wide),
        years=widgets.SelectMultiple(options=years, value=years, rows=9, layout=widgets.Layout(width="14em")),
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
        for widget in panel.choices:
            widget.unobserve(changed, "value")
        try:
            yield
        finally:
            for widget in panel.choices:
                widget.observe(changed, "value")

    refresh()
    for widget in panel.choices:
        widget.observe(changed, "value")
    panel.everything.on_click(choose_everything)


def label(panel: Panel) -> None:
    """Names the widgets, the measures and the charts of the chosen measure in the chosen language."""
    lang = panel.lang.value
    say = {code: line[lang] for code, line in words("panel").items()}
    for name in ("agencies", "years", "everything", "measure", "chart", "lang"):
        getattr(panel, name).description = say[name]
    panel.how.value = f"<small>{escape(say['how'])}</small>"
    offer(panel.measure, {measure: measure_name(measure, lang) for measure in MEASURES})
    offer(panel.chart, {chart: words("chart")[chart][lang] for chart in MEASURES[panel.measure.value]})


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
