"""What all charts share: colours, wordings in two languages, the page that a chart is drawn on, its title and source.

Importing this changes nothing of matplotlib's settings; they hold while a chart is drawn.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from textwrap import wrap
from types import MappingProxyType
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.container import BarContainer
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

from govinfo.corpus import holds_invented
from govinfo.errors import UsageError, near
from govinfo.files.data import read_table
from govinfo.files.fonts import ADVICE, chinese_font
from govinfo.identity.english import english
from govinfo.plots import fonts
from govinfo.plots.look import Look, check_look, highlighted, measures, told

LANGUAGES = ("en", "zh")
"""Languages of titles and labels."""

IDENTITY = (
    "agency",
    "county",
    "city",
    "province",
    "region_code",
    "level",
    "agency_id",
    "report_id",
    "year",
    "form",
)
"""Columns of a frame that say what a line of it is about, the first ones first in a label."""

NAMED = ("agency", "county", "city", "province", "agency_id", "report_id")
"""Columns of names that an English chart romanises."""

SOURCE = "source"
"""The id (gid) of the source line among the texts of a chart."""

BREAK = "break"
"""The id of the line where another form begins, and of the words at it."""

SERIES = "series"
"""The id of axes with the years of one subject from left to right."""

UPRIGHT = "upright"
"""The id of other axes whose figures run from bottom to top."""

REFERENCE = "reference"
"""The id of the line that a reader compares with."""

SETTINGS: Mapping[Any, Any] = MappingProxyType(
    {
        "font.size": 9,
        "axes.titlesize": 11,
        "axes.titlelocation": "left",
        "axes.titlepad": 12,
        "axes.labelsize": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": "#888888",
        "axes.axisbelow": True,
        "axes.unicode_minus": False,
        "legend.frameon": False,
        "legend.fontsize": 8.5,
        "xtick.color": "#333333",
        "ytick.color": "#333333",
        "hatch.linewidth": 0.6,
    }
)
"""Settings of matplotlib while a chart is drawn."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of the palette with what it stands for in every chart."""

    colour: str
    label_en: str
    label_zh: str

    @property
    def on(self) -> str:
        """The colour of a text that stands on this one: white or near black."""
        red, green, blue = to_rgb(self.colour)
        return "#222222" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "white"


def percent(share: float) -> str:
    """A share as whole per cent; what is not quite nothing or not quite all is not written as that."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"


LETTERS_OF_TWO = 20
"""Letters of an entry from which two of a legend do not fit side by side in a chart of one column."""

NARROW, WIDE = 26, 66
"""Letters of a name and of a remark in a chart of one column."""


def wrapped(text: str, letters: int) -> list[str]:
    """A text in lines; Chinese, which has no gaps, breaks anywhere and is twice as wide."""
    chinese = any("\u3000" <= sign <= "\uffef" for sign in text)
    return wrap(text, max(letters // 2, 8) if chinese else letters) or [""]


@dataclass(frozen=True, slots=True)
class Page:
    """What a chart is drawn on: the axes, the language, stand-ins for names that no font can write, and whether its
    figures are invented."""

    ax: Axes
    lang: str
    names: Mapping[str, str]
    invented: bool = False
    look: Look = field(default_factory=Look)

    def lines(self, text: str, letters: float) -> str:
        """A text broken into lines where the chart is printed in a column; ``letters`` is the width of a line."""
        if self.look.get("size") != "column":
            return text
        return "\n".join(line for part in text.splitlines() for line in wrapped(part, int(letters)))

    def stands_out(self, text: object) -> bool:
        """True for a name that is to be highlighted, or where none is."""
        names = highlighted(self.look)
        own = {str(text), self.names.get(str(text), "")}
        return not names or any(name in own or self.names.get(name) in own for name in names)

    def name(self, text: object) -> str:
        """A name as it can be drawn; a dollar sign in it begins no formula."""
        return plain_dollars(self.names.get(str(text), str(text)))

    def word(self, key: str, **values: object) -> str:
        """A wording of ``govinfo/plots/words.csv`` in the language of the chart."""
        return word(key, self.lang, **values)

    def label(self, item: Colour) -> str:
        """The label of a colour in the language of the chart."""
        return item.label_zh if self.lang == "zh" else item.label_en


def plain_dollars(text: str) -> str:
    """A text that matplotlib does not take for a formula."""
    return text.replace("$", r"\$")


@cache
def palette(kind: str) -> Mapping[str, Colour]:
    """The colours of one kind by code, in their order: outcome, figure, applicant, route, cell or ink.

    Safe for readers who do not tell red from green; the outcome colours are the same in every chart.
    """
    return MappingProxyType(
        {
            line["code"]: Colour(line["colour"], line["label_en"], line["label_zh"])
            for line in read_table("plots", "palette")
            if line["kind"] == kind
        }
    )


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """The wordings of the charts by key."""
    return MappingProxyType({line["key"]: line for line in read_table("plots", "words")})


def word(key: str, lang: str, **values: object) -> str:
    """A wording in a language with its blanks filled."""
    return words()[key][lang].format(**values)


def cannot(key: str, lang: str, **values: object) -> UsageError:
    """The error that says why a chart cannot be drawn and what to do, in the language of the chart."""
    spoken, code = lang if lang in LANGUAGES else "en", f"cannot_{key}"
    advice = word(f"{code}_hint", spoken, **values) if f"{code}_hint" in words() else ""
    return UsageError(word(code, spoken, **values), hint=advice)


def ink(code: str) -> str:
    """A colour of kind "ink"."""
    return palette("ink")[code].colour


@contextmanager
def page(
    frame: pd.DataFrame,
    ax: Axes | None,
    lang: str,
    size: tuple[float, float],
    look: Look | None = None,
    *,
    wide: bool = False,
) -> Iterator[Page]:
    """The page for a chart of ``frame``; new axes of ``size`` inches where ``ax`` is None and ``look`` asks for none.

    In English, names are romanised. Raises UsageError for an unknown language, for a frame without rows, and for a
    ``wide`` chart that is to be printed in a column. Warns
    where no font writes Chinese that was asked for: the chart is then English, and the warning says which name is
    which; so it does for the numbers that stand for names which the font lacks.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"no such language: {lang}.", hint=near(lang, LANGUAGES))
    if frame.empty:
        raise cannot("no_rows", lang)
    spoken = lang if lang == "en" or chinese_font() else "en"
    names = english_names(frame) if spoken == "en" else drawn_names(frame, spoken)
    if spoken != lang or (names and spoken == "zh"):
        key = "; ".join(f"{stand_in} = {name}" for name, stand_in in names.items() if stand_in != name)
        message = f"No font here writes all of these labels. {ADVICE}"
        warnings.warn(f"{message}. In this chart: {key}" if key else message, UserWarning, stacklevel=5)
    # The first figure of a session loads the backend, and a notebook's backend changes settings that must outlive ours.
    look = look or Look()
    check_look(look)
    if wide and look.get("size") == "column":
        raise cannot("too_wide", lang)
    inches, letters = measures(look, size)
    figure = ax.figure if ax else plt.figure(figsize=inches, layout="constrained")
    with mpl.rc_context({**SETTINGS, **letters, "font.family": fonts.families()}):
        here = figure.add_subplot() if ax is None else ax
        drawn = Page(here, spoken, names, holds_invented(frame), look)
        yield drawn
        draw_reference(here, look)
        told(here, frame, lambda text: names.get(str(text), str(text)))
        keep_fonts(here)


def english_names(frame: pd.DataFrame) -> dict[str, str]:
    """The names in the identity columns in English: that of the column ``agency_en``, else as they are romanised."""
    own: dict[str, str] = {}
    if "agency_en" in frame and "agency" in frame:
        known = frame.dropna(subset=["agency", "agency_en"]).drop_duplicates("agency", keep="last")
        own = dict(zip(known["agency"].astype(str), known["agency_en"].astype(str), strict=True))
    named = [column for column in NAMED if column in frame]
    texts = dict.fromkeys(str(text) for column in named for text in frame[column].dropna())
    return {text: own.get(text) or english(text) for text in texts}


def drawn_names(frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Stand-ins for the names in the identity columns that no font of the chart can write."""
    hidden = {"year", "form", "region_code"} | ({"agency_id", "report_id"} if "agency" in frame else set())
    return {
        text: stand_in
        for column in IDENTITY
        if column in frame and column not in hidden
        for text, stand_in in fonts.stand_ins(frame[column].dropna().astype(str), word(column, lang)).items()
    }


def keep_fonts(ax: Axes) -> None:
    """Fixes the fonts of all axes of a chart: matplotlib makes tick labels late, when its own settings hold again."""
    for part in (ax, *ax.child_axes):
        part.tick_params(labelfontfamily=fonts.families())
        for text in part.findobj(Text):
            text.set_fontfamily(fonts.families())


def title(page: Page, text: str, subject: str = "", *, lift: float = 0) -> None:
    """The title of a chart, and below it whom it is about; ``lift`` is the room in points for what stands between.

    Invented figures are marked there.
    """
    asked = [page.look.get("title", text), page.look.get("subtitle", subject)]
    lines = [*map(plain_dollars, asked[:1]), asked[1], page.word("invented") if page.invented else ""]
    page.ax.set_title(page.lines("\n".join(filter(None, lines)), WIDE * 0.5), pad=12 + lift, linespacing=1.4)


def draw_reference(ax: Axes, look: Look) -> None:
    """The line at a value that a reader compares with, across the axis of figures."""
    if "reference" not in look:
        return
    line = ax.axhline if ax.get_gid() in (SERIES, UPRIGHT) else ax.axvline
    line(look["reference"], color=ink("quiet"), linewidth=1.2, linestyle=(0, (1, 1.5)), zorder=2.5, gid=REFERENCE)


def source(page: Page, reports: int, notes: Sequence[str] = (), *, below: Axes | None = None) -> None:
    """The source line below the chart, and above it what a reader must know to read it right; of invented figures the
    line says so, and names no report as their source.

    ``below`` is the lowest of the axes within a chart of several; the line belongs to it and stands below its label.
    """
    origin = "source_invented" if page.invented else "source" if reports != 1 else "source_one"
    lines = [*notes, page.word(origin, reports=reports)]
    lowest = below or page.ax
    column = page.look.get("size") == "column"  # where the remarks may use all of the width
    lowest.annotate(
        page.lines("\n".join(lines), WIDE),
        xy=(0.01, 0) if column else (0, 0),
        xycoords=(
            "figure fraction" if column else page.ax.transAxes,
            lowest.xaxis.label if lowest.axison else page.ax.transAxes,
        ),
        xytext=(0, -8),
        textcoords="offset points",
        ha="left",
        va="top",
        fontsize=7.5,
        color=ink("quiet"),
        linespacing=1.4,
        annotation_clip=False,
        gid=SOURCE,
    )


def legend_above(page: Page, columns: int, *, of: Sequence[Axes] = (), lift: float = 0) -> None:
    """The legend between the title and the chart, where it hides nothing; each label once.

    ``of`` are axes within the chart whose legend it is; ``lift`` is the room in points for what stands between.
    """
    found = [pair for ax in of or (page.ax,) for pair in zip(*ax.get_legend_handles_labels(), strict=True)]
    handles = {label: plain(handle) for handle, label in reversed(found)}
    if handles:
        labels = list(dict.fromkeys(label for _, label in found))
        if page.look.get("size") == "column":
            columns = min(columns, 2 if max(map(len, labels)) < LETTERS_OF_TWO else 1)
        page.ax.legend(
            [handles[label] for label in labels],
            labels,
            loc="lower left",
            bbox_to_anchor=(0, 1),
            bbox_transform=page.ax.transAxes + ScaledTranslation(0, lift / 72, page.ax.figure.dpi_scale_trans),
            ncols=columns,
            borderaxespad=0.3,
            borderpad=0,
            handlelength=1.2,
            columnspacing=1.2,
        )
        page.ax.set_title(
            page.ax.get_title(loc="left"), pad=12 + lift + 15 * -(-len(labels) // columns), linespacing=1.4
        )


def plain(handle: Artist | BarContainer) -> Artist:
    """What stands for a handle in a legend: for bars their colour whatever the height of some of them."""
    if isinstance(handle, BarContainer):
        return Patch(color=handle[0].get_facecolor())
    return handle


def need(frame: pd.DataFrame, columns: Sequence[str], maker: str) -> None:
    """Raises UsageError when a frame lacks columns of the result that a chart draws."""
    if missing := [column for column in columns if column not in frame]:
        raise UsageError(
            f"the frame has no column {', '.join(missing)}.", hint=f"Give this chart the result of {maker}."
        )
