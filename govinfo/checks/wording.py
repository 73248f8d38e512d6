"""How a finding is said: an identity over one row or column, both sides added up and named in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from govinfo.forms import label_zh, rules
from govinfo.text import plain

NOTHING = Decimal(0)


class Term(NamedTuple):
    """A term of a sum as a message names it."""

    name: str
    name_zh: str
    weight: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What an identity asks of one row or column, as a finding says it: what is the same in all findings of it, the
    place, the terms, and those on either side with their numbers among all."""

    head: Mapping[str, object]
    at_least: bool
    place: str
    place_zh: str
    terms: tuple[Term, ...]
    left: tuple[tuple[int, Term], ...]
    right: tuple[tuple[int, Term], ...]


def asked_of(rule: str, table: str, along: str, line: str, terms: Sequence[Term]) -> Asked:
    """What a rule asks of a row or column."""
    return Asked(
        head={"rule": rule, "table": table, along: line, "severity": rules()[rule].severity},
        at_least=rules()[rule].relation == ">=",
        place=f"{rule} {line}",
        place_zh=f"{rule} {label_zh(table, line)}",
        terms=tuple(terms),
        left=tuple((at, term) for at, term in enumerate(terms) if term.weight > 0),
        right=tuple((at, term) for at, term in enumerate(terms) if term.weight < 0),
    )


def finding(asked: Asked, values: Sequence[Decimal | None]) -> dict[str, object]:
    """A finding: both sides of an identity, their difference, the status and messages that name the cells. ``values``
    are the figures of its terms, None where there is none."""
    missing = [term for term, value in zip(asked.terms, values, strict=True) if value is None]
    if missing:
        return {
            **asked.head,
            "status": "unknown",
            "message": f"{asked.place}: cannot be checked, no figure for {', '.join(term.name for term in missing)}",
            "message_zh": f"{asked.place_zh}：无法核对，缺{'、'.join(term.name_zh for term in missing)}",
        }
    left, said, said_zh = side(asked.left, values)
    right, than, than_zh = side(asked.right, values)
    holds = left == right or (asked.at_least and left > right)
    return {
        **asked.head,
        "left": float(left),
        "right": float(right),
        "difference": float(left - right),
        "status": "pass" if holds else "fail",
        "message": f"{asked.place}: {said}, {'and' if holds else 'but'} {than}",
        "message_zh": f"{asked.place_zh}：{said_zh}，{'且' if holds else '但'}{than_zh}",
    }


def side(terms: Sequence[tuple[int, Term]], values: Sequence[Decimal | None]) -> tuple[Decimal, str, str]:
    """What the terms of one side add up to, and that in words, English and Chinese: the terms that are not zero with
    their sum, the first one where all are."""
    shown = [(term, value) for at, term in terms if (value := values[at])] or [(term, NOTHING) for _, term in terms[:1]]
    total = sum([abs(term.weight) * value for term, value in shown], NOTHING)
    named = [(term.name, term.name_zh, plain(value)) for term, value in shown]
    if len(named) == 1:
        ((name, name_zh, figure),) = named
        return total, f"{name} {figure}", f"{name_zh} {figure}"
    english = " + ".join([f"{name} {figure}" for name, _, figure in named])
    chinese = " + ".join([f"{name_zh} {figure}" for _, name_zh, figure in named])
    return total, f"{english} = {plain(total)}", f"{chinese} = {plain(total)}"
