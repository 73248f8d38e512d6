"""A corpus as an Excel workbook: a sheet per table in the form's own layout, and the frames that go with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from govinfo.corpus import Corpus, corpus_of, holds_invented
from govinfo.corrections import changed, decided
from govinfo.errors import FileUnreadable, MissingSoftware, UsageError, near
from govinfo.export.folder import without_duplicates
from govinfo.export.layout import columns_of, lines_of
from govinfo.export.sheets import (
    CORRECTED,
    LANGUAGES,
    NOT_IN_FORM,
    UNREADABLE,
    Styles,
    form_sheet,
    frame_sheet,
    put,
    styles_of,
    words,
)
from govinfo.files.sheet_text import OWN_CATEGORY
from govinfo.files.writing import written
from govinfo.forms import TABLES, in_doubt
from govinfo.report import Report
from govinfo.tables.display import DOUBTFUL

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEETS = ("README", "reports", "disclosure", "requests", "disputes", "statistics", "findings", "problems")
"""The sheets in their order."""

CORRECTIONS_SHEET = "corrections"
LISTED = (
    "agency", "year", "table", "row", "column", "label", "printed", "value", "unit", "doubts", "reason", "evidence",
    "who", "report_id", "source",
)  # fmt: skip
"""Columns of the sheet of corrections, which stands behind problems where somebody has decided."""

FAILED = "#f4b6a6"

WIDTHS = {
    "report_id": 36, "agency": 24, "title": 44, "url": 30, "source": 30, "sha256": 20, "doubts": 30, "message": 70,
    "message_zh": 60, "error": 50, "hint": 60, "row": 22, "label": 40, "reason": 44, "evidence": 36,
}  # fmt: skip
"""Widths of columns in the sheets that show a frame."""

FILLS: Mapping[str, Callable[[str], str]] = {
    "doubts": lambda doubts: DOUBTFUL if doubts else "",
    "status": lambda status: FAILED if status == "fail" else "",
}
"""What is coloured in the sheets that show a frame."""

CREATED = datetime(2000, 1, 1)
"""The date in the properties of every workbook, so that the same data make the same bytes."""


def to_excel(data: Corpus | Report, path: str | Path, lang: str = "en") -> Path:
    """Writes reports as an Excel workbook (.xlsx) and returns its path.

    Sheets: README (what is in it, legend, how to cite), reports, the four tables of the forms, findings, problems.
    A table has one line per report and row of the form, headed by the labels of the form, so that the filter on
    agency and year leaves the very table of a report. A doubtful cell is coloured and its comment says why; blanks
    stay empty, a dash shows as printed, "?" stands for what could not be read, grey for cells that the row does not
    have. Of a corpus with corrections (``Corpus.corrected``) the corrected figures are coloured, and a sheet lists
    them. A proven figure (``suggested``) stands in the comment only. The same data give the same bytes.

    README and comments are in ``lang``, "en" or "zh".

    Raises MissingSoftware without XlsxWriter, UsageError for another language or more lines than Excel holds,
    FileUnreadable when the file cannot be written; what was there before then stays.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxFileError
    except ImportError as error:
        raise MissingSoftware(
            "XlsxWriter is not installed.", where=str(path), hint="pip install 'govinfo[export]'"
        ) from error
    path = Path(path)
    if lang not in LANGUAGES:
        raise UsageError(f"no such language: {lang}.", where=str(path), hint=near(lang, LANGUAGES))
    corpus = corpus_of(data) if isinstance(data, Report) else without_duplicates(data)
    with written(path) as beside:
        try:
            workbook = xlsxwriter.Workbook(str(beside), {"constant_memory": True, "tmpdir": str(beside.parent)})
            fill(workbook, corpus, lang)
            workbook.close()
        except XlsxFileError as error:
            raise FileUnreadable(str(error), where=str(path), hint="Choose another place.") from error
    return path


def fill(workbook: Workbook, corpus: Corpus, lang: str) -> None:
    """Makes the sheets."""
    workbook.set_properties({"title": "政府信息公开工作年度报告", "category": OWN_CATEGORY, "created": CREATED})
    style = styles_of(workbook)
    sheets = {name: workbook.add_worksheet(name) for name in SHEETS}
    readme_sheet(sheets["README"], corpus, style, lang)
    for table in TABLES:
        lines = list(lines_of(table, corpus.cells))
        form_sheet(sheets[table], table, columns_of(table, corpus.cells), lines, style, mark_of(corpus, lang), lang)
    for name in ("reports", "findings", "problems"):
        frame_sheet(sheets[name], getattr(corpus, name), WIDTHS, FILLS, style)
    if len(by_hand := decided(corpus.cells)):
        frame_sheet(workbook.add_worksheet(CORRECTIONS_SHEET), by_hand[list(LISTED)], WIDTHS, {}, style)


def readme_sheet(sheet: Worksheet, corpus: Corpus, style: Styles, lang: str) -> None:
    """What is in the workbook, what the colours mean, how to cite it."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    for row, (left, right, look) in enumerate(readme_lines(corpus, lang)):
        put(sheet, row, 0, left, style, **look)
        put(sheet, row, 1, right, style, text_wrap=True)
    sheet.fit_to_pages(1, 0)


def readme_lines(corpus: Corpus, lang: str) -> Iterator[tuple[object, str, dict[str, object]]]:
    """The lines of the sheet README: left cell, right cell, look of the left one."""
    say = {key: line[lang] for key, line in words().items()}
    heading: dict[str, object] = {"bold": True}
    none: tuple[object, str, dict[str, object]] = ("", "", {})
    yield "政府信息公开工作年度报告", say["title"], heading
    if mark := mark_of(corpus, lang):
        yield mark, say["which"], heading | {"fill": FAILED}
    by_hand = len(decided(corpus.cells)) > 0
    yield "", say["written"].format(version=version("govinfo")), {}
    if by_hand:
        yield "", say["but"], {}
    yield none
    yield say["sheets"], "", heading
    for name in SHEETS[1:]:
        yield name, say[name], {}
    if by_hand:
        yield CORRECTIONS_SHEET, say[CORRECTIONS_SHEET], {}
    yield none
    yield say["counts"], "", heading
    for count, what in counts(corpus):
        yield count, say[what], {"align": "left"}
    yield none
    yield say["legend"], "", heading
    yield "", say["empty"], {}
    yield "—", say["dash"], {}
    yield "", say["not_in_form"], {"fill": NOT_IN_FORM}
    yield 12, say["doubtful"], {"fill": DOUBTFUL, "align": "left"}
    yield "?", say["unreadable"], {"fill": UNREADABLE}
    if by_hand:
        yield 12, say["corrected"], {"fill": CORRECTED, "align": "left"}
    yield "fail", say["fail"], {"fill": FAILED}
    yield "", say["proven"], {}
    yield none
    yield say["reading"], "", heading
    yield "", say["filter"], {}
    yield "", say["units"], {}
    yield none
    yield say["cite"], "", heading
    yield "", say["name_report"], {}
    yield "", say["name_software"].format(version=version("govinfo")), {}


def mark_of(corpus: Corpus, lang: str) -> str:
    """What marks a workbook with invented figures; nothing where there are none."""
    return words()["invented"][lang] if holds_invented(corpus.reports) else ""


def counts(corpus: Corpus) -> Iterator[tuple[int, str]]:
    """How much there is, how much of it is doubtful, and what is left out: the number and the key of its words."""
    kinds, status = corpus.cells["kind"].value_counts(), corpus.findings["status"].value_counts()
    yield len(corpus.reports), "n_reports"
    yield len(corpus.cells), "n_cells"
    yield int(kinds.get("blank", 0)), "n_blank"
    unreadable = corpus.cells["kind"].eq("unreadable") & corpus.cells["value"].isna()
    yield int(unreadable.sum()), "n_unreadable"
    yield int(in_doubt(corpus.cells["doubts"]).sum()), "n_doubts"
    if len(by_hand := decided(corpus.cells)):
        yield len(changed(corpus.cells)), "n_corrected"
        yield len(by_hand) - len(changed(corpus.cells)), "n_confirmed"
    yield int(status.get("fail", 0)), "n_fail"
    yield int(status.get("unknown", 0)), "n_unknown"
    yield len(corpus.unread()), "n_unread"
    yield int(corpus.sections["paragraph"].notna().sum()), "n_sections"
    yield len(corpus.statements), "n_statements"
