"""The columns of a table without rulings, and words in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf, isfinite

from govinfo.readers.pdf_text import OPEN, Atom, Line, join_texts

TOUCHING = 0.8
"""Lines closer than this share of the letter size belong to one wrapped label."""

SLACK = 3.0
"""The rulings of a column on two pages stand no further apart than twice this."""


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where something reaches, left to right."""

    start: float
    end: float


def is_bounded(atom: Atom) -> bool:
    """Tell whether upright rulings stand on both sides of an atom."""
    return isfinite(atom.room[0]) and isfinite(atom.room[2])


def reach(atom: Atom) -> Span:
    """From where to where an atom reaches: the rulings on both its sides, or its letters."""
    if not is_bounded(atom):
        return Span(atom.x0, atom.x1)
    return Span(min(atom.room[0] + SLACK, atom.x0), max(atom.room[2] - SLACK, atom.x1))


def crosses(one: Atom | Span, two: Atom | Span) -> bool:
    """Tell whether two words, or what they stand in, share a vertical."""
    start, end = (one.x0, one.x1) if isinstance(one, Atom) else (one.start, one.end)
    return (start < two.x1 and two.x0 < end) if isinstance(two, Atom) else (start < two.end and two.start < end)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: those of the labels, then those of the figures; ``mark`` is what is aligned in them."""

    labels: tuple[Span, ...]
    figures: tuple[Span, ...]
    mark: Callable[[Span], float]

    def __len__(self) -> int:
        return len(self.labels) + len(self.figures)

    def is_label(self, atom: Atom) -> bool:
        """Tell whether an atom stands left of all figures."""
        return bool(self.labels) and atom.x1 <= self.figures[0].start + 1

    def is_title(self, atom: Atom) -> bool:
        """Tell whether an atom reaches over several columns, the labels taken as one."""
        over = len(self._over(atom))
        return over + any(atom.x0 < span.end for span in self.labels[:1] if not self.is_label(atom)) > 1

    def label_column(self, atom: Atom) -> int:
        """The label column an atom begins in."""
        return max((col for col, span in enumerate(self.labels) if span.start <= atom.x0 + 1), default=0)

    def figure_column(self, atom: Atom) -> int:
        """The column an atom right of the labels stands in: the one it overlaps alone, else the nearest."""
        over = self._over(atom)
        if over and is_bounded(atom):
            return len(self.labels) + over[0]
        at = self.mark(Span(atom.x0, atom.x1))
        choice = over if len(over) == 1 else range(len(self.figures))
        return len(self.labels) + min(choice, key=lambda col: abs(self.mark(self.figures[col]) - at))

    def end_of(self, atom: Atom) -> int:
        """The column after the last one that an atom reaches over."""
        return len(self.labels) + max(self._over(atom), default=-1) + 1

    def _over(self, atom: Atom) -> list[int]:
        its = reach(atom)
        return [col for col, span in enumerate(self.figures) if its.start < span.end and span.start < its.end]

    def head_column(self, atom: Atom) -> int:
        """The column a header begins in: a title over the whole table begins with the labels."""
        if self.is_label(atom):
            return 0
        if is_bounded(atom):
            return 0 if self.labels and reach(atom).start < self.labels[0].end else self.figure_column(atom)
        if self.labels and atom.x0 < self.figures[0].start - atom.size and len(atom.text) > 1:
            at = self.mark(Span(atom.x0, atom.x1))
            area = Span(self.labels[0].start, self.figures[0].start)
            if abs(self.mark(area) - at) < abs(self.mark(self.figures[0]) - at):
                return 0
        return self.figure_column(atom)


@dataclass(frozen=True, slots=True)
class Part:
    """Words in a column: an atom, the number of its line, and its page."""

    atom: Atom
    line: int
    page: int
    col: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row in the making: the first line it has, its page, and what stands in which columns (column, span)."""

    line: int
    page: int
    cells: Mapping[tuple[int, int], Atom | None]
    header: bool = False


def united(atoms: Sequence[Atom], between: str) -> Atom:
    """One atom for several."""
    return Atom(
        join_texts((atom.text for atom in atoms), between),
        min(atom.x0 for atom in atoms),
        min(atom.top for atom in atoms),
        max(atom.x1 for atom in atoms),
        max(atom.bottom for atom in atoms),
        atoms[0].font,
        atoms[0].room,
    )


def pieces(atoms: Iterable[Atom], gap: float) -> list[Atom]:
    """Join the atoms of a line that stand closer than ``gap`` letters."""
    joined: list[Atom] = []
    for atom in atoms:
        if joined and atom.x0 - joined[-1].x1 < gap * atom.size:
            joined[-1] = united([joined[-1], atom], " ")
        else:
            joined.append(atom)
    return joined


def near(one: Line | Atom, two: Line | Atom, share: float = TOUCHING) -> bool:
    """Tell whether there is next to no white space between two lines, one above the other."""
    close = max(one.top, two.top) - min(one.bottom, two.bottom) <= share * min(one.size, two.size)
    return close and _in_room(one, two) and _in_room(two, one)


def _in_room(one: Line | Atom, two: Line | Atom) -> bool:
    """Tell whether no ruling between two lines is drawn over or under the first."""
    _, top, _, bottom = one.room if isinstance(one, Atom) else OPEN
    return top < (two.top + two.bottom) / 2 < bottom


def shared_out(
    marks: Sequence[float], count: int, place: Callable[[int, int], float], skips: bool = False
) -> list[tuple[int, int]]:
    """Share ``count`` rows or columns among labels so that each label stands nearest to the place of its own.

    ``marks`` is where the labels stand, ``place`` where one would stand for a first and a last row. The labels take
    all rows, but for the first ones if ``skips``.
    """

    @cache
    def best(label: int, first: int) -> tuple[float, tuple[int, ...]]:
        if label == len(marks):
            return (0.0 if first == count else inf), ()
        choices = []
        for last in range(first, count):
            cost, rest = best(label + 1, last + 1)
            choices.append((cost + abs(place(first, last) - marks[label]), (last, *rest)))
        return min(choices, default=(inf, ()))

    starts = range(count) if skips else range(1)
    (cost, lasts), first = min(((best(0, first), first) for first in starts), default=((inf, ()), 0))
    firsts = [first, *(last + 1 for last in lasts)]
    return list(zip(firsts, lasts, strict=False)) if cost < inf else []
