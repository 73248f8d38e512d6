"""Lets atheris look for inputs that reach other lines of the code, and writes what came out into docs/reliability.md.

    make atheris                 # twenty minutes
    make atheris SECONDS=7200

The first byte of an input says what reads the rest: the readers that are Python (pages, texts, scripts, saved pages),
the alignment of a table of any shape, or the sums as judge. It begins with the seeds of tests/fuzzing.py and keeps what
it found in build/atheris-inputs; an error that is no message to the user ends it, and names the file with that input.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

INPUTS = ROOT / "build" / "atheris-inputs"
USUAL = 1200
KINDS = ("html", "text", "markdown", "script", "mhtml", "alignment", "solver")
PROGRESS = re.compile(r"#(?P<runs>\d+)\s+\w+\s+cov: (?P<lines>\d+) ft: \d+ corp: (?P<kept>\d+)")
DONE = re.compile(r"Done (?P<runs>\d+) runs in (?P<seconds>\d+) second")
SHOWN = 4000
"""Letters of what it said last that are shown where an error ended it."""


def main() -> None:
    """Runs atheris in a process of its own, which it ends itself, and writes a table of what it said."""
    if sys.argv[1:2] == ["inside"]:
        inside(sys.argv[2:])
        return
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    write_seeds()
    limits = [f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=3000", "-max_len=4096"]
    command = [sys.executable, __file__, "inside", *limits, f"-artifact_prefix={INPUTS.parent}/", str(INPUTS)]
    ended = subprocess.run(command, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", check=False)
    if ended.returncode or not (done := DONE.search(ended.stderr)):
        sys.exit(ended.stderr[-SHOWN:])
    *_, last = PROGRESS.finditer(ended.stderr)
    lines = [
        "| seconds | inputs | places in the code reached | inputs kept | errors nobody foresaw |",
        "|---|---|---|---|---|",
        f"| {int(done['seconds']):,} | {int(done['runs']):,} | {int(last['lines']):,} | {int(last['kept']):,} | 0 |",
    ]
    print("\n".join(lines))
    from written import write_between_marks

    write_between_marks("reliability.md", "make atheris", lines)


def write_seeds() -> None:
    """Puts the seeds where atheris takes them from, beside what it found before."""
    from fuzzing import excerpts, seeds

    INPUTS.mkdir(parents=True, exist_ok=True)
    for number, kind in enumerate(KINDS):
        tables = ["\n".join(["\t".join(row) for row in rows]).encode() for _, rows in excerpts()]
        found = seeds()[kind][0] if kind in seeds() else tables
        for at, data in enumerate(found[:: max(1, len(found) // 30)]):
            (INPUTS / f"seed-{kind}-{at}").write_bytes(bytes([number]) + data)


def inside(arguments: list[str]) -> None:
    """Looks for inputs until the time is over; never returns."""
    import atheris

    with atheris.instrument_imports(include=["govinfo"]):
        import govinfo.report.read
    from govinfo.errors import GovinfoError

    del govinfo
    readers = readers_by_number()

    def once(data: bytes) -> None:
        if not data:
            return
        try:
            readers[data[0] % len(readers)](data[1:])
        except GovinfoError:
            return

    atheris.Setup([sys.argv[0], *arguments], once)
    atheris.Fuzz()


def readers_by_number() -> list[Callable[[bytes], object]]:
    """What reads the bytes behind the first, in the order of ``KINDS``."""
    from fuzzing import TITLE, places, solved

    from govinfo.document import Cell, Document, Grid, Paragraph
    from govinfo.report import readings_of
    from govinfo.report.read import readings_from

    def aligned(data: bytes) -> object:
        rows = [line.split("\t") for line in data.decode(errors="replace").split("\n")]
        cells = tuple(Cell(text, at, col) for at, row in enumerate(rows) for col, text in enumerate(row))
        return readings_from(Document((Paragraph(TITLE.format(2021).strip()), Grid(cells)), "html"), "a", "")

    def judged(data: bytes) -> object:
        figures = [None if byte == 255 else Decimal(byte) for byte in data]
        return solved(dict(zip(places(), [*figures, *[None] * len(places())], strict=False)))

    own: dict[str, Callable[[bytes], object]] = {"alignment": aligned, "solver": judged}
    return [own.get(kind, lambda data: readings_of(data, "a")) for kind in KINDS]


if __name__ == "__main__":
    main()
