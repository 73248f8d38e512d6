"""Figures of reports side by side, who reported them, and their sums by any identity column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import pandas as pd
from pandas.api.typing import DataFrameGroupBy

from govinfo.checks import check
from govinfo.corpus import Corpus, counted
from govinfo.errors import UsageError, near
from govinfo.forms import instead_of
from govinfo.metrics.registry import Part, Terms

By = str | Sequence[str]
PER_REPORT = ("report_id", "agency", "year")
"""Columns to group by where nothing else is asked: one row per report."""

OF_CELLS = ("report_id", "agency", "year", "form", "source")
"""Columns of the cells frame that are the same in every cell of a report."""

NEEDED = (*OF_CELLS, "table", "row", "column", "value", "kind", "doubts")

MARK = "synthetic"
"""The column that marks invented figures. Results have it, true or false, where any of the cells are invented."""

AGENCY = "_agency"
"""Who reported: the agency's id, where that is not known its name, else the report alone."""


@dataclass(frozen=True)
class Figures:
    """Figures of reports, each frame with one row per report and one column per place "table.row.column".

    ``values`` is NaN where nothing counts. ``there`` tells where the report has that cell, ``stood_for`` where another
    row stands for this one, ``taken`` where a blank was taken as 0.
    """

    values: pd.DataFrame
    there: pd.DataFrame
    stood_for: pd.DataFrame
    taken: pd.DataFrame

    def complete(self, terms: Terms) -> pd.Series:
        """True for reports that print every term, or another row in its stead."""
        places = [place for place, _ in terms]
        return (self.values[places].notna() | self.stood_for[places]).all(axis=1)

    def total(self, terms: Terms) -> pd.Series:
        """The weighted sum of what is printed; NaN where nothing is."""
        return sum_or_nan([self.values[place] * weight for place, weight in terms])

    def blanks(self, terms: Terms) -> pd.Series:
        """How many of these places are blanks taken as 0."""
        return self.taken[list(dict.fromkeys(place for place, _ in terms))].sum(axis=1)


def sum_or_nan(columns: Sequence[pd.Series]) -> pd.Series:
    """The sum across columns of those that are not NaN; NaN where all are."""
    return pd.concat(columns, axis=1).sum(axis=1, min_count=1)


Reported = pd.DataFrame | Corpus
"""What is measured: a cells frame, or a corpus, of which the reports that count are taken."""


def frames_of(data: Reported, reports: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """The cells and the reports of what is measured; a reports frame that is given goes before that of a corpus."""
    if isinstance(data, Corpus):
        return data.counted().cells, data.reports if reports is None else reports
    return data, reports


def plain(result: pd.DataFrame) -> pd.DataFrame:
    """A result with plain floats and booleans of numpy, as statsmodels and scikit-learn take them; NA is NaN.

    Counts become floats where one is NA, else whole numbers; a boolean column with NA becomes floats of 0 and 1.
    """
    kinds = {"Float64": "float64", "Int64": "int64", "boolean": "bool"}
    types = {
        name: "float64" if result[name].isna().any() else kinds[str(result[name].dtype)]
        for name in result
        if str(result[name].dtype) in kinds
    }
    return result.astype(types)


def figures(cells: pd.DataFrame, places: Sequence[str], *, blank_as_zero: bool = False) -> Figures:
    """The figures at ``places`` of every report in a cells frame. Raises UsageError where a cell stands twice."""
    require(cells, NEEDED)
    names = list(dict.fromkeys(places))
    wanted = pd.DataFrame([name.split(".") for name in names], columns=["table", "row", "column"], dtype="string")
    mine = cells.merge(wanted.assign(place=names), on=["table", "row", "column"])
    refuse_repeated(mine)
    mine = mine.assign(there=True, printed=is_printed(mine), taken=False)
    if blank_as_zero:
        mine = take_blanks(mine, cells)

    ids = cells["report_id"].unique()

    def wide(column: str) -> pd.DataFrame:
        table = mine.pivot(index="report_id", columns="place", values=column)
        return table.reindex(index=ids, columns=names).rename_axis(index=None)

    replaced = stood_for(wide("printed").eq(True))
    return Figures(
        values=wide("value").astype("float64").mask(replaced),
        there=wide("there").eq(True),
        stood_for=replaced,
        taken=wide("taken").eq(True),
    )


def stood_for(printed: pd.DataFrame) -> pd.DataFrame:
    """Where another row stands for this one: the single row of other outcomes for its three, or they for it.

    As in the sums of the form, the single row counts only where none of the three is on the page.
    """
    found = pd.DataFrame(False, index=printed.index, columns=printed.columns)
    for single, parts in instead_of("requests").items():
        one, several = f"requests.{single}.total", [f"requests.{part}.total" for part in parts]
        if one in found:
            alone = printed[one] & ~printed[several].any(axis=1)
            found[one] = ~alone
            for place in several:
                found[place] = alone
    return found


def take_blanks(mine: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Blank cells and dashes as 0, with ``taken`` True, unless a sum of the form then fails.

    The sums are checked over the whole report with all its blanks as 0: a blank row of outcomes under 800 requests
    handled is not 0.
    """
    filled = cells[cells["report_id"].isin(mine.loc[is_blank(mine), "report_id"])]
    findings = check(filled.assign(value=filled["value"].mask(is_blank(filled), 0)))
    failing = findings[findings["status"] == "fail"]
    contradicted = reduce(
        or_,
        [
            in_places(mine, failing[failing[across].isna()], ["report_id", "table", along])
            for along, across in (("row", "column"), ("column", "row"))
        ],
    )
    taken = is_blank(mine) & ~contradicted
    return mine.assign(value=mine["value"].mask(taken, 0), taken=taken)


def is_blank(cells: pd.DataFrame) -> pd.Series:
    """True for cells printed blank or with a dash; those of a row that the page leaves out are neither, nor those that
    somebody has filled in or corrected."""
    return cells["kind"].isin(["blank", "dash"]) & cells["value"].isna() & is_printed(cells)


def is_printed(cells: pd.DataFrame) -> pd.Series:
    """True for cells whose row stands on the page."""
    return cells["doubts"].ne("row-missing").fillna(True).astype("bool")


def in_places(cells: pd.DataFrame, findings: pd.DataFrame, columns: list[str]) -> pd.Series:
    """True for cells whose ``columns`` are those of one of the findings."""
    places = pd.MultiIndex.from_frame(findings[columns].astype("object"))
    return pd.Series(pd.MultiIndex.from_frame(cells[columns].astype("object")).isin(places), index=cells.index)


def per_report(cells: pd.DataFrame, by: By, reports: pd.DataFrame | None) -> tuple[pd.DataFrame, list[str]]:
    """One row per report of a cells frame, by report_id, with the columns ``by`` and AGENCY; and ``by`` as a list.

    Reports with ``duplicate_of`` do not count: another one does in their place.
    Raises UsageError for a column that does not exist, for a report that ``reports`` lacks or has twice, and where
    two reports of one agency on one year would be added up.
    """
    require(cells, OF_CELLS)
    columns = [by] if isinstance(by, str) else list(by)
    known = counted(known_reports(cells, reports))
    for column in columns:
        if column not in (*known.columns, AGENCY):
            advice = "Columns of the reports frame need reports=corpus.reports. " if reports is None else ""
            raise UsageError(f"reports have no column {column!r}.", hint=advice + near(column, known.columns))
    known[AGENCY] = agency_of(known)
    if "report_id" not in columns:
        refuse_doubles(known)
    wanted = list(dict.fromkeys([*columns, AGENCY, *([MARK] if MARK in known and known[MARK].any() else [])]))
    return known.set_index(known["report_id"].rename(None))[wanted], columns


def known_reports(cells: pd.DataFrame, reports: pd.DataFrame | None) -> pd.DataFrame:
    """What is known of each report: the columns that its cells share, then those of the reports frame."""
    shared = [*OF_CELLS, *([MARK] if MARK in cells else [])]
    own = cells[shared].drop_duplicates("report_id").reset_index(drop=True)
    if reports is None:
        return own
    require(reports, ["report_id"])
    if len(missing := own[~own["report_id"].isin(reports["report_id"])]):
        raise UsageError(
            f"reports lacks {len(missing)} of the reports in cells: {', '.join(missing['report_id'][:3])}.",
            hint="Give the reports frame that belongs to these cells.",
        )
    if reports["report_id"].duplicated().any():
        raise UsageError("a report stands twice in reports.", hint="Drop one: reports.drop_duplicates('report_id').")
    return own.merge(reports.drop(columns=[c for c in shared[1:] if c in reports]), on="report_id", how="left")


def agency_of(known: pd.DataFrame) -> pd.Series:
    """Who reported: agency_id, where that is NA the name, where that is NA too the report's own id."""
    names = known["agency"].fillna(known["report_id"])
    return known["agency_id"].fillna(names) if "agency_id" in known else names


def duplicates(cells: Reported, reports: pd.DataFrame | None = None) -> pd.DataFrame:
    """Reports of which another one of the same agency and year is in the frame: report_id, agency, year, source.

    One agency is one agency_id where ``reports`` is given and knows it, else one name. Nothing here chooses among
    them: drop from ``cells`` those that you do not want.
    """
    if isinstance(cells, Corpus):
        return duplicates(cells.cells, cells.reports if reports is None else reports)
    known = known_reports(cells, reports)
    return doubled(known.assign(**{AGENCY: agency_of(known)}))


def doubled(known: pd.DataFrame) -> pd.DataFrame:
    """The reports that share agency and year with another; a report whose year is not known shares it with none."""
    twice = known.duplicated([AGENCY, "year"], keep=False) & known["year"].notna()
    found = known[twice].sort_values([AGENCY, "year"], kind="stable")
    return found[["report_id", "agency", "year", "source"]].reset_index(drop=True)


def refuse_doubles(known: pd.DataFrame) -> None:
    """Raises UsageError where an agency has two reports on one year: their sum would count its requests twice."""
    if len(found := doubled(known)):
        raise UsageError(
            f"two reports of one agency on one year would be added up: {', '.join(found['report_id'][:4])}.",
            hint="Give reports=corpus.reports, which tells which of them counts; or see metrics.duplicates(cells, "
            "reports), drop from cells those that you do not want, "
            "or keep reports apart with 'report_id' in by.",
        )


def pooled(
    parts: Sequence[Part], cells: pd.DataFrame, by: By, reports: pd.DataFrame | None, blank_as_zero: bool
) -> pd.DataFrame:
    """The sums of each part over the reports of each group.

    Columns: by..., the names of the parts, numerator and denominator (Float64, NA where no report counts), reports
    (Int64: reports that count), left_out (Int64: reports of which a term is missing), and, where ``blank_as_zero``,
    blanks_as_zero (Int64: cells). Sorted by ``by``, within that in the order of ``parts``.
    """
    known, columns = per_report(cells, by, reports)
    places = [place for part in parts for place, _ in (*part.numerator, *part.denominator, *part.needed)]
    found = figures(cells, places, blank_as_zero=blank_as_zero)
    lines = pd.concat([line_of(part, found).join(known, how="inner").assign(**part.names) for part in parts])
    keys = [*columns, *parts[0].names]
    groups = grouped(lines, columns, keys)
    added = add_up(groups, ["numerator", "denominator"], ["reports", "left_out", "blanks_as_zero"])
    added = marked(added.astype(dict.fromkeys(parts[0].names, "string")), groups)
    return added if blank_as_zero else added.drop(columns="blanks_as_zero")


def line_of(part: Part, found: Figures) -> pd.DataFrame:
    """One row per report: numerator, denominator, reports and left_out (1 or 0), blanks_as_zero."""
    counts = found.complete(part.needed)
    return pd.DataFrame(
        {
            "numerator": found.total(part.numerator).where(counts),
            "denominator": found.total(part.denominator).where(counts),
            "reports": counts.astype("int64"),
            "left_out": (~counts).astype("int64"),
            "blanks_as_zero": found.blanks((*part.numerator, *part.denominator)).where(counts, 0),
        }
    )


def grouped(lines: pd.DataFrame, by: Sequence[str], keys: Sequence[str]) -> DataFrameGroupBy[Any, Any]:
    """Lines grouped by ``keys``, NA among them, in the order of ``by``; without keys, all lines as one group."""
    ordered = lines.sort_values(list(by), kind="stable") if by else lines
    return ordered.assign(_all=0).groupby(["_all", *keys], sort=False, dropna=False)


def add_up(groups: DataFrameGroupBy[Any, Any], sums: Sequence[str], counts: Sequence[str]) -> pd.DataFrame:
    """The sums within groups: ``sums`` as Float64, NA where all terms are NA, ``counts`` as Int64."""
    added = groups[[*sums, *counts]].sum(min_count=1).reset_index().drop(columns="_all")
    return added.astype({**dict.fromkeys(sums, "Float64"), **dict.fromkeys(counts, "Int64")})


def marked(added: pd.DataFrame, groups: DataFrameGroupBy[Any, Any]) -> pd.DataFrame:
    """Sums of groups with ``MARK`` behind them, where their lines have it: true where one of a group is invented."""
    if MARK not in groups.obj.columns:
        return added
    return added.assign(**{MARK: groups[MARK].any().astype("boolean").to_numpy()})


def require(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    """Raises UsageError where a frame lacks columns."""
    if missing := [column for column in columns if column not in frame]:
        raise UsageError(
            f"the frame has no column {', '.join(missing)}.", hint="Give corpus.cells, and corpus.reports as reports=."
        )


def refuse_repeated(cells: pd.DataFrame) -> None:
    """Raises UsageError where a report has a cell twice, as it has when frames were put together twice."""
    if len(twice := cells[cells.duplicated(["report_id", "place"])]):
        first = twice.iloc[0]
        raise UsageError(
            f"{first['place']} of {first['report_id']} stands twice in cells.", hint="Use cells.drop_duplicates()."
        )
