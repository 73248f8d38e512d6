"""Changes real reports in one thing each, reads them, and writes docs/reliability.md.

    make mutations

The changes are those of tests/mutations: a figure, a label, a row, a cell, a heading, a span. What is read must be what
the changed page prints, or be marked, or be left open.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import groupby, product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw"
sys.path.insert(0, str(ROOT / "tests"))

from mutations import (  # noqa: E402 - the changes are the tests' own
    CHANGES,
    LAYOUTS,
    MUTATIONS,
    Dump,
    Page,
    Trial,
    dump_of,
    dump_trial,
    page_of,
    trials,
    word_files,
)
from written import write_between_marks  # noqa: E402

PER_KIND = 25
"""Changes of each kind to each report, where FEWER has no other number."""

FEWER = {"html": 10, "docx": 5, "office.docx": 5, "pdf": 3, "tabs.txt": 5, "lines.txt": 5}
"""Layouts with fewer changes: those made of pages stand beside real ones, and PDFs take their time."""

FEWEST = 1
"""Changes of each kind to each page in the other PDFs."""

HEAD = """| change | pages | cells | as printed | marked | open | wrong in silence |
|---|---|---|---|---|---|---|"""
PAGE = """{layouts}
## Text dumps as they are found

Made by `make mutations`: {per_kind} changes of each kind to each of {dumps} dumps.

{head}
{by_dump}"""

SECTION = """## {name}

Made by `make mutations`: {per_kind} changes of each kind to each of {pages} pages, where the page has something of
the kind.

{head}
{rows}
"""


def main() -> int:
    """Writes docs/reliability.md; exit status 1 where anything is wrong in silence."""
    with ProcessPoolExecutor() as pool:
        jobs = [(suffix, kind) for suffix in LAYOUTS for kind in MUTATIONS]
        of_pages = dict(zip(jobs, pool.map(changed_pages, *zip(*jobs, strict=True)), strict=True))
        on_dumps = [one for found in pool.map(changed_dumps, CHANGES) for one in found]
    on_pages = {suffix: [one for kind in MUTATIONS for one in of_pages[suffix, kind]] for suffix in LAYOUTS}
    text = PAGE.format(
        head=HEAD,
        per_kind=PER_KIND,
        dumps=len(dumps()),
        layouts="\n".join(section(suffix, found) for suffix, found in on_pages.items()),
        by_dump="\n".join(rows(on_dumps)),
    )
    write_between_marks("reliability.md", "make mutations", text.splitlines())
    every = [*(one for found in on_pages.values() for one in found), *on_dumps]
    wrong = [one for one in every if one.silent]
    for one in wrong:
        print(f"{one.kind} {one.page} seed {one.seed}: {one.silent[0]}")
    print(f"docs/reliability.md written; {len(every)} changed reports, {len(wrong)} wrong in silence")
    return int(bool(wrong))


@cache
def pages(suffix: str) -> tuple[Page, ...]:
    """The pages that a layout is made of."""
    real = [page_of(path.name, path.read_text(encoding="utf-8")) for path in sorted(RAW.glob("*.html"))]
    return tuple(page for page in (*real, *word_files(real, RAW)) if LAYOUTS[suffix].made_of(page))


@cache
def dumps() -> tuple[Dump, ...]:
    """The real dumps."""
    return tuple(dump_of(path.name, path.read_text(encoding="utf-8")) for path in sorted(RAW.glob("*.txt")))


def changed_pages(suffix: str, kind: str) -> list[Trial]:
    """The changes of a kind to all pages in one layout."""
    return [one for page in pages(suffix) for one in trials(page, kind, count_of(suffix), suffix)]


def changed_dumps(kind: str) -> list[Trial]:
    """The changes of a kind to all dumps."""
    return [dump_trial(dump, kind, seed) for dump, seed in product(dumps(), range(PER_KIND))]


def count_of(suffix: str) -> int:
    """Changes of each kind to each page in a layout."""
    return FEWER.get(suffix, FEWEST if suffix.endswith(".pdf") else PER_KIND)


def section(suffix: str, found: list[Trial]) -> str:
    """The part of the document on one layout."""
    return SECTION.format(
        name=LAYOUTS[suffix].name,
        per_kind=count_of(suffix),
        pages=len(pages(suffix)),
        head=HEAD,
        rows="\n".join(rows(found)),
    )


def rows(found: list[Trial]) -> Iterator[str]:
    """A line of the table for each kind of change, and one for all."""
    for kind, group in groupby(found, key=lambda one: one.kind):
        yield row(kind.removeprefix("dump-"), list(group))
    yield row("**all**", found)


def row(name: str, found: list[Trial]) -> str:
    """A line of the table."""
    right, marked, left_open, silent = (
        sum(counts)
        for counts in zip(*((one.right, one.marked, one.open, len(one.silent)) for one in found), strict=True)
    )
    cells = right + marked + left_open + silent
    return f"| {name} | {len(found)} | {cells} | {right} | {marked} | {left_open} | {silent} |"


if __name__ == "__main__":
    sys.exit(main())
