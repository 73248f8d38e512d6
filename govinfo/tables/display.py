"""A report's cells as a person reads them: in a notebook as HTML, cell by cell as text.

Frame in, text out; the terminal and the notebook show a cell in the same words.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from html import escape
from typing import Any

import pandas as pd

Record = Mapping[Hashable, Any]
"""One row of the cells frame as a mapping."""

DOUBTFUL = "#ffe8a3"


def shown(record: Record | None) -> str:
    """A cell in one word: its figure, the dash it prints, "?" where no figure could be read, "" for a blank."""
    if record is None:
        return ""
    if pd.notna(record["value"]):
        return f"{record['value']:.12g}"
    return {"unreadable": "?", "dash": str(record["raw"])}.get(record["kind"], "")


def html_of(agency: str, year: int | None, doubts: Iterable[str], cells: pd.DataFrame) -> str:
    """A report as the form, doubtful cells coloured and explained on hover; every text is escaped."""
    head = f"<h3>{escape(agency or '(agency unknown)')} · {year or '(year unknown)'}</h3>"
    notes = f"<p>{escape('; '.join(doubts))}</p>" if doubts else ""
    tables = "".join(html_table(mine) for _, mine in cells.groupby("table", sort=False))
    return f"<div>{head}{notes}{tables}</div>"


def html_table(cells: pd.DataFrame) -> str:
    """One table of a report as HTML, with the labels that it prints."""
    columns = list(dict.fromkeys(cells["column"]))
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(html_row(str(code), row, columns) for code, row in cells.groupby("row", sort=False))
    return f"<table><caption>{escape(cells['table'].iloc[0])}</caption><tr><th></th>{head}</tr>{body}</table>"


def html_row(code: str, row: pd.DataFrame, columns: Iterable[str]) -> str:
    """One row of the form as HTML; the code of the row shows on hover."""
    found = by_column(row)
    label = next((text for text in row["label"] if text), code)
    cells = "".join(html_cell(found.get(column)) for column in columns)
    return f'<tr><th title="{escape(code)}">{escape(label)}</th>{cells}</tr>'


def html_cell(record: Record | None) -> str:
    """One cell as HTML; coloured where it carries doubts."""
    if record is None or not record["doubts"]:
        return f"<td>{escape(shown(record))}</td>"
    hover = escape(f"{record['doubts']}; printed: {record['raw']}")
    return f'<td style="background:{DOUBTFUL}" title="{hover}">{escape(shown(record))}</td>'


def by_column(row: pd.DataFrame) -> dict[str, Record]:
    """The records of one row of the form by column."""
    return {record["column"]: record for record in row.to_dict("records")}
