"""Evidence: the marks stand on the cell that was read, whatever kind of file it stands in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from conftest import needs_font
from PIL import Image, ImageDraw, ImageFont

from govinfo.document import Grid
from govinfo.errors import FileUnreadable, MissingSoftware, UsageError
from govinfo.evidence import IDENTITIES, Evidence, drawing
from govinfo.evidence.drawing import drawn_table, wrapped, writing
from govinfo.evidence.page import sheet_of
from govinfo.evidence.table import Place, excerpt, printed_table
from govinfo.forms import forms
from govinfo.readers import read_document
from govinfo.readers.pdf_shapes import shapes_of
from govinfo.readers.pdfium import opened_page
from govinfo.report import Report, read_report, report_of

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
DPI = 150


def has_ocr() -> bool:
    try:
        import cv2  # noqa: F401
        import onnxruntime  # noqa: F401
        import rapidocr  # noqa: F401
    except ImportError:
        return False
    return True


needs_ocr = pytest.mark.skipif(not has_ocr(), reason="the extra for character recognition is not installed")


@pytest.fixture(scope="module")
def pdf() -> Report:
    return read_report(RAW / "hongze-2023.pdf")


@pytest.fixture(scope="module")
def html() -> Report:
    return read_report(RAW / "pingtan-2021.html")


def edges(picture: Image.Image) -> tuple[int, int, int, int]:
    """The place of the orange edge in a picture: left, top, right, bottom."""
    red, green, blue = np.moveaxis(np.asarray(picture.convert("RGB"), int), -1, 0)
    down, across = np.nonzero((abs(red - 213) < 12) & (abs(green - 94) < 12) & (blue < 12))
    return across.min(), down.min(), across.max(), down.max()


def yellow(picture: Image.Image) -> np.ndarray:
    """Where a picture is coloured as a row is."""
    pixels = np.asarray(picture.convert("RGB"), int)
    return (pixels[..., 0] > 200) & (pixels[..., 0] - pixels[..., 2] > 40) & (pixels[..., 1] > 190)


# The cell and its sums


def test_the_total_that_is_wrong_on_its_page(pdf: Report) -> None:
    found = pdf.evidence("disputes", "reconsideration", "total")
    assert (found.agency, found.year, found.value, found.raw, found.kind) == (
        "洪泽区人民政府",
        2023,
        0.0,
        "0",
        "reported",
    )
    assert found.labels == ("行政复议, 总计", "Administrative reconsideration, Total")
    assert (found.suggested, found.page) == (11.0, 3)
    assert "11" in found.proof
    assert "11" in found.proof_zh
    assert list(found.identities.columns) == IDENTITIES
    (line,) = found.identities.to_dict("records")
    assert (line["rule"], line["row"], line["left"], line["right"], line["status"]) == (
        "R4",
        "reconsideration",
        11.0,
        0.0,
        "fail",
    )


def test_a_total_is_part_of_a_sum_along_its_row_and_of_two_down_its_column(html: Report) -> None:
    found = html.evidence("requests", "handled", "total").identities
    assert [(line.rule, line.column, line.row) for line in found.fillna("").itertuples()] == [
        ("R1", "total", ""),
        ("R2", "", "handled"),
        ("R3", "total", ""),
    ]
    assert set(found["status"]) == {"pass"}
    assert len(html.evidence("requests", "granted", "research").identities) == 2
    assert html.evidence("disclosure", "licensing", "decisions").identities.empty


def test_a_figure_of_the_statistics_is_in_no_sum() -> None:
    report = read_report(RAW / "pingtan-2014.html")
    first = report.cells.iloc[0]
    found = report.evidence(first["table"], first["row"], first["column"])
    assert found.identities.empty
    assert "No sum of the form" in found._repr_html_()
    assert [place.text.strip() for place in found.shown if place.mark == "cell"] == [first["raw"]]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (("dispute", "reconsideration", "total"), r"no table 'dispute'.*Near: disputes"),
        (("disputes", "reconsiderations", "total"), r"no row 'reconsiderations'.*Near: reconsideration"),
        (("disputes", "reconsideration", "totals"), r"no column 'totals'.*Near: total.*Known: upheld, corrected"),
    ],
)
def test_an_unknown_name_lists_the_near_ones(pdf: Report, place: tuple[str, str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        pdf.evidence(*place)


# The file


def test_a_file_that_has_changed_or_gone_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "report.txt"
    copy.write_bytes((RAW / "sanquan-2021.txt").read_bytes())
    report = read_report(copy)
    assert report.evidence("requests", "granted", "total").value == 2
    copy.write_bytes(copy.read_bytes() + b"\n")
    with pytest.raises(FileUnreadable, match=r"changed since it was read.*Read it again"):
        report.evidence("requests", "granted", "total")
    copy.unlink()
    with pytest.raises(FileUnreadable, match=r"report\.txt: .*cannot be opened.*Put it back"):
        report.evidence("requests", "granted", "total")


def test_a_report_from_bytes_has_no_file_to_show() -> None:
    report = report_of((RAW / "sanquan-2021.txt").read_bytes(), "sanquan-2021.txt")
    with pytest.raises(UsageError, match="read_report"):
        report.evidence("requests", "granted", "total")


@needs_font
def test_a_picture_is_written_whole_or_not_at_all(pdf: Report, tmp_path: Path) -> None:
    found = pdf.evidence("disputes", "reconsideration", "total")
    path = tmp_path / "out.png"
    assert found.save(path) == path
    with Image.open(path) as written:
        assert written.size == found.image().size
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(UsageError, match=r"\.png"):
        found.save(tmp_path / "out.pdf")


# Printed tables


@pytest.mark.parametrize(
    "name", ["pingtan-2021.html", "pingtan-2022.docx", "ruzhou-2021.txt", "fenxi-2023.txt", "pingtan-2018.html"]
)
def test_the_marked_cell_prints_what_was_read(name: str) -> None:
    report = read_report(RAW / name)
    document = read_document((RAW / name).read_bytes(), name)
    for cell in report.cells.iloc[::9].to_dict("records"):
        places = printed_table(document, cell["table"], cell["row"], cell["column"])
        marked = [place for place in places if place.mark == "cell"]
        in_row = [place.text for place in places if place.mark]
        assert [place.text.strip() for place in marked] == ([cell["raw"]] if marked else []), cell
        assert marked or cell["kind"] == "blank", cell
        assert any(text.split()[0] in cell["label"] for text in in_row if text.split()), cell


def test_a_merged_cell_leaves_no_place_for_the_others() -> None:
    report = read_report(RAW / "ruzhou-2021.txt")
    found = report.evidence("requests", "granted", "business")
    assert found.kind == "blank"
    assert {place.text.strip() for place in found.shown if place.mark == "row"} == {"（一）予以公开", "1"}  # type: ignore[union-attr]
    assert "no place of its own" in found.note


def test_glued_figures_mark_the_run_that_they_stand_in(shared: Path) -> None:
    report = read_report(shared / "reports" / "pingtan-2019-flat.txt")
    found = report.evidence("requests", "granted", "total")
    assert (found.value, found.raw) == (7.0, "7")
    assert [place.text for place in found.shown if place.mark == "cell"] == ["7000007"]  # type: ignore[union-attr]


def test_a_row_that_stays_open_is_marked_without_a_cell(shared: Path) -> None:
    report = read_report(shared / "reports" / "pingtan-2019-flat.txt")
    found = report.evidence("disclosure", "licensing", "decisions")
    assert (found.kind, found.value, found.box) == ("unreadable", None, None)
    assert [(place.text, place.mark) for place in found.shown if place.mark] == [  # type: ignore[union-attr]
        ("行政许可", "row"),
        ("3960181", "row"),
    ]
    assert "no single reading" in found.note


def test_of_a_row_that_is_not_printed_the_row_before_is_dashed(tmp_path: Path) -> None:
    page = (RAW / "pingtan-2021.html").read_text(encoding="utf-8")
    (row,) = [row for row in re.findall(r"(?s)<tr\b.*?</tr>", page) if "2.重复申请" in row]
    path = tmp_path / "cut.html"
    path.write_text(page.replace(row, ""), encoding="utf-8")
    found = read_report(path).evidence("requests", "declined_repeat", "total")
    assert found.raw == ""
    assert dict(found.doubts) == {"row-missing": "the form's row was not found on the page"}
    assert {place.mark for place in found.shown} == {"", "before"}  # type: ignore[union-attr]
    assert "1.信访举报投诉类申请" in [place.text for place in found.shown if place.mark]  # type: ignore[union-attr]
    assert "does not print this row" in found.note


def test_a_table_in_a_notebook_keeps_spans_and_escapes(tmp_path: Path) -> None:
    page = (RAW / "pingtan-2021.html").read_text(encoding="utf-8")
    path = tmp_path / "odd.html"
    path.write_text(
        page.replace("一、本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量&lt;b&gt;"), encoding="utf-8"
    )
    shown = read_report(path).evidence("requests", "new", "total")._repr_html_()
    assert "数量&lt;b&gt;" in shown
    assert "<b>holds</b>: R1 total: new 70" in shown
    assert "<img" not in shown
    assert 'rowspan="3"' in shown
    assert re.search(r"outline:3px[^>]*>70</td>", shown)
    assert len(re.findall(r"background:#fbf7c6", shown)) == 7


def rows(count: int, marked: int, heads: int = 2) -> tuple[Place, ...]:
    """A table with a label that reaches over all rows below its heads; one row is marked."""
    body = [
        Place(str(row), row, 1, mark="cell" if row == marked else "") if row >= heads else Place("Head", row, 1)
        for row in range(count)
    ]
    return (Place("Group", heads, 0, rowspan=count - heads), *body)


def test_a_long_table_is_cut_to_its_head_and_the_rows_around_the_cell() -> None:
    shown = excerpt(rows(40, 20), 10)
    assert [(place.row, place.text) for place in shown if place.col == 1] == [
        (0, "Head"),
        (1, "Head"),
        *((row - 14, str(row)) for row in range(17, 25)),
    ]
    assert [(place.row, place.text, place.colspan) for place in shown if place.mark == "gap"] == [
        (2, "(15 rows left out)", 2),
        (11, "(15 rows left out)", 2),
    ]
    assert [(place.row, place.rowspan) for place in shown if place.text == "Group"] == [(3, 8)]


@pytest.mark.parametrize("marked", [2, 3, 9, 36, 39])
@pytest.mark.parametrize("most", [5, 10, 39])
def test_what_is_marked_is_never_cut(marked: int, most: int) -> None:
    shown = excerpt(rows(40, marked), most)
    assert [place.text for place in shown if place.mark == "cell"] == [str(marked)]
    left_out = sum(int(place.text.split()[0][1:]) for place in shown if place.mark == "gap")
    assert left_out + sum(place.col == 1 for place in shown) == 40
    assert left_out == 40 - most


@needs_font
def test_a_drawn_table_marks_the_cell(html: Report) -> None:
    found = html.evidence("requests", "new", "total")
    picture = drawn_table(found.shown)  # type: ignore[arg-type]
    x0, top, x1, bottom = edges(picture)
    assert picture.width - x1 <= 20
    assert 20 < x1 - x0 < 120
    coloured = np.nonzero(yellow(picture))
    assert top <= coloured[0].min() + 5
    assert coloured[0].max() <= bottom + 5
    assert coloured[1].min() < 30


@needs_font
def test_text_is_wrapped_within_its_width_and_no_box_is_drawn() -> None:
    font = writing()
    text = "（二）部分公开（区分处理的，只计这一情形，不计其他情形） refused_enforcement_file 1"
    lines = wrapped(text, 120, font)
    assert all(font.getlength(line) <= 120 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert wrapped("a\ue000b", 500, font) == ["a[U+E000]b"]


def test_without_a_font_a_table_is_not_drawn_and_a_page_is(
    monkeypatch: pytest.MonkeyPatch, html: Report, pdf: Report
) -> None:
    monkeypatch.setattr(drawing, "chinese_font", lambda: None)
    table = html.evidence("requests", "new", "total")
    with pytest.raises(MissingSoftware, match=r"govinfo\[zh\]"):
        table.image()
    assert "<table>" in table._repr_html_()
    page = pdf.evidence("disputes", "reconsideration", "total")
    assert page.image().height > page.shown.height + 50  # type: ignore[union-attr]


# Pages


def test_the_mark_stands_around_the_figure_on_the_page(pdf: Report) -> None:
    found = pdf.evidence("disputes", "reconsideration", "total")
    assert isinstance(found.shown, Image.Image)
    assert found.box is not None
    x0, top, x1, bottom = edges(found.shown)
    assert (x0, x1) == pytest.approx((found.box[0] * 2 - 4, found.box[2] * 2 + 4), abs=2)
    assert bottom - top == pytest.approx((found.box[3] - found.box[1]) * 2 + 8, abs=3)
    inside = np.asarray(found.shown.convert("L"))[top + 6 : bottom - 6, x0 + 6 : x1 - 6]
    assert 0.005 < (inside < 90).mean() < 0.3
    coloured = np.nonzero(yellow(found.shown))
    first = pdf.evidence("disputes", "reconsideration", "upheld").box
    assert first is not None
    assert coloured[1].min() == pytest.approx(first[0] * 2, abs=3)
    assert coloured[1].max() <= x1
    assert 'src="data:image/png;base64,' in found._repr_html_()


def sheet(rotation: int, crop: tuple[int, int, int, int] | None, corner: tuple[int, int]) -> bytes:
    """A PDF page with one black square, turned, cropped, or with a corner that is not its origin."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas").Canvas(buffer := io.BytesIO(), pagesize=(400, 600))
    canvas.rect(100, 200, 30, 40, fill=1, stroke=0)
    canvas.setPageRotation(rotation)
    if crop:
        canvas.setCropBox(crop)
    canvas.showPage()
    canvas.save()
    if corner == (0, 0):
        return buffer.getvalue()
    x, y = corner
    moved = io.BytesIO()
    with pypdfium2.PdfDocument(buffer.getvalue()) as document:
        document[0].set_mediabox(x, y, 400 + x, 600 + y)
        document.save(moved)
    return moved.getvalue()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 80, 350, 500)])
@pytest.mark.parametrize("corner", [(0, 0), (30, 20)])
def test_boxes_of_turned_and_cropped_pages_fall_on_what_is_printed(
    rotation: int, crop: tuple[int, int, int, int] | None, corner: tuple[int, int]
) -> None:
    data = sheet(rotation, crop, corner)
    with pypdfium2.PdfDocument(data) as document, opened_page(document, 0) as leaf:
        (rect,) = shapes_of(leaf)["rect"]
    page = sheet_of(data, "pdf", 1)
    down, across = np.nonzero(np.asarray(page.picture.convert("L")) < 100)
    ink = (across.min(), down.min(), across.max() + 1, down.max() + 1)
    assert ink == pytest.approx(page.in_pixels((rect["x0"], rect["top"], rect["x1"], rect["bottom"])), abs=2)


def written(lines: Sequence[tuple[str, Sequence[str]]], rotation: int = 0) -> bytes:
    """A PDF with the requests table ruled; the page is stored on its side and turned back by ``rotation``."""
    pytest.importorskip("reportlab")
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(UnicodeCIDFont("STSong-Light"))
    width, height = A4
    canvas = Canvas(buffer := io.BytesIO(), pagesize=A4)
    canvas.setPageRotation(rotation)
    moves: dict[int, tuple[float, float]] = {0: (0, 0), 90: (0, -height), 180: (-width, -height), 270: (-width, 0)}
    canvas.rotate(rotation)
    canvas.translate(*moves[rotation])
    canvas.setFont("STSong-Light", 8)
    canvas.drawString(60, height - 40, "某某县2022年政府信息公开工作年度报告")
    canvas.drawString(60, height - 60, "三、收到和处理政府信息公开申请情况")
    xs = [40, 260, *(260 + 40 * step for step in range(1, 8))]
    for number, (label, figures) in enumerate(lines):
        y = height - 80 - 24 * number
        for x0, x1, text in zip(xs, xs[1:], (label, *figures), strict=False):
            canvas.rect(x0, y - 24, x1 - x0, 24)
            canvas.drawString(x0 + 2, y - 15, text)
    canvas.save()
    return buffer.getvalue()


def lines_of_form(without: str = "") -> Iterator[tuple[str, list[str]]]:
    """The requests table of the newest form with its headings; each outcome row counts itself."""
    table = forms()["2021"].tables["requests"]
    columns = table.row("new").columns
    yield "", [table.column(code).label_zh for code in columns]
    for number, row in enumerate(table.rows):
        if row.code != without:
            yield row.label_zh.rsplit(" ", 1)[-1], [str(number), "0", "0", "0", "0", "0", str(number)]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_stored_on_its_side_is_marked_upright(rotation: int, tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(written(list(lines_of_form()), rotation))
    found = read_report(path).evidence("requests", "refused_internal", "total")
    assert isinstance(found.shown, Image.Image)
    assert found.raw != ""
    x0, top, x1, bottom = edges(found.shown)
    assert (x0, x1) == pytest.approx((500 * 2 - 4, 540 * 2 + 4), abs=3)
    assert bottom - top == pytest.approx(24 * 2 + 8, abs=3)


def test_of_a_row_that_a_page_does_not_print_the_row_before_is_dashed(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(written(list(lines_of_form("declined_repeat"))))
    found = read_report(path).evidence("requests", "declined_repeat", "total")
    assert "does not print this row" in found.note
    assert isinstance(found.shown, Image.Image)
    assert not yellow(found.shown).any()
    x0, top, x1, bottom = edges(found.shown)
    assert (x0, x1) == pytest.approx((260 * 2 - 4, 540 * 2 + 4), abs=3)
    assert bottom - top == pytest.approx(24 * 2 + 8, abs=4)


def test_a_row_of_a_page_that_stays_open_is_marked(pdf: Report) -> None:
    """The frame keeps no place of such a row: the file is read again."""
    mine = (pdf.cells["table"] == "requests") & (pdf.cells["row"] == "granted")
    opened = pdf.cells.assign(
        kind=pdf.cells["kind"].mask(mine, "unreadable"),
        page=pdf.cells["page"].mask(mine),
        box=pdf.cells["box"].mask(mine),
    )
    found = replace(pdf, cells=opened).evidence("requests", "granted", "total")
    assert isinstance(found.shown, Image.Image)
    label = np.nonzero(yellow(found.shown))[1].min() / 2
    assert label < pdf.evidence("requests", "granted", "natural_person").box[0] - 20  # type: ignore[index]


# Pictures


def picture_of_table(angle: float) -> bytes:
    """A ruled table of three columns as a picture of a page that lies askew."""
    page = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(page)
    xs, top = (150, 500, 800, 1100), 400
    for row in range(4):
        for x0, x1, text in zip(xs, xs[1:], ("Received", "120", "7"), strict=False):
            draw.rectangle((x0, top + 60 * row, x1, top + 60 * row + 60), outline=0, width=2)
            draw.text(((x0 + x1) / 2, top + 60 * row + 30), text, fill=0, font=ImageFont.load_default(28), anchor="mm")
    page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255).save(buffer := io.BytesIO(), "PNG")
    return buffer.getvalue()


@needs_ocr
@pytest.mark.parametrize("angle", [0, 2.5])
def test_boxes_of_a_picture_fall_on_its_rulings_when_it_is_level(angle: float) -> None:
    data = picture_of_table(angle)
    grid = next(block for block in read_document(data, "page.png").blocks if isinstance(block, Grid))
    page = sheet_of(data, "ocr", 1)
    grey = np.asarray(page.picture.convert("L"))
    for cell in (grid.cells[0], grid.cells[-1]):
        assert cell.box is not None
        x0, top, x1, bottom = map(round, page.in_pixels(cell.box))
        for place in (
            np.s_[top - 4 : top + 5, x0 + 20 : x1 - 20],
            np.s_[bottom - 4 : bottom + 5, x0 + 20 : x1 - 20],
        ):
            assert (grey[place].min(axis=0) < 150).mean() > 0.9
        assert (grey[top + 6 : bottom - 5, x0 + 8 : x0 + 20] > 150).all()


@pytest.fixture(scope="module")
def scan(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The page of a scan that has the disputes table."""
    path = tmp_path_factory.mktemp("scan") / "page.pdf"
    with (
        pypdfium2.PdfDocument(shared / "reports" / "hongze-2023-scan.pdf") as whole,
        pypdfium2.PdfDocument.new() as page,
    ):
        page.import_pages(whole, [3])
        page.save(path)
    return read_report(path)


@needs_ocr
def test_the_mark_stands_around_the_figure_on_a_scan(scan: Report) -> None:
    found = scan.evidence("disputes", "reconsideration", "upheld")
    assert (found.value, found.page, "ocr" in found.doubts) == (10.0, 1, True)
    assert isinstance(found.shown, Image.Image)
    x0, top, x1, bottom = edges(found.shown)
    grey = np.asarray(found.shown.convert("L"))
    ink = np.nonzero(grey[top + 8 : bottom - 8, x0 + 8 : x1 - 8] < 90)
    middle = (ink[1].mean() + 8) / (x1 - x0)
    assert 0.35 < middle < 0.65
    assert "ocr" in found._repr_html_()


@needs_ocr
def test_an_upright_photograph_is_turned_as_its_file_says(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    wide = Image.new("RGB", (60, 40), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    wide.save(path, exif=exif)
    assert sheet_of(path.read_bytes(), "ocr", 1).picture.size == (40, 60)


def test_evidence_is_frozen(pdf: Report) -> None:
    found = pdf.evidence("disputes", "reconsideration", "total")
    assert isinstance(found, Evidence)
    with pytest.raises(AttributeError):
        found.value = 1.0  # type: ignore[misc]


# Rows of sums that fail


def test_every_row_of_a_failing_sum_is_shown() -> None:
    """The excerpt around a total left out the rows that make its sums fail."""
    found = read_report(RAW / "sanquan-2021.txt").evidence("requests", "handled", "total")
    assert not isinstance(found.shown, Image.Image)
    for most in (16, 60):
        shown = excerpt(found.shown, most)
        texts = [place.text for place in shown]
        assert "一、本年新收政府信息公开申请数量" in "".join(texts)
        assert "(一) 予以公开" in texts
        marked = [place.text for place in shown if place.mark in {"sum", "cell"}]
        failing = set(found.identities.loc[found.identities["status"] == "fail", "rule"])
        assert failing == {"R1", "R3"}
        assert marked.count("2") == 2
    assert "figures of sums that fail in blue" in found.note


@pytest.mark.parametrize("rows", [{3}, {3, 40}, {0, 20, 21, 59}])
def test_an_excerpt_holds_every_marked_row(rows: set[int]) -> None:
    places = tuple(
        Place(str(row), row, 0, mark="cell" if row == 3 else "sum" if row in rows else "") for row in range(60)
    )
    shown = excerpt(places, 10)
    assert {int(place.text) for place in shown if place.mark in {"cell", "sum"}} == {*rows, 3}
    gaps = [int(re.findall(r"\d+", place.text)[0]) for place in shown if place.mark == "gap"]
    assert sum(gaps) + sum(place.mark != "gap" for place in shown) == 60


def test_figures_of_failing_sums_on_other_pages_are_shown_too(tmp_path: Path) -> None:
    """A table that goes over two pages, with a sum that fails: the first page stands below the second."""
    report = read_report(RAW / "hongze-2023.pdf")
    cells = report.cells
    mine = cells[cells["table"] == "requests"]
    assert mine["page"].nunique() > 1
    last = (cells["table"] == "requests") & (cells["row"] == "handled") & (cells["column"] == "total")
    wrong = replace(report, cells=cells.assign(value=cells["value"].mask(last, 99)))
    plain, failing = (one.evidence("requests", "handled", "total").shown for one in (report, wrong))
    assert isinstance(plain, Image.Image)
    assert isinstance(failing, Image.Image)
    blue = (np.asarray(failing).astype(int) @ [-1, 0, 1]) > 30
    assert failing.height > plain.height
    assert blue[: failing.height // 2].any()
    assert blue[failing.height // 2 :].any()
