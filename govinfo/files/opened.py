"""The bytes of a file that somebody names: only of a regular one, and of no more than is asked for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from govinfo.errors import FileUnreadable


def regular_bytes(path: str | Path, most: int) -> bytes:
    """The bytes of a file, one more than ``most`` at most; what it is, is asked of the open file.

    Raises FileUnreadable for a pipe, which would never end, a device, a socket or a folder; OSError where it cannot
    be opened.
    """
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise FileUnreadable(
            "This is no regular file: a pipe, a device or a folder.",
            hint="Look at it, and copy it to where it can be read.",
        )
    with os.fdopen(number, "rb") as file:
        return file.read(most + 1)


def whole_bytes(path: str | Path, most: int) -> bytes:
    """The bytes of a file of at most ``most``. Raises FileUnreadable for a larger one, and as ``regular_bytes``."""
    return refuse_too_large(regular_bytes(path, most), most)


def refuse_too_large(data: bytes, most: int) -> bytes:
    """The bytes. Raises FileUnreadable for more than ``most``."""
    if len(data) > most:
        raise FileUnreadable(
            f"The file is larger than {most >> 20} MB.", hint="Split it, or read it with a higher limit."
        )
    return data
