"""Rates with their intervals: over time, by agency, by route of a dispute, and against volume."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogFormatter, PercentFormatter

from govinfo.metrics import METRICS, adjusted_limits, chance_limits, correction_rate, describe, overdispersion
from govinfo.metrics import rate as measure_rate
from govinfo.metrics.registry import metric_named
from govinfo.plots.bars import left_out_note
from govinfo.plots.frames import Drawable, frame_of
from govinfo.plots.look import Look, top_of
from govinfo.plots.names import name_points
from govinfo.plots.style import NARROW as NAME_LETTERS
from govinfo.plots.style import UPRIGHT, Page, cannot, ink, legend_above, need, page, palette, source, title
from govinfo.plots.units import ABOVE_BARS, Units, note_no_figure, reports_in, scale, size_of, stand_out, units_of

COLUMNS = ("numerator", "denominator", "rate", "low", "high")

NARROW = 0.1
"""A span of shares below which the scale of a funnel has a decimal."""

MOST_NAMED = 12
"""Points of a funnel that get their name: more could not be read."""

LIMITS: Mapping[float, str] = MappingProxyType({0.95: "--", 0.998: ":"})
"""Levels of the limits of a funnel, with the dashes that draw them."""


def rates(frame: Drawable, metric: str, *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]) -> Axes:
    """A rate with its interval: over the years of one agency, else agencies ranked by it.

    ``frame`` is the result of the function of that name in ``govinfo.metrics`` (``METRICS``). Points are joined only
    from one year to the next and within one form. A rate over few requests is hollow. An interval that goes far beyond
    all rates is cut and ends in an arrow. Raises UsageError for an unknown metric.
    """
    frame = rate_frame(frame, metric)
    frame = top_of(frame, frame["rate"], look)
    with page(frame, ax, lang, size_of(frame, 0.27), look) as here:
        units = units_of(frame, here, by_rank="rate")
        lines = frame.set_axis(units.of).sort_index()
        top = reach(lines, metric)
        if units.series:
            join_years(here, units, lines["rate"].astype(float).to_numpy())
        points(here, units, lines, units.at.astype(float), top, ink("line"))
        note_no_figure(
            here, units, lines["rate"].isna().to_numpy(), lines["denominator"].eq(0).fillna(False).to_numpy(bool)
        )
        scale(here, units, here.word(unit_of(metric)), percent=not per_100(metric))
        if not units.series:
            here.ax.set_yticks(
                units.at,
                [
                    here.lines(with_count(*pair), NAME_LETTERS)
                    for pair in zip(units.labels, lines.denominator, strict=True)
                ],
            )
            stand_out(here, units)
        (here.ax.set_ylim if units.series else here.ax.set_xlim)(-0.02 * top, top)
        title(here, name_of(metric, here.lang), units.about, lift=ABOVE_BARS if units.series else 0)
        source(here, reports_in(frame[frame["rate"].notna()]), notes(here, frame, metric, top, 0))
    return here.ax


def corrections(frame: Drawable, *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]) -> Axes:
    """How often a decision was corrected in disputes, by route, with intervals; per agency or over its years.

    ``frame`` is the result of ``govinfo.metrics.correction_rate``: a line per unit and route. Units in which no case of
    any route was concluded have no rate: they are counted below the chart.
    """
    frame = frame_of(frame, correction_rate)
    need(frame, ["route", *COLUMNS], "govinfo.metrics.correction_rate")
    with page(frame, ax, lang, size_of(frame, 0.4), look) as here:
        whole = units_of(frame, here)
        known = frame[frame["rate"].notna().groupby(whole.of).transform("any")]
        if known.empty:
            raise cannot("no_case", lang)
        nothing = frame["rate"].isna().groupby(whole.of).all() & frame["denominator"].eq(0).groupby(whole.of).any()
        units = units_of(known, here)
        routes = palette("route")
        for number, (code, shown) in enumerate(routes.items()):
            lines = known[known["route"] == code].set_axis(units.of[known["route"] == code])
            lines = lines.reindex(range(len(units)))
            points(here, units, lines, units.at + (number - 1) * 0.2, 1.05, shown.colour, here.label(shown))
        scale(here, units, here.word("share"), percent=True)
        if not units.series:
            for at in units.at[1:]:
                here.ax.axhline(at - 0.5, color=ink("faint"), linewidth=0.6)
        (here.ax.set_ylim if units.series else here.ax.set_xlim)(-0.04, 1.05)
        title(here, name_of("correction_rate", here.lang), units.about)
        legend_above(here, 3 if units.series else 2, lift=ABOVE_BARS if units.series else 0)
        source(here, reports_in(known), notes(here, frame, "correction_rate", 1.05, int(nothing.sum())))
    return here.ax


def funnel(
    frame: Drawable,
    metric: str,
    *,
    adjusted: bool = False,
    ax: Axes | None = None,
    lang: str = "en",
    **look: Unpack[Look],
) -> Axes:
    """A rate against its volume, with the limits within which agencies differ by chance alone.

    ``frame`` as in ``rates``, a line per agency or report. The level line is the pooled rate of the frame; the limits
    around it are those of ``govinfo.metrics.chance_limits`` at 95 % and 99.8 %. Points outside the narrower limits are
    counted, and named where a name has room, those first that chance explains least; with ``highlight`` the agencies
    that stand out are. ``adjusted`` draws the limits of ``metrics.adjusted_limits`` instead, which allow for what
    agencies differ by anyway.
    """
    frame = rate_frame(frame, metric)
    known = frame[frame["rate"].notna() & (frame["denominator"] > 0)].reset_index(drop=True)
    if known.empty:
        raise cannot("no_rate", lang)
    with page(known, ax, lang, (8.6, 5.2), look) as here:
        units = units_of(known, here)
        per = METRICS[metric].per
        count, rate = known["denominator"].astype(float).to_numpy(), known["rate"].astype(float).to_numpy()
        pooled = float(known["numerator"].sum()) / count.sum()
        limits = limits_of(known, metric, adjusted=adjusted)
        draw_limits(here, count, pooled, per, limits)
        small = known["small"].to_numpy(bool) if "small" in known else np.zeros(len(known), dtype=bool)
        here.ax.scatter(
            count, rate, s=34, c=["white" if hollow else ink("line") for hollow in small], ec=ink("line"), zorder=3
        )
        low, high = limits(count, min(LIMITS))
        outside = (rate / per < low) | (rate / per > high)
        here.ax.set_gid(UPRIGHT)
        here.ax.set_xlabel(here.word("denominator"))
        here.ax.set_ylabel(here.word(unit_of(metric)))
        if per == 1:
            here.ax.yaxis.set_major_formatter(
                PercentFormatter(1, decimals=0 if rate.max() - rate.min() > NARROW else 1)
            )
        here.ax.set_ylim(*reach_of_funnel(rate, count, limits, per))
        here.ax.grid(True, color=ink("faint"), linewidth=0.6)
        title(here, here.word("funnel", metric=name_of(metric, here.lang)), units.about)
        legend_above(here, 3)
        said = f"{pooled:.1%}" if per == 1 else f"{pooled * per:.1f}"
        lines = [
            meaning(metric, here.lang),
            here.word("adjusted" if adjusted else "pooled", rate=said),
            here.word("outside", outside=int(outside.sum()), all=len(known)),
            *([here.word("small")] if small.any() else []),
            *left_out_note(here, frame),
        ]
        source(here, reports_in(known), lines)
        surprise = np.abs(rate / per - pooled) * np.sqrt(count)
        named = sorted(np.flatnonzero(outside).tolist(), key=lambda at: -surprise[at])
        asked = bool(look.get("highlight")) and "agency" in known
        if asked:
            named = [at for at in range(len(known)) if here.stands_out(known["agency"].iloc[at])]
        names = {int(at): here.lines(units.labels[units.of[at]], NAME_LETTERS * 0.7) for at in named}
        most = len(names) if asked else MOST_NAMED
        name_points(here.ax, np.column_stack([count, rate]), names, most, over_points=asked)
    return here.ax


Limits = Callable[[np.ndarray, float], tuple[np.ndarray, np.ndarray]]
"""The limits of a funnel at volumes and a level, as shares or cases per one."""


def limits_of(known: pd.DataFrame, metric: str, *, adjusted: bool) -> Limits:
    """The limits around the pooled rate: of chance alone, or such as allow for what agencies differ by."""
    if adjusted:
        spread = overdispersion(known, metric)
        return lambda volumes, level: adjusted_limits(volumes, spread, metric, level=level)
    centre, kind = float(known["numerator"].sum()) / float(known["denominator"].sum()), METRICS[metric].interval
    centre = min(centre, 1.0) if kind == "wilson" else centre
    return lambda volumes, level: chance_limits(volumes, centre, level=level, kind=kind)


def draw_limits(page: Page, count: np.ndarray, pooled: float, per: float, limits: Limits) -> None:
    """The pooled rate and the limits around it over all volumes, each with its name in the legend."""
    volumes = np.geomspace(max(1.0, count.min() * 0.8), count.max() * 1.3, 200)
    page.ax.set_xscale("log")
    page.ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}"))
    page.ax.xaxis.set_minor_formatter(LogFormatter(minor_thresholds=(2, 0.4)))  # 200, not 2×10² in signs of its own
    page.ax.axhline(pooled * per, color=ink("quiet"), linewidth=1, label=page.word("pooled_rate"))
    for level, style in LIMITS.items():
        label = page.word("limits", level=f"{level * 100:g} %")
        for bound in limits(volumes, level):
            page.ax.plot(volumes, bound * per, style, color=ink("quiet"), linewidth=1, label=label)


def reach_of_funnel(rate: np.ndarray, count: np.ndarray, limits: Limits, per: float) -> tuple[float, float]:
    """The scale of a funnel: all rates, and the limits at volumes in the middle."""
    low, high = limits(np.array([np.sqrt(count.min() * count.max())]), max(LIMITS))
    bottom, top = min(rate.min(), low[0] * per), max(rate.max(), high[0] * per)
    spare = 0.06 * (top - bottom or 1)
    return bottom - spare, top + spare


def rate_frame(data: Drawable, metric: str) -> pd.DataFrame:
    """The frame of a rate. Raises UsageError for a metric that does not exist and a frame that is no result of it."""
    metric_named(metric)
    frame = frame_of(data, partial(measure_rate, metric))
    need(frame, COLUMNS, f"govinfo.metrics.{metric}")
    return frame


def name_of(metric: str, lang: str) -> str:
    """The label of a metric."""
    return METRICS[metric].label_zh if lang == "zh" else METRICS[metric].label_en


def meaning(metric: str, lang: str) -> str:
    """What a metric measures: the question in English, numerator and denominator of the form in Chinese."""
    if lang == "en":
        return METRICS[metric].question_en
    line = describe().set_index("name").loc[metric]
    return f"分子：{line['numerator_zh']}；分母：{line['denominator_zh']}"


def per_100(metric: str) -> bool:
    """True for cases per 100 requests, which may exceed 100; the other rates are shares."""
    return METRICS[metric].per == 100


def unit_of(metric: str) -> str:
    """The wording of a rate's unit."""
    return "per_100" if per_100(metric) else "share"


def reach(lines: pd.DataFrame, metric: str) -> float:
    """Where the scale of a rate ends: at 100 % or a little above the highest end of an interval, but for rates per 100
    not far above the highest rate, lest the interval of one small office flatten all others."""
    high, rate = lines["high"].astype(float).max(), lines["rate"].astype(float).max()
    if np.isnan(rate):
        return 1.0
    return float(max(min(high, 1.6 * rate if per_100(metric) else 1.0) * 1.05, 0.05))


def points(
    page: Page, units: Units, lines: pd.DataFrame, at: np.ndarray, top: float, shade: str, label: str | None = None
) -> None:
    """Rates with their intervals; hollow over few requests, an arrow where the interval goes beyond ``top``."""
    rate, low, high = (lines[column].astype("Float64").astype(float).to_numpy() for column in ("rate", "low", "high"))
    small = lines["small"].fillna(False).to_numpy(bool) if "small" in lines else np.zeros(len(lines), dtype=bool)
    for number in np.flatnonzero(~np.isnan(rate)):
        ends, here = [low[number], min(high[number], top)], [at[number]] * 2
        colour = shade if not units.names or page.stands_out(units.names[number]) else ink("quiet_mark")
        page.ax.plot(
            *((here, ends) if units.series else (ends, here)), color=colour, linewidth=1.4, solid_capstyle="butt"
        )
        if high[number] > top:
            mark = (here[0], top) if units.series else (top, here[0])
            page.ax.plot(*mark, marker="^" if units.series else ">", color=colour, markersize=5, clip_on=False)
        spot = (at[number], rate[number]) if units.series else (rate[number], at[number])
        ground = "white" if small[number] else colour
        page.ax.plot(*spot, marker="o", color=colour, markerfacecolor=ground, markersize=6, linestyle="none", zorder=4)
    if label:
        page.ax.plot([], [], marker="o", color=shade, label=label)


def join_years(page: Page, units: Units, values: np.ndarray) -> None:
    """Lines between the points of years that follow one another under one form."""
    forms = units.forms or ("",) * len(units)
    for left in range(len(units) - 1):
        if units.at[left + 1] - units.at[left] == 1 and forms[left] == forms[left + 1]:
            page.ax.plot(units.at[left : left + 2], values[left : left + 2], color=ink("line"), linewidth=1, alpha=0.5)


def with_count(label: str, count: float) -> str:
    """The label of a unit with its denominator."""
    return label if pd.isna(count) else f"{label} (n = {count:,.0f})"


def notes(page: Page, frame: pd.DataFrame, metric: str, top: float, nothing: int) -> list[str]:
    """What a reader of a chart of rates must know; ``nothing`` counts the units without anything to divide by."""
    return [
        meaning(metric, page.lang),
        page.word("interval") + (f" · {page.word('beyond')}" if (frame["high"] > top).any() else ""),
        *([page.word("small")] if "small" in frame and frame["small"].any() else []),
        *([page.word("cases")] if per_100(metric) else []),
        *([page.word("no_rate", count=nothing)] if nothing else []),
        *left_out_note(page, frame),
    ]
