"""Some rows of a reports frame, and the years of one agency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from govinfo.corpus.duplicates import counted
from govinfo.errors import UsageError, near

PLACES = ("province", "city", "county")
"""Columns in which a name may lack the word for its kind: 江苏 finds 江苏省."""

MOST_NAMED = 4
"""Agencies that are named where a name means several."""

NAMES = ("agency_id", "agency", "agency_en")
"""Columns that name an agency."""


def select(reports: pd.DataFrame, wanted: Mapping[str, object]) -> pd.DataFrame:
    """The reports that have all these values; see ``Corpus.select``."""
    left = reports
    for column, value in wanted.items():
        if column not in reports:
            raise UsageError(f"reports have no column {column}.", hint=near(column, reports.columns))
        left = left[matching(left[column], column, value)]
    return left


def matching(column: pd.Series, name: str, value: object) -> pd.Series:
    """True for the values that are the wanted one, or one of those wanted. Raises UsageError where none is."""
    texts = column.astype("string")
    found = pd.Series(False, index=column.index)
    for one in values_of(value):
        here = texts.eq(one).fillna(False)
        if not here.any() and name in PLACES:
            here = texts.str.startswith(one).fillna(False)
        found |= here.astype("bool")
    if not found.any():
        said = ", ".join(values_of(value)) or "nothing"
        raise UsageError(f"no report here has {name} {said}.", hint=near(said, texts.dropna()))
    return found


def values_of(value: object) -> list[str]:
    """One value, or several, as texts."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        return [str(value)]
    return [str(one) for one in value]


def series(cells: pd.DataFrame, reports: pd.DataFrame, agency: str) -> pd.DataFrame:
    """The years of one agency; see ``Corpus.series``."""
    reports = counted(reports)
    mine = reports[of_agency(reports, agency) & reports["year"].notna()].sort_values("year")
    whose = mine["agency_id"].fillna(mine["agency"])
    if not whose.nunique():
        hint = near(agency, reports["agency"].dropna().unique())
        raise UsageError(f"no agency here is meant by {agency!r}.", hint=hint)
    if whose.nunique() > 1:
        names = mine.groupby(whose, sort=False)["agency"].first()
        more = ", ..." if len(names) > MOST_NAMED else ""
        raise UsageError(
            f"{len(names)} agencies are meant by {agency!r}: {', '.join(names[:MOST_NAMED])}{more}.",
            hint="Give the whole name of one, or its agency_id.",
        )
    cells = cells[cells["report_id"].isin(mine["report_id"])]
    place = cells["table"] + "." + cells["row"] + "." + cells["column"]
    wide = cells.assign(place=place).pivot(index="year", columns="place", values="value")
    years = pd.RangeIndex(int(mine["year"].min()), int(mine["year"].max()) + 1, name="year")
    values = wide[list(dict.fromkeys(place))].reindex(years).rename_axis(columns=None)
    values.insert(0, "form", mine.set_index("year")["form"].reindex(years).astype("string"))
    return values


def of_agency(reports: pd.DataFrame, agency: str) -> pd.Series:
    """True for the reports of an agency: by its id or name, else by a part of a name."""
    names = [reports[name].astype("string").fillna("") for name in NAMES if name in reports]
    exact = pd.concat([name.eq(agency) for name in names], axis=1).any(axis=1)
    if exact.any():
        ids = reports.loc[exact, "agency_id"].dropna()
        return exact | reports["agency_id"].isin(ids)
    text = agency.casefold()
    return pd.concat([name.str.casefold().str.contains(text, regex=False) for name in names], axis=1).any(axis=1)
