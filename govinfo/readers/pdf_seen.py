"""Which letters of a page a person sees: those without which its picture would be another one.

Most letters stand alone on their ground, where ink in the page's picture is proof enough. Letters without such ink,
and letters that share their place with others, with pictures or with rules, are taken away to see what changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from statistics import median

import numpy as np

from govinfo.document import Box
from govinfo.readers.pdf_figures import FIGURES, looked_at
from govinfo.readers.pdf_shapes import Shape, box_of, boxes_of, inked
from govinfo.readers.pdf_text import Char
from govinfo.readers.pdfium import Array, Leaf, Pixels, picture, shade_of, without

SCALE, FINE = 1.0, 2.0
"""Pixels for a point: to look at all letters, and at those in question."""
STEPS = np.linspace(0.0, 1.0, 7)
"""Places across and down a letter that are looked at, as shares of its size."""
CLEAR = 64
"""Where the samples differ from their ground by less than this, of 255, every pixel is looked at."""
PAPER = 0.7
"""The ground about a letter is lighter than this share of what stands around it: rules may run on two sides."""
FAINT = 20
"""A difference smaller than this is seen by nobody."""
NEAR = np.array([0.0, -0.3, 0.0, 0.3])
"""Letters are in each other's way where their places, heightened by so many points, meet."""
PALE = 0.5
"""Letters whose ink has less than this share of the usual contrast may be a mark behind the text."""
LIGHT = 0.7
"""They are one, as are letters in the way of others, if their colour is lighter than this, 1 being white."""
LARGE = 2.0
"""So are letters this many times as tall as usual, where others stand on them."""
BORDER = np.array([-0.8, -0.8, 0.8, 0.8])
"""The ink of a shape reaches so many points beyond its place."""
BLOCK = 128
"""Letters held against those below them at a time."""
FILLED, SEARCHED = 0.5, 0.8
"""Pictures over this share of a page, and this share of its letters unseen, make a scan that can be searched."""
TURNS = frozenset({90, 180, 270})
"""Degrees by which a digit may be turned and still be meant to be seen; those of watermarks lie aslant."""
LEVEL, LEANING = 0.6, 12.0
"""Letters turned by fewer degrees than the first are level. Digits turned by fewer than the second lean, as on a paper
that was scanned or a stamp, and are meant to be seen too."""
OVER = 0.12
"""Digits side by side reach into each other by no more than this share at either edge, as those of a font do that
stands in for one that the file does not hold."""
LAYERS = 12
"""Letters one over another that are told apart; what lies deeper is taken for hidden."""
DOUBLE, NARROW = 0.5, 0.2
"""The same letter drawn again less than this share of its width away is one letter, or of its size if it is narrow."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a page where the reader has a doubt."""

    box: Box
    doubt: str


def seen_letters(leaf: Leaf, chars: Sequence[Char], shapes: dict[str, list[Shape]]) -> tuple[list[Char], list[Mark]]:
    """The letters of a page that are text and that a person sees, and marks where others stand that nobody sees."""
    on_page = _on_page(leaf, chars)
    aslant = [char for char in on_page if LEVEL <= char["turn"] <= 360 - LEVEL]
    level = [char for char in on_page if not LEVEL <= char["turn"] <= 360 - LEVEL] if aslant else on_page
    turned = [Mark(char["ink"], "picture") for char in aslant if _is_turned_figure(char)]
    signs = [char for char in level if char["text"].strip()]
    part = looked_at(leaf, signs, shapes)
    if part is None:
        return level, turned
    boxes = boxes_of([char["ink"] for char in signs])
    strength = _strength(leaf, boxes, part)
    shared = _shared(signs, boxes)
    doubtful = (strength < FAINT) | shared | _crossed(boxes, shapes)
    gone = _unseen(leaf, signs, boxes, np.flatnonzero(doubtful))
    pale = {index for index in _behind(signs, boxes, strength, doubtful) if index not in gone}
    if _is_scan(leaf, len(signs), gone, shapes):
        return level, [Mark(char["ink"], "ocr") for char in signs]
    lost = [signs[index] for index in gone | pale]
    away = {id(char) for char in lost}
    kept = [char for char in signs if id(char) not in away]
    marks = [Mark(char["ink"], "hidden") for char in lost if not any(_repeats(char, other) for other in kept)]
    close = [is_close or sign["text"] in FIGURES for sign, is_close in zip(signs, shared.tolist(), strict=True)]
    near = [sign for sign in compress(signs, close) if id(sign) not in away]
    if shared.any() or _overprinted(near):
        away |= _doubled(near)
        near = [sign for sign in near if id(sign) not in away]
        marks += [Mark(char["ink"], "not-a-figure") for char in _overprinted(near)]
    return [char for char in level if id(char) not in away], [*marks, *turned]


def _is_turned_figure(char: Char) -> bool:
    """Tell whether a digit leans, or is turned by quarters or mirrored: seen, and not read."""
    leans = min(char["turn"], 360 - char["turn"])
    return bool(char["text"].isdecimal() and (round(char["turn"]) in TURNS or leans < LEANING))


def _on_page(leaf: Leaf, chars: Sequence[Char]) -> list[Char]:
    """The letters whose middle lies on the page as shown."""
    wide, tall = 2 * leaf.width, 2 * leaf.height
    found: list[Char] = []
    for char in chars:
        x0, top, x1, bottom = char["ink"]
        if 0 <= x0 + x1 <= wide and 0 <= top + bottom <= tall:
            found.append(char)
    return found


def _strength(leaf: Leaf, boxes: Array, part: Box) -> Array:
    """By how much the ink of each letter differs from its ground; that of letters outside the part as is usual."""
    x0, top, _, bottom = part
    middle = boxes[:, 1] + boxes[:, 3]
    inside = (middle >= 2 * top) & (middle <= 2 * bottom)
    found = _contrast(picture(leaf, SCALE, part), (boxes[inside] - [x0, top, x0, top]) * SCALE)
    strength = np.full(len(boxes), np.median(found), found.dtype)
    strength[inside] = found
    return strength


def _contrast(pixels: Pixels, boxes: Array) -> Array:
    """By how much the ink in each box differs from its ground."""
    x0, top, x1, bottom = boxes.T
    across, down = np.minimum(1, (x1 - x0) / 3), np.minimum(1, (bottom - top) / 3)
    inner = np.stack([x0 + across, top + down, x1 - across, bottom - down])
    xs, ys = _spread(pixels, *inner)
    core = pixels[ys[:, None], xs].reshape(-1, len(boxes))
    xs, ys = _spread(pixels, x0 - 1.5, top - 1.5, x1 + 1.5, bottom + 1.5)
    sides = pixels[ys[[0, -1], None], xs], pixels[ys[:, None], xs[[0, -1]]]
    ring = np.concatenate([side.reshape(-1, len(boxes)) for side in sides])
    paper = int(PAPER * len(ring))
    ground = np.partition(ring, paper, axis=0)[paper].astype(np.int16)
    difference: Array = np.maximum(core.max(axis=0) - ground, ground - core.min(axis=0))
    for index in np.flatnonzero(difference < CLEAR):
        left, above, right, below = inner[:, index].astype(int).tolist()
        whole = pixels[above : below + 1, left : right + 1].astype(np.int16)
        difference[index] = np.abs(whole - ground[index]).max(initial=0)
    return difference


def _spread(pixels: Pixels, x0: Array, top: Array, x1: Array, bottom: Array) -> tuple[Array, Array]:
    """Places spread evenly over boxes, a column for each: across and down the picture."""
    height, width = pixels.shape
    steps = STEPS[:, None]
    xs = np.clip(x0 + (x1 - x0) * steps, 0, width - 1).astype(int)
    ys = np.clip(top + (bottom - top) * steps, 0, height - 1).astype(int)
    return xs, ys


def _shared(signs: Sequence[Char], boxes: Array) -> Array:
    """Which letters share their place with a letter of another object."""
    objects = np.array([char["object"] for char in signs])
    around = boxes + NEAR
    order = np.argsort(around[:, 1])
    tops = around[order, 1]
    found = np.zeros(len(signs), bool)
    for start in range(0, len(signs), BLOCK):
        part = order[start : start + BLOCK]
        # Those above part that reach into it have been held against it in their turn.
        below = order[start : np.searchsorted(tops, around[part, 3].max())]
        over = _common(around[below], around[part]) & (objects[below] != objects[part, None])
        ones, others = np.divmod(np.flatnonzero(over), len(below))
        found[part[ones]] = found[below[others]] = True
    return found


def _common(boxes: Array, others: Array) -> Array:
    """Whether each of the others (rows) shares a place with each box (columns)."""
    x0, top, x1, bottom = boxes.T.copy()  # numpy compares numbers that lie side by side, several at once
    left, above, right, below = others.T[:, :, None]
    shared: Array = (x0 < right) & (x1 > left) & (top < below) & (bottom > above)
    return shared


def _crossed(boxes: Array, shapes: dict[str, list[Shape]]) -> Array:
    """Which letters a picture, a curve or the edge of a shape runs through. White areas have no edge that is seen."""
    found = np.zeros(len(boxes), bool)
    for kind, its in shapes.items():
        edged = inked(kind, its)
        if not edged:
            continue
        places = boxes_of(map(box_of, edged))
        meets = _common(boxes, places + BORDER)
        if kind in ("line", "rect"):
            inside = places - BORDER
            within = (boxes[:, 0] >= inside[:, None, 0]) & (boxes[:, 2] <= inside[:, None, 2])
            within &= (boxes[:, 1] >= inside[:, None, 1]) & (boxes[:, 3] <= inside[:, None, 3])
            meets &= ~within
        found |= meets.any(axis=0)
    return found


def _unseen(leaf: Leaf, signs: Sequence[Char], boxes: Array, asked: Array) -> set[int]:
    """Which of the letters asked about can be taken away without a change of the picture.

    The lowest letters go first, and stay away where nothing changes: of two alike one over the other one is seen.
    """
    if not len(asked):
        return set()
    part = _around(leaf, boxes[asked])
    corner = np.array([part[0], part[1], part[0], part[1]])
    full = picture(leaf, FINE, part).astype(int)
    gone: set[int] = set()
    away: set[int] = set()
    for layer in _layers(signs, boxes, asked):
        objects = {signs[index]["object"] for index in layer}
        with without(away | objects):
            ground = picture(leaf, FINE, part).astype(int)
        change = np.abs(ground - full)
        lost = {
            index
            for index in layer
            if _largest(change, (boxes[index] - corner) * FINE) < FAINT
            or _is_as_ground(signs[index]["object"], _part(ground, (boxes[index] - corner) * FINE))
        }
        gone |= lost
        away |= objects - {signs[index]["object"] for index in layer if index not in lost}
    return gone


def _around(leaf: Leaf, boxes: Array) -> Box:
    """The part of a page around boxes, in whole points."""
    x0, top = np.floor(np.clip(boxes[:, :2].min(axis=0) - 2, 0, None)).tolist()
    x1, bottom = np.ceil(boxes[:, 2:].max(axis=0) + 2).tolist()
    return x0, top, max(min(x1, leaf.width), x0 + 1), max(min(bottom, leaf.height), top + 1)


def _layers(signs: Sequence[Char], boxes: Array, asked: Array) -> Iterator[list[int]]:
    """Letters in layers in which no two objects share a place, from the lowest up."""
    objects: dict[int, list[int]] = {}
    for index in asked.tolist():
        objects.setdefault(signs[index]["object"], []).append(index)
    layers: list[list[int]] = []
    for its in objects.values():
        free = 0
        for number, layer in enumerate(layers):
            if _common(boxes[layer], boxes[its]).any():
                free = number + 1
        if free == len(layers):
            layers.append([])
        layers[free] += its
    yield from layers[:LAYERS]


def _largest(change: Array, box: Array) -> float:
    """The largest change within a box."""
    return float(_part(change, box).max(initial=0))


def _part(pixels: Array, box: Array) -> Array:
    x0, top = np.floor(np.maximum(box[:2], 0)).astype(int)
    x1, bottom = np.ceil(box[2:]).astype(int)
    return pixels[top : max(bottom, top + 1), x0 : max(x1, x0 + 1)]


def _is_as_ground(drawn: int, ground: Array) -> bool:
    """Tell whether an object has the colour of most of its ground, and so only eats into what it lies over."""
    shade = shade_of(drawn)
    return shade is not None and ground.size > 0 and abs(255 * shade - float(np.median(ground))) < FAINT


def _is_scan(leaf: Leaf, letters: int, gone: set[int], shapes: dict[str, list[Shape]]) -> bool:
    """Tell whether a picture fills a page and next to nothing of its text is seen: a scan, made to be searched."""
    covered = sum(
        (min(shape["x1"], leaf.width) - max(shape["x0"], 0))
        * (min(shape["bottom"], leaf.height) - max(shape["top"], 0))
        for shape in shapes["image"]
    )
    return covered > FILLED * leaf.width * leaf.height and len(gone) > SEARCHED * letters


def _behind(signs: Sequence[Char], boxes: Array, strength: Array, doubtful: Array) -> set[int]:
    """Which letters are a mark behind the text: large ones that others stand on, and pale ones."""
    usual = median(char["size"] for char in signs)
    large = {index for index in np.flatnonzero(doubtful).tolist() if signs[index]["size"] > LARGE * usual}
    faint = doubtful | (strength < PALE * float(np.median(strength)))
    pale = {index for index in np.flatnonzero(faint).tolist() if (shade_of(signs[index]["object"]) or 0.0) > LIGHT}
    return large | pale


def _overprinted(chars: Sequence[Char]) -> list[Char]:
    """The digits of whose place more than the edges belongs to another digit too."""
    digits = [char for char in chars if char["text"].isdecimal()]
    boxes = boxes_of(map(box_of, digits))
    edge = OVER * (boxes[:, 2:] - boxes[:, :2])
    inner = np.concatenate([boxes[:, :2] + edge, boxes[:, 2:] - edge], axis=1)
    over = _common(inner, inner).sum(axis=0) > 1
    return list(compress(digits, over.tolist()))


def _doubled(chars: Sequence[Char]) -> set[int]:
    """The letters that repeat one drawn before them, a little beside it, as bold face is made by some printers."""
    by_text: dict[str, list[Char]] = {}
    for char in chars:
        by_text.setdefault(char["text"], []).append(char)
    twice: set[int] = set()
    for alike in by_text.values():
        alike.sort(key=lambda char: float(char["x0"]))
        for index, char in enumerate(alike):
            if id(char) in twice:
                continue
            reach = _reach(char)
            for other in alike[index + 1 :]:
                if other["x0"] - char["x0"] >= reach:
                    break
                if _repeats(other, char):
                    twice.add(id(other))
    return twice


def _reach(char: Char) -> float:
    """How far from a letter its double may stand."""
    return float(max(DOUBLE * (char["x1"] - char["x0"]), NARROW * char["size"]))


def _repeats(char: Char, other: Char) -> bool:
    """Tell whether a letter is the same as another, in the same place."""
    return bool(
        abs(other["top"] - char["top"]) < DOUBLE * char["size"]
        and other["text"] == char["text"]
        and abs(other["x0"] - char["x0"]) < _reach(char)
        and (_meet(char["ink"], other["ink"]) or not char["text"].isdecimal())
    )


def _meet(ink: Box, other: Box) -> bool:
    """Tell whether ink stands above or below other ink: two thin digits that do not are two to a reader."""
    return other[0] < ink[2] and ink[0] < other[2]
