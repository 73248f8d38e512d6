"""DOCX to a document: paragraphs and tables in the order of the text, read from the XML of the file.

Names are compared without their namespace: the two kinds of the standard differ in nothing else here.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from govinfo.document import Cell, Document, Grid, Metadata, Paragraph
from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.readers.html import is_layout

Element = Any

LARGEST_PART = 100_000_000
"""Bytes of XML; no report comes near, and a file that unpacks to more is made to harm."""

_MEND = "Open it in an office program and save it again as .docx."
_MAIN_PART = re.compile(r"word/document\d*\.xml")
_HEADING_STYLE = re.compile(r"(?:heading|标题|title)\s*\d*", re.IGNORECASE)
# Deleted or moved away, said in the margin, in the reading aid of a character, or a second version of the same.
_UNREAD = frozenset({"del", "moveFrom", "rt", "Fallback", "txbxContent", "rPr", "pPr", "instrText", "delText"})
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})


def read_docx(data: bytes) -> Document:
    """The document in a DOCX file: tracked changes as accepted, hidden text left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = main_part(archive.namelist())
            if not main:
                raise FileUnreadable("the file holds no Word document", hint=_MEND)
            body = next(_children(_xml(archive, main), "body"), None)
            styles = _optional_xml(archive, "word/styles.xml")
            core = _optional_xml(archive, "docProps/core.xml")
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise FileUnreadable("the file is damaged: it cannot be unpacked", hint=_MEND) from error
    headings = _heading_styles(styles) if styles is not None else frozenset[str]()
    blocks = tuple(_blocks(body, headings)) if body is not None else ()
    if not any(isinstance(block, Paragraph) or any(cell.text for cell in block.cells) for block in blocks):
        raise NothingToRead(
            "the document holds no text", hint="If it is made of pictures, recognise their text or find another file."
        )
    title = next((part.text or "" for part in core if _name(part) == "title"), "") if core is not None else ""
    return Document(blocks, "docx", Metadata(title=title.strip()))


def main_part(names: list[str]) -> str:
    """The part of an unpacked DOCX that holds the text; empty if there is none."""
    return next((name for name in names if _MAIN_PART.fullmatch(name)), "")


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    with archive.open(name) as part:
        content = part.read(LARGEST_PART + 1)  # the size that the archive states may be a lie
    if len(content) > LARGEST_PART:
        raise FileUnreadable(f"{name} unpacks to more than {LARGEST_PART:,} bytes", hint=_MEND)
    try:
        return etree.fromstring(
            content,
            etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True),
        )
    except etree.XMLSyntaxError as error:
        raise FileUnreadable(f"the file is damaged: {name} is broken ({error.msg})", hint=_MEND) from error


def _optional_xml(archive: zipfile.ZipFile, name: str) -> Element | None:
    return _xml(archive, name) if name in archive.namelist() else None


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Element | None, *names: str) -> Iterator[Element]:
    return (child for child in (() if element is None else element) if _name(child) in names)


def _child(element: Element | None, *path: str) -> Element | None:
    for name in path:
        element = next(_children(element, name), None)
    return element


def _attribute(element: Element, name: str) -> str | None:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _value(element: Element | None, default: str = "") -> str:
    """The ``val`` of a property; ``default`` where the property or its value is not set."""
    value = None if element is None else _attribute(element, "val")
    return default if value is None else value


def _is_on(element: Element | None) -> bool:
    return element is not None and _value(element, "true") not in {"false", "0", "off"}


def _number(element: Element | None, default: int) -> int:
    value = _value(element)
    return int(value) if re.fullmatch(r"[0-9]{1,6}", value) else default


# Text ---------------------------------------------------------------------------------------------------------------


def _blocks(element: Element, headings: frozenset[str]) -> Iterator[Paragraph | Grid]:
    """The paragraphs and tables in the body, in a cell that sets out the page, or in a text box."""
    for child in element:
        name = _name(child)
        if name == "p":
            heading = _is_heading(child, headings)
            for line in _text(child).split("\n"):
                if line.strip():
                    yield Paragraph(line.strip(), heading=heading)
            for box in _boxes(child):
                yield from _blocks(box, headings)
        elif name == "tbl":
            rows = _rows(child)
            if _is_layout(rows):
                for _, cells in rows:
                    for cell in cells:
                        yield from _blocks(cell, headings)
            else:
                yield _grid(rows)
        elif name not in _UNREAD:
            yield from _blocks(child, headings)


def _text(element: Element) -> str:
    """The text of a paragraph or a run, with a line end where the page has one."""
    parts: list[str] = []
    for child in element:
        name = _name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name not in _UNREAD and not (name == "r" and _is_on(_child(child, "rPr", "vanish"))):
            parts.append(_text(child))
    return "".join(parts)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes that hang on a paragraph. A box is often stored twice, once for older programs."""
    for child in paragraph:
        if _name(child) == "txbxContent":
            yield child
        elif _name(child) not in _UNREAD:
            yield from _boxes(child)


def _heading_styles(styles: Element) -> frozenset[str]:
    """The ids of the styles that mark a heading, by name, by outline level, or by the style they are based on."""
    by_id = {_attribute(style, "styleId") or "": style for style in _children(styles, "style")}
    found: set[str] = set()
    for style_id in by_id:
        chain: list[str] = []
        ancestor = style_id
        while ancestor in by_id and ancestor not in chain:
            chain.append(ancestor)
            ancestor = _value(_child(by_id[ancestor], "basedOn"))
        if any(_marks_heading(by_id[link]) for link in chain):
            found.add(style_id)
    return frozenset(found)


def _marks_heading(style: Element) -> bool:
    name = _value(_child(style, "name")).strip()
    return bool(_HEADING_STYLE.fullmatch(name)) or _has_level(_child(style, "pPr"))


def _has_level(properties: Element | None) -> bool:
    return _number(_child(properties, "outlineLvl"), 9) < 9  # 9 is body text


def _is_heading(paragraph: Element, headings: frozenset[str]) -> bool:
    properties = _child(paragraph, "pPr")
    return _value(_child(properties, "pStyle")) in headings or _has_level(properties)


# Tables -------------------------------------------------------------------------------------------------------------

Rows = list[tuple[Element, list[Element]]]
"""Each row of a table with its cells."""


def _rows(table: Element) -> Rows:
    return [(row, list(_within(row, "tc"))) for row in _within(table, "tr") if not _is_away(row)]


def _within(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also in content controls and tracked insertions."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in _WRAPPERS:
            yield from _within(child, name)


def _is_away(row: Element) -> bool:
    properties = _child(row, "trPr")
    return _child(properties, "del") is not None or _is_on(_child(properties, "hidden"))


def _is_layout(rows: Rows) -> bool:
    cells = [cell for _, row in rows for cell in row]
    inner = (_rows(table) for cell in cells for table in cell.iter("{*}tbl"))
    return is_layout(
        [len(row) for _, row in rows],
        [[len(row) for _, row in table] for table in inner],
        [sum(len(text.text or "") for text in cell.iter("{*}t")) for cell in cells],
    )


def _grid(rows: Rows) -> Grid:
    """The cells of a table in their places; a cell that goes on from the left or from above widens that one."""
    cells: list[Cell] = []
    growing: dict[int, int] = {}
    for down, (row, elements) in enumerate(rows):
        col = _number(_child(row, "trPr", "gridBefore"), 0)
        left: int | None = None
        for place, element in enumerate(elements):
            span = max(1, _number(_child(element, "tcPr", "gridSpan"), 1))
            across, along = (_merge(element, kind) for kind in ("hMerge", "vMerge"))
            above = growing.pop(col, None)
            if across == "continue" and place > 0:
                if left is not None:
                    cells[left] = replace(cells[left], colspan=cells[left].colspan + span)
            elif along == "continue" and above is not None and cells[above].row + cells[above].rowspan == down:
                cells[above] = replace(cells[above], rowspan=cells[above].rowspan + 1)
                growing[col] = above
                left = None
            else:
                left = len(cells)
                cells.append(Cell("\n".join(_lines(element)), down, col, colspan=span))
                if along:
                    growing[col] = left
            col += span
    return Grid(tuple(cells))


def _merge(cell: Element, kind: str) -> str:
    """``restart`` or ``continue`` for a merged cell, else nothing."""
    mark = _child(cell, "tcPr", kind)
    return "" if mark is None else _value(mark, "continue")


def _lines(cell: Element) -> Iterator[str]:
    for block in _blocks(cell, frozenset()):
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (inner.text for inner in block.cells if inner.text)
