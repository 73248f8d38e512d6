"""Builds among hostile files, writes that are killed, and writes onto a full disk: what is left is looked at.

Each trial runs in a child of this process, so that a signal or a limit meets it alone.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

import govinfo
from govinfo import Corpus, Limits, export, plots
from govinfo.errors import FileUnreadable, GovinfoError
from govinfo.files.sheet_text import write_table
from govinfo.files.sums import SUMS, refuse_changed, sums_in

INSIDE = "An error inside govinfo"
DONE, TOLD, FAULT = 0, 1, 3
"""How a child ends: all is written, an error with a message, or any other error."""

ENDING = (signal.SIGINT, signal.SIGTERM)
"""Signals by which people and systems end a program."""


def fates(files: Mapping[str, Callable[[], bytes]], folder: Path, limits: Limits) -> dict[str, str]:
    """What became of each file in one build of them all: ``read``, ``limit``, ``refused``, ``fault`` (an error that
    nobody foresaw) or ``lost`` (neither a report nor a row of problems)."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    names = {f"{number:03}.bin": name for number, name in enumerate(files)}
    for file, name in names.items():
        (sources / file).write_bytes(files[name]())
    corpus = govinfo.read_reports(sources, limits=limits)
    told = dict.fromkeys(names, "lost")
    for source, error in zip(corpus.problems["source"], corpus.problems["error"], strict=True):
        fault, limit = INSIDE in error, "was not read within" in error or "MB of memory" in error
        told[source.partition("#")[0]] = "fault" if fault else "limit" if limit else "refused"
    told |= {source.partition("#")[0]: "read" for source in corpus.reports["source"]}
    return {names[file]: fate for file, fate in told.items()}


# Writes that are killed, or find no room


@dataclass(frozen=True, slots=True)
class Write:
    """A way to write a corpus to ``name`` in a folder, and how to see what is there."""

    name: str
    write: Callable[[Corpus, Path], object]
    look: Callable[[Path], object]


def built(corpus: Corpus, folder: Path) -> None:
    """Builds the reports that a corpus was read from; it names them."""
    govinfo.build([Path(source) for source in corpus.problems["source"]], folder, jobs=1)


def frames_in(folder: Path) -> object:
    """What a data set holds, as a value that can be compared."""
    return tuple(getattr(govinfo.load(folder), name).to_csv() for name in ("cells", "reports", "findings"))


def files_in(folder: Path) -> object:
    """The bytes of the files that belong together in a folder, by name."""
    refuse_changed(folder, sums_in(folder))
    return {name: (folder / name).read_bytes() for name in (SUMS, *sums_in(folder))}


def rows_in(path: Path) -> object:
    """The cells in a DuckDB file; its bytes are never the same twice."""
    import duckdb

    with duckdb.connect(str(path), read_only=True) as database:
        return database.sql("SELECT * FROM cells").df().to_csv()


def chart(corpus: Corpus, path: Path) -> None:
    """Draws the outcomes."""
    plots.save(plots.draw("outcomes", corpus), path)


WRITES = (
    Write("built", built, frames_in),
    Write("saved", Corpus.save, frames_in),
    Write("parquet", export.to_parquet, frames_in),
    Write("csv", export.to_csv, files_in),
    Write("a.xlsx", export.export, Path.read_bytes),
    Write("a.duckdb", export.export, rows_in),
    Write("a.csv", export.export, Path.read_bytes),
    Write("a.parquet", export.export, Path.read_bytes),
    Write("chart.png", chart, Path.read_bytes),
    Write("table.csv", lambda corpus, path: write_table(corpus.reports, path), Path.read_bytes),
)


@dataclass(frozen=True, slots=True)
class Ready:
    """A write with what its place holds before it and after it, by how one looks, and how long it takes."""

    write: Write
    start: Path
    old: object
    new: object
    seconds: float


def ready(folder: Path, first: Iterable[Path], second: Iterable[Path]) -> list[Ready]:
    """The writes, each with a place that holds the ``first`` reports and is to hold the ``second``."""
    found = []
    before, after = with_paths(first), with_paths(second)
    for write in WRITES:
        start, there = folder / "old" / write.name, folder / "new" / write.name
        start.parent.mkdir(parents=True, exist_ok=True)
        write.write(before, start)
        copied(start, there)
        began = time.monotonic()
        write.write(after, there)
        found.append(Ready(write, start, write.look(start), write.look(there), time.monotonic() - began))
    return found


def with_paths(paths: Iterable[Path]) -> Corpus:
    """The reports as a corpus; ``problems`` names their paths, for a build."""
    paths = list(paths)
    corpus = govinfo.read_reports(paths)
    problems = pd.DataFrame({"source": map(str, paths), "stage": "", "error": "", "hint": ""}, dtype="string")
    return replace(corpus, problems=problems)


def copied(start: Path, there: Path) -> None:
    """Copies a file or a folder."""
    there.parent.mkdir(parents=True, exist_ok=True)
    if start.is_dir():
        shutil.copytree(start, there)
    else:
        shutil.copy(start, there)


def child(work: Callable[[], object]) -> int:
    """Starts a child that does some work and ends without cleaning up anything of its parent; its number."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)  # until the child stands where a signal only ends it
    if number := os.fork():
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        return number
    try:
        os.setpgid(0, 0)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        work()
    except (GovinfoError, OSError):
        os._exit(TOLD)
    except BaseException:
        os._exit(FAULT)
    os._exit(DONE)


def state_of(one: Ready, place: Path) -> str:
    """``old`` or ``new``, ``refused`` where loading says that the writing was stopped, else ``mixed``."""
    try:
        seen = one.write.look(place)
    except FileUnreadable:
        return "refused"
    except Exception:
        return "mixed"
    return "old" if seen == one.old else "new" if seen == one.new else "mixed"


def kills(number: int, seed: int, writes: list[Ready], after: Corpus, folder: Path) -> Counter[str]:
    """Writes that are ended by a signal at a random moment: what their places hold then. A write that follows must
    give the new state."""
    chance, counts = random.Random(seed), Counter[str]()
    for trial in range(number):
        one = writes[trial % len(writes)]
        place = folder / f"kill-{trial}" / one.write.name
        copied(one.start, place)
        number_of_child = child(lambda one=one, place=place: one.write.write(after, place))
        time.sleep(chance.uniform(0, 1.1 * one.seconds))
        end(number_of_child, chance.choice([signal.SIGKILL, *ENDING]))
        counts[state_of(one, place)] += 1
        one.write.write(after, place)
        if state_of(one, place) != "new":
            counts["not mended"] += 1
        shutil.rmtree(place.parent)
    return counts


def end(number: int, sign: signal.Signals) -> None:
    """Sends a signal to a child, and ends it for good where it does not follow."""
    os.kill(number, sign)
    until = time.monotonic() + 5
    while os.waitpid(number, os.WNOHANG) == (0, 0):
        if time.monotonic() > until:
            os.kill(number, signal.SIGKILL)
            until = float("inf")
        time.sleep(0.01)


def full_disks(number: int, seed: int, writes: list[Ready], after: Corpus, folder: Path) -> Counter[str]:
    """Writes that find no room behind a random byte: what is said, and what their places hold then."""
    chance, counts = random.Random(seed), Counter[str]()
    for trial in range(number):
        one = writes[trial % len(writes)]
        place = folder / f"full-{trial}" / one.write.name
        copied(one.start, place)
        most = chance.randrange(largest_in(one.start))

        def without_room(one: Ready = one, place: Path = place, most: int = most) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            one.write.write(after, place)

        _, status = os.waitpid(child(without_room), 0)
        said = {DONE: "written", TOLD: "told"}.get(os.waitstatus_to_exitcode(status), "fault")
        state = state_of(one, place)
        counts["silent" if said == "written" and state != "new" else f"{said}, {state}"] += 1
        shutil.rmtree(place.parent)
    return counts


def largest_in(path: Path) -> int:
    """The size of the largest file."""
    files = path.rglob("*") if path.is_dir() else [path]
    return max(file.stat().st_size for file in files if file.is_file())
