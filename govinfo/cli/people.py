"""The commands of those who settle what is in doubt."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from govinfo.cli.commands import CorrectionsFile, Folder, app, corpus_in
from govinfo.cli.printing import err, print_description, say

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
    with err.status("Drawing the places.") as shown:
        write_list(
            listed,
            places_in(corpus, folder, files),
            output,
            lambda done, of: shown.update(f"Drawing the places: {done} of {of}."),
        )
    counts = listed["what"].value_counts()
    say(", ".join(f"{number} {what}s" for what, number in counts.items()) or "Nothing is in doubt.")
    say(f"Written to {escape(str(output))}. Fill in corrected, reason and checked_by, then for instance:")
    say(f"    govinfo check {escape(str(folder))} --corrections {escape(str(output))}")


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
