"""Faults in the disclosure and disputes tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from govinfo.render.model import OUTCOMES, Block, Form, Line, Sheet, Slot
from govinfo.render.sheets import sheet_of
from render.fault_shapes import each_slot, edit_rows


def change_block(form: Form, rng: Random, change: Callable[[Block], Block]) -> Form:
    at = rng.randrange(len(form.blocks))
    return replace(form, blocks=(*form.blocks[:at], change(form.blocks[at]), *form.blocks[at + 1 :]))


def disclosure_blank_cell(form: Form, rng: Random) -> Form:
    def change(block: Block) -> Block:
        at, col = rng.randrange(len(block.lines)), rng.randrange(len(block.heads))
        lines = list(block.lines)
        figures = list(lines[at].figures)
        figures[col] = ""
        lines[at] = replace(lines[at], figures=tuple(figures))
        return replace(block, lines=tuple(lines))

    return change_block(form, rng, change)


def disclosure_columns_turned(form: Form, rng: Random) -> Form:
    """The columns of a block in another order, the headings with them."""

    def change(block: Block) -> Block:
        order = rng.sample(range(len(block.heads)), len(block.heads))
        return replace(
            block,
            heads=tuple(block.heads[at] for at in order),
            lines=tuple(replace(line, figures=tuple(line.figures[at] for at in order)) for line in block.lines),
        )

    return replace(form, blocks=(change(form.blocks[0]), *form.blocks[1:]))


def disclosure_row_gone(form: Form, rng: Random) -> Form:
    return change_block(form, rng, lambda block: replace(block, lines=block.lines[1:]))


def disclosure_label_gone(form: Form, rng: Random) -> Form:
    return change_block(
        form, rng, lambda block: replace(block, lines=(replace(block.lines[0], path=("",)), *block.lines[1:]))
    )


def disclosure_labels_swapped(form: Form, rng: Random) -> Form:
    return change_block(form, rng, lambda block: replace(block, lines=block.lines[::-1]))


def disclosure_heads_gone(form: Form, rng: Random) -> Form:
    """A block without its row of headings."""
    gone = rng.choice([at for at, row in enumerate(sheet_of(form, "disclosure")) if row[0].text == "信息内容"])
    return form.edited("disclosure", edit_rows(lambda at, row: [] if at == gone else [row]))


def disclosure_foreign_row(form: Form, rng: Random) -> Form:
    label = rng.choice(("其他主动公开文件（含规范性文件）", "行政确认", "行政许可事项数", "行政检查"))

    def change(block: Block) -> Block:
        line = Line((label,), "foreign", tuple(str(rng.randint(1, 99)) for _ in block.heads))
        at = rng.randint(0, len(block.lines))
        return replace(block, lines=(*block.lines[:at], line, *block.lines[at:]))

    return change_block(form, rng, change)


def disclosure_in_yuan(form: Form, rng: Random) -> Form:
    """Amounts of the form of 2021 headed in yuan."""
    return form.edited(
        "disclosure",
        lambda sheet: each_slot(sheet, lambda slot: replace(slot, text=slot.text.replace("单位：万元", "单位：元"))),
    )


def disputes_line(form: Form, at: int, figures: Sequence[str]) -> Form:
    lines = list(form.disputes)
    lines[at] = replace(lines[at], figures=tuple(figures))
    return replace(form, disputes=tuple(lines))


def disputes_group_blank(form: Form, rng: Random) -> Form:
    return disputes_line(form, rng.randrange(3), ("",) * 5)


def disputes_blank_cell(form: Form, rng: Random) -> Form:
    at = rng.randrange(3)
    figures = list(form.disputes[at].figures)
    figures[rng.randrange(5)] = ""
    return disputes_line(form, at, figures)


def disputes_misprint(form: Form, rng: Random) -> Form:
    at = rng.randrange(3)
    figures = list(form.disputes[at].figures)
    figures[rng.randrange(5)] = str(rng.randint(1, 99))
    return disputes_line(form, at, figures)


def disputes_extra_place(form: Form, rng: Random) -> Form:
    """A blank cell too many in the row of figures."""
    place = rng.randrange(16)
    return form.edited(
        "disputes", edit_rows(lambda at, row: [(*row[:place], Slot(""), *row[place:])] if at == 3 else [row])
    )


def disputes_turned(form: Form, rng: Random) -> Form:
    """The disputes table with a row for each group."""
    heads = (Slot("项目"), *(Slot(text) for text in OUTCOMES.values()))
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    order = rng.sample(range(3), 3)

    def change(sheet: Sheet) -> Sheet:
        figures = sheet[-1]
        return (heads, *((Slot(names[at]), *figures[at * 5 : at * 5 + 5]) for at in order))

    return form.edited("disputes", change)


def disputes_total_first(form: Form, rng: Random) -> Form:
    """The total of each group stands before its outcomes; the headings say so."""

    def turned(row: Sequence[Slot]) -> tuple[Slot, ...]:
        return tuple(slot for at in range(0, len(row), 5) for slot in (row[at + 4], *row[at : at + 4]))

    def change(at: int, row: tuple[Slot, ...]) -> list[tuple[Slot, ...]]:
        return [(*turned(row[:5]), *row[5:]) if at == 1 else turned(row) if at > 1 else row]

    return form.edited("disputes", edit_rows(change))


def disputes_groups_turned(form: Form, rng: Random) -> Form:
    """Litigation after reconsideration stands before litigation without it; the headings say so."""

    def change(at: int, row: tuple[Slot, ...]) -> list[tuple[Slot, ...]]:
        if at == 1:
            return [(*row[:5], row[6], row[5])]
        return [(*row[:5], *row[10:], *row[5:10])] if at == 3 else [row]

    return form.edited("disputes", edit_rows(change))
