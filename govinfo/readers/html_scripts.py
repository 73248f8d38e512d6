"""Which cells of tables the scripts of a page write into or hide; a script is searched, never run.

A script names what it changes by an id, a class, a tag or another selector. What it does stands right behind the
name: a page full of scripts for its menus leaves its figures alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from govinfo.readers.html_tags import CELLS, FRAMES, texts_of
from govinfo.readers.marks import marked

Element = Any

_BINDINGS = "v-text v-html x-text x-html ng-bind ng-bind-html data-bind th:text"
_CONDITIONS = "v-if v-else-if v-else v-show v-text v-html x-if x-show x-text x-html ng-if ng-show ng-hide"
BINDINGS = frozenset(_BINDINGS.split())
CONDITIONS = frozenset(_CONDITIONS.split())
"""Attributes by which a script changes also what is there, and which it takes away when it has."""

_SIGNS_OF_BINDINGS = (" v-", "\nv-", " x-", "\nx-", " ng-", "\nng-", "data-bind", "th:text")

WRITES = re.compile(
    r"document\.write|textContent|innerText|innerHTML|insertAdjacent|createTextNode|replaceWith|nodeValue|\.value\s*=[^=]"
    r"|\.(?:text|html|val|append|prepend)\s*\(\s*[^)\s]"
)
_CHANGES = re.compile(
    r"(?:textContent|inner(?:Text|HTML)|outerHTML|nodeValue|\.value)\s*[-+]?=[^=]|insertAdjacent|replaceWith|attachShadow"
    r"|\.(?:text|html|val|append|prepend|countTo|countUp|animateNumber|animateNumbers|counterUp)\s*\(\s*[^)\s]"
    r"|\.counterUp\(|\.countTo\(|\.(?:hide|fadeOut|slideUp|remove|detach|empty)\s*\(|removeChild"
    r"|(?:\.display|\.visibility|\.opacity|\.hidden)\s*=[^=]|[\"'](?:display|visibility|opacity|hidden)[\"']"
    r"|\bcss\(\s*\{[^{}]*(?:display|visibility|opacity)\b",
)
_CLASSES = re.compile(r"(?:classList\.\w+|(?:add|remove|toggle)Class)\s*\(([^()]*)\)|className\s*\+?=([^;\n]*)")
_TELLING = r"(?<![\w-])(?:display|visibility|opacity|color|font-size|text-decoration|content|position|clip)"
_EVERY_CELL = re.compile(r"""["'`][^"'`\n]*\bt[dh]\b[^"'`\n]*["'`]|\.cells\b|\.rows\b""")
_WHOLE_PAGE = re.compile(
    r"""(?:\bbody|documentElement|\$\(\s*["']body["']\s*\))\.(?:(?:inner|outer)HTML\s*=[^=]|html\([^)])"""
)
_SETS_STYLES = re.compile(r"""<style|createElement\(\s*["']style|insertRule|CSSStyleSheet""")
_RULE = re.compile(rf"""([^{{}}"'`<>]{{1,200}})\{{[^{{}}]{{0,500}}{_TELLING}[^{{}}]{{0,500}}\}}""")
_NAMES = re.compile(r"""(?<!\w)(\$|\w{1,40})\(\s*(["'`])((?:(?!\2)[^\n]){0,200})\2""")
_WAYS = """$ jQuery querySelector querySelectorAll getElementById getElementsByName getElementsByClassName
getElementsByTagName define find children siblings closest"""
WAYS = frozenset(_WAYS.split())
"""The functions that are told what to change."""

_SELECTORS = {"getElementById": '[id="{}"]', "getElementsByName": '[name="{}"]', "getElementsByClassName": ".{}"}
_PSEUDO = re.compile(r":[\w-]+(?:\([^()]*\))?")

FARTHEST = 300
"""Characters behind a name within which a script says what it does."""


def is_bound(source: str) -> bool:
    """Whether the source of a page may have attributes by which scripts write."""
    return any(sign in source for sign in _SIGNS_OF_BINDINGS)


def mark_written(root: Element, scripts: Sequence[str], writing: Sequence[str], bound: bool) -> None:
    """Marks the cells that scripts of the page name, by id, class, data or another selector, and write into or hide."""
    if writing or bound:
        _mark_filled(root, writing)
    for cell in set(_changed(root, scripts, bound)):
        if not (cell.text or "").startswith(marked("script")[0]):
            cell.text = marked("script", " " if "".join(cell.itertext()).strip() else "") + (cell.text or "")


# What is there ------------------------------------------------------------------------------------------------------


def _changed(root: Element, scripts: Sequence[str], bound: bool) -> Iterator[Element]:
    """The cells that scripts may change, whatever stands there."""
    if scripts and bound:
        yield from _cells_of(element for element in root.iter() if not CONDITIONS.isdisjoint(element.keys()))
    sheet = "".join(texts_of(root, "style")) if scripts else ""
    for script in scripts:
        if _WHOLE_PAGE.search(script) and "print(" not in script:  # which puts the page back
            yield from root.iter(*CELLS)
        for selector in set(_selectors(script, sheet)):
            yield from _cells_of(_selected(root, selector))


def _selectors(script: str, sheet: str) -> Iterator[str]:
    """The selectors of what a script changes on a page with such a style sheet."""
    named = [name for name in _NAMES.finditer(script) if name[1] in WAYS]
    ends = [name.start() for name in named[1:]] + [len(script)]
    for name, end in zip(named, ends, strict=False):
        done = script[name.end() : min(end, name.end() + FARTHEST)]
        if _CHANGES.search(done) or _sets_class(done, sheet):
            yield _SELECTORS.get(name[1], "{}").format(name[3])
    if _SETS_STYLES.search(script):
        yield from (rule[1].strip() for rule in _RULE.finditer(script))


def _sets_class(done: str, sheet: str) -> bool:
    """Whether a script gives or takes a class that a style sheet uses to change what is seen."""
    names = {name for found in _CLASSES.findall(done) for said in found for name in re.findall(r"[\w-]+", said)}
    return any(re.search(rf"\.{re.escape(name)}(?![\w-])[^{{}}]*\{{[^{{}}]*{_TELLING}", sheet) for name in names)


def _selected(root: Element, selector: str) -> list[Element]:
    """The elements that a selector speaks of; one that only scripts know is taken without what no style sheet has."""
    for one in (selector, _PSEUDO.sub("", selector)):
        if (path := _path(one)) is not None:
            return list(path(root))
    return []


@lru_cache(maxsize=1024)
def _path(selector: str) -> etree.XPath | None:
    """The path to what a selector speaks of; None for what is no selector of style sheets."""
    try:
        return etree.XPath(HTMLTranslator().css_to_xpath(selector))
    except (SelectorError, etree.XPathError):
        return None


def _cells_of(elements: Iterable[Element]) -> Iterator[Element]:
    """The cells that elements stand in, and those of the rows and tables among them."""
    for element in elements:
        if element.tag in FRAMES - {"html", "body", "head"}:
            yield from element.iter(*CELLS)
        elif (cell := next(element.iterancestors(*CELLS), None)) is not None:
            yield cell


# What is blank ------------------------------------------------------------------------------------------------------


def _mark_filled(root: Element, scripts: Sequence[str]) -> None:
    """Marks the blank cells that scripts of the page name, by id, class or data, and all those whose id they name."""
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
