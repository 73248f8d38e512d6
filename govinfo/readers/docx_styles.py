"""The styles of a Word document, and what its property elements set of how letters look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from govinfo.readers.docx_letters import USUAL_SIZE, Style
from govinfo.readers.docx_xml import (
    Element,
    at_path,
    attribute,
    children,
    is_on,
    local_name,
    number_of,
    parsed,
    value_of,
)

STYLES = "word/styles.xml"

LONGEST = 1_000_000
"""Bytes of styles that are worth to be remembered."""

SWITCHES = frozenset({"vanish", "strike", "dstrike"})
VALUES = frozenset({"vertAlign", "position", "sz", "w", "color", "highlight"})
SETTING = SWITCHES | VALUES | {"shd", "rFonts", "textFill"}
"""The elements that set something of what matters here."""

UNKNOWN = "unknown"
"""The fill of a pattern."""

CLEAR = re.compile(r"9\d{4}|100000")
"""Thousandths of a percent of what is behind them that letters let through which nobody sees."""

_WHITE_THEMES = frozenset({"background1", "light1", "bg1", "lt1"})
_HEADING_STYLE = re.compile(r"(?:heading|标题|title)\s*\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """What a style sets with those that it is based on: how letters look, the fills behind its paragraphs, the most
    basic first, whether it shades parts of a table, whether it marks a heading, and whether it numbers paragraphs."""

    letters: Style
    fills: tuple[str, ...]
    shades: bool
    heading: bool
    numbers: bool


NOTHING = Named({}, (), shades=False, heading=False, numbers=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The styles of a document by id, and what holds where no style says otherwise. ``known`` keeps what has been made
    out of a style."""

    styles: dict[str, Element] = field(default_factory=dict)
    defaults: Style = field(default_factory=dict)
    usual_paragraph: str = ""
    known: dict[str, Named] = field(default_factory=dict)

    def named(self, style_id: str) -> Named:
        """What the style with an id sets; nothing where there is none."""
        if style_id in self.styles and style_id not in self.known:
            self.known[style_id] = _named(self._chain(style_id))
        return self.known.get(style_id, NOTHING)

    def _chain(self, style_id: str) -> list[Element]:
        """A style and those it is based on, the most basic first."""
        chain: list[str] = []
        while style_id in self.styles and style_id not in chain:
            chain.append(style_id)
            style_id = value_of(at_path(self.styles[style_id], "basedOn"))
        return [self.styles[link] for link in reversed(chain)]


def sheet_of(content: bytes) -> Sheet:
    """The styles of a document from the part of the file that holds them. Files that a program made from one template
    share theirs."""
    return _remembered(content) if len(content) <= LONGEST else _sheet(content)


def _sheet(content: bytes) -> Sheet:
    styles = parsed(content, STYLES)
    by_id = {attribute(style, "styleId") or "": style for style in children(styles, "style")}
    usual = (
        style_id
        for style_id, style in by_id.items()
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true", "on"}
    )
    defaults = set_by(at_path(styles, "docDefaults", "rPrDefault", "rPr"))
    return Sheet(by_id, {"sz": USUAL_SIZE, **defaults}, next(usual, ""))


_remembered = lru_cache(maxsize=4)(_sheet)


def _named(chain: list[Element]) -> Named:
    letters: Style = {}
    for style in chain:
        letters |= set_by(at_path(style, "rPr"))
    shadings = (at_path(style, "pPr", "shd") for style in chain)
    numberings = (at_path(style, "pPr", "numPr") for style in reversed(chain))
    return Named(
        letters,
        fills=tuple(fill_of(shading) for shading in shadings if shading is not None),
        shades=any(fill_of(shading) for style in chain for shading in style.iter("{*}shd")),
        heading=any(map(_marks_heading, chain)),
        numbers=is_numbered(next((one for one in numberings if one is not None), None)),
    )


def is_numbered(numbering: Element | None) -> bool:
    """Whether the properties of a list have Word write a number before a paragraph."""
    number = at_path(numbering, "numId")
    return number is not None and value_of(number) != "0"


def _marks_heading(style: Element) -> bool:
    name = value_of(at_path(style, "name")).strip()
    return bool(_HEADING_STYLE.fullmatch(name)) or has_level(at_path(style, "pPr"))


def has_level(properties: Element | None) -> bool:
    """Whether the properties of a paragraph or its style give it a level of the outline."""
    return number_of(at_path(properties, "outlineLvl"), 9) < 9  # 9 is body text


# Properties ---------------------------------------------------------------------------------------------------------


def set_by(properties: Element | None) -> Style:
    """What a run, a style or the defaults set of what matters here."""
    found: Style = {}
    for one in () if properties is None else properties:
        if local_name(one) in SETTING:
            found |= said_by(one)
    return found


def of_run(run: Element, style: Style, sheet: Sheet) -> Style:
    """What holds for the letters of a run in letters of a style."""
    properties = at_path(run, "rPr")
    if properties is None:
        return style
    return {**style, **sheet.named(value_of(at_path(properties, "rStyle"))).letters, **set_by(properties)}


def said_by(one: Element) -> Style:
    """What a single property says."""
    name = local_name(one)
    if name in SWITCHES:
        return {name: "1" if is_on(one) else ""}
    if name == "color" and attribute(one, "themeColor") in _WHITE_THEMES:
        return {"color": "FFFFFF"}
    if name in VALUES:
        return {name: value_of(one)}
    if name == "shd":
        return {"shd": fill_of(one)}
    if name == "rFonts":
        return {"font": attribute(one, "ascii") or ""}
    return _filling(one) if name == "textFill" else {}


def _filling(fill: Element) -> Style:
    """What the filling of letters says: that it lets all through, or its colour."""
    if _is_clear(fill):
        return {"vanish": "1"}
    colours = [value_of(one) for one in fill.iter("{*}srgbClr", "{*}schemeClr")]
    return {"color": "FFFFFF" if colours[0] in _WHITE_THEMES else colours[0]} if len(colours) == 1 else {}


def _is_clear(fill: Element) -> bool:
    """Whether letters are filled with nothing, or with a colour that lets all through."""
    alphas = [value_of(alpha) for alpha in fill.iter("{*}alpha")]
    return next(children(fill, "noFill"), None) is not None or any(map(CLEAR.fullmatch, alphas))


def fill_of(shading: Element) -> str:
    """The colour of a shading as RRGGBB; ``unknown`` for a pattern; nothing where it has none."""
    pattern = value_of(shading)
    fill = attribute(shading, "color" if pattern == "solid" else "fill") or ""
    if pattern not in {"", "clear", "nil", "solid"}:
        return UNKNOWN
    if attribute(shading, "themeFill") and fill in {"", "auto"}:
        return UNKNOWN
    return "" if fill == "auto" else fill
