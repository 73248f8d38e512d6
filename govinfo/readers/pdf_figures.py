"""Where on a page figures stand as in a table: what is looked at to tell what a person sees."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from govinfo.document import Box
from govinfo.readers.pdf_shapes import Array, Shape, box_of, boxes_of, inked
from govinfo.readers.pdf_text import MARGIN, NO_LETTER, Char
from govinfo.readers.pdfium import Leaf
from govinfo.text import COUNTERS

FIGURES = frozenset("0123456789.,-—－–/／" + NO_LETTER)
"""Signs that figures and what stands in their place are made of."""
AROUND = 60.0
"""What stands so many points above and below a table belongs to it; so do rules no farther from the next ones."""


def looked_at(leaf: Leaf, signs: Sequence[Char], shapes: dict[str, list[Shape]]) -> Box | None:
    """The part of a page that may hold a table, as wide as the page: figures that stand alone, the rules that they
    stand between, and what is close to these. All of a page with pictures or without rules, nothing without figures."""
    whole = 0.0, 0.0, leaf.width, leaf.height
    if shapes["image"]:
        return whole if signs else None
    figures = [char["ink"] for char in _lone_figures(signs, leaf.height, shapes)]
    rules = [box_of(shape) for kind, its in shapes.items() for shape in inked(kind, its)]
    if not figures or not rules:
        return whole if figures else None
    top, bottom = _ends(boxes_of([*figures, *rules]), len(figures))
    return 0.0, math.floor(max(top - AROUND, 0)), leaf.width, math.ceil(min(bottom + AROUND, leaf.height))


def _ends(boxes: Array, first: int) -> tuple[float, float]:
    """How far up and down the first boxes reach, with those that stand between them or close to each other."""
    order = np.argsort(boxes[:, 1])
    tops, bottoms = boxes[order, 1], np.maximum.accumulate(boxes[order, 3])
    groups = np.concatenate([[0], np.cumsum(tops[1:] > bottoms[:-1] + AROUND)])
    its = groups[order < first]
    inside = np.flatnonzero((groups >= its.min()) & (groups <= its.max()))
    return float(tops[inside[0]]), float(bottoms[inside[-1]])


def _lone_figures(signs: Sequence[Char], height: float, shapes: dict[str, list[Shape]]) -> Iterator[Char]:
    """The first sign of each figure that stands as in a table: with no other letter close to it or to its unit, and in
    the margin only beside a rule."""
    for before, run, after, behind in _figures(signs):
        lone = not _touch(before, run[0]) and (
            after is None or not _touch(run[-1], after) or (after["text"] in COUNTERS and not _touch(after, behind))
        )
        if lone and (MARGIN * height < run[0]["top"] < (1 - MARGIN) * height or _is_by_rule(run[0], shapes)):
            yield run[0]


def _figures(signs: Sequence[Char]) -> Iterator[tuple[Char | None, Sequence[Char], Char | None, Char | None]]:
    """The stretches of digits and unknown signs, with the letter before and the two after them."""
    start = 0
    for is_figure, its in groupby(signs, key=lambda char: char["text"] in FIGURES):
        end = start + len(list(its))
        if is_figure:
            before, after, behind = (
                signs[index] if 0 <= index < len(signs) else None for index in (start - 1, end, end + 1)
            )
            yield before, signs[start:end], after, behind
        start = end


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
