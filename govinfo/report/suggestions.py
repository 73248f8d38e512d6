"""What the identities prove about a report: figures that its page leaves out or contradicts, in words too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from govinfo.checks.findings import figures_in
from govinfo.checks.proofs import Proof, proofs
from govinfo.document import UNSURE
from govinfo.tables.records import frame
from govinfo.text import figure, plain

SUGGESTIONS = {
    "table": "string",
    "row": "string",
    "column": "string",
    "printed": "Float64",
    "suggested": "Float64",
    "rules": "string",
    "proof": "string",
    "proof_zh": "string",
}
"""Columns of a report's suggestions in their order, with their types."""


def proofs_of(records: Sequence[Mapping[str, object]], form: str) -> Iterator[Proof]:
    """The missing figures of a report that the identities prove."""
    for table, mine in figures_in(records, form, None).items():
        yield from proofs(table, form, mine.values, mine.printed)


def suggestions_of(cells: pd.DataFrame) -> pd.DataFrame:
    """What the identities prove about one report, from its cells as they stand: columns and types ``SUGGESTIONS``."""
    values = cells["value"].astype(object).where(cells["value"].notna(), None)
    records: list[Any] = cells.assign(value=values).to_dict("records")
    return frame([suggestion_of(proof) for proof in proofs_of(records, cells["form"].iloc[0])], SUGGESTIONS)


def with_proof(record: Mapping[str, object], proven: Mapping[tuple[str, str, str], Proof]) -> Mapping[str, object]:
    """A record with the figure that the identities prove, where they do. A figure that its reader was not sure of is
    read where the identities prove the very same: these are two witnesses."""
    proof = proven.get(place_of(record))
    if proof is None:
        return record
    if proof.printed is None and unsure_figure(str(record["raw"])) == proof.value:
        doubts = [doubt for doubt in str(record["doubts"]).split(";") if doubt != "not-a-figure"]
        read = {"value": float(proof.value), "kind": "reported", "doubts": ";".join([*doubts, "by-arithmetic"])}
        return {**record, **read}
    return {**record, "suggested": float(proof.value)}


def place_of(record: Mapping[str, object]) -> tuple[str, str, str]:
    """The table, row and column of a record."""
    return str(record["table"]), str(record["row"]), str(record["column"])


def unsure_figure(raw: str) -> Decimal | None:
    """The figure before the mark of a reader that is not sure of it; None where there is no such mark or figure."""
    return figure(raw.removesuffix(UNSURE)).value if raw.endswith(UNSURE) else None


def suggestion_of(proof: Proof) -> dict[str, object]:
    """A proof as a record of the suggestions frame, in words too."""
    rules, rules_zh, value = ", ".join(proof.rules), "、".join(proof.rules), plain(proof.value)
    if proof.printed is None:
        words = f"The page prints no figure here; {value} is the only one with which {rules} can hold."
        words_zh = f"此处未填数字；只有填{value}，勾稽关系{rules_zh}才能成立。"
    else:
        others = f", with the other {proof.changes - 1} suggested," if proof.changes > 1 else ""
        others_zh = f"，连同另外{proof.changes - 1}处建议，" if proof.changes > 1 else "，"
        words = (
            f"The page prints {plain(proof.printed)}, with which sums over it fail; {value} here{others} is the only "
            f"smallest change that satisfies {rules}."
        )
        words_zh = (
            f"此处填{plain(proof.printed)}，勾稽关系不成立；改为{value}{others_zh}是使{rules_zh}成立的唯一最小改动。"
        )
    return {
        "table": proof.table,
        "row": proof.row,
        "column": proof.column,
        "printed": None if proof.printed is None else float(proof.printed),
        "suggested": float(proof.value),
        "rules": ";".join(proof.rules),
        "proof": words,
        "proof_zh": words_zh,
    }
