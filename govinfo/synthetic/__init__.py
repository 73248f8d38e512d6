"""Synthetic reports of invented agencies. They are no evidence about any government.

For exercises, benchmarks and tests: the figures are consistent, their shape is that of real reports (few agencies
have most of the requests, disputes are rare), and defects may be put in, with the list of those that were.
``docs/synthetic.md`` says how the figures come about.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from govinfo.checks import FINDINGS, check
from govinfo.corpus import PROBLEMS, Corpus
from govinfo.errors import UsageError, refuse_seed
from govinfo.forms import forms
from govinfo.prose import STATEMENTS
from govinfo.synthetic.agencies import MOST_AGENCIES, invented_agencies
from govinfo.synthetic.defects import INJECTED, Injection, injections, known_defects
from govinfo.synthetic.figures import Figures, figures_of
from govinfo.synthetic.frames import (
    cells_frame,
    cells_printed,
    injected_frame,
    marked,
    reports_frame,
    sections_frame,
    statements_frame,
    title_of,
    with_suggested,
)
from govinfo.tables.records import CELLS

__all__ = ["INJECTED", "Synthetic", "known_defects", "synthetic", "title_of"]


@dataclass(frozen=True)
class Synthetic:
    """Synthetic reports as the frames of a ``govinfo.Corpus``; no evidence about any government.

    ``cells``, ``reports``, ``findings``, ``sections``, ``statements`` and ``problems`` have the columns of a corpus and
    behind them ``synthetic`` (boolean, always true). ``injected`` lists the cells that print other than the truth:
    columns ``INJECTED``, ``true`` and ``printed`` in the unit of the cell, ``printed`` NA for a blank.
    """

    cells: pd.DataFrame
    reports: pd.DataFrame
    sections: pd.DataFrame
    problems: pd.DataFrame
    injected: pd.DataFrame

    @cached_property
    def findings(self) -> pd.DataFrame:
        """The findings of ``govinfo.check`` about the tables, made when first asked for: it takes longer than all the
        rest."""
        return marked(check(self.cells), FINDINGS)

    @cached_property
    def statements(self) -> pd.DataFrame:
        """The counts that the prose states, made when first asked for. The prose states the true figures."""
        return marked(statements_frame(self.sections, self.reports), STATEMENTS)

    def corpus(self) -> Corpus:
        """The six frames as a Corpus, to save, export or chart."""
        return Corpus(self.cells, self.reports, self.findings, self.sections, self.statements, self.problems)


def synthetic(
    agencies: int = 20,
    years: Collection[int] = range(2019, 2026),
    seed: int = 0,
    defects: Mapping[str, float] | None = None,
    level: str | None = None,
) -> Synthetic:
    """Reports of invented agencies over years; no evidence about any government.

    ``agencies``: how many, from 1 to 5000. ``years``: years without a gap, from 2019 on, or the first and the last of
    them; each report follows the form of its year. ``seed``: the same one gives the same frames. ``defects``: for
    each kind (``known_defects``) an int, the number of reports that carry it, or a float, the share of the reports
    that can; a report carries one at most. Without defects every finding that can be checked passes. ``level``:
    agencies of that level alone (city, county, town or department).

    Raises UsageError for a number, years, defects or a level that make no sense.
    """
    if not 1 <= agencies <= MOST_AGENCIES:
        raise UsageError(f"{agencies} agencies.", hint=f"Ask for 1 to {MOST_AGENCIES}.")
    refuse_seed(seed)
    span = years_without_gap(years)
    rng = np.random.default_rng(seed)
    invented = invented_agencies(agencies, rng, level)
    true = figures_of(invented, len(span), rng)
    cells = cells_printed(span)
    printed_in = {key: np.zeros(len(span), dtype=bool) for key in true}
    for cell in cells:
        printed_in[cell.key][cell.year] = True
    found = injections(true, printed_in, defects or {}, rng)
    injected = injected_frame(invented, span, found)
    frame = with_suggested(cells_frame(invented, span, with_injections(true, found)), set(injected["report_id"]))
    return Synthetic(
        cells=frame,
        reports=reports_frame(invented, span, frame, failing_findings(frame, injected)),
        sections=sections_frame(invented, span, true),
        problems=marked(pd.DataFrame(), PROBLEMS),
        injected=injected,
    )


def years_without_gap(years: Collection[int]) -> Sequence[int]:
    """The years from the first to the last. Raises UsageError for a gap, or a year before that of the first form."""
    first_form = min(form.first_year for form in forms().values() if "requests" in form.tables)
    if not years or min(years) < first_form:
        raise UsageError(f"no years, or one before {first_form}.", hint=f"Give years from {first_form} on.")
    span = range(min(years), max(years) + 1)
    if set(years) not in ({span[0], span[-1]}, set(span)):
        raise UsageError("the years have gaps.", hint="Give the first and the last year, or all between them.")
    return span


def with_injections(true: Figures, found: Sequence[Injection]) -> Figures:
    """The figures as printed."""
    printed = {key: counts.copy() for key, counts in true.items()}
    for one in found:
        printed[one.cell][one.agency, one.year] = one.printed
    return printed


def failing_findings(cells: pd.DataFrame, injected: pd.DataFrame) -> pd.Series:
    """How many findings fail, by report_id: a defect shows in its own year and in the next, nothing else fails."""
    near = {
        f"{agency}-{year + away}"
        for agency, year in zip(injected["agency_id"], injected["year"], strict=True)
        for away in (-1, 0, 1)
    }
    findings = check(cells.loc[cells["report_id"].isin(near), list(CELLS)])
    return findings["status"].eq("fail").groupby(findings["report_id"]).sum()
