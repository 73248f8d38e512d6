"""What a person should look at: every doubtful or open cell, every suggestion and every sum that fails, as a frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from govinfo.corpus import Corpus
from govinfo.corrections import DOUBT
from govinfo.forms import codebook, doubts, identities, identities_across_years, in_doubt
from govinfo.metrics import CROSSWALK, METRICS
from govinfo.metrics.registry import OUTCOMES
from govinfo.report import suggestions_of
from govinfo.tables.solve import sums_over

QUEUE = {
    "what": "string",
    "agency": "string",
    "year": "Int64",
    "table": "string",
    "row": "string",
    "column": "string",
    "label": "string",
    "column_label": "string",
    "expected": "string",
    "value": "Float64",
    "unit": "string",
    "why": "string",
    "why_zh": "string",
    "suggested": "Float64",
    "proof": "string",
    "proof_zh": "string",
    "depends": "Int64",
    "used_by": "string",
    "page": "Int64",
    "report": "string",
    "report_id": "string",
}
"""Columns of the queue in their order, with their types. ``what`` is "failing sum", "open cell", "suggestion" or
"doubtful cell"; ``row`` and ``column`` of a failing sum are those of the figure that it must give."""

WHAT = MappingProxyType({"failing sum": 0, "open cell": 1, "suggestion": 2, "doubtful cell": 3})
"""What a line is about, the worse first."""

Place = tuple[str, str, str]
Line = dict[str, Any]


def queue(corpus: Corpus) -> pd.DataFrame:
    """What is in doubt in the reports that count, one row per cell or failing sum; columns and types ``QUEUE``.

    Worst first: what more rates, volumes and sums of the form depend on (``depends``), then failing sums before open
    cells before suggestions before doubtful cells. Cells on which a person has decided are left out, and so are the
    sums that these must give.
    """
    corpus = corpus.counted()
    lines = [*lines_of_cells(corpus), *lines_of_sums(corpus)]
    worst = sorted(lines, key=lambda line: (-line["depends"], WHAT[line["what"]], -line["weight"]))
    return pd.DataFrame(worst, columns=list(QUEUE)).astype(QUEUE)


# Cells


def lines_of_cells(corpus: Corpus) -> Iterator[Line]:
    """A line for each cell that is in doubt, open or contradicted, or that the sums prove."""
    cells = corpus.cells
    untouched = ~cells["doubts"].map(is_decided).astype("bool")
    is_open = (cells["kind"] == "unreadable") & cells["value"].isna()
    wanted = cells[untouched & (in_doubt(cells["doubts"]) | is_open | cells["suggested"].notna())]
    proofs = {id_: proofs_by_place(mine) for id_, mine in cells_of(cells, wanted["report_id"])}
    for cell in wanted.to_dict("records"):
        place = (cell["table"], cell["row"], cell["column"])
        proof = proofs[cell["report_id"]].get(place)
        yield line_of(cell, what_of(cell), *why(cell["doubts"], proof is not None), proof)


def is_decided(cell_doubts: str) -> bool:
    """True for the doubts of a cell on which a person has decided."""
    return bool({*cell_doubts.split(";")} & {*DOUBT.values()})


def cells_of(cells: pd.DataFrame, ids: pd.Series) -> Iterator[tuple[str, pd.DataFrame]]:
    """The cells of each of these reports."""
    for report_id, mine in cells[cells["report_id"].isin(ids)].groupby("report_id", sort=False):
        yield str(report_id), mine


def proofs_by_place(cells: pd.DataFrame) -> dict[Place, Line]:
    """The suggestions of a report by their place."""
    found: list[Line] = suggestions_of(cells).to_dict("records")  # type: ignore[assignment]
    return {(one["table"], one["row"], one["column"]): one for one in found}


def what_of(cell: Mapping[Any, Any]) -> str:
    """What a line about a cell is about."""
    if cell["kind"] == "unreadable" and pd.isna(cell["value"]):
        return "open cell"
    return "suggestion" if pd.notna(cell["suggested"]) else "doubtful cell"


def why(cell_doubts: str, is_suggested: bool) -> tuple[str, str]:
    """Why a cell is in doubt in plain words, English and Chinese."""
    have = [doubt for doubt in cell_doubts.split(";") if doubt]
    words = [doubts().get(doubt, doubt) for doubt in have]
    words_zh = [doubts("zh").get(doubt, doubt) for doubt in have]
    if is_suggested:
        words.append("the sums of the form prove another figure")
        words_zh.append("按勾稽关系应为另一数字")
    return "; ".join(words), "；".join(words_zh)


def line_of(
    cell: Mapping[Any, Any], what: str, words: str, words_zh: str, proof: Line | None = None, weight: float = 0
) -> Line:
    """A line of the queue about a cell."""
    place = (cell["table"], cell["row"], cell["column"])
    used = uses().get(place, ())
    return {
        **cell,
        "what": what,
        "column_label": column_label(cell["table"], cell["column"]),
        "expected": cell["raw"],
        "why": words,
        "why_zh": words_zh,
        "suggested": cell["suggested"],
        "proof": proof["proof"] if proof else "",
        "proof_zh": proof["proof_zh"] if proof else "",
        "depends": len(used) + sums_with(cell["form"]).get(place, 0),
        "used_by": " ".join(used),
        "report": cell["source"],
        "weight": weight,
    }


# Sums


def lines_of_sums(corpus: Corpus) -> Iterator[Line]:
    """A line for each sum that fails, with the cell that it must give."""
    failing = corpus.findings[corpus.findings["status"] == "fail"]
    places = zip(*(corpus.cells[name] for name in ("report_id", "table", "row", "column")), strict=True)
    at = {place: number for number, place in enumerate(places)}
    for finding in failing.to_dict("records"):
        lines = [(finding["report_id"], finding["table"], *place) for place in places_of(finding)]
        number = next((at[line] for line in lines if line in at), None)
        if number is not None and not is_decided(corpus.cells["doubts"].iloc[number]):
            cell = {str(name): value for name, value in corpus.cells.iloc[number].items()}
            weight = abs(finding["difference"])
            yield line_of(cell, "failing sum", finding["message"], finding["message_zh"], None, weight)


def places_of(finding: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """The row and column of the figures of a sum, that which it must give first; the one that prose speaks of."""
    if pd.notna(finding["row"]) and pd.notna(finding["column"]):
        return [(finding["row"], finding["column"])]
    along = "row" if pd.notna(finding["row"]) else "column"
    codes = codes_of(finding["rule"], finding["table"], along)
    return [(finding[along], code) if along == "row" else (code, finding[along]) for code in codes]


@cache
def codes_of(rule: str, table: str, along: str) -> tuple[str, ...]:
    """The terms of a sum within the later report, that which it must give first: the first on the right of a sum within
    a report, the last of the later year in one across years."""
    asked = (rule, table, along)
    within = [t for one in identities() if (one.rule, one.table, one.along) == asked for t in one.terms]
    across = [t for one in identities_across_years() if (one.rule, one.table, one.along) == asked for t in one.terms]
    ordered = [code for code, _ in sorted(within, key=lambda term: term[1])]
    return tuple(dict.fromkeys([*ordered, *(term.code for term in reversed(across) if term.year == "same")]))


# What depends on a cell


@cache
def uses() -> Mapping[Place, tuple[str, ...]]:
    """The rates and volumes that use a place, by their names."""
    found: dict[Place, dict[str, None]] = {}
    for name, metric in METRICS.items():
        for part in metric.parts:
            for place, _ in (*part.numerator, *part.denominator, *part.needed):
                found.setdefault(place_of(place), {})[name] = None
    for figure, places in CROSSWALK.items():
        for place in places:
            found.setdefault(place_of(place), {})[f"volumes:{figure}"] = None
    for outcome in OUTCOMES:
        found.setdefault(place_of(outcome.place), {})[f"outcomes:{outcome.group}"] = None
    return MappingProxyType({place: tuple(names) for place, names in found.items()})


def place_of(name: str) -> Place:
    """The table, row and column of a place "table.row.column"."""
    table, row, column = name.split(".")
    return table, row, column


@cache
def sums_with(form: str) -> Mapping[Place, int]:
    """How many sums of a form have a place as a term."""
    book = codebook()
    book = book[book["form"] == form]
    found: dict[Place, int] = {}
    for table, mine in book.groupby("table", sort=False):
        rows, columns = tuple(dict.fromkeys(mine["row"])), tuple(dict.fromkeys(mine["column"]))
        for one in sums_over(str(table), form, rows, columns, set(rows)):
            for (row, column), _ in one.terms:
                found[str(table), row, column] = found.get((str(table), row, column), 0) + 1
    return MappingProxyType(found)


@cache
def column_label(table: str, column: str) -> str:
    """The label of a column in Chinese; its code where no form has it."""
    book = codebook()
    mine = book[(book["table"] == table) & (book["column"] == column)]
    return str(mine["column_label_zh"].iloc[0]) if len(mine) else column
