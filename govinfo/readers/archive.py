"""Archives (zip, tar, tar.gz) -> the files in them, as if they lay in a folder.

Whoever packs an archive decides what it unpacks to, so everything is limited: members, bytes, archives in archives.
"""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from govinfo.errors import FileUnreadable, GovinfoError, NothingToRead, PassedOver
from govinfo.readers.listing import HINT, listing
from govinfo.readers.sniff import is_tar, kind_of
from govinfo.readers.unpacking import BROKEN

MOST_MEMBERS = 10_000
MOST_BYTES = 2 * 1024**3
LARGEST_MEMBER = 256 * 1024**2
DEEPEST = 2
"""Archives that may stand within each other."""

Source = tuple[str, bytes | GovinfoError]
"""A file by its name and bytes, or what stands against reading it."""

_UNPACK = "Unpack it and give the files in it."
_ENCRYPTED = 0x1
_UTF8 = 0x800


@dataclass
class Limits:
    """What is left of the limits while an archive and those within it are read."""

    members: int = MOST_MEMBERS
    size: int = MOST_BYTES

    def take(self, size: int) -> None:
        """Counts a member of so many bytes. Raises FileUnreadable where it goes beyond the limits."""
        self.members -= 1
        self.size -= size
        if self.members < 0 or self.size < 0 or size > LARGEST_MEMBER:
            raise FileUnreadable("The archive unpacks to more than is read from one.", hint=_UNPACK)


@dataclass
class Archive:
    """The members of an archive: name to size, and how to unpack one."""

    sizes: dict[str, int]
    unpack: Callable[[str], bytes]
    locked: frozenset[str] = field(default_factory=frozenset)


def sources_in(data: bytes, name: str) -> Iterator[Source]:
    """A file itself, or the files in an archive as ``archive.zip#folder/name``; archives in archives likewise.

    Members that are no reports by their names, those behind a password and those that are broken come with an error.
    """
    return _sources(data, name, 1, Limits())


def _sources(data: bytes, name: str, depth: int, limits: Limits) -> Iterator[Source]:
    if not is_archive(data):
        yield name, data
        return
    if depth > DEEPEST:
        yield name, FileUnreadable("An archive within an archive within another.", hint=_UNPACK)
        return
    try:
        archive = opened(data)
    except GovinfoError as error:
        yield name, error
        return
    except BROKEN:
        yield name, FileUnreadable("The archive is broken or cut short.", hint="Fetch it again.")
        return
    found = listing(archive.sizes)
    for passed, why in found.passed_over:
        yield f"{name}#{passed}", PassedOver(f"Passed over: {why}.", hint=HINT)
    if not found.wanted:
        yield name, NothingToRead("The archive holds no file that may be a report.", hint="Look into it.")
    for member in found.wanted:
        inside = member_of(archive, member, limits)
        if isinstance(inside, bytes):
            yield from _sources(inside, f"{name}#{member}", depth + 1, limits)
        else:
            yield f"{name}#{member}", inside


def is_archive(data: bytes) -> bool:
    """Whether the bytes are an archive of files, and not one that an office program makes of a document."""
    return (data.startswith(b"PK") or is_tar(data)) and kind_of(data) == "archive"


def member_of(archive: Archive, name: str, limits: Limits) -> bytes | GovinfoError:
    """The bytes of a member, or what stands against reading it."""
    if name in archive.locked:
        return FileUnreadable(
            "The member of the archive is protected by a password.", hint="Unpack it with the password."
        )
    try:
        limits.take(archive.sizes[name])
        return archive.unpack(name)
    except GovinfoError as error:
        return error
    except NotImplementedError:
        return FileUnreadable("The member is packed in a way that is not read here.", hint=_UNPACK)
    except BROKEN:
        return FileUnreadable("The member of the archive is broken.", hint="Fetch the archive again.")


def opened(data: bytes) -> Archive:
    """The members of an archive, without folders and links."""
    return opened_tar(data) if is_tar(data) else opened_zip(data)


def opened_zip(data: bytes) -> Archive:
    """A zip archive."""
    file = zipfile.ZipFile(io.BytesIO(data))
    members = {name_of(member): member for member in file.infolist() if not member.is_dir()}
    return Archive(
        sizes={name: member.file_size for name, member in members.items()},
        unpack=lambda name: file.read(members[name]),
        locked=frozenset(name for name, member in members.items() if member.flag_bits & _ENCRYPTED),
    )


def opened_tar(data: bytes) -> Archive:
    """A tar archive, compressed or not. Raises FileUnreadable, while it is listed, for one beyond the limits."""
    file = tarfile.open(fileobj=io.BytesIO(data), mode="r:*")  # noqa: SIM115
    limits, members = Limits(), {}
    for member in file:
        limits.take(0 if not member.isreg() else member.size)
        if member.isreg():
            members[member.name.removeprefix("./")] = member

    def unpack(name: str) -> bytes:
        stream = file.extractfile(members[name])
        return stream.read() if stream else b""

    return Archive({name: member.size for name, member in members.items()}, unpack)


def name_of(member: zipfile.ZipInfo) -> str:
    """The name of a member of a zip archive. Without the mark for UTF-8 it is in the packer's own encoding: UTF-8 all
    the same, or that of Chinese Windows."""
    if member.flag_bits & _UTF8:
        return member.filename.replace("\\", "/")
    raw = member.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return member.filename


def member_named(data: bytes, source: str) -> bytes:
    """The bytes of the file that ``source`` names: those given, or of the member of the archive that they are."""
    if "#" not in source or not is_archive(data):
        return data
    files = ((name, found) for name, found in sources_in(data, source.partition("#")[0]) if isinstance(found, bytes))
    # A number behind the name says which report of that file it is.
    return next((found for name, found in files if re.fullmatch(rf"{re.escape(name)}(?:#\d+)?", source)), data)
