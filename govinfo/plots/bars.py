"""Bars: volumes, applicants, outcomes and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from govinfo import metrics
from govinfo.errors import UsageError, near
from govinfo.plots.frames import Drawable, frame_of
from govinfo.plots.look import Look, top_of
from govinfo.plots.style import (
    IDENTITY,
    Colour,
    Page,
    cannot,
    legend_above,
    need,
    page,
    palette,
    percent,
    source,
    title,
)
from govinfo.plots.units import (
    ABOVE_BARS,
    BAR,
    Units,
    bars,
    crowded,
    note_no_figure,
    reports_in,
    room_of_a_year,
    scale,
    size_of,
    summed,
    units_of,
)

ROOM_FOR_TEXT = 0.06
"""Share of a bar from which its part carries its figure."""

WIDTH_OF_TEXT = 20
"""Points that a share takes in an upright bar; in a narrower one it is not written."""

ROUNDED = 0.001
"""By how much shares may miss their sum; more is a page whose parts are more than its total, drawn as printed."""

RECEIVED = ("new", "carried_in")
"""The figures that add up to what there is to handle."""

THIN = 0.5
"""Height of a bar of few requests as a share of the others'."""


def volumes(frame: Drawable, *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]) -> Axes:
    """Requests received (newly and carried in, as a stack) and handled (a mark), per year or agency.

    ``frame`` is the result of ``govinfo.metrics.volumes``: new, carried_in, handled. A figure that is NA is
    not drawn; where none is there the chart says so. Raises UsageError for a frame without these columns.
    """
    frame = frame_of(frame, metrics.volumes)
    need(frame, [*RECEIVED, "handled"], "govinfo.metrics.volumes")
    frame = top_of(frame, frame["new"], look)
    with page(frame, ax, lang, size_of(frame), look) as here:
        received = frame[list(RECEIVED)].astype("Float64").sum(axis=1, min_count=1)
        units = units_of(frame.assign(received=received), here, by_value="received")
        lines = frame.set_axis(units.of).sort_index()
        figures = {code: lines[code].astype(float).to_numpy() for code in (*RECEIVED, "handled")}
        stack(here, units, {code: figures[code] for code in RECEIVED}, palette("figure"))
        handled = np.ma.masked_invalid(figures["handled"])
        shown = palette("figure")["handled"]
        style: dict[str, Any] = {
            "color": shown.colour,
            "linestyle": "none",
            "markersize": 8,
            "label": here.label(shown),
            "zorder": 4,
        }
        if units.series:
            here.ax.plot(units.at, handled, marker="_", markeredgewidth=2.2, **style)
        else:
            here.ax.plot(handled, units.at, marker="|", markeredgewidth=2.2, **style)
        missing = np.all([np.isnan(figure) for figure in figures.values()], axis=0)
        note_no_figure(here, units, missing)
        received = np.nansum([figures[code] for code in RECEIVED], axis=0)
        for number in np.flatnonzero(~np.isnan(figures["new"])):
            end_note(here, units, units.at[number], f"{received[number]:,.0f}", at_end=received[number])
        (here.ax.yaxis if units.series else here.ax.xaxis).set_major_locator(MaxNLocator("auto", integer=True))
        scale(here, units, here.word("requests"))
        highest = np.nan_to_num([*received, *figures["handled"]]).max()
        (here.ax.set_ylim if units.series else here.ax.set_xlim)(0, 1.1 * max(highest, 1))
        title(here, here.word("volumes"), units.about)
        legend_above(here, 4, lift=ABOVE_BARS if units.series else 0)
        source(here, reports_in(lines[~missing]), notes_on_volumes(here, frame))
    return here.ax


def applicants(frame: Drawable, *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]) -> Axes:
    """Who asked: the share of each kind of applicant in the requests newly received, per year or agency.

    ``frame`` is the result of ``govinfo.metrics.volumes_by_applicant``: applicant, denominator, share (one line per
    unit and kind). The number of requests stands at the end of each bar.
    """
    frame = frame_of(frame, metrics.volumes_by_applicant)
    need(frame, ["applicant", "denominator", "share"], "govinfo.metrics.volumes_by_applicant")
    return composition(frame, "applicant", "applicant", "applicants", ax, lang, look)


def outcomes(frame: Drawable, *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]) -> Axes:
    """How requests were decided: the share of each group of outcomes in those handled, per year or agency.

    ``frame`` is the result of ``govinfo.metrics.outcomes``: group, denominator, share (one line per unit and group).
    Bars of few requests are thin. The number of requests stands at the end of each bar.
    """
    frame = frame_of(frame, metrics.outcomes)
    need(frame, ["group", "denominator", "share"], "govinfo.metrics.outcomes")
    return composition(frame, "group", "outcome", "outcomes", ax, lang, look)


def composition(frame: pd.DataFrame, column: str, kind: str, name: str, ax: Axes | None, lang: str, look: Look) -> Axes:
    """Bars of shares that add up to one; ``column`` holds codes of the palette's ``kind``."""
    colours = palette(kind)
    if unknown := [code for code in dict.fromkeys(frame[column].dropna()) if code not in colours]:
        raise UsageError(f"unknown {column}: {', '.join(unknown)}.", hint=near(unknown[0], colours))
    frame = top_of(frame, frame["denominator"], look)
    with page(frame, ax, lang, size_of(frame), look) as here:
        first = frame["share"].where(frame[column] == next(iter(colours)))
        value = first.groupby([frame[one] for one in IDENTITY if one in frame] or frame.index, dropna=False)
        units = units_of(frame.assign(first=value.transform("max")), here, by_value="first")
        shares = units.wide(frame, column, "share")
        totals = frame.groupby(units.of)["denominator"].max().astype("Float64").astype(float)
        small = frame.groupby(units.of)["small"].any() if "small" in frame else pd.Series(False, index=totals.index)
        figures = {code: shares[code].to_numpy() for code in colours if code in shares}
        stack(here, units, figures, colours, figures_in=True, thin=small.to_numpy(bool))
        note_no_figure(here, units, shares.isna().all(axis=1).to_numpy(), totals.eq(0).to_numpy())
        longest = float(shares.sum(axis=1).max())
        beyond = longest > 1 + ROUNDED
        end = longest if beyond else 1
        scale(here, units, here.word("share"), percent=True)
        counts = {at: f"n = {total:,.0f}" for at, total in zip(units.at, totals, strict=True) if not np.isnan(total)}
        if crowded(here, units):  # beside the years, where they can stand upright
            years = here.ax.get_xticks()
            here.ax.set_xticks(
                years, [f"{year:.0f} ({counts[year]})" if year in counts else f"{year:.0f}" for year in years]
            )
        else:
            for at, text in counts.items():
                end_note(here, units, at, text, at_end=end)
        (here.ax.set_ylim if units.series else here.ax.set_xlim)(0, end)
        title(here, here.word(name), units.about)
        legend_above(here, 6 if kind == "outcome" and units.series else 3, lift=ABOVE_BARS if units.series else 0)
        notes = [
            *left_out_note(here, frame),
            *([here.word("small")] if small.any() else []),
            *([here.word("beyond_total")] if beyond else []),
        ]
        source(here, reports_in(frame[frame["share"].notna()]), notes)
    return here.ax


def reasons(frame: Drawable, *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]) -> Axes:
    """The reasons for not giving what was asked, ranked; the colour is the group of the reason.

    ``frame`` is the result of ``govinfo.metrics.reasons``: group, reason, label_en, label_zh, count. Units are added
    up; reasons that no report gives are left out of the picture.
    """
    frame = frame_of(frame, metrics.reasons)
    need(frame, ["group", "reason", "label_en", "label_zh", "requests"], "govinfo.metrics.reasons")
    counts = frame.groupby(["group", "reason", "label_en", "label_zh"], as_index=False)["requests"].sum()
    counts = counts[counts["requests"] > 0].sort_values("requests", ascending=False, kind="stable")
    if counts.empty:
        raise cannot("no_reason", lang)
    total = float(counts["requests"].sum())
    counts = counts.head(look.get("top", len(counts)))
    with page(frame, ax, lang, (8.6, max(3.6, 1.9 + 0.3 * len(counts))), look) as here:
        units = units_of(frame, here)
        colours = palette("outcome")
        for at, (_, line) in enumerate(counts.iterrows()):
            shown = colours[line["group"]]
            here.ax.barh(at, line["requests"], height=0.74, color=shown.colour, label=here.label(shown))
            here.ax.annotate(
                f" {line['requests']:,.0f} ({percent(line['requests'] / total)})",
                (line["requests"], at),
                va="center",
                fontsize=8,
            )
        here.ax.set_yticks(range(len(counts)), list(counts[f"label_{here.lang}"]))
        here.ax.set_ylim(len(counts) - 0.4, -0.6)
        here.ax.tick_params(axis="y", length=0)
        here.ax.margins(x=0.14)
        here.ax.set_xlabel(here.word("requests"))
        title(here, here.word("reasons"), units.about)
        one_handle_each(here)
        source(here, reports_in(frame), left_out_note(here, frame))
    return here.ax


def stack(
    page: Page,
    units: Units,
    figures: Mapping[str, np.ndarray],
    colours: Mapping[str, Colour],
    *,
    figures_in: bool = False,
    thin: np.ndarray | None = None,
) -> None:
    """Stacked bars, one colour per code; ``figures_in`` writes shares into parts that have room for them."""
    starts = np.zeros(len(units))
    room = ROOM_FOR_TEXT * (2 if page.look.get("size") == "column" else 1)
    wide = room_of_a_year(page, units) * BAR if units.series else np.inf
    widths = np.where(thin, THIN * wide, wide) if thin is not None else np.full(len(units), wide)
    for code, lengths in figures.items():
        drawn = bars(
            page,
            units,
            np.nan_to_num(lengths),
            starts,
            thickness=np.where(thin, THIN * BAR, BAR) if thin is not None else BAR,
            color=colours[code].colour,
            edgecolor="white",
            linewidth=0.8,
            label=page.label(colours[code]),
        )
        for number, part in enumerate(drawn):
            if figures_in and lengths[number] >= room and widths[number] >= WIDTH_OF_TEXT:
                inside(page, part, percent(lengths[number]), colours[code])
        starts = starts + np.nan_to_num(lengths)


def inside(page: Page, part: Rectangle, text: str, colour: Colour) -> None:
    """Writes a figure into the middle of a bar's part."""
    x, y, width, height = part.get_x(), part.get_y(), part.get_width(), part.get_height()
    page.ax.text(x + width / 2, y + height / 2, text, ha="center", va="center", fontsize=7.5, color=colour.on)


def end_note(page: Page, units: Units, at: float, text: str, *, at_end: float = 1) -> None:
    """A remark beyond the end of a bar."""
    page.ax.annotate(
        text,
        xy=(at, at_end) if units.series else (at_end, at),
        xytext=(0, 3) if units.series else (5, 0),
        textcoords="offset points",
        ha="center" if units.series else "left",
        va="bottom" if units.series else "center",
        fontsize=7.5,
        annotation_clip=False,
    )


def notes_on_volumes(page: Page, frame: pd.DataFrame) -> list[str]:
    """Which figures some reports do not print, and that older ones stand in another table."""
    shown = palette("figure")
    lacking = {code: summed(frame, f"{code}_left_out") for code in (*RECEIVED, "handled")}
    notes = [page.word("figure_left_out", figure=page.label(shown[code]), count=n) for code, n in lacking.items() if n]
    older = "new_from" in frame and frame["new_from"].str.contains("statistics").any()
    return [
        page.word("carried_note"),
        *([" · ".join(notes)] if notes else []),
        *([page.word("crosswalk")] if older else []),
    ]


def one_handle_each(page: Page) -> None:
    """A legend that names each colour once."""
    handles, labels = page.ax.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    page.ax.legend(once.values(), once.keys(), loc="lower right")


def left_out_note(page: Page, frame: pd.DataFrame) -> list[str]:
    """The remark on reports that the frame leaves out, if any."""
    count = summed(frame, "left_out")
    return [page.word("left_out", count=count)] if count else []
