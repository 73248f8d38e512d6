"""Excel workbooks (.xlsx, .xlsm) -> Document: what a person sees in their sheets.

Numbers come as their format shows them, formulas by the value that is stored with them. What is struck out, raised,
white on white or hidden by its format is left out, with a doubt.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import range_boundaries

from govinfo.document import PICTURE, Cell, Document
from govinfo.errors import NotAReport, NothingToRead
from govinfo.files.sheet_text import OWN_CATEGORY
from govinfo.readers.css_values import BLACK
from govinfo.readers.docx_xml import parsed
from govinfo.readers.number_format import shown
from govinfo.readers.sheet_colours import Palette, palette_of
from govinfo.readers.sheet_letters import USUAL_SIZE, Letters, Run, Shown, seen_of, unique
from govinfo.readers.sheet_room import Room, each_column
from govinfo.readers.sheet_rules import Veil, is_veiled, newer_veils_of, veils_of
from govinfo.readers.sheet_shapes import beneath_shapes
from govinfo.readers.sheets import MOST_COLUMNS, MOST_ROWS, Place, Sheet, cut_short, document_of

LARGEST = 48 * 1024 * 1024
"""Bytes that a workbook may unpack to."""

MOST_MERGED = 1_000_000
"""Places of a sheet that its merged cells may cover."""

_MERGED = re.compile(r'<mergeCell\b[^<>]*\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')

FLAT, NARROW = 2, 0.3
"""Points of a row and letters of a column; nobody sees what stands in a lower or narrower one."""
_SIDES = ("left", "right", "top", "bottom")


def read_xlsx(data: bytes) -> Document:
    """The document in the sheets of a workbook that are not hidden.

    Raises FileUnreadable for a broken workbook, NothingToRead for an empty one, NotAReport for one of our exports.
    """
    values, formulas = opened(data, data_only=True), opened(data, data_only=False)
    book = values.wb
    if book.properties.category == OWN_CATEGORY:
        raise NotAReport(
            "A workbook that govinfo wrote: its figures are those of other reports.",
            hint="Give the reports themselves.",
        )
    palette = palette_of(book)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [
            Sheet(
                sheet.title, tuple(places_of(sheet, formulas.wb[sheet.title], covers_of(sheet, archive, part), palette))
            )
            for sheet, part in sheets_of(values)
            if sheet.sheet_state == "visible"
        ]
    return document_of(sheets, book.properties.title or "")


def sheets_of(reader: Any) -> list[tuple[Any, str]]:
    """The sheets of cells and the part of the file in which each stands; two of one name have got other names."""
    parts = [part.target for _, part in reader.parser.find_sheets() if part.target in reader.valid_files]
    sheets = zip([reader.wb[name] for name in reader.wb.sheetnames], parts, strict=True)
    return [(sheet, part) for sheet, part in sheets if sheet in reader.wb.worksheets]


def opened(data: bytes, data_only: bool) -> Any:
    """The reader of the workbook, with the stored values of its formulas or with the formulas themselves."""
    try:
        refuse_huge(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not keep, as lists to choose from
            reader = ExcelReader(io.BytesIO(data), data_only=data_only, rich_text=True)
            reader.read()
            return reader
    except NothingToRead:
        raise
    except Exception as error:  # openpyxl fails in many ways over what is no workbook
        raise cut_short() from error


def refuse_huge(data: bytes) -> None:
    """Raises NothingToRead for a workbook that no report needs: openpyxl makes an object of every cell in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) <= LARGEST:
            texts = (archive.read(part).decode("utf-8", "replace") for part in parts if "worksheets/" in part.filename)
            if all(merged_in(text) <= MOST_MERGED for text in texts):
                return
    raise NothingToRead("The workbook is far too large for a report.", hint="Save the report's sheet alone.")


def merged_in(sheet: str) -> int:
    """How many places the merged cells of a sheet cover."""
    edges = (range_boundaries(area) for area in _MERGED.findall(sheet))
    return sum((right - left + 1) * (bottom - top + 1) for left, top, right, bottom in edges)


@dataclass(frozen=True, slots=True)
class Visible:
    """The rows or columns that are not hidden: number in the sheet to number among those seen."""

    seen: Mapping[int, int]

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Where a stretch begins among those seen and how many of it are; None where all of it is hidden."""
        mine = [self.seen[one] for one in range(first, last + 1) if one in self.seen]
        return (mine[0], len(mine)) if mine else None


@dataclass(frozen=True, slots=True)
class Covers:
    """What lies over the cells of a sheet: rules that may hide them, and the places beneath shapes."""

    veils: list[Veil]
    beneath: frozenset[tuple[int, int]]


def covers_of(sheet: Any, archive: zipfile.ZipFile, path: str) -> Covers:
    """What lies over the cells of a sheet that is a part of a workbook's file."""
    drawings = [part.target for part in sheet._rels.find(SpreadsheetDrawing._rel_type)]
    beneath = [beneath_shapes(parsed(archive.read(drawing), drawing), sheet) for drawing in drawings]
    whole = archive.read(path)
    try:
        newer = list(newer_veils_of(parsed(whole, path))) if b"<extLst" in whole else []
    except (TypeError, ValueError) as error:  # openpyxl takes no rule that is broken
        raise cut_short() from error
    return Covers([*veils_of(sheet), *newer], frozenset().union(*beneath))


def places_of(sheet: Any, formulas: Any, covers: Covers, palette: Palette) -> Iterator[Place]:
    """The cells of a sheet that are seen, a merged one once with its spans."""
    last_row, last_column = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    rows = Visible(numbered([row for row in range(1, last_row + 1) if not is_hidden(sheet.row_dimensions, row)]))
    hidden = hidden_columns(sheet)
    columns = Visible(numbered([column for column in range(1, last_column + 1) if column not in hidden]))
    ends = {(area.min_row, area.min_col): (area.max_row, area.max_col) for area in sheet.merged_cells.ranges}
    covered = {place for area in sheet.merged_cells.ranges for place in area.cells} - set(ends)
    pictures = {(anchor.row + 1, anchor.col + 1) for anchor in anchors_of(sheet)}
    show_zeros = sheet.sheet_view.showZeros is not False
    room = room_of(sheet)
    for line in sheet.iter_rows(max_row=last_row, max_col=last_column):
        for cell in line:
            place = cell.row, cell.column
            end = ends.get(place, place)
            down, across = rows.span(cell.row, min(end[0], last_row)), columns.span(cell.column, end[1])
            if place in covered or down is None or across is None:
                continue
            text, doubts = text_of(cell, formulas[cell.coordinate], show_zeros, palette)
            if text and is_veiled(cell, covers.veils, palette):
                doubts = unique((*doubts, "hidden"))
            if has_no_room(cell, text, room, end):
                doubts = unique((*doubts, "hidden"))
            if place in pictures:
                text, doubts = text + PICTURE, unique((*doubts, "picture"))
            elif place in covers.beneath:
                text, doubts = text or PICTURE, unique((*doubts, "picture"))
            bordered = has_border(cell)
            if text or doubts or bordered or place in ends:
                yield Place(Cell(text, down[0], across[0], down[1], across[1], doubts=doubts), bordered)


def numbered(seen: list[int]) -> dict[int, int]:
    """The rows or columns that are seen, counted from 0."""
    return {one: at for at, one in enumerate(seen)}


def is_hidden(rows: Any, row: int) -> bool:
    """Whether a row is hidden or has no height."""
    height = rows[row].height if row in rows else None
    return (height is not None and height < FLAT) or (row in rows and bool(rows[row].hidden))


def hidden_columns(sheet: Any) -> set[int]:
    """The columns that are hidden or have no width."""
    return {column for column, group in each_column(sheet) if group.hidden or group.width < NARROW}


def room_of(sheet: Any) -> Room:
    """The room that the columns and rows of a sheet state."""
    widths = {column: group.width for column, group in each_column(sheet) if not group.hidden}
    heights = {row: size.height for row, size in sheet.row_dimensions.items() if size.height is not None}
    usual = next((font.sz for font in sheet.parent._fonts), None)
    return Room(widths, heights, usual or USUAL_SIZE)


def has_no_room(cell: Any, text: str, room: Room, end: tuple[int, int]) -> bool:
    """Whether the number in a cell, which ends at a place, has no room; what is turned or made to fit is not judged.
    Places after the point go first where no format asks for them."""
    if not text or cell.data_type != "n" or cell.alignment.shrink_to_fit or cell.alignment.textRotation:
        return False
    figure = text.partition(".")[0] if cell.number_format == "General" else text
    rows, columns = range(cell.row, end[0] + 1), range(cell.column, end[1] + 1)
    return room.is_short(figure, cell.font.sz or USUAL_SIZE, rows, columns)


def anchors_of(sheet: Any) -> Iterator[Any]:
    """The places of the pictures of a sheet."""
    for picture in getattr(sheet, "_images", ()):
        if start := getattr(picture.anchor, "_from", None):
            yield start


def has_border(cell: Any) -> bool:
    """Whether lines are drawn around a cell."""
    return cell.has_style and any((side := getattr(cell.border, name)) and side.style for name in _SIDES)


def text_of(cell: Any, formula: Any, show_zeros: bool, palette: Palette) -> Shown:
    """What a cell shows. A formula without a stored value shows something that only running it would tell."""
    if cell.value is None:
        return (PICTURE, ()) if formula.data_type == "f" else ("", ())
    if cell.data_type == "e":
        return str(cell.value), ()
    is_rich = isinstance(cell.value, CellRichText)
    value = str(cell.value) if is_rich else cell.value
    whole = "" if value == 0 and not show_zeros else shown(value, cell.number_format)
    if not whole:
        return "", (("hidden",) if str(value) else ())
    named = palette.of_format(value, cell.number_format)
    runs = rich_runs_of(cell, palette) if is_rich else [(whole, letters_of(cell.font, palette))]
    if named:
        runs = [(text, replace(letters, colour=named)) for text, letters in runs]
    text, doubts = seen_of(runs, palette.grounds(cell.fill))
    return (shown(text, cell.number_format) if is_rich else text), doubts


def rich_runs_of(cell: Any, palette: Palette) -> list[Run]:
    """The parts of a text that are set each in its own font; one that says nothing of its size has that of the cell."""
    own = letters_of(cell.font, palette)
    return [
        (part.text, letters_of(part.font, palette, own.size)) if isinstance(part, TextBlock) else (str(part), own)
        for part in cell.value
    ]


def letters_of(font: Any, palette: Palette, size: float = USUAL_SIZE) -> Letters:
    """How a font sets letters."""
    if font is None:
        return Letters(size=size)
    return Letters(
        (font.rFont if isinstance(font, InlineFont) else font.name) or "",
        size if font.sz is None else font.sz,
        palette.colour(font.color, BLACK),
        struck=bool(font.strike),
        raised=font.vertAlign == "superscript",
        lowered=font.vertAlign == "subscript",
    )
