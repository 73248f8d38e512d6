"""The lines, rectangles, curves and pictures that a page of a PDF file draws, with their places."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from govinfo.readers.pdfium import Leaf, Matrix, matrix_of, objects_of, placed, times

Shape = dict[str, Any]


def shapes_of(leaf: Leaf) -> dict[str, list[Shape]]:
    """The lines, rectangles, curves and pictures of a page."""
    found: dict[str, list[Shape]] = {"line": [], "rect": [], "curve": [], "image": []}
    for handle, kind, matrix in objects_of(leaf):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            for name, shape in _paths(handle, times(matrix, leaf.matrix)):
                found[name].append(shape)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            found["image"].append(_bounds(handle, times(matrix, leaf.matrix)))
    return found


def _bounds(handle: Any, matrix: Matrix) -> Shape:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(handle, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    points = [placed(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    return _around(points)


def _around(points: list[tuple[float, float]]) -> Shape:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return {"x0": min(xs), "top": min(ys), "x1": max(xs), "bottom": max(ys)}


def _paths(handle: Any, matrix: Matrix) -> Iterator[tuple[str, Shape]]:
    """The parts of a path that are painted, each as a line, a rectangle or a curve."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
    if not (fill.value or stroke.value):
        return
    paint: Shape = {
        "stroke": bool(stroke.value),
        "fill": bool(fill.value),
        "stroking_color": _color(pdfium.FPDFPageObj_GetStrokeColor, handle),
        "non_stroking_color": _color(pdfium.FPDFPageObj_GetFillColor, handle),
    }
    for points, curved in _parts(handle, partial(placed, times(matrix_of(handle), matrix))):
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
