"""Ruled tables that go on over pages: their parts -> one grid.

A header that is repeated at the head of a page stands once. A row that a page break cuts is made whole, and a cell
that is taller than its page goes on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from govinfo.document import Cell, Grid
from govinfo.readers.pdf_ruled import RuledCell, RuledTable
from govinfo.readers.pdf_text import join_texts

SAME_EDGE = 6.0
"""Column edges of one table on two pages differ by no more than this."""

_NUMBERED = re.compile(r"\s*[（(]?\s*(?:[一二三四五六七八九十]+|\d+)\s*[)）、.．]")
_FIGURE = re.compile(r"\s*\d[\d\s,，.．%％]*")
Pair = tuple[Cell, RuledCell]
"""A cell in its row and column, and as it is on its page."""


def goes_on(above: Sequence[RuledTable], below: RuledTable) -> bool:
    """Tell whether a table on the next page goes on with the columns of the parts above it."""
    if below.page != above[-1].page + 1:
        return False
    fewer, more = sorted((_all_edges(above), list(below.xs)), key=len)
    shared = [edge for edge in fewer if any(abs(edge - other) <= SAME_EDGE for other in more)]
    ends = abs(fewer[0] - more[0]) <= SAME_EDGE and abs(fewer[-1] - more[-1]) <= SAME_EDGE
    return (ends and len(shared) >= 0.8 * len(fewer)) or len(shared) == len(fewer) > 3


def _all_edges(tables: Sequence[RuledTable]) -> list[float]:
    """The column edges of all parts of a table; those of the part with the most columns count first."""
    xs: list[float] = []
    for table in sorted(tables, key=lambda table: -table.columns):
        xs += [edge for edge in table.xs if all(abs(edge - other) > SAME_EDGE for other in xs)]
    return sorted(xs)


def grid_of(tables: Sequence[RuledTable]) -> Grid:
    """The parts of one table, page by page -> its grid."""
    xs = _all_edges(tables)
    cells: list[Pair] = []
    rows = 0
    for table in tables:
        cols = {edge: _nearest(xs, edge) for edge in table.xs}
        ys = {edge: rows + number for number, edge in enumerate(_row_edges(table))}
        part = [(_placed(cell, cols, ys, table.page), cell) for cell in table.cells]
        if again := _repeated(cells, part, rows):
            part = [(replace(cell, row=cell.row - again), its) for cell, its in part if cell.row >= rows + again]
        rows += len(ys) - 1
        if cells:
            cells = _joined(cells, part, repeated=bool(again))
            rows = max(cell.row + cell.rowspan for cell, _ in cells)
        else:
            cells = part
    return Grid(tuple(cell for cell, _ in sorted(cells, key=lambda pair: (pair[0].row, pair[0].col))))


def _repeated(above: Sequence[Pair], part: Sequence[Pair], start: int) -> int:
    """How many rows at the head of a part, which begins at the row ``start``, are those at the head of the table, as a
    header that each page repeats. The cells of both are in order, row by row."""
    same: list[Cell] = []
    ends = 0
    for (one, _), (two, _) in zip(above, part, strict=False):
        ends = min(one.row, two.row - start)
        its, other = ((cell.col, cell.rowspan, cell.colspan, cell.text) for cell in (one, two))
        if one.row != two.row - start or its != other or _FIGURE.fullmatch(one.text):
            break
        same.append(one)
    while beyond := [cell.row for cell in same if cell.row < ends < cell.row + cell.rowspan]:
        ends = min(beyond)
    return ends


def _row_edges(table: RuledTable) -> list[float]:
    return sorted({edge for cell in table.cells for edge in (cell.box[1], cell.box[3])})


def _placed(cell: RuledCell, cols: Mapping[float, int], rows: Mapping[float, int], page: int) -> Cell:
    """A cell on the page -> its row, column and spans, by the numbers of its edges."""
    x0, top, x1, bottom = cell.box
    row, col = rows[top], cols[x0]
    return Cell(cell.text, row, col, rows[bottom] - row, cols[x1] - col, page, cell.box, cell.doubts)


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))


def _joined(above: list[Pair], below: list[Pair], repeated: bool) -> list[Pair]:
    """Join the parts of a table: a row that the page break cuts is made whole, a tall cell goes on. ``repeated`` tells
    that a header stood between them, whose rule is none of theirs."""
    first = min(cell.row for cell, _ in below)
    last = [pair for pair in above if pair[0].row + pair[0].rowspan == first]
    top = {(cell.col, cell.colspan): (cell, ruled) for cell, ruled in below if cell.row == first}
    ends = [(cell, ruled, *top[cell.col, cell.colspan]) for cell, ruled in last if (cell.col, cell.colspan) in top]
    opens = [ruled.open_bottom and (other.open_top or repeated) for _, ruled, _, other in ends]
    texts = [(_own_text(one, two), two.text) for one, _, two, _ in ends]
    cut = len(ends) == len(last) == len(top) and is_cut(texts, all(opens))
    lift = 1 if cut else 0
    stepped = not all(ruled.open_bottom for _, ruled in last)
    gone: dict[Cell, Cell] = {}
    for (one, _, two, _), is_open in zip(ends, opens, strict=True):
        tall = not two.text and (stepped or max(one.rowspan, two.rowspan) > 1)
        if cut or (is_open and tall):
            gone[two] = one
    whole = {one: _whole(one, two, lift) for two, one in gone.items()}
    kept = [(whole.get(cell, cell), ruled) for cell, ruled in above]
    rest = [(cell, ruled) for cell, ruled in below if cell not in gone]
    return kept + ([(replace(cell, row=cell.row - lift), ruled) for cell, ruled in rest] if lift else rest)


def _own_text(one: Cell, two: Cell) -> str:
    """The text of a cell in its last row: none of a label over several rows that ends with its page."""
    is_over = one.rowspan > 1 and not two.text and not _FIGURE.fullmatch(one.text)
    return "" if is_over else one.text


def _whole(one: Cell, two: Cell, lift: int) -> Cell:
    """The two parts of a cell as one; ``lift`` tells that they are parts of one row."""
    return replace(
        one,
        text=join_texts((one.text, two.text), "\n"),
        rowspan=one.rowspan + two.rowspan - lift,
        doubts=tuple(dict.fromkeys((*one.doubts, *two.doubts))),
    )


def is_numbered(text: str) -> bool:
    """Tell whether a text begins with the number of an item, and so begins a label of its own."""
    return bool(_NUMBERED.match(text))


def is_cut(texts: Sequence[tuple[str, str]], unruled: bool) -> bool:
    """Tell whether the last row of a page and the first of the next (text by text) are one row that was cut.

    Only one of them may hold figures, the other must be empty there, and the second must not begin a new number behind
    a label. ``unruled`` tells that no rule stands between them; without that a first part that holds no figure, or no
    words, stays alone.
    """
    figures = [(bool(_FIGURE.fullmatch(one)), bool(_FIGURE.fullmatch(two))) for one, two in texts]
    above, below = any(one for one, _ in figures), any(two for _, two in figures)
    labelled = any(one for (one, _), is_figure in zip(texts, figures, strict=True) if not any(is_figure))
    if above == below or ((labelled or not unruled) and any(is_numbered(two) for _, two in texts)):
        return False
    if any(one and two for (one, two), is_figure in zip(texts, figures, strict=True) if any(is_figure)):
        return False
    labels = [two for (_, two), is_figure in zip(texts, figures, strict=True) if not any(is_figure)]
    return any(labels) if above else unruled or not any(labels)
