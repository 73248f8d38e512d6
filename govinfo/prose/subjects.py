"""The subjects of statements and the rules that find them (subjects.csv, rules.csv)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from govinfo.files.data import read_table

PARTS = {
    "{gap}": r"[^,。;:()!?\d]{0,24}?",
    "{near}": r"[^,。;:()!?\d]{0,8}?",
    "{requests}": r"(?:(?:依申请|政府信息|信息)公开(?:政府)?(?:信息)?的?(?:申请|件)"
    r"|依申请(?:政府|公开)?(?:信息)?公开|公开申请)",
    "{disclose}": r"(?:主动公开|公开|发布|更新|上传|推送|编发|刊登|登载)",
}
"""What stands for longer expressions in the rules."""


NO_MEASURE = "-"
"""Stands among the measure words of a rule for a figure without one."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a statement counts: its ``unit`` and labels."""

    code: str
    unit: str
    label_zh: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """How a figure's subject is known. ``before`` must match up to the figure and ``after`` from its end on, both
    within one sentence; ``measures`` are the measure words that the figure may have. ``context`` must be found in the
    sub-heading and in the sentence up to there, ``unless`` must not. A rule without a measure word is one of words
    that say that there is none: its value is 0."""

    subject: str
    measures: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    context: re.Pattern[str]
    unless: re.Pattern[str] | None


@cache
def subjects() -> Mapping[str, Subject]:
    """The subjects of statements by their code, in the order of a report: unit, label_zh, label_en."""
    return MappingProxyType({line["subject"]: Subject(*line.values()) for line in read_table("prose", "subjects")})


def subject_order() -> tuple[str, ...]:
    """The codes of the subjects in the order of a report."""
    return tuple(subjects())


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in their order: of two that fit a figure the first one holds."""
    return tuple(
        Rule(
            subject=subjects()[line["subject"]].code,
            measures=frozenset(filter(None, line["measures"].split("|"))),
            before=compiled(f"(?:{line['before']})$" if line["measures"] else line["before"]),
            after=compiled(line["after"]),
            context=compiled(line["context"]),
            unless=compiled(line["unless"]) if line["unless"] else None,
        )
        for line in read_table("prose", "rules")
    )


@cache
def rules_for(measure: str) -> tuple[Rule, ...]:
    """The rules that a figure with this measure word may fit."""
    return tuple(rule for rule in rules() if measure in rule.measures)


@cache
def rules_of_nothing() -> tuple[Rule, ...]:
    """The rules of words that say that there is none."""
    return tuple(rule for rule in rules() if not rule.measures)


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the rules with its parts written out."""
    for part, written in PARTS.items():
        pattern = pattern.replace(part, written)
    return re.compile(pattern)
