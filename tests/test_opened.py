"""Whatever stands where a file is expected: a pipe would never end, a device neither, a folder is none."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pandas as pd
import pytest

import govinfo
from govinfo import Corpus, load
from govinfo.corrections import corrections
from govinfo.errors import FileUnreadable, GovinfoError
from govinfo.exercises import read_sheet, students_in
from govinfo.fetch.links import lists_of
from govinfo.fetch.log import keep_note, log_records, noted
from govinfo.fetch.manifest import read_manifest
from govinfo.fetch.years import year_note
from govinfo.files.opened import opened_to_add, whole_bytes
from govinfo.identity.agencies import read_aliases
from govinfo.render.files import begin
from govinfo.review import agreement, audit, session
from govinfo.review.listed import refuse_filled_in

DATA = Path(__file__).resolve().parents[1] / "data"
STANDS = ("pipe", "folder", "device")

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")


@pytest.fixture(autouse=True)
def never_waits() -> Iterator[None]:
    """A call that waits for a pipe fails."""

    def waited(number: int, frame: FrameType | None) -> None:
        raise AssertionError("it waits for a pipe")

    before = signal.signal(signal.SIGALRM, waited)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def put(path: Path, what: str) -> Path:
    """What stands in the place of a file."""
    if path.exists():
        path.unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    if what == "pipe":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    return path


def links_of(path: Path) -> None:
    """Reads a saved page, and raises what was gathered."""
    for error in lists_of([path])[1]:
        raise error


READ: dict[str, Callable[[Path], object]] = {
    "report.html": govinfo.read_report,
    "corrections.csv": corrections,
    "corrections.xlsx": corrections,
    "corrections.toml": corrections,
    "names.csv": read_aliases,
    "manifest.csv": read_manifest,
    "index.html": links_of,
    "students.csv": students_in,
    "review.csv": lambda path: session(pd.DataFrame(), path, "A"),
    "one.csv": lambda path: agreement(path, path),
    "audit.csv": audit,
    "check.csv": refuse_filled_in,
    "check.xlsx": refuse_filled_in,
}


@pytest.mark.parametrize("what", STANDS)
@pytest.mark.parametrize("name", READ)
def test_what_is_no_file_is_refused_where_a_file_is_named(name: str, what: str, tmp_path: Path) -> None:
    path = put(tmp_path / name, what)
    with pytest.raises(FileUnreadable, match="no regular file") as raised:
        READ[name](path)
    assert str(path) in str(raised.value)


KEPT: dict[str, Callable[[Path], object]] = {
    "manifest.json": load,
    "memory/manifest.json": lambda folder: govinfo.build(DATA / "raw" / "fenyang-2021.txt", folder),
    "memory/places.parquet": lambda folder: govinfo.build(DATA / "raw" / "fenyang-2021.txt", folder),
    "memory/lock": lambda folder: govinfo.build(DATA / "raw" / "fenyang-2021.txt", folder),
}


@pytest.mark.parametrize("what", STANDS)
@pytest.mark.parametrize("name", KEPT)
def test_what_is_no_file_in_a_data_set_never_makes_it_wait(name: str, what: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    govinfo.build(DATA / "raw" / "fenyang-2021.txt", folder)
    assert (folder / name).exists()
    put(folder / name, what)
    said = ""
    try:
        KEPT[name](folder)
    except GovinfoError as error:
        said = str(error)
    assert str(folder) in said or len(load(folder).cells) == 200


@pytest.mark.parametrize("what", STANDS)
@pytest.mark.parametrize("kind", ["cells", "reports"])
def test_what_is_no_file_in_the_place_of_a_part_is_refused(kind: str, what: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    govinfo.build(DATA / "raw" / "fenyang-2021.txt", folder)
    (part,) = (folder / kind).rglob("*.parquet")
    put(part, what)
    with pytest.raises(FileUnreadable, match="no regular file"):
        load(folder)
    pytest.importorskip("duckdb", reason="scan needs the extra export")
    with pytest.raises(FileUnreadable, match="is not there"):
        govinfo.scan(folder)


@pytest.mark.parametrize("what", STANDS)
@pytest.mark.parametrize("name", ["cells.parquet", "SHA256SUMS"])
def test_what_is_no_file_among_saved_frames_is_refused(name: str, what: str, corpus: Corpus, tmp_path: Path) -> None:
    folder = corpus.save(tmp_path / "saved")
    put(folder / name, what)
    with pytest.raises(GovinfoError, match=r"no regular file|no data set here"):
        load(folder)


@pytest.mark.parametrize("what", STANDS)
@pytest.mark.parametrize("name", ["fetched.csv", ".fetched.jsonl"])
def test_what_is_no_file_in_the_place_of_the_log_is_refused(name: str, what: str, tmp_path: Path) -> None:
    put(tmp_path / name, what)
    with pytest.raises(FileUnreadable, match="no regular file"):
        [*log_records(tmp_path / "fetched.csv"), *noted(tmp_path)]


def test_a_pipe_is_neither_added_to_nor_read_for_its_year(tmp_path: Path) -> None:
    pipe = put(tmp_path / ".fetched.jsonl", "pipe")
    with pytest.raises(OSError, match="No such device"):
        keep_note(tmp_path, {"url": "a", "status": "saved"})
    with pytest.raises(FileUnreadable, match="no regular file"):
        opened_to_add(Path("/dev/null"))
    assert year_note(pipe, 2021) == ""


@pytest.mark.parametrize("what", STANDS)
def test_what_is_no_file_in_a_folder_to_invent_into_is_refused(what: str, tmp_path: Path) -> None:
    put(tmp_path / "truth.csv", what)
    with pytest.raises(FileUnreadable, match="no regular file"):
        begin(tmp_path, {"truth.csv": b"a"})


@pytest.mark.parametrize("what", STANDS)
def test_what_is_no_file_in_the_place_of_a_sheet_is_refused(what: str, tmp_path: Path) -> None:
    put(tmp_path / "sheet.json", what)
    with pytest.raises(FileUnreadable):
        read_sheet(tmp_path)


@pytest.mark.parametrize("what", STANDS)
def test_evidence_of_a_report_whose_file_is_none_any_more_is_refused(what: str, tmp_path: Path) -> None:
    path = Path(shutil.copy(DATA / "raw" / "pingtan-2021.html", tmp_path))
    report = govinfo.read_report(path)
    put(path, what)
    with pytest.raises(FileUnreadable, match="no regular file"):
        report.evidence("requests", "new", "total")


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(3 << 20)
    with pytest.raises(FileUnreadable, match=r"large\.csv: The file is larger than 2 MB"):
        whole_bytes(path, 2 << 20)


BROKEN_MANIFESTS = [
    "",
    "\ufeff{",
    "[]",
    "1",
    "[" * 100_000,
    '{"layout": 2}',
    '{"layout": 2, "batches": 3}',
    '{"layout": 2, "batches": [7]}',
    '{"layout": 2, "batches": [{"cells": [5]}]}',
    '{"layout": 2, "batches": [{"cells": [{"what": 1}]}]}',
]


@pytest.mark.parametrize("text", BROKEN_MANIFESTS)
def test_a_manifest_that_somebody_has_changed_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(FileUnreadable, match=r"manifest\.json: cannot be read"):
        load(tmp_path)
