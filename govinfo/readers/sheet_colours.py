"""Colours of letters and grounds in workbooks, as red, green, blue and alpha: of the theme with their tints, of the
palette, of the system, and those that a number format names."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX

from govinfo.readers.css_values import BLACK, WHITE, Colour
from govinfo.readers.number_sections import names_in

_OFFICE = (
    *("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D"),
    *("9BBB59", "8064A2", "4BACC6", "F79646", "0000FF", "800080"),
)
"""The colours of a theme in the order of their numbers, where a workbook has none of its own."""

_PAPER = 65
"""The number of the colour that the system gives to the ground."""

_FIRST_OF_PALETTE = 7
"""Before the place in the palette of what a number format calls ``[Color1]``."""

_UNSET = "00000000"
_OF_THEME = re.compile(rb'<a:(?:srgbClr\b[^>]*\bval|sysClr\b[^>]*\blastClr)="([0-9A-Fa-f]{6})"')
_SCHEME = re.compile(rb"<a:clrScheme\b.*?</a:clrScheme>", re.DOTALL)
_NAMES = {
    "000000": ("black", "黑色"),
    "FFFFFF": ("white", "白色"),
    "FF0000": ("red", "红色"),
    "00FF00": ("green", "绿色"),
    "0000FF": ("blue", "蓝色"),
    "FFFF00": ("yellow", "黄色"),
    "FF00FF": ("magenta", "洋红色"),
    "00FFFF": ("cyan", "青色"),
}
_NAMED = {name: value for value, names in _NAMES.items() for name in names}
_NUMBERED = re.compile(r"(?:color|颜色)\s*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a workbook: those of its theme by their numbers, and those of its palette."""

    theme: Sequence[str]
    indexed: Sequence[str]

    def colour(self, color: Any, automatic: Colour) -> Colour:
        """A colour as a workbook gives it; the automatic one where it gives none."""
        if color is None:
            return automatic
        if color.type == "theme":
            known = self.theme[color.theme] if 0 <= color.theme < len(self.theme) else ""
            return tinted(rgb(known), color.tint or 0.0) if known else automatic
        if color.type == "indexed":
            return self.numbered(color.indexed, automatic)
        return rgb(color.rgb) if color.type == "rgb" and color.rgb != _UNSET else automatic

    def numbered(self, index: int, automatic: Colour) -> Colour:
        """A colour of the palette or of the system by its number; the automatic one where it is neither."""
        if 0 <= index < len(self.indexed):
            return rgb(self.indexed[index])
        return WHITE if index == _PAPER else automatic

    def grounds(self, fill: Any) -> tuple[Colour, ...]:
        """The colours behind what a cell shows: one, all of a gradient, or each that an unnamed one may be."""
        kind = fill.fill_type if fill else None
        if not kind:
            return (WHITE,)
        if hasattr(fill, "stop"):
            return tuple(self.colour(stop.color, WHITE) for stop in fill.stop) or (WHITE,)
        if kind == "solid":
            named = {self.colour(fill.fgColor, automatic) for automatic in (WHITE, BLACK)}
            return tuple(sorted(named))
        return (between(self.colour(fill.fgColor, BLACK), self.colour(fill.bgColor, WHITE)),)

    def of_format(self, value: object, number_format: str) -> Colour | None:
        """The colour in which a number format shows a value; None where it names none."""
        for name in names_in(value, number_format):
            if name in _NAMED:
                return rgb(_NAMED[name])
            if numbered := _NUMBERED.fullmatch(name):
                return self.numbered(int(numbered[1]) + _FIRST_OF_PALETTE, BLACK)
        return None


def palette_of(book: Any) -> Palette:
    """The colours of a workbook as openpyxl opens it. A theme lists black and the dark one before their grounds, and
    counts them after."""
    scheme = _SCHEME.search(book.loaded_theme or b"")
    own = [value.decode() for value in _OF_THEME.findall(scheme[0])] if scheme else []
    theme = (own[1], own[0], own[3], own[2], *own[4:]) if len(own) == len(_OFFICE) else _OFFICE
    return Palette(theme, getattr(book, "_colors", COLOR_INDEX))


def rgb(value: str) -> Colour:
    """A colour from its six hexadecimal digits, before which others may stand."""
    red, green, blue = (int(value[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue, 1.0


def tinted(colour: Colour, tint: float) -> Colour:
    """A colour made darker (tint below 0, to -1) or lighter (above 0, to 1)."""
    hue, light, full = colorsys.rgb_to_hls(*colour[:3])
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return *colorsys.hls_to_rgb(hue, light, full), 1.0


def between(one: Colour, other: Colour) -> Colour:
    """The colour halfway between two, as a pattern of both looks."""
    red, green, blue = ((a + b) / 2 for a, b in zip(one[:3], other[:3], strict=True))
    return red, green, blue, 1.0
