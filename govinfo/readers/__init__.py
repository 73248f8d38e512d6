"""Bytes to Document. One module for each file type; the type is told from the content, not from the suffix."""

from __future__ import annotations

from collections.abc import Callable

from govinfo.document import Document
from govinfo.errors import FileUnreadable, MissingSoftware, NothingToRead
from govinfo.readers.docx import read_docx
from govinfo.readers.html import read_html
from govinfo.readers.pdf import read_pdf
from govinfo.readers.sniff import kind_of
from govinfo.readers.text import read_text

READERS: dict[str, Callable[[bytes], Document]] = {
    "html": read_html,
    "docx": read_docx,
    "pdf": read_pdf,
    "text": read_text,
}

UNREAD = {
    "doc": MissingSoftware(
        "This is a file of an old office program (.doc, .wps or RTF), which this version does not read.",
        hint="Open it in LibreOffice, WPS or Word and save it as .docx or PDF.",
    ),
    "image": NothingToRead(
        "This is a picture; reading text from pictures is not part of this version.",
        hint="Look for the report as a web page, DOCX or PDF with text.",
    ),
    "unknown": FileUnreadable(
        "The content is of no type that is read here (HTML, PDF, DOCX, text, Markdown).",
        hint="Open it in the program that made it and save it as PDF, DOCX or text.",
    ),
}


def read_document(data: bytes, name: str = "") -> Document:
    """The Document of a file's bytes; ``name`` only helps where the content leaves the type open.

    Raises FileUnreadable (empty, broken, encrypted, unknown type), NothingToRead (no text in it) or
    MissingSoftware (a type that needs an extra program).
    """
    kind = kind_of(data, name)
    if kind in UNREAD:
        error = UNREAD[kind]
        raise type(error)(error.message, hint=error.hint)
    return READERS[kind](data)
