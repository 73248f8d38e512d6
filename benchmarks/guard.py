"""Measures what the guard round every file costs: the same build with files read in processes with limits, and without.

    make guard                                              # writes the table of docs/reliability.md
    .venv/bin/python benchmarks/guard.py --reports 1000 --times 7

The reports are invented (``govinfo synth``), a third each HTML, text and DOCX. With one process that reads, the build
without the guard reads in its own; with two, in a plain pool of two, which a build on two cores needs anyway. The kinds
of build take turns, and each is a process of its own. What counts is the processor's time, user and system, of that
process and of those that read for it, from start to end: other work on the machine changes it little. The middle of
several runs is given.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from statistics import median

from written import write_between_marks

BUILD = '''
import resource, sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
import govinfo
from govinfo.files.apart import end_all

_, source, out, kind, reports, jobs = sys.argv
UNGUARDED = """from govinfo.corpus import work
from govinfo.files import apart
work.can_be_apart = apart.can_be_apart = lambda: False"""
with ExitStack() as stack:
    executor = None
    if kind == "without":
        exec(UNGUARDED)
        if jobs != "1":
            pool = ProcessPoolExecutor(int(jobs), get_context("spawn"), initializer=exec, initargs=(UNGUARDED,))
            executor = stack.enter_context(pool)
    built = govinfo.build(source, out, executor=executor, jobs=int(jobs), sheets=False)
    assert built.read == int(reports), built
end_all()
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(sum(one.ru_utime + one.ru_stime for one in used))
'''
KINDS = ("with", "without")


def main() -> None:
    """Prints the seconds of each run, and writes the table into the page."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, nargs="+", default=[3, 300])
    asked.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    asked.add_argument("--times", type=int, default=3)
    told = asked.parse_args()
    lines = [
        "| reports | processes that read | runs of each | with the guard, s | without, s | the guard costs |",
        "|---|---|---|---|---|---|",
    ]
    for reports, jobs in product(told.reports, told.jobs):
        found = measured(reports, jobs, told.times)
        with_, without = median(found["with"]), median(found["without"])
        lines.append(
            f"| {reports:,} | {jobs} | {told.times} | {with_:.2f} | {without:.2f} | {with_ - without:+.2f} s, "
            f"{(with_ / without - 1) * 100:+.1f} % |"
        )
    print("\n".join(lines))
    write_between_marks("reliability.md", "make guard", lines)


def measured(reports: int, jobs: int, times: int) -> dict[str, list[float]]:
    """The processor's seconds of each run of a build with the guard and of one without."""
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "reports")
        command = [sys.executable, "-m", "govinfo.cli", "synth", "-n", str(reports), "-o", str(source)]
        subprocess.run([*command, "--formats", "html,txt,docx"], check=True, capture_output=True)
        for turn in range(times):
            for kind in KINDS:
                build = [sys.executable, "-c", BUILD, str(source), str(Path(folder, f"{kind}-{turn}")), kind]
                ended = subprocess.run([*build, str(reports), str(jobs)], check=True, capture_output=True, text=True)
                found[kind].append(float(ended.stdout))
            print(reports, jobs, {kind: f"{seconds[-1]:.2f}" for kind, seconds in found.items()}, flush=True)
    return found


if __name__ == "__main__":
    main()
