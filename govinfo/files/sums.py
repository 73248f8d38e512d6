"""Files that belong together: a list of their SHA-256 beside them, as ``sha256sum --check`` reads it.

The list is the first to take its place. Where a write stopped between two files, it names others than those that are
there, and who reads them is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from govinfo.errors import FileUnreadable
from govinfo.files.opened import opened, whole_bytes

SUMS = "SHA256SUMS"


def write_sums(beside: Path, folder: Path) -> None:
    """Writes the list of the files in ``beside``, which go to ``folder``, with what the list there says of others."""
    listed = {**sums_in(folder), **{path.name: digest_at(path) for path in sorted(beside.iterdir())}}
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(listed.items()) if name != SUMS)
    (beside / SUMS).write_text(lines, encoding="utf-8")


def sums_in(folder: Path) -> dict[str, str]:
    """The digests that the list in a folder names, by file; none where there is no list."""
    try:
        lines = whole_bytes(folder / SUMS).decode("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def digest_at(path: Path) -> str:
    """The SHA-256 of a file."""
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refuse_changed(folder: Path, names: Iterable[str]) -> None:
    """Raises FileUnreadable for a file that is not the one that the list names; what is not listed may be any."""
    listed = sums_in(folder)
    for name in names:
        if name in listed and digest_at(folder / name) != listed[name]:
            raise FileUnreadable(
                "is not what was written with the others: it was changed, is damaged, or its writing was stopped.",
                where=str(folder / name),
                hint=f"Write the data set again; to take the files as they are, remove {SUMS}.",
            )
