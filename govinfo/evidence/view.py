"""The place of a cell in the file that it was read from: marked on its page, or in its printed table.

The file is opened again; one that has changed since it was read is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
from PIL import Image

from govinfo.document import Box, Document
from govinfo.errors import FileUnreadable, UsageError
from govinfo.evidence.page import AROUND, Marks, marked_page
from govinfo.evidence.table import Place, as_before, printed_table
from govinfo.files.opened import whole_bytes
from govinfo.identity.parts import parts_of
from govinfo.readers import read_document
from govinfo.readers.archive import member_named
from govinfo.tables.flat import unflatten

PAGED = ("pdf", "ocr")
"""Readers of files that have pages to be shown."""

Record = Mapping[str, Any]
"""One row of a frame."""


class WithFile(Protocol):
    """A report as read from a file; ``govinfo.report.Report`` is one."""

    @property
    def cells(self) -> pd.DataFrame:
        """The cells frame."""

    @property
    def suggestions(self) -> pd.DataFrame:
        """The suggestions frame."""

    @property
    def reader(self) -> str:
        """What read the file."""

    @property
    def source(self) -> str:
        """How frames and errors name the file."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the file as it was read."""

    @property
    def path(self) -> Path | None:
        """Where the file is; None for bytes."""

    @property
    def part(self) -> int:
        """Which report of the file it is, from 1."""


def bytes_of(report: WithFile) -> bytes:
    """The file of a report as it was read."""
    if report.path is None:
        raise UsageError(
            "this report was read from bytes, so there is no file to show.",
            where=report.source,
            hint="Read the file with govinfo.read_report(FILE).",
        )
    try:
        data = member_named(whole_bytes(report.path), report.source)
    except OSError as error:
        raise FileUnreadable(
            f"the file that was read cannot be opened: {error.strerror or error}.",
            where=str(report.path),
            hint="Put it back, or read it with govinfo.read_report where it is now.",
        ) from error
    if hashlib.sha256(data).hexdigest() != report.sha256:
        raise FileUnreadable(
            "the file has changed since it was read.",
            where=str(report.path),
            hint="Read it again with govinfo.read_report.",
        )
    return data


def view_of(
    report: WithFile,
    data: bytes,
    cells: Sequence[Record],
    cell: Record,
    summed: Collection[tuple[str, str]] = (),
    around: float | None = None,
) -> tuple[str, Image.Image | tuple[Place, ...]]:
    """What is marked, in words, and the marked page or the places of the printed table. ``summed`` are the row and
    column of all figures of sums that fail: they are shown wherever they stand; ``around`` as in ``marked_page``.

    Of a row that is not printed the row before it is marked instead. A file with pages is read again only where the
    frame does not tell the places on them.
    """
    missing = is_missing(cell)
    before = row_before(cells, cell["row"]) if missing else None
    row = cell["row"] if before is None else before["row"]
    paged = report.reader in PAGED
    marks = marks_in_frame(cells, row, cell) if paged else None
    if marks is None:
        places = printed_table(document_of(report, data), cell["table"], row, cell["column"], summed)
        marks = marks_in_table(places) if paged else None
        if marks is None:
            places = as_before(places) if missing else places
            return note_on(cell, before, {place.mark for place in places}), places
    else:
        marks = replace(marks, summed=places_summed(cells, {place for place in summed if place[0] != row}))
    marks = replace(marks, cell=None if missing else marks.cell, before=missing)
    shown = {"cell" if marks.cell else "", "row" if marks.row else "", "sum" if marks.summed else ""}
    return note_on(cell, before, shown), marked_page(data, report.reader, marks, AROUND if around is None else around)


def document_of(report: WithFile, data: bytes) -> Document:
    """The part of the file that holds the report."""
    return part_of(data, report.source.partition("#")[0], report.part)


@lru_cache(maxsize=4)
def part_of(data: bytes, name: str, number: int) -> Document:
    """A part of a file; of the last ones it is kept, as many cells are looked at one after the other."""
    return next(part.document for part in parts_of(unflatten(read_document(data, name))) if part.number == number)


def is_missing(cell: Record) -> bool:
    """True for a cell of a row that the page does not print."""
    return "row-missing" in cell["doubts"].split(";")


def row_before(cells: Sequence[Record], row: str) -> Record | None:
    """A cell of the last row before a row that the page prints."""
    rows = [cell["row"] for cell in cells]
    return next((cell for cell in reversed(cells[: rows.index(row)]) if not is_missing(cell)), None)


def marks_in_frame(cells: Sequence[Record], row: str, cell: Record) -> Marks | None:
    """The places of a row and a cell of it as the frame has them; None where it has none."""
    places = [(each["page"], box) for each in cells if each["row"] == row and (box := box_of(each["box"]))]
    own = box_of(cell["box"])
    if not places:
        return None
    page = int(cell["page"] if own else places[0][0])
    return Marks(page, tuple(box for number, box in places if number == page), own)


def places_summed(cells: Sequence[Record], summed: Collection[tuple[str, str]]) -> tuple[tuple[int, Box], ...]:
    """The pages and places of cells as the frame has them."""
    mine = (each for each in cells if (each["row"], each["column"]) in summed)
    return tuple((int(each["page"]), box) for each in mine if (box := box_of(each["box"])))


def marks_in_table(places: Sequence[Place]) -> Marks | None:
    """The marked places of a printed table that have a place on a page; None where none has."""
    marked = [(place.page, place.box, place.mark) for place in places if place.mark and place.page and place.box]
    summed = tuple((page, box) for page, box, mark in marked if mark == "sum")
    boxes = [one for one in marked if one[2] != "sum"]
    if not boxes:
        return None
    page = next((page for page, _, mark in boxes if mark == "cell"), boxes[0][0])
    here = [(box, mark) for number, box, mark in boxes if number == page]
    return Marks(
        page, tuple(box for box, _ in here), next((box for box, mark in here if mark == "cell"), None), summed=summed
    )


def note_on(cell: Record, before: Record | None, marked: set[str]) -> str:
    """What is marked, in words."""
    return note_on_cell(cell, before, marked) + (", the figures of sums that fail in blue" if "sum" in marked else "")


def note_on_cell(cell: Record, before: Record | None, marked: set[str]) -> str:
    """What is marked of a cell and its row, in words."""
    if before is not None:
        return f"dashed, the row before ({before['label'] or before['row']}); the page does not print this row"
    if "cell" in marked:
        return "the cell with an edge, its row in yellow"
    if "row" not in marked:
        return "nothing; the page does not print this row"
    if cell["kind"] == "unreadable":
        return "the row in yellow; no single reading tells which of its figures stands in this column"
    return "the row in yellow; it has no place of its own for this column"


# Values of the frame


def known(value: Any) -> Any:
    """A value of a frame, None for NA."""
    return None if pd.isna(value) else value


def box_of(text: str | None) -> Box | None:
    """A box as the cells frame writes it; None for an empty one and NA."""
    edges = [float(edge) for edge in (known(text) or "").split()]
    return (edges[0], edges[1], edges[2], edges[3]) if edges else None
