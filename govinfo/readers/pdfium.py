"""What a page of a PDF file holds, through PDFium: its letters with their places, its objects, and its picture.

Places are in points from the top left corner of the page as a viewer shows it: within the crop box, turned as the
page asks for.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ctypes import c_int, c_void_p
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from govinfo.document import Box
from govinfo.readers.pdf_text import NO_LETTER, Char

Matrix = tuple[float, float, float, float, float, float]
Pixels = np.ndarray[Any, Any]

DEEPEST = 12
"""Forms within forms that are followed."""
FILLS = {pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP}
SHOWS_NOTHING = {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
FLAT, DESCENT = 0.5, 0.2
"""A letter whose box is lower than this share of its size has no box but its ink's: its font does not tell how deep
its letters reach below the line; this share of the size is usual."""
WIDE = 3.0
"""A letter whose box is this many sizes wide is written downwards; its box is a square about its ink then."""
GENERATED = {0, 10, 13, 32}
"""Signs that PDFium adds of its own where it sees a gap or the end of a line."""


def plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of PDFium that takes and gives addresses as numbers: several times as fast as with pointers."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_text_object = plain(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_unicode = plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, c_void_p, c_int)
_is_unknown = plain(pdfium.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
_ink = plain(pdfium.FPDFText_GetCharBox, c_int, c_void_p, c_int, *[c_void_p] * 4)
_extent = plain(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_origin = plain(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
_text_matrix = plain(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
_size = plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, c_void_p, c_int)
_font = plain(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
_object = plain(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
_object_inside = plain(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, ctypes.c_ulong)
_objects_inside = plain(pdfium.FPDFFormObj_CountObjects, c_int, c_void_p)
_kind = plain(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
_matrix = plain(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)


@dataclass(frozen=True, slots=True)
class Leaf:
    """An open page: its handle, its size as it is read, the matrix from its own space to places, and how many objects
    it draws itself: those after them stand in fields of forms and in notes. ``quarters`` tells how often it is turned
    to the right by 90 degrees to be read, ``back`` is the matrix from there to places on the page as shown."""

    handle: Any
    width: float
    height: float
    matrix: Matrix
    printed: int
    quarters: int = 0
    back: Matrix = IDENTITY


@contextmanager
def opened_page(pdf: pypdfium2.PdfDocument, index: int) -> Iterator[Leaf]:
    """A page, from 0, until the block ends. Fields of forms and notes that are shown become objects of the page."""
    handle = _loaded(pdf, index)
    try:
        printed = pdfium.FPDFPage_CountObjects(handle)
        if _has_notes(handle):
            _draw_notes(handle)
            pdfium.FPDFPage_Flatten(handle, pdfium.FLAT_NORMALDISPLAY)
            pdfium.FPDF_ClosePage(handle)
            handle = _loaded(pdf, index)
        yield _leaf(handle, printed)
    finally:
        pdfium.FPDF_ClosePage(handle)


def _loaded(pdf: pypdfium2.PdfDocument, index: int) -> Any:
    handle = pdfium.FPDF_LoadPage(pdf.raw, index)
    if not handle:
        raise pypdfium2.PdfiumError("The page does not load.")
    return handle


def _has_notes(handle: Any) -> bool:
    """Tell whether a page has fields of a form or notes that show something."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(handle)):
        note = pdfium.FPDFPage_GetAnnot(handle, index)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind not in SHOWS_NOTHING:
            return True
    return False


def _draw_notes(handle: Any) -> None:
    """Draw the page once: PDFium makes what fields and notes look like, where the file does not tell, to draw them."""
    bitmap = pdfium.FPDFBitmap_CreateEx(1, 1, pdfium.FPDFBitmap_Gray, None, 0)
    pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, 1, 1, 0, pdfium.FPDF_ANNOT)
    pdfium.FPDFBitmap_Destroy(bitmap)


def _leaf(handle: Any, printed: int) -> Leaf:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(handle, box)
    width, height = pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)
    matrix = _shown(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(handle))
    return Leaf(handle, width, height, matrix, printed)


def _shown(left: float, bottom: float, right: float, top: float, quarters: int) -> Matrix:
    """The matrix from the space of a page to places on it, for a page that is turned by quarters to the right."""
    return (
        (1.0, 0.0, 0.0, -1.0, -left, top),
        (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        (0.0, -1.0, -1.0, 0.0, top, right),
    )[quarters % 4]


def objects_of(leaf: Leaf, start: int = 0) -> Iterator[tuple[int, int, Matrix]]:
    """The objects of a page from one on, in the order of drawing, those in forms too: the address of each, its kind
    and the matrix of the forms around it."""
    page = address_of(leaf.handle)
    for index in range(start, pdfium.FPDFPage_CountObjects(leaf.handle)):
        yield from _inner(_object(page, index), IDENTITY, DEEPEST)


def _inner(drawn: int, matrix: Matrix, depth: int) -> Iterator[tuple[int, int, Matrix]]:
    """An object, or what a form holds."""
    kind = _kind(drawn)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield drawn, kind, matrix
    elif depth:
        inner = times(matrix_of(drawn), matrix)
        for index in range(_objects_inside(drawn)):
            yield from _inner(_object_inside(drawn, index), inner, depth - 1)


def added_objects(leaf: Leaf) -> set[int]:
    """The objects that stand in fields of forms and in notes."""
    return {drawn for drawn, _, _ in objects_of(leaf, leaf.printed)}


def address_of(handle: Any) -> int:
    """The address that a pointer holds."""
    return ctypes.cast(handle, c_void_p).value or 0


def matrix_of(drawn: int) -> Matrix:
    """The matrix of an object."""
    matrix = pdfium.FS_MATRIX()
    _matrix(drawn, ctypes.byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def times(one: Matrix, two: Matrix) -> Matrix:
    """The matrix that does first one, then two."""
    a, b, c, d, e, f = one
    k, m, n, p, q, r = two
    return (a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r)


def placed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point moved by a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def boxed(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    """The box around a rectangle moved by a matrix of quarter turns."""
    x0, y0 = placed(matrix, left, bottom)
    x1, y1 = placed(matrix, right, top)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


# Letters


def chars_of(leaf: Leaf) -> list[Char]:
    """The letters of a page in the order of the file.

    ``ink`` is the box of a letter's ink, ``turn`` by how many degrees it is turned to the right, ``object`` the
    address of what draws it, ``number`` the place of that in the order of drawing.
    """
    text = pdfium.FPDFText_LoadPage(leaf.handle)
    try:
        chars, boxes = _letters(text, leaf)
    finally:
        pdfium.FPDFText_ClosePage(text)
    if chars:
        _place(chars, np.array(boxes), leaf.matrix)
    return chars


def _letters(text: Any, leaf: Leaf) -> tuple[list[Char], list[tuple[float, ...]]]:
    """The letters without their places, and these in the space of the page: of the ink, the letter, its origin."""
    left, bottom, right, top, x, y = (ctypes.c_double() for _ in range(6))
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    edges, origin = tuple(map(ctypes.byref, (left, right, bottom, top))), tuple(map(ctypes.byref, (x, y)))
    of_loose, of_matrix, page = ctypes.byref(loose), ctypes.byref(matrix), address_of(text)
    fonts: dict[int, str] = {}
    chars: list[Char] = []
    places: list[tuple[float, ...]] = []
    before, font, size, turn, number = None, "", 0.0, 0.0, -1
    a, b, c, d, _, _ = leaf.matrix
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = _unicode(page, index)
        if code in GENERATED and pdfium.FPDFText_IsGenerated(text, index):
            continue
        drawn = _text_object(page, index)
        if drawn != before:
            before, number = drawn, number + 1
            font = _font_name(_font(drawn), fonts)
            _text_matrix(page, index, of_matrix)
            turn = math.degrees(math.atan2(matrix.a * b + matrix.b * d, matrix.a * a + matrix.b * c)) % 360
            size = _size(page, index) * math.hypot(matrix.c, matrix.d)
        _ink(page, index, *edges)
        _extent(page, index, of_loose)
        if loose.top - loose.bottom < FLAT * size:
            _origin(page, index, *origin)
        letter = _letter(text, index, code, _is_unknown(page, index))
        its = {"text": letter, "size": size, "fontname": font, "turn": turn, "object": drawn, "number": number}
        chars.append(its)
        ink = (left.value, bottom.value, right.value, top.value)
        places.append((*ink, loose.left, loose.bottom, loose.right, loose.top, x.value, y.value))
    return chars, places


def _place(chars: list[Char], boxes: Any, matrix: Matrix) -> None:
    """Give letters their places on the page."""
    a, b, c, d, e, f = matrix
    xs, ys = boxes[:, 0::2], boxes[:, 1::2]
    points = np.stack([a * xs + c * ys + e, b * xs + d * ys + f], axis=2)
    low, high = np.minimum(points[:, 0::2][:, :2], points[:, 1::2]), np.maximum(points[:, 0::2][:, :2], points[:, 1::2])
    inks = np.concatenate([low[:, 0], high[:, 0]], axis=1).tolist()
    extents = np.concatenate([low[:, 1], high[:, 1]], axis=1).tolist()
    baselines = points[:, 4, 1].tolist()
    for char, ink, (x0, top, x1, bottom), baseline in zip(chars, inks, extents, baselines, strict=True):
        size = char["size"]
        if bottom - top < FLAT * size:
            bottom = baseline + DESCENT * size
        elif x1 - x0 > WIDE * size:
            x0, bottom = (ink[0] + ink[2] - size) / 2, (ink[1] + ink[3] + size) / 2
            x1 = x0 + size
        char.update(x0=x0, x1=x1, top=bottom - size, bottom=bottom, ink=tuple(ink))


def _font_name(font: int, names: dict[int, str]) -> str:
    if font not in names:
        buffer = ctypes.create_string_buffer(128)
        pdfium.FPDFFont_GetBaseFontName(ctypes.cast(font, pdfium.FPDF_FONT), buffer, 128)
        names[font] = buffer.value.decode("utf-8", "replace")
    return names[font]


def handle_of(drawn: int) -> Any:
    """The object at an address."""
    return ctypes.cast(drawn, pdfium.FPDF_PAGEOBJECT)


def _letter(text: Any, index: int, code: int, unknown: bool) -> str:
    """The letter of a code; a sign without one is ``NO_LETTER``, a hyphen at the end of a line stays one."""
    if (code < 32 or code >= 0xFFFE) and pdfium.FPDFText_IsHyphen(text, index) == 1:
        return "-"
    return NO_LETTER if unknown or not _is_writing(code) else chr(code)


def _is_writing(code: int) -> bool:
    """Tell whether a code may be a letter of a report: no control, no surrogate, no writing of other parts of the
    world, which stand there where a font does not tell its letters."""
    return 32 <= code < 0x590 or 0x2000 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code >= 0x10000


# Pictures of the page


def picture(leaf: Leaf, scale: float, box: Box | None = None) -> Pixels:
    """The page, or a part of it, in grey."""
    x0, top, x1, bottom = box or (0.0, 0.0, leaf.width, leaf.height)
    across, down = math.ceil((x1 - x0) * scale), math.ceil((bottom - top) * scale)
    whole = math.ceil(leaf.width * scale), math.ceil(leaf.height * scale)
    pixels = np.full((down, across), 255, np.uint8)
    bitmap = pdfium.FPDFBitmap_CreateEx(
        across, down, pdfium.FPDFBitmap_Gray, pixels.ctypes.data_as(ctypes.c_void_p), across
    )
    try:
        pdfium.FPDF_RenderPageBitmap(
            bitmap, leaf.handle, round(-x0 * scale), round(-top * scale), *whole, leaf.quarters % 4, 0
        )
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return pixels


@contextmanager
def without(objects: Iterable[int]) -> Iterator[None]:
    """The page as it is without some of its objects, until the block ends."""
    handles = [handle_of(address) for address in objects]
    for handle in handles:
        pdfium.FPDFPageObj_SetIsActive(handle, False)
    try:
        yield
    finally:
        for handle in handles:
            pdfium.FPDFPageObj_SetIsActive(handle, True)


def shade_of(address: int) -> float | None:
    """How light the colour is in which a text is filled, over white paper: 0 black, 1 white; None if it is not."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    handle = handle_of(address)
    if pdfium.FPDFTextObj_GetTextRenderMode(handle) not in FILLS:
        return None
    if not pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return None
    light = (0.299 * red.value + 0.587 * green.value + 0.114 * blue.value) / 255
    return 1 - (1 - light) * alpha.value / 255
