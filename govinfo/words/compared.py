"""What two reports held against each other are: the frames of a comparison."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from govinfo.report import Report

FIGURES = {
    "table": "string",
    "row": "string",
    "column": "string",
    "label": "string",
    "unit": "string",
    "before": "Float64",
    "after": "Float64",
    "difference": "Float64",
    "percent": "Float64",
    "comparable": "boolean",
    "why": "string",
}
"""Columns of the compared figures in their order, with their types."""

SHARES = {
    "report_id": "string",
    "agency": "string",
    "year": "Int64",
    "group": "string",
    "numerator": "Int64",
    "denominator": "Int64",
    "share": "Float64",
}
"""Columns of the shares of outcomes in their order, with their types."""

CARRIED = {"column": "string", "carried_out": "Float64", "carried_in": "Float64", "difference": "Float64"}
"""Columns of what is carried over in their order, with their types."""

ALIGNED = {
    "number": "Int64",
    "heading_before": "string",
    "heading_after": "string",
    "letters_before": "Int64",
    "letters_after": "Int64",
    "repeated": "Float64",
}
"""Columns of the aligned sections in their order, with their types."""

SENTENCES = {"number": "Int64", "status": "string", "before": "string", "after": "string"}
"""Columns of the aligned sentences in their order, with their types."""

STATED = {"subject": "string", "before": "Float64", "after": "Float64", "difference": "Float64", "why": "string"}
"""Columns of the statements of both in their order, with their types."""


@dataclass(frozen=True, repr=False)
class Compared:
    """Two reports, ``before`` and ``after``.

    ``figures`` (columns ``FIGURES``) has the cells that either prints: ``difference`` is after - before, ``percent``
    that of before; ``comparable`` is false where a form asks for something else there, and ``why`` says so, or that a
    figure is missing, in doubt or part of a sum that fails. ``shares`` (``SHARES``): the groups of outcomes as shares
    of the requests handled. ``carried`` (``CARRIED``): what the earlier one carries out and the later one carries in,
    by applicant; empty unless both are of one agency and of years that follow each other. ``sections`` (``ALIGNED``)
    and ``sentences`` (``SENTENCES``; status same, figures, changed, removed or added): the words side by side.
    ``stated`` (``STATED``): what both state in prose, where each states one count of a subject; ``why`` tells where a
    table says otherwise. ``repeated`` is the share of both texts that each repeats from the other
    (``govinfo.prose.repeated``), NA where there is no text; symmetric.
    """

    before: Report
    after: Report
    figures: pd.DataFrame
    shares: pd.DataFrame
    carried: pd.DataFrame
    sections: pd.DataFrame
    sentences: pd.DataFrame
    stated: pd.DataFrame
    repeated: float | None
