"""The commands of govinfo.

Exit status: 0 all read, 1 some files could not be read (the rest is written), 2 the command was wrong, 70 an error
inside govinfo. Commands that draw, export, fetch or invent import what they need themselves, so that the others start
at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.markup import escape

from govinfo.cli.faults import run
from govinfo.cli.printing import (
    complain,
    err,
    print_agencies,
    print_decisions,
    print_evidence,
    print_fetched,
    print_findings,
    print_problems,
    print_report,
    print_summary,
    say,
)
from govinfo.corpus import Corpus, cluster, is_data_set, load, progress_bar, read_reports
from govinfo.corpus import build as write_data_set
from govinfo.corrections import FIGURE, with_corrections
from govinfo.corrections import corrections as corrections_of
from govinfo.errors import UsageError, near
from govinfo.files.apart import Limits
from govinfo.files.sheet_text import write_table
from govinfo.files.writing import written
from govinfo.identity.agencies import agencies as agencies_of
from govinfo.identity.agencies import read_aliases
from govinfo.report import read_report

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Annual reports on government information disclosure in China as tidy data.",
)

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that govinfo build wrote, or one of reports.")]
AliasTable = Annotated[
    Path | None, typer.Option("--aliases", metavar="FILE", help="Your own table of names that are one agency (CSV).")
]
CorrectionsFile = Annotated[
    Path | None,
    typer.Option("--corrections", metavar="FILE", help="Your corrections (CSV, Excel or TOML): they count."),
]


MOST_MEGABYTES = 1 << 24
"""More than any machine has: what is larger is a slip, and no number that the system takes."""


def main() -> None:
    """The entry point of the command line."""
    run(app)


@app.command()
def build(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Report files, folders, or addresses as s3://bucket/folder.  [default: data/raw]",
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="Folder for the frames.")] = Path(
        "data/processed"
    ),
    aliases: AliasTable = None,
    twice: Annotated[
        bool,
        typer.Option(
            "--twice", help="Read every PDF and picture with two readers; without it, a PDF only where a sum fails."
        ),
    ] = False,
    prefer: Annotated[
        str,
        typer.Option(
            metavar="ORDER",
            help="Which of several reports of one agency and year counts: docx,html,pdf,ocr in that order, or latest.",
        ),
    ] = "",
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes that read.  [default: one a core]")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Read on the workers of a Dask scheduler, as tcp://host:8786."),
    ] = None,
    csv: Annotated[
        bool | None,
        typer.Option("--csv/--no-csv", help="Write the frames as CSV too.  [default: up to 500,000 cells]"),
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Seconds that a file may take without getting on.")] = 30,
    memory: Annotated[
        int, typer.Option(min=64, max=MOST_MEGABYTES, help="Megabytes of memory that a file may take.")
    ] = 1024,
    size: Annotated[int, typer.Option(min=1, max=MOST_MEGABYTES, help="Megabytes that a file may have.")] = 256,
) -> None:
    """Read reports and write cells, reports, findings, sections, statements and problems as Parquet, and CSV for Excel.

    What an earlier build into the folder has read is not read again, unless it has changed.
    """
    with progress_bar(err) as shown, workers_of(scheduler, jobs) as (executor, at_once):
        built = write_data_set(
            sources_of(sources),
            output,
            aliases=read_aliases(aliases) if aliases else None,
            prefer=prefer,
            twice="always" if twice else "in doubt",
            sheets=csv,
            executor=executor,
            jobs=at_once,
            limits=Limits(seconds=seconds, memory=memory << 20, size=size << 20),
            progress=shown,
        )
    unread = print_summary(built)
    raise typer.Exit(1 if unread else 0)


def sources_of(names: list[str] | None) -> list[str | Path]:
    """The files, folders and addresses that a command was given."""
    return [name if "://" in name else Path(name) for name in names or ["data/raw"]]


@contextmanager
def workers_of(scheduler: str | None, jobs: int | None) -> Iterator[tuple[Executor | None, int | None]]:
    """What reads: the workers of a Dask scheduler, or none given and so many processes here."""
    if scheduler is None:
        yield None, jobs
    else:
        with cluster(scheduler) as (executor, at_once):
            yield executor, jobs or at_once


def corpus_in(folder: Path, declared: Path | None = None) -> Corpus:
    """What govinfo build wrote to a folder, or the reports in it; with the corrections of a file."""
    if is_data_set(folder):
        corpus = load(folder)
    else:
        with progress_bar(err) as shown:
            corpus = read_reports([folder], progress=shown)
        tell_unread(corpus.unread(), folder)
    if declared is None:
        return corpus
    corpus = corpus.corrected(declared)
    print_decisions(corpus.cells)
    return corpus


def tell_unread(unread: pd.DataFrame, folder: Path) -> None:
    """Says how many of the files of a folder count for nothing, and why the first was not read."""
    if unread.empty:
        return
    first = unread.iloc[0]
    more = f" and {len(unread) - 1} more" if len(unread) > 1 else ""
    complain(f"Not read: {first['source']}{more}: {first['error']} {first['hint']}")
    if more:
        complain(f"All are named by: govinfo check {folder}")


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report file.")],
    table: Annotated[
        str | None, typer.Option(metavar="TABLE", help="Only this table: disclosure, requests, disputes or statistics.")
    ] = None,
) -> None:
    """Print one report as tables; doubtful cells are coloured."""
    report = read_report(file)
    print_report(report.only(table) if table else report)


@app.command()
def check(folder: Folder, corrections: CorrectionsFile = None) -> None:
    """Print the identities that fail, errors first, the largest difference first, and how many cannot be checked."""
    corpus = corpus_in(folder, corrections)
    print_findings(corpus.findings)
    print_problems(corpus.problems, corpus.unread())
    raise typer.Exit(1 if len(corpus.unread()) else 0)


@app.command()
def agencies(folder: Folder, aliases: AliasTable = None) -> None:
    """List the agencies, which names were joined into one and why."""
    print_agencies(agencies_of(corpus_in(folder).reports, read_aliases(aliases) if aliases else None))


@app.command()
def evidence(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report file.")],
    table: Annotated[str, typer.Argument(help="disclosure, requests, disputes or statistics.")],
    row: Annotated[str, typer.Argument(help="Code of the row.")],
    column: Annotated[str, typer.Argument(help="Code of the column.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="A .png file.")] = Path("evidence.png"),
) -> None:
    """Draw a figure where it stands on the page, and print what is known about it."""
    found = read_report(file).evidence(table, row, column)
    found.save(output)
    print_evidence(found)
    say(f"Written to {escape(str(output))}.")


@app.command()
def corrections(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Your corrections (CSV, Excel or TOML).")], folder: Folder
) -> None:
    """List your corrections and make sure that the pages still print what they expect."""
    listed = corrections_of(file)
    with_corrections(corpus_in(folder).cells, listed)
    for one in listed.to_dict("records"):
        place = " ".join(str(one[name]) for name in ("report", "table", "row", "column"))
        said = f"corrected {one['corrected']:g}" if one["decision"] == FIGURE else one["decision"]
        say(escape(f"{place}: printed {one['expected'] or 'nothing'}, {said}: {one['reason']}"))
    say(f"{len(listed)} corrections, all of them fit.")


@app.command()
def chart(
    name: Annotated[str, typer.Argument(help="Name of the chart; an unknown one lists them.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that govinfo build wrote.")] = Path(
        "data/processed"
    ),
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="A .png, .svg or .pdf file.")] = Path(
        "chart.png"
    ),
    lang: Annotated[str, typer.Option(help="Language of the labels: en or zh.")] = "en",
    select: Annotated[
        list[str] | None, typer.Option(metavar="COLUMN=VALUE", help="Keep reports, as agency_id=140600 or year=2023.")
    ] = None,
    corrections: CorrectionsFile = None,
    title: Annotated[str | None, typer.Option(help="A title in place of the chart's own.")] = None,
    subtitle: Annotated[str | None, typer.Option(help="A line below the title.")] = None,
    sort: Annotated[str | None, typer.Option(help="Order of the agencies: value, name or given.")] = None,
    top: Annotated[int | None, typer.Option(help="So many agencies, those of the highest value.")] = None,
    highlight: Annotated[list[str] | None, typer.Option(metavar="AGENCY", help="Names that stand out.")] = None,
    reference: Annotated[float | None, typer.Option(help="A line at this value to compare with.")] = None,
    size: Annotated[str | None, typer.Option(help="Printed as a slide, a page or a column.")] = None,
) -> None:
    """Draw a chart of the reports."""
    from govinfo.plots import CHARTS, draw, save

    if str(folder) in CHARTS and name not in CHARTS:
        name, folder = str(folder), Path(name)
    if name not in CHARTS:
        raise UsageError(f"no such chart: {name}.", hint=near(name, CHARTS))
    asked = {
        "title": title, "subtitle": subtitle, "sort": sort, "top": top, "highlight": highlight,
        "reference": reference, "size": size,
    }  # fmt: skip
    look = {key: value for key, value in asked.items() if value not in (None, [])}
    figure = draw(name, corpus_in(folder, corrections), lang=lang, **chosen(select or []), **look)
    say(f"Written to {escape(str(save(figure, output)))}.")


def chosen(select: list[str]) -> dict[str, str]:
    """The columns and values of --select. Raises UsageError for one without "="."""
    for one in select:
        if "=" not in one:
            raise UsageError(f"{one!r} is no COLUMN=VALUE.", hint="Write for instance --select year=2023.")
    return {one.partition("=")[0]: one.partition("=")[2] for one in select}


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier report, a file.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later report, a file.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")] = Path(
        "compared.html"
    ),
    lang: Annotated[str, typer.Option(help="Language of the page: en or zh.")] = "en",
) -> None:
    """Write two reports side by side as one HTML file: figures, what is carried over, the text sentence by sentence."""
    from govinfo.words import compare as compared

    made = compared(old, new)
    written_page = made.html(lang)
    with written(output) as beside:
        beside.write_text(written_page, encoding="utf-8")
    say(f"Written to {escape(str(output))}.")


@app.command()
def export(
    folder: Folder,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="OUT", help="A .xlsx, .dta, .sav, .duckdb, .csv or .parquet file, or a folder."
        ),
    ] = Path("govinfo.xlsx"),
    kind: Annotated[
        str | None,
        typer.Option("--format", help="csv or parquet: a folder of all frames; dta, sav or panel: the panel."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of a workbook: en or zh.")] = "en",
    corrections: CorrectionsFile = None,
) -> None:
    """Write the frames as an Excel workbook in the form's own layout, a DuckDB file, CSV or Parquet; or the panel."""
    from govinfo.export import export as export_to

    say(f"Written to {escape(str(export_to(corpus_in(folder, corrections), output, kind, lang=lang)))}.")


@app.command()
def links(
    pages: Annotated[list[Path], typer.Argument(metavar="PAGE...", help="Saved pages that list annual reports.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="The list, as CSV.")] = Path(
        "links.csv"
    ),
    base: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where the pages come from, if they do not say it themselves.")
    ] = "",
) -> None:
    """Turn saved index pages into the list of addresses that fetch takes."""
    from govinfo.fetch.links import lists_of

    listed, errors = lists_of(pages, base)
    for error in errors:
        complain(str(error))
    if listed.empty:
        raise typer.Exit(1)
    write_table(listed, output)
    say(f"{len(listed)} reports of {listed['agency'].nunique()} agencies. Written to {escape(str(output))}.")
    say("Look it through, then fetch them with: govinfo fetch " + escape(str(output)))
    raise typer.Exit(1 if errors else 0)


@app.command()
def fetch(
    manifest: Annotated[Path, typer.Argument(metavar="MANIFEST", help="A CSV with the columns agency, year and url.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="Folder for the files.")] = Path(
        "data/raw"
    ),
    delay: Annotated[float, typer.Option(help="Seconds between two requests to one host.")] = 2.0,
    private: Annotated[
        bool, typer.Option("--allow-private", help="Addresses that are not of the public internet too: an intranet.")
    ] = False,
) -> None:
    """Download the reports of a list, politely: robots.txt, a delay per host, no overwriting."""
    from govinfo.fetch import fetch as fetch_from

    log = fetch_from(manifest, output, delay=delay, allow_private=private)
    print_fetched(log)
    raise typer.Exit(1 if log["status"].isin(["failed", "refused"]).any() else 0)
