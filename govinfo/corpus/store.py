"""A data set on disk as parts: Parquet files that are never changed, and one manifest that says which of them count.

A part is named by the digest of its bytes. A build writes the parts that are new, then the manifest in one move: until
then the data set is the old one, from then on the new one. Parts that the manifest does not name are of no build, or
of one that was killed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govinfo.corpus.columns import KINDS, Tables, joined
from govinfo.corpus.dictionary import PROBLEMS
from govinfo.errors import FileUnreadable, UsageError
from govinfo.files.opened import opened, opened_to_add, whole_bytes
from govinfo.files.sums import digest_at
from govinfo.files.writing import replace_file

MANIFEST = "manifest.json"
MEMORY = "memory/manifest.json"
"""What only a later build needs, and may be gone."""
REMEMBERED = ("entries", "crossing")
"""The kinds of tables that only a later build needs."""
LOCK = "memory/lock"
LAYOUT = 2
"""The number of this layout of a data set; another one is built again."""

FOLDERS = {
    "cells": "cells",
    "sections": "sections",
    "statements": "statements",
    "findings": "findings",
    "across": "findings",
    "problems": "problems",
    "reports": "reports",
    "entries": "memory/entries",
    "crossing": "memory/crossing",
}
"""The folder of each kind of table."""

UNKNOWN_YEAR = "__HIVE_DEFAULT_PARTITION__"
"""What stands for a year that is not known in the name of a folder, as other programs have it."""

BUILD_AGAIN = "Build it again with: govinfo build SOURCE -o FOLDER"
OPEN_IT = "Check the rights of the file, or build it again with: govinfo build SOURCE -o FOLDER"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a data set: its path in the folder, the SHA-256 of its bytes, its rows."""

    path: str
    digest: str
    rows: int


@dataclass(frozen=True, slots=True)
class Batch:
    """The parts of some files, by kind of table."""

    parts: Mapping[str, tuple[Part, ...]]

    def rows(self, kind: str) -> int:
        """The rows of a kind of table."""
        return sum(part.rows for part in self.parts.get(kind, ()))


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which parts a data set is made of, batch by batch in the order of the files. ``asked`` tells how it was built,
    if that is remembered, else it is ""."""

    batches: tuple[Batch, ...] = field(default_factory=tuple)
    asked: str = ""

    def parts(self) -> Iterator[Part]:
        """All parts."""
        return (part for batch in self.batches for parts in batch.parts.values() for part in parts)


def manifest_of(folder: Path) -> Manifest | None:
    """The manifest of a data set, without what a later build needs; None where the folder has none. Raises UsageError
    for one of another layout, FileUnreadable for one that is broken."""
    told = told_in(folder / MANIFEST)
    return None if told is None else Manifest(told["batches"])


def manifest_with_memory(folder: Path) -> Manifest | None:
    """The manifest of a data set with what a later build needs; as ``manifest_of`` where that is gone."""
    manifest, memory = manifest_of(folder), told_in(folder / MEMORY)
    if manifest is None or memory is None or memory.get("of") != digest_at(folder / MANIFEST):
        return manifest
    pairs = zip(manifest.batches, memory["batches"], strict=True)
    return Manifest(tuple(Batch({**one.parts, **other.parts}) for one, other in pairs), memory["asked"])


def told_in(path: Path) -> dict[str, Any] | None:
    """What a manifest tells, its batches as such; None where it is not there. Raises as ``manifest_of``."""
    try:
        told: dict[str, Any] = json.loads(whole_bytes(path))
        if told["layout"] == LAYOUT:
            return {**told, "batches": batches_told(told)}
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileUnreadable(f"{error.strerror or error}.", where=str(path), hint=OPEN_IT) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FileUnreadable(f"cannot be read: {error}.", where=str(path), hint=BUILD_AGAIN) from error
    raise UsageError("another version wrote this data set.", where=str(path.parent), hint=BUILD_AGAIN)


def batches_told(told: Mapping[str, Any]) -> tuple[Batch, ...]:
    """The batches that a manifest tells of."""
    return tuple(
        Batch({kind: tuple(Part(**part) for part in parts) for kind, parts in batch.items()})
        for batch in told["batches"]
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Makes the parts of a manifest the data set, and removes those of others."""
    frames = as_json({}, manifest.batches, [kind for kind in FOLDERS if kind not in REMEMBERED])
    memory = {"of": digest_of(frames), "asked": manifest.asked}
    replace_file(folder / MEMORY, as_json(memory, manifest.batches, REMEMBERED))
    replace_file(folder / MANIFEST, frames)
    remove_parts(folder, {part.path for part in manifest.parts()})


def as_json(head: Mapping[str, str], batches: Sequence[Batch], kinds: Collection[str]) -> bytes:
    """What a manifest tells of those kinds of tables, as its file holds it."""
    parts = [{kind: list(map(asdict, batch.parts[kind])) for kind in kinds if kind in batch.parts} for batch in batches]
    return json.dumps({"layout": LAYOUT, **head, "batches": parts}, ensure_ascii=False, indent=1).encode()


def digest_of(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def remove_store(folder: Path) -> None:
    """Removes the data set that a build wrote."""
    (folder / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(folder / "memory", ignore_errors=True)
    remove_parts(folder, set())


def remove_parts(folder: Path, wanted: Collection[str]) -> None:
    """Removes the parts that are not wanted, and the folders that are then empty."""
    for name in dict.fromkeys(FOLDERS.values()):
        for path in sorted((folder / name).rglob("*"), reverse=True):
            if path.is_dir():
                with suppress(OSError):
                    path.rmdir()
            elif path.relative_to(folder).as_posix() not in wanted:
                path.unlink(missing_ok=True)
        with suppress(OSError):
            (folder / name).rmdir()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While the block runs, no other build writes to the folder. Raises FileUnreadable where one does."""
    try:
        (folder / LOCK).parent.mkdir(parents=True, exist_ok=True)
        lock = opened_to_add(folder / LOCK)
    except OSError as error:
        raise FileUnreadable(
            f"cannot be written: {error.strerror or error}.", where=str(folder), hint="Choose another place."
        ) from error
    with lock:
        try:
            import fcntl  # not there on Windows
        except ImportError:
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FileUnreadable(
                "another build is writing here.", where=str(folder), hint="Wait for it, or choose another place."
            ) from error
        yield


# Parts


def written_parts(folder: Path, kind: str, table: pa.Table) -> tuple[Part, ...]:
    """Writes a table as parts, none where it is empty; cells in one for each year."""
    if not table.num_rows:
        return ()
    if kind != "cells":
        return (written_part(folder, FOLDERS[kind], table),)
    years = sorted(table["year"].unique().to_pylist(), key=lambda year: (year is None, year))
    return tuple(
        written_part(folder, f"cells/year={UNKNOWN_YEAR if year is None else year}", of_year(table, year))
        for year in years
    )


def of_year(table: pa.Table, year: int | None) -> pa.Table:
    """The rows of a year, without the column that is the same in all."""
    wanted = pc.is_null(table["year"]) if year is None else pc.equal(table["year"], year)
    return table.filter(wanted).drop_columns(["year"])


def written_part(folder: Path, place: str, table: pa.Table) -> Part:
    """Writes a table as a part, unless that very part is there."""
    buffer = pa.BufferOutputStream()
    pq.write_table(table.combine_chunks(), buffer, compression="zstd")
    data = buffer.getvalue().to_pybytes()
    digest = digest_of(data)
    path = f"{place}/part-{digest[:20]}.parquet"
    if not (folder / path).is_file() or digest_at(folder / path) != digest:
        replace_file(folder / path, data)
    return Part(path, digest, table.num_rows)


def table_in(folder: Path, batches: Sequence[Batch], kind: str, columns: Collection[str] = ()) -> pa.Table:
    """The table of a kind of some batches, or some of its columns. Raises FileUnreadable for a part that is gone or not
    what was written."""
    types = {name: type_ for name, type_ in KINDS[kind].items() if not columns or name in columns}
    tables = [part_in(folder, part, columns) for batch in batches for part in batch.parts.get(kind, ())]
    return joined(tables, types)


def part_in(folder: Path, part: Part, columns: Collection[str] = ()) -> pa.Table:
    """The table in a part, or some of its columns."""
    path = folder / part.path
    try:
        with opened(path) as file:
            data = file.read()
    except OSError as error:
        raise FileUnreadable(f"{error.strerror or error}.", where=str(path), hint=OPEN_IT) from error
    if digest_of(data) != part.digest:
        raise FileUnreadable(
            "is not what the build wrote: it was changed or is damaged.", where=str(path), hint=BUILD_AGAIN
        )
    # Of one part, this takes half the time of ``read_table``, which looks for more of them.
    table = pq.ParquetFile(pa.BufferReader(data)).read(columns=list(columns) or None)
    folder_name = Path(part.path).parent.name
    if folder_name.startswith("year="):
        told = folder_name.removeprefix("year=")
        year = pa.scalar(None if told == UNKNOWN_YEAR else int(told), pa.int64())
        table = table.append_column("year", pa.repeat(year, table.num_rows))
    return table


def tables_in(folder: Path, batches: Sequence[Batch]) -> Tables:
    """All frames of some batches, each in the order of the reports."""
    reports = table_in(folder, batches, "reports")
    ids = reports["report_id"].combine_chunks()
    findings = pa.concat_tables([table_in(folder, batches, "findings"), table_in(folder, batches, "across")])
    return {
        "cells": in_order_of(ids, table_in(folder, batches, "cells")),
        "reports": reports,
        "findings": in_order_of(ids, findings),
        "sections": in_order_of(ids, table_in(folder, batches, "sections")),
        "statements": in_order_of(ids, table_in(folder, batches, "statements")),
        "problems": table_in(folder, batches, "problems").select(list(PROBLEMS)),
    }


def in_order_of(keys: pa.Array, table: pa.Table, column: str = "report_id") -> pa.Table:
    """The rows of a table in the order of the keys that a column holds, those of one key as they stand."""
    at = pc.index_in(table[column], value_set=keys).to_numpy()
    if (at[1:] >= at[:-1]).all():
        return table
    return table.take(pa.array(np.argsort(at, kind="stable")))
