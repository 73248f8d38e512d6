"""Two reports, or the years of many, as lines: shares from one to the other, and themes over the years."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from govinfo.plots.style import Page, cannot, ink, legend_above, need, page, palette, source, title

LEGEND = 36
"""Points that two lines of a legend take."""

STYLES = ("-", "--", ":")

LEAST_GAP = 0.045
"""Height between two labels as a share of the chart's."""


def slope(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """The shares of outcomes of two reports, each a line from the first to the second, labelled at both ends.

    ``frame`` is ``shares`` of ``govinfo.compare``. Groups of which a share is missing are named below the chart.
    Raises UsageError for a frame of other than two reports.
    """
    need(frame, ["report_id", "group", "share"], "govinfo.compare(...).shares")
    ids = list(dict.fromkeys(frame["report_id"]))
    if len(ids) != 2:
        raise cannot("two_reports", lang, count=len(ids))
    wide = frame.pivot(index="group", columns="report_id", values="share")[ids]
    known = wide.dropna()
    if known.empty:
        raise cannot("no_share", lang)
    with page(frame, ax, lang, (5.2, 4.2)) as here:
        shown = [(code, colour) for code, colour in palette("outcome").items() if code in known.index]
        values = {code: known.loc[[code]].to_numpy(dtype=float)[0].tolist() for code, _ in shown}
        top = max(max(pair) for pair in values.values()) or 1.0
        for code, colour in shown:
            here.ax.plot([0, 1], values[code], color=colour.colour, marker="o", linewidth=2, label=here.label(colour))
        for side in (0, 1):
            places = apart({code: values[code][side] for code in values}, LEAST_GAP * top * 1.1)
            for code, colour in shown:
                share = f"{values[code][side]:.0%}"
                text = f"{here.label(colour)} {share}" if side == 0 else f"{share} {here.label(colour)}"
                here.ax.annotate(
                    text, (side, values[code][side]), (-0.05 if side == 0 else 1.05, places[code]),
                    ha="right" if side == 0 else "left", va="center", color=ink("quiet"),
                )  # fmt: skip
        here.ax.set_xlim(-1.0, 2.0)
        here.ax.set_ylim(-0.06 * top, 1.08 * top)
        here.ax.set_xticks([0, 1], [name_of(frame, id_, here) for id_ in ids])
        here.ax.yaxis.set_visible(False)
        here.ax.spines[["left", "right", "top"]].set_visible(False)
        title(here, here.word("slope"))
        lacking = set(wide.index) - set(known.index)
        missing = [here.label(colour) for code, colour in palette("outcome").items() if code in lacking]
        source(here, 2, [here.word("slope_missing", names=", ".join(missing))] if missing else [])
    return here.ax


def name_of(frame: pd.DataFrame, report_id: str, here: Page) -> str:
    """A report by agency and year, in two lines."""
    line = frame[frame["report_id"] == report_id].iloc[0]
    agency = report_id if pd.isna(line["agency"]) else str(line["agency"])
    year = "" if pd.isna(line["year"]) else str(line["year"])
    return "\n".join(filter(None, (here.name(agency), year)))


def apart(places: dict[str, float], gap: float) -> dict[str, float]:
    """Places of labels, moved up where they would stand in each other."""
    moved: dict[str, float] = {}
    last = float("-inf")
    for code, at in sorted(places.items(), key=lambda pair: pair[1]):
        last = max(at, last + gap)
        moved[code] = last
    return moved


def themes(frame: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """How often themes stand in the prose over the years: for each year the hits per thousand letters of all reports
    with text taken together.

    ``frame`` is the result of ``govinfo.keywords``; its lines for whole reports are drawn.
    """
    need(frame, ["report_id", "year", "number", "theme", "hits", "letters"], "govinfo.keywords")
    whole = frame[frame["number"].isna() & frame["year"].notna() & (frame["letters"] > 0)]
    if whole.empty:
        raise cannot("no_text", lang)
    sums = whole.groupby(["theme", "year"], sort=False)[["hits", "letters"]].sum()
    with page(whole, ax, lang, (6.8, 4.2)) as here:
        years = sorted({int(year) for year in whole["year"]})
        known = palette("theme")
        colours = [one.colour for one in known.values()]
        for at, theme in enumerate(dict.fromkeys(whole["theme"])):
            mine = sums.loc[theme]
            rate = (mine["hits"] / mine["letters"] * 1000).reindex(years).astype(float)
            label = here.label(known[theme]) if theme in known else theme
            colour = known[theme].colour if theme in known else colours[at % len(colours)]
            here.ax.plot(years, rate, marker="o", linestyle=STYLES[at // len(colours) % 3], color=colour, label=label)
        reports = whole.groupby("year")["report_id"].nunique()
        here.ax.set_xticks(years, [f"{year}\n{reports[year]}" for year in years])
        here.ax.set_ylim(bottom=0)
        here.ax.set_ylabel(here.word("per_thousand"))
        here.ax.set_xlabel(here.word("year_and_reports"))
        legend_above(here, 3)
        title(here, here.word("themes"), lift=LEGEND)
        source(here, whole["report_id"].nunique())
    return here.ax
