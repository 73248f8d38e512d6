"""One cell that stands over two rows of the form: its figure belongs to either, and both are in doubt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import govinfo
from govinfo.document import Cell, Grid
from govinfo.tables.lines import rows_with_spans


def grid(*cells: Cell, placed: bool = True) -> list[list[tuple[str, int, bool]]]:
    rows = rows_with_spans(Grid(cells, placed=placed))
    return [[(cell.text, cell.col, "spans-rows" in cell.doubts) for cell in row] for row in rows]


def test_a_figure_over_two_rows_stands_in_both_in_doubt() -> None:
    cells = (
        Cell("规章", 0, 0),
        Cell("3", 0, 1, rowspan=2),
        Cell("4", 0, 2),
        Cell("文件", 1, 0),
        Cell("5", 1, 2),
    )
    assert grid(*cells) == [
        [("规章", 0, False), ("3", 1, True), ("4", 2, False)],
        [("文件", 0, False), ("3", 1, True), ("5", 2, False)],
    ]
    assert not any(doubt for row in grid(*cells, placed=False) for _, _, doubt in row)


def test_a_blank_over_two_rows_stands_in_both_in_doubt() -> None:
    assert grid(Cell("规章", 0, 0), Cell("", 0, 1, rowspan=2), Cell("文件", 1, 0)) == [
        [("规章", 0, False), ("", 1, True)],
        [("文件", 0, False), ("", 1, True)],
    ]


def test_labels_and_numbers_of_rows_over_two_rows_are_as_they_were() -> None:
    label = (Cell("一", 0, 0, rowspan=2), Cell("甲", 0, 1), Cell("3", 0, 2), Cell("乙", 1, 1), Cell("4", 1, 2))
    number = (Cell("1", 0, 0, rowspan=2), Cell("甲", 0, 1), Cell("3", 0, 2), Cell("乙", 1, 1), Cell("4", 1, 2))
    lone = (Cell("甲", 0, 0, rowspan=2), Cell("3", 0, 1, rowspan=2), Cell("4", 0, 2), Cell("5", 1, 2))
    for cells in (label, number, lone):
        assert grid(*cells) == [[(cell.text, cell.col, False) for cell in row] for row in Grid(cells).rows()]


@pytest.mark.parametrize("name", ["pingtan-2022.html", "pingtan-2023.html"])
def test_a_figure_of_a_report_over_two_rows(shared: Path, tmp_path: Path, name: str) -> None:
    page = (shared / "reports" / name).read_text(encoding="utf-8")
    before, first, second, behind = re.fullmatch(
        r"(.*<td><p>规章</p></td>)(<td.*?</tr>)(.*?</td>)<td.*?</td>(.*)", page, re.DOTALL
    ).groups()  # type: ignore[union-attr]
    changed = tmp_path / name
    changed.write_text(before + first.replace("<td", '<td rowspan="2"', 1) + second + behind, encoding="utf-8")
    doubts = govinfo.read_report(changed).cells.set_index(["table", "row", "column"])["doubts"]
    for code in ("regulations", "normative_documents"):
        assert doubts["disclosure", code, "issued"] == "spans-rows"
        assert doubts["disclosure", code, "repealed"] == ""
