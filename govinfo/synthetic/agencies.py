"""Invented agencies: names that nobody can take for real ones, in regions that no table of regions has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from govinfo.errors import UsageError, near
from govinfo.files.data import read_table

MOST_AGENCIES = 5000
"""Agencies whose cities and counties surely fit into two digits of a region code each."""

COUNTIES_OF_A_CITY = 20
SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
"""The heavenly stems and earthly branches: they count things and name no places."""

NAMED = {
    "agency_id": "string",
    "agency": "string",
    "region_code": "string",
    "province": "string",
    "city": "string",
    "county": "string",
    "level": "string",
}
"""Columns that name an agency, with their types."""

Line = Mapping[str, str]
Floats = npt.NDArray[np.float64]


def invented_agencies(count: int, rng: np.random.Generator, only: str | None = None) -> pd.DataFrame:
    """Invented agencies, all levels or ``only`` one, one a row: the columns of ``NAMED``, then floats that say how an
    agency behaves.

    ``requests``: median of new requests in a year; ``spread``: of its logarithm between agencies; ``openness``: log
    odds of disclosing; ``growth`` of requests and ``trend`` of openness: per year. Source:
    ``forms/synthetic_provinces.csv`` and ``forms/synthetic_levels.csv``.
    """
    provinces, levels = read_table("synthetic", "provinces"), read_table("synthetic", "levels")
    if only is not None:
        known = [level["level"] for level in levels]
        if only not in known:
            raise UsageError(f"no invented agency is of the level {only!r}.", hint=near(only, known))
        levels = tuple(level for level in levels if level["level"] == only)
    chosen = rng.choice(len(provinces), count, p=shares([float(province["weight"]) for province in provinces]))
    so_far: Counter[tuple[str, str]] = Counter()
    records = []
    for number, at in enumerate(chosen, start=1):
        province = provinces[at]
        level = levels[rng.choice(len(levels), p=shares([float(province[each["level"]]) for each in levels]))]
        alike = (province["code"], level["level"])
        name = name_of(province, level, so_far[alike])
        so_far[alike] += 1
        records.append({"agency_id": f"SYN-{number:04}", **name, **behaviour_of(province, level)})
    return pd.DataFrame(records).astype(NAMED)


def shares(weights: Sequence[float]) -> Floats:
    """Weights as shares of their sum."""
    return np.array(weights, dtype=np.float64) / sum(weights)


def name_of(province: Line, level: Line, number: int) -> dict[str, str | None]:
    """The name and the region of an agency, the ``number``-th of its level in its province, counted from 0."""
    bodies = level["bodies"].split("|")
    place, body = divmod(number, len(bodies))
    in_county = level["place"] == "county"
    city, county = divmod(place, COUNTIES_OF_A_CITY) if in_county else (place, -1)
    city_name, county_name = f"{sign(city)}市", f"{sign(county)}县" if in_county else ""
    return {
        "agency": f"{province['province']}{city_name}{county_name}{bodies[body]}",
        "region_code": f"{province['code']}{city + 1:02}{county + 1:02}",
        "province": province["province"],
        "city": f"虚构{city_name}",
        "county": f"虚构{county_name}" if in_county else None,
        "level": level["level"],
    }


def sign(number: int) -> str:
    """A number from 0 on in heavenly stems and earthly branches: 甲, 乙, ... 亥, 甲甲, 甲乙, ..."""
    above, at = divmod(number, len(SIGNS))
    return (sign(above - 1) if above else "") + SIGNS[at]


def behaviour_of(province: Line, level: Line) -> dict[str, float]:
    """How an agency of a level in a province behaves."""
    return {
        "requests": float(level["requests"]) * float(province["volume"]),
        "spread": float(level["spread"]),
        "openness": float(level["openness"]) + float(province["openness"]),
        "growth": float(province["growth"]),
        "trend": float(province["openness_trend"]),
    }
