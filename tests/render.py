"""Random, consistent forms and renderers that print them as files, layout by layout, defect by defect.

A ``Form`` is a filled statutory form; ``truth(form)`` is what its page prints, by table, row and column. A renderer
makes a file of it: ``render_html(form, rng) -> (bytes, name)``. A defect makes a form whose page has the fault:
``lose_label(form, rng) -> Form``; the truth of the result is still what the page prints.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from random import Random

Key = tuple[str, str, str]
"""A cell of the form: table, row, column."""


@dataclass(frozen=True)
class Slot:
    """One printed cell with its spans; ``means`` is the cell of the form whose figure it prints."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    means: Key | None = None


Sheet = tuple[tuple[Slot, ...], ...]
"""A table as HTML has it: rows of cells, places covered by a span left out."""


@dataclass(frozen=True)
class Line:
    """A row of the form: its label cells (parents first), the row it is, its figures as printed."""

    path: tuple[str, ...]
    code: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A block of the disclosure table: caption, headings with their columns, rows."""

    caption: str
    heads: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]


Edit = Callable[[Sheet], Sheet]


@dataclass(frozen=True)
class Form:
    """A filled form. ``edits`` reshape the sheet of a table; ``breaks`` are texts printed behind rows of the
    requests table in dumps; ``before`` and ``behind`` are other tables of a section, around its own."""

    agency: str
    year: int
    code: str
    blocks: tuple[Block, ...]
    requests: tuple[Line, ...]
    disputes: tuple[Line, ...]
    prose: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...] = ()
    headed: bool = True
    edits: tuple[tuple[str, Edit], ...] = ()
    breaks: tuple[tuple[int, str], ...] = ()
    before: tuple[tuple[int, Sheet], ...] = ()
    behind: tuple[tuple[int, Sheet], ...] = ()

    @property
    def title(self) -> str:
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"

    def sheet(self, table: str) -> Sheet:
        """The table as printed, with its edits."""
        sheet = SHEETS[table](self)
        for name, edit in self.edits:
            sheet = edit(sheet) if name == table else sheet
        return sheet

    def edited(self, table: str, edit: Edit) -> Form:
        return replace(self, edits=(*self.edits, (table, edit)))


def truth(form: Form) -> dict[Key, str]:
    """What the page prints: the text of each cell of the form that stands on it, the first where it stands twice."""
    found: dict[Key, str] = {}
    for table in SHEETS:
        for slot in (slot for row in form.sheet(table) for slot in row):
            if slot.means:
                found.setdefault(slot.means, slot.text)
    return found


def worth(text: str) -> float | None:
    """The figure that a text prints, None where it prints none."""
    folded = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    found = re.match(r"([+-]?)(\d+(?:\.\d+)?)", folded)
    return float(found[0]) if found else None


# The words of the form

SECTIONS = {
    1: "一、总体情况",
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
    5: "五、存在的主要问题及改进情况",
    6: "六、其他需要报告的事项",
}
TABLE_OF = {2: "disclosure", 3: "requests", 4: "disputes"}

APPLICANTS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "nonprofit": "社会公益组织",
    "legal_service": "法律服务机构",
    "other_org": "其他",
    "total": "总计",
}
OUTCOMES = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结", "total": "总计"}
RELATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

DONE = "三、本年度办理结果"
REFUSED, UNABLE, DECLINED, OTHER = "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"
RESULTS = {
    "granted": (DONE, "（一）予以公开"),
    "partial": (DONE, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    "refused_state_secret": (DONE, REFUSED, "1.属于国家秘密"),
    "refused_law_prohibits": (DONE, REFUSED, "2.其他法律行政法规禁止公开"),
    "refused_security": (DONE, REFUSED, "3.危及“三安全一稳定”"),
    "refused_third_party": (DONE, REFUSED, "4.保护第三方合法权益"),
    "refused_internal": (DONE, REFUSED, "5.属于三类内部事务信息"),
    "refused_process": (DONE, REFUSED, "6.属于四类过程性信息"),
    "refused_enforcement_file": (DONE, REFUSED, "7.属于行政执法案卷"),
    "refused_query": (DONE, REFUSED, "8.属于行政查询事项"),
    "unable_not_held": (DONE, UNABLE, "1.本机关不掌握相关政府信息"),
    "unable_needs_making": (DONE, UNABLE, "2.没有现成信息需要另行制作"),
    "unable_unclear": (DONE, UNABLE, "3.补正后申请内容仍不明确"),
    "declined_petition": (DONE, DECLINED, "1.信访举报投诉类申请"),
    "declined_repeat": (DONE, DECLINED, "2.重复申请"),
    "declined_publication": (DONE, DECLINED, "3.要求提供公开出版物"),
    "declined_excessive": (DONE, DECLINED, "4.无正当理由大量反复申请"),
    "declined_confirmation": (DONE, DECLINED, "5.要求行政机关确认或重新出具已获取信息"),
}
OTHERS = {
    "2019": {"other": (DONE, OTHER)},
    "2021": {
        "other_uncorrected": (DONE, OTHER, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        "other_fee_unpaid": (DONE, OTHER, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        "other_misc": (DONE, OTHER, "3.其他"),
    },
}
NEW, CARRIED_IN = ("一、本年新收政府信息公开申请数量",), ("二、上年结转政府信息公开申请数量",)
HANDLED, CARRIED_OUT = (DONE, "（七）总计"), ("四、结转下年度继续办理",)

ISSUED = (("issued", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数"))
DECISIONS = (("decisions", "本年处理决定数量"),)
MADE = (("made", "本年新制作数量"), ("disclosed", "本年新公开数量"), ("disclosed_total", "对外公开总数量"))
ITEMS = (("items_previous", "上一年项目数量"), ("items_change", "本年增/减"))
ITEMS_DECIDED = (*ITEMS, ("decisions", "处理决定数量"))
SHAPES = {
    "2021": (
        ("第二十条第（一）项", ISSUED, {"regulations": "规章", "normative_documents": "行政规范性文件"}),
        ("第二十条第（五）项", DECISIONS, {"licensing": "行政许可"}),
        ("第二十条第（六）项", DECISIONS, {"penalties": "行政处罚", "coercion": "行政强制"}),
        ("第二十条第（八）项", (("amount", "本年收费金额（单位：万元）"),), {"fees": "行政事业性收费"}),
    ),
    "2019": (
        ("第二十条第（一）项", MADE, {"regulations": "规章", "normative_documents": "规范性文件"}),
        ("第二十条第（五）项", ITEMS_DECIDED, {"licensing": "行政许可", "other_services": "其他对外管理服务事项"}),
        ("第二十条第（六）项", ITEMS_DECIDED, {"penalties": "行政处罚", "coercion": "行政强制"}),
        ("第二十条第（八）项", ITEMS, {"fees": "行政事业性收费"}),
        (
            "第二十条第（九）项",
            (("projects", "采购项目数量"), ("amount", "采购总金额")),
            {"procurement": "政府集中采购"},
        ),
    ),
}

# Random forms

PLACES = ("青榆县", "云渡市", "临柳区", "石屏山县", "北枫市南陂区", "望川县")
BODIES = ("白石镇人民政府", "桥头乡人民政府", "人民政府办公室", "水务局", "教育局", "民政局", "人民政府")
FILLER = (
    "全年按规定更新栏目，答复来信。",
    "我单位按时维护网页，受理窗口设在办公楼一层。",
    "工作人员参加培训2次，参训15人次。",
    "公开渠道包括网站、公告栏和微信号。",
    "下一步将继续充实力量，改进栏目。",
    "个别栏目更新不够及时，解读形式单一。",
)


def random_form(rng: Random, form: str = "2021") -> Form:
    """A consistent form with invented agency and figures: rows sum to totals, outcomes to what was handled."""
    return Form(
        agency=rng.choice(PLACES) + rng.choice(BODIES),
        year=rng.choice((2019, 2020) if form == "2019" else (2021, 2022, 2023, 2024)),
        code=form,
        blocks=random_blocks(rng, form),
        requests=random_requests(rng, form),
        disputes=random_disputes(rng),
        prose=tuple(tuple(rng.sample(FILLER, rng.randint(1, 2))) for _ in SECTIONS),
        columns=tuple(APPLICANTS),
    )


def random_count(rng: Random) -> int:
    """A count as reports have them: mostly nothing, often small, now and then large."""
    size = rng.choices((0, 9, 99, 999, 9999, 999999), (60, 22, 10, 5, 2, 1))[0]
    return rng.randint(0, size)


def random_blocks(rng: Random, form: str) -> tuple[Block, ...]:
    """The disclosure table with random figures."""
    return tuple(
        Block(
            caption,
            heads,
            tuple(
                Line((label,), row, tuple(random_figure(rng, form, column) for column, _ in heads))
                for row, label in rows.items()
            ),
        )
        for caption, heads, rows in SHAPES[form]
    )


def random_figure(rng: Random, form: str, column: str) -> str:
    """A figure of the disclosure table as printed."""
    if column == "amount":
        amount = rng.choice(("0", f"{rng.uniform(0, 9000):.2f}", f"{rng.uniform(0, 90):.4f}", str(random_count(rng))))
        return f"{amount}万元" if form == "2019" and amount != "0" else amount
    if column == "items_change":
        change = random_count(rng) * rng.choice((-1, 1))
        return f"{change:+d}" if change else "0"
    return str(random_count(rng))


def random_requests(rng: Random, form: str) -> tuple[Line, ...]:
    """The requests table: outcomes sum to handled, new and carried in to handled and carried out."""
    busy = rng.choice((0, 1, 2, 3, 6))
    rows = {**RESULTS, **OTHERS[form]}
    outcomes = {code: [0] * 6 for code in rows}
    for code in rng.choices(list(rows), k=busy * 3):
        outcomes[code][rng.choices(range(6), (12, 4, 1, 1, 2, 1))[0]] += random_count(rng)
    handled = [sum(column) for column in zip(*outcomes.values(), strict=True)]
    carried_out = [rng.randint(0, 9) if count and rng.random() < 0.5 else 0 for count in handled]
    carried_in = [
        rng.randint(0, min(9, done + left)) if rng.random() < 0.5 else 0
        for done, left in zip(handled, carried_out, strict=True)
    ]
    new = [done + left - old for done, left, old in zip(handled, carried_out, carried_in, strict=True)]
    lines = {"new": (NEW, new), "carried_in": (CARRIED_IN, carried_in)}
    lines |= {code: (path, outcomes[code]) for code, path in rows.items()}
    lines |= {"handled": (HANDLED, handled), "carried_out": (CARRIED_OUT, carried_out)}
    return tuple(Line(path, code, tuple(map(str, (*counts, sum(counts))))) for code, (path, counts) in lines.items())


def random_disputes(rng: Random) -> tuple[Line, ...]:
    """The disputes table: the outcomes of each group sum to its total."""
    lines = []
    for code, path in (
        ("reconsideration", ("行政复议",)),
        ("litigation_direct", ("行政诉讼", "未经复议直接起诉")),
        ("litigation_after", ("行政诉讼", "复议后起诉")),
    ):
        counts = [random_count(rng) if rng.random() < 0.6 else 0 for _ in range(4)]
        lines.append(Line(path, code, tuple(map(str, (*counts, sum(counts))))))
    return tuple(lines)


# Sheets


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

Content = str | tuple[str, Sheet]
"""A paragraph, or a table with its name."""


def contents(form: Form) -> Iterator[tuple[str, str | Sheet]]:
    """The report in reading order: ("title" | "heading" | "text", words) and (name of the table, sheet)."""
    yield "title", form.title
    yield "text", f"本报告所列数据的统计期限自{form.year}年1月1日起至{form.year}年12月31日止。"
    for number, heading in SECTIONS.items():
        yield "heading", heading
        table = TABLE_OF.get(number)
        yield from (("table", sheet) for section, sheet in form.before if section == number)
        if table:
            yield table, form.sheet(table)
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


# Text dumps


def lines_of(sheet: Sheet, keep: str = "all", blanks: bool = True) -> list[list[str]]:
    """The cells of each row as a dump keeps them.

    ``keep``: "all" gives every place of the grid a cell, "figures" gives places that a label covers to its right
    none, "first" gives no place to the right of a merged cell one, "cells" only what begins in the row.
    """
    grid = dense(sheet)
    labels = min((col for row in grid for col, (_, slot) in enumerate(row) if slot and slot.means), default=0)
    kept = {"all": ("above", "left"), "figures": ("above", "left"), "first": ("above",), "cells": ()}[keep]
    rows = []
    for row in grid:
        texts: list[str] = []
        for col, (kind, slot) in enumerate(row):
            if slot:
                texts += [slot.text] if blanks or slot.text else []
            elif kind in kept and not (keep == "figures" and kind == "left" and col < labels):
                texts.append("")
        rows.append(texts)
    return rows


def dump(form: Form, print_table: Callable[[str, Sheet], Iterable[str]], mark: str = "", gap: str = "\n") -> bytes:
    """A text file: paragraphs as lines, tables as ``print_table`` prints their rows; page breaks behind rows."""
    parts: list[str] = []
    for kind, content in contents(form):
        if isinstance(content, str):
            parts.append({"title": mark and f"{mark[:1]} ", "heading": mark and f"{mark} "}.get(kind, "") + content)
            continue
        rows = list(print_table(kind, content))
        breaks = dict(form.breaks) if kind == "requests" else {}
        parts += [row + ("\n" + breaks[at] if at in breaks else "") for at, row in enumerate(rows)]
        parts.append("")
    return (gap.join(parts) + "\n").encode()


def render_tabs(form: Form, rng: Random) -> tuple[bytes, str]:
    """Rows as lines, cells parted by tabs, every place kept."""
    return dump(form, lambda _, sheet: ["\t".join(row) for row in lines_of(sheet)]), "tabs.txt"


def render_tabs_collapsed(form: Form, rng: Random) -> tuple[bytes, str]:
    """The same, but a label that spans the label columns keeps one place only."""
    return dump(form, lambda _, sheet: ["\t".join(row) for row in lines_of(sheet, "figures")]), "collapsed.txt"


def render_pipes(form: Form, rng: Random) -> tuple[bytes, str]:
    """Rows as lines, cells parted and closed by pipes, every place kept as a blank cell."""
    lead = rng.choice(("", "| "))
    return dump(form, lambda _, sheet: [f"{lead}{' | '.join(row)} |" for row in lines_of(sheet)]), "pipes.txt"


def render_pipes_padded(form: Form, rng: Random) -> tuple[bytes, str]:
    """Rows as lines, only what begins in the row as a cell, filled with pipes to the width of the table."""

    def rows(_: str, sheet: Sheet) -> list[str]:
        width = max(map(len, dense(sheet)))
        return [" | ".join(row) + " |" + "|" * (width - len(row)) for row in lines_of(sheet, "cells")]

    return dump(form, rows), "padded.txt"


def render_pipes_trailing(form: Form, rng: Random) -> tuple[bytes, str]:
    """Rows as lines, only what begins in the row as a cell; rows of unequal length."""
    return dump(form, lambda _, sheet: [" | ".join(row) + " |" for row in lines_of(sheet, "cells")]), "trailing.txt"


def render_markdown(form: Form, rng: Random) -> tuple[bytes, str]:
    """Markdown tables with a rule under the first row, every place kept."""

    def rows(_: str, sheet: Sheet) -> list[str]:
        cells = lines_of(sheet)
        width = max(map(len, cells))
        printed = [f"| {' | '.join(row)} |" for row in cells]
        return [printed[0] + f"\n|{'---|' * width}", *printed[1:]]

    return dump(form, rows, mark="##"), "report.md"


def render_markdown_pieces(form: Form, rng: Random) -> tuple[bytes, str]:
    """Markdown in pieces: a heading and a small table for each group of rows."""
    names = [APPLICANTS[column] for column in form.columns]
    rule = f"|{'---|' * (len(names) + 1)}"

    def requests(sheet: Sheet) -> Iterator[str]:
        for at, row in enumerate(sheet[3 if form.headed else 0 :]):
            labels = [slot.text for slot in row if slot.means is None]
            figures = [slot.text for slot in row if slot.means]
            yield from (f"\n### {label}" for label in labels[:-1] or (labels if len(labels) == 1 and not at else ()))
            if not at or len(labels) > 1:
                yield f"| 类别 | {' | '.join(names)} |\n{rule}"
            yield f"| {' | '.join([*labels[-1:], *figures])} |"

    def disputes(sheet: Sheet) -> Iterator[str]:
        names = {
            "reconsideration": "行政复议",
            "litigation_direct": "行政诉讼（未经复议直接起诉）",
            "litigation_after": "行政诉讼（复议后起诉）",
        }
        for code in dict.fromkeys(slot.means[1] for slot in sheet[-1] if slot.means):
            cells = {slot.means[2]: slot.text for slot in sheet[-1] if slot.means and slot.means[1] == code}
            yield f"\n### {names[code]}\n| {' | '.join(OUTCOMES[column] for column in cells)} |\n|{'---|' * 5}"
            yield f"| {' | '.join(cells.values())} |"

    def disclosure(sheet: Sheet) -> Iterator[str]:
        for row in sheet:
            texts = [slot.text for slot in row]
            if len(texts) == 1:
                yield f"\n### {texts[0]}"
            else:
                yield f"| {' | '.join(texts)} |" + (f"\n|{'---|' * len(texts)}" if texts[0] == "信息内容" else "")

    printers = {"requests": requests, "disputes": disputes, "disclosure": disclosure}

    def other(sheet: Sheet) -> list[str]:
        return [f"| {' | '.join(row)} |" for row in lines_of(sheet)]

    return dump(form, lambda name, sheet: printers.get(name, other)(sheet), mark="##"), "pieces.md"


def render_indented(form: Form, rng: Random) -> tuple[bytes, str]:
    """One cell a line behind a tab, an empty line between rows; places below a merged cell stay as blanks."""
    return dump(
        form,
        lambda _, sheet: ["\n".join(f"\t{cell}" for cell in row) + "\n" for row in lines_of(sheet, "first")],
        gap="\n",
    ), "indented.txt"


def render_blank_lines(form: Form, rng: Random) -> tuple[bytes, str]:
    """One cell a line with empty lines between; blank cells vanish."""
    return dump(
        form, lambda _, sheet: ["\n\n".join(row) for row in lines_of(sheet, "cells", blanks=False) if row], gap="\n\n"
    ), "blank-lines.txt"


def render_single_lines(form: Form, rng: Random) -> tuple[bytes, str]:
    """One cell a line; blank cells vanish."""
    return dump(
        form, lambda _, sheet: ["\n".join(row) for row in lines_of(sheet, "cells", blanks=False) if row]
    ), "single-lines.txt"


def render_cell_pipes(form: Form, rng: Random) -> tuple[bytes, str]:
    """One cell a line, closed by a pipe; a line of pipes pads what a merged cell covers; a blank is a lone pipe."""

    def rows(_: str, sheet: Sheet) -> Iterator[str]:
        width = max(map(len, dense(sheet)))
        for row in lines_of(sheet, "cells"):
            cells = [f"{cell} |" if cell else "|" for cell in row]
            yield "\n".join([*cells, *(["|" * (width - len(row))] if width - len(row) > 1 else [])])

    return dump(form, rows), "cell-pipes.txt"


def render_lone_pipes(form: Form, rng: Random) -> tuple[bytes, str]:
    """One cell a line, then a line with a pipe alone; blank cells keep their pipe."""

    def rows(_: str, sheet: Sheet) -> list[str]:
        return ["\n".join(f"{cell}\n|" if cell else "|" for cell in row) for row in lines_of(sheet, "cells")]

    return dump(form, rows), "lone-pipes.txt"


def render_row_opening_pipes(form: Form, rng: Random) -> tuple[bytes, str]:
    """A lone pipe opens each row; deeply indented cells follow, each closed by a pipe; padding closes the row."""
    deep, shallow = "\n            \n             ", "\n        "

    def rows(_: str, sheet: Sheet) -> Iterator[str]:
        width = max(map(len, dense(sheet)))
        for row in lines_of(sheet, "cells"):
            yield f"| {deep[13:]}" + deep.join(f"{cell}  | " for cell in row) + shallow + "|" * (width - len(row))

    return dump(form, rows), "row-pipes.txt"


def render_flat(form: Form, rng: Random) -> tuple[bytes, str]:
    """Everything in one line, nothing between the cells."""

    def rows(_: str, sheet: Sheet) -> list[str]:
        return ["".join(cell for row in lines_of(sheet, "cells") for cell in row)]

    return dump(form, rows, gap=""), "flat.txt"


def render_spaced(form: Form, rng: Random) -> tuple[bytes, str]:
    """Rows as lines, cells parted by single spaces, as text taken from a PDF."""
    return dump(
        form, lambda _, sheet: [" ".join(row) for row in lines_of(sheet, "cells", blanks=False) if row]
    ), "spaced.txt"


# HTML, DOCX


def render_html(form: Form, rng: Random, scaled: bool = False, wrapped: bool = False) -> tuple[bytes, str]:
    """A page with true tables; ``scaled`` splits grid columns, ``wrapped`` sets the page as sites do."""
    body = "".join(html_block(kind, content, rng, scaled, wrapped) for kind, content in contents(form))
    if wrapped:
        menu = "".join(f"<li><a href='#'>{word}</a></li>" for word in ("首页", "政务公开", "年度报告", "办事服务"))
        body = f"<ul>{menu}</ul><table width='100%'><tr><td><div>{body}</div></td></tr></table><p>联系我们</p>"
    page = f"<!doctype html><html><head><title>{form.title}</title></head><body>{body}</body></html>"
    return page.encode(), "report.html"


def render_html_dressed(form: Form, rng: Random) -> tuple[bytes, str]:
    """The page with harmless extra spans, wrappers inside the cells, padding, a layout table and a menu."""
    return render_html(form, rng, scaled=True, wrapped=True)


def html_block(kind: str, content: str | Sheet, rng: Random, scaled: bool, wrapped: bool) -> str:
    if isinstance(content, str):
        tag = {"title": "h1", "heading": rng.choice(("h2", "p"))}.get(kind, "p")
        return f"<{tag}>{escape(content)}</{tag}>\n"
    widths = [rng.choice((1, 1, 2)) if scaled else 1 for _ in range(max(map(len, dense(content))))]
    rows = []
    for places in dense(content):
        cells = []
        for col, (_, slot) in enumerate(places):
            if slot:
                span = sum(widths[col : col + slot.colspan])
                cells.append(html_cell(slot, span, rng if wrapped else None))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><tbody>{''.join(rows)}</tbody></table>\n"


def html_cell(slot: Slot, colspan: int, rng: Random | None) -> str:
    spans = f' colspan="{colspan}"' if colspan > 1 else ""
    spans += f' rowspan="{slot.rowspan}"' if slot.rowspan > 1 else ""
    text = escape(slot.text)
    if rng:
        pad = rng.choice(("", "&nbsp;", " ", "&nbsp;&nbsp;"))
        left, right = rng.choice((("", ""), ("<p>", "</p>"), ("<p><span>", "</span></p>"), ("<font>", "</font>")))
        text = f"{left}{pad}{text}{rng.choice(('', '&nbsp;'))}{right}"
    return f"<td{spans}>{text}</td>"


def render_docx(form: Form, rng: Random) -> tuple[bytes, str]:
    """A Word file with merged cells."""
    body = "".join(
        word_paragraph(content) if isinstance(content, str) else word_table(content) for _, content in contents(form)
    )
    names = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/officeDocument"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{names}"><w:body>{body}</w:body></w:document>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue(), "report.docx"


def word_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def word_table(sheet: Sheet) -> str:
    """Cells below a merged one are there, and say that they go on."""
    above: dict[int, tuple[int, int]] = {}
    rows = []
    for slots in sheet:
        left, col, cells = list(slots), 0, []
        while left or above.get(col, (0, 0))[0]:
            rest, span = above.get(col, (0, 0))
            if rest:
                above[col] = (rest - 1, span)
                cells.append(word_cell("", span, "<w:vMerge/>"))
                col += span
                continue
            slot = left.pop(0)
            above[col] = (slot.rowspan - 1, slot.colspan)
            cells.append(word_cell(slot.text, slot.colspan, '<w:vMerge w:val="restart"/>' if slot.rowspan > 1 else ""))
            col += slot.colspan
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    width = max(map(len, dense(sheet)))
    return f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{''.join(rows)}</w:tbl>"


def word_cell(text: str, span: int, merge: str) -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{wide}{merge}</w:tcPr>{word_paragraph(text)}</w:tc>"


# PDF


@cache
def pdf_font() -> str:
    """A Chinese font that needs no file."""
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont

    registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def render_pdf(form: Form, rng: Random, ruled: bool = True) -> tuple[bytes, str]:
    """A PDF with ruled tables, or with none of the lines drawn."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style = ParagraphStyle("body", fontName=pdf_font(), fontSize=10, leading=15, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName=pdf_font(), fontSize=7, leading=9, wordWrap="CJK")
    story: list[object] = []
    for _, content in contents(form):
        if isinstance(content, str):
            story.append(Paragraph(escape(content), style))
        else:
            story += [pdf_table(content, small, ruled), Spacer(1, 8)]
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=36).build(story)
    return file.getvalue(), "ruled.pdf" if ruled else "unruled.pdf"


def render_unruled_pdf(form: Form, rng: Random) -> tuple[bytes, str]:
    """A PDF whose tables have no lines."""
    return render_pdf(form, rng, ruled=False)


def pdf_table(sheet: Sheet, style: object, ruled: bool) -> object:
    from reportlab.lib.colors import black
    from reportlab.platypus import Paragraph, Table, TableStyle

    grid = dense(sheet)
    width = max(map(len, grid))
    commands: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("FONTSIZE", (0, 0), (-1, -1), 7)]
    commands += [("GRID", (0, 0), (-1, -1), 0.5, black)] if ruled else []
    cells = []
    for at, row in enumerate(grid):
        texts: list[object] = []
        for col, (_, slot) in enumerate(row):
            texts.append(Paragraph(escape(slot.text), style) if slot else "")
            if slot and (slot.rowspan > 1 or slot.colspan > 1):
                commands.append(("SPAN", (col, at), (col + slot.colspan - 1, at + slot.rowspan - 1)))
        cells.append(texts + [""] * (width - len(texts)))
    labels = min((col for row in grid for col, (_, slot) in enumerate(row) if slot and slot.means), default=0)
    room = [230 / labels] * labels if labels else []
    room += [(520 - sum(room)) / (width - labels)] * (width - labels)
    return Table(cells, colWidths=room, style=TableStyle(commands))


PLAIN = {
    "html": render_html,
    "html-dressed": render_html_dressed,
    "docx": render_docx,
    "pipes": render_pipes,
    "markdown": render_markdown,
    "tabs": render_tabs,
    "ruled-pdf": render_pdf,
}
"""Layouts that keep every place: all of them must be read right, with no flag."""

LOSSY = {
    "tabs-collapsed": render_tabs_collapsed,
    "pipes-padded": render_pipes_padded,
    "pipes-trailing": render_pipes_trailing,
    "markdown-pieces": render_markdown_pieces,
    "indented": render_indented,
    "blank-lines": render_blank_lines,
    "single-lines": render_single_lines,
    "cell-pipes": render_cell_pipes,
    "lone-pipes": render_lone_pipes,
    "row-opening-pipes": render_row_opening_pipes,
    "flat": render_flat,
    "spaced": render_spaced,
    "unruled-pdf": render_unruled_pdf,
}
"""Layouts that lose spans, blanks, rows or gaps: a cell may stay open, never be read wrong in silence."""

LAYOUTS = PLAIN | LOSSY

# Defects of a page


def with_line(form: Form, at: int, **changes: object) -> Form:
    """The form with one row of the requests table changed."""
    lines = list(form.requests)
    lines[at] = replace(lines[at], **changes)
    return replace(form, requests=tuple(lines))


def a_line(form: Form, rng: Random) -> int:
    """A row of the requests table, more often one that prints a figure."""
    busy = [at for at, line in enumerate(form.requests) if set(line.figures) - {"0", ""}]
    return rng.choice(busy) if busy and rng.random() < 0.6 else rng.randrange(len(form.requests))


def lose_label(form: Form, rng: Random) -> Form:
    at = a_line(form, rng)
    return with_line(form, at, path=(*form.requests[at].path[:-1], ""))


def lose_two_labels(form: Form, rng: Random) -> Form:
    return lose_label(lose_label(form, rng), rng)


def blank_total(form: Form, rng: Random) -> Form:
    at = a_line(form, rng)
    return with_line(form, at, figures=(*form.requests[at].figures[:-1], ""))


def blank_cell(form: Form, rng: Random) -> Form:
    at, col = a_line(form, rng), rng.randrange(7)
    figures = list(form.requests[at].figures)
    figures[col] = ""
    return with_line(form, at, figures=tuple(figures))


def blank_zeros(form: Form, rng: Random) -> Form:
    """Every zero of the requests table left blank, in all rows or in some."""
    part = rng.choice((1.0, 0.5, 0.1))
    return replace(
        form,
        requests=tuple(
            replace(
                line, figures=tuple("" if figure == "0" and rng.random() < part else figure for figure in line.figures)
            )
            for line in form.requests
        ),
    )


def blank_organisations(form: Form, rng: Random) -> Form:
    """All columns but natural persons and total left blank."""
    return replace(
        form,
        requests=tuple(replace(line, figures=(line.figures[0], *[""] * 5, line.figures[6])) for line in form.requests),
    )


def blank_row_of_figures(form: Form, rng: Random) -> Form:
    return with_line(form, rng.randrange(len(form.requests)), figures=("",) * 7)


def total_only(form: Form, rng: Random) -> Form:
    at = a_line(form, rng)
    return with_line(form, at, figures=("",) * 6 + form.requests[at].figures[6:])


def misprint(form: Form, rng: Random) -> Form:
    at, col = a_line(form, rng), rng.randrange(7)
    figures = list(form.requests[at].figures)
    figures[col] = str(int(worth(figures[col]) or 0) + rng.choice((1, 9, 10, 100)))
    return with_line(form, at, figures=tuple(figures))


def misprint_often(form: Form, rng: Random) -> Form:
    for _ in range(rng.randint(2, 8)):
        form = misprint(form, rng)
    return form


def swap_labels(form: Form, rng: Random) -> Form:
    """Two labels exchanged: a figure belongs to the label beside it."""
    one, two = sorted(rng.sample(range(2, len(form.requests) - 2), 2))
    first, second = form.requests[one], form.requests[two]
    form = with_line(form, one, path=(*first.path[:-1], second.path[-1]), code=second.code)
    return with_line(form, two, path=(*second.path[:-1], first.path[-1]), code=first.code)


def shuffle_rows(form: Form, rng: Random) -> Form:
    """The rows of one group in another order."""
    group = rng.choice((REFUSED, UNABLE, DECLINED))
    places = [at for at, line in enumerate(form.requests) if group in line.path]
    lines = list(form.requests)
    for at, line in zip(places, rng.sample([lines[at] for at in places], len(places)), strict=True):
        lines[at] = line
    return replace(form, requests=tuple(lines))


def lose_row(form: Form, rng: Random) -> Form:
    at = a_line(form, rng)
    return replace(form, requests=form.requests[:at] + form.requests[at + 1 :])


def lose_row_and_label(form: Form, rng: Random) -> Form:
    return lose_label(lose_row(form, rng), rng)


def repeat_row(form: Form, rng: Random) -> Form:
    at = a_line(form, rng)
    return replace(form, requests=form.requests[: at + 1] + form.requests[at:])


def add_foreign_row(form: Form, rng: Random) -> Form:
    """A row that the form does not have, inside the outcomes or under the new requests."""
    path, at = rng.choice(
        (
            ((DONE, REFUSED, "9.其他不予公开情形"), 12),
            ((DONE, DECLINED, "6.其他"), 20),
            (("其中：网上申请",), 1),
            (("其中：信函申请",), 2),
            ((DONE, "（八）撤回申请"), len(form.requests) - 2),
        )
    )
    line = Line(path, "foreign", tuple(str(rng.randint(0, 40)) for _ in range(7)))
    return replace(form, requests=(*form.requests[:at], line, *form.requests[at:]))


def set_figures(form: Form, dress: Callable[[str], str]) -> Form:
    """The form with every figure printed another way."""
    return replace(
        form,
        blocks=tuple(
            replace(
                block,
                lines=tuple(replace(line, figures=tuple(map(dress, line.figures))) for line in block.lines),
            )
            for block in form.blocks
        ),
        requests=tuple(replace(line, figures=tuple(map(dress, line.figures))) for line in form.requests),
        disputes=tuple(replace(line, figures=tuple(map(dress, line.figures))) for line in form.disputes),
    )


def dashes_for_zeros(form: Form, rng: Random) -> Form:
    dash = rng.choice(("-", "—", "/", "——", "无"))
    return set_figures(form, lambda text: dash if text == "0" else text)


def full_width(form: Form, rng: Random) -> Form:
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    return set_figures(form, lambda text: text.translate(wide))


def thousands(form: Form, rng: Random) -> Form:
    comma = rng.choice((",", "，"))
    return set_figures(form, lambda text: f"{int(text):,}".replace(",", comma) if text.isdigit() else text)


def counted(form: Form, rng: Random) -> Form:
    """Figures of the requests table with their measure word."""
    return replace(
        form,
        requests=tuple(
            replace(line, figures=tuple(f"{figure}件" for figure in line.figures)) for line in form.requests
        ),
    )


def noted(form: Form, rng: Random) -> Form:
    note = rng.choice(("（其中修订16件）", "(含上年3件)", "*", "①", "[1]"))
    at, col = a_line(form, rng), rng.randrange(7)
    figures = list(form.requests[at].figures)
    figures[col] += note
    return with_line(form, at, figures=tuple(figures))


def spaced_figures(form: Form, rng: Random) -> Form:
    """Figures with spaces between their digits."""
    return set_figures(form, lambda text: " ".join(text) if text.isdigit() and len(text) > 1 else text)


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
        "disclosure": [text for _, heads, _ in SHAPES[form.code] for _, text in heads],
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
    place = figure_row(form.sheet("requests"), rng)

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
    sheet = form.sheet("requests")
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


def annex_table(form: Form, rng: Random) -> Form:
    """The requests table of another unit stands in an annex."""
    other = replace(form, requests=random_requests(rng, form.code), columns=tuple(APPLICANTS), edits=())
    return replace(form, behind=((6, requests_sheet(other)),))


def last_year_below(form: Form, rng: Random) -> Form:
    """Last year's requests table stands below this year's."""
    other = replace(form, requests=random_requests(rng, form.code), edits=())
    return replace(form, behind=((3, requests_sheet(other)),))


def last_year_beside(form: Form, rng: Random) -> Form:
    """Last year's columns stand to the right of this year's, with headings of their own."""
    other = replace(form, requests=random_requests(rng, form.code), edits=())
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


# Defects of the other two tables


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
    gone = rng.choice([at for at, row in enumerate(form.sheet("disclosure")) if row[0].text == "信息内容"])
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


DEFECTS: dict[str, Callable[[Form, Random], Form]] = {
    defect.__name__.replace("_", "-"): defect
    for defect in (
        lose_label,
        lose_two_labels,
        blank_total,
        blank_cell,
        blank_zeros,
        blank_organisations,
        blank_row_of_figures,
        total_only,
        misprint,
        misprint_often,
        swap_labels,
        shuffle_rows,
        lose_row,
        lose_row_and_label,
        repeat_row,
        add_foreign_row,
        dashes_for_zeros,
        full_width,
        thousands,
        counted,
        noted,
        spaced_figures,
        no_headings,
        total_first,
        shuffle_columns,
        misprint_heading,
        lose_heading,
        misprint_label,
        trailing_column,
        number_column,
        blank_row,
        shift_right,
        shift_inside,
        shift_left,
        two_in_one_cell,
        merge_figures,
        cell_gone,
        broken_parent,
        broken_label,
        page_break,
        annex_table,
        last_year_below,
        last_year_beside,
        summary_table,
        extra_column,
        missing_column,
        disclosure_blank_cell,
        disclosure_columns_turned,
        disclosure_row_gone,
        disclosure_label_gone,
        disclosure_labels_swapped,
        disclosure_heads_gone,
        disclosure_foreign_row,
        disclosure_in_yuan,
        disputes_group_blank,
        disputes_blank_cell,
        disputes_misprint,
        disputes_extra_place,
        disputes_turned,
        disputes_total_first,
        disputes_groups_turned,
    )
}
