"""Pictures of pages: images and scanned PDF files."""

from __future__ import annotations

import csv
import hashlib
import io
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from govinfo.document import Document, Grid
from govinfo.errors import FileUnreadable, MissingSoftware, NothingToRead
from govinfo.readers import ocr
from govinfo.readers.ocr import read_image, read_pictures, read_scanned_pdf
from govinfo.report import report_from

SHARED = Path(__file__).parents[2] / "shared"
SCAN = SHARED / "reports" / "hongze-2023-scan.pdf"
TRUTH = SHARED / "truth" / "hongze-2023.csv"
WHITE = 255


def has_extra() -> bool:
    try:
        import cv2  # noqa: F401
        import onnxruntime  # noqa: F401
        import rapidocr  # noqa: F401
    except ImportError:
        return False
    return True


needs_extra = pytest.mark.skipif(not has_extra(), reason="the extra for character recognition is not installed")

Edges = Sequence[int]
COLUMNS = (150, 500, 700, 900, 1100)


def sheet() -> Image.Image:
    """An empty page of A4 at 150 dpi."""
    return Image.new("L", (1240, 1754), WHITE)


def write(page: Image.Image, at: tuple[float, float], text: str, size: int = 28) -> None:
    ImageDraw.Draw(page).text(at, text, fill=0, font=ImageFont.load_default(size), anchor="mm")


def draw_table(page: Image.Image, rows: Sequence[Sequence[str]], top: int, columns: Edges = COLUMNS) -> None:
    """A ruled table; a text of None goes on from the cell to its left."""
    draw = ImageDraw.Draw(page)
    height = 60
    bottom = top + height * len(rows)
    for number in range(len(rows) + 1):
        draw.line((columns[0], top + number * height, columns[-1], top + number * height), fill=0, width=3)
    for col, x in enumerate(columns):
        for number, row in enumerate(rows):
            if col >= len(row) or row[col] != "<":
                draw.line((x, top + number * height, x, top + (number + 1) * height), fill=0, width=3)
    assert bottom < page.height
    for number, row in enumerate(rows):
        for col, text in enumerate(row):
            if text != "<":
                wide = 1 + next((step for step, after in enumerate((*row[col + 1 :], "")) if after != "<"), 0)
                write(page, ((columns[col] + columns[col + wide]) / 2, top + (number + 0.5) * height), text)


TABLE = [
    ["Cases of the year", "<", "<", "<"],
    ["Received", "120", "", "0"],
    ["Granted", "7", "1", "-"],
    ["Fees", "7730.28", "0", "15"],
]


def bytes_of(page: Image.Image, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, kind)
    return buffer.getvalue()


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


AS_PRINTED = [[text for text in row if text != "<"] for row in TABLE]


@needs_extra
def test_ruled_table_is_read_cell_by_cell() -> None:
    page = sheet()
    write(page, (600, 120), "Report on the year 2023", 36)
    draw_table(page, TABLE, 200)
    document = read_image(bytes_of(page))
    assert document.reader == "ocr"
    assert [paragraph.text for paragraph in document.paragraphs()] == ["Report on the year 2023"]
    (grid,) = document.grids()
    assert grid.placed
    assert texts(grid) == AS_PRINTED
    head, *_ = grid.cells
    assert (head.row, head.col, head.rowspan, head.colspan, head.page) == (0, 0, 1, 4, 1)


@needs_extra
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_on_its_side_or_upside_down_is_turned_and_its_boxes_turned_back(quarters: int) -> None:
    page = sheet()
    for line, text in enumerate(["Report on the year 2023", "of the people's government", "on open information"]):
        write(page, (600, 120 + 60 * line), text, 36)
    draw_table(page, TABLE, 320)
    (upright,) = read_image(bytes_of(page)).grids()
    (turned,) = read_image(bytes_of(page.rotate(90 * quarters, expand=True))).grids()
    assert texts(turned) == texts(upright) == AS_PRINTED
    here, there = (next(cell.box for cell in grid.cells if cell.text == "7730.28") for grid in (upright, turned))
    assert here
    assert there
    x, y = (here[0] + here[2]) / 2, (here[1] + here[3]) / 2
    where = {1: (y, 1240 - x), 2: (1240 - x, 1754 - y), 3: (1754 - y, x)}[quarters]
    assert ((there[0] + there[2]) / 2, (there[1] + there[3]) / 2) == pytest.approx(where, abs=6)


@needs_extra
def test_boxes_of_an_image_are_in_its_pixels() -> None:
    page = sheet()
    draw_table(page, TABLE, 200)
    (grid,) = read_pictures([page]).grids()
    assert grid.cells[0].box == pytest.approx((150, 200, 1100, 260), abs=6)


@needs_extra
@pytest.mark.parametrize("angle", [-3, -1, 2.5])
def test_turned_page_is_straightened(angle: float) -> None:
    page = sheet()
    draw_table(page, TABLE, 400)
    (grid,) = read_pictures([page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=WHITE)]).grids()
    assert texts(grid) == AS_PRINTED


@needs_extra
@pytest.mark.parametrize("kind", ["JPEG", "BMP", "WEBP", "GIF"])
def test_every_kind_of_image_is_read(kind: str) -> None:
    page = sheet()
    draw_table(page, TABLE[:2], 200)
    (grid,) = read_image(bytes_of(page, kind)).grids()
    assert texts(grid) == AS_PRINTED[:2]


@needs_extra
def test_transparent_paper_is_white() -> None:
    page = sheet()
    draw_table(page, TABLE[:2], 200)
    clear = Image.new("RGBA", page.size, (0, 0, 0, 0))
    clear.putalpha(Image.eval(page, lambda value: WHITE - value))
    (grid,) = read_image(bytes_of(clear)).grids()
    assert texts(grid) == AS_PRINTED[:2]


@needs_extra
def test_table_over_two_pages_is_one_grid() -> None:
    pages = [sheet(), sheet()]
    draw_table(pages[0], TABLE[:2], 1500)
    draw_table(pages[1], TABLE[2:], 100)
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:])
    (grid,) = read_image(buffer.getvalue()).grids()
    assert texts(grid) == AS_PRINTED
    assert [row[0].page for row in grid.rows()] == [1, 1, 2, 2]


@needs_extra
def test_table_without_rulings_has_the_figures_in_their_columns() -> None:
    page = sheet()
    rows = [["Received", "120", "0", "120"], ["Granted", "7", "1", "8"], ["Refused", "0", "0", "0"]]
    for number, row in enumerate(rows):
        for col, text in enumerate(row):
            write(page, (300 + 200 * col, 300 + 60 * number), text)
    (grid,) = read_pictures([np.asarray(page)]).grids()
    assert texts(grid) == rows


@needs_extra
def test_figures_of_one_cell_stay_apart() -> None:
    page = sheet()
    draw_table(page, [["Received", "", "5", "<"]], 200)
    write(page, (570, 230), "1")
    write(page, (630, 230), "0")
    (grid,) = read_pictures([page]).grids()
    assert texts(grid) == [["Received", "1 0", "5"]]


@needs_extra
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    page = sheet()
    write(page, (400, 400), "Report 2023")
    ocr._engine.cache_clear()
    assert "2023" in read_pictures([page]).paragraphs()[0].text


@needs_extra
def test_empty_page_holds_nothing() -> None:
    with pytest.raises(NothingToRead):
        read_pictures([sheet()])


@needs_extra
@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n broken", bytes_of(Image.new("L", (900, 900), 9))[:150]])
def test_broken_image_is_unreadable(data: bytes) -> None:
    with pytest.raises(FileUnreadable, match="no image"):
        read_image(data)


@needs_extra
def test_broken_pdf_is_unreadable() -> None:
    with pytest.raises(FileUnreadable, match="PDF is broken"):
        read_scanned_pdf(b"%PDF-1.7 broken")


@pytest.mark.parametrize("missing", ["rapidocr", "cv2", "onnxruntime"])
def test_without_the_extra_the_error_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    ocr._engine.cache_clear()
    with pytest.raises(MissingSoftware) as caught:
        read_image(bytes_of(sheet()))
    assert "pip install 'govinfo[ocr]'" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "score", "marked"),
    [
        ("10", 0.5, "10?"),
        ("10", 0.99, "10"),
        ("5件", 0.5, "5件?"),
        ("-", 0.5, "-?"),
        ("", 0.0, "?"),
        ("1.属于国家秘密", 0.5, "1.属于国家秘密"),
    ],
)
def test_a_figure_that_is_not_sure_is_marked(text: str, score: float, marked: str) -> None:
    (char,) = ocr._cell_chars([(ocr.Area(0, 0, 20, 20), text, score)])
    assert char["text"] == marked


@pytest.mark.parametrize(
    ("text", "score", "kept"),
    [("10", 0.6, ["10?"]), ("10", 0.3, ["10?"]), ("情况", 0.6, ["情况"]), ("，", 0.6, ["，"]), ("况", 0.3, [])],
)
def test_text_outside_tables_is_left_out_unless_legible(text: str, score: float, kept: list[str]) -> None:
    assert [char["text"] for char in ocr._text_chars([(ocr.Area(0, 0, 20, 20), text, score)])] == kept


def test_ink_that_detection_missed_is_read_beside_what_it_found() -> None:
    one, nought, below = (ocr.Area(x, top, x + 10, top + 20) for x, top in ((40, 10), (54, 10), (40, 50)))
    places = ocr.texts_of_cell(ocr.Area(0, 0, 100, 100), [one, nought, below], [one, below])
    assert sorted((place.x0, place.top) for place in places) == [(40, 10), (40, 50), (54, 10)]


def test_a_dash_taken_for_a_figure_is_marked() -> None:
    (char,) = ocr._cell_chars([(ocr.Area(0, 0, 20, 4), "1", 0.99)])
    assert char["text"] == "1?"


# The scanned report


@pytest.fixture(scope="module")
def scan() -> Document:
    if not has_extra():
        pytest.skip("the extra for character recognition is not installed")
    if not SCAN.exists() or not TRUTH.exists():
        pytest.skip("the shared sample reports are not here")
    return read_scanned_pdf(SCAN.read_bytes())


def test_scan_gives_the_figures_of_the_report(scan: Document) -> None:
    cells = report_from(scan, SCAN.name, hashlib.sha256(SCAN.read_bytes()).hexdigest()).cells
    read = {(cell.table, cell.row, cell.column): cell.value for cell in cells.itertuples()}
    with TRUTH.open(encoding="utf-8-sig", newline="") as file:
        truth = {(line["table"], line["row"], line["column"]): line["value"] for line in csv.DictReader(file)}
    assert {place: read.get(place) for place in truth} == {place: float(value) for place, value in truth.items()}


def test_scan_has_its_tables_whole(scan: Document) -> None:
    assert [len({cell.page for cell in grid.cells}) for grid in scan.grids()] == [2, 2, 1]
    assert [max(cell.col + cell.colspan for cell in grid.cells) for grid in scan.grids()] == [4, 10, 15]


def test_boxes_of_a_pdf_are_in_points_of_its_page(scan: Document) -> None:
    last = scan.grids()[-1].cells[-1]
    assert last.box == pytest.approx((485, 446, 515, 473), abs=3)


def test_poor_copy_of_a_page_gives_the_same_figures(scan: Document) -> None:
    import pypdfium2

    chance = np.random.default_rng(1)
    with pypdfium2.PdfDocument(SCAN) as pdf:
        page = (
            pdf[2].render(scale=150 / 72, grayscale=True).to_pil().rotate(-2.5, Image.Resampling.BICUBIC, fillcolor=250)
        )
    noisy = np.asarray(page, float) + chance.normal(0, 15, (page.height, page.width))
    buffer = io.BytesIO()
    Image.fromarray(np.clip(noisy, 0, WHITE).astype(np.uint8)).save(buffer, "JPEG", quality=40)
    poor = read_image(buffer.getvalue())
    whole = [cell.text for grid in scan.grids() for cell in grid.cells if cell.page == 3 and cell.text.isdecimal()]
    assert [cell.text for grid in poor.grids() for cell in grid.cells if cell.text.isdecimal()] == whole


@needs_extra
def test_a_file_of_very_many_pictures_is_refused_before_any_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_read_page", lambda *_: pytest.fail("a page was recognised"))
    tiff, pdf = io.BytesIO(), io.BytesIO()
    one = Image.new("1", (16, 16))
    many = [one] * ocr.MOST_PAGES
    one.save(tiff, "TIFF", save_all=True, append_images=many)
    one.save(pdf, "PDF", save_all=True, append_images=many)
    for read, data in ((read_image, tiff.getvalue()), (read_scanned_pdf, pdf.getvalue())):
        with pytest.raises(FileUnreadable, match="201 pages that are pictures"):
            read(data)
