"""Files and folders that the system lets nobody read or write: each is told, and the others are read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from govinfo.cli.faults import UNREAD

DATA = Path(__file__).resolve().parents[1] / "data"
REPORT = DATA / "raw" / "fenyang-2021.txt"
SUPERUSER = hasattr(os, "geteuid") and os.geteuid() == 0
GIVEN_UP = "-dac_override,-dac_read_search"
"""What lets the superuser read and write everything."""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or (SUPERUSER and not shutil.which("setpriv")), reason="the superuser may do everything"
)


def done(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """A command of govinfo, done by somebody who may not do everything."""
    give_up = ["setpriv", "--bounding-set", GIVEN_UP, "--inh-caps", GIVEN_UP] if SUPERUSER else []
    program = [sys.executable, "-c", "from govinfo.cli import main; main()"]
    return subprocess.run([*give_up, *program, *map(str, command)], capture_output=True, text=True, check=False)


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody may write to."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o555)
    yield folder
    folder.chmod(0o755)


def test_what_may_not_be_read_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for folder, rights in (("names alone", 0o444), ("nothing", 0)):
        (source / folder).mkdir(parents=True)
        shutil.copy(REPORT, source / folder / "a.txt")
        (source / folder).chmod(rights)
    shutil.copy(DATA / "raw" / "sanquan-2021.txt", source / "b.txt")
    shutil.copy(REPORT, source / "c.txt")
    (source / "c.txt").chmod(0)
    ended = done("build", source, "-o", tmp_path / "out")
    for folder in ("names alone", "nothing"):
        (source / folder).chmod(0o755)
    assert ended.returncode == UNREAD, ended.stderr
    problems = pd.read_parquet(tmp_path / "out" / "problems").set_index("source")["error"].to_dict()
    assert problems == {
        "c.txt": "Permission denied.",
        "names alone/a.txt": "Permission denied.",
        "nothing/": "Permission denied: the folder was not looked into.",
    }
    assert "1 reports read" in ended.stdout


def test_a_file_below_a_closed_folder_that_is_given_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "nothing"
    folder.mkdir()
    shutil.copy(REPORT, folder / "a.txt")
    folder.chmod(0)
    ended = done("build", folder / "a.txt", REPORT, "-o", tmp_path / "out")
    folder.chmod(0o755)
    assert ended.returncode == UNREAD
    assert "1 reports read" in ended.stdout
    assert "a.txt: Permission denied." in ended.stdout


WRITES: list[tuple[str | Path, ...]] = [
    ("build", REPORT, "-o"),
    ("chart", "outcomes", DATA / "processed", "-o"),
    ("export", DATA / "processed", "-o"),
    ("synth", "-n", "1", "-o"),
    ("doubts", DATA / "processed", "-o"),
    ("compare", REPORT, DATA / "raw" / "sanquan-2021.txt", "-o"),
]
ENDINGS = {"chart": ".png", "export": ".duckdb", "doubts": ".csv", "compare": ".html"}


@pytest.mark.parametrize("command", WRITES, ids=lambda command: str(command[0]))
def test_a_closed_folder_is_told(command: tuple[str | Path, ...], closed: Path) -> None:
    ended = done(*command, closed / f"made{ENDINGS.get(str(command[0]), '')}")
    assert ended.returncode == UNREAD, ended.stderr
    assert "cannot be written: Permission denied." in ended.stderr
    assert not list(closed.iterdir())


def test_a_data_set_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    shutil.copytree(DATA / "processed", tmp_path / "set")
    (tmp_path / "set" / "manifest.json").chmod(0)
    ended = done("describe", tmp_path / "set")
    assert ended.returncode == UNREAD
    assert "manifest.json: Permission denied. Check the rights of the file" in ended.stderr
