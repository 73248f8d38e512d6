"""Figures in cells of a PDF that no letter explains: read from the picture with the doubt ocr, or open."""

from __future__ import annotations

import io

import pytest
from drawn import draw, put, ruled
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from govinfo.document import PICTURE, Cell
from govinfo.errors import MissingSoftware
from govinfo.readers import read_document
from govinfo.text import figure


def picture_of(text: str) -> ImageReader:
    """A picture of a text, black on white."""
    image = Image.new("RGB", (40 * len(text), 60), "white")
    ImageDraw.Draw(image).text((10, 4), text, "black", font=ImageFont.load_default(46))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    buffer.seek(0)
    return ImageReader(buffer)


def with_picture(text: str) -> bytes:
    """A table of two rows whose second figure is a picture."""

    def page(canvas: Canvas) -> None:
        ruled(canvas, [60, 200, 340], [100, 130, 160], [["受理", "4119"], ["办结", ""]])
        put(canvas, 60, 60, "2021")
        canvas.drawImage(picture_of(text), 205, canvas._pagesize[1] - 156, width=6 * len(text), height=11)

    return draw(page)


def second_figure(data: bytes) -> Cell:
    (grid,) = read_document(data, "a.pdf").grids()
    return next(cell for cell in grid.cells if (cell.row, cell.col) == (1, 1))


@pytest.mark.parametrize("text", ["4120", "7", "38"])
def test_a_picture_of_a_figure_is_read_with_a_doubt(text: str) -> None:
    pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
    cell = second_figure(with_picture(text))
    if cell.text == PICTURE:  # recognition may not be sure of it
        assert figure(cell.text).kind == "unreadable"
    else:
        assert (cell.text, cell.doubts) == (text, ("ocr",))


@pytest.mark.parametrize("text", ["xk", "Seal"])
def test_a_picture_of_anything_else_leaves_the_cell_open(text: str) -> None:
    cell = second_figure(with_picture(text))
    assert figure(cell.text).kind == "unreadable"


def test_without_the_software_the_cell_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object) -> None:
        raise MissingSoftware("not installed")

    monkeypatch.setattr("govinfo.readers.pdf_pictures.figures_in", missing)
    cell = second_figure(with_picture("4120"))
    assert cell.text == PICTURE
    assert "picture" in cell.doubts


def test_a_picture_that_draws_a_digit_beside_one_it_lies_over_is_in_doubt() -> None:
    image = Image.new("RGBA", (120, 60), (0, 0, 0, 0))
    ImageDraw.Draw(image).text((4, 4), "9", "black", font=ImageFont.load_default(46))

    def page(canvas: Canvas) -> None:
        ruled(canvas, [60, 200, 340], [100, 130, 160], [["受理", "4119"], ["办结", ""]])
        put(canvas, 60, 60, "2021")
        put(canvas, 214, 136, "38")
        canvas.drawImage(ImageReader(image), 204, canvas._pagesize[1] - 156, width=40, height=20, mask="auto")

    cell = second_figure(draw(page))
    assert "picture" in cell.doubts
