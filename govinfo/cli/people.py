"""The commands of those who settle what is in doubt."""

from __future__ import annotations

import re
import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from govinfo.cli.commands import CorrectionsFile, Folder, app, corpus_in
from govinfo.cli.printing import complain, err, print_description, say
from govinfo.errors import UsageError
from govinfo.files.sheet_text import write_table

if TYPE_CHECKING:
    from govinfo.review import Places, Session

Files = Annotated[
    Path | None,
    typer.Option("--files", metavar="FOLDER", help="Where the report files are.  [default: where build found them]"),
]


@app.command()
def doubts(
    folder: Folder,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="A .xlsx file with pictures, or a .csv file.")
    ] = Path("check.xlsx"),
    files: Files = None,
    corrections: CorrectionsFile = None,
) -> None:
    """List what a person should check, worst first, as a file that is a list of corrections when it is filled in."""
    from govinfo.review import places_in, queue, write_list

    corpus = corpus_in(folder, corrections)
    listed = queue(corpus)
    places = found_places(places_in(corpus, folder, files))
    with err.status("Drawing the places.") as shown:
        write_list(
            listed,
            places,
            output,
            lambda done, of: shown.update(f"Drawing the places: {done} of {of}."),
        )
    counts = listed["what"].value_counts()
    say(", ".join(f"{number} {what}s" for what, number in counts.items()) or "Nothing is in doubt.")
    say(f"Written to {escape(str(output))}. Fill in corrected, reason and checked_by, then for instance:")
    say(f"    govinfo check {escape(str(folder))} --corrections {escape(str(output))}")


def found_places(places: Places) -> Places:
    """The places of figures; says which files are not to be found."""
    if lost := places.lost():
        complain(f"{len(lost)} files are not to be found, as {lost[0]}. Say where they are: --files FOLDER.")
    return places


Who = Annotated[str, typer.Option(metavar="NAME", help="Who decides: a name or initials.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port of this machine.  [default: one that is free]")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")]


@app.command()
def review(
    folder: Folder,
    who: Who,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="The file of decisions (CSV).  [default: review-NAME.csv]"),
    ] = None,
    files: Files = None,
    port: Port = 0,
    browser: Browser = True,
) -> None:
    """Decide one doubtful figure after the other in the browser, with its place on the page; end with Ctrl-C.

    Every decision is in the file at once; started again, the review goes on where it was. The file is a list of
    corrections. A second person gives another name and sees nothing of the first.
    """
    from govinfo.review import places_in, queue, session

    corpus = corpus_in(folder)
    name = re.sub(r"[^\w.-]+", "_", who)
    path = output or Path(f"review-{name}.csv")
    places = found_places(places_in(corpus, folder, files))
    shown_until_ended(session(queue(corpus), path, who), places, port, browser)
    say(f"They count with: govinfo check {escape(str(folder))} --corrections {escape(str(path))}")


def shown_until_ended(kept: Session, places: Places, port: int, browser: bool) -> None:
    """Serves a review until Ctrl-C, and says how far it came."""
    from govinfo.review import Screen, serving

    with serving(Screen(kept, places), port) as server, suppress(KeyboardInterrupt):
        say(f"{kept.done} of {len(kept.lines)} are decided. Go on in the browser, end with Ctrl-C:")
        say(f"    {server.address}")
        sys.stdout.flush()
        if browser:
            webbrowser.open(server.address)
        threading.Event().wait()
    say(f"{kept.done} of {len(kept.lines)} are decided, all in {escape(str(kept.path))}.")


@app.command()
def agreement(
    first: Annotated[Path, typer.Argument(metavar="A", help="The review of one person.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The review of another.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUT", help="Write the cells that differ, as CSV.")
    ] = None,
) -> None:
    """Say how far two reviews agree: per cent, Cohen's kappa, and the cells on which they differ."""
    from govinfo.review import agreement as agreement_of

    found = agreement_of(first, second)
    say(escape(str(found)))
    for one in found.differences.to_dict("records"):
        place = " ".join(str(one[name]) for name in ("report", "table", "row", "column"))
        answers = (f"{who} {one[f'answer_{who.lower()}']} {one[f'reason_{who.lower()}']}".strip() for who in "AB")
        say(escape(f"  {place}: printed {one['expected'] or 'nothing'}; {'; '.join(answers)}"))
    if output:
        write_table(found.differences, output)
        say(f"Written to {escape(str(output))}.")


@app.command()
def audit(
    folder: Folder,
    number: Annotated[int, typer.Option("--n", "-n", min=1, help="How many cells.")] = 300,
    seed: Annotated[int, typer.Option(min=0, help="The same seed draws the same cells.")] = 1,
    by: Annotated[str, typer.Option(metavar="STRATA", help="Strata, by commas: layout, doubt.")] = "",
    who: Annotated[
        str, typer.Option(metavar="NAME", help="Who checks; without it, the result of what is checked is printed.")
    ] = "",
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="The file of the sample (CSV).")] = Path(
        "audit.csv"
    ),
    files: Files = None,
    port: Port = 0,
    browser: Browser = True,
) -> None:
    """Draw a random sample of cells, check them against the pages, and state the error rate with its exact bound."""
    from govinfo.review import audit as audit_of
    from govinfo.review import places_in, refuse_other_sample, sample, session

    if who:
        corpus = corpus_in(folder)
        drawn = sample(corpus, number, seed, [one.strip() for one in by.split(",") if one.strip()])
        kept = session(drawn, output, who)
        refuse_other_sample(kept.lines, drawn, output)
        shown_until_ended(kept, found_places(places_in(corpus, folder, files)), port, browser)
    elif not output.exists():
        raise UsageError("nothing is checked yet.", where=str(output), hint="Say who checks: --who NAME.")
    say(escape(str(audit_of(output))))


@app.command()
def describe(folder: Folder, corrections: CorrectionsFile = None) -> None:
    """Say what is in a data set: a paragraph, a table, and what is missing for a balanced panel."""
    print_description(corpus_in(folder, corrections).describe())


@app.command()
def cite(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Your data set.  [default: the one that ships]")
    ] = None,
    corrections: CorrectionsFile = None,
) -> None:
    """Say how to cite a data set: version, date, SHA-256 of the frames, BibTeX and GB/T 7714."""
    from govinfo.datasets import cite as citation

    corpus = corpus_in(folder, corrections) if folder else None
    say(escape(str(citation(corpus))))
