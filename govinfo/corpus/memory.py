"""What a folder remembers of the build before: which files it read, and in which batch what they said stands."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import govinfo
from govinfo.corpus.places import Place, is_address
from govinfo.corpus.store import Batch, Manifest, manifest_with_memory, table_in
from govinfo.corpus.work import Asked
from govinfo.errors import FileUnreadable, GovinfoError
from govinfo.files.opened import opened
from govinfo.files.writing import replace_file

PLACES = "memory/places.parquet"
"""When files last changed, as their folders told: a file that has not changed since need not be opened."""

ROOMS = ("text", "files", "readers", "forms", "tables", "prose", "identity", "checks", "report", "corpus")
BESIDE = ("pypdfium2", "pdfplumber", "lxml", "python-docx", "openpyxl", "xlrd", "rapidocr", "onnxruntime", "pyarrow")
"""What reads: rooms of this package, and other packages. Where one changes, everything is read again."""

RECENT = 2_000_000_000
"""Nanoseconds within which a file may change without its folder telling another time."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A file that was read before: the digest of its bytes, the number of the batch and of the line in it."""

    digest: str
    batch: int


@dataclass(frozen=True)
class Memory:
    """What is known of the build before. ``manifest`` is that of the data set as it stands, None where there is none;
    ``files`` are those that need not be read again while they have their digest, by name; ``names`` all files of each
    batch in their order; ``why`` says in words why nothing is remembered, "" where something is."""

    manifest: Manifest | None = None
    files: Mapping[str, Remembered] = field(default_factory=dict)
    names: tuple[tuple[str, ...], ...] = ()
    told: Mapping[str, tuple[str, int, int, str]] = field(default_factory=dict)
    why: str = ""

    def batch(self, number: int) -> Batch:
        """A batch of the data set as it stands."""
        assert self.manifest
        return self.manifest.batches[number]

    def knows(self, place: Place) -> bool:
        """True for a file that need not even be opened."""
        told = self.told.get(place.name)
        mine = self.files.get(place.name)
        now = (os.path.abspath(place.path), place.size, place.changed)
        return bool(told and mine and place.changed and told[:3] == now and told[3] == mine.digest)


def memory_of(folder: Path, asked: Asked) -> Memory:
    """What the data set in a folder remembers, if it was built as asked."""
    try:
        manifest = manifest_with_memory(folder)
    except GovinfoError as error:
        return Memory(why=error.message)
    if manifest is None:
        return Memory()
    if not manifest.asked:
        return Memory(manifest)
    if manifest.asked != as_text(asked):
        return Memory(manifest, why="another version of what reads, or other options, made what is there.")
    files: dict[str, Remembered] = {}
    names = []
    try:
        for number, batch in enumerate(manifest.batches):
            entries = table_in(folder, [batch], "entries", {"file", "digest", "state"})
            lines = list(zip(*(entries[name].to_pylist() for name in ("file", "digest", "state")), strict=True))
            names.append(tuple(dict.fromkeys(file for file, _, _ in lines)))
            again = {file for file, digest, state in lines if state == "again" or not digest}
            files |= {file: Remembered(digest, number) for file, digest, _ in lines if file not in again}
        return Memory(manifest, files, tuple(names), told_in(folder))
    except GovinfoError as error:
        return Memory(manifest, why=error.message)


def as_text(asked: Asked) -> str:
    """How files are to be read, and by what, in one text: another one makes another data set of the same files."""
    aliases = "" if asked.aliases is None else repr(sorted(asked.aliases.entries.items()))
    limits = f"{asked.limits.seconds:g} s, {asked.limits.memory} and {asked.limits.size} bytes"
    tables = hashlib.sha256(aliases.encode()).hexdigest()[:16] if aliases else "none"
    return f"read twice: {asked.twice}; aliases: {tables}; limits: {limits}; by: {fingerprint()}"


@cache
def fingerprint() -> str:
    """A digest of what reads: the files of this package that do, and the versions of the packages that they use."""
    found = hashlib.sha256()
    root = Path(govinfo.__file__).parent
    for path in sorted(path for room in ROOMS for path in (root / room).rglob("*") if path.suffix in {".py", ".csv"}):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    found.update((root / "document.py").read_bytes())
    for name in BESIDE:
        try:
            found.update(f"{name} {version(name)}".encode())
        except PackageNotFoundError:
            continue
    return found.hexdigest()[:16]


# What folders told


def told_in(folder: Path) -> dict[str, tuple[str, int, int, str]]:
    """When files last changed, as it was told; nothing where that cannot be read: it only saves time."""
    try:
        with opened(folder / PLACES) as file:
            columns = pq.ParquetFile(file).read().to_pydict()
        columns["path"] = [os.fsdecode(path) for path in columns["path"]]
        lines = zip(*(columns[name] for name in ("path", "size", "changed", "digest")), strict=True)
        return dict(zip(columns["name"], lines, strict=True))
    except (OSError, ValueError, KeyError, TypeError, FileUnreadable):
        return {}


def places_told(folder: Path) -> dict[str, str]:
    """Where the files of a data set were when it was built, by their names in the frames."""
    return {name: path for name, (path, *_) in told_in(folder).items()}


def write_told(folder: Path, places: Iterable[Place], digests: Mapping[str, str], began: int) -> None:
    """Keeps when files last changed, of those that had not just changed when the build ``began`` (nanoseconds)."""
    still = [
        place
        for place in places
        if not is_address(place.path) and 0 < place.changed < began - RECENT and digests.get(place.name)
    ]
    if not still:
        return
    columns = {
        "name": [place.name for place in still],
        "path": [os.fsencode(os.path.abspath(place.path)) for place in still],  # it may be no UTF-8
        "size": [place.size for place in still],
        "changed": [place.changed for place in still],
        "digest": [digests[place.name] for place in still],
    }
    buffer = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), buffer)
    replace_file(folder / PLACES, buffer.getvalue().to_pybytes())


def now() -> int:
    """The time in nanoseconds, as files tell it."""
    return time.time_ns()
