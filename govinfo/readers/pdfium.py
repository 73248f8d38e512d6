"""What a page of a PDF file holds, through PDFium: its letters with their places, its objects, and its picture.

Places are in points from the top left corner of the page as a viewer shows it: within the crop box, turned as the
page asks for.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from ctypes import c_int, c_void_p
from dataclasses import dataclass
from itertools import compress, repeat
from operator import ne
from struct import Struct
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from govinfo.document import Box

Matrix = tuple[float, float, float, float, float, float]
Array = np.ndarray[Any, Any]
Pixels = Array

FORM = pdfium.FPDF_PAGEOBJ_FORM
DEEPEST = 40
"""Forms within forms that are followed, as deep as PDFium draws them."""
FILLS = {pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP}
UNDRAWN = {pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_POLYLINE}
"""Notes that PDFium does not draw, and other viewers do, where the file does not tell what they look like."""
UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
NO_TEXT = 2
"""Bytes that PDFium tells for a text without letters."""
Four, Six = ctypes.c_float * 4, ctypes.c_float * 6
_four, _six = Struct("4f").unpack, Struct("6f").unpack  # numbers of an array of ctypes come several times as fast so
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of PDFium that takes and gives addresses as numbers: several times as fast as with pointers."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def bare(function: Any, result: Any) -> Callable[..., Any]:
    """The same, twice as fast, for what is asked of each letter: small numbers and references are passed unchecked."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def reference(address: int) -> Any:
    """An address as such a function takes it."""
    return ctypes.byref(ctypes.c_char.from_address(address))


_object = bare(pdfium.FPDFPage_GetObject, ctypes.c_size_t)
_object_inside = plain(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, ctypes.c_ulong)
_objects_inside = plain(pdfium.FPDFFormObj_CountObjects, c_int, c_void_p)
_kind = plain(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
_matrix = plain(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
_bounds = plain(pdfium.FPDFPageObj_GetBounds, c_int, *[c_void_p] * 5)


@dataclass(frozen=True, slots=True)
class Leaf:
    """An open page: its handle, its size as it is read, the matrix from its own space to places, and how many objects
    it draws itself: those after them stand in fields of forms and in notes. ``quarters`` tells how often it is turned
    to the right by 90 degrees to be read, ``back`` is the matrix from there to places on the page as shown. ``undrawn``
    are the places, in the page's own space, of notes that other viewers draw."""

    handle: Any
    width: float
    height: float
    matrix: Matrix
    printed: int
    quarters: int = 0
    back: Matrix = IDENTITY
    undrawn: tuple[Box, ...] = ()


@contextmanager
def opened_page(pdf: pypdfium2.PdfDocument, index: int) -> Iterator[Leaf]:
    """A page, from 0, until the block ends. Fields of forms and notes that are shown become objects of the page."""
    handle = _loaded(pdf, index)
    try:
        printed = pdfium.FPDFPage_CountObjects(handle)
        undrawn: tuple[Box, ...] = ()
        if any(_shows_something(note) for note in _notes(handle)):
            _draw_notes(pdf, handle)
            undrawn = tuple(filter(None, map(_undrawn, _notes(handle))))
            pdfium.FPDFPage_Flatten(handle, pdfium.FLAT_NORMALDISPLAY)
            pdfium.FPDF_ClosePage(handle)
            handle = _loaded(pdf, index)
        yield _leaf(handle, printed, undrawn)
    finally:
        pdfium.FPDF_ClosePage(handle)


def _loaded(pdf: pypdfium2.PdfDocument, index: int) -> Any:
    handle = pdfium.FPDF_LoadPage(pdf.raw, index)
    if not handle:
        raise pypdfium2.PdfiumError("The page does not load.")
    return handle


def _notes(handle: Any) -> Iterator[Any]:
    """The fields of forms and notes of a page, each until the next is asked for."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(handle)):
        note = pdfium.FPDFPage_GetAnnot(handle, index)
        try:
            yield note
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _shows_something(note: Any) -> bool:
    """Tell whether a field or a note may show something."""
    kind = pdfium.FPDFAnnot_GetSubtype(note)
    return kind != pdfium.FPDF_ANNOT_POPUP and (kind != pdfium.FPDF_ANNOT_LINK or _is_drawn(note))


def _is_drawn(note: Any) -> bool:
    """Tell whether a field or a note has a look of its own."""
    return bool(pdfium.FPDFAnnot_GetAP(note, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > NO_TEXT)


def _undrawn(note: Any) -> Box | None:
    """The place of a note that other viewers draw and PDFium does not."""
    is_seen = not pdfium.FPDFAnnot_GetFlags(note) & UNSEEN
    if not is_seen or _is_drawn(note) or pdfium.FPDFAnnot_GetSubtype(note) not in UNDRAWN:
        return None
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, box)
    return box.left, box.bottom, box.right, box.top


def _draw_notes(pdf: pypdfium2.PdfDocument, handle: Any) -> None:
    """Draw the page once: PDFium makes what fields and notes look like, where the file does not tell, to draw them.

    What is said to be invisible is so to viewers that do not know its kind; PDFium would leave all of it out.
    """
    for note in _notes(handle):
        pdfium.FPDFAnnot_SetFlags(note, pdfium.FPDFAnnot_GetFlags(note) & ~pdfium.FPDF_ANNOT_FLAG_INVISIBLE)
    pdf.init_forms()
    if pdf.formenv:
        pdfium.FORM_OnAfterLoadPage(handle, pdf.formenv)
        pdfium.FORM_OnBeforeClosePage(handle, pdf.formenv)
    bitmap = pdfium.FPDFBitmap_CreateEx(1, 1, pdfium.FPDFBitmap_Gray, None, 0)
    pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, 1, 1, 0, pdfium.FPDF_ANNOT)
    pdfium.FPDFBitmap_Destroy(bitmap)


def _leaf(handle: Any, printed: int, undrawn: tuple[Box, ...]) -> Leaf:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(handle, box)
    width, height = pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)
    matrix = _shown(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(handle))
    return Leaf(handle, width, height, matrix, printed, undrawn=undrawn)


def _shown(left: float, bottom: float, right: float, top: float, quarters: int) -> Matrix:
    """The matrix from the space of a page to places on it, for a page that is turned by quarters to the right."""
    return (
        (1.0, 0.0, 0.0, -1.0, -left, top),
        (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        (0.0, -1.0, -1.0, 0.0, top, right),
    )[quarters % 4]


def objects_of(leaf: Leaf, start: int = 0, but: int | None = None) -> Iterator[tuple[int, int, Matrix]]:
    """The objects of a page from one on, in the order of drawing, those in forms too, without those of one kind: the
    address of each, its kind and the matrix from the form around it, or from the page's own space, to places."""
    numbers = range(start, pdfium.FPDFPage_CountObjects(leaf.handle))
    objects = list(map(_object, repeat(reference(address_of(leaf.handle))), numbers))
    return _followed(objects, leaf.matrix, DEEPEST, but)


def _followed(objects: Sequence[int], matrix: Matrix, depth: int, but: int | None) -> Iterator[tuple[int, int, Matrix]]:
    """Objects; in place of forms, what these hold."""
    kinds = list(map(_kind, objects))
    for drawn, kind in compress(zip(objects, kinds, strict=True), map(ne, kinds, repeat(but))):
        if kind != FORM:
            yield drawn, kind, matrix
        elif depth:
            held = list(map(_object_inside, repeat(drawn), range(_objects_inside(drawn))))
            yield from _followed(held, times(matrix_of(drawn), matrix), depth - 1, but)


def added_objects(leaf: Leaf) -> set[int]:
    """The objects that stand in fields of forms and in notes."""
    return {drawn for drawn, _, _ in objects_of(leaf, leaf.printed)}


def address_of(handle: Any) -> int:
    """The address that a pointer holds."""
    return ctypes.cast(handle, c_void_p).value or 0


def matrix_of(drawn: int) -> Matrix:
    """The matrix of an object."""
    numbers = Six()
    _matrix(drawn, ctypes.addressof(numbers))
    a, b, c, d, e, f = _six(numbers)
    return a, b, c, d, e, f


def bounds_of(drawn: int) -> Box:
    """The box of an object in the space that it is drawn in: left, bottom, right, top."""
    edges = Four()
    at = ctypes.addressof(edges)
    _bounds(drawn, at, at + 4, at + 8, at + 12)
    left, bottom, right, top = _four(edges)
    return left, bottom, right, top


def scaling(unit: float) -> Matrix:
    """The matrix to places whose unit is so many times smaller."""
    return unit, 0.0, 0.0, unit, 0.0, 0.0


def back_turned(back: Matrix, height: float) -> Matrix:
    """The matrix back from a page of a height, once it is turned to the right by a quarter."""
    return times((0.0, -1.0, 1.0, 0.0, 0.0, height), back)


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


def handle_of(drawn: int) -> Any:
    """The object at an address."""
    return ctypes.cast(drawn, pdfium.FPDF_PAGEOBJECT)


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
