"""What is seen on a page and is no text of it: the values of form controls, pictures, and what scripts write.

In the cells of tables such elements get a text of their own, in marks, so that a cell with one is never blank.
"""

from __future__ import annotations

import re
from typing import Any

from govinfo.readers.html_scripts import WRITES, is_bound, mark_written
from govinfo.readers.html_tags import CELLS, texts_of
from govinfo.readers.marks import marked

Element = Any

_PICTURES = "canvas embed iframe img math meter object progress svg video"
_NO_TEXT = "checkbox color file hidden image password radio range"
_BUTTONS = frozenset({"button", "reset", "submit"})
PICTURES = frozenset(_PICTURES.split())
CONTROLS = frozenset({"button", "input", "select", "textarea"})

NO_TEXT = frozenset(_NO_TEXT.split())
_SPACER = re.compile(r"\s*[0-2](?:px)?\s*")
_SMALL = re.compile(r"(?<![\w-])(?:width|height)\s*:\s*[0-2](?:px)?\s*(?:;|$)", re.IGNORECASE)
_LEAST_DATA = 100
"""Characters of a picture written into its address, under which it shows nothing."""

_LITERAL = re.compile(
    r"""\s*(?:<!--)?\s*document\.write(?:ln)?\(\s*(?:(["'`])([^"'`\\<>&$]*)\1|(\d+(?:\.\d+)?))\s*\)\s*;?\s*(?://\s*-->)?\s*"""
)


def draw(root: Element, source: str) -> tuple[Element, ...]:
    """Gives what is drawn in cells a text; the elements that got one, for ``let_be_seen``. What a template shows, its
    element holds."""
    for template in list(root.iter("template")):
        if "shadowrootmode" in template.attrib or "shadowmode" in template.attrib:
            template.tag = "span"
        if "shadowmode" in template.attrib:  # a browser saved what a script had set there, and shows it no more
            template.text = marked("script", " ") + (template.text or "")
    scripts = tuple(texts_of(root, "script"))
    writing = tuple(text for text in scripts if WRITES.search(text))
    drawn = []
    for element in root.iter(*PICTURES, *CONTROLS, *(("script",) if writing else ())):
        text = _text_of(element)
        cell = next(element.iterancestors(*CELLS), None) if text else None
        if cell is not None:
            element[:] = []
            element.text = text
            drawn.append(element)
    mark_written(root, scripts, writing, is_bound(source))
    return tuple(drawn)


def let_be_seen(drawn: tuple[Element, ...]) -> None:
    """Makes the elements that were drawn, and are displayed, elements with a text."""
    for element in drawn:
        if element.tag != "template":
            element.tag = "span"


def _text_of(element: Element) -> str:
    """What is seen of an element; nothing of one that shows nothing."""
    if element.tag == "script":
        return _written(element.text or "")
    if element.tag in PICTURES:
        return "" if _is_spacer(element) else marked("picture")
    value = _value(element)
    if _is_button(element):
        return marked("form-field", f" {value} ") if any(map(str.isdigit, value)) else ""
    return marked("form-field", value) if element.get("type", "").lower() not in NO_TEXT else ""


def _is_button(element: Element) -> bool:
    return element.tag == "button" or (element.tag == "input" and element.get("type", "").lower() in _BUTTONS)


def _is_spacer(picture: Element) -> bool:
    """Whether a picture is so small, or its address so short, that it shows nothing."""
    source = picture.get("src", "").strip()
    return (
        any(_SPACER.fullmatch(picture.get(side, "")) for side in ("width", "height"))
        or bool(_SMALL.search(picture.get("style", "")))
        or (picture.tag == "img" and (not picture.keys() or _is_empty_data(source)))
    )


def _is_empty_data(source: str) -> bool:
    return source.startswith("data:") and len(source) < _LEAST_DATA


def _value(control: Element) -> str:
    """What stands in a form control."""
    if control.tag == "input":
        return str(control.get("value", ""))
    if control.tag in {"button", "textarea"}:
        return "".join(control.itertext())
    options = list(control.iter("option"))
    chosen = [option for option in options if "selected" in option.attrib][-1:]
    is_list = "multiple" in control.attrib or control.get("size", "1") not in {"0", "1"}
    shown = options if is_list else chosen or options[:1]
    return " ".join("".join(option.itertext()) or option.get("label", "") for option in shown)


# Scripts ------------------------------------------------------------------------------------------------------------


def _written(script: str) -> str:
    """What a script in a cell writes there: a plain text, else something."""
    plain = _LITERAL.fullmatch(script)
    if plain:
        return marked("script", plain[2] or plain[3] or " ")
    return marked("script") if WRITES.search(script) else ""
