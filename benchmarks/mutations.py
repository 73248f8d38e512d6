"""Changes real reports in one thing each, reads them, and writes docs/reliability.md.

    make mutations

The changes are those of tests/mutations: a figure, a label, a row, a cell, a heading, a span. What is read must be what
the changed page prints, or be marked, or be left open.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from mutations import (  # noqa: E402 - the changes are the tests' own
    CHANGES,
    LAYOUTS,
    MUTATIONS,
    Page,
    Trial,
    dump_of,
    dump_trial,
    page_of,
    trials,
)
from written import write_between_marks  # noqa: E402

PER_KIND = 25
"""Changes of each kind to each report."""

FEWER = {"pdf": 10, "tabs.txt": 10, "lines.txt": 10}
"""Layouts with fewer changes: a PDF takes its time, the dumps made of pages stand beside real ones."""

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
    raw = ROOT / "data" / "raw"
    pages = [page_of(path.name, path.read_text(encoding="utf-8")) for path in sorted(raw.glob("*.html"))]
    dumps = [dump_of(path.name, path.read_text(encoding="utf-8")) for path in sorted(raw.glob("*.txt"))]
    on_pages = {suffix: changed(pages, suffix) for suffix in LAYOUTS}
    on_dumps = [dump_trial(dump, kind, seed) for kind in CHANGES for dump in dumps for seed in range(PER_KIND)]
    text = PAGE.format(
        head=HEAD,
        per_kind=PER_KIND,
        dumps=len(dumps),
        layouts="\n".join(section(suffix, len(pages), found) for suffix, found in on_pages.items()),
        by_dump="\n".join(rows(on_dumps)),
    )
    write_between_marks("reliability.md", "make mutations", text.splitlines())
    every = [*(one for found in on_pages.values() for one in found), *on_dumps]
    wrong = [one for one in every if one.silent]
    for one in wrong:
        print(f"{one.kind} {one.page} seed {one.seed}: {one.silent[0]}")
    print(f"docs/reliability.md written; {len(every)} changed reports, {len(wrong)} wrong in silence")
    return int(bool(wrong))


def changed(pages: Sequence[Page], suffix: str) -> list[Trial]:
    """The changes of all kinds to all pages in one layout."""
    count = FEWER.get(suffix, PER_KIND)
    return [one for kind in MUTATIONS for page in pages for one in trials(page, kind, count, suffix)]


def section(suffix: str, pages: int, found: list[Trial]) -> str:
    """The part of the document on one layout."""
    return SECTION.format(
        name=LAYOUTS[suffix].name,
        per_kind=FEWER.get(suffix, PER_KIND),
        pages=pages,
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
