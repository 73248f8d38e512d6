"""A build on disk: the same bytes whatever does the work and whatever was there before; nothing is lost on the way."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Collection, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hostile.pdfs import PDFS
from rich.console import Console
from test_worker import HARMFUL

import govinfo
from govinfo.corpus import FRAMES
from govinfo.corpus.compare import YEARS
from govinfo.corpus.places import Place
from govinfo.corpus.plans import MANY, batches_of
from govinfo.corpus.spool import by_number, put, taken
from govinfo.corpus.store import LAYOUT, MANIFEST, Batch, alone, table_in
from govinfo.files.apart import Ended, Limits, done_apart, end_all, getting_on
from govinfo.render import write_files

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
TELLS = "memory/places.parquet"
"""When files last changed: not part of the data set."""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some reports of three agencies in several layouts, a copy of one, and what is none."""
    folder = tmp_path_factory.mktemp("sources")
    write_files(18, ["html", "txt", "docx"], folder)
    names = sorted(path.name for path in folder.glob("SYN-*"))
    shutil.copy(folder / names[0], folder / "ZZ-copy.html")
    (folder / "none.html").write_text("<html><body><p>关于召开会议的通知</p></body></html>", encoding="utf-8")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.write(RAW / "fenyang-2021.txt", "fenyang.txt")
        archive.write(folder / names[1], "again.txt")
    return folder


@pytest.fixture(scope="module")
def whole(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process builds of them."""
    folder = tmp_path_factory.mktemp("whole")
    govinfo.build(sources, folder, jobs=1)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        name: path.read_bytes()
        for path in files
        if (name := path.relative_to(folder).as_posix()) not in {TELLS, "memory/lock"}
    }


def test_copies_and_others_are_told(whole: Path) -> None:
    corpus = govinfo.load(whole)
    assert len(corpus.reports) == 19
    unread = corpus.unread().set_index("source")["error"]
    assert set(unread.index) == {"none.html", "ZZ-copy.html", "more.zip#again.txt"} or "none.html" in unread.index
    assert unread.str.contains("same content").sum() == 2


@pytest.mark.parametrize("executor", [None, ThreadPoolExecutor, ProcessPoolExecutor])
def test_the_bytes_are_the_same_whatever_does_the_work(
    sources: Path, whole: Path, tmp_path: Path, executor: type[Any] | None
) -> None:
    if executor is None:
        govinfo.build(sources, tmp_path, jobs=2)
    else:
        workers: AbstractContextManager[Executor] = executor(2)
        with workers as given:
            govinfo.build(sources, tmp_path, executor=given)
    assert contents(tmp_path) == contents(whole)


def test_a_dask_cluster_that_loses_a_worker_gives_the_same_bytes(sources: Path, whole: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        ended: list[int] = []

        def end_a_worker(_: govinfo.Progress) -> None:
            if not ended:
                ended.append(next(iter(client.run(os.getpid).values())))
                os.kill(ended[0], 9)

        govinfo.build(sources, tmp_path, executor=client.get_executor(), progress=end_a_worker)
    assert ended
    assert contents(tmp_path) == contents(whole)


def test_the_command_reads_on_a_cluster(sources: Path, whole: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster:
        command = ["build", str(sources), "-o", str(tmp_path), "--scheduler", cluster.scheduler_address]
        done = subprocess.run([sys.executable, "-m", "govinfo.cli", *command], capture_output=True, check=False)
    assert done.returncode == 1, done.stderr.decode()
    assert contents(tmp_path) == contents(whole)


def test_a_bar_tells_how_far_a_build_is(sources: Path) -> None:
    said = io.StringIO()
    told: list[govinfo.Progress] = []
    with govinfo.progress_bar(Console(file=said, force_terminal=True, width=120)) as bar:
        govinfo.read_reports(sources, progress=lambda done: (told.append(done), bar(done)))
    assert "doubtful" in said.getvalue()
    assert (told[-1].files, told[-1].total) == (21, 21)
    assert told[-1].cells > 3000


# Remembering


def test_what_has_not_changed_is_not_read_again(sources: Path, whole: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(sources, tmp_path / "sources")
    first = govinfo.build(mine, tmp_path / "out")
    assert (first.read, first.remembered) == (len(list(mine.iterdir())) - 3, 0)
    again = govinfo.build(mine, tmp_path / "out")
    assert (again.read, again.remembered) == (0, first.read)
    assert contents(tmp_path / "out") == contents(whole)


def touched(folder: Path) -> None:
    os.utime(next(folder.glob("SYN-*.html")))


def changed(folder: Path) -> None:
    path = next(folder.glob("SYN-*2021.*"))
    shutil.copy(RAW / "ruzhou-2021.txt", path.with_suffix(".txt"))
    path.unlink(missing_ok=path.suffix == ".txt") if path.suffix != ".txt" else None


def added(folder: Path) -> None:
    shutil.copy(RAW / "sanquan-2021.txt", folder / "AA-new.txt")
    shutil.copy(sorted(folder.glob("SYN-*"))[-1], folder / "00-earlier.bin")


def removed(folder: Path) -> None:
    sorted(folder.glob("SYN-*"))[0].unlink()


@pytest.mark.parametrize("change", [touched, changed, added, removed])
def test_a_build_after_a_change_is_that_of_all_files(sources: Path, tmp_path: Path, change: Any) -> None:
    mine = shutil.copytree(sources, tmp_path / "sources")
    govinfo.build(mine, tmp_path / "out")
    change(mine)
    built = govinfo.build(mine, tmp_path / "out")
    assert built.remembered > built.read
    govinfo.build(mine, tmp_path / "anew")
    assert contents(tmp_path / "out") == contents(tmp_path / "anew")


def test_another_way_to_read_reads_all_anew_and_says_so(sources: Path, whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "out")
    built = govinfo.build(sources, folder, twice="never")
    assert built.remembered == 0
    assert "other options" in built.why


def test_which_report_counts_can_change_without_reading(tmp_path: Path) -> None:
    page = (RAW / "pingtan-2021.html").read_bytes()
    (tmp_path / "a.html").write_bytes(page)
    (tmp_path / "b.html").write_bytes(page + b"<!-- again -->")
    before = govinfo.build(tmp_path, tmp_path / "out")
    assert before.read == 2
    (tmp_path / "a.html").unlink()
    govinfo.build(tmp_path, tmp_path / "out")
    assert govinfo.load(tmp_path / "out").reports["duplicate_of"].isna().all()


def test_nothing_is_read_of_the_folder_that_is_written_to(tmp_path: Path) -> None:
    shutil.copy(RAW / "fenyang-2021.txt", tmp_path / "a.txt")
    for _ in range(2):
        govinfo.build(tmp_path, tmp_path / "out")
        assert govinfo.load(tmp_path / "out").problems.empty


def test_a_copy_names_what_it_is_a_copy_of_though_that_has_another_name_now(tmp_path: Path) -> None:
    for name in ("a.txt", "z.txt"):
        shutil.copy(RAW / "fenyang-2021.txt", tmp_path / name)
    govinfo.build(tmp_path, tmp_path / "out")
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    govinfo.build(tmp_path, tmp_path / "out")
    corpus = govinfo.load(tmp_path / "out")
    assert corpus.reports["source"].tolist() == ["b.txt"]
    assert corpus.problems["error"].tolist() == ["The same content as b.txt, which was read."]
    (tmp_path / "b.txt").unlink()
    govinfo.build(tmp_path, tmp_path / "out")
    corpus = govinfo.load(tmp_path / "out")
    assert corpus.reports["source"].tolist() == ["z.txt"]
    assert corpus.problems.empty


# Limits


def test_files_that_take_too_much_are_problems_and_the_others_are_read(tmp_path: Path) -> None:
    for number, data in enumerate(PDFS[name]() for name in HARMFUL):
        (tmp_path / f"{number}.pdf").write_bytes(data)
    (tmp_path / "good.txt").write_bytes((RAW / "fenyang-2021.txt").read_bytes())
    corpus = govinfo.read_reports(tmp_path, jobs=1, limits=Limits(seconds=3, memory=512 << 20))
    assert corpus.reports["source"].tolist() == ["good.txt"]
    assert corpus.problems["error"].str.contains("512 MB of memory|within 3 seconds").sum() == len(HARMFUL)


def test_a_low_limit_of_memory_is_on_top_of_what_the_libraries_take(tmp_path: Path) -> None:
    """Under the lowest limit that the command takes, every report was said to need more."""
    corpus = govinfo.read_reports([RAW / "fenyang-2021.txt", RAW / "pingtan-2023.html"], limits=Limits(memory=64 << 20))
    assert len(corpus.reports) == 2


def test_a_file_larger_than_the_limit_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_bytes(b"x" * (2 << 20))
    problems = govinfo.read_reports(tmp_path, limits=Limits(size=1 << 20)).problems
    assert problems["error"].tolist() == ["The file is larger than 1 MB."]


@pytest.mark.parametrize("wrong", [{"seconds": float("nan")}, {"seconds": -1.0}, {"memory": -1}, {"size": -1}])
def test_what_is_no_limit_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(govinfo.UsageError, match="no limits"):
        Limits(**wrong)


def test_a_fault_of_ours_in_a_process_is_shown() -> None:
    with pytest.raises(RuntimeError, match="ModuleNotFoundError"):
        done_apart("govinfo.nothing:here", limits=Limits())


def test_a_process_that_does_not_get_on_is_ended() -> None:
    with pytest.raises(Ended, match="time"):
        done_apart("time:sleep", 60, limits=Limits(seconds=0.3))
    assert done_apart("math:sqrt", 4, limits=Limits()) == 2


def test_notes_and_an_answer_that_come_together_are_all_read() -> None:
    for _ in range(200):
        assert done_apart("test_build:noted", limits=Limits(seconds=5)) == "done"


def noted() -> str:
    for number in range(20):
        getting_on(number)
    return "done"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system does not list open files")
def test_processes_that_are_ended_leave_no_file_open() -> None:
    end_all()
    before = len(os.listdir("/proc/self/fd"))
    for seconds in (0.1, 5):
        with contextlib.suppress(Ended):
            done_apart("time:sleep", 0.5, limits=Limits(seconds=seconds))
    end_all()
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_build_leaves_the_memory_of_arrow_as_it_was(tmp_path: Path) -> None:
    before = pa.default_memory_pool().backend_name
    pools = []
    govinfo.build(RAW / "fenyang-2021.txt", tmp_path, progress=lambda _: pools.append(pa.default_memory_pool()))
    assert [pool.backend_name for pool in pools] == ["system"]
    assert pa.default_memory_pool().backend_name == before


def test_slow_work_that_says_so_has_more_time() -> None:
    assert done_apart("test_build:slowly", 0.6, limits=Limits(seconds=0.3)) == "done"


def slowly(seconds: float) -> str:
    getting_on(slow=True)
    time.sleep(seconds)
    return "done"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    assert govinfo.read_reports(tmp_path).problems["error"].tolist() == ["Passed over: no regular file."]
    assert "no regular file" in govinfo.read_reports(tmp_path / "pipe.html").problems["error"][0]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux alone")
def test_a_name_that_is_no_utf_8_is_read_as_chinese_of_old_systems(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/" + "汾阳.txt".encode("gb18030"), "wb") as file:
        file.write((RAW / "fenyang-2021.txt").read_bytes())
    assert govinfo.read_reports(tmp_path).reports["source"].tolist() == ["汾阳.txt"]


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    for folder, name in (("a", "fenyang-2021.txt"), ("b", "sanquan-2021.txt")):
        (tmp_path / folder).mkdir()
        shutil.copy(RAW / name, tmp_path / folder / "x.txt")
    assert govinfo.read_reports([tmp_path / "a", tmp_path / "b"]).reports["source"].tolist() == ["x.txt", "b/x.txt"]


def test_addresses_are_read_where_fsspec_is_there(tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="the extra dask is not installed")
    shutil.copy(RAW / "fenyang-2021.txt", tmp_path / "a.txt")
    (tmp_path / "sources.csv").write_text("x")
    corpus = govinfo.read_reports(f"file://{tmp_path}")
    assert corpus.reports["source"].tolist() == ["a.txt"]
    assert corpus.problems["source"].tolist() == ["sources.csv"]
    with pytest.raises(govinfo.UsageError, match="Check the address"):
        govinfo.read_reports("nosuch://bucket/folder")


def test_a_page_on_the_web_that_lists_files_is_a_folder(tmp_path: Path) -> None:
    pytest.importorskip("aiohttp", reason="the extra dask is not installed")
    shutil.copy(RAW / "fenyang-2021.txt", tmp_path / "汾阳 2021.txt")
    (tmp_path / "deeper").mkdir()
    shutil.copy(RAW / "sanquan-2021.txt", tmp_path / "deeper" / "b.txt")
    (tmp_path / "sources.csv").write_text("x")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        corpus = govinfo.read_reports(address)
        one = govinfo.read_reports(f"{address}deeper/b.txt")
        with pytest.raises(govinfo.UsageError, match="Check the address"):
            govinfo.read_reports(f"{address}none/")
        server.shutdown()
    assert corpus.reports["source"].tolist() == ["汾阳 2021.txt"], "one level, no crawling"
    assert corpus.problems["source"].tolist() == ["sources.csv"]
    assert one.reports["source"].tolist() == ["b.txt"]


# One generation


def test_a_part_that_was_changed_is_refused(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "out")
    part = next((folder / "cells").rglob("*.parquet"))
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)
    with pytest.raises(govinfo.FileUnreadable, match="changed or is damaged"):
        govinfo.load(folder)
    part.unlink()
    with pytest.raises(govinfo.FileUnreadable, match=r"[Bb]uild it again with"):
        govinfo.load(folder)


def test_a_build_that_ends_on_the_way_leaves_the_data_set_as_it_was(
    sources: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(whole, tmp_path / "out")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("govinfo.corpus.builder.write_manifest", full)
    with pytest.raises(OSError, match="No space"):
        govinfo.build(RAW, folder)
    monkeypatch.undo()
    pd.testing.assert_frame_equal(govinfo.load(folder).cells, govinfo.load(whole).cells)
    govinfo.build(sources, folder)
    assert contents(folder) == contents(whole), "parts of the build that was ended are cleared away"


def test_a_build_without_a_report_replaces_nothing(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(govinfo.FileUnreadable, match="no report was read"):
        govinfo.build(tmp_path / "empty", folder)
    assert contents(folder) == contents(whole)


def test_two_builds_do_not_write_to_one_folder(sources: Path, tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(govinfo.FileUnreadable, match="another build is writing"):
        govinfo.build(sources, tmp_path)


def test_a_data_set_of_another_version_says_so(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "out")
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    (folder / MANIFEST).write_text(text.replace(f'"layout": {LAYOUT}', '"layout": 0'), encoding="utf-8")
    with pytest.raises(govinfo.UsageError, match="another version"):
        govinfo.load(folder)
    (folder / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(govinfo.FileUnreadable, match=r"[Bb]uild it again with"):
        govinfo.load(folder)


# Reading what was built


def test_csv_is_written_where_it_is_wanted(sources: Path, whole: Path, tmp_path: Path) -> None:
    corpus = govinfo.load(whole)
    for name in FRAMES:
        read = pd.read_csv(whole / f"{name}.csv", dtype="string")
        assert len(read) == len(getattr(corpus, name))
        assert list(read.columns) == list(FRAMES[name])
    built = govinfo.build(sources, tmp_path, sheets=False)
    assert not built.sheets
    assert not list(tmp_path.glob("*.csv"))


def test_scan_gives_the_frames_without_loading_them(whole: Path) -> None:
    pytest.importorskip("duckdb", reason="the extra export is not installed")
    corpus = govinfo.load(whole)
    database = govinfo.scan(whole)
    for name in FRAMES:
        ((count,),) = database.sql(f"SELECT count(*) FROM {name}").fetchall()
        assert count == len(getattr(corpus, name))
        assert database.view(name).columns == list(FRAMES[name])
    by_year = database.sql("SELECT year, sum(value) AS total FROM cells GROUP BY year ORDER BY year").df()
    mine = corpus.cells.groupby("year", as_index=False)["value"].sum()
    assert by_year["total"].tolist() == pytest.approx(mine["value"].tolist())
    labels = database.sql("SELECT * FROM labelled WHERE \"table\" = 'requests'").df()
    assert labels["row_label_zh"].notna().all()
    assert len(labels) == int((corpus.cells["table"] == "requests").sum())
    with pytest.raises(govinfo.UsageError, match="no data set"):
        govinfo.scan(whole / "cells")


def test_the_command_says_what_it_remembers(sources: Path, tmp_path: Path) -> None:
    def run(*more: str) -> str:
        command = [sys.executable, "-m", "govinfo.cli", "build", str(sources), "-o", str(tmp_path), *more]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    assert "19 reports read" in run("--jobs", "1")
    assert "21 files have not changed since the build before; 0 were read." in run()
    assert "Everything was read anew" in run("--twice")
    assert "add --csv" in run("--twice", "--no-csv")


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of a file or a few, and years of an agency or two held against each other at a time."""
    for name in ("MANY", "EARLY", "LATE"):
        monkeypatch.setattr(f"govinfo.corpus.plans.{name}", 1)
    monkeypatch.setattr("govinfo.corpus.compare.TOGETHER", 8)


@pytest.mark.usefixtures("small_batches")
def test_the_frames_are_the_same_however_the_reports_of_an_agency_are_spread_over_batches(
    sources: Path, whole: Path, tmp_path: Path
) -> None:
    govinfo.build(sources, tmp_path)
    mine, those = govinfo.load(tmp_path), govinfo.load(whole)
    assert len(json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["batches"]) > 18
    assert mine.findings["rule"].isin(["R5", "R6", "R7", "R8", "R9"]).any()
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(mine, name), getattr(those, name))


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("change", [touched, changed, added, removed])
def test_a_build_after_a_change_is_that_of_all_files_in_many_batches(
    sources: Path, tmp_path: Path, change: Any
) -> None:
    test_a_build_after_a_change_is_that_of_all_files(sources, tmp_path, change)


@pytest.mark.usefixtures("small_batches")
def test_no_batch_is_read_twice_for_the_rules_across_years(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each batch read all others in which its agencies have a year: in a country of files named by chance, all there
    are."""
    read: list[Path] = []

    def counted(folder: Path, batches: Sequence[Batch], kind: str, columns: Collection[str] = ()) -> pa.Table:
        if kind == "crossing":
            read.extend(folder / part.path for batch in batches for part in batch.parts[kind])
        return table_in(folder, batches, kind, columns)

    monkeypatch.setattr("govinfo.corpus.compare.table_in", counted)
    govinfo.build(sources, tmp_path)
    assert len(read) > 15
    assert sorted(read) == sorted((tmp_path / "memory" / "crossing").iterdir())
    assert not (tmp_path / YEARS).exists()


def test_what_is_put_by_number_is_taken_by_number(tmp_path: Path) -> None:
    rows = pa.table({"report_id": list("abacbbd"), "value": range(7)})
    for _ in range(2):
        for number, some in by_number(rows, {"a": 7, "b": 0, "c": 7}):
            put(tmp_path / str(number), some)
    types = {"report_id": "string", "value": "Int64"}
    assert taken(tmp_path / "0", types)["value"].to_pylist() == [1, 4, 5] * 2
    assert taken(tmp_path / "7", types)["value"].to_pylist() == [0, 2, 3] * 2
    assert taken(tmp_path / "7", types).num_rows == 0
    assert not list(by_number(rows.slice(0, 0), {"a": 1}))
    assert not list(by_number(rows, {}))


def test_batches_of_a_country_are_of_a_size_and_stay_when_a_file_goes() -> None:
    places = [Place(name, name) for name in sorted(f"{number:06}-2023.html" for number in range(60_000))]
    batches = list(batches_of(places))
    assert [place for batch in batches for place in batch] == places
    assert MANY / 2 < len(places) / len(batches) < 2 * MANY
    assert max(map(len, batches)) < 3 * MANY
    fewer = set(batches_of(places[:100] + places[101:]))
    assert len(set(batches) - fewer) <= 3
