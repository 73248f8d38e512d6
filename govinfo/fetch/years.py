"""Whether a fetched file is about the year that the list names: lists of sites are often a year off."""

from __future__ import annotations

import os
from pathlib import Path
from threading import BoundedSemaphore

from govinfo.errors import GovinfoError
from govinfo.files.apart import Ended, Limits, can_be_apart, done_apart
from govinfo.files.opened import whole_bytes
from govinfo.identity.identify import identify
from govinfo.identity.parts import parts_of
from govinfo.readers import read_document
from govinfo.readers.sniff import kind_of

_reading = BoundedSemaphore(os.cpu_count() or 1)
"""Many hosts are asked side by side; so many processes read what they send."""


def year_note(path: Path, listed: int) -> str:
    """What to say of a file whose reports are all on other years than the list has; "" where one is, or none tells
    its year."""
    try:
        data = whole_bytes(path)
        with _reading:
            found = done_apart(f"{__name__}:years_in", data, path.name, limits=Limits()) if can_be_apart() else ()
    except (GovinfoError, Ended, RuntimeError, OSError):
        return ""  # a build of the folder says what stands against reading it
    if not found or listed in found:
        return ""
    return f"The list says {listed}, the report says {', '.join(map(str, found))}."


def years_in(data: bytes, name: str) -> tuple[int, ...]:
    """The years that the reports in a file say they are on; those of pictures are not recognised here."""
    if kind_of(data, name) in {"image", "archive"}:
        return ()
    document = read_document(data, name)
    return tuple(sorted({year for part in parts_of(document) if (year := identify(part.document).year)}))
