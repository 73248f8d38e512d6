"""Which part of a page of a PDF is looked at: that which may hold a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from drawn import HEIGHT, WIDTH, draw, put, rule, ruled

from govinfo.document import Box
from govinfo.readers.pdf import read_pdf
from govinfo.readers.pdf_figures import AROUND, looked_at
from govinfo.readers.pdf_letters import chars_of
from govinfo.readers.pdf_shapes import shapes_of
from govinfo.readers.pdfium import opened_page

XS = [60.0, 200.0, 340.0]
PROSE = 700.0
Paint = Callable[[Any], None]


def table(canvas: Any, top: float = 200, rows: int = 3, figure: str = "12") -> None:
    cells = [[f"事项{'甲乙丙丁戊己庚辛'[row]}", figure] for row in range(rows)]
    ruled(canvas, XS, [top + 30 * row for row in range(rows + 1)], cells)


def prose(canvas: Any) -> None:
    put(canvas, 60, PROSE, "全年受理申请12件。")


def part_of(*paints: Paint) -> Box | None:
    def all_of(canvas: Any) -> None:
        for paint in paints:
            paint(canvas)

    with pypdfium2.PdfDocument(draw(all_of)) as pdf, opened_page(pdf, 0) as leaf:
        chars = [char for char in chars_of(leaf) if char["text"].strip()]
        return looked_at(leaf, chars, shapes_of(leaf))


def test_a_table_and_what_is_close_to_it_is_looked_at() -> None:
    part = part_of(table, prose)
    assert part is not None
    assert (part[0], part[2]) == (0, WIDTH)
    assert part[1] == pytest.approx(200 - AROUND, abs=1)
    assert part[3] == pytest.approx(290 + AROUND, abs=1)


def test_all_from_the_first_table_to_the_last_is_looked_at() -> None:
    part = part_of(table, lambda canvas: table(canvas, 600, figure="数5据"), prose)
    assert part is not None
    assert part[1] < 200
    assert part[3] > 690


def test_a_figure_far_from_all_rules_is_looked_at() -> None:
    part = part_of(table, lambda canvas: put(canvas, 300, 600, "5"))
    assert part is not None
    assert part[3] > 612 + AROUND / 2


def test_each_figure_counts_where_the_file_holds_several_one_after_the_other() -> None:
    part = part_of(lambda canvas: put(canvas, 295, 20, "3"), lambda canvas: put(canvas, 300, 300, "5"))
    assert part == (0, 0, WIDTH, HEIGHT)
    part = part_of(lambda canvas: put(canvas, 60, 300, "约5"), lambda canvas: put(canvas, 300, 300, "5"))
    assert part == (0, 0, WIDTH, HEIGHT)


def test_a_page_without_rules_is_looked_at_whole() -> None:
    assert part_of(prose, lambda canvas: put(canvas, 300, 200, "5")) == (0, 0, WIDTH, HEIGHT)


def test_a_page_without_a_figure_of_its_own_is_not_looked_at() -> None:
    assert part_of(prose, lambda canvas: rule(canvas, 60, 690, 300, 690)) is None


def test_a_white_figure_is_left_out_in_a_row_far_below_all_figures() -> None:
    def page(canvas: Any) -> None:
        table(canvas, rows=8, figure="")
        put(canvas, XS[1] + 4, 204, "7")
        canvas.setFillColorRGB(1, 1, 1)
        put(canvas, XS[1] + 4, 204 + 7 * 30, "9")

    (grid,) = read_pdf(draw(page)).grids()
    figures = [row[1] for row in grid.rows()]
    assert [cell.text for cell in figures] == ["7", "", "", "", "", "", "", ""]
    assert figures[-1].doubts == ("hidden",)


def test_prose_outside_that_part_is_read() -> None:
    document = read_pdf(draw(lambda canvas: (table(canvas), prose(canvas))))
    assert document.paragraphs()[-1].text == "全年受理申请12件。"
