"""R8, the prose of a report against its tables: what each statement says beside what the table prints (against.csv).

A statement may be held against several readings of the table, as requests received with or without those carried in;
it agrees where one of them is what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pandas as pd

from govinfo.files.data import read_table
from govinfo.forms import label_zh
from govinfo.prose import subjects
from govinfo.text import exact, plain

RULE = "R8"
Record = Mapping[str, object]
Values = Mapping[tuple[str, str, str], Decimal | None]

APPLICANTS = ("natural_person", "business", "research", "nonprofit", "legal_service", "other_org")
TERM = re.compile(r"(?P<sign>[+-]?)(?P<row>\w+):(?P<column>\w+)")

PEOPLE = frozenset({"人", "名", "位"})
"""Measure words of people: so many applicants need not be so many requests."""

MORE_THAN = re.compile(r"超|逾|多|余|突破|以上|\+")
LESS_THAN = re.compile(r"不足|近|将近|接近|以内")
ROUGH = Decimal("0.1")
"""How far an approximate figure may be from the exact one, as a share of it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A cell of the sum that a statement is held against."""

    row: str
    column: str
    weight: int


@dataclass(frozen=True, slots=True)
class Against:
    """What a statement is held against: cells of a table. A statement must agree with one of its readings in each
    ``relation``; ``severity`` is that of a disagreement."""

    relation: int
    table: str
    terms: tuple[Term, ...]
    severity: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A reading of the table: its sum, in words too; ``value`` is None where the table prints no figure."""

    against: Against
    value: Decimal | None
    said: str
    said_zh: str
    added_up: bool


@cache
def readings() -> Mapping[str, tuple[Against, ...]]:
    """What statements are held against, by their subject."""
    found: dict[str, tuple[Against, ...]] = {}
    for line in read_table("checks", "against"):
        terms = tuple(
            Term(one["row"], one["column"], -1 if one["sign"] == "-" else 1) for one in TERM.finditer(line["terms"])
        )
        against = Against(int(line["relation"]), line["table"], terms, line["severity"])
        found[subjects()[line["subject"]].code] = (*found.get(line["subject"], ()), against)
    return found


def findings_of_prose(statements: Sequence[Record], cells: Sequence[Record]) -> list[dict[str, object]]:
    """The findings of rule R8 for one report, as records of the findings frame: one for each statement that a table
    of the report can be held against. ``severity`` is "error" for an exact count of requests or disputes, "warning"
    for an approximate one, one of people, and where the table leaves its total blank."""
    tables = {str(cell["table"]) for cell in cells}
    asked = {(one.table, term.row) for one in against_all(statements) for term in one.terms}
    values = {
        (str(cell["table"]), str(cell["row"]), str(cell["column"])): decimal_of(cell.get("value"))
        for cell in cells
        if (cell["table"], cell["row"]) in asked
    }
    found = [finding for one in statements for finding in finding_of(one, tables, values)]
    return [without_contradiction(finding, found) for finding in found]


def against_all(statements: Sequence[Record]) -> Iterator[Against]:
    """What any of the statements is held against."""
    for subject in {str(one["subject"]) for one in statements}:
        yield from readings().get(subject, ())


def findings_of_statements(statements: pd.DataFrame, cells: pd.DataFrame) -> dict[str, list[dict[str, object]]]:
    """The findings of rule R8 for all reports in a frame of statements, by report_id."""
    mine = cells[cells["report_id"].isin(statements["report_id"])]
    tables = {id_: part.to_dict("records") for id_, part in mine.groupby("report_id", sort=False)}
    return {
        str(id_): findings_of_prose(part.to_dict("records"), tables.get(id_, []))  # type: ignore[arg-type]
        for id_, part in statements.groupby("report_id", sort=False)
    }


def decimal_of(value: object) -> Decimal | None:
    """A figure, exactly as it is printed."""
    return None if pd.isna(value) else exact(value)  # type: ignore[call-overload]


def finding_of(statement: Record, tables: set[str], values: Values) -> Iterator[dict[str, object]]:
    """The finding for a statement; none where the report has no table to hold it against."""
    mine = [one for one in readings().get(str(statement["subject"]), ()) if one.table in tables]
    mine = [one for one in mine if any((one.table, term.row, term.column) in values for term in one.terms)]
    relations = [
        [seen_in(one, values) for one in mine if one.relation == relation]
        for relation in sorted({one.relation for one in mine})
    ]
    judged = [told(statement, seen) for seen in relations]
    if judged:
        yield next((finding for finding in judged if finding["status"] == "fail"), judged[0])


def seen_in(against: Against, values: Values) -> Seen:
    """What a table prints for a sum. A total that is left blank is added up from the applicants that are printed."""
    total, added_up, known = Decimal(0), False, True
    parts: list[str] = []
    parts_zh: list[str] = []
    for term in against.terms:
        value = values.get((against.table, term.row, term.column))
        if value is None and term.column == "total":
            printed = [v for who in APPLICANTS if (v := values.get((against.table, term.row, who))) is not None]
            value, added_up = (sum(printed, Decimal(0)), True) if printed else (None, added_up)
        if value is None:
            known = known and (len(against.terms) > 1 and not_printed(against, values, term))
            continue
        total += term.weight * value
        sign = ("-" if term.weight < 0 else "+") if parts else ""
        if value or len(against.terms) == 1:
            parts.append(f"{sign} {plain(value)} ({term.row} {term.column})".strip())
            parts_zh.append(f"{sign}{plain(value)}（{label_zh(against.table, term.row)}）")
    first = against.terms[0]
    said = " ".join(parts) or f"0 ({first.row} {first.column})"
    said_zh = "".join(parts_zh) or f"0（{label_zh(against.table, first.row)}）"
    return Seen(against, total if known and (parts or known_zero(against, values)) else None, said, said_zh, added_up)


def not_printed(against: Against, values: Values, term: Term) -> bool:
    """True for a row that the table leaves blank among several that are added up, some of which are printed."""
    rows = {other.row for other in against.terms}
    blank = all(values.get((against.table, term.row, who)) is None for who in (*APPLICANTS, term.column))
    return (
        blank and len(rows) > 1 and all(one.weight > 0 for one in against.terms) and term.row not in {"new", "handled"}
    )


def known_zero(against: Against, values: Values) -> bool:
    """True where a sum of zeros is printed."""
    return any(values.get((against.table, term.row, term.column)) == 0 for term in against.terms)


def told(statement: Record, seen: Sequence[Seen]) -> dict[str, object]:
    """The finding for a statement and the readings of one relation."""
    value = Decimal(str(statement["value"]))
    known = [one for one in seen if one.value is not None]
    fitting = next((one for one in known if one.value is not None and agrees(statement, value, one.value)), None)
    chief = fitting or (known or list(seen))[0]
    rough = bool(statement["approximate"]) or statement["unit"] in PEOPLE or chief.added_up
    subject = subjects()[str(statement["subject"])]
    place = f"section {statement['number']}, paragraph {statement['paragraph']}"
    place_zh = f"第{statement['number']}部分第{statement['paragraph']}段"
    said = f"{RULE} {subject.code}: the text says {plain(value)} ({place}: “{statement['words']}”)"
    said_zh = f"{RULE} {subject.label_zh}：文字为{plain(value)}（{place_zh}：“{statement['words']}”）"
    head = {
        "rule": RULE,
        "table": chief.against.table,
        "row": chief.against.terms[0].row,
        "column": chief.against.terms[0].column,
        "severity": "warning" if rough else chief.against.severity,
    }
    if chief.value is None:
        return {
            **head,
            "status": "unknown",
            "message": f"{said}; the table prints no figure for it",
            "message_zh": f"{said_zh}；表中无相应数字",
        }
    added = ", its total being blank" if chief.added_up else ""
    return {
        **head,
        "left": float(value),
        "right": float(chief.value),
        "difference": float(value - chief.value),
        "status": "pass" if fitting else "fail",
        "message": f"{said}, {'and' if fitting else 'but'} the table {chief.said}{added}",
        "message_zh": f"{said_zh}，{'且' if fitting else '但'}表中为{chief.said_zh}{'（合计未填）' if added else ''}",
    }


def agrees(statement: Record, value: Decimal, printed: Decimal) -> bool:
    """True where a statement and a figure of a table can both be right."""
    words = str(statement["approximate"])
    if not words:
        return value == printed
    if MORE_THAN.search(words) and printed < value:
        return False
    if LESS_THAN.search(words) and printed > value:
        return False
    return abs(value - printed) <= ROUGH * max(value, printed)


def without_contradiction(finding: dict[str, object], all_: Sequence[dict[str, object]]) -> dict[str, object]:
    """A finding as a warning where another statement of the same cell agrees with it: this one may count otherwise."""
    same = [one for one in all_ if all(one[name] == finding[name] for name in ("table", "row", "column"))]
    if finding["status"] == "fail" and any(one["status"] == "pass" for one in same):
        return {**finding, "severity": "warning"}
    return finding
