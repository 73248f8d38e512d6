"""Reads inputs changed by chance with every reader, and writes what came out into docs/reliability.md.

    make fuzz                          # a thousand inputs for each
    make fuzz N=200000                 # the long run
    make fuzz N=200000 SECONDS=3600    # of it what an hour gives
    make fuzz ONE="html 1234"          # one input again, with the trace of its error

The inputs are those of tests/fuzzing.py; the number of an input is its seed. An error that is no message to the user
ends with status 1 and the numbers that meet it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fuzzing import Tally, input_of, is_read, targets, tried_long  # noqa: E402 - the inputs are the tests' own
from written import write_between_marks  # noqa: E402

USUAL = 1000
ROUND = 500
"""Inputs of a reader before the next one has its turn."""


def main() -> None:
    """Reads, says after each round how far it came, writes the table into the page."""
    if len(sys.argv) == 3 and sys.argv[1] in targets():
        again(sys.argv[1], int(sys.argv[2]))
        return
    number = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else float("inf")
    tallies = tallied(number, time.monotonic() + seconds)
    write_between_marks("reliability.md", "make fuzz", table_of(tallies))
    for name, tally in tallies.items():
        print(f"{name}: {tally.seconds:.1f} s of the processor, {tally.slowest:.2f} s for the slowest input")
        for error, first in tally.errors.items():
            print(f'{name} {first}: {error}. Again: make fuzz ONE="{name} {first}"')
    sys.exit(any(tally.errors for tally in tallies.values()))


def again(name: str, number: int) -> None:
    """Reads one input, and says what it is."""
    target = targets()[name]
    value = input_of(name, target, number)
    print(value)
    print("read" if is_read(target, value) else "refused")


def tallied(number: int, until: float) -> dict[str, Tally]:
    """What became of so many inputs of every target, or of those that were read until then."""
    known = targets()
    tallies = {name: Tally() for name in known}
    for begin in range(0, number, ROUND):
        for name, target in known.items():
            if time.monotonic() < until:
                tried_long(name, target, range(begin, min(begin + ROUND, number)), tallies[name])
        if time.monotonic() >= until:
            break
        done = sum(tally.inputs for tally in tallies.values())
        errors = {name: tally.errors for name, tally in tallies.items() if tally.errors}
        print(f"{begin + ROUND} each, {done} in all, errors: {errors or 'none'}", flush=True)
    return tallies


def table_of(tallies: dict[str, Tally]) -> list[str]:
    """The lines of the table."""
    lines = ["| what reads | inputs | refused with a message | errors nobody foresaw |", "|---|---|---|---|"]
    for name, tally in tallies.items():
        lines.append(f"| {name} | {tally.inputs:,} | {tally.refused:,} | {len(tally.errors)} |")
    return lines


if __name__ == "__main__":
    main()
