"""What the commands print on the terminal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govinfo.checks import check
from govinfo.corpus import Built, Description, cells_of, differences, frame_in
from govinfo.corrections import changed, decided
from govinfo.errors import PassedOver
from govinfo.report import Report
from govinfo.tables.display import Record, by_column, shown

if TYPE_CHECKING:
    from govinfo.evidence import Evidence

out = Console()
err = Console(stderr=True)

MOST_NAMED = 8
"""Files of one reason that are named where nothing is wrong with them."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that a page or the name of a file could command the terminal with."""


def named(name: object) -> str:
    """The name of a file on one line, as text that the terminal shows as it is."""
    return escape(" ".join(str(name).split("\n")))


def say(text: str) -> None:
    """One line on standard output, not broken at the width of the terminal."""
    out.print(CONTROL.sub("", text), highlight=False, soft_wrap=True)


def complain(text: str) -> None:
    """What went wrong, on standard error."""
    err.print(f"[red]{escape(CONTROL.sub('', text))}[/red]", soft_wrap=True)


def print_summary(built: Built) -> int:
    """What was read, what is doubtful, and what could not be read and why; returns how many files were not read."""
    reports, problems = frame_in(built.folder, "reports"), frame_in(built.folder, "problems")
    unread = problems[problems["stage"] != PassedOver.stage]
    cells, doubtful, failing = (int(reports[name].sum()) for name in ("cells", "doubtful", "findings"))
    say(
        f"{len(reports)} reports read, {cells} cells, {doubtful} of them doubtful, "
        f"{failing} findings that fail, {len(unread)} files not read."
    )
    print_problems(problems, unread)
    print_duplicates(reports, built.folder)
    if built.why:
        say(f"Everything was read anew: {built.why}")
    elif built.remembered:
        say(f"{built.remembered} files have not changed since the build before; {built.read} were read.")
    say(f"Written to {escape(str(built.folder))}.")
    if not built.sheets:
        say("As Parquet alone; add --csv to have it as CSV too, or open it with govinfo.scan in Python.")
    return len(unread)


def print_problems(problems: pd.DataFrame, unread: pd.DataFrame) -> None:
    """The files that could not be read: where, what, what to do next; and those that were passed over, one line a
    reason."""
    for record in unread.to_dict("records"):
        error, hint = (escape(str(record[name])) for name in ("error", "hint"))
        say(f"  [yellow]{named(record['source'])}[/yellow]: {error} {hint}")
    for reason, mine in problems.drop(index=unread.index).groupby("error", sort=False)["source"]:
        more = f" and {len(mine) - MOST_NAMED} more" if len(mine) > MOST_NAMED else ""
        say(f"  {escape(str(reason))} {', '.join(map(named, mine[:MOST_NAMED]))}{more}")


def print_duplicates(reports: pd.DataFrame, folder: Path) -> None:
    """The reports in whose place another one counts, and how far they differ from it."""
    sources = reports.set_index("report_id")["source"]
    pairs = reports[reports["duplicate_of"].notna()]
    cells = cells_of(folder, {*pairs["report_id"], *pairs["duplicate_of"]})
    for record in differences(cells, reports).to_dict("records"):
        mine, other = (named(sources[record[name]]) for name in ("report_id", "duplicate_of"))
        say(
            f"  [yellow]{mine}[/yellow]: agency and year of {other}, which counts in its place; "
            f"{record['differing']} of {record['compared']} cells differ."
            f"{' Make sure that it is the same report.' if record['differing'] > record['compared'] / 2 else ''}"
        )


def print_findings(findings: pd.DataFrame) -> None:
    """The identities that fail, worst first: errors before warnings, then the larger difference."""
    failing = findings[findings["status"] == "fail"]
    worst_first = failing.assign(size=-failing["difference"].abs()).sort_values(["severity", "size"], kind="stable")
    for record in worst_first.to_dict("records"):
        colour = "red" if record["severity"] == "error" else "yellow"
        head = f"[{colour}]{record['severity']}[/{colour}] {escape(str(record['report_id']))} {record['table']}"
        say(f"{head} {escape(str(record['message']))} (difference {record['difference']:g})")
        say(f"      {escape(str(record['message_zh']))}")
    fail, unknown, hold = (int((findings["status"] == status).sum()) for status in ("fail", "unknown", "pass"))
    say(f"{fail} fail, {unknown} cannot be checked, {hold} hold.")


def print_decisions(cells: pd.DataFrame) -> None:
    """How many cells a person has decided on, which therefore count otherwise than the page prints them."""
    corrected, all_ = len(changed(cells)), len(decided(cells))
    err.print(f"{corrected} figures are corrected, {all_ - corrected} readings confirmed.", highlight=False)


def print_report(report: Report) -> None:
    """A report as the form, with its failing identities and what they prove."""
    identity = report.identity
    agency, year = escape(identity.agency or "(agency unknown)"), identity.year or "(year unknown)"
    say(f"[bold]{agency}[/bold]  {year}  form {report.form or '?'}  {escape(';'.join(report.doubts))}")
    for _, mine in report.cells.groupby("table", sort=False):
        out.print(table_of(mine))
    print_findings(check(report.cells, statements=report.statements))
    for proof in report.suggestions.to_dict("records"):
        place = escape(" ".join(str(proof[name]) for name in ("table", "row", "column")))
        say(f"[cyan]suggested[/cyan] {place}: {proof['suggested']:g}. {escape(str(proof['proof']))}")


def table_of(cells: pd.DataFrame) -> Table:
    """One table of a report for the terminal; doubtful cells are yellow."""
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
    text = escape(CONTROL.sub("", shown(record)))
    return f"[yellow]{text}[/yellow]" if record and record["doubts"] else text


def print_evidence(evidence: Evidence) -> None:
    """What is known about a cell, and every sum that it is part of."""
    say(f"[bold]{escape(evidence.head)}[/bold]")
    for name, words in evidence.facts():
        say(f"  {escape(name)}: {escape(words)}")
    for status, _, (message, message_zh) in evidence.sums():
        say(f"  {status}: {escape(message)}")
        say(f"      {escape(message_zh)}")


def print_description(described: Description) -> None:
    """What is in a corpus: the paragraphs, the table, what is missing."""
    say(escape(described.text))
    say(escape(described.text_zh))
    for frame in (described.table, described.missing):
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
        for name in frame.columns:
            table.add_column(str(name), justify="right" if frame[name].dtype == "Int64" else "left", overflow="fold")
        for line in frame.itertuples(index=False):
            table.add_row(*(escape(CONTROL.sub("", str(value))) for value in line))
        if len(frame):
            out.print(table)


def print_agencies(agencies: pd.DataFrame) -> None:
    """The agencies: id, names, years, and why the names are one; doubts in yellow."""
    for record in agencies.to_dict("records"):
        place = " ".join(str(record[name]) for name in ("province", "city", "county") if pd.notna(record[name]))
        doubt = f" [yellow]{escape(str(record['doubt']))}[/yellow]" if record["doubt"] else ""
        say(
            f"[bold]{escape(str(record['agency_id']))}[/bold] {escape(str(record['names']))} ({record['years']}){doubt}"
        )
        say(f"      {escape(place)}{': ' if place else ''}{escape(str(record['reason']))}")
    say(f"{len(agencies)} agencies, {int((agencies['doubt'] != '').sum())} of them in doubt.")


def print_fetched(log: pd.DataFrame) -> None:
    """What became of each line of a list of addresses."""
    for record in log.to_dict("records"):
        colour = {"saved": "green", "present": "green"}.get(record["status"], "yellow")
        words = " ".join(str(record[name]) for name in ("message", "hint") if pd.notna(record[name]) and record[name])
        where = record["file"] if pd.notna(record["file"]) and record["file"] else record["url"]
        say(f"[{colour}]{record['status']}[/{colour}] {escape(str(where))} {escape(words)}".rstrip())
    counts = log["status"].value_counts()
    say(", ".join(f"{count} {status}" for status, count in counts.items()) + ".")
