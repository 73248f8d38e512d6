"""PDFs of statistics tables with some of the lines or with none: each name keeps its row, whatever stands about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from drawn import draw, put

from govinfo.readers.pdf import read_pdf
from govinfo.render.model import Sheet, Slot
from govinfo.render.pdf import pdf_of
from govinfo.render.sheets import Content
from govinfo.report import report_of


def sheet(rows: Sequence[Sequence[str]]) -> Sheet:
    first = next(at for at, text in enumerate(rows[-1]) if text.isdecimal())
    return tuple(
        tuple(
            Slot(text, means=("statistics", "x", "year") if at >= first and down else None)
            for at, text in enumerate(row)
        )
        for down, row in enumerate(rows)
    )


def statistics(drawn: str, rows: Sequence[Sequence[str]]) -> dict[str, list[float | None]]:
    blocks: list[Content] = ["青榆县教育局2014年政府信息公开工作年度报告", "附：政府信息公开情况统计表", sheet(rows)]
    pytest.importorskip("reportlab", reason="reportlab makes the PDFs")
    cells = report_of(pdf_of(blocks, "", drawn), "x.pdf").cells
    assert set(cells["doubts"]) <= {"", "blank-inferred"}
    return {
        str(code): [None if pd.isna(value) else float(value) for value in its["value"]]
        for code, its in cells.groupby("row")
    }


@pytest.mark.parametrize("drawn", ["unruled", "row-rules", "three-line", "shaded", "column-rules"])
def test_a_name_over_several_lines_keeps_its_unit_and_its_number_is_no_figure(drawn: str) -> None:
    rows = [
        ("序号", "指标名称", "计量单位", "2014年度", "历年累计"),
        ("01", "主动公开文件数", "条", "2543", "78967"),
        ("02", "其中：1、政府网站公开数", "条", "2543", "78967"),
        ("03", "受理依申请公开信息总数", "条", "1", "4"),
        ("04", "行政复议数", "件", "0", "2"),
    ]
    assert statistics(drawn, rows) == {
        "proactive_files": [2543, 78967],
        "via_website": [2543, 78967],
        "requests_received": [1, 4],
        "reconsideration": [0, 2],
    }


@pytest.mark.parametrize("drawn", ["unruled", "column-rules"])
def test_a_row_printed_blank_takes_no_label_from_the_others(drawn: str) -> None:
    rows = [
        ("指标名称", "计量单位", "2014年度", "历年累计"),
        ("主动公开文件数", "条", "2543", "78967"),
        ("政府公报公开数", "条", "", ""),
        ("行政复议数", "件", "0", "2"),
        ("行政诉讼数", "件", "1", "3"),
    ]
    found = statistics(drawn, rows)
    assert found["proactive_files"] == [2543, 78967]
    assert found["via_gazette"] == [None, None]
    assert (found["reconsideration"], found["litigation"]) == ([0, 2], [1, 3])


def test_names_on_two_lines_set_tight_keep_their_units_and_rows() -> None:
    def page(canvas: Any) -> None:
        top = 100.0
        for lines, *rest in (
            (["主动公开文件数"], "条", "3", "8"),
            (["其中：政府网站", "公开数"], "条", "4", "9"),
            (["政府公报公开数"], "条", "5", "10"),
            (["受理依申请公开", "信息总数"], "条", "6", "11"),
            (["对申请的答复", "总数"], "件", "7", "12"),
        ):
            for number, text in enumerate(lines):
                put(canvas, 60, top + 13 * number, text)
            for x, text in zip((200, 300, 380), rest, strict=True):
                put(canvas, x, top + 6.5 * (len(lines) - 1), text)
            top += 13 * len(lines) + 1

    (grid,) = read_pdf(draw(page)).grids()
    assert [[cell.text for cell in row] for row in grid.rows()] == [
        ["主动公开文件数", "条", "3", "8"],
        ["其中：政府网站公开数", "条", "4", "9"],
        ["政府公报公开数", "条", "5", "10"],
        ["受理依申请公开信息总数", "条", "6", "11"],
        ["对申请的答复总数", "件", "7", "12"],
    ]
