"""Reads files made to harm, kills writes, lets them find no room, and writes what came out into docs/reliability.md.

    make hostile

The files are those of tests/hostile; three real reports stand among them and must be read as ever.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from hostile import FILES, runs  # noqa: E402 - the files are the tests' own
from written import write_between_marks  # noqa: E402

from govinfo import Limits  # noqa: E402

RAW = ROOT / "data" / "raw"
BEFORE = [RAW / "fenyang-2021.txt"]
AFTER = [*BEFORE, RAW / "sanquan-2021.txt", RAW / "pingtan-2023.html"]
LIMITS = Limits(seconds=5, memory=512 << 20)
FATES = ("read", "refused", "limit", "fault", "lost")
KILLS, FULL = 200, 100
SEED = 1


def main() -> None:
    """Prints the tables, and writes them into the page."""
    with TemporaryDirectory() as folder:
        lines = [*by_kind(Path(folder)), "", *by_write(Path(folder))]
    print("\n".join(lines))
    write_between_marks("reliability.md", "make hostile", lines)


def by_kind(folder: Path) -> Iterator[str]:
    """The table of the files, a line for each kind."""
    began = time.monotonic()
    good = {f"a report: {path.name}": path.read_bytes for path in AFTER}
    fates = runs.fates({**FILES, **good}, folder / "files", LIMITS)
    yield f"| kind of file | files | {' | '.join(FATES)} |"
    yield "|" + "---|" * (2 + len(FATES))
    kinds = dict.fromkeys(name.partition(":")[0] for name in fates)
    for kind in kinds:
        yield counted(kind, {name: fate for name, fate in fates.items() if name.startswith(f"{kind}:")})
    yield counted("**all**", fates)
    yield ""
    yield f"One build of all of them, at most {LIMITS.seconds:g} seconds and {LIMITS.memory >> 20} MB a file: "
    yield f"{time.monotonic() - began:.0f} seconds by the clock."


def counted(kind: str, fates: Mapping[str, str]) -> str:
    """A line of that table."""
    counts = Counter(fates.values())
    return f"| {kind} | {len(fates)} | {' | '.join(str(counts[fate]) for fate in FATES)} |"


def by_write(folder: Path) -> Iterator[str]:
    """The table of the writes that were killed or found no room."""
    writes, after = runs.ready(folder / "writes", BEFORE, AFTER), runs.with_paths(AFTER)
    killed = runs.kills(KILLS, SEED, writes, after, folder / "kills")
    full = runs.full_disks(FULL, SEED, writes, after, folder / "full")
    yield "| what was done to a write | times | what was there then |"
    yield "|---|---|---|"
    yield f"| killed at a random moment (SIGKILL, SIGTERM, SIGINT) | {KILLS} | {as_text(killed)} |"
    yield f"| no room behind a random byte | {FULL} | {as_text(full)} |"


def as_text(counts: Counter[str]) -> str:
    """Counts as words."""
    return "; ".join(f"{what} {number}" for what, number in sorted(counts.items()))


if __name__ == "__main__":
    main()
