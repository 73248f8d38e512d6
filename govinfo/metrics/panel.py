"""Reports as a panel: one row per agency and year, one column per variable, and why a value is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from govinfo.corpus import Corpus, quality
from govinfo.errors import UsageError
from govinfo.files.data import read_table
from govinfo.forms import forms
from govinfo.metrics.figures import AGENCY, Figures, agency_of, figures, refuse_doubles
from govinfo.metrics.rates import rate
from govinfo.metrics.registry import METRICS, Terms, places

WHY = "why_"
"""What the column of reasons of a variable begins with."""

COUNTS = {"n_cells": "cells", "n_doubtful": "doubtful", "n_blank": "blank", "n_unreadable": "unreadable"}
"""Counts of the panel and the columns of ``Corpus.quality`` that they come from."""

LASTING = ("agency_id", "agency", "agency_en", "region_code", "province", "city", "county", "level", "synthetic")
"""What an agency is in all its years: filled in for years without a report."""

KEPT = ("agency_id", "agency", "agency_en", "region_code", "province", "city", "county", "level")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the panel: a figure (``alternatives``: sums of places, the first one that the report's form has)
    or a rate (``metric``)."""

    name: str
    label_en: str
    label_zh: str
    unit: str
    alternatives: tuple[Terms, ...]
    metric: str


@cache
def variables() -> tuple[Variable, ...]:
    """The variables with figures, in their order (panel.csv)."""
    return tuple(
        Variable(
            line["name"],
            line["label_en"],
            line["label_zh"],
            line["unit"],
            tuple(terms_of(one) for one in line["places"].split(" | ") if one),
            line["metric"],
        )
        for line in read_table("metrics", "panel")
    )


def terms_of(name: str) -> Terms:
    """The places of a variable, each with the weight 1."""
    return tuple((place, 1) for place in places(name))


def panel_codebook() -> pd.DataFrame:
    """One row per variable of a panel: name, label_en, label_zh, unit, source (places of the codebook, or the rate).

    All columns are strings. The columns ``why_NAME`` hold a reason of ``panel_reasons`` where NAME has no value.
    """
    about = [
        (line["name"], line["label_en"], line["label_zh"], line["unit"], "")
        for line in read_table("metrics", "panel_about")
    ]
    measured = [
        (line["name"], line["label_en"], line["label_zh"], line["unit"], line["places"] or f"rate {line['metric']}")
        for line in read_table("metrics", "panel")
    ]
    return pd.DataFrame([*about, *measured], columns=["name", "label_en", "label_zh", "unit", "source"], dtype="string")


def panel_reasons() -> pd.DataFrame:
    """Why a value of a panel is missing: reason, stata (letter of the missing value), spss (its code), label_en,
    label_zh; all strings but spss."""
    lines = pd.DataFrame([dict(line) for line in read_table("metrics", "panel_reasons")], dtype="string")
    return lines.astype({"spss": "int64"})


def panel(corpus: Corpus, *, balanced: bool = False, reasons: bool = True) -> pd.DataFrame:
    """One row per agency and year, sorted by them: who and when, figures as printed, rates, counts of doubts.

    Columns: those of ``panel_codebook`` in its order. agency_no and year are int64; figures, rates and counts float64
    with NaN where there is no value (a blank is not 0); synthetic is bool; the rest are strings. Behind them, unless
    ``reasons`` is False, stands ``why_NAME`` (string, NA where there is a value) for every figure and rate: a reason
    of ``panel_reasons``. ``balanced`` adds the years between the first and the last of the corpus that an agency has
    no report on, with the reason no_report. Reports that name no agency or no year are left out; of several on one
    agency and year the one that counts is taken.

    Raises UsageError where no report is left, and for two reports of one agency on one year.
    """
    corpus = corpus.counted()
    reports = corpus.reports.assign(**{AGENCY: agency_of(corpus.reports)})
    known = reports[reports["year"].notna() & (reports["agency_id"].notna() | reports["agency"].notna())]
    if known.empty:
        raise UsageError("no report here names its agency and its year.", hint="See corpus.reports.")
    refuse_doubles(known)
    known = known.set_index("report_id", drop=False).rename_axis(None)
    cells = corpus.cells[corpus.cells["report_id"].isin(known.index)]
    values, why = measured(cells, known)
    rows = pd.concat([about(known, corpus), values, why.add_prefix(WHY)], axis=1)
    rows = with_all_years(rows) if balanced else rows
    rows = rows.sort_values([AGENCY, "year"], kind="stable", ignore_index=True)
    rows["agency_no"] = rows[AGENCY].rank(method="dense").astype("int64")
    names = list(panel_codebook()["name"])
    columns = [*names, *(f"{WHY}{one.name}" for one in variables() if reasons)]
    return rows.astype({"year": "int64", "synthetic": "bool"})[columns]


def about(known: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Who and when, and how much of each report is in doubt, by report_id."""
    sheet = quality(corpus.cells, known.reset_index(drop=True), corpus.findings).set_index("report_id")
    rows = known[[name for name in (*KEPT, "year", "form", "report_id", AGENCY) if name in known]].copy()
    for name in KEPT:
        rows[name] = rows[name].astype("string") if name in rows else pd.Series(pd.NA, rows.index, dtype="string")
    for name, column in COUNTS.items():
        rows[name] = sheet[column].reindex(rows.index).astype("float64")
    failing = corpus.findings[corpus.findings["status"] == "fail"].groupby("report_id").size()
    rows["n_failing"] = failing.reindex(rows.index).fillna(0).astype("float64")
    rows["synthetic"] = known["synthetic"].fillna(False).astype("bool") if "synthetic" in known else False
    return rows


# Figures


def measured(cells: pd.DataFrame, known: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The values of all variables and the reasons where there is none, both by report_id."""
    wanted = dict.fromkeys(place for one in variables() for terms in one.alternatives for place, _ in terms)
    found = figures(cells, list(wanted))
    missing = missing_of(cells, list(wanted), known)
    values, why = {}, {}
    for one in variables():
        if one.metric:
            values[one.name], why[one.name] = rate_of(one.metric, cells, missing)
        else:
            values[one.name], why[one.name] = figure_of(one, found, missing)
    return (
        pd.DataFrame(values).reindex(known.index).astype("float64"),
        pd.DataFrame(why).reindex(known.index).astype("string"),
    )


def figure_of(one: Variable, found: Figures, missing: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """A figure by report, and why there is none: by the first of its places that has none, in the alternative that the
    report's form has."""
    value = pd.Series(np.nan, index=found.values.index)
    why = pd.Series("not_in_form", index=found.values.index, dtype="string")
    for terms in reversed(one.alternatives):
        names = [place for place, _ in terms]
        reason = missing.reindex(found.values.index)[names]
        applies = (reason != "not_in_form").any(axis=1)
        complete = found.complete(terms)
        first = reason.where(~found.stood_for[names] & found.values[names].isna()).bfill(axis=1).iloc[:, 0]
        value = value.mask(applies, found.total(terms).where(complete))
        why = why.mask(applies, first.astype("string"))
    return value, why.where(value.isna(), pd.NA)


def rate_of(metric: str, cells: pd.DataFrame, missing: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """A rate by report, and why there is none: the denominator is 0, or the first of its terms that is missing."""
    result = rate(metric, cells, by="report_id").set_index("report_id")
    value = result["rate"].astype("float64")
    needed = [place for part in METRICS[metric].parts for place, _ in part.needed]
    names = list(dict.fromkeys(place for place in needed if place in missing))
    reasons = missing.reindex(value.index)[names]
    gone = reasons.bfill(axis=1).iloc[:, 0] if names else pd.Series(pd.NA, value.index, dtype="string")
    why = gone.astype("string").mask(result["left_out"].eq(0), "nothing_to_divide")
    return value, why.where(value.isna(), pd.NA)


def missing_of(cells: pd.DataFrame, names: list[str], known: pd.DataFrame) -> pd.DataFrame:
    """Why a report has no value at a place, by report_id and place; NA where it has one."""
    place = cells["table"] + "." + cells["row"] + "." + cells["column"]
    mine = cells.assign(place=place)[place.isin(names)]
    printed = mine["doubts"].fillna("").str.contains("row-missing")
    kind = mine["kind"].mask(printed, "not_printed").mask(mine["value"].notna(), pd.NA)
    table = mine.assign(reason=kind, there=True)
    reasons = table.pivot(index="report_id", columns="place", values="reason")
    there = table.pivot(index="report_id", columns="place", values="there")
    reasons = reasons.reindex(index=known.index, columns=names).astype("object")
    there = there.reindex(index=known.index, columns=names).eq(True)
    in_form = pd.DataFrame(
        {name: [has(str(form), name) for form in known["form"]] for name in names}, index=known.index
    )
    return reasons.mask(~there & in_form, "not_printed").mask(~there & ~in_form, "not_in_form")


@cache
def has(form: str, name: str) -> bool:
    """True for a place that a form has."""
    table, row, column = name.split(".")
    known = forms().get(form)
    return bool(
        known
        and table in known.tables
        and any(line.code == row and column in line.columns for line in known.tables[table].rows)
    )


# Years


def with_all_years(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with one more for each year that an agency has no report on, from the first to the last of all."""
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    grid = pd.MultiIndex.from_product([rows[AGENCY].unique(), years], names=[AGENCY, "year"])
    full = rows.set_index([AGENCY, "year"]).reindex(grid)
    lasting = list(LASTING)
    full[lasting] = full.groupby(level=0)[lasting].transform(lambda column: column.ffill().bfill())
    reasons = [f"{WHY}{one.name}" for one in variables()]
    full[reasons] = full[reasons].mask(full["report_id"].isna(), "no_report")
    return full.reset_index()
