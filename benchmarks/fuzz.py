"""Reads inputs changed by chance with every reader, and writes what came out into docs/reliability.md.

    make fuzz            # a thousand inputs for each
    make fuzz N=200000   # the long run

The inputs are those of tests/fuzzing.py. An error that is no message to the user ends the run with the smallest input
that meets it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fuzzing import targets, tried  # noqa: E402 - the inputs are the tests' own
from written import write_between_marks  # noqa: E402

USUAL = 1000


def main() -> None:
    """Prints a line for each target as it is done, and writes the table into the page."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    lines = [
        "| what reads | inputs | refused with a message | errors nobody foresaw | seconds |",
        "|---|---|---|---|---|",
    ]
    for name, target in targets().items():
        began = time.monotonic()
        refused = tried(target, number)
        lines.append(f"| {name} | {number:,} | {refused:,} | 0 | {time.monotonic() - began:.0f} |")
        print(lines[-1], flush=True)
    write_between_marks("reliability.md", "make fuzz", lines)


if __name__ == "__main__":
    main()
