"""Rows that come in one order and are wanted in another: in between they lie in files, for any number of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from govinfo.corpus.columns import joined

NONE = -1
"""The number of rows that nobody wants."""


@contextmanager
def for_now(folder: Path) -> Iterator[Path]:
    """A folder that is there, and empty at first, until the block ends: whatever a build that was killed left in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def by_number(table: pa.Table, numbers: Mapping[str, int]) -> Iterator[tuple[int, pa.Table]]:
    """The rows of reports by the number that their report has, from 0, those of one as they stand; rows of other
    reports are left out."""
    ids = pa.array(list(numbers), pa.string())
    at = pc.index_in(table["report_id"], value_set=ids).fill_null(len(ids)).to_numpy()
    number = np.array([*numbers.values(), NONE])[at]
    order = np.argsort(number, kind="stable")
    number, rows = number[order], table.take(pa.array(order))
    for start, end in pairwise(sorted({0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(number)})):
        if number[start] != NONE:
            yield int(number[start]), rows.slice(start, end - start)


def put(path: Path, rows: pa.Table) -> None:
    """Puts rows behind those that a file holds."""
    with open(path, "ab") as file, pa.ipc.new_stream(file, rows.schema) as stream:
        stream.write_table(rows)


def taken(path: Path, types: Mapping[str, str]) -> pa.Table:
    """The rows that were put into a file, none where it is not there; it is removed."""
    pieces = []
    with suppress(FileNotFoundError), open(path, "rb") as file:
        end = os.fstat(file.fileno()).st_size
        while file.tell() < end:
            pieces.append(pa.ipc.open_stream(file).read_all())
    path.unlink(missing_ok=True)
    return joined(pieces, types)
