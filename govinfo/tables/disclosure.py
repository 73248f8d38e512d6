"""The disclosure table (二、主动公开政府信息情况): blocks of rows, each below headings of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from govinfo.document import Cell
from govinfo.forms import Row as FormRow
from govinfo.forms import column_order, forms, row_order, vocabulary
from govinfo.tables.align import Anchor, Row, anchors, chain, fill_gaps, own_label, repeated, strays, unmapped
from govinfo.tables.applicants import EXTRA
from govinfo.tables.columns import Head, fitted, heads_in, in_form_order, readings
from govinfo.tables.lines import Line
from govinfo.text import key


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
    usual = usual_form(blocks) or form_by_counts(taken, lines)
    taken += fill_gaps(sorted(taken, key=lambda anchor: anchor.line), lines, "disclosure", 1) if usual else []
    order = row_order("disclosure")
    rows = (
        disclosure_row(anchor, lines[anchor.line], blocks[anchor.line], usual, repeated(anchor, found, lines))
        for anchor in sorted(taken, key=lambda anchor: order.index(anchor.row))
    )
    others = (unmapped_row(lines[at], blocks[at]) for at in unmapped(lines, taken, "disclosure"))
    return (*rows, *others)


def unmapped_row(line: Line, block: Block) -> Row:
    """A printed row that the form does not have, by its own label; its figures where they are as many as the headings
    over them, else open in the first of these columns."""
    label, columns = line.label(1), block.codes() or column_order("disclosure")[:1]
    ways = (tuple(line.slots),) if len(line.slots) == len(columns) else ()
    shown = columns if ways else columns[:1]
    return Row("disclosure", key(label), label, shown, ways, ("unmapped-row",), {}, block.heading, line)


def blocks_over(lines: Sequence[Line]) -> list[Block]:
    """The headings in force at each line."""
    block = Block((), "")
    over = []
    for line in lines:
        cells = headings_of(line)
        found = surest(heads_in(cells, "disclosure"))
        if found:
            block = Block(tuple(head_of(cell, found) for cell in cells), " ".join(cell.text for cell in cells))
        over.append(block)
    return over


def surest(found: Sequence[Head]) -> list[Head]:
    """The headings without those that only resemble one that is printed plainly beside them (上年处理决定数量)."""
    plain = {head.column for head in found if not head.doubts}
    return [head for head in found if not head.doubts or head.column not in plain]


def headings_of(line: Line) -> tuple[Cell, ...]:
    """The cells of a line that are column headings: those behind the head word, up to the label of a row."""
    words = vocabulary("disclosure")
    names = [key(cell.text) for cell in line.labels]
    start = next((at + 1 for at in reversed(range(len(names))) if names[at] in words.heads), 0)
    stop = next((at for at in range(start, len(names)) if names[at] in words.rows), len(names))
    return line.labels[start:stop]


def head_of(cell: Cell, found: Sequence[Head]) -> Head:
    """The heading read from a cell; without a code where the cell is no known heading."""
    return next((head for head in found if head.col == cell.col), Head("", cell.col, cell.colspan, ("by-order",)))


def usual_form(blocks: Sequence[Block]) -> str:
    """The form that most headings of the table belong to; "" where none is known."""
    different = dict.fromkeys({id(block): block for block in blocks}.values())  # few objects stand over many lines
    return most_voted([form for block in different for form in forms_of_columns(block.codes())])


def form_by_counts(taken: Sequence[Anchor], lines: Sequence[Line]) -> str:
    """The form that the counts of figures in the rows fit best, where no heading tells; "" where they leave it open."""
    fitting = [forms_of_width(anchor.row, figures_in(lines[anchor.line])) for anchor in taken]
    return most_voted([found[0] for found in fitting if len(found) == 1])


def most_voted(votes: Sequence[str]) -> str:
    """What most votes say, of several the first by name; "" without votes."""
    return max(sorted(set(votes)), key=votes.count, default="")


def forms_of_width(row: str, width: int) -> list[str]:
    """The forms in which a row has so many columns."""
    return [form for form, shape in shapes_of(row).items() if len(shape) == width]


@cache
def shapes_of(row: str) -> Mapping[str, tuple[str, ...]]:
    """The columns of a row in each form that has it."""
    return {
        form.code: known.columns
        for form in forms().values()
        if "disclosure" in form.tables
        for known in form.tables["disclosure"].rows
        if known.code == row
    }


def figures_in(line: Line) -> int:
    """How many places of a line print something."""
    return sum(bool(cell.text.strip()) for cell in line.slots)


@lru_cache(maxsize=1024)
def forms_of_columns(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The forms that have a row of the disclosure table with just these columns, or with all of them among others."""
    rows = [(form.code, row) for form in forms().values() for row in rows_of_form(form.code)]
    exact = [form for form, row in rows if set(codes) == set(row.columns)]
    return tuple(dict.fromkeys(exact or [form for form, row in rows if codes and set(codes) <= set(row.columns)]))


def rows_of_form(form: str) -> tuple[FormRow, ...]:
    """The rows of a form's disclosure table."""
    tables = forms()[form].tables
    return tables["disclosure"].rows if "disclosure" in tables else ()


def disclosure_row(anchor: Anchor, line: Line, block: Block, usual: str, again: tuple[str, ...]) -> Row:
    """A row of the disclosure table with the columns that its headings name."""
    columns, doubts = columns_of_row(anchor.row, line, block, usual)
    lost = "header-lost" in doubts
    heads = (
        () if lost else tuple(head._replace(column=column) for head, column in zip(block.heads, columns, strict=True))
    )
    printed, columns = columns, tuple(column for column in columns if not column.startswith(EXTRA))
    ways, more = readings(fitted(line, len(printed)), printed, heads, None) if columns else ((), ())
    ways = in_form_order(ways, printed, columns)
    named = {head.column: head.doubts for head in heads if head.doubts}
    # A block that stands elsewhere, below headings of its own, is as plain as in its place.
    moved_whole = bool(heads) and not named and not doubts
    own = tuple(doubt for doubt in anchor.doubts if not (moved_whole and doubt == "out-of-order"))
    # No sum of the form tells here whether a space parts two figures or two digits.
    run_on = ("by-order",) if line.fused and len(columns) > 1 else ()
    return Row(
        "disclosure",
        anchor.row,
        own_label(anchor, line),
        columns,
        ways,
        (*own, *doubts, *more, *run_on, *again),
        named,
        block.heading,
        line,
        guessed=line.is_inferred,
    )


def columns_of_row(row: str, line: Line, block: Block, usual: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of a row in the form that its headings belong to; without headings, by the count of its places."""
    shapes = shapes_of(row)
    known = block.codes()
    for form in sorted(shapes, key=lambda code: code != usual):
        fits = known and set(known) <= set(shapes[form]) and len(set(known)) == len(known)
        # A heading is lost where the figures are as many as the form of the other blocks has columns.
        lost = form != usual and figures_in(line) == len(shapes.get(usual, ())) > len(shapes[form])
        own = len(block.heads) > len(shapes[form]) == len(known)  # columns of the page's own beside the form's
        if fits and not lost and (own or len(block.heads) == len(shapes[form])):
            order = order_by(block, shapes[form])
            mixed = ("form-mixed",) if usual and form != usual else ()
            # No sum of the form tells here whether headings in another order are damaged.
            usual_order = tuple(column for column in order if not column.startswith(EXTRA)) == shapes[form]
            return order, (*mixed, *(() if usual_order else ("out-of-order",)))
    fitting = forms_of_width(row, figures_in(line))
    form = fitting[0] if len(fitting) == 1 else usual
    return shapes.get(form, ()), ("header-lost",)


def order_by(block: Block, shape: Sequence[str]) -> tuple[str, ...]:
    """The columns in the order printed; headings that could not be read take the columns left, in order, and are
    columns of the page's own where none is left."""
    left = [column for column in shape if column not in block.codes()]
    return tuple(head.column or (left.pop(0) if left else f"{EXTRA}{head.col}") for head in block.heads)
