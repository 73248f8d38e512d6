"""The header of a table without rulings: its words -> header rows, with the columns that each title spans."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import inf

from govinfo.readers.pdf_columns import (
    TOUCHING,
    Columns,
    Part,
    Row,
    Span,
    crosses,
    is_bounded,
    near,
    reach,
    shared_out,
    united,
)
from govinfo.readers.pdf_text import Atom

HEAD_GAP = 1.6
"""Header lines of one column further apart than this share of the letter size are two cells."""


def header_rows(parts: Sequence[Part], rows: Sequence[int], columns: Columns) -> Iterator[Row]:
    """The words of header lines -> header rows, for each stretch between rows of figures."""
    for _, group in groupby(sorted(parts, key=lambda part: part.line), key=lambda part: bisect(rows, part.line)):
        *titles, lowest = _levels(_header_cells(list(group), columns))
        line = 0
        for number, level in enumerate([*titles, lowest]):
            if level is lowest:
                cells = _side_by_side(level, columns)
            else:
                cells = _spread(level, _below(lowest, number == len(titles) - 1, columns), columns)
            line = max(line, min(part.line for part in level))
            yield Row(line, level[0].page, cells, header=True)


def _header_cells(parts: Sequence[Part], columns: Columns) -> list[Part]:
    """Header words below each other -> cells. White space parts them, and so does the step from a wide title down."""
    cells: list[Part] = []
    for part in sorted(parts, key=lambda part: (part.page, part.col, part.line, part.atom.x0)):
        last = cells[-1] if cells else None
        if (
            last
            and (last.page, last.col) == (part.page, part.col)
            and near(
                last.atom,
                part.atom,
                TOUCHING if _is_alone(last, parts) or _beside_title(last, parts, columns) else HEAD_GAP,
            )
            and _is_title(last, parts, columns) == _is_title(part, parts, columns)
            and last.atom.room[::2] == part.atom.room[::2]
        ):
            cells[-1] = Part(united([last.atom, part.atom], " "), last.line, last.page, last.col)
        else:
            cells.append(part)
    return cells


def _is_title(cell: Part, parts: Sequence[Part], columns: Columns) -> bool:
    """Tell whether a header cell reaches over several columns, or over the headers of two others."""
    over = {
        part.col for part in parts if part.col != cell.col and part.page == cell.page and crosses(part.atom, cell.atom)
    }
    return columns.is_title(cell.atom) or len(over) > 1


def _beside_title(cell: Part, parts: Sequence[Part], columns: Columns) -> bool:
    """Tell whether a title stands on the same height."""
    height = cell.atom.top + cell.atom.bottom
    level = [part for part in parts if part.page == cell.page and abs(part.atom.top + part.atom.bottom - height) < 2]
    return any(_is_title(part, parts, columns) for part in level)


def _is_alone(cell: Part, parts: Sequence[Part]) -> bool:
    """Tell whether no words stand beside a header cell."""
    return not any(
        part.page == cell.page
        and (part.atom.x1 <= cell.atom.x0 or cell.atom.x1 <= part.atom.x0)
        and max(part.atom.top, cell.atom.top) < min(part.atom.bottom, cell.atom.bottom)
        for part in parts
    )


def _levels(cells: Sequence[Part]) -> list[list[Part]]:
    """Header cells -> levels, top to bottom: the lowest of each column make one, others if they stand side by side."""
    levels: list[list[Part]] = []
    in_order = sorted(cells, key=lambda cell: (cell.page, cell.atom.top))
    lowest = list({cell.col: cell for cell in in_order}.values())
    for cell in (cell for cell in in_order if cell not in lowest):
        level = levels[-1] if levels else []
        beside = any(at.page == cell.page and cell.atom.top < at.atom.bottom for at in level)
        if beside and cell.col not in {at.col for at in level}:
            levels[-1].append(cell)
        else:
            levels.append([cell])
    return [*levels, lowest]


def _side_by_side(level: Sequence[Part], columns: Columns) -> dict[tuple[int, int], Atom | None]:
    """Each header reaches to the next one, or as far as rulings tell."""
    starts = sorted(part.col for part in level)
    cells: dict[tuple[int, int], Atom | None] = {}
    for part in level:
        after = next((col for col in starts if col > part.col), len(columns))
        after = columns.end_of(part.atom) if is_bounded(part.atom) else after
        cells[part.col, after - part.col] = part.atom
    return cells


def _below(lowest: Sequence[Part], last: bool, columns: Columns) -> list[int]:
    """The columns that the titles of a level span; above the ``last`` level of titles all.

    A header that has no title above it spans more rows, so its middle stands higher than that of the others.
    """
    cells = [cell for cell in lowest if cell.col >= len(columns.labels)]
    low = max(((cell.atom.top + cell.atom.bottom) / 2 for cell in cells), default=0.0)
    low_ones = [cell.col for cell in cells if (cell.atom.top + cell.atom.bottom) / 2 >= low - cell.atom.size / 2]
    return sorted(low_ones) if last else list(range(len(columns.labels), len(columns)))


def _spread(level: Sequence[Part], below: Sequence[int], columns: Columns) -> dict[tuple[int, int], Atom | None]:
    """The titles of one level and the columns below them, shared out so that each title stands as headers do."""
    titles = sorted(level, key=lambda part: part.atom.x0)
    if any(is_bounded(part.atom) for part in titles):
        return {(part.col, max(columns.end_of(part.atom) - part.col, 1)): part.atom for part in titles}
    marks = [columns.mark(reach(part.atom)) for part in titles]
    ways = [_shares(marks, cols, columns) for cols in (below, [*range(len(columns.labels)), *below])]
    _, cells = min(ways, key=lambda way: way[0])
    if not cells:
        return {(part.col, 1): part.atom for part in titles}
    return {(first, last - first + 1): part.atom for (first, last), part in zip(cells, titles, strict=True)}


def _shares(marks: Sequence[float], cols: Sequence[int], columns: Columns) -> tuple[float, list[tuple[int, int]]]:
    """The first and the last column of each title, and how far the titles stand from the places of headers."""
    spans = (*columns.labels, *columns.figures)

    def place(first: int, last: int) -> float:
        return columns.mark(Span(columns.mark(spans[cols[first]]), columns.mark(spans[cols[last]])))

    shares = shared_out(marks, len(cols), place)
    far = sum(abs(place(*share) - mark) for share, mark in zip(shares, marks, strict=False))
    return (far if shares else inf), [(cols[first], cols[last]) for first, last in shares]
