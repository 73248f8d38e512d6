"""Volumes, rates and shares of requests: pure functions from a cells frame to a frame.

Each function takes ``cells`` (a cells frame, or a corpus with its reports) and keywords: ``by`` (columns to group by,
() for one row), ``reports`` (the reports frame, where ``by`` names columns of it). Values are used as printed; a blank
is not 0; what is left out is counted in the result. ``describe()`` lists the rates.
"""

from govinfo.metrics.comparison import (
    Spread,
    adjusted_limits,
    cluster_rate,
    overdispersion,
    shrunken,
    trend,
)
from govinfo.metrics.figures import PER_REPORT, duplicates, plain
from govinfo.metrics.limits import chance_limits
from govinfo.metrics.panel import panel, panel_codebook, panel_reasons
from govinfo.metrics.rates import (
    backlog_rate,
    correction_rate,
    declined_rate,
    disclosure_rate,
    litigation_rate,
    mean_rate,
    not_held_rate,
    other_rate,
    rate,
    reconsideration_rate,
    refusal_rate,
    unable_rate,
)
from govinfo.metrics.registry import CROSSWALK, GROUPS, METRICS, Metric, describe
from govinfo.metrics.volumes import outcomes, reasons, volumes, volumes_by_applicant

__all__ = [
    "CROSSWALK",
    "GROUPS",
    "METRICS",
    "PER_REPORT",
    "Metric",
    "Spread",
    "adjusted_limits",
    "backlog_rate",
    "chance_limits",
    "cluster_rate",
    "correction_rate",
    "declined_rate",
    "describe",
    "disclosure_rate",
    "duplicates",
    "litigation_rate",
    "mean_rate",
    "not_held_rate",
    "other_rate",
    "outcomes",
    "overdispersion",
    "panel",
    "panel_codebook",
    "panel_reasons",
    "plain",
    "rate",
    "reasons",
    "reconsideration_rate",
    "refusal_rate",
    "shrunken",
    "trend",
    "unable_rate",
    "volumes",
    "volumes_by_applicant",
]
