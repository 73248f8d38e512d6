"""Figures that go on in the next line, as where their column is too narrow: each is one figure, in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from govinfo.readers.pdf_seen import Mark
from govinfo.readers.pdf_text import Atom, Line

DOUBT = "glued"
PADDING = 12.0
"""White space on both sides of what fills a cell, taken together."""
LINE_GAP = 0.6
"""Between the lines of what is in a cell lies less white space than this share of their size."""
TIGHT = 0.4
"""The same where no rulings tell a line from a row."""

_PART = re.compile(r"[\d,，.]+")
_FIGURE = re.compile(r"(?:0(?=\.)|[1-9]\d*|[1-9]\d{0,2}(?:[,，]\d{3})+)(?:\.\d+)?")


def wrapped(lines: Sequence[Line], width: float) -> Line | None:
    """The lines of a cell of some width as one, where they are one figure: each but the last fills the cell."""
    if len(lines) < 2:
        return None
    atoms = [line.atoms[0] for line in lines if len(line.atoms) == 1]
    if len(atoms) < len(lines) or not all(_fills(atom, width) for atom in atoms[:-1]):
        return None
    is_tight = all(_gap(above, below) < LINE_GAP for above, below in pairwise(atoms))
    return replace(lines[0], atoms=(_whole(atoms),)) if is_tight and _is_one(atoms) else None


def _fills(atom: Atom, width: float) -> bool:
    """Tell whether no further digit has room beside those of a cell."""
    wide = atom.x1 - atom.x0
    return width - wide < wide / len(atom.text) + PADDING


def _is_one(atoms: Sequence[Atom]) -> bool:
    """Tell whether parts below each other make a figure."""
    texts = [atom.text for atom in atoms]
    return all(map(_PART.fullmatch, texts)) and bool(_FIGURE.fullmatch("".join(texts)))


def _gap(above: Atom, below: Atom) -> float:
    """The white space between two lines, as a share of their size."""
    return (below.top - above.bottom) / below.size


def _whole(atoms: Sequence[Atom]) -> Atom:
    """The parts of a figure as one, of the height of a line."""
    first, *_ = atoms
    middle, half = (first.top + atoms[-1].bottom) / 2, first.size / 2
    return first._replace(
        text="".join(atom.text for atom in atoms),
        x0=min(atom.x0 for atom in atoms),
        x1=max(atom.x1 for atom in atoms),
        top=middle - half,
        bottom=middle + half,
    )


def with_whole_figures(lines: Sequence[Line]) -> tuple[list[Line], list[Mark]]:
    """Lines without cells: what stands over and under the height of a line of figures in a column of its own is one
    figure of that line. Marks tell where one is made so, and where figures stand tight below others."""
    made, marks = list(lines), [*_stacked(lines)]
    firsts = [line.atoms[0] for line in lines]
    for number, (one, two, three) in enumerate(zip(firsts, firsts[1:], firsts[2:], strict=False), start=1):
        if two.top >= one.bottom or two.bottom <= three.top:  # most lines do not reach into those about them
            continue
        above, line, below = made[number - 1 : number + 2]
        pairs = [(one, two) for one in above.atoms for two in below.atoms if _holds_both(line, one, two)]
        if not pairs:
            continue
        wholes = [_whole(pair) for pair in pairs]
        parts = {atom for pair in pairs for atom in pair}
        made[number - 1], made[number + 1] = _without(above, parts), _without(below, parts)
        made[number] = replace(line, atoms=tuple(sorted((*line.atoms, *wholes), key=lambda atom: atom.x0)))
        marks += [Mark(atom.box, DOUBT) for atom in wholes]
    return [line for line in made if line.atoms], marks


def _holds_both(line: Line, one: Atom, two: Atom) -> bool:
    """Tell whether a line of figures stands level with the gap between two parts of a figure, and beside them."""
    return (
        _is_over(one, two)
        and _is_one((one, two))
        and line.top < one.bottom
        and line.bottom > two.top
        and any(_PART.fullmatch(atom.text) for atom in line.atoms)
        and not any(_is_over(one, atom) or _is_over(two, atom) for atom in line.atoms)
    )


def _is_over(one: Atom, two: Atom) -> bool:
    return one.x0 < two.x1 and two.x0 < one.x1


def _without(line: Line, parts: Iterable[Atom]) -> Line:
    return replace(line, atoms=tuple(atom for atom in line.atoms if atom not in parts))


def _stacked(lines: Sequence[Line]) -> Iterable[Mark]:
    """Marks on figures that stand tight below others in a line without words, and on these."""
    for above, below in pairwise(lines):
        if _PART.fullmatch(below.atoms[0].text) and all(_PART.fullmatch(atom.text) for atom in below.atoms):
            for one in above.atoms:
                for two in below.atoms:
                    if _is_over(one, two) and -0.1 < _gap(one, two) < TIGHT and _is_one((one, two)):
                        yield Mark(one.box, "loose-figures")
                        yield Mark(two.box, "loose-figures")
