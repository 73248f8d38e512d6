"""What kind of file some bytes are, told from the bytes: the suffix of a name is often wrong."""

from __future__ import annotations

import io
import re
import zipfile

from govinfo.errors import FileUnreadable
from govinfo.readers.docx import main_part
from govinfo.readers.html import decode

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGE = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF.{4}WEBP|BM.{4}\0{4}", re.DOTALL
)  # the zeros are the reserved field of a bitmap's header
_WORD_XML = re.compile(r"<\?mso-application\s+progid=\"Word\.Document\"|<(?:w:)?wordDocument\b")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FIRST_TAG = re.compile(
    r"<(?:!--|(?:article|b|blockquote|center|div|dl|font|form|h[1-6]|link|main|meta|ol|p|script|section|span|strong|style|"
    r"table|tbody|title|tr|ucapcontent|ul)\b[^<>]*>)",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?(?:a|b|br|div|font|h[1-6]|img|li|p|span|strong|td|tr|u|ul)\b[^<>]*>", re.IGNORECASE)
_MANY_TAGS = 20
_START = 65536


def kind_of(data: bytes, name: str = "") -> str:
    """One of html, docx, pdf, text, doc, image, unknown. ``name`` is only for the message of an error."""
    if data.startswith(b"PK"):
        return "docx" if _is_docx(data) else "unknown"
    if data.startswith(_OLE):
        return _kind_of_ole(data, name)
    if data.startswith(b"{\\rtf"):
        return "doc"
    if _IMAGE.match(data):
        return "image"
    if re.search(rb"%PDF-\d", data[:1032]):
        return "pdf"
    text = decode(data)
    if not text.strip("\0 \t\r\n"):
        raise FileUnreadable("the file is empty", where=name, hint="Download or export it again.")
    return _kind_of_text(text)


def _is_docx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(main_part(archive.namelist()))
    except zipfile.BadZipFile:
        # A download cut short has lost the list of its parts; the reader says what to do about it.
        return b"word/document" in data


def _kind_of_ole(data: bytes, name: str) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise FileUnreadable(
            "the file is protected by a password",
            where=name,
            hint="Open it with the password and save it without one.",
        )
    other = holds("Workbook") or holds("PowerPoint Document")
    return "unknown" if other and not holds("WordDocument") else "doc"


def _kind_of_text(text: str) -> str:
    start = text[:_START].strip()
    if not _is_readable(start):
        return "unknown"
    if _WORD_XML.search(start[:2000]):
        return "doc"
    if _is_html(text, start):
        return "html"
    return "unknown" if start.startswith(("<?xml", "MIME-Version:")) else "text"


def _is_html(text: str, start: str) -> bool:
    if _PAGE.search(start) or _FIRST_TAG.match(start):
        return True
    lowered = text.lower()
    has_table = all(tag in lowered for tag in ("<table", "<tr", "<td"))
    tags = len(_TAG.findall(start))
    return has_table or tags >= max(_MANY_TAGS, len(start) // 200)


def _is_readable(text: str) -> bool:
    """Whether hardly any character is one that no text has."""
    strange = sum(character == "\ufffd" or (character < " " and character not in "\t\n\r\f\x1a") for character in text)
    return "\0" not in text and strange <= len(text) // 20
