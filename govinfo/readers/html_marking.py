"""The texts of a page that are not plain get marks: which of them nobody sees, which are struck out, which are raised
as notes are, what is drawn by a style. What is not displayed is taken out.

One walk from the root down works out what each element inherits and sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lxml import etree

from govinfo.readers.css_values import WHITE
from govinfo.readers.html_looks import (
    PAGE,
    USUAL,
    Look,
    ground_of,
    inside,
    is_apart,
    is_drawn,
    is_gone,
    is_line_through,
    is_numbered,
    is_quoted_in_figures,
    is_turned,
    usual,
)
from govinfo.readers.html_styles import Style, Styles, filled, styles_of
from govinfo.readers.html_tags import BLOCKS, CELLS, FRAMES, UNSEEN
from govinfo.readers.marks import Seen, as_seen, marked, without_marks

Element = Any

_LISTS: dict[str, Style] = {"ol": {"list-style-type": "decimal"}, "ul": {"list-style-type": "disc"}}
"""The signs of lists where no style says otherwise."""
_SIGNS = frozenset({"list-style-image", "list-style-type"})


def mark(root: Element) -> None:
    """Marks the texts of a page that are not plain, and takes out what is not displayed."""
    styles = styles_of(root, tells)
    if styles is None:
        _mark_links(root)
        return
    first = Look(unsure=styles.linked)
    nothing: Mapping[str, str] = {}
    pending = [(root, first, True, False, nothing)]
    while pending:
        element, look, is_plain, in_cell, variables = pending.pop()
        style = styles.of.get(element)
        if element.tag in USUAL:
            style = {**usual(element), **(style or {})}
        in_cell = in_cell or element.tag in CELLS
        if style:
            style, variables = filled(style, variables)
            if element.tag not in PAGE and is_gone(style):
                _take_out(element, in_cell)
                continue
            look = inside(look, element, style)
            is_plain = look.is_plain
        if element.tag == "details" and in_cell and "open" not in element.attrib:
            _close(element)
        pending += [(child, look, is_plain, in_cell, variables) for child in element]
        if not is_plain:
            _rewrite(element, look)
        if style:
            _part(element, style)
            _draw_ground(element, style, in_cell)
        if in_cell and (styles.before or styles.after):
            _draw_around(element, styles)
        if in_cell and _is_counted(element, style or {}, styles):
            element.text = marked("picture") + (element.text or "")
        if in_cell and element in styles.first and not inside(look, element, styles.first[element]).is_plain:
            element.text = marked("picture") + (element.text or "")


def tells(style: Style, tag: str, grounds: frozenset[str]) -> bool:
    """Whether a style may change what is read of an element, on a page with grounds of these colours."""
    stands_in = tag if tag in BLOCKS else "div" if tag in UNSEEN else "span"
    return _tells(frozenset(style.items()), stands_in, grounds)


@lru_cache(maxsize=10_000)
def _tells(said: frozenset[tuple[str, str]], tag: str, grounds: frozenset[str]) -> bool:
    style = dict(said)
    element = etree.Element(tag)
    if (
        is_gone(style)
        or is_drawn(style)
        or is_turned(style)
        or is_line_through(style)
        or is_numbered(style)
        or is_quoted_in_figures(style)
        or any("var(" in value for value in style.values())
        or "url(" in style.get("background-image", "")
        or is_apart(element, style)
    ):
        return True
    colours = {ground: ground_of({"background-color": ground}, Look()) for ground in grounds}
    look = inside(Look(), element, style)
    return any(not replace(look, ground=ground).is_plain for ground in (WHITE, *colours.values()))


def _mark_links(root: Element) -> None:
    """Marks what may be the number of a note in links."""
    for link in root.iter("a"):
        if any(map(str.isdigit, "".join(link.itertext()))):
            for element in link.iter():
                _rewrite(element, Look(aside=True))


def _take_out(element: Element, in_cell: bool) -> None:
    """Takes out an element; where a text goes with it from a cell, a mark stays."""
    if in_cell and element.tag not in FRAMES | {"rp"} and without_marks("".join(element.itertext())).strip():
        element.tail = marked("hidden") + (element.tail or "")
    element.tag = "template"


def _close(details: Element) -> None:
    """Hides what a closed ``details`` holds behind its summary."""
    for child in details:
        if child.tag != "summary":
            _take_out(child, in_cell=True)


def _rewrite(element: Element, look: Look) -> None:
    """Marks the texts that stand right in an element."""
    seen = Seen(
        hidden=look.is_hidden or (look.is_alike and not look.unsure),
        drawn=look.reversed or look.signs,
        veiled=look.is_alike or look.veiled,
        struck=look.struck,
        raised=look.raised,
        aside=look.aside,
    )
    if element.text:
        element.text = as_seen(element.text, seen)
    for child in element:
        if child.tail:
            child.tail = as_seen(child.tail, seen)


def _part(element: Element, style: Style) -> None:
    """Sets a space around a text that stands on a line or at a place of its own."""
    if is_turned(style):
        for child in element:
            child.tail = f" {child.tail or ''}"
    if is_apart(element, style):
        element.text = f" {element.text or ''}"
        element.tail = f" {element.tail or ''}"


def _draw_ground(element: Element, style: Style, in_cell: bool) -> None:
    """A picture behind nothing is a picture: figures are drawn so."""
    if in_cell and "url(" in style.get("background-image", "") and not "".join(element.itertext()).strip():
        element.text = marked("picture")


def _is_counted(element: Element, style: Style, styles: Styles) -> bool:
    """Whether a browser sets a number before what may be a figure: that of a list, or one between quotation marks."""
    if element.tag != "li" and style.get("display") != "list-item":
        return is_quoted_in_figures(style)
    if (text := "".join(element.itertext()).strip()) and not text[0].isdigit():
        return False
    if element in styles.marker:
        return is_drawn(styles.marker[element])
    around = ({**_LISTS.get(one.tag, {}), **styles.of.get(one, {})} for one in (element, *element.iterancestors()))
    return is_numbered(next((said for said in around if not _SIGNS.isdisjoint(said)), {}))


def _draw_around(element: Element, styles: Styles) -> None:
    """What a style sheet sets before and behind an element is seen, and no letters of the file."""
    before, after = styles.before.get(element), styles.after.get(element)
    if any(style and is_line_through(style) for style in (before, after)):
        for each in element.iter():
            _rewrite(each, Look(struck=True))
    if before and is_drawn(before):
        element.text = marked("picture") + (element.text or "")
    if after and is_drawn(after):
        last = element[-1] if len(element) else None
        if last is None:
            element.text = (element.text or "") + marked("picture")
        else:
            last.tail = (last.tail or "") + marked("picture")
