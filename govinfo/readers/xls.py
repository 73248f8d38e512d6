"""Excel and WPS workbooks of before 2007 (.xls, .et) -> Document: what a person sees in their sheets."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import xlrd

from govinfo.document import PICTURE, Cell, Document
from govinfo.errors import FileUnreadable
from govinfo.readers.css_values import BLACK, WHITE, Colour
from govinfo.readers.number_format import shown
from govinfo.readers.sheet_colours import Palette, between
from govinfo.readers.sheet_letters import USUAL_SIZE, Letters, Shown, seen_of, unique
from govinfo.readers.sheet_room import Room
from govinfo.readers.sheets import MOST_COLUMNS, MOST_ROWS, Place, Sheet, cut_short, document_of
from govinfo.readers.xlsx import Visible, numbered

_SUPERSCRIPT, _SUBSCRIPT = 1, 2
_NO_FILL, _SOLID = 0, 1
_COLOURS = 64
_SIDES = ("left_line_style", "right_line_style", "top_line_style", "bottom_line_style")


def read_xls(data: bytes) -> Document:
    """The document in the sheets of a workbook that are not hidden.

    Raises FileUnreadable for a broken or protected workbook, NothingToRead for an empty one.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        palette = palette_of(book)
        seen = [sheet for sheet in book.sheets() if not sheet.visibility]
        sheets = [Sheet(sheet.name, tuple(places_of(book, sheet, palette))) for sheet in seen]
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise FileUnreadable(
                "the file is protected by a password", hint="Open it with the password and save it without one."
            ) from error
        raise cut_short() from error
    except Exception as error:  # xlrd fails in many ways over what is no workbook
        raise cut_short() from error
    return document_of(sheets)


def palette_of(book: Any) -> Palette:
    """The colours of a workbook, which has no theme."""
    return Palette((), ["%02X%02X%02X" % (book.colour_map.get(index) or (0, 0, 0)) for index in range(_COLOURS)])


def places_of(book: Any, sheet: Any, palette: Palette) -> Iterator[Place]:
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
    room = room_of(book, sheet)
    for row in range(last_row):
        for column in range(min(sheet.row_len(row), last_column)):
            end = ends.get((row, column), (row, column))
            down, across = rows.span(row, min(end[0], last_row - 1)), columns.span(column, min(end[1], last_column - 1))
            if (row, column) in covered or down is None or across is None:
                continue
            style = book.xf_list[sheet.cell_xf_index(row, column)]
            text, doubts = text_of(book, sheet, row, column, palette)
            is_number = sheet.cell_type(row, column) == xlrd.XL_CELL_NUMBER
            if text and is_number and has_no_room(book, style, text, room, (row, column), end):
                doubts = unique((*doubts, "hidden"))
            bordered = any(getattr(style.border, side) for side in _SIDES)
            if text or doubts or bordered or (row, column) in ends:
                yield Place(Cell(text, down[0], across[0], down[1], across[1], doubts=doubts), bordered)


def is_hidden(info: Any) -> bool:
    """Whether a row or column is hidden or has no size."""
    return info is not None and bool(info.hidden or getattr(info, "height", 1) == 0 or getattr(info, "width", 1) == 0)


def room_of(book: Any, sheet: Any) -> Room:
    """The room that the columns and rows of a sheet state, in 256th of a digit and in twentieths of a point."""
    widths = {column: info.width / 256 for column, info in sheet.colinfo_map.items() if not info.hidden}
    heights = {row: info.height / 20 for row, info in sheet.rowinfo_map.items()}
    return Room(widths, heights, book.font_list[0].height / 20 or USUAL_SIZE)


def has_no_room(book: Any, style: Any, text: str, room: Room, start: tuple[int, int], end: tuple[int, int]) -> bool:
    """Whether a number, in a cell from one place to another, has no room; what is turned or made to fit is not judged.
    Places after the point go first where no format asks for them."""
    if style.alignment.shrink_to_fit or style.alignment.rotation:
        return False
    figure = text.partition(".")[0] if format_of(book, style) == "General" else text
    size = book.font_list[style.font_index].height / 20 or USUAL_SIZE
    return room.is_short(figure, size, range(start[0], end[0] + 1), range(start[1], end[1] + 1))


def text_of(book: Any, sheet: Any, row: int, column: int, palette: Palette) -> Shown:
    """What a cell shows. A formula whose stored result is no text at all may have been left without one."""
    cell = sheet.cell(row, column)
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    if cell.ctype == xlrd.XL_CELL_TEXT and not cell.value:
        return PICTURE, ()
    whole = value_of(book, cell, style)
    if not whole:
        return "", (("hidden",) if cell.ctype == xlrd.XL_CELL_NUMBER or str(cell.value).strip() else ())
    if not sheet.show_zero_values and cell.ctype == xlrd.XL_CELL_NUMBER and cell.value == 0:
        return "", ("hidden",)
    rich = sheet.rich_text_runlist_map.get((row, column), []) if cell.ctype == xlrd.XL_CELL_TEXT else []
    fonts = [(0, style.font_index), *rich]
    raw = cell.value if rich else whole
    ends = [start for start, _ in fonts[1:]] + [len(raw)]
    runs = [
        (raw[start:end], letters_of(book.font_list[font], palette))
        for (start, font), end in zip(fonts, ends, strict=True)
    ]
    if named := palette.of_format(cell.value, format_of(book, style)):
        runs = [(text, replace(letters, colour=named)) for text, letters in runs]
    text, doubts = seen_of(runs, (ground_of(style.background, palette),))
    return (shown(text, format_of(book, style)) if rich else text), doubts


def value_of(book: Any, cell: Any, style: Any) -> str:
    """The value of a cell as its number format shows it."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return shown(xlrd.xldate_as_datetime(cell.value, book.datemode))
        except (ValueError, OverflowError, xlrd.XLDateError):
            return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    return shown(cell.value, format_of(book, style)) if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT) else ""


def format_of(book: Any, style: Any) -> str:
    """The number format of a cell."""
    known = book.format_map.get(style.format_key)
    return known.format_str if known else "General"


def letters_of(font: Any, palette: Palette) -> Letters:
    """How a font sets letters; it gives its size in twentieths of a point."""
    return Letters(
        font.name or "",
        font.height / 20 or USUAL_SIZE,
        palette.numbered(font.colour_index, BLACK),
        struck=bool(font.struck_out),
        raised=font.escapement == _SUPERSCRIPT,
        lowered=font.escapement == _SUBSCRIPT,
    )


def ground_of(background: Any, palette: Palette) -> Colour:
    """The colour behind what a cell shows."""
    if background.fill_pattern == _NO_FILL:
        return WHITE
    if background.fill_pattern == _SOLID:
        return palette.numbered(background.pattern_colour_index, WHITE)
    return between(
        palette.numbered(background.pattern_colour_index, BLACK),
        palette.numbered(background.background_colour_index, WHITE),
    )
