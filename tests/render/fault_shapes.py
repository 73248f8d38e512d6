"""Faults in the headings, places and surroundings of the requests table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from random import Random

from govinfo.render.model import APPLICANTS, OUTCOMES, Edit, Form, Line, Sheet, Slot, filled_lines
from govinfo.render.sheets import requests_sheet, sheet_of
from render.fault_figures import DONE, a_line, with_line
from render.random_forms import random_requests


def no_headings(form: Form, rng: Random) -> Form:
    return replace(form, headed=False)


def total_first(form: Form, rng: Random) -> Form:
    return replace(form, columns=("total", *form.columns[:-1]))


def shuffle_columns(form: Form, rng: Random) -> Form:
    """The organisations in another order, the headings with them."""
    return replace(form, columns=("natural_person", *rng.sample(form.columns[1:6], 5), "total"))


def each_slot(sheet: Sheet, change: Callable[[Slot], Slot]) -> Sheet:
    return tuple(tuple(map(change, row)) for row in sheet)


def change_heading(form: Form, rng: Random, change: Callable[[str], str], table: str = "requests") -> Form:
    """One column heading printed otherwise."""
    words = {
        "requests": [*APPLICANTS.values()],
        "disputes": [*OUTCOMES.values(), "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"],
        "disclosure": [text for block in form.blocks for _, text in block.heads],
    }[table]
    word = rng.choice(words)
    return form.edited(
        table,
        lambda sheet: each_slot(
            sheet, lambda slot: replace(slot, text=change(word)) if slot.text == word and not slot.means else slot
        ),
    )


def misprint_heading(form: Form, rng: Random) -> Form:
    at = rng.random()

    def change(word: str) -> str:
        place = int(at * len(word))
        return word[:place] + "某" + word[place + 1 :]

    return change_heading(form, rng, change)


def lose_heading(form: Form, rng: Random) -> Form:
    return change_heading(form, rng, lambda _: "", rng.choice(("requests", "disclosure", "disputes")))


def misprint_label(form: Form, rng: Random) -> Form:
    """A character of a row label printed wrong or lost."""
    at = a_line(form, rng)
    label = form.requests[at].path[-1]
    place = rng.randrange(len(label))
    return with_line(
        form,
        at,
        path=(*form.requests[at].path[:-1], label[:place] + rng.choice(("", "某", "的")) + label[place + 1 :]),
    )


def edit_rows(change: Callable[[int, tuple[Slot, ...]], Iterable[tuple[Slot, ...]]]) -> Edit:
    """An edit that makes none, one or several rows of each."""
    return lambda sheet: tuple(new for at, row in enumerate(sheet) for new in change(at, row))


def trailing_column(form: Form, rng: Random) -> Form:
    return form.edited(
        "requests",
        edit_rows(lambda at, row: [(*row, Slot("", rowspan=2) if at == 1 else Slot(""))][:1] if at != 2 else [row]),
    )


def number_column(form: Form, rng: Random) -> Form:
    """A column 序号 before the labels."""
    return form.edited(
        "requests", edit_rows(lambda at, row: [(Slot("序号" if not at else str(at - 2) if at > 2 else ""), *row)])
    )


def blank_row(form: Form, rng: Random) -> Form:
    """A row of blank cells stands behind a row of the requests table."""
    at = a_line(form, rng)
    blank = Line((*form.requests[at].path[:-1], ""), "blank", ("",) * 7)
    return replace(form, requests=(*form.requests[: at + 1], blank, *form.requests[at + 1 :]))


def figure_row(sheet: Sheet, rng: Random) -> int:
    return rng.choice([at for at, row in enumerate(sheet) if any(slot.means for slot in row)])


def shift_right(form: Form, rng: Random) -> Form:
    """A blank stands before the figures of a row; all of them are still there."""
    place = figure_row(sheet_of(form, "requests"), rng)

    def change(at: int, row: tuple[Slot, ...]) -> list[tuple[Slot, ...]]:
        labels = [slot for slot in row if not slot.means]
        return [(*labels, Slot(""), *row[len(labels) :])] if at == place else [row]

    return form.edited("requests", edit_rows(change))


def shift_inside(form: Form, rng: Random) -> Form:
    """The figures of a row stand one column to the right, the last is gone: the page prints them there."""
    at = a_line(form, rng)
    return with_line(form, at, figures=("", *form.requests[at].figures[:-1]))


def shift_left(form: Form, rng: Random) -> Form:
    """The figures of a row stand one column to the left, the last place is blank."""
    at = a_line(form, rng)
    return with_line(form, at, figures=(*form.requests[at].figures[1:], ""))


def two_in_one_cell(form: Form, rng: Random) -> Form:
    """Two figures stand in one cell, the cell behind it is blank."""
    at, col = a_line(form, rng), rng.randrange(6)
    figures = list(form.requests[at].figures)
    figures[col : col + 2] = [f"{figures[col]} {figures[col + 1]}", ""]
    form = with_line(form, at, figures=tuple(figures))
    return form.edited("requests", unmeant(form.requests[at].code, form.columns[col : col + 2]))


def unmeant(code: str, columns: Sequence[str]) -> Edit:
    """Takes the meaning off cells of a row: what they print is no figure of one column."""
    keys = [("requests", code, column) for column in columns]
    return lambda sheet: each_slot(sheet, lambda slot: replace(slot, means=None) if slot.means in keys else slot)


def merge_figures(form: Form, rng: Random) -> Form:
    """One merged cell stands for the seven columns of a row."""
    at = a_line(form, rng)
    code, text = form.requests[at].code, form.requests[at].figures[-1]

    def change(_: int, row: tuple[Slot, ...]) -> list[tuple[Slot, ...]]:
        labels = tuple(slot for slot in row if not slot.means)
        return (
            [(*labels, Slot(text, colspan=7))] if any(slot.means and slot.means[1] == code for slot in row) else [row]
        )

    return form.edited("requests", edit_rows(change))


def cell_gone(form: Form, rng: Random) -> Form:
    """A blank cell that vanished: the page prints six figures in the row."""
    at, col = a_line(form, rng), rng.randrange(7)
    gone = ("requests", form.requests[at].code, form.columns[col])
    return form.edited("requests", edit_rows(lambda _, row: [tuple(slot for slot in row if slot.means != gone)]))


def broken_parent(form: Form, rng: Random) -> Form:
    """A page break inside the table parts the parent label: 三、本年度 above, 办理结果 below."""
    sheet = sheet_of(form, "requests")
    start = next((at for at, row in enumerate(sheet) if row[0].text == DONE), None)
    if start is None or sheet[start][0].rowspan < 3:
        return form
    height = sheet[start][0].rowspan
    after = rng.randrange(1, height - 1)
    glued = rng.random() < 0.5 and after == 1

    def change(at: int, row: tuple[Slot, ...]) -> list[tuple[Slot, ...]]:
        if at == start and glued:
            return [(Slot(f"三、{row[1].text}", colspan=3), *row[2:])]
        if at == start:
            return [(Slot("三、本年度", rowspan=after), *row[1:])]
        return (
            [(Slot("本年度办理结果" if glued else "办理结果", rowspan=height - after), *row)]
            if at == start + after
            else [row]
        )

    return form.edited("requests", edit_rows(change))


def broken_label(form: Form, rng: Random) -> Form:
    """A label broken over two rows; the figures stand in one of them."""
    at = a_line(form, rng)
    code = form.requests[at].code
    label = form.requests[at].path[-1]
    cut, above = rng.randrange(3, max(4, len(label) - 1)), rng.random() < 0.5

    def change(_: int, row: tuple[Slot, ...]) -> list[tuple[Slot, ...]]:
        if not any(slot.means and slot.means[1] == code for slot in row):
            return [row]
        labels = [slot for slot in row if not slot.means]
        figures = row[len(labels) :]
        upper = (*labels[:-1], replace(labels[-1], text=label[:cut]))
        lower = (replace(labels[-1], text=label[cut:]),)
        blank = tuple(Slot("") for _ in figures)
        return [(*upper, *figures), (*lower, *blank)] if above else [(*upper, *blank), (*lower, *figures)]

    return grown(form.edited("requests", edit_rows(change)), code)


def grown(form: Form, code: str) -> Form:
    """Parents one row taller where a row of theirs became two."""
    line = next(line for line in form.requests if line.code == code)
    parents = set(line.path[:-1])
    return form.edited(
        "requests",
        lambda sheet: each_slot(
            sheet, lambda slot: replace(slot, rowspan=slot.rowspan + 1) if slot.text in parents else slot
        ),
    )


def page_break(form: Form, rng: Random) -> Form:
    """A page ends inside the requests table: an empty line or a page number stands between its rows."""
    mark = rng.choice(("", "— 3 —", "3", "-3-", "第 3 页", "- 4 -", "\n3\n", "\f"))
    return replace(form, breaks=((rng.randrange(3, 26), mark),))


def with_other_requests(form: Form, rng: Random) -> Form:
    """The form with other figures of requests and no edits."""
    figures = random_requests(rng, form.code)
    return replace(form, requests=filled_lines(form.code, "requests", figures), edits=())


def annex_table(form: Form, rng: Random) -> Form:
    """The requests table of another unit stands in an annex."""
    other = replace(with_other_requests(form, rng), columns=tuple(APPLICANTS))
    return replace(form, behind=((6, requests_sheet(other)),))


def last_year_below(form: Form, rng: Random) -> Form:
    """Last year's requests table stands below this year's."""
    other = with_other_requests(form, rng)
    return replace(form, behind=((3, requests_sheet(other)),))


def last_year_beside(form: Form, rng: Random) -> Form:
    """Last year's columns stand to the right of this year's, with headings of their own."""
    other = with_other_requests(form, rng)
    last = requests_sheet(other)

    def change(at: int, row: tuple[Slot, ...]) -> list[tuple[Slot, ...]]:
        if not at:
            return [
                (row[0], Slot(f"{form.year}年申请人情况", colspan=7), Slot(f"{form.year - 1}年申请人情况", colspan=7))
            ]
        if at < 3:
            return [row + row]
        return [(*row, *(replace(slot, means=None) for slot in last[at] if slot.means))]

    return form.edited("requests", edit_rows(change))


def summary_table(form: Form, rng: Random) -> Form:
    """A table of figures that is none of the form's stands in the first section."""
    rows = [("类别", "数量")]
    rows += [
        (label, f"{rng.randint(1, 900)}{rng.choice(('', ' 条', '件'))}")
        for label in rng.sample(("行政许可", "行政处罚", "其他", "总计", "规章", "机构信息", "行政复议", "部分公开"), 4)
    ]
    return replace(form, before=((1, tuple(tuple(Slot(text) for text in row) for row in rows)),))


def extra_column(form: Form, rng: Random) -> Form:
    """An eighth column that the form does not have, with its heading and figures."""
    place = rng.randrange(1, 6)

    def change(at: int, row: tuple[Slot, ...]) -> list[tuple[Slot, ...]]:
        if at == 2:
            return [(*row[: place - 1], Slot("农民合作社"), *row[place - 1 :])]
        if at < 3:
            return [tuple(replace(slot, colspan=slot.colspan + (slot.colspan > 3)) for slot in row)]
        labels = sum(slot.means is None for slot in row)
        return [(*row[: labels + place], Slot(str(rng.randint(0, 9))), *row[labels + place :])]

    return form.edited("requests", frozen(edit_rows(change)))


def missing_column(form: Form, rng: Random) -> Form:
    """One of the organisations has no column; the headings say so."""
    return replace(form, columns=tuple(column for column in form.columns if column != rng.choice(form.columns[1:6])))


def frozen(edit: Edit) -> Edit:
    """The edit, done once: random figures in it stay the same each time the sheet is printed."""
    done: dict[Sheet, Sheet] = {}
    return lambda sheet: done.setdefault(sheet, edit(sheet)) if sheet not in done else done[sheet]
