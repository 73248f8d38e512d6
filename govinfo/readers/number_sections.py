"""The section of a number format that counts for a value of a cell.

Formats as ``#,##0.00;-0;"—";@`` have sections for positive numbers, negative ones, zero and text; a condition as in
``[>=1000]0,;0`` stands in the place of the sign.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

MOST_NUMBERS = 3
"""Sections for numbers; the one behind them is for texts."""

_LITERAL = re.compile(r'"[^"]*"|[\\!].|[_*].')
_CONDITION = re.compile(r"\[(<=|>=|<>|[<>=])\s*([-+]?\d+(?:\.\d+)?)\s*\]")
_NAME = re.compile(r"\[([^\W\d_]+\s*\d{0,2})\]")
_COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """For which numbers a section counts."""

    sign: str
    bound: Decimal = Decimal(0)

    def holds(self, value: Decimal) -> bool:
        """Whether a number is one of them."""
        return _COMPARED[self.sign](value, self.bound)


POSITIVE, NOT_NEGATIVE, NEGATIVE = Condition(">"), Condition(">="), Condition("<")
ALWAYS = Condition(">=", Decimal("-Infinity"))
_USUAL = {1: (ALWAYS,), 2: (NOT_NEGATIVE, NEGATIVE), 3: (POSITIVE, NEGATIVE, ALWAYS)}


def sections_of(number_format: str) -> list[str]:
    """The sections of a number format, parted at semicolons outside of quotes."""
    parts = re.findall(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+|(?<=;)(?=;|$)|^(?=;)', number_format)
    return parts or [""]


def for_texts(number_format: str) -> str:
    """The section for texts: the fourth, or the last where it says ``@``; "@" where none is written."""
    sections = sections_of(number_format)
    if len(sections) > MOST_NUMBERS:
        return sections[MOST_NUMBERS]
    return sections[-1] if says_text(sections[-1]) else "@"


def for_number(value: Decimal, number_format: str) -> tuple[Decimal, str] | None:
    """A number without the sign that its section stands for, and that section; None where no section counts for it."""
    sections = sections_of(number_format)[:MOST_NUMBERS]
    if len(sections) > 1 and says_text(sections[-1]):
        sections = sections[:-1]
    for section, condition in zip(sections, conditions_of(sections), strict=True):
        if condition.holds(value):
            return (abs(value) if condition == NEGATIVE else value), section
    return None


def conditions_of(sections: Sequence[str]) -> list[Condition]:
    """The conditions of the sections for numbers, in their order: the one that is written, else by the sign. Beside
    one that is written, the last section is for all other numbers."""
    written = [condition_in(section) for section in sections]
    usual = list(_USUAL[len(sections)])
    if any(written):
        usual[-1] = ALWAYS
    return [own or other for own, other in zip(written, usual, strict=True)]


def condition_in(section: str) -> Condition | None:
    """The condition that is written in a section."""
    found = _CONDITION.search(_LITERAL.sub("", section))
    return Condition(found[1], Decimal(found[2])) if found else None


def says_text(section: str) -> bool:
    """Whether a section has a place for a text."""
    return "@" in _LITERAL.sub("", section)


def names_in(value: object, number_format: str) -> list[str]:
    """What the section for a value names in brackets, in small letters: its colour, and how digits are written."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = for_number(Decimal(repr(value)), number_format)
        section = found[1] if found else ""
    else:
        section = for_texts(number_format)
    return [name.lower() for name in _NAME.findall(_LITERAL.sub("", section))]
