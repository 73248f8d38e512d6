"""Tables without rulings: columns and rows from white space alone.

A table is a run of lines whose figures stand below each other. All figures of a column share a vertical they pass
through, and so do the labels of a label column; that gives the columns. A line of figures is a row. A label that
wraps stands around its line of figures, so what is left of a label above and below goes to the row it touches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from govinfo.document import Grid
from govinfo.readers.pdf_columns import SLACK, Columns, Span, crosses, near, pieces, reach, united
from govinfo.readers.pdf_rows import lay_out
from govinfo.readers.pdf_text import Atom, Line

SAME_LABEL = 0.3
"""Label words of one line closer than this share of the letter size are one label."""
SAME_WORDS = 1.3
"""The same where no column begins between them."""
CLEAR = 0.8
"""White space of this share of the letter size on both sides sets a figure apart from prose."""

# A figure may carry its unit; a date is no figure.
_FIGURE = re.compile(r"[-−—+＋]?[\d\ufffd][\d\ufffd,，]*(?:[.．][\d\ufffd]+)?(?:[%％]|[^\W\d_年月日]{1,2})?|[-−—–/／]+")
_HEADING = re.compile(r"[一二三四五六七八九十]+[、.．]")


def open_tables(lines: Sequence[Line], right: float) -> Iterator[tuple[int, int, Grid]]:
    """Find the tables in lines that follow each other; give each with its first line and the one after its last.

    ``right`` is the right margin of the text.
    """
    done = 0
    runs = list(_runs(lines, right))
    for number, run in enumerate(runs):
        start = _begin(lines, run, done, right)
        limit = runs[number + 1][0] if number + 1 < len(runs) else len(lines)
        done = _finish(lines, run, limit, right)
        yield start, done, _grid(lines[start:done], [index - start for index in run])


@lru_cache(maxsize=4096)
def _figures(line: Line) -> tuple[Atom, ...]:
    """The figures a line ends with: nothing stands right of the first one but figures and single signs set apart."""
    atoms = line.atoms
    first = begin = len(atoms)
    while begin and (_FIGURE.fullmatch(atoms[begin - 1].text) or _is_sign(atoms, begin - 1)):
        begin -= 1
        first = begin if _FIGURE.fullmatch(atoms[begin].text) else first
    return atoms[first:]


@lru_cache(maxsize=4096)
def _reaches(line: Line) -> tuple[Span, ...]:
    """How far the figures of a line reach."""
    return tuple(map(reach, _figures(line)))


def _is_sign(atoms: Sequence[Atom], index: int) -> bool:
    """Tell whether an atom is one letter with white space before it, as stands in place of a figure."""
    atom = atoms[index]
    return len(atom.text) == 1 and index > 0 and atom.x0 - atoms[index - 1].x1 >= CLEAR * atom.size


def _strength(line: Line) -> int:
    """How surely a line is a table row: 2 several figures set apart, 1 one figure far from its label, 0 unsure."""
    figures = _figures(line)
    if len(figures) > 2:
        return 2
    if not figures or len(figures) == len(line.atoms) == 1:
        return 0
    gaps = [right.x0 - left.x1 for left, right in pairwise(line.atoms)][-len(figures) :]
    if min(gaps) < CLEAR * line.size:
        return 0
    return 2 if len(figures) == 2 else int(gaps[0] > 1.5 * line.size)


def _runs(lines: Sequence[Line], right: float) -> Iterator[list[int]]:
    """The lines of figures of each table."""
    run: list[int] = []
    for index, line in enumerate(lines):
        if not _figures(line):
            continue
        if run and not _same_table(lines, run, index, right):
            yield from _sure(lines, run)
            run = []
        run.append(index)
    yield from _sure(lines, run)


def _sure(lines: Sequence[Line], run: list[int]) -> Iterator[list[int]]:
    """A run without the unsure lines at its ends, if enough of it is sure."""
    strengths = [_strength(lines[index]) for index in run]
    if not (2 in strengths or strengths.count(1) > 2):
        return
    while run and not strengths[0] and not _aligned(lines, run[:1], run[1:]):
        run, strengths = run[1:], strengths[1:]
    while run and not strengths[-1] and not _aligned(lines, run[-1:], run[:-1]):
        run, strengths = run[:-1], strengths[:-1]
    if run:
        yield run


def _same_table(lines: Sequence[Line], run: list[int], index: int, right: float) -> bool:
    """Tell whether a line of figures goes on with a run; not after a heading and a header."""
    between = range(run[-1] + 1, index)
    if any(_is_prose(lines, run, line, right) for line in between):
        return False
    headings = [line for line in between if _stands_alone(lines, line)]
    first = min(_figures(lines[row])[0].x0 for row in run)
    if headings and any(lines[line].x1 > first for line in range(headings[0] + 1, index)):
        return False
    return _aligned(lines, run, [index], strict=bool(headings))


def _aligned(lines: Sequence[Line], run: Sequence[int], others: Sequence[int], strict: bool = False) -> bool:
    """Tell whether half of the figures (of the narrower part; ``strict``: of the wider) stand in common columns."""
    one, two = (_crossed(span for index in part for span in _reaches(lines[index])) for part in (run, others))
    shared = sum(any(a.start < b.end and b.start < a.end for b in two) for a in one)
    return bool(one and two) and shared * 2 >= (max if strict else min)(len(one), len(two))


def _is_prose(lines: Sequence[Line], run: Sequence[int], index: int, right: float) -> bool:
    """Tell whether a line among the rows of a table is none of them: a heading or running text."""
    line = lines[index]
    if any(b.x0 - a.x1 > CLEAR * line.size for a, b in pairwise(line.atoms)):
        return False
    first = min(_figures(lines[row])[0].x0 for row in run)
    if _stands_alone(lines, index):
        labels = {atom.font for row in run for atom in lines[row].atoms if not _FIGURE.fullmatch(atom.text)}
        return line.x1 > first or (bool(labels) and line.atoms[0].font not in labels)
    runs_on = line.x1 > right - 2 * line.size or line.text.endswith("。")
    return runs_on and line.x0 < first and len(line.text) > 20


def _begin(lines: Sequence[Line], run: list[int], done: int, right: float) -> int:
    """The first line of a table: its header reaches up to a heading or running text."""
    begin = run[0]
    while begin > done and not _is_prose(lines, run, begin - 1, right):
        begin -= 1
    headings = [index for index in range(begin, run[0]) if _stands_alone(lines, index)]
    return headings[-1] + 1 if headings else begin


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line is a heading, not part of a label that stands around its line of figures."""
    line = lines[index]
    around = [other for other in lines[max(index - 1, 0) : index + 2] if other is not line and other.page == line.page]
    apart = not any(near(line, other, -0.2) for other in around)
    return bool(_HEADING.match(line.text)) and len(pieces(line.atoms, SAME_LABEL)) == 1 and apart


def _finish(lines: Sequence[Line], run: list[int], limit: int, right: float) -> int:
    """The line after a table's last: parts of the last label may stand below its figures, a new number may not."""
    end = run[-1] + 1
    while end < limit and _below(lines[end - 1], lines[end]) and not _HEADING.match(lines[end].text):
        if _is_prose(lines, run, end, right):
            break
        end += 1
    return end


def _crossed(spans: Iterable[Span]) -> list[Span]:
    """Group what one vertical can pass through: columns, from left to right."""
    groups: list[tuple[float, list[Span]]] = []
    for span in _without_wide(sorted(set(spans), key=_right)):
        its = next((group for at, group in groups if span.start <= at), None)
        if its is None:
            groups.append((span.end, [span]))
        else:
            its.append(span)
    return [Span(min(map(_left, group)), max(map(_right, group))) for _, group in groups]


def _is_title(head: Atom, heads: Sequence[Atom], filled: Sequence[Atom]) -> bool:
    """Tell whether a header is a title: none stands beside it, or that of a column with figures stands below it."""
    beside = any(other is not head and max(head.top, other.top) < min(head.bottom, other.bottom) for other in heads)
    return not beside or any(other.top >= head.bottom and crosses(other, head) for other in filled)


def _without_wide(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans but for those that reach over two others side by side, as that of a cell over several columns does."""
    starts, ends = (np.array(list(map(mark, spans))) for mark in (_left, _right))
    inner = (starts >= starts[:, None] - SLACK) & (ends <= ends[:, None] + SLACK)
    last = np.where(inner, starts, -np.inf).max(axis=1, initial=-np.inf)
    first = np.where(inner, ends, np.inf).min(axis=1, initial=np.inf)
    return (span for span, is_wide in zip(spans, last >= first, strict=True) if not is_wide)


def _left(span: Span) -> float:
    return span.start


def _middle(span: Span) -> float:
    return (span.start + span.end) / 2


def _right(span: Span) -> float:
    return span.end


def _below(above: Line, below: Line) -> bool:
    return above.page == below.page and near(above, below)


def _grid(lines: Sequence[Line], rows: Sequence[int]) -> Grid:
    """The lines of one table, ``rows`` of which carry figures -> its grid."""
    figures = {row: _figures(lines[row]) for row in rows}
    first = min(reach(its[0]).start for its in figures.values())
    letters = min(its[0].x0 for its in figures.values())
    labels = {
        index: _labels(line, first, letters)
        for index, line in enumerate(lines)
        if index in figures or _ends(line) <= first + 1
    }
    every = [atom for its in labels.values() for atom in its]
    labels = {index: _rejoined(its, every) for index, its in labels.items()}
    columns = _columns(lines, figures, labels)
    right = {row: [atom for atom in lines[row].atoms if atom.x1 > first + 1] for row in rows}
    return lay_out(lines, right, labels, columns)


def _labels(line: Line, first: float, letters: float) -> list[Atom]:
    """The labels of a line, left of where the figures begin: of their places or, where those of two tables differ, of
    their letters."""
    left = line.atoms[: len(line.atoms) - len(_figures(line))]
    return pieces((atom for atom in left if reach(atom).end <= first + 1 or atom.x1 <= letters), SAME_LABEL)


def _rejoined(atoms: Sequence[Atom], every: Sequence[Atom]) -> list[Atom]:
    """Join words of one line where no column begins: all labels (of ``every``) above and below them pass the gap."""
    joined: list[Atom] = []
    for atom in atoms:
        over = [other for other in every if other is not atom and crosses(other, atom)]
        tight = joined and atom.x0 - joined[-1].x1 < SAME_WORDS * atom.size
        if tight and over and all(other.x0 < joined[-1].x1 for other in over):
            joined[-1] = united([joined[-1], atom], " ")
        else:
            joined.append(atom)
    return joined


def _ends(line: Line) -> float:
    return max(line.x1, reach(line.atoms[-1]).end)


def _columns(
    lines: Sequence[Line], rows: Mapping[int, Sequence[Atom]], labels: Mapping[int, Sequence[Atom]]
) -> Columns:
    """The columns of a table: from its rows, and from the header where a column holds no figure at all."""
    top = min(rows)
    atoms = [atom for its in rows.values() for atom in its]
    figures = _crossed(map(reach, atoms))
    begin = max((atom.x1 for row in rows for atom in labels[row]), default=figures[0].start)
    heads = [atom for line in lines[:top] for atom in line.atoms if atom.x0 > begin]
    filled = [head for head in heads if any(crosses(head, span) for span in figures)]
    blank = [head for head in heads if head not in filled and not _is_title(head, heads, filled)]
    figures = sorted([*figures, *_crossed(map(reach, blank))], key=_left)

    spans = [reach(atom) for atom in (*atoms, *heads)]

    def spread(mark: Callable[[Span], float]) -> float:
        marks = np.array([mark(span) for span in figures])
        its = np.array([mark(span) for span in spans])
        return float(np.abs(its[:, None] - marks).min(axis=1).sum())

    beside = [atom for index, its in labels.items() if index >= top or _below(lines[index], lines[top]) for atom in its]
    return Columns(tuple(_crossed(map(reach, beside))), tuple(figures), min((_left, _middle, _right), key=spread))
