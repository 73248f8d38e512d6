"""What the bars or points of a chart stand for: agencies, years, or the years of one agency in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axis import Axis
from matplotlib.container import BarContainer
from matplotlib.ticker import PercentFormatter

from govinfo.plots.style import BREAK, IDENTITY, NARROW, SERIES, Page, ink

IDS = ("agency_id", "report_id")
"""Columns that only tell machines apart what the agency's name tells readers."""

BAR = 0.74
"""Width of a bar; units stand one apart."""


ABOVE_BARS = 26
"""Points that the figures above upright bars and the names of forms take."""

LEAST_HIGH = 4.2
"""Height in inches of a chart of few units, and of years side by side however many."""

WORDS_OF_A_YEAR = 25
"""Points that four digits or a share in a bar take."""

FEWEST_YEARS = 5
"""Years that an axis has room for at least, lest the bar of one year be a wall."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a chart in drawing order.

    ``of`` gives each row of the frame its unit. ``series`` is True for the years of one subject: they are drawn from
    left to right at their year, so that a missing year leaves a gap. Otherwise units are drawn from top to bottom.
    """

    of: pd.Series
    at: np.ndarray
    labels: tuple[str, ...]
    series: bool
    subject: str
    forms: tuple[str, ...]
    names: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """Whom the chart is about: what all units share, and the one unit where there is only one."""
        alone = self.labels[0] if len(self) == 1 else ""
        return f"{self.subject} {alone}".strip()

    def __len__(self) -> int:
        return len(self.labels)

    def wide(self, frame: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
        """The values of a long frame, a row per unit and a column per code, as floats; NA is NaN."""
        numbered = frame.assign(unit=self.of).pivot(index="unit", columns=column, values=value)
        return numbered.reindex(range(len(self))).astype("Float64").astype(float)


def units_of(frame: pd.DataFrame, page: Page, *, by_rank: str = "", by_value: str = "") -> Units:
    """The units of a frame: one per distinct row of its identity columns (``IDENTITY``).

    They keep the order of the frame; the years of one subject are sorted, and ``by_rank`` names a column by which
    other units are ranked, the highest first; ``by_value`` does so too, but leaves the years of an agency together.
    """
    columns = [column for column in IDENTITY if column in frame]
    if not columns:
        return Units(pd.Series(0, index=frame.index), np.arange(1), (page.word("all"),), False, "", ())
    keys = frame.drop_duplicates(columns)
    varying = {column for column in columns if keys[column].nunique(dropna=False) > 1}
    series = is_series(keys, varying)
    order = page.look.get("sort", "value")
    if series:
        keys = keys.sort_values("year")
    elif order == "given":
        pass
    elif order == "name":
        keys = keys.sort_values(columns, key=lambda column: column.map(page.name), kind="stable")
    elif by_rank:
        keys = keys.sort_values(by_rank, ascending=False, na_position="last", kind="stable")
    elif by_value:
        keys = by_agency(keys, by_value)
    keys = keys[columns].reset_index(drop=True).assign(unit=lambda rows: range(len(rows)))
    of = frame[columns].merge(keys, on=columns, how="left")["unit"].set_axis(frame.index)
    shown = shown_columns(columns, varying)
    parts = ["year"] if series else [column for column in shown if column in varying] or shown
    return Units(
        of=of,
        at=keys["year"].to_numpy(int) if series else np.arange(len(keys)),
        labels=tuple(label(row, parts, page) for _, row in keys.iterrows()),
        series=series,
        subject=label(keys.iloc[0], [column for column in shown if column not in parts], page),
        forms=tuple(keys["form"].astype(str)) if "form" in keys else (),
        names=tuple(keys["agency"].astype(str)) if "agency" in keys else (),
    )


def by_agency(keys: pd.DataFrame, value: str) -> pd.DataFrame:
    """Units with those of the highest value first, the years of an agency together in their order."""
    whose = [column for column in IDENTITY if column in keys and column not in ("report_id", "year", "form")]
    numbers = keys[value].astype("Float64")
    highest = numbers.groupby([keys[column] for column in whose], dropna=False).transform("max") if whose else numbers
    ordered = keys.assign(_highest=highest, _first=keys.groupby(whose or (lambda _: 0), dropna=False).ngroup())
    by, up = ["_highest", "_first"], [False, True]
    if "year" in keys:
        by, up = [*by, "year"], [*up, True]
    return ordered.sort_values(by, ascending=up, na_position="last", kind="stable")


def is_series(keys: pd.DataFrame, varying: set[str]) -> bool:
    """True for the years of one subject, one unit a year; also where it is one year only."""
    fixed = {*IDENTITY} - {"year", "form"} - ({"report_id"} if {"agency", "agency_id"} & {*keys} else set())
    return bool("year" in keys and keys["year"].notna().all() and keys["year"].is_unique and not varying & fixed)


def shown_columns(columns: Sequence[str], varying: set[str]) -> list[str]:
    """The identity columns that label a unit: ids only where no name is there, the form only beside no year."""
    hidden = {*(IDS if {*columns} - {*IDS, "year", "form"} else ("agency_id",) if "report_id" in columns else ())}
    hidden |= {"form"} if "year" in columns else set()
    return [column for column in columns if column not in hidden]


def label(row: pd.Series, columns: Sequence[str], page: Page) -> str:
    """The label of a unit: its identity, with stand-ins for names that cannot be drawn."""
    return " ".join(page.name(row[column]) for column in columns if not pd.isna(row[column]))


def room_of_a_year(page: Page, units: Units) -> float:
    """Points that each year of a series has on its axis, about."""
    years = max(int(np.ptp(units.at)) + 1, FEWEST_YEARS)
    return float(page.ax.get_figure(root=True).get_figwidth()) * 72 * 0.8 / years  # type: ignore[union-attr]


def crowded(page: Page, units: Units) -> bool:
    """True where years stand too close for anything but themselves to be written level: fifteen in one column."""
    return units.series and room_of_a_year(page, units) < WORDS_OF_A_YEAR


def bars(
    page: Page, units: Units, lengths: np.ndarray, starts: np.ndarray, thickness: float | np.ndarray, **style: Any
) -> BarContainer:
    """Bars from ``starts``: upright at their year for a series, else lying, the first unit on top."""
    if units.series:
        return page.ax.bar(units.at, lengths, bottom=starts, width=thickness, **style)
    return page.ax.barh(units.at, lengths, left=starts, height=thickness, **style)


def scale(page: Page, units: Units, text: str, *, percent: bool = False) -> None:
    """Labels both axes of a chart of units: the units on one, ``text`` on the other."""
    ax = page.ax
    if units.series:
        years = range(int(units.at.min()), int(units.at.max()) + 1)
        ax.set_xticks(years, [str(year) for year in years], rotation=90 if crowded(page, units) else 0)
        spare = max(0.6, (FEWEST_YEARS - len(years)) / 2)
        ax.set_xlim(years[0] - spare, years[-1] + spare)
        ax.set_gid(SERIES)
        ax.set_ylabel(text)
        values: Axis = ax.yaxis
        mark_years(page, units)
    else:
        ax.set_yticks(units.at, [page.lines(label, NARROW) for label in units.labels])
        stand_out(page, units)
        ax.set_ylim(len(units) - 0.4, -0.6)
        ax.tick_params(axis="y", length=0)
        ax.set_xlabel(text)
        values = ax.xaxis
    values.grid(True, color=ink("faint"), linewidth=0.6)
    if percent:
        values.set_major_formatter(PercentFormatter(1, decimals=0))


def stand_out(page: Page, units: Units) -> None:
    """Writes the names of highlighted units in bold."""
    if not page.look.get("highlight"):
        return
    for text, name in zip(page.ax.get_yticklabels(), units.names or units.labels, strict=True):
        if page.stands_out(name):
            text.set_fontweight("bold")


def mark_years(page: Page, units: Units) -> None:
    """Says which years have no report, and draws a line where another form begins."""
    have = set(units.at.tolist())
    for year in range(min(have), max(have) + 1):
        if year not in have:
            note_at(page, year, page.word("no_report"))
    if len(set(units.forms)) > 1:
        mark_forms(page, units)


def mark_forms(page: Page, units: Units) -> None:
    """A line before the first year of each form but the oldest, and the name of each form above its years."""
    pairs = zip(units.forms, (None, *units.forms), strict=False)
    first = [number for number, (form, before) in enumerate(pairs) if form != before]
    for start, end in zip(first, [*first[1:], len(units)], strict=True):
        edge: dict[str, Any] = {
            "color": ink("quiet"),
            "linewidth": 0.9,
            "linestyle": (0, (4, 3)),
            "zorder": 1,
            "gid": BREAK,
        }
        if start:
            page.ax.axvline(units.at[start] - 0.5, **edge)
        page.ax.annotate(
            page.word("form", form=units.forms[start]),
            xy=((units.at[start] + units.at[end - 1]) / 2, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 14),
            textcoords="offset points",
            ha="center",
            fontsize=7.5,
            color=ink("quiet"),
            gid=BREAK,
        )


def note_at(page: Page, year: float, text: str) -> None:
    """A remark at the foot of a year that has no figure."""
    page.ax.annotate(
        text,
        xy=(year, 0),
        xycoords=("data", "axes fraction"),
        xytext=(0, 4),
        textcoords="offset points",
        rotation=90,
        ha="center",
        va="bottom",
        fontsize=7,
        color=ink("quiet"),
    )


def note_no_figure(page: Page, units: Units, missing: np.ndarray, empty: np.ndarray | None = None) -> None:
    """Says at a unit that the report is there and its figure is not: a blank is not 0.

    ``empty`` marks the units whose figure is missing because there is nothing to divide by.
    """
    for number in np.flatnonzero(missing):
        at, nothing = units.at[number], empty is not None and empty[number]
        text = page.word("nothing_to_divide" if nothing else "no_figure")
        if units.series:
            note_at(page, at, text)
        else:
            page.ax.annotate(
                text,
                xy=(0, at),
                xycoords=("axes fraction", "data"),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=7,
                color=ink("quiet"),
            )


def size_of(frame: pd.DataFrame, per_unit: float = 0.34) -> tuple[float, float]:
    """A size in inches for a chart of a frame: as high as its units need, which for years side by side is little."""
    columns = [column for column in IDENTITY if column in frame]
    keys = frame.drop_duplicates(columns) if columns else frame.head(1)
    varying = {column for column in columns if keys[column].nunique(dropna=False) > 1}
    return 8.6, LEAST_HIGH if is_series(keys, varying) else max(LEAST_HIGH, 1.9 + per_unit * len(keys))


def reports_in(frame: pd.DataFrame) -> int:
    """The reports that these lines stand on; those left out of them do not count."""
    return summed(frame, "reports")


def summed(frame: pd.DataFrame, column: str) -> int:
    """The sum of a count over the units of a frame; the largest count of a unit's rows is the unit's."""
    if column not in frame:
        return 0
    columns = [name for name in IDENTITY if name in frame]
    counts = frame.groupby(columns, dropna=False)[column].max() if columns else frame[[column]].max()
    return int(counts.sum())
