"""The name of an agency to its id and region, so that one agency stays one over years and spellings.

Words that change nothing, as 人民政府 behind a region, are in ``forms/agencies_words.csv``. The id is a function of the
printed name and of nothing else that was read. A name that fits several regions, or none, is never guessed at: it
keeps its own words as id, with a doubt and the reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from govinfo.errors import UsageError, near
from govinfo.files.opened import whole_bytes
from govinfo.identity.english import english
from govinfo.identity.identify import level_of
from govinfo.identity.regions import (
    SHORTEST,
    Place,
    Region,
    codes,
    known_name_at_start,
    leading_regions,
    near_regions,
    places_named,
    region_like,
    region_with,
    short_names,
    within,
)
from govinfo.identity.stems import parted_at_zone, stem_of, words
from govinfo.identity.zones import Zone, parted_at_known_zone
from govinfo.text import fold, simplify

AGENCIES = {
    "agency_id": "string",
    "names": "string",
    "years": "string",
    "reports": "Int64",
    "region_code": "string",
    "province": "string",
    "city": "string",
    "county": "string",
    "level": "string",
    "reason": "string",
    "doubt": "string",
}
"""Columns of the frame of agencies in their order, with their types."""

REQUIRED = ("name", "agency_id")
COLUMNS_OF_ALIASES = "Columns of such a table: name, agency_id, and if wanted region_code, note, name_en."


@dataclass(frozen=True, slots=True)
class Agency:
    """Who a printed name means.

    ``id``: the region code for a government ("320813"), code and name for a body or town of it ("410482-办公室"),
    else the words of the name. ``region`` is None where no region is sure. ``level`` is national, province, city,
    county, town, department or "" (unknown, as for development zones). ``reason`` says in English how the id came
    about. ``doubt`` is "" or "agency-ambiguous" (fits several regions), "region-unknown" (names no region of the
    table) or "region-contradicted" (its parts do not belong together): such an id can stand for several agencies.
    """

    id: str
    name: str
    region: Region | None
    level: str
    reason: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A line of a user's table: the id, region and English name ("" none given) of a name, and why."""

    agency_id: str
    region_code: str
    note: str
    name_en: str = ""


@dataclass(frozen=True, eq=False)
class Aliases:
    """A user's table of names, which overrides everything; made by ``read_aliases``."""

    source: str
    entries: Mapping[str, Alias]

    def __reduce__(self) -> tuple[Callable[..., Aliases], tuple[str, tuple[tuple[str, Alias], ...]]]:
        return aliases_with, (self.source, tuple(self.entries.items()))


@lru_cache(maxsize=4)
def aliases_with(source: str, entries: tuple[tuple[str, Alias], ...]) -> Aliases:
    """The table of those entries: one and the same in a process for as many as are sent to it."""
    return Aliases(source, MappingProxyType(dict(entries)))


# Names to agencies


@lru_cache(maxsize=100_000)
def agency_of(name: str, aliases: Aliases | None = None) -> Agency:
    """The agency that a printed name means; an alias of that very name overrides everything. Raises nothing."""
    text = written(name)
    derived = by_name(text)
    alias = aliases.entries.get(text) if aliases else None
    return by_alias(derived, alias) if alias else derived


def identity_columns(name: str, aliases: Aliases | None = None, report_id: str = "") -> dict[str, str | None]:
    """The columns agency_en, agency_id, region_code, province, city, county, level of a name; None where not known.

    All are None for a name that is empty. ``report_id`` is the id of an agency whose name bodies of several places
    bear, so that nothing joins it with theirs.
    """
    agency = agency_of(name, aliases)
    own_id = report_id if report_id and may_be_several(agency) else agency.id
    alias = aliases.entries.get(written(name)) if aliases else None
    return {
        "agency_en": (alias.name_en if alias else "") or english(name) or None,
        "agency_id": own_id or None,
        **region_columns(agency.region),
        "level": agency.level or None,
    }


def may_be_several(agency: Agency) -> bool:
    """True where bodies of several places bear the name: 教育局 without its region, 鼓楼区 without its city."""
    if agency.doubt != "region-unknown":
        return agency.doubt == "agency-ambiguous"
    own, zone, _ = parted_at_zone(agency.id)
    named = (region_like(agency.id) and (own or not zone)) or any(map(agency.id.startswith, short_names()))
    return bool(agency.id) and not named


def region_columns(region: Region | None) -> dict[str, str | None]:
    """The columns region_code, province, city, county of a region."""
    if region is None:
        return dict.fromkeys(("region_code", "province", "city", "county"))
    return {
        "region_code": region.code,
        "province": region.province,
        "city": region.city or None,
        "county": region.county or None,
    }


def written(name: str) -> str:
    """A name in one way of writing: width, script, spaces and brackets do not count."""
    return re.sub(r"[\s()]+", "", simplify(fold(name)))


def by_alias(derived: Agency, alias: Alias) -> Agency:
    """What the user's table says of a name; the region is its own, else that of the code its id begins with."""
    region = region_with(alias.region_code or alias.agency_id.split("-")[0])
    level = region.level if region and alias.agency_id == region.code else derived.level
    reason = f"alias of {derived.name}: {alias.note}" if alias.note else f"alias of {derived.name}"
    return Agency(alias.agency_id, derived.name, region, level, reason, "")


def by_name(text: str) -> Agency:
    """The agency by the zone or the regions that its name begins with, and by what is left behind them."""
    if in_zone := parted_at_known_zone(without_leader(text)):
        return of_zone(text, *in_zone)
    places, rest = leading_regions(without_leader(text))
    if stem_of(rest) in words("kind"):
        return of_no_region(text)
    if places and (stray := known_name_at_start(rest, shortest=3)):
        known = ", ".join(str(place) for place in places_named(stray))
        reason = f"{stray} does not lie in {places[0].region.name}; known: {known}"
        return unresolved(text, level_of(text), reason, "region-contradicted")
    if len(places) > 1:
        return ambiguous(text, places, rest)
    return of_region(text, places[0].region, stem_of(rest)) if places else of_no_region(text)


def without_leader(text: str) -> str:
    """A name without the ministry that leads a local body, where a region or zone stands behind it."""
    for leader in words("leader"):
        rest = text.removeprefix(leader)
        if rest != text and (leading_regions(rest)[0] or parted_at_known_zone(rest)):
            return rest
    return text


def ambiguous(text: str, places: Sequence[Place], rest: str) -> Agency:
    """A name whose region could be several."""
    levels = {place.region.level for place in places}
    level = level_of(stem_of(text)) if stem_of(rest) or len(levels) > 1 else levels.pop()
    listed = ", ".join(str(place) for place in places)
    return unresolved(text, level, f"fits several regions: {listed}", "agency-ambiguous")


def of_region(text: str, region: Region, stem: str) -> Agency:
    """The government of a region where nothing is left of the name, else a town, zone or body in it."""
    now = "" if region.name in text else f", in the table {region.name}"
    if not stem:
        return Agency(region.code, text, region, region.level, f"government of {region}{now}", "")
    own, zone, behind = parted_at_zone(stem)
    if zone and not behind:
        # A zone with a name of its own is the same with and without its province before it.
        code = stem if own and region.level == "province" else f"{region.code}-{stem}"
        return Agency(code, text, region, "", f"development zone {stem} in {region}{now}", "")
    level = "town" if level_of(stem) == "town" else level_of(region.name + stem) or "department"
    if not own and (why := unknown_below(region, stem, level)):
        return unresolved(text, level_of(stem), why, "region-unknown")
    return Agency(f"{region.code}-{stem}", text, region, level, f"{stem}, {level} in {region}{now}", "")


def unknown_below(region: Region, stem: str, level: str) -> str:
    """Why what is left behind a region must be another region that the table does not have; "" where it need not."""
    piece = region_like(stem)
    close = near_regions(piece, region) if len(piece) > SHORTEST else []
    if piece and (piece == stem or close):
        return f"no {piece} in {region}" + (f"; near: {', '.join(close)}" if close else "")
    if level == "town" and any(within(code, region) for code in codes() if code != region.code):
        return f"{stem} is a town of {region}, but its county is not named"
    return ""


def of_zone(text: str, zone: Zone, behind: str) -> Agency:
    """A zone of the table of zones where nothing is left of the name, else a region, town or body in it."""
    if any(within(place.region.code, zone.region) for place in leading_regions(behind)[0]):
        return by_name(behind)
    if not behind:
        return Agency(zone.name, text, zone.region, "", f"development zone {zone.name} in {zone.region}", "")
    _, kind, body = parted_at_zone(behind)
    level = "" if kind and not body else "town" if level_of(behind) == "town" else "department"
    reason = f"{behind} in the development zone {zone.name}, {zone.region}"
    return Agency(f"{zone.name}-{behind}", text, zone.region, level, reason, "")


def of_no_region(text: str) -> Agency:
    """An agency whose name begins with no region of the table."""
    stem = stem_of(text)
    level = level_of(stem)
    if level == "national":
        return Agency(stem, text, None, level, "national body", "")
    own, _, behind = parted_at_zone(stem)
    if own and level != "town":
        kind = "body of a development zone" if behind else "development zone"
        return Agency(stem, text, None, level, f"{kind}, without a code in GB/T 2260", "")
    close = near_regions(region_like(stem), None)
    reason = "the name begins with no region of the table" if text else "no name was read"
    return unresolved(text, level, reason + (f"; near: {', '.join(close)}" if close else ""), "region-unknown")


def unresolved(text: str, level: str, reason: str, doubt: str) -> Agency:
    """An agency with its own words as id."""
    return Agency(stem_of(text) or text, text, None, level, reason, doubt)


# Frames


def agencies(reports: pd.DataFrame, aliases: Aliases | None = None) -> pd.DataFrame:
    """The agencies of a reports frame, one row per agency_id: which names were joined into one, and why.

    Reads the columns ``agency`` and ``year``, and ``report_id`` if there: without it, reports under a name that bodies
    of several places bear are in one row. ``names`` are the names as printed, joined by " | "; ``years`` those
    reported on ("2014, 2018-2019"), ``reports`` how many reports there are. Reports without a name are counted in one
    row with agency_id NA. Columns and types: ``AGENCIES``. Raises UsageError for a frame without those columns.
    """
    if missing := [column for column in ("agency", "year") if column not in reports.columns]:
        raise UsageError(
            f"no column {', '.join(missing)}.", where="reports", hint="Pass the reports frame of a corpus."
        )
    printed = reports["agency"].fillna("")
    of_reports = reports["report_id"] if "report_id" in reports else pd.Series("", index=reports.index)
    ids = [identity_columns(name, aliases, of)["agency_id"] or "" for name, of in zip(printed, of_reports, strict=True)]
    groups = reports.assign(agency=printed, agency_id=ids).groupby("agency_id")
    records = [record_of(str(own_id), mine, aliases) for own_id, mine in groups]
    return pd.DataFrame(records, columns=list(AGENCIES)).astype(AGENCIES).sort_values("agency_id", ignore_index=True)


def record_of(own_id: str, reports: pd.DataFrame, aliases: Aliases | None) -> dict[str, object]:
    """The row of the frame of agencies for the reports of one agency."""
    printed = list(dict.fromkeys(reports.sort_values("year")["agency"]))
    found = sorted((agency_of(name, aliases) for name in printed), key=lambda agency: agency.region is None)
    reasons = "; ".join(dict.fromkeys(agency.reason for agency in found))
    return {
        "agency_id": own_id or None,
        "names": " | ".join(filter(None, printed)) or None,
        "years": spans(reports["year"]),
        "reports": len(reports),
        **region_columns(found[0].region),
        "level": found[0].level or None,
        "reason": f"{len(printed)} names of one agency: {reasons}" if len(printed) > 1 else reasons,
        "doubt": ";".join(dict.fromkeys(agency.doubt for agency in found if agency.doubt)),
    }


def spans(years: pd.Series) -> str:
    """Years in words: "2014, 2018-2019", and "unknown" behind them where a report has none."""
    known = sorted({int(year) for year in years.dropna()})
    starts = [year for year in known if year - 1 not in known]
    ends = [year for year in known if year + 1 not in known]
    told = [str(start) if start == end else f"{start}-{end}" for start, end in zip(starts, ends, strict=True)]
    return ", ".join([*told, *(["unknown"] if years.isna().any() else [])])


# A user's table


def read_aliases(path: str | Path) -> Aliases:
    """A user's table of names: CSV in UTF-8 with the columns name, agency_id and, if wanted, region_code, note and
    name_en.

    Raises UsageError for a file that cannot be read, for missing columns or cells, for a region code that is not in
    the table, and for a name that stands twice with different ids.
    """
    try:
        reader = csv.DictReader(io.StringIO(whole_bytes(path).decode("utf-8-sig"), newline=""))
        lines, columns = list(reader), reader.fieldnames or ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"not readable: {error}.", where=str(path), hint="Save it as CSV in UTF-8.") from error
    if missing := [column for column in REQUIRED if column not in columns]:
        raise UsageError(f"no column {', '.join(missing)}.", where=str(path), hint=COLUMNS_OF_ALIASES)
    entries: dict[str, Alias] = {}
    for number, line in enumerate(lines, start=2):
        place = f"{path}, line {number}"
        name, alias = alias_of(line, place)
        if entries.setdefault(name, alias).agency_id != alias.agency_id:
            both = f"{entries[name].agency_id} and {alias.agency_id}"
            raise UsageError(f"{name} has two ids: {both}.", where=place, hint="Keep one line for each name.")
    return Aliases(str(path), MappingProxyType(entries))


def alias_of(line: Mapping[str, str], place: str) -> tuple[str, Alias]:
    """The name and the alias of a line of a user's table."""
    if missing := [column for column in REQUIRED if not (line[column] or "").strip()]:
        raise UsageError(f"nothing in {', '.join(missing)}.", where=place, hint=COLUMNS_OF_ALIASES)
    code = (line.get("region_code") or "").strip()
    if code and code not in codes():
        raise UsageError(f"no region has the code {code}.", where=place, hint=near(code, codes()))
    note, name_en = ((line.get(column) or "").strip() for column in ("note", "name_en"))
    return written(line["name"]), Alias(line["agency_id"].strip(), code, note, name_en)
