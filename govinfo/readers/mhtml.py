"""A page that a browser or Word saved as one file (MHTML) -> Document, by the reader of HTML."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email.message import Message
from urllib.parse import urljoin

from govinfo.document import Document
from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.readers.encoding import decode
from govinfo.readers.html import decode as decode_page
from govinfo.readers.html import read_html

_LINK = re.compile(r"<link\b[^<>]*>", re.IGNORECASE)
_STYLE_SHEET = re.compile(r"\brel\s*=\s*[\"']?\s*stylesheet\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_FRAME = re.compile(r"<i?frame\b[^<>]*?\bsrc\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)


def read_mhtml(data: bytes) -> Document:
    """The document in the root page of an MHTML file, behind it those that its frames show.

    The root is the part that ``start`` names, else the one at the address of the page, else the first page. Raises
    FileUnreadable where there is no page in the file.
    """
    message, pages = pages_of(data)
    if not pages:
        raise FileUnreadable(
            "The saved page (MHTML) holds no page: it is cut short, or only its pictures were saved.",
            hint="Open the page in a browser and save it again.",
        )
    sheets = [part for part in message.walk() if part.get_content_type() == "text/css"]
    documents = list(documents_of(root_of(message, pages), pages, sheets))
    if not documents:
        raise NothingToRead("The saved page holds no text.", hint="Open the page in a browser and save it again.")
    blocks = tuple(block for document in documents for block in document.blocks)
    metadata = documents[0].metadata
    address = one_line(message.get("Snapshot-Content-Location", ""))
    return Document(blocks, "mhtml", replace(metadata, url=metadata.url or address))


def pages_of(data: bytes) -> tuple[Message, list[Message]]:
    """The message that an MHTML file is, and the pages in it."""
    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n "), policy=email.policy.compat32)
    types = ("text/html", "application/xhtml+xml")
    return message, [part for part in message.walk() if part.get_content_type() in types]


def root_of(message: Message, pages: list[Message]) -> Message:
    """The part that a person sees first."""
    start = message.get_param("start")
    address = one_line(message.get("Snapshot-Content-Location", ""))
    for page in pages:
        if start and page.get("Content-ID", "").strip() == str(start).strip():
            return page
    return next((page for page in pages if address and location_of(page) == address), pages[0])


def documents_of(
    page: Message, pages: list[Message], sheets: list[Message], seen: tuple[Message, ...] = ()
) -> Iterator[Document]:
    """The document of a page, with its style sheets, and those of the frames in it."""
    text = styled(text_of(page), page, sheets)
    with suppress(NothingToRead):  # a page of nothing but frames
        yield read_html(text.encode("utf-8", "replace"))
    shown = (framed(source, page, pages) for source in _FRAME.findall(text))
    for inner in shown:
        if inner is not None and inner not in (*seen, page):
            yield from documents_of(inner, pages, sheets, (*seen, page))


def styled(text: str, page: Message, sheets: list[Message]) -> str:
    """The text of a page with the style sheets that stand in parts of their own in the place of the links to them."""

    def put_in(link: re.Match[str]) -> str:
        address = _ADDRESS.search(link[0])
        sheet = framed(address[1], page, sheets) if address and _STYLE_SHEET.search(link[0]) else None
        if sheet is None:
            return link[0]
        attributes, rules = link[0][len("<link") :].rstrip("/>"), text_of(sheet).replace("</", "")
        return f"<style{attributes}>{rules}</style>"

    return _LINK.sub(put_in, text) if sheets else text


def framed(source: str, page: Message, parts: list[Message]) -> Message | None:
    """The part that a frame shows or a link leads to, by its id ("cid:") or its address."""
    source = source.replace("&amp;", "&")
    address = urljoin(location_of(page), source)
    identity = source[4:] if source.lower().startswith("cid:") else None
    return next(
        (
            part
            for part in parts
            if location_of(part) in {address, source}
            or (identity is not None and part.get("Content-ID", "").strip(" <>") == identity)
        ),
        None,
    )


def location_of(part: Message) -> str:
    """The address that a part was saved from."""
    return one_line(part.get("Content-Location", ""))


def one_line(header: object) -> str:
    """A header that was broken over several lines."""
    return re.sub(r"\s+", "", str(header))


def text_of(part: Message) -> str:
    """The text of a part; what its header says of the encoding goes before what the page says."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset("")
    return decode(data, charset) if charset else decode_page(data)
