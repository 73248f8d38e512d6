"""A data set on disk without loading all of it: a frame, the cells of some reports, or views for SQL (DuckDB)."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from govinfo.corpus.columns import ARROW, frame_of, joined, table_of_frame
from govinfo.corpus.dictionary import FRAMES
from govinfo.corpus.store import BUILD_AGAIN, Manifest, manifest_of, table_in
from govinfo.errors import FileUnreadable, MissingSoftware, UsageError
from govinfo.forms import codebook
from govinfo.tables import CELLS

if TYPE_CHECKING:
    import duckdb

SQL_TYPES = {"string": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"}

FINDINGS = ("findings", "across")


def data_set_in(folder: Path) -> Manifest:
    """The manifest of a data set. Raises UsageError where a build wrote none."""
    manifest = manifest_of(folder)
    if manifest is None:
        raise UsageError("no data set of govinfo build here.", where=str(folder), hint=BUILD_AGAIN)
    return manifest


def frame_in(folder: str | Path, name: str) -> pd.DataFrame:
    """One frame of a data set that ``govinfo build`` wrote, but the findings: "cells", "reports", "sections",
    "statements" or "problems"."""
    table = table_in(Path(folder), data_set_in(Path(folder)).batches, name)
    return frame_of(table.select(list(FRAMES[name])), FRAMES[name])


def cells_of(folder: str | Path, report_ids: Collection[str]) -> pd.DataFrame:
    """The cells of some reports of a data set that ``govinfo build`` wrote."""
    folder = Path(folder)
    found = []
    for batch in data_set_in(folder).batches if report_ids else ():
        if not set(report_ids).isdisjoint(table_in(folder, [batch], "reports", {"report_id"})["report_id"].to_pylist()):
            cells = table_in(folder, [batch], "cells")
            found.append(
                cells.filter(pc.is_in(cells["report_id"], value_set=pa.array(list(report_ids), ARROW["string"])))
            )
    return frame_of(joined(found, CELLS), CELLS)


def scan(folder: str | Path) -> duckdb.DuckDBPyConnection:
    """A data set of any size as views of a DuckDB connection, without loading it.

    The views ``cells``, ``reports``, ``findings``, ``sections``, ``statements`` and ``problems`` have the columns
    of the frames; ``labelled`` is the cells with the labels of the codebook: row_label_zh, row_label_en,
    column_label_zh, column_label_en. What a query gives is a frame by ``.df()``::

        db = govinfo.scan("data/processed")
        db.sql("SELECT year, count(*) FROM reports GROUP BY year ORDER BY year").df()

    It reads the parts that the manifest names, and does not check that they are what was written, as ``load`` does.
    Raises UsageError where no data set is, FileUnreadable where a part is gone, MissingSoftware without the extra
    ``export``.
    """
    folder = Path(folder)
    manifest = data_set_in(folder)
    try:
        import duckdb
    except ImportError as error:
        raise MissingSoftware("DuckDB is not installed.", hint="pip install 'govinfo[export]'") from error
    refuse_lost_parts(folder, manifest)
    database = duckdb.connect()
    for name, types in FRAMES.items():
        kinds = FINDINGS if name == "findings" else (name,)
        paths = [str(folder / part.path) for b in manifest.batches for kind in kinds for part in b.parts.get(kind, ())]
        database.execute(f"CREATE VIEW {name} AS {selected(types, paths)}")
    database.register("codebook", table_of_frame(codebook()))
    database.execute(
        "CREATE VIEW labelled AS SELECT cells.*, row_label_zh, row_label_en, column_label_zh, column_label_en "
        'FROM cells LEFT JOIN codebook USING (form, "table", "row", "column")'
    )
    return database


def refuse_lost_parts(folder: Path, manifest: Manifest) -> None:
    """Raises FileUnreadable for a part that is not there, or is no file."""
    for part in manifest.parts():
        if not (folder / part.path).is_file():
            raise FileUnreadable("is not there.", where=str(folder / part.path), hint=BUILD_AGAIN)


def selected(types: dict[str, str], paths: list[str]) -> str:
    """The statement that selects the columns of a frame from its parts."""
    if not paths:
        nothing = ", ".join(f'CAST(NULL AS {SQL_TYPES[type_]}) AS "{name}"' for name, type_ in types.items())
        return f"SELECT {nothing} WHERE false"
    columns = ", ".join(f'CAST("{name}" AS {SQL_TYPES[type_]}) AS "{name}"' for name, type_ in types.items())
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return f"SELECT {columns} FROM read_parquet([{listed}], hive_partitioning = true)"
