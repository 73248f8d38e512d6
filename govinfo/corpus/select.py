"""Some reports of a corpus, several corpora as one, and the years of one agency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from govinfo.checks import check, sure_id
from govinfo.corpus.corpus import Corpus
from govinfo.corpus.dictionary import FRAMES
from govinfo.corpus.duplicates import Known, counted, duplicates_of
from govinfo.errors import UsageError, near

PLACES = ("province", "city", "county")
"""Columns in which a name may lack the word for its kind: 江苏 finds 江苏省."""

NAMES = ("agency_id", "agency", "agency_en")
"""Columns that name an agency."""


def select(corpus: Corpus, wanted: Mapping[str, object]) -> Corpus:
    """The reports that have all these values; see ``Corpus.select``."""
    reports = corpus.reports
    for column, value in wanted.items():
        if column not in corpus.reports:
            raise UsageError(f"reports have no column {column}.", hint=near(column, corpus.reports.columns))
        reports = reports[matching(reports[column], column, value)]
    return with_reports(corpus, reports)


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


def with_reports(corpus: Corpus, reports: pd.DataFrame) -> Corpus:
    """A corpus of these of its reports, with their cells, findings and sections."""
    ids = reports["report_id"]
    parts = {name: getattr(corpus, name) for name in ("cells", "findings", "sections")}
    return replace(
        corpus, reports=reports, **{name: frame[frame["report_id"].isin(ids)] for name, frame in parts.items()}
    )


def series(corpus: Corpus, agency: str) -> pd.DataFrame:
    """The years of one agency; see ``Corpus.series``."""
    reports = counted(corpus.reports)
    mine = reports[of_agency(reports, agency) & reports["year"].notna()].sort_values("year")
    whose = mine["agency_id"].fillna(mine["agency"])
    if whose.nunique() != 1:
        known = reports["agency"].dropna().unique()
        several = f"{whose.nunique()} agencies are" if len(mine) else "no agency here is"
        found = ", ".join(mine["agency"].unique()[:4]) if len(mine) else agency
        raise UsageError(f"{several} meant by {agency!r}: {found}.", hint=near(agency, known))
    cells = corpus.cells[corpus.cells["report_id"].isin(mine["report_id"])]
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


def concat(corpora: Iterable[Corpus], *, prefer: str = "") -> Corpus:
    """Several corpora as one: a report that stands in two of them stands there once.

    Which of several reports of one agency and year counts is found anew (``prefer`` as in ``govinfo.read_reports``),
    and so are the findings, for the rules across years look at all reports. Names that were joined by a table of
    names keep their ids. Raises UsageError for no corpus at all.
    """
    parts = list(corpora)
    if not parts:
        raise UsageError("no corpus is given.", hint="Give two or more: govinfo.concat([one, other]).")
    frames = {name: pd.concat([getattr(part, name) for part in parts], ignore_index=True) for name in FRAMES}
    seen: set[str] = set()
    kept = []
    for part in parts:
        kept.append(set(part.reports["report_id"]) - seen)
        seen |= kept[-1]
    for name in ("cells", "reports", "sections"):
        own = [getattr(part, name) for part in parts]
        frames[name] = pd.concat(
            [frame[frame["report_id"].isin(ids)] for frame, ids in zip(own, kept, strict=True)], ignore_index=True
        )
    duplicates = duplicates_of(map(known_of, frames["reports"].to_dict("records")), prefer)
    reports = frames["reports"].assign(duplicate_of=frames["reports"]["report_id"].map(duplicates).astype("string"))
    findings = check(frames["cells"], duplicates=duplicates)
    failing = findings[findings["status"] == "fail"].groupby("report_id").size()
    reports["findings"] = reports["report_id"].map(failing).fillna(0).astype("Int64")
    return Corpus(frames["cells"], reports, findings, frames["sections"], frames["problems"].drop_duplicates())


def known_of(report: Mapping[str, object]) -> Known:
    """What tells whether a report is the same as another one."""
    text = {name: "" if pd.isna(value) else str(value) for name, value in report.items()}  # type: ignore[call-overload]
    sure = sure_id(text["agency"] or None, None) or (text["agency_id"] if text["region_code"] else "")
    year = int(text["year"]) if text["year"] else None
    return Known(text["report_id"], sure, year, text["readers"].partition(";")[0], text["published"])
