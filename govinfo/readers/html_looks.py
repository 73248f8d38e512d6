"""How a text looks that stands in an element of a page: whether it is seen, struck out, raised as a note is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from govinfo.readers.css_known import SYSTEM, SYSTEM_TEXT
from govinfo.readers.css_values import BLACK, WHITE, Colour, alike, colour, font_size, is_tiny, length, share
from govinfo.readers.html_styles import Style
from govinfo.readers.html_tags import BLOCKS, FRAMES
from govinfo.readers.marks import FONTS_OF_SIGNS

Element = Any

PAGE = frozenset({"html", "body"})
"""Elements that a script shows when the page is ready: that they are hidden says nothing."""

_CONTROL = {"color": "black", "background-color": "white"}
USUAL: dict[str, Style] = {
    "a": {"color": "blue"},
    "dialog": {"display": "none"},
    **{tag: {"text-decoration-line": "line-through"} for tag in ("s", "del", "strike")},
    "sup": {"vertical-align": "super", "font-size": "smaller"},
    "sub": {"vertical-align": "sub", "font-size": "smaller"},
    **{tag: {"vertical-align": "super", "font-size": "50%"} for tag in ("rt", "rtc")},
    "rp": {"display": "none"},
    "small": {"font-size": "smaller"},
    "bdo": {"unicode-bidi": "override"},
    "big": {"font-size": "larger"},
    "mark": {"color": "black", "background-color": "yellow"},
    **dict.fromkeys(("input", "select", "textarea", "img", "svg", "canvas", "object", "embed", "math"), _CONTROL),
}
"""What browsers do with a tag where no style says otherwise."""

SMALL = 0.85
"""How small, against the text around it, digits are that may be a note."""

RAISED = 0.2
"""How far, in sizes of the letter, a text of full size is raised that may be a note; less is a matter of setting."""

FAINT = 0.1
"""Opacity that nobody sees."""

LONG = 500
"""Characters of a part of a page that is not yet faded in: a script shows it when the page is ready."""

BULLETS = frozenset({"none", "inside", "outside", "disc", "circle", "square", "disclosure-open", "disclosure-closed"})
"""What is said of the signs of lists that are no numbers."""

_AS_AROUND = frozenset({"", "inherit", "unset"})
_FAR = 900.0
_FILTERS = re.compile(r"(?:brightness|contrast|invert|blur|url)\(")
_MIDDLE = re.compile(r"(?:calc\(\s*)?(?:[3-6]\d(?:\.\d+)?%|0?\.[4-9]\d*em)")
_LINES = ("border-top", "border-bottom", "background-color")
_SHIFT = re.compile(r"translate[xy3d]*\(([^()]*)\)")
_FLAT = re.compile(r"(?:scale[xy3d]*|matrix)\(\s*0*\.?0*[\s,)]|rotate[xy]\(\s*-?90deg")
_MIRRORED = re.compile(r"(?:scale[xy3d]*|matrix)\(\s*-|rotate[xyz]?\(\s*-?180deg")
_NOTHING_LEFT = re.compile(r"inset\(\s*(?:[5-9]\d|100)%|(?:circle|ellipse)\(\s*0|polygon\(\s*0[^,]*(?:,\s*0[^,]*)*\)")
_CLIPPED = re.compile(r"rect\(\s*([\d.]+)\w*[\s,]+([\d.]+)\w*[\s,]+([\d.]+)\w*[\s,]+([\d.]+)\w*\s*\)")
_OF_A_BLOCK = frozenset({"block", "flex", "grid", "table", "list-item", "flow-root"})


@dataclass(frozen=True, slots=True)
class Look:
    """What a text looks like. ``unseen`` cannot be undone by what stands inside, the rest can; ``veiled`` is a text
    that a mask or a filter changes in a way that nobody can tell."""

    colour: Colour | None = BLACK
    ground: Colour | None = WHITE
    size: float = 16.0
    alpha: float = 1.0
    unseen: bool = False
    invisible: bool = False
    veiled: bool = False
    outdented: bool = False
    struck: bool = False
    raised: bool = False
    aside: bool = False
    reversed: bool = False
    signs: bool = False
    unsure: bool = False

    @property
    def is_hidden(self) -> bool:
        """True where nobody sees the text, whatever colours are around it."""
        return self.unseen or self.invisible or self.outdented or self.size <= 1 or self.alpha < FAINT

    @property
    def is_alike(self) -> bool:
        """True where the text has the colour of its ground."""
        if self.colour is None or self.ground is None:
            return self.colour is not None and self.colour[3] < FAINT
        return alike(self.colour, self.ground)

    @property
    def is_plain(self) -> bool:
        """True where nothing has to be said of the text."""
        odd = self.struck or self.raised or self.aside or self.reversed or self.signs or self.veiled
        return not (odd or self.is_hidden or self.is_alike)


def usual(element: Element) -> Style:
    """What browsers do with an element where no style says otherwise; ``-aside`` marks a link, as the number of
    a note is."""
    if element.tag == "a":
        return {**(USUAL["a"] if "href" in element.attrib else {}), "-aside": "1"}
    return {} if element.tag == "dialog" and "open" in element.attrib else USUAL[element.tag]


def inside(around: Look, element: Element, style: Style) -> Look:
    """The look of the text in an element."""
    size = font_size(style.get("font-size", ""), around.size)
    is_page = element.tag in PAGE
    display = style.get("display", "block" if element.tag in BLOCKS else "inline")
    inline = element.tag not in FRAMES and display not in _OF_A_BLOCK
    small = inline and size < SMALL * around.size
    visibility = style.get("visibility", "")
    alone = display.startswith("inline-")
    line = style.get("text-decoration-line", "")
    return replace(
        around,
        size=size,
        colour=None if _is_shadowed(style) else _colour(style.get("color", ""), around),
        ground=ground_of(style, around),
        alpha=around.alpha if is_page or _is_to_fade_in(element, style) else around.alpha * _opacity(style),
        unseen=around.unseen or (not is_page and _is_unseen(element, style, inline)),
        veiled=around.veiled or (not is_page and (_is_veiled(style, inline) or _is_untold(style.get("color", "")))),
        invisible=around.invisible if visibility in _AS_AROUND or is_page else visibility in {"hidden", "collapse"},
        outdented=length(style["text-indent"], size) <= -_FAR if "text-indent" in style else around.outdented,
        struck="line-through" in line or (around.struck and not alone),
        raised=around.raised or (inline and _is_raised(style, around.size, size)),
        aside=around.aside or small or bool(style.get("-aside")),
        signs=bool(FONTS_OF_SIGNS.search(style["font-family"])) if "font-family" in style else around.signs,
        reversed=around.reversed or _is_reversed(element, style),
    )


def _opacity(style: Style) -> float:
    value = style.get("opacity", "")
    within = re.search(r"opacity\(\s*([^()]*)\)", style.get("filter", ""))
    alpha = 1.0
    for said in (value, within[1] if within else ""):
        alpha *= share(said)
    return alpha


def _is_veiled(style: Style, inline: bool) -> bool:
    """Whether a mask, a filter, or a picture behind a few words, as a line through them, changes the look."""
    masked = any(style.get(name, "none") != "none" for name in ("mask-image", "clip-path", "offset-path"))
    return (
        masked
        or bool(_FILTERS.search(style.get("filter", "")))
        or (inline and "gradient(" in style.get("background-image", ""))
    )


def _is_untold(value: str) -> bool:
    """Whether a colour is one that only the browser, or the computer that it runs on, can tell."""
    return not isinstance(colour(value), tuple) and ("(" in value or value in SYSTEM - SYSTEM_TEXT)


def _is_to_fade_in(element: Element, style: Style) -> bool:
    """Whether a part of a page without any opacity is so large that a script must be meant to show it."""
    return _opacity(style) < FAINT and len("".join(element.itertext())) > LONG


def _colour(value: str, around: Look) -> Colour | None:
    if value in {"", "inherit", "unset", "currentcolor"}:
        return around.colour
    if value in {"initial", "canvastext", "windowtext"}:
        return BLACK
    parsed = colour(value)
    return parsed if isinstance(parsed, tuple) else None


def _is_shadowed(style: Style) -> bool:
    return style.get("text-shadow", "none") != "none"


def ground_of(style: Style, around: Look) -> Colour | None:
    """The colour behind a text; None where a picture lies there or nobody can tell."""
    picture = style.get("background-image", "")
    if "url(" in picture or "gradient(" in picture:
        return None
    ground = around.ground
    for word in re.findall(r"[\w#-]+(?:\([^()]*\))?", style.get("background-color", "")):
        parsed = colour(word)
        if parsed == "currentcolor":
            ground = _colour(style.get("color", ""), around)
        elif isinstance(parsed, tuple) and parsed[3] > FAINT:
            ground = parsed
    return ground


def _is_unseen(element: Element, style: Style, inline: bool) -> bool:
    """Whether an element is shrunk, cut or moved out of sight with all that is in it."""
    position = style.get("position", "")
    taken_out = position in {"absolute", "fixed"}
    sized = element.tag not in FRAMES and (
        not inline or taken_out or style.get("float") in {"left", "right"} or "inline-" in style.get("display", "")
    )
    narrow = any(is_tiny(style.get(name, "")) for name in ("width", "height", "max-width", "max-height"))
    clip = _CLIPPED.search(style.get("clip", ""))
    turned = _transform(style)
    moves = [part for found in _SHIFT.findall(turned) for part in re.split(r"[,\s]+", found)]
    return (
        (sized and narrow and style.get("overflow", "") in {"hidden", "clip", "auto", "scroll"})
        or (taken_out and clip is not None and _is_empty(*map(float, clip.groups())))
        or bool(_NOTHING_LEFT.search(style.get("clip-path", "")))
        or bool(_FLAT.search(turned))
        or 0 < share(style.get("zoom", "")) < FAINT
        or any(map(_is_far, moves))
        or style.get("content-visibility") == "hidden"
        or (position == "relative" and _is_off_page(style))
    )


def _transform(style: Style) -> str:
    """All that moves, turns or stretches an element, as ``transform`` would say it."""
    alone = [f"{name}({style[name]})" for name in ("translate", "rotate", "scale") if name in style]
    return " ".join([style.get("transform", ""), *alone])


def _is_empty(top: float, right: float, bottom: float, left: float) -> bool:
    return bottom - top <= 1 or right - left <= 1


def _is_far(value: str) -> bool:
    return abs(length(value, 16)) > _FAR


def _is_off_page(style: Style) -> bool:
    sides = [style.get(side, "") for side in ("left", "top", "right", "bottom")]
    return any(side.startswith("-") and _is_far(side) for side in sides)


def _is_raised(style: Style, around: float, size: float) -> bool:
    """Whether a text stands higher or lower than the text around it, as a note does."""
    align = style.get("vertical-align", "")
    if {align, style.get("font-variant-position", "")} & {"super", "sub"}:
        return True
    small = size < SMALL * around
    if small and align in {"text-top", "top", "text-bottom"}:
        return True
    shifts = [align, style.get("mso-text-raise", "")]
    if style.get("position") == "relative":
        shifts += [style.get("top", ""), style.get("bottom", "")]
    if moved := re.search(r"translate(?:y\(|\([^()\s,]+[\s,]+)([^()]*)\)", _transform(style)):
        shifts.append(moved[1].strip())
    furthest = max(abs(length(shift, around)) for shift in shifts)
    return 0 < furthest < _FAR and (small or furthest >= RAISED * around)


def _is_reversed(element: Element, style: Style) -> bool:
    """Whether letters are set from right to left or turned over, so that digits are seen the other way round."""
    direction = style.get("direction", "") or element.get("dir", "").lower()
    turned = "override" in style.get("unicode-bidi", "") and direction == "rtl"
    return turned or bool(_MIRRORED.search(_transform(style)))


def is_gone(style: Style) -> bool:
    """Whether an element is not displayed, or stands where nobody looks."""
    off_page = style.get("position") in {"absolute", "fixed"} and _is_off_page(style)
    return (
        style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or off_page
        or length(style.get("margin-left", ""), 16) <= -_FAR
        or length(_left_of(style.get("margin", "")), 16) <= -_FAR
    )


def _left_of(margins: str) -> str:
    """The left of four margins, of which those that are left out are as those across from them."""
    sides = margins.split()
    return (sides[3:] or sides[1:2] or sides or [""])[0]


def is_turned(style: Style) -> bool:
    """Whether what is in an element stands in another order or on lines of its own."""
    return bool(re.search("reverse|column", style.get("flex-direction", "")))


def is_apart(element: Element, style: Style) -> bool:
    """Whether an element stands on a line or at a place of its own."""
    return element.tag not in BLOCKS and (
        style.get("display") in _OF_A_BLOCK
        or style.get("float") in {"left", "right"}
        or style.get("position") in {"absolute", "fixed"}
        or style.get("order", "0") != "0"
    )


def is_line_through(style: Style) -> bool:
    """Whether a style sheet draws a line across the middle of an element, as the border of an empty box."""
    edges = [style.get(edge, "") for edge in ("top", "bottom")]
    across = style.get("width", "").startswith("100") or ("left" in style and "right" in style)
    lined = any(style.get(line, "none") not in {"none", "0", "transparent"} for line in _LINES)
    return (
        not style.get("content", "x").strip("\"' ")
        and style.get("position") == "absolute"
        and across
        and lined
        and any(map(_MIDDLE.match, edges))
    )


def is_numbered(style: Style) -> bool:
    """Whether the sign of a list is a number, a letter or a picture; the plain bullets say nothing."""
    words = style.get("list-style-type", "none").split()
    return not BULLETS.issuperset(words) or "url(" in style.get("list-style-image", "")


def is_quoted_in_figures(style: Style) -> bool:
    """Whether the quotation marks of an element have figures in them."""
    return any(map(str.isdigit, style.get("quotes", "")))


def is_drawn(style: Style) -> bool:
    """Whether what a style sheet sets before or behind an element is seen."""
    content = style.get("content", "")
    look = inside(Look(), etree.Element("span"), style)
    empty = not re.sub(r"""["'\s]""", "", content) or content in {"none", "normal"}
    return not empty and not look.is_hidden and style.get("display") != "none"
