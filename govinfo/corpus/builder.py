"""Files to a data set on disk, batch by batch: what is new is read, what is known is kept, nothing grows.

A batch ends behind a file whose name says so, so that one more file changes one batch. What was read of a batch is
written before the next one is finished; what holds between reports comes when all are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from govinfo.corpus.batches import Progress, Read, batches_read
from govinfo.corpus.columns import KINDS, table_of
from govinfo.corpus.compare import batches_compared, compared
from govinfo.corpus.corpus import Corpus, load, remove_frames
from govinfo.corpus.duplicates import order_of
from govinfo.corpus.memory import Memory, as_text, memory_of, now, write_told
from govinfo.corpus.places import places_of
from govinfo.corpus.plans import Work, batches_of, plan_of
from govinfo.corpus.running import memory_given_back, running
from govinfo.corpus.sheets import write_sheets
from govinfo.corpus.store import Batch, Manifest, alone, write_manifest, written_parts
from govinfo.corpus.work import Asked, problem
from govinfo.errors import FileUnreadable, GovinfoError
from govinfo.files.apart import Limits
from govinfo.identity import Aliases
from govinfo.report import Twice


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the ``folder``, how many files it ``read`` and how many were ``remembered`` from the build
    before, ``why`` nothing was ("" where something was, or nothing was there), whether it wrote CSV (``sheets``)."""

    folder: Path
    read: int
    remembered: int
    why: str
    sheets: bool


def read_reports(
    paths: str | Path | Iterable[str | Path],
    *,
    aliases: Aliases | None = None,
    prefer: str = "",
    twice: Twice = "in doubt",
    executor: Executor | None = None,
    jobs: int | None = None,
    limits: Limits | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Corpus:
    """Reads report files, all files below folders and all in archives (zip, tar) into a Corpus.

    ``source`` in the frames is the path relative to the folder that was given, or the file's name; a file in an
    archive is ``archive.zip#name``. Addresses that fsspec opens (s3://bucket/folder) are read too.
    ``aliases`` (``govinfo.read_aliases``) say which names are one agency. Where one agency has several reports on one
    year, ``prefer`` says which counts: "latest" for the later publication, or readers by commas as "docx,html,pdf,ocr";
    without it the readers in the order of trust. The others have ``duplicate_of``. ``twice`` says which PDF and
    pictures are read by a second reader too: "always", "in doubt" (those in which a sum fails or a cell is open) or
    "never"; figures on which the two differ carry the doubt readers-differ.

    ``jobs`` processes read, by default one a core; or give any ``executor`` of ``concurrent.futures``, as that of a
    Dask client, and with ``jobs`` how much it does at once, where it does not tell. ``limits`` (``govinfo.Limits``)
    hold for each file. ``progress`` is called with a ``Progress``; see ``govinfo.progress_bar``. The frames are the
    same whatever does the work. For more than a few thousand reports see ``govinfo.build``.

    Raises UsageError for a path or a reader that does not exist. A file that cannot be read, reaches a limit, is a
    copy of one read before, or is passed over, as lists beside the reports are, becomes a row of ``problems``.
    """
    with TemporaryDirectory(prefix="govinfo-") as folder:
        build(
            paths,
            folder,
            aliases=aliases,
            prefer=prefer,
            twice=twice,
            sheets=False,
            executor=executor,
            jobs=jobs,
            limits=limits,
            progress=progress,
        )
        return load(folder)


def build(
    paths: str | Path | Iterable[str | Path],
    folder: str | Path,
    *,
    aliases: Aliases | None = None,
    prefer: str = "",
    twice: Twice = "in doubt",
    sheets: bool | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
    limits: Limits | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Built:
    """Reads reports as ``read_reports`` does, into a data set on disk, which ``govinfo.load`` and ``govinfo.scan``
    open. Memory does not grow with the number of reports.

    Of files that an earlier build into this folder has read, only those are read again whose bytes have changed; the
    data set is the same, to the byte, as if all were read. ``sheets``: whether the frames are written as CSV too, by
    default for data sets of up to 500,000 cells. What was there stays until the new data set is whole.

    Raises UsageError as ``read_reports`` does, FileUnreadable where the folder cannot be written, another build writes
    to it, or a data set would be replaced by one without a report.
    """
    order_of(prefer)
    began, folder = now(), Path(folder)
    places, missed = places_of([paths] if isinstance(paths, (str, Path)) else paths, folder)
    asked = Asked(twice, aliases, limits or Limits())
    with alone(folder), memory_given_back(), running(executor, jobs) as workers:
        memory = memory_of(folder, asked)
        plans = [plan_of(batch, memory, asked) for batch in batches_of(places)]
        work = Work(folder, asked, memory, workers, jobs)
        read = list(batches_read(work, plans, progress))
        refuse_nothing(folder, memory, read)
        batches = [problems_of(folder, missed), *batches_compared(work, read, compared(work, read, prefer))]
        write_manifest(folder, Manifest(tuple(batches), as_text(asked)))
        write_told(folder, places, {name: d for one in read for name, d in one.digests.items()}, began)
        remove_frames(folder)
        wrote = write_sheets(folder, batches, sheets)
    remembered = sum(one.remembered for one in read)
    return Built(folder, len(places) - remembered, remembered, memory.why, wrote)


def refuse_nothing(folder: Path, memory: Memory, read: Sequence[Read]) -> None:
    """Raises FileUnreadable where a data set would be replaced by one without a report."""
    there = memory.manifest is not None and any(batch.rows("reports") for batch in memory.manifest.batches)
    if there and not any(one.batch.rows("cells") or one.batch.rows("sections") for one in read):
        raise FileUnreadable(
            "no report was read; the data set that is here stays.",
            where=str(folder),
            hint="Check the sources; to have an empty data set, remove this folder first.",
        )


def problems_of(folder: Path, missed: Sequence[tuple[str, GovinfoError]]) -> Batch:
    """The problems that were met before any file was opened, as a batch of their own."""
    lines = [{"file": name, **problem(error, name)} for name, error in missed]
    return Batch({"problems": written_parts(folder, "problems", table_of([(lines, {})], KINDS["problems"]))})
