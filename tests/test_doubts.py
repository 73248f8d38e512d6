"""The list of what a person should check: what is on it, in which order, and that it is a list of corrections."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import needs_font
from PIL import Image
from test_cli import govinfo as command

from govinfo import Corpus, UsageError, load
from govinfo.corrections import corrections, decided
from govinfo.forms import in_doubt
from govinfo.review import QUEUE, places_in, queue, write_list
from govinfo.review.files import tried
from govinfo.review.listed import COLUMNS
from govinfo.review.queue import codes_of

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


def test_every_doubtful_cell_suggestion_and_failing_sum_is_listed(corpus: Corpus, listed: pd.DataFrame) -> None:
    assert listed.dtypes.astype(str).to_dict() == QUEUE
    cells = corpus.counted().cells
    wanted = cells[in_doubt(cells["doubts"]) | (cells["kind"] == "unreadable") | cells["suggested"].notna()]
    place = ["report_id", "table", "row", "column"]
    of_cells = listed[listed["what"] != "failing sum"]
    assert set(of_cells[place].itertuples(index=False)) == set(wanted[place].itertuples(index=False))
    assert not of_cells.duplicated(place).any()
    failing = corpus.counted().findings["status"] == "fail"
    assert (listed["what"] == "failing sum").sum() == failing.sum()


def test_what_most_depends_on_comes_first(listed: pd.DataFrame) -> None:
    assert listed["depends"].is_monotonic_decreasing
    first = listed.iloc[0]
    assert (first["what"], first["row"], first["column"]) == ("failing sum", "handled", "total")
    assert "disclosure_rate" in first["used_by"]
    assert listed["why"].ne("").all()
    assert listed["why_zh"].str.contains("[\u4e00-\u9fff]").all()
    proven = listed[listed["what"] == "suggestion"]
    assert proven["proof"].str.contains("only").all()
    assert proven["suggested"].notna().all()


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        (("R1", "requests", "column"), "handled"),
        (("R2", "requests", "row"), "total"),
        (("R3", "requests", "column"), "handled"),
        (("R5", "requests", "column"), "carried_in"),
        (("R6", "disclosure", "row"), "in_force"),
    ],
)
def test_a_failing_sum_is_listed_under_the_figure_that_it_must_give(asked: tuple[str, str, str], first: str) -> None:
    assert codes_of(*asked)[0] == first


def test_what_a_person_has_settled_is_not_listed_again(corpus: Corpus, listed: pd.DataFrame, tmp_path: Path) -> None:
    one = listed[listed["what"] == "doubtful cell"].iloc[0]
    path = tmp_path / "a.csv"
    head = "report,table,row,column,expected,corrected,reason,evidence,who"
    place = f"{one['report']},{one['table']},{one['row']},{one['column']}"
    path.write_text(f'{head}\n{place},"{one["expected"]}",as printed,,,A\n', encoding="utf-8")
    assert len(queue(corpus.corrected(path))) == len(listed) - 1


def test_a_sum_whose_figure_is_confirmed_is_not_listed_again(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    head = "report,table,row,column,expected,corrected,reason,evidence,who"
    path.write_text(f"{head}\nhongze-2023.pdf,disputes,reconsideration,total,0,as printed,,,A\n", encoding="utf-8")
    found = corpus.corrected(path)
    assert (found.findings["status"] == "fail").sum() == (corpus.findings["status"] == "fail").sum()
    left = queue(found)
    assert "reconsideration" not in left.loc[left["report"] == "hongze-2023.pdf", "row"].tolist()


@needs_font
def test_the_workbook_has_pictures_and_is_a_list_of_corrections(corpus: Corpus, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="the extra export is not installed")
    listed = queue(corpus)
    mine = listed[listed["report"].isin(["sanquan-2021.txt", "hongze-2023.pdf"])].reset_index(drop=True)
    path = write_list(mine, places_in(corpus, "nowhere", RAW), tmp_path / "check.xlsx")
    assert corrections(path).empty
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    at = COLUMNS.index("picture")
    anchors = sorted((image.anchor._from.row, image.anchor._from.col) for image in sheet._images)
    assert anchors == [(row, at) for row in range(1, len(mine) + 1)]
    assert all(Image.open(image.ref).width > 200 for image in sheet._images)
    for row in sheet.iter_rows(min_row=2):
        target = row[COLUMNS.index("evidence")].hyperlink.target.replace("\\", "/")
        assert (tmp_path / target).is_file()
    total = next(
        row for row in sheet.iter_rows(min_row=2) if row[1].value == "suggestion" and row[5].value == "reconsideration"
    )
    for name, value in {"corrected": 11, "reason": "the columns add up to 11", "checked_by": "A. Reader"}.items():
        total[COLUMNS.index(name)].value = value
    book.save(path)
    cell = decided(corpus.corrected(path).cells).iloc[0]
    assert (cell["row"], cell["value"], cell["printed"], cell["who"]) == ("reconsideration", 11, 0, "A. Reader")
    with pytest.raises(UsageError, match="somebody has filled in"):
        write_list(mine, places_in(corpus, "nowhere", RAW), path)


@needs_font
def test_libreoffice_shows_the_pictures(corpus: Corpus, tmp_path: Path) -> None:
    """Opened in LibreOffice and printed, each line has its picture."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("no LibreOffice on this machine")
    pytest.importorskip("xlsxwriter", reason="the extra export is not installed")
    mine = queue(corpus)
    mine = mine[mine["report"] == "hongze-2023.pdf"].reset_index(drop=True)
    path = write_list(mine, places_in(corpus, "nowhere", RAW), tmp_path / "check.xlsx")
    print_ = [office, f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*print_, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    if not path.with_suffix(".pdf").exists():
        pytest.skip("this LibreOffice has no Calc; on Debian: apt-get install libreoffice-calc-nogui")
    import pypdfium2

    with pypdfium2.PdfDocument(path.with_suffix(".pdf")) as pdf:
        images = [one for page in pdf for one in page.get_objects() if one.type == 3]
    assert len(images) == len(mine)


def test_as_csv_the_pages_stand_in_the_place_of_pictures(corpus: Corpus, tmp_path: Path) -> None:
    mine = queue(corpus)
    mine = mine[mine["report"] == "hongze-2023.pdf"].reset_index(drop=True)
    path = write_list(mine, places_in(corpus, "nowhere", RAW), tmp_path / "check.csv")
    table = pd.read_csv(path, encoding="utf-8-sig")
    assert list(table.columns) == list(COLUMNS)
    assert corrections(path).empty
    for name in table["picture"]:
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert "data:image/png" in page
        assert "does not hold" in page
    with pytest.raises(UsageError, match=r"xlsx or \.csv"):
        write_list(mine, places_in(corpus, "nowhere", RAW), tmp_path / "check.pdf")


def test_a_file_that_is_gone_leaves_its_lines(corpus: Corpus, tmp_path: Path) -> None:
    mine = queue(corpus).head(3)
    path = write_list(mine, places_in(corpus, "nowhere", tmp_path), tmp_path / "check.csv")
    assert pd.read_csv(path, encoding="utf-8-sig")["evidence"].str.contains("not to be found").all()


def test_a_build_remembers_where_its_files_are(tmp_path: Path) -> None:
    import os

    import govinfo

    file = tmp_path / "in" / "sanquan-2021.txt"
    file.parent.mkdir()
    shutil.copy(RAW / file.name, file)
    os.utime(file, (1_600_000_000, 1_600_000_000))
    govinfo.build(file.parent, tmp_path / "out")
    corpus = load(tmp_path / "out")
    found = tried(places_in(corpus, tmp_path / "out"), queue(corpus).iloc[0].to_dict())
    assert re.search("handled", str(found.row))  # type: ignore[union-attr]


def test_the_command_names_what_is_lost(tmp_path: Path) -> None:
    done = command("doubts", RAW.parent / "processed", "-o", tmp_path / "check.csv", "--files", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "29 files are not to be found" in done.stderr.replace("\n", " ")
    assert "28 failing sums" in done.stdout
    done = command("check", RAW.parent / "processed", "--corrections", tmp_path / "check.csv")
    assert "0 figures are corrected, 0 readings confirmed" in done.stderr
