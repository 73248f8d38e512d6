"""DOCX to a document: paragraphs and tables in the order of the text, read from the XML of the file.

Names are compared without their namespace: the two kinds of the standard differ in nothing else here.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from govinfo.document import Cell, Document, Grid, Metadata, Paragraph
from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.readers.docx_looks import mark
from govinfo.readers.docx_styles import STYLES, Sheet, has_level, sheet_of
from govinfo.readers.docx_xml import (
    MEND,
    Element,
    at_path,
    attribute,
    bare,
    children,
    holds,
    is_on,
    local_name,
    number_of,
    parsed,
    said_in,
    value_of,
)
from govinfo.readers.html import PROSE, is_layout, read_html
from govinfo.readers.marks import finished, of_cell
from govinfo.readers.unpacking import BROKEN

DEEPEST = 3
"""Documents that may be embedded in one another."""

LARGEST_PART = 100_000_000
"""Bytes of XML; no report comes near, and a file that unpacks to more is made to harm."""

FLAT = 60
"""Twentieths of a point; nobody sees what stands in a row that is held lower."""

_MAIN_PART = re.compile(r"word/document\d*\.xml")
# Deleted or moved away, said in the margin, in the reading aid of a character, or a second version of the same.
_UNREAD = frozenset({"del", "moveFrom", "rt", "Fallback", "txbxContent", "rPr", "pPr", "instrText", "delText"})
_PLAIN = _UNREAD | {"p", "tcPr"}
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})


ReadOther = Callable[[bytes, str], Document]
"""Reads a file of any other type, by its bytes and name."""


class Covers(NamedTuple):
    """What a cell covers: so many columns, and whether it begins or goes on across and along, as ``_merge`` says."""

    span: int = 1
    across: str = ""
    along: str = ""


ITS_PLACE = Covers()


@dataclass(frozen=True, slots=True)
class Story:
    """What the text of a document is read with: the styles, what cells cover, the files embedded in the text, by the
    id under which the text names them, and whether text boxes hang on it."""

    sheet: Sheet
    covers: Mapping[Element, Covers]
    chunks: Mapping[str, tuple[str, bytes]]
    read_other: ReadOther
    depth: int = 0
    has_boxes: bool = True


def read_page(data: bytes, name: str) -> Document:
    """An embedded file as most are: a page."""
    return read_html(data)


def read_docx(data: bytes, read_other: ReadOther = read_page) -> Document:
    """The document in a DOCX file as a person sees it: tracked changes as accepted, hidden text left out, embedded
    files (altChunk) in their place, by the reader of other files."""
    return _read(data, read_other, depth=0)


def _read(data: bytes, read_other: ReadOther, depth: int) -> Document:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = main_part(archive.namelist())
            if not main:
                raise FileUnreadable("the file holds no Word document", hint=MEND)
            body = next(children(_xml(archive, main), "body"), None)
            styles = _part(archive, STYLES) if STYLES in archive.namelist() else None
            sheet = Sheet() if styles is None else sheet_of(styles)
            core = _optional_xml(archive, "docProps/core.xml")
            chunks = _chunks(archive, main)
    except BROKEN as error:
        raise FileUnreadable("the file is damaged: it cannot be unpacked", hint=MEND) from error
    has_boxes = body is not None and holds(body, {"txbxContent"})
    covers = _covers(body) if body is not None else {}
    story = Story(sheet, covers, chunks, read_other, depth, has_boxes)
    if body is not None:
        mark(body, sheet)
    blocks = finished(_blocks(body, story)) if body is not None else ()
    if not any(isinstance(block, Paragraph) or any(cell.text for cell in block.cells) for block in blocks):
        raise NothingToRead(
            "the document holds no text", hint="If it is made of pictures, recognise their text or find another file."
        )
    title = next((part.text or "" for part in core if local_name(part) == "title"), "") if core is not None else ""
    return Document(blocks, "docx", Metadata(title=title.strip()))


def main_part(names: list[str]) -> str:
    """The part of an unpacked DOCX that holds the text; empty if there is none."""
    return next((name for name in names if _MAIN_PART.fullmatch(name)), "")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(LARGEST_PART + 1)  # the size that the archive states may be a lie
    if len(content) > LARGEST_PART:
        raise FileUnreadable(f"{name} unpacks to more than {LARGEST_PART:,} bytes", hint=MEND)
    return content


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    return parsed(_part(archive, name), name)


def _optional_xml(archive: zipfile.ZipFile, name: str) -> Element | None:
    return _xml(archive, name) if name in archive.namelist() else None


# Embedded files -----------------------------------------------------------------------------------------------------


def _chunks(archive: zipfile.ZipFile, main: str) -> dict[str, tuple[str, bytes]]:
    """The files that the text embeds (altChunk): by id, the name and the bytes of each."""
    folder, _, name = main.rpartition("/")
    relations = _optional_xml(archive, f"{folder}/_rels/{name}.rels")
    parts = set(archive.namelist())
    found: dict[str, tuple[str, bytes]] = {}
    for relation in () if relations is None else relations:
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if relation.get("Type", "").endswith("/aFChunk") and path in parts:
            found[relation.get("Id", "")] = (path, _part(archive, path))
    return found


def _embedded(chunk: Element, story: Story) -> Iterator[Paragraph | Grid]:
    """The blocks of an embedded file; an empty one has none."""
    name, data = story.chunks.get(attribute(chunk, "id") or "", ("", b""))
    if not data.strip():
        return
    if story.depth >= DEEPEST:
        raise FileUnreadable("documents are embedded in documents without end", hint=MEND)
    with suppress(NothingToRead):
        is_word = data.startswith(b"PK") and b"word/document" in data
        inner = _read(data, story.read_other, story.depth + 1) if is_word else story.read_other(data, name)
        yield from inner.blocks


# Text ---------------------------------------------------------------------------------------------------------------


def _blocks(element: Element, story: Story) -> Iterator[Paragraph | Grid]:
    """The paragraphs and tables in the body, in a cell that sets out the page, or in a text box."""
    for child in element:
        name = local_name(child)
        if name == "p":
            heading = _is_heading(child, story.sheet)
            for line in _text(child).split("\n"):
                if line.strip():
                    yield Paragraph(line.strip(), heading=heading)
            for box in _boxes(child):
                yield from _blocks(box, story)
        elif name == "altChunk":
            yield from _embedded(child, story)
        elif name == "tbl":
            rows = _rows(child)
            if _is_layout(child, rows):
                for _, cells in rows:
                    for cell in cells:
                        yield from _blocks(cell, story)
            else:
                yield _grid(rows, story)
        elif name not in _UNREAD:
            yield from _blocks(child, story)


def _text(element: Element) -> str:
    """The text of a paragraph or a run, with a line end where the page has one."""
    parts: list[str] = []
    for child in element[:]:  # quicker than the element itself
        name = bare(child.tag)
        if name == "t":
            parts.append(child.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name not in _UNREAD and len(child):
            parts.append(_text(child))
    return "".join(parts)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes that hang on a paragraph. A box is often stored twice, once for older programs."""
    for child in paragraph:
        name = bare(child.tag)
        if name == "txbxContent":
            yield child
        elif name not in _UNREAD and len(child):
            yield from _boxes(child)


def _is_heading(paragraph: Element, sheet: Sheet) -> bool:
    properties = at_path(paragraph, "pPr")
    return sheet.named(value_of(at_path(properties, "pStyle"))).heading or has_level(properties)


# Tables -------------------------------------------------------------------------------------------------------------

Rows = list[tuple[Element, list[Element]]]
"""Each row of a table with its cells."""


def _rows(table: Element) -> Rows:
    return [(row, list(_within(row, "tc"))) for row in _within(table, "tr") if not _is_away(row)]


def _within(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also in content controls and tracked insertions."""
    for child in element:
        own = bare(child.tag)
        if own == name:
            yield child
        elif own in _WRAPPERS:
            yield from _within(child, name)


def _is_away(row: Element) -> bool:
    properties = at_path(row, "trPr")
    height = at_path(properties, "trHeight")
    flat = height is not None and attribute(height, "hRule") == "exact" and number_of(height, FLAT) < FLAT
    return flat or at_path(properties, "del") is not None or is_on(at_path(properties, "hidden"))


def _is_layout(table: Element, rows: Rows) -> bool:
    cells = [cell for _, row in rows for cell in row]
    has_inner = any(one is not table for one in table.iter("{*}tbl"))
    inner = (_rows(one) for cell in cells for one in cell.iter("{*}tbl")) if has_inner else ()
    return is_layout(
        [len(row) for _, row in rows],
        [[len(row) for _, row in one] for one in inner],
        [_length(cell) for cell in cells] if _length(table) > PROSE else [],
    )


def _length(element: Element) -> int:
    return sum([len(text.text or "") for text in element.iter("{*}t")])


def _grid(rows: Rows, story: Story) -> Grid:
    """The cells of a table in their places; a cell that goes on from the left or from above widens that one."""
    found: list[tuple[int, int, tuple[str, tuple[str, ...]]]] = []
    rowspans: list[int] = []
    colspans: list[int] = []
    growing: dict[int, int] = {}
    for down, (row, elements) in enumerate(rows):
        col = number_of(at_path(row, "trPr", "gridBefore"), 0)
        left: int | None = None
        for place, element in enumerate(elements):
            span, across, along = story.covers.get(element, ITS_PLACE)
            above = growing.pop(col, None)
            if across == "continue" and place > 0:
                if left is not None:
                    colspans[left] += span
            elif along == "continue" and above is not None and found[above][0] + rowspans[above] == down:
                rowspans[above] += 1
                growing[col] = above
                left = None
            else:
                left = len(found)
                found.append((down, col, of_cell(_cell_text(element, story))))
                rowspans.append(1)
                colspans.append(span)
                if along:
                    growing[col] = left
            col += span
    return Grid(
        tuple(
            Cell(text, row, col, rowspan, colspan, doubts=doubts)
            for (row, col, (text, doubts)), rowspan, colspan in zip(found, rowspans, colspans, strict=True)
        )
    )


def _covers(body: Element) -> dict[Element, Covers]:
    """What the cells of a document cover that say anything of it."""
    return {
        cell: Covers(max(1, number_of(said.get("gridSpan"), 1)), _merge(said.get("hMerge")), _merge(said.get("vMerge")))
        for properties, said in said_in(body, {"gridSpan", "hMerge", "vMerge"}).items()
        if at_path(cell := properties.getparent(), "tcPr") is properties
    }


def _merge(mark: Element | None) -> str:
    """``restart`` or ``continue`` for a merged cell, else nothing."""
    return "" if mark is None else value_of(mark, "continue")


def _cell_text(cell: Element, story: Story) -> str:
    """The lines of text in a cell."""
    named = [(bare(child.tag), child) for child in cell[:]]
    if story.has_boxes or not all(name in _PLAIN for name, _ in named):
        return "\n".join(_lines(cell, story))
    text = "\n".join([_text(child) for name, child in named if name == "p"])  # as nearly all are
    return "\n".join(filter(None, map(str.strip, text.split("\n")))) if "\n" in text else text.strip()


def _lines(cell: Element, story: Story) -> Iterator[str]:
    for block in _blocks(cell, story):
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (inner.text for inner in block.cells if inner.text)
