"""Bytes to Document. One module for each file type; the type is told from the content, not from the suffix."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath

from govinfo.document import Document
from govinfo.errors import FileUnreadable, MissingSoftware, NothingToRead
from govinfo.readers.docx import read_docx
from govinfo.readers.html import read_html
from govinfo.readers.ocr import read_image, read_scanned_pdf
from govinfo.readers.office import read_office
from govinfo.readers.sniff import kind_of
from govinfo.readers.text import read_text
from govinfo.readers.worker import read_pdf_apart

READERS: dict[str, Callable[[bytes], Document]] = {
    "html": read_html,
    "docx": read_docx,
    "text": read_text,
    "image": read_image,
}


def read_document(data: bytes, name: str = "") -> Document:
    """The Document of a file's bytes; ``name`` only helps where the content leaves the type open.

    Raises FileUnreadable (empty, broken, encrypted, unknown type), NothingToRead (no text in it) or
    MissingSoftware (a type that needs an extra or a program).
    """
    kind = kind_of(data, name)
    if kind == "pdf":
        return read_any_pdf(data)
    if kind == "doc":
        return read_office(data, PurePath(name).suffix or ".doc")
    if kind not in READERS:
        raise FileUnreadable(
            "The content is of no type that is read here (HTML, PDF, DOCX, DOC, text, Markdown, pictures).",
            hint="Open it in the program that made it and save it as PDF, DOCX or text.",
        )
    return READERS[kind](data)


def read_any_pdf(data: bytes) -> Document:
    """A PDF by its text; where it has none that is seen, by its pictures, or else by the text that lies over them."""
    with suppress(NothingToRead):
        return read_pdf_apart(data)
    try:
        return read_scanned_pdf(data)
    except MissingSoftware as missing:
        try:
            return read_pdf_apart(data, layers=True)
        except NothingToRead:
            raise missing from None
