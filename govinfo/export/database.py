"""A corpus as a DuckDB file: one table per frame, one view per table of the form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from govinfo.corpus import FRAMES, Corpus, dictionary
from govinfo.corrections import BESIDE
from govinfo.errors import FileUnreadable, MissingSoftware
from govinfo.export.folder import without_duplicates
from govinfo.export.layout import PLACE, columns_of, figure_name
from govinfo.files.writing import written
from govinfo.forms import TABLES

if TYPE_CHECKING:
    import duckdb

SQL_TYPES = {"string": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"}
"""The types of the frames' columns in the database."""

TABLE_COMMENTS = {
    "cells": "One row per table cell of the form.",
    "reports": "One row per report.",
    "findings": "One row per identity of the form (勾稽关系) and row or column that it concerns.",
    "sections": "One row per paragraph, under its statutory heading and sub-heading.",
    "statements": "One row per count that the prose states.",
    "problems": "One row per file that could not be read, is no report or was passed over.",
}


def to_duckdb(corpus: Corpus, path: str | Path) -> Path:
    """Writes a DuckDB file with the tables cells, reports, findings, sections, statements and
    problems; returns its path.

    NA is NULL. The views disclosure_wide, requests_wide, disputes_wide and statistics_wide have one row per report
    and row of the form, with a column of figures per column of the form; a column that no report has is left out.
    The column year of the statistics table is there called year_value.
    Raises MissingSoftware without DuckDB, FileUnreadable when the file cannot be written or is in use.
    """
    try:
        import duckdb
    except ImportError as error:
        raise MissingSoftware(
            "DuckDB is not installed.", where=str(path), hint="pip install 'govinfo[export]'"
        ) from error
    path = Path(path)
    refuse_in_use(path)
    try:
        with written(path) as beside:
            exported = without_duplicates(corpus)
            with duckdb.connect(str(beside)) as database:
                fill(database, exported)
                database.execute("FORCE CHECKPOINT")
            refuse_incomplete(beside, exported)
    except duckdb.Error as error:
        raise FileUnreadable(
            f"cannot be written: {error}", where=str(path), hint="Choose another place, or make room."
        ) from error
    return path


def refuse_in_use(path: Path) -> None:
    """Raises FileUnreadable where the log of changes of another database lies: DuckDB would add it to the new file."""
    log = path.with_name(f"{path.name}.wal")
    if log.exists():
        raise FileUnreadable(
            "the database is in use or was not closed.",
            where=str(path),
            hint=f"Close it where it is open; else open and close it once, so that {log.name} goes away.",
        )


def refuse_incomplete(path: Path, corpus: Corpus) -> None:
    """Raises FileUnreadable where the file does not hold all rows: a full disk may show only when it is closed."""
    import duckdb

    with duckdb.connect(str(path), read_only=True) as database:
        for name in FRAMES:
            if database.table(name).shape[0] != len(getattr(corpus, name)):
                raise FileUnreadable("was not written whole.", where=str(path), hint="Make room on the disk.")


def fill(database: duckdb.DuckDBPyConnection, corpus: Corpus) -> None:
    """Makes the tables and the views."""
    for name, types in (FRAMES | with_decisions(corpus)).items():
        columns = ", ".join(f"{quoted(column)} {SQL_TYPES[type_]}" for column, type_ in types.items())
        database.execute(f"CREATE TABLE {name} ({columns})")
        database.register("frame", pa.Table.from_pandas(getattr(corpus, name)[list(types)], preserve_index=False))
        database.execute(f"INSERT INTO {name} SELECT * FROM frame")
        database.unregister("frame")
        for comment in comments(name, types):
            database.execute(comment)
    for table in TABLES:
        database.execute(wide_view(table, corpus.cells))
        database.execute(
            f"COMMENT ON VIEW {table}_wide IS 'The figures of {table}: one row per report and row of the form. "
            "NULL where none or no sure one is printed; cells tells which.'"
        )


def with_decisions(corpus: Corpus) -> dict[str, dict[str, str]]:
    """The columns of the cells with those of the decisions of persons, where there are any."""
    return {"cells": FRAMES["cells"] | BESIDE} if "printed" in corpus.cells else {}


def comments(name: str, types: dict[str, str]) -> Iterator[str]:
    """The statements that describe a table and its columns, in the words of the frames' description."""
    yield f"COMMENT ON TABLE {name} IS {literal(TABLE_COMMENTS[name])}"
    for line in dictionary(name):
        if line["column"] in types:
            yield f"COMMENT ON COLUMN {name}.{quoted(line['column'])} IS {literal(line['meaning'])}"


def wide_view(table: str, cells: pd.DataFrame) -> str:
    """The statement that makes the view of a table: a row of the form a line, its columns side by side."""
    figures = "".join(
        f", any_value(value) FILTER ({quoted('column')} = '{column}') AS {quoted(figure_name(column))}"
        for column in columns_of(table, cells)
    )
    place = ", ".join(map(quoted, PLACE))
    return (
        f"CREATE VIEW {table}_wide AS SELECT {place}{figures} FROM cells WHERE {quoted('table')} = '{table}' "
        f"GROUP BY {place} ORDER BY min(cells.rowid)"
    )


def quoted(name: str) -> str:
    """A name that SQL does not take for a word of its own: table, row, column."""
    return f'"{name}"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
