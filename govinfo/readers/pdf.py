"""PDF -> Document, by the rulings on the page and, where there are none, by white space."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2

from govinfo.document import PICTURE, Document, Grid, Metadata, Paragraph
from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.readers.pdf_cut import cut_by_edge, cut_by_rules
from govinfo.readers.pdf_fonts import Look, looks_of, lying_fonts, without_false_letters
from govinfo.readers.pdf_joined import goes_on, grid_of
from govinfo.readers.pdf_layout import open_tables
from govinfo.readers.pdf_letters import chars_of
from govinfo.readers.pdf_marks import pictures, typed, with_doubts, with_doubts_near, with_notes, without_strokes
from govinfo.readers.pdf_ruled import RuledTable, ruled_tables
from govinfo.readers.pdf_seen import seen_letters
from govinfo.readers.pdf_shapes import shapes_of
from govinfo.readers.pdf_sheets import Sheet, by_page_numbers, on_page, parted, turned
from govinfo.readers.pdf_text import NO_LETTER, Line, lines_of, paragraphs, without_margins
from govinfo.readers.pdf_wrapped import with_whole_figures
from govinfo.readers.pdfium import Pixels, opened_page

Item = Line | RuledTable

_OCR = "Read it as pictures: install the extra with pip install 'govinfo[ocr]'."


def read_pdf(data: bytes, layers: bool = False) -> Document:
    """Read a PDF file. ``layers``: also one that is a scan, by the text that lies unseen over its pictures.

    Raises ``FileUnreadable`` where the bytes are no PDF or ask for a password, and ``NothingToRead`` where no page
    holds text. A scanned page among others gives no block; ``Document.unread`` names it.
    """
    if not data:
        raise FileUnreadable("The file is empty.", hint="Fetch it again.")
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages = _pages(pdf)
            title = _title(pdf.get_metadata_value("Title"))
    except pypdfium2.PdfiumError as error:
        raise _unreadable(error) from error
    letters = "".join(page.letters for page in pages)
    if not letters.strip():
        raise NothingToRead("The PDF holds no text: its pages are pictures, as a scan has them.", hint=_OCR)
    if not layers and sum(len(page.letters) for page in pages if page.searched) > len(letters) / 2:
        raise NothingToRead("The PDF is a scan; the text that lies unseen over it may be misread.", hint=_OCR)
    if letters.count(NO_LETTER) > len(letters) / 2:
        raise NothingToRead("The PDF does not say which letters its signs stand for.", hint=_OCR)
    unread = tuple(page.number for page in pages if page.scanned)
    return Document(tuple(_blocks(pages)), "pdf", Metadata(title=title), unread)


def _unreadable(error: pypdfium2.PdfiumError) -> FileUnreadable:
    if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
        return FileUnreadable(
            "The PDF is encrypted and asks for a password.",
            hint="Remove the password: save a copy without it and read that.",
        )
    return FileUnreadable(
        "The bytes are no PDF, or the PDF is broken.", hint="Open it in a PDF viewer; if that fails, fetch it again."
    )


def _title(value: object) -> str:
    """The title of the file's information, if it is Chinese text: not a file name, not bytes wrongly decoded."""
    title = value.strip() if isinstance(value, str) else ""
    return title if any("\u4e00" <= sign <= "\u9fff" for sign in title) else ""


@dataclass(frozen=True, slots=True)
class _Page:
    """What a sheet holds: its letters, the ruled tables, the lines outside them. ``scanned``: a picture alone,
    ``searched``: a picture with text unseen over it."""

    number: int
    sheet: Sheet
    letters: str
    lines: list[Line]
    tables: list[RuledTable]
    scanned: bool
    searched: bool


def _pages(pdf: pypdfium2.PdfDocument) -> list[_Page]:
    looks: dict[Look, Pixels] = {}
    sheets = [(index + 1, sheet) for index in range(len(pdf)) for sheet in _sheets(pdf, index, looks)]
    if lying := lying_fonts(looks):
        sheets = [(page, replace(sheet, chars=without_false_letters(sheet.chars, lying))) for page, sheet in sheets]
    ordered = by_page_numbers(sheets) if len(sheets) > len(pdf) else sheets
    return [_read_sheet(sheet, page, number) for number, (page, sheet) in enumerate(ordered, start=1)]


def _sheets(pdf: pypdfium2.PdfDocument, index: int, looks: dict[Look, Pixels]) -> list[Sheet]:
    """The sheets of a page: what is seen on it. What its digits look like is added to ``looks``."""
    with opened_page(pdf, index) as shown:
        chars = chars_of(shown)
        leaf = turned(shown, chars)
        chars = chars_of(leaf) if leaf.quarters else chars
        shapes = shapes_of(leaf)
        cut = cut_by_edge(chars, leaf.width, leaf.height)
        chars, hidden = seen_letters(leaf, chars, shapes)
        chars, shapes, struck = without_strokes(chars, shapes)
        looks |= looks_of(pdf, leaf, chars, looks)
        is_scan = any(mark.doubt == "ocr" for mark in hidden)
        inset, pictured = ([], []) if is_scan else pictures(leaf, chars, shapes)
        chars = with_notes([*chars, *inset])
        marks = [*cut, *hidden, *struck, *pictured, *typed(leaf, chars)]
        return parted(Sheet(leaf.width, leaf.height, chars, shapes, marks, leaf.back))


def _read_sheet(sheet: Sheet, page: int, number: int) -> _Page:
    tables, rest = ruled_tables({**sheet.shapes, "char": sheet.chars}, number)
    lines, wrapped = with_whole_figures(lines_of(rest, number))
    sheet = replace(sheet, marks=[*sheet.marks, *cut_by_rules(sheet.chars, tables, rest), *wrapped])
    letters = "".join(char["text"] for char in sheet.chars)
    scanned = not letters.strip() and bool(sheet.shapes["image"] or sheet.marks)
    searched = any(mark.doubt == "ocr" for mark in sheet.marks)
    marked = [with_doubts(table, sheet.marks) for table in tables]
    return _Page(page, sheet, letters, lines, marked, scanned, searched)


def _blocks(pages: Sequence[_Page]) -> Iterator[Paragraph | Grid]:
    """The blocks of all pages, with the doubts that were marked on these."""
    numbers, backs = [page.number for page in pages], [page.sheet.back for page in pages]
    marks = [page.sheet.marks for page in pages]
    for block in blocks_of(list(_in_order(pages))):
        if isinstance(block, Grid):
            yield on_page(with_doubts_near(block, marks), numbers, backs)
        elif text := block.text.replace(PICTURE, "").strip():
            yield on_page(replace(block, text=text), numbers, backs)


def _in_order(pages: Sequence[_Page]) -> Iterator[Item]:
    """Lines and ruled tables, page by page from top to bottom."""
    bodies = without_margins([page.lines for page in pages], [page.sheet.height for page in pages])
    for page, lines in zip(pages, bodies, strict=True):
        items: list[Item] = [*lines, *page.tables]
        yield from sorted(items, key=lambda item: item.top)


def blocks_of(items: Sequence[Item]) -> Iterator[Paragraph | Grid]:
    """Lines and ruled tables in reading order -> paragraphs and grids in reading order."""
    parts = list(_parts(items))
    lines = [part for part in parts if isinstance(part, Line)]
    left, right = min((line.x0 for line in lines), default=0.0), max((line.x1 for line in lines), default=0.0)
    stretch: list[Line] = []
    for part in parts:
        if isinstance(part, Line):
            stretch.append(part)
            continue
        yield from _text(stretch, left, right)
        yield grid_of(part)
        stretch = []
    yield from _text(stretch, left, right)


def _parts(items: Sequence[Item]) -> Iterator[Line | list[RuledTable]]:
    """Join the parts that ruled tables have on several pages. A box of one column is no table but a frame."""
    tables: list[RuledTable] = []
    for item in items:
        if isinstance(item, RuledTable) and tables and goes_on(tables, item):
            tables.append(item)
            continue
        yield from _table_or_lines(tables)
        tables = [item] if isinstance(item, RuledTable) else []
        if isinstance(item, Line):
            yield item
    yield from _table_or_lines(tables)


def _table_or_lines(tables: list[RuledTable]) -> Iterator[Line | list[RuledTable]]:
    if any(table.columns > 1 for table in tables):
        yield tables
    else:
        yield from (line for table in tables for cell in table.cells for line in cell.lines)


def _text(lines: Sequence[Line], left: float, right: float) -> Iterator[Paragraph | Grid]:
    """Lines -> paragraphs and the tables that only white space lays out."""
    done = 0
    for start, end, grid in open_tables(lines, right):
        yield from paragraphs(lines[done:start], left, right)
        yield grid
        done = end
    yield from paragraphs(lines[done:], left, right)
