"""Text and Markdown dumps to a Document.

Tables survive in dumps as tabs, as pipes or as one cell a line. A stretch of such lines becomes a Grid whose
cells keep their order; columns are not places here (``placed=False``), because dumps lose spans. Where a dump
keeps no rows either, each cell stands in a row of its own and a later step finds the rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from govinfo.document import Cell, Document, Grid, Paragraph
from govinfo.errors import NothingToRead
from govinfo.readers.encoding import decode
from govinfo.readers.markdown import seen
from govinfo.readers.page_marks import without_page_marks

PIPE = "|"
LONE_PIPE = re.compile(r"\|\s*")
PADDING = re.compile(r"\|{2,}")
RULE_CELL = re.compile(r"\s*:?-+:?\s*")
HEADING = re.compile(r"#{1,6}\s+")
ESCAPED_PIPE = re.compile(r"\\\|")
LEFT_OVER = re.compile(r"\*\*|__")
Rows = list[list[str]]
Finder = Callable[[Sequence[str], int], tuple[int, Rows]]
PROSE_LENGTH = 200
"""A cell longer than this that stands alone in its row is prose set between pipes."""


def read_text(data: bytes) -> Document:
    """Reads a text or Markdown file. Raises NothingToRead when it holds no text."""
    return document_of(decode(data))


def document_of(text: str) -> Document:
    """The Document of decoded text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("｜", PIPE)
    lines = without_page_marks(ESCAPED_PIPE.sub("&#124;", text).split("\n"))
    if not any(line.strip() for line in lines):
        raise NothingToRead("The file holds no text.", hint="Export or download it again.")
    return Document(tuple(blocks_of(lines)), reader="text")


def blocks_of(lines: Sequence[str]) -> Iterator[Paragraph | Grid]:
    """Paragraphs and grids in reading order."""
    finders = [find for sign, find in FINDERS if any(sign in line for line in lines)]
    at = 0
    while at < len(lines):
        end, rows = table_at(lines, at, finders)
        if rows:
            yield from grid_or_prose(rows)
        elif lines[at].strip():
            yield paragraph(lines[at])
        at = max(end, at + 1)


def table_at(lines: Sequence[str], at: int, finders: Sequence[Finder]) -> tuple[int, Rows]:
    """The table that begins at a line: the line behind it, and its rows; no rows where none begins."""
    for find in finders:
        end, rows = find(lines, at)
        if rows:
            return end, rows
    return at + 1, []


def grid_or_prose(rows: Rows) -> Iterator[Paragraph | Grid]:
    """The rows as one Grid, or as paragraphs where a row is one long cell."""
    for prose, group in groupby(rows, key=is_prose):
        if prose:
            yield from (paragraph(line) for row in group for cell in row for line in cell.split("\n") if line.strip())
        else:
            yield grid(list(group))


def is_prose(row: Sequence[str]) -> bool:
    """True for a row whose only text is one long cell."""
    filled = [cell for cell in row if cell]
    return len(filled) == 1 and len(filled[0]) > PROSE_LENGTH


def grid(rows: Sequence[Sequence[str]]) -> Grid:
    """A Grid of rows of texts."""
    cells = [
        Cell(shown, row, col, doubts=doubts)
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
        for shown, doubts in (seen(text),)
    ]
    return Grid(tuple(cells), placed=False)


def paragraph(line: str) -> Paragraph:
    """One line as a paragraph; Markdown marks are taken off."""
    line = line.strip()
    marked = HEADING.match(line)
    text, doubts = seen(HEADING.sub("", line) if "#" in line else line)
    return Paragraph(LEFT_OVER.sub("", text).strip() or text, heading=bool(marked), doubts=doubts)


# Tabs: a row a line, cells parted by tabs; empty lines inside are page breaks.


def tabbed_table(lines: Sequence[str], at: int) -> tuple[int, Rows]:
    """Lines with a tab behind their first word or with several tabs."""
    rows, end = [], at
    for number in range(at, len(lines)):
        line = lines[number]
        if not line.strip():
            if not is_tabbed(line):
                continue
        elif not is_tabbed(line):
            break
        rows.append([cell.strip() for cell in line.rstrip("\n").split("\t")])
        end = number + 1
    return end, rows


def is_tabbed(line: str) -> bool:
    """True for a line of several cells."""
    return PIPE not in line and ("\t" in line.strip(" \t") or line.count("\t") > 1)


# One cell a line: a tab before each cell, an empty line between rows, a line without a tab goes on with the cell.


def indented_table(lines: Sequence[str], at: int) -> tuple[int, Rows]:
    """Groups of lines that begin with one tab, parted by empty lines."""
    rows: Rows = []
    end = number = at
    while number < len(lines) and is_indented(lines[number]):
        row: list[str] = []
        while number < len(lines) and (
            is_indented(lines[number]) or (row and lines[number].strip() and not is_tabbed(lines[number]))
        ):
            if is_indented(lines[number]):
                row.append(lines[number].strip())
            else:
                row[-1] = f"{row[-1]}\n{lines[number].strip()}".strip()
            number += 1
        rows.append(row)
        end = number
        while number < len(lines) and not lines[number]:
            number += 1
    several = sum(len(row) for row in rows) > 2 and any(len(row) > 1 for row in rows)
    return (end, rows) if several else (at + 1, [])


def is_indented(line: str) -> bool:
    """True for a line that begins with its only tab."""
    return line.startswith("\t") and line.count("\t") == 1 and PIPE not in line


# Pipes: a row a line, or a cell a line in one of several habits.


def piped_table(lines: Sequence[str], at: int) -> tuple[int, Rows]:
    """A stretch of lines with pipes; lines that belong to a cell begun before are part of it."""
    if PIPE not in lines[at] and not opens_with_lone_pipe(lines, at):
        return at + 1, []
    end = piped_end(lines, at)
    stretch = list(lines[at:end])
    rows_of_cells = [line for line in stretch if PIPE in line and not LONE_PIPE.fullmatch(line)]
    opened = all(line.lstrip().startswith(PIPE) for line in rows_of_cells)
    by_line = {line: cells_of(line, opened) for line in rows_of_cells}
    if sum(len(list(filter(None, by_line[line]))) > 1 for line in rows_of_cells) * 2 > len(rows_of_cells):
        end = next((number for number in range(at, end) if PIPE not in lines[number] and lines[number].strip()), end)
        filled = [line for line in lines[at:end] if line.strip() and not is_rule(line)]
        rows = [by_line.get(line) or cells_of(line, opened) for line in filled]
    elif LONE_PIPE.fullmatch(stretch[0]):
        rows = [cells_of("\n".join(row)) for row in split_at_lone_pipes(without_padding(stretch))]
    else:
        rows = [[cell] for cell in cells_of("\n".join(without_padding(stretch)))]
    return end, [row for row in rows if row]


def opens_with_lone_pipe(lines: Sequence[str], at: int) -> bool:
    """True for a line whose cell is closed by a pipe on the next line, in a table where pipes stand alone."""
    following = lines[at + 1 : at + 4]
    return (
        bool(lines[at].strip())
        and len(following) == 3
        and is_bar(following[0])
        and not following[1].rstrip().endswith(PIPE)
        and is_bar(following[2])
    )


def is_bar(line: str) -> bool:
    """True for a line that is nothing but pipes."""
    return PIPE in line and not line.strip().strip(PIPE)


def piped_end(lines: Sequence[str], at: int) -> int:
    """The line behind a stretch of pipes: text without a pipe belongs to it where a pipe follows at once.

    Where a lone pipe opens each row, only indented text does: what stands at the margin is no cell.
    """
    rows_open_with_bar = bool(LONE_PIPE.fullmatch(lines[at]))
    end = at + 1
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if PIPE in line:
            end = number + 1
        elif line.strip() and not (closes_soon(lines, number) and (line[0].isspace() or not rows_open_with_bar)):
            break
    return end


def closes_soon(lines: Sequence[str], at: int) -> bool:
    """True when the text at a line is closed by a pipe within its next two lines."""
    following = [line for line in lines[at + 1 : at + 3] if line.strip()]
    return bool(following) and PIPE in following[0] and is_bar(following[0])


def cells_of(line: str, opened: bool = True) -> list[str]:
    """The cells between pipes. Runs of pipes with nothing between are padding of a merged cell, not cells.

    ``opened`` tells that rows begin with a pipe; where they do not, a pipe at the start closes a blank cell.
    """
    line = line.strip()
    body = PADDING.sub(PIPE, line) if PIPE * 2 in line else line
    padded = line.endswith(PIPE * 2)
    cells = [cell.strip() for cell in body.split(PIPE)]
    if opened and cells and not cells[0] and body.startswith(PIPE):
        cells = cells[1:]
    if cells and not cells[-1]:
        cells = cells[:-1]
    if padded and cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def without_padding(lines: Sequence[str]) -> list[str]:
    """The lines without those that only pad a merged cell with pipes."""
    return [line for line in lines if not PADDING.fullmatch(line.strip())]


def is_rule(line: str) -> bool:
    """True for the line of dashes under a Markdown head."""
    cells = line.strip().strip(PIPE).split(PIPE)
    return (
        "-" in line
        and all(RULE_CELL.fullmatch(cell) for cell in cells)
        and (len(cells) > 1 or len(cells[0].strip()) > 1)
    )


def split_at_lone_pipes(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines between lines that are one pipe."""
    for bar, group in groupby(lines, key=lambda line: bool(LONE_PIPE.fullmatch(line))):
        if not bar:
            yield list(group)


TAB = "\t"
FINDERS: tuple[tuple[str, Finder], ...] = ((TAB, indented_table), (TAB, tabbed_table), (PIPE, piped_table))
"""What finds tables, by the sign without which a file holds none of its kind."""
