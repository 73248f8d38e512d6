"""The manifest: which reports to fetch, and the names that their files get."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pandas as pd

from govinfo.errors import FileUnreadable, UsageError
from govinfo.fetch.errors import Refused
from govinfo.files.opened import whole_bytes
from govinfo.readers.encoding import decode

COLUMNS = ("agency", "year", "url")
"""The columns that a manifest needs; others are passed over."""

YEAR = re.compile(r"(?:19|20)\d\d")

LONGEST_NAME = 60
"""Characters of an agency in a file name; a Chinese one takes three of the 255 bytes that a name may have."""

SUFFIX_OF_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-works": ".wps",
    "application/wps-office.wps": ".wps",
    "application/wps-office.doc": ".doc",
    "application/wps-office.docx": ".docx",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
}
"""The suffixes of the types of files that reports are published as."""

SUFFIXES = {*SUFFIX_OF_TYPE.values(), ".htm", ".shtml", ".jpeg", ".tiff"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the manifest, as it is written there."""

    agency: str
    year: str
    url: str


def read_manifest(manifest: str | Path | pd.DataFrame) -> list[Line]:
    """The lines of a manifest: a frame or a CSV file with the columns agency, year and url.

    Raises UsageError for missing columns, FileUnreadable for a file that cannot be read.
    """
    where = "" if isinstance(manifest, pd.DataFrame) else str(manifest)
    columns, rows = (
        records_of_frame(manifest) if isinstance(manifest, pd.DataFrame) else records_of_file(Path(manifest))
    )
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        raise UsageError(
            f"columns missing from the manifest: {', '.join(missing)}.",
            where=where,
            hint=f"It needs {', '.join(COLUMNS)}; it has {', '.join(columns) or 'none'}.",
        )
    return [Line(row["agency"], row["year"].removesuffix(".0"), row["url"]) for row in rows]


def records_of_frame(frame: pd.DataFrame) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and rows of a frame as texts; NA is an empty one."""
    rows = [
        {str(name): "" if pd.isna(value) else str(value).strip() for name, value in record.items()}
        for record in frame.to_dict("records")
    ]
    return [str(name) for name in frame.columns], rows


def records_of_file(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and rows of a CSV file in UTF-8 or a Chinese encoding; rows without any text are passed over."""
    try:
        text = decode(whole_bytes(path))
    except OSError as error:
        raise FileUnreadable(
            error.strerror or str(error), where=str(path), hint="Check the path and its rights."
        ) from error
    try:
        lines = [[value.strip() for value in line] for line in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error as error:
        raise FileUnreadable(f"is no CSV file: {error}.", where=str(path), hint="Save it as CSV in UTF-8.") from error
    columns, *rows = [line for line in lines if any(line)] or [[]]
    return columns, [dict(zip(columns, [*row, *([""] * len(columns))], strict=False)) for row in rows]


def year_of(line: Line) -> int:
    """The year of a line. Raises Refused for what is none."""
    if not YEAR.fullmatch(line.year):
        raise Refused(f"{line.year!r} is no year.", hint="Write the year reported on with four digits.")
    return int(line.year)


def stem_of(line: Line) -> str:
    """The file name of a line without its suffix: agency and year, only letters, digits and marks between them.

    It cannot lead out of a folder, hide a file or be a name that a system keeps for itself.
    """
    letters = [character if character.isalnum() else "-" for character in unicodedata.normalize("NFKC", line.agency)]
    agency = re.sub("-+", "-", "".join(letters))[:LONGEST_NAME].strip("-")
    if not agency:
        raise Refused("The line names no agency.", hint="Fill in the column agency; it names the file.")
    return f"{agency}-{year_of(line)}"


def suffix_of(content_type: str, path: str) -> str:
    """The suffix of a file: by the type that the host states, else by its address, else .bin."""
    stated = SUFFIX_OF_TYPE.get(content_type.split(";")[0].strip().lower())
    in_address = PurePosixPath(unquote(path)).suffix.lower()
    return stated or (in_address if in_address in SUFFIXES else ".bin")
