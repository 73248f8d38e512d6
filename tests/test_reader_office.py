"""Files of old office programs through LibreOffice."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from govinfo.document import Cell
from govinfo.errors import FileUnreadable, MissingSoftware
from govinfo.readers import office
from govinfo.readers.html import read_html
from govinfo.readers.office import read_office

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None and shutil.which("libreoffice") is None, reason="LibreOffice is not installed"
)
posix_only = pytest.mark.skipif(os.name != "posix", reason="stands in for LibreOffice with a shell script")
RTF = rb"""{\rtf1\ansi
\trowd\cellx2000\cellx4000 \intbl A\cell 12\cell\row
\trowd\cellx2000\cellx4000 \intbl B\cell 0\cell\row
\pard Text after.\par}"""


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a shell script pass for LibreOffice."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def is_alive(process: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def cell_texts(cells: tuple[Cell, ...]) -> list[str]:
    return ["".join(cell.text.split()) for cell in cells]


@needs_office
def test_rtf_becomes_paragraphs_and_grids(scratch: Path) -> None:
    document = read_office(RTF, ".rtf")
    assert document.reader == "office"
    (grid,) = document.grids()
    assert [(cell.text, cell.row, cell.col) for cell in grid.cells] == [
        ("A", 0, 0),
        ("12", 0, 1),
        ("B", 1, 0),
        ("0", 1, 1),
    ]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["Text after."]
    assert not list(scratch.iterdir())


@needs_office
def test_doc_has_the_figures_of_the_same_report_as_a_page() -> None:
    doc, page = REPORTS / "pingtan-2021.doc", REPORTS / "pingtan-2021.html"
    if not doc.exists() or not page.exists():
        pytest.skip("the shared sample reports are not here")
    old, new = read_office(doc.read_bytes()), read_html(page.read_bytes())
    assert [cell_texts(grid.cells) for grid in old.grids()] == [cell_texts(grid.cells) for grid in new.grids()]


@needs_office
def test_broken_file_is_unreadable(scratch: Path) -> None:
    with pytest.raises(FileUnreadable, match="cannot convert"):
        read_office(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    assert not list(scratch.iterdir())


def test_without_libreoffice_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingSoftware) as caught:
        read_office(RTF)
    assert "apt install libreoffice-writer-nogui" in caught.value.hint


@posix_only
def test_empty_file_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, "exit 0", monkeypatch)
    with pytest.raises(FileUnreadable, match="empty"):
        read_office(b"")


@posix_only
def test_when_time_is_over_all_that_was_started_is_ended(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    stand_in(tmp_path, f"sleep 60 & echo $! > {child}; wait", monkeypatch)
    monkeypatch.setattr(office, "TIME_LIMIT", 1.0)
    with pytest.raises(FileUnreadable, match="within 1 seconds"):
        read_office(RTF)
    time.sleep(0.1)
    assert not is_alive(int(child.read_text()))
    assert not list(scratch.iterdir())


@posix_only
def test_macros_are_off_and_the_profile_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept"
    copy = f"""echo "$@" > {kept}.arguments
    for argument; do case $argument in *file://*) cp -r "${{argument#*file://}}" {kept};; esac; done"""
    stand_in(tmp_path, copy, monkeypatch)
    with pytest.raises(FileUnreadable):
        read_office(RTF)
    settings = (kept / "user" / "registrymodifications.xcu").read_text()
    assert 'DisableMacrosExecution" oor:finalized="true"><value>true' in settings
    assert "--headless" in Path(f"{kept}.arguments").read_text()
