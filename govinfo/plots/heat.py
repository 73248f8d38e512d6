"""Heat maps: reasons by agency, the form's doubts, and what was read of each report."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import wrap
from typing import Unpack

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.ticker import PercentFormatter

from govinfo import metrics
from govinfo.corpus import Corpus
from govinfo.forms import TABLES, codebook, column_order, in_doubt, row_order
from govinfo.plots.frames import Drawable, frame_of
from govinfo.plots.look import Look
from govinfo.plots.style import Page, cannot, ink, legend_above, need, page, palette, percent, source, title
from govinfo.plots.units import Units, reports_in, size_of, units_of

SHADES = LinearSegmentedColormap.from_list("shares", ["#F1F2F3", "#9DBAD3", "#0B4F8A"])
"""From nothing to much, in one hue: lightness alone tells it."""

FAILING = LinearSegmentedColormap.from_list("failing", ["#F1F2F3", "#E59A5F", "#D55E00"])
"""The more sums fail, the redder."""

MANY = 4
"""Failing findings of a rule in a report from which the ground is as red as it gets, or from the most there are."""

LETTERS_OF_NAME = 40
"""Letters of an agency and its year, or of a reason, from which they are broken into lines."""

LETTERS = 30
"""Letters of a label in a heat map from which it is broken into lines."""

KINDS = ("reported", "blank", "dash", "unreadable")
"""What the cells of a report hold, in the order of the chart of quality."""


def reasons_by_agency(frame: Drawable, *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]) -> Axes:
    """Which reasons each agency gives: the share of a reason in all its reasons, as a heat map.

    ``frame`` is the result of ``govinfo.metrics.reasons``: reason, label_en, label_zh, count (one line per unit and
    reason). Reasons that nobody gives are left away; units without any reason are counted below.
    """
    frame = frame_of(frame, metrics.reasons)
    need(frame, ["reason", "label_en", "label_zh", "requests"], "govinfo.metrics.reasons")
    given = frame[frame["requests"].fillna(0) > 0]
    if given.empty:
        raise cannot("no_reason", lang)
    labels = given.drop_duplicates("reason").set_index("reason")
    order = [code for code in row_order("requests") if code in labels.index]
    with page(frame, ax, lang, size_of(given, 0.3), look, wide=True) as here:
        units = units_of(given, here)
        counts = units.wide(given, "reason", "requests").fillna(0)[order]
        totals = counts.sum(axis=1)
        named = zip(units.labels, totals, strict=True)
        rows = [broken(f"{label} (n = {total:,.0f})", LETTERS_OF_NAME) for label, total in named]
        columns = [broken(label, LETTERS_OF_NAME) for label in labels.loc[order, f"label_{here.lang}"]]
        heat(here, counts.div(totals, axis=0).set_axis(rows).set_axis(columns, axis=1), here.word("share"))
        title(here, here.word("reasons_by_agency"), units.subject)
        silent = len(units_of(frame, here)) - len(units)
        none = [here.word("silent", count=silent)] if silent else []
        source(here, reports_in(frame), none)
    return here.ax


def broken(label: str, letters: int = LETTERS) -> str:
    """A label in as many lines as it needs, none of it cut."""
    return "\n".join(wrap(label, letters))


def doubts(
    cells: Drawable, table: str = "requests", *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]
) -> Axes:
    """A table of the form as a heat map: in which share of the reports the reading of each cell is doubtful.

    ``cells`` is a cells frame (docs/frames.md). A cell is doubtful when it carries a doubt or is unreadable; a blank is
    no doubt. Places that the form does not have are left white. Raises UsageError for a table that no cell is of.
    """
    cells = cells.counted().cells if isinstance(cells, Corpus) else cells
    need(cells, ["report_id", "table", "row", "column", "kind", "doubts"], "govinfo.read_reports")
    mine = cells[cells["table"] == table]
    if mine.empty:
        raise cannot("no_table", lang, table=table, tables=", ".join(TABLES))
    doubtful = mine.assign(
        doubtful=in_doubt(mine["doubts"]) | ((mine["kind"] == "unreadable") & (mine["doubts"] == ""))
    )
    shares = doubtful.groupby(["row", "column"])["doubtful"].mean().astype(float).unstack("column")
    with page(mine, ax, lang, (9.4, 2.6 + 0.24 * len(shares)), look, wide=True) as here:
        rows, columns = cell_labels(table, here.lang)
        down = [code for code in row_order(table) if code in shares.index]
        down += [code for code in shares.index if code not in down]
        across = [code for code in column_order(table) if code in shares.columns]
        shown = shares.loc[down, across].set_axis([rows.get(code, code) for code in down])
        heat(
            here,
            shown.set_axis([columns[code] for code in across], axis=1),
            here.word("share_of_reports"),
            top=max(shares.max().max(), 0.1),
        )
        reports = mine["report_id"].nunique()
        title(here, here.word("doubts"), units_of(mine, here).about if reports == 1 else "")
        source(here, reports, [here.word("doubt_note")])
    return here.ax


def cell_labels(table: str, lang: str) -> tuple[dict[str, str], dict[str, str]]:
    """Labels of the rows and of the columns of a table."""
    book = codebook().query("table == @table")
    rows = dict(zip(book["row"], book[f"row_label_{lang}"], strict=True))
    return rows, dict(zip(book["column"], book[f"column_label_{lang}"], strict=True))


def heat(page: Page, shares: pd.DataFrame, said: str, *, top: float = 1) -> None:
    """A heat map of shares up to ``top`` with its figures in per cent; 0 and what is not there carry none."""
    mesh = squares(page.ax, shares, SHADES, top, percent)
    page.ax.set_xticks(np.arange(shares.shape[1]) + 0.5, list(shares.columns))
    page.ax.set_yticks(np.arange(shares.shape[0]) + 0.5, list(shares.index))
    plt.setp(page.ax.get_xticklabels(), rotation=35, ha="right", rotation_mode="anchor")
    bar = page.ax.figure.colorbar(mesh, ax=page.ax, shrink=0.6, pad=0.02, label=said, format=PercentFormatter(1, 0))
    bar.outline.set_visible(False)


def squares(ax: Axes, values: pd.DataFrame, shades: Colormap, top: float, written: Callable[[float], str]) -> QuadMesh:
    """A square for each value, the first row on top, with its figure where it is over 0; none where it is NaN."""
    figures = values.to_numpy(float)
    mesh = ax.pcolormesh(
        np.ma.masked_invalid(figures), cmap=shades, vmin=0, vmax=top, edgecolors="white", linewidth=0.8
    )
    for row, column in np.argwhere(np.nan_to_num(figures) > 0):
        share = figures[row, column]
        colour = "white" if share > top / 2 else "#222222"
        ax.text(column + 0.5, row + 0.5, written(share), ha="center", va="center", fontsize=7, color=colour)
    ax.set_ylim(len(values), 0)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return mesh


def quality(frame: Drawable, *, ax: Axes | None = None, lang: str = "en", **look: Unpack[Look]) -> Axes:
    """What was read of each report, and how many sums of the form fail: one row per report, two panels.

    ``frame`` is the result of ``Corpus.quality()``: cells, reported, blank, dash, unreadable, doubtful, one column per
    rule (R1, R2 and so on) with the findings that fail, and unknown for those that could not be checked. The left panel
    shows the cells by what they hold, and with a mark the share that carries a doubt; the right panel the findings.
    """
    frame = frame.counted().quality() if isinstance(frame, Corpus) else frame
    need(frame, ["cells", *KINDS, "doubtful", "unknown"], "Corpus.quality")
    rules = [column for column in frame.columns if column.startswith("R") and column[1:].isdigit()]
    with page(frame, ax, lang, (9.4, 2.4 + 0.3 * len(frame)), look, wide=True) as here:
        here.ax.set_axis_off()
        units = units_of(frame, here)
        left, right = (here.ax.inset_axes(place) for place in ((0, 0, 0.5, 1), (0.55, 0, 0.45, 1)))
        draw_kinds(Page(left, here.lang, here.names), units, frame)
        draw_findings(Page(right, here.lang, here.names), frame[[*rules, "unknown"]])
        title(here, here.word("quality"), units.about)
        legend_above(here, 5, of=[left])
        source(here, len(frame), below=right)
    return here.ax


def draw_kinds(page: Page, units: Units, frame: pd.DataFrame) -> None:
    """The cells of each report by what they hold, as shares, and the share that carries a doubt."""
    shares = frame[[*KINDS, "doubtful"]].astype(float).div(frame["cells"].astype(float), axis=0)
    at, start = np.arange(len(frame)) + 0.5, np.zeros(len(frame))
    colours = palette("cell")
    for code in KINDS:
        shown = colours[code]
        page.ax.barh(at, shares[code], left=start, height=0.74, color=shown.colour, label=page.label(shown))
        start = start + shares[code].to_numpy()
    mark = colours["doubtful"]
    page.ax.plot(
        shares["doubtful"], at, "|", color=mark.colour, markersize=9, markeredgewidth=1.8, label=page.label(mark)
    )
    page.ax.set_yticks(at, [broken(label, LETTERS_OF_NAME) for label in units.labels])
    page.ax.set_ylim(len(frame), 0)
    page.ax.set_xlim(-0.01, 1)
    page.ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    page.ax.set_xlabel(page.word("share_of_cells"))
    page.ax.tick_params(axis="y", length=0)


def draw_findings(page: Page, findings: pd.DataFrame) -> None:
    """The findings that fail by rule on a ground of their number, and in grey those that could not be checked."""
    counts = findings.astype(float)
    squares(
        page.ax,
        counts.assign(unknown=0),
        FAILING,
        max(counts.drop(columns="unknown").max().max(), MANY),
        "{:.0f}".format,
    )
    page.ax.set_xticks(
        np.arange(counts.shape[1]) + 0.5,
        [*counts.columns[:-1], page.word("unknown").replace(" ", "\n")],
        fontsize=7.5,
    )
    last = counts.shape[1] - 1
    for at in np.flatnonzero(counts["unknown"] > 0):
        text = f"{counts['unknown'].iloc[at]:.0f}"
        page.ax.text(last + 0.5, at + 0.5, text, ha="center", va="center", fontsize=7.5, color=ink("quiet"))
    page.ax.axvline(last, color=ink("quiet"), linewidth=1)
    page.ax.set(xlabel=page.word("failing"), ylabel="", yticks=[])
