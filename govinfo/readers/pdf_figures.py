"""Where on a page figures stand as in a table: what is looked at to tell what a person sees."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np

from govinfo.document import Box
from govinfo.readers.pdf_shapes import Shape, box_of, boxes_of, inked
from govinfo.readers.pdf_text import MARGIN, NO_LETTER, Char
from govinfo.readers.pdfium import Array, Leaf
from govinfo.text import COUNTERS

DIGITS = frozenset("0123456789")
SIGNS = DIGITS | {".", ","}
"""Signs that figures are made of."""
FIGURES = SIGNS | set("-—－–/／" + NO_LETTER)
"""Signs that figures and what stands in their place are made of."""
AROUND = 60.0
"""What stands so many points above and below a table belongs to it; so do rules no farther from the next ones."""


def looked_at(leaf: Leaf, signs: Sequence[Char], shapes: dict[str, list[Shape]]) -> Box | None:
    """The part of a page that may hold tables, as wide as the page: all of it where it has pictures or no rules,
    nothing where no figure stands alone."""
    whole = 0.0, 0.0, leaf.width, leaf.height
    if shapes["image"]:
        return whole if signs else None
    figures = [signs[start]["ink"] for start in _first_and_last(signs, leaf.height, shapes)]
    rules = [box_of(shape) for kind, its in shapes.items() for shape in inked(kind, its)]
    if not figures or not rules:
        return whole if figures else None
    top, bottom = _ends(boxes_of([*figures, *rules]), len(figures))
    return 0.0, math.floor(max(top - AROUND, 0)), leaf.width, math.ceil(min(bottom + AROUND, leaf.height))


def _ends(boxes: Array, figures: int) -> tuple[float, float]:
    """How far up and down tables reach: what stands close to each other and holds a figure, as the first boxes are, or
    is tall."""
    order = np.argsort(boxes[:, 1])
    tops, bottoms = boxes[order, 1], np.maximum.accumulate(boxes[order, 3])
    firsts = np.flatnonzero(np.concatenate([[True], tops[1:] > bottoms[:-1] + AROUND]))
    starts, ends = tops[firsts], bottoms[np.append(firsts[1:], len(boxes)) - 1]
    holds = np.logical_or.reduceat(order < figures, firsts) | (ends - starts > AROUND)
    return float(starts[holds].min()), float(ends[holds].max())


def _first_and_last(signs: Sequence[Char], height: float, shapes: dict[str, list[Shape]]) -> list[int]:
    """Where the first and the last figure of a page begin that stand as in a table, from its top down."""
    figures = sorted(stretches(signs, FIGURES, _touch), key=lambda figure: float(signs[figure[0]]["top"]))
    ways = (figures, reversed(figures))
    found = (next((figure for figure in way if _is_alone(figure, signs, height, shapes)), None) for way in ways)
    return [figure[0] for figure in found if figure]


def _is_alone(figure: tuple[int, int], signs: Sequence[Char], height: float, shapes: dict[str, list[Shape]]) -> bool:
    """Tell whether a figure stands as in a table: with no other letter close to it or to its unit, and in the margin
    only beside a rule."""
    start, end = figure
    first, last = signs[start], signs[end - 1]
    before, after, behind = (signs[at] if 0 <= at < len(signs) else None for at in (start - 1, end, end + 1))
    if _touch(before, first):
        return False
    if after and _touch(last, after) and (after["text"] not in COUNTERS or _touch(after, behind)):
        return False
    return MARGIN * height < first["top"] < (1 - MARGIN) * height or _is_by_rule(first, shapes)


def stretches(
    chars: Sequence[Char], signs: Collection[str], follows: Callable[[Char, Char], bool]
) -> Iterator[tuple[int, int]]:
    """Where stretches of such signs begin and end, the end not in them: each sign follows the one before it."""
    start = end = 0
    for index in [index for index, char in enumerate(chars) if char["text"] in signs]:
        if start == end or index > end or not follows(chars[end - 1], chars[index]):
            if start < end:
                yield start, end
            start = index
        end = index + 1
    if start < end:
        yield start, end


def _is_by_rule(char: Char, shapes: dict[str, list[Shape]]) -> bool:
    """Tell whether a line or a box ends within a line's height of a letter."""
    near = char["top"] - char["size"], char["bottom"] + char["size"]
    return any(
        near[0] < shape[edge] < near[1] and shape["x0"] <= char["x1"] and char["x0"] <= shape["x1"]
        for kind in ("line", "rect")
        for shape in shapes[kind]
        for edge in ("top", "bottom")
    )


def _touch(left: Char | None, right: Char | None) -> bool:
    """Tell whether a letter follows another closely on its line."""
    if left is None or right is None:
        return False
    level = left["top"] < right["bottom"] and right["top"] < left["bottom"]
    return bool(level and abs(right["x0"] - left["x1"]) < left["size"])
