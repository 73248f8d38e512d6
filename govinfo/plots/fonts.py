"""What a chart can write, and what it writes where no font on the machine has the characters.

A chart never shows an empty box: a text is drawn only when every character of it is in a font that the chart uses.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from govinfo.files.fonts import chinese_font

LATIN = "DejaVu Sans"
"""The family that comes with matplotlib."""


def families() -> list[str]:
    """The font families of a chart, in the order in which each character is looked up."""
    path = chinese_font()
    return [LATIN, family_of(path)] if path else [LATIN]


@cache
def family_of(path: Path) -> str:
    """The family name of a font file, which matplotlib knows from now on."""
    font_manager.fontManager.addfont(str(path))
    return str(font_manager.FontProperties(fname=str(path)).get_name())


@cache
def characters(path: Path) -> frozenset[int]:
    """The code points that a font file has a glyph for."""
    return frozenset(FT2Font(str(path)).get_charmap())


def drawable(text: str) -> bool:
    """True when the fonts of a chart have every character of a text."""
    latin = Path(font_manager.findfont(LATIN))
    chinese = chinese_font()
    has = characters(latin) | characters(chinese) if chinese else characters(latin)
    return all(ord(character) in has for character in text if not character.isspace())


def stand_ins(texts: Iterable[str], word: str) -> dict[str, str]:
    """A name that can be drawn for each text that cannot: "agency 1", "agency 2" and so on, in their order."""
    lost = [text for text in dict.fromkeys(texts) if not drawable(text)]
    return {text: f"{word} {number}" for number, text in enumerate(lost, start=1)}
