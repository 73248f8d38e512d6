"""Values of style sheets: lengths, sizes of letters and colours."""

from __future__ import annotations

import re
from functools import lru_cache

from tinycss2.color4 import parse_color

Colour = tuple[float, float, float, float]
"""Red, green, blue and alpha, each from 0 to 1."""

BLACK, WHITE = (0.0, 0.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0)

ALIKE = 0.095
"""How far the colours of text and ground may lie apart, in each of red, green and blue, for no one to see the text."""

_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0}
_UNITS = {
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "in": 96.0,
    "cm": 37.8,
    "q": 0.945,
    "vmin": 7.2,
    "vmax": 12.8,
    "mm": 3.78,
    "rem": 16.0,
    "vw": 12.8,
    "vh": 7.2,
    "": 1.0,
}
_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)(px|pt|pc|in|cm|mm|q|rem|em|ex|ch|vw|vh|vmin|vmax|%|)")
_FONT_SIZE = re.compile(
    r"(?<![\w.#%-])(?:(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?(?:px|pt|pc|in|cm|mm|q|rem|em|ex|ch|vw|vh|vmin|vmax|%)|0|(?:xx?-)?(?:small|large)|medium)(?![\w%])"
)


def length(value: str, size: float) -> float:
    """A length in pixels, where letters have a size; 0 where the value is none."""
    found = _LENGTH.match(value)
    if not found:
        return 0.0
    letter = {"em": size, "ex": size / 2, "ch": size / 2, "%": size / 100}
    return float(found[1]) * (letter[found[2]] if found[2] in letter else _UNITS[found[2]])


def is_tiny(value: str) -> bool:
    """Whether a width or height is a pixel or less; one that depends on what is around is not."""
    found = _LENGTH.fullmatch(value)
    return found is not None and (found[2] != "%" or not float(found[1])) and length(value, 16) <= 1


def font_size(value: str, around: float) -> float:
    """The size of letters in pixels that a ``font-size`` or ``font`` sets inside letters of another size."""
    if value in {"smaller", "larger"}:
        return around * (5 / 6 if value == "smaller" else 6 / 5)
    found = _FONT_SIZE.search(value)
    if not found:
        return around
    return _SIZES[found[0]] if found[0] in _SIZES else length(found[0], around)


def share(value: str) -> float:
    """An opacity from 0 to 1; 1 where the value is none."""
    found = _LENGTH.fullmatch(value.strip())
    return float(found[1]) / (100 if found[2] == "%" else 1) if found else 1.0


@lru_cache(maxsize=1024)
def colour(value: str) -> Colour | str | None:
    """A colour; ``currentcolor``; or None for what is no colour that is known."""
    parsed = parse_color(value) or (parse_color(f"#{value}") if re.fullmatch(r"[0-9a-f]{6}", value) else None)
    if parsed is None or isinstance(parsed, str):
        return parsed
    try:
        red, green, blue = parsed.to("srgb").coordinates
    except NotImplementedError:
        return None
    return float(red or 0), float(green or 0), float(blue or 0), float(parsed.alpha)


def alike(text: Colour, ground: Colour) -> bool:
    """Whether a text has so much the colour of its ground that no one sees it."""
    return all(abs(own - behind) * text[3] <= ALIKE for own, behind in zip(text[:3], ground[:3], strict=True))
