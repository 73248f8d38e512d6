"""What kind of file some bytes are, told from the bytes: the suffix of a name is often wrong."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from govinfo.errors import FileUnreadable
from govinfo.files.data import read_table
from govinfo.readers.docx import main_part
from govinfo.readers.html import decode
from govinfo.readers.script import begins_as_script
from govinfo.readers.unpacking import BROKEN

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGE = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF.{4}WEBP|BM.{4}\0{4}", re.DOTALL
)  # the zeros are the reserved field of a bitmap's header
_WORD_XML = re.compile(r"<\?mso-application\s+progid=\"Word\.Document\"|<(?:w:)?wordDocument\b")
_SHEET_XML = re.compile(r"<\?mso-application\s+progid=\"Excel\.Sheet\"|<(?:ss:)?Workbook\s[^>]*office:spreadsheet")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FIRST_TAG = re.compile(
    r"<(?:!--|(?:article|b|blockquote|center|div|dl|font|form|h[1-6]|link|main|meta|ol|p|script|section|span|strong|style|"
    r"table|tbody|title|tr|ucapcontent|ul)\b[^<>]*>)",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?(?:a|b|br|div|font|h[1-6]|img|li|p|span|strong|td|tr|u|ul)\b[^<>]*>", re.IGNORECASE)
_MANY_TAGS = 20
_START = 65536

_FIELD = re.compile(rb"\s*[A-Za-z][A-Za-z-]*:[ \t<]")
_SAVED_PAGE = re.compile(rb"^(?:content-type:\s*(?:multipart|text)/|snapshot-content-location:)", re.M | re.I)
_SENT = re.compile(rb"^(?:received|delivered-to|return-path|message-id|to):", re.M | re.I)
_HEADER = 16384

# A spreadsheet of before Excel 97 names its stream "Book".
_STREAMS = (
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book\0", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__substg1.0_", "message"),
)
_TAR_MARK = slice(257, 262)


@dataclass(frozen=True, slots=True)
class Refused:
    """A kind of file that is known and not read: its first bytes, the parts in its archive, its name, what to do."""

    kind: str
    magic: re.Pattern[bytes] | None
    part: re.Pattern[str] | None
    name: str
    hint: str


@cache
def refused() -> dict[str, Refused]:
    """The kinds of files that are refused by their name, from ``kinds.csv``."""
    return {
        line["kind"]: Refused(
            kind=line["kind"],
            magic=re.compile(line["magic"].encode(), re.DOTALL) if line["magic"] else None,
            part=re.compile(line["part"]) if line["part"] else None,
            name=line["name"],
            hint=line["hint"],
        )
        for line in read_table("readers", "kinds")
    }


def kind_of(data: bytes, name: str = "") -> str:
    """One of html, docx, pdf, text, doc, xlsx, xls, mhtml, script (with HTML in it, or JSON), archive, image, a kind
    of ``refused`` or unknown. ``name`` is only for the message of an error."""
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        return _kind_of_ole(data, name)
    if data.startswith(b"{\\rtf"):
        return "doc"
    if _IMAGE.match(data):
        return "image"
    if re.search(rb"%PDF-\d", data[:1032]):
        return "pdf"
    if is_tar(data):
        return "archive"
    if known := next((kind for kind, one in refused().items() if one.magic and one.magic.match(data)), ""):
        return known
    if letter := _kind_of_letter(data):
        return letter
    text = decode(data)
    if not data.strip(b"\0 \t\r\n") or not text.strip():
        raise FileUnreadable("the file is empty", where=name, hint="Download or export it again.")
    return _kind_of_text(text)


def is_tar(data: bytes) -> bool:
    """Whether the bytes are a tar archive, compressed by gzip (.tar.gz) or not."""
    start = data[:8192]
    if start.startswith(b"\x1f\x8b"):
        try:
            start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, _TAR_MARK.stop)
        except zlib.error:
            return False
    return start[_TAR_MARK] == b"ustar"


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if names[:1] == ["mimetype"] and archive.read("mimetype").startswith(
                b"application/vnd.oasis.opendocument.text"
            ):
                return "doc"
    except BROKEN:
        # A download cut short has lost the list of its parts; the reader says what to do about it.
        return "docx" if b"word/document" in data else "xlsx" if b"xl/workbook.xml" in data else "archive"
    return _kind_of_parts(names)


def _kind_of_parts(names: Sequence[str]) -> str:
    if main_part(list(names)):
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    known = (kind for kind, one in refused().items() if one.part and any(map(one.part.fullmatch, names)))
    return next(known, "archive")


def _kind_of_ole(data: bytes, name: str) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise FileUnreadable(
            "the file is protected by a password",
            where=name,
            hint="Open it with the password and save it without one.",
        )
    return next((kind for stream, kind in _STREAMS if holds(stream)), "doc")


def _kind_of_letter(data: bytes) -> str:
    """ "mhtml" for a page that a browser or Word saved as one file, "email" for a letter, else ""."""
    head = data[:_HEADER].lstrip(b"\xef\xbb\xbf\r\n ")
    if not _FIELD.match(head):
        return ""
    fields = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if not _FIELD.match(fields) or not _SAVED_PAGE.search(fields):
        return ""
    return "email" if _SENT.search(fields) else "mhtml"


def _kind_of_text(text: str) -> str:
    start = text[:_START].strip()
    if not _is_readable(start):
        return "unknown"
    if _WORD_XML.search(start[:2000]):
        return "doc"
    if _SHEET_XML.search(start[:2000]):
        return "sheet-xml"
    if begins_as_script(start):
        return "script"
    if _is_html(text, start):
        return "html"
    return "unknown" if start.startswith("<?xml") else "text"


def _is_html(text: str, start: str) -> bool:
    if _PAGE.search(start) or _FIRST_TAG.match(start):
        return True
    lowered = text.lower()
    has_table = all(tag in lowered for tag in ("<table", "<tr", "<td"))
    tags = len(_TAG.findall(start))
    return has_table or tags >= max(_MANY_TAGS, len(start) // 200)


_STRANGE = re.compile("[\ufffd\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")


def _is_readable(text: str) -> bool:
    """Whether hardly any character is one that no text has."""
    strange = len(_STRANGE.findall(text))
    return strange <= len(text) // 20
