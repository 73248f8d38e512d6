"""Some of what ``make hostile`` tries in full: no file is lost, ends the build or meets an error nobody foresaw."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hostile import FILES, runs

from govinfo import Limits
from govinfo.corpus import work
from govinfo.files.apart import Ended

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system limits no memory of a process")

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
BEFORE = [RAW / "fenyang-2021.txt"]
AFTER = [*BEFORE, RAW / "sanquan-2021.txt", RAW / "pingtan-2023.html"]
GOOD = {path.name: path.read_bytes for path in AFTER}

QUICK = [
    "PDF: a form that draws itself twice",
    "PDF: a tree of pages that is its own child",
    "PDF: pages below zero",
    "PDF: a page without extent",
    "Word: a body embedded in itself",
    "Word: a part that states another size",
    "workbook: a cell beyond the sheet",
    "zip: fifty deep",
    "page: spans that are no numbers",
    "page: tables nested two thousand deep",
    "page: rules of style nested deep",
    "text: zeros",
    "script: brackets nested a million deep",
    "script: half a character",
    "picture: states a huge size",
    "picture: a list in a circle",
]
"""Files of every kind that are made and read in a moment, the last of them all with what others leave behind."""


def test_hostile_files_are_rows_of_problems_and_the_others_are_read(tmp_path: Path) -> None:
    fates = runs.fates({**{name: FILES[name] for name in QUICK}, **GOOD}, tmp_path, Limits(seconds=3, memory=256 << 20))
    assert {name: fates[name] for name in GOOD} == dict.fromkeys(GOOD, "read")
    assert {name for name, fate in fates.items() if fate in {"fault", "lost"}} == set()


def test_what_a_file_leaves_behind_in_a_process_is_not_the_end_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that leaves little memory behind, and one that ends any process: those after them were said to need too
    much themselves."""
    names = ["heavy.txt", "a.txt", "bomb.txt", "b.txt"]
    for name in names:
        (tmp_path / name).write_text(name, encoding="utf-8")
    processes: list[list[str]] = []

    def read_source(made: Any, file: str, digest: str, source: str, data: bytes | Exception, _: object) -> None:
        if isinstance(data, Exception):
            work.add_unread(made, file, digest, data, source)
            return
        processes[-1].append(file)
        if file == "bomb.txt" or (processes[-1][0] == "heavy.txt" and len(processes[-1]) > 1):
            raise MemoryError

    def done_apart(_: str, task: work.Task, limits: Limits) -> work.Answer:
        steps: list[int] = []
        processes.append([])
        monkeypatch.setattr(work, "getting_on", steps.append)
        try:
            return work.read_files(task)
        except MemoryError:
            raise Ended("memory", steps[-1]) from None

    monkeypatch.setattr(work, "done_apart", done_apart)
    monkeypatch.setattr(work, "read_source", read_source)
    places = tuple(work.Place(str(tmp_path / name), name) for name in names)
    answer = work.answer_to(work.Task(places, work.Asked()))
    assert answer.tables["problems"]["source"].to_pylist() == ["bomb.txt"]
    assert {"a.txt", "b.txt"} <= {file for process in processes for file in process if process[0] == file}


@pytest.fixture(scope="module")
def writes(tmp_path_factory: pytest.TempPathFactory) -> list[runs.Ready]:
    return runs.ready(tmp_path_factory.mktemp("writes"), BEFORE, AFTER)


def test_a_write_that_is_killed_leaves_the_old_or_the_new(writes: list[runs.Ready], tmp_path: Path) -> None:
    counts = runs.kills(len(writes), 1, writes, runs.with_paths(AFTER), tmp_path)
    assert counts.total() == len(writes)
    assert set(counts) <= {"old", "new", "refused"}


def test_a_write_without_room_says_so_and_leaves_the_old_or_the_new(writes: list[runs.Ready], tmp_path: Path) -> None:
    counts = runs.full_disks(len(writes), 1, writes, runs.with_paths(AFTER), tmp_path)
    assert counts.total() == len(writes)
    assert set(counts) <= {"written, new", "told, old", "told, new", "told, refused"}
