"""Filled forms as the files that people have: pages saved as one file, workbooks, scripts, archives."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

import openpyxl
import xlwt
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.render import LAYOUTS, Form
from govinfo.render.model import Slot
from govinfo.render.sheets import contents, dense


def page_of(form: Form) -> str:
    """The form as an HTML page."""
    return LAYOUTS["html"](form, Random(0))[0].decode()


def as_mhtml(page: str, *, encoding: str = "quoted-printable", charset: str = "utf-8", line: str = "\r\n") -> bytes:
    """A page as browsers save it in one file, a picture behind it."""
    data = page.encode(charset)
    body = quopri.encodestring(data) if encoding == "quoted-printable" else base64.encodebytes(data)
    said = f'; charset="{charset}"' if charset != "utf-8" else ""
    head = line.join(
        [
            "From: <Saved by Blink>",
            "Snapshot-Content-Location: https://www.example.gov.cn/2023/report.html",
            "Subject: =?utf-8?B?5bm05oql?=",
            "MIME-Version: 1.0",
            'Content-Type: multipart/related; type="text/html";',
            '\tboundary="----part"',
            "",
            "",
            "------part",
            f"Content-Type: text/html{said}",
            f"Content-Transfer-Encoding: {encoding}",
            "Content-Location: https://www.example.gov.cn/2023/report.html",
            "",
            "",
        ]
    )
    picture = line.join(
        [
            "",
            "------part",
            "Content-Type: image/png",
            "Content-Transfer-Encoding: base64",
            "",
            "iVBORw0KGgo=",
            "------part--",
            "",
        ]
    )
    return head.encode() + body.replace(b"\r\n", b"\n").replace(b"\n", line.encode()) + picture.encode()


Placed = tuple[int, int, Slot]
"""Row and column of a cell, counted from 0, and the cell."""


def placed(form: Form, gap: int = 0) -> Iterator[Placed]:
    """The report on one sheet, one row below the other, with ``gap`` empty rows around each table."""
    row = 0
    for _, content in contents(form):
        if isinstance(content, str):
            yield row, 0, Slot(content)
            row += 1
            continue
        row += gap
        for places in dense(content):
            yield from ((row, col, slot) for col, (_, slot) in enumerate(places) if slot)
            row += 1
        row += gap


def number(text: str) -> object:
    """A figure as the number that a workbook holds; any other text as it is."""
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return text


def as_xlsx(
    form: Form, *, gap: int = 0, bordered: bool = False, edit: Callable[[Worksheet], Any] | None = None
) -> bytes:
    """An Excel workbook with the report on one sheet, its merged cells merged; ``edit`` changes the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    thin = Side(style="thin")
    for row, col, slot in placed(form, gap):
        sheet.cell(row + 1, col + 1, number(slot.text))
        if slot.rowspan > 1 or slot.colspan > 1:
            sheet.merge_cells(
                start_row=row + 1, start_column=col + 1, end_row=row + slot.rowspan, end_column=col + slot.colspan
            )
        if bordered and (slot.means or slot.colspan > 1 or col or len(slot.text) < 12):
            sheet.cell(row + 1, col + 1).border = Border(thin, thin, thin, thin)
    if edit:
        edit(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_xls(form: Form, edit: Callable[[Any], Any] | None = None) -> bytes:
    """The same as a workbook of before 2007."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1", cell_overwrite_ok=True)
    for row, col, slot in placed(form):
        if slot.rowspan > 1 or slot.colspan > 1:
            sheet.write_merge(row, row + slot.rowspan - 1, col, col + slot.colspan - 1, number(slot.text))
        else:
            sheet.write(row, col, number(slot.text))
    if edit:
        edit(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def where(form: Form, table: str, row: str, column: str) -> tuple[int, int]:
    """Where a cell of the form stands on the sheet, counted from 0."""
    return next((at, col) for at, col, slot in placed(form) if slot.means == (table, row, column))


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()
