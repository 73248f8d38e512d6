"""The table that a cell stands in as the file prints it, with the places of the cell and of its row.

The file is read again with numbered cells: a reading may cut a cell or place it anew, its number stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from govinfo.document import Cell, Document
from govinfo.tables.align import join_broken, print_of
from govinfo.tables.flat import unflatten
from govinfo.tables.lines import MOST_PARTS, Line
from govinfo.tables.read import rows_of
from govinfo.tables.recognise import Stretch, stretches
from govinfo.tables.solve import Settled, settle
from govinfo.text import is_figure

MOST_HEAD_ROWS = 4
"""Rows of headings that stay when a table is cut."""


@dataclass(frozen=True, slots=True)
class Traced(Cell):
    """A cell that knows which place of the printed table it is."""

    number: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Place(Cell):
    """One place of a printed table. ``mark`` is "cell", "row" (of the cell), "sum" (a figure of a sum that fails),
    "before" (of the row before a row not printed), "gap" (rows left out stand here) or ""."""

    mark: str = ""


def printed_table(
    document: Document, table: str, row: str, column: str, summed: Iterable[tuple[str, str]] = ()
) -> tuple[Place, ...]:
    """All places of a table in the order printed, the row and the cell marked, and the cells ``summed`` (row and
    column). Of a row that is not on the page nothing is marked. Running text gives one row for each label with its
    figures.
    """
    whole = unflatten(document)
    stretch = next(found for found in stretches(whole) if found.table == table)
    places, lines = laid_out(whole, stretch.lines)
    rows = {found.row.code: found for found in reversed(settle(rows_of(Stretch(table, tuple(lines)))))}
    in_row, cell = numbers_of(lines, table, rows.get(row), column)
    marks = dict.fromkeys(numbers_summed(lines, table, rows, summed), "sum")
    marks |= dict.fromkeys(in_row, "row") | ({} if cell is None else {cell: "cell"})
    return tuple(replace(place, mark=marks.get(number, "")) for number, place in enumerate(places))


# Places


def laid_out(document: Document, lines: Sequence[Line]) -> tuple[list[Place], list[Line]]:
    """The places of the grids and texts that lines stand in, and the lines with their cells numbered as the places.

    What is alone in a line of text is as wide as the table.
    """
    places: list[Place] = []
    place_in_grid: dict[tuple[int, int, int], int] = {}
    alone: set[int] = set()
    numbered = []
    for line in lines:
        below = max((place.row + place.rowspan for place in places), default=0)
        cells = (*line.labels, *line.slots)
        if line.grid is None:
            behind = len(places)
            places += [Place(cell.text, below, at, page=cell.page) for at, cell in enumerate(cells)]
            alone |= {behind} if len(cells) == 1 else set()
            numbered.append(with_numbers(line, range(behind, len(places))))
            continue
        if (line.grid, cells[0].row, cells[0].col) not in place_in_grid:
            grid = document.blocks[line.grid].cells  # type: ignore[union-attr]
            place_in_grid |= {(line.grid, cell.row, cell.col): len(places) + at for at, cell in enumerate(grid)}
            places += [place_of(cell, below) for cell in grid]
        numbered.append(with_numbers(line, [place_in_grid[line.grid, cell.row, cell.col] for cell in cells]))
    width = max(place.col + place.colspan for place in places)
    return [replace(place, colspan=width) if at in alone else place for at, place in enumerate(places)], numbered


def place_of(cell: Cell, below: int) -> Place:
    """The place of a grid's cell in a table whose rows above it are counted."""
    return Place(cell.text, below + cell.row, cell.col, cell.rowspan, cell.colspan, cell.page, cell.box)


def with_numbers(line: Line, numbers: Sequence[int]) -> Line:
    """The line with its cells numbered, labels first."""
    cells = [
        Traced(**{each.name: getattr(cell, each.name) for each in fields(Cell)} | {"number": number})
        for cell, number in zip((*line.labels, *line.slots), numbers, strict=True)
    ]
    count = len(line.labels)
    return replace(line, labels=tuple(cells[:count]), slots=tuple(cells[count:]))


# Marks


def numbers_summed(
    lines: Sequence[Line], table: str, rows: Mapping[str, Settled], summed: Iterable[tuple[str, str]]
) -> Iterator[int]:
    """The numbers of the places of cells; of a cell without a place of its own, those of its row."""
    for row, column in summed:
        in_row, cell = numbers_of(lines, table, rows.get(row), column)
        yield from in_row if cell is None else [cell]


def numbers_of(lines: Sequence[Line], table: str, settled: Settled | None, column: str) -> tuple[set[int], int | None]:
    """The numbers of the places of a row, its label among them, and that of a cell in it, None where it has none."""
    if settled is None:
        return set(), None
    read = [cell for cell in settled.reading or () if cell]
    joined = join_broken(lines, table)
    at = line_at(joined, settled, set(numbers(read)))
    in_row = {*numbers(read or joined[at].slots), *numbers(label_of(joined[: at + 1], settled.row.label))}
    return in_row, next(numbers([cell]), None) if (cell := cell_of(settled, column)) else None


def cell_of(settled: Settled, column: str) -> Cell | None:
    """The printed cell of a column; None where no place was made out for it."""
    if settled.reading is None or column in settled.open_columns or column not in settled.row.columns:
        return None
    return settled.reading[settled.row.columns.index(column)]


def line_at(lines: Sequence[Line], settled: Settled, read: set[int]) -> int:
    """The number of the line that a row was read from: by its cells; without any, by what it prints."""
    by_cells = (at for at, line in enumerate(lines) if read & set(numbers(line.slots)))
    by_print = (at for at, line in enumerate(lines) if print_of(line) == settled.row.printed)
    return next(by_cells, next(by_print, 0))


def label_of(lines: Sequence[Line], label: str) -> Sequence[Cell]:
    """The cells of a label: the last ones of a line that make it, or one anywhere, in the last line that has them."""
    for line in reversed(lines):
        for parts in range(1, MOST_PARTS + 1):
            if line.labels and line.label(parts) == label:
                return line.labels[-parts:]
        if same := [cell for cell in line.labels if cell.text == label]:
            return same[:1]
    return ()


def numbers(cells: Sequence[Cell]) -> Iterator[int]:
    """The numbers of cells."""
    return (cell.number for cell in cells if isinstance(cell, Traced))


# What is shown


def as_before(places: Sequence[Place]) -> tuple[Place, ...]:
    """The places with a row marked as the one before a row that is not printed."""
    return tuple(
        replace(place, mark={"row": "before", "cell": "before"}.get(place.mark, place.mark)) for place in places
    )


def excerpt(places: Sequence[Place], most: int) -> tuple[Place, ...]:
    """The places of a table; of one with more than ``most`` rows its headings, the rows around what is marked, and the
    rows of sums that fail. Rows left out give a place that says how many they are, as wide as the table."""
    rows = sorted({place.row for place in places})
    width = max(place.col + place.colspan for place in places)
    shown: list[Place] = []
    done = below = 0
    for first, last in (*stretches_shown(places, rows, most), (len(rows), len(rows))):
        if first > done:
            shown.append(Place(f"({first - done} rows left out)", below, 0, colspan=width, mark="gap"))
            below += 1
        shown += [replace(place, row=below + place.row) for place in cut(places, rows[first:last])]
        below += last - first
        done = last
    return tuple(shown)


def stretches_shown(places: Sequence[Place], rows: Sequence[int], most: int) -> list[tuple[int, int]]:
    """From which row to before which a table is shown: its headings, ``most`` rows in all around what is marked, and
    those of sums that fail."""
    if len(rows) <= most:
        return [(0, len(rows))]
    marked = [rows.index(place.row) for place in places if place.mark not in {"", "sum"}] or [0]
    head = min(head_rows(places, rows), MOST_HEAD_ROWS)
    room = most - head
    spare = max(room - (max(marked) + 1 - min(marked)), 0)
    start = max(min(min(marked) - spare // 2, len(rows) - room), head)
    end = max(start + room, max(marked) + 1)
    summed = [rows.index(place.row) for place in places if place.mark == "sum"]
    return runs({*range(head), *range(start, end), *summed})


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as stretches that follow each other, each from its first to before its end."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found


def head_rows(places: Sequence[Place], rows: Sequence[int]) -> int:
    """How many rows stand above the first with a figure."""
    with_figures = {place.row for place in places if is_figure(place.text)}
    return next((at for at, row in enumerate(rows) if row in with_figures), 0)


def cut(places: Sequence[Place], rows: Sequence[int]) -> Iterator[Place]:
    """The places in some rows, which are counted anew; of a place that reaches into them, its part there."""
    for place in places:
        inside = [at for at, row in enumerate(rows) if place.row <= row < place.row + place.rowspan]
        if inside:
            yield replace(place, row=inside[0], rowspan=len(inside))
