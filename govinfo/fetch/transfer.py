"""One file: fetched in pieces, taken up where it broke off, tried again, and put in place without overwriting any."""

from __future__ import annotations

import hashlib
import os
import random
import re
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from govinfo.fetch.errors import Again, Failed
from govinfo.fetch.manifest import Line, stem_of, suffix_of
from govinfo.fetch.session import Body, Session
from govinfo.files.opened import opened_to_add
from govinfo.files.sums import digest_at
from govinfo.files.writing import replace_file

LONGEST_WAIT = 120.0
"""Seconds; a host that asks to come back later than that is left for another run."""

FIRST_WAIT = 2.0
"""Seconds before the second try; the wait doubles with every try."""

FILE_SECONDS = 900.0
"""The longest time that is given to one file with all its tries."""

CONTENT_RANGE = re.compile(r"bytes (?P<start>\d+)-")


@dataclass(frozen=True, slots=True)
class Saved:
    """A file in the folder: ``status`` is saved, or present where its content was there before."""

    status: str
    file: str
    sha256: str
    size: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What is there of a file: ``body`` holds its bytes so far, ``mark`` the version of it that the host has named."""

    body: Path
    mark: Path

    def headers(self) -> dict[str, str]:
        """The headers that ask for the rest, where the host can tell whether the file is still the same."""
        if not (self.body.is_file() and self.mark.is_file() and self.body.stat().st_size):
            return {}
        return {"Range": f"bytes={self.body.stat().st_size}-", "If-Range": self.mark.read_text(encoding="utf-8")}

    def drop(self) -> None:
        """Forgets what is there."""
        self.body.unlink(missing_ok=True)
        self.mark.unlink(missing_ok=True)


def download(session: Session, line: Line, folder: Path, *, retries: int, max_bytes: int) -> Saved:
    """Fetches the file of a line into a folder. Raises Refused or Failed."""
    stem = stem_of(line)
    name = hashlib.sha256(line.url.encode()).hexdigest()[:16]
    part = Part(folder / f".{name}.part", folder / f".{name}.mark")
    suffix = with_retries(session, line.url, part, retries=retries, max_bytes=max_bytes)
    return put_in_place(part, folder, stem, suffix)


def with_retries(session: Session, url: str, part: Part, *, retries: int, max_bytes: int) -> str:
    """Fetches a file into its part, trying again where that may help; the suffix of the file."""
    start, done = monotonic(), 0
    while True:
        try:
            return fetch_once(session, url, part, max_bytes)
        except Again as error:
            wait = max(error.wait, FIRST_WAIT * 2**done * random.uniform(0.5, 1.5))
            too_late = error.wait > LONGEST_WAIT or monotonic() + wait - start > FILE_SECONDS
            if done == retries or too_late:
                raise
            sleep(min(wait, LONGEST_WAIT))
            done += 1


def fetch_once(session: Session, url: str, part: Part, max_bytes: int) -> str:
    """Fetches a file, or the rest of it, into its part; the suffix of the file."""
    with session.get(url, part.headers()) as body:
        if body.response.status == 416 or not goes_on(body, part):
            part.drop()
        if body.response.status != 200 and not part.body.is_file():
            raise Again("The host has no such rest of the file.", hint="Run the same command again later.")
        try:
            write_body(body, part, max_bytes)
        except Failed as error:
            if not (isinstance(error, Again) and part.mark.is_file()):
                part.drop()
            raise
        return suffix_of(body.response.headers.get("Content-Type", ""), body.url.path or "")


def goes_on(body: Body, part: Part) -> bool:
    """True where the response is the rest of what is there."""
    found = CONTENT_RANGE.match(body.response.headers.get("Content-Range", ""))
    size = part.body.stat().st_size if part.body.is_file() else 0
    return body.response.status == 206 and found is not None and int(found["start"]) == size > 0


def write_body(body: Body, part: Part, max_bytes: int) -> None:
    """Adds a body to a part. Raises Failed when the file grows over ``max_bytes`` or stays empty."""
    write_mark(body, part)
    size = part.body.stat().st_size if part.body.is_file() else 0
    stated = body.response.headers.get("Content-Length", "")
    if stated.isdecimal() and size + int(stated) > max_bytes:
        raise too_large(max_bytes)
    with opened_to_add(part.body) as file:
        for chunk in body.chunks():
            size += len(chunk)
            if size > max_bytes:
                raise too_large(max_bytes)
            file.write(chunk)
    if not size:
        raise Failed("The file is empty.", hint="Open the address in a browser; it may have moved.")


def too_large(max_bytes: int) -> Failed:
    """The error for a file over the limit."""
    return Failed(f"The file is larger than {max_bytes} bytes.", hint="Raise the limit, or save the file by hand.")


def write_mark(body: Body, part: Part) -> None:
    """Keeps the version that the host names, where a broken file could be taken up by it; a coded body cannot."""
    headers = body.response.headers
    tag = headers.get("ETag", "")
    mark = headers.get("Last-Modified", "") if not tag or tag.startswith("W/") else tag
    if mark and not headers.get("Content-Encoding"):
        replace_file(part.mark, mark.encode())
    else:
        part.mark.unlink(missing_ok=True)


_placing = Lock()
"""Hosts are asked side by side, and files of two may want one name."""


def put_in_place(part: Part, folder: Path, stem: str, suffix: str) -> Saved:
    """Gives a fetched file its name. One that is there stays: the same content is not kept twice, another gets the
    first digits of its SHA-256 in its name."""
    with _placing:
        return _put_in_place(part, folder, stem, suffix)


def _put_in_place(part: Part, folder: Path, stem: str, suffix: str) -> Saved:
    sha256, size = digest_at(part.body), part.body.stat().st_size
    message = ""
    target = folder / f"{stem}{suffix}"
    if os.path.lexists(target):
        if is_same(target, sha256):
            part.drop()
            return Saved("present", target.name, sha256, size)
        message = f"{target.name} was there with other content and stays."
        target = folder / f"{stem}-{sha256[:8]}{suffix}"
        if os.path.lexists(target):
            part.drop()
            return Saved("present", target.name, sha256, size)
    os.replace(part.body, target)
    part.drop()
    return Saved("saved", target.name, sha256, size, message)


def is_same(path: Path, sha256: str) -> bool:
    """True for a file of that content."""
    return path.is_file() and digest_at(path) == sha256
