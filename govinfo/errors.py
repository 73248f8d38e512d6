"""What can go wrong, said so that a reader of reports knows what to do next.

Every error carries what happened (``message``), where (``where``: a file, a page, a cell) and what to do
next (``hint``). ``stage`` names the step that failed and is what the ``problems`` frame shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MOST_NAMES = 40
"""Known names that a hint lists in full."""


def near(name: str, known: Iterable[str]) -> str:
    """A hint for a name that is not known: those near to it, and all where they are few."""
    names = list(dict.fromkeys(known))
    if len(names) <= MOST_NAMES:
        close = get_close_matches(name, names, n=3, cutoff=0.6)
        return " ".join([*([f"Near: {', '.join(close)}."] if close else []), f"Known: {', '.join(names)}."])
    return f"Near: {', '.join(get_close_matches(name, names, n=8, cutoff=0.0))}."


def refuse_seed(seed: int) -> None:
    """Raises UsageError for a seed below 0, or larger than a table holds."""
    if not 0 <= seed < 2**63:
        raise UsageError(f"the seed {seed} is below 0 or too large.", hint="Give a whole number from 0 on.")


class GovinfoError(Exception):
    """Base of all errors of this package.

    Parameters: ``message`` (what happened), ``where`` (file or place, may be empty), ``hint`` (what to do next).
    """

    stage = "read"

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.hint}" if self.hint else ""
        return f"{place}{self.message}{advice}"


class FileUnreadable(GovinfoError):
    """The bytes are not what they claim to be: empty, broken, encrypted, or of a type that no reader knows."""


class NothingToRead(FileUnreadable):
    """The file opens but holds no text, as a scan does."""


class MissingSoftware(FileUnreadable):
    """The file could be read with an extra or a program that is not installed."""


class NotAReport(GovinfoError):
    """The file was read, but it is no annual report on government information disclosure."""

    stage = "recognise"


class PassedOver(GovinfoError):
    """A file that is no report by its name, or a list beside reports: no fault, but nothing goes without a line."""

    stage = "passed-over"


class FormError(GovinfoError):
    """The form tables in ``govinfo/forms`` contradict themselves."""

    stage = "form"


class UsageError(GovinfoError):
    """An argument makes no sense: an unknown table, row, column or folder."""

    stage = "usage"


class StaleCorrection(GovinfoError):
    """A correction expects something on the page that the page does not print."""

    stage = "correct"
