"""Which declarations of style sheets browsers know: of others they take no notice, and what was said before holds."""

from __future__ import annotations

import re
from functools import lru_cache

from govinfo.readers.css_values import colour

_EVERYWHERE = "inherit initial unset revert revert-layer"
_SIZES = "auto none min-content max-content fit-content stretch -webkit-fill-available -webkit-fit-content intrinsic"
_SCROLLS = "visible hidden clip scroll auto overlay"
_LINES = "none underline overline line-through blink spelling-error grammar-error"
_DISPLAYS = """none contents block inline flow flow-root table flex grid ruby list-item run-in inline-block inline-table
inline-flex inline-grid table-row-group table-header-group table-footer-group table-row table-cell table-column-group
table-column table-caption ruby-base ruby-text ruby-base-container ruby-text-container math -webkit-box
-webkit-inline-box -webkit-flex -webkit-inline-flex"""
_LETTERS = "xx-small x-small small medium large x-large xx-large xxx-large smaller larger math -webkit-xxx-large"
_ALIGNED = "baseline sub super top text-top middle bottom text-bottom -webkit-baseline-middle"

_SAID = {
    "content-visibility": "visible auto hidden",
    "direction": "ltr rtl",
    "display": _DISPLAYS,
    "flex-direction": "row row-reverse column column-reverse",
    "float": "left right none inline-start inline-end",
    "font-size": _LETTERS,
    "font-variant-position": "normal sub super",
    "overflow": _SCROLLS,
    "overflow-x": _SCROLLS,
    "overflow-y": _SCROLLS,
    "position": "static relative absolute fixed sticky -webkit-sticky",
    "text-decoration": f"{_LINES} solid double dotted dashed wavy auto from-font",
    "text-decoration-line": _LINES,
    "text-indent": "hanging each-line",
    "unicode-bidi": "normal embed bidi-override isolate isolate-override plaintext -webkit-isolate",
    "vertical-align": _ALIGNED,
    "visibility": "visible hidden collapse",
    "zoom": "normal reset document",
    **dict.fromkeys(("opacity", "order"), ""),
    **dict.fromkeys(("bottom", "left", "margin-left", "right", "top"), "auto"),
    **dict.fromkeys(("height", "max-height", "max-width", "width"), _SIZES),
    **dict.fromkeys(("-webkit-text-fill-color", "background-color", "color"), ""),
}
_WORDS = {name: frozenset(f"{words} {_EVERYWHERE}".split()) for name, words in _SAID.items()}
"""The words that each property takes; a property that does not stand here takes anything."""

_COLOURED = frozenset({"-webkit-text-fill-color", "background-color", "color", "text-decoration"})
_MEASURES = """bottom height left margin-left max-height max-width opacity order right text-decoration text-indent top
vertical-align width zoom"""
_MEASURED = frozenset(_MEASURES.split())
_SYSTEM_COLOURS = """accentcolor accentcolortext activetext activeborder activecaption appworkspace background
buttonborder buttonface buttonhighlight buttonshadow buttontext canvas canvastext captiontext
currentcolor field fieldtext graytext highlight highlighttext inactiveborder inactivecaption
inactivecaptiontext infobackground infotext linktext mark marktext menu menutext scrollbar
selecteditem selecteditemtext threeddarkshadow threedface threedhighlight threedlightshadow
threedshadow visitedtext window windowframe windowtext -webkit-link -webkit-text"""
SYSTEM = frozenset(_SYSTEM_COLOURS.split())
"""The colours of the system, which differ from one computer to the next."""

_SYSTEM_TEXTS = """activetext buttontext canvastext captiontext currentcolor fieldtext graytext infotext linktext
menutext visitedtext windowtext -webkit-link -webkit-text"""
SYSTEM_TEXT = frozenset(_SYSTEM_TEXTS.split())
"""Those that are dark where the page is white."""

_UNIT = "px|pt|pc|in|cm|mm|q|r?em|r?ex|r?ch|r?cap|r?ic|r?lh|[sld]?v(?:w|h|i|b|min|max)|cq(?:w|h|i|b|min|max)|%"
_DIGITS = r"(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
_NUMBER = re.compile(rf"[-+]?{_DIGITS}(?:{_UNIT})?")
_SIZE = re.compile(rf"\+?(?:{_DIGITS}(?:{_UNIT})|0*\.?0+)")
_FUNCTION = re.compile(r"[\w-]+\([^()]*\)")


@lru_cache(maxsize=10_000)
def is_known(name: str, value: str) -> bool:
    """Whether browsers know a value, in small letters, of a property; what functions give is taken to be known."""
    if name not in _WORDS:
        return True
    while value != (value := _FUNCTION.sub(" ", value)):
        pass
    return all(word in _WORDS[name] or _is_measure(name, word) or _is_colour(name, word) for word in value.split())


def _is_measure(name: str, word: str) -> bool:
    if name == "font-size":
        return bool(_SIZE.fullmatch(word))
    return name in _MEASURED and bool(_NUMBER.fullmatch(word))


def _is_colour(name: str, word: str) -> bool:
    return name in _COLOURED and (word in SYSTEM or colour(word) is not None)
