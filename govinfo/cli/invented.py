"""The commands that invent: reports of no agency that exists, and sheets of exercises over them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from govinfo.cli.commands import app
from govinfo.cli.printing import say
from govinfo.errors import UsageError


@app.command()
def synth(
    number: Annotated[
        int | None, typer.Option("--number", "-n", help="How many reports, of as many agencies as that takes.")
    ] = None,
    agencies: Annotated[
        int | None,
        typer.Option("--agencies", "-a", help="How many agencies.  [default: 3, with -n as many as it takes]"),
    ] = None,
    years: Annotated[
        str, typer.Option(metavar="FIRST-LAST", help="The years that each agency reports on, as 2021-2024 or 2023.")
    ] = "2019-2025",
    level: Annotated[
        str | None, typer.Option(help="Agencies of this level alone: city, county, town or department.")
    ] = None,
    defects: Annotated[
        str, typer.Option(metavar="KIND=HOW MANY,...", help="Errors to put in, as total_zero=2,wrong_unit=1.")
    ] = "",
    formats: Annotated[
        str, typer.Option(help="Kinds of files, by commas: html, docx, txt, md, pdf.")
    ] = "html,txt,docx,pdf",
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the files.")] = Path(
        "synthetic"
    ),
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 0,
) -> None:
    """Write reports of invented agencies, no evidence about any government, as files in many layouts."""
    from govinfo.render import write_files
    from govinfo.synthetic import synthetic

    span = years_of(years)
    if number is not None and (number < 1 or agencies is not None):
        raise UsageError(
            f"{number} reports" + (f" of {agencies} agencies." if agencies is not None else "."),
            hint="Give either -n, how many reports, or --agencies and --years.",
        )
    wanted = -(-number // len(span)) if number is not None else agencies or AGENCIES_INVENTED
    made = synthetic(wanted, span, seed, defects_of(defects), level=level)
    manifest = write_files(made, [kind.strip() for kind in formats.split(",")], output, seed, most=number)
    say(f"{len(manifest)} files of invented agencies, their figures in truth.csv. Written to {escape(str(output))}.")


@app.command()
def exercises(
    students: Annotated[Path, typer.Option(metavar="LIST", help="A CSV that names the students, one a line.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="An empty or a new folder.")] = Path(
        "exercises"
    ),
    lang: Annotated[str, typer.Option(help="Language of the sheets: en or zh.")] = "en",
    seed: Annotated[int, typer.Option(help="Another seed makes other sheets of the same class.")] = 0,
    repository: Annotated[
        str, typer.Option(metavar="OWNER/NAME", help="Where the folder will be public, for Colab and Binder.")
    ] = "",
) -> None:
    """Write a sheet for each student, with invented data of their own, the answer key and a workbook for marking."""
    from govinfo.exercises import students_in, write_sheets

    named = students_in(students)
    write_sheets(named, output, seed=seed, lang=lang, repository=repository)
    say(f"{len(named)} sheets. Hand out {escape(str(output / 'students'))}; keep {escape(str(output / 'teacher'))}.")


AGENCIES_INVENTED = 3
"""Invented agencies where nobody says how many."""


def years_of(text: str) -> range:
    """The years of --years. Raises UsageError for anything but one year, or the first and the last."""
    parts = text.split("-")
    if not all(part.strip().isdecimal() for part in parts) or len(parts) > 2:
        raise UsageError(f"{text!r} are no years.", hint="Write for instance --years 2021-2024, or --years 2023.")
    return range(int(parts[0]), int(parts[-1]) + 1)


def defects_of(text: str) -> dict[str, float]:
    """The kinds and numbers of --defects; a number with a point is a share. Raises UsageError for anything else."""
    found: dict[str, float] = {}
    for one in filter(None, (part.strip() for part in text.split(","))):
        name, _, number = one.partition("=")
        try:
            found[name] = float(number) if "." in number else int(number)
        except ValueError:
            raise UsageError(f"{one!r} is no KIND=HOW MANY.", hint="Write for instance total_zero=2.") from None
    return found
