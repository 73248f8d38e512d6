"""The work of a build on some files: from bytes to tables, in a process of its own with limits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version

from govinfo.checks import PROSE_RULE, crossing_of, sure_id
from govinfo.corpus.columns import KINDS, READ, Record, Tables, joined, table_of
from govinfo.corpus.places import Place, bytes_of
from govinfo.errors import FileUnreadable, GovinfoError, MissingSoftware, NotAReport, NothingToRead, PassedOver
from govinfo.files.apart import Ended, Limits, can_be_apart, done_apart, getting_on
from govinfo.identity import Aliases, agency_of, identity_columns
from govinfo.readers.archive import sources_in
from govinfo.readers.listing import may_be_a_list
from govinfo.report import Reading, Twice, readings_of

BROKEN = "Open it in the program that made it and save it anew; if that fails, it is broken or harmful."


@dataclass(frozen=True, slots=True)
class Asked:
    """How files are to be read."""

    twice: Twice = "in doubt"
    aliases: Aliases | None = None
    limits: Limits = field(default_factory=Limits)


ALL = range(1 << 62)
"""All steps of a task."""


@dataclass(frozen=True, slots=True)
class Task:
    """Some files to read one after the other. ``known`` are the digests of those that an earlier build has read, by
    name. The work is counted in steps; only what belongs to the ``steps`` given is done, and ``ended`` says which of
    them ended the process that read, and why."""

    places: tuple[Place, ...]
    asked: Asked
    known: Mapping[str, str] = field(default_factory=dict)
    steps: range = ALL
    ended: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The tables of the files of a task, and the names of those that have not changed since they were read."""

    tables: Tables
    unchanged: frozenset[str] = frozenset()


@dataclass
class _Made:
    """Records by kind of table, in groups that share some columns; ``seen`` are the digests of what was read."""

    groups: dict[str, list[tuple[Sequence[Record], Record]]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def add(self, kind: str, records: Sequence[Record], **shared: object) -> None:
        self.groups.setdefault(kind, []).append((records, shared))


def answer_to(task: Task) -> Answer:
    """What the files of a task hold. Where the process that reads them ends, what comes before that step, the step
    alone and what comes behind it are each done by a new one: what a file leaves behind in a process must not be
    the end of another."""
    if not can_be_apart():
        return read_files(task)
    try:
        answer: Answer = done_apart("govinfo.corpus.work:read_files", task, limits=task.asked.limits)
        return answer
    except Ended as error:
        at, why = error.note, error.why
    if at < 0 or at in task.ended:
        raise Ended(why, at)
    if at not in task.steps or len(task.steps) == 1:
        return answer_to(replace(task, ended={**task.ended, at: why}))
    parts = (range(task.steps.start, at), range(at, at + 1), range(at + 1, task.steps.stop))
    return together([answer_to(replace(task, steps=steps)) for steps in parts if steps])


def together(answers: Sequence[Answer]) -> Answer:
    """Answers to the parts of a task as one."""
    tables = {kind: joined([answer.tables[kind] for answer in answers], KINDS[kind]) for kind in READ}
    return Answer(tables, frozenset().union(*(answer.unchanged for answer in answers)))


class Enough(Exception):
    """The last step that was asked for is done."""


@dataclass
class Steps:
    """The steps of a task as they are counted through."""

    task: Task
    number: int = -1

    def next(self) -> str | None:
        """Says that the next step begins; why it ended the process before, if it did. Raises Enough behind the last."""
        self.number += 1
        if self.number >= self.task.steps.stop:
            raise Enough
        getting_on(self.number)
        return self.task.ended.get(self.number)

    @property
    def wanted(self) -> bool:
        """Whether this step is one of those to do."""
        return self.number in self.task.steps


def read_files(task: Task) -> Answer:
    """What the files of a task hold, read in this process."""
    made, unchanged, steps = _Made(), set[str](), Steps(task)
    with suppress(Enough):
        for place in task.places:
            read_place(made, unchanged, place, steps)
    return Answer({kind: table_of(made.groups.get(kind, ()), KINDS[kind]) for kind in READ}, frozenset(unchanged))


def read_place(made: _Made, unchanged: set[str], place: Place, steps: Steps) -> None:
    """Adds what a file holds, so far as its steps are wanted, or that it has not changed."""
    asked = steps.task.asked
    if why := steps.next():
        if steps.wanted:
            add_unread(made, place.name, "", limit_reached(why, asked.limits), place.name)
        return
    data = opened(place, asked.limits.size)
    digest = "" if isinstance(data, Exception) else hashlib.sha256(data).hexdigest()
    if digest and digest == steps.task.known.get(place.name):
        if steps.wanted:
            unchanged.add(place.name)
        return
    for source, inside in steps_in(data, place.name, steps):
        if steps.wanted:
            read_source(made, place.name, digest, source, inside, asked)


Source = tuple[str, bytes | Exception]
"""A file by its name and bytes, or what stands against reading it."""


def steps_in(data: bytes | Exception, name: str, steps: Steps) -> Iterator[Source]:
    """The sources in a file. To find the next one is a step and to read it another: either may end the process."""
    sources, limits = inside_of(data, name), steps.task.asked.limits
    while True:
        if why := steps.next():
            yield name, limit_reached(why, limits)
            return
        if (source := next(sources, None)) is None:
            return
        why = steps.next()
        yield (source[0], limit_reached(why, limits)) if why else source


def read_source(made: _Made, file: str, digest: str, source: str, data: bytes | Exception, asked: Asked) -> None:
    """Adds what the reports in a source say, or why there are none."""
    sha256 = "" if isinstance(data, Exception) else hashlib.sha256(data).hexdigest()
    if sha256 in made.seen:
        made.add("entries", [{"unit": source, "state": "copy", "sha256": sha256}], file=file, digest=digest)
        return
    try:
        readings = readings_in(data, source, asked)
    except MemoryError:
        raise
    except Exception as error:
        add_unread(made, file, digest, error, source)
        return
    made.seen.add(sha256)
    for reading in readings:
        add_report(made, reading, {"file": file, "digest": digest, "unit": source, "state": "report"}, asked.aliases)


def opened(place: Place, most: int) -> bytes | Exception:
    """The bytes of a file, or what stands against reading it."""
    try:
        return bytes_of(place.path, most)
    except MemoryError:
        raise
    except Exception as error:
        return error


def inside_of(data: bytes | Exception, name: str) -> Iterator[Source]:
    """A file, or those in an archive, with the names that the frames give them; what stands against reading one
    instead of its bytes."""
    if isinstance(data, Exception):
        yield name, data
        return
    try:
        yield from sources_in(data, name)
    except MemoryError:
        raise
    except Exception as error:
        yield name, error


def readings_in(data: bytes | Exception, source: str, asked: Asked) -> tuple[Reading, ...]:
    """What the reports in a file say. Raises what stands against reading it."""
    try:
        if isinstance(data, Exception):
            raise data
        return readings_of(data, source, twice=asked.twice)
    except (NotAReport, NothingToRead) as error:
        if may_be_a_list(source):
            raise PassedOver(f"Passed over, as no report is in it: {error.message}", hint=error.hint) from error
        raise


def limit_reached(why: str, limits: Limits) -> FileUnreadable:
    """The error for a file that ended the process that read it."""
    if why == "time":
        return FileUnreadable(f"It was not read within {limits.seconds:g} seconds.", hint=BROKEN)
    return FileUnreadable(
        f"It needs more than {limits.memory >> 20} MB of memory, or breaks what reads it.", hint=BROKEN
    )


def add_unread(made: _Made, file: str, digest: str, error: Exception, source: str) -> None:
    """Adds the problem of a source that was not read."""
    state = "again" if isinstance(error, MissingSoftware) else "none"
    made.add("entries", [{"unit": source, "state": state}], file=file, digest=digest)
    made.add("problems", [problem(error, source)], file=file)


def add_report(made: _Made, reading: Reading, entry: Record, aliases: Aliases | None) -> None:
    """Adds the records of a report."""
    shared, findings = reading.shared(), reading.findings()
    made.add("cells", reading.cells, **shared)
    made.add("crossing", crossing_of(reading.cells), **shared)
    made.add("sections", reading.sections, report_id=reading.report_id, synthetic=shared["synthetic"])
    made.add("statements", reading.statements, **shared)
    made.add("findings", findings)
    made.add("entries", [entry_of(reading, findings, aliases)], **entry)


def entry_of(reading: Reading, findings: Sequence[Record], aliases: Aliases | None) -> Record:
    """The record of a report for the reports frame, its agency and region from its name.

    ``findings`` is the number of identities that fail. The doubt TABLE-confirmed says of a table read from a picture
    that every identity over it holds.
    """
    agency = reading.identity.agency
    doubt = agency_of(agency, aliases).doubt if agency else ""
    return {
        **reading.shared(),
        **identity_columns(agency, aliases, reading.report_id),
        "sure_id": sure_id(agency, aliases),
        "title": reading.identity.title or None,
        "published": reading.identity.published or None,
        "url": reading.metadata.url or None,
        "sha256": reading.sha256,
        "cells": len(reading.cells),
        "blanks": sum(record["kind"] == "blank" for record in reading.cells),
        "doubtful": sum(record["doubts"] != "" for record in reading.cells),
        "findings": sum(finding["status"] == "fail" for finding in findings),
        "readers": ";".join(filter(None, [reading.reader, reading.second_reader])),
        "version": own_version(),
        "doubts": ";".join(filter(None, [*reading.doubts, doubt, *confirmed(reading, findings)])),
    }


def confirmed(reading: Reading, findings: Sequence[Record]) -> list[str]:
    """The doubts TABLE-confirmed of a report from a picture."""
    if reading.reader != "ocr":
        return []
    sums = [finding for finding in findings if finding["rule"] != PROSE_RULE]
    tables = dict.fromkeys(finding["table"] for finding in sums)
    holding = [t for t in tables if all(one["status"] == "pass" for one in sums if one["table"] == t)]
    return [f"{table}-confirmed" for table in holding]


@cache
def own_version() -> str:
    """The version of this package."""
    return version("govinfo")


def problem(error: Exception, source: str) -> dict[str, object]:
    """The row of problems for what stands against reading a file."""
    if isinstance(error, GovinfoError):
        return {"source": source, "stage": error.stage, "error": error.message, "hint": error.hint}
    if isinstance(error, OSError):
        said, hint = f"{error.strerror or error}.", "Check that the file can be opened."
    else:
        said = f"An error inside govinfo: {type(error).__name__}: {error}"
        hint = "Please report it with the file; the other files were read."
    return {"source": source, "stage": "read", "error": said, "hint": hint}
