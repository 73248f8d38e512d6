"""Times the reading of reports against the table finders of the libraries that the readers build on.

    .venv/bin/python benchmarks/speed.py

Prints the ratio of CPU seconds, best of several runs of each in one process; below 1 means that govinfo is faster.
pandas and pdfplumber give grids of text here, govinfo the cells of the form with their checks.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pdfplumber

from govinfo.report import report_of

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
RUNS = 7


def main() -> None:
    """Prints a line for each file that another library can read too."""
    for path in sorted(RAW.iterdir()):
        data = path.read_bytes()
        other = {".html": tables_by_pandas, ".pdf": tables_by_pdfplumber}.get(path.suffix)
        if other:
            ours, theirs = seconds(lambda d=data, n=path.name: report_of(d, n)), seconds(lambda d=data, o=other: o(d))
            print(f"{path.name:28} govinfo {ours:.3f} s  {other.__name__:22} {theirs:.3f} s  ratio {ours / theirs:.2f}")


def tables_by_pandas(data: bytes) -> object:
    """The tables of a page as frames."""
    return pd.read_html(io.BytesIO(data), encoding="utf-8")


def tables_by_pdfplumber(data: bytes) -> object:
    """The tables and the text of a PDF."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [(page.extract_tables(), page.extract_text()) for page in pdf.pages]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the best of several runs."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


if __name__ == "__main__":
    main()
