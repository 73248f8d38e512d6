"""How the texts of a Word document look: which of them nobody sees, which are struck out, which are raised as notes
are, and what is seen in cells that is no text.

One walk over the body works out what each run inherits from styles and sets. Texts that are not plain get marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from govinfo.readers.css_values import WHITE, Colour
from govinfo.readers.docx_fields import mark_fields
from govinfo.readers.docx_letters import USUAL_SIZE, Style, filled, half_points, seen_of
from govinfo.readers.docx_xml import (
    Element,
    at_path,
    attribute,
    bare,
    become_text,
    children,
    holds,
    is_on,
    local_name,
    parts,
    value_of,
)
from govinfo.readers.marks import as_seen, marked

_SWITCHES = frozenset({"vanish", "strike", "dstrike"})
_VALUES = frozenset({"vertAlign", "position", "sz", "w", "color", "highlight"})
_WHITE_THEMES = frozenset({"background1", "light1", "bg1", "lt1"})
_PICTURES = frozenset({"drawing", "pict", "object"})
_NOTES = frozenset({"footnoteReference", "endnoteReference"})
_DRAWN = _PICTURES | _NOTES | {"oMath", "rt"}
_SKIPPED = frozenset({"Fallback", "rPr", "pPr", "tblPr", "tcPr", "trPr", "sectPr", "del", "moveFrom"})
_UNKNOWN = "unknown"

CLEAR = re.compile(r"9\d{4}|100000")
"""Thousandths of a percent of what is behind them that letters let through which nobody sees."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a style sets with those that it is based on: how letters look, and the fills behind its paragraphs, the most
    basic first."""

    letters: Style
    fills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The styles of a document by id, and what holds where no style says otherwise. ``known`` keeps what has been made
    out of a style."""

    styles: dict[str, Element] = field(default_factory=dict)
    defaults: Style = field(default_factory=dict)
    usual_paragraph: str = ""
    known: dict[str, Named] = field(default_factory=dict)


class Around(NamedTuple):
    """What is around a run: the style it begins with, the colour of the ground (None where nobody can tell), whether
    it stands in a cell, and the largest letters of its paragraph."""

    style: Style
    ground: Colour | None = WHITE
    in_cell: bool = False
    largest: int = 0


def mark(body: Element, styles: Element | None) -> None:
    """Marks the texts of a document that are not plain, and gives what is drawn in cells a text."""
    sheet = _sheet(styles) if styles is not None else Sheet()
    with_fields, with_notes, with_drawings = (holds(body, names) for names in ({"fldChar"}, _NOTES, _DRAWN))
    pending = [(body, bare(body.tag), Around(sheet.defaults))]
    while pending:
        element, name, around = pending.pop()
        if name == "tbl":
            around = _in_table(element, around, sheet)
        elif name == "tc":
            said = parts(at_path(element, "tcPr"))
            around = Around(around.style, _ground(said.get("shd"), around.ground), True, around.largest)
            if "cellDel" in said:
                _mark_all(element, "struck-out")
        elif name == "p":
            said = parts(at_path(element, "pPr"))
            around = _in_paragraph(element, said, around, sheet)
            if with_fields and around.in_cell:
                mark_fields(element)
            if with_notes:
                _mark_custom_notes(element)
            if around.in_cell and _is_numbered(said.get("numPr")) and not _has_any_text(element):
                become_text(etree.SubElement(element, "t"), marked("picture"))
        elif name == "sdt" and around.in_cell and is_on(at_path(element, "sdtPr", "showingPlcHdr")):
            _mark_all(element, "form-field")
        elif name == "bdo" and value_of(element) == "rtl":
            _mark_all(element, "picture")
        elif name == "r":
            _mark_run(element, around, sheet)
        if with_drawings and around.in_cell:
            _draw(element, name)
        pending += [
            (child, name, around)
            for child in element
            if (name := bare(child.tag)) not in _SKIPPED and (with_drawings or len(child))
        ]


# Styles -------------------------------------------------------------------------------------------------------------


def _sheet(styles: Element) -> Sheet:
    by_id = {attribute(style, "styleId") or "": style for style in children(styles, "style")}
    usual = (
        style_id
        for style_id, style in by_id.items()
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true", "on"}
    )
    defaults = _properties(at_path(styles, "docDefaults", "rPrDefault", "rPr"))
    return Sheet(by_id, {"sz": USUAL_SIZE, **defaults}, next(usual, ""))


def _chain(sheet: Sheet, style_id: str) -> list[Element]:
    """A style and those it is based on, the most basic first."""
    chain: list[str] = []
    while style_id in sheet.styles and style_id not in chain:
        chain.append(style_id)
        style_id = value_of(at_path(sheet.styles[style_id], "basedOn"))
    return [sheet.styles[link] for link in reversed(chain)]


def _named(sheet: Sheet, style_id: str) -> Named:
    if style_id not in sheet.known:
        letters: Style = {}
        fills = []
        for style in _chain(sheet, style_id):
            letters |= _properties(at_path(style, "rPr"))
            if (shading := at_path(style, "pPr", "shd")) is not None:
                fills.append(_fill(shading))
        sheet.known[style_id] = Named(letters, tuple(fills))
    return sheet.known[style_id]


def _properties(properties: Element | None) -> Style:
    """What a run, a style or the defaults set of what matters here."""
    found: Style = {}
    for one in () if properties is None else properties:
        name = local_name(one)
        if name in _SWITCHES:
            found[name] = "1" if is_on(one) else ""
        elif name == "color" and attribute(one, "themeColor") in _WHITE_THEMES:
            found["color"] = "FFFFFF"
        elif name in _VALUES:
            found[name] = value_of(one)
        elif name == "shd":
            found["shd"] = _fill(one)
        elif name == "rFonts":
            found["font"] = attribute(one, "ascii") or ""
        elif name == "textFill":
            found |= _filling(one)
    return found


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


def _fill(shading: Element) -> str:
    """The colour of a shading as RRGGBB; ``unknown`` for a pattern; nothing where it has none."""
    pattern = value_of(shading)
    fill = attribute(shading, "color" if pattern == "solid" else "fill") or ""
    if pattern not in {"", "clear", "nil", "solid"}:
        return _UNKNOWN
    if attribute(shading, "themeFill") and fill in {"", "auto"}:
        return _UNKNOWN
    return "" if fill == "auto" else fill


def _ground(shading: Element | None, behind: Colour | None) -> Colour | None:
    return behind if shading is None else filled(_fill(shading), behind)


def _in_table(table: Element, around: Around, sheet: Sheet) -> Around:
    properties = at_path(table, "tblPr")
    style_id = value_of(at_path(properties, "tblStyle"))
    # Which of its rows and columns a table style shades is not worked out here.
    shaded = any(_fill(shading) for style in _chain(sheet, style_id) for shading in style.iter("{*}shd"))
    ground = None if shaded else around.ground
    style = {**around.style, **_named(sheet, style_id).letters}
    return around._replace(style=style, ground=_ground(at_path(properties, "shd"), ground))


def _in_paragraph(paragraph: Element, said: Mapping[str, Element], around: Around, sheet: Sheet) -> Around:
    named = _named(sheet, value_of(said.get("pStyle")) or sheet.usual_paragraph)
    ground = around.ground
    for fill in named.fills:
        ground = filled(fill, ground)
    style = {**around.style, **named.letters} if named.letters else around.style
    return Around(style, _ground(said.get("shd"), ground), around.in_cell, _largest(paragraph, style, sheet))


def _largest(paragraph: Element, style: Style, sheet: Sheet) -> int:
    """The size of the largest letters of a paragraph; 0 for a single run, which is small beside nothing."""
    runs = list(paragraph.iter("{*}r"))
    if len(runs) < 2:
        return 0
    return max((half_points(_of_run(run, style, sheet)) for run in runs if _has_text(run)), default=0)


def _has_text(run: Element) -> bool:
    return any((text.text or "").strip() for text in children(run, "t"))


def _of_run(run: Element, style: Style, sheet: Sheet) -> Style:
    properties = at_path(run, "rPr")
    if properties is None:
        return style
    return {**style, **_named(sheet, value_of(at_path(properties, "rStyle"))).letters, **_properties(properties)}


# Runs ---------------------------------------------------------------------------------------------------------------


def _mark_run(run: Element, around: Around, sheet: Sheet) -> None:
    style = tuple(_of_run(run, around.style, sheet).items())
    seen = seen_of(style, around.ground, around.in_cell, around.largest)
    for text in children(run, "t", "sym"):
        if local_name(text) == "sym":
            become_text(text, _symbol(text) if around.in_cell else "")
        if seen and text.text:
            text.text = as_seen(text.text, seen)


def _mark_all(element: Element, kind: str) -> None:
    """Marks every text in an element; of one that nobody can read only that it is there."""
    for text in element.iter("{*}t"):
        if text.text:
            text.text = marked(kind, "" if kind == "picture" else text.text)


def _is_numbered(numbering: Element | None) -> bool:
    """Whether Word writes the number of a list before a paragraph."""
    number = at_path(numbering, "numId")
    return number is not None and value_of(number) != "0"


def _has_any_text(paragraph: Element) -> bool:
    return any((text.text or "").strip() for text in paragraph.iter("{*}t"))


def _symbol(symbol: Element) -> str:
    """What a character of a symbol font is: in the font Symbol, digits stand where they do elsewhere."""
    code = attribute(symbol, "char") or ""
    try:
        sign = chr(int(code, 16) & 0xFF)
    except ValueError:
        return marked("picture")
    return sign if attribute(symbol, "font") == "Symbol" and sign.isascii() and sign.isdigit() else marked("picture")


# What is no text ----------------------------------------------------------------------------------------------------


def _draw(element: Element, name: str) -> None:
    """Gives what is seen in a cell and is no text a text."""
    is_picture = name in _PICTURES and next(element.iter("{*}txbxContent"), None) is None
    is_formula = name == "oMath" and any(local_name(part) not in {"r", "ctrlPr"} for part in element)
    if is_picture or is_formula:
        become_text(element, marked("picture"))
    elif name in _NOTES:
        become_text(element, marked("note"))
    elif name == "rt" and "".join(element.itertext()).strip():
        base = element.getnext()
        text = next(base.iter("{*}t"), None) if base is not None else None
        if text is not None:
            text.text = (text.text or "") + marked("note")


def _mark_custom_notes(paragraph: Element) -> None:
    """Marks the sign that stands for a note of its own: it stands behind the reference, in its run or the next."""
    runs = list(paragraph.iter("{*}r"))
    for at, run in enumerate(runs):
        references = list(children(run, "footnoteReference", "endnoteReference"))
        if any(attribute(one, "customMarkFollows") in {"1", "true", "on"} for one in references):
            for text in children(run if _has_text(run) else (runs[at + 1 : at + 2] or [run])[0], "t"):
                text.text = marked("note", text.text or "")
