"""Files to batches and tasks: what is read together, and what one process does at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from govinfo.corpus.memory import Memory
from govinfo.corpus.places import Place
from govinfo.corpus.work import Asked, Task

MANY = 256
"""Files of a batch, about: so many reports are held in memory at once, and read again where one of them changes."""
EARLY, LATE = 4 * MANY, MANY // 4
"""One name in so many may end a batch that has fewer files than that, and one that has as many: so none is far larger
than the others."""
FEW = 32
HEAVY = 4 << 20
"""Files of a task at most, and their bytes, unless one alone has more."""


@dataclass(frozen=True)
class Work:
    """What a build works with."""

    folder: Path
    asked: Asked
    memory: Memory
    workers: Executor
    jobs: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A batch of files, and the tasks that read those of them that may have changed."""

    places: tuple[Place, ...]
    tasks: tuple[Task, ...]


def batches_of(places: Sequence[Place]) -> Iterator[tuple[Place, ...]]:
    """The files in batches; where one ends is for the names alone to say, so that it stays when others come or go."""
    batch: list[Place] = []
    for place in places:
        batch.append(place)
        if zlib.crc32(place.name.encode()) % (EARLY if len(batch) < MANY else LATE) == 0:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


def plan_of(places: tuple[Place, ...], memory: Memory, asked: Asked) -> Plan:
    """The tasks for a batch, of some files each, large files alone."""
    tasks: list[Task] = []
    some: list[Place] = []
    for place in places:
        if memory.knows(place):
            continue
        if len(some) == FEW or (some and sum(one.size for one in some) + place.size > HEAVY):
            tasks.append(task_of(some, memory, asked))
            some = []
        some.append(place)
    return Plan(places, (*tasks, *([task_of(some, memory, asked)] if some else [])))


def task_of(places: Sequence[Place], memory: Memory, asked: Asked) -> Task:
    """The task for some files."""
    known = {place.name: memory.files[place.name].digest for place in places if place.name in memory.files}
    return Task(tuple(places), asked, known)
