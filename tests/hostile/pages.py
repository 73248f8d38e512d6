"""Web pages, texts and what scripts are filled with, made to harm what reads them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

TITLE = "某县人民政府2023年政府信息公开工作年度报告"
HEADING = "收到和处理政府信息公开申请情况"


def html(body: str) -> bytes:
    """A page that looks like a report."""
    return (
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{HEADING}</p>{body}</body></html>".encode()
    )


def table(rows: str) -> bytes:
    """Such a page with a table."""
    return html(f"<table>{rows}</table>")


def text(body: str) -> bytes:
    """A text that looks like a report."""
    return f"{TITLE}\n{HEADING}\n{body}".encode()


def script(value: str) -> bytes:
    """What fills a page."""
    return ('{"content": ' + value + "}").encode()


def letter(parts: str) -> bytes:
    """A page saved as one file."""
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.test/\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; boundary="b"\r\n\r\n{parts}'
    ).encode()


PART = "--b\r\nContent-Type: text/html\r\n\r\n<p>1</p>\r\n"

PAGES: Mapping[str, Callable[[], bytes]] = {
    "page: nested a hundred thousand deep": lambda: html("<div>" * 100_000 + "1" + "</div>" * 100_000),
    "page: tables nested two thousand deep": lambda: html("<table><tr><td>" * 2000 + "1"),
    "page: inline elements nested deep": lambda: html("<b><i><font>" * 50_000 + "1"),
    "page: a cell as wide as a thousand million": lambda: table(
        '<tr><td colspan="1000000000">1</td><td>2</td></tr>' * 9
    ),
    "page: a cell as tall as a thousand million": lambda: table(
        '<tr><td rowspan="1000000000">1</td><td>2</td></tr>' * 9
    ),
    "page: cells wide and tall": lambda: table('<tr><td colspan="1000" rowspan="65534">1</td></tr>' * 50),
    "page: spans that are no numbers": lambda: table(
        '<tr><td colspan="-5" rowspan="1e9">1</td><td colspan="٣">2</td></tr>'
    ),
    "page: a million cells": lambda: table("<tr>" + "<td>1</td>" * 1_000_000 + "</tr>"),
    "page: a hundred thousand rows": lambda: table("<tr><td>新收</td><td>1</td></tr>" * 100_000),
    "page: twenty thousand tables": lambda: html("<table><tr><td>1</td></tr></table>" * 20_000),
    "page: one line of ten megabytes": lambda: html("<p>" + "1" * 10_000_000 + "</p>"),
    "page: ten megabytes of brackets": lambda: html("<" * 10_000_000),
    "page: ten megabytes of blanks": lambda: html("<p>1" + " " * 10_000_000 + "</p>"),
    "page: a million attributes": lambda: html("<p " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">1</p>"),
    "page: an attribute of ten megabytes": lambda: html(f'<p style="{"a:b;" * 2_500_000}">1</p>'),
    "page: a hundred thousand rules of style": lambda: html(
        "<style>" + "".join(f".c{n} td:nth-child({n}) {{display:none}}" for n in range(100_000)) + "</style><p>1</p>"
    ),
    "page: rules of style nested deep": lambda: html("<style>" + "a{" * 100_000 + "</style><p>1</p>"),
    "page: variables of style in a circle": lambda: html(
        "<style>:root{--a:var(--b);--b:var(--a)} td{color:var(--a)}</style><table><tr><td>1</td></tr></table>"
    ),
    "page: variables of style that grow": lambda: html(
        "<style>:root{--v0:aaaaaaaaaa;"
        + "".join(f"--v{n}:{f'var(--v{n - 1})' * 10};" for n in range(1, 12))
        + "} td{color:var(--v11)}</style><table><tr><td>1</td></tr></table>"
    ),
    "page: a script of ten megabytes": lambda: html("<script>" + "a=1;" * 2_500_000 + "</script>"),
    "page: a script with a page in a page": lambda: html(
        "<script>var a = " + json.dumps("<script>var a = " + json.dumps("<table><tr><td>1") + ";</scr") + ";</script>"
    ),
    "page: signs by numbers that are none": lambda: html("<p>&#99999999999;&#xFFFFFFFF;&#0;&#xD800;&#x202E;1</p>"),
    "page: text that turns round": lambda: table("<tr><td>新收</td><td>\u202e123\u202c\u2066\u2067</td></tr>" * 99),
    "page: nothing but a frame": lambda: b"<html><frameset><frame src='http://127.0.0.1/'></frameset></html>",
    "page: no end of a comment": lambda: html("<!-- " + "-" * 1_000_000),
    "page: no end of a text": lambda: html("<textarea>" + "1" * 1_000_000),
    "page: in an encoding that is none": lambda: b"<meta charset='x-nothing'>" + html("1"),
    "page: in UTF-7": lambda: b"<meta charset='utf-7'>+ADw-script+AD4-" + html("1"),
    "page: in UTF-16 with half a character": lambda: html("1").decode().encode("utf-16") + b"\xd8",
    "text: fifty megabytes": lambda: text("新收 1 2 3 4 5 6 7\n" * 2_000_000),
    "text: one line of ten megabytes": lambda: text("1 " * 5_000_000),
    "text: a million lines of one digit": lambda: text("1\n" * 1_000_000),
    "text: a million tabs": lambda: text("\t" * 1_000_000),
    "text: a million bars": lambda: text("|" * 1_000_000),
    "text: a table of bars a hundred thousand wide": lambda: text(
        f"|{'a|' * 100_000}\n|{'-|' * 100_000}\n|{'1|' * 100_000}"
    ),
    "text: a million brackets": lambda: text("[" * 1_000_000 + "](" * 100_000),
    "text: a million stars": lambda: text("*" * 1_000_000 + "~" * 1_000_000),
    "text: the title a hundred thousand times": lambda: (TITLE + "\n").encode() * 100_000,
    "text: the heading a hundred thousand times": lambda: text((HEADING + "\n新收\n1\n") * 100_000),
    "text: a figure of a million digits": lambda: text("新收 " + "9" * 1_000_000),
    "text: figures of endless size": lambda: text("新收 1e999999999 9E+9999 -1e400 0x1F ١٢٣ ½ ⅷ ㊿ 𝟗 " * 9999),
    "text: Chinese numerals without end": lambda: text("新收 " + "万亿" * 500_000),
    "text: a mark and nothing": lambda: b"\xef\xbb\xbf",
    "text: zeros": lambda: b"\0" * 1_000_000,
    "text: noise": lambda: bytes((n * 7919 + n // 251) % 256 for n in range(1_000_000)),
    "text: half a character at the end": lambda: text("新收 1")[:-4],
    "text: marks of direction": lambda: text("\u202e\u202d\u2066\u200f\u061c" * 100_000),
    "text: accents piled up": lambda: text("1" + "\u0301" * 1_000_000),
    "script: brackets nested a million deep": lambda: script("[" * 1_000_000),
    "script: a number of a million digits": lambda: script("9" * 1_000_000),
    "script: a text in a text fifty deep": lambda: script(nested_text(50)),
    "script: half a character": lambda: script('"\\ud800<table><tr><td>1</td></tr></table>"'),
    "script: nothing": lambda: b"{}",
    "saved page: parts in parts": lambda: letter(
        "".join(f'--b\r\nContent-Type: multipart/related; boundary="b{n}"\r\n\r\n' for n in range(5000))
    ),
    "saved page: a hundred thousand parts": lambda: letter(PART * 100_000 + "--b--"),
    "saved page: no part": lambda: letter("nothing"),
    "saved page: a coding that is none": lambda: letter(
        "--b\r\nContent-Type: text/html; charset=x-none\r\nContent-Transfer-Encoding: x-none\r\n\r\n<p>1</p>\r\n--b--"
    ),
    "rich text: groups nested deep": lambda: b"{\\rtf1" + b"{" * 500_000,
}


def nested_text(depth: int) -> str:
    """A text that holds a text that holds a text."""
    value = '"<table>"'
    for _ in range(depth):
        value = json.dumps('{"a": ' + value[:100_000] + "}")
        if len(value) > 1_000_000:
            break
    return value
