"""Pictures of pages -> Document: images and PDF files without text, by optical character recognition.

The rulings of a page give its tables; each cell is then read by itself. Where the recogniser is not sure of a figure
a question mark follows it, so that nobody takes it for one: no figure is better than a wrong one.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from govinfo.document import UNSURE, Document
from govinfo.errors import FileUnreadable, MissingSoftware, NothingToRead
from govinfo.files.apart import getting_on
from govinfo.readers.ocr_page import (
    DPI,
    FLAT,
    POINT,
    WHITE,
    Area,
    Picture,
    crop,
    evened,
    marks,
    rulings,
    straightened,
    texts_of_cell,
    texts_outside,
)
from govinfo.readers.pdf import blocks_of
from govinfo.readers.pdf_ruled import RuledCell, RuledTable, ruled_tables
from govinfo.readers.pdf_sheets import on_page
from govinfo.readers.pdf_text import Char, Line, lines_of, without_margins
from govinfo.readers.pdfium import Matrix, back_turned, scaling
from govinfo.text import is_figure

WIDTH, HEIGHT = 595, 842
"""A4 in points."""
DETECTION_DPI = 120
"""Enough to find text; more only takes time."""
NARROW = 96
"""Pixels: the recogniser widens narrower pictures to this; wide enough for a figure."""
SURE = 0.9
"""A figure read with less confidence than this is marked."""
LEGIBLE = 0.5
"""What is read outside tables with less confidence than this is no text."""

UPRIGHT, WIDEST = 0.85, 8
"""A page whose widest texts, so many, are less sure than this may lie on its side or upside down."""

MOST_PAGES = 200
"""Pages of a file that are recognised; each takes up to some seconds, and no annual report has so many."""

Given = np.ndarray[Any, Any] | Image.Image | bytes
Reading = tuple[Area, str, float]
"""A place, the text read there, and how sure it is, from 0 to 1."""


def read_image(data: bytes, size: float = 1) -> Document:
    """Read an image file: PNG, JPEG, TIFF (all its pages), BMP, WEBP or GIF. Boxes of cells are in pixels.

    ``size`` other than 1 takes the picture through that size first, for a second recognition that sees other pixels.

    Raises ``FileUnreadable`` where the bytes are no image, ``NothingToRead`` where no text was found in it, and
    ``MissingSoftware`` where the extra for recognition is not installed.
    """
    return read_pictures([data], size)


def read_scanned_pdf(data: bytes, size: float = 1) -> Document:
    """Read the pages of a PDF file as pictures. Boxes of cells are in points of the page.

    Raises as ``read_image`` does.
    """
    _engine()
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            _refuse_many(len(pdf))
            return _document(_resized(sheet, size) for sheet in _rendered(pdf))
    except pypdfium2.PdfiumError as error:
        raise FileUnreadable(
            "The PDF is broken or asks for a password.",
            hint="Open it in a PDF viewer and save a copy without password.",
        ) from error


def read_pictures(pages: Sequence[Given], size: float = 1) -> Document:
    """Read pictures of pages, in order: arrays (grey, RGB or RGBA), PIL images or the bytes of image files.

    Boxes of cells are in pixels of the picture, from its top left. Raises as ``read_image`` does.
    """
    _engine()
    return _document(_resized(_standard(picture), size) for page in pages for picture in _pictures(page))


def figures_in(pictures: Sequence[Picture]) -> list[str]:
    """The figure that each picture of one line shows; "" where recognition is not sure that it is one.

    Raises ``MissingSoftware`` where the extra for recognition is not installed.
    """
    _engine()
    getting_on(slow=True)
    return [
        text if score >= SURE and _has_digit(text) and is_figure(text) else "" for text, score in _recognised(pictures)
    ]


# Pages


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A grey picture of a page at ``DPI``, its width taken as A4's, and the matrix ``back`` to places on the page."""

    picture: Picture
    back: Matrix


@dataclass(frozen=True, slots=True)
class _Page:
    """What was read on a page: the ruled tables, and the lines outside them; in points. ``back`` as of its sheet,
    ``sure`` how sure its widest texts are."""

    height: float
    lines: list[Line]
    tables: list[RuledTable]
    back: Matrix
    sure: float


def _pictures(page: Given) -> Iterator[Image.Image]:
    if isinstance(page, np.ndarray):
        yield Image.fromarray(page)
    elif isinstance(page, Image.Image):
        yield page
    else:
        try:
            with Image.open(io.BytesIO(page)) as image:
                _refuse_many(getattr(image, "n_frames", 1) if image.format == "TIFF" else 1)
                yield from (ImageOps.exif_transpose(frame.copy()) for frame in _frames(image))
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise FileUnreadable(
                "The bytes are no image, or the image is broken.", hint="Open it in a viewer and save it as PNG."
            ) from error


def _refuse_many(pages: int) -> None:
    """Raises FileUnreadable for more pages than are recognised of a file."""
    if pages > MOST_PAGES:
        raise FileUnreadable(
            f"The file has {pages} pages that are pictures; of no more than {MOST_PAGES} is the text recognised.",
            hint="Cut out the pages of the report, and read these.",
        )


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    """The pages of an image; of a moving one only the first picture."""
    return ImageSequence.Iterator(image) if image.format == "TIFF" else islice(ImageSequence.Iterator(image), 1)


def _standard(image: Image.Image) -> _Sheet:
    """An image as a sheet; what is transparent is white paper."""
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    points = _points_across(*image.size)
    factor = points * POINT / image.width
    size = (round(image.width * factor), max(round(image.height * factor), 1))
    grey = image.convert("L").resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
    return _Sheet(np.asarray(grey, np.uint8), scaling(image.width / points))


def _rendered(pdf: Any) -> Iterator[_Sheet]:
    for page in pdf:
        width, height = page.get_size()
        points = _points_across(width, height)
        image = page.render(scale=points * POINT / width, grayscale=True).to_pil()
        yield _Sheet(np.asarray(image.convert("L"), np.uint8), scaling(width / points))


def _resized(sheet: _Sheet, size: float) -> _Sheet:
    """A sheet whose picture went through another size: its signs are the same, their pixels others."""
    if size == 1:
        return sheet
    image = Image.fromarray(sheet.picture)
    there = image.resize((round(image.width * size), round(image.height * size)), Image.Resampling.BICUBIC)
    back = there.resize(image.size, Image.Resampling.BOX)
    return replace(sheet, picture=np.asarray(back, np.uint8))


def _points_across(width: float, height: float) -> int:
    """The width of a page, which is taken as A4: what a file says of its size is often wrong."""
    return WIDTH if height >= width else HEIGHT


def _document(sheets: Iterable[_Sheet]) -> Document:
    pages = [_read_upright(sheet, number) for number, sheet in enumerate(sheets, 1)]
    numbers, backs = range(1, len(pages) + 1), [page.back for page in pages]
    blocks = tuple(on_page(block, numbers, backs) for block in blocks_of(list(_in_order(pages))))
    if not blocks:
        raise NothingToRead("No text was found in the picture.", hint="Look for the report as a web page, DOCX or PDF.")
    return Document(blocks, "ocr")


def _in_order(pages: Sequence[_Page]) -> Iterator[Line | RuledTable]:
    """Lines and tables, page by page from top to bottom, without page numbers and running heads."""
    bodies = without_margins([page.lines for page in pages], [page.height for page in pages])
    for page, lines in zip(pages, bodies, strict=True):
        items: list[Line | RuledTable] = [*lines, *page.tables]
        yield from sorted(items, key=lambda item: item.top)


# Reading


def _read_upright(sheet: _Sheet, number: int) -> _Page:
    """What a page says, turned by quarters where it cannot be read as it lies."""
    pages: list[_Page] = []
    for _ in range(4):
        getting_on(slow=True)
        pages.append(_read_page(sheet, number))
        if pages[-1].sure >= UPRIGHT:
            break
        sheet = _Sheet(np.rot90(sheet.picture, -1).copy(), back_turned(sheet.back, sheet.picture.shape[0] / POINT))
    return max(pages, key=lambda page: page.sure)


def _read_page(sheet: _Sheet, number: int) -> _Page:
    page = straightened(evened(sheet.picture))
    ruled, rules = rulings(page)
    page = np.where(ruled, np.uint8(WHITE), page)
    ink, found = marks(page), _detected(page)
    shapes = {"line": [_shape(rule) for rule in rules], "char": [_char(mark, "") for mark in ink]}
    tables, _ = ruled_tables(shapes, number)
    cells = [_area(cell.box) for table in tables for cell in table.cells]
    frames = [_area(table.box) for table in tables]
    outside = [[area for area in areas if not any(frame.holds(area) for frame in frames)] for areas in (ink, found)]
    places = [*(texts_of_cell(cell, ink, found) for cell in cells), texts_outside(*outside)]
    read = iter(_recognised([crop(page, area) for areas in places for area in areas]))
    *in_cells, rest = [[(area, *next(read)) for area in areas] for areas in places]
    texts = iter(in_cells)
    filled = [
        replace(table, cells=tuple(_filled(cell, next(texts), number) for cell in table.cells)) for table in tables
    ]
    sure = _sureness([reading for readings in (*in_cells, rest) for reading in readings])
    return _Page(page.shape[0] / POINT, lines_of(_text_chars(rest), number), filled, sheet.back, sure)


def _sureness(read: Iterable[Reading]) -> float:
    """How sure the widest texts of a page are; they are so where there are none."""
    level = sorted((area.width, score) for area, _, score in read if not area.turned)
    return median(score for _, score in level[-WIDEST:]) if level else 1.0


def _filled(cell: RuledCell, read: Sequence[Reading], page: int) -> RuledCell:
    return cell._replace(lines=tuple(lines_of(_cell_chars(read), page)))


def _cell_chars(read: Sequence[Reading]) -> list[Char]:
    """Text in a cell; what is there but cannot be read is marked too, for the cell is not empty."""
    return [_char(area, text if _is_sure(area, text, score) else text + UNSURE) for area, text, score in read]


def _is_sure(area: Area, text: str, score: float) -> bool:
    """Tell whether a text may stand as it was read. What is flat is a dash, whatever it was taken for."""
    if area.height <= FLAT:
        return bool(text) and not _has_digit(text)
    return score >= SURE or not _is_figure(text)


def _text_chars(read: Sequence[Reading]) -> list[Char]:
    """Text outside tables, all of it at least as tall as is usual: ink alone leaves figures smaller than letters."""
    legible = [(area, text, score) for area, text, score in read if score >= LEGIBLE or _has_digit(text)]
    usual = median(area.height for area, _, _ in legible) if legible else 0.0
    return [
        _char(area.taller(usual), text + UNSURE if _has_digit(text) and not _is_sure(area, text, score) else text)
        for area, text, score in legible
    ]


def _is_figure(text: str) -> bool:
    """Tell whether a text may be taken for a figure, with or without a unit, or for a dash or blank in its place."""
    letters = sum(letter.isalpha() for letter in text)
    return not letters or (letters < 3 and _has_digit(text))


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _area(box: tuple[float, float, float, float]) -> Area:
    x0, top, x1, bottom = (edge * POINT for edge in box)
    return Area(x0, top, x1, bottom)


def _char(area: Area, text: str) -> Char:
    """A text in its place, in the way of the letters of a PDF page."""
    return {**_place(area), "text": text, "size": area.height / POINT, "fontname": ""}


def _shape(rule: Area) -> dict[str, Any]:
    """A ruling in the way of the lines of a PDF page: without thickness."""
    if rule.width > rule.height:
        middle = (rule.top + rule.bottom) / 2
        rule = Area(rule.x0, middle, rule.x1, middle)
    else:
        middle = (rule.x0 + rule.x1) / 2
        rule = Area(middle, rule.top, middle, rule.bottom)
    return {**_place(rule), "stroke": True, "color": None}


def _place(area: Area) -> dict[str, Any]:
    return {
        "x0": area.x0 / POINT,
        "top": area.top / POINT,
        "x1": area.x1 / POINT,
        "bottom": area.bottom / POINT,
    }


# The recogniser


@cache
def _engine() -> Any:
    """The recogniser with the models that come with it; asked for by name it would fetch them."""
    try:
        import cv2  # noqa: F401
        import onnxruntime  # noqa: F401
        import rapidocr
    except ImportError as error:
        raise MissingSoftware(
            "The pages are pictures; to read them needs software for character recognition.",
            hint="Install the extra: pip install 'govinfo[ocr]'",
        ) from error
    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Det.model_path": _model(models, "*_det_*.onnx"),
            "Rec.model_path": _model(models, "*_rec_*.onnx"),
            "Rec.rec_img_shape": [3, 48, NARROW],
        }
    )


def _model(models: Path, pattern: str) -> str:
    for model in models.glob(pattern):
        return str(model)
    raise MissingSoftware(
        "This version of rapidocr comes without its models.", hint="Install the extra: pip install 'govinfo[ocr]'"
    )


def _detected(page: Picture) -> list[Area]:
    """Where the page holds text."""
    factor = DETECTION_DPI / DPI
    size = (round(page.shape[1] * factor), round(page.shape[0] * factor))
    small = np.asarray(Image.fromarray(page).resize(size, Image.Resampling.BOX).convert("RGB"))
    with _memory_told():
        boxes = _engine()(small, use_det=True, use_cls=False, use_rec=False).boxes
    if boxes is None:
        return []
    corners = np.asarray(boxes) / factor
    sides = np.hstack([corners.min(axis=1), corners.max(axis=1)]).tolist()
    return [Area(*side) for side in sides]


def _recognised(crops: Sequence[Picture]) -> Iterator[tuple[str, float]]:
    """The text of each picture of one line, and how sure it is."""
    if not crops:
        return
    with _memory_told():
        read = _engine().recognize_txt([np.stack([cut] * 3, axis=-1) for cut in crops])
    for text, score in zip(read.txts, read.scores, strict=True):
        yield text.strip(), float(score)


@contextmanager
def _memory_told() -> Iterator[None]:
    """Where the recogniser has no memory left, it is a MemoryError like any other."""
    try:
        yield
    except Exception as error:
        if "bad_alloc" in str(error) or "allocate memory" in str(error):
            raise MemoryError from error
        raise
