"""Marks that a reader sets into a text for what is left out there or seen there without letters; a cell turns them
into doubts, a line of text only loses them.

A mark is a pair of characters that no text has (noncharacters of Unicode), around the text that it speaks of. So it
travels with the text through lines and cells, however those are cut out of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from govinfo.document import PICTURE, Cell, Grid, Paragraph
from govinfo.text import is_figure

ASIDE = "aside"
"""Small or linked digits: a note where they stand beside other digits, else what they seem."""

KINDS = ("struck-out", "note", ASIDE, "hidden", "form-field", "picture", "script")

_OPEN = dict(zip(KINDS, map(chr, range(0xFDD0, 0xFDD0 + len(KINDS))), strict=True))
_KIND = {sign: kind for kind, sign in _OPEN.items()}
_CLOSE = "\ufddf"
_SIGN = re.compile("([\ufdd0-\ufdef])")
_SIGNS_OF_NOTES = "(（[［〔【①②③④⑤⑥⑦⑧⑨⑩*＊※†‡"
_SHORT = re.compile(rf"[(（\[［〔【]?\s*\d{{1,3}}\s*[)）\]］〕】]?|[{re.escape(_SIGNS_OF_NOTES)}]+")

_WIDE_LETTERS = re.compile(r"[\u3400-\u9fff]")

FONTS_OF_SIGNS = re.compile("(?:wing|web)dings|dingbats", re.IGNORECASE)
"""Fonts in which digits and letters are drawn as signs."""

LONGEST_NOTE = 4
"""Characters of a note in Chinese (注1)."""

NOTES = frozenset({"struck-out", "note", ASIDE, "hidden"})
"""What is left out of a text where more than that stands there."""

UNSAID = frozenset({"form-field", "picture"})
"""What a line of text, which carries no doubts, does without."""

Piece = tuple[frozenset[str], str]


def marked(kind: str, text: str = "") -> str:
    """The text with a mark around it. Without a text, ``hidden`` and ``note`` stand for what was left out, ``picture``
    and ``script`` for what is seen and has no letters."""
    return f"{_OPEN[kind]}{text}{_CLOSE}"


def is_note(raised: str) -> bool:
    """Whether a raised text can be a note; a part of a label is longer."""
    return len(raised.strip()) <= LONGEST_NOTE or not _WIDE_LETTERS.search(raised)


@dataclass(frozen=True, slots=True)
class Seen:
    """How a text is seen: not at all (``hidden``), as what has no letters (``drawn``), perhaps not (``veiled``), struck
    out, raised, or small or linked (``aside``)."""

    hidden: bool = False
    drawn: bool = False
    veiled: bool = False
    struck: bool = False
    raised: bool = False
    aside: bool = False


def as_seen(text: str, seen: Seen) -> str:
    """A text with the marks that tell how it is seen."""
    if not text.strip():
        return text
    if seen.hidden:
        return marked("hidden")
    if seen.drawn:
        return marked("picture")
    if seen.veiled:
        text = marked("hidden", text)
    if seen.struck:
        text = marked("struck-out", text)
    if seen.raised and is_note(text):
        return marked("note", text)
    return marked(ASIDE, text) if seen.aside else text


def without_marks(text: str) -> str:
    """The text of a file without characters that could be taken for marks."""
    return _SIGN.sub("", text) if any(sign in text for sign in (*_KIND, _CLOSE)) else text


def of_cell(text: str) -> tuple[str, tuple[str, ...]]:
    """What a person reads in a cell, and the doubts that its marks leave.

    Text that may be hidden, raised or struck out is read where the cell holds nothing else; a struck figure alone
    keeps signs around it, so that nobody takes it for a figure.
    """
    if text.isprintable() or not _SIGN.search(text):  # no mark is printable
        return text, ()
    pieces = list(_pieces(text))
    found = {"note" if kind == ASIDE else kind for kinds, _ in pieces for kind in kinds}
    seen = _first_seen(pieces, (NOTES, {"struck-out", "hidden"}, {"struck-out"}))
    struck = "" if seen else _joined(pieces, ())
    return seen or (f"~~{struck}~~" if struck and is_figure(struck) else struck), tuple(
        kind for kind in KINDS if kind in found
    )


def of_line(text: str) -> str:
    """What a line of text says; as no doubt can stand with it, it does without form fields and pictures."""
    if not _SIGN.search(text):
        return text
    return _first_seen(list(_pieces(text)), (NOTES | UNSAID, UNSAID | {"struck-out"})).replace(PICTURE, "")


def finished(blocks: Iterable[Paragraph | Grid]) -> tuple[Paragraph | Grid, ...]:
    """The blocks of a document with what their lines say, and without the rows that are struck out and printed anew;
    the cells of grids have been read by ``of_cell``."""
    read: list[Paragraph | Grid] = []
    for block in blocks:
        if isinstance(block, Grid):
            read.append(block)
        elif text := of_line(block.text):
            read.append(block if text == block.text else replace(block, text=text))
    grids = [block for block in read if isinstance(block, Grid)]
    if any("struck-out" in cell.doubts for grid in grids for cell in grid.cells):
        printed = {_label(row) for grid in grids for row in grid.rows() if not _is_struck(row)}
        read = [_without_old_rows(block, printed) if isinstance(block, Grid) else block for block in read]
    return tuple(block for block in read if isinstance(block, Paragraph) or block.cells)


def _without_old_rows(grid: Grid, printed: set[str]) -> Grid:
    old = {row[0].row for row in grid.rows() if _is_struck(row) and _label(row) in printed}
    return replace(grid, cells=tuple(cell for cell in grid.cells if cell.row not in old))


def _label(row: Sequence[Cell]) -> str:
    return next((cell.text for cell in row if cell.text), "")


def _is_struck(row: Sequence[Cell]) -> bool:
    """Whether a row is struck out from end to end."""
    filled = [cell for cell in row if cell.text]
    return bool(filled) and all(
        "struck-out" in cell.doubts and (cell.text.startswith("~~") or not is_figure(cell.text)) for cell in filled
    )


def _first_seen(pieces: list[Piece], choices: Iterable[frozenset[str] | set[str]]) -> str:
    """The text without the first of these choices of kinds that leaves a text."""
    return next(filter(None, (_joined(pieces, left_out) for left_out in choices)), "")


def _joined(pieces: Iterable[Piece], left_out: Iterable[str]) -> str:
    return "".join(text for kinds, text in pieces if kinds.isdisjoint(left_out)).strip()


def _pieces(text: str) -> Iterator[Piece]:
    """The stretches of a text with the kinds of the marks around each, but for marks that are not what they seem."""
    raw = [
        (kinds, "".join(part for _, part in parts)) for kinds, parts in groupby(_stretches(text), lambda part: part[0])
    ]
    before = ""
    for at, (kinds, part) in enumerate(raw):
        after = next((other for _, other in raw[at + 1 :] if other.strip()), "")
        yield kinds - _untrue(part.strip(), before.strip(), after.strip()), part
        before = before if kinds & NOTES else part


def _stretches(text: str) -> Iterator[Piece]:
    parts = _SIGN.split(text)
    around: list[str] = []
    for at, part in enumerate(parts):
        if part in _KIND:
            around.append(_KIND[part])
            if parts[at + 1 : at + 3] == ["", _CLOSE]:
                yield frozenset(around), PICTURE if around[-1] in {"picture", "script"} else ""
        elif part == _CLOSE:
            around = around[:-1]
        elif part:
            yield frozenset(around), part


def _untrue(text: str, before: str, after: str) -> set[str]:
    """The marks that do not hold: of the raised sign in a unit (km²), of small or linked figures that stand alone."""
    untrue = set()
    if before[-1:].isascii() and before[-1:].isalpha():
        untrue.add("note")
    beside = before[-1:].isdigit() or after[:1].isdigit() or text[:1] in _SIGNS_OF_NOTES
    if not (_SHORT.fullmatch(text) and beside):
        untrue.add(ASIDE)
    return untrue
