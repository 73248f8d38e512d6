"""What people's terminals, folders and edited files do to the commands: a message or a row, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from conftest import is_address

import govinfo
from govinfo import datasets, export, load
from govinfo.cli import faults
from govinfo.corpus import FRAMES
from govinfo.errors import FileUnreadable
from govinfo.files.sums import SUMS
from govinfo.report import report_of

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
COMMAND = [sys.executable, "-c", "from govinfo.cli import main; main()"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "utf-8"])
def test_every_terminal_shows_a_report(encoding: str) -> None:
    done = subprocess.run(
        [*COMMAND, "show", RAW / "sanquan-2021.txt", "--table", "requests"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    shown = "本年".encode(encoding) if encoding in {"gbk", "utf-8"} else rb"\u672c\u5e74"
    assert shown in done.stdout


def test_an_unexpected_error_is_a_message_with_a_way_to_report_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(faults.tempfile, "tempdir", str(tmp_path))

    def command() -> None:
        raise KeyError("somewhere inside")

    with pytest.raises(SystemExit) as left:
        faults.run(command)
    assert left.value.code == faults.INSIDE
    (trace,) = tmp_path.iterdir()
    said = capsys.readouterr().err.replace("\n", "")
    assert "KeyError: 'somewhere inside'" in said
    assert trace.name in said
    assert "Traceback" not in said
    assert "Traceback" in trace.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (govinfo.errors.UsageError("a"), 2),
        (FileUnreadable("a"), 1),
        (PermissionError(13, "denied"), 1),
        (MemoryError(), 1),
    ],
)
def test_an_error_of_a_known_kind_is_one_line(
    error: Exception, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> None:
        raise error

    with pytest.raises(SystemExit) as left:
        faults.run(command)
    assert left.value.code == status
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_output_that_nobody_reads_on_ends_the_command_quietly() -> None:
    line = f"set -o pipefail; {sys.executable} -c 'from govinfo.cli import main; main()' agencies {RAW} | head -c 1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_a_pipe_a_device_and_a_folder_are_no_reports(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero"), tmp_path):
        with pytest.raises(FileUnreadable, match="regular file"):
            govinfo.read_report(path)


@pytest.mark.parametrize("name", ["sanquan-2021.txt", "pingtan-2023.html"])
def test_a_zero_byte_in_a_text_costs_no_more_than_the_figure_it_stands_in(name: str) -> None:
    data = (RAW / name).read_bytes()
    whole = report_of(data, name).cells.set_index(["table", "row", "column"])
    for at in range(len(data) // 9, len(data), len(data) // 9):
        read = report_of(data[:at] + b"\0" + data[at:], name).cells.set_index(["table", "row", "column"])
        assert whole.index.isin(read.index).all()
        read = read.loc[whole.index]
        other = (read["value"] != whole["value"]).fillna(False) | (read["value"].isna() != whole["value"].isna())
        assert (read.loc[other, "doubts"] != "").all()


def saved(folder: Path) -> Path:
    return export.to_parquet(datasets.load_corpus(), folder)


@pytest.mark.parametrize(
    ("column", "written", "said"),
    [("value", "1,234", "value holds something else"), ("year", 2023.5, "2023.5 is no whole number")],
)
def test_an_edited_frame_is_refused_by_what_is_wrong_with_it(
    tmp_path: Path, column: str, written: object, said: str
) -> None:
    path = saved(tmp_path) / "cells.parquet"
    frame = pd.read_parquet(path)
    frame[column] = frame[column].astype("object" if isinstance(written, str) else "Float64")
    frame.loc[0, column] = written
    if isinstance(written, str):
        frame[column] = frame[column].astype("string")
    frame.to_parquet(path)
    with pytest.raises(FileUnreadable, match="not what was written with the others"):
        load(tmp_path)
    (tmp_path / SUMS).unlink()
    with pytest.raises(FileUnreadable, match=said):
        load(tmp_path)


def test_frames_of_two_writings_are_not_taken_for_one_data_set(tmp_path: Path) -> None:
    one, other = saved(tmp_path / "one"), govinfo.read_reports(RAW / "sanquan-2021.txt").save(tmp_path / "other")
    (one / SUMS).write_bytes((other / SUMS).read_bytes())
    (one / "cells.parquet").write_bytes((other / "cells.parquet").read_bytes())
    with pytest.raises(FileUnreadable, match="its writing was stopped"):
        load(one)
    assert len(load(other).cells) == 200


def test_the_list_of_digests_keeps_what_was_written_beside(tmp_path: Path) -> None:
    export.to_csv(datasets.load_corpus(), saved(tmp_path))
    done = subprocess.run(["sha256sum", "--check", SUMS], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.count(": OK") == 2 * len(FRAMES)


def test_what_a_killed_write_left_is_cleared_away_and_what_goes_on_is_not(tmp_path: Path) -> None:
    (tmp_path / ".writing-old").mkdir()
    (tmp_path / ".writing-new").mkdir()
    os.utime(tmp_path / ".writing-old", (0, 0))
    saved(tmp_path)
    assert [path.name for path in tmp_path.glob(".*")] == [".writing-new"]


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    path = saved(tmp_path) / "cells.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(FileUnreadable):
        load(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"), [("127.0.0.1", True), ("0x7f.1", True), ("::1", True), ("a.test", False)]
)
def test_addresses_in_figures_need_no_look_up(text: str, expected: bool) -> None:
    assert is_address(text) == expected
