"""Small multiples: one chart, once for each agency."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from govinfo.errors import UsageError, near
from govinfo.plots.bars import left_out_note
from govinfo.plots.look import Look
from govinfo.plots.style import (
    BREAK,
    IDENTITY,
    SERIES,
    SOURCE,
    legend_above,
    page,
    plain_dollars,
    source,
    title,
    wrapped,
)
from govinfo.plots.units import reports_in

COLUMNS = 3
"""Panels beside each other."""

LETTERS = 40
"""Letters of a line of a panel's name."""


def small_multiples(
    frame: pd.DataFrame,
    chart: Callable[..., Axes],
    *,
    by: str = "agency",
    same_scale: bool = True,
    ax: Axes | None = None,
    lang: str = "en",
    **look: Unpack[Look],
) -> Axes:
    """One panel for each value of the column ``by``, each drawn by ``chart`` (a function of this package).

    ``frame`` is what ``chart`` draws. Panels share the years; ``same_scale=False`` lets each have its own scale of
    figures, and a note says so. What has one year only gets no panel where others have several; a note counts it. The
    title is the chart's own. Returns the axes that hold the panels (``child_axes``). Raises UsageError for a column
    that is not there.
    """
    if by not in frame:
        raise UsageError(f"the frame has no column {by}.", hint=near(by, frame.columns))
    whole, frame = frame, with_several_years(frame, by)
    left = whole[by].nunique() - frame[by].nunique()
    rows = -(-frame[by].nunique() // COLUMNS)
    with page(frame, ax, lang, (10.5, 1.8 + 2.4 * rows), look, wide=True) as here:
        here.ax.set_axis_off()
        texts = [column for column in IDENTITY if column in frame and column != "year"]
        named = frame.assign(
            **{
                column: frame[column].map(lambda text: here.names.get(str(text), text), na_action="ignore")
                for column in texts
            }
        )
        panels: list[Axes] = []
        heads: list[str] = []
        for number, (value, part) in enumerate(named.groupby(by, sort=False)):
            panel = here.ax.inset_axes(place(number, rows))
            chart(part, ax=panel, lang=here.lang)
            panels.append(panel)
            heading = panel.get_title(loc="left").partition("\n")[0]
            heads.append("\n".join(wrapped(str(value), LETTERS)))
            bare(panel, plain_dollars(heads[-1]), first=number % COLUMNS == 0)
        share_limits(panels, same_scale=same_scale)
        title(here, heading)
        legend_above(here, 6, of=panels, lift=6 + 12 * max(head.count("\n") + 1 for head in heads[:COLUMNS]))
        notes = [*([here.word("breaks")] if breaks(panels) else []), *([] if same_scale else [here.word("own_scale")])]
        notes += [here.word("one_year", count=left)] if left else []
        source(here, reports_in(frame), [*notes, *left_out_note(here, frame)], below=panels[(rows - 1) * COLUMNS])
    return here.ax


def with_several_years(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """The lines of what has several years; all lines where nothing has, or no line has a year."""
    if "year" not in frame:
        return frame
    several = frame.groupby(by)["year"].transform("nunique") > 1
    return frame[several] if several.any() else frame


def place(number: int, rows: int) -> tuple[float, float, float, float]:
    """Where a panel stands in the axes: left, bottom, width and height, from the upper left on."""
    row, column = divmod(number, COLUMNS)
    width, height = 1 / (COLUMNS + 0.2 * (COLUMNS - 1)), 1 / (rows + 0.45 * (rows - 1))
    return column * 1.2 * width, 1 - height - row * 1.45 * height, width, height


def bare(panel: Axes, name: str, *, first: bool) -> None:
    """Leaves of a chart what a panel needs: its name as title, no source line, no legend, few years."""
    panel.set_title(name, fontsize=9, pad=4)
    for text in [text for text in panel.texts if text.get_gid() in (SOURCE, BREAK)]:
        text.remove()
    if legend := panel.get_legend():
        legend.remove()
    if panel.get_gid() == SERIES:
        panel.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        panel.xaxis.set_major_formatter("{x:.0f}")
        panel.set_ylabel(panel.get_ylabel() if first else "")


def breaks(panels: Sequence[Axes]) -> bool:
    """True when a line in some panel says that another form begins."""
    return any(line.get_gid() == BREAK for panel in panels for line in panel.lines)


def share_limits(panels: Sequence[Axes], *, same_scale: bool) -> None:
    """Gives panels with years the same years, and all panels the same scale of figures where wanted."""
    if all(panel.get_gid() == SERIES for panel in panels):
        spread(panels, "x")
        if same_scale:
            spread(panels, "y")
    elif same_scale:
        spread(panels, "x")


def spread(panels: Sequence[Axes], axis: str) -> None:
    """Gives an axis of all panels the limits that hold all of theirs."""
    limits = [getattr(panel, f"get_{axis}lim")() for panel in panels]
    for panel in panels:
        getattr(panel, f"set_{axis}lim")(min(low for low, _ in limits), max(high for _, high in limits))
