"""The regions of GB/T 2260: provinces, cities and counties since 2008, as ``forms/regions.csv`` lists them.

``leading_regions`` reads those that a name begins with; ``near_regions`` names those that a misprint could mean.
Where the table comes from is told in ``docs/agencies.md``; nothing in the code depends on a year or a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from govinfo.files.data import read_table

BELOW = {"province": 2, "city": 4}
"""How many digits of its code a region shares with the regions below it; a county has none below it."""

SHORTEST, MOST_NEAR = 2, 5
LIKE_A_REGION = re.compile(r"^.{1,12}?(?:自治[县旗州]|[省市县区旗州盟])")


@dataclass(frozen=True, slots=True)
class Region:
    """A region of GB/T 2260 by its latest name: ``level`` is province, city or county; ``province``, ``city`` and
    ``county`` name it and the regions above it, "" where there is none (a district of a municipality has no city)."""

    code: str
    name: str
    level: str
    province: str
    city: str
    county: str

    def __str__(self) -> str:
        return f"{self.code} {' '.join(filter(None, (self.province, self.city, self.county)))}"


@dataclass(frozen=True, slots=True)
class Place:
    """What a name can mean: a region, all codes that it bore under this name, and the last year of the name where it
    is past, else ""."""

    region: Region
    codes: tuple[str, ...]
    until: str

    def __str__(self) -> str:
        return f"{self.region} (until {self.until})" if self.until else str(self.region)


@cache
def codes() -> Mapping[str, str]:
    """All codes since 2008, abolished ones too, to their latest names."""
    return MappingProxyType({line["code"]: line["name"] for line in read_table("identity", "regions")})


@cache
def names() -> Mapping[str, tuple[Mapping[str, str], ...]]:
    """All names of regions, with the short forms of autonomous ones, to their lines of the table."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for line in read_table("identity", "regions"):
        for name in spellings(line["name"], line["short"]):
            found.setdefault(name, []).append(line)
    return MappingProxyType({name: tuple(lines) for name, lines in found.items()})


def spellings(name: str, short: str) -> tuple[str, ...]:
    """A name, and of an autonomous region the short name with the word for its kind: 长阳县 for 长阳土家族自治县."""
    return (name, short + name[-1]) if short and "自治" in name else (name,)


@cache
def places_named(name: str) -> tuple[Place, ...]:
    """The places that bear or bore a name; none for a name that is not in the table."""
    bearers: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for line in names().get(name, ()):
        bearers.setdefault((line["code"][:2], line["level"]), []).append(line)
    return tuple(place for lines in bearers.values() for place in places_of(lines))


def places_of(lines: Sequence[Mapping[str, str]]) -> list[Place]:
    """The places of one name, level and province. Codes that took over from each other year by year are one place
    that came under another city."""
    lines = sorted(lines, key=lambda line: line["first"])
    successive = all(
        before["last"] and int(before["last"]) + 1 == int(after["first"]) for before, after in pairwise(lines)
    )
    groups = [lines] if successive else [[line] for line in lines]
    return [
        Place(
            region_of(group[-1]["code"], group[-1]["level"]), tuple(line["code"] for line in group), group[-1]["last"]
        )
        for group in groups
    ]


def region_of(code: str, level: str) -> Region:
    """The region of a code, by the latest names of the code and of those above it."""
    name, province, city = codes()[code], codes()[f"{code[:2]}0000"], codes().get(f"{code[:4]}00", "")
    return Region(
        code=code,
        name=name,
        level=level,
        province=province,
        city="" if level == "province" else city,
        county=name if level == "county" else "",
    )


def region_with(code: str) -> Region | None:
    """The region of a code, the latest one where its name moved to another code; None where no region has it."""
    return next((place.region for place in places_named(codes().get(code, "")) if code in place.codes), None)


@cache
def short_names() -> Mapping[str, tuple[str, ...]]:
    """The short names of provinces and cities (江苏, 淮安) to their full ones."""
    found: dict[str, tuple[str, ...]] = {}
    for line in read_table("identity", "regions"):
        if line["level"] in BELOW and line["short"]:
            found[line["short"]] = (*found.get(line["short"], ()), line["name"])
    return MappingProxyType(found)


def within(code: str, region: Region) -> bool:
    """True where the code is one of a region below the other."""
    digits = BELOW.get(region.level)
    return digits is not None and code[:digits] == region.code[:digits] and code[digits:] != region.code[digits:]


def leading_regions(text: str) -> tuple[tuple[Place, ...], str]:
    """What the regions that a name begins with can be, the lowest of them, and the rest of the name."""
    places: tuple[Place, ...] = ()
    while True:
        found, rest = next_region(text, places)
        if not found:
            return places, text
        places, text = found, rest


def next_region(text: str, above: Sequence[Place]) -> tuple[tuple[Place, ...], str]:
    """The region that a text begins with: by its full name, or by its short one where one below it follows in full."""
    for length in range(min(len(text), longest_name()), SHORTEST - 1, -1):
        if text[:length] in names() and (fitting := below(places_named(text[:length]), above)):
            return fitting, text[length:]
    for length in range(min(len(text), longest_name()), SHORTEST - 1, -1):
        full = short_names().get(text[:length], ())
        parents = below((place for name in full for place in places_named(name) if place.region.level in BELOW), above)
        if parents and (found := next_region(text[length:], parents))[0]:
            return found
    return (), text


def below(found: Iterable[Place], above: Sequence[Place]) -> tuple[Place, ...]:
    """Those of the places that lie in one of those above; all where none is above."""
    if not above:
        return tuple(found)
    return tuple(place for place in found if any(within(code, other.region) for code in place.codes for other in above))


@cache
def longest_name() -> int:
    """The length of the longest name of a region."""
    return max(map(len, names()))


def known_name_at_start(text: str, shortest: int) -> str:
    """The longest name of any region that the text begins with; "" where there is none."""
    lengths = range(min(len(text), longest_name()), shortest - 1, -1)
    return next((text[:length] for length in lengths if text[:length] in names()), "")


def region_like(text: str) -> str:
    """The beginning of a text that looks like the name of a region; "" where it does not."""
    found = LIKE_A_REGION.match(text)
    return found[0] if found else ""


def near_regions(name: str, above: Region | None) -> list[str]:
    """Names of regions, below the given one, that differ in one character, the most alike first.

    Characters that share a radical stand close together in Unicode (沐 and 沭), so their distance there tells which
    are alike.
    """
    found = [
        (abs(ord(name[at]) - ord(known[at])) if at < len(name) - 1 else 0, known)
        for at in range(len(name))
        for known in masked_names().get((name[:at], name[at + 1 :]), ())
        if above is None or any(within(place.region.code, above) for place in places_named(known))
    ]
    return [known for _, known in sorted(found)[:MOST_NEAR]]


@cache
def masked_names() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The names of regions without one character, as what stands before and behind it, to the full names."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in names():
        for at in range(len(name)):
            found.setdefault((name[:at], name[at + 1 :]), []).append(name)
    return MappingProxyType({parts: tuple(full) for parts, full in found.items()})
