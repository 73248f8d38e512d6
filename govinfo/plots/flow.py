"""One agency's year as a flow: from what came in to how it was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from govinfo import metrics
from govinfo.corpus import Corpus
from govinfo.plots.bars import left_out_note
from govinfo.plots.frames import Drawable, frame_of
from govinfo.plots.look import Look
from govinfo.plots.style import LANGUAGES, Colour, Page, cannot, ink, need, page, palette, percent, source, title, word
from govinfo.plots.units import reports_in, units_of

STAGES = (0.0, 1.0, 2.0, 3.0)
"""Where the bars of the four stages stand: new and carried in, received, handled and carried over, outcomes."""

WIDTH = 0.09
"""Width of a bar."""

GAP = 0.07
"""Space between the bars of a stage, as a share of the highest stage."""


@dataclass(frozen=True, slots=True)
class Node:
    """A bar of the flow from ``bottom`` to ``bottom + value``."""

    x: float
    bottom: float
    value: float
    shown: Colour


def flow(
    volumes: Drawable,
    outcomes: pd.DataFrame | None = None,
    *,
    ax: Axes | None = None,
    lang: str = "en",
    **look: Unpack[Look],
) -> Axes:
    """From requests newly received and carried in, to those handled and carried over, to the outcomes of one report.

    ``volumes`` is a corpus of one report, or one row of the result of ``govinfo.metrics.volumes``, ``outcomes`` the
    rows of ``govinfo.metrics.outcomes`` for the same unit. Widths are the figures as printed. Where two sides of a sum
    of the form do not agree, a hatched bar shows by how much. Raises UsageError for more than one row of ``volumes``,
    and where one of its figures or an outcome is NA.
    """
    if isinstance(volumes, Corpus):
        volumes, outcomes = frame_of(volumes, metrics.volumes), frame_of(volumes, metrics.outcomes)
    if outcomes is None:
        raise cannot("no_outcomes", lang)
    need(volumes, ["new", "carried_in", "handled", "carried_out"], "govinfo.metrics.volumes")
    need(outcomes, ["group", "requests"], "govinfo.metrics.outcomes")
    if len(volumes) != 1:
        raise cannot("several", lang, count=len(volumes))
    figures = volumes.iloc[0]
    groups = outcomes.set_index("group")["requests"]
    lost = [code for code in ("new", "carried_in", "handled", "carried_out") if pd.isna(figures[code])]
    if lost or groups.isna().any() or groups.empty:
        raise cannot("blank", lang, figures=named(lost, lang))
    with page(volumes, ax, lang, (9.4, 5.2), look, wide=True) as here:
        draw_flow(here, {code: float(figures[code]) for code in figures.index if code in palette("figure")}, groups)
        here.ax.set_axis_off()
        title(here, here.word("flow"), units_of(volumes, here).about)
        source(here, reports_in(volumes), [here.word("flow_note"), *left_out_note(here, volumes)])
    return here.ax


def named(codes: Sequence[str], lang: str) -> str:
    """The names of figures in a language; of none, the outcomes."""
    spoken = lang if lang in LANGUAGES else "en"
    names = [getattr(palette("figure")[code], f"label_{spoken}") for code in codes]
    return ("、" if spoken == "zh" else ", ").join(names) or word("the_outcomes", spoken)


def draw_flow(page: Page, figures: dict[str, float], groups: pd.Series) -> None:
    """The bars of the four stages and the bands between them; ``unexplained`` bars even out sums that disagree."""
    figure, outcome = palette("figure"), palette("outcome")
    came, went = figures["new"] + figures["carried_in"], figures["handled"] + figures["carried_out"]
    handled, decided = figures["handled"], float(groups.sum())
    high = max(came, went, decided, 1.0)
    entries = place(0, [*((figures[code], figure[code]) for code in ("new", "carried_in")), (went - came, gap())], high)
    trunk = place(1, [(max(came, went), figure["received"])], high)
    dealt = place(
        2,
        [
            (handled, figure["handled"]),
            (decided - handled, gap()),
            (figures["carried_out"], figure["carried_out"]),
            (came - went, gap()),
        ],
        high,
    )
    ends = place(
        3,
        [*((float(groups[code]), outcome[code]) for code in outcome if code in groups), (handled - decided, gap())],
        high,
    )
    feeds_ends = dealt[: (handled > 0) + (decided > handled)]
    from_trunk = [node for node in dealt if node not in feeds_ends[int(handled > 0) :]]
    for before, after in ((entries, trunk), (trunk, from_trunk), (feeds_ends, ends)):
        join(page, before, after)
    for node in (*entries, *trunk, *dealt, *ends):
        bar(page, node)
    for node in entries:
        tell(page, node, node.value, "left")
    for node in trunk:
        tell(page, node, came, "top")
    for node in dealt:
        tell(page, node, node.value, "top" if node in feeds_ends else "bottom")
    for node in ends:
        tell(page, node, node.value, "right", share=node.value / decided if node.shown in outcome.values() else None)
    nodes = (*entries, *trunk, *dealt, *ends)
    page.ax.set_xlim(-0.8, 3.9)
    page.ax.set_ylim(
        min((node.bottom for node in nodes), default=0) - 0.1 * high,
        max((node.bottom + node.value for node in nodes), default=0) + 0.1 * high,
    )


def gap() -> Colour:
    """The colour of what no figure of the form explains."""
    return palette("figure")["unexplained"]


def place(stage: int, parts: Sequence[tuple[float, Colour]], high: float) -> list[Node]:
    """The bars of a stage one above the other around the middle, the first on top; those not above 0 are left away."""
    drawn = [(value, shown) for value, shown in parts if value > 0]
    top = (sum(value for value, _ in drawn) + GAP * high * (len(drawn) - 1)) / 2
    nodes = []
    for value, shown in drawn:
        nodes.append(Node(STAGES[stage], top - value, value, shown))
        top -= value + GAP * high
    return nodes


def join(page: Page, before: Sequence[Node], after: Sequence[Node]) -> None:
    """Bands from the bars of a stage to those of the next, each side used up from top to bottom."""
    left, right = [node.value for node in before], [node.value for node in after]
    one, other = 0, 0
    while one < len(before) and other < len(after):
        value = min(left[one], right[other])
        source_top = before[one].bottom + left[one]
        target_top = after[other].bottom + right[other]
        shown = before[one].shown if len(after) == 1 else after[other].shown
        band(page, (before[one].x + WIDTH, source_top), (after[other].x, target_top), value, shown)
        left[one] -= value
        right[other] -= value
        one, other = one + (left[one] <= 0), other + (right[other] <= 0)


def band(page: Page, start: tuple[float, float], end: tuple[float, float], value: float, shown: Colour) -> None:
    """A band of one width that swings from one bar to another; ``start`` and ``end`` are its upper corners."""
    (x0, y0), (x1, y1) = start, end
    bend = (x0 + x1) / 2
    corners = [
        *[(x0, y0), (bend, y0), (bend, y1), (x1, y1)],
        *[(x1, y1 - value), (bend, y1 - value), (bend, y0 - value), (x0, y0 - value)],
        (x0, y0),
    ]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    colour = ink("faint") if shown == gap() else shown.colour
    page.ax.add_patch(PathPatch(Path(corners, codes), facecolor=colour, edgecolor="none", alpha=0.4))


def bar(page: Page, node: Node) -> None:
    """The bar of a node, hatched where it stands for a sum that disagrees."""
    unexplained = node.shown == gap()
    page.ax.add_patch(
        Rectangle(
            (node.x, node.bottom),
            WIDTH,
            node.value,
            facecolor=node.shown.colour,
            edgecolor=ink("quiet") if unexplained else "none",
            hatch="xxxx" if unexplained else None,
            hatchcolor=ink("quiet"),
        )
    )


def tell(page: Page, node: Node, value: float, side: str, share: float | None = None) -> None:
    """Writes what a bar is and its figure: to its left or right, above or below it."""
    words = f"{page.label(node.shown)} {value:,.0f}" + (f" ({percent(share)})" if share is not None else "")
    spots = {
        "left": (node.x - 0.04, node.bottom + node.value / 2, "right", "center"),
        "right": (node.x + WIDTH + 0.04, node.bottom + node.value / 2, "left", "center"),
        "top": (node.x + WIDTH / 2, node.bottom + node.value, "center", "bottom"),
        "bottom": (node.x + WIDTH / 2, node.bottom, "center", "top"),
    }
    x, y, across, along = spots[side]
    lift = {"top": 3, "bottom": -3}.get(side, 0)
    page.ax.annotate(words, (x, y), xytext=(0, lift), textcoords="offset points", ha=across, va=along, fontsize=8.5)
