"""Lines of a table to rows of the form: by label, by order, and as several readings where both leave a choice.

The alignment is global: lines whose labels are known anchor the table, the heaviest increasing chain of anchors
gives each its row, and lines between two anchors take the rows between them where the count leaves one way.
What the columns of a line are is answered by ``readings``: one reading where headings or order decide, several
where they do not, so that the arithmetic of the form can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import comb

from rapidfuzz import fuzz

from govinfo.document import Cell
from govinfo.form import Vocabulary, instead_of, is_weak, row_order, vocabulary
from govinfo.recognise import MOST_PARTS, Line
from govinfo.text import bare_key, fold, is_figure, key

NEAR = 75
"""How alike (0-100) a label must be to one of the form's to be read as a misprint of it."""

EXACT, FUZZY = 3.0, 1.0
DIGITS = re.compile(r"[0-9]+")
MOST_CUTS = 30_000
"""Ways to part digits that are looked at; a longer run of digits stays open."""

MOST_BROKEN = 4
"""Lines that one printed row may be broken into."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A line whose label names a row; ``flags`` tell how plainly."""

    line: int
    row: str
    label: str
    score: float
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A column heading: its code and place. ``flags`` tell how plainly it was read."""

    column: str
    col: int
    colspan: int = 1
    flags: tuple[str, ...] = ()


Reading = tuple[Cell | None, ...]
"""One way to read a line: the cell of each column, None where the line has no place for it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form as found: its columns, the ways to read them (none: the row is not on the page), and why
    it is not plain. ``printed`` is the whole line, kept where no reading can be chosen."""

    table: str
    code: str
    label: str
    columns: tuple[str, ...]
    readings: tuple[Reading, ...]
    flags: tuple[str, ...] = ()
    column_flags: Mapping[str, tuple[str, ...]] | None = None
    heading: str = ""
    printed: str = ""
    unit: str = ""


# Labels


def best_match(text: str, labels: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], float, tuple[str, ...]]:
    """The codes a printed label may mean, how sure, and the flags that say so; no codes where it means none."""
    for name in (key(text), bare_key(text)):
        if name in labels:
            return labels[name], EXACT, ()
    name = key(text)
    if len(name) < 3:
        return (), 0.0, ()
    near, score = max(((label, fuzz.ratio(name, label)) for label in labels), key=lambda pair: pair[1])
    rivals = {labels[label] for label in labels if fuzz.ratio(name, label) >= max(score - 5, NEAR)}
    if score < NEAR or len(rivals) > 1:
        return (), 0.0, ()
    return labels[near], FUZZY, ("label-fuzzy",)


def anchors(lines: Sequence[Line], table: str) -> list[Anchor]:
    """The rows that the labels of the lines name; a line may name several, or none."""
    words = vocabulary(table)
    found = []
    for number, line in enumerate(lines):
        if line.slots and not is_heading(line, words):
            found += anchors_of(number, line, words)
    return found


def anchors_of(number: int, line: Line, words: Vocabulary) -> list[Anchor]:
    """The rows that a line names: its last label cells are joined until they make a known label."""
    tries = []
    for parts in range(1, min(MOST_PARTS, len(line.labels)) + 1):
        codes, score, flags = best_match(line.label(parts), words.rows)
        tries += [Anchor(number, code, line.label(parts), score, flags) for code in codes]
        if score == EXACT:
            break
    best = max((anchor.score for anchor in tries), default=0.0)
    return [anchor for anchor in tries if anchor.score == best]


def is_heading(line: Line, words: Vocabulary) -> bool:
    """True for a line without figures that prints column headings."""
    if line.has_figures:
        return False
    names = [key(cell.text) for cell in line.labels]
    heads = sum(name in words.heads or name in words.columns for name in names)
    unnumbered = bool(names) and fold(line.labels[-1].text).strip().replace(" ", "") == names[-1]
    return heads > 1 or (heads == 1 and is_weak(names[-1]) and unnumbered)


def join_broken(lines: Sequence[Line], table: str) -> list[Line]:
    """Joins a row that was broken over several lines: one of them has the places, the labels together are known."""
    words = vocabulary(table)
    joined: list[Line] = []
    at = 0
    while at < len(lines):
        for count in range(MOST_BROKEN, 1, -1):
            if whole := joined_row(lines[at : at + count], words):
                joined.append(whole)
                at += count
                break
        else:
            joined.append(lines[at])
            at += 1
    return joined


def joined_row(lines: Sequence[Line], words: Vocabulary) -> Line | None:
    """The lines as one row, or None when they are not the pieces of one."""
    filled = [line for line in lines if line.has_figures]
    if (
        len(lines) < 2
        or len(filled) != 1
        or any(is_heading(line, words) or not (line.labels or line.has_figures) for line in lines)
    ):
        return None
    pieces = [cell for line in lines for cell in line.labels]
    if len(pieces) < 2 or any(best_match(line.label(1), words.rows)[1] == EXACT for line in lines if line.labels):
        return None
    whole = Line(tuple(pieces), filled[0].slots, filled[0].grid, filled[0].placed)
    first_own = len(lines[0].labels)
    exact = [
        parts
        for parts in range(2, min(MOST_PARTS, len(pieces)) + 1)
        if best_match(whole.label(parts), words.rows)[1] == EXACT
    ]
    return whole if exact and max(exact) > len(pieces) - first_own else None


# Rows


def chain(found: Iterable[Anchor], order: Sequence[str]) -> list[Anchor]:
    """The heaviest run of anchors in which lines and rows both increase."""
    place = {code: at for at, code in enumerate(order)}
    best: list[tuple[float, list[Anchor]]] = []
    for anchor in sorted(found, key=lambda anchor: (anchor.line, place[anchor.row])):
        before = max(
            (run for run in best if run[1][-1].line < anchor.line and place[run[1][-1].row] < place[anchor.row]),
            key=lambda run: run[0],
            default=(0.0, []),
        )
        best.append((before[0] + anchor.score, [*before[1], anchor]))
    return max(best, key=lambda run: run[0])[1] if best else []


def fill_gaps(anchored: Sequence[Anchor], lines: Sequence[Line], table: str, width: int) -> list[Anchor]:
    """Gives unlabelled lines between two anchors the rows between them, where the count leaves one way."""
    order = row_order(table)
    filled: list[Anchor] = []
    ends = [(-1, -1), *((anchor.line, order.index(anchor.row)) for anchor in anchored), (len(lines), len(order))]
    for (line, row), (next_line, next_row) in pairwise(ends):
        loose = [at for at in range(line + 1, next_line) if is_loose(lines[at], table, width)]
        for missing in ways_to_fill(order[row + 1 : next_row], table):
            if loose and len(missing) == len(loose):
                filled += [
                    Anchor(at, code, lines[at].label(), 0.0, ("label-lost",))
                    for at, code in zip(loose, missing, strict=True)
                ]
                break
    return filled


def is_loose(line: Line, table: str, width: int) -> bool:
    """True for a line of figures without a label of its own that is as wide as the table."""
    own = own_words(line, table)
    return not own and line.has_figures and len(line.slots) >= width


def own_words(line: Line, table: str) -> tuple[Cell, ...]:
    """The label cells of a line behind the headings that a dump runs together with its first row."""
    words = vocabulary(table)
    names = [key(cell.text) for cell in line.labels]
    last_head = max((at for at, name in enumerate(names) if name in words.heads or name in words.columns), default=-1)
    return line.labels[last_head + 1 :]


def ways_to_fill(missing: Sequence[str], table: str) -> list[tuple[str, ...]]:
    """The rows that may be missing: all of one form, with either a row or those it stands for."""
    ways = []
    for single, parts in instead_of(table).items():
        if single in missing:
            ways += [
                tuple(code for code in missing if code not in parts),
                tuple(code for code in missing if code != single),
            ]
    return ways or [tuple(missing)]


def strays(found: Iterable[Anchor], taken: Sequence[Anchor]) -> list[Anchor]:
    """Lines with a plain label at another place than the form's, for rows that no line in place has."""
    rows = {anchor.row for anchor in taken}
    lines = {anchor.line for anchor in taken}
    loose: dict[str, Anchor] = {}
    for anchor in found:
        if anchor.score == EXACT and anchor.row not in rows and anchor.line not in lines and anchor.row not in loose:
            loose[anchor.row] = replace(anchor, flags=(*anchor.flags, "out-of-order"))
    return list(loose.values())


# Columns


def readings(
    line: Line, columns: Sequence[str], heads: Sequence[Head], total: str | None
) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """The ways to read a line's places as the given columns, and the flags that hold for any of them.

    By the places of the headings where the grid keeps places, and by order where the counts agree. Too many
    places: every run of neighbours that leaves out blanks only. Too few: every way to part digits printed without
    a gap, else every way to spread the places; a single figure is the ``total`` where the table has one.
    """
    if line.thinned:
        return (), ("repeats-dropped",)
    slots = slots_below(line, heads)
    figures = [cell for cell in slots if cell.text.strip()]
    placed = by_place(slots, columns, heads) if line.placed else None
    in_order = tuple(slots) if len(slots) == len(columns) else None
    if placed or in_order:
        ways = tuple(dict.fromkeys(reading for reading in (placed, in_order) if reading))
    elif len(slots) > len(columns):
        ways = windows(slots, len(columns))
    elif not line.placed and (parted := cuts(figures, len(columns))):
        return parted, ("glued",)
    elif len(figures) == 1 and total in columns:
        return (tuple(figures[0] if column == total else None for column in columns),), ("merged",)
    elif not figures:
        ways = (tuple(None for _ in columns),)
    else:
        ways = tuple(spread(slots, places, len(columns)) for places in combinations(range(len(columns)), len(slots)))
    return ways, ("shifted",) if len(ways) > 1 else ()


def slots_below(line: Line, heads: Sequence[Head]) -> list[Cell]:
    """The places of a line, without blank cells of the label columns."""
    start = min((head.col for head in heads), default=0) if line.placed else 0
    return [cell for cell in line.slots if not line.placed or cell.col + cell.colspan > start]


def cuts(figures: Sequence[Cell], width: int) -> tuple[Reading, ...]:
    """The ways to part runs of digits into ``width`` figures without leading zeros; none where they are too many."""
    if len(figures) >= width or not all(DIGITS.fullmatch(cell.text) for cell in figures):
        return ()
    letters = sum(len(cell.text) for cell in figures)
    if letters < width or comb(letters - 1, width - 1) > MOST_CUTS:
        return ()
    return tuple(parted(figures, width))


def parted(figures: Sequence[Cell], width: int) -> Iterator[Reading]:
    """Each way to part the figures into ``width``; every figure gives at least one."""
    if not figures:
        if width == 0:
            yield ()
        return
    first, rest = figures[0], figures[1:]
    for length in range(1, len(first.text) + 1):
        piece = first.text[:length]
        if length > 1 and piece[0] == "0":
            break
        left = first.text[length:]
        more = [replace(first, text=left), *rest] if left else rest
        if len(more) < width or (not more and width == 1):
            for following in parted(more, width - 1):
                yield (replace(first, text=piece), *following)


def by_place(slots: Sequence[Cell], columns: Sequence[str], heads: Sequence[Head]) -> Reading | None:
    """Each heading takes the cell below it; None where a figure stands below no heading or below several."""
    below = {head.column: [cell for cell in slots if overlaps(cell, head)] for head in heads}
    if any(column not in below for column in columns) or any(len(cells) > 1 for cells in below.values()):
        return None
    taken = [cell for column in columns for cell in below[column] if cell.text.strip()]
    figures = [cell for cell in slots if cell.text.strip()]
    if len(taken) != len(set(taken)) or set(taken) != set(figures):
        return None
    return tuple(next(iter(below[column]), None) for column in columns)


def overlaps(cell: Cell, head: Head) -> bool:
    """True when a cell and a heading share a column of the grid."""
    return cell.col < head.col + head.colspan and head.col < cell.col + cell.colspan


def windows(slots: Sequence[Cell], width: int) -> tuple[Reading, ...]:
    """The runs of ``width`` neighbours that hold every figure; where figures are too many, every choice of them."""
    runs = [tuple(slots[at : at + width]) for at in range(len(slots) - width + 1)]
    figures = [cell for cell in slots if cell.text.strip()]
    whole = tuple(run for run in runs if all(cell in run for cell in figures))
    if whole or len(figures) > width + 2:
        return whole
    return tuple(combinations(figures, width))


def spread(slots: Sequence[Cell], places: Sequence[int], width: int) -> Reading:
    """A reading with the slots at the given places."""
    at = dict(zip(places, slots, strict=True))
    return tuple(at.get(place) for place in range(width))


def heads_in(cells: Iterable[Cell], columns: Mapping[str, tuple[str, ...]]) -> list[Head]:
    """The column headings among cells, with their places."""
    found = []
    for cell in cells:
        codes, _, flags = best_match(cell.text, columns)
        if codes and not is_figure(cell.text):
            found.append(Head(codes[0], cell.col, cell.colspan, flags))
    return found
