"""The list of doubts as a file that a person fills in: Excel with pictures, or CSV; a page of evidence for each line.

Filled in, the file is a list of corrections.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from PIL import Image

from govinfo.corrections import WORDS
from govinfo.errors import FileUnreadable, GovinfoError, MissingSoftware, UsageError
from govinfo.evidence import Evidence
from govinfo.files.opened import whole_bytes
from govinfo.files.sheet_text import printable, safe, write_csv
from govinfo.files.writing import written, written_into
from govinfo.review.files import Places, tried
from govinfo.review.queue import QUEUE

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

BY_HAND = ("corrected", "reason", "checked_by")
"""Columns that are left empty for a person."""

COLUMNS = (
    "number", "what", "agency", "year", "table", "row", "column", "label", "column_label", "expected", "value", "unit",
    "picture", "why", "why_zh", "suggested", "proof", "proof_zh", *BY_HAND, "evidence", "page", "depends", "used_by",
    "report",
)  # fmt: skip
"""Columns of the file in their order; those of CORRECTIONS are among them."""

WIDTHS = {
    "number": 6, "what": 13, "agency": 20, "year": 6, "table": 11, "row": 20, "column": 15, "label": 26,
    "column_label": 16, "expected": 10, "value": 9, "unit": 6, "picture": 92, "why": 40, "why_zh": 36, "suggested": 10,
    "proof": 40, "proof_zh": 36, "corrected": 14, "reason": 30, "checked_by": 14, "evidence": 28, "page": 6,
    "depends": 8, "used_by": 30, "report": 24,
}  # fmt: skip

PICTURE = (640, 540)
"""Pixels that a picture in a cell is wide and high at most."""

PICTURE_ROWS = 10
"""Rows of a printed table that such a picture shows, besides those of sums that fail."""

LEAST_HEIGHT = 60
"""Points of a line without a picture."""

POINT = 0.75
"""Points that a pixel of a sheet is high."""

A3 = 8
"""The paper of the list, by the number that Excel has for it."""

FILLED, GIVEN = "#fff7d6", "#dce6f1"
"""Colours of the headings: of columns to fill in, of the others."""

CREATED = datetime(2000, 1, 1)
"""The date in the properties of the workbook, so that the same data make the same bytes."""

HOW = (
    "Fill in the yellow columns: corrected takes a figure, or one of "
    + ", ".join(WORDS)
    + ". Lines left empty decide nothing. Then: govinfo check FOLDER --corrections THIS FILE"
)

Progress = Callable[[int, int], None]


def write_list(queue: pd.DataFrame, places: Places, path: str | Path, progress: Progress | None = None) -> Path:
    """Writes a queue as .xlsx (with a picture of the place of each line) or .csv, and beside it the folder NAME_pages
    with a page of evidence for each line; returns the path.

    Columns: ``COLUMNS``; empty are "corrected", "reason" and "checked_by". A line whose file cannot be shown says why.
    Raises UsageError for another suffix and for a list that somebody has filled in, MissingSoftware without XlsxWriter,
    FileUnreadable where nothing can be written; what was there before then stays.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in {".xlsx", ".csv"}:
        raise UsageError("the list is written as .xlsx or .csv.", where=str(path), hint="Choose such a name.")
    refuse_filled_in(path)
    folder = path.with_name(f"{path.stem}_pages")
    lines: list[dict[Any, Any]] = queue.to_dict("records")
    pictures: list[Image.Image | None] = []
    with written_into(folder) as beside:
        for number, line in enumerate(lines, start=1):
            shown = tried(places, line)
            name = f"{number:04}.html"
            (beside / name).write_text(page_of(shown, line, number, len(lines)), encoding="utf-8")
            line |= {"number": number, "link": f"{folder.name}/{name}", "evidence": told_place(line, shown)}
            pictures.append(picture_of(shown))
            if progress:
                progress(number, len(lines))
    with written(path) as target:
        if suffix == ".csv":
            write_csv(as_frame(lines), target)
        else:
            write_workbook(lines, pictures, target)
    return path


def refuse_filled_in(path: Path) -> None:
    """Raises UsageError where a file that somebody has filled in, or may have, would be written over."""
    if not path.exists() or not (data := whole_bytes(path)):
        return
    try:
        read: Callable[..., pd.DataFrame] = pd.read_csv if path.suffix.lower() == ".csv" else pd.read_excel
        there = read(io.BytesIO(data), dtype="string")
    except Exception as error:  # openpyxl fails in many ways over what is no workbook
        raise UsageError(
            "this file is no list that can be read; it stays.", where=str(path), hint="Choose another name."
        ) from error
    if any(name in there and there[name].fillna("").str.strip().ne("").any() for name in BY_HAND):
        raise UsageError("somebody has filled in this file; it stays.", where=str(path), hint="Choose another name.")


def as_frame(lines: list[dict[Any, Any]]) -> pd.DataFrame:
    """The lines as a frame for CSV: in the place of the picture the page that shows it."""
    empty = dict.fromkeys(BY_HAND, "")
    made = [{**line, **empty, "picture": line["link"]} for line in lines]
    types = {name: type_ for name, type_ in QUEUE.items() if name in COLUMNS}
    return pd.DataFrame(made, columns=list(COLUMNS)).astype(types)


def told_place(line: Mapping[Any, Any], shown: Evidence | GovinfoError) -> str:
    """Where a figure can be seen, in words."""
    if isinstance(shown, GovinfoError):
        return f"{line['report']} ({shown.message})"
    return f"{line['report']}, page {line['page']}" if pd.notna(line["page"]) else str(line["report"])


def picture_of(shown: Evidence | GovinfoError) -> Image.Image | None:
    """The picture of a place; None where there is none."""
    if isinstance(shown, GovinfoError):
        return None
    try:
        return shown.place(PICTURE_ROWS)
    except MissingSoftware:
        return None


def page_of(shown: Evidence | GovinfoError, line: Mapping[Any, Any], number: int, of: int) -> str:
    """The page of evidence of a line: why it is in doubt, and all that is known about the cell."""
    head = f"<p>{number} / {of} · {escape(line['what'])}</p><p>{escape(line['why'])}<br>{escape(line['why_zh'])}</p>"
    body = f"<p>{escape(str(shown))}</p>" if isinstance(shown, GovinfoError) else shown._repr_html_()
    style = "body{font-family:sans-serif;margin:1em auto;max-width:1250px}table{border-collapse:collapse}"
    title = escape(f"{line['agency']} {line['table']} {line['row']} {line['column']}")
    return f'<!doctype html><meta charset="utf-8"><title>{title}</title><style>{style}</style>{head}{body}\n'


# The workbook


def write_workbook(lines: list[dict[Any, Any]], pictures: list[Image.Image | None], path: Path) -> None:
    """The lines as a workbook with their pictures."""
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxFileError
    except ImportError as error:
        raise MissingSoftware(
            "XlsxWriter is not installed.", where=str(path), hint="pip install 'govinfo[export]', or write .csv."
        ) from error
    try:
        workbook = xlsxwriter.Workbook(str(path))
        workbook.set_properties({"title": "govinfo doubts", "created": CREATED})
        fill(workbook, workbook.add_worksheet("doubts"), lines, pictures)
        workbook.close()
    except XlsxFileError as error:
        raise FileUnreadable(str(error), where=str(path), hint="Choose another place.") from error


def fill(workbook: Workbook, sheet: Worksheet, lines: list[dict[Any, Any]], pictures: list[Image.Image | None]) -> None:
    """The heading, a line each, its picture in its cell."""
    text = workbook.add_format({"valign": "top", "text_wrap": True})
    # A mark keeps a text that looks like a formula a text when somebody edits the cell.
    marked = workbook.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
    link = workbook.add_format({"valign": "top", "text_wrap": True, "font_color": "#0563c1", "underline": 1})
    for at, name in enumerate(COLUMNS):
        colour = FILLED if name in BY_HAND else GIVEN
        sheet.set_column(at, at, WIDTHS[name])
        sheet.write_string(0, at, name, workbook.add_format({"bold": True, "bg_color": colour, "border": 1}))
    sheet.write_comment(0, COLUMNS.index("corrected"), HOW, {"width": 360, "height": 120})
    for row, (line, picture) in enumerate(zip(lines, pictures, strict=True), start=1):
        for at, name in enumerate(COLUMNS):
            value = line.get(name)
            if name == "evidence":
                sheet.write_url(row, at, f"external:{line['link']}", link, printable(str(value)))
            elif isinstance(value, (int, float)) and pd.notna(value):
                sheet.write_number(row, at, value, text)
            elif isinstance(value, str) and value:
                sheet.write_string(row, at, printable(value), marked if safe(value) != value else text)
            else:
                sheet.write_blank(row, at, None, text)
        insert(sheet, row, picture)
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(lines), len(COLUMNS) - 1)


def insert(sheet: Worksheet, row: int, picture: Image.Image | None) -> None:
    """A picture in its cell, the line as high as it."""
    if picture is None:
        sheet.set_row(row, LEAST_HEIGHT)
        return
    small = picture.copy()
    small.thumbnail(PICTURE, Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.quantize(64).save(buffer, "PNG", optimize=True)
    sheet.set_row(row, max(LEAST_HEIGHT, (small.height + 6) * POINT))
    placed = {"image_data": buffer, "x_offset": 2, "y_offset": 2, "object_position": 1, "description": "the place"}
    sheet.insert_image(row, COLUMNS.index("picture"), f"{row}.png", placed)
