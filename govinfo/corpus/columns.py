"""Records to columns: what many reports say as Arrow tables, which processes hand on and files hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import pyarrow as pa

from govinfo.checks import FINDINGS
from govinfo.corpus.dictionary import PROBLEMS, REPORTS
from govinfo.prose import SECTIONS, STATEMENTS
from govinfo.tables import CELLS

ARROW = {"string": pa.string(), "Int64": pa.int64(), "Float64": pa.float64(), "boolean": pa.bool_()}
"""The types of the frames' columns in Arrow tables and Parquet files."""

ENTRIES = {
    "file": "string",
    "digest": "string",
    "unit": "string",
    "state": "string",
    "sure_id": "string",
    **{name: type_ for name, type_ in REPORTS.items() if name != "duplicate_of"},
}
"""Columns of what a build remembers of each file: its name and the SHA-256 of its bytes. There is a line for each
report in it, ``unit`` being the file or the member of an archive that it stands in, ``state`` "report", or "copy" for
the very content of a unit read before; else one line, of state "none", or "again" where another attempt may read it.
``sure_id`` is the id of an agency beyond doubt, else ""; ``findings`` counts those within the report."""

CROSSING = {name: CELLS[name] for name in ("report_id", "agency", "year", "form", "table", "row", "column", "value")}
"""Columns of the cells that rules across years look at."""

KINDS = {
    "cells": CELLS,
    "sections": SECTIONS,
    "statements": STATEMENTS,
    "findings": FINDINGS,
    "problems": {"file": "string", **PROBLEMS},
    "entries": ENTRIES,
    "crossing": CROSSING,
    "across": FINDINGS,
    "reports": REPORTS,
}
"""The tables of a batch of files with their columns. Those down to ``crossing`` are made when it is read; ``across``
(findings across years) and ``reports`` when all reports are known."""

READ = ("cells", "sections", "statements", "findings", "problems", "entries", "crossing")

Record = Mapping[str, object]
Tables = dict[str, pa.Table]


def table_of(groups: Iterable[tuple[Sequence[Record], Record]], types: Mapping[str, str]) -> pa.Table:
    """Groups of records, each with what is the same in all records of the group, as a table of those columns."""
    columns: dict[str, list[object]] = {name: [] for name in types}
    for records, shared in groups:
        for name, column in columns.items():
            if name in shared:
                column += [shared[name]] * len(records)
            else:
                column += [record.get(name) for record in records]
    return pa.table({name: pa.array(column, type=ARROW[types[name]]) for name, column in columns.items()})


def joined(tables: Sequence[pa.Table], types: Mapping[str, str]) -> pa.Table:
    """Tables of the same columns one below the other, with the columns in their order."""
    empty = pa.schema([(name, ARROW[type_]) for name, type_ in types.items()]).empty_table()
    return pa.concat_tables([empty, *(table.select(list(types)).cast(empty.schema) for table in tables)])


def frame_of(table: pa.Table, types: Mapping[str, str]) -> pd.DataFrame:
    """A table as a frame of those types."""
    frame: pd.DataFrame = table.to_pandas().astype(dict(types))
    return frame


def table_of_frame(frame: pd.DataFrame) -> pa.Table:
    """A frame as a table."""
    return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata()
