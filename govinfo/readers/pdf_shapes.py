"""The lines, rectangles, curves and pictures that a page of a PDF file draws, with their places."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from ctypes import c_int, c_void_p
from itertools import chain, repeat
from operator import itemgetter
from struct import Struct
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from govinfo.document import Box
from govinfo.readers.pdfium import (
    Array,
    Leaf,
    Matrix,
    bare,
    bounds_of,
    matrix_of,
    objects_of,
    placed,
    plain,
    reference,
    times,
)

Shape = dict[str, Any]
Places = tuple[float, ...]
Numbers = ctypes.Array[ctypes.c_uint]
Two = ctypes.c_float * 2

PATH, TEXT = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT
PICTURES = {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}
BEGINS, BENDS = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_BEZIERTO
WHITE = (1.0, 1.0, 1.0)

box_of: Callable[[Shape], Box] = itemgetter("x0", "top", "x1", "bottom")
"""The box of a letter or a shape."""


class Segment(c_void_p):
    """The address of a part of a path, as a pointer: a number would be cut short on its way."""


_two = Struct("2f").unpack  # numbers of an array of ctypes come several times as fast so
_draw_mode = plain(pdfium.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
_stroke_color = plain(pdfium.FPDFPageObj_GetStrokeColor, c_int, *[c_void_p] * 5)
_fill_color = plain(pdfium.FPDFPageObj_GetFillColor, c_int, *[c_void_p] * 5)
_segments = plain(pdfium.FPDFPath_CountSegments, c_int, c_void_p)
_segment = bare(pdfium.FPDFPath_GetPathSegment, Segment)
_segment_kind = bare(pdfium.FPDFPathSegment_GetType, c_int)
_point = bare(pdfium.FPDFPathSegment_GetPoint, c_int)


def shapes_of(leaf: Leaf, start: int = 0) -> dict[str, list[Shape]]:
    """The lines, rectangles, curves and pictures of a page, from one of its objects on."""
    found: dict[str, list[Shape]] = {"line": [], "rect": [], "curve": [], "image": []}
    room = (ctypes.c_uint * 4)()
    for drawn, kind, matrix in objects_of(leaf, start, but=TEXT):
        if kind == PATH and (paint := _paint(drawn, room)):
            for points, curved in _parts(drawn, times(matrix_of(drawn), matrix)):
                xs, ys = zip(*points, strict=True)
                found[_kind(xs, ys, curved)].append({**paint, **_around(xs, ys), "points": points})
        elif kind in PICTURES:
            found["image"].append(_bounds(drawn, matrix))
    return found


def boxes_of(boxes: Iterable[Box]) -> Array:
    """Boxes as rows of numbers."""
    return np.fromiter(chain.from_iterable(boxes), float).reshape(-1, 4)


def inked(kind: str, shapes: Sequence[Shape]) -> list[Shape]:
    """The shapes whose edges are seen."""
    return [shape for shape in shapes if kind == "image" or shape["stroke"] or shape["color"] != WHITE]


def _bounds(drawn: int, matrix: Matrix) -> Shape:
    left, bottom, right, top = bounds_of(drawn)
    points = [placed(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    return {**_around(*zip(*points, strict=True)), "object": drawn}


def _around(xs: Places, ys: Places) -> Shape:
    return {"x0": min(xs), "top": min(ys), "x1": max(xs), "bottom": max(ys)}


def _paint(drawn: int, room: Numbers) -> Shape:
    """How a path is painted, its colour as red, green and blue from 0 to 1; nothing of one that is not.

    PDFium writes its answers into ``room``.
    """
    at = ctypes.addressof(room)
    _draw_mode(drawn, at, at + 4)
    fill, stroke = bool(room[0]), bool(room[1])
    if not (fill or stroke):
        return {}
    told = (_stroke_color if stroke else _fill_color)(drawn, at, at + 4, at + 8, at + 12)
    red, green, blue, _ = room[:]
    color = (red / 255, green / 255, blue / 255) if told else None
    return {"stroke": stroke, "fill": fill, "color": color}


def _parts(drawn: int, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The parts of a path: the points of each, and whether it is curved."""
    path, point = reference(drawn), Two()
    at_x, at_y = ctypes.byref(point), ctypes.byref(point, 4)
    a, b, c, d, e, f = matrix
    segments = list(map(_segment, repeat(path), range(_segments(drawn))))
    points: list[tuple[float, float]] = []
    curved = False
    for kind, _ in zip(map(_segment_kind, segments), map(_point, segments, repeat(at_x), repeat(at_y)), strict=True):
        if kind == BEGINS:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        curved = curved or kind == BENDS
        x, y = _two(point)
        points.append((a * x + c * y + e, b * x + d * y + f))  # placed, without the call
    if len(points) > 1:
        yield points, curved


def _kind(xs: Places, ys: Places, curved: bool) -> str:
    """Two points are a line, four corners square to the page are a rectangle."""
    corners = len(xs) - (len(xs) > 2 and xs[0] == xs[-1] and ys[0] == ys[-1])
    if curved:
        return "curve"
    if corners == 2:
        return "line"
    return "rect" if corners == 4 and _is_two(xs) and _is_two(ys) else "curve"


def _is_two(places: Places) -> bool:
    """Tell whether places are two at most, to a hundredth of a point."""
    return len(set(places)) <= 2 or len({round(place, 2) for place in places}) <= 2
