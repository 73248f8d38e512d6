"""Times the reading of PDF reports against pdfplumber's table finder, and shows where the time goes.

    .venv/bin/python benchmarks/pdf.py FILE.pdf ...

For each file: CPU milliseconds, best of several runs in one process, of reading the report, of pdfplumber's
``extract_tables`` over all pages, of PDFium's letters and shapes alone (the floor), and their ratios to pdfplumber;
then the share of each stage. The reader runs in this process here, not in the one with limits that it has otherwise.
"""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from govinfo.readers.pdf import read_pdf
from govinfo.readers.pdf_seen import seen_letters
from govinfo.readers.pdf_shapes import shapes_of
from govinfo.readers.pdfium import chars_of, opened_page
from govinfo.report import report_from

RUNS = 7


def main() -> None:
    """Prints two lines for each file."""
    logging.disable(logging.WARNING)  # pdfminer's remarks on fonts
    for path in map(Path, sys.argv[1:]):
        data = path.read_bytes()
        document = read_pdf(data)
        theirs = milliseconds(lambda data=data: tables_by_pdfplumber(data))
        opened = milliseconds(lambda data=data: letters_and_shapes(data, stages=0))
        letters = milliseconds(lambda data=data: letters_and_shapes(data, stages=1))
        floor = milliseconds(lambda data=data: letters_and_shapes(data, stages=2))
        seen = milliseconds(lambda data=data: letters_and_shapes(data, stages=3))
        read = milliseconds(lambda data=data: read_pdf(data))
        rest = milliseconds(lambda document=document: report_from(document, "report.pdf", ""))
        print(
            f"{path.name:28} report {read + rest:6.1f} ms  pdfplumber {theirs:6.1f} ms  PDFium alone {floor:6.1f} ms"
            f"  ratio {(read + rest) / theirs:.3f}  floor {floor / theirs:.3f}"
        )
        steps = {
            "open": opened,
            "letters": letters - opened,
            "shapes": floor - letters,
            "what is seen": seen - floor,
            "tables and text": read - seen,
            "recognition": rest,
        }
        print("  " + "  ".join(f"{name} {time / (read + rest):.0%}" for name, time in steps.items()))


def tables_by_pdfplumber(data: bytes) -> object:
    """The tables of all pages."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [page.extract_tables() for page in pdf.pages]


def letters_and_shapes(data: bytes, stages: int) -> None:
    """The first stages of reading: pages opened, letters, shapes, what is seen."""
    with pypdfium2.PdfDocument(data) as pdf:
        for index in range(len(pdf)):
            with opened_page(pdf, index) as leaf:
                chars = chars_of(leaf) if stages > 0 else []
                shapes = shapes_of(leaf) if stages > 1 else {}
                if stages > 2:
                    seen_letters(leaf, chars, shapes)


def milliseconds(work: Callable[[], object]) -> float:
    """CPU milliseconds of the best of several runs."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return 1000 * best


if __name__ == "__main__":
    main()
