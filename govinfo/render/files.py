"""Reports of invented agencies as files in many layouts, with their truth; no evidence about any government."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pandas as pd

from govinfo.errors import UsageError, near
from govinfo.files.opened import whole_bytes
from govinfo.files.sheet_text import csv_of
from govinfo.files.writing import written_into
from govinfo.render.layouts import FORMATS, LAYOUTS, ONLY_BY_NAME
from govinfo.render.model import Form, filled
from govinfo.render.pdf import pdf_font
from govinfo.synthetic import Synthetic, synthetic

MANIFEST = {
    "file": "string",
    "report_id": "string",
    "agency_id": "string",
    "agency": "string",
    "year": "Int64",
    "form": "string",
    "format": "string",
    "layout": "string",
    "seed": "Int64",
    "synthetic": "boolean",
}
"""Columns of ``manifest.csv`` in their order, with their types: one row per file."""

TRUTH = ["file", "table", "row", "column", "value", "kind", "synthetic"]
"""Columns of ``truth.csv``: one row per cell that a file prints; ``value`` and ``kind`` as in the cells frame."""

UNFINISHED = ".writing-"
YEARS = range(2019, 2026)


def write_files(
    what: Synthetic | int,
    formats: Sequence[str],
    folder: str | Path,
    seed: int = 0,
    layouts: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    most: int | None = None,
) -> pd.DataFrame:
    """Writes synthetic reports as files, one file each, and returns the manifest (``MANIFEST``).

    ``what``: synthetic reports, of which ``most`` says how many at most, or how many are to be made. ``formats``: some
    of ``FORMATS`` (html, docx, txt, md, pdf), taken in turn. ``layouts``: names from ``LAYOUTS``; without it all of the
    formats but those that lose too much to be read in full (``ONLY_BY_NAME``). ``progress`` is called with the number
    of files there and of all.

    Beside the reports lie ``manifest.csv`` (what each file is), ``truth.csv`` (what its tables print) and
    ``injected.csv`` (the defects put in). A run that was broken off goes on where it stopped: the lists come first,
    each file appears whole, and what is there stays.

    Raises UsageError for an unknown format or layout and for a folder that holds anything but an earlier run of the
    very same, MissingSoftware for PDF without the extra ``synth``, FileUnreadable when the folder cannot be written.
    """
    by_format = layouts_of(formats, layouts)
    if "pdf" in by_format:
        pdf_font()
    made = synthetic_of(what, seed)
    count = what if isinstance(what, int) else len(made.reports) if most is None else most
    plan = manifest_of(made.reports.head(count), by_format, seed)
    begin(Path(folder), lists_of(made, plan))
    for done, (record, form) in enumerate(zip(plan.to_dict("records"), forms_of(made, plan), strict=True), start=1):
        name = str(record["file"])
        if not (Path(folder) / name).exists():
            data, _ = LAYOUTS[record["layout"]](form, Random(f"{seed}/{name}"))
            with written_into(Path(folder)) as beside:
                (beside / name).write_bytes(data)
        if progress:
            progress(done, len(plan))
    return plan


def layouts_of(formats: Sequence[str], layouts: Sequence[str] | None) -> dict[str, list[str]]:
    """The layouts to use of each format. Raises UsageError for unknown names, and for what leaves a format without."""
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"no format {name!r}.", hint=near(name, FORMATS))
    for name in layouts or ():
        if name not in LAYOUTS:
            raise UsageError(f"no layout {name!r}.", hint=near(name, LAYOUTS))
    wanted = [name for name in LAYOUTS if (name in layouts if layouts else name not in ONLY_BY_NAME)]
    chosen = {name: [layout for layout in wanted if layout in FORMATS[name]] for name in dict.fromkeys(formats)}
    if not chosen or not all(chosen.values()) or (layouts and len(wanted) > sum(map(len, chosen.values()))):
        raise UsageError(
            "formats and layouts do not go together.",
            hint=" ".join(f"{name}: {', '.join(known)}." for name, known in FORMATS.items()),
        )
    return chosen


def synthetic_of(what: Synthetic | int, seed: int) -> Synthetic:
    """The synthetic reports themselves, or enough of them for a number."""
    if isinstance(what, Synthetic):
        return what
    if what < 1:
        raise UsageError(f"{what} reports.", hint="Ask for one at least.")
    return synthetic(-(-what // len(YEARS)), YEARS, seed)


def manifest_of(reports: pd.DataFrame, by_format: dict[str, list[str]], seed: int) -> pd.DataFrame:
    """The manifest: each report with its file; formats in turn, and the layouts of each format in turn."""
    formats = list(by_format)
    records = []
    for at, report in enumerate(reports.to_dict("records")):
        round_, kind = divmod(at, len(formats))
        layouts = by_format[formats[kind]]
        file, layout = f"{report['report_id']}.{formats[kind]}", layouts[round_ % len(layouts)]
        records.append({**report, "file": file, "format": formats[kind], "layout": layout, "seed": seed})
    return pd.DataFrame(records, columns=list(MANIFEST)).astype(MANIFEST)


def lists_of(made: Synthetic, plan: pd.DataFrame) -> dict[str, bytes]:
    """The lists that lie beside the files, by name."""
    files = plan.set_index("report_id")["file"]
    truth = made.cells[made.cells["report_id"].isin(files.index)]
    truth = truth.assign(file=truth["report_id"].map(files))[TRUTH]
    injected = made.injected[made.injected["report_id"].isin(files.index)]
    frames = {"manifest.csv": plan, "truth.csv": truth, "injected.csv": injected}
    return {name: csv_of(frame) for name, frame in frames.items()}


def begin(folder: Path, lists: dict[str, bytes]) -> None:
    """Writes the lists into an empty folder; leaves one that holds them. Raises UsageError for any other."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    there = {name for name in there if not name.startswith(UNFINISHED)}
    same = {name for name, data in lists.items() if name in there and whole_bytes(folder / name) == data}
    if (there and not same) or there & set(lists) - same:
        raise UsageError(
            "this folder holds other files.", where=str(folder), hint="Choose an empty or a new folder for these."
        )
    with written_into(folder) as beside:
        for name in set(lists) - same:
            (beside / name).write_bytes(lists[name])


def forms_of(made: Synthetic, plan: pd.DataFrame) -> Iterator[Form]:
    """The filled form of each report of a manifest, as its cells and sections have it."""
    reports = plan["report_id"]
    cells = made.cells[made.cells["report_id"].isin(reports)].groupby("report_id", sort=False)
    sections = made.sections[made.sections["report_id"].isin(reports)].groupby("report_id", sort=False)
    for report, (_, mine), (_, texts) in zip(plan.to_dict("records"), cells, sections, strict=True):
        figures = dict(zip(zip(mine["table"], mine["row"], mine["column"], strict=True), mine["raw"], strict=True))
        prose = tuple(tuple(filter(None, part)) for _, part in texts.groupby("number")["text"])
        yield filled(report["agency"], report["year"], report["form"], figures, prose)
