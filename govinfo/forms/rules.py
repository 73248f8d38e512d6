"""The identities of the form (勾稽关系) as data: weighted sums over a row or a column that must be zero.

They stand in ``govinfo/forms``: rules.csv says what each rule asks, identities.csv holds the terms of those within a
report, identities_across_years.csv the terms of those between reports of one agency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from govinfo.files.data import read_table
from govinfo.forms.form import column_order, refuse_unknown, row_order


@dataclass(frozen=True, slots=True)
class Identity:
    """A weighted sum that must be zero, ``along`` "row" (terms are columns) or "column" (terms are rows)."""

    rule: str
    forms: tuple[str, ...]
    table: str
    along: str
    terms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class YearTerm:
    """A term of an identity across years: ``year`` is "same" (the later report), "previous" (the year before it) or
    "earlier" (the last report before it, whatever its year)."""

    code: str
    weight: int
    year: str


@dataclass(frozen=True, slots=True)
class IdentityAcrossYears:
    """A weighted sum over reports of one agency; ``along`` as in ``Identity``."""

    rule: str
    forms: tuple[str, ...]
    table: str
    along: str
    terms: tuple[YearTerm, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule asks: ``severity`` is "error" or "warning" (reports may rightly break it), ``relation`` "=" or
    ">=" between the terms that add and those that subtract."""

    code: str
    severity: str
    relation: str
    label_en: str
    label_zh: str


@cache
def identities() -> tuple[Identity, ...]:
    """The identities of the forms (勾稽关系), in the order of their rules."""
    terms: dict[tuple[str, str, str, str], list[tuple[str, int]]] = {}
    for line in read_table("forms", "identities"):
        head = (line["rule"], line["forms"], line["table"], line["along"])
        terms.setdefault(head, []).append((line["term"], int(line["weight"])))
    loaded = tuple(
        Identity(rule, tuple(used.split("+")), table, along, tuple(terms[rule, used, table, along]))
        for rule, used, table, along in terms
    )
    for identity in loaded:
        known = row_order(identity.table) if identity.along == "column" else column_order(identity.table)
        refuse_unknown([code for code, _ in identity.terms], known, f"identities.csv, {identity.rule}")
    return loaded


@cache
def identities_across_years() -> tuple[IdentityAcrossYears, ...]:
    """The identities between reports of one agency, in the order of their rules."""
    terms: dict[tuple[str, str, str, str], list[YearTerm]] = {}
    for line in read_table("forms", "identities_across_years"):
        head = (line["rule"], line["forms"], line["table"], line["along"])
        terms.setdefault(head, []).append(YearTerm(line["term"], int(line["weight"]), line["year"]))
    for (rule, _, table, along), found in terms.items():
        known = row_order(table) if along == "column" else column_order(table)
        place = f"identities_across_years.csv, {rule}"
        refuse_unknown([term.code for term in found], known, place)
    return tuple(
        IdentityAcrossYears(rule, tuple(used.split("+")), table, along, tuple(found))
        for (rule, used, table, along), found in terms.items()
    )


@cache
def rules() -> Mapping[str, Rule]:
    """The rules that reports are checked by (勾稽关系), by code."""
    return MappingProxyType({line["rule"]: Rule(*line.values()) for line in read_table("forms", "rules")})
