"""HTML to a document: what a browser shows, line by line and table by table.

The page is parsed, what is not shown is taken out, and one walk over the rest gives lines of text and grids.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from lxml import etree

from govinfo.document import Cell, Document, Grid, Metadata, Paragraph
from govinfo.errors import NothingToRead
from govinfo.readers.encoding import decode as decode_bytes
from govinfo.readers.html_drawn import draw, let_be_seen
from govinfo.readers.html_marking import mark
from govinfo.readers.html_mended import mended
from govinfo.readers.html_tags import BLOCKS, CELLS, GROUPS, HEADINGS, UNSEEN
from govinfo.readers.marks import finished, of_cell, without_marks

Element = Any

_COUNTED = HEADINGS | {"pre", "table"}
_TELLING = "a bdo big del font img rt s small strike sub sup"
_DATES = """pubdate publishdate publish_date publish-date published publishtime pubtime og:published_time
article:published_time og:release_date firstpublishedtime dcterms.issued dc.date"""
_TITLES = "articletitle og:title"
_PUBLISHERS = "contentsource publisher og:site_name sitename"


MOST_COLUMNS = 1000
"""The limit that browsers set to a colspan."""

PROSE = 500
"""A cell with more characters than this, and more than all the other cells together, holds an article, no entry."""

_NUMBER = re.compile(r"\s*(\d{1,9})")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANKS = bytes.maketrans(b"\v\f", b"  ")
_CONTROL = bytes([*range(9), *range(14, 32)])
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_NO_CHARACTER = b"[" + re.escape(_CONTROL) + b"]|" + b"|".join(_NONCHARACTERS)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""")
_MARKED_UP = re.compile(r"<(?:!doctype|head|meta|p|br|li|ul)\b")
_HASHES = re.compile(r"#{1,6}\s+")
_DATE = re.compile(r"(\d{4})(?:\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)|(\d{2})(\d{2}))")


def read_html(data: bytes) -> Document:
    """The document in an HTML page or a piece of one, in any encoding."""
    source = without_marks(decode(data).replace("\0", ""))
    root = _parse(source)
    if root is None:
        raise _nothing()
    metadata = _metadata(root)
    _take_out_unseen(root, source)
    blocks = finished(_blocks(root, lined=_is_lined(source)))
    if not any(isinstance(block, Paragraph) or any(cell.text for cell in block.cells) for block in blocks):
        raise _nothing()
    return Document(blocks, "html", metadata)


def decode(data: bytes) -> str:
    """The text of an HTML file; the encoding it declares is only one piece of evidence."""
    start = data[:8192].lower()
    declared = _CHARSET.search(start) if b"charset" in start or b"encoding" in start else None
    return decode_bytes(data, declared[1].decode("ascii", "replace") if declared else "")


def _nothing() -> NothingToRead:
    return NothingToRead(
        "the page holds no text",
        hint="A script or a frame may fill it in: open it in a browser and save it as a complete page.",
    )


def _parse(source: str) -> Element | None:
    """The tree of a page. Pages nested deeper than the parser goes are flattened first, so that nothing is lost."""
    # The parser drops what follows </html>, and joins the lines on both sides of a </p> that closes nothing.
    source = re.sub(r"</(?:html|body)\s*>", "", source, flags=re.IGNORECASE)
    source = re.sub(r"</p\s*>", "</p><br>", source, flags=re.IGNORECASE)
    source = mended(source)
    root, too_deep = _tree(source)
    cells = CELLS | {"table", "tr"} | UNSEEN
    for kept in (cells | set(_TELLING.split()), cells, UNSEEN):
        if too_deep:
            root, too_deep = _tree(_flattened(source, kept))
    return root


def _tree(source: str) -> tuple[Element | None, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, recover=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_as_bytes(source), parser)
    except etree.XMLSyntaxError:
        root = None
    return root, any("depth" in error.message.lower() for error in parser.error_log)


def _as_bytes(source: str) -> bytes:
    """The source with U+FFFD for characters that no tree can hold."""
    data = source.encode("utf-8", "replace").translate(_BLANKS)
    is_plain = len(data.translate(None, _CONTROL)) == len(data) and not any(one in data for one in _NONCHARACTERS)
    return data if is_plain else re.sub(_NO_CHARACTER, b"\xef\xbf\xbd", data)


def _flattened(source: str, kept: frozenset[str]) -> str:
    """The source with no elements but those that are kept, and line breaks for the blocks."""

    def flat(tag: re.Match[str]) -> str:
        name = tag[1].lower()
        return tag[0] if name in kept else "<br>" if name in BLOCKS else ""

    return re.sub(r"</?([a-zA-Z][\w:-]*)[^<>]*>", flat, source)


def _is_lined(source: str) -> bool:
    """Whether the file is plain text or Markdown with HTML tables in it: there a line end is a line end."""
    pieces = source.lower().split("</table")
    return not any(_MARKED_UP.search(piece.partition("<table")[0]) for piece in pieces)


def _take_out_unseen(root: Element, source: str) -> None:
    """Takes out what a browser does not show, and marks what it shows in other ways than as plain text."""
    drawn = draw(root, source)
    mark(root)
    let_be_seen(drawn)
    etree.strip_elements(root, *UNSEEN, with_tail=False)


def _blocks(root: Element, *, lined: bool = False, tables: bool = True) -> Iterator[Paragraph | Grid]:
    """The lines and grids in an element. Without ``tables``, all that is in tables comes as lines too."""
    parts: list[str] = []
    headings = verbatim = inside = 0
    grids: dict[Element, Grid] = {}
    taken: set[Element] = set()

    def line() -> Iterator[Paragraph]:
        text = _plain("".join(parts))
        parts.clear()
        if text:
            hashes = _HASHES.match(text) if lined and not inside else None
            yield Paragraph(text[hashes.end() :] if hashes else text, heading=bool(headings or hashes))

    def add(text: str) -> Iterator[Paragraph]:
        if verbatim or (lined and not inside):
            for piece in text.splitlines(keepends=True):
                parts.append(piece)
                if piece[-1] in "\r\n":
                    yield from line()
        else:
            parts.append(text)

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if parts and tag in BLOCKS:
            yield from line()
        if tag in _COUNTED:
            step = 1 if event == "start" else -1
            headings += step * (tag in HEADINGS)
            verbatim += step * (tag == "pre")
            inside += step * (tag == "table")
        if event == "end":
            if element is not root and element.tail:
                yield from add(element.tail)
        elif element in taken:
            # The grid stands where its first cell stands: what strays into a table keeps its place before or after.
            if element in grids:
                yield grids[element]
            walk.skip_subtree()
        else:
            if tables and tag == "table":
                groups = _groups(element)
                cells = {cell for group in groups for row in group for cell in row}
                if cells and not _is_layout(element, groups):
                    taken.update(cells)
                    grids[next(cell for cell in element.iter(*CELLS) if cell in cells)] = _grid(groups)
            if element.text:
                yield from add(element.text)
    yield from line()


def _plain(text: str) -> str:
    return text if text.isprintable() and " " not in text else _SPACE.sub(" ", text).replace("\xa0", " ").strip()


def _cell_text(cell: Element) -> str:
    if not len(cell) and "\n" not in (cell.text or ""):  # as most are
        return _plain(cell.text or "")
    found = [cell.text]
    for inner in cell.iterdescendants():
        found += inner.text, inner.tail
    texts = [text for text in found if text and text.strip()]
    if len(texts) < 2 and "\n" not in "".join(texts):
        return _plain("".join(texts))
    return "\n".join(block.text for block in _blocks(cell, tables=False) if isinstance(block, Paragraph))


Rows = list[list[Element]]
"""The cells of each row."""


def _nearest(element: Element, tags: frozenset[str]) -> Iterator[Element]:
    """The nearest elements with one of these tags, not looking into tables inside."""
    pending = element[::-1]
    while pending:
        inner = pending.pop()
        if inner.tag in tags:
            yield inner
        elif inner.tag != "table":
            pending += inner[::-1]


def _groups(table: Element) -> list[Rows]:
    """The row groups of a table in the order in which they are shown: the head first, the foot last."""
    groups: dict[str, list[Rows]] = {"thead": [], "tbody": [], "tfoot": []}
    parts = _nearest(table, GROUPS | CELLS | {"tr"})
    for group, members in groupby(parts, key=lambda part: part if part.tag in GROUPS else None):
        if group is None:
            groups["tbody"].append(_rows(members))
        else:
            groups[group.tag].append(_rows(_nearest(group, CELLS | {"tr"})))
    return [*groups["thead"], *groups["tbody"], *groups["tfoot"]]


def _rows(parts: Iterable[Element]) -> Rows:
    """The cells of each row; cells that no row holds and that stand next to each other are one row."""
    rows: Rows = []
    for row, members in groupby(parts, key=lambda part: part if part.tag == "tr" else None):
        rows.append(list(members) if row is None else list(_nearest(row, CELLS)))
    return rows


def _is_layout(table: Element, groups: list[Rows]) -> bool:
    rows = [row for group in groups for row in group]
    cells = [cell for row in rows for cell in row]
    has_inner = any(inner is not table for inner in table.iter("table"))
    inner = [_groups(one) for cell in cells for one in cell.iter("table")] if has_inner else []
    return is_layout(
        [len(row) for row in rows],
        [[len(row) for group in one for row in group] for one in inner],
        [int(_length(cell)) for cell in cells] if _may_hold_article(table) else [],
    )


_length = etree.XPath("string-length(normalize-space())")
_may_hold_article = etree.XPath(
    f"string-length() > {PROSE} and (.//td[string-length() > {PROSE}] or .//th[string-length() > {PROSE}])"
)


def is_layout(widths: Sequence[int], inner: Iterable[Sequence[int]], lengths: Sequence[int]) -> bool:
    """Whether a table only sets out a page, so that its cells are to be read as text one after another.

    ``widths`` counts the cells of each of its rows, ``inner`` does so for each table inside, ``lengths`` gives the
    length of the text in each of its cells. It sets out a page if it is one column, if the tables inside hold more
    cells than it does (those of one row or one column are no tables themselves), or if one cell holds an article.
    """
    in_tables = sum(sum(table) for table in inner if len(table) > 1 and max(table) > 1)
    longest = max(lengths, default=0)
    is_article = longest > PROSE and 2 * longest > sum(lengths)
    return max(widths, default=0) <= 1 or in_tables > sum(widths) or is_article


def _grid(groups: list[Rows]) -> Grid:
    """The cells of a table in their places, as browsers set them."""
    cells: list[Cell] = []
    top = 0
    for group in groups:
        free_from: dict[int, int] = {}
        for row, elements in enumerate(group):
            col = 0
            for element in elements:
                while free_from.get(col, 0) > row:
                    col += 1
                across, along = element.get("colspan"), element.get("rowspan")
                colspan = min(_span(across) or 1, MOST_COLUMNS) if across else 1
                rowspan = min(_span(along) or len(group), len(group) - row) if along else 1
                for covered in range(col, col + colspan if rowspan > 1 else col):
                    free_from[covered] = max(free_from.get(covered, 0), row + rowspan)
                text, doubts = of_cell(_cell_text(element))
                cells.append(Cell(text, top + row, col, rowspan, colspan, doubts=doubts))
                col += colspan
        top += len(group)
    return Grid(_clamped(cells))


def _span(stated: str) -> int:
    number = _NUMBER.match(stated)
    return int(number[1]) if number else 1


def _clamped(cells: list[Cell]) -> tuple[Cell, ...]:
    """The cells, with spans of the greatest width cut where the other cells end."""
    width = max(cell.col + (cell.colspan if cell.colspan < MOST_COLUMNS else 1) for cell in cells)
    return tuple(replace(cell, colspan=width - cell.col) if cell.col + cell.colspan > width else cell for cell in cells)


def _metadata(root: Element) -> Metadata:
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        content = _plain(meta.get("content", ""))
        if content:
            said.setdefault(name.strip().lower(), content)
    links = [link.get("href", "").strip() for link in root.iter("link") if link.get("rel", "").lower() == "canonical"]
    urls = [*links, *(said.get(name, "") for name in ("og:url", "source", "url"))]
    titles = (_plain("".join(title.itertext())) for title in root.iter("title"))
    return Metadata(
        title=_first(said, _TITLES) or next(filter(None, titles), ""),
        published=_date(_first(said, _DATES)),
        url=next((url for url in urls if re.match(r"https?://", url, re.IGNORECASE)), ""),
        publisher=_first(said, _PUBLISHERS),
    )


def _first(said: dict[str, str], names: str) -> str:
    return next((said[name] for name in names.split() if name in said), "")


def _date(text: str) -> str:
    """A date as YYYY-MM-DD; what is no date stays as it is."""
    found = _DATE.search(text)
    if not found:
        return text
    year, *parts = (int(part) for part in found.groups() if part)
    try:
        return datetime.date(year, *parts).isoformat()
    except ValueError:
        return text
