"""Document to lines: what each printed row says, its label cells and behind them its places for figures.

Grids give their rows; where a dump keeps one cell a line, or text without cells, a new line begins with the first
label behind a figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from govinfo.document import Cell, Document, Grid, Paragraph, once_a_document
from govinfo.forms import TABLE_OF_SECTION, counting_heads
from govinfo.tables.flat import indicator_cells, row_cells, table_cells
from govinfo.tables.sections import section_headings_of
from govinfo.tables.words import known_anywhere, label_before_words, stand_ins
from govinfo.text import UNITS, is_figure, is_plain_figure, key

LONGEST_LABEL = 60
"""Characters of a paragraph that may be a label; the form's longest has 44."""

LONG_STREAM = 12
"""Cells of a stream from which on texts that all differ mean that repeats were dropped."""

COUNTING = re.compile(r"[A-Z]?\d{1,4}")
"""What stands in a column that numbers rows."""

ENOUGH_COUNTED = 5
"""Rows that must be numbered for a column without a heading to be their numbers."""

MOST_PARTS = 6
"""Cells that one label may be broken into."""


@dataclass(frozen=True)
class Line:
    """One printed row: ``labels`` are its words, ``slots`` the places for figures behind them, blanks included.

    ``grid`` numbers the grid it stands in (None in running text); ``placed`` tells whether ``col`` is a place;
    ``guessed`` that its places were made out from white space; ``thinned`` that the dump it stands in has dropped
    every line that it had printed before; ``fused`` that label and figures stand in one run of text; ``section`` is
    set for a statutory heading; ``doubts`` tell what was done to make the line whole.
    """

    labels: tuple[Cell, ...]
    slots: tuple[Cell, ...]
    grid: int | None
    placed: bool
    guessed: bool = False
    thinned: bool = False
    fused: bool = False
    section: int | None = None
    doubts: tuple[str, ...] = ()

    @property
    def is_inferred(self) -> bool:
        """True when white space or the text alone tells where a place begins and ends."""
        return self.guessed or self.fused

    @cached_property
    def has_figures(self) -> bool:
        """True when at least one slot prints a figure or a dash."""
        return any(is_figure(cell.text) for cell in self.slots)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What its label cells print."""
        return tuple(cell.text for cell in self.labels)

    def label(self, parts: int = MOST_PARTS) -> str:
        """The last ``parts`` label cells as one text."""
        return "".join(self.texts[-parts:])


@once_a_document
def lines_of(document: Document) -> tuple[Line, ...]:
    """The lines of all grids, and of paragraphs that are nothing but labels and figures of the form."""
    return tuple(each_line(document))


def each_line(document: Document) -> Iterator[Line]:
    """``lines_of``, one by one."""
    headings = section_headings_of(document)
    section = None
    flattened = not document.grids()
    stream: list[Cell] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if number in headings:
                yield from lines_of_stream(stream)
                stream = []
                section = headings[number]
                heading = Cell(block.text, number, 0, page=block.page)
                yield Line((heading,), (), None, placed=False, section=section)
                continue
            cells = cells_of_paragraph(block, number, section in TABLE_OF_SECTION, flattened)
            cells = cells or stand_in(block, number, stream, document.blocks[number + 1 : number + 2])
            if not cells and stream:
                yield from lines_of_stream(stream)
                stream = []
            stream += cells
        elif is_stream(block):
            stream += block.cells
        else:
            yield from lines_of_stream(stream)
            stream = []
            counted = counting_columns(block)
            for row in rows_with_spans(block):
                cells = [cell for cell in row if cell.col not in counted or not COUNTING.fullmatch(cell.text.strip())]
                yield from lines_of_row(cells, number, block)
    yield from lines_of_stream(stream)


def counting_columns(grid: Grid) -> frozenset[int]:
    """The columns of a grid that only number its rows: by their heading, or because the first one counts 1, 2, 3."""
    words = (cell for cell in grid.cells if cell.colspan == 1 and not is_figure(cell.text))
    headed = {cell.col for cell in words if key(cell.text) in counting_heads()}
    first = [cell.text.strip() for cell in grid.cells if cell.col == 0 and cell.text.strip().isdecimal()]
    counts = len(first) >= ENOUGH_COUNTED and first == [str(number) for number in range(1, len(first) + 1)]
    return frozenset(headed | ({0} if counts else set()))


def is_stream(grid: Grid) -> bool:
    """True for a grid that keeps no rows: each cell stands in a row of its own."""
    return not grid.placed and len(grid.cells) > 1 and all(cell.col == 0 for cell in grid.cells)


def rows_with_spans(grid: Grid) -> Iterator[Sequence[Cell]]:
    """The rows of a grid. A place for a figure that stands over several rows, each with words of its own before it,
    is in each of them in doubt."""
    rows = [list(row) for row in grid.rows()]
    tall = [cell for row in rows for cell in row if cell.rowspan > 1] if grid.placed else []
    for place in filter(is_place, tall):
        below = range(place.row, place.row + place.rowspan)
        covered = [row for row in rows if row[0].row in below and has_words_before(place, row)]
        if len(covered) > 1:
            marked = replace(place, doubts=(*place.doubts, "spans-rows"))
            for row in covered:
                others = [cell for cell in row if cell is not place]
                row[:] = sorted([*others, replace(marked, row=row[0].row, rowspan=1)], key=attrgetter("col"))
    yield from beside_tall_labels(rows) if tall else rows


def beside_tall_labels(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The rows; what stands beside the last label of a row, which is taller, in rows without words is in that row."""
    above: Sequence[Cell] = ()
    for row in rows:
        label = next((cell for cell in reversed(above) if not is_place(cell)), None)
        if label and row[0].row < label.row + label.rowspan and all(map(is_place, row)):
            above = with_places(above, row)
            continue
        if above:
            yield above
        above = row
    if above:
        yield above


def with_places(row: Sequence[Cell], more: Sequence[Cell]) -> Sequence[Cell]:
    """A row with the figures of another one in its blank places, in doubt; where both print one, the first stays."""
    cells = list(row)
    for figure in (cell for cell in more if cell.text.strip()):
        over = [
            cell for cell in cells if cell.col < figure.col + figure.colspan and figure.col < cell.col + cell.colspan
        ]
        if printed := [cell for cell in over if cell.text.strip()]:
            cells = [replace(cell, doubts=(*cell.doubts, "repeated")) if cell in printed else cell for cell in cells]
        else:
            moved = replace(figure, row=row[0].row, doubts=(*figure.doubts, "loose-figures"))
            cells = [*(cell for cell in cells if cell not in over), moved]
    return sorted(cells, key=attrgetter("col"))


def is_place(cell: Cell) -> bool:
    """True for a cell that prints a figure or nothing."""
    return is_figure(cell.text) or not cell.text.strip()


def has_words_before(place: Cell, row: Sequence[Cell]) -> bool:
    """True for a row with words of its own to the left of a cell."""
    return any(cell.col < place.col and cell.text.strip() and not is_figure(cell.text) for cell in row)


def lines_of_row(row: Sequence[Cell], number: int, grid: Grid) -> Iterator[Line]:
    """The line of a grid row; several where words of the form stand behind its figures."""
    for cells in split_before_labels(row):
        yield line_of(cells, number, grid.placed, stand_ins=not grid.guessed, guessed=grid.guessed)


def lines_of_stream(cells: Sequence[Cell]) -> Iterator[Line]:
    """The lines of cells that come one by one: any word behind a figure, or what stands for one, begins a new line."""
    thinned = is_thinned(cells)
    instead = stand_ins(cells)
    filled = [at for at, cell in enumerate(cells) if cell.text.strip()]
    places = [at for at in filled if is_figure(cells[at].text) or at in instead]
    words, ends = frozenset(filled).difference(places), [*places, len(cells)]
    for start, end in pairwise([*starts_of_lines(filled, words), len(cells)]):
        group = [in_column(cell, at) for at, cell in enumerate(cells[start:end])]
        first = min(ends[bisect_left(ends, start)], end)
        line = line_of(group, None, placed=False, first=first - start, thinned=thinned)
        one_text = len({cell.row for cell in (*line.labels[-1:], *line.slots)}) == 1
        yield replace(line, fused=True) if one_text and len(group) > 1 else line


def in_column(cell: Cell, col: int) -> Cell:
    """A cell of a stream in its place along its line."""
    if cell.col == col:
        return cell
    return Cell(cell.text, cell.row, col, cell.rowspan, cell.colspan, cell.page, cell.box, cell.doubts)


def starts_of_lines(filled: Sequence[int], words: Collection[int]) -> list[int]:
    """Where the lines of a stream begin: at each word right behind a place that is none."""
    return [0, *(at for before, at in pairwise(filled) if at in words and before not in words)]


def is_thinned(cells: Sequence[Cell]) -> bool:
    """True for a long stream in which no text stands twice: tables repeat their heads and their zeros."""
    texts = [cell.text.strip() for cell in cells if cell.text.strip()]
    return len(texts) >= LONG_STREAM and len(set(texts)) == len(texts) and any(map(is_figure, texts))


def split_before_labels(cells: Sequence[Cell]) -> Iterator[Sequence[Cell]]:
    """Groups of cells that each begin with labels and end with figures."""
    start, seen_figure = 0, False
    for at, cell in enumerate(cells):
        if is_figure(cell.text):
            seen_figure = True
        elif seen_figure and known_anywhere(cell.text):
            yield cells[start:at]
            start, seen_figure = at, False
    if cells:
        yield cells[start:]


def line_of(
    cells: Sequence[Cell],
    grid: int | None,
    placed: bool,
    stand_ins: bool = False,
    guessed: bool = False,
    thinned: bool = False,
    first: int | None = None,
) -> Line:
    """Words before the first figure are labels; what stands behind the last of them are slots. ``stand_ins`` allows
    for words in the place of figures, ``first`` is the place of the first one where it is known."""
    if first is None:
        first = next((at for at, cell in enumerate(cells) if is_figure(cell.text)), len(cells))
    words = [at for at, cell in enumerate(cells[:first]) if cell.text.strip()]
    last_word = words[-1] if words else -1
    if stand_ins:
        last_word = label_before_words(cells[: last_word + 1])
    labels = tuple([cells[at] for at in words if at <= last_word])
    return Line(labels, tuple(cells[last_word + 1 :]), grid, placed, guessed, thinned)


def cells_of_paragraph(paragraph: Paragraph, number: int, in_section_with_table: bool, flattened: bool) -> list[Cell]:
    """The cells of a paragraph that is a label, a figure, or both, or that holds a flattened table; none for prose.

    A statistics table stands in no section: it is looked for where the whole document has lost its tables.
    """
    text = paragraph.text.strip()
    if is_plain_figure(text) or (len(text) <= LONGEST_LABEL and (known_anywhere(text) or text in UNITS)):
        parts = [text]
    else:
        parts = row_cells(text) or (table_cells(text) if in_section_with_table else [])
        parts = parts or (indicator_cells(text) if flattened else [])
    return [Cell(part, number, at, page=paragraph.page, doubts=paragraph.doubts) for at, part in enumerate(parts)]


def stand_in(
    paragraph: Paragraph, number: int, stream: Sequence[Cell], behind: Sequence[Paragraph | Grid]
) -> list[Cell]:
    """The cell of a paragraph that stands for a figure in a row of a dump with one cell a line: the row lacks figures,
    and no prose stands behind it."""
    if not stream or not any(isinstance(block, Paragraph) and len(block.text) <= LONGEST_LABEL for block in behind):
        return []
    word = Cell(paragraph.text.strip(), number, 0, page=paragraph.page, doubts=paragraph.doubts)
    return [word] if len(stream) in stand_ins([*stream, word]) else []
