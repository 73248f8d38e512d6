"""The commands: govinfo build | show | check.

Exit status: 0 all read, 1 some files could not be read (the rest is written), 2 the command was wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from govinfo.checks import check as check_cells
from govinfo.corpus import Corpus, load, read_reports
from govinfo.display import Record, by_column, shown
from govinfo.errors import GovinfoError, UsageError
from govinfo.report import Report, read_report

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Annual reports on government information disclosure in China as tidy data.",
)
out = Console()
err = Console(stderr=True)


def main() -> None:
    """The entry point of the command line."""
    try:
        app()
    except UsageError as error:
        err.print(f"[red]{escape(str(error))}[/red]")
        raise SystemExit(2) from None
    except GovinfoError as error:
        err.print(f"[red]{escape(str(error))}[/red]")
        raise SystemExit(1) from None


@app.command()
def build(
    sources: Annotated[
        list[Path] | None, typer.Argument(metavar="SOURCE...", help="Report files or folders.  [default: data/raw]")
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="Folder for the frames.")] = Path(
        "data/processed"
    ),
) -> None:
    """Read reports and write cells, reports, findings, sections and problems as CSV and Parquet."""
    with Progress(console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task("reading", total=None)
        corpus = read_reports(
            sources or [Path("data/raw")], progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
    folder = corpus.save(output)
    print_summary(corpus, folder)
    raise typer.Exit(1 if len(corpus.problems) else 0)


@app.command()
def show(file: Annotated[Path, typer.Argument(metavar="FILE", help="A report file.")]) -> None:
    """Print one report as tables; doubtful cells are coloured."""
    report = read_report(file)
    print_report(report)


@app.command()
def check(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder that govinfo build wrote, or one of reports.")
    ],
) -> None:
    """Print the identities that fail, the largest difference first, and how many could not be checked."""
    corpus = load(folder) if (folder / "cells.parquet").is_file() else read_reports(folder)
    print_findings(corpus.findings)
    print_problems(corpus)
    raise typer.Exit(1 if len(corpus.problems) else 0)


def print_summary(corpus: Corpus, folder: Path) -> None:
    """What was read, what is doubtful, and what could not be read and why."""
    flagged = int((corpus.cells["flags"] != "").sum())
    failing = int((corpus.findings["status"] == "fail").sum())
    say(
        f"{len(corpus.reports)} reports read, {len(corpus.cells)} cells, {flagged} of them flagged, "
        f"{failing} findings that fail, {len(corpus.problems)} files not read."
    )
    print_problems(corpus)
    say(f"Written to {escape(str(folder))}.")


def print_problems(corpus: Corpus) -> None:
    """The files that could not be read: where, what, what to do next."""
    for record in corpus.problems.to_dict("records"):
        source, error, hint = (escape(str(record[name])) for name in ("source", "error", "hint"))
        say(f"  [yellow]{source}[/yellow]: {error} {hint}")


def print_findings(findings: pd.DataFrame) -> None:
    """The identities that fail, worst first."""
    failing = findings[findings["status"] == "fail"]
    worst_first = failing["difference"].abs().sort_values(ascending=False, kind="stable").index
    for record in failing.loc[worst_first].to_dict("records"):
        report, message = escape(str(record["report_id"])), escape(str(record["message"]))
        say(f"[red]fail[/red] {report} {record['table']} {message} (difference {record['difference']:g})")
    fail, unknown, hold = (int((findings["status"] == status).sum()) for status in ("fail", "unknown", "pass"))
    say(f"{fail} fail, {unknown} cannot be checked, {hold} hold.")


def print_report(report: Report) -> None:
    """A report as the form, with its failing identities."""
    identity = report.identity
    agency, year = escape(identity.agency or "(agency unknown)"), identity.year or "(year unknown)"
    say(f"[bold]{agency}[/bold]  {year}  form {report.form or '?'}  {escape(';'.join(report.flags))}")
    for _, mine in report.cells.groupby("table", sort=False):
        out.print(table_of(mine))
    print_findings(check_cells(report.cells))


def table_of(cells: pd.DataFrame) -> Table:
    """One table of a report for the terminal; flagged cells are yellow."""
    columns = list(dict.fromkeys(cells["column"]))
    table = Table(title=cells["table"].iloc[0], box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("row", no_wrap=True)
    for column in columns:
        table.add_column(column.replace("_", " "), justify="right", overflow="fold")
    for code, row in cells.groupby("row", sort=False):
        found = by_column(row)
        table.add_row(escape(str(code)), *(coloured(found.get(column)) for column in columns))
    return table


def coloured(record: Record | None) -> str:
    """A cell for the terminal."""
    text = escape(shown(record))
    return f"[yellow]{text}[/yellow]" if record and record["flags"] else text


def say(text: str) -> None:
    """One line on standard output, not broken at the width of the terminal."""
    out.print(text, highlight=False, soft_wrap=True)
