"""The identities of the form (勾稽关系) as a frame of findings. Nothing here edits a figure.

R1-R4 hold within one report: received = handled + carried over, applicants sum to the total, outcomes sum to the
total handled, results of disputes sum to their total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from govinfo.form import Identity, identities
from govinfo.solve import terms_on_page

FINDINGS = {
    "report_id": "string",
    "agency": "string",
    "year": "Int64",
    "rule": "string",
    "table": "string",
    "row": "string",
    "column": "string",
    "left": "Float64",
    "right": "Float64",
    "difference": "Float64",
    "status": "string",
    "message": "string",
}
"""Columns of the findings frame in their order, with their types."""

Figures = Mapping[tuple[str, str], Decimal | None]


def check(cells: pd.DataFrame) -> pd.DataFrame:
    """The findings of all reports in a cells frame: one row per identity and row or column that it concerns.

    ``status`` is "pass", "fail" or "unknown" (a term is blank, unreadable or not printed); ``left`` and ``right``
    are the two sides, ``difference`` is left - right, all NA where unknown. ``row`` is NA for a rule that adds up
    rows, ``column`` for one that adds up columns. Columns and types: ``FINDINGS``.
    """
    records = [
        {"report_id": report_id, "agency": mine["agency"].iloc[0], "year": mine["year"].iloc[0], **finding}
        for report_id, mine in cells.groupby("report_id", sort=False)
        for finding in findings_of(mine)
    ]
    return pd.DataFrame(records, columns=list(FINDINGS)).astype(FINDINGS)


def findings_of(cells: pd.DataFrame) -> Iterator[dict[str, object]]:
    """The findings of one report."""
    form = cells["form"].iloc[0]
    for table, mine in cells.groupby("table", sort=False):
        values = {
            (row, column): None if pd.isna(value) else Decimal(str(value))
            for row, column, value in zip(mine["row"], mine["column"], mine["value"], strict=True)
        }
        on_page = {row for row, flags in zip(mine["row"], mine["flags"], strict=True) if flags != "row-missing"}
        rows, columns = list(dict.fromkeys(mine["row"])), list(dict.fromkeys(mine["column"]))
        for identity in identities():
            if identity.table == table and form in identity.forms:
                yield from findings_of_identity(identity, values, rows, columns, on_page)


def findings_of_identity(
    identity: Identity, values: Figures, rows: Sequence[str], columns: Sequence[str], on_page: set[str]
) -> Iterator[dict[str, object]]:
    """One finding for each row, or for each column, that an identity concerns; a row not in the frame is unknown."""
    if identity.along == "row":
        for row in rows:
            if row in on_page:
                terms = [(term, weight, values.get((row, term))) for term, weight in identity.terms]
                yield {"rule": identity.rule, "table": identity.table, "row": row, **verdict(identity.rule, row, terms)}
        return
    expected = terms_on_page(identity, on_page)
    for column in columns:
        terms = [(term, weight, values.get((term, column))) for term, weight in expected]
        yield {
            "rule": identity.rule,
            "table": identity.table,
            "column": column,
            **verdict(identity.rule, column, terms),
        }


def verdict(rule: str, place: str, terms: Sequence[tuple[str, int, Decimal | None]]) -> dict[str, object]:
    """Both sides of an identity, their difference, the status and a message that names the cells."""
    open_terms = [term for term, _, value in terms if value is None]
    if open_terms:
        return {
            "status": "unknown",
            "message": f"{rule} {place}: cannot be checked, no figure for {', '.join(open_terms)}",
        }
    left = sum((weight * value for _, weight, value in terms if weight > 0 and value is not None), Decimal(0))
    right = sum((-weight * value for _, weight, value in terms if weight < 0 and value is not None), Decimal(0))
    status = "pass" if left == right else "fail"
    joint = "and" if left == right else "but"
    message = f"{rule} {place}: {side(terms, 1)} = {plain(left)} {joint} {side(terms, -1)} = {plain(right)}"
    return {
        "left": float(left),
        "right": float(right),
        "difference": float(left - right),
        "status": status,
        "message": message,
    }


def side(terms: Sequence[tuple[str, int, Decimal | None]], sign: int) -> str:
    """The terms of one side that are not zero, as words; the first one where all are."""
    mine = [(term, value) for term, weight, value in terms if weight * sign > 0]
    shown = [pair for pair in mine if pair[1]] or mine[:1]
    return " + ".join(f"{term} {plain(value or Decimal(0))}" for term, value in shown)


def plain(value: Decimal) -> str:
    """A figure without a useless fraction: 11, not 11.0."""
    return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize(), "f")
