"""What a page of a PDF file holds, through PDFium: letters, shapes and pictures with their places, and its picture.

Places are in points from the top left corner of the page as a viewer shows it: within the crop box, turned as the
page asks for.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from govinfo.document import Box
from govinfo.readers.pdf_text import NO_LETTER, Char

Shape = dict[str, Any]
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


@dataclass(frozen=True, slots=True)
class Item:
    """An object drawn on the page: its handle, its kind, the matrix of the forms around it; ``added`` tells that it
    stands in a field of a form or in a note on the page."""

    handle: Any
    kind: int
    matrix: Matrix
    added: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """An open page: its handle, its size as it is read, the matrix from its own space to places, and its objects in
    the order of drawing. ``quarters`` tells how often it is turned to the right by 90 degrees to be read, ``back`` is
    the matrix from there to places on the page as shown."""

    handle: Any
    width: float
    height: float
    matrix: Matrix
    items: list[Item]
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
    return Leaf(handle, width, height, matrix, list(_items(handle, printed)))


def _shown(left: float, bottom: float, right: float, top: float, quarters: int) -> Matrix:
    """The matrix from the space of a page to places on it, for a page that is turned by quarters to the right."""
    return (
        (1.0, 0.0, 0.0, -1.0, -left, top),
        (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        (0.0, -1.0, -1.0, 0.0, top, right),
    )[quarters % 4]


def _items(page: Any, printed: int) -> Iterator[Item]:
    """The objects of a page; those after the ``printed`` ones were added as fields and notes."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _inner(pdfium.FPDFPage_GetObject(page, index), IDENTITY, DEEPEST, index >= printed)


def _inner(handle: Any, matrix: Matrix, depth: int, added: bool) -> Iterator[Item]:
    """An object, or what a form holds."""
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield Item(handle, kind, matrix, added)
    elif depth:
        inner = times(_matrix_of(handle), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(handle)):
            yield from _inner(pdfium.FPDFFormObj_GetObject(handle, index), inner, depth - 1, added)


def _matrix_of(handle: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
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
    """The letters of a page in the order of the file, each with the object that draws it.

    ``ink`` is the box of its ink, ``turn`` by how many degrees it is turned to the right, ``number`` its object's
    place in the order of drawing.
    """
    text = pdfium.FPDFText_LoadPage(leaf.handle)
    try:
        return list(_chars(text, leaf))
    finally:
        pdfium.FPDFText_ClosePage(text)


def _chars(text: Any, leaf: Leaf) -> Iterator[Char]:
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    edges = tuple(map(ctypes.byref, (left, right, bottom, top)))
    x, y = ctypes.c_double(), ctypes.c_double()
    origin = ctypes.byref(x), ctypes.byref(y)
    of_loose, of_matrix = ctypes.byref(loose), ctypes.byref(matrix)
    numbers = {_address(item.handle): number for number, item in enumerate(leaf.items)}
    fonts: dict[int, str] = {}
    unicode, boxes, extents = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharBox, pdfium.FPDFText_GetLooseCharBox
    sizes, matrices, objects = pdfium.FPDFText_GetFontSize, pdfium.FPDFText_GetMatrix, pdfium.FPDFText_GetTextObject
    origins = pdfium.FPDFText_GetCharOrigin
    before, font, size, turn, number, tall = None, "", 0.0, 0.0, -1, 0.0
    a, b, c, d, _, _ = leaf.matrix
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = unicode(text, index)
        if code in GENERATED and pdfium.FPDFText_IsGenerated(text, index):
            continue
        handle = objects(text, index)
        address = _address(handle)
        if address != before:
            before, number = address, numbers.get(address, -1)
            font = _font(handle, fonts)
            matrices(text, index, of_matrix)
            across = (matrix.a * a + matrix.b * c, matrix.a * b + matrix.b * d)
            turn = math.degrees(math.atan2(across[1], across[0])) % 360
            tall = math.hypot(matrix.c, matrix.d)
            size = sizes(text, index) * tall
        boxes(text, index, *edges)
        extents(text, index, of_loose)
        ink = boxed(leaf.matrix, left.value, bottom.value, right.value, top.value)
        x0, _, x1, y1 = boxed(leaf.matrix, loose.left, loose.bottom, loose.right, loose.top)
        if loose.top - loose.bottom < FLAT * size:
            origins(text, index, *origin)
            y1 = placed(leaf.matrix, x.value, y.value)[1] + DESCENT * size
        elif x1 - x0 > WIDE * size:
            x0, y1 = (ink[0] + ink[2] - size) / 2, (ink[1] + ink[3] + size) / 2
            x1 = x0 + size
        yield {
            "text": _letter(text, index, code),
            "x0": x0,
            "x1": x1,
            "top": y1 - size,
            "bottom": y1,
            "size": size,
            "fontname": font,
            "ink": ink,
            "turn": turn,
            "number": number,
        }


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _font(handle: Any, names: dict[int, str]) -> str:
    """The name of an object's font."""
    font = pdfium.FPDFTextObj_GetFont(handle)
    address = _address(font)
    if address not in names:
        buffer = ctypes.create_string_buffer(128)
        pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
        names[address] = buffer.value.decode("utf-8", "replace")
    return names[address]


def _letter(text: Any, index: int, code: int) -> str:
    """The letter of a code; a sign without one is ``NO_LETTER``, a hyphen at the end of a line stays one."""
    if pdfium.FPDFText_IsHyphen(text, index) == 1:
        return "-"
    if pdfium.FPDFText_HasUnicodeMapError(text, index) or not _is_writing(code):
        return NO_LETTER
    return chr(code)


def _is_writing(code: int) -> bool:
    """Tell whether a code may be a letter of a report: no control, no surrogate, no writing of other parts of the
    world, which stand there where a font does not tell its letters."""
    return 32 <= code < 0x590 or 0x2000 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code


# Shapes and pictures


def shapes_of(leaf: Leaf) -> dict[str, list[Shape]]:
    """The lines, rectangles, curves and pictures of a page."""
    found: dict[str, list[Shape]] = {"line": [], "rect": [], "curve": [], "image": []}
    for number, item in enumerate(leaf.items):
        if item.kind == pdfium.FPDF_PAGEOBJ_PATH:
            for kind, shape in _paths(item, leaf.matrix):
                found[kind].append({**shape, "number": number})
        elif item.kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            found["image"].append({**_bounds(item, leaf.matrix), "number": number})
    return found


def _bounds(item: Item, shown: Matrix) -> Shape:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item.handle, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    matrix = times(item.matrix, shown)
    points = [placed(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    return _around(points)


def _around(points: list[tuple[float, float]]) -> Shape:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return {"x0": min(xs), "top": min(ys), "x1": max(xs), "bottom": max(ys)}


def _paths(item: Item, shown: Matrix) -> Iterator[tuple[str, Shape]]:
    """The parts of a path that are painted, each as a line, a rectangle or a curve."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item.handle, fill, stroke)
    if not (fill.value or stroke.value):
        return
    paint: Shape = {
        "stroke": bool(stroke.value),
        "fill": bool(fill.value),
        "stroking_color": _color(pdfium.FPDFPageObj_GetStrokeColor, item.handle),
        "non_stroking_color": _color(pdfium.FPDFPageObj_GetFillColor, item.handle),
    }
    matrix = times(times(_matrix_of(item.handle), item.matrix), shown)
    for points, curved in _parts(item.handle, partial(placed, matrix)):
        yield _kind(points, curved), {**paint, **_around(points), "points": points}


def _color(get: Callable[..., Any], handle: Any) -> tuple[float, ...] | None:
    """A colour as red, green and blue from 0 to 1."""
    parts = [ctypes.c_uint() for _ in range(4)]
    return tuple(part.value / 255 for part in parts[:3]) if get(handle, *parts) else None


def _parts(handle: Any, place: Callable[[float, float], tuple[float, float]]) -> Iterator[tuple[list[Any], bool]]:
    """The parts of a path: the points of each, and whether it is curved."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(pdfium.FPDFPath_CountSegments(handle)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        points.append(place(x.value, y.value))
    if len(points) > 1:
        yield points, curved


def _kind(points: list[tuple[float, float]], curved: bool) -> str:
    """Two points are a line, four corners square to the page are a rectangle."""
    corners = points[:-1] if points[0] == points[-1] and len(points) > 2 else points
    if curved:
        return "curve"
    if len(corners) == 2:
        return "line"
    xs, ys = {round(x, 2) for x, _ in corners}, {round(y, 2) for _, y in corners}
    return "rect" if len(corners) == 4 and len(xs) <= 2 and len(ys) <= 2 else "curve"


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
def without(items: list[Item]) -> Iterator[None]:
    """The page as it is without some of its objects, until the block ends."""
    for item in items:
        pdfium.FPDFPageObj_SetIsActive(item.handle, False)
    try:
        yield
    finally:
        for item in items:
            pdfium.FPDFPageObj_SetIsActive(item.handle, True)


def shade_of(item: Item) -> float | None:
    """How light the colour is in which a text is filled, over white paper: 0 black, 1 white; None if it is not."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if pdfium.FPDFTextObj_GetTextRenderMode(item.handle) not in FILLS:
        return None
    if not pdfium.FPDFPageObj_GetFillColor(item.handle, red, green, blue, alpha):
        return None
    light = (0.299 * red.value + 0.587 * green.value + 0.114 * blue.value) / 255
    return 1 - (1 - light) * alpha.value / 255
