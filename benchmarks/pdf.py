"""Times the reading of PDF reports against pdfplumber's table finder, and shows where the time goes.

    make pdftimes                      # the PDF of data/raw
    make pdftimes FILES="a.pdf b.pdf"  # these

For each file: CPU milliseconds, best of several runs in one process, of reading the report, of pdfplumber's
``extract_tables`` over all pages, of PDFium's letters and shapes alone (the floor), and their ratios to pdfplumber;
then the share of each stage. All are run in turns, so that a machine that is slow for a while is so for each of them.
The reader runs in this process here, not in the one with limits that it has otherwise.
The table is written into docs/pdf.md.
"""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber
import pypdfium2
from written import write_between_marks

from govinfo.readers.pdf import read_pdf
from govinfo.readers.pdf_letters import chars_of
from govinfo.readers.pdf_seen import seen_letters
from govinfo.readers.pdf_shapes import shapes_of
from govinfo.readers.pdfium import opened_page
from govinfo.report import report_from

ROOT = Path(__file__).resolve().parents[1]
RUNS = 15
STAGES = ("open", "letters", "shapes", "what is seen", "tables and text", "recognition")
COLUMNS = ("file", "report, ms", "pdfplumber, ms", "PDFium alone, ms", "report : pdfplumber", "PDFium : pdfplumber")
HEAD = f"| {' | '.join((*COLUMNS, *STAGES))} |\n|{'---|' * len((*COLUMNS, *STAGES))}"


def main() -> None:
    """Prints the table, and writes it into the page."""
    logging.disable(logging.WARNING)  # pdfminer's remarks on fonts
    files = list(map(Path, sys.argv[1:])) or sorted((ROOT / "data" / "raw").glob("*.pdf"))
    lines = [HEAD, *map(line_of, files)]
    print("\n".join(lines))
    write_between_marks("pdf.md", "make pdftimes", lines)


def line_of(path: Path) -> str:
    """The line of the table for a file."""
    data = path.read_bytes()
    document = read_pdf(data)
    works: list[Callable[[], object]] = [lambda n=n: letters_and_shapes(data, stages=n) for n in range(4)]
    works += [
        lambda: read_pdf(data),
        lambda: report_from(document, "report.pdf", ""),
        lambda: tables_by_pdfplumber(data),
    ]
    opened, letters, floor, seen, read, rest, theirs = in_turns(works)
    stages = (opened, letters - opened, floor - letters, seen - floor, read - seen, rest)
    shares = (f"{max(0.0, stage) / (read + rest):.0%}" for stage in stages)
    times = (f"{time:.0f}" for time in (read + rest, theirs, floor))
    ratios = (f"{time / theirs:.3f}" for time in (read + rest, floor))
    return "| " + " | ".join([path.stem, *times, *ratios, *shares]) + " |"


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


def in_turns(works: Sequence[Callable[[], object]]) -> list[float]:
    """CPU milliseconds of each of the works, the best of several rounds."""
    return [min(times) for times in zip(*([milliseconds(work) for work in works] for _ in range(RUNS)), strict=True)]


def milliseconds(work: Callable[[], object]) -> float:
    """CPU milliseconds of a work."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


if __name__ == "__main__":
    main()
