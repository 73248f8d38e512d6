"""Shapes that are drawn over a sheet -> the cells that lie beneath those with text or with a colour of their own."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from govinfo.readers.docx_xml import Element, at_path, children, each, whole
from govinfo.readers.sheet_room import each_column
from govinfo.readers.sheets import MOST_COLUMNS, MOST_ROWS

POINT = 12700
"""Units of a drawing; what reaches less far into a cell does not lie over it."""

_PIXEL = 9525
_USUAL_HEIGHT, _USUAL_WIDTH = 15.0, 8.43
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_DIGITS = 9
"""Digits that a number of a drawing has at most."""
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")

_AXES = {"row": ("y", "cy"), "col": ("x", "cx")}
"""The attributes for where a shape begins and for how far it goes."""

Place = tuple[int, int]
"""Row and column of a cell, from 1."""

SizeOf = Callable[[int], float]
"""What tells the height of a row, or the width of a column, from 0, in the units of a drawing."""


def beneath_shapes(drawing: Element, sheet: Any) -> set[Place]:
    """The cells beneath the shapes of a drawing."""
    sizes = height_in(sheet), width_in(sheet)
    anchors = [anchor for anchor in each(drawing, _ANCHORS) if any(covers(shape) for shape in each(anchor, ["sp"]))]
    areas = {(stretch(anchor, "row", sizes[0]), stretch(anchor, "col", sizes[1])) for anchor in anchors}
    last_row, last_column = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    return {
        place
        for (top, bottom), (left, right) in areas
        for place in product(
            range(top + 1, min(bottom + 1, last_row) + 1), range(left + 1, min(right + 1, last_column) + 1)
        )
    }


def covers(shape: Element) -> bool:
    """Whether a shape that is seen has a text or a colour that lies over what is beneath."""
    if any(named.get("hidden") in {"1", "true"} for named in each(shape, ["cNvPr"])):
        return False
    says = any((text.text or "").strip() for text in each(shape, ["t"]))
    filled = any(True for _ in children(at_path(shape, "spPr"), *_FILLS))
    styled = at_path(shape, "style", "fillRef")
    bare = at_path(shape, "spPr", "noFill") is not None
    return says or filled or (styled is not None and styled.get("idx") != "0" and not bare)


def stretch(anchor: Element, name: str, size_of: SizeOf) -> tuple[int, int]:
    """The first and the last row (or column), from 0, beneath what an anchor holds."""
    start, end = at_path(anchor, "from", name), at_path(anchor, "to", name)
    offset = number(at_path(anchor, "from", f"{name}Off"))
    if start is None:
        offset = attribute(anchor, "pos", _AXES[name][0])
    begin = reach(number(start), offset + POINT, size_of)
    if end is not None:
        return begin, number(end) - (number(at_path(anchor, "to", f"{name}Off")) <= POINT)
    return begin, reach(number(start), offset + attribute(anchor, "ext", _AXES[name][1]) - POINT, size_of)


def number(element: Element | None) -> int:
    """The number that an element says; 0 where there is none."""
    return whole(element.text or "", _DIGITS) if element is not None else 0


def attribute(anchor: Element, child: str, name: str) -> int:
    """The number in an attribute of a child; 0 where there is none."""
    element = at_path(anchor, child)
    return whole(element.get(name) or "", _DIGITS) if element is not None else 0


def reach(start: int, length: float, size_of: SizeOf) -> int:
    """The row or column that lies a length behind the beginning of another."""
    while length > size_of(start) and start < MOST_ROWS:
        length -= size_of(start)
        start += 1
    return start


def height_in(sheet: Any) -> SizeOf:
    """The heights of the rows of a sheet."""
    usual = sheet.sheet_format.defaultRowHeight or _USUAL_HEIGHT
    rows = sheet.row_dimensions
    return lambda row: ((rows[row + 1].height if row + 1 in rows else None) or usual) * POINT


def width_in(sheet: Any) -> SizeOf:
    """The widths of the columns of a sheet."""
    usual = sheet.sheet_format.defaultColWidth or _USUAL_WIDTH
    own = {column: group.width for column, group in each_column(sheet)}
    return lambda column: (own.get(column + 1, usual) * 7 + 5) * _PIXEL
