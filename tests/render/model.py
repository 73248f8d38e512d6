"""Forms with random, consistent figures, and what their pages print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
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

    def edited(self, table: str, edit: Edit) -> Form:
        return replace(self, edits=(*self.edits, (table, edit)))


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
