"""Document to lines of the statutory tables: which stretch of a file carries which table.

A ``Line`` is what one printed row says: label cells, then figure places. Grids give their rows; where a dump
keeps one cell a line, or text without cells, a new line begins with the first label behind a figure. Tables are
told by their labels, never by the place of a grid in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from govinfo.document import Cell, Document, Grid, Paragraph, once_a_document
from govinfo.forms import (
    TABLE_OF_SECTION,
    TABLES,
    column_order,
    counting_heads,
    is_weak,
    row_order,
    section_headings,
    vocabulary,
)
from govinfo.tables.flat import indicator_cells, row_cells, table_cells
from govinfo.tables.words import known_anywhere, label_before_words
from govinfo.text import NOT_WORDS, bare_key, fold, is_figure, is_plain_figure, key

LONGEST_LABEL = 60
"""Characters of a paragraph that may be a label; the form's longest has 44."""

MOST_LINES = 1_000
"""Lines of one table that are looked at; the longest table of the forms has some eighty."""

ENOUGH_WORDS = 2
"""Different words of a table, its heading among them, that make lines that table."""

SHORT_WORD = 2

LONGEST_HEADING = 45
NEAR_HEADING = 80
"""How alike (0-100) a numbered line must be to a known heading to be one."""

NEARER_HEADING = 88
"""The same for a line that has lost its number."""

BRACKETED_NUMBER = re.compile(r"\([一二三四五六]\)")
YEAR_BEFORE = re.compile(r"^(?:19|20)\d\d年度?")

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


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of one table of the form, in reading order."""

    table: str
    lines: tuple[Line, ...]


def stretches(document: Document) -> tuple[Stretch, ...]:
    """The statutory tables of a document, at most one stretch a table, in the order of the form."""
    lines = lines_of(document)
    owners = owners_of(lines)
    found = (Stretch(table, lines_of_table(table, lines, owners)) for table in TABLES)
    return tuple(stretch for stretch in found if carries(stretch))


def lines_of_table(table: str, lines: Sequence[Line], owners: Sequence[str | None]) -> tuple[Line, ...]:
    """The lines of a table: those in its own section where they make the table, else all that speak of it."""
    section: int | None = None
    mine, anywhere = [], []
    for line, owner in zip(lines, owners, strict=True):
        section = line.section or section
        if owner == table:
            anywhere.append(line)
            if TABLE_OF_SECTION.get(section or 0) == table:
                mine.append(line)
    chosen = mine if carries(Stretch(table, tuple(mine))) else anywhere
    return tuple(chosen[:MOST_LINES])


def carries(stretch: Stretch) -> bool:
    """True when the lines print enough of the table's own words, its heading among them, and places for figures."""
    words = vocabulary(stretch.table)
    known = {name for line in stretch.lines for cell in line.labels if words.knows(name := key(cell.text))}
    headed = any(line.section for line in stretch.lines)
    if any(line.slots for line in stretch.lines) and len(known) + headed >= ENOUGH_WORDS:
        return True
    return any(is_unmistakable(line, stretch.table, headed) for line in stretch.lines)


def is_unmistakable(line: Line, table: str, headed: bool) -> bool:
    """True for one line that alone is a table: a row of a grid behind a label that only this table has, or below the
    heading of its section as many figures as it has cells in a line."""
    figures = sum(is_figure(cell.text) for cell in line.slots)
    rows = [key(cell.text) for cell in line.labels if key(cell.text) in vocabulary(table).rows]
    whole = table == "disputes" and figures == len(row_order(table)) * len(column_order(table))
    named = any(tables_of(name) == (table,) and len(name) > 2 * SHORT_WORD for name in rows)
    return bool(headed and whole) or (line.grid is not None and named and figures >= 1 and not headed)


# Sections


@once_a_document
def section_headings_of(document: Document) -> Mapping[int, int]:
    """The statutory headings of a document: number of the block to number of the section (1-6).

    Numbers in brackets count only where the document has no others: inside a section they are its sub-headings.
    """
    found = {
        at: number
        for at, block in enumerate(document.blocks)
        if isinstance(block, Paragraph) and (number := section_number(block.text))
    }
    bracketed = {at for at in found if BRACKETED_NUMBER.match(fold(document.blocks[at].text).strip())}  # type: ignore[union-attr]
    return found if len(bracketed) == len(found) else {at: found[at] for at in found if at not in bracketed}


@lru_cache(maxsize=4096)
def section_number(text: str) -> int | None:
    """The number of the statutory section (1-6) whose heading a line of text prints, else None."""
    if not 0 < len(text.strip()) <= LONGEST_HEADING:
        return None
    known = section_headings()
    names = [YEAR_BEFORE.sub("", name) for name in (key(text), bare_key(text))]
    exact = next((known[name] for name in names if name in known), None)
    if exact or not names[0]:
        return exact
    numbered = names[0] != NOT_WORDS.sub("", fold(text))
    near, score = max(((heading, fuzz.ratio(names[0], heading)) for heading in known), key=lambda pair: pair[1])
    return known[near] if score >= (NEAR_HEADING if numbered else NEARER_HEADING) else None


# Lines


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
    headed = {cell.col for cell in grid.cells if cell.colspan == 1 and key(cell.text) in counting_heads()}
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
    tall = [cell for row in rows for cell in row if cell.rowspan > 1 and is_place(cell)] if grid.placed else []
    for place in tall:
        below = range(place.row, place.row + place.rowspan)
        covered = [row for row in rows if row[0].row in below and has_words_before(place, row)]
        if len(covered) > 1:
            marked = replace(place, doubts=(*place.doubts, "spans-rows"))
            for row in covered:
                others = [cell for cell in row if cell is not place]
                row[:] = sorted([*others, replace(marked, row=row[0].row, rowspan=1)], key=lambda cell: cell.col)
    yield from rows


def is_place(cell: Cell) -> bool:
    """True for a cell that prints a figure or nothing."""
    return is_figure(cell.text) or not cell.text.strip()


def has_words_before(place: Cell, row: Sequence[Cell]) -> bool:
    """True for a row with words of its own to the left of a cell."""
    return any(cell.col < place.col and cell.text.strip() and not is_figure(cell.text) for cell in row)


def lines_of_row(row: Sequence[Cell], number: int, grid: Grid) -> Iterator[Line]:
    """The line of a grid row; several where words of the form stand behind its figures."""
    for cells in split_before_labels(row, lambda cell: known_anywhere(cell.text)):
        yield line_of(cells, number, grid.placed, stand_ins=not grid.guessed, guessed=grid.guessed)


def lines_of_stream(cells: Sequence[Cell]) -> Iterator[Line]:
    """The lines of cells that come one by one: any word behind a figure begins a new line."""
    thinned = is_thinned(cells)
    for group in split_before_labels(cells, lambda cell: bool(cell.text.strip()) and not is_figure(cell.text)):
        in_order = [replace(cell, col=at) for at, cell in enumerate(group)]
        line = line_of(in_order, None, placed=False)
        one_text = len({cell.row for cell in (*line.labels[-1:], *line.slots)}) == 1
        yield replace(line, thinned=thinned, fused=one_text and len(group) > 1)


def is_thinned(cells: Sequence[Cell]) -> bool:
    """True for a long stream in which no text stands twice: tables repeat their heads and their zeros."""
    texts = [cell.text.strip() for cell in cells if cell.text.strip()]
    return len(texts) >= LONG_STREAM and len(set(texts)) == len(texts) and any(map(is_figure, texts))


def split_before_labels(cells: Sequence[Cell], is_label: Callable[[Cell], bool]) -> Iterator[list[Cell]]:
    """Groups of cells that each begin with labels and end with figures."""
    group: list[Cell] = []
    seen_figure = False
    for cell in cells:
        if seen_figure and is_label(cell):
            yield group
            group, seen_figure = [], False
        group.append(cell)
        seen_figure = seen_figure or is_figure(cell.text)
    if group:
        yield group


def line_of(
    cells: Sequence[Cell], grid: int | None, placed: bool, stand_ins: bool = False, guessed: bool = False
) -> Line:
    """Words before the first figure are labels; what stands behind the last of them are slots. ``stand_ins`` allows
    for words in the place of figures."""
    first = next((at for at, cell in enumerate(cells) if is_figure(cell.text)), len(cells))
    last_word = max((at for at in range(first) if cells[at].text.strip()), default=-1)
    if stand_ins:
        last_word = label_before_words(cells[: last_word + 1])
    labels = tuple(cell for cell in cells[: last_word + 1] if cell.text.strip())
    return Line(labels, tuple(cells[last_word + 1 :]), grid, placed, guessed)


def cells_of_paragraph(paragraph: Paragraph, number: int, in_section_with_table: bool, flattened: bool) -> list[Cell]:
    """The cells of a paragraph that is a label, a figure, or both, or that holds a flattened table; none for prose.

    A statistics table stands in no section: it is looked for where the whole document has lost its tables.
    """
    text = paragraph.text.strip()
    if is_plain_figure(text) or (len(text) <= LONGEST_LABEL and known_anywhere(text)):
        parts = [text]
    else:
        parts = row_cells(text) or (table_cells(text) if in_section_with_table else [])
        parts = parts or (indicator_cells(text) if flattened else [])
    return [Cell(part, number, at, page=paragraph.page, doubts=paragraph.doubts) for at, part in enumerate(parts)]


# Owners


def owners_of(lines: Sequence[Line]) -> list[str | None]:
    """The table of each line: what its own words say, else what the lines before and behind it in its grid say."""
    votes = [vote(line) for line in lines]
    majority = {grid: Counter(found).most_common(1)[0][0] for grid, found in votes_by_grid(lines, votes).items()}
    owners: list[str | None] = []
    current: str | None = None
    grid: int | None = None
    for line, voted in zip(lines, votes, strict=True):
        if line.section:
            current = TABLE_OF_SECTION.get(line.section)
            owners.append(current)
            continue
        if line.grid is not None and line.grid != grid:
            current = majority.get(line.grid, current)
        grid = line.grid if line.grid is not None else grid
        current = voted or current
        owners.append(current)
    return owners


def votes_by_grid(lines: Iterable[Line], votes: Iterable[str | None]) -> dict[int, list[str]]:
    """The votes of the lines of each grid."""
    found: dict[int, list[str]] = {}
    for line, voted in zip(lines, votes, strict=True):
        if line.grid is not None and voted:
            found.setdefault(line.grid, []).append(voted)
    return found


def vote(line: Line) -> str | None:
    """The one table that knows words of this line, or None where no table or several do."""
    return voted_by(line.texts)


@lru_cache(maxsize=4096)
def voted_by(labels: tuple[str, ...]) -> str | None:
    """The one table that knows words of these labels."""
    scores = Counter(table for text in labels for table in tables_of(key(text)))
    for parts in range(2, min(MOST_PARTS, len(labels)) + 1):
        scores.update(tables_of(key("".join(labels[-parts:]))))
    best = scores.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


@lru_cache(maxsize=4096)
def tables_of(name: str) -> tuple[str, ...]:
    """The tables that a wording speaks for; a word of two letters over columns (数量, 单位) speaks for none."""
    if not name or is_weak(name):
        return ()
    return tuple(
        table
        for table in TABLES
        if (words := vocabulary(table)).knows(name) and (len(name) > SHORT_WORD or name in words.rows)
    )
