"""The letters of a page of a PDF file, with their places."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_int, c_void_p
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from govinfo.readers.pdf_text import NO_LETTER, Char
from govinfo.readers.pdfium import Leaf, Matrix, address_of, placed, plain

Array = np.ndarray[Any, Any]

FLAT, DESCENT = 0.5, 0.2
"""A letter whose box is lower than this share of its size has no box but its ink's: its font does not tell how deep
its letters reach below the line; this share of the size is usual."""
WIDE = 3.0
"""A letter whose box is this many sizes wide is written downwards; its box is a square about its ink then."""
GENERATED = {0, 10, 13, 32}
"""Signs that PDFium adds of its own where it sees a gap or the end of a line."""

_text_object = plain(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_unicode = plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, c_void_p, c_int)
_is_unknown = plain(pdfium.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
_ink = plain(pdfium.FPDFText_GetCharBox, c_int, c_void_p, c_int, *[c_void_p] * 4)
_extent = plain(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_origin = plain(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
_text_matrix = plain(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
_size = plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, c_void_p, c_int)
_font = plain(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)


def chars_of(leaf: Leaf) -> list[Char]:
    """The letters of a page in the order of the file.

    ``ink`` is the box of a letter's ink, ``turn`` by how many degrees it is turned to the right, ``object`` the
    address of what draws it, ``number`` the place of that in the order of drawing.
    """
    text = pdfium.FPDFText_LoadPage(leaf.handle)
    try:
        return _letters(text, leaf.matrix)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _letters(text: Any, matrix: Matrix) -> list[Char]:
    page = address_of(text)
    codes = [_unicode(page, index) for index in range(pdfium.FPDFText_CountChars(text))]
    rows = [
        index
        for index, code in enumerate(codes)
        if code not in GENERATED or not pdfium.FPDFText_IsGenerated(text, index)
    ]
    if not rows:
        return []
    drawn = [_text_object(page, index) or 0 for index in rows]
    signs = [_letter(text, page, index, codes[index]) for index in rows]
    begins = np.diff(np.array(drawn, np.int64), prepend=-1) != 0
    numbers = np.cumsum(begins) - 1
    firsts = np.flatnonzero(begins).tolist()
    objects = [drawn[place] for place in firsts]
    sizes, turns = _sizes_and_turns(page, [rows[place] for place in firsts], matrix)
    runs = list(zip(objects, _font_names(map(_font, objects)), sizes.tolist(), turns, strict=True))
    return _placed(signs, numbers.tolist(), runs, *_boxes(page, rows, sizes[numbers], matrix))


def _sizes_and_turns(page: int, firsts: Sequence[int], matrix: Matrix) -> tuple[Array, list[float]]:
    """The sizes on the page of the objects that letters are the first of, and by how many degrees they are turned."""
    own = np.zeros((len(firsts), 6), np.float32)
    at = own.ctypes.data
    for index in firsts:
        _text_matrix(page, index, at)
        at += 24
    a, b, c, d, _, _ = matrix
    right, up, x, y = own[:, :4].astype(float).T
    turns = np.degrees(np.arctan2(right * b + up * d, right * a + up * c)) % 360
    return np.array([_size(page, index) for index in firsts]) * np.hypot(x, y), turns.tolist()


def _font_names(fonts: Iterable[int]) -> Iterator[str]:
    names: dict[int, str] = {}
    buffer = ctypes.create_string_buffer(128)
    for font in fonts:
        if font not in names:
            pdfium.FPDFFont_GetBaseFontName(ctypes.cast(font, pdfium.FPDF_FONT), buffer, 128)
            names[font] = buffer.value.decode("utf-8", "replace")
        yield names[font]


def _letter(text: Any, page: int, index: int, code: int) -> str:
    """The letter of a code; a sign without one is ``NO_LETTER``, a hyphen at the end of a line stays one."""
    if (code < 32 or code >= 0xFFFE) and pdfium.FPDFText_IsHyphen(text, index) == 1:
        return "-"
    return NO_LETTER if _is_unknown(page, index) or not _is_writing(code) else chr(code)


def _is_writing(code: int) -> bool:
    """Tell whether a code may be a letter of a report: no control, no surrogate, no writing of other parts of the
    world, which stand there where a font does not tell its letters."""
    return 32 <= code < 0x590 or 0x2000 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code >= 0x10000


def _boxes(page: int, rows: Sequence[int], sizes: Array, matrix: Matrix) -> tuple[Array, Array]:
    """The boxes of letters and of their ink on the page: left, top, right, bottom."""
    # PDFium writes straight into the rows of these: left, bottom, right, top in numbers of 8 bytes, and left, top,
    # right, bottom in numbers of 4, in the space of the page.
    inks, extents = np.zeros((len(rows), 4)), np.zeros((len(rows), 4), np.float32)
    at_ink, at_extent = inks.ctypes.data, extents.ctypes.data
    for index in rows:
        _ink(page, index, at_ink, at_ink + 16, at_ink + 8, at_ink + 24)
        _extent(page, index, at_extent)
        at_ink += 32
        at_extent += 16
    ink, box = _on_page(inks, matrix), _on_page(extents.astype(float), matrix)
    flat = box[:, 3] - box[:, 1] < FLAT * sizes
    for place in np.flatnonzero(flat).tolist():
        box[place, 3] = _baseline(page, rows[place], matrix) + DESCENT * sizes[place]
    across = ~flat & (box[:, 2] - box[:, 0] > WIDE * sizes)
    half = sizes[across] / 2
    box[across, 0] = (ink[across, 0] + ink[across, 2]) / 2 - half
    box[across, 2] = (ink[across, 0] + ink[across, 2]) / 2 + half
    box[across, 3] = (ink[across, 1] + ink[across, 3]) / 2 + half
    box[:, 1] = box[:, 3] - sizes
    return box, ink


def _on_page(boxes: Array, matrix: Matrix) -> Array:
    """Boxes of two corners in the space of the page as left, top, right and bottom on the page."""
    a, b, c, d, e, f = matrix
    xs, ys = boxes[:, 0::2], boxes[:, 1::2]
    x, y = a * xs + c * ys + e, b * xs + d * ys + f
    return np.stack([x.min(axis=1), y.min(axis=1), x.max(axis=1), y.max(axis=1)], axis=1)


def _baseline(page: int, index: int, matrix: Matrix) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    _origin(page, index, ctypes.byref(x), ctypes.byref(y))
    return placed(matrix, x.value, y.value)[1]


def _placed(
    signs: Sequence[str],
    numbers: Sequence[int],
    runs: Sequence[tuple[int, str, float, float]],
    boxes: Array,
    inks: Array,
) -> list[Char]:
    """Letters with their places and what those of one object share."""
    found: list[Char] = []
    for sign, number, (x0, top, x1, bottom), ink in zip(signs, numbers, boxes.tolist(), inks.tolist(), strict=True):
        drawn, font, size, turn = runs[number]
        found.append(
            {
                "text": sign,
                "x0": x0,
                "top": top,
                "x1": x1,
                "bottom": bottom,
                "ink": tuple(ink),
                "size": size,
                "fontname": font,
                "turn": turn,
                "object": drawn,
                "number": number,
            }
        )
    return found
