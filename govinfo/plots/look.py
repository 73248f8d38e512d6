"""How a reader wants a chart: its words, its order, what stands out, and the size that it is printed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from types import MappingProxyType
from typing import Any, TypedDict

import pandas as pd
from matplotlib.axes import Axes

from govinfo.errors import UsageError, near

SIZES: Mapping[str, tuple[float, float | None, float]] = MappingProxyType(
    {"slide": (10.0, 5.6, 11.0), "page": (7.2, None, 8.0), "column": (3.5, None, 6.5)}
)
"""Sizes by name: width in inches, height (None: as high as the chart needs), size of the letters in points."""

TALLER = 1.35
"""How much taller a chart of one column is: its names take several lines."""

SORTS = ("value", "name", "given")
"""Orders of what stands side by side: the highest first, by name, or as in the frame."""

VALUES = ("rate", "share", "new", "requests", "doubtful")
"""Columns of figures that the words for those who do not see a chart name, the first one that is there."""


class Look(TypedDict, total=False):
    """The keywords of every chart: ``title`` and ``subtitle`` (in place of its own), ``sort`` ("value", "name" or
    "given"), ``top`` (so many agencies, those of the highest value), ``highlight`` (a name, or several), ``reference``
    (a line at this value, in the unit of the axis) and ``size`` ("slide", "page" or "column")."""

    title: str
    subtitle: str
    sort: str
    top: int
    highlight: str | Sequence[str]
    reference: float
    size: str


def check_look(look: Look) -> None:
    """Raises UsageError for a keyword, an order, a size or a line that does not exist."""
    for name in look:
        if name not in Look.__annotations__:
            raise UsageError(f"charts know no {name}.", hint=near(name, Look.__annotations__))
    for name, known in (("size", list(SIZES)), ("sort", list(SORTS))):
        if name in look and look[name] not in known:  # type: ignore[literal-required]
            raise UsageError(f"no such {name}: {look[name]}.", hint=near(str(look[name]), known))  # type: ignore[literal-required]
    if not isfinite(look.get("reference", 0)):
        raise UsageError("a line that is at no number.", hint="Give a figure in the unit of the axis.")
    if look.get("top", 1) < 1:
        raise UsageError(f"the top {look['top']} are none.", hint="Give a number from 1 on.")


def measures(look: Look, own: tuple[float, float]) -> tuple[tuple[float, float], dict[Any, float]]:
    """The size of a chart in inches, and the sizes of its letters where it is printed at a size of its own."""
    if "size" not in look:
        return own, {}
    width, height, letters = SIZES[look["size"]]
    stretched = own[1] * (TALLER if look["size"] == "column" else 1)
    return (width, height or max(stretched, width * 0.62)), {
        "font.size": letters,
        "axes.labelsize": letters,
        "axes.titlesize": letters + 2,
        "xtick.labelsize": letters,
        "ytick.labelsize": letters - 0.5,
        "legend.fontsize": letters - 0.5,
    }


def highlighted(look: Look) -> tuple[str, ...]:
    """The names that stand out."""
    names = look.get("highlight", ())
    return (names,) if isinstance(names, str) else tuple(names)


def top_of(frame: pd.DataFrame, value: pd.Series, look: Look) -> pd.DataFrame:
    """The lines of the agencies with the highest values; all of them where nobody asks for less."""
    check_look(look)
    if "top" not in look or "agency" not in frame:
        return frame
    highest = value.astype("Float64").groupby(frame["agency"]).max().sort_values(ascending=False, na_position="last")
    return frame[frame["agency"].isin(highest.head(look["top"]).index)]


def described(ax: Axes, frame: pd.DataFrame, name: Callable[[object], str]) -> str:
    """A chart in words, for those who do not see it: its title, what its colours stand for, the ends of its figures."""
    said = [line.strip() for line in ax.get_title(loc="left").splitlines() if line.strip()]
    legend = ax.get_legend()
    if legend:
        said.append(", ".join(text.get_text() for text in legend.get_texts()))
    value = next((column for column in VALUES if column in frame and frame[column].notna().any()), None)
    if value and "agency" in frame:
        lines = frame[frame[value].notna()].reset_index(drop=True)
        figures = lines[value].astype("float64").tolist()
        for word, at in (("max", figures.index(max(figures))), ("min", figures.index(min(figures)))):
            where = [lines[column].iloc[at] for column in ("agency", "year", "label_en") if column in lines]
            said.append(f"{word} {figures[at]:.4g} ({' '.join(name(one) for one in where if pd.notna(one))})")
    said.append(f"n = {len(frame)}")
    return ". ".join(said)


def told(ax: Axes, frame: pd.DataFrame, name: Callable[[object], str]) -> Axes:
    """The chart with the table behind it (``data``) and its words (``alt``)."""
    setattr(ax, "data", frame)  # noqa: B010 - matplotlib's axes declare no such attribute
    setattr(ax, "alt", described(ax, frame, name))  # noqa: B010
    return ax
