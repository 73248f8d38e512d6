"""Annual reports on government information disclosure in China (政府信息公开工作年度报告) as tidy pandas frames.

A first look::

    import govinfo
    corpus = govinfo.read_reports("data/raw")   # .cells .reports .findings .sections .problems
    report = govinfo.read_report("data/raw/fenyang-2021.txt")
    report.wide("requests")
"""

from importlib.metadata import version

from govinfo import datasets
from govinfo.checks import check
from govinfo.corpus import Built, Corpus, Progress, build, concat, load, progress_bar, read_reports, scan
from govinfo.corrections import corrections, with_corrections, with_suggestions
from govinfo.errors import (
    FileUnreadable,
    GovinfoError,
    MissingSoftware,
    NotAReport,
    NothingToRead,
    StaleCorrection,
    UsageError,
)
from govinfo.files.apart import Limits
from govinfo.forms import codebook, doubts, forms, rules
from govinfo.identity import agencies, agency_of, read_aliases
from govinfo.metrics import panel, panel_codebook, panel_reasons
from govinfo.report import Report, read_report

__version__ = version("govinfo")

__all__ = [
    "Built",
    "Corpus",
    "FileUnreadable",
    "GovinfoError",
    "Limits",
    "MissingSoftware",
    "NotAReport",
    "NothingToRead",
    "Progress",
    "Report",
    "StaleCorrection",
    "UsageError",
    "agencies",
    "agency_of",
    "build",
    "check",
    "codebook",
    "concat",
    "corrections",
    "datasets",
    "doubts",
    "forms",
    "load",
    "panel",
    "panel_codebook",
    "panel_reasons",
    "progress_bar",
    "read_aliases",
    "read_report",
    "read_reports",
    "rules",
    "scan",
    "with_corrections",
    "with_suggestions",
]
