"""The charts by name: what each is made of, drawn straight from a corpus, and saved as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Unpack, cast

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from govinfo import metrics
from govinfo.corpus import Corpus
from govinfo.corrections import changed
from govinfo.errors import UsageError, near
from govinfo.files.fonts import chinese_font
from govinfo.files.writing import written
from govinfo.plots.bars import applicants, outcomes, reasons, volumes
from govinfo.plots.flow import flow
from govinfo.plots.frames import Drawable, frame_of, measured
from govinfo.plots.heat import doubts, quality, reasons_by_agency
from govinfo.plots.look import Look
from govinfo.plots.multiples import small_multiples
from govinfo.plots.ranked import dots, slopes, tile_map
from govinfo.plots.rates import corrections, funnel, rates
from govinfo.plots.style import SOURCE, word

SUFFIXES = (".png", ".svg", ".pdf")
"""Kinds of files that a chart is saved as."""

ASK = "Give a file name that ends in .png, .svg or .pdf."

Frames = tuple[pd.DataFrame, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the function that draws it and the frames that it draws, made from a corpus."""

    draw: Callable[..., Axes]
    frames: Callable[[Corpus], Frames]


def of(measure: Callable[..., pd.DataFrame]) -> Callable[[Corpus], Frames]:
    """The maker of a chart's one frame: the result of a metric."""
    return lambda corpus: (measured(corpus, measure),)


def rate_chart(metric: str) -> Chart:
    """The chart of a rate."""
    return Chart(partial(rates, metric=metric), of(partial(metrics.rate, metric)))


def funnel_chart(metric: str) -> Chart:
    """The funnel of a rate."""
    return Chart(partial(funnel, metric=metric), of(partial(metrics.rate, metric)))


def ranked_chart(draw: Callable[..., Axes], metric: str) -> Chart:
    """A chart of ranked rates."""
    return Chart(partial(draw, metric=metric), of(partial(metrics.rate, metric)))


def map_chart(metric: str) -> Chart:
    """The map of a rate by province."""
    return Chart(partial(tile_map, metric=metric), lambda corpus: (metrics.rate(metric, corpus, by="province"),))


def panels_of_volumes(frame: Drawable, *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]) -> Axes:
    """Volumes of each agency in a panel of its own."""
    frame = frame_of(frame, metrics.volumes)
    return small_multiples(frame, volumes, same_scale=False, ax=ax, lang=lang, **look)


CHARTS: Mapping[str, Chart] = MappingProxyType(
    {
        "volumes": Chart(volumes, of(metrics.volumes)),
        "applicants": Chart(applicants, of(metrics.volumes_by_applicant)),
        "outcomes": Chart(outcomes, of(metrics.outcomes)),
        "reasons": Chart(reasons, of(metrics.reasons)),
        "reasons-by-agency": Chart(reasons_by_agency, of(metrics.reasons)),
        "backlog": rate_chart("backlog_rate"),
        "disclosure": rate_chart("disclosure_rate"),
        "refusal": rate_chart("refusal_rate"),
        "reconsideration": rate_chart("reconsideration_rate"),
        "litigation": rate_chart("litigation_rate"),
        "corrections": Chart(corrections, of(metrics.correction_rate)),
        "funnel": funnel_chart("disclosure_rate"),
        "funnel-refusal": funnel_chart("refusal_rate"),
        "flow": Chart(flow, lambda corpus: (measured(corpus, metrics.volumes), measured(corpus, metrics.outcomes))),
        "dots": ranked_chart(dots, "disclosure_rate"),
        "slopes": ranked_chart(slopes, "disclosure_rate"),
        "map": map_chart("disclosure_rate"),
        "multiples": Chart(panels_of_volumes, of(metrics.volumes)),
        "doubts": Chart(doubts, lambda corpus: (corpus.cells,)),
        "quality": Chart(quality, lambda corpus: (corpus.quality(),)),
    }
)
"""The charts by the name that ``draw`` and ``govinfo chart`` know."""


def draw(name: str, corpus: Corpus, lang: str = "en", **select: object) -> Figure:
    """A chart of a corpus as a new figure; ``lang`` is "en" or "zh".

    ``select`` keeps reports by columns of the reports frame, as ``Corpus.select`` does: ``agency="..."``,
    ``year=2023``, ``province="..."``; the keywords of ``govinfo.plots.Look`` (title, subtitle, sort, top, highlight,
    reference, size) say how the chart is to look. The figure has the table behind it as ``data`` and its words for
    those who do not see it as ``alt``.
    Of corrected figures (``Corpus.corrected``) it says how many there are in these reports.
    Raises UsageError for an unknown chart, column or value (with the near ones), and where the reports that are left do
    not fit the chart.
    """
    if name not in CHARTS:
        raise UsageError(f"no such chart: {name}.", hint=near(name, CHARTS))
    chart = CHARTS[name]
    look = {key: value for key, value in select.items() if key in Look.__annotations__}
    chosen = {key: value for key, value in select.items() if key not in look}
    drawn = corpus.counted().select(**chosen)
    ax = chart.draw(*chart.frames(drawn), lang=lang, **look)
    figure = cast(Figure, ax.get_figure(root=True))
    note_corrections(figure, len(changed(drawn.cells)), lang)
    for name in ("data", "alt"):
        setattr(figure, name, getattr(ax, name))
    plt.close(figure)
    return figure


def note_corrections(figure: Figure, number: int, lang: str) -> None:
    """Says below a chart, above its source, how many figures of its reports a person has corrected."""
    for text in [text for text in figure.findobj(Text) if number and text.get_gid() == SOURCE]:
        spoken = lang if chinese_font() else "en"
        *notes, last = text.get_text().splitlines()
        text.set_text("\n".join([*notes, word("corrected", spoken, count=number), last]))


def save(figure: Figure, path: str | Path) -> Path:
    """Writes a figure as PNG, SVG or PDF, told by the suffix; returns the path.

    The chart's words are written into it. Fonts are embedded (PDF) or drawn as outlines (SVG), so that the file looks
    the same on every machine; the same figure gives the same bytes. Raises UsageError for another suffix and
    FileUnreadable for a folder that cannot be written; what was there before then stays.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"charts are not saved as {path.suffix or 'a file without suffix'}.", where=str(path), hint=ASK
        )
    suffix = path.suffix.lower()
    told: dict[str, str | None] = dict.fromkeys({".svg": ["Date"], ".pdf": ["CreationDate"]}.get(suffix, []))
    if alt := getattr(figure, "alt", ""):
        told["Subject" if suffix == ".pdf" else "Description"] = alt
    with written(path) as beside, mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "govinfo"}):
        figure.savefig(beside, bbox_inches="tight", dpi=150, metadata=told)
    return path
