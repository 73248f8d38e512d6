"""The page that a cell stands on as a picture, with places on it marked: pages of PDF files, scans and photographs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageOps

from govinfo.document import Box
from govinfo.readers.ocr import HEIGHT, WIDTH
from govinfo.readers.ocr_page import POINT, evened, inked, skew
from govinfo.readers.sniff import kind_of

SCALE = 2.0
"""Pixels that a point of a PDF page gets."""

WIDEST = 1600
"""Pixels that a picture is wide at most."""

AROUND = 0.22
"""Share of the page's height shown above and below what is marked."""

MARGIN = 0.04
"""Share of the page's height shown above and below figures of sums that fail."""

ROW, CELL, EDGE, SUM = "#fbf3a0", "#f8cdb2", "#d55e00", "#bfe0f5"
"""Colours of the marks: the row yellow, the cell orange with a strong edge, figures of sums that fail blue."""

LINE = 4
"""Pixels of an edge, which leaves as much room around what is printed."""

DASH = 9
"""Pixels of a dash."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Places on a page (from 1) in its units: those of the row, and the cell's if it has one. ``before`` tells that the
    row is the one before a row that the page does not print; ``summed`` are the pages and places of figures of
    other rows in sums that fail."""

    page: int
    row: tuple[Box, ...]
    cell: Box | None = None
    before: bool = False
    summed: tuple[tuple[int, Box], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The picture of a page, and how many pixels a unit of boxes is."""

    picture: Image.Image
    factor: float

    def in_pixels(self, box: Box) -> Box:
        """A box on the picture."""
        x0, top, x1, bottom = (edge * self.factor for edge in box)
        return x0, top, x1, bottom


def marked_page(data: bytes, reader: str, marks: Marks, around: float = AROUND) -> Image.Image:
    """A page of a file, as it was read by ``reader``, with the marks: the part around them, by a share of the page's
    height; below it those parts of other pages that hold figures of sums that fail. RGB."""
    sheet = sheet_of(data, reader, marks.page)
    row = sheet.in_pixels(band((*marks.row, *([marks.cell] if marks.cell else []))))
    cell = sheet.in_pixels(marks.cell) if marks.cell else None
    summed = [sheet.in_pixels(box) for page, box in marks.summed if page == marks.page]
    picture = with_marks(with_sums(sheet.picture, summed), row, cell, marks.before)
    parts = [part_around(picture, band((row, *summed)), row, around)]
    for page in sorted({page for page, _ in marks.summed} - {marks.page}):
        other = sheet_of(data, reader, page)
        boxes = [other.in_pixels(box) for number, box in marks.summed if number == page]
        parts.append(part_around(with_sums(other.picture, boxes), band(boxes), band(boxes), 0))
    return below_each_other(parts)


def below_each_other(parts: Sequence[Image.Image]) -> Image.Image:
    """Pictures as one, a line between them."""
    whole = Image.new("RGB", (max(part.width for part in parts), sum(part.height for part in parts)), "white")
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        if top:
            ImageDraw.Draw(whole).line((0, top, whole.width, top), fill="#888888", width=2)
        top += part.height
    return whole


def band(boxes: Sequence[Box]) -> Box:
    """The smallest box around boxes."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


@lru_cache(maxsize=6)
def sheet_of(data: bytes, reader: str, page: int) -> Sheet:
    """A page (from 1) of a file as the boxes of its cells have it.

    Boxes of a PDF are in points of the page as a viewer shows it, those of a picture in its pixels; what lies askew in
    a picture is turned level as it was to be read.
    """
    if reader == "pdf":
        return visible_sheet(data, page)
    sheet = visible_sheet(data, page) if kind_of(data) == "pdf" else Sheet(upright_image(data, page), 1.0)
    level = sheet.picture.rotate(angle_of(sheet.picture), Image.Resampling.BICUBIC, fillcolor="white")
    return replace(sheet, picture=level)


def visible_sheet(data: bytes, page: int) -> Sheet:
    """A page of a PDF as a viewer shows it."""
    with pypdfium2.PdfDocument(data) as pdf:
        pdf.init_forms()
        return rendered(pdf[page - 1])


def rendered(page: pypdfium2.PdfPage) -> Sheet:
    """The picture of a page of a PDF."""
    picture = page.render(scale=min(SCALE, WIDEST / page.get_width())).to_pil().convert("RGB")
    return Sheet(picture, picture.width / page.get_width())


def upright_image(data: bytes, page: int) -> Image.Image:
    """A picture of a file upright, on white paper."""
    with Image.open(io.BytesIO(data)) as image:
        image.seek(page - 1)
        upright = ImageOps.exif_transpose(image.copy()).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright).convert("RGB")


def angle_of(picture: Image.Image) -> float:
    """By how many degrees the recogniser turned a page; it looks at all pages as A4."""
    points = WIDTH if picture.height >= picture.width else HEIGHT
    across = round(points * POINT)
    size = (across, max(round(picture.height * across / picture.width), 1))
    grey = picture.convert("L").resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
    return skew(inked(evened(np.asarray(grey, np.uint8))) > 0)


def with_marks(picture: Image.Image, row: Box, cell: Box | None, before: bool) -> Image.Image:
    """The picture with its paper coloured where the marks are; what is printed stays as dark as it is."""
    paper = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(paper)
    if before:
        dashed(draw, widened(row))
    else:
        draw.rectangle(row, fill=ROW)
    if cell:
        draw.rectangle(widened(cell), fill=CELL, outline=EDGE, width=LINE)
    return ImageChops.multiply(picture, paper)


def with_sums(picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """The picture with its paper coloured where figures of sums that fail stand."""
    paper = Image.new("RGB", picture.size, "white")
    for box in boxes:
        ImageDraw.Draw(paper).rectangle(box, fill=SUM)
    return ImageChops.multiply(picture, paper)


def widened(box: Box) -> Box:
    """A box with room for an edge around what it holds."""
    x0, top, x1, bottom = box
    return x0 - LINE, top - LINE, x1 + LINE, bottom + LINE


def dashed(draw: ImageDraw.ImageDraw, box: Box) -> None:
    """A dashed edge around a box."""
    x0, top, x1, bottom = box
    for x in np.arange(x0, x1, 2 * DASH):
        for y in (top, bottom):
            draw.line((x, y, min(x + DASH, x1), y), fill=EDGE, width=3)
    for y in np.arange(top, bottom, 2 * DASH):
        for x in (x0, x1):
            draw.line((x, y, x, min(y + DASH, bottom)), fill=EDGE, width=3)


def part_around(picture: Image.Image, box: Box, least: Box, around: float) -> Image.Image:
    """The part of a page with a box and what stands around ``least`` in it, by a share of the page's height, as wide as
    the page and no wider than ``WIDEST``."""
    more, margin = around * picture.height, MARGIN * picture.height
    top = max(min(least[1] - more, box[1] - margin), 0)
    bottom = min(max(least[3] + more, box[3] + margin), picture.height)
    part = picture.crop((0, round(top), picture.width, round(bottom)))
    if part.width <= WIDEST:
        return part
    return part.resize((WIDEST, round(part.height * WIDEST / part.width)), Image.Resampling.LANCZOS)
