"""Names beside points, where they cover neither a point nor one another."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

RADIUS = 4.5
"""Points (1/72 inch) that a point of a chart takes on each side."""

SPOTS = tuple(
    (across * reach, along * reach)
    for reach in (7, 12, 18, 26, 36, 48, 64)
    for across, along in ((1, 0), (-1, 0), (0.7, 0.8), (-0.7, 0.8), (0.7, -0.8), (-0.7, -0.8), (0, 1), (0, -1))
)
"""Where a name may stand, in points (1/72 inch) from its point: the nearest first, beside it before above and below."""

FAR = 16
"""Points from which a line leads from the name to its point."""


def name_points(ax: Axes, at: np.ndarray, names: Mapping[int, str], most: int, *, over_points: bool = False) -> None:
    """Writes ``most`` names (by row of ``at``: x, y) beside their points, each in the first free spot.

    The chart must be complete otherwise, for its layout decides what is free. A name for which no spot is free is left
    out, but with ``over_points`` it may cover points; those that come first are written first.
    """
    figure = cast(Figure, ax.get_figure(root=True))
    figure.draw_without_rendering()
    dot = figure.dpi / 72
    places = ax.transData.transform(at)
    points = [Bbox.from_extents(*(place - RADIUS * dot), *(place + RADIUS * dot)) for place in places]
    taken: list[Bbox] = []
    for row, name in names.items():
        if len(taken) == most:
            break
        boxes = boxes_of(ax, places[row], name, dot)
        apart = [
            spot
            for spot, box in boxes.items()
            if inside(box, ax.get_window_extent()) and box.count_overlaps(taken) == 0
        ]
        free = (spot for spot in apart if boxes[spot].count_overlaps(points) == 0)
        spot = next(chain(free, apart if over_points else ()), None)
        if spot:
            taken.append(boxes[spot])
            annotation(ax, at[row], name, spot)


def boxes_of(ax: Axes, place: np.ndarray, name: str, dot: float) -> dict[tuple[float, float], Bbox]:
    """What a name takes up in each of the spots about its point, in pixels; ``dot`` pixels are a point (1/72 inch)."""
    tried = annotation(ax, ax.transData.inverted().transform(place), name, SPOTS[0])
    wide, high = tried.get_window_extent().size
    tried.remove()
    boxes = {}
    for across, along in SPOTS:
        left = place[0] + across * dot + wide * (np.sign(across) - 1) / 2
        below = place[1] + along * dot + high * (np.sign(along) - 1) / 2
        boxes[across, along] = Bbox.from_bounds(left, below, wide, high)
    return boxes


def annotation(ax: Axes, at: np.ndarray, name: str, spot: tuple[float, float]) -> Annotation:
    """A name so many points away from its point, with a line to it where that is far."""
    across, along = spot
    return ax.annotate(
        name,
        tuple(at),
        xytext=spot,
        textcoords="offset points",
        ha="left" if across > 0 else "right" if across < 0 else "center",
        va="bottom" if along > 0 else "top" if along < 0 else "center",
        fontsize=7.5,
        arrowprops={"arrowstyle": "-", "linewidth": 0.5, "color": "#888888"} if np.hypot(across, along) > FAR else None,
    )


def inside(box: Bbox, around: Bbox) -> bool:
    """True for a box within another."""
    return bool(around.x0 <= box.x0 and box.x1 <= around.x1 and around.y0 <= box.y0 and box.y1 <= around.y1)
