"""A corpus as an Excel workbook: a sheet per table in the form's own layout, and the frames that go with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from govinfo.corpus import Corpus, corpus_of
from govinfo.errors import FileUnreadable, MissingSoftware
from govinfo.export.folder import without_duplicates
from govinfo.export.layout import columns_of, lines_of
from govinfo.export.sheets import NOT_IN_FORM, UNREADABLE, Styles, form_sheet, frame_sheet, put, styles_of
from govinfo.files.sheet_text import OWN_CATEGORY
from govinfo.files.writing import written
from govinfo.forms import TABLES
from govinfo.report import Report
from govinfo.tables.display import DOUBTFUL

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEETS = {
    "README": "",
    "reports": "one line per report",
    "disclosure": "主动公开政府信息情况: one line per report and row of the form",
    "requests": "收到和处理政府信息公开申请情况: one line per report and row of the form",
    "disputes": "政府信息公开行政复议、行政诉讼情况: one line per report and row of the form",
    "statistics": "统计表 of the forms before: one line per report and row",
    "findings": "one line per sum of the form (勾稽关系): does it hold?",
    "problems": "one line per file that could not be read or was passed over",
}
"""The sheets in their order, and what they hold."""

FAILED = "#f4b6a6"

WIDTHS = {
    "report_id": 36, "agency": 24, "title": 44, "url": 30, "source": 30, "sha256": 20, "doubts": 30, "message": 70,
    "message_zh": 60, "error": 50, "hint": 60, "row": 22,
}  # fmt: skip
"""Widths of columns in the sheets that show a frame."""

FILLS: Mapping[str, Callable[[str], str]] = {
    "doubts": lambda doubts: DOUBTFUL if doubts else "",
    "status": lambda status: FAILED if status == "fail" else "",
}
"""What is coloured in the sheets that show a frame."""

INVENTED = "Invented figures: no evidence about any government 虚构数据"
"""The mark of a workbook with figures of invented agencies."""

CREATED = datetime(2000, 1, 1)
"""The date in the properties of every workbook, so that the same data make the same bytes."""


def to_excel(data: Corpus | Report, path: str | Path) -> Path:
    """Writes reports as an Excel workbook (.xlsx) and returns its path.

    Sheets: README (what is in it, legend, how to cite), reports, the four tables of the forms, findings, problems.
    A table has one line per report and row of the form, headed by the labels of the form, so that the filter on
    agency and year leaves the very table of a report. A doubtful cell is coloured and its comment says why; blanks
    stay empty, a dash shows as printed, "?" stands for what could not be read, grey for cells that the row does not
    have. A proven figure (``suggested``) stands in the comment only. The same data give the same bytes.

    Raises MissingSoftware without XlsxWriter, UsageError for more lines than Excel holds, FileUnreadable when the
    file cannot be written; what was there before then stays.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxFileError
    except ImportError as error:
        raise MissingSoftware(
            "XlsxWriter is not installed.", where=str(path), hint="pip install 'govinfo[export]'"
        ) from error
    path = Path(path)
    corpus = corpus_of(data) if isinstance(data, Report) else without_duplicates(data)
    with written(path) as beside:
        try:
            workbook = xlsxwriter.Workbook(str(beside), {"constant_memory": True, "tmpdir": str(beside.parent)})
            fill(workbook, corpus)
            workbook.close()
        except XlsxFileError as error:
            raise FileUnreadable(str(error), where=str(path), hint="Choose another place.") from error
    return path


def fill(workbook: Workbook, corpus: Corpus) -> None:
    """Makes the sheets."""
    workbook.set_properties({"title": "政府信息公开工作年度报告", "category": OWN_CATEGORY, "created": CREATED})
    style = styles_of(workbook)
    sheets = {name: workbook.add_worksheet(name) for name in SHEETS}
    readme_sheet(sheets["README"], corpus, style)
    for table in TABLES:
        lines = list(lines_of(table, corpus.cells))
        form_sheet(sheets[table], table, columns_of(table, corpus.cells), lines, style, mark_of(corpus))
    for name in ("reports", "findings", "problems"):
        frame_sheet(sheets[name], getattr(corpus, name), WIDTHS, FILLS, style)


def readme_sheet(sheet: Worksheet, corpus: Corpus, style: Styles) -> None:
    """What is in the workbook, what the colours mean, how to cite it."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    for row, (left, right, look) in enumerate(readme_lines(corpus)):
        put(sheet, row, 0, left, style, **look)
        put(sheet, row, 1, right, style, text_wrap=True)
    sheet.fit_to_pages(1, 0)


def readme_lines(corpus: Corpus) -> Iterator[tuple[object, str, dict[str, object]]]:
    """The lines of the sheet README: left cell, right cell, look of the left one."""
    heading: dict[str, object] = {"bold": True}
    yield "政府信息公开工作年度报告", "Annual reports on government information disclosure", heading
    if mark := mark_of(corpus):
        yield (
            mark,
            "The column synthetic of the sheet reports says which reports are invented.",
            heading | {"fill": FAILED},
        )
    yield "", f"Written by govinfo {version('govinfo')}. The figures are what the reports print.", {}
    yield "", "", {}
    yield "Sheets", "", heading
    for name, what in SHEETS.items():
        if what:
            yield name, what, {}
    yield "", "", {}
    yield "Counts", "", heading
    for count, what in counts(corpus):
        yield count, what, {"align": "left"}
    yield "", "", {}
    yield "Legend", "", heading
    yield "", "an empty cell: the page prints nothing there. It is not zero.", {}
    yield "—", "a dash: the page prints a dash. It is not zero.", {}
    yield "", "the row of the form has no such cell", {"fill": NOT_IN_FORM}
    yield (
        12,
        "a doubtful figure: the comment of the cell says why, and what is printed",
        {"fill": DOUBTFUL, "align": "left"},
    )
    yield "?", "no single reading is sure, or the row is not on the page: the comment says which", {"fill": UNREADABLE}
    yield "fail", "a sum of the form that does not hold in the report (sheet findings)", {"fill": FAILED}
    yield "", "A comment on a plain cell names a figure that the sums of the form prove. It is never filled in.", {}
    yield "", "", {}
    yield "Reading it", "", heading
    yield "", "Filter agency and year to see one report as the form. The third row of each table holds the codes.", {}
    yield "", "Units stand with the headings and in the column unit: 万元 is ten thousand yuan.", {}
    yield "", "", {}
    yield "How to cite", "", heading
    yield "", "Name the report: agency, title, year, address and SHA-256 of the file stand in the sheet reports.", {}
    yield "", f"For the reading, name govinfo {version('govinfo')}.", {}


def mark_of(corpus: Corpus) -> str:
    """What marks a workbook with invented figures; nothing where there are none."""
    reports = corpus.reports
    return INVENTED if "synthetic" in reports and reports["synthetic"].fillna(False).any() else ""


def counts(corpus: Corpus) -> Iterator[tuple[int, str]]:
    """How much there is, how much of it is doubtful, and what is left out."""
    kinds, status = corpus.cells["kind"].value_counts(), corpus.findings["status"].value_counts()
    yield len(corpus.reports), "reports"
    yield len(corpus.cells), "cells"
    yield int(kinds.get("blank", 0)), "cells that are empty on the page"
    yield int(kinds.get("unreadable", 0)), "cells without a sure reading"
    yield int((corpus.cells["doubts"] != "").sum()), "cells with a doubt"
    yield int(status.get("fail", 0)), "sums that do not hold"
    yield int(status.get("unknown", 0)), "sums that cannot be checked"
    yield len(corpus.unread()), "files that could not be read"
    yield len(corpus.sections), "sections of text, left out here; the exports as CSV, Parquet and DuckDB have them"
