"""Fonts that lie: the letters that they name are not those that they draw.

What the digits of a font look like is drawn once for a document, each alone, and held against the digits of the fonts
that PDFium holds itself. A font of which a digit looks like another one names nothing: its digits are signs without
letters.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from ctypes import c_float, c_int, c_void_p
from functools import cache, partial
from itertools import product
from operator import itemgetter

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from govinfo.document import Box
from govinfo.readers.pdf_figures import DIGITS, SIGNS
from govinfo.readers.pdf_text import NO_LETTER, Char
from govinfo.readers.pdfium import Array, Leaf, Matrix, Pixels, address_of, bounds_of, boxed, objects_of, plain

Matrices = Callable[[], Mapping[int, Matrix]]
Look = tuple[str, str, int, int]
"""What is drawn for a digit: the name of the font, the digit that it says, how wide and how tall the ink is, in
thousandths of the size."""

STANDARD = (
    *(f"Helvetica{face}" for face in ("", "-Bold", "-Oblique", "-BoldOblique")),
    *(f"Times-{face}" for face in ("Roman", "Bold", "Italic", "BoldItalic")),
    *(f"Courier{face}" for face in ("", "-Bold", "-Oblique", "-BoldOblique")),
)
"""Fonts that PDFium holds itself."""
TALL = 24
"""Pixels for the height of the text that a digit is drawn with."""
LONGEST = 40
"""Text that is longer than this many times its height is not drawn."""
MOST = 60
"""Looks that are drawn for a document."""
DOWN, ACROSS = 12, 9
"""A digit is taken as so many parts down and across; in each two pixels are looked at both ways."""
NARROW = 0.5
"""A digit narrower than this share of its height stands in the middle of such a width."""
CONDENSED = 0.4
"""A font whose widest digit is narrower than this share of its height is not told."""
INK = 64
"""A pixel belongs to a digit if it is filled by this much of 255."""
OTHER = 1.5
"""A digit that differs from its like this many times as much as from another one is the other."""
UNSURE = 0.8
"""One that differs this much may be the other: it is, if it is also drawn in a way that is not the same."""
SAME = 0.9
"""Digits that are said to be the same and are less alike than this are not; 1 is alike in all parts."""
EDGE = 2
"""A digit that ends so many pixels within one side of its box, and there alone, is cut off."""
APART = 0.4
"""Figures stand farther from other letters than this share of their size."""
SPARE = 0.5
"""A letter reaches no farther beyond the text that it is drawn with, in points."""

_TEXT = itemgetter("text")
_RUN = re.compile(b"\1+")
_drawn = plain(pdfium.FPDFTextObj_GetRenderedBitmap, c_void_p, c_void_p, c_void_p, c_void_p, c_float)
_width = plain(pdfium.FPDFBitmap_GetWidth, c_int, c_void_p)
_height = plain(pdfium.FPDFBitmap_GetHeight, c_int, c_void_p)
_stride = plain(pdfium.FPDFBitmap_GetStride, c_int, c_void_p)
_buffer = plain(pdfium.FPDFBitmap_GetBuffer, c_void_p, c_void_p)
_destroy = plain(pdfium.FPDFBitmap_Destroy, None, c_void_p)


def looks_of(
    pdf: pypdfium2.PdfDocument, leaf: Leaf, chars: Sequence[Char], known: Collection[Look]
) -> dict[Look, Pixels]:
    """The pictures of what is drawn for the digits of the figures of a page, and is not known yet."""
    found: dict[Look, Pixels] = {}
    draw = partial(_drawn, address_of(pdf.raw), address_of(leaf.handle))
    matrices = cache(lambda: {drawn: matrix for drawn, _, matrix in objects_of(leaf)})
    for char in _in_figures(chars):
        look = _look(char)
        if look not in known and look not in found and len(known) + len(found) < MOST:
            found[look] = _alone(char, draw, leaf.matrix, matrices)
    return found


def lying_fonts(looks: Mapping[Look, Pixels]) -> set[str]:
    """The names of the fonts of which a digit looks like another one, or like two, or now like this, now like that."""
    seen = {look: pixels for look, pixels in looks.items() if pixels.max(initial=0) >= INK}
    if not seen:
        return set()
    parts = _parts(list(seen.values()))
    unlike = 1 - (parts @ _standard().T).reshape(len(seen), len(DIGITS), -1).max(axis=2)
    rows, said = range(len(seen)), [int(digit) for _, digit, *_ in seen]
    its = unlike[rows, said]
    unlike[rows, said] = np.inf
    shares = its / unlike.min(axis=1)
    wrong = set(np.flatnonzero(shares > OTHER).tolist())
    wrong |= _unequal(list(seen), parts) & set(np.flatnonzero(shares > UNSURE).tolist())
    lying = {look[0] for row, (look, pixels) in enumerate(seen.items()) if row in wrong and not _is_cut(pixels)}
    told = {name for name, _, wide, tall in seen if wide > CONDENSED * tall}
    return (lying & told) | {name for (name, *_), pixels in seen.items() if _is_several(pixels)}


def _unequal(looks: Sequence[Look], parts: Array) -> set[int]:
    """Which looks are unlike another one of the same digit of the same font."""
    if len({look[:2] for look in looks}) == len(looks):
        return set()
    alike = parts @ parts.T
    pairs = zip(*np.nonzero(alike < SAME), strict=True)
    return {int(row) for row, other in pairs if looks[row][:2] == looks[other][:2]}


def _is_several(pixels: Pixels) -> bool:
    """Tell whether what is drawn for a digit is wide and stands in several parts side by side, as two digits do."""
    tall, wide = pixels.shape
    return wide > tall and b"\0" in (pixels >= INK).any(axis=0).tobytes().strip(b"\0")


def without_false_letters(chars: Sequence[Char], lying: Collection[str]) -> list[Char]:
    """The letters of a page, the digits of fonts that lie as signs without letters."""
    return [
        {**char, "text": NO_LETTER} if char["fontname"] in lying and char["text"].isdecimal() else char
        for char in chars
    ]


def _in_figures(chars: Sequence[Char]) -> Iterator[Char]:
    """The digits of figures that stand apart from other letters, as in a table."""
    are_signs = bytes(map(SIGNS.__contains__, map(_TEXT, chars)))
    for start, end in (run.span() for run in _RUN.finditer(are_signs)):
        while start < end and start and not _are_apart(chars[start - 1], chars[start]):
            start += 1
        while start < end < len(chars) and not _are_apart(chars[end - 1], chars[end]):
            end -= 1
        yield from (char for char in chars[start:end] if char["text"] in DIGITS)


def _are_apart(left: Char, right: Char) -> bool:
    """Tell whether white space stands between two letters, or one of them is none."""
    return bool(abs(right["x0"] - left["x1"]) > APART * left["size"] or left["text"] == " " or right["text"] == " ")


def _look(char: Char) -> Look:
    x0, top, x1, bottom = char["ink"]
    size = 1000 / (char["size"] or 1)
    return char["fontname"], char["text"], round((x1 - x0) * size), round((bottom - top) * size)


def _alone(char: Char, draw: Callable[[int, float], int | None], matrix: Matrix, matrices: Matrices) -> Pixels:
    """A letter as it is seen, cut out of the picture of the text that it is drawn with; ``matrices`` lead from the
    spaces of the objects of a page to places, ``matrix`` does so from the page's own."""
    drawn, ink = char["object"], char["ink"]
    own = bounds_of(drawn)
    place = boxed(matrix, *own)
    if not _is_around(place, ink):  # it stands in a form
        matrix = matrices().get(drawn, matrix)
        place = boxed(matrix, *own)
    left, top, right, bottom = place
    if not (_is_around(place, ink) and 0 < right - left < LONGEST * (bottom - top)):
        return np.zeros((1, 1), np.uint8)
    scale = TALL / (bottom - top)
    pixels = _upright(_picture(draw(drawn, scale * math.hypot(*matrix[:2]))), matrix)
    if _is_around(ink, place):
        return pixels
    x0, y0, x1, y1 = (
        max(0, round(edge * scale)) for edge in (ink[0] - left, ink[1] - top, ink[2] - left, ink[3] - top)
    )
    return _without_slivers(pixels[y0:y1, x0:x1])


def _is_around(outer: Box, inner: Box) -> bool:
    return (
        outer[0] < inner[0] + SPARE
        and outer[1] < inner[1] + SPARE
        and outer[2] > inner[2] - SPARE
        and outer[3] > inner[3] - SPARE
    )


def _picture(bitmap: int | None) -> Pixels:
    """How much each pixel of a bitmap is filled; the bitmap is given back to PDFium."""
    if not bitmap:
        return np.zeros((1, 1), np.uint8)
    tall, wide, stride = _height(bitmap), _width(bitmap), _stride(bitmap)
    pixels = np.frombuffer(ctypes.string_at(_buffer(bitmap), tall * stride), np.uint8).reshape(tall, stride)
    _destroy(bitmap)
    return pixels[:, 3 : 4 * wide : 4]


def _upright(pixels: Pixels, matrix: Matrix) -> Pixels:
    """A picture drawn in a space, as it is seen where a matrix leads from there: turned by quarters, or mirrored."""
    a, b, c, d, _, _ = matrix
    if abs(a) >= abs(b):
        return pixels[:: -1 if d > 0 else 1, :: -1 if a < 0 else 1]
    return pixels.T[:: -1 if b < 0 else 1, :: -1 if c > 0 else 1]


def _without_slivers(pixels: Pixels) -> Pixels:
    """A picture without parts set apart that are less than half as wide as the widest: letters beside reach in."""
    columns = (pixels >= INK).any(axis=0).tobytes()
    widest = max(map(len, columns.split(b"\0")))
    kept = b"\0".join(part if 2 * len(part) >= widest else bytes(len(part)) for part in columns.split(b"\0"))
    return pixels * np.frombuffer(kept, np.uint8)


def _is_cut(pixels: Pixels) -> bool:
    """Tell whether a digit does not fill its box at one side, as where it is clipped."""
    (rows,), (columns,) = (np.nonzero((pixels >= INK).any(axis=axis)) for axis in (1, 0))
    tall, wide = pixels.shape
    gaps = [int(gap) for gap in (rows[0], columns[0], tall - 1 - rows[-1], wide - 1 - columns[-1])]
    return sum(gap >= EDGE for gap in gaps) == 1


@cache
def _standard() -> Array:
    """The digits of the fonts that PDFium holds: of each digit those of all fonts."""
    with pypdfium2.PdfDocument.new() as pdf:
        return _parts([_written(pdf, font, digit) for digit, font in product(sorted(DIGITS), STANDARD)])


def _written(pdf: pypdfium2.PdfDocument, font: str, digit: str) -> Pixels:
    text = pdfium.FPDFPageObj_NewTextObj(pdf.raw, font.encode(), TALL / 0.7)
    pdfium.FPDFText_SetText(text, (ctypes.c_ushort * 2)(ord(digit), 0))
    pixels = _picture(_drawn(address_of(pdf.raw), None, address_of(text), 1.0))
    pdfium.FPDFPageObj_Destroy(text)
    return pixels


def _parts(pictures: Sequence[Pixels]) -> Array:
    """Pictures of digits as rows of numbers, each of length one: how much each part of the digit is filled."""
    tall, wide = (max(lengths) for lengths in zip(*(picture.shape for picture in pictures), strict=True))
    stack = np.zeros((len(pictures), tall, wide + 2), np.uint8)  # an empty column on either side
    for row, picture in zip(stack, pictures, strict=True):
        row[: picture.shape[0], 1 : picture.shape[1] + 1] = picture
    ink = stack >= INK
    (top, bottom), (left, right) = (_ends(np.asarray(ink.any(axis=axis))) for axis in (2, 1))
    room = np.maximum(0, NARROW * (bottom - top) - (right - left))
    ys = (top + (bottom - top) * _steps(DOWN)).astype(int).T
    xs = np.floor(left - room / 2 + (right - left + room) * _steps(ACROSS)).clip(0, wide + 1).astype(int).T
    seen = stack[np.arange(len(stack))[:, None, None], ys[:, :, None], xs[:, None, :]].astype(float)
    rows = seen[:, ::2] + seen[:, 1::2]
    parts = (rows[:, :, ::2] + rows[:, :, 1::2]).reshape(len(stack), -1)
    return np.asarray(parts / np.linalg.norm(parts, axis=1, keepdims=True))


def _ends(marked: Array) -> tuple[Array, Array]:
    """Where the first mark of each row begins and its last one ends."""
    return marked.argmax(axis=1), marked.shape[1] - marked[:, ::-1].argmax(axis=1)


def _steps(parts: int) -> Array:
    """The middles of the pixels that are looked at in so many parts, as shares of the whole, in a column."""
    return ((np.arange(2 * parts) + 0.5) / (2 * parts))[:, None]
