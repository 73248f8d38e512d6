"""Which files a build reads: those given, those below folders, those behind addresses; and how one is opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from govinfo.errors import FileUnreadable, GovinfoError, MissingSoftware, PassedOver, UsageError
from govinfo.files.opened import refuse_too_large, shown, whole_bytes
from govinfo.readers.listing import HINT, listing

LOOK = "Look at it, and copy it to where it can be read."


@dataclass(frozen=True, slots=True)
class Place:
    """A file to read: ``path`` to open it by (a path, or an address as s3://bucket/name), ``name`` as the frames have
    it, ``size`` in bytes and ``changed`` (nanoseconds, 0 where not known) as its folder tells them."""

    path: str
    name: str
    size: int = 0
    changed: int = 0


Problem = tuple[str, GovinfoError]
"""The name of what was not read, and why."""


def places_of(paths: Iterable[str | Path], output: Path | None = None) -> tuple[list[Place], list[Problem]]:
    """The files to read, folders in the order of their names, and what is passed over or cannot be looked into.

    Nothing is read of ``output``, the folder that is written to, should it stand in one of those given.
    Raises UsageError for a path that does not exist.
    """
    places: list[Place] = []
    problems: list[Problem] = []
    for path in paths:
        found, missed = remote(path) if is_address(path) else local(Path(path), output)
        places += found
        problems += missed
    return with_own_names(places), problems


def with_own_names(places: Iterable[Place]) -> list[Place]:
    """The files, those with the name of one before named by so much of their paths as tells them apart."""
    named: dict[str, Place] = {}
    for place in places:
        name, folders = place.name, place.path.removesuffix(place.name).strip("/").split("/")
        while name in named and folders:
            name = f"{folders.pop()}/{name}"
        if name not in named:  # else it is the very same file, given twice
            named[name] = place if name == place.name else replace(place, name=name)
    return list(named.values())


def is_address(path: str | Path) -> bool:
    """True for what fsspec opens: s3://bucket/folder, https://host/file."""
    return isinstance(path, str) and "://" in path


def local(path: Path, output: Path | None) -> tuple[list[Place], list[Problem]]:
    """A file, or those below a folder."""
    try:
        if path.is_dir():
            return below(path, output)
        if path.exists():
            return [place_of(path, shown(path.name), path.stat())], []
    except OSError as error:
        return [], [(shown(path.name), not_looked_at(error))]
    raise UsageError("no such file or folder.", where=str(path), hint="Check the path.")


def not_looked_at(error: OSError) -> FileUnreadable:
    """What is said of a file that the system lets nobody look at."""
    return FileUnreadable(f"{error.strerror or error}.", hint=LOOK)


def below(folder: Path, output: Path | None) -> tuple[list[Place], list[Problem]]:
    """The files below a folder. What is no file, as a pipe, and a folder that cannot be looked into are problems."""
    problems: list[Problem] = []

    def missed(error: OSError) -> None:
        name = shown(os.path.relpath(error.filename, folder))
        problems.append((f"{name}/", FileUnreadable(f"{error.strerror}: the folder was not looked into.", hint=LOOK)))

    files: dict[str, Place] = {}
    written = output.resolve() if output else None
    for root, folders, names in os.walk(folder, onerror=missed):
        folders[:] = [name for name in folders if Path(root, name).resolve() != written]
        inside, at = Path(root).relative_to(folder).as_posix(), os.path.join(root, "")
        for file in names:
            path, name = f"{at}{file}", shown(f"{inside}/{file}".removeprefix("./"))
            try:
                told = os.stat(path)
            except OSError as error:  # a folder may tell its names and let nobody look at the files
                if not os.path.islink(path):
                    problems.append((name, not_looked_at(error)))
                continue
            if stat.S_ISREG(told.st_mode):
                files[name] = place_of(path, name, told)
            else:
                problems.append((name, PassedOver("Passed over: no regular file.", hint=LOOK)))
    found = listing(files)
    problems += [(name, PassedOver(f"Passed over: {why}.", hint=HINT)) for name, why in found.passed_over]
    return [files[name] for name in found.wanted], problems


def place_of(path: str | Path, name: str, told: os.stat_result) -> Place:
    """The place of a file, with what its folder tells of it."""
    return Place(str(path), name, told.st_size, told.st_mtime_ns)


def remote(address: str | Path) -> tuple[list[Place], list[Problem]]:
    """A file behind an address, or those below a folder there. On the web a folder is a page that lists files, and its
    address ends with "/"; the pages that it leads to are not gone through for more."""
    system, path = opened_system(str(address))
    on_web = str(address).startswith(("http://", "https://"))
    try:
        if not path.endswith("/") and system.isfile(path):
            return [Place(str(address), as_name(path.rpartition("/")[2], on_web))], []
        told: dict[str, Any] = system.find(path, detail=True, maxdepth=1 if on_web else None)
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot be looked into: {error}.", where=str(address), hint="Check the address.") from error
    if not told:
        raise UsageError("no such file or folder.", where=str(address), hint="Check the address.")
    root = path.rstrip("/") + "/"
    files = {as_name(name.removeprefix(root), on_web): (name, facts) for name, facts in told.items()}
    found = listing(files)
    problems: list[Problem] = [(name, PassedOver(f"Passed over: {why}.", hint=HINT)) for name, why in found.passed_over]
    wanted = ((name, *files[name]) for name in found.wanted)
    return [
        Place(system.unstrip_protocol(at), name, int(facts.get("size") or 0)) for name, at, facts in wanted
    ], problems


def as_name(name: str, on_web: bool) -> str:
    """A name as people write it; an address on the web has its Chinese in percent signs."""
    return unquote(name) if on_web else name


def opened_system(address: str) -> tuple[Any, str]:
    """The file system of an address and the path there. Raises MissingSoftware, UsageError for one not known."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingSoftware(
            "addresses are opened by fsspec, which is not installed.",
            where=address,
            hint="pip install 'govinfo[dask]'",
        ) from error
    try:
        system, path = url_to_fs(address)
    except (ValueError, ImportError) as error:
        raise UsageError(f"cannot be opened: {error}.", where=address, hint="Check the address.") from error
    return system, path


def bytes_of(path: str, most: int) -> bytes:
    """The bytes of a file. Raises FileUnreadable for one of more than ``most`` bytes, and for what is no regular
    file."""
    return refuse_too_large(remote_bytes(path, most), most) if is_address(path) else whole_bytes(path, most)


def remote_bytes(address: str, most: int) -> bytes:
    """The bytes behind an address, one more than ``most`` at most."""
    system, path = opened_system(address)
    with system.open(path, "rb") as file:
        data: bytes = file.read(most + 1)
        return data
