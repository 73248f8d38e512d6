"""Files that ask for any amount of time or memory end as unreadable, and the next file is read."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
import time
from pathlib import Path

import pytest
from drawn import draw, put, ruled
from hostile.pdfs import PDFS

from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.files.apart import Limits, done_apart, end_all
from govinfo.readers import worker

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system limits no memory of a process")


HARMFUL = (
    "a form that draws itself twice",
    "forms nested twenty deep, ten of each",
    "a stream that unpacks to two gigabytes",
)


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_file_ends_as_unreadable_and_the_next_one_is_read(name: str) -> None:
    data = PDFS[name]()
    assert len(data) < 30_000
    start = time.monotonic()
    with pytest.raises(FileUnreadable, match=r"memory|seconds"):
        worker.read_pdf_apart(data)
    assert time.monotonic() - start < worker.LIMITS.seconds + 15
    good = draw(lambda canvas: ruled(canvas, [60, 200, 340], [100, 130], [["受理", "4119"]]))
    assert [cell.text for cell in worker.read_pdf_apart(good).grids()[0].cells] == ["受理", "4119"]


def test_a_slow_file_ends_as_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LIMITS", Limits(seconds=0.0))
    with pytest.raises(FileUnreadable, match="seconds"):
        worker.read_pdf_apart(draw(*[lambda canvas: put(canvas, 60, 60, "4119")] * 3000))


@pytest.mark.parametrize("data", [b"", b"no pdf"])
def test_errors_of_the_reader_arrive_as_they_are(data: bytes) -> None:
    with pytest.raises(FileUnreadable) as caught:
        worker.read_pdf_apart(data)
    assert caught.value.hint


def test_a_form_that_draws_itself_once_is_an_empty_page() -> None:
    with pytest.raises(NothingToRead):
        worker.read_pdf_apart(PDFS["a form that draws itself"]())


@pytest.mark.parametrize("name", HARMFUL)
def test_the_second_reader_has_the_limits_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = PDFS[name]()
    monkeypatch.setattr(worker, "LIMITS", Limits(seconds=2, memory=256 << 20))
    start = time.monotonic()
    with contextlib.suppress(FileUnreadable):
        worker.read_pdf_again_apart(data)
    assert time.monotonic() - start < 20


def test_a_process_loads_no_module_of_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file there with the name of a module that it needs was loaded in its place, and ended it."""
    for name in ("pickle", "selectors", "govinfo"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not this one')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    end_all()
    assert done_apart("math:sqrt", 9.0, limits=Limits()) == 3.0


def test_a_process_with_very_many_open_files_can_have_work_done_apart() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2000:
        pytest.skip("the system allows too few open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2000), hard))
    end_all()  # the next process gets file numbers behind those of the files
    with open(os.devnull) as file:
        held = [os.dup(file.fileno()) for _ in range(1100)]
        try:
            assert done_apart("math:sqrt", 9.0, limits=Limits()) == 3.0
        finally:
            for number in held:
                os.close(number)
            end_all()
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
