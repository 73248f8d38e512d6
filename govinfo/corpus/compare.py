"""All reports held against each other: which of them count, and the rules across years where something has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from govinfo.corpus.batches import Read
from govinfo.corpus.columns import KINDS, joined
from govinfo.corpus.duplicates import Known, duplicates_of
from govinfo.corpus.plans import Work
from govinfo.corpus.running import answers_in_order, give_back
from govinfo.corpus.store import Batch, Part, in_order_of, table_in, written_parts
from govinfo.corpus.years import Years, findings_of_years_apart, reports_of, series_of


@dataclass(frozen=True, slots=True)
class Compared:
    """What holds between all reports: ``known`` by report_id, the ``batch`` that each stands in, the ``series`` of the
    agencies, those that have ``changed`` since the build before, and which reports do not count."""

    known: Mapping[str, Known]
    batch: Mapping[str, int]
    series: Mapping[str, tuple[str, ...]]
    changed: frozenset[str]
    duplicates: Mapping[str, str]


def compared(work: Work, read: Sequence[Read], prefer: str) -> Compared:
    """All reports held against each other."""
    known: dict[str, Known] = {}
    batch: dict[str, int] = {}
    read_already: dict[tuple[Part, ...], tuple[Known, ...]] = {}
    for number, one in enumerate(read):
        reports = read_already[one.batch.parts["entries"]] = tuple(known_in(work.folder, one.batch))
        for report in reports:
            known[report.report_id], batch[report.report_id] = report, number
    duplicates = duplicates_of(known.values(), prefer)
    series = series_of(known.values(), duplicates)
    before = series_before(work, read_already)
    changed = {agency for agency in {*series, *before} if series.get(agency) != before.get(agency)}
    return Compared(known, batch, series, frozenset(changed), duplicates)


def known_in(folder: Path, batch: Batch) -> Iterator[Known]:
    """The reports of a batch."""
    names = ("report_id", "sure_id", "year", "readers", "published")
    entries = table_in(folder, [batch], "entries", {"state", *names})
    entries = entries.filter(pc.equal(entries["state"], "report"))
    columns = (entries[name].to_pylist() for name in names)
    for report_id, agency_id, year, readers, published in zip(*columns, strict=True):
        yield Known(report_id, agency_id, year, readers.partition(";")[0], published or "")


def series_before(work: Work, read_already: Mapping[tuple[Part, ...], tuple[Known, ...]]) -> dict[str, tuple[str, ...]]:
    """The series of the agencies in the build before; ``read_already`` are the reports in parts that stay."""
    if not work.memory.names or work.memory.manifest is None:
        return {}
    batches = work.memory.manifest.batches
    reports = table_in(work.folder, batches, "reports", {"report_id", "duplicate_of"})
    told = zip(reports["report_id"].to_pylist(), reports["duplicate_of"].to_pylist(), strict=True)
    return series_of(
        (
            report
            for batch in batches
            for report in read_already.get(batch.parts.get("entries", ())) or known_in(work.folder, batch)
        ),
        {report_id: other for report_id, other in told if other},
    )


def batches_compared(work: Work, read: Sequence[Read], all_: Compared) -> Iterator[Batch]:
    """The batches with the findings across years and the reports frame. What is as it was is kept."""
    agencies = [{all_.known[id_].agency_id for id_ in ids} for ids in ids_by_batch(all_, len(read))]
    stale = [not one.kept or bool(mine & all_.changed) for one, mine in zip(read, agencies, strict=True)]
    tasks = (years_of(work, read, all_, agencies[number]) for number, one in enumerate(stale) if one)
    answers = answers_in_order(work.workers, findings_of_years_apart, tasks, work.jobs)
    for number, one in enumerate(read):
        yield with_years(work, one.batch, next(answers), all_) if stale[number] else one.batch
        if stale[number]:
            give_back()


def ids_by_batch(all_: Compared, number: int) -> list[list[str]]:
    """The reports of each batch."""
    ids: list[list[str]] = [[] for _ in range(number)]
    for report_id, at in all_.batch.items():
        ids[at].append(report_id)
    return ids


def years_of(work: Work, read: Sequence[Read], all_: Compared, agencies: set[str]) -> Years:
    """What the rules across years need for the reports of some agencies."""
    series = {agency: all_.series[agency] for agency in sorted(agencies) if agency in all_.series}
    ids = frozenset(id_ for mine in series.values() for id_ in mine)
    wanted = pa.array(sorted(ids), pa.string())
    numbers = sorted({all_.batch[id_] for id_ in ids})
    # One batch after the other: the years of an agency may stand in all of them.
    found = (table_in(work.folder, [read[number].batch], "crossing") for number in numbers)
    mine = [table.filter(pc.is_in(table["report_id"], value_set=wanted)) for table in found]
    return Years(series, joined(mine, KINDS["crossing"]))


def with_years(work: Work, batch: Batch, found: pa.Table, all_: Compared) -> Batch:
    """A batch with its findings across years and its reports."""
    entries = table_in(work.folder, [batch], "entries")
    ids = entries.filter(pc.equal(entries["state"], "report"))["report_id"].combine_chunks()
    across = in_order_of(ids, found.filter(pc.is_in(found["report_id"], value_set=ids)))
    made = {"across": across, "reports": reports_of(entries, across, all_.duplicates)}
    return Batch({**batch.parts, **{kind: written_parts(work.folder, kind, table) for kind, table in made.items()}})
