"""Which files of a folder or an archive are no reports, told by their names alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

HIDDEN = (".", "__MACOSX")
HIDDEN_NAMES = frozenset({"thumbs.db", "desktop.ini"})
LOCK = ("~$", ".~lock")
OWN = "_"
"""How the names of files and folders begin that are no reports."""

LISTS = frozenset({".csv", ".tsv", ".parquet", ".toml", ".yml", ".yaml", ".py", ".ipynb", ".duckdb", ".log"})
"""Suffixes of lists, tables and programs that lie beside reports."""

MAYBE_LISTS = frozenset({".json", ".js", ".xlsx", ".xlsm", ".xls", ".et", ".zip", ".gz", ".tgz", ".tar"})
"""Suffixes of what may be a report or a list: it is read, and passed over where no report is in it."""

PAGES = frozenset({".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"})
BESIDE_A_PAGE = ("_files", ".files", "_文件", ".fld")
"""How the folder of a saved page ends: its pictures, scripts and styles."""

HINT = "Give it by its own name if it is a report."


@dataclass(frozen=True, slots=True)
class Listing:
    """``wanted``: the names to read, sorted. ``passed_over``: what is no report by its name, with the reason; a
    folder's name ends with "/"."""

    wanted: tuple[str, ...]
    passed_over: tuple[tuple[str, str], ...]


def listing(names: Iterable[str]) -> Listing:
    """Names, relative to their folder and parted by "/", into those to read and those to pass over.

    A folder that is passed over has one line, with the number of files in it.
    """
    paths = [str(PurePosixPath(name)) if "/" in name else name for name in sorted(names)]
    pages = {path.removesuffix(suffix) for path in paths if (suffix := suffix_of(path)).lower() in PAGES}
    wanted: list[str] = []
    files: list[tuple[str, str]] = []
    folders: dict[str, list[str]] = {}
    for path in paths:
        folder, why = folder_of(path, pages)
        if folder:
            folders.setdefault(f"{folder}/", [why]).append(path)
        elif why := reason(path.rpartition("/")[2]):
            files.append((path, why))
        else:
            wanted.append(path)
    lines = [(folder, f"{why}, {counted(len(inside))}") for folder, (why, *inside) in folders.items()]
    return Listing(tuple(wanted), tuple(sorted([*files, *lines])))


def counted(number: int) -> str:
    """So many files, in words."""
    return "1 file" if number == 1 else f"{number} files"


def suffix_of(path: str) -> str:
    """How the name of a file ends, from its last point on; "" where it has none or begins or ends with it."""
    name = path.rpartition("/")[2]
    at = name.rfind(".")
    return name[at:] if 0 < at < len(name) - 1 else ""


def folder_of(path: str, pages: set[str]) -> tuple[str, str]:
    """The outermost folder over a file that is passed over as a whole, and why; "" where there is none."""
    if "/" not in path:
        return "", ""
    for folder in reversed(PurePosixPath(path).parents[:-1]):
        if folder.name.startswith(HIDDEN):
            return str(folder), "a hidden folder"
        if folder.name.startswith(OWN):
            return str(folder), 'a folder whose name begins with "_"'
        if any(folder.name.endswith(end) and str(folder)[: -len(end)] in pages for end in BESIDE_A_PAGE):
            return str(folder), "the pictures and scripts of a saved page"
    return "", ""


def reason(name: str) -> str:
    """Why a file is no report by its name; "" for one that may be."""
    if name.startswith(LOCK):
        return "a lock of an office program"
    if name.startswith(HIDDEN) or name.lower() in HIDDEN_NAMES:
        return "a hidden file"
    if name.startswith(OWN):
        return 'a file whose name begins with "_"'
    return "a list, a table or a program beside the reports" if suffix_of(name).lower() in LISTS else ""


def may_be_a_list(name: str) -> bool:
    """Whether a file may as well be a list beside the reports as a report."""
    return suffix_of(name).lower() in MAYBE_LISTS
