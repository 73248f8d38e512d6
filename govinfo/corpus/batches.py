"""A batch of files to its parts: what is new from the tasks, what is known from the build before, copies left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from govinfo.corpus.columns import KINDS, READ, Tables, joined, table_of
from govinfo.corpus.plans import Plan, Work
from govinfo.corpus.running import answers_in_order, give_back
from govinfo.corpus.store import Batch, in_order_of, table_in, written_parts
from govinfo.corpus.work import Answer, Task, answer_to, problem
from govinfo.errors import FileUnreadable

OF_COPY = frozenset({"file", "digest", "unit", "state", "sha256", "source"})
"""What an entry keeps of a unit with the very content of another."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: ``files`` done of ``total``, the ``cells`` read by now and how many of them are doubtful."""

    files: int
    total: int
    cells: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class Read:
    """A batch that was read. ``kept`` says that it is one of the build before as it stands; ``remembered`` counts its
    files that were not read again; ``digests`` are those of its files."""

    batch: Batch
    kept: bool
    remembered: int
    digests: Mapping[str, str]


def batches_read(work: Work, plans: Sequence[Plan], progress: Callable[[Progress], None] | None) -> Iterator[Read]:
    """The batches, read and written, in their order."""
    answers = answers_in_order(work.workers, answer_to, (task for plan in plans for task in plan.tasks), work.jobs)
    done = Progress(0, sum(len(plan.places) for plan in plans), 0, 0)
    seen: dict[str, str] = {}
    for plan in plans:
        asked = sum(len(task.places) for task in plan.tasks)
        done = replace(done, files=done.files + len(plan.places) - asked)
        got: list[Answer] = []
        for task in plan.tasks:
            got.append(next(answers))
            entries = got[-1].tables["entries"]
            cells, doubtful = (pc.sum(entries[name]).as_py() or 0 for name in ("cells", "doubtful"))
            done = Progress(done.files + len(task.places), done.total, done.cells + cells, done.doubtful + doubtful)
            if progress:
                progress(done)
        read = finished(work, plan, got, seen)
        if got:
            got.clear()
            give_back()
        yield read


def finished(work: Work, plan: Plan, answers: Sequence[Answer], seen: dict[str, str]) -> Read:
    """A batch from what was read of its files and what is remembered of them. ``seen`` are the units that hold a
    report, by their digests: those of the batches before, then also of this one."""
    names = tuple(place.name for place in plan.places)
    unchanged = frozenset[str]().union(*(answer.unchanged for answer in answers))
    fresh = {place.name for task in plan.tasks for place in task.places} - unchanged
    if not fresh and (as_it_stands := kept(work, names, seen)) is not None:
        return as_it_stands
    parts = [answer.tables for answer in answers]
    while True:
        old = {name: work.memory.files[name].batch for name in names if name not in fresh}
        before = remembered_entries(work, old)
        entries = in_order_of_files(joined([*(part["entries"] for part in parts), before], KINDS["entries"]), names)
        marked, found = entries_marked(entries, seen)
        if not (revived := files_to_read_after_all(entries, marked)):
            break
        places = tuple(place for place in plan.places if place.name in revived)
        parts.append(answer_to(Task(places, work.asked)).tables)
        fresh |= revived
    seen |= found
    digests = dict(zip(marked["file"].to_pylist(), marked["digest"].to_pylist(), strict=True))
    if old:
        parts.append(remembered(work, old, before))
    tables = put_together(parts, marked)
    written = {kind: written_parts(work.folder, kind, tables[kind]) for kind in READ}
    return Read(Batch(written), False, len(old), digests)


def kept(work: Work, names: tuple[str, ...], seen: dict[str, str]) -> Read | None:
    """The batch of the build before that holds just these files, of which none need be read, if it can stay as it is;
    ``seen`` as in ``finished``."""
    number = work.memory.files[names[0]].batch
    if work.memory.names[number] != names:
        return None
    batch = work.memory.batch(number)
    entries = table_in(work.folder, [batch], "entries", OF_COPY)
    marked, found = entries_marked(entries, seen)
    if not marked.equals(entries):
        return None
    seen |= found
    digests = dict(zip(marked["file"].to_pylist(), marked["digest"].to_pylist(), strict=True))
    return Read(batch, True, len(names), digests)


def remembered_entries(work: Work, old: Mapping[str, int]) -> pa.Table:
    """The entries of files that are not read again, by the batches that they stand in."""
    batches = [work.memory.batch(number) for number in sorted(set(old.values()))]
    entries = table_in(work.folder, batches, "entries")
    return entries.filter(pc.is_in(entries["file"], value_set=pa.array(list(old), pa.string())))


def remembered(work: Work, old: Mapping[str, int], entries: pa.Table) -> Tables:
    """All tables of files that are not read again."""
    batches = [work.memory.batch(number) for number in sorted(set(old.values()))]
    ids = entries.filter(pc.equal(entries["state"], "report"))["report_id"].combine_chunks()
    copies = entries.filter(pc.equal(entries["state"], "copy"))["unit"].combine_chunks()
    tables = {"entries": entries}
    for kind in READ:
        if kind != "entries":
            table = table_in(work.folder, batches, kind)
            key, values = ("file", pa.array(list(old), pa.string())) if kind == "problems" else ("report_id", ids)
            tables[kind] = table.filter(pc.is_in(table[key], value_set=values))
    problems = tables["problems"]  # those of copies are written anew
    tables["problems"] = problems.filter(pc.invert(pc.is_in(problems["source"], value_set=copies)))
    return tables


def in_order_of_files(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """The rows of a table in the order of their files, those of one file as they stand."""
    return in_order_of(pa.array(names, pa.string()), table, "file")


def entries_marked(entries: pa.Table, seen: Mapping[str, str]) -> tuple[pa.Table, dict[str, str]]:
    """The entries with the state "copy" where another unit before (then their ``source``) has the very content, else
    "report"; and the units that hold a report, by their digests."""
    found: dict[str, str] = {}
    states, firsts = [], []
    for state, digest, unit in zip(*(entries[name].to_pylist() for name in ("state", "sha256", "unit")), strict=True):
        if state in {"report", "copy"}:
            first = seen.get(digest) or found.setdefault(digest, unit)
            state = "report" if first == unit else "copy"
        states.append(state)
        firsts.append(first if state == "copy" else None)
    marked = pa.array(states, pa.string())
    is_copy = pc.equal(marked, "copy")
    columns = {
        name: entries[name] if name in OF_COPY else pc.if_else(is_copy, None, entries[name])
        for name in entries.column_names
    }
    columns["state"] = marked
    columns["source"] = pc.if_else(is_copy, pa.array(firsts, pa.string()), entries["source"])
    return pa.table(columns), found


def files_to_read_after_all(entries: pa.Table, marked: pa.Table) -> set[str]:
    """The files that were copies, and are none now that what they were copies of is gone."""
    columns = (entries["file"], entries["state"], marked["state"])
    return {
        file
        for file, before, now_ in zip(*(column.to_pylist() for column in columns), strict=True)
        if (before, now_) == ("copy", "report")
    }


def put_together(parts: Sequence[Tables], entries: pa.Table) -> Tables:
    """The tables of a batch from those of its parts, without what stands in copies, in the order of the files."""
    ids = entries.filter(pc.equal(entries["state"], "report"))["report_id"].combine_chunks()
    copies = entries.filter(pc.equal(entries["state"], "copy"))
    units = copies["unit"].combine_chunks()
    kept = [without_copies(part, units) for part in parts]
    tables = {kind: joined([part[kind] for part in kept], KINDS[kind]) for kind in READ}
    told = {
        unit: {"file": file, **problem(copy_of(first), unit)}
        for file, unit, first in zip(*(copies[name].to_pylist() for name in ("file", "unit", "source")), strict=True)
    }
    problems = joined([tables["problems"], table_of([(list(told.values()), {})], KINDS["problems"])], KINDS["problems"])
    by_report = {
        kind: in_order_of(ids, tables[kind]) for kind in ("cells", "sections", "statements", "findings", "crossing")
    }
    return {
        **by_report,
        "entries": entries,
        "problems": in_order_of(entries["unit"].combine_chunks(), problems, "source"),
    }


def without_copies(part: Tables, units: pa.Array) -> Tables:
    """The tables without the rows of reports that stand in these units."""
    entries = part["entries"]
    gone = entries.filter(pc.and_(pc.equal(entries["state"], "report"), pc.is_in(entries["unit"], value_set=units)))
    ids = gone["report_id"].combine_chunks()
    if not len(ids):
        return part
    return {
        kind: table.filter(pc.invert(pc.is_in(table["report_id"], value_set=ids)))
        if "report_id" in KINDS[kind]
        else table
        for kind, table in part.items()
    }


def copy_of(first: str) -> FileUnreadable:
    """What is said of a file with the very content of another: it would be counted twice."""
    return FileUnreadable(f"The same content as {first}, which was read.", hint="Remove one of the copies.")
