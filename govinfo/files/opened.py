"""The files that somebody names: only regular ones are opened, and no more of one is read than is asked for.

What a file is, is asked of the open file, and opening never waits: a pipe would never end.
"""

from __future__ import annotations

import os
import stat
from io import BufferedReader, BufferedWriter
from pathlib import Path

from govinfo.errors import FileUnreadable

MOST = 256 << 20
"""Bytes of a file that a person keeps, or that a web site sends, unless another limit is given."""

AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def opened(path: str | Path) -> BufferedReader:
    """A regular file, open to be read.

    Raises FileUnreadable for a pipe, a device, a socket or a folder; OSError where it cannot be opened.
    """
    return os.fdopen(regular(os.open(path, os.O_RDONLY | AT_ONCE), path), "rb")


def opened_to_add(path: str | Path) -> BufferedWriter:
    """A regular file, open to be written at its end; made where it is not there. Raises as ``opened``."""
    return os.fdopen(regular(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | AT_ONCE, 0o666), path), "ab")


def regular(number: int, path: str | Path) -> int:
    """The number of an open file. Raises FileUnreadable for one that is no regular one, and closes it."""
    if stat.S_ISREG(os.fstat(number).st_mode):
        return number
    os.close(number)
    raise FileUnreadable(
        "This is no regular file: a pipe, a device or a folder.",
        where=str(path),
        hint="Look at it, and copy it to where it can be read.",
    )


def whole_bytes(path: str | Path, most: int = MOST) -> bytes:
    """The bytes of a file of at most ``most``. Raises FileUnreadable for a larger one, and as ``opened``."""
    with opened(path) as file:
        return refuse_too_large(file.read(most + 1), most, str(path))


def refuse_too_large(data: bytes, most: int, where: str = "") -> bytes:
    """The bytes. Raises FileUnreadable for more than ``most``."""
    if len(data) > most:
        raise FileUnreadable(
            f"The file is larger than {most >> 20} MB.", where=where, hint="Split it, or read it with a higher limit."
        )
    return data


def shown(name: str) -> str:
    """A file's name as text: one that is not UTF-8 is taken for Chinese of old systems, else its bytes are named."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")
