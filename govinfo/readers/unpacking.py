"""What the standard library raises over a broken zip or tar archive."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib

BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,  # a member that stands before the begin of the file
    KeyError,  # a member that is not there
    RuntimeError,  # a member under a password, or packed in a way that is not known
)
