"""HTML that stands in a string of a script or of a JSON answer -> Document, by the reader of HTML.

Sites fill their pages from such answers: ``{"title": "...", "content": "<table ...\\u003c/table>"}``, ``back({...})``,
``var html = "<td colspan=\\"3\\">" + ...``. All strings with their names are listed in the order in which they stand;
those that are HTML are put together as one page, with title and date by the names of the others.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from govinfo.document import PICTURE, Document
from govinfo.errors import NothingToRead
from govinfo.readers.html import decode, read_html
from govinfo.text import whole_characters

Named = tuple[str, str]
"""A string and the name of the field or variable that holds it."""

_TITLES = "title articletitle infotitle newstitle doctitle maintitle subject biaoti"
_DATES = "pubdate publishdate publishtime pubtime releasedate releasetime publishedtime docreltime"

TITLES, DATES = frozenset(_TITLES.split()), frozenset(_DATES.split())

LONGEST_TITLE = 200
SHORTEST_ARTICLE = 500
DEEPEST = 40
"""Levels of JSON in JSON that are looked into."""

_BEGINNING = re.compile(
    r"""\s*(?:/\*.*?\*/\s*|//[^\n]*\n\s*)*  # comments
    (?:[\[{]\s*["'\[{]  # JSON, an object
    |\{\s*[\w$]+\s*:  # an object of a script
    |(?:var|let|const)\s+[\w$]+\s*=
    |(?:[\w$]+\.)*[\w$]+(?:\[[^\]\n]{0,80}\])?\s*(?:=|\()\s*(?:["'`\[{]|\(?\s*function\b)  # name = "", name("")
    |typeof\s+[\w$.]+\s*={2,3}|[\w$.]+\s*&&\s*[\w$.]+\(|try\s*\{
    |export\s+default\b|[!;+]?\(?function\b|\(\(\)\s*=>)""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_MARKUP = re.compile(r"</?(?:table|tr|td|th|p|div|span|h[1-6]|br|li|ul|body|html|strong|font)\b[^<>]*>", re.IGNORECASE)
_ESCAPED_MARKUP = re.compile(r"&lt;/?(?:table|tr|td|p|div|span|br|body|html)\b", re.IGNORECASE)
_MANY_TAGS = 3
_SCRIPT = re.compile(r"<script\b[^<>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)

_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|(?<![:\\])//[^\n]*)
    |"(?P<double>(?:[^"\\\n]|\\.)*+)"
    |'(?P<single>(?:[^'\\\n]|\\.)*+)'
    |`(?P<template>(?:[^`\\]|\\.)*+)`""",
    re.VERBOSE | re.DOTALL,
)
_NAME_BEFORE = re.compile(r"([\w$]+)[\"'\]]*\s*(?:\+?=|:|\()\s*\(?\s*$")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": "", "\r\n": "", "\r": ""}

# What stands between two strings that a script puts one behind the other: + ; name += ; document.write(
_JOINED = re.compile(r"\s*(?:\+|\)?\s*;?\s*(?:(?:[\w$]+\.)*[\w$]+\s*\+=|document\.write(?:ln)?\s*\())\s*")
_VALUE_BETWEEN = re.compile(r"\s*(?:\+|;?\s*[\w$.]+\s*\+=)[^;{}]*?(?:\+|;\s*[\w$.]+\s*\+=)\s*")
_INSERTED = re.compile(r"\$\{[^{}]*\}")


def read_script(data: bytes) -> Document:
    """The document in the HTML strings of a script or of JSON. Raises NothingToRead where there is none."""
    page = pages_in(decode(data))
    if not page:
        raise NothingToRead(
            "No page stands in the strings of this script or JSON.",
            hint="Open the page in a browser and save it as a complete page.",
        )
    return replace(read_html(whole_characters(page).encode()), reader="script")


def read_page(data: bytes) -> Document:
    """The document in an HTML page; where it prints no table, with the pages that stand in its scripts."""
    try:
        document = read_html(data)
    except NothingToRead:
        if page := pages_in_scripts(data):
            return read_html(whole_characters(page).encode())
        raise
    page = "" if document.grids() else pages_in_scripts(data)
    if not page:
        return document
    return replace(document, blocks=(*document.blocks, *read_html(whole_characters(page).encode()).blocks))


def pages_in_scripts(data: bytes) -> str:
    """The pages with a table that stand in the strings of the scripts of a page, "" where there are none."""
    pages = "\n".join(pages_in(script) for script in _SCRIPT.findall(decode(data)))
    return pages if "<table" in pages.lower() else ""


def begins_as_script(text: str) -> bool:
    """Whether a text begins as a script or as JSON does, and not as a page."""
    return bool(_BEGINNING.match(text))


def pages_in(text: str) -> str:
    """The HTML strings of a script or of JSON as one page, "" where there are none.

    The title that stands before a string becomes its heading, where the string does not print it itself.
    """
    strings = list(strings_of(text))
    holders = {name for name, value in strings if name and markup_of(value)}
    pages = titled(strings, lambda name, value: markup_of(value, 1 if name in holders else _MANY_TAGS))
    pages = pages or titled(strings, lambda _, value: article_of(value))
    return head_of(strings) + "\n".join(pages) if pages else ""


def titled(strings: list[Named], as_page: Callable[[str, str], str]) -> list[str]:
    """The strings that are pages, each below the title before it; one that stands there twice, or as a part of
    another, comes once."""
    found: dict[str, str] = {}
    title = ""
    for name, value in strings:
        if is_title(name, value):
            title = value.strip()
        elif (page := as_page(name, value)) and not any(page in other for other in found):
            found = {other: heading for other, heading in found.items() if other not in page}
            found[page] = f"<h1>{html.escape(title)}</h1>" if title and title not in page else ""
    return [heading + page for page, heading in found.items()]


def article_of(value: str) -> str:
    """A string that is an article of several lines, as HTML; "" for any other."""
    return f"<pre>{html.escape(value)}</pre>" if len(value) > SHORTEST_ARTICLE and value.count("\n") > 1 else ""


def head_of(strings: list[Named]) -> str:
    """Title and date, which the fields beside a page give, as HTML says them."""
    title = next((value for name, value in strings if is_title(name, value)), "")
    date = next((value for name, value in strings if simple(name) in DATES and value.strip()), "")
    said = (("articletitle", title), ("pubdate", date))
    return "".join(f'<meta name="{name}" content="{html.escape(value)}">' for name, value in said if value)


def is_title(name: str, value: str) -> bool:
    """Whether a field is the title of what it stands beside."""
    return simple(name) in TITLES and 0 < len(value.strip()) <= LONGEST_TITLE and not _MARKUP.search(value)


def simple(name: str) -> str:
    """A name without the difference that capitals and lines make."""
    return name.lower().replace("_", "").replace("-", "")


def markup_of(value: str, least: int = _MANY_TAGS) -> str:
    """A string that is HTML, of so many tags at least, unescaped where it is escaped once more; "" for any other."""
    if len(_MARKUP.findall(value)) >= least:
        return value
    return html.unescape(value) if len(_ESCAPED_MARKUP.findall(value)) >= least else ""


def strings_of(text: str) -> Iterator[Named]:
    """The strings in JSON, also where a script wraps it (JSONP, a variable), else those of a script."""
    body = text.lstrip("\ufeff \t\r\n")
    opening = re.search(r"[\[{]", body)
    if opening and opening.start() <= LONGEST_TITLE and not re.search(r"[\"'`]", body[: opening.start()]):
        try:
            value, end = json.JSONDecoder(strict=False).raw_decode(body, opening.start())
        except (ValueError, RecursionError):
            pass
        else:
            if not re.search(r"\w", body[end:]):
                yield from strings_of_json("", value)
                return
    yield from strings_of_script(body)


def strings_of_json(name: str, value: object, depth: int = 0) -> Iterator[Named]:
    """The strings and numbers in a value of JSON with their names; JSON in a string is looked into."""
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else ((name, one) for one in value)
        for key, one in inner if depth < DEEPEST else ():
            yield from strings_of_json(str(key), one, depth + 1)
    elif isinstance(value, str) and re.match(r"\s*[\[{]\s*[\"\[{]", value):
        try:
            yield from strings_of_json(name, json.loads(value, strict=False), depth + 1)
        except (ValueError, RecursionError):
            yield name, value
    elif isinstance(value, str):
        yield name, value


def strings_of_script(text: str) -> Iterator[Named]:
    """The strings of a script with the names before them, those joined that the script joins.

    Where it puts a value between two, which only running it would tell, a mark stands for what is shown.
    """
    name, end = "", 0
    pieces: list[str] = []
    for token in _TOKEN.finditer(text):
        if token["comment"] is not None:
            continue
        between = text[end : token.start()]
        if pieces and _JOINED.fullmatch(between):
            pass
        elif pieces and _VALUE_BETWEEN.fullmatch(between):
            pieces.append(PICTURE)
        else:
            if pieces:
                yield name, "".join(pieces)
            named = _NAME_BEFORE.search(between[-100:])
            name, pieces = named[1] if named else "", []
        pieces.append(unescaped(token))
        end = token.end()
    if pieces:
        yield name, "".join(pieces)


def unescaped(token: re.Match[str]) -> str:
    """What a string of a script says."""
    if token["template"] is not None:
        return _plain(_INSERTED.sub(PICTURE, token["template"]))
    return _plain(token["double"] if token["double"] is not None else token["single"])


def _plain(body: str) -> str:
    if "\\" not in body:
        return body

    def letter(escape: re.Match[str]) -> str:
        code = escape[1] or escape[2] or escape[3]
        return chr(min(int(code, 16), 0x10FFFF)) if code else _LETTERS.get(escape[4], escape[4])

    return _ESCAPE.sub(letter, body)
