"""Work given to an executor, so much ahead as keeps it busy, and its answers in the order of the work."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import pyarrow as pa

Work = TypeVar("Work")
Answer = TypeVar("Answer")

AHEAD = 4
"""Pieces of work that wait for each that is being done."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def running(executor: Executor | None, jobs: int | None) -> Iterator[Executor]:
    """The executor itself, or one whose threads have each a process with limits do the work: ``jobs`` of them, by
    default as many as there are cores."""
    if executor is not None:
        yield executor
        return
    with ThreadPoolExecutor(max_workers=jobs or cores()) as threads:
        try:
            yield threads
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def memory_given_back() -> Iterator[None]:
    """Arrow's own pool of memory keeps much of what is freed, and grows from batch to batch; that of the system gives
    it back."""
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


def give_back() -> None:
    """Gives the system what is free between the pieces of memory in use; else it stays with the process."""
    pa.default_memory_pool().release_unused()


def answers_in_order(
    executor: Executor, function: Callable[[Work], Answer], works: Iterable[Work], jobs: int | None
) -> Iterator[Answer]:
    """The answers of a function to pieces of work, which an executor does; no more of them wait than keep it busy."""
    most = AHEAD * (jobs or getattr(executor, "_max_workers", None) or cores())
    waiting: deque[Future[Answer]] = deque()
    for work in works:
        waiting.append(executor.submit(function, work))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
