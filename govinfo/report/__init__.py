"""One file to its reports: identity, cells, sections, suggestions; read once, or twice where that is asked for."""

from govinfo.report.read import Twice, read_report, report_of, reports_from, reports_of
from govinfo.report.report import SECTIONS, Report, report_from
from govinfo.report.suggestions import SUGGESTIONS

__all__ = [
    "SECTIONS",
    "SUGGESTIONS",
    "Report",
    "Twice",
    "read_report",
    "report_from",
    "report_of",
    "reports_from",
    "reports_of",
]
