"""Document to identity: which agency reports on which year.

The title says both; it is read in its several orders and over several lines. Where it is missing, the signature, the
period and phrases that name the publisher stand in. A name that advertising was pasted over is never taken: the
agency then comes from another place on the page, with a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govinfo.document import Document
from govinfo.files.data import read_table
from govinfo.identity.names import (
    is_name,
    is_pasted,
    named_in_text,
    names_a_body,
    names_before_government,
    unnumbered,
)
from govinfo.identity.titles import Title, as_line, before_first_section, best_title, title_of_file, titles_in
from govinfo.identity.years import Signature, period_of, published_on, signature_of, year_of
from govinfo.text import UNMAPPED, unspaced

LINES_ABOVE = 2
"""Lines above the first section that may be the name of who reports: the sentence on the period may stand between."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports on what: ``agency`` as its title names it ("" unknown), ``year`` reported on (None unknown).

    ``level`` is "national", "province", "city", "county", "town", "department" or "" where the name leaves it
    open; ``doubts`` tell what was doubtful: agency-overwritten, agency-damaged, agency-unknown, agency-not-in-title,
    year-conflict, year-from-period, year-unknown, title-missing.
    """

    agency: str
    year: int | None
    title: str
    published: str
    level: str
    doubts: tuple[str, ...]


def identify(document: Document) -> Identity:
    """The identity of a report, from its title first, then from its signature, period and phrases."""
    printed = [as_line(paragraph.text) for paragraph in document.paragraphs()]
    texts = [UNMAPPED.sub("", text) for text in printed]
    opening = list(before_first_section(texts))
    titles = list(titles_in(opening))
    of_file = title_of_file(document.metadata.title)
    period, signed = period_of(texts), signature_of(texts)
    title = best_title(titles, of_file, period)
    pasted = any(map(is_pasted, (*(found.agency for found in (*titles, of_file)), *names_before_government(texts))))
    agency, doubts = agency_of(title, pasted, [*named_around(title, opening, signed)], texts)
    published = published_on(document.metadata.published, texts)
    year, year_doubts = year_of(title, of_file, period, signed, published)
    damaged = ("agency-damaged",) if is_damaged(agency, [document.metadata.title, *printed]) else ()
    return Identity(agency, year, title.text, published, level_of(agency), (*doubts, *damaged, *year_doubts))


# Agency


def agency_of(title: Title, pasted: bool, around: Sequence[str], texts: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The agency, and the doubts that tell where it does not come from a clean title."""
    if is_name(title.agency):
        return title.agency, ()
    found = next(filter(names_a_body, (*around, *named_in_text(texts))), "")
    doubts = {
        "agency-overwritten": pasted,
        "title-missing": not title.text,
        "agency-not-in-title": bool(found),
        "agency-unknown": not found,
    }
    return found, tuple(doubt for doubt, holds in doubts.items() if holds)


def named_around(title: Title, opening: Sequence[str], signed: Signature | None) -> Iterator[str]:
    """The names that stand where a report has its author's: under it with a day, on the line below its title, and
    without a title on the lines above its first section, numbered or not."""
    if signed:
        yield signed.name
    if not title.text:
        yield from (unnumbered(line) for line in reversed(opening[-LINES_ABOVE:]))
    elif title.printed:
        yield from opening[title.at + title.lines :][:1]


def is_damaged(agency: str, printed: Sequence[str]) -> bool:
    """True where a line prints the name only with glyphs between that the file does not explain."""
    return bool(agency) and any(
        agency not in unspaced(text) and agency in unspaced(UNMAPPED.sub("", text))
        for text in printed
        if UNMAPPED.search(text)
    )


# Level


def level_of(agency: str) -> str:
    """The level that the name of an agency shows; "" where only a table of regions could tell."""
    for line in read_table("identity", "levels"):
        if re.search(line["pattern"], agency):
            return line["level"]
    return ""
