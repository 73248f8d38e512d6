"""One person's way through a queue: every decision is in the file at once, and the file is a list of corrections.

The file has a line for each line of the queue. It is written anew beside and moved into place at every decision, so
that it is whole whenever the machine stops; opened again, the review goes on where it was.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from govinfo.corrections import AS_PRINTED, BLANK, CANNOT_BE_TOLD, FIGURE, PLACE, WORDS
from govinfo.errors import FileUnreadable, UsageError
from govinfo.files.opened import whole_bytes
from govinfo.files.sheet_text import csv_of, plain_text
from govinfo.files.writing import replace_file
from govinfo.review.queue import QUEUE
from govinfo.text import figure

SKIP = "skip"
"""The decision to decide later; it is no correction."""

DECISIONS = (AS_PRINTED, FIGURE, CANNOT_BE_TOLD, SKIP)

DECIDED = {"corrected": "string", "reason": "string", "evidence": "string", "who": "string", "step": "Int64"}
"""Columns of a review beside those of the queue, with their types: the decision ("as printed", "cannot be told", a
figure or empty), why, where it can be seen, who decided; ``step`` counts decisions and skips."""

CELL = ("report", *PLACE)
"""What names a cell in a queue."""

Line = dict[str, Any]


@dataclass
class Session:
    """A queue under review: its ``lines`` in order, the ``path`` of the file that holds them and ``who`` decides."""

    path: Path
    lines: list[Line]
    who: str

    def decide(self, number: int, decision: str, value: str = "", reason: str = "") -> None:
        """Writes a decision on a line (from 0): "as printed", "figure" (its ``value``, or "blank" where there is none,
        and a ``reason``), "cannot be told" (a ``reason``) or "skip". Raises UsageError for one that is not whole,
        FileUnreadable where it cannot be kept; nothing is decided then."""
        line = self.line(number)
        told = {"corrected": corrected_of(decision, value, line), "reason": reason.strip()}
        if decision in {FIGURE, CANNOT_BE_TOLD} and not told["reason"]:
            raise UsageError("a reason is missing.", hint="Say in a few words what you saw.")
        if decision in {AS_PRINTED, SKIP}:
            told["reason"] = ""
        made = {**line, **told, "who": "" if decision == SKIP else self.who, "step": self.last + 1}
        self.keep([made if at == number else one for at, one in enumerate(self.lines)])

    def line(self, number: int) -> Line:
        """A line of the queue, from 0. Raises IndexError for another number."""
        return self.lines[number if number >= 0 else len(self.lines)]

    def undo(self) -> int | None:
        """Takes the last decision back and returns its line; None where there is none."""
        if not self.last:
            return None
        number = next(at for at, line in enumerate(self.lines) if line["step"] == self.last)
        empty = {"corrected": "", "reason": "", "who": "", "step": None}
        self.keep([{**line, **empty} if at == number else line for at, line in enumerate(self.lines)])
        return number

    def add(self, line: Line, after: int) -> int:
        """Puts a line into the queue behind another, unless its cell is there; returns its number."""
        cell = cell_of(line)
        known = next((at for at, one in enumerate(self.lines) if cell_of(one) == cell), None)
        if known is not None:
            return known
        self.keep([*self.lines[: after + 1], with_nothing(line), *self.lines[after + 1 :]])
        return after + 1

    def keep(self, lines: list[Line]) -> None:
        """Makes these the lines, in the file first."""
        write_lines(lines, self.path)
        self.lines = lines

    @property
    def last(self) -> int:
        """The number of decisions and skips up to now."""
        return max((int(line["step"]) for line in self.lines if line["step"]), default=0)

    @property
    def done(self) -> int:
        """How many lines are decided."""
        return sum(bool(line["corrected"]) for line in self.lines)

    @property
    def next(self) -> int | None:
        """The first line that is not decided, those that were skipped last; None where all are."""
        left = [at for at, line in enumerate(self.lines) if not line["corrected"]]
        return min(left, key=lambda at: (int(self.lines[at]["step"] or 0), at), default=None)


def corrected_of(decision: str, value: str, line: Line) -> str:
    """What a decision puts under ``corrected``. Raises UsageError for no figure, and for "as printed" where none was
    read."""
    if decision not in DECISIONS:
        raise UsageError(f"no decision {decision!r}.", hint=f"One of: {', '.join(DECISIONS)}.")
    if decision == AS_PRINTED and line["what"] == "open cell":
        raise UsageError("nothing was read here.", hint="Type the figure, or say that it cannot be told.")
    if decision != FIGURE:
        return "" if decision == SKIP else decision
    if WORDS.get(value.strip().lower()) == BLANK:
        return BLANK
    found = figure(value.strip()).value
    if found is None or not isfinite(float(found)):
        raise UsageError(f"{value!r} is no figure.", hint=f"Write it in digits, or {BLANK!r} where there is none.")
    return f"{float(found):.12g}"


def session(queue: pd.DataFrame, path: str | Path, who: str) -> Session:
    """The review of a queue by a person, kept in a CSV file; where that is there, the review goes on in it.

    A cell that stands in several lines of the queue has one here, with all that is said of it. Raises UsageError where
    ``who`` is empty or the file is another person's, FileUnreadable where it cannot be read or written.
    """
    path = Path(path)
    if not who.strip():
        raise UsageError("who reviews?", hint="Give a name or initials: --who NAME.")
    if path.exists():
        lines = read_lines(path)
        if others := {line["who"] for line in lines} - {"", who}:
            raise UsageError(
                f"this review is by {', '.join(sorted(others))}.", where=str(path), hint="Give your own file with -o."
            )
        return Session(path, lines, who)
    found = Session(path, [], who)
    found.keep([with_nothing(line) for line in one_a_cell(queue)])
    return found


def one_a_cell(queue: pd.DataFrame) -> list[Line]:
    """The lines of a queue, those of one cell as one: the first, with the reasons and proofs of all."""
    found: dict[tuple[str, ...], Line] = {}
    for record in queue.to_dict("records"):
        line = {str(name): value for name, value in record.items()}
        if (cell := cell_of(line)) not in found:
            found[cell] = line
            continue
        first = found[cell]
        first["why"], first["why_zh"] = f"{first['why']}; {line['why']}", f"{first['why_zh']}；{line['why_zh']}"
        first["proof"], first["proof_zh"] = first["proof"] or line["proof"], first["proof_zh"] or line["proof_zh"]
    return list(found.values())


def with_nothing(line: Mapping[str, Any]) -> Line:
    """A line of a queue on which nothing is decided."""
    page = "" if pd.isna(line["page"]) else f", page {line['page']}"
    empty = {"corrected": "", "reason": "", "evidence": f"{line['report']}{page}", "who": "", "step": None}
    return {**{name: None if pd.isna(value) else value for name, value in line.items()}, **empty}


def cell_of(line: Mapping[str, Any]) -> tuple[str, ...]:
    """The cell of a line."""
    return tuple(str(line[name]) for name in CELL)


def read_lines(path: Path) -> list[Line]:
    """The lines of a review. Raises FileUnreadable for a file that is none."""
    types = QUEUE | DECIDED
    try:
        data = io.BytesIO(whole_bytes(path))
        found = plain_text(pd.read_csv(data, dtype="string", keep_default_na=False, encoding="utf-8-sig"))
        if missing := [name for name in types if name not in found]:
            raise ValueError(f"columns missing: {', '.join(missing)}")
        numbers = [name for name, type_ in types.items() if type_ != "string"]
        typed = found.assign(**{name: pd.to_numeric(found[name]) for name in numbers}).astype(types).astype(object)
    except (OSError, ValueError, TypeError, OverflowError) as error:
        raise FileUnreadable(
            f"is no review: {error}.", where=str(path), hint="Give a file that govinfo review or audit has written."
        ) from error
    records = typed.where(typed.notna(), None).to_dict("records")
    return [{str(name): value for name, value in record.items()} for record in records]


def write_lines(lines: list[Line], path: Path) -> None:
    """Writes the lines, whole or not at all, and to the disk before it returns."""
    types = QUEUE | DECIDED
    names = [*types, *(name for name in (lines[0] if lines else {}) if name not in types)]
    table = pd.DataFrame(lines, columns=names).astype(types)
    replace_file(path, csv_of(table), to_disk=True)
