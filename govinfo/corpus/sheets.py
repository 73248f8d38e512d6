"""A data set as CSV, for those who open it in Excel: batch by batch, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from govinfo.corpus.columns import joined
from govinfo.corpus.dictionary import FRAMES
from govinfo.corpus.store import Batch, tables_in
from govinfo.files.sheet_text import BOM, csv_lines
from govinfo.files.writing import written_into

MOST_CELLS = 500_000
"""Cells of a data set that is written as CSV unasked; Excel opens no more than a million lines."""


def write_sheets(folder: Path, batches: Sequence[Batch], wanted: bool | None) -> bool:
    """Writes the frames of a data set as CSV where that is wanted (None: unless it is too large), and removes those
    of another data set; True where it wrote."""
    if wanted is None:
        wanted = sum(batch.rows("cells") for batch in batches) <= MOST_CELLS
    if not wanted:
        for name in FRAMES:
            (folder / f"{name}.csv").unlink(missing_ok=True)
        return False
    with written_into(folder) as beside:
        for name, types in FRAMES.items():
            (beside / f"{name}.csv").write_bytes(BOM + csv_lines(joined([], types)))
        for batch in batches:
            for name, table in tables_in(folder, [batch]).items():
                if not table.num_rows:
                    continue
                with open(beside / f"{name}.csv", "ab") as file:
                    file.write(csv_lines(table, header=False))
    return True
