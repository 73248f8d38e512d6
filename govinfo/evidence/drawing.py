"""A printed table and lines of text as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matplotlib.ft2font import FT2Font
from PIL import Image, ImageDraw, ImageFont

from govinfo.errors import MissingSoftware
from govinfo.evidence.page import EDGE, LINE, dashed
from govinfo.evidence.table import Place
from govinfo.files.fonts import ADVICE, chinese_font

SIZE = 20
"""Pixels of a letter."""
LEADING = 28
"""Pixels of a line."""
PAD = 8
NARROWEST, WIDEST = 44, 230
"""Pixels of a column of one place."""
MARGIN = 16
LEAST = 1000
"""Pixels that a picture with a caption is wide at least."""

PIECE = re.compile(r"[!-~]+\s*|.[，。、；：！？）》”’]*")
"""What is not parted: Latin words; closing marks and what stands before them."""

FILLS = {"cell": "#f8d3bd", "row": "#fbf7c6", "sum": "#d5eaf8", "gap": "#eeeeee"}
"""Colours of the places that are marked."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class Note:
    """A line of a caption and its colour."""

    text: str
    colour: str = "#222222"


def drawn_table(places: Sequence[Place]) -> Image.Image:
    """A table as a picture. Raises MissingSoftware where the machine has no font that writes Chinese."""
    font = writing()
    if chinese_font() is None:
        raise MissingSoftware("To draw the table needs a font with Chinese characters.", hint=ADVICE)
    xs = edges(widths(places, font))
    texts = [wrapped(place.text, xs[place.col + place.colspan] - xs[place.col] - 2 * PAD, font) for place in places]
    ys = edges(heights(places, [len(lines) * LEADING + 2 * PAD for lines in texts]))
    picture = Image.new("RGB", (xs[-1] + 2 * MARGIN + 1, ys[-1] + 2 * MARGIN + 1), "white")
    draw = ImageDraw.Draw(picture)
    boxes = [
        (
            MARGIN + xs[place.col],
            MARGIN + ys[place.row],
            MARGIN + xs[place.col + place.colspan],
            MARGIN + ys[place.row + place.rowspan],
        )
        for place in places
    ]
    for place, box, lines in zip(places, boxes, texts, strict=True):
        draw.rectangle(box, fill=FILLS.get(place.mark), outline="#888888")
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        draw.multiline_text(
            middle, "\n".join(lines), "black", font, anchor="mm", align="center", spacing=LEADING - SIZE - 4
        )
    for place, box in zip(places, boxes, strict=True):
        if place.mark == "cell":
            draw.rectangle(box, outline=EDGE, width=LINE)
        elif place.mark == "before":
            dashed(draw, box)
    return picture


def captioned(picture: Image.Image, notes: Sequence[Note]) -> Image.Image:
    """The picture with lines of text below it. Without a font for Chinese, lines in Chinese are left out."""
    font = writing()
    width = max(picture.width, LEAST)
    lines = [
        Note(part, note.colour)
        for note in notes
        if chinese_font() or note.text.isascii()
        for part in wrapped(note.text, width - 2 * MARGIN, font)
    ]
    whole = Image.new("RGB", (width, picture.height + len(lines) * LEADING + 2 * MARGIN), "white")
    whole.paste(picture, ((width - picture.width) // 2, 0))
    draw = ImageDraw.Draw(whole)
    draw.line((0, picture.height, width, picture.height), fill="#cccccc")
    for at, line in enumerate(lines):
        draw.text((MARGIN, picture.height + MARGIN + at * LEADING), line.text, line.colour, font)
    return whole


def writing() -> Font:
    """The font of the pictures; without Chinese where the machine has none."""
    path = chinese_font()
    return ImageFont.truetype(str(path), SIZE) if path else ImageFont.load_default(SIZE)


def wrapped(text: str, width: float, font: Font) -> list[str]:
    """A text in lines no wider than ``width``; its own line ends stay."""
    lines: list[str] = []
    for line in drawable(text).strip().splitlines():
        begun = ""
        for piece in pieces(" ".join(line.split()), width, font):
            if begun and font.getlength((begun + piece).rstrip()) > width:
                lines.append(begun.rstrip())
                begun = ""
            begun += piece
        lines.append(begun.rstrip())
    return lines


def drawable(text: str) -> str:
    """A text in which characters that the font lacks stand as their code: no empty box is drawn."""
    path = chinese_font()
    has = characters(path) if path else frozenset(range(0x7F))
    return "".join(sign if sign.isspace() or ord(sign) in has else f"[U+{ord(sign):04X}]" for sign in text)


@cache
def characters(path: Path) -> frozenset[int]:
    """The code points that a font file has a sign for."""
    return frozenset(FT2Font(str(path)).get_charmap())


def pieces(line: str, width: float, font: Font) -> Iterator[str]:
    """What a line may be broken into: Latin words, every other character, and letters of words that are too long."""
    for piece in PIECE.findall(line):
        if font.getlength(piece.rstrip()) > width:
            yield from piece
        else:
            yield piece


def widths(places: Sequence[Place], font: Font) -> list[int]:
    """The widths of the columns: what their own places need, within bounds; the last one under a place over several
    columns grows to what that needs."""
    found = [NARROWEST] * max(place.col + place.colspan for place in places)
    for place in sorted(places, key=lambda place: place.colspan):
        longest = max((font.getlength(line) for line in place.text.split("\n")), default=0.0)
        needed = min(round(longest) + 2 * PAD + 1, WIDEST)
        have = sum(found[place.col : place.col + place.colspan])
        found[place.col + place.colspan - 1] += max(needed - have, 0)
    return found


def heights(places: Sequence[Place], needed: Sequence[int]) -> list[int]:
    """The heights of the rows; the last row under a place over several rows grows to what that needs."""
    found = [0] * max(place.row + place.rowspan for place in places)
    for place, height in sorted(zip(places, needed, strict=True), key=lambda pair: pair[0].rowspan):
        have = sum(found[place.row : place.row + place.rowspan])
        found[place.row + place.rowspan - 1] += max(height - have, 0)
    return found


def edges(sizes: Sequence[int]) -> list[int]:
    """Where columns or rows of these sizes begin, and where the last one ends."""
    return [sum(sizes[:at]) for at in range(len(sizes) + 1)]
