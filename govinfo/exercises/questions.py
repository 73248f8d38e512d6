"""The questions as data (``exercises.csv``): number, sheet, the report that each is about, hints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from govinfo.errors import UsageError, near
from govinfo.files.data import read_table


@dataclass(frozen=True, slots=True)
class Question:
    """A question: ``source`` is the file of the report that it is about ("" for all); ``hints`` say more and more."""

    number: str
    sheet: str
    title: str
    source: str
    hints: tuple[str, ...]


def load_questions() -> Mapping[str, Question]:
    """The questions by number, in their order."""
    return MappingProxyType(
        {
            line["number"]: Question(
                line["number"],
                line["sheet"],
                line["title"],
                line["source"],
                tuple(line[column] for column in ("hint_1", "hint_2", "hint_3") if line[column]),
            )
            for line in read_table("exercises", "exercises")
        }
    )


QUESTIONS = load_questions()


def question_of(number: str) -> Question:
    """The question of that number. Raises UsageError that lists the near ones."""
    if number not in QUESTIONS:
        raise UsageError(f"there is no exercise {number!r}.", hint=near(str(number), QUESTIONS))
    return QUESTIONS[number]
