"""The changes. Each takes a copy of a page and a source of chance, changes the tree, and says what a person then reads:
the figures by cell, None where the page no longer prints one."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import html

from mutations.pages import Element, Key, Page, Printed, text_of, write
from mutations.word import dressed

Expected = dict[Key, float | None]
Mutation = Callable[[Page, Random], Expected | None]
"""None where the page has nothing of the kind to change."""


def row_of(page: Page, rng: Random, table: str = "") -> Printed | None:
    rows = [row for row in page.rows if table in ("", row.table)]
    return rng.choice(rows) if rows else None


def heading_cells(page: Page, rng: Random) -> list[Element]:
    """The cells of one row of headings, without the corner over the labels."""
    rows = [row for rows in page.headings.values() for row in rows]
    cells = list(rng.choice(rows)) if rows else []
    return [cell for cell in cells if text_of(cell) and "勾稽" not in text_of(cell) and text_of(cell) != "信息内容"]


def figure_changed(page: Page, rng: Random) -> Expected | None:
    row = row_of(page, rng)
    if row is None:
        return None
    at = rng.randrange(len(row.figures))
    new = rng.choice([0, 1, rng.randrange(2, 10), rng.randrange(10, 1000), rng.randrange(1000, 99999)])
    write(row.figures[at], str(new))
    return {**page.expected(), row.keys[at]: float(new)}


def labels_swapped(page: Page, rng: Random) -> Expected | None:
    pairs = [
        (one, other)
        for one, other in zip(page.rows, page.rows[1:], strict=False)
        if one.labels and other.labels and one.table == other.table and len(one.figures) == len(other.figures)
    ]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    at = [-1, -1]
    if one.table == "statistics":
        at = [next(n for n in range(len(row.labels)) if len(text_of(row.labels[n])) > 2) for row in (one, other)]
    first, second = text_of(one.labels[at[0]]), text_of(other.labels[at[1]])
    before = page.expected()
    write(one.labels[at[0]], second)
    write(other.labels[at[1]], first)
    turned = dict(zip(one.keys, other.keys, strict=True)) | dict(zip(other.keys, one.keys, strict=True))
    return {cell: before[turned.get(cell, cell)] for cell in before}


def row_dropped(page: Page, rng: Random) -> Expected | None:
    row = row_of(page, rng)
    if row is None or any(cell.get("rowspan") for cell in row.element):
        return None
    before = page.expected()
    row.element.getparent().remove(row.element)
    return {**before, **dict.fromkeys(row.keys, None)}


def row_doubled(page: Page, rng: Random) -> Expected | None:
    row = row_of(page, rng)
    if row is None or any(cell.get("rowspan") for cell in row.element):
        return None
    row.element.addnext(deepcopy(row.element))
    return page.expected()


def row_shifted(page: Page, rng: Random) -> Expected | None:
    row = row_of(page, rng, rng.choice(["requests", "disputes"]))
    if row is None:
        return None
    before = page.expected()
    row.figures[0].addprevious(html.fragment_fromstring("<td></td>"))
    row.element.remove(row.figures[-1])
    moved = dict(zip(row.keys, [None, *(before[cell] for cell in row.keys[:-1])], strict=True))
    return {**before, **moved}


def cell_deleted(page: Page, rng: Random) -> Expected | None:
    row = row_of(page, rng, rng.choice(["requests", "disputes"]))
    if row is None:
        return None
    before = page.expected()
    at = rng.randrange(len(row.figures))
    row.element.remove(row.figures[at])
    kept = [before[cell] for number, cell in enumerate(row.keys) if number != at]
    return {**before, **dict(zip(row.keys, [*kept, None], strict=True))}


def row_blanked(page: Page, rng: Random) -> Expected | None:
    row = row_of(page, rng)
    if row is None:
        return None
    for cell in row.figures:
        write(cell, "")
    return page.expected()


def heading_blanked(page: Page, rng: Random) -> Expected | None:
    cells = heading_cells(page, rng)
    if not cells:
        return None
    write(rng.choice(cells), "")
    return page.expected()


def heading_removed(page: Page, rng: Random) -> Expected | None:
    cells = heading_cells(page, rng)
    if not cells:
        return None
    cell = rng.choice(cells)
    cell.getparent().remove(cell)
    return page.expected()


def heading_reworded(page: Page, rng: Random) -> Expected | None:
    cells = heading_cells(page, rng)
    if not cells:
        return None
    write(rng.choice(cells), rng.choice(["单位", "对象", "类别一", "其他", "其它情况", "数量", "备注"]))
    return page.expected()


def heading_row_lost(page: Page, rng: Random) -> Expected | None:
    """A row of headings is gone."""
    rows = [row for rows in page.headings.values() for row in rows]
    if not rows:
        return None
    row = rng.choice(rows)
    row.getparent().remove(row)
    return page.expected()


def group_reworded(page: Page, rng: Random) -> Expected | None:
    """A word over several columns is another."""
    groups = {"法人或其他组织", "申请人情况", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"}
    cells = [cell for rows in page.headings.values() for row in rows for cell in row if text_of(cell) in groups]
    if not cells:
        return None
    write(rng.choice(cells), rng.choice(["单位", "法人", "非自然人", "情况", "诉讼", "总计", "其他", "自然人"]))
    return page.expected()


def label_removed(page: Page, rng: Random) -> Expected | None:
    """A cell with a label, or with the word over several, is gone; an indicator without its label has no code."""
    labels = [cell for row in page.rows for cell in row.labels if row.table != "statistics"]
    if not labels:
        return None
    cell = rng.choice(labels)
    cell.getparent().remove(cell)
    return page.expected()


def headings_swapped(page: Page, rng: Random) -> Expected | None:
    """Two headings of applicants change places: the figures below now stand under the other's name."""
    codes = {"自然人": "natural_person", "总计": "total", "商业企业": "business", "科研机构": "research"}
    codes |= {"社会公益组织": "nonprofit", "法律服务机构": "legal_service", "其他": "other_org"}
    cells = [cell for row in page.headings.get("requests", ()) for cell in row if text_of(cell) in codes]
    if len(cells) < 2:
        return None
    one, other = rng.sample(cells, 2)
    first, second = text_of(one), text_of(other)
    before = page.expected()
    write(one, second)
    write(other, first)
    turned = {codes[first]: codes[second], codes[second]: codes[first]}
    return {
        (table, row, column): before[table, row, turned.get(column, column) if table == "requests" else column]
        for table, row, column in before
    }


def spans_dropped(page: Page, rng: Random) -> Expected | None:
    for cell in page.tree.iter("td", "th"):
        for name in ("colspan", "rowspan"):
            if name in cell.attrib and rng.random() < 0.97:
                del cell.attrib[name]
    return page.expected()


def group_narrowed(page: Page, rng: Random) -> Expected | None:
    wide = [cell for rows in page.headings.values() for row in rows for cell in row if cell.get("colspan", "1") != "1"]
    if not wide:
        return None
    cell = rng.choice(wide)
    cell.set("colspan", str(int(cell.get("colspan")) + rng.choice([-1, -1, 1])))
    return page.expected()


def second_table(page: Page, rng: Random) -> Expected | None:
    """A table of the same kind below, with other figures and a line that says whose they are."""
    row = row_of(page, rng, rng.choice(["requests", "disputes", "disclosure"]))
    if row is None:
        return None
    table = next(row.element.iterancestors("table"))
    other = deepcopy(table)
    for cell in other.iter("td"):
        if text_of(cell).isdigit():
            write(cell, str(int(text_of(cell)) + rng.randrange(1, 9)))
    line = html.fragment_fromstring("<p>附：所属单位情况</p>")
    table.addnext(line)
    line.addnext(other)
    return page.expected()


def cell_over_two_rows(page: Page, rng: Random) -> Expected | None:
    """One cell stands over two rows: its figure may belong to either, so neither is plain."""
    pairs = [
        (one, other)
        for one, other in zip(page.rows, page.rows[1:], strict=False)
        if one.element.getnext() is other.element and len(one.figures) == len(other.figures)
    ]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    filled = [at for at, cell in enumerate(one.figures) if text_of(cell)]
    if not filled:
        return None
    at = rng.choice(filled)
    one.figures[at].set("rowspan", "2")
    other.element.remove(other.figures[at])
    return {cell: value for cell, value in page.expected().items() if cell not in (one.keys[at], other.keys[at])} | {
        one.keys[at]: float("nan"),
        other.keys[at]: float("nan"),
    }


def numbered(page: Page, rng: Random) -> Expected | None:
    """A column of row numbers or codes stands before or behind the labels of the statistics table."""
    rows = [row for row in page.rows if row.table == "statistics"]
    if not rows:
        return None
    table = next(rows[0].element.iterancestors("table"))
    word, style, behind = (
        rng.choice(["序号", "代码", "行次", "指标代码"]),
        rng.choice(["{}", "{:02}"]),
        rng.random() < 0.5,
    )
    for number, element in enumerate(table.iter("tr")):
        cell = html.fragment_fromstring("<td></td>")
        printed = next((row for row in rows if row.element is element), None)
        cell.text = style.format(number) if printed is not None else word if not number else ""
        if behind and printed is not None:
            printed.figures[0].addprevious(cell)
        elif behind and len(element):
            element.insert(len(rows[0].labels), cell)
        else:
            element.insert(0, cell)
    return page.expected()


def table_split(page: Page, rng: Random) -> Expected | None:
    """A table is cut in two, as at the end of a page: words over several rows stay above the cut."""
    row = row_of(page, rng)
    if row is None or row.element.getprevious() is None:
        return None
    table = next(row.element.iterancestors("table"))
    rows = list(table.iter("tr"))
    at = rows.index(row.element)
    lower = html.fragment_fromstring("<table></table>")
    lower.attrib.update(table.attrib)
    cut = [
        (cell, above)
        for above, element in enumerate(rows[:at])
        for cell in element
        if above + int(cell.get("rowspan") or 1) > at
    ]
    for cell, above in reversed(cut):
        rest = html.fragment_fromstring("<td></td>")
        rest.set("rowspan", str(above + int(cell.get("rowspan")) - at))
        rest.set("colspan", cell.get("colspan") or "1")
        cell.set("rowspan", str(at - above))
        row.element.insert(0, rest)
    lower.extend(rows[at:])
    table.addnext(lower)
    return page.expected()


MUTATIONS: dict[str, Mutation] = {
    kind.__name__.replace("_", "-"): kind
    for kind in (
        figure_changed,
        labels_swapped,
        row_dropped,
        row_doubled,
        row_shifted,
        cell_deleted,
        row_blanked,
        heading_blanked,
        heading_removed,
        heading_reworded,
        heading_row_lost,
        group_reworded,
        label_removed,
        headings_swapped,
        spans_dropped,
        group_narrowed,
        second_table,
        cell_over_two_rows,
        numbered,
        table_split,
        dressed,
    )
}
