"""What became of the cells of a changed page: read as printed, marked, left open, or silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pandas as pd

from govinfo.errors import GovinfoError
from govinfo.report import Report, report_of
from mutations.kinds import MUTATIONS, Expected
from mutations.layouts import LAYOUTS
from mutations.pages import Key, Page

PER_KIND = 5
"""Changes of each kind to each page in the short run."""

Silent = tuple[Key, float | None, float | None]
"""A cell, what was read and what is printed."""


@dataclass(frozen=True)
class Trial:
    """One changed page: how many of its cells were read as printed, marked, left open, and which were silent."""

    kind: str
    page: str
    seed: int
    right: int = 0
    marked: int = 0
    open: int = 0
    silent: tuple[Silent, ...] = ()


def trial(page: Page, kind: str, seed: int, suffix: str = "html") -> Trial | None:
    """Changes a copy of a page, makes a file of it and reads that; None where the page has nothing of the kind."""
    if kind in LAYOUTS[suffix].unseen:
        return None
    changed = page.copy()
    expected = MUTATIONS[kind](changed, Random(f"{page.name} {kind} {seed}"))
    if expected is None:
        return None
    return verdict(LAYOUTS[suffix].make(changed), expected, Trial(kind, f"{Path(page.name).stem}.{suffix}", seed))


def verdict(data: bytes, expected: Expected, trial: Trial) -> Trial:
    """The trial with what became of the cells of a changed file."""
    try:
        report = report_of(data, trial.page)
    except GovinfoError:
        return replace(trial, open=len(expected))
    silent = tuple(silent_cells(report, expected))
    read = {(cell["table"], cell["row"], cell["column"]): cell for cell in report.cells.to_dict("records")}
    right = sum(at in read and same(value(read[at]), printed) for at, printed in expected.items())
    is_open = sum(at not in read or read[at]["kind"] == "unreadable" for at in expected)
    marked = max(len(expected) - right - is_open - len(silent), 0)
    return replace(trial, right=right, marked=marked, open=is_open, silent=silent)


def trials(page: Page, kind: str, count: int, suffix: str = "html") -> Iterator[Trial]:
    """So many changes of a kind to a page, those that can be made."""
    for seed in range(count):
        if (found := trial(page, kind, seed, suffix)) is not None:
            yield found


def silent_cells(report: Report, expected: Expected) -> Iterator[Silent]:
    """The cells that are neither as printed nor doubtful, and figures that vanished without a word."""
    read = {(cell["table"], cell["row"], cell["column"]): cell for cell in report.cells.to_dict("records")}
    lost = any("missing" in doubt for doubt in report.doubts)
    for at, printed in expected.items():
        cell = read.get(at)
        if cell is None:
            if printed is not None and not lost:
                yield at, None, printed
        elif cell["kind"] != "unreadable" and not cell["doubts"] and not same(value(cell), printed):
            yield at, value(cell), printed


def value(cell: dict[str, object]) -> float | None:
    """The figure of a record."""
    return None if pd.isna(cell["value"]) else float(cell["value"])  # type: ignore[arg-type]


def same(one: float | None, other: float | None) -> bool:
    """True for the same figure, or none at all."""
    return one is other if one is None or other is None else abs(one - other) < 1e-6
