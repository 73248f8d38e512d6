"""Two readers that know nothing of each other: every figure on which they differ says so."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pypdfium2
import pytest
from drawn import HEIGHT, WIDTH, draw, ruled

import govinfo
from govinfo.corpus import read_reports
from govinfo.readers import document_again, read_document
from govinfo.readers.pdf_again import read_pdf_again
from govinfo.report import readings_of, reports_of
from govinfo.report.report import report_of_reading
from govinfo.report.twice import held_against, is_in_doubt

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
PDF = RAW / "hongze-2023.pdf"


def test_both_readers_agree_on_every_pdf(shared: Path) -> None:
    for path in [PDF, *sorted((shared / "reports").glob("*.pdf"))]:
        if path.stem.endswith("-scan"):
            continue
        report = govinfo.read_report(path, twice=True)
        assert (report.reader, report.second_reader) == ("pdf", "pdfplumber")
        assert report.again.empty, path.name
        assert not report.cells["doubts"].str.contains("readers-differ").any()


def test_a_figure_on_which_readers_differ_says_so_and_keeps_what_the_first_read() -> None:
    (first,) = readings_of(PDF.read_bytes(), PDF.name)
    cells = list(first.cells)
    at = next(at for at, cell in enumerate(cells) if (cell["table"], cell["row"]) == ("requests", "new"))
    cells[at] = {**cells[at], "value": 99.0, "raw": "99"}
    report = report_of_reading(held_against(first, replace(first, cells=tuple(cells[:-1])), "another"))
    differing = report.cells[report.cells["doubts"].str.contains("readers-differ")]
    assert list(differing.index) == [at, len(cells) - 1]
    assert report.cells["value"].equals(report_of_reading(first).cells["value"])
    assert report.again["value"].tolist()[0] == 99
    assert pd.isna(report.again["value"].tolist()[1])


def test_a_second_reader_that_finds_no_report_is_a_doubt_of_the_report() -> None:
    (first,) = readings_of(PDF.read_bytes(), PDF.name)
    report = held_against(first, None, "another")
    assert "readers-differ" in report.doubts
    assert report.again == ()


def test_a_build_reads_a_pdf_again_where_a_sum_fails_and_says_who_read_it() -> None:
    (reading,) = readings_of(PDF.read_bytes(), PDF.name)
    assert is_in_doubt(reading)
    assert reading.second_reader == ""
    assert read_reports(PDF).reports["readers"].tolist() == ["pdf;pdfplumber"]
    assert read_reports(PDF, twice="never").reports["readers"].tolist() == ["pdf"]


@pytest.mark.parametrize("name", ["pingtan-2023.html", "sanquan-2021.txt"])
def test_other_files_have_one_reader(name: str) -> None:
    data = (RAW / name).read_bytes()
    assert document_again(data, read_document(data, name)) is None
    assert reports_of(data, name, twice="always")[0].second_reader == ""


def test_the_second_reader_reads_halves_of_a_sheet_that_crop_boxes_cut_as_pages() -> None:
    def sheet(canvas: Any) -> None:
        canvas.setPageSize((2 * WIDTH, HEIGHT))
        for side in (0, 1):
            ruled(canvas, [60 + side * WIDTH, 200 + side * WIDTH, 340 + side * WIDTH], [100, 130], [["a", str(side)]])

    with pypdfium2.PdfDocument(draw(sheet, sheet)) as pdf:
        for side in (0, 1):
            pdf[side].set_cropbox(side * WIDTH, 0, (side + 1) * WIDTH, HEIGHT)
        file = io.BytesIO()
        pdf.save(file)
    (grid,) = read_pdf_again(file.getvalue()).grids()
    assert [[cell.text for cell in row] for row in grid.rows()] == [["a", "0"], ["a", "1"]]
