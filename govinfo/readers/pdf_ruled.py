"""Ruled tables: the lines drawn on a page -> cells with their spans.

Rulings that touch make a table. Its rulings cut it into places; places with no wall between them are one cell.
The frame of a table counts as closed: at a page break its last or first ruling is often not drawn.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from operator import itemgetter
from typing import Any, NamedTuple

from govinfo.document import Box
from govinfo.readers.pdf_rooms import Ruling, is_half_ruled, with_rooms
from govinfo.readers.pdf_text import Char, Line, join_texts, lines_of
from govinfo.readers.pdf_wrapped import DOUBT, wrapped

THIN = 2.5
"""What is drawn no thicker than this is a ruling."""
SNAP = 6.0
"""Rulings closer than this are one: borders of neighbouring cells, double rules, segments of one rule."""
CLOSE = 2.0
"""The same for rulings that lay out a table in part, on a page with others."""
SHORT = 7.0
"""No ruling of a table is shorter than this."""
OVER = 1.5
"""The next line of what is in a cell stands no further below its end than this share of the letter size."""

Places = set[tuple[int, int]]
Reach = tuple[range, range]
"""The columns and rows of a cell."""
Walls = dict[float, list[Ruling]]


class RuledCell(NamedTuple):
    """A cell on the page; ``lines`` is its text, ``open_top`` and ``open_bottom`` tell that no rule closes it."""

    box: Box
    lines: tuple[Line, ...]
    open_top: bool = False
    open_bottom: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines joined; a line break stays where letters that are not Chinese meet."""
        return join_texts([line.text for line in self.lines], "\n")


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The cells of one table on one page, and the places of its column edges."""

    page: int
    box: Box
    cells: tuple[RuledCell, ...]
    xs: tuple[float, ...]

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.box[1]

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return len(self.xs) - 1


def ruled_tables(objects: dict[str, list[Char]], page: int) -> tuple[list[RuledTable], list[Char]]:
    """The ruled tables of a page, top to bottom, and the letters that stand in none of them."""
    chars = objects.get("char", [])
    tables = []
    across, down = _rulings(objects)
    # The innermost first: a frame around a table or a page takes only what is left.
    for group in sorted(_touching(_merged(across), _merged(down)), key=_area):
        table, rest = _table(*group, chars, page)
        if table is not None and table.columns > 1 and not is_half_ruled([cell.lines for cell in table.cells]):
            tables.append(table)
            chars = rest
    loose_across = [rule for rule in across if not any(_within(t.box, rule.start, rule.at) for t in tables)]
    loose_down = [rule for rule in down if not any(_within(t.box, rule.at, rule.start) for t in tables)]
    chars = with_rooms(chars, _merged(loose_across, CLOSE), _merged(loose_down, CLOSE))
    return sorted(tables, key=lambda table: table.box[1]), chars


def _within(box: Box, x: float, y: float) -> bool:
    return box[0] - SNAP <= x <= box[2] + SNAP and box[1] - SNAP <= y <= box[3] + SNAP


def _rulings(objects: dict[str, list[Any]]) -> tuple[list[Ruling], list[Ruling]]:
    """What is drawn -> horizontal and vertical rulings. Areas filled behind text are none."""
    across, down = [], []
    for kind in ("line", "rect", "curve"):
        for shape in objects.get(kind, []):
            x0, top, x1, bottom = shape["x0"], shape["top"], shape["x1"], shape["bottom"]
            if _is_white(shape["color"]):
                continue
            if bottom - top <= THIN:
                across.append(Ruling((top + bottom) / 2, x0, x1))
            if x1 - x0 <= THIN:
                down.append(Ruling((x0 + x1) / 2, top, bottom))
            if kind == "rect" and shape["stroke"] and min(x1 - x0, bottom - top) > THIN:
                across += [Ruling(top, x0, x1), Ruling(bottom, x0, x1)]
                down += [Ruling(x0, top, bottom), Ruling(x1, top, bottom)]
    return across, down


def _is_white(color: Any) -> bool:
    parts = tuple(color) if isinstance(color, tuple | list) else (color,)
    return parts in {(1,), (1, 1, 1), (0, 0, 0, 0)}


def _merged(rulings: list[Ruling], snap: float = SNAP) -> list[Ruling]:
    """Snap rulings to common places and join the segments of one rule."""
    places = _snapped([ruling.at for ruling in rulings], snap)
    merged: list[Ruling] = []
    placed = [Ruling(places[at], start, end) for at, start, end in rulings]
    for ruling in sorted(placed, key=itemgetter(0, 1)):
        if merged and merged[-1].at == ruling.at and ruling.start - merged[-1].end <= SNAP:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, ruling.end))
        else:
            merged.append(ruling)
    return [ruling for ruling in merged if ruling.end - ruling.start >= SHORT]


def _snapped(values: Iterable[float], snap: float = SNAP) -> dict[float, float]:
    """Each value -> the middle of the values that follow each other within ``snap``."""
    groups: list[list[float]] = []
    for value in sorted(set(values)):
        if groups and value - groups[-1][0] <= snap:
            groups[-1].append(value)
        else:
            groups.append([value])
    return {value: sum(group) / len(group) for group in groups for value in group}


def _touching(across: list[Ruling], down: list[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Group the rulings that touch, directly or through others."""
    rest_across, rest_down = set(across), set(down)
    while rest_across:
        found_across, found_down = {rest_across.pop()}, set[Ruling]()
        while True:
            new_down = {rule for rule in rest_down if any(_meet(other, rule) for other in found_across)}
            rest_down -= new_down
            new_across = {rule for rule in rest_across if any(_meet(rule, other) for other in new_down)}
            rest_across -= new_across
            found_down |= new_down
            found_across |= new_across
            if not new_across:
                break
        if found_down:
            yield list(found_across), list(found_down)


def _meet(across: Ruling, down: Ruling) -> bool:
    return across.start - SNAP <= down.at <= across.end + SNAP and down.start - SNAP <= across.at <= down.end + SNAP


def _area(rulings: tuple[list[Ruling], list[Ruling]]) -> float:
    x0, top, x1, bottom = _frame(*rulings)
    return (x1 - x0) * (bottom - top)


def _frame(across: list[Ruling], down: list[Ruling]) -> Box:
    return (
        min(min(rule.start for rule in across), min(rule.at for rule in down)),
        min(min(rule.start for rule in down), min(rule.at for rule in across)),
        max(max(rule.end for rule in across), max(rule.at for rule in down)),
        max(max(rule.end for rule in down), max(rule.at for rule in across)),
    )


def _table(
    across: list[Ruling], down: list[Ruling], chars: list[Char], page: int
) -> tuple[RuledTable | None, list[Char]]:
    """The rulings of one table and the letters of the page -> the table and the letters outside it."""
    frame = _frame(across, down)
    xs = _edges([rule.at for rule in down] + [frame[0], frame[2]])
    ys = _edges([rule.at for rule in across] + [frame[1], frame[3]])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and not _is_row(frame, ys, chars)):
        return None, chars
    on_xs, on_ys = _on_edges(down, xs), _on_edges(across, ys)
    cells = list(_cells(xs, ys, on_ys, on_xs))
    owner = {place: number for number, cell in enumerate(cells) for place in product(*cell)}
    inside: list[list[Char]] = [[] for _ in cells]
    outside = []
    for char in chars:
        y = (char["top"] + char["bottom"]) / 2
        if ys[0] <= y < ys[-1] and xs[0] <= (x := (char["x0"] + char["x1"]) / 2) < xs[-1]:
            inside[owner[bisect_right(xs, x) - 1, bisect_right(ys, y) - 1]].append(char)
        else:
            outside.append(char)
    if len(outside) == len(chars):
        return None, chars
    below = _below_open(outside, xs, ys[-1], on_ys)
    for char in below:
        inside[owner[_column(char, xs), len(ys) - 2]].append(char)
    outside = [char for char in outside if char not in below] if below else outside
    made = (_cell(cell, xs, ys, on_ys, lines_of(its, page)) for cell, its in zip(cells, inside, strict=True))
    return RuledTable(page, frame, tuple(made), tuple(xs)), outside


def _below_open(chars: Sequence[Char], xs: list[float], bottom: float, across: Walls) -> list[Char]:
    """The letters of a line right below a table whose last rule leaves out some cells, where it stands below these
    alone: the next line of what is in them, as where a page ends within a row of others."""
    is_open = [not _wall(across[bottom], *span) for span in pairwise(xs)]
    if all(is_open) or not any(is_open):
        return []
    near = [char for char in chars if 0 <= (char["top"] + char["bottom"]) / 2 - bottom < OVER * char["size"]]
    inner = all(xs[0] <= _centre(char) < xs[-1] and is_open[_column(char, xs)] for char in near if char["text"].strip())
    return near if inner else []


def _centre(char: Char) -> float:
    return float(char["x0"] + char["x1"]) / 2


def _column(char: Char, xs: list[float]) -> int:
    return min(max(bisect_right(xs, _centre(char)) - 1, 0), len(xs) - 2)


def _is_row(frame: Box, ys: list[float], chars: list[Char]) -> bool:
    """Tell whether a box of one column may be part of a table: as wide as the text, and no frame around a page."""
    width = max(char["x1"] for char in chars) - min(char["x0"] for char in chars) if chars else 0.0
    return frame[2] - frame[0] > 0.7 * width and (frame[3] - frame[1]) / (len(ys) - 1) < 100


def _edges(values: Iterable[float]) -> list[float]:
    return sorted(set(_snapped(values).values()))


def _on_edges(rulings: list[Ruling], edges: list[float]) -> Walls:
    """Each edge with the rulings that run along it."""
    return {edge: [rule for rule in rulings if abs(rule.at - edge) <= SNAP / 2] for edge in edges}


def _cells(xs: list[float], ys: list[float], across: Walls, down: Walls) -> Iterator[Reach]:
    """Places -> cells: rectangles of places with no wall between them, row by row."""
    left = _walled(down, xs, ys)
    above = {(col, row) for row, col in _walled(across, ys, xs)}
    free = {(col, row) for row in range(len(ys) - 1) for col in range(len(xs) - 1)}
    for row in range(len(ys) - 1):
        for col in range(len(xs) - 1):
            if (col, row) not in free:
                continue
            end = col + 1
            while (end, row) in free and (end, row) not in left:
                end += 1
            cols, below = range(col, end), row + 1
            while _continues(cols, below, free, left, above):
                below += 1
            rows = range(row, below)
            free.difference_update(product(cols, rows))
            yield cols, rows


def _walled(walls: Walls, edges: list[float], others: list[float]) -> Places:
    """The edges, by their numbers, and the stretches between two of the others, along which they have a ruling."""
    middles = [(start + end) / 2 for start, end in pairwise(others)]
    return {
        (number, place)
        for number, edge in enumerate(edges)
        for rule in walls[edge]
        for place in range(bisect_left(middles, rule.start), bisect_right(middles, rule.end))
    }


def _continues(cols: range, row: int, free: Places, left: Places, above: Places) -> bool:
    """Tell whether a cell goes on in the next row: free places of the same width, no wall above or between them."""
    if any((col, row) not in free or (col, row) in above for col in cols):
        return False
    inner = any((col, row) in left for col in cols[1:])
    beyond = (cols.stop, row) in free and (cols.stop, row) not in left
    return not inner and not beyond


def _wall(rulings: list[Ruling], start: float, end: float) -> bool:
    """Tell whether one of the rulings along an edge passes the middle between ``start`` and ``end``."""
    middle = (start + end) / 2
    return any(rule.start <= middle <= rule.end for rule in rulings)


def _cell(cell: Reach, xs: list[float], ys: list[float], across: Walls, lines: list[Line]) -> RuledCell:
    cols, rows = cell
    x0, top, x1, bottom = xs[cols.start], ys[rows.start], xs[cols.stop], ys[rows.stop]
    figure = wrapped(lines, x1 - x0)
    return RuledCell(
        (x0, top, x1, bottom),
        (figure,) if figure else tuple(lines),
        open_top=not _wall(across[top], x0, x1),
        open_bottom=not _wall(across[bottom], x0, x1),
        doubts=(DOUBT,) if figure else (),
    )
