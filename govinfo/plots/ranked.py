"""Charts for a page in print: ranked dots with a line to compare with, two years as slopes, provinces as squares."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Unpack, cast

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from govinfo.corpus import Corpus
from govinfo.files.data import read_table
from govinfo.metrics import METRICS
from govinfo.metrics import rate as measure_rate
from govinfo.plots.bars import left_out_note
from govinfo.plots.frames import Drawable
from govinfo.plots.heat import SHADES
from govinfo.plots.look import Look, top_of
from govinfo.plots.rates import meaning, name_of, per_100, rate_frame, unit_of
from govinfo.plots.style import UPRIGHT, Page, cannot, ink, need, page, percent, source, title
from govinfo.plots.units import reports_in, scale, size_of, units_of

ROOM_FOR_NAMES = 1.5
"""Room for the names at either side of a slope chart, as a share of the way from one year to the other."""

APART = 10
"""Points (1/72 inch) that two names at one end of a slope chart keep apart."""


def dots(frame: Drawable, metric: str, *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]) -> Axes:
    """A rate of each agency as a ranked dot, and a line to compare with: the pooled rate, or ``reference``.

    ``frame`` as in ``rates``, or a corpus; of an agency with several years the latest one with a rate is drawn. A dot
    over few requests is hollow. Raises UsageError where no line has a rate.
    """
    frame = rate_frame(frame, metric)
    known = frame[frame["rate"].notna()]
    if known.empty:
        raise cannot("no_rate", lang)
    if {"agency", "year"} <= set(known):
        known = known.sort_values("year", kind="stable").drop_duplicates("agency", keep="last")
    pooled = float(known["numerator"].sum() / known["denominator"].sum()) * METRICS[metric].per
    known = top_of(known, known["rate"], look).reset_index(drop=True)
    look = {"reference": pooled, **look}
    with page(known, ax, lang, size_of(known, 0.26), look) as here:
        units = units_of(known, here, by_rank="rate")
        lines = known.set_axis(units.of).sort_index()
        at = np.arange(len(units))
        rate = lines["rate"].astype(float).to_numpy()
        small = lines["small"].fillna(False).to_numpy(bool) if "small" in lines else np.zeros(len(lines), dtype=bool)
        names = units.names or units.labels
        colours = [ink("line") if here.stands_out(name) else ink("quiet_mark") for name in names]
        here.ax.hlines(at, look["reference"], rate, color=ink("faint"), linewidth=1.2, zorder=2)
        here.ax.scatter(
            rate, at, s=36, c=["white" if one else colour for one, colour in zip(small, colours, strict=True)],
            ec=colours, zorder=3,
        )  # fmt: skip
        for place, value in zip(at.tolist(), rate.tolist(), strict=True):
            here.ax.annotate(
                said_of(value, metric),
                (value, place),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
                fontsize="small",
            )
        units = replace(units, at=at, series=False)
        scale(here, units, here.word(unit_of(metric)), percent=not per_100(metric))
        here.ax.margins(x=0.12)
        title(here, name_of(metric, here.lang), units.about)
        reference = said_of(look["reference"], metric)
        notes = [
            meaning(metric, here.lang),
            here.word("reference", value=reference),
            *([here.word("small")] if small.any() else []),
            *left_out_note(here, frame),
        ]
        source(here, reports_in(known), notes)
    return here.ax


def slopes(
    frame: Drawable,
    metric: str,
    years: tuple[int, int] | None = None,
    *,
    ax: Axes | None = None,
    lang: str = "en",
    **look: Unpack[Look],
) -> Axes:
    """A rate of each agency in two years, joined by a line: who rose and who fell.

    ``frame`` as in ``rates``, or a corpus. ``years``: the two, without them the first and the last year that most
    agencies have. Agencies without a rate in both are counted below. Raises UsageError where no agency has both.
    """
    frame = rate_frame(frame, metric)
    need(frame, ["agency", "year"], "govinfo.metrics with by=('agency', 'year')")
    wide = frame[frame["rate"].notna()].pivot_table(index="agency", columns="year", values="rate", aggfunc="last")
    first, last = years or widest(wide, lang)
    if first not in wide or last not in wide or (both := wide[[first, last]].dropna()).empty:
        raise cannot("both", lang, first=first, last=last)
    drawn = frame[frame["agency"].isin(both.index) & frame["year"].isin([first, last])]
    drawn = top_of(drawn, drawn["rate"], look)
    both = both[both.index.isin(drawn["agency"])]
    with page(drawn, ax, lang, (9.4, max(4.2, 1.9 + 0.22 * len(both))), look) as here:
        here.ax.set_gid(UPRIGHT)
        for agency, (start, end) in both.astype(float).iterrows():
            colour = ink("line") if here.stands_out(agency) else ink("quiet_mark")
            here.ax.plot([0, 1], [start, end], marker="o", markersize=5, color=colour, linewidth=1.4)
        here.ax.set_xlim(-ROOM_FOR_NAMES, 1 + ROOM_FOR_NAMES)
        spare = 0.05 * float(both.to_numpy(float).max() - both.to_numpy(float).min() or 1)
        here.ax.set_ylim(both.to_numpy(float).min() - spare, both.to_numpy(float).max() + spare)
        for side, year in ((0, first), (1, last)):
            ends = both[year].astype(float).sort_values()
            for agency, at, value in zip(ends.index, apart(ends.to_numpy(), here), ends, strict=True):
                said = said_of(value, metric)
                text = f"{here.name(agency)}  {said}" if side == 0 else f"{said}  {here.name(agency)}"
                here.ax.annotate(
                    text, (side, at), xytext=(-7 if side == 0 else 7, 0), textcoords="offset points",
                    ha="right" if side == 0 else "left", va="center", fontsize="small",
                    fontweight="bold" if here.look.get("highlight") and here.stands_out(agency) else "normal",
                )  # fmt: skip
        here.ax.set_xticks([0, 1], [str(first), str(last)])
        here.ax.set_yticks([])
        here.ax.spines[["left", "bottom"]].set_visible(False)
        here.ax.tick_params(axis="x", length=0)
        title(here, name_of(metric, here.lang), f"{first}–{last}")
        out = frame["agency"].nunique() - len(both)
        notes = [meaning(metric, here.lang), *([here.word("not_both", count=out)] if out else [])]
        source(here, reports_in(drawn), notes)
    return here.ax


def widest(wide: pd.DataFrame, lang: str) -> tuple[int, int]:
    """The two years, far from each other, that most agencies have a rate in."""
    years = sorted(map(int, wide.columns))
    pairs = [(left, right) for number, left in enumerate(years) for right in years[number + 1 :]]
    if not pairs:
        raise cannot("one_year", lang)
    left, right = max(pairs, key=lambda pair: (wide[list(pair)].notna().all(axis=1).sum(), pair[1] - pair[0]))
    return left, right


def apart(values: np.ndarray, page: Page) -> np.ndarray:
    """Rising values moved up as far as it takes for the names at them not to overlap, all of them down by half of
    it."""
    low, high = page.ax.get_ylim()
    height = cast(Figure, page.ax.get_figure(root=True)).get_figheight() - 1.9
    step = APART / 72 / max(height, 1) * (high - low)
    placed = values.copy()
    for number in range(1, len(placed)):
        placed[number] = max(placed[number], placed[number - 1] + step)
    for number in range(len(placed) - 2, -1, -1):
        spare = placed[number] - values[number]
        room = placed[number] - (placed[number - 1] + step if number else -np.inf)
        placed[number] -= max(0.0, min(spare / 2, room))
    return placed


def tile_map(frame: Drawable, metric: str, *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]) -> Axes:
    """A rate of each province as a square where the province roughly lies: one square each, no borders drawn.

    ``frame``: a corpus, or the result of a rate with ``by="province"``. A province without a report or without a rate
    is an empty square; one over few requests has its figure in brackets. Raises UsageError where no province has a
    rate.
    """
    if isinstance(frame, Corpus):
        frame = measure_rate(metric, frame, by="province")
    need(frame, ["province", "rate", "denominator"], f"govinfo.metrics.{metric} with by='province'")
    tiles = pd.DataFrame([dict(line) for line in read_table("plots", "tiles")]).set_index("province")
    mine = frame[frame["province"].isin(tiles.index)].drop_duplicates("province").set_index("province")
    rates = mine["rate"].astype("float64").dropna().to_dict()
    if not rates:
        raise cannot("no_province", lang)
    top = max(*rates.values(), 1e-9)
    with page(frame, ax, lang, (7.2, 6.2), look) as here:
        for tile in tiles.reset_index().to_dict("records"):
            name, x, y = str(tile["province"]), int(tile["column"]), int(tile["row"])
            rate = rates.get(name)
            known = rate is not None
            colour = SHADES(rate / top) if rate is not None else "white"
            edge = "white" if known else ink("faint")
            here.ax.add_patch(Rectangle((x, y), 0.94, 0.94, facecolor=colour, edgecolor=edge, linewidth=1.2))
            on = "white" if rate is not None and rate > top / 2 else "#222222"
            few = "small" in mine and bool(mine["small"].fillna(False).get(name, False))
            value = said_of(rate, metric, few) if rate is not None else "–"
            look_of_text: dict[str, Any] = {"ha": "center", "color": on if known else ink("quiet")}
            here.ax.text(x + 0.47, y + 0.34, tile[f"short_{here.lang}"], va="center", fontsize="medium", **look_of_text)
            here.ax.text(x + 0.47, y + 0.68, value, va="center", fontsize="small", **look_of_text)
        here.ax.set_xlim(0.8, 10.2)
        here.ax.set_ylim(8, -0.2)
        here.ax.set_aspect("equal")
        here.ax.set_axis_off()
        title(here, name_of(metric, here.lang), here.word("tiles"))
        notes = [meaning(metric, here.lang), here.word("tiles_note")]
        source(here, reports_in(frame[frame["province"].isin(list(rates))]), [*notes, *left_out_note(here, frame)])
    return here.ax


def said_of(value: float, metric: str, few: bool = False) -> str:
    """A rate in figures, in brackets over few requests."""
    said = percent(value) if not per_100(metric) else f"{value:.1f}"
    return f"({said})" if few else said
