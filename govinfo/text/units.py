"""Units as they are printed: measure words, money, and the words that make them larger."""

from __future__ import annotations

from decimal import Decimal

COUNTERS = frozenset(
    {"件", "项", "个", "条", "份", "次", "宗", "起", "例", "人", "部", "件次", "人次"}
    | {"篇", "期", "场", "名", "家", "户", "批", "册", "处", "批次", "场次", "篇次", "户次"}
)
"""Measure words that leave a count as it is."""

SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
"""Words before a unit that make it larger; 千 of 千元, 万 of 万件."""

MONEY = "元"

UNITS = {
    **{scale + counter: (size, "") for scale, size in SCALES.items() for counter in COUNTERS},
    **{scale + MONEY: (size, MONEY) for scale, size in SCALES.items()},
}
"""How many of what a printed unit is: things counted ("") or 元."""


def convert(value: Decimal, unit: str, target: str) -> Decimal | None:
    """``value`` of ``unit`` in ``target`` units, or None where the two do not measure the same.

    A scale without a unit (1.2万) measures what the target does.
    """
    if unit == target or not unit:
        return value
    if target not in UNITS:
        return None
    size, kind = UNITS[target]
    factor, printed_kind = (SCALES[unit], kind) if unit in SCALES else UNITS.get(unit, (0, None))
    return value * factor / size if printed_kind == kind else None
