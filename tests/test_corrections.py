from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from matplotlib.text import Text

from govinfo import (
    Corpus,
    FileUnreadable,
    StaleCorrection,
    UsageError,
    corrections,
    load,
    metrics,
    read_reports,
    with_corrections,
)
from govinfo.corrections import CORRECTIONS, changed, decided
from govinfo.export import export
from govinfo.plots import draw
from govinfo.plots.style import SOURCE

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
HEAD = ",".join(CORRECTIONS)
ZERO = "sanquan-2021.txt,requests,handled,total,0,2,sum of the rows above,page 3,A. Reader"


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    return read_reports([RAW / "sanquan-2021.txt", RAW / "fenyang-2021.txt"]).cells


def listed(folder: Path, *lines: str, name: str = "corrections.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8-sig")
    return path


def test_a_correction_stands_beside_the_printed_value(cells: pd.DataFrame, tmp_path: Path) -> None:
    found = with_corrections(cells, listed(tmp_path, ZERO))
    cell = found[found["corrected"].notna()]
    assert cell[["row", "column", "value", "corrected"]].to_numpy().tolist() == [["handled", "total", 0, 2]]
    assert cell["correction"].tolist() == ["sum of the rows above (A. Reader)"]
    pd.testing.assert_frame_equal(found[cells.columns.tolist()], cells)
    assert (found["correction"] == "").sum() == len(cells) - 1


def test_corrections_are_listed_as_a_frame(tmp_path: Path) -> None:
    found = corrections(listed(tmp_path, ZERO))
    assert found.dtypes.astype(str).to_dict() == {**CORRECTIONS, "decision": "string"}
    assert found["corrected"].tolist() == [2]
    assert len(corrections(listed(tmp_path))) == 0


def test_toml_says_the_same(cells: pd.DataFrame, tmp_path: Path) -> None:
    toml = tmp_path / "corrections.toml"
    entries = "\n".join(f"{name} = '{value}'" for name, value in zip(CORRECTIONS, ZERO.split(","), strict=True))
    toml.write_text(f"[[correction]]\n{entries}\n".replace("'2'", "2").replace("'0'", "0"), encoding="utf-8")
    pd.testing.assert_frame_equal(corrections(toml), corrections(listed(tmp_path, ZERO)))
    assert with_corrections(cells, toml)["corrected"].sum() == 2


def test_a_stale_correction_fails_and_says_what_the_page_prints(cells: pd.DataFrame, tmp_path: Path) -> None:
    stale = ZERO.replace(",0,2,", ",7,2,")
    with pytest.raises(StaleCorrection, match=r"handled total: expected '7', the page prints '0'"):
        with_corrections(cells, listed(tmp_path, stale))


def test_a_blank_is_expected_as_nothing_and_is_not_zero(cells: pd.DataFrame, tmp_path: Path) -> None:
    blank = "fenyang-2021.txt,disputes,reconsideration,total,,3,letter of the office,file 7,A. Reader"
    assert with_corrections(cells, listed(tmp_path, blank))["corrected"].sum() == 3
    with pytest.raises(StaleCorrection):
        with_corrections(cells, listed(tmp_path, blank.replace("total,,3", "total,0,3")))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (ZERO.replace("sanquan-2021.txt", "sanqan-2021.txt"), "Near: sanquan-2021.txt"),
        (ZERO.replace("handled", "handeld"), "requests handled total"),
        (ZERO.replace(",0,2,", ",0,two,"), "'two' is no figure"),
        (ZERO.replace("sum of the rows above", ""), "nothing under reason"),
    ],
)
def test_bad_lines_say_what_and_where(cells: pd.DataFrame, tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        with_corrections(cells, listed(tmp_path, line))


def test_bad_files_say_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="stands twice"):
        corrections(listed(tmp_path, ZERO, ZERO))
    (tmp_path / "x.csv").write_text("report,row\n", encoding="utf-8")
    with pytest.raises(UsageError, match="columns missing: table, column, expected"):
        corrections(tmp_path / "x.csv")
    with pytest.raises(FileUnreadable, match=r"none\.csv"):
        corrections(tmp_path / "none.csv")
    (tmp_path / "x.toml").write_text("[[", encoding="utf-8")
    with pytest.raises(FileUnreadable, match="UTF-8 CSV or TOML"):
        corrections(tmp_path / "x.toml")


# Corrections that count

HONGZE = "hongze-2023.pdf,disputes,reconsideration,total,0,11,the columns before it add up to 11,page 3,A. Reader"


def reconsidered(corpus: Corpus) -> tuple[float, float]:
    rate = metrics.reconsideration_rate(corpus.cells, reports=corpus.reports)
    line = rate[rate["report_id"].str.startswith("洪泽")].iloc[0]
    return line["numerator"], line["denominator"]


def test_metrics_and_checks_take_the_corrected_figure(corpus: Corpus, tmp_path: Path) -> None:
    found = corpus.corrected(listed(tmp_path, HONGZE))
    assert (reconsidered(corpus), reconsidered(found)) == ((0, 21), (11, 21))
    cell = decided(found.cells).iloc[0]
    assert cell[["value", "printed", "raw", "doubts", "who"]].tolist() == [11, 0, "0", "corrected", "A. Reader"]
    assert [(one.findings["status"] == "fail").sum() for one in (corpus, found)] == [28, 27]
    assert pd.isna(cell["suggested"])
    mine = found.reports["report_id"] == cell["report_id"]
    assert corpus.reports.loc[mine, "findings"].item() - found.reports.loc[mine, "findings"].item() == 1
    pd.testing.assert_frame_equal(corpus.reports[~mine], found.reports[~mine])


def test_a_confirmed_reading_changes_no_figure_but_settles_the_doubt(corpus: Corpus, tmp_path: Path) -> None:
    doubtful = corpus.cells[corpus.cells["doubts"] != ""]
    lines = [
        f'{one["source"]},{one["table"]},{one["row"]},{one["column"]},"{one["raw"]}",as printed,,,A. Reader'
        for one in doubtful.to_dict("records")
    ]
    found = corpus.corrected(listed(tmp_path, *lines))
    pd.testing.assert_series_equal(found.cells["value"], corpus.cells["value"])
    pd.testing.assert_series_equal(found.cells["suggested"], corpus.cells["suggested"])
    pd.testing.assert_frame_equal(found.findings, corpus.findings)
    assert (len(decided(found.cells)), len(changed(found.cells))) == (len(doubtful), 0)
    assert corpus.quality()["doubtful"].sum() == len(doubtful)
    assert found.quality()["doubtful"].sum() == 0


def test_what_cannot_be_told_is_open(corpus: Corpus, tmp_path: Path) -> None:
    line = "hongze-2023.pdf,disputes,reconsideration,total,0,cannot be told,smudged,,A. Reader"
    cell = decided(corpus.corrected(listed(tmp_path, line)).cells).iloc[0]
    assert pd.isna(cell["value"])
    assert (cell["printed"], cell["doubts"]) == (0, "undecidable")


def test_a_corrected_blank_is_not_taken_as_zero(corpus: Corpus, tmp_path: Path) -> None:
    line = "fenyang-2021.txt,disputes,reconsideration,total,,3,letter of the office,file 7,A. Reader"
    cells = corpus.corrected(listed(tmp_path, line)).cells
    rate = metrics.reconsideration_rate(cells, blank_as_zero=True)
    assert rate.loc[rate["agency"] == "汾阳市", "numerator"].item() == 3


def test_later_corrections_add_to_earlier_ones_and_look_at_the_page(corpus: Corpus, tmp_path: Path) -> None:
    found = corpus.corrected(listed(tmp_path, HONGZE)).corrected(listed(tmp_path, ZERO))
    assert decided(found.cells)["value"].tolist() == [11, 2]
    again = found.corrected(listed(tmp_path, HONGZE.replace(",11,", ",12,", 1)))
    assert decided(again.cells)["value"].tolist() == [12, 2]
    with pytest.raises(StaleCorrection):
        found.corrected(listed(tmp_path, HONGZE.replace(",0,11,", ",11,12,")))


def test_corrections_across_years_are_seen_by_the_sums_across_years(corpus: Corpus, tmp_path: Path) -> None:
    line = "pingtan-2023.html,disclosure,normative_documents,in_force,470,643,ledger of the office,file 3,A. Reader"
    found = corpus.corrected(listed(tmp_path, line))

    def restated(one: Corpus) -> list[int]:
        return one.findings.query("rule == 'R6' and status == 'fail'")["year"].tolist()

    assert restated(corpus) == [2023, 2024, 2025]
    assert restated(found) == [2024, 2025], "643 and 62 more less 33 are not the 440 of 2024 either"


def test_charts_say_how_many_figures_are_corrected(corpus: Corpus, tmp_path: Path) -> None:
    found = corpus.corrected(listed(tmp_path, HONGZE, ZERO))

    def said(one: Corpus, **select: object) -> str:
        figure = draw("reconsideration", one, **select)
        return "".join(text.get_text() for text in figure.findobj(Text) if text.get_gid() == SOURCE)

    assert "corrected by hand: 2\n" in said(found)
    assert "corrected by hand: 1\n" in said(found, source="hongze-2023.pdf")
    assert "corrected" not in said(corpus)


def test_the_workbook_shows_corrected_figures_and_lists_them(corpus: Corpus, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="the extra export is not installed")
    found = corpus.corrected(listed(tmp_path, HONGZE))
    book = openpyxl.load_workbook(export(found, tmp_path / "x.xlsx"))
    heads, line = list(book["corrections"].iter_rows(values_only=True))
    told = dict(zip(heads, line, strict=True))
    assert (told["printed"], told["value"], told["who"]) == (0, 11, "A. Reader")
    counts = [[cell.value for cell in row] for row in book["README"].iter_rows()]
    assert [1, "figures that a person has corrected"] in counts
    shown = [cell for row in book["disputes"].iter_rows() for cell in row if cell.value == 11 and cell.comment]
    assert ["add up to 11" in cell.comment.text and "Printed: 0" in cell.comment.text for cell in shown] == [True]
    plain = openpyxl.load_workbook(export(corpus, tmp_path / "y.xlsx"))
    assert "corrections" not in plain.sheetnames


def test_frames_keep_the_decisions(corpus: Corpus, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="the extra export is not installed")
    found = corpus.corrected(listed(tmp_path, HONGZE))
    with duckdb.connect(str(export(found, tmp_path / "x.duckdb"))) as database:
        assert database.execute("SELECT value, printed FROM cells WHERE who <> ''").fetchall() == [(11, 0)]
    back = load(found.save(tmp_path / "saved"))
    assert decided(back.cells)["printed"].tolist() == [0]


def test_excel_files_and_lines_nobody_filled_in(cells: pd.DataFrame, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([{"who": "checked_by"}.get(name, name) for name in CORRECTIONS] + ["page"])
    book.active.append(["sanquan-2021.txt", "requests", "handled", "total", 0, 2, "rows", "page 3", "A. Reader", 3])
    book.active.append(["sanquan-2021.txt", "requests", "new", "total", 2, None, None, "page 3", None, 3])
    book.save(tmp_path / "filled.xlsx")
    found = with_corrections(cells, tmp_path / "filled.xlsx")
    assert found["corrected"].dropna().tolist() == [2]
    (tmp_path / "broken.xlsx").write_bytes(b"PK no")
    with pytest.raises(FileUnreadable, match="cannot be read"):
        corrections(tmp_path / "broken.xlsx")
