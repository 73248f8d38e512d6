"""PDF files are read in a process of their own, with limits of time and memory: native code runs on them.

A file of some hundred bytes can ask for any amount of both. The process is started once and reads one file after the
other; where it dies or is too slow it is ended, and the next file gets a new one.
"""

from __future__ import annotations

import atexit
import os
import pickle
import select
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import IO, Any

from govinfo.document import Document
from govinfo.errors import FileUnreadable, GovinfoError
from govinfo.readers.pdf import read_pdf

SECONDS = 30.0
"""A report of some hundred pages takes a few."""
MEMORY = 1 << 30
"""Bytes that the process may take on top of what it has before it reads a file."""

_HEADER = struct.Struct("!Q")
_HINT = "Open it in a PDF viewer and print it to a new PDF; if that fails, it is broken or harmful."
_lock = Lock()
_running: dict[int, subprocess.Popen[bytes]] = {}


def read_pdf_apart(data: bytes, layers: bool = False) -> Document:
    """``read_pdf`` in a process with limits; where there can be none, as on Windows, here.

    Raises ``FileUnreadable`` too where a limit is reached.
    """
    if sys.platform == "win32" or not sys.executable:
        return read_pdf(data, layers)
    with _lock:
        answer = _asked(pickle.dumps((data, layers)))
    if isinstance(answer, GovinfoError):
        raise answer
    document: Document = answer
    return document


def _asked(question: bytes) -> Any:
    """The answer of the process to a question."""
    process = _running.get(os.getpid()) or _started()
    assert process.stdin
    assert process.stdout
    try:
        with _ended_where_it_fails(process):
            _send(process.stdin, question)
            return pickle.loads(_received(process.stdout, SECONDS))
    except TimeoutError:
        raise FileUnreadable(f"The PDF was not read within {SECONDS:.0f} seconds.", hint=_HINT) from None
    except (OSError, EOFError):
        raise FileUnreadable(
            f"The PDF needs more than {MEMORY >> 20} MB of memory, or breaks what reads it.", hint=_HINT
        ) from None


@contextmanager
def _ended_where_it_fails(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _running.pop(os.getpid(), None)
        process.kill()
        process.communicate()
        raise


def _started() -> subprocess.Popen[bytes]:
    """The process, started; one for each process that asks, for children share the pipes of their parent."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from govinfo.readers.worker import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    _running.clear()
    _running[os.getpid()] = process
    return process


@atexit.register
def _end() -> None:
    process = _running.pop(os.getpid(), None)
    if process:
        process.kill()
        process.wait()


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_HEADER.pack(len(message)) + message)
    pipe.flush()


def _received(pipe: IO[bytes], seconds: float | None = None) -> bytes:
    """The next message of a pipe; ``seconds`` is how long to wait for its beginning."""
    if seconds is not None and not select.select([pipe], [], [], seconds)[0]:
        raise TimeoutError
    header = pipe.read(_HEADER.size)
    if len(header) < _HEADER.size:
        raise EOFError
    (length,) = _HEADER.unpack(header)
    message = pipe.read(length)
    if len(message) < length:
        raise EOFError
    return message


# In the process


def serve() -> None:
    """Answer questions until there are no more."""
    _limit_memory()
    while True:
        try:
            data, layers = pickle.loads(_received(sys.stdin.buffer))
        except EOFError:
            return
        _send(sys.stdout.buffer, pickle.dumps(_answer(data, layers)))


def _answer(data: bytes, layers: bool) -> Document | GovinfoError:
    try:
        return read_pdf(data, layers)
    except GovinfoError as error:
        return error


def _limit_memory() -> None:
    """Let the process take no more than ``MEMORY`` on top of what it has, where the system tells what that is."""
    import resource  # not there on Windows

    try:
        with open("/proc/self/statm", encoding="ascii") as status:
            size = int(status.read().split()[0]) * resource.getpagesize()
    except OSError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
