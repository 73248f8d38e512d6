"""Saved index pages, the lists of annual reports of a site, to the list that ``fetch`` takes.

A link is a report's where its words are the title of one, or nothing but its year below a heading that speaks of annual
reports. The date beside a link is no year of a report; links to other papers, pages and menus are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pandas as pd
from lxml import html

from govinfo.errors import FileUnreadable, GovinfoError, NothingToRead, UsageError
from govinfo.files.apart import Limits
from govinfo.files.opened import whole_bytes
from govinfo.identity.names import clean_name, is_name
from govinfo.identity.titles import REPORT, as_line, read_title
from govinfo.readers.html import decode
from govinfo.readers.mhtml import one_line, pages_of, root_of, text_of
from govinfo.readers.sniff import kind_of
from govinfo.text import whole_characters

LINKS = {
    "agency": "string",
    "year": "Int64",
    "url": "string",
    "kind": "string",
    "title": "string",
    "page": "string",
    "others": "string",
}
"""Columns of the list in their order, with their types."""

FILES = frozenset({"pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "zip", "rar", "ofd", "txt", "rtf", "jpg", "png"})
"""Kinds of file by their suffix; anything else is a page, "html"."""

ADDRESS_KEYS = ("url", "href", "link", "linkurl", "docpuburl", "puburl", "path", "arturl", "contenturl", "weburl")
TITLE_KEYS = ("title", "doctitle", "name", "subject", "arttitle", "showtitle", "titlename")
"""Names of fields in lists as programs give them, small and without signs."""

OPENED = re.compile(
    r"(?:window\.open|location(?:\.href)?\s*=|openUrl|goto|jump)\s*\(?\s*['\"]([^'\"\s]+)['\"]", re.IGNORECASE
)
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
RECORD = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
ONLY_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?:年度?)?(?:年报|(?:年度)?报告)?")
ABOUT_REPORTS = re.compile(rf"{REPORT}|信息公开年报|信息公开年度报告|政府信息公开工作年度报告|信息公开.{{0,4}}年报")
DATE_BEFORE = re.compile(r"^\W*(?:\[?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\]?)\W*")
DATE_BEHIND = re.compile(r"\W*(?:\[?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\]?)\W*$")
NOT_OPENED = ("javascript:", "mailto:", "tel:", "data:", "#", "about:")

Element = Any


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where it leads, and the words that say to what."""

    url: str
    words: tuple[str, ...]


def links_of(data: bytes, *, base: str = "", page: str = "") -> pd.DataFrame:
    """The annual reports that an index page links to: columns ``LINKS``, one row per report.

    ``data`` is a page (HTML, one saved by a browser, MHTML) or the answer of a program (JSON, or XML in a script).
    ``base`` is the address that the page was saved from, where the page does not say; ``page`` how rows name it.
    ``kind`` is the kind of file that ``url`` has by its suffix ("html", "pdf", "docx", ...); ``others`` are further
    addresses of the same report, one a line, as that of the PDF beside the page. ``agency`` is empty where neither the
    link nor the page names one.

    Raises NothingToRead where the page has no link to a report, UsageError where links are relative and nothing says to
    what.
    """
    text, address = text_and_address(data)
    base = base or address
    tree = html.fromstring(text or "<p></p>") if "<" in text else None
    base = urljoin(base, stated_base(tree)) if tree is not None else base
    site = site_of(tree) if tree is not None else ""
    links = [*(links_in_tree(tree) if tree is not None else ()), *links_in_records(text), *links_in_json(text)]
    rows = [row for link in links if (row := report_of(link, base, site, tree is not None and is_about(tree)))]
    if not rows:
        raise NothingToRead(
            "the page links to no annual report.",
            where=page,
            hint="Save the page when its list is shown, or give the answer that fills it (JSON).",
        )
    for row in rows:
        if not urlsplit(str(row["url"])).scheme:
            raise UsageError("its links are relative.", where=page, hint="Say where it comes from with --base ADDRESS.")
    return pd.DataFrame(merged({**row, "page": page} for row in rows), columns=list(LINKS)).astype(LINKS)


def lists_of(pages: Iterable[Path], base: str = "") -> tuple[pd.DataFrame, list[GovinfoError]]:
    """The reports that several saved pages link to, each once, and what stands against reading some of the pages."""
    found, errors = [pd.DataFrame(columns=list(LINKS)).astype(LINKS)], list[GovinfoError]()
    for page in pages:
        try:
            found.append(links_of(whole_bytes(page, Limits().size), base=base, page=page.name))
        except GovinfoError as error:
            error.where = error.where or str(page)
            errors.append(error)
        except OSError as error:
            errors.append(FileUnreadable(f"{error.strerror or error}.", where=str(page), hint="Check the path."))
    rows = pd.concat(found, ignore_index=True).drop_duplicates("url")
    return rows.sort_values(["agency", "year"], kind="stable", ignore_index=True), errors


def text_and_address(data: bytes) -> tuple[str, str]:
    """The text of a page, and the address that it says it was saved from."""
    if kind_of(data) == "mhtml":
        message, pages = pages_of(data)
        text = text_of(root_of(message, pages)) if pages else ""
        return text, one_line(message.get("Snapshot-Content-Location", ""))
    text = decode(data)
    saved = SAVED_FROM.search(text)
    return text, saved[1] if saved else ""


def stated_base(tree: Element) -> str:
    """The address that relative links lead from, as the page states it."""
    stated = (
        *tree.xpath("//base/@href"),
        *tree.xpath("//link[@rel='canonical']/@href"),
        *tree.xpath("//meta[@property='og:url']/@content"),
    )
    return next((str(one).strip() for one in stated if str(one).strip()), "")


def site_of(tree: Element) -> str:
    """The agency that the page is of, by its title; "" where that names none."""
    for words in (*tree.xpath("//meta[@name='SiteName' or @name='sitename']/@content"), *tree.xpath("//title/text()")):
        for piece in re.split(r"[-_|>—·\s]+", as_line(str(words))):
            name = clean_name(re.sub(r"(?:门户)?网站?$|(?:信息公开|政务公开).*$", "", piece))
            if name and is_name(name):
                return name
    return ""


def is_about(tree: Element) -> bool:
    """Whether the page itself is a list of annual reports: its title, a heading or the path to it says so."""
    heads = tree.xpath("//title | //h1 | //h2 | //h3 | //*[contains(@class,'position') or contains(@class,'crumb')]")
    return any(ABOUT_REPORTS.search(as_line(head.text_content())) for head in heads)


# Links


def links_in_tree(tree: Element) -> Iterator[Link]:
    """The links of a page, also those that a click opens."""
    for element in tree.iter("a", "area", "li", "tr", "div", "span", "td"):
        click = OPENED.search(element.get("onclick") or "") or OPENED.search(element.get("href") or "")
        stated = element.get("href") if element.tag in ("a", "area") else None
        address = next(
            (one for one in (stated, element.get("data-href"), element.get("data-url")) if is_address(one)), ""
        )
        address = address or (click[1] if click else "")
        if address:
            yield Link(address.strip(), (element.get("title") or "", element.text_content()))


def is_address(text: str | None) -> bool:
    """Whether a text leads somewhere."""
    return bool(text and text.strip() and not text.strip().lower().startswith(NOT_OPENED))


def links_in_records(text: str) -> Iterator[Link]:
    """The links in records of a script, as lists that are shown page by page hold them."""
    for record in RECORD.findall(text):
        if "<a" in record.lower():
            yield from links_in_tree(html.fromstring(record))


def links_in_json(text: str) -> Iterator[Link]:
    """The links in a list as a program gives it: whatever has both a title and an address."""
    start = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    if start < 0 or "<html" in text[:2000].lower():
        return
    try:
        value, _ = json.JSONDecoder().raw_decode(text[start:])
    except (ValueError, RecursionError):
        return
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            fields = {re.sub(r"\W|_", "", str(key)).lower(): value for key, value in one.items()}
            address = next((fields[key] for key in ADDRESS_KEYS if is_text(fields.get(key))), "")
            titles = tuple(re.sub(r"<[^<>]*>", "", fields[key]) for key in TITLE_KEYS if is_text(fields.get(key)))
            if address and titles:
                yield Link(whole_characters(address), tuple(map(whole_characters, titles)))
        pending += reversed(list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else [])


def is_text(value: object) -> bool:
    """Whether a field holds a text."""
    return isinstance(value, str) and bool(value.strip())


# Reports


def report_of(link: Link, base: str, site: str, about: bool) -> dict[str, object] | None:
    """The row of the list for a link; None for one that leads to no annual report."""
    for words in sorted(map(words_of, link.words), key=lambda words: words.endswith(("...", "…"))):
        title = read_title(words)
        if title and title.year and title.alone:
            named = {"agency": title.agency or site, "year": title.year, "title": words}
        elif about and (year := ONLY_YEAR.fullmatch(words)):
            named = {"agency": site, "year": int(year["year"]), "title": words}
        else:
            continue
        try:
            url = urljoin(base, link.url)
        except ValueError:  # no address at all, as http://[
            return None
        return {**named, "url": url, "kind": kind_by_name(url), "others": ""}
    return None


def words_of(text: str) -> str:
    """The words of a link without the date that stands with them and the suffix of the file that they name."""
    words = as_line(text)
    words = DATE_BEHIND.sub("", DATE_BEFORE.sub("", words))
    words = re.sub(rf"\.(?:{'|'.join(FILES)})$", "", words, flags=re.IGNORECASE)
    return words.strip(" ·•>《》")


def kind_by_name(url: str) -> str:
    """The kind of file that an address leads to, by its suffix."""
    suffix = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower().removeprefix(".")
    return suffix if suffix in FILES else "html"


def merged(rows: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """One row for each report: the page before the files beside it, whose addresses are then its ``others``."""
    found: dict[tuple[object, object], list[dict[str, object]]] = {}
    for row in rows:
        mine = found.setdefault((row["agency"], row["year"]), [])
        if row["url"] not in [one["url"] for one in mine]:
            mine.append(row)
    together = []
    for mine in found.values():
        first, *others = sorted(mine, key=lambda row: row["kind"] != "html")
        together.append({**first, "others": "\n".join(str(row["url"]) for row in others)})
    return together
