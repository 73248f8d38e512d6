"""The room that the columns and rows of a sheet leave for a figure: where it does not suffice, ### or parts of digits
are seen in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from govinfo.readers.sheets import MOST_COLUMNS

CUT = 0.5
"""How low a row is, against the size of letters, in which nobody can read them."""

_NARROW_SIGNS = re.compile(r"[,.\s]")


@dataclass(frozen=True, slots=True)
class Room:
    """The widths of columns, in digits of the usual size, and the heights of rows, in points, that a sheet states."""

    widths: Mapping[int, float]
    heights: Mapping[int, float]
    usual_size: float

    def is_short(self, figure: str, size: float, rows: range, columns: range) -> bool:
        """Whether a figure, set in letters of a size, has not room enough in the cells that it stands in."""
        if all(column in self.widths for column in columns):
            width = sum(self.widths[column] for column in columns)
            if digits_in(figure) * size / self.usual_size > width:
                return True
        return all(row in self.heights for row in rows) and sum(self.heights[row] for row in rows) < CUT * size


def each_column(sheet: Any) -> Iterator[tuple[int, Any]]:
    """The columns of a sheet of which openpyxl keeps something, with it; neighbours that are alike are one entry of
    the file."""
    for group in sheet.column_dimensions.values():
        for column in range(group.min or 0, min(group.max or 0, MOST_COLUMNS) + 1):
            yield column, group


def digits_in(figure: str) -> float:
    """How wide a figure is, in digits; points and commas are half as wide."""
    return len(figure) - len(_NARROW_SIGNS.findall(figure)) / 2
