"""Sheets for a class: everybody has data of their own, the checks work on them, the key and the marks are right."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from govinfo.errors import FileUnreadable, UsageError
from govinfo.exercises import Sheet, read_sheet, sheet_for, students_in, write_sheets
from govinfo.exercises.judging import Number
from govinfo.exercises.sheets import in_chinese, lines

STUDENTS = ["Li Hua", "王芳", "O'Neil, Ann"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of three, in English."""
    return write_sheets(STUDENTS, tmp_path_factory.mktemp("class") / "sheets")


def right(sheet: Sheet, number: str) -> object:
    expected = sheet.expected[number]
    return expected.right if isinstance(expected, Number) else sorted(expected.right)


def test_everybody_has_a_sheet_of_their_own_and_always_the_same() -> None:
    one, other, again = sheet_for("Li Hua"), sheet_for("王芳"), sheet_for("Li Hua")
    assert right(one, "2") == right(again, "2")
    assert [right(one, number) for number in lines()] != [right(other, number) for number in lines()]
    assert right(sheet_for("Li Hua", seed=1), "4") != right(one, "4")
    assert one.corpus.cells["synthetic"].all()


def test_checks_work_on_the_data_of_the_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = read_sheet(folder / "students" / "Li-Hua" / "data")
    for number in lines():
        assert sheet.check(number, right(sheet, number))
        assert not sheet.check(number, ...)
    assert not sheet.check("4", right(sheet, "5"))
    assert "every request weighs the same" in capsys.readouterr().out
    assert not sheet.check("2", float(right(sheet, "2")) * 100)  # type: ignore[arg-type]
    assert "This is a percentage" in capsys.readouterr().out
    sheet.hint("2")
    assert "not over those received" in capsys.readouterr().out
    assert sheet.questions()["question"].str.contains(sheet.agency, regex=False).any()
    with pytest.raises(UsageError, match="there is no question '9'"):
        sheet.check("9", 1)


def test_a_chinese_sheet_speaks_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    sheet = sheet_for("王芳", lang="zh")
    assert sheet.check("1", right(sheet, "1"))
    assert not sheet.check("2", 0.987)
    said = capsys.readouterr().out
    assert "1: 正确。" in said
    assert "2: 还不对。" in said
    assert sheet.questions()["title"].iloc[0] == "本年新收"


def test_a_chinese_sheet_says_in_chinese_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """It gave the hint in place of every fault."""
    sheet = sheet_for("A", lang="zh")
    answers: list[object] = ["x", True, {}, [], pd.DataFrame(), pd.Series(dtype=float), object(), 5, pd.NA, 0, np.inf]
    for number, one in sheet.expected.items():
        slips = [wrong for wrong, _ in getattr(one, "slips", ())]
        near = [one.right * factor for factor in (-1, 100, 0.01)] if isinstance(one, Number) else [["nobody"], []]
        for answer in [*answers, *slips, *near]:
            sheet.check(number, answer)
    blank = Number(float("nan"))
    faults = [fault for answer in (0, 5, np.inf) for fault in blank.faults(answer)]
    told = [*capsys.readouterr().out.splitlines(), *map(in_chinese, faults)]
    codes = re.compile(r"DataFrame|Series|NA|R5|object")
    assert not [line for line in told if re.search("[A-Za-z]", codes.sub("", line))]
    assert any("分母用成了本年新收" in line for line in told)


def test_a_students_folder_names_nothing_outside_itself(folder: Path) -> None:
    for own in (folder / "students").iterdir():
        assert {path.name for path in own.iterdir()} == {"data", "sheet.ipynb", "requirements.txt"}
        text = (own / "sheet.ipynb").read_text(encoding="utf-8")
        assert ".." not in text.replace("...", "")
        assert "teacher" not in text
        assert 'read_sheet(\\"data\\")' in text
        assert json.loads(text)["nbformat"] == 4


def test_three_sheets_are_solved_by_nbval(folder: Path) -> None:
    pytest.importorskip("nbval", reason="notebooks are run with the extra lab")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval-lax"]
    done = subprocess.run(
        [*command, str(folder / "teacher" / "solved")], capture_output=True, text=True, cwd=folder, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert f"{3 * (len(lines()) + 1)} passed" in done.stdout


def test_the_key_and_the_workbook_hold_the_right_answers(folder: Path) -> None:
    key = pd.read_csv(folder / "teacher" / "key.csv", dtype={"question": str})
    assert len(key) == 3 * len(lines())
    book = openpyxl.load_workbook(folder / "teacher" / "marks.xlsx")
    marks, answers = book["Marks"], book["Key"]
    assert [cell.value for cell in answers["A"]] == ["student", *STUDENTS]
    for row, student in enumerate(STUDENTS, start=2):
        sheet = sheet_for(student)
        for column, number in enumerate(lines(), start=2):
            expected = right(sheet, number)
            shown = "; ".join(expected) if isinstance(expected, list) else pytest.approx(expected, rel=1e-4)
            assert answers.cell(row, column).value == shown
        assert str(marks.cell(row, 2 + 2 * len(lines())).value).startswith("=SUM(")
        assert "ABS(C" in str(marks.cell(row, 3 + len(lines())).value)


def test_badges_lead_to_the_notebook(tmp_path: Path) -> None:
    write_sheets(["A", "王芳"], tmp_path / "a", repository="owner/name", lang="zh")
    chinese = (tmp_path / "a" / "students" / "王芳" / "sheet.ipynb").read_text(encoding="utf-8")
    assert "labpath=students%2F%E7%8E%8B%E8%8A%B3%2Fsheet.ipynb" in chinese
    text = (tmp_path / "a" / "students" / "A" / "sheet.ipynb").read_text(encoding="utf-8")
    assert "https://colab.research.google.com/github/owner/name/blob/main/students/A/sheet.ipynb" in text
    assert "labpath=students%2FA%2Fsheet.ipynb" in text
    assert (tmp_path / "a" / "requirements.txt").is_file(), "Binder installs what stands at the root"


def test_colab_which_opens_a_notebook_alone_fetches_its_folder(tmp_path: Path) -> None:
    """The link led to a notebook without its data."""
    write_sheets(["A"], tmp_path / "a", repository="owner/name")
    cells = json.loads((tmp_path / "a" / "students" / "A" / "sheet.ipynb").read_text(encoding="utf-8"))["cells"]
    first = "".join(next(cell for cell in cells if cell["cell_type"] == "code")["source"])
    assert "git clone -q --depth 1 https://github.com/owner/name class" in first
    assert "%cd class/students/A" in first
    assert 'if "google.colab" in sys.modules' in first, "elsewhere the folder is there"
    plain = write_sheets(["A"], tmp_path / "b") / "students" / "A" / "sheet.ipynb"
    assert "colab" not in plain.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize(
    ("text", "found"),
    [("student\nA\nB\n", ["A", "B"]), ("姓名,学号\n王芳,7\n", ["7"]), ("A\nB\n", ["A", "B"])],
)
def test_lists_of_students(tmp_path: Path, text: str, found: list[str]) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8-sig")
    assert students_in(path) == found


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    for text, said in (("student\n", "no students"), ("student\nA\nA\n", "A stands twice")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=said):
            students_in(path)
    with pytest.raises(UsageError, match="holds other files"):
        write_sheets(["A"], tmp_path)
    with pytest.raises(UsageError, match="no such language"):
        sheet_for("A", lang="de")
    with pytest.raises(FileUnreadable, match="no sheet here"):
        read_sheet(tmp_path)
