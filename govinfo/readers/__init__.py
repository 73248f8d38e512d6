"""Bytes to Document. One module for each file type; the type is told from the content, not from the suffix."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from govinfo.document import Document
from govinfo.errors import FileUnreadable
from govinfo.readers.docx import read_docx
from govinfo.readers.office import read_office
from govinfo.readers.script import read_page, read_script
from govinfo.readers.sniff import kind_of, refused
from govinfo.readers.text import read_text


def later(module: str, reader: str) -> Callable[[bytes], Document]:
    """A reader that its first file loads: those of PDF, pictures and workbooks take as long to load as all others."""
    return lambda data: getattr(import_module(f"govinfo.readers.{module}"), reader)(data)


READERS: dict[str, Callable[[bytes], Document]] = {
    "html": read_page,
    "mhtml": later("mhtml", "read_mhtml"),
    "script": read_script,
    "docx": lambda data: read_docx(data, read_document),
    "pdf": later("paged", "read_any_pdf"),
    "xlsx": later("xlsx", "read_xlsx"),
    "xls": later("xls", "read_xls"),
    "text": read_text,
    "image": later("ocr", "read_image"),
}


def read_document(data: bytes, name: str = "") -> Document:
    """The Document of a file's bytes; ``name`` only helps where the content leaves the type open.

    Raises FileUnreadable (empty, broken, encrypted, a type that is not read), NothingToRead (no text in it) or
    MissingSoftware (a type that needs an extra or a program).
    """
    kind = kind_of(data, name)
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


def document_again(data: bytes, first: Document) -> Document | None:
    """What a second reader makes of a file: pdfplumber of a PDF, recognition at another size of a scan. None for other
    files, and where the second reader finds nothing to read."""
    second = SECOND_READERS.get(first.reader)
    try:
        return second(data) if second else None
    except FileUnreadable:
        return None


SECOND_READERS: dict[str, Callable[[bytes], Document]] = {
    "pdf": later("worker", "read_pdf_again_apart"),
    "ocr": later("paged", "scan_again"),
}
"""The second reader for what the first one was."""
