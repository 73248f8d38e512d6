"""Development zones and new areas that are no region of GB/T 2260 but answer to a province or a city: ``zones.csv``.

Each line has a name as it is printed, the name that stands for it, the code of the smallest region that the zone is or
of the city or province that it lies in, and the act that set it up or named its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from govinfo.errors import FormError
from govinfo.files.data import read_table
from govinfo.identity.regions import Region, names, region_with, short_names, within
from govinfo.identity.stems import stem_of, words
from govinfo.text import fold


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone by the name that stands for all its names, and the region in which it lies."""

    name: str
    region: Region


@cache
def zones() -> Mapping[str, Zone]:
    """The zones by their printed names, the longest first. Raises FormError for a code that no region has."""
    found = {}
    for line in sorted(read_table("identity", "zones"), key=lambda line: -len(line["printed"])):
        region = region_with(line["region_code"])
        if region is None:
            raise FormError(f"no region has the code {line['region_code']}.", where=f"zones.csv, {line['printed']}")
        found[re.sub(r"[()]", "", fold(line["printed"]))] = Zone(line["zone"], region)
    return MappingProxyType(found)


def parted_at_known_zone(text: str) -> tuple[Zone, str] | None:
    """The zone that a name begins with, regions around it before it allowed, and what is left behind it without the
    words that change nothing; None where it begins with none."""
    for printed, zone in zones().items():
        before, found, _ = text.partition(printed)
        if found and lies_around(before, zone.region):
            behind = stem_of(text.removeprefix(before)).removeprefix(printed)
            for committee in words("committee"):
                behind = behind.removeprefix(committee)
            return zone, behind
    return None


def lies_around(before: str, region: Region) -> bool:
    """True for a text that is nothing but names of regions that the given one is, lies in or holds."""
    if not before:
        return True
    full = {before[:length] for length in range(len(before), 1, -1)}
    for start in sorted(full, key=len, reverse=True):
        known = [line for name in (start, *short_names().get(start, ())) for line in names().get(name, ())]
        if any(is_around(line["code"], region) for line in known):
            return lies_around(before.removeprefix(start), region)
    return False


def is_around(code: str, region: Region) -> bool:
    """True for the code of the region, of one above it or of one below it."""
    other = region_with(code)
    return other is not None and (code == region.code or within(code, region) or within(region.code, other))
