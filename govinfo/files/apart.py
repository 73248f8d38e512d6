"""Work on a file in a process of its own, with limits of time and memory: files come from anywhere.

A file of some hundred bytes can ask for any amount of both, and native code runs on some. A process is started once
and does one piece of work after the other; where it dies or is too slow it is ended, and the next piece of work gets
a new one. Work that takes long says from time to time that it gets on (``getting_on``).
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import pickle
import selectors
import struct
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import IO, Any, TypeVar

from govinfo.errors import GovinfoError, UsageError

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the work on one file may take: ``seconds`` without getting on, ``memory`` in bytes on top of what the
    process has before, and ``size`` of the file in bytes. Raises UsageError for what is no number from 0 on."""

    seconds: float = 30.0
    memory: int = 1 << 30
    size: int = 256 << 20

    def __post_init__(self) -> None:
        if not (self.seconds >= 0 and self.memory >= 0 and self.size >= 0):
            raise UsageError(f"{self} are no limits.", hint="Give numbers from 0 on.")


class Ended(Exception):
    """A process reached a limit or died. ``why`` is "time" or "memory", ``note`` what it said last that it did."""

    def __init__(self, why: str, note: int) -> None:
        super().__init__(why)
        self.why, self.note = why, note


BASE = 512 << 20
"""Bytes that a process may have before it works: its libraries and what they keep."""
MAPPED = 4
"""How many times the memory that it may use a process may map."""
START = 60.0
"""Seconds until a process must have begun: on a busy machine it takes some to load what it works with."""
LOOK = 0.1
"""Seconds between two looks at what a process uses."""

BEGIN = "import gc; gc.disable(); from govinfo.files.apart import serve; serve({notes})"
"""What a process runs. Of what it loads nothing goes away again, and to look for that takes time."""
YOUNG = 20_000
"""Objects that Python may make before it looks for those that only hold each other."""

PATIENCE = 6
"""How many times as long work may take that says it is slow, as recognition of a page does."""

ANSWER, FAULT = b"=", b"!"

_HEADER = struct.Struct("!cQ")
_NOTE = struct.Struct("!q?")
"""A note and whether what comes now is slow. Notes have a pipe of their own, in which they wait until somebody looks:
most work ends before, and nobody is woken for them."""


@dataclass(frozen=True, slots=True, eq=False)
class _Worker:
    """A process, and the end of a pipe from which its notes are read."""

    process: subprocess.Popen[bytes]
    notes: int


_idle: list[_Worker] = []
_all: set[_Worker] = set()
_notes: list[int] = []
"""In a process that works, the end of the pipe that its notes are written to."""


def can_be_apart() -> bool:
    """True where work can be given to another process: not on Windows, and not from such a process itself."""
    return sys.platform != "win32" and bool(sys.executable) and not _notes


def done_apart(work: str, *questions: object, limits: Limits) -> Any:
    """What a function ("module:name") makes of its arguments in a process with limits.

    Raises what the function raises if it is a GovinfoError, ``Ended`` where a limit is reached or the process dies,
    and RuntimeError for any other error, with its traceback. Arguments and answer go through pickle.
    """
    with _borrowed() as worker:
        kind, answer = _asked(worker, pickle.dumps((work, questions, limits.memory)), limits)
    if kind == FAULT:
        raise pickle.loads(answer)
    return pickle.loads(answer)


def apart_or_here(function: Callable[..., Made], *questions: object, limits: Limits) -> Made:
    """What a function of a module makes of its arguments, in a process with limits where there can be one, else in this
    one. Raises as ``done_apart``."""
    if not can_be_apart():
        return function(*questions)
    made: Made = done_apart(f"{function.__module__}:{function.__name__}", *questions, limits=limits)
    return made


def _asked(worker: _Worker, question: bytes, limits: Limits) -> tuple[bytes, bytes]:
    """The answer of a process to a question, or the fault that it met."""
    assert worker.process.stdin
    assert worker.process.stdout
    notes = _Notes(worker.notes)
    try:
        _send(worker.process.stdin, ANSWER, question)
        _watch(worker.process, notes, limits)
        return _received(worker.process.stdout)
    except TimeoutError:
        raise Ended("time", notes.last()) from None
    except (MemoryError, OSError, EOFError):
        raise Ended("memory", notes.last()) from None


def _watch(process: subprocess.Popen[bytes], notes: _Notes, limits: Limits) -> None:
    """Returns when a process answers or dies. Raises TimeoutError or MemoryError where it reaches a limit before."""
    until = time.monotonic() + max(START, limits.seconds)
    with selectors.DefaultSelector() as answers:  # the older select knows no file numbers from 1024 on
        answers.register(process.stdout, selectors.EVENT_READ)  # type: ignore[arg-type]
        while not answers.select(LOOK):
            now = time.monotonic()
            if notes.are_new():
                until = now + (PATIENCE if notes.slow else 1) * limits.seconds
            if now > until:
                raise TimeoutError
            if memory_of(process.pid) > limits.memory + BASE:
                raise MemoryError


@dataclass(slots=True)
class _Notes:
    """What a process has said of one piece of work until now: its highest note, and whether it is slow."""

    pipe: int
    highest: int = -1
    slow: bool = False

    def are_new(self) -> bool:
        """Reads the notes that wait; whether there were any."""
        data = _waiting(self.pipe)
        for note, slow in _NOTE.iter_unpack(data):
            self.highest, self.slow = max(self.highest, note), slow
        return bool(data)

    def last(self) -> int:
        """The highest note of all."""
        self.are_new()
        return self.highest


def _waiting(pipe: int) -> bytes:
    """What waits in a pipe that only whole notes are written to."""
    data = bytearray()
    with suppress(BlockingIOError):
        while piece := os.read(pipe, _NOTE.size << 12):
            data += piece
    return bytes(data)


@contextmanager
def _borrowed() -> Iterator[_Worker]:
    """A process that is idle, or a new one. It is idle again when the work ends well and has left no more behind than
    a process may have; else it is ended."""
    try:
        worker = _idle.pop()
    except IndexError:
        worker = _started()
    try:
        yield worker
    except BaseException:
        _end(worker)
        raise
    if memory_of(worker.process.pid) > BASE:
        _end(worker)
    else:
        _waiting(worker.notes)
        _idle.append(worker)


def _end(worker: _Worker) -> None:
    """Ends a process, unless it is ended already."""
    if worker in _all:
        _all.discard(worker)
        worker.process.kill()
        with suppress(OSError, ValueError):
            worker.process.communicate()
        os.close(worker.notes)


def _started() -> _Worker:
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", BEGIN.format(notes=theirs)],  # -P: no module of the working folder
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,  # what a buffer holds, nobody would wait for
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            pass_fds=(theirs,),
        )
    except BaseException:
        os.close(ours)
        raise
    finally:
        os.close(theirs)
    worker = _Worker(process, ours)
    _all.add(worker)
    return worker


@atexit.register
def end_all() -> None:
    """End the processes; later work gets new ones."""
    _idle.clear()
    for worker in tuple(_all):
        _end(worker)


def _forget() -> None:
    """A child of this process must not use the pipes of its parent."""
    _idle.clear()
    _all.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def memory_of(pid: int) -> int:
    """The memory that a process uses, in bytes; 0 where the system does not tell."""
    return _pages(pid, 1)


def mapped_by(pid: int) -> int:
    """The memory that a process maps, in bytes; 0 where the system does not tell."""
    return _pages(pid, 0)


def _pages(pid: int, number: int) -> int:
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as status:
            return int(status.read().split()[number]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _send(pipe: IO[bytes], kind: bytes, message: bytes) -> None:
    left = memoryview(_HEADER.pack(kind, len(message)) + message)
    while left:
        left = left[pipe.write(left) :]
    pipe.flush()


def _received(pipe: IO[bytes]) -> tuple[bytes, bytes]:
    """The next message of a pipe with its kind."""
    kind, length = _HEADER.unpack(_exactly(pipe, _HEADER.size))
    return kind, _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        piece = pipe.read(length - len(data))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


# In the process


def getting_on(note: int = -1, slow: bool = False) -> None:
    """Say that the work gets on, so that its time begins anew, and whether what comes now is ``slow``; nothing where
    it is not done apart."""
    for pipe in _notes:
        os.write(pipe, _NOTE.pack(note, slow))


def serve(notes: int) -> None:
    """Do work until there is no more; ``notes`` is the pipe for notes. What it prints goes nowhere: the answers go
    through standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _notes.append(notes)
    while True:
        try:
            _, question = _received(sys.stdin.buffer)
        except EOFError:
            return
        _send(answers, *_done(*pickle.loads(question)))


def _done(work: str, questions: tuple[object, ...], memory: int) -> tuple[bytes, bytes]:
    module, _, name = work.partition(":")
    try:
        function: Callable[..., object] = getattr(importlib.import_module(module), name)
        _look_seldom_for_cycles()
        _limit_memory(memory)  # on top of what the libraries map
        getting_on()
        return ANSWER, pickle.dumps(function(*questions), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os._exit(1)
    except GovinfoError as error:
        return FAULT, pickle.dumps(error)
    except Exception as error:  # a fault of this package, which the process that asked should show
        return FAULT, pickle.dumps(RuntimeError("".join(traceback.format_exception(error))))


@cache
def _look_seldom_for_cycles() -> None:
    """A report makes many objects that end with it. Python would look through all there are every time there are some
    hundred more, and through the libraries' too; objects that only hold each other are few."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])


def _limit_memory(memory: int) -> None:
    """What programs map is more than they use, so the limit of the system is only for what outruns the watch."""
    import resource  # not there on Windows

    most = mapped_by(os.getpid()) + BASE + MAPPED * memory
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def without_memory_limit() -> None:
    """Lift the limit again, for a program that this process starts and that has a limit of time of its own."""
    import resource

    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
