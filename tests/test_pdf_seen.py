"""What a person sees on a page of a PDF and what not: one small page for each way to hide or mark a figure."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from drawn import HEIGHT, WIDTH, draw, put, rule, ruled

from govinfo.document import PICTURE, Cell, Paragraph
from govinfo.errors import NothingToRead
from govinfo.readers.pdf import read_pdf
from govinfo.readers.pdf_text import NO_LETTER
from govinfo.report import report_of

XS, YS = [60.0, 200.0, 340.0, 480.0], [100.0, 130.0, 160.0, 190.0]
LABELS = ["行政许可", "行政处罚", "行政强制"]
LEFT, TOP = XS[1] + 4, YS[1] + 4
Paint = Callable[[Any], None]


def table(canvas: Any, figure: str = "4119") -> None:
    """Three rows of two figures; the first of the second row is the one in question."""
    put(canvas, 60, 60, "二、主动公开政府信息情况", 14)
    ruled(canvas, XS, YS, [[label, "12" if row != 1 else figure, "7"] for row, label in enumerate(LABELS)])


def page(paint: Paint, figure: str = "4119", before: bool = False) -> bytes:
    def both(canvas: Any) -> None:
        for step in (paint, lambda its: table(its, figure)) if before else (lambda its: table(its, figure), paint):
            canvas.saveState()
            step(canvas)
            canvas.restoreState()

    return draw(both)


def in_question(data: bytes) -> Cell:
    """The cell in question; all others stay as they are."""
    (grid,) = read_pdf(data).grids()
    rows = [list(row) for row in grid.rows()]
    assert [row[0].text for row in rows] == LABELS
    assert [[cell.text for cell in rows[row][1:]] for row in (0, 2)] == [["12", "7"], ["12", "7"]]
    assert rows[1][2].text == "7"
    assert not any(cell.doubts for row in rows for cell in row if cell is not rows[1][1])
    return rows[1][1]


def digit(canvas: Any, x: float = LEFT - 7, text: str = "9", size: float = 12, top: float = TOP) -> None:
    put(canvas, x, top, text, size)


def white(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    digit(canvas)


def nearly_white(canvas: Any) -> None:
    canvas.setFillColorRGB(0.985, 0.985, 0.98)
    digit(canvas)


def white_on_figure(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    digit(canvas, LEFT + 3)


def transparent(canvas: Any) -> None:
    canvas.setFillAlpha(0)
    digit(canvas)


def without_paint(canvas: Any) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(LEFT - 7, HEIGHT - TOP - 12, "9", mode=3)


def without_paint_on_figure(canvas: Any) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(LEFT + 2, HEIGHT - TOP - 13, "88", mode=3)


def without_paint_on_rule(canvas: Any) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(XS[1] - 2, HEIGHT - TOP - 12, "9", mode=3)


def clipped(canvas: Any) -> None:
    path = canvas.beginPath()
    path.rect(300, 300, 20, 20)
    canvas.clipPath(path, stroke=0, fill=0)
    digit(canvas)


def clipped_on_figure(canvas: Any) -> None:
    path = canvas.beginPath()
    path.rect(300, 300, 20, 20)
    canvas.clipPath(path, stroke=0, fill=0)
    digit(canvas, LEFT + 4)


def painted_over(canvas: Any) -> None:
    digit(canvas, LEFT + 40)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(LEFT + 39, HEIGHT - TOP - 15, 12, 16, stroke=0, fill=1)


def painted_over_by_picture(canvas: Any) -> None:
    image = pytest.importorskip("PIL.Image")
    utils = pytest.importorskip("reportlab.lib.utils")
    digit(canvas, LEFT + 40)
    canvas.drawImage(utils.ImageReader(image.new("RGB", (30, 30), "white")), LEFT + 39, HEIGHT - TOP - 15, 12, 16)


@pytest.mark.parametrize(
    "hide",
    [
        white,
        nearly_white,
        white_on_figure,
        transparent,
        without_paint,
        without_paint_on_figure,
        without_paint_on_rule,
        clipped,
        clipped_on_figure,
        painted_over,
    ],
)
def test_a_digit_that_nobody_sees_is_left_out_and_said(hide: Paint) -> None:
    cell = in_question(page(hide))
    assert (cell.text, cell.doubts) == ("4119", ("hidden",))


def test_a_digit_under_a_white_picture_is_left_out() -> None:
    assert "hidden" in in_question(page(painted_over_by_picture)).doubts


def test_white_digits_on_dark_ground_are_seen() -> None:
    def dark(canvas: Any) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.5)
        canvas.rect(XS[1], HEIGHT - YS[2], 140, 30, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        put(canvas, LEFT, TOP, "4119")

    cell = in_question(page(dark, figure=""))
    assert (cell.text, cell.doubts) == ("4119", ())


@pytest.mark.parametrize("shade", [0.4, 0.6])
def test_figures_in_grey_or_in_colour_are_seen(shade: float) -> None:
    def grey(canvas: Any) -> None:
        canvas.setFillColorRGB(shade, shade, 1)
        put(canvas, LEFT, TOP, "4119")

    cell = in_question(page(grey, figure=""))
    assert (cell.text, cell.doubts) == ("4119", ())


def test_a_figure_on_a_shaded_row_is_plain() -> None:
    def shade(canvas: Any) -> None:
        canvas.setFillColorRGB(0.85, 0.9, 1)
        canvas.rect(XS[0], HEIGHT - YS[2], 420, 30, stroke=0, fill=1)

    cell = in_question(page(shade, before=True))
    assert (cell.text, cell.doubts) == ("4119", ())


def slanted(canvas: Any) -> None:
    canvas.setFillColorRGB(0.8, 0.8, 0.8)
    canvas.setFont("Helvetica", 40)
    canvas.translate(220, HEIGHT - 180)
    canvas.rotate(35)
    canvas.drawString(0, 0, "2024 118")


def large(canvas: Any) -> None:
    canvas.setFillColorRGB(0.85, 0.85, 0.85)
    canvas.setFont("Helvetica", 60)
    canvas.drawString(190, HEIGHT - 175, "2024")


def tiled(canvas: Any) -> None:
    canvas.setFillColorRGB(0.85, 0.85, 0.85)
    canvas.setFont("Helvetica", 12)
    for x in (LEFT + 8, LEFT + 60):
        canvas.drawString(x, HEIGHT - TOP - 16, "88")


@pytest.mark.parametrize("mark", [slanted, large, tiled])
@pytest.mark.parametrize("before", [True, False])
def test_a_watermark_is_no_text_of_the_table(mark: Paint, before: bool) -> None:
    (grid,) = read_pdf(page(mark, before=before)).grids()
    rows = [[cell.text for cell in row] for row in grid.rows()]
    assert rows == [[LABELS[0], "12", "7"], [LABELS[1], "4119", "7"], [LABELS[2], "12", "7"]]


@pytest.mark.parametrize(("dx", "dy"), [(0, 0), (0.4, 0), (1.6, 0), (0.6, 0.6), (0.3, -0.3)])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("text", ["4119", "7730.28", "11"])
def test_a_figure_drawn_again_is_one_figure(dx: float, dy: float, times: int, text: str) -> None:
    def again(canvas: Any) -> None:
        for step in range(1, times + 1):
            put(canvas, LEFT + step * dx / times, TOP + step * dy / times, text)

    cell = in_question(page(again, figure=text))
    assert (cell.text, cell.doubts) == (text, ())


@pytest.mark.parametrize(("size", "lift"), [(7, 5), (7, 0), (6, 7), (12, 4), (7, -2)])
@pytest.mark.parametrize("note", ["1", "12"])
def test_a_raised_or_small_digit_behind_a_figure_is_a_note(size: float, lift: float, note: str) -> None:
    def noted(canvas: Any) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawString(LEFT + 27, HEIGHT - TOP - 12 + lift, note)

    cell = in_question(page(noted))
    raised = {"1": "4119¹", "12": "4119¹²"}
    assert cell.text == raised[note]


def test_a_figure_in_smaller_letters_than_its_label_is_a_figure() -> None:
    def small(canvas: Any) -> None:
        put(canvas, LEFT, TOP, "4119", 8)

    cell = in_question(page(small, figure=""))
    assert (cell.text, cell.doubts) == ("4119", ())


def level(canvas: Any) -> None:
    canvas.setLineWidth(0.7)
    canvas.line(LEFT + 38, HEIGHT - TOP - 8, LEFT + 68, HEIGHT - TOP - 8)


def level_rect(canvas: Any) -> None:
    canvas.rect(LEFT + 39, HEIGHT - TOP - 8, 28, 0.8, stroke=0, fill=1)


def double(canvas: Any) -> None:
    canvas.setLineWidth(0.5)
    for down in (7, 9):
        canvas.line(LEFT + 38, HEIGHT - TOP - down, LEFT + 68, HEIGHT - TOP - down)


def slash(canvas: Any) -> None:
    canvas.line(LEFT + 38, HEIGHT - TOP - 13, LEFT + 68, HEIGHT - TOP - 3)


def wave(canvas: Any) -> None:
    path = canvas.beginPath()
    path.moveTo(LEFT + 39, HEIGHT - TOP - 8)
    for step in range(4):
        x = LEFT + 39 + 7 * step
        path.curveTo(x + 2, HEIGHT - TOP - 5, x + 5, HEIGHT - TOP - 11, x + 7, HEIGHT - TOP - 8)
    canvas.drawPath(path)


@pytest.mark.parametrize("stroke", [level, level_rect, double, slash, wave])
def test_a_figure_struck_through_is_not_the_figure(stroke: Paint) -> None:
    def corrected(canvas: Any) -> None:
        put(canvas, LEFT + 40, TOP, "4126")
        stroke(canvas)

    cell = in_question(page(corrected))
    assert (cell.text, cell.doubts) == ("4119", ("struck-out",))


@pytest.mark.parametrize("down", [13.2, 14.5])
def test_an_underlined_figure_is_plain(down: float) -> None:
    def under(canvas: Any) -> None:
        rule(canvas, LEFT, TOP + down, LEFT + 27, TOP + down)

    cell = in_question(page(under))
    assert (cell.text, cell.doubts) == ("4119", ())


def drawn_figure(size: tuple[int, int] = (60, 24)) -> Any:
    image = pytest.importorskip("PIL.Image").new("L", size, 255)
    pytest.importorskip("PIL.ImageDraw").Draw(image).text((4, 4), "4119", fill=0)
    return pytest.importorskip("reportlab.lib.utils").ImageReader(image)


@pytest.mark.parametrize(("wide", "tall"), [(40, 16), (60, 24), (20, 8)])
def test_a_picture_in_a_cell_is_not_blank(wide: float, tall: float) -> None:
    def pictured(canvas: Any) -> None:
        canvas.drawImage(drawn_figure(), LEFT, HEIGHT - YS[1] - 3 - tall, wide, tall)

    cell = in_question(page(pictured, figure=""))
    assert (cell.text, cell.doubts) == (PICTURE, ("picture",))


def test_a_figure_drawn_as_paths_is_not_blank() -> None:
    def outlines(canvas: Any) -> None:
        for step in range(3):
            path = canvas.beginPath()
            x, y = LEFT + 7 * step, HEIGHT - TOP - 11
            path.moveTo(x, y)
            path.lineTo(x + 5, y + 8)
            path.curveTo(x + 5, y + 5, x + 3, y + 3, x + 1, y)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)

    cell = in_question(page(outlines, figure=""))
    assert (set(cell.text), cell.doubts) == ({PICTURE}, ("picture",))


def test_an_empty_picture_in_a_cell_is_blank() -> None:
    def empty(canvas: Any) -> None:
        image = pytest.importorskip("PIL.Image").new("L", (20, 10), 255)
        reader = pytest.importorskip("reportlab.lib.utils").ImageReader(image)
        canvas.drawImage(reader, LEFT, HEIGHT - TOP - 12, 20, 10)

    cell = in_question(page(empty, figure=""))
    assert (cell.text, cell.doubts) == ("", ())


def test_a_filled_field_of_a_form_is_read_with_a_doubt() -> None:
    def field(canvas: Any) -> None:
        canvas.acroForm.textfield(
            name="n", value="4119", x=LEFT, y=HEIGHT - TOP - 18, width=60, height=18, borderWidth=0, fontSize=11
        )

    cell = in_question(page(field, figure=""))
    assert (cell.text, cell.doubts) == ("4119", ("form-field",))


def test_a_link_on_a_figure_leaves_it_plain() -> None:
    def link(canvas: Any) -> None:
        canvas.linkURL("https://www.gov.cn", (LEFT, HEIGHT - TOP - 14, LEFT + 30, HEIGHT - TOP))

    cell = in_question(page(link))
    assert (cell.text, cell.doubts) == ("4119", ())


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The file with something done to each of its pages."""
    made = io.BytesIO()
    with pypdfium2.PdfDocument(data) as pdf:
        for index in range(len(pdf)):
            change(pdf[index])
        pdf.save(made)
    return made.getvalue()


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_pages_on_their_side_or_upside_down_are_turned(quarters: int) -> None:
    data = changed(page(lambda canvas: None), lambda its: its.set_rotation(90 * quarters))
    cell = in_question(data)
    assert (cell.text, cell.doubts) == ("4119", ())
    x0, top, x1, bottom = cell.box or (0, 0, 0, 0)
    middle = (XS[1] + XS[2]) / 2, (YS[1] + YS[2]) / 2
    shown = {
        1: (HEIGHT - middle[1], middle[0]),
        2: (WIDTH - middle[0], HEIGHT - middle[1]),
        3: (middle[1], WIDTH - middle[0]),
    }
    assert ((x0 + x1) / 2, (top + bottom) / 2) == pytest.approx(shown[quarters], abs=2)


def test_what_the_crop_box_cuts_off_is_not_read() -> None:
    def outside(canvas: Any) -> None:
        table(canvas)
        put(canvas, 20, TOP, "99")

    data = changed(draw(outside), lambda its: its.set_cropbox(50, 0, WIDTH, HEIGHT))
    cell = in_question(data)
    assert (cell.text, cell.doubts) == ("4119", ())
    assert cell.box
    assert cell.box[0] == pytest.approx(XS[1] - 50, abs=1)


def test_a_sheet_of_two_pages_is_parted_at_its_empty_middle() -> None:
    def sheet(canvas: Any) -> None:
        canvas.setPageSize((2 * WIDTH, HEIGHT))
        for side in (0, 1):
            canvas.saveState()
            canvas.translate(side * WIDTH, 0)
            put(canvas, 60, 40, "政府信息公开工作年度报告，本页是第一页或者第二页的文字。")
            table(canvas, "4119" if side else "26")
            canvas.restoreState()

    grids = read_pdf(draw(sheet)).grids()
    assert [[[cell.text for cell in row][1] for row in grid.rows()] for grid in grids] in (
        [["12", "26", "12"], ["12", "4119", "12"]],
        [["12", "26", "12", "12", "4119", "12"]],
    )
    last = [cell for grid in grids for cell in grid.cells if cell.text == "4119"]
    assert last[0].page == 1
    assert last[0].box
    assert last[0].box[0] == pytest.approx(WIDTH + XS[1], abs=1)


@pytest.mark.parametrize("order", [[2, 1], [4, 1, 2, 3], [1, 2, 3, 4], [2, 1, 4, 3]])
def test_pages_of_parted_sheets_are_read_in_the_order_of_their_numbers(order: list[int]) -> None:
    def sheet(canvas: Any, numbers: list[int]) -> None:
        canvas.setPageSize((2 * WIDTH, HEIGHT))
        for side, number in enumerate(numbers):
            canvas.saveState()
            canvas.translate(side * WIDTH, 0)
            put(canvas, 60, 82, TEXT)
            table(canvas, str(number))
            put(canvas, 280, HEIGHT - 40, f"- {number} -")
            canvas.restoreState()

    sheets = [order[at : at + 2] for at in range(0, len(order), 2)]
    grids = read_pdf(draw(*(lambda canvas, its=its: sheet(canvas, its) for its in sheets))).grids()
    figures = [cell for grid in grids for cell in grid.cells if cell.col == 1 and cell.text != "12"]
    assert [cell.text for cell in figures] == [str(number) for number in sorted(order)]
    assert [cell.page for cell in figures] == [1 + order.index(number) // 2 for number in sorted(order)]


TEXT = "政府信息公开工作年度报告，本页是其中一页的文字。"


def test_an_upright_sheet_of_four_pages_is_parted_row_by_row() -> None:
    def sheet(canvas: Any) -> None:
        canvas.setPageSize((2 * WIDTH, 2 * HEIGHT))
        for number in range(4):
            canvas.saveState()
            canvas.translate(number % 2 * WIDTH, (1 - number // 2) * HEIGHT)
            put(canvas, 60, 82, TEXT)
            table(canvas, str(number))
            canvas.restoreState()

    document = read_pdf(draw(sheet))
    paragraphs = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert [text.endswith(TEXT) for text in paragraphs].count(True) == 4
    cells = [cell for grid in document.grids() for row in grid.rows() for cell in row]
    figures = [cell for cell in cells if cell.text in {"0", "1", "2", "3"}]
    assert [cell.text for cell in figures] == ["0", "1", "2", "3"]
    assert all(cell.page == 1 and cell.box for cell in figures)
    assert figures[3].box
    assert figures[3].box[:2] == pytest.approx((WIDTH + XS[1], HEIGHT + YS[1]), abs=1)


def test_a_broad_table_without_rules_is_not_parted_between_its_labels_and_its_figures() -> None:
    def broad(canvas: Any) -> None:
        canvas.setPageSize((2 * WIDTH, HEIGHT))
        put(canvas, 60, 40, "政府信息公开工作年度报告，本页是表格以及它的文字。")
        for row in range(9):
            put(canvas, 200, 100 + 24 * row, "本年度行政许可处理决定" if row else "信息内容")
            for x in (650, 800, 950):
                put(canvas, x, 100 + 24 * row, str(10 + row) if row else "本年处理决定数量")

    (grid,) = read_pdf(draw(broad)).grids()
    assert [[cell.text for cell in row][1:] for row in grid.rows()][1:] == [[str(10 + row)] * 3 for row in range(1, 9)]


def test_a_broad_table_on_a_broad_page_stays_whole() -> None:
    def broad(canvas: Any) -> None:
        canvas.setPageSize((HEIGHT, WIDTH))
        canvas.translate(0, WIDTH - HEIGHT)
        put(canvas, 300, 60, "二、主动公开政府信息情况，本年度的数字如下表所示", 14)
        ruled(canvas, [60, 400, 440, 780], [100, 130, 160], [["行政许可", "", "12"], ["行政处罚", "", "4119"]])

    (grid,) = read_pdf(draw(broad)).grids()
    assert [[cell.text for cell in row] for row in grid.rows()] == [["行政许可", "", "12"], ["行政处罚", "", "4119"]]


def scan(canvas: Any) -> None:
    """A picture of a page with text over it that nobody sees."""
    image = pytest.importorskip("PIL.Image").new("L", (WIDTH, HEIGHT), 240)
    reader = pytest.importorskip("reportlab.lib.utils").ImageReader(image)
    canvas.drawImage(reader, 0, 0, WIDTH, HEIGHT)
    for x in XS:
        rule(canvas, x, YS[0], x, YS[-1])
    for y in YS:
        rule(canvas, XS[0], y, XS[-1], y)
    for row, label in enumerate(LABELS):
        for x, text in zip(XS, (label, "4179", "7"), strict=False):
            canvas.setFont("Helvetica" if text.isascii() else "STSong-Light", 12)
            canvas.drawString(x + 4, HEIGHT - YS[row] - 16, text, mode=3)


def test_the_unseen_text_over_a_scan_is_not_taken_for_print() -> None:
    data = draw(scan)
    with pytest.raises(NothingToRead):
        read_pdf(data)
    (grid,) = read_pdf(data, layers=True).grids()
    assert all("ocr" in cell.doubts for cell in grid.cells if cell.text)
    assert [cell.text for cell in grid.cells if cell.text == "4179"]


def test_signs_that_the_font_does_not_name_are_no_digits() -> None:
    shared = Path(__file__).parents[2] / "shared" / "cases" / "74-pdf-digits-no-tounicode.pdf"
    if not shared.exists():
        pytest.skip("the sample is not here")
    cells = report_of(shared.read_bytes(), shared.name).cells
    unreadable = cells["kind"] == "unreadable"
    from_the_picture = cells["doubts"].map(lambda doubts: "ocr" in doubts)
    assert (unreadable | from_the_picture).sum() == 10
    assert not (unreadable & cells["value"].notna()).any()


@pytest.mark.parametrize("part", [0, 1])
def test_a_mark_in_either_part_of_a_row_cut_by_a_page_break_stays_with_the_cell(part: int) -> None:
    def first(canvas: Any) -> None:
        ruled(canvas, XS, [730, 760, 790], [["行政许可", "12", "7"], ["行政处罚与", "4119", "7"]], bottom=False)
        if part == 0:
            canvas.setFillColorRGB(1, 1, 1)
            digit(canvas, top=764)

    def second(canvas: Any) -> None:
        ruled(canvas, XS, [60, 90, 120], [["行政强制", "", ""], ["合计", "5", "6"]])
        if part == 1:
            canvas.setFillColorRGB(1, 1, 1)
            digit(canvas, LEFT, top=64)

    (grid,) = read_pdf(draw(first, second)).grids()
    row = list(list(grid.rows())[1])
    assert [cell.text for cell in row] == ["行政处罚与行政强制", "4119", "7"]
    assert [cell.doubts for cell in row] == [(), ("hidden",), ()]


def over_each_other(canvas: Any) -> None:
    digit(canvas, LEFT, "2551")


def mirrored(canvas: Any) -> None:
    canvas.translate(LEFT + 30, 0)
    canvas.scale(-1, 1)
    digit(canvas, 0, "2551")


def sideways(canvas: Any) -> None:
    canvas.translate(LEFT + 12, HEIGHT - TOP - 18)
    canvas.rotate(90)
    canvas.setFont("Helvetica", 6)
    canvas.drawString(0, 0, "251")


def test_digits_printed_over_each_other_are_no_figure() -> None:
    assert not any(letter.isdecimal() for letter in in_question(page(over_each_other)).text)


@pytest.mark.parametrize("paint", [mirrored, sideways])
def test_turned_digits_leave_no_plain_blank(paint: Paint) -> None:
    found = in_question(page(paint, ""))
    assert (found.text, found.doubts) == ("", ("picture",))


def test_digits_of_a_watermark_aslant_say_nothing() -> None:
    def aslant(canvas: Any) -> None:
        canvas.translate(LEFT, HEIGHT - TOP - 10)
        canvas.rotate(45)
        canvas.setFillGray(0.8)
        canvas.drawString(0, 0, "2024")

    assert in_question(page(aslant)).text == "4119"


# What is seen and not read, or may be read otherwise


def leaning(canvas: Any) -> None:
    canvas.translate(LEFT, HEIGHT - TOP - 12)
    canvas.rotate(2)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(0, 0, "88")


def crossed(canvas: Any) -> None:
    for down in (-8, 8):
        canvas.line(LEFT - 2, HEIGHT - TOP - 8 + down, LEFT + 40, HEIGHT - TOP - 8 - down)


def struck_by_a_long_line(canvas: Any) -> None:
    canvas.line(LEFT + 3, HEIGHT - TOP - 7.5, XS[2] - 30, HEIGHT - TOP - 7.5)


def scribbled(canvas: Any) -> None:
    path = canvas.beginPath()
    path.moveTo(LEFT - 2, HEIGHT - TOP - 14)
    for step in range(1, 9):
        path.lineTo(LEFT - 2 + 4 * step, HEIGHT - TOP - (1 if step % 2 else 14))
    canvas.drawPath(path)


def struck_with_a_brush(canvas: Any) -> None:
    path = canvas.beginPath()
    path.moveTo(LEFT - 2, HEIGHT - TOP - 13)
    for x, y in ((LEFT - 1, -14), (LEFT + 30, -2), (LEFT + 29, -1)):
        path.lineTo(x, HEIGHT - TOP + y)
    path.close()
    canvas.drawPath(path, fill=1, stroke=0)


def signed_by_a_rule(canvas: Any) -> None:
    canvas.line(LEFT - 3.5 + 7, HEIGHT - TOP - 7.5, LEFT + 7, HEIGHT - TOP - 7.5)
    put(canvas, LEFT + 8, TOP, "88")


def printed_over(canvas: Any) -> None:
    put(canvas, LEFT + 4.5, TOP, "8338")


def set_tight(canvas: Any) -> None:
    for step, text in enumerate("111"):
        put(canvas, LEFT + 3.2 * step, TOP, text)


def somewhat_smaller(canvas: Any) -> None:
    put(canvas, LEFT + 26.8, TOP + 1.5, "1", 10.2)


@pytest.mark.parametrize(
    ("paint", "figure", "doubt"),
    [
        (leaning, "", "picture"),
        (crossed, "4119", "struck-out"),
        (struck_by_a_long_line, "4119", "struck-out"),
        (scribbled, "4119", "struck-out"),
        (struck_with_a_brush, "4119", "struck-out"),
        (printed_over, "4119", "not-a-figure"),
        (set_tight, "", "not-a-figure"),
        (signed_by_a_rule, "", "picture"),
    ],
)
def test_a_figure_that_is_seen_and_may_be_another_is_in_doubt(paint: Paint, figure: str, doubt: str) -> None:
    assert doubt in in_question(page(paint, figure)).doubts


def test_digits_drawn_twice_by_one_object_count_once() -> None:
    def bold(canvas: Any) -> None:
        text = canvas.beginText(LEFT, HEIGHT - TOP - 12)
        text.setFont("Helvetica", 12)
        text._code.append("[(4029) 2074 (4029)] TJ")  # the second one begins a tenth of a letter farther on
        canvas.drawText(text)

    cell = in_question(page(bold, ""))
    assert (cell.text, cell.doubts) == ("4029", ())


def test_digits_of_a_font_that_the_file_does_not_hold_are_not_printed_over_each_other() -> None:
    def each_by_itself(canvas: Any) -> None:
        canvas.setFont("STSong-Light", 12)
        for step, text in enumerate("4029"):
            canvas.drawString(LEFT + step * canvas.stringWidth("0", "STSong-Light", 12), HEIGHT - TOP - 12, text)

    cell = in_question(page(each_by_itself, ""))
    assert (cell.text, cell.doubts) == ("4029", ())


def test_a_digit_between_a_note_and_a_digit_is_neither() -> None:
    assert in_question(page(somewhat_smaller)).text == f"4119{NO_LETTER}"


def test_digits_drawn_as_strokes_are_a_picture() -> None:
    def seven(canvas: Any) -> None:
        path = canvas.beginPath()
        path.moveTo(LEFT, HEIGHT - TOP - 3)
        path.lineTo(LEFT + 6, HEIGHT - TOP - 3)
        path.lineTo(LEFT + 2, HEIGHT - TOP - 12)
        canvas.drawPath(path)

    assert in_question(page(seven, "")).doubts == ("picture",)


def test_a_page_that_leans_a_little_is_read_as_a_picture() -> None:
    def leant(canvas: Any) -> None:
        canvas.rotate(0.8)
        table(canvas)

    with pytest.raises(NothingToRead):
        read_pdf(draw(leant))


def test_an_unseen_digit_before_figures_with_units_is_left_out() -> None:
    def counted(canvas: Any) -> None:
        put(canvas, 60, 60, "二、主动公开政府信息情况", 14)
        ruled(canvas, XS, YS, [[label, "12件", "7件"] for label in LABELS])
        canvas.setFillColorRGB(1, 1, 1)
        put(canvas, LEFT - 6.7, TOP, "9")

    rows = [[cell.text for cell in row[1:]] for row in read_pdf(draw(counted)).grids()[0].rows()]
    assert rows == [["12件", "7件"]] * 3


@pytest.mark.parametrize(("figure", "left"), [("4126119", 30.0), ("4", 2.5), ("4", 4.5), ("12", 9.5)])
def test_a_figure_that_a_rule_cuts_is_in_doubt_on_both_sides(figure: str, left: float) -> None:
    def long(canvas: Any) -> None:
        put(canvas, 60, 60, "二、主动公开政府信息情况", 14)
        ruled(
            canvas,
            XS,
            YS,
            [[label, "12" if row != 1 else "", "7" if row != 1 else ""] for row, label in enumerate(LABELS)],
        )
        put(canvas, XS[2] - left, TOP, figure)

    rows = [list(row) for row in read_pdf(draw(long)).grids()[0].rows()]
    assert "glued" in rows[1][1].doubts
    assert "glued" in rows[1][2].doubts
    assert not any(cell.doubts for row in (rows[0], rows[2]) for cell in row)


@pytest.mark.parametrize(("figure", "width"), [("4119", 15.0), ("4", 4.5)])
def test_a_figure_that_the_edge_of_the_page_cuts_is_in_doubt(figure: str, width: float) -> None:
    with pypdfium2.PdfDocument(page(lambda _: None, figure)) as pdf:
        pdf[0].set_cropbox(0, 0, LEFT + width, HEIGHT)
        file = io.BytesIO()
        pdf.save(file)
    cells = [cell for grid in read_pdf(file.getvalue()).grids() for cell in grid.cells]
    assert [cell.doubts for cell in cells if cell.text.startswith("4") and "9" not in cell.text] == [("hidden",)]


def test_a_picture_over_a_row_is_a_picture_in_each_of_its_cells() -> None:
    from PIL import Image, ImageDraw

    drawn = Image.new("RGB", (560, 56), "white")
    pen = ImageDraw.Draw(drawn)
    for x in (40, 320):
        pen.line([(x, 8), (x + 20, 48), (x + 40, 8)], fill=0, width=5)

    def pasted(canvas: Any) -> None:
        from reportlab.lib.utils import ImageReader

        put(canvas, 60, 60, "二、主动公开政府信息情况", 14)
        ruled(
            canvas,
            XS,
            YS,
            [[label, "" if row == 1 else "12", "" if row == 1 else "7"] for row, label in enumerate(LABELS)],
        )
        canvas.drawImage(ImageReader(drawn), XS[1] + 1, HEIGHT - YS[2] + 1, 278, 28)

    rows = [list(row) for row in read_pdf(draw(pasted)).grids()[0].rows()]
    assert [[cell.doubts for cell in row[1:]] for row in rows] == [[(), ()], [("picture",), ("picture",)], [(), ()]]
