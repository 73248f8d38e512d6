"""PDF files and scans -> Document: by their text or by recognition of their pictures, whichever shows what is seen."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from govinfo.document import Document
from govinfo.errors import MissingSoftware, NothingToRead
from govinfo.readers.ocr import read_image, read_scanned_pdf
from govinfo.readers.pdf_pictures import with_pictures_read
from govinfo.readers.sniff import kind_of
from govinfo.readers.worker import pictures_apart, read_pdf_apart

SECOND_SIZE = 1.4
"""How much larger the second recognition takes its picture before it is brought to its usual size."""


def read_any_pdf(data: bytes) -> Document:
    """A PDF by its text; where it has none that is seen, by its pictures, or else by the text that lies over them."""
    with suppress(NothingToRead):
        return with_pictures_read(read_pdf_apart(data), partial(pictures_apart, data))
    try:
        return read_scanned_pdf(data)
    except MissingSoftware as missing:
        try:
            return read_pdf_apart(data, layers=True)
        except NothingToRead:
            raise missing from None


def scan_again(data: bytes) -> Document:
    """A scan or a picture, recognised at another size."""
    read = read_scanned_pdf if kind_of(data) == "pdf" else read_image
    return replace(read(data, size=SECOND_SIZE), reader="ocr-again")
