"""A real Word file as a page that can be changed: its tables as a tree of rows and cells, which are written back into
the XML of the file. Paragraphs, runs and styles stay those of the office."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from html import escape
from random import Random

from lxml import etree, html

from mutations.pages import Element, Key, Page, page_of, text_of

PART = "word/document.xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"


@dataclass(frozen=True)
class WordFile(Page):
    """A page made of a Word file; ``data`` is the file."""

    data: bytes = b""

    def copy(self) -> WordFile:
        """The same page in a tree of its own."""
        return replace(word_of(self.name, html.tostring(self.tree, encoding="unicode")), data=self.data)

    def source(self) -> bytes:
        """The file with its tables as the tree has them."""
        body = body_of(self.data)
        originals, made = list(body), []
        for block in self.tree.body.iter("p", "table"):
            if next(block.iterancestors("table"), None) is None:
                at = block.get("data-block")
                made.append(deepcopy(originals[int(at)]) if at else paragraph(text_of(block)))
                if block.tag == "table":
                    fill(made[-1], block, cells_of(originals))
        body[:] = made
        return packed(self.data, etree.tostring(body.getroottree(), encoding="UTF-8", standalone=True))


def word_of(name: str, source: str) -> WordFile:
    """The page in a tree, as a Word file without its data."""
    page = page_of(name, source)
    return WordFile(page.name, page.tree, page.rows, page.headings)


def word_file(name: str, data: bytes) -> WordFile:
    """The page of a Word file."""
    number = iter(range(1_000_000))
    blocks = "".join(as_html(block, at, number) for at, block in enumerate(body_of(data)))
    return replace(word_of(name, f"<html><body>{blocks}</body></html>"), data=data)


def body_of(data: bytes) -> Element:
    """The body of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(PART)).find(f"{W}body")


def packed(data: bytes, document: bytes) -> bytes:
    """The file with another document in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, document if name == PART else old.read(name))
    return file.getvalue()


# XML to tree


def as_html(block: Element, at: int, number: Iterator[int]) -> str:
    """A paragraph or a table of the body; each knows its number, so that it can be found again."""
    if block.tag == f"{W}tbl":
        rows = list(block.iter(f"{W}tr"))
        return f'<table data-block="{at}">{"".join(row_as_html(rows, row, number) for row in range(len(rows)))}</table>'
    return f'<p data-block="{at}">{escape(printed(block))}</p>'


def row_as_html(rows: list[Element], at: int, number: Iterator[int]) -> str:
    """A row; the cells that go on from above are counted into those."""
    cells = []
    for col, cell in placed(rows[at]):
        mine = next(number)
        if merge(cell) != "continue":
            tall = 1
            while merge(cell) and at + tall < len(rows) and goes_on(rows[at + tall], col):
                tall += 1
            spans = f'rowspan="{tall}"' * (tall > 1) + f' colspan="{width(cell)}"' * (width(cell) > 1)
            cells.append(f'<td data-cell="{mine}" {spans}>{escape(printed(cell))}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def placed(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with their columns."""
    col = 0
    for cell in row.findall(f"{W}tc"):
        yield col, cell
        col += width(cell)


def goes_on(row: Element, col: int) -> bool:
    return any(at == col and merge(cell) == "continue" for at, cell in placed(row))


def width(cell: Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val"))


def merge(cell: Element) -> str:
    found = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if found is None else found.get(f"{W}val", "continue")


def printed(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


# Tree to XML


def cells_of(blocks: list[Element]) -> list[Element]:
    """The cells of all tables in the order of their numbers."""
    return [
        cell for block in blocks if block.tag == f"{W}tbl" for row in block.iter(f"{W}tr") for _, cell in placed(row)
    ]


def fill(table: Element, changed: Element, cells: list[Element]) -> None:
    """Puts the rows of the tree into a table."""
    for row in table.findall(f"{W}tr"):
        table.remove(row)
    tall: dict[int, tuple[int, int]] = {}
    for row in changed.iter("tr"):
        made = etree.SubElement(table, f"{W}tr")
        above, tall, col = tall, {}, 0
        for cell in [*(each for each in row if each.tag in ("td", "th")), None]:
            while col in above:
                rows, wide = above.pop(col)
                made.append(cell_of("", wide, "continue"))
                tall |= {col: (rows - 1, wide)} if rows > 1 else {}
                col += wide
            if cell is not None:
                rows, wide = (int(cell.get(name) or 1) for name in ("rowspan", "colspan"))
                made.append(written(cell, cells, wide, "restart" if rows > 1 else ""))
                tall |= {col: (rows - 1, wide)} if rows > 1 else {}
                col += wide


def written(cell: Element, cells: list[Element], wide: int, merged: str) -> Element:
    """A cell of the tree: the file's own with another text or other spans, or a new one."""
    number = cell.get("data-cell")
    text = text_of(cell)
    if number is None:
        return cell_of(text, wide, merged)
    own = deepcopy(cells[int(number)])
    if text != "".join(printed(own).split()):
        texts = list(own.iter(f"{W}t"))
        for at, piece in enumerate(texts):
            piece.text = "" if at else text
        if not texts and text:
            own.append(paragraph(text))
    set_spans(own, wide, merged)
    if dress := cell.get("data-dress"):
        DRESSES[dress](own)
    return own


def cell_of(text: str, wide: int, merged: str) -> Element:
    cell = etree.Element(f"{W}tc")
    cell.append(paragraph(text))
    set_spans(cell, wide, merged)
    return cell


def set_spans(cell: Element, wide: int, merged: str) -> None:
    """Sets the spans of a cell."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = etree.Element(f"{W}tcPr")
        cell.insert(0, properties)
    for name in ("gridSpan", "vMerge"):
        for old in properties.findall(f"{W}{name}"):
            properties.remove(old)
    if wide > 1:
        etree.SubElement(properties, f"{W}gridSpan").set(f"{W}val", str(wide))
    if merged:
        etree.SubElement(properties, f"{W}vMerge").set(f"{W}val", merged)


def paragraph(text: str) -> Element:
    made = etree.Element(f"{W}p")
    if text:
        made.append(run(text))
    return made


def run(text: str, *properties: str) -> Element:
    spelled = "".join(f"<w:{one}/>" for one in properties)
    return etree.fromstring(f'<w:r xmlns:w="{WORD}"><w:rPr>{spelled}</w:rPr><w:t>{escape(text)}</w:t></w:r>')


# What Word does to a figure that a person still reads


def first_run(cell: Element) -> Element:
    return next(cell.iter(f"{W}r"))


def old_figure(*properties: str) -> Callable[[Element], None]:
    """Another figure before the one that is seen, set so that it does not count."""
    return lambda cell: first_run(cell).addprevious(run("9", *properties))


def note_behind(cell: Element) -> None:
    """The small raised number of a note."""
    list(cell.iter(f"{W}r"))[-1].addnext(run("2", 'vertAlign w:val="superscript"'))


def tracked(cell: Element) -> None:
    """The figure stands in the place of one that was deleted."""
    old = first_run(cell)
    old.addprevious(etree.fromstring(f'<w:del xmlns:w="{WORD}"><w:r><w:delText>9</w:delText></w:r></w:del>'))
    wrap(old, "ins")


def in_control(cell: Element) -> None:
    """The figure stands in a content control."""
    wrap(wrap(first_run(cell), "sdtContent"), "sdt")


def in_pieces(cell: Element) -> None:
    """The figure is set in a run for each of its digits."""
    own = first_run(cell)
    text = next(own.iter(f"{W}t"))
    for digit in reversed((text.text or "")[1:]):
        more = deepcopy(own)
        next(more.iter(f"{W}t")).text = digit
        own.addnext(more)
    text.text = (text.text or "")[:1]


def wrap(element: Element, name: str) -> Element:
    """Puts an element into another in its place."""
    outer = etree.Element(f"{W}{name}")
    element.addprevious(outer)
    outer.append(element)
    return outer


DRESSES: dict[str, Callable[[Element], None]] = {
    "struck": old_figure("strike"),
    "hidden": old_figure("vanish"),
    "white": old_figure('color w:val="FFFFFF"'),
    "noted": note_behind,
    "tracked": tracked,
    "in-control": in_control,
    "in-pieces": in_pieces,
}


def dressed(page: Page, rng: Random) -> dict[Key, float | None] | None:
    """A figure of a Word file is set in another way: what a person reads stays the same."""
    if not isinstance(page, WordFile):
        return None
    cells = [cell for row in page.rows for cell in row.figures if text_of(cell)]
    rng.choice(cells).set("data-dress", rng.choice(list(DRESSES)))
    return page.expected()
