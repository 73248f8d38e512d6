"""Figures read from the pages of real reports by hand, and the cells of a report under the same keys."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd

Key = tuple[str, str, str]
"""Table, row (in the statistics table the label as printed, squashed) and column."""


def squash(label: str) -> str:
    """A label of the statistics table without spaces, 其中 and numbering."""
    return re.sub(r"^\d[、.．]", "", re.sub(r"^其中[:：]", "", re.sub(r"\s+", "", label)))


def figures_by_hand(path: Path) -> dict[Key, float | None]:
    """What the page of a report prints; None for a blank."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (line["table"], squash(line["row"]) if line["table"] == "statistics" else line["row"], line["column"]): (
                float(line["value"]) if line["value"] else None
            )
            for line in csv.DictReader(lines)
        }


def figures_read(cells: pd.DataFrame) -> dict[Key, tuple[float | None, str]]:
    """The value and the doubts of each cell of a report."""
    return {
        (cell["table"], squash(cell["label"]) if cell["table"] == "statistics" else cell["row"], cell["column"]): (
            None if pd.isna(cell["value"]) else float(cell["value"]),
            cell["doubts"],
        )
        for cell in cells.to_dict("records")
    }
