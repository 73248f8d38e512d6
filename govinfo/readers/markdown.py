"""Marks of Markdown, and the HTML that may stand in it, taken off a text: what is left is what a person sees.

What the marks say against a figure (struck out, a note, a picture) is given as doubts.
"""

from __future__ import annotations

import html
import re

from govinfo.document import PICTURE

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
STRUCK = re.compile(r"~~(?=\S)(.+?)(?<=\S)~~|<(s|del|strike)\b[^<>]*>(.*?)</\2\s*>", re.DOTALL | re.IGNORECASE)
RAISED = re.compile(r"<(sup|sub)\b[^<>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
RAISED_NOTE = re.compile(r"(?<=[\d.])\^[^\s^]{1,3}\^")
IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])|<img\b[^<>]*>", re.IGNORECASE)
FIELD = re.compile(r"<(?:input|select|textarea)\b[^<>]*>", re.IGNORECASE)
LINKED_NOTE = re.compile(r"(?<=\d)\[([^\[\]]*)\]\([^()]*\)")
LINK = re.compile(r"(?<!\d)\[([^\[\]^][^\[\]]*)\]\([^()]*\)")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:span|font|b|i|u|em|strong|small|big|ins|mark|code|center|div|p|a)\b(?P<attributes>[^<>]*)>", re.I
)
UNSEEN = re.compile(r"style|hidden|class|color|size", re.IGNORECASE)
CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
FORMULA = re.compile(r"(?<![$\\])\$(?=\S)([^$]+?)(?<=\S)\$(?!\$)|\\\((.+?)\\\)")
EMPHASIS = re.compile(r"(?<!\d)(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1(?!\d)|(?<![\w_])_(?=\S)([^_]+)(?<=\S)_(?![\w_])")
HIGHLIGHT = re.compile(r"==(?=\S)(.+?)(?<=\S)==")
BRACED_COMMA = re.compile(r"\{([,.])\}")

MARKS = re.compile(r"[*_~`^$=<>\[\\&]")
"""Without one of these signs nothing is marked."""


def seen(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without its marks, and the doubts that they leave on a figure in it."""
    if not MARKS.search(text):
        return text.strip(), ()
    text = FORMULA.sub(lambda found: BRACED_COMMA.sub(r"\1", found[1] or found[2]), text)
    text = COMMENT.sub("", ESCAPED.sub(lambda found: f"&#{ord(found[1])};", text))
    doubts = []
    for pattern, put, doubt in (
        (STRUCK, "", "struck-out"),
        (RAISED, "", "note"),
        (RAISED_NOTE, "", "note"),
        (IMAGE, PICTURE, "picture"),
        (FIELD, PICTURE, "form-field"),
    ):
        text, found = pattern.subn(put, text)
        doubts += [doubt] if found else []
    doubts += ["hidden"] if any(UNSEEN.search(tag["attributes"]) for tag in TAG.finditer(text)) else []
    text = TAG.sub("", BREAK.sub("\n", LINK.sub(r"\1", LINKED_NOTE.sub(r"[\1]", text))))
    text = HIGHLIGHT.sub(r"\1", CODE.sub(r"\2", text))
    while (plainer := EMPHASIS.sub(lambda found: found[2] or found[3], text)) != text:
        text = plainer
    return html.unescape(text).strip(), tuple(doubts)
