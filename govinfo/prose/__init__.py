"""The words of a report: its paragraphs under their headings, and the counts that they state.

Goes in: a Document. Comes out: records of the frames ``sections`` (one row per paragraph) and ``statements``.
"""

from govinfo.prose.sections import SECTIONS, sections_of
from govinfo.prose.statements import STATEMENTS, statements_of
from govinfo.prose.subjects import Subject, subject_order, subjects

__all__ = ["SECTIONS", "STATEMENTS", "Subject", "sections_of", "statements_of", "subject_order", "subjects"]
