"""The picture of a page -> its straightened picture, the rulings drawn on it and the places where text stands.

All lengths are pixels of a page at ``DPI``; a page is taken as A4, as reports are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""A grey picture, 0 black and 255 white."""
Mask = NDArray[np.uint8]
"""A picture of 0 and 255 only."""

DPI = 200
POINT = DPI / 72
"""Pixels of a point."""
WHITE = 255
INK = 205
"""What is darker than this, the background being white and the noise smoothed, is ink."""
BACKGROUND = 51
"""The background is evened out over this many pixels: more than the strokes of large letters are wide."""
STEEPEST = 3.5
"""Degrees: pages turned by no more than this are straightened."""
LONG_ACROSS = round(25 * POINT)
"""No stroke of a letter is longer than this from left to right, no ruling shorter."""
LONG_DOWN = round(14 * POINT)
"""No stroke of a letter in a table is longer than this from top to bottom, no ruling shorter."""
THICK = 3 * POINT
"""A ruling is no thicker than this."""
TOUCH = 3 * POINT
"""Rulings closer than this touch."""
SPECK = 2 * POINT
"""What is smaller than this is dirt, or a dot beside something larger."""
EDGE = 2.5 * POINT
"""What is left of a ruling lies no further than this from the edge of its cell."""
CELL_GAP, WORD_GAP = 1.0, 0.7
"""White space wider than this share of the height of the letters sets text apart, in cells and outside."""
SMALL = 6 * POINT
"""No letter is smaller than this; marks may be."""
FLAT = 3 * POINT
"""What is no taller than this is no figure."""
USUAL = 10 * POINT
"""The recogniser sees text with so much of the page at least: a dash alone, made large, looks like anything."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on the page; ``turned`` tells that the text in it runs from top to bottom."""

    x0: float
    top: float
    x1: float
    bottom: float
    turned: bool = False

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """From left to right."""
        return self.x1 - self.x0

    def holds(self, other: Area) -> bool:
        """Tell whether the middle of another area lies in this one."""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= x < self.x1 and self.top <= y < self.bottom

    def beside(self, other: Area) -> bool:
        """Tell whether a horizontal passes through both areas."""
        return self.top < other.bottom and other.top < self.bottom

    def taller(self, height: float) -> Area:
        """The area made at least as tall as ``height`` around its middle."""
        more = max(height - self.height, 0.0) / 2
        return replace(self, top=self.top - more, bottom=self.bottom + more)


def around(areas: Iterable[Area]) -> Area:
    """The smallest area that holds all areas."""
    corners = np.array([(area.x0, area.top, area.x1, area.bottom) for area in areas])
    x0, top = corners[:, :2].min(axis=0).tolist()
    x1, bottom = corners[:, 2:].max(axis=0).tolist()
    return Area(x0, top, x1, bottom)


# The picture


def evened(grey: Picture) -> Picture:
    """The picture on a white background, whatever the paper, the light or the shade of a cell."""
    import cv2

    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((5, 5), np.uint8)), BACKGROUND)
    bright = grey.astype(np.float32) * WHITE / np.maximum(paper, 1)
    return np.clip(bright, 0, WHITE).astype(np.uint8)


def straightened(picture: Picture) -> Picture:
    """The picture turned so that its lines run level."""
    import cv2

    angle = skew(inked(picture) > 0)
    if not angle:
        return picture
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    turned = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(WHITE,))
    return np.asarray(turned, np.uint8)


def skew(ink: NDArray[np.bool_]) -> float:
    """By how many degrees the lines fall to the right: at that angle the ink falls into the sharpest rows."""
    down, across = np.nonzero(ink[::2, ::2])
    if not len(down):
        return 0.0

    def sharpness(angle: float) -> int:
        slope = np.radians(angle)
        rows = np.bincount(np.round(down * np.cos(slope) - across * np.sin(slope) + ink.shape[1]).astype(int))
        return int((np.diff(rows) ** 2).sum())

    rough = max(np.arange(-STEEPEST, STEEPEST + 0.1, 0.25), key=sharpness)
    return float(max(np.arange(rough - 0.25, rough + 0.26, 0.05), key=sharpness).round(2))


def inked(picture: Picture) -> Mask:
    """The pixels with ink; smoothed, so that thin strokes do not fall to pieces and noise is none."""
    import cv2

    return np.where(cv2.GaussianBlur(picture, (3, 3), 0) < INK, np.uint8(WHITE), np.uint8(0))


# Rulings


def rulings(picture: Picture) -> tuple[Mask, list[Area]]:
    """The pixels of the rulings on a straight picture, and each ruling."""
    import cv2

    ink = inked(picture)
    # A ruling that is not quite level steps from row to row; made thicker it goes on over the steps.
    level = cv2.morphologyEx(cv2.dilate(ink, np.ones((3, 1))), cv2.MORPH_OPEN, np.ones((1, LONG_ACROSS)))
    upright = cv2.morphologyEx(cv2.dilate(ink, np.ones((1, 3))), cv2.MORPH_OPEN, np.ones((LONG_DOWN, 1)))
    across = [area for area, size in _components(level) if size <= THICK * area.width]
    down = [area for area, size in _components(upright) if size <= THICK * area.height]
    # A short upright that ends free is a stroke of a letter, such as a heading's just above a table.
    down = [area for area in down if area.height > LONG_ACROSS or sum(_touch(area, other) for other in across) > 1]
    mask = np.zeros_like(ink)
    for kind, kept in ((level, across), (upright, down)):
        for area in kept:
            place = np.s_[int(area.top) : int(area.bottom), int(area.x0) : int(area.x1)]
            mask[place] |= np.asarray(kind[place], np.uint8)
    return np.asarray(cv2.dilate(mask, np.ones((3, 3))), np.uint8), [*across, *down]


def _components(mask: Any) -> Iterator[tuple[Area, int]]:
    """What hangs together in a mask, with the number of its pixels."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(mask, np.uint8))
    for x, y, width, height, size in stats[1:].tolist():
        yield Area(x, y, x + width, y + height), size


def _touch(one: Area, two: Area) -> bool:
    return (
        max(one.x0, two.x0) - min(one.x1, two.x1) <= TOUCH
        and max(one.top, two.top) - min(one.bottom, two.bottom) <= TOUCH
    )


# Text


def marks(picture: Picture) -> list[Area]:
    """What is inked on a picture without rulings, specks left out."""
    return [area for area, _ in _components(inked(picture)) if max(area.width, area.height) >= SPECK]


def texts_of_cell(cell: Area, ink: Sequence[Area], found: Sequence[Area]) -> list[Area]:
    """Where text stands in a cell, by what is inked in it and where text was found on the page.

    Where there is but one line of ink it is surer than what was found, which may miss a lone figure or reach into
    the next cell.
    """
    ink = [mark for mark in ink if cell.holds(mark) and not _is_sliver(mark, cell)]
    found = [area for area in found if cell.holds(area) and any(area.holds(mark) for mark in ink)]
    lines = _lines(ink)
    if len(lines) == 1 and len(found) < 2:
        return apart(lines[0], ink, CELL_GAP)
    tallest = max((line.height for line in lines), default=0.0)
    missed = [line for line in _missed(ink, found) if line.height > tallest / 2]
    whole = [_turned(area) if sum(area.beside(line) for line in lines) > 2 else area for area in found]
    return [*(part for area in whole for part in apart(area, ink, CELL_GAP)), *missed]


def texts_outside(ink: Sequence[Area], found: Sequence[Area]) -> list[Area]:
    """Where text stands outside tables: where it was found, and what was missed there beside it, as lone figures."""
    lone = [line for line in _missed(ink, found) if SMALL / 2 < line.height < LONG_ACROSS]
    return [*(part for area in found for part in apart(area, ink, WORD_GAP)), *lone]


def _missed(ink: Iterable[Area], found: Sequence[Area]) -> list[Area]:
    """The parts of lines where there is ink but no text was found."""
    rest = [mark for mark in ink if not any(area.holds(mark) for area in found)]
    return [part for line in _lines(rest) for part in apart(line, rest, WORD_GAP)]


def _is_sliver(mark: Area, cell: Area) -> bool:
    """Tell whether a mark is what is left of a ruling at the edge of a cell."""
    level = mark.height < SPECK and min(mark.top - cell.top, cell.bottom - mark.bottom) < EDGE
    upright = mark.width < SPECK and min(mark.x0 - cell.x0, cell.x1 - mark.x1) < EDGE / 2
    return level or (upright and mark.height > 0.8 * cell.height)


def _lines(ink: Iterable[Area]) -> list[Area]:
    """Marks -> the lines they stand on, top to bottom."""
    lines: list[Area] = []
    for mark in sorted(ink, key=lambda mark: mark.top):
        if lines and lines[-1].beside(mark):
            lines[-1] = around((lines[-1], mark))
        else:
            lines.append(mark)
    return lines


def _turned(area: Area) -> Area:
    return replace(area, turned=area.height > 1.5 * area.width)


def apart(area: Area, ink: Iterable[Area], gap: float) -> list[Area]:
    """An area cut to its ink, and where letters stand far apart: two figures must not be read as one."""
    own = sorted((mark for mark in ink if area.holds(mark)), key=lambda mark: mark.x0)
    if area.turned or not own:
        return [area]
    line = around(own)
    widest = gap * max(line.height, SMALL)
    parts: list[Area] = []
    for mark in own:
        if parts and mark.x0 - parts[-1].x1 < widest:
            parts[-1] = around((parts[-1], mark))
        else:
            parts.append(mark)
    return [Area(part.x0, line.top, part.x1, line.bottom) for part in parts]


def crop(picture: Picture, area: Area) -> Picture:
    """The picture of a text with white space around it, upright."""
    shown = area if area.turned else area.taller(USUAL)
    pad = round(0.15 * (shown.width if area.turned else shown.height)) + 1
    x0, top = max(round(shown.x0), 0), max(round(shown.top), 0)
    cut = np.pad(picture[top : round(shown.bottom), x0 : round(shown.x1)], pad, constant_values=WHITE)
    return np.rot90(cut) if area.turned else cut
