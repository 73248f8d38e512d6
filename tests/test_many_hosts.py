"""Lists of many hosts: all are asked side by side, each politely."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from many_hosts import Hosts, many_hosts

import govinfo.fetch
from govinfo.fetch import fetch, most_hosts

NEEDED = 5000
"""Open files that a thousand hosts and a server for them take."""


@pytest.fixture
def many_files() -> Iterator[None]:
    """As many open files as the system allows."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    if before[1] != resource.RLIM_INFINITY and before[1] < NEEDED:
        pytest.skip("the system allows too few open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(before[0], NEEDED), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def manifest(hosts: Hosts, each: int) -> pd.DataFrame:
    urls = hosts.urls(each)
    return pd.DataFrame({"agency": [f"某市{at}" for at in range(len(urls))], "year": 2021, "url": urls})


@pytest.mark.usefixtures("many_files")
def test_a_thousand_hosts_are_asked_side_by_side(tmp_path: Path) -> None:
    with many_hosts(1000, together=True) as hosts:  # none of them answers before all were asked
        log = fetch(manifest(hosts, 1), tmp_path, delay=0, allow_private=True)
    assert (log["status"] == "saved").all()
    assert len(hosts.asked) == 1000


def test_each_of_many_hosts_is_asked_for_one_file_at_a_time_after_a_wait(tmp_path: Path) -> None:
    with many_hosts(40) as hosts:
        lines = manifest(hosts, 3)
        log = fetch(lines, tmp_path, delay=0.5, allow_private=True)
        assert (log["status"] == "saved").all()
        again = fetch(lines, tmp_path, delay=0.5, allow_private=True)
    assert (again["status"] == "present").all()
    assert set(hosts.at_once.values()) == {1}
    assert [len(times) for times in hosts.asked.values()] == [3] * 40, "what is there is not asked for again"
    # The wait runs from the end of an answer; the next question may be on its way for a moment.
    assert min(later - before for times in hosts.asked.values() for before, later in pairwise(times)) > 0.45


@pytest.mark.parametrize(("files", "hosts"), [(256, 64), (1024, 256), (100_000, 1000), (resource.RLIM_INFINITY, 1000)])
def test_where_few_files_may_be_open_fewer_hosts_are_asked(
    monkeypatch: pytest.MonkeyPatch, files: int, hosts: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert most_hosts() == hosts


def test_an_error_that_nobody_foresaw_is_told_and_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, year: int) -> str:
        if path.name.startswith("某市1-"):
            raise ValueError("odd")
        return ""

    monkeypatch.setattr(govinfo.fetch, "year_note", broken)
    with many_hosts(3) as hosts:
        log = fetch(manifest(hosts, 1), tmp_path, delay=0, allow_private=True)
    assert log["status"].tolist() == ["saved", "failed", "saved"]
    assert log["message"][1] == "An error inside govinfo: ValueError: odd"


def test_an_error_outside_of_a_file_ends_the_run_instead_of_leaving_it_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr(govinfo.fetch, "present", broken)
    with many_hosts(3) as hosts, pytest.raises(ValueError, match="odd"):
        fetch(manifest(hosts, 1), tmp_path, delay=0, allow_private=True)
