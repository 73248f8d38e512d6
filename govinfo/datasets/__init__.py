"""The data set that comes with the package: real reports, read by this package, offline.

The reports are examples of layouts and of agencies, not a sample: shares drawn from them say nothing about a
province or the country. ``docs/data-card.md`` says what is in the data set, what is not, and how to cite it. The
figures are facts that public bodies published; no right in them is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from govinfo.corpus import FRAMES, Corpus, counted, dictionary, load
from govinfo.datasets.citation import Citation, citation_of
from govinfo.errors import FileUnreadable, GovinfoError, UsageError, near
from govinfo.files.data import read_table
from govinfo.forms import codebook
from govinfo.metrics.registry import OUTCOMES
from govinfo.synthetic import Synthetic, synthetic

if TYPE_CHECKING:
    from govinfo.review import Audit

__all__ = [
    "Citation",
    "Synthetic",
    "cite",
    "codebook",
    "describe",
    "load_audit",
    "load_cells",
    "load_corpus",
    "load_findings",
    "load_reports",
    "load_requests_wide",
    "load_sections",
    "load_statements",
    "requests_wide",
    "synthetic",
]

REQUESTS_WIDE = {
    "agency_id": "string",
    "agency": "string",
    "year": "Int64",
    "province": "string",
    "level": "string",
    **{line["name"]: "Int64" for line in read_table("datasets", "requests_wide")},
}
"""Columns of the teaching table in their order, with their types."""

SHIPPED = Path(__file__).parents[1] / "data"
IN_REPOSITORY = Path(__file__).parents[2] / "data" / "processed"

SOURCES = """    Source: annual reports on government information disclosure (政府信息公开工作年度报告), named in the
    column ``source`` and in data/raw/sources.csv. Licence: the figures are published facts, no right in them is
    claimed; the code is under the MIT licence. Cite the report for a figure and CITATION.cff for the data set.
    Offline; raises FileUnreadable when the package was installed without its data."""

Load = Callable[[], pd.DataFrame]


def describe(frame: str) -> pd.DataFrame:
    """The data dictionary of a frame: column, type, nullable, unit, allowed, meaning (all string).

    ``frame`` is "cells", "reports", "findings", "sections", "statements", "problems" or "requests_wide".
    Raises UsageError for another name.
    """
    described_frames = {**FRAMES, "requests_wide": REQUESTS_WIDE}
    if frame not in described_frames:
        raise UsageError(f"no frame {frame!r}.", hint=near(frame, described_frames))
    lines = [
        (
            line["column"],
            described_frames[frame][line["column"]],
            line["nullable"],
            line["unit"],
            line["allowed"],
            line["meaning"],
        )
        for line in dictionary(frame)
    ]
    return pd.DataFrame(lines, columns=["column", "type", "nullable", "unit", "allowed", "meaning"], dtype="string")


def described(frame: str) -> Callable[[Load], Load]:
    """Adds the data dictionary of a frame to the docstring of the function that loads it."""

    def with_dictionary(load: Load) -> Load:
        lines = [
            f"    - {one['column']} ({one['type']}{', may be NA' if one['nullable'] == 'yes' else ''}"
            f"{', unit ' + one['unit'] if one['unit'] else ''}"
            f"{', ``' + one['allowed'] + '``' if one['allowed'] else ''}): "
            f"{one['meaning']}"
            for one in describe(frame).to_dict("records")
        ]
        load.__doc__ = "\n".join([(load.__doc__ or "").rstrip(), "", "    Columns:", "", *lines, "", SOURCES])
        return load

    return with_dictionary


@described("cells")
def load_cells() -> pd.DataFrame:
    """The cells of all shipped reports: one row per agency, year and table cell, 18 columns.

    ``value`` is what the page prints, NA for a blank, a dash and what could not be read; 0 is a printed 0.
    """
    return shipped("cells")


@described("reports")
def load_reports() -> pd.DataFrame:
    """The shipped reports: one row each, 25 columns."""
    return shipped("reports")


@described("findings")
def load_findings() -> pd.DataFrame:
    """The sums of the form over the shipped reports: one row per sum, 15 columns.

    Nothing was mended where a sum fails.
    """
    return shipped("findings")


@described("sections")
def load_sections() -> pd.DataFrame:
    """The paragraphs of the shipped reports under their headings: one row each, 9 columns.

    ``text`` holds little: the prose of the reports is not ours to ship.
    """
    return shipped("sections")


@described("statements")
def load_statements() -> pd.DataFrame:
    """The counts stated in the prose of the shipped reports: one row each, 14 columns.

    Few are there, as most of the prose was left out of the excerpts that are shipped.
    """
    return shipped("statements")


def load_audit() -> Audit:
    """The audit of the data set: a random sample of its cells, held against figures read from the pages by hand.

    ``text`` and ``text_zh`` say in a paragraph how many were read wrongly and what the exact bound of the rate is. The
    reports are those that the software was made on: the bound speaks of no others.
    """
    from govinfo.review import audit  # with what draws and serves the review, which nothing else here needs

    return audit((SHIPPED if SHIPPED.is_dir() else IN_REPOSITORY.parent) / "audit.csv")


def load_corpus() -> Corpus:
    """All frames of the data set as one Corpus, for charts and exports."""
    folder = SHIPPED if SHIPPED.is_dir() else IN_REPOSITORY
    try:
        return load(folder)
    except GovinfoError as error:
        raise FileUnreadable(
            f"The data set is not where it should be: {error.message}",
            where=str(folder),
            hint="Install the package again, or in the repository run: make data",
        ) from error


def cite(corpus: Corpus | None = None) -> Citation:
    """How to cite the data set that ships, or another corpus: version, date, SHA-256 of the frames, BibTeX, GB/T 7714.

    Printed, it gives all of them; ``bibtex`` and ``gbt7714`` give the entries alone. For a figure cite the report.
    """
    return citation_of(load_corpus() if corpus is None else corpus)


@described("requests_wide")
def load_requests_wide() -> pd.DataFrame:
    """A small table to teach with: one row per agency and year with a table of requests (forms of 2019 and 2021).

    17 columns: five that say who and when, twelve counts from the total columns of the tables of requests
    (收到和处理政府信息公开申请情况) and disputes (行政复议、行政诉讼情况). A count that adds up several cells is NA
    when one of them is: a blank is not 0.
    """
    return requests_wide(shipped("cells"), shipped("reports"))


def requests_wide(cells: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The teaching table of any reports: columns and types ``REQUESTS_WIDE``, one row per report with requests."""
    counts = pd.DataFrame({line["name"]: count_of(cells, line) for line in read_table("datasets", "requests_wide")})
    counts = counts[counts.index.isin(cells.loc[cells["table"] == "requests", "report_id"])]
    joined = counted(reports).merge(counts.rename_axis("report_id").reset_index(), on="report_id")
    return joined.sort_values(["agency_id", "year"], ignore_index=True)[list(REQUESTS_WIDE)].astype(REQUESTS_WIDE)


def count_of(cells: pd.DataFrame, line: Mapping[str, str]) -> pd.Series:
    """A count by report: the sum of the cells that a line of requests_wide.csv names, NA where one of them is.

    A line names rows, or a group of outcomes.
    """
    group = [outcome.row for outcome in OUTCOMES if outcome.group == line["group"]]
    wanted = (cells["table"] == line["table"]) & (cells["column"] == line["column"])
    mine = cells[wanted & cells["row"].isin(group or line["rows"].split("|"))].groupby("report_id")["value"]
    return mine.sum().mask(mine.count() < mine.size())


def shipped(name: str) -> pd.DataFrame:
    """One frame of the data set: from the package, or from the repository where that is installed in place."""
    frame: pd.DataFrame = getattr(load_corpus(), name)
    return frame
