"""What is seen on a page and is no text of it: the values of form controls, pictures, and what scripts write.

In the cells of tables such elements get a text of their own, in marks, so that a cell with one is never blank.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from govinfo.readers.html_tags import CELLS, texts_of
from govinfo.readers.marks import marked

Element = Any

_PICTURES = "canvas embed iframe img math meter object progress svg video"
_BINDINGS = "v-text v-html x-text x-html ng-bind ng-bind-html data-bind th:text"
_NO_TEXT = "checkbox color file hidden image password radio range"
_BUTTONS = frozenset({"button", "reset", "submit"})
PICTURES = frozenset(_PICTURES.split())
CONTROLS = frozenset({"button", "input", "select", "textarea"})

BINDINGS = frozenset(_BINDINGS.split())
NO_TEXT = frozenset(_NO_TEXT.split())
_SPACER = re.compile(r"\s*[0-2](?:px)?\s*")
_SMALL = re.compile(r"(?<![\w-])(?:width|height)\s*:\s*[0-2](?:px)?\s*(?:;|$)", re.IGNORECASE)
_LEAST_DATA = 100
"""Characters of a picture written into its address, under which it shows nothing."""

_WRITES = re.compile(
    r"document\.write|textContent|innerText|innerHTML|insertAdjacent|createTextNode|replaceWith|nodeValue|\.value\s*=[^=]"
    r"|\.(?:text|html|val|append|prepend)\s*\(\s*[^)\s]"
)
_LITERAL = re.compile(
    r"""\s*(?:<!--)?\s*document\.write(?:ln)?\(\s*(?:(["'`])([^"'`\\<>&$]*)\1|(\d+(?:\.\d+)?))\s*\)\s*;?\s*(?://\s*-->)?\s*"""
)
_EVERY_CELL = re.compile(r"""["'`][^"'`\n]*\bt[dh]\b[^"'`\n]*["'`]|\.cells\b|\.rows\b""")


def draw(root: Element) -> tuple[Element, ...]:
    """Gives what is drawn in cells a text; the elements that got one, for ``let_be_seen``. What a template shows, its
    element holds."""
    for template in list(root.iter("template")):
        if "shadowrootmode" in template.attrib or "shadowmode" in template.attrib:
            template.tag = "span"
        if "shadowmode" in template.attrib:  # a browser saved what a script had set there, and shows it no more
            template.text = marked("script", " ") + (template.text or "")
    scripts = [text for text in texts_of(root, "script") if _WRITES.search(text)]
    drawn = []
    for element in root.iter(*PICTURES, *CONTROLS, *(("script",) if scripts else ())):
        text = _text_of(element)
        cell = next(element.iterancestors(*CELLS), None) if text else None
        if cell is not None and (not _is_button(element) or _is_all(element, cell)):
            element[:] = []
            element.text = text
            drawn.append(element)
    _mark_written(root, scripts)
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
        return marked("form-field", value) if any(map(str.isdigit, value)) else ""
    return marked("form-field", value) if element.get("type", "").lower() not in NO_TEXT else ""


def _is_button(element: Element) -> bool:
    return element.tag == "button" or (element.tag == "input" and element.get("type", "").lower() in _BUTTONS)


def _is_all(element: Element, cell: Element) -> bool:
    """Whether a cell holds no other text."""
    return "".join(cell.itertext()).strip() == "".join(element.itertext()).strip()


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
    return marked("script") if _WRITES.search(script) else ""


_has_bindings = etree.XPath(f"boolean(//@*[contains(' {_BINDINGS} ', concat(' ', name(), ' '))])")


def _mark_written(root: Element, scripts: list[str]) -> None:
    """Marks the cells that scripts of the page name, by id, class or data, and write into."""
    if not scripts and not _has_bindings(root):
        return
    said = "\n".join(scripts)
    words = frozenset(re.findall(r"[\w-]+", said))
    ids = frozenset(name for name in root.xpath("//@id") if _is_id_named(name.strip(), said, words)) if scripts else ()
    every_cell = any(_EVERY_CELL.search(script) for script in scripts)
    for cell in root.iter(*CELLS):
        blank = not (cell.text or "").strip() and not "".join(cell.itertext()).strip()
        if not (blank or ids):
            continue
        inside = [element for element in cell.iter() if element.attrib and element.tag not in {"script", "table"}]
        has_id = any(element.get("id") in ids for element in inside)
        if blank and (has_id or every_cell or any(_is_named(element, said, words) for element in inside)):
            cell.text = marked("script")
        elif has_id:
            cell.text = marked("script", " ") + (cell.text or "")


def _is_id_named(name: str, said: str, words: frozenset[str]) -> bool:
    """Whether scripts name an id, or put it together from a word and a number."""
    stem = name.rstrip("0123456789")
    put_together = stem != name and stem and re.search(rf"""["'`#]{re.escape(stem)}(?:["']\s*\+|\$\{{)""", said)
    return name in words or bool(put_together)


def _is_named(element: Element, said: str, words: frozenset[str]) -> bool:
    names = element.keys()
    return (
        not BINDINGS.isdisjoint(names)
        or any(_is_data_named(name, element.get(name), words) for name in names if name.startswith("data-"))
        or any(name in words and _is_class_named(name, said) for name in element.get("class", "").split())
    )


def _is_data_named(name: str, value: str, words: frozenset[str]) -> bool:
    camel = re.sub(r"-(\w)", lambda found: found[1].upper(), name.removeprefix("data-"))
    return name in words or ("dataset" in words and camel in words) or (value in words and not value.isdigit())


def _is_class_named(name: str, said: str) -> bool:
    pattern = rf"""["'`][^"'`\n]*\.{re.escape(name)}(?![\w-])|ClassName\(\s*["']{re.escape(name)}["']"""
    return bool(re.search(pattern, said))
