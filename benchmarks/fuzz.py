"""Reads inputs changed by chance with every reader, and writes what came out into docs/reliability.md.

    make fuzz                          # a thousand inputs for each
    make fuzz N=200000                 # the long run
    make fuzz N=200000 SECONDS=3600    # of it what an hour gives
    make fuzz N=200000 MORE=more       # the rest, behind those that docs/fuzz.json counts; before it, what met an error
    make fuzz ONE="html 1234"          # one input again, with the trace of its error

The inputs are those of tests/fuzzing.py; the number of an input is its seed. An error that is no message to the user
ends with status 1 and the numbers that meet it.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fuzzing import Tally, input_of, is_read, targets, tried_long  # noqa: E402 - the inputs are the tests' own
from written import DOCS, write_between_marks  # noqa: E402

ROUND = 500
"""Inputs of a reader before the next one has its turn."""
COUNTED = DOCS / "fuzz.json"
"""What became of the inputs until now."""


def main() -> None:
    """Reads, says after each round how far it came, writes the counts and the table of the page."""
    if len(sys.argv) == 3 and sys.argv[1] in targets():
        one(sys.argv[1], int(sys.argv[2]))
        return
    number, seconds, more = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:] == ["more"]
    tallies = counted() if more else {name: Tally() for name in targets()}
    read_more(tallies, number, time.monotonic() + seconds)
    count(tallies)
    write_between_marks("reliability.md", "make fuzz", table_of(tallies))
    for name, tally in tallies.items():
        print(f"{name}: {tally.seconds:.1f} s of the processor, {tally.slowest:.2f} s for the slowest input")
        for error, first in tally.errors.items():
            print(f'{name} {first}: {error}. Again: make fuzz ONE="{name} {first}"')
    sys.exit(any(tally.errors for tally in tallies.values()))


def counted() -> dict[str, Tally]:
    """What became of the inputs of the runs before; those that met an error are read again, it may be mended since."""
    known, told = targets(), json.loads(COUNTED.read_text(encoding="utf-8"))
    tallies = {name: Tally(**its) for name, its in told.items()}
    for name, tally in tallies.items():
        again = Tally()
        tried_long(name, known[name], tally.errors.values(), again)
        tally.errors = again.errors
    return tallies


def count(tallies: dict[str, Tally]) -> None:
    """Writes down what became of the inputs."""
    told = {name: asdict(tally) for name, tally in tallies.items()}
    COUNTED.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def one(name: str, number: int) -> None:
    """Reads one input, and says what it is."""
    target = targets()[name]
    value = input_of(name, target, number)
    print(value)
    print("read" if is_read(target, value) else "refused")


def read_more(tallies: dict[str, Tally], number: int, until: float) -> None:
    """Adds the inputs of every reader up to that number, or those that were read until then."""
    known = targets()
    while time.monotonic() < until and any(tally.inputs < number for tally in tallies.values()):
        for name, tally in tallies.items():
            if time.monotonic() < until:
                tried_long(name, known[name], range(tally.inputs, min(tally.inputs + ROUND, number)), tally)
        done = sum(tally.inputs for tally in tallies.values())
        errors = {name: tally.errors for name, tally in tallies.items() if tally.errors}
        print(f"{done} inputs, errors: {errors or 'none'}", flush=True)


def table_of(tallies: dict[str, Tally]) -> list[str]:
    """The lines of the table."""
    lines = ["| what reads | inputs | refused with a message | errors nobody foresaw |", "|---|---|---|---|"]
    for name, tally in tallies.items():
        lines.append(f"| {name} | {tally.inputs:,} | {tally.refused:,} | {len(tally.errors)} |")
    return lines


if __name__ == "__main__":
    main()
