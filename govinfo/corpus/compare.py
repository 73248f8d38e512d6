"""All reports held against each other: which of them count, and the rules across years where something has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from govinfo.checks import FINDINGS
from govinfo.corpus.batches import Read
from govinfo.corpus.columns import KINDS
from govinfo.corpus.duplicates import Known, duplicates_of
from govinfo.corpus.plans import Work
from govinfo.corpus.running import answers_in_order, give_back
from govinfo.corpus.spool import by_number, for_now, put, taken
from govinfo.corpus.store import Batch, Part, in_order_of, table_in, written_parts
from govinfo.corpus.years import Series, Years, findings_of_years_apart, reports_of, series_of

YEARS = "memory/years"
"""The folder for what is compared, while it is."""
TOGETHER = 512
"""Reports, about, whose years are held against each other at a time: so many are held in memory at once."""


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
    """The batches with the findings across years and the reports frame. What is as it was is kept.

    The reports of an agency may stand in any batch: their figures are put together by agency, looked at, and what is
    found goes back to the batch of each report, so that no batch is read more than once.
    """
    ids = ids_by_batch(all_, len(read))
    agencies = [{all_.known[id_].agency_id for id_ in mine} for mine in ids]
    stale = [not one.kept or bool(mine & all_.changed) for one, mine in zip(read, agencies, strict=True)]
    wanted = frozenset[str]().union(*(mine for mine, is_stale in zip(agencies, stale, strict=True) if is_stale))
    groups = list(groups_of({agency: its for agency, its in all_.series.items() if agency in wanted}))
    with for_now(work.folder / YEARS) as folder:
        put_by_group(folder, work, read, ids, groups)
        tasks = (Years(one, taken(folder / f"group-{at}", KINDS["crossing"])) for at, one in enumerate(groups))
        for found in answers_in_order(work.workers, findings_of_years_apart, tasks, work.jobs):
            reports = found["report_id"].unique().to_pylist()
            for number, rows in by_number(found, {id_: at for id_ in reports if stale[at := all_.batch[id_]]}):
                put(folder / f"batch-{number}", rows)
        for number, one in enumerate(read):
            if not stale[number]:
                yield one.batch
                continue
            yield with_years(work, one.batch, taken(folder / f"batch-{number}", FINDINGS), all_)
            give_back()


def ids_by_batch(all_: Compared, number: int) -> list[list[str]]:
    """The reports of each batch."""
    ids: list[list[str]] = [[] for _ in range(number)]
    for report_id, at in all_.batch.items():
        ids[at].append(report_id)
    return ids


def groups_of(series: Series) -> Iterator[dict[str, tuple[str, ...]]]:
    """The series in groups of ``TOGETHER`` reports or a few more."""
    group: dict[str, tuple[str, ...]] = {}
    reports = 0
    for agency, ids in series.items():
        group[agency] = ids
        reports += len(ids)
        if reports >= TOGETHER:
            yield group
            group, reports = {}, 0
    if group:
        yield group


def put_by_group(
    folder: Path, work: Work, read: Sequence[Read], ids: Sequence[Sequence[str]], groups: Sequence[Series]
) -> None:
    """Puts the cells that the rules across years look at into a file for each group of series."""
    group_of = {id_: at for at, group in enumerate(groups) for its in group.values() for id_ in its}
    for one, its in zip(read, ids, strict=True):
        if mine := {id_: group_of[id_] for id_ in its if id_ in group_of}:
            for at, rows in by_number(table_in(work.folder, [one.batch], "crossing"), mine):
                put(folder / f"group-{at}", rows)


def with_years(work: Work, batch: Batch, found: pa.Table, all_: Compared) -> Batch:
    """A batch with its findings across years and its reports."""
    entries = table_in(work.folder, [batch], "entries")
    ids = entries.filter(pc.equal(entries["state"], "report"))["report_id"].combine_chunks()
    across = in_order_of(ids, found)
    made = {"across": across, "reports": reports_of(entries, across, all_.duplicates)}
    return Batch({**batch.parts, **{kind: written_parts(work.folder, kind, table) for kind, table in made.items()}})
