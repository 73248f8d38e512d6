"""The source of a page written so that the parser makes of it what browsers do: tags that close nothing, tags that
are never closed, and letters that stay struck out from one paragraph to the next."""

from __future__ import annotations

import re

from govinfo.readers.html_tags import BLOCKS

_INLINE = "a abbr b bdi bdo big cite code del em font i ins label mark nobr q s small span strike strong sub sup tt u"
_OPEN = (BLOCKS | frozenset(_INLINE.split())) - {"br", "hr"}
"""What a slash at the end of its tag does not close."""

_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
"""What browsers open again in the next paragraph if it was not closed in this one."""

_STRUCK = frozenset({"s", "strike"})
_LINE_THROUGH = re.compile(r"text-decoration[^;:]*:[^;]*line-through", re.IGNORECASE)
_PLACES = frozenset({"caption", "td", "th", "tr"})
_NAME = re.compile(r"[a-zA-Z][\w:-]*")
_CENTER_OR_CELL = re.compile(r"<(/?)(center|td|th)(?=[\s/>])", re.IGNORECASE)
_STRUCK_OR_CENTERED = re.compile(r"</?(?:[sS](?:[>\s/]|[tT][rR][iI][kK])|[cC][eE][nN][tT])")
_TOKEN = re.compile(
    r"<!--(?:.*?-->|.*)|<(script|style|textarea)\b(?:.*?</\1\s*>|.*)|<(/?)([a-zA-Z][\w:-]*)([^<>]*)>",
    re.IGNORECASE | re.DOTALL,
)

MOST_OPEN, MOST_AROUND = 50, 3
"""How many tags are kept open, and how many are opened again, as three of a kind are in browsers."""


def mended(source: str) -> str:
    """The source with what the parser takes otherwise than browsers written out."""
    if "/>" in source:
        source = _left_open(source)
    if _STRUCK_OR_CENTERED.search(source) or "line-through" in source:
        source = _struck(_without_centers(source))
    return source


def _left_open(source: str) -> str:
    """The source without the slashes that browsers pass over."""
    *pieces, last = source.split("/>")
    return "".join(f"{piece}{'>' if _is_left_open(piece) else '/>'}" for piece in pieces) + last


def _is_left_open(piece: str) -> bool:
    """Whether the tag that a piece of the source ends in stays open though a slash follows."""
    start = piece.rfind("<") + 1
    name = _NAME.match(piece, start) if start else None
    return name is not None and name[0].lower() in _OPEN and ">" not in piece[start:]


def _without_centers(source: str) -> str:
    """The source with divisions in the place of centers, before which the parser ends a ``font``; end tags of none
    that is open in a cell close nothing."""
    depth = 0

    def renamed(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() != "center":
            depth = 0
            return tag[0]
        if tag[1] and not depth:
            return "<wbr"
        depth += -1 if tag[1] else 1
        return f"<{tag[1]}div"

    return _CENTER_OR_CELL.sub(renamed, source)


def _struck(source: str) -> str:
    """The source with ``del`` around each piece of text that is struck out by an element that browsers open again,
    in the place of these elements."""
    done: list[str] = []
    scopes: list[list[tuple[str, str]]] = [[]]
    at = 0

    def add(text: str) -> None:
        around = [tag for scope in scopes for _, tag in scope if tag][-MOST_AROUND:]
        done.append(f"{''.join(around)}{text}{'</del>' * len(around)}" if around and text.strip() else text)

    for token in _TOKEN.finditer(source):
        add(source[at : token.start()])
        at = token.end()
        ends, name, more = token[2], (token[3] or "").lower(), token[4]
        if name in {"img", "input"}:
            add(token[0])
        elif name not in _FORMATTING or not _is_striking(scopes[-1], name, more, bool(ends)):
            _enter(scopes, name, bool(ends))
            done.append(token[0])
    add(source[at:])
    return "".join(done)


def _is_striking(scope: list[tuple[str, str]], name: str, more: str, ends: bool) -> bool:
    """Whether a tag begins or ends letters that are struck out; ``scope`` holds what is open in the cell, with the
    tags that strike out."""
    if not ends:
        tag = f"<del{more}>" if name in _STRUCK or _LINE_THROUGH.search(more) else ""
        scope.append((name, tag))
        del scope[:-MOST_OPEN]
        return bool(tag)
    last = next((one for one in reversed(scope) if one[0] == name), None)
    if last is None:
        return name in _STRUCK
    scope.remove(last)
    return bool(last[1])


def _enter(scopes: list[list[tuple[str, str]]], name: str, ends: bool) -> None:
    """Follows a tag into a table or cell, where nothing is opened again, or out of it."""
    if name == "table":
        if not ends:
            scopes.append([])
            del scopes[:-MOST_OPEN]
        elif len(scopes) > 1:
            scopes.pop()
    elif name in _PLACES:
        scopes[-1].clear()
