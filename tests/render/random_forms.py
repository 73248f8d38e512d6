"""Forms with random, consistent figures."""

from __future__ import annotations

from random import Random

from govinfo.forms import forms
from govinfo.render.model import APPLICANTS, OUTCOMES, Form, Key, filled
from govinfo.synthetic.frames import HEADINGS
from govinfo.tables.records import expected_rows

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


def random_form(rng: Random, code: str = "2021") -> Form:
    """A consistent form with invented agency and figures: rows sum to totals, outcomes to what was handled."""
    agency = rng.choice(PLACES) + rng.choice(BODIES)
    year = rng.choice((2019, 2020) if code == "2019" else (2021, 2022, 2023, 2024))
    figures = random_disclosure(rng, code) | random_requests(rng, code) | random_disputes(rng)
    return filled(agency, year, code, figures, tuple(tuple(rng.sample(FILLER, rng.randint(1, 2))) for _ in HEADINGS))


def random_count(rng: Random) -> int:
    """A count as reports have them: mostly nothing, often small, now and then large."""
    size = rng.choices((0, 9, 99, 999, 9999, 999999), (60, 22, 10, 5, 2, 1))[0]
    return rng.randint(0, size)


def random_disclosure(rng: Random, code: str) -> dict[Key, str]:
    """The disclosure table with random figures."""
    return {
        ("disclosure", row.code, column): random_figure(rng, code, column)
        for row in forms()[code].tables["disclosure"].rows
        for column in row.columns
    }


def random_figure(rng: Random, code: str, column: str) -> str:
    """A figure of the disclosure table as printed."""
    if column == "amount":
        amount = rng.choice(("0", f"{rng.uniform(0, 9000):.2f}", f"{rng.uniform(0, 90):.4f}", str(random_count(rng))))
        return f"{amount}万元" if code == "2019" and amount != "0" else amount
    if column == "items_change":
        change = random_count(rng) * rng.choice((-1, 1))
        return f"{change:+d}" if change else "0"
    return str(random_count(rng))


def random_requests(rng: Random, code: str) -> dict[Key, str]:
    """The requests table: outcomes sum to handled, new and carried in to handled and carried out."""
    busy = rng.choice((0, 1, 2, 3, 6))
    first, second, *rows, _, _ = expected_rows("requests", code, set())
    assert (first, second) == ("new", "carried_in")
    outcomes = {row: [0] * 6 for row in rows}
    for row in rng.choices(rows, k=busy * 3):
        outcomes[row][rng.choices(range(6), (12, 4, 1, 1, 2, 1))[0]] += random_count(rng)
    handled = [sum(column) for column in zip(*outcomes.values(), strict=True)]
    carried_out = [rng.randint(0, 9) if count and rng.random() < 0.5 else 0 for count in handled]
    carried_in = [
        rng.randint(0, min(9, done + left)) if rng.random() < 0.5 else 0
        for done, left in zip(handled, carried_out, strict=True)
    ]
    new = [done + left - old for done, left, old in zip(handled, carried_out, carried_in, strict=True)]
    lines = {"new": new, "carried_in": carried_in, **outcomes, "handled": handled, "carried_out": carried_out}
    return {
        ("requests", row, column): str(count)
        for row, counts in lines.items()
        for column, count in zip(APPLICANTS, (*counts, sum(counts)), strict=True)
    }


def random_disputes(rng: Random) -> dict[Key, str]:
    """The disputes table: the outcomes of each group sum to its total."""
    figures: dict[Key, str] = {}
    for row in ("reconsideration", "litigation_direct", "litigation_after"):
        counts = [random_count(rng) if rng.random() < 0.6 else 0 for _ in range(4)]
        figures |= {
            ("disputes", row, column): str(count)
            for column, count in zip(OUTCOMES, (*counts, sum(counts)), strict=True)
        }
    return figures
