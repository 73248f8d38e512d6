"""Lines of a table to rows of the form: by label, and by order where a label is lost.

The alignment is global: lines whose labels are known anchor the table, the heaviest increasing chain of anchors
gives each its row, and lines between two anchors take the rows between them where the count leaves one way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, pairwise
from operator import attrgetter
from typing import NamedTuple

from govinfo.document import Cell
from govinfo.forms import Vocabulary, instead_of, is_weak, number_of, numbers_of_rows, row_order, vocabulary
from govinfo.tables.columns import EXACT, FUZZY, Match, Reading, best_match
from govinfo.tables.lines import MOST_PARTS, Line
from govinfo.text import UNITS, fold, key

MOST_BROKEN = 4
"""Lines that one printed row may be broken into."""

WITH_FIGURES = 0.5
"""What figures add to the score of an anchor: a label printed twice is the row where its figures stand."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A line whose label names a row; ``doubts`` tell how plainly."""

    line: int
    row: str
    label: str
    score: float
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form as found: its columns, the ways to read them (none: the row is not on the page), and why
    it is not plain. ``line`` is what it was found in, shown where no reading can be chosen; ``streamed`` tells that its
    figures came one by one, so that a stray one moves all behind it; ``guessed``
    that its places were made out from white space."""

    table: str
    code: str
    label: str
    columns: tuple[str, ...]
    readings: tuple[Reading, ...]
    doubts: tuple[str, ...] = ()
    column_doubts: Mapping[str, tuple[str, ...]] | None = None
    heading: str = ""
    line: Line | None = None
    unit: str = ""
    guessed: bool = False
    streamed: bool = False

    @property
    def printed(self) -> str:
        """The whole line as printed."""
        return print_of(self.line) if self.line else ""


def anchors(lines: Sequence[Line], table: str) -> list[Anchor]:
    """The rows that the labels of the lines name; a line may name several, or none."""
    found: list[Anchor] = []
    for number, line in enumerate(lines):
        more = WITH_FIGURES if line.has_figures else 0.0
        found += [
            Anchor(number, name.row, name.label, name.score + more, (*name.doubts, *line.doubts))
            for name in named_in(line, table)
        ]
    return found


def named_in(line: Line, table: str) -> tuple[Named, ...]:
    """The rows that a line names; one without places, and one of headings, names none."""
    return named_by(line.texts[-MOST_PARTS:], table) if line.slots and not is_heading(line, table) else ()


class Named(NamedTuple):
    """A row that labels name: by which text, how surely, and the doubts that say so."""

    row: str
    label: str
    score: float
    doubts: tuple[str, ...]


@lru_cache(maxsize=8192)
def named_by(labels: tuple[str, ...], table: str) -> tuple[Named, ...]:
    """The rows that the label cells of a line name: the last ones are joined until they make a known label.

    A line that ends in a word over rows or columns (（三）不予公开, 信息内容) names none, however near that word is.
    """
    words = vocabulary(table)
    if labels and (name := key(labels[-1])) in words.parents | words.heads and name not in words.rows:
        return ()
    tries: list[Named] = []
    for parts in range(1, len(labels) + 1):
        label = "".join(labels[-parts:])
        codes, score, doubts = row_match(label, table)
        if is_weak(key(label)) and number_of(label) not in own_numbers(codes):
            score, doubts = FUZZY, ("label-fuzzy",)
        tries += [Named(code, label, score, doubts) for code in codes]
        if score == EXACT:
            break
    best = max((name.score for name in tries), default=0.0)
    return tuple(name for name in tries if name.score == best)


def own_numbers(codes: Iterable[str]) -> set[str]:
    """The numbers that the form gives these rows, and none."""
    return {"", *(number for code in codes for number in numbers_of_rows().get(code, ()))}


def is_heading(line: Line, table: str) -> bool:
    """True for a line that prints column headings and nothing in the places behind them."""
    return not any(cell.text.strip() for cell in line.slots) and are_headings(line.texts, table)


@lru_cache(maxsize=4096)
def are_headings(labels: tuple[str, ...], table: str) -> bool:
    """True where the labels of a line without figures are column headings."""
    words, names = vocabulary(table), list(map(key, labels))
    heads = sum(name in words.heads or name in words.columns for name in names)
    unnumbered = bool(names) and fold(labels[-1]).strip().replace(" ", "") == names[-1]
    return heads > 1 or (heads == 1 and is_weak(names[-1]) and unnumbered)


def join_broken(lines: Sequence[Line], table: str) -> list[Line]:
    """Joins a row that was broken over several lines: one of them has the places, the labels together are known."""
    joined: list[Line] = []
    filled = [line.has_figures for line in lines]
    at = 0
    while at < len(lines):
        is_whole = filled[at] and names_row(lines[at], table)
        for many in () if is_whole else range(min(MOST_BROKEN, len(lines) - at), 1, -1):
            one_filled = sum(filled[at : at + many]) == 1
            if one_filled and (whole := joined_row(lines[at : at + many], table)):
                joined.append(whole)
                at += many
                break
        else:
            joined.append(lines[at])
            at += 1
    return joined


def joined_row(lines: Sequence[Line], table: str) -> Line | None:
    """The lines, one of them with figures, as one row, or None when they are not the pieces of one."""
    filled = [line for line in lines if line.has_figures]
    if any(is_heading(line, table) or line.section for line in lines):
        return None
    if not all(line.labels or line.has_figures for line in lines) or names_row(filled[0], table):
        return None
    if any(line.placed and not line.guessed and line.slots and names_row(line, table) for line in lines):
        return None  # a row of its own that is printed blank
    printed = [cell for line in lines for cell in line.labels]
    units = [cell for cell in printed if table == "statistics" and key(cell.text) in UNITS]
    pieces = [cell for cell in printed if cell not in units]
    first_own = len(lines[0].labels)
    for parts in range(max(2, len(pieces) - first_own + 1), min(MOST_PARTS, len(pieces)) + 1):
        label = "".join(cell.text for cell in pieces[-parts:])
        if row_match(label, table)[1] == EXACT:
            # A unit stands beside the middle of a name over several lines.
            return replace(filled[0], labels=(replace(pieces[-1], text=label), *units) if units else tuple(pieces))
    return slipped_row(lines, table)


def slipped_row(lines: Sequence[Line], table: str) -> Line | None:
    """A label with blank places before figures that have no label of their own: in a table laid out by white space
    the two are one row. It stays in doubt."""
    label, figures = lines[0], lines[-1]
    if len(lines) != 2 or not figures.guessed or not names_row(label, table) or own_words(figures, vocabulary(table)):
        return None
    return replace(figures, labels=label.labels, doubts=(*figures.doubts, "label-lost"))


def names_row(line: Line, table: str) -> bool:
    """True when the last label cell of a line is plainly a row of the table."""
    return bool(line.labels) and row_match(line.label(1), table)[1] == EXACT


@lru_cache(maxsize=8192)
def row_match(label: str, table: str) -> Match:
    """``best_match`` of a label among the rows of a table."""
    return best_match(label, vocabulary(table).rows)


# Rows


class Run(NamedTuple):
    """Anchors in which lines and rows both increase, and where the last of them stands."""

    score: float
    line: int
    place: int
    anchors: tuple[Anchor, ...]


NO_RUN = Run(0.0, -1, -1, ())


def chain(found: Iterable[Anchor], order: Sequence[str]) -> list[Anchor]:
    """The heaviest run of anchors in which lines and rows both increase."""
    places = {code: at for at, code in enumerate(order)}
    runs: list[Run] = []
    in_order = sorted(found, key=lambda anchor: (anchor.line, places[anchor.row]))
    if all(one.line < two.line and places[one.row] < places[two.row] for one, two in pairwise(in_order)):
        return in_order
    for anchor in in_order:
        line, place = anchor.line, places[anchor.row]
        before = max(
            [run for run in runs if run.line < line and run.place < place], key=attrgetter("score"), default=NO_RUN
        )
        runs.append(Run(before.score + anchor.score, line, place, (*before.anchors, anchor)))
    return list(max(runs, key=attrgetter("score"), default=NO_RUN).anchors)


def fill_gaps(anchored: Sequence[Anchor], lines: Sequence[Line], table: str, width: int) -> list[Anchor]:
    """Gives unlabelled lines between two anchors the rows between them, where the count leaves one way."""
    order, words = row_order(table), vocabulary(table)
    filled: list[Anchor] = []
    left = set(order) - {anchor.row for anchor in anchored}  # a row out of its order is not missing in its place
    ends = [(-1, -1), *((anchor.line, order.index(anchor.row)) for anchor in anchored), (len(lines), len(order))]
    for (line, row), (next_line, next_row) in pairwise(ends):
        loose = [at for at in range(line + 1, next_line) if is_loose(lines[at], table, width)]
        for missing in ways_to_fill([code for code in order[row + 1 : next_row] if code in left], table):
            if (
                loose
                and len(missing) == len(loose)
                and all(may_be(lines[at], row, words) for at, row in zip(loose, missing, strict=True))
            ):
                filled += [
                    Anchor(at, code, lines[at].label(), 0.0, ("label-lost",))
                    for at, code in zip(loose, missing, strict=True)
                ]
                left -= set(missing)
                break
    return filled


def is_loose(line: Line, table: str, width: int) -> bool:
    """True for a line of figures that is as wide as the table and whose label no row bears."""
    return line.has_figures and len(line.slots) >= width and not names_row(line, table)


def may_be(line: Line, row: str, words: Vocabulary) -> bool:
    """True where what is left of a line's label does not speak against a row: nothing, or a piece of its label."""
    piece = "".join(key(cell.text) for cell in own_words(line, words))
    return any(piece in label for label, codes in words.rows.items() if row in codes)


def own_words(line: Line, words: Vocabulary) -> tuple[Cell, ...]:
    """The label cells of a line behind words that stand over rows or columns."""
    names = [key(cell.text) for cell in line.labels]
    over = words.heads | words.parents | set(words.columns)
    last_head = max((at for at, name in enumerate(names) if name in over), default=-1)
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


def only_plain_substitutes(taken: Sequence[Anchor], table: str) -> list[Anchor]:
    """The anchors without rows that stand for others where one of those is printed too: there the word is only the
    heading of its group, and the label of the row itself is lost."""
    rows = {anchor.row for anchor in taken}
    doubtful = {single for single, parts in instead_of(table).items() if rows & set(parts)}
    return [anchor for anchor in taken if anchor.row not in doubtful]


def strays(found: Iterable[Anchor], taken: Sequence[Anchor]) -> list[Anchor]:
    """Lines with a plain label at another place than the form's, for rows that no line in place has."""
    rows = {anchor.row for anchor in taken}
    lines = {anchor.line for anchor in taken}
    loose: dict[str, Anchor] = {}
    for anchor in found:
        if anchor.score >= EXACT and anchor.row not in rows and anchor.line not in lines and anchor.row not in loose:
            loose[anchor.row] = replace(anchor, doubts=(*anchor.doubts, "out-of-order"))
    return list(loose.values())


def unmapped(lines: Sequence[Line], taken: Iterable[Anchor], table: str) -> list[int]:
    """The printed rows between those of the form that no row of the form bears: lines of figures with a label of their
    own. They are kept, so that a figure on the page never vanishes."""
    used = {anchor.line for anchor in taken}
    words = vocabulary(table)
    return [
        at
        for at in range(min(used, default=0), max(used, default=0))
        if at not in used and lines[at].has_figures and own_words(lines[at], words) and not names_row(lines[at], table)
    ]


def unused(code: str, used: Collection[str]) -> str:
    """A code that no row has yet: that of a label printed twice gets a number."""
    numbered = (f"{code}-{number}" for number in count(2))
    return next(name for name in numbered if name not in used) if code in used else code


def own_label(anchor: Anchor, line: Line) -> str:
    """The label as printed: of a lost one, what words the line has."""
    return anchor.label if anchor.score else " ".join(cell.text for cell in line.labels)


def print_of(line: Line) -> str:
    """A line as printed, its cells parted by bars."""
    return " | ".join(cell.text.strip() for cell in (*line.labels, *line.slots))


def repeated(anchor: Anchor, found: Iterable[Anchor], lines: Sequence[Line]) -> tuple[str, ...]:
    """The doubt of a row that is printed again with as many but other figures."""
    others = [lines[other.line] for other in found if other.row == anchor.row and other.line != anchor.line]
    again = [texts_of(line) for line in others if line.has_figures]
    own = texts_of(lines[anchor.line]) if again else []
    return ("repeated",) if any(len(texts) == len(own) and texts != own for texts in again) else ()


def texts_of(line: Line) -> list[str]:
    """What the places of a line print."""
    return [cell.text.strip() for cell in line.slots]
