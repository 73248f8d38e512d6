"""Bytes to text: which encoding a file is really in, whatever it says of itself."""

from __future__ import annotations

import codecs
import re

# The longer mark first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Pages that declare GB2312 use characters of its successors. A declared encoding that is not here holds no Chinese.
_DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "cp950",
}
_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def decode(data: bytes, declared: str = "") -> str:
    """The text of ``data``: by its byte order mark, else by what it can be, with U+FFFD for what it cannot be and for
    zeros, which no text has.

    ``declared`` is the encoding that the file or its server names. Text that is valid UTF-8 with Chinese in it is
    UTF-8 whatever is declared: no text in another Chinese encoding looks like it by chance.
    """
    return _decoded(data, declared).replace("\0", "\ufffd")


def _decoded(data: bytes, declared: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if unmarked := _unmarked_utf16(data):
        return data.decode(unmarked, "replace")
    as_utf8 = _strictly(data, "utf-8")
    if as_utf8 is not None and (as_utf8.isascii() or _EAST_ASIAN.search(as_utf8)):
        return as_utf8
    named = _DECLARED.get(declared.strip().lower(), "utf-8")
    candidates = (named, "utf-8", "gb18030")
    for encoding in candidates:
        text = _strictly(data, encoding)
        if text is not None:
            return text
    return min((data.decode(encoding, "replace") for encoding in candidates), key=lambda text: text.count("\ufffd"))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(data: bytes) -> str:
    """The byte order of UTF-16 without a mark: its ASCII characters leave zeros in every other byte."""
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    few = len(data[:4096]) // 40
    if odd > max(few, 4 * even):
        return "utf-16-le"
    if even > max(few, 4 * odd):
        return "utf-16-be"
    return ""
