"""Annual reports on government information disclosure in China (政府信息公开工作年度报告) as tidy pandas frames.

import govinfo
corpus = govinfo.read_reports("data/raw")   # .cells .reports .findings .sections .problems
report = govinfo.read_report("data/raw/fenyang-2021.txt")
report.wide("requests")
"""

from govinfo.checks import check
from govinfo.corpus import Corpus, load, read_reports
from govinfo.errors import FileUnreadable, GovinfoError, MissingSoftware, NotAReport, NothingToRead, UsageError
from govinfo.form import codebook, flags, forms
from govinfo.report import Report, read_report

__all__ = [
    "Corpus",
    "FileUnreadable",
    "GovinfoError",
    "MissingSoftware",
    "NotAReport",
    "NothingToRead",
    "Report",
    "UsageError",
    "check",
    "codebook",
    "flags",
    "forms",
    "load",
    "read_report",
    "read_reports",
]
