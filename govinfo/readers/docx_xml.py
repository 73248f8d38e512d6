"""The XML of Office files, its names taken without their namespace: the two kinds of the standard differ in nothing
else here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from govinfo.errors import FileUnreadable

Element = Any

MEND = "Open it in an office program and save it again as .docx."


def parsed(content: bytes, name: str) -> Element:
    """The tree of a part of a file."""
    try:
        return etree.fromstring(
            content,
            etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True),
        )
    except etree.XMLSyntaxError as error:
        raise FileUnreadable(f"the file is damaged: {name} is broken ({error.msg})", hint=MEND) from error


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return bare(element.tag)


@lru_cache(maxsize=4096)
def bare(name: object) -> str:
    """A name without its namespace."""
    return str(name).rpartition("}")[2]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children with one of these names."""
    return (child for child in (() if element is None else element) if bare(child.tag) in names)


def at_path(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of names."""
    for name in path:
        if element is None:
            return None
        for child in element:
            if bare(child.tag) == name:
                element = child
                break
        else:
            return None
    return element


def each(element: Element, names: Iterable[str]) -> Iterator[Element]:
    """The elements of these names that stand in another one."""
    return iter(element.iter(*(f"{{*}}{name}" for name in names)))


def holds(element: Element, names: Iterable[str]) -> bool:
    """Whether an element of one of these names stands in another one."""
    return next(each(element, names), None) is not None


def said_in(element: Element, names: Iterable[str]) -> dict[Element, dict[str, Element]]:
    """What the elements in another one say in children of these names, the first of each."""
    found: dict[Element, dict[str, Element]] = {}
    for child in each(element, names):
        found.setdefault(child.getparent(), {}).setdefault(local_name(child), child)
    return found


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without its namespace."""
    for key, value in element.attrib.items():
        if bare(key) == name:
            return str(value)
    return None


def value_of(element: Element | None, default: str = "") -> str:
    """The ``val`` of a property; ``default`` where the property or its value is not set."""
    value = None if element is None else attribute(element, "val")
    return default if value is None else value


def is_on(element: Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and value_of(element, "true") not in {"false", "0", "off"}


def number_of(element: Element | None, default: int) -> int:
    """The ``val`` of a property as a number."""
    value = value_of(element) if element is not None else ""
    return int(value) if value and re.fullmatch(r"[0-9]{1,6}", value) else default


def whole(value: str, most: int = 5) -> int:
    """A whole number; 0 where it is none, or has more than ``most`` digits."""
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() and len(digits) <= most else 0


def become_text(element: Element, text: str) -> None:
    """Makes an element one that holds nothing but a text."""
    element[:] = []
    element.tag = element.tag.replace(local_name(element), "t") if "}" in element.tag else "t"
    element.text = text
