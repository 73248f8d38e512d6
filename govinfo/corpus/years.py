"""What holds between reports: which of them count, and the rules across years, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from govinfo.checks import FINDINGS, Checked, Figures, findings_across
from govinfo.corpus.columns import KINDS, table_of
from govinfo.corpus.dictionary import REPORTS
from govinfo.corpus.duplicates import Known
from govinfo.files.apart import Limits, apart_or_here
from govinfo.text import exact

Series = Mapping[str, tuple[str, ...]]
"""The reports (report_id) of each agency that count, by the agency's id."""


ENOUGH = Limits(seconds=3600.0, memory=1 << 34)
"""What no batch takes: these are our own figures, not files from anywhere."""


@dataclass(frozen=True, slots=True)
class Years:
    """The rules across years that are to be looked at for some agencies: their ``series``, and the cells of all
    reports in these that the rules look at."""

    series: Series
    crossing: pa.Table


def findings_of_years(task: Years) -> pa.Table:
    """The findings across years of the reports in these series."""
    rows = rows_by_report(task.crossing)
    records: list[dict[str, object]] = []
    for agency_id, ids in task.series.items():
        series = [checked(task.crossing.slice(*rows[id_]), id_, agency_id) for id_ in ids if id_ in rows]
        for report in series:
            records += findings_across(report, series)
    return table_of([(records, {})], FINDINGS)


def findings_of_years_apart(task: Years) -> pa.Table:
    """``findings_of_years`` in one of the processes that read: so that cores share the work, and this one stays
    small."""
    return apart_or_here(findings_of_years, task, limits=ENOUGH)


def rows_by_report(table: pa.Table) -> dict[str, tuple[int, int]]:
    """Where the rows of each report begin, and how many they are: they stand together."""
    rows: dict[str, tuple[int, int]] = {}
    for at, report_id in enumerate(table["report_id"].to_pylist()):
        start, length = rows.get(report_id, (at, 0))
        rows[report_id] = (start, length + 1)
    return rows


def checked(rows: pa.Table, report_id: str, agency_id: str) -> Checked:
    """A report as the checks need it, from its rows."""
    agencies, years, forms, tables, codes, columns, values = (
        rows[name].to_pylist() for name in ("agency", "year", "form", "table", "row", "column", "value")
    )
    found: dict[str, dict[tuple[str, str], Decimal | None]] = {}
    for table, row, column, value in zip(tables, codes, columns, values, strict=True):
        found.setdefault(table, {})[row, column] = exact(value)
    return Checked(
        report_id,
        agencies[0],
        agency_id,
        years[0],
        {table: Figures(forms[0], years[0], figures, frozenset()) for table, figures in found.items()},
    )


def series_of(reports: Iterable[Known], duplicates: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The reports of each agency that count; those of no sure agency or year are in no series."""
    found: dict[str, list[str]] = {}
    for report in reports:
        if report.agency_id and report.year and report.report_id not in duplicates:
            found.setdefault(report.agency_id, []).append(report.report_id)
    return {agency_id: tuple(ids) for agency_id, ids in found.items()}


def reports_of(entries: pa.Table, across: pa.Table, duplicates: Mapping[str, str]) -> pa.Table:
    """The reports frame of a batch: what was read of each report, with what is known when all are."""
    entries = entries.filter(pc.equal(entries["state"], "report"))
    failing: dict[str, int] = {}
    unsure: set[tuple[str, str]] = set()
    for report_id, table, status in zip(
        *(across[name].to_pylist() for name in ("report_id", "table", "status")), strict=True
    ):
        failing[report_id] = failing.get(report_id, 0) + (status == "fail")
        if status != "pass":
            unsure.add((report_id, table))
    ids = entries["report_id"].to_pylist()
    told = {
        "findings": [n + failing.get(id_, 0) for n, id_ in zip(entries["findings"].to_pylist(), ids, strict=True)],
        "doubts": [
            ";".join(one for one in doubts.split(";") if (id_, one.removesuffix("-confirmed")) not in unsure)
            for doubts, id_ in zip(entries["doubts"].to_pylist(), ids, strict=True)
        ],
        "duplicate_of": [duplicates.get(id_) for id_ in ids],
    }
    types = KINDS["reports"]
    columns = [
        pa.array(told[n], type=pa.int64() if types[n] == "Int64" else pa.string()) if n in told else entries[n]
        for n in REPORTS
    ]
    return pa.table(dict(zip(REPORTS, columns, strict=True)))
