"""Self-checks and hints for the sheets in ``notebooks/exercises``.

``check("2.3", answer)`` says what is wrong with an answer and never what is right; ``hint("2.3")`` helps on. The
right answers are computed from the shipped data when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

import pandas as pd

from govinfo.errors import UsageError
from govinfo.exercises import brief, mistakes, prose, rates, reading, reshaping, shipped
from govinfo.exercises.brief import Brief
from govinfo.exercises.handout import students_in, write_sheets
from govinfo.exercises.judging import Expected
from govinfo.exercises.questions import QUESTIONS, question_of
from govinfo.exercises.sheets import Sheet, read_sheet, sheet_for

__all__ = [
    "ANSWERS",
    "Brief",
    "Sheet",
    "check",
    "hint",
    "invented_cells",
    "questions",
    "read_sheet",
    "sheet_for",
    "students_in",
    "write_sheets",
]

ANSWERS: Mapping[str, Callable[[str], Expected]] = MappingProxyType(
    {**reading.ANSWERS, **reshaping.ANSWERS, **rates.ANSWERS, **mistakes.ANSWERS, **brief.ANSWERS, **prose.ANSWERS}
)
"""By number of the question, what computes the expected answer from the file of the report that it is about."""


def check(number: str, answer: object) -> bool:
    """Prints what is wrong with an answer, or that it is right; True for a right one.

    ``number``: of the question, such as "2.3". ``answer``: what the sheet asks for; ... or None is "not answered yet".
    Raises UsageError for an unknown number.
    """
    question_of(number)
    if answer is ... or answer is None:
        print(f"{number}: not answered yet.")
        return False
    faults = expected(number).faults(answer)
    if not faults:
        print(f"{number}: right.")
        return True
    print(f"{number}: not right yet.")
    for fault in faults:
        print(f"  - {fault}")
    return False


@cache
def expected(number: str) -> Expected:
    """What a question expects; the shipped data do not change, so it is computed once."""
    return ANSWERS[number](question_of(number).source)


def hint(number: str, level: int = 1) -> None:
    """Prints a hint; a higher ``level``, from 1 on, says more. Raises UsageError for an unknown number or level."""
    hints = question_of(number).hints
    if not 1 <= level <= len(hints):
        raise UsageError(f"{number} has no hint {level}.", hint=f"Its hints: 1 to {len(hints)}.")
    print(f"{number}, hint {level} of {len(hints)}: {hints[level - 1]}")


def questions() -> pd.DataFrame:
    """One row per question: number, sheet, title (string), hints (Int64, how many there are)."""
    lines = [(one.number, one.sheet, one.title, len(one.hints)) for one in QUESTIONS.values()]
    types = {"number": "string", "sheet": "string", "title": "string", "hints": "Int64"}
    return pd.DataFrame(lines, columns=list(types)).astype(types)


def invented_cells() -> pd.DataFrame:
    """The cells of invented agencies, with defects to be found, for the sheet on mistakes.

    They are no evidence about any government. Columns: those of the cells frame, and synthetic (always true).
    """
    return shipped.invented().cells.copy()
