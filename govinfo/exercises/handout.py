"""Sheets for a class: for each student a folder with data and a notebook of their own, for the teacher key and
marks."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd

from govinfo.errors import MissingSoftware, UsageError
from govinfo.exercises.judging import CLOSE, Names, Number
from govinfo.exercises.sheets import ABOUT, Sheet, asked, lines, sheet_for
from govinfo.files.opened import whole_bytes
from govinfo.files.sheet_text import write_csv
from govinfo.files.writing import written_into

NAMES = ("student", "id", "name", "学号", "姓名")
"""Headings of the column that names the students, the first one that is there."""

REQUIREMENTS = "govinfo[export]\njupyterlab\n"
NOTEBOOK = "sheet.ipynb"

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "# The sheet of {student}\n\n"
        "**Every agency and figure here is invented (虚构数据): no evidence about any government.** "
        "Replace each `...` by your answer and run the cell; the check says what is wrong.{badges}",
        "last": "## What the data cannot say\n\nNothing about any real office: all of this is invented.",
    },
    "zh": {
        "title": "# {student} 的练习\n\n**机关和数字均为虚构，不说明任何政府的情况。** "
        "把每个 `...` 换成答案并运行该格，检查会指出错在哪里。{badges}",
        "last": "## 数据不能说明什么\n\n不说明任何真实机关的情况：全部为虚构。",
    },
}
START = """\
# On a machine without govinfo: %pip install -q -r requirements.txt
from govinfo import metrics
from govinfo.exercises import read_sheet

sheet = read_sheet("data")
corpus = sheet.corpus
cells, reports = corpus.cells, corpus.reports
corpus"""

IN_COLAB = """\
# Colab opens a notebook alone: this fetches its folder, and installs what it needs. Elsewhere it does nothing.
import sys

if "google.colab" in sys.modules:
    !git clone -q --depth 1 https://github.com/{repository} class
    %cd class/{folder}
    %pip install -q -r requirements.txt"""


def students_in(path: str | Path) -> list[str]:
    """The students of a list: a CSV (UTF-8) with a column student, id, name, 学号 or 姓名, else its first column.

    Raises UsageError for a file that cannot be read, one without students and a student who stands twice.
    """
    try:
        lines = csv.reader(io.StringIO(whole_bytes(path).decode("utf-8-sig"), newline=""))
        rows = [row for row in lines if any(cell.strip() for cell in row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"not readable: {error}.", where=str(path), hint="Save the list as CSV in UTF-8.") from error
    heading = [cell.strip() for cell in rows[0]] if rows else []
    at = next((heading.index(name) for name in NAMES if name in heading), None)
    found = [row[at or 0].strip() for row in (rows if at is None else rows[1:]) if len(row) > (at or 0)]
    if not found:
        raise UsageError("no students in this list.", where=str(path), hint="One line each below a heading: student.")
    folders = [folder_of(student) for student in found]
    for student, folder in zip(found, folders, strict=True):
        if folders.count(folder) > 1:
            raise UsageError(f"{student} stands twice.", where=str(path), hint="Give each student one line.")
    return found


def folder_of(student: str) -> str:
    """The name of a student's folder: letters, figures and Chinese, anything else as a hyphen."""
    return re.sub(r"[^\w.-]+", "-", student).strip(".-") or "student"


def write_sheets(
    students: Sequence[str],
    folder: str | Path,
    *,
    seed: int = 0,
    lang: str = "en",
    repository: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Writes the sheets of a class and returns the folder.

    students/NAME holds a student's data, notebook and requirements: hand it out as it is; it names no path outside
    itself. teacher holds key.csv (the right answers), marks.xlsx (a line per student: paste the answers, the marks
    count themselves) and solved (the sheets solved). ``seed`` makes other sheets of the same class; ``lang`` is "en" or
    "zh"; ``repository`` ("owner/name" on a public host of notebooks) gives each notebook badges for Colab and Binder.

    Raises UsageError for another language and a folder that is not empty, MissingSoftware without XlsxWriter,
    FileUnreadable when the folder cannot be written.
    """
    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()):
        raise UsageError("this folder holds other files.", where=str(folder), hint="Choose an empty or a new folder.")
    key: list[dict[str, object]] = []
    for done, student in enumerate(students, start=1):
        sheet = sheet_for(student, seed, lang)
        own = folder / "students" / folder_of(student)
        sheet.corpus.save(own / "data")
        about = {"student": student, "agency": sheet.agency, "year": sheet.year, "lang": lang}
        with written_into(own / "data") as beside:
            (beside / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        with written_into(own) as beside:
            (beside / NOTEBOOK).write_text(notebook(sheet, repository, f"students/{own.name}"), encoding="utf-8")
            (beside / "requirements.txt").write_text(REQUIREMENTS, encoding="utf-8")
        solved = notebook(sheet, solved=True).replace('read_sheet(\\"data\\")', solved_from(own.name))
        with written_into(folder / "teacher" / "solved") as beside:
            (beside / f"{own.name}.ipynb").write_text(solved, encoding="utf-8")
        key += answers_of(sheet)
        if progress:
            progress(done, len(students))
    frame = pd.DataFrame(key).astype({"student": "string", "question": "string", "unit": "string", "answer": "string"})
    with written_into(folder / "teacher") as beside:
        write_csv(frame, beside / "key.csv")
        write_marks(frame, list(students), beside / "marks.xlsx", lang)
    if repository:
        with written_into(folder) as beside:
            (beside / "requirements.txt").write_text(REQUIREMENTS, encoding="utf-8")
    return folder


def solved_from(name: str) -> str:
    """What a solved sheet reads: the data of the student's folder."""
    return f'read_sheet(\\"../../students/{name}/data\\")'


def badges_of(repository: str, path: str) -> str:
    """Links that open a notebook in Colab and in Binder; none where no repository is named."""
    if not repository:
        return ""
    colab = f"https://colab.research.google.com/github/{repository}/blob/main/{quote(path)}"
    binder = f"https://mybinder.org/v2/gh/{repository}/main?labpath={quote(path, safe='')}"
    return f"\n\n[Open in Colab]({colab}) · [Open in Binder]({binder})"


def notebook(sheet: Sheet, repository: str = "", folder: str = "", *, solved: bool = False) -> str:
    """The notebook of a sheet as JSON, its answers open or solved; ``folder``: where it stands in a ``repository``."""
    texts = TEXTS[sheet.lang]
    badges = badges_of(repository, f"{folder}/{NOTEBOOK}")
    fetched = [code(IN_COLAB.format(repository=repository, folder=folder))] if repository else []
    cells = [markdown(texts["title"].format(student=sheet.student, badges=badges)), *fetched, code(START)]
    for number, line in lines().items():
        answer = line["solution"] if solved else "..."
        check = f'assert sheet.check("{number}", answer)' if solved else f'sheet.check("{number}", answer)'
        cells.append(markdown(f"## {number}. {line[f'title_{sheet.lang}']}\n\n{question(line, sheet)}"))
        cells.append(code(f"answer = {answer}\n{check}"))
    cells.append(markdown(texts["last"]))
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    numbered = [{"id": f"cell-{at}", **cell} for at, cell in enumerate(cells)]
    book = {"cells": numbered, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"


def question(line: Mapping[str, str], sheet: Sheet) -> str:
    """A question in the words of the sheet."""
    return asked(line, sheet.agency, sheet.year, sheet.lang)


def markdown(text: str) -> dict[str, Any]:
    """A cell of text."""
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def code(text: str) -> dict[str, Any]:
    """A cell of code that was not run."""
    source = text.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


def answers_of(sheet: Sheet) -> list[dict[str, object]]:
    """The right answers of a sheet: student, question, unit, answer (text), tolerance (float, NaN for names)."""
    found: list[dict[str, object]] = []
    for number, expected in sheet.expected.items():
        if isinstance(expected, Number):
            right, unit, close = f"{expected.right:.6g}", expected.unit, CLOSE[expected.unit]
        else:
            assert isinstance(expected, Names)
            right, unit, close = "; ".join(sorted(expected.right)), "names", float("nan")
        found.append({"student": sheet.student, "question": number, "unit": unit, "answer": right, "tolerance": close})
    return found


def write_marks(key: pd.DataFrame, students: Sequence[str], path: Path, lang: str) -> None:
    """The workbook for marking: a sheet to paste answers into, with formulas that mark them, and the key."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingSoftware(
            "XlsxWriter is not installed.", where=str(path), hint="pip install 'govinfo[export]'"
        ) from error
    numbers = list(lines())
    words = {"en": ("Marks", "Key", "student", "marks"), "zh": ("评分", "答案", "学生", "得分")}[lang]
    workbook = xlsxwriter.Workbook(str(path))
    bold, open_cell = workbook.add_format({"bold": True}), workbook.add_format({"bg_color": "#fff2cc"})
    marks, answers = workbook.add_worksheet(words[0]), workbook.add_worksheet(words[1])
    by = {(line["student"], line["question"]): line for line in key.to_dict("records")}
    for sheet, extra in ((marks, [*(f"{number} ✓" for number in numbers), words[3]]), (answers, [])):
        sheet.write_row(0, 0, [words[2], *numbers, *extra], bold)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 24)
    width = len(numbers)
    for row, student in enumerate(students, start=1):
        for sheet in (marks, answers):
            sheet.write_string(row, 0, student)
        for at, number in enumerate(numbers, start=1):
            line = by[student, number]
            given = xlsxwriter.utility.xl_rowcol_to_cell(row, at)
            right = xlsxwriter.utility.xl_rowcol_to_cell(row, at)
            marks.write_blank(row, at, None, open_cell)
            if line["unit"] == "names":
                answers.write_string(row, at, line["answer"])
                formula = f"=IF(TRIM({given})=TRIM('{words[1]}'!{right}),1,0)"
            else:
                answers.write_number(row, at, float(line["answer"]))
                near_enough = f"ABS({given}-'{words[1]}'!{right})<={line['tolerance']}"
                formula = f"=IF(ISNUMBER({given}),IF({near_enough},1,0),0)"
            marks.write_formula(row, width + at, formula, None, 0)
        first, last = (xlsxwriter.utility.xl_rowcol_to_cell(row, width + at) for at in (1, width))
        marks.write_formula(row, 2 * width + 1, f"=SUM({first}:{last})", bold, 0)
    workbook.close()
