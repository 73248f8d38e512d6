"""How the texts of a Word document look: which of them nobody sees, which are struck out, which are raised as notes
are, and what is seen in cells that is no text.

One walk over the body works out what each run inherits from styles and sets. Texts that are not plain get marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from govinfo.readers.css_values import WHITE, Colour
from govinfo.readers.docx_fields import mark_fields
from govinfo.readers.docx_letters import Style, filled, half_points, seen_of
from govinfo.readers.docx_plain import DRAWN, FIELDS, NOTES, PICTURES, is_plain
from govinfo.readers.docx_styles import Sheet, fill_of, is_numbered, of_run
from govinfo.readers.docx_xml import (
    Element,
    at_path,
    attribute,
    bare,
    become_text,
    children,
    each,
    holds,
    is_on,
    local_name,
    said_in,
    value_of,
)
from govinfo.readers.marks import as_seen, marked
from govinfo.text import is_figure

_SKIPPED = frozenset({"Fallback", "rPr", "pPr", "tblPr", "tcPr", "trPr", "sectPr", "del", "moveFrom"})


class Around(NamedTuple):
    """What is around a run: the style it begins with, the colour of the ground (None where nobody can tell), whether
    it stands in a cell, and the largest letters of its paragraph."""

    style: Style
    ground: Colour | None = WHITE
    in_cell: bool = False
    largest: int = 0


def mark(body: Element, sheet: Sheet) -> None:
    """Marks the texts of a document that are not plain, and gives what is drawn in cells a text."""
    if is_plain(body, sheet):
        return
    with_fields, with_drawings, with_symbols = (holds(body, names) for names in (FIELDS, DRAWN, {"sym"}))
    with_notes = any(map(_is_custom, each(body, NOTES)))
    told = said_in(body, {"shd", "cellDel", "pStyle", "numPr"})
    nothing: Mapping[str, Element] = {}
    pending = [(body, bare(body.tag), Around(sheet.defaults))]
    while pending:
        element, name, around = pending.pop()
        if name == "tbl":
            around = _in_table(element, around, sheet)
        elif name == "tc":
            said = told.get(at_path(element, "tcPr"), nothing)
            around = Around(around.style, _ground(said.get("shd"), around.ground), True, around.largest)
            if "cellDel" in said:
                _mark_all(element, "struck-out")
        elif name == "p":
            said = told.get(at_path(element, "pPr"), nothing)
            around = _in_paragraph(element, said, around, sheet)
            if with_fields and around.in_cell:
                mark_fields(element)
            if with_notes:
                _mark_custom_notes(element)
            if around.in_cell:
                _mark_number(element, said, sheet)
        elif name == "sdt" and around.in_cell and is_on(at_path(element, "sdtPr", "showingPlcHdr")):
            _mark_all(element, "form-field")
        elif name == "bdo" and value_of(element) == "rtl":
            _mark_all(element, "picture")
        elif name == "r":
            _mark_run(element, around, sheet, with_symbols)
        if with_drawings and around.in_cell:
            _draw(element, name)
        pending += [
            (child, name, around)
            for child in element
            if (name := bare(child.tag)) not in _SKIPPED and (len(child) or name in DRAWN)
        ]


# Around -----------------------------------------------------------------------------------------------------------


def _ground(shading: Element | None, behind: Colour | None) -> Colour | None:
    return behind if shading is None else filled(fill_of(shading), behind)


def _in_table(table: Element, around: Around, sheet: Sheet) -> Around:
    properties = at_path(table, "tblPr")
    named = sheet.named(value_of(at_path(properties, "tblStyle")))
    # Which of its rows and columns a table style shades is not worked out here.
    ground = None if named.shades else around.ground
    style = {**around.style, **named.letters}
    return around._replace(style=style, ground=_ground(at_path(properties, "shd"), ground))


def _in_paragraph(paragraph: Element, said: Mapping[str, Element], around: Around, sheet: Sheet) -> Around:
    named = sheet.named(value_of(said.get("pStyle")) or sheet.usual_paragraph)
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
    return max((half_points(of_run(run, style, sheet)) for run in runs if _has_text(run)), default=0)


def _has_text(run: Element) -> bool:
    return any((text.text or "").strip() for text in children(run, "t"))


# Runs ---------------------------------------------------------------------------------------------------------------


def _mark_run(run: Element, around: Around, sheet: Sheet, with_symbols: bool) -> None:
    style = tuple(of_run(run, around.style, sheet).items())
    seen = seen_of(style, around.ground, around.in_cell, around.largest)
    for text in children(run, "t", "sym") if seen or with_symbols else ():
        if local_name(text) == "sym":
            become_text(text, _symbol(text) if around.in_cell else "")
        if seen and text.text:
            text.text = as_seen(text.text, seen)


def _mark_all(element: Element, kind: str) -> None:
    """Marks every text in an element; of one that nobody can read only that it is there."""
    for text in element.iter("{*}t"):
        if text.text:
            text.text = marked(kind, "" if kind == "picture" else text.text)


def _mark_number(paragraph: Element, said: Mapping[str, Element], sheet: Sheet) -> None:
    """Marks a number that Word writes before a paragraph which holds nothing else, or only a figure."""
    own, style = said.get("numPr"), sheet.named(value_of(said.get("pStyle")) or sheet.usual_paragraph)
    if is_numbered(own) if own is not None else style.numbers:
        text = "".join(text.text or "" for text in paragraph.iter("{*}t")).strip()
        if not text or is_figure(text):
            become_text(etree.SubElement(paragraph, "t"), marked("note" if text else "picture"))


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
    is_picture = name in PICTURES and next(element.iter("{*}txbxContent"), None) is None
    is_formula = name == "oMath" and any(local_name(part) not in {"r", "ctrlPr"} for part in element)
    if is_picture or is_formula:
        become_text(element, marked("picture"))
    elif name in NOTES:
        become_text(element, marked("note"))
    elif name == "rt" and "".join(element.itertext()).strip():
        base = element.getnext()
        text = next(base.iter("{*}t"), None) if base is not None else None
        if text is not None:
            text.text = (text.text or "") + marked("note")


def _is_custom(reference: Element) -> bool:
    return attribute(reference, "customMarkFollows") in {"1", "true", "on"}


def _mark_custom_notes(paragraph: Element) -> None:
    """Marks the sign that stands for a note of its own: it stands behind the reference, in its run or the next."""
    runs = list(paragraph.iter("{*}r"))
    for at, run in enumerate(runs):
        if any(map(_is_custom, children(run, *NOTES))):
            for text in children(run if _has_text(run) else (runs[at + 1 : at + 2] or [run])[0], "t"):
                text.text = marked("note", text.text or "")
