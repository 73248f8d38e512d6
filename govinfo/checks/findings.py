"""The identities of the form (勾稽关系) as a frame of findings. Nothing here edits a figure.

R1-R4 hold within one report, R5-R7 and R9 between reports of one agency; ``govinfo/forms/rules.csv`` says what each
asks. R8, the prose of a report against its tables, is in ``govinfo.checks.prose``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

import pandas as pd

from govinfo.checks.prose import findings_of_statements
from govinfo.checks.wording import Asked, Term, asked_of, finding
from govinfo.errors import UsageError
from govinfo.forms import IdentityAcrossYears, YearTerm, identities_across_years, label_zh
from govinfo.identity.agencies import Aliases, agency_of, may_be_several
from govinfo.identity.invented import is_invented
from govinfo.prose import STATEMENTS
from govinfo.tables.records import CELLS
from govinfo.tables.solve import Sum, sums_asked
from govinfo.text import exact

FINDINGS = {
    "report_id": "string",
    "agency": "string",
    "year": "Int64",
    "rule": "string",
    "table": "string",
    "row": "string",
    "column": "string",
    "left": "Float64",
    "right": "Float64",
    "difference": "Float64",
    "status": "string",
    "message": "string",
    "severity": "string",
    "message_zh": "string",
    "synthetic": "boolean",
}
"""Columns of the findings frame in their order, with their types."""

Place = tuple[str, str]

Line = tuple[str, str, float | None, str]
"""What a line of the cells frame says of one cell: row, column, value, doubts."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one table of one report by row and column; ``printed`` are the rows that the page prints."""

    form: str
    year: int | None
    values: Mapping[Place, Decimal | None]
    printed: frozenset[str]

    def rows(self) -> tuple[str, ...]:
        """The rows of the table in their order."""
        return tuple(dict.fromkeys([row for row, _ in self.values]))

    def columns(self) -> tuple[str, ...]:
        """The columns of the table in their order."""
        return tuple(dict.fromkeys([column for _, column in self.values]))


@dataclass(frozen=True, slots=True)
class Checked:
    """One report as the checks need it: ``agency_id`` is "" where the name leaves open which agency it is."""

    report_id: str
    agency: str
    agency_id: str
    year: int | None
    tables: Mapping[str, Figures]


def check(
    cells: pd.DataFrame,
    aliases: Aliases | None = None,
    *,
    duplicates: Collection[str] = (),
    agency_ids: Mapping[str, str] | None = None,
    statements: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The findings of all reports in a cells frame: one row per identity and row or column that it concerns.

    ``status`` is "pass", "fail" or "unknown" (a term is blank, unreadable or not printed); ``left`` and ``right``
    are the two sides, ``difference`` is left - right, all NA where unknown. ``row`` is NA for a rule that adds up
    rows, ``column`` for one that adds up columns. ``severity`` is "error", or "warning" for rules that reports may
    rightly break; ``message`` and ``message_zh`` name the cells in English and Chinese. Columns and types:
    ``FINDINGS``.

    Rules across years stand with the later report. They are looked at where the earlier report is in the frame and
    the agency's name fits one agency only; ``aliases`` (``govinfo.read_aliases``) say which names are one.
    ``statements``, the frame of counts stated in prose, adds the findings of rule R8 about them.
    ``duplicates`` (report_id) are checked by themselves only: in their place another report of that year counts.
    ``agency_ids`` are the ids of the agencies by report_id, "" for one that is not sure, where they are known already.
    Raises UsageError for a frame that is none of cells, or none of statements.
    """
    reports = reports_in(cells, aliases, agency_ids)
    series: dict[str, list[Checked]] = {}
    for report in reports:
        if report.agency_id and report.year and report.report_id not in duplicates:
            series.setdefault(report.agency_id, []).append(report)

    def of_years(report: Checked) -> Iterator[dict[str, object]]:
        return across(report, series.get(report.agency_id, [])) if report.report_id not in duplicates else iter(())

    said = {} if statements is None else findings_of_statements(typed_statements(statements), typed_values(cells))
    records = [
        {**head_of(report.report_id, report.agency, report.year), **finding}
        for report in reports
        for finding in (*within(report.tables), *said.get(report.report_id, ()), *of_years(report))
    ]
    return pd.DataFrame(records, columns=list(FINDINGS)).astype(FINDINGS)


def findings_of(
    records: Sequence[Mapping[str, object]], report_id: str, agency: str | None, year: int | None, form: str
) -> list[dict[str, object]]:
    """The findings within one report, from the records of its cells: records of the findings frame."""
    head = head_of(report_id, agency, year)
    return [{**head, **finding} for finding in within(figures_in(records, form, year))]


def figures_in(records: Sequence[Mapping[str, object]], form: str, year: int | None) -> dict[str, Figures]:
    """The figures of a report by table, from the records of its cells."""
    tables: dict[str, list[Line]] = {}
    for record in records:
        line = (record["row"], record["column"], record.get("value"), record["doubts"])
        tables.setdefault(record["table"], []).append(line)  # type: ignore[arg-type]
    return {table: figures_of(lines, form, year) for table, lines in tables.items()}


def head_of(report_id: str, agency: str | None, year: int | None) -> dict[str, object]:
    """What all findings of a report have in common."""
    return {"report_id": report_id, "agency": agency, "year": year, "synthetic": is_invented(agency)}


def reports_in(
    cells: pd.DataFrame, aliases: Aliases | None = None, agency_ids: Mapping[str, str] | None = None
) -> list[Checked]:
    """The reports of a cells frame with their figures, in the order in which they first stand there."""
    names = ("report_id", "agency", "year", "form", "table", "row", "column", "value", "doubts")
    columns = [
        column.to_numpy(dtype=object, na_value=None)  # type: ignore[call-overload]
        for column in columns_of_cells(cells, names)
    ]
    tables: dict[tuple[str, str, int | None], dict[tuple[str, str], list[Line]]] = {}
    for report_id, agency, year, form, table, *line in zip(*columns, strict=True):
        tables.setdefault((report_id, agency, year), {}).setdefault((table, form), []).append(tuple(line))
    return [
        Checked(
            report_id=report_id,
            agency=agency,
            agency_id=sure_id(agency, aliases) if agency_ids is None else agency_ids[report_id],
            year=year,
            tables={table: figures_of(lines, form, year) for (table, form), lines in mine.items()},
        )
        for (report_id, agency, year), mine in tables.items()
    ]


def columns_of_cells(cells: pd.DataFrame, names: Sequence[str]) -> list[pd.Series]:
    """Columns of a cells frame with their types, which a frame read from CSV has lost.

    Raises UsageError where one is missing, or holds what it cannot hold.
    """
    hint = "Give the cells of a report or of a corpus."
    if missing := [name for name in names if name not in cells.columns]:
        raise UsageError(f"columns missing from the cells: {', '.join(missing)}.", hint=hint)
    try:
        return [typed(cells[name], CELLS[name]) for name in names]
    except (ValueError, TypeError) as error:
        raise UsageError(f"these are no cells: {error}.", hint=hint) from error


def typed_values(cells: pd.DataFrame) -> pd.DataFrame:
    """The columns of a cells frame that statements are held against, with their types."""
    names = ("report_id", "table", "row", "column", "value")
    return pd.concat(columns_of_cells(cells, names), axis=1)


def typed_statements(statements: pd.DataFrame) -> pd.DataFrame:
    """A statements frame with its types. Raises UsageError where a column is missing, or holds what it cannot hold."""
    hint = "Give the statements of a report or of a corpus."
    types = {name: type_ for name, type_ in STATEMENTS.items() if name != "synthetic"}  # which nothing here asks for
    if missing := [name for name in types if name not in statements.columns]:
        raise UsageError(f"columns missing from the statements: {', '.join(missing)}.", hint=hint)
    try:
        frame = pd.DataFrame({name: typed(statements[name], type_) for name, type_ in types.items()})
    except (ValueError, TypeError) as error:
        raise UsageError(f"these are no statements: {error}.", hint=hint) from error
    return frame.fillna({"approximate": "", "topic": "", "words": ""})


def typed(column: pd.Series, type_: str) -> pd.Series:
    """A column in its type; an empty text is no number."""
    if column.dtype == type_:
        return column
    texts = column.astype("string")
    return texts if type_ == "string" else pd.to_numeric(texts.replace("", None)).astype(type_)  # type: ignore[call-overload]


def sure_id(name: str | None, aliases: Aliases | None) -> str:
    """The id of an agency; "" where its name is not known or bodies of several places bear it."""
    agency = agency_of(name, aliases) if name else None
    return "" if agency is None or may_be_several(agency) else agency.id


def figures_of(lines: Sequence[Line], form: str, year: int | None) -> Figures:
    """The figures of one table of one report."""
    return Figures(
        form=form,
        year=year,
        values={(row, column): exact(value) for row, column, value, _ in lines},
        printed=frozenset([row for row, _, _, doubts in lines if doubts != "row-missing"]),
    )


# Within a report


def within(tables: Mapping[str, Figures]) -> Iterator[dict[str, object]]:
    """The findings of one report by itself; a row not in the frame is unknown."""
    for table, mine in tables.items():
        for asked, places in sums_named(table, mine.form, mine.rows(), mine.columns(), mine.printed):
            yield finding(asked, [mine.values.get(place) for place in places])


@lru_cache(maxsize=4096)
def sums_named(
    table: str, form: str, rows: tuple[str, ...], columns: tuple[str, ...], printed: frozenset[str]
) -> tuple[tuple[Asked, tuple[Place, ...]], ...]:
    """The sums that a form asks of a table as findings say them, with the places of their terms."""
    return tuple(
        (asked_by(one), tuple(place for place, _ in one.terms))
        for one in sums_asked(table, form, rows, columns, printed)
    )


def asked_by(one: Sum) -> Asked:
    """What a sum within a report asks."""
    table, along = one.identity.table, one.identity.along
    codes = [(place[1 if along == "row" else 0], weight) for place, weight in one.terms]
    terms = [Term(code, label_zh(table, code), weight) for code, weight in codes]
    return asked_of(one.identity.rule, table, along, one.line, terms)


# Across years


@cache
def crossing_lines() -> tuple[frozenset[Place], frozenset[Place]]:
    """The rows and the columns, each with its table, that rules across years look at."""
    terms = [(one.table, one.along, term.code) for one in identities_across_years() for term in one.terms]
    rows, columns = ({(table, code) for table, along, code in terms if along == way} for way in ("column", "row"))
    return frozenset(rows), frozenset(columns)


def crossing_of(records: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """The records of cells that rules across years look at."""
    rows, columns = crossing_lines()
    return [
        record
        for record in records
        if (record["table"], record["row"]) in rows or (record["table"], record["column"]) in columns
    ]


def findings_across(report: Checked, series: Sequence[Checked]) -> list[dict[str, object]]:
    """The findings of a report and those before it in the series of its agency, as records of the findings frame."""
    head = head_of(report.report_id, report.agency, report.year)
    return [{**head, **finding} for finding in across(report, series)]


def across(report: Checked, series: Sequence[Checked]) -> Iterator[dict[str, object]]:
    """The findings of one report and those before it in the series of its agency, where both print the cells."""
    for identity in identities_across_years():
        mine = report.tables.get(identity.table)
        if mine is None or mine.form not in identity.forms:
            continue
        years = {term.year: reports_at(term.year, report, series, identity) for term in identity.terms}
        for line in mine.rows() if identity.along == "row" else mine.columns():
            places = [(line, term.code) if identity.along == "row" else (term.code, line) for term in identity.terms]
            found = [
                term_of_year(term, place, [other.tables[identity.table] for other in years[term.year]], identity.table)
                for term, place in zip(identity.terms, places, strict=True)
            ]
            if all(found):
                terms, values = zip(*filter(None, found), strict=True)
                yield finding(asked_of(identity.rule, identity.table, identity.along, line, terms), values)


def reports_at(when: str, report: Checked, series: Sequence[Checked], identity: IdentityAcrossYears) -> list[Checked]:
    """The reports of a series that a term speaks of: this one, those of the year before, or the last ones before it."""
    if when == "same" or report.year is None:
        return [report] if when == "same" else []
    fitting = [
        other
        for other in series
        if other.year is not None
        and other.year < report.year
        and (figures := other.tables.get(identity.table)) is not None
        and figures.form in identity.forms
    ]
    last = max((other.year for other in fitting if other.year), default=None)
    wanted = report.year - 1 if when == "previous" else last
    return [other for other in fitting if other.year == wanted]


def term_of_year(
    term: YearTerm, place: Place, reports: Sequence[Figures], table: str
) -> tuple[Term, Decimal | None] | None:
    """A term across years and its figure, None where no such report prints the cell; without a figure where reports of
    one year disagree."""
    found = {mine.values[place] for mine in reports if place in mine.values}
    if not found:
        return None
    year = reports[0].year
    value = found.pop() if len(found) == 1 else None
    return Term(f"{term.code} of {year}", f"{year}年{label_zh(table, term.code)}", term.weight), value
