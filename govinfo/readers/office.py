"""Files of old office programs (.doc, .wps, RTF) -> Document, converted to DOCX by LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from govinfo.document import Document
from govinfo.errors import FileUnreadable, MissingSoftware
from govinfo.files.apart import without_memory_limit
from govinfo.readers.docx import read_docx

TIME_LIMIT = 60.0
"""Seconds that a conversion may take; a report takes a few."""

_MEND = "Open it in LibreOffice, WPS or Word and save it as .docx or PDF."

# Files come from anywhere: no macro runs, no link is followed. "Final" settings cannot be changed by a document.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:finalized="true"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:finalized="true"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:finalized="true"><value>true</value></prop>
</item>
</oor:items>
"""


def read_office(data: bytes, suffix: str = ".doc") -> Document:
    """Read a .doc, .wps or RTF file; ``suffix`` helps LibreOffice where the content leaves the type open.

    Raises ``MissingSoftware`` where LibreOffice is not installed, and ``FileUnreadable`` where it cannot convert
    the file or takes too long.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingSoftware(
            "This is a file of an old office program (.doc, .wps or RTF); to read it needs LibreOffice.",
            hint="Install LibreOffice Writer (Debian, Ubuntu: apt install libreoffice-writer-nogui; else from "
            "libreoffice.org), or open the file in WPS or Word and save it as .docx.",
        )
    if not data:
        raise FileUnreadable("The file is empty.", hint="Fetch it again.")
    with TemporaryDirectory(prefix="govinfo-", ignore_cleanup_errors=True) as folder:
        return replace(read_docx(_converted(program, data, suffix, Path(folder))), reader="office")


def _converted(program: str, data: bytes, suffix: str, folder: Path) -> bytes:
    """The DOCX that LibreOffice makes of a file, with ``folder`` for its settings and both files."""
    source = folder / f"report{suffix}"
    source.write_bytes(data)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    made = folder / "converted" / "report.docx"
    _run(
        [
            program,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            "docx:Office Open XML Text",
            "--outdir",
            str(made.parent),
            str(source),
        ]
    )
    if not made.exists():  # LibreOffice often ends well though it has converted nothing
        raise FileUnreadable("LibreOffice cannot convert the file: it is broken or of another type.", hint=_MEND)
    return made.read_bytes()


def _run(command: list[str]) -> None:
    """Run a program; when the time is over end it with all that it has started."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name == "posix",
        preexec_fn=without_memory_limit if os.name == "posix" else None,
    ) as process:
        try:
            process.wait(TIME_LIMIT)
        except subprocess.TimeoutExpired as error:
            raise FileUnreadable(
                f"LibreOffice did not convert the file within {TIME_LIMIT:.0f} seconds.", hint=_MEND
            ) from error
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that still runs, and its children: ``soffice`` only starts the program that does the work."""
    if process.poll() is not None:
        return
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
