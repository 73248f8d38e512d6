"""A real report with unseen words painted over it says no wrong figure without a doubt.

    make painted

runs more trials than the test and prints what became of the cells.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from govinfo.report import report_of

REPORT = Path(__file__).parents[2] / "shared" / "reports" / "pingtan-2023-print.pdf"
Cells = dict[tuple[str, str, str], dict[str, object]]


def cells_of(data: bytes) -> Cells:
    lines = report_of(data, "a.pdf").cells.to_dict("records")
    return {(line["table"], line["row"], line["column"]): line for line in lines}


def verdict(line: dict[str, object] | None, printed: dict[str, object]) -> str:
    """What became of a cell: right, marked by a doubt, or silently another."""
    if line is None:
        return "absent"
    alike = line["value"] == printed["value"] or (pd.isna(line["value"]) and pd.isna(printed["value"]))
    return "right" if alike else "marked" if line["doubts"] else "silent"


def trials(data: bytes, seeds: range) -> Counter[str]:
    from painted import painted

    printed = cells_of(data)
    counts: Counter[str] = Counter()
    for seed in seeds:
        read = cells_of(painted(data, seed))
        counts.update(verdict(read.get(place), line) for place, line in printed.items())
    return counts


def test_unseen_words_painted_over_a_report_give_no_wrong_figure() -> None:
    pytest.importorskip("reportlab")
    if not REPORT.exists():
        pytest.skip("the sample is not here")
    counts = trials(REPORT.read_bytes(), range(10))
    assert not counts["silent"]
    assert not counts["absent"]
    assert counts["right"] > 0.98 * counts.total()


if __name__ == "__main__":
    print(trials(REPORT.read_bytes(), range(int(sys.argv[1]))))
