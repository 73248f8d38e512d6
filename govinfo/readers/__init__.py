"""Bytes to Document. One module for each file type; the type is told from the content, not from the suffix."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from govinfo.document import Document
from govinfo.errors import FileUnreadable, MissingSoftware, NothingToRead
from govinfo.readers.docx import read_docx
from govinfo.readers.mhtml import read_mhtml
from govinfo.readers.ocr import read_image, read_scanned_pdf
from govinfo.readers.office import read_office
from govinfo.readers.pdf_pictures import with_pictures_read
from govinfo.readers.script import read_page, read_script
from govinfo.readers.sniff import kind_of, refused
from govinfo.readers.text import read_text
from govinfo.readers.worker import pictures_apart, read_pdf_again_apart, read_pdf_apart


def read_workbook(data: bytes) -> Document:
    """The document in an .xlsx; what reads it takes long to load, and few reports are workbooks."""
    from govinfo.readers.xlsx import read_xlsx

    return read_xlsx(data)


def read_old_workbook(data: bytes) -> Document:
    """The document in an .xls, loaded likewise."""
    from govinfo.readers.xls import read_xls

    return read_xls(data)


READERS: dict[str, Callable[[bytes], Document]] = {
    "html": read_page,
    "mhtml": read_mhtml,
    "script": read_script,
    "docx": lambda data: read_docx(data, read_document),
    "xlsx": read_workbook,
    "xls": read_old_workbook,
    "text": read_text,
    "image": read_image,
}


def read_document(data: bytes, name: str = "") -> Document:
    """The Document of a file's bytes; ``name`` only helps where the content leaves the type open.

    Raises FileUnreadable (empty, broken, encrypted, a type that is not read), NothingToRead (no text in it) or
    MissingSoftware (a type that needs an extra or a program).
    """
    kind = kind_of(data, name)
    if kind == "pdf":
        return read_any_pdf(data)
    if kind == "doc":
        return read_office(data, PurePath(name).suffix or ".doc")
    if kind not in READERS:
        raise not_read(kind)
    return READERS[kind](data)


def not_read(kind: str) -> FileUnreadable:
    """The error for a kind of file that is not read here, by its name."""
    if kind in refused():
        return FileUnreadable(f"This is {refused()[kind].name}; it is not read here.", hint=refused()[kind].hint)
    if kind == "archive":
        return FileUnreadable("This is an archive of files.", hint="Unpack it and give the files in it.")
    return FileUnreadable(
        "The content is of no type that is read here (HTML, PDF, Word, Excel, text, Markdown, pictures, zip).",
        hint="Open it in the program that made it and save it as PDF, DOCX or text.",
    )


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


def document_again(data: bytes, first: Document) -> Document | None:
    """What a second reader makes of a file: pdfplumber of a PDF, recognition at another size of a scan. None for other
    files, and where the second reader finds nothing to read."""
    second = SECOND_READERS.get(first.reader)
    try:
        return second(data) if second else None
    except FileUnreadable:
        return None


def scan_again(data: bytes) -> Document:
    """A scan or a picture, recognised at another size."""
    read = read_scanned_pdf if kind_of(data) == "pdf" else read_image
    return replace(read(data, size=SECOND_SIZE), reader="ocr-again")


SECOND_READERS: dict[str, Callable[[bytes], Document]] = {"pdf": read_pdf_again_apart, "ocr": scan_again}
"""The second reader for what the first one was."""

SECOND_SIZE = 1.4
"""How much larger the second recognition takes its picture before it is brought to its usual size."""
