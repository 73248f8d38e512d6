"""Annual reports on government information disclosure in China (政府信息公开工作年度报告) as tidy pandas frames.

A first look::

    import govinfo
    corpus = govinfo.read_reports("data/raw")   # .cells .reports .findings .sections .statements .problems
    report = govinfo.read_report("data/raw/fenyang-2021.txt")
    report.wide("requests")
    govinfo.compare("old.html", "new.html")
"""

from importlib.metadata import version

from govinfo import datasets
from govinfo.checks import check
from govinfo.corpus import Built, Corpus, Progress, build, concat, load, progress_bar, read_reports, scan
from govinfo.corrections import corrections, with_corrections, with_suggestions
from govinfo.datasets import cite
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
from govinfo.prose import subjects
from govinfo.report import Report, read_report
from govinfo.words import Comparison, compare, keywords, themes

__version__ = version("govinfo")

__all__ = [
    "Built",
    "Comparison",
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
    "cite",
    "codebook",
    "compare",
    "concat",
    "corrections",
    "datasets",
    "doubts",
    "forms",
    "keywords",
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
    "subjects",
    "themes",
    "with_corrections",
    "with_suggestions",
]
