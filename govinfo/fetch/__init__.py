"""Downloads the reports that a list names, politely, and keeps a log of it.

What a host does not allow is not fetched; nothing is overwritten; nothing is written outside the folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from threading import Event
from urllib.parse import urlsplit

import pandas as pd

from govinfo.errors import GovinfoError, UsageError
from govinfo.fetch.errors import Refused
from govinfo.fetch.links import LINKS, links_of
from govinfo.fetch.log import FETCHED, LOG, TRIES, Record, keep_note, log_frame, log_records, noted, now, write_logs
from govinfo.fetch.manifest import YEAR, Line, read_manifest
from govinfo.fetch.session import Session
from govinfo.fetch.transfer import download
from govinfo.fetch.years import year_note
from govinfo.files.sums import digest_at
from govinfo.files.writing import written_into

__all__ = ["FETCHED", "LINKS", "fetch", "links_of"]

HELD = ("saved", "present")
"""The statuses of a line whose file is in the folder."""

MOST_HOSTS = 1000
"""Hosts that are asked side by side, where the system allows so many open files."""

FILES_OF_A_HOST = 4
"""Open files that a host may take."""


def fetch(
    manifest: str | Path | pd.DataFrame,
    folder: str | Path,
    *,
    delay: float = 2.0,
    retries: int = 4,
    max_bytes: int = 50_000_000,
    allow_private: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Downloads the reports that a manifest lists (columns agency, year, url) to a folder.

    Returns the log, one row per line of the manifest (columns and types: ``FETCHED``); ``status`` is "saved",
    "present" (it was there), "refused" (not asked for: robots.txt, a private address, a line that makes no sense) or
    "failed" (``message`` says why, ``hint`` what to do). ``message`` tells too where the report that was fetched names
    another year than the list. The log is also kept as fetched.csv in the folder, with the lines of earlier runs, and
    every try of every run as tried.csv. What the log has as saved is not asked for again while the file is unchanged;
    a run that was killed goes on where it stopped.
    Up to a thousand hosts are asked side by side, each for one file at a time; fewer where the system allows few open
    files.

    ``delay``: seconds between two requests to a host, more where its robots.txt asks for it. ``retries``: further
    tries after a busy host or a broken connection, each with a longer wait. ``max_bytes``: the largest file.
    ``allow_private``: addresses that are not of the public internet too. ``progress`` is called with the number of
    lines done and of all lines.

    Raises UsageError for a manifest without its columns or numbers that make no sense, FileUnreadable for a manifest
    that cannot be read or a folder that cannot be written.
    """
    refuse_senseless(delay, retries, max_bytes)
    lines = read_manifest(manifest)
    folder = Path(folder)
    with written_into(folder):
        pass  # whether the folder can be written shows before the first request
    before, tries, left = log_records(folder / LOG), log_records(folder / TRIES), noted(folder)
    known = {str(record["url"]): record for record in (*before, *left) if record["status"] in HELD}
    session = Session(delay=delay, allow_private=allow_private)

    def record_of(line: Line) -> Record:
        record = present(line, known, folder) or fetched(session, line, folder, retries, max_bytes)
        if record["status"] in HELD:
            known[line.url] = record
        return record

    done: dict[int, Record] = {}
    try:
        for number, record in each_host_in_turn(lines, record_of):
            done[number] = record
            keep_note(folder, record)
            if progress:
                progress(len(done), len(lines))
    finally:
        write_logs(folder, before, tries, [*left, *(done[number] for number in sorted(done))])
    return log_frame([done[number] for number in sorted(done)])


def each_host_in_turn(lines: Sequence[Line], record_of: Callable[[Line], Record]) -> Iterator[tuple[int, Record]]:
    """The record of each line with its number, as they come: the lines of one host one after the other, those of
    many hosts side by side."""
    hosts: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        hosts.setdefault(host_of(line.url), []).append(number)
    records: Queue[tuple[int, Record] | None] = Queue()
    stopped = Event()

    def work_through(numbers: Sequence[int]) -> None:
        try:
            for number in numbers:
                if stopped.is_set():
                    break
                records.put((number, record_of(lines[number])))
        finally:
            records.put(None)

    with ThreadPoolExecutor(max_workers=min(most_hosts(), len(hosts) or 1)) as threads:
        try:
            asked = [threads.submit(work_through, numbers) for numbers in hosts.values()]
            left = len(hosts)
            while left:
                if (found := records.get()) is None:
                    left -= 1
                else:
                    yield found
            for host in asked:
                host.result()  # an error that nobody foresaw is not passed over
        finally:
            stopped.set()


def most_hosts() -> int:
    """How many hosts may be asked side by side: each takes a connection and some files."""
    try:
        import resource
    except ImportError:  # as on Windows, which has no such limit
        return MOST_HOSTS
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_HOSTS if allowed == resource.RLIM_INFINITY else max(1, min(MOST_HOSTS, allowed // FILES_OF_A_HOST))


def host_of(url: str) -> str:
    """The host that an address names; "" for one that names none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def refuse_senseless(delay: float, retries: int, max_bytes: int) -> None:
    """Raises UsageError for numbers that make no sense."""
    if not 0 <= delay < float("inf"):
        raise UsageError(f"a delay of {delay} seconds makes no sense.", hint="Give 0 or more.")
    if retries < 0 or max_bytes <= 0:
        raise UsageError("a number is too small.", hint="retries is 0 or more, max_bytes more than 0.")


def present(line: Line, known: dict[str, Record], folder: Path) -> Record | None:
    """The record of a line whose file is there, as the log of before has it; else None."""
    found = known.get(line.url)
    if found is None:
        return None
    path = folder / Path(str(found["file"])).name
    if not path.is_file() or digest_at(path) != found["sha256"]:
        return None
    return {**found, **place_of(line), "status": "present"}


def fetched(session: Session, line: Line, folder: Path, retries: int, max_bytes: int) -> Record:
    """The record of a line after its download; whatever goes wrong is a part of it."""
    asked = {**place_of(line), "file": "", "sha256": "", "tried": now()}
    try:
        saved = download(session, line, folder, retries=retries, max_bytes=max_bytes)
        note = year_note(folder / saved.file, int(line.year))
    except GovinfoError as error:
        status = "refused" if isinstance(error, Refused) else "failed"
        return {**asked, "status": status, "message": error.message, "hint": error.hint}
    except OSError as error:
        why = f"The file cannot be written: {error.strerror or error}."
        return {**asked, "status": "failed", "message": why, "hint": "Check the folder and its space."}
    except Exception as error:
        why = f"An error inside govinfo: {type(error).__name__}: {error}"
        return {**asked, "status": "failed", "message": why, "hint": "Please report it with the address."}
    return {
        **asked,
        "file": saved.file,
        "status": saved.status,
        "sha256": saved.sha256,
        "bytes": saved.size,
        "message": " ".join(filter(None, [saved.message, note])),
        "hint": "Look at it, and correct the list." if note else "",
    }


def place_of(line: Line) -> Record:
    """What a record has of its line; a year that is none is NA and stands in the message."""
    return {
        "agency": line.agency,
        "year": int(line.year) if YEAR.fullmatch(line.year) else None,
        "url": line.url,
    }
