"""One file to its reports: identity, cells, sections, statements, suggestions; read once, or twice where
that is asked for.
"""

from govinfo.report.read import Twice, read_report, readings_of, report_of, reports_of
from govinfo.report.reading import Reading
from govinfo.report.report import Report, report_from
from govinfo.report.suggestions import SUGGESTIONS, suggestions_of

__all__ = [
    "SUGGESTIONS",
    "Reading",
    "Report",
    "Twice",
    "read_report",
    "readings_of",
    "report_from",
    "report_of",
    "reports_of",
    "suggestions_of",
]
