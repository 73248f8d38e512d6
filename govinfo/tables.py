"""The tables of the form, each read from its lines: requests, disclosure, disputes, statistics.

Every function takes the lines of one table and gives ``Row`` objects in the order of the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from govinfo.align import (
    EXACT,
    Anchor,
    Head,
    Reading,
    Row,
    anchors,
    chain,
    fill_gaps,
    heads_in,
    join_broken,
    readings,
    strays,
)
from govinfo.document import Cell
from govinfo.form import column_order, forms, row_order, vocabulary
from govinfo.recognise import Line, Stretch
from govinfo.text import COUNTERS, FACTORS, is_figure, key

YEAR = re.compile(r"(?:19|20)\d\d年?度?")
ENOUGH_HEADS = 5
"""Applicant headings that must stand over the requests table for its columns to be known."""

ENOUGH_OUTCOMES = 3
"""Outcome headings, the same for the disputes table."""


def rows_of(stretch: Stretch) -> tuple[Row, ...]:
    """The rows of a table, by the reader for that table."""
    lines = join_broken(first_printing(stretch.lines, stretch.table), stretch.table)
    return READERS[stretch.table](lines)


def first_printing(lines: Sequence[Line], table: str) -> tuple[Line, ...]:
    """The lines up to where the table's first row is printed again behind most of its rows: a second table."""
    order = row_order(table)
    seen: list[str] = []
    for number, line in enumerate(lines):
        found = [anchor.row for anchor in anchors([line], table) if anchor.score == EXACT]
        if order[0] in found and order[0] in seen and len(set(seen)) > len(order) // 3:
            return tuple(lines[:number])
        seen += found
    return tuple(lines)


# Requests


def read_requests(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The requests table (三): seven applicant columns; the headings must stand over it, whole or in pieces."""
    columns = column_order("requests")
    words = vocabulary("requests")
    found = anchors(lines, "requests")
    taken = chain(found, row_order("requests"))
    taken += strays(found, taken)
    taken += fill_gaps(sorted(taken, key=lambda anchor: anchor.line), lines, "requests", len(columns))
    headed = heads_over(lines)
    rows = []
    for anchor in sorted(taken, key=lambda anchor: row_order("requests").index(anchor.row)):
        line = lines[anchor.line]
        heads, lost = headed[anchor.line]
        order = order_of(heads, columns)
        ways, flags = readings(line, order, heads, "total")
        ways = tuple(in_form_order(way, order, columns) for way in ways)
        lost_flag = ("header-lost",) if lost else ()
        rows.append(
            Row(
                "requests",
                anchor.row,
                own_label(anchor, line),
                columns,
                ways,
                (*anchor.flags, *flags, *lost_flag, *repeated(anchor, found, lines, words)),
                printed=print_of(line),
            )
        )
    return tuple(rows)


def heads_over(lines: Sequence[Line]) -> list[tuple[list[Head], bool]]:
    """For each line the applicant headings with places in its grid, and whether headings are lost."""
    words = vocabulary("requests")
    known: set[str] = set()
    placed: dict[int | None, list[Head]] = {}
    foreign = False
    over = []
    for line in lines:
        found = heads_in(line.labels, words.columns) if not line.has_figures or is_heading_run(line) else []
        columns_here = {head.column for head in found}
        if not line.has_figures and line.labels:
            alien = [
                cell for cell in line.labels[1:] if key(cell.text) in words.rows and key(cell.text) not in words.columns
            ]
            foreign = len(alien) > 1 or (foreign and len(line.labels) < ENOUGH_HEADS)
        known |= columns_here
        if line.placed and found and not line.has_figures:
            placed.setdefault(line.grid, []).extend(
                head for head in found if head.column not in {old.column for old in placed[line.grid]}
            )
        over.append((whole_heads(placed, line), foreign or len(known) < ENOUGH_HEADS))
    return over


def is_heading_run(line: Line) -> bool:
    """True for a line of a dump in which headings stand before the label of the first row."""
    return line.grid is None and len(line.labels) > ENOUGH_HEADS


def whole_heads(placed: dict[int | None, list[Head]], line: Line) -> list[Head]:
    """The headings of a line's grid where all seven have a place."""
    heads = sorted(placed.get(line.grid, []), key=lambda head: head.col)
    return heads if len(heads) == len(column_order("requests")) else []


def order_of(heads: Sequence[Head], columns: Sequence[str]) -> tuple[str, ...]:
    """The columns as the headings order them; the form's order where no headings have places."""
    return tuple(head.column for head in heads) or tuple(columns)


def in_form_order(reading: Reading, order: Sequence[str], columns: Sequence[str]) -> Reading:
    """A reading in the order of the headings, put into the order of the form."""
    at = dict(zip(order, reading, strict=True))
    return tuple(at[column] for column in columns)


def own_label(anchor: Anchor, line: Line) -> str:
    """The label as printed: of a lost one, what words the line has."""
    return anchor.label if anchor.score else " ".join(cell.text for cell in line.labels)


def print_of(line: Line) -> str:
    """A line as printed, its cells parted by bars."""
    return " | ".join(cell.text.strip() for cell in (*line.labels, *line.slots))


def repeated(anchor: Anchor, found: Sequence[Anchor], lines: Sequence[Line], words: object) -> tuple[str, ...]:
    """The flag of a row that is printed again with as many but other figures."""
    own = [cell.text.strip() for cell in lines[anchor.line].slots]
    for other in found:
        if other.row == anchor.row and other.line != anchor.line and other.score == EXACT:
            again = [cell.text.strip() for cell in lines[other.line].slots]
            if len(again) == len(own) and again != own and lines[other.line].has_figures:
                return ("repeated",)
    return ()


# Disclosure


@dataclass(frozen=True, slots=True)
class Block:
    """The headings in force over lines of the disclosure table: one Head per printed heading, "" where unknown."""

    heads: tuple[Head, ...]
    heading: str

    def codes(self) -> tuple[str, ...]:
        """The codes of the headings that are known."""
        return tuple(head.column for head in self.heads if head.column)


def read_disclosure(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The disclosure table (二): each block has its own headings; they tell the form of the block."""
    found = anchors(lines, "disclosure")
    taken = chain(found, row_order("disclosure"))
    taken += strays(found, taken)
    blocks = blocks_over(lines)
    usual = usual_form(blocks)
    taken += fill_gaps(sorted(taken, key=lambda anchor: anchor.line), lines, "disclosure", 1) if usual else []
    order = row_order("disclosure")
    return tuple(
        disclosure_row(anchor, lines[anchor.line], blocks[anchor.line], usual)
        for anchor in sorted(taken, key=lambda anchor: order.index(anchor.row))
    )


def blocks_over(lines: Sequence[Line]) -> list[Block]:
    """The headings in force at each line."""
    words = vocabulary("disclosure")
    block = Block((), "")
    over = []
    for line in lines:
        cells = headings_of(line)
        found = heads_in(cells, words.columns)
        if found:
            block = Block(
                tuple(head_of(cell, found, at) for at, cell in enumerate(cells)), " ".join(cell.text for cell in cells)
            )
        over.append(block)
    return over


def headings_of(line: Line) -> tuple[Cell, ...]:
    """The cells of a line that are column headings: those behind the head word, up to the label of a row."""
    words = vocabulary("disclosure")
    names = [key(cell.text) for cell in line.labels]
    start = next((at + 1 for at in reversed(range(len(names))) if names[at] in words.heads), 0)
    stop = next((at for at in range(start, len(names)) if names[at] in words.rows), len(names))
    return line.labels[start:stop]


def head_of(cell: Cell, found: Sequence[Head], at: int) -> Head:
    """The heading read from a cell; without a code where the cell is no known heading."""
    return next((head for head in found if head.col == cell.col), Head("", cell.col, cell.colspan, ("by-order",)))


def usual_form(blocks: Sequence[Block]) -> str:
    """The form that most headings of the table belong to; "" where none is known."""
    votes = [form for block in dict.fromkeys(blocks) for form in forms_of_columns(block.codes())]
    return max(sorted(set(votes)), key=votes.count) if votes else ""


def forms_of_columns(codes: Sequence[str]) -> list[str]:
    """The forms that have all these columns in one row of the disclosure table."""
    return [
        form.code
        for form in forms().values()
        if "disclosure" in form.tables
        and codes
        and any(set(codes) <= set(row.columns) for row in form.tables["disclosure"].rows)
    ]


def disclosure_row(anchor: Anchor, line: Line, block: Block, usual: str) -> Row:
    """A row of the disclosure table with the columns that its headings name."""
    columns, flags = columns_of_row(anchor.row, line, block, usual)
    lost = "header-lost" in flags
    heads = (
        () if lost else tuple(replace(head, column=column) for head, column in zip(block.heads, columns, strict=True))
    )
    ways, more = readings(fitted(line, len(columns)), columns, heads, None) if columns else ((), ())
    named = {head.column: head.flags for head in heads if head.flags}
    return Row(
        "disclosure",
        anchor.row,
        own_label(anchor, line),
        columns,
        ways,
        (*anchor.flags, *flags, *more),
        named,
        block.heading,
        print_of(line),
    )


def columns_of_row(row: str, line: Line, block: Block, usual: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of a row in the form that its headings belong to; without headings, by the count of its places."""
    shapes = {
        form.code: table.row(row).columns
        for form in forms().values()
        if (table := form.tables.get("disclosure")) and row in {known.code for known in table.rows}
    }
    known = block.codes()
    for form in sorted(shapes, key=lambda code: code != usual):
        fits = known and set(known) <= set(shapes[form]) and len(set(known)) == len(known)
        if fits and len(block.heads) == len(shapes[form]):
            mixed = usual and form != usual
            return order_by(block, shapes[form]), ("form-mixed",) if mixed else ()
    figures = [cell for cell in line.slots if cell.text.strip()]
    fitting = [form for form in shapes if len(shapes[form]) == len(figures)]
    if usual in fitting:
        fitting = [usual]
    return (shapes[fitting[0]], ("header-lost",)) if len(fitting) == 1 else (shapes.get(usual, ()), ("header-lost",))


def order_by(block: Block, shape: Sequence[str]) -> tuple[str, ...]:
    """The columns in the order printed; headings that could not be read take the columns left, in order."""
    left = [column for column in shape if column not in block.codes()]
    return tuple(head.column or left.pop(0) for head in block.heads)


def fitted(line: Line, width: int) -> Line:
    """The line without blank places at its end that are more than its columns."""
    slots = list(line.slots)
    while len(slots) > width and not slots[-1].text.strip():
        slots.pop()
    return replace(line, slots=tuple(slots))


# Disputes


def read_disputes(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The disputes table (四): five outcomes for each group named before the figures."""
    words = vocabulary("disputes")
    outcomes = column_order("disputes")
    left = list(row_order("disputes"))
    groups: list[tuple[str, str]] = []
    headed: set[str] = set()
    rows = []
    for line in lines:
        for cell in line.labels:
            headed |= {head.column for head in heads_in([cell], words.columns)}
            groups += [(code, cell.text) for code in words.rows.get(key(cell.text), ()) if code in left]
        if not line.has_figures:
            continue
        named = list(dict.fromkeys(group for group in groups if group[0] in left)) or [(code, "") for code in left]
        lost = () if len(headed) >= ENOUGH_OUTCOMES else ("header-lost",)
        for code, label, ways, why in deal(line, named, outcomes):
            flags = (*lost, *why) if label else (*lost, *why, "by-order")
            rows.append(Row("disputes", code, label, outcomes, ways, flags, printed=print_of(line)))
            left.remove(code)
        groups = []
    return tuple(sorted(rows, key=lambda row: row_order("disputes").index(row.code)))


def deal(
    line: Line, groups: Sequence[tuple[str, str]], outcomes: Sequence[str]
) -> Iterator[tuple[str, str, tuple[Reading, ...], tuple[str, ...]]]:
    """The places of a line dealt to its groups, one for each outcome, in every way that the line can be read."""
    width = len(outcomes)
    columns = [f"{code} {outcome}" for code, _ in groups for outcome in outcomes]
    ways, flags = readings(fitted(line, len(columns)), columns, (), None)
    for at, (code, label) in enumerate(groups):
        yield code, label, tuple(dict.fromkeys(way[at * width : (at + 1) * width] for way in ways)), flags


# Statistics


def read_statistics(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The statistics table of before 2019: every row it prints, with the code of the codebook or one from its label."""
    words = vocabulary("statistics")
    columns: tuple[str, ...] = ()
    used: set[str] = set()
    rows = []
    for line in lines:
        if not line.has_figures or is_year_heading(line):
            columns = statistics_columns(line) or columns
            continue
        if not line.labels:
            continue
        label, unit = label_and_unit(line)
        code = next((code for code in words.rows.get(key(label), ()) if code not in used), key(label))
        if not code or code in used or not columns:
            continue
        used.add(code)
        ways, flags = readings(fitted(line, len(columns)), columns, (), None)
        rows.append(Row("statistics", code, label, columns, ways, flags, printed=print_of(line), unit=unit))
    return tuple(rows)


def is_year_heading(line: Line) -> bool:
    """True for a heading whose year was taken for a figure."""
    return all(YEAR.fullmatch(key(cell.text)) for cell in line.slots if is_figure(cell.text))


def statistics_columns(line: Line) -> tuple[str, ...]:
    """The columns that a heading names: the year of the report, the cumulative figure."""
    words = vocabulary("statistics")
    found = []
    for cell in (*line.labels, *line.slots):
        name = key(cell.text)
        codes = words.columns.get(name) or (("year",) if YEAR.fullmatch(name) else ())
        found += [code for code in codes if code not in found]
    return tuple(found)


def label_and_unit(line: Line) -> tuple[str, str]:
    """The label of an indicator and the unit printed behind it."""
    units = COUNTERS | {unit for pair in FACTORS for unit in pair}
    last = key(line.labels[-1].text)
    if len(line.labels) > 1 and last in units | {"篇"}:
        return line.labels[-2].text, last
    return line.labels[-1].text, ""


READERS = {
    "disclosure": read_disclosure,
    "requests": read_requests,
    "disputes": read_disputes,
    "statistics": read_statistics,
}
