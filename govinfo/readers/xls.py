"""Excel and WPS workbooks of before 2007 (.xls, .et) -> Document: what a person sees in their sheets."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from govinfo.document import Cell, Document
from govinfo.errors import FileUnreadable
from govinfo.readers.number_format import shown
from govinfo.readers.sheets import MOST_COLUMNS, MOST_ROWS, Place, Sheet, cut_short, document_of
from govinfo.readers.xlsx import Shown, Visible, numbered

_WHITE = 9
_AUTOMATIC_GROUND = (64, 65)
_SUPERSCRIPT = 1
_SIDES = ("left_line_style", "right_line_style", "top_line_style", "bottom_line_style")


def read_xls(data: bytes) -> Document:
    """The document in the sheets of a workbook that are not hidden.

    Raises FileUnreadable for a broken or protected workbook, NothingToRead for an empty one.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        sheets = [Sheet(sheet.name, tuple(places_of(book, sheet))) for sheet in book.sheets() if not sheet.visibility]
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise FileUnreadable(
                "the file is protected by a password", hint="Open it with the password and save it without one."
            ) from error
        raise cut_short() from error
    except Exception as error:  # xlrd fails in many ways over what is no workbook
        raise cut_short() from error
    return document_of(sheets)


def places_of(book: Any, sheet: Any) -> Iterator[Place]:
    """The cells of a sheet that are seen, a merged one once with its spans."""
    last_row, last_column = min(sheet.nrows, MOST_ROWS), min(sheet.ncols, MOST_COLUMNS)
    rows = Visible(numbered([row for row in range(last_row) if not is_hidden(sheet.rowinfo_map.get(row))]))
    columns = Visible(
        numbered([column for column in range(last_column) if not is_hidden(sheet.colinfo_map.get(column))])
    )
    ends = {(top, left): (bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells}
    covered = {
        (row, column)
        for top, bottom, left, right in sheet.merged_cells
        for row in range(top, min(bottom, last_row))
        for column in range(left, min(right, last_column))
    } - set(ends)
    for row in range(last_row):
        for column in range(min(sheet.row_len(row), last_column)):
            end = ends.get((row, column), (row, column))
            down, across = rows.span(row, min(end[0], last_row - 1)), columns.span(column, min(end[1], last_column - 1))
            if (row, column) in covered or down is None or across is None:
                continue
            style = book.xf_list[sheet.cell_xf_index(row, column)]
            text, doubts = text_of(book, sheet, row, column)
            bordered = any(getattr(style.border, side) for side in _SIDES)
            if text or doubts or bordered or (row, column) in ends:
                yield Place(Cell(text, down[0], across[0], down[1], across[1], doubts=doubts), bordered)


def is_hidden(info: Any) -> bool:
    """Whether a row or column is hidden or has no size."""
    return info is not None and bool(info.hidden or getattr(info, "height", 1) == 0 or getattr(info, "width", 1) == 0)


def text_of(book: Any, sheet: Any, row: int, column: int) -> Shown:
    """What a cell shows, without what is struck out, raised or white on white."""
    cell = sheet.cell(row, column)
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    whole = value_of(book, cell, style)
    if not whole:
        return "", (("hidden",) if cell.ctype == xlrd.XL_CELL_NUMBER or str(cell.value).strip() else ())
    if not sheet.show_zero_values and cell.ctype == xlrd.XL_CELL_NUMBER and cell.value == 0:
        return "", ("hidden",)
    runs = sheet.rich_text_runlist_map.get((row, column), []) if cell.ctype == xlrd.XL_CELL_TEXT else []
    starts = [(0, style.font_index), *runs]
    filled = style.background.fill_pattern and style.background.pattern_colour_index not in (_WHITE, *_AUTOMATIC_GROUND)
    texts: list[str] = []
    doubts: list[str] = []
    for at, (start, font) in enumerate(starts):
        end = starts[at + 1][0] if at + 1 < len(starts) else len(whole)
        against = doubt_of(book.font_list[font], bool(filled)) if whole[start:end].strip() else ""
        texts.append("" if against else whole[start:end])
        doubts += [against] if against else []
    return "".join(texts), tuple(dict.fromkeys(doubts))


def value_of(book: Any, cell: Any, style: Any) -> str:
    """The value of a cell as its number format shows it."""
    known = book.format_map.get(style.format_key)
    number_format = known.format_str if known else "General"
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return shown(xlrd.xldate_as_datetime(cell.value, book.datemode))
        except (ValueError, OverflowError, xlrd.XLDateError):
            return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    return shown(cell.value, number_format) if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT) else ""


def doubt_of(font: Any, filled: bool) -> str:
    """Why a text in a font is not read: it is struck out, raised as a note is, or white on white; "" where it is."""
    if font.struck_out:
        return "struck-out"
    if font.escapement == _SUPERSCRIPT:
        return "note"
    return "hidden" if font.colour_index == _WHITE and not filled else ""
