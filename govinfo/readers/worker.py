"""PDF files are read in a process of their own, with limits of time and memory: native code runs on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from govinfo.document import Document
from govinfo.errors import FileUnreadable
from govinfo.files.apart import Ended, Limits, apart_or_here
from govinfo.readers.pdf import read_pdf
from govinfo.readers.pdf_pictures import Place, pictures_of
from govinfo.readers.pdfium import Pixels

Made = TypeVar("Made")

LIMITS = Limits()
"""A report of some hundred pages takes a few seconds."""

_HINT = "Open it in a PDF viewer and print it to a new PDF; if that fails, it is broken or harmful."


def read_pdf_apart(data: bytes, layers: bool = False) -> Document:
    """``read_pdf`` in a process with limits; where there can be none, as on Windows, or this is one, here.

    Raises ``FileUnreadable`` too where a limit is reached.
    """
    return apart(read_pdf, data, layers)


def read_pdf_again_apart(data: bytes) -> Document:
    """``read_pdf_again`` in the same way: what hangs one parser may not hang another, and the other way round."""
    from govinfo.readers.pdf_again import read_pdf_again  # pdfplumber takes long to load, and few files are read twice

    return apart(read_pdf_again, data)


def pictures_apart(data: bytes, places: Sequence[Place]) -> list[Pixels]:
    """``pictures_of`` in the same way."""
    return apart(pictures_of, data, places)


def apart(read: Callable[..., Made], *questions: object) -> Made:
    """What a reader makes of a file, in a process with limits where there can be one."""
    try:
        return apart_or_here(read, *questions, limits=LIMITS)
    except Ended as error:
        raise limit_reached(error) from None


def limit_reached(error: Ended) -> FileUnreadable:
    """What is said of a file that ended the process that read it."""
    if error.why == "time":
        return FileUnreadable(f"The PDF was not read within {LIMITS.seconds:.0f} seconds.", hint=_HINT)
    return FileUnreadable(
        f"The PDF needs more than {LIMITS.memory >> 20} MB of memory, or breaks what reads it.", hint=_HINT
    )
