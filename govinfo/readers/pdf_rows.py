"""The rows of a table without rulings: its lines, its lines of figures and its columns -> a grid.

A line of figures is a row. A label that wraps stands around its figures, so the parts of a label above and below
go to the row they touch. What touches no row is a label that spans several rows, a header or a row without figures.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, pairwise
from math import inf
from statistics import median

from govinfo.document import Cell, Grid
from govinfo.readers.pdf_columns import Columns, Part, Row, is_bounded, near, shared_out, united
from govinfo.readers.pdf_heads import header_rows
from govinfo.readers.pdf_joined import is_cut, is_numbered
from govinfo.readers.pdf_text import Atom, Line

ENOUGH_LABELS = 2
"""Labels of a row, side by side, by which one without figures is told from a label that goes on."""
ENOUGH_ROWS = 4
"""Rows by which names beside each are told from the lines of one label over several."""


def lay_out(
    lines: Sequence[Line],
    figures: Mapping[int, Sequence[Atom]],
    labels: Mapping[int, Sequence[Atom]],
    columns: Columns,
) -> Grid:
    """Lay out a table: ``figures`` and ``labels`` of its rows by line, and the labels that stand on a line alone."""
    figures = {**dict.fromkeys(_blank_lines(labels, figures), ()), **figures}
    parts = [
        Part(atom, index, lines[index].page, columns.label_column(atom))
        for index in sorted(labels)
        for atom in labels[index]
    ]
    rows = sorted(figures)
    own = _own_labels(parts, lines, rows)
    names = _names(parts, own, lines, rows)
    taken = {part for each in (own, *names) for its in each.values() for part in its}
    loose = [part for part in parts if part not in taken]
    in_head = [part for part in loose if part.line < rows[0]]
    blocks = _blocks([part for part in loose if part.line >= rows[0]])
    spanning = [block for block in blocks if _spans_rows(block, own, lines)]
    alone = [block for block in blocks if block not in spanning]
    heads = [
        Part(atom, index, line.page, columns.head_column(atom))
        for index, line in enumerate(lines)
        if index not in figures and index not in labels
        for atom in line.atoms
    ]
    table = [_figure_row(row, lines[row], own[row], figures[row], columns) for row in rows]
    table += [_blank_row(block, columns) for block in alone]
    table += header_rows([*in_head, *heads], rows, columns)
    table, place = _mended(sorted(table, key=lambda row: row.line))
    return Grid(
        (
            *_cells(table, _over_several(table, columns)),
            *_named(names, place),
            *_parents(spanning, own, lines, place),
        ),
        guessed=True,
    )


def _blank_lines(labels: Mapping[int, Sequence[Atom]], figures: Mapping[int, Sequence[Atom]]) -> list[int]:
    """The lines among the rows that print all labels of a row and no figure, where each row has as many, as a name and
    a unit: rows printed blank."""
    usual = {len(labels.get(row, ())) for row in figures}
    if len(usual) != 1 or min(usual) < ENOUGH_LABELS:
        return []
    return [
        index for index in labels if min(figures) < index and index not in figures and {len(labels[index])} == usual
    ]


def _own_labels(parts: Sequence[Part], lines: Sequence[Line], rows: Sequence[int]) -> dict[int, list[Part]]:
    """The parts of each row's own label: the last one on its line, and what touches that above and below."""
    own: dict[int, list[Part]] = {}
    anchors: dict[int, Part | None] = {}
    for row in rows:
        on_line = [part for part in parts if part.line == row]
        on_line = [] if _stands_around(on_line[-1:], parts, lines[row]) else on_line
        own[row] = on_line[-1:]
        anchors[row] = on_line[-1] if on_line else _nearest_label(row, parts, lines, rows)
    begun = {row for row in rows if own[row] and is_numbered(own[row][0].atom.text)}
    for above, below in pairwise([-1, *rows, len(lines)]):
        between = [part for part in parts if above < part.line < below]
        to_up = _chain([part for part in between if _under(part, anchors.get(above))], above, above in begun, lines)
        to_down = _chain(
            [part for part in reversed(between) if _under(part, anchors.get(below))], below, below in begun, lines
        )
        if set(to_up) & set(to_down):
            shared = [part for part in between if part in to_up or part in to_down]
            cut = _cut_between(shared, above, below, own, lines)
            to_up, to_down = shared[:cut], shared[cut:][::-1]
        if above in own:
            own[above] = own[above] + to_up
        if below in own:
            own[below] = to_down[::-1] + own[below]
    return own


def _names(
    parts: Sequence[Part], own: Mapping[int, list[Part]], lines: Sequence[Line], rows: Sequence[int]
) -> list[dict[int, list[Part]]]:
    """The labels of each row in the columns left of its own where every row has one, as names have before units."""
    inner = min((part.col for its in own.values() for part in its), default=0)
    by_col = [[part for part in parts if part.col == col] for col in range(inner)]
    found = [_own_labels(its, lines, rows) for its in by_col if len(its) >= max(len(rows), ENOUGH_ROWS)]
    return [names for names in found if all(names.values())]


def _stands_around(label: Sequence[Part], parts: Sequence[Part], line: Line) -> bool:
    """Tell whether words right of the label on a line of figures stand around that line, as a wrapped label does."""
    deeper = [part.atom for part in parts if label and part.page == line.page and part.col > label[0].col]
    beside = [atom for atom in deeper if atom.bottom > line.top and atom.top < line.bottom]
    middle = (line.top + line.bottom) / 2
    return any(atom.bottom < middle + 1 for atom in beside) and any(atom.top > middle - 1 for atom in beside)


def _nearest_label(row: int, parts: Sequence[Part], lines: Sequence[Line], rows: Sequence[int]) -> Part | None:
    """The words that touch a line of figures with no label on it; of several the ones nearest to the figures."""
    number = rows.index(row)
    low, high = rows[number - 1] if number else -1, rows[number + 1] if number + 1 < len(rows) else len(lines)
    close = [part for part in parts if low < part.line < high and part.page == lines[row].page]
    close = [part for part in close if near(part.atom, lines[row])]
    return max(close, key=lambda part: (part.col, -abs(part.line - row)), default=None)


def _under(part: Part, anchor: Part | None) -> bool:
    """Tell whether words stand under or over those of a label."""
    return anchor is not None and part.atom.x0 < anchor.atom.x1 and anchor.atom.x0 < part.atom.x1


def _chain(parts: Sequence[Part], row: int, numbered: bool, lines: Sequence[Line]) -> list[Part]:
    """The words that touch a row and then each other, as far as no other label begins.

    ``numbered`` tells that the words on the row's own line begin a label, so that none above them belong to it.
    """
    chain: list[Part] = []
    for part in parts:
        if part.line < row and numbered:
            break
        if part.page != lines[row].page or not near(part.atom, chain[-1].atom if chain else lines[row]):
            break
        if part.line > row and is_numbered(part.atom.text):
            break
        chain.append(part)
        if is_numbered(part.atom.text):
            break
    return chain


def _cut_between(
    shared: Sequence[Part], above: int, below: int, own: Mapping[int, list[Part]], lines: Sequence[Line]
) -> int:
    """How many of the words between two rows that touch both go to the row above.

    The widest gap parts them. Where no gap is wider than the others, a label reaches as far below its figures as
    above them.
    """
    chain = [_edge(above, own, lines, -1), *(part.atom for part in shared), _edge(below, own, lines, 0)]
    gaps = [two.top - one.bottom for one, two in pairwise(chain)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    if gaps[widest] > sorted(gaps)[-2] + 0.2 * shared[0].atom.size:
        return widest
    return min(sum(part.line < above for part in own[above]), len(shared))


def _edge(row: int, own: Mapping[int, list[Part]], lines: Sequence[Line], end: int) -> Atom | Line:
    return own[row][end].atom if own[row] else lines[row]


def _blocks(parts: Sequence[Part]) -> list[list[Part]]:
    """Words below each other in one column -> the labels they make."""
    blocks: list[list[Part]] = []
    for part in sorted(parts, key=lambda part: (part.col, part.page, part.atom.top)):
        last = blocks[-1][-1] if blocks else None
        if (
            last
            and (last.col, last.page) == (part.col, part.page)
            and near(last.atom, part.atom)
            and not is_numbered(part.atom.text)
        ):
            blocks[-1].append(part)
        else:
            blocks.append([part])
    return blocks


def _spans_rows(block: Sequence[Part], own: Mapping[int, list[Part]], lines: Sequence[Line]) -> bool:
    """Tell whether a label stands left of the labels of rows: beside one, or between two."""
    col, page, atom = block[0].col, block[0].page, united([part.atom for part in block], "")
    inner = [row for row, its in own.items() if its and min(part.col for part in its) > col and lines[row].page == page]
    beside = any(min(lines[row].bottom, atom.bottom) > max(lines[row].top, atom.top) for row in inner)
    rows = sorted(own)
    number = bisect(rows, block[0].line)
    return beside or (0 < number < len(rows) and rows[number - 1] in inner and rows[number] in inner)


def _figure_row(index: int, line: Line, label: Sequence[Part], figures: Sequence[Atom], columns: Columns) -> Row:
    """A line of figures and its label -> a row; a column without a figure has an empty cell."""
    cells: dict[tuple[int, int], Atom | None] = {}
    if label:
        col = min(part.col for part in label)
        cells[col, len(columns.labels) - col] = united([part.atom for part in label], " ")
    elif columns.labels:
        cells[0, len(columns.labels)] = None
    by_col: dict[int, list[Atom]] = {}
    for atom in figures:
        by_col.setdefault(columns.figure_column(atom), []).append(atom)
    for col in range(len(columns.labels), len(columns)):
        its = by_col.get(col)
        if its:
            cells[col, max(columns.end_of(its[0]) - col, 1) if is_bounded(its[0]) else 1] = united(its, " ")
        elif not any(start < col < start + span for start, span in cells):
            cells[col, 1] = None
    return Row(index, line.page, cells)


def _blank_row(block: Sequence[Part], columns: Columns) -> Row:
    col = block[0].col
    cells: dict[tuple[int, int], Atom | None] = {
        (col, len(columns.labels) - col): united([part.atom for part in block], " ")
    }
    cells |= {(col, 1): None for col in range(len(columns.labels), len(columns))}
    return Row(block[0].line, block[0].page, cells)


def _mended(rows: Sequence[Row]) -> tuple[list[Row], dict[int, int]]:
    """Join the rows that a page break has cut; tell where each line's row has come to stand."""
    mended: list[Row] = []
    place: dict[int, int] = {}
    for row in rows:
        if mended and mended[-1].page < row.page and _cut(mended[-1], row):
            mended[-1] = _join(mended[-1], row)
        else:
            mended.append(row)
        place[row.line] = len(mended) - 1
    return mended, place


def _cut(above: Row, below: Row) -> bool:
    if above.header or below.header:
        return False
    cols = sorted({col for col, _ in (*above.cells, *below.cells)})
    return is_cut([(_text(above, col), _text(below, col)) for col in cols], unruled=False)


def _text(row: Row, col: int) -> str:
    return next((atom.text for (its, _), atom in row.cells.items() if its == col and atom), "")


def _join(above: Row, below: Row) -> Row:
    cells = dict(above.cells)
    for key, atom in below.cells.items():
        before = cells.get(key)
        if atom is not None:
            cells[key] = united([before, atom], " ") if before else atom
    return Row(above.line, above.page, cells)


def _over_several(rows: Sequence[Row], columns: Columns) -> set[Atom]:
    """The figures that reach over the middle of several columns: theirs, printed without a gap."""
    begin = len(columns.labels)
    by_col: dict[int, list[Atom]] = {}
    for row in rows:
        for (col, _), atom in row.cells.items():
            if atom and col >= begin and not row.header and not is_bounded(atom):
                by_col.setdefault(col, []).append(atom)
    middles = sorted(median(atom.middle for atom in its) for its in by_col.values())
    narrow = min((right - left for left, right in pairwise(middles)), default=inf)
    wide = (atom for its in by_col.values() for atom in its if atom.x1 - atom.x0 > narrow)
    return {atom for atom in wide if sum(atom.x0 < middle < atom.x1 for middle in middles) > 1}


def _cells(rows: Sequence[Row], glued: Collection[Atom]) -> Iterator[Cell]:
    for number, row in enumerate(rows):
        for (col, span), atom in sorted(row.cells.items(), key=lambda item: item[0]):
            box = atom.box if atom else None
            doubts = ("glued",) if atom in glued else ()
            yield Cell(atom.text if atom else "", number, col, 1, span, row.page, box, doubts)


def _named(names: Sequence[Mapping[int, list[Part]]], place: Mapping[int, int]) -> Iterator[Cell]:
    for each in names:
        for row, its in each.items():
            atom = united([part.atom for part in its], " ")
            yield Cell(atom.text, place[row], its[0].col, 1, 1, its[0].page, atom.box)


def _parents(
    blocks: Sequence[Sequence[Part]], own: Mapping[int, list[Part]], lines: Sequence[Line], place: Mapping[int, int]
) -> Iterator[Cell]:
    """Labels that span rows -> cells. The rows beside a column of such labels are shared among them."""
    rows = sorted(own)
    for col, of_column in groupby(blocks, key=lambda block: block[0].col):
        labels = [Part(united([part.atom for part in its], " "), its[0].line, its[0].page, col) for its in of_column]
        inner = [row for row in rows if own[row] and min(part.col for part in own[row]) > col]
        taken: list[tuple[Part, int, int]] = []
        for run in _runs(inner, rows, lines):
            its = [label for label in labels if _nearest_row(label, inner, lines) in run]
            before = rows[rows.index(run[0]) - 1] if run[0] != rows[0] else run[0]
            goes_on = before in inner and bool(taken) and taken[-1][2] == before
            extents = _extents(run, own, lines)
            shares = shared_out([_height(label.atom) for label in its], len(run), partial(_middle, extents), goes_on)
            if not shares:  # more labels than rows: each stands in the row nearest to it
                near_to = [(run.index(_nearest_row(label, inner, lines)), label) for label in its]
                its = [_together(list(group)) for _, group in groupby(near_to, key=lambda pair: pair[0])]
                shares = [(at, at) for at, _ in groupby(near_to, key=lambda pair: pair[0])]
            first = shares[0][0] if shares else len(run)
            if goes_on and first:
                taken[-1] = (*taken[-1][:2], run[first - 1])
            taken += [(label, run[top], run[end]) for label, (top, end) in zip(its, shares, strict=False)]
        for label, top, end in taken:
            yield Cell(label.atom.text, place[top], col, place[end] - place[top] + 1, 1, label.page, label.atom.box)


def _together(labels: Sequence[tuple[int, Part]]) -> Part:
    """Several labels as one."""
    (_, first), *_ = labels
    return replace(first, atom=united([label.atom for _, label in labels], " "))


def _height(atom: Atom) -> float:
    return (atom.top + atom.bottom) / 2


def _middle(extents: Sequence[tuple[float, float]], first: int, last: int) -> float:
    return (extents[first][0] + extents[last][1]) / 2


def _nearest_row(label: Part, rows: Sequence[int], lines: Sequence[Line]) -> int:
    middle = label.atom.top + label.atom.bottom
    on_page = [row for row in rows if lines[row].page == label.page]
    return min(on_page, key=lambda row: abs(lines[row].top + lines[row].bottom - middle))


def _runs(inner: Sequence[int], rows: Sequence[int], lines: Sequence[Line]) -> list[list[int]]:
    """Rows that follow each other in the table and on the page."""
    at = {row: number for number, row in enumerate(rows)}
    runs: list[list[int]] = []
    for row in inner:
        last = runs[-1][-1] if runs else None
        if last is not None and at[row] == at[last] + 1 and lines[row].page == lines[last].page:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _extents(run: Sequence[int], own: Mapping[int, list[Part]], lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Top and bottom of rows; white space between two is halved between them."""
    tops = [min(lines[row].top, *(part.atom.top for part in own[row])) for row in run]
    bottoms = [max(lines[row].bottom, *(part.atom.bottom for part in own[row])) for row in run]
    cuts = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    half = (tops[1] - bottoms[0]) / 2 if len(run) > 1 else 0.0
    return list(zip([tops[0] - half, *cuts], [*cuts, bottoms[-1] + half], strict=True))
