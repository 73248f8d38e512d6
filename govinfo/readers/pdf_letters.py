"""The letters of a page of a PDF file, with their places."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Sequence
from ctypes import c_int, c_size_t, c_void_p
from itertools import compress, repeat
from operator import itemgetter
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from govinfo.readers.pdf_text import NO_LETTER, Char
from govinfo.readers.pdfium import Array, Leaf, Matrix, address_of, bare, objects_of, plain, reference

Kind = np.dtype[Any]

FLAT, DESCENT = 0.5, 0.2
"""A letter whose box is lower than this share of its size has no box but its ink's: its font does not tell how deep
its letters reach below the line; this share of the size is usual."""
WIDE = 3.0
"""A letter whose box is this many sizes wide is written downwards; its box is a square about its ink then."""
GENERATED = {0, 10, 13, 32}
"""Signs that PDFium adds of its own where it sees a gap or the end of a line."""
POINT, EDGES, INK, MATRIX = map(np.dtype, ("2f8", "4f4", "4f8", "6f4"))
"""The numbers that PDFium tells of a letter: from text once, as this takes longer than to ask for many letters."""

CHINESE = "\u2e80"
"""The first of the wide letters."""
ACTUAL = b"ActualText"
"""The text that a mark gives in place of what is drawn."""

_TEXT, _OBJECT = itemgetter("text"), itemgetter("object")
_count_marks = plain(pdfium.FPDFPageObj_CountMarks, c_int, c_void_p)
_mark = plain(pdfium.FPDFPageObj_GetMark, c_void_p, c_void_p, ctypes.c_ulong)
_kind_of = plain(pdfium.FPDFPageObjMark_GetParamValueType, c_int, c_void_p, ctypes.c_char_p)
_forget = plain(pdfium.FPDFPageObjMark_RemoveParam, c_int, c_void_p, c_void_p, ctypes.c_char_p)
_text_object = bare(pdfium.FPDFText_GetTextObject, ctypes.c_size_t)
_unicode = bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_is_generated = bare(pdfium.FPDFText_IsGenerated, c_int)
_is_unknown = bare(pdfium.FPDFText_HasUnicodeMapError, c_int)
_ink = bare(pdfium.FPDFText_GetCharBox, c_int)
_extent = bare(pdfium.FPDFText_GetLooseCharBox, c_int)
_text_matrix = bare(pdfium.FPDFText_GetMatrix, c_int)
_origin = bare(pdfium.FPDFText_GetCharOrigin, c_int)
_size = bare(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_base_name = plain(pdfium.FPDFFont_GetBaseFontName, c_size_t, c_void_p, c_void_p, c_size_t)
_font = plain(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)


def chars_of(leaf: Leaf) -> list[Char]:
    """The letters of a page in the order of the file: what its glyphs stand for, whatever a mark says of figures.

    ``ink`` is the box of a letter's ink, ``turn`` by how many degrees it is turned to the right, ``object`` the
    address of what draws it.
    """
    chars = _said(leaf)
    figures = set(compress(map(_OBJECT, chars), map(CHINESE.__gt__, map(_TEXT, chars))))
    if not any(_is_told_of(mark) for drawn in filter(_count_marks, figures) for mark in _marks_of(drawn)):
        return chars
    words = set(map(_OBJECT, chars)) - figures
    for drawn, kind, _ in objects_of(leaf):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and drawn not in words:
            for mark in _marks_of(drawn):
                _forget(drawn, mark, ACTUAL)
    return _said(leaf)


def _said(leaf: Leaf) -> list[Char]:
    """The letters of a page as PDFium tells them: in place of what is drawn the text that a mark gives for it."""
    text = pdfium.FPDFText_LoadPage(leaf.handle)
    try:
        return _letters(text, leaf.matrix)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _marks_of(drawn: int) -> list[int]:
    """The marks of an object."""
    return [_mark(drawn, number) for number in range(_count_marks(drawn))]


def _is_told_of(mark: int) -> bool:
    """Tell whether a mark gives a text in place of what it marks."""
    return bool(_kind_of(mark, ACTUAL) != pdfium.FPDF_OBJECT_UNKNOWN)


def _letters(text: Any, matrix: Matrix) -> list[Char]:
    page = reference(address_of(text))
    codes = list(map(_unicode, repeat(page), range(pdfium.FPDFText_CountChars(text))))
    rows = [index for index, code in enumerate(codes) if code not in GENERATED or not _is_generated(page, index)]
    if not rows:
        return []
    drawn = np.fromiter(map(_text_object, repeat(page), rows), np.int64, len(rows))
    begins = np.ones(len(rows), bool)
    begins[1:] = drawn[1:] != drawn[:-1]
    runs = np.cumsum(begins) - 1
    sizes, turns = (its[runs] for its in _sizes_and_turns(page, np.array(rows)[begins].tolist(), matrix))
    fonts = map(_font_names(drawn[begins].tolist()).__getitem__, runs.tolist())
    boxes, inks = _boxes(page, np.array(rows), sizes, matrix)
    shared = sizes.tolist(), fonts, turns.tolist(), drawn.tolist()
    return _placed(_signs(text, page, rows, codes), boxes, inks, shared)


def _told(ask: Callable[..., int], page: Any, rows: Iterable[int], kind: Kind, places: Sequence[int] = (0,)) -> Array:
    """What PDFium tells of letters, a row of numbers of a ``kind`` each; zeros where it does not know.

    ``places`` is where it writes each of the numbers, in bytes, or the first of them if it writes them together.
    """
    room = ctypes.create_string_buffer(kind.itemsize)
    nothing, into = room.raw, [repeat(ctypes.byref(room, place)) for place in places]
    told = [room.raw if known else nothing for known in map(ask, repeat(page), rows, *into)]
    return np.frombuffer(b"".join(told), kind).astype(float)


def _sizes_and_turns(page: Any, firsts: Sequence[int], matrix: Matrix) -> tuple[Array, Array]:
    """The sizes on the page of the objects that letters are the first of, and by how many degrees they are turned."""
    a, b, c, d, _, _ = matrix
    right, up, x, y = _told(_text_matrix, page, firsts, MATRIX)[:, :4].T
    turns = np.degrees(np.arctan2(right * b + up * d, right * a + up * c)) % 360
    return np.array(list(map(_size, repeat(page), firsts))) * np.hypot(x, y), turns


def _font_names(objects: Iterable[int]) -> list[str]:
    fonts = list(map(_font, objects))
    names = {font: _font_name(font) for font in set(fonts)}
    return [names[font] for font in fonts]


def _font_name(font: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    _base_name(font, ctypes.addressof(buffer), len(buffer))
    return buffer.value.decode("utf-8", "replace")


def _signs(text: Any, page: Any, rows: Sequence[int], codes: Sequence[int]) -> list[str]:
    """The letters; a sign without one is ``NO_LETTER``, a hyphen at the end of a line stays one."""
    letters = {code: chr(code) if _is_writing(code) else NO_LETTER for code in set(codes)}
    hyphens = {
        index for index in rows if not 32 <= codes[index] < 0xFFFE and pdfium.FPDFText_IsHyphen(text, index) == 1
    }
    return [
        "-" if index in hyphens else NO_LETTER if is_unknown else letters[codes[index]]
        for index, is_unknown in zip(rows, map(_is_unknown, repeat(page), rows), strict=True)
    ]


def _is_writing(code: int) -> bool:
    """Tell whether a code may be a letter of a report: no control, no surrogate, no writing of other parts of the
    world, which stand there where a font does not tell its letters."""
    return 32 <= code < 0x590 or 0x2000 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code >= 0x10000


def _boxes(page: Any, rows: Array, sizes: Array, matrix: Matrix) -> tuple[Array, Array]:
    """The boxes of letters and of their ink on the page: left, top, right, bottom."""
    its = rows.tolist()
    ink = _on_page(_told(_ink, page, its, INK, (0, 16, 8, 24)), matrix)  # left, right, bottom, top are asked for
    box = _on_page(_told(_extent, page, its, EDGES), matrix)
    flat = box[:, 3] - box[:, 1] < FLAT * sizes
    if flat.any():
        box[flat, 3] = _baselines(page, rows[flat].tolist(), matrix) + DESCENT * sizes[flat]
    across = np.flatnonzero(~flat & (box[:, 2] - box[:, 0] > WIDE * sizes))
    half = sizes[across] / 2
    box[across, 0] = (ink[across, 0] + ink[across, 2]) / 2 - half
    box[across, 2] = (ink[across, 0] + ink[across, 2]) / 2 + half
    box[across, 3] = (ink[across, 1] + ink[across, 3]) / 2 + half
    box[:, 1] = box[:, 3] - sizes
    return box, ink


def _on_page(boxes: Array, matrix: Matrix) -> Array:
    """Boxes of two corners in the space of the page as left, top, right and bottom on the page."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = boxes.T
    x, y = (a * x0 + c * y0 + e, a * x1 + c * y1 + e), (b * x0 + d * y0 + f, b * x1 + d * y1 + f)
    return np.stack([np.minimum(*x), np.minimum(*y), np.maximum(*x), np.maximum(*y)], axis=1)


def _baselines(page: Any, rows: Sequence[int], matrix: Matrix) -> Array:
    """How far down the page the lines are that letters stand on."""
    x, y = _told(_origin, page, rows, POINT, (0, 8)).T
    _, b, _, d, _, f = matrix
    return np.asarray(b * x + d * y + f)


def _placed(signs: Iterable[str], boxes: Array, inks: Array, shared: Iterable[Iterable[Any]]) -> list[Char]:
    """Letters with their places and what those of one object share."""
    edges, its_inks = boxes.T.tolist(), zip(*inks.T.tolist(), strict=True)
    return [
        {
            "text": sign,
            "x0": x0,
            "top": top,
            "x1": x1,
            "bottom": bottom,
            "ink": ink,
            "size": size,
            "fontname": font,
            "turn": turn,
            "object": drawn,
        }
        for sign, x0, top, x1, bottom, ink, size, font, turn, drawn in zip(
            signs, *edges, its_inks, *shared, strict=True
        )
    ]
