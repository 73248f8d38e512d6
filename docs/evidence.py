"""Draws the pictures of docs/evidence.md: `python docs/evidence.py`."""

from __future__ import annotations

from pathlib import Path

from govinfo.report import read_report

ROOT = Path(__file__).resolve().parents[1]
CELLS = {
    "evidence-pdf.png": ("hongze-2023.pdf", "disputes", "reconsideration", "total"),
    "evidence-html.png": ("pingtan-2021.html", "requests", "new", "total"),
}
"""The pictures: the file in data/raw and the cell."""

COLOURS = 64
"""Enough for letters and marks; it keeps the files small."""


def main() -> None:
    """Writes all pictures to docs/img."""
    for name, (file, table, row, column) in CELLS.items():
        picture = read_report(ROOT / "data" / "raw" / file).evidence(table, row, column).image()
        picture.quantize(COLOURS).save(ROOT / "docs" / "img" / name, optimize=True)


if __name__ == "__main__":
    main()
