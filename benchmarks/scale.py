"""Measures builds: how fast, how much memory, how much a rebuild takes; and queries over many cells.

    make scale  # writes docs/scale.csv, docs/scale.json and the table of docs/scale.md
    .venv/bin/python benchmarks/scale.py --reports 100 1000 --cells 5000000 -o build/scale

The reports are invented (``govinfo synth``), a third each HTML, text and DOCX. Every figure is of a process of its own,
from its start to its end: seconds by the clock, memory the most that the process and the largest of those that read
for it held. "One core" binds all of them to one (where the system can).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
from written import write_between_marks

ROOT = Path(__file__).resolve().parents[1]
FORMATS = ("html", "txt", "docx", "pdf")
SHORT = 100
"""Reports of one layout alone."""
HOSTS, EACH = 1000, 10
"""Hosts that files are fetched from, and files of each."""

HELD = """
import resource

def held():
    try:  # what the system counts for a process begins with what its parent held
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""

BUILD = """
import os, resource, sys, time
if sys.argv[4] == "1" and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
began = time.perf_counter()
import govinfo
govinfo.build(sys.argv[1], sys.argv[2], sheets=sys.argv[3] == "csv", jobs=int(sys.argv[4]))
from govinfo.files.apart import end_all
end_all()
print(time.perf_counter() - began, held(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""

FETCH = """
import resource, sys, time
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
sys.path.insert(0, sys.argv[4])
import pandas as pd
from many_hosts import many_hosts
from govinfo.fetch import fetch
from govinfo.files.apart import end_all
with many_hosts(int(sys.argv[2])) as hosts:
    lines = pd.DataFrame({"year": 2021, "url": hosts.urls(int(sys.argv[3]))}).assign(agency=lambda made: made["url"])
    began = time.perf_counter()
    log = fetch(lines, sys.argv[1], delay=1.0, allow_private=True)
    took = time.perf_counter() - began
assert (log["status"] == "saved").all()
end_all()
print(took, held(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""

RATE_BY_DUCKDB = """
import resource, sys, time
began = time.perf_counter()
import govinfo
database = govinfo.scan(sys.argv[1])
rate = database.sql('''
    SELECT province, cells.year,
           sum(value) FILTER ("row" = 'granted') / sum(value) FILTER ("row" = 'handled') AS rate
    FROM cells JOIN reports USING (report_id)
    WHERE "table" = 'requests' AND "column" = 'total' AND "row" IN ('granted', 'handled')
    GROUP BY ALL ORDER BY ALL
''').df()
print(time.perf_counter() - began, held(), len(rate))
"""

RATE_BY_PANDAS = """
import resource, sys, time
began = time.perf_counter()
import pandas as pd
cells = pd.read_parquet(f"{sys.argv[1]}/cells", columns=["report_id", "table", "row", "column", "value", "year"])
reports = pd.read_parquet(f"{sys.argv[1]}/reports", columns=["report_id", "province"])
wanted = (cells["table"] == "requests") & (cells["column"] == "total") & cells["row"].isin(["granted", "handled"])
found = cells[wanted].merge(reports, on="report_id").groupby(["province", "year", "row"], observed=True)["value"].sum()
rate = found.unstack("row").eval("granted / handled")
print(time.perf_counter() - began, held(), len(rate))
"""


def main() -> None:
    """Measures, writes the table as CSV and JSON, and the page where there is one."""
    asked = argparse.ArgumentParser(description="Measure builds and queries.")
    asked.add_argument("--reports", type=int, nargs="+", default=[100, 1_000, 10_000], help="sizes of builds")
    asked.add_argument("--cells", type=int, default=50_000_000, help="cells of the data set that is queried")
    asked.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "scale", help="where to write, no suffix")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="govinfo-scale-") as folder:
        at = Path(folder)
        rows = [*builds(at, options.reports), *layouts(at), *queries(at, options.cells), fetched(at)]
    table = pd.DataFrame(rows).round({"seconds": 2, "a second": 1, "MB": 0, "MB of a reader": 0})
    options.output.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(options.output.with_suffix(".csv"), index=False)
    options.output.with_suffix(".json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    page = options.output.with_suffix(".md")
    if page.exists():
        write_between_marks(page, "make scale", as_markdown(table).splitlines())
    print(table.to_string(index=False))


def as_markdown(table: pd.DataFrame) -> str:
    """The table for the page."""
    head = "| " + " | ".join(table.columns) + " |\n|" + "---|" * len(table.columns)
    lines = (
        "| "
        + " | ".join("" if pd.isna(cell) else f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in line)
        + " |"
        for line in table.itertuples(index=False)
    )
    return "\n".join([head, *lines])


def builds(folder: Path, sizes: list[int]) -> Iterator[dict[str, object]]:
    """Builds of so many reports with one core and with two, then again with nothing changed and with one file."""
    sources = invented(folder / "sources", max(sizes), ("html", "txt", "docx"))
    for size in sizes:
        some = first_of(sources, folder / f"first-{size}", size)
        yield measured(f"build, {size:,} reports, one core", size, BUILD, some, folder / "one", "no", "1")
        yield measured(f"build, {size:,} reports, two cores", size, BUILD, some, folder / "two", "no", "2")
        yield measured(f"build again, {size:,} reports, nothing changed", size, BUILD, some, folder / "one", "no", "1")
        change(some)
        yield measured(f"build again, {size:,} reports, one changed", size, BUILD, some, folder / "one", "no", "1")
        for name in ("one", "two", f"first-{size}"):
            shutil.rmtree(folder / name)
    shutil.rmtree(sources)


def layouts(folder: Path) -> Iterator[dict[str, object]]:
    """Builds of reports of one kind of file alone."""
    for kind in FORMATS:
        sources = invented(folder / kind, SHORT, (kind,))
        yield measured(f"build, {SHORT} reports, {kind}", SHORT, BUILD, sources, folder / "out", "no", "1")
        shutil.rmtree(folder / "out")


def queries(folder: Path, cells: int) -> Iterator[dict[str, object]]:
    """A rate by province and year over a data set of so many cells, by DuckDB without loading it and by pandas."""
    data = many_cells(folder / "many", cells)
    for name, program in (("govinfo.scan", RATE_BY_DUCKDB), ("pandas", RATE_BY_PANDAS)):
        yield measured(f"rate by province and year over {cells:,} cells, {name}", None, program, data)


def fetched(folder: Path) -> dict[str, object]:
    """Files of many hosts, stood for by addresses of this machine, with a second between two requests to a host."""
    what = f"fetch, {HOSTS:,} hosts, {HOSTS * EACH:,} files, a second between two"
    return measured(what, HOSTS * EACH, FETCH, folder / "fetched", HOSTS, EACH, ROOT / "tests")


def measured(what: str, reports: int | None, program: str, *arguments: object) -> dict[str, object]:
    """The row of the table for a program that prints its seconds and its memory."""
    command = [sys.executable, "-c", HELD + program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"what": f"{what}: ended with {done.stderr.strip().splitlines()[-1:] or done.returncode}"}
    seconds, memory, other = map(float, done.stdout.split())
    row: dict[str, object] = {"what": what, "seconds": seconds, "a second": None, "MB": memory, "MB of a reader": None}
    return {**row, "a second": reports / seconds, "MB of a reader": other} if reports else row


def invented(folder: Path, number: int, formats: tuple[str, ...]) -> Path:
    """A folder of invented reports."""
    from govinfo.render import write_files

    write_files(number, list(formats), folder)
    return folder


def first_of(sources: Path, folder: Path, number: int) -> Path:
    """A folder with the first reports of another, changed before any build so that their times tell."""
    folder.mkdir()
    long_ago = time.time() - 3600
    for path in sorted(sources.glob("SYN-*"))[:number]:
        shutil.copy(path, folder / path.name)
        os.utime(folder / path.name, (long_ago, long_ago))
    return folder


def change(folder: Path) -> None:
    """Changes one file."""
    path = sorted(folder.glob("*.html"))[0]
    path.write_bytes(path.read_bytes() + b"<!-- changed -->")


def many_cells(folder: Path, number: int) -> Path:
    """A data set of so many invented cells: those of a thousand reports again and again, with other ids."""
    import govinfo
    from govinfo.corpus.columns import KINDS, table_of_frame
    from govinfo.corpus.store import Batch, Manifest, write_manifest, written_parts

    made = govinfo.datasets.synthetic(agencies=143, years=range(2019, 2026))
    tables = {name: table_of_frame(getattr(made, name)[list(KINDS[name])]) for name in ("cells", "reports")}
    batches = []
    for at in range(-(-number // tables["cells"].num_rows)):
        parts = {name: written_parts(folder, name, renamed(table, at)) for name, table in tables.items()}
        batches.append(Batch(parts))
    write_manifest(folder, Manifest(tuple(batches)))
    return folder


def renamed(table: pa.Table, number: int) -> pa.Table:
    """A table with other report ids."""
    import pyarrow.compute as pc

    at = table.column_names.index("report_id")
    return table.set_column(
        at, "report_id", pc.binary_join_element_wise(table["report_id"].cast(pa.string()), str(number), "-")
    )


if __name__ == "__main__":
    main()
