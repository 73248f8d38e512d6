"""Files that are never half-written: all of them are written beside, then moved into place one by one."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from govinfo.errors import FileUnreadable

WRITING = ".writing-"
"""How the name of a folder begins in which files are written."""

LEFT = 3600.0
"""Seconds after which nobody writes any more in such a folder: who did was killed."""


@contextmanager
def written_into(folder: Path) -> Iterator[Path]:
    """An empty folder to write files into; when the block ends well, they replace those of ``folder``.

    When it does not, what was there stays. Raises FileUnreadable when the folder cannot be written, or one of the
    files is write-protected or held open by another program.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder)
        with tempfile.TemporaryDirectory(dir=folder, prefix=WRITING) as beside:
            yield Path(beside)
            for path in sorted(Path(beside).iterdir()):
                refuse_protected(folder / path.name)
            for path in sorted(Path(beside).iterdir()):
                os.replace(path, folder / path.name)
    except OSError as error:
        raise FileUnreadable(
            f"cannot be written: {error.strerror or error}.",
            where=str(error.filename2 or folder),
            hint="Close it where it is open, or choose another place.",
        ) from error


def remove_leftovers(folder: Path) -> None:
    """Removes what writes that were killed left in a folder."""
    for path in folder.glob(f"{WRITING}*"):
        if time.time() - path.stat().st_mtime > LEFT:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """The path of a file to write; when the block ends well, it replaces ``path``. Raises as ``written_into``."""
    refuse_protected(path)
    with written_into(path.parent) as beside:
        yield beside / path.name


def refuse_protected(path: Path) -> None:
    """Raises FileUnreadable for a folder or a write-protected file: replacing it would pass over the protection."""
    if path.is_dir():
        raise FileUnreadable("is a folder, not a file.", where=str(path), hint="Choose another name.")
    if path.exists() and not path.stat().st_mode & 0o222:
        raise FileUnreadable(
            "is write-protected and stays as it is.",
            where=str(path),
            hint="Choose another name, or take the protection away.",
        )


def replace_file(path: Path, data: bytes, *, to_disk: bool = False) -> None:
    """Writes a file beside and moves it into its place; ``to_disk``: not before its bytes are on the disk. Raises
    FileUnreadable where it cannot be written; what was there before then stays."""
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(beside, "wb") as file:
            file.write(data)
            if to_disk:
                file.flush()
                os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise FileUnreadable(
            f"cannot be written: {error.strerror or error}.",
            where=str(path),
            hint="Close it where it is open, make room, or choose another place.",
        ) from error
