"""Filled forms as sheets of slots with spans: what a table looks like before it is a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from govinfo.forms import TABLE_OF_SECTION
from govinfo.render.model import APPLICANTS, OUTCOMES, Form, Sheet, Slot
from govinfo.synthetic.frames import HEADINGS

RELATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

Content = str | Sheet
"""A paragraph or a table."""


def disclosure_sheet(form: Form) -> Sheet:
    """The disclosure table, four columns wide; a row of fewer figures spreads them."""
    rows: list[tuple[Slot, ...]] = []
    for block in form.blocks:
        spans = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[len(block.heads)]
        rows.append((Slot(block.caption, colspan=4),))
        rows.append(
            (
                Slot("信息内容"),
                *(Slot(head, colspan=span) for (_, head), span in zip(block.heads, spans, strict=True)),
            )
        )
        for line in block.lines:
            figures = (
                Slot(figure, colspan=span, means=("disclosure", line.code, column))
                for (column, _), figure, span in zip(block.heads, line.figures, spans, strict=True)
            )
            rows.append((Slot(line.path[0]), *figures))
    return tuple(rows)


def requests_sheet(form: Form) -> Sheet:
    """The requests table: three label columns, seven for applicants in the order of ``form.columns``."""
    body = tuple(
        (
            *labels,
            *(
                Slot(line.figures[list(APPLICANTS).index(column)], means=("requests", line.code, column))
                for column in form.columns
            ),
        )
        for labels, line in zip(label_slots([line.path for line in form.requests]), form.requests, strict=True)
    )
    return (*requests_heads(form.columns), *body) if form.headed else body


def requests_heads(columns: Sequence[str]) -> Sheet:
    """The three rows of headings over the requests table; what is no organisation spans two of them."""
    organisations = [column for column in columns if column not in ("natural_person", "total")]
    first: list[Slot] = []
    for column in columns:
        if column not in organisations:
            first.append(Slot(APPLICANTS[column], rowspan=2))
        elif column == organisations[0]:
            first.append(Slot("法人或其他组织", colspan=len(organisations)))
    return (
        (Slot(RELATION, rowspan=3, colspan=3), Slot("申请人情况", colspan=7)),
        tuple(first),
        tuple(Slot(APPLICANTS[column]) for column in organisations),
    )


def label_slots(paths: Sequence[tuple[str, ...]], width: int = 3) -> list[tuple[Slot, ...]]:
    """The label cells of each row: a parent stands once over its rows, the last label fills the columns left."""
    rows: list[tuple[Slot, ...]] = []
    for at, path in enumerate(paths):
        cells = []
        for depth, text in enumerate(path[:-1]):
            if at and paths[at - 1][: depth + 1] == path[: depth + 1] and len(paths[at - 1]) > depth + 1:
                continue
            same = 1
            while (
                at + same < len(paths)
                and paths[at + same][: depth + 1] == path[: depth + 1]
                and len(paths[at + same]) > depth + 1
            ):
                same += 1
            cells.append(Slot(text, rowspan=same))
        rows.append((*cells, Slot(path[-1], colspan=width - len(path) + 1)))
    return rows


def disputes_sheet(form: Form) -> Sheet:
    """The disputes table: three groups of five outcomes in one row of figures."""
    outcomes = tuple(OUTCOMES.values())
    figures = tuple(
        Slot(figure, means=("disputes", line.code, column))
        for line in form.disputes
        for column, figure in zip(OUTCOMES, line.figures, strict=True)
    )
    return (
        (Slot("行政复议", colspan=5), Slot("行政诉讼", colspan=10)),
        (
            *(Slot(text, rowspan=2) for text in outcomes),
            Slot("未经复议直接起诉", colspan=5),
            Slot("复议后起诉", colspan=5),
        ),
        tuple(Slot(text) for text in outcomes * 2),
        figures,
    )


SHEETS: dict[str, Callable[[Form], Sheet]] = {
    "disclosure": disclosure_sheet,
    "requests": requests_sheet,
    "disputes": disputes_sheet,
}


def contents(form: Form) -> Iterator[tuple[str, Content]]:
    """The report in reading order: ("title" | "heading" | "text", words) and (name of the table, sheet)."""
    yield "title", form.title
    yield "text", f"本报告所列数据的统计期限自{form.year}年1月1日起至{form.year}年12月31日止。"
    for number, heading in HEADINGS.items():
        yield "heading", heading
        table = TABLE_OF_SECTION.get(number)
        yield from (("table", sheet) for section, sheet in form.before if section == number)
        if table:
            yield table, sheet_of(form, table)
        else:
            yield from (("text", sentence) for sentence in form.prose[number - 1])
        yield from (("table", sheet) for section, sheet in form.behind if section == number)


def dense(sheet: Sheet) -> list[list[tuple[str, Slot | None]]]:
    """Every place of the grid: ("cell", slot), or ("above" | "left", None) where a span covers it."""
    covered: dict[tuple[int, int], str] = {}
    rows: list[list[tuple[str, Slot | None]]] = []
    for at, slots in enumerate(sheet):
        row: list[tuple[str, Slot | None]] = []
        left = list(slots)
        while left or (at, len(row)) in covered:
            if (at, len(row)) in covered:
                row.append((covered[at, len(row)], None))
                continue
            slot, col = left.pop(0), len(row)
            for down in range(slot.rowspan):
                for right in range(slot.colspan):
                    covered[at + down, col + right] = "left" if right else "above"
            row.append(("cell", slot))
        rows.append(row)
    return rows


def sheet_of(form: Form, table: str) -> Sheet:
    """The table as printed, with its edits."""
    sheet = SHEETS[table](form)
    for name, edit in form.edits:
        sheet = edit(sheet) if name == table else sheet
    return sheet
