"""The commands of govinfo: words on a terminal in, calls of the library and plain sentences out."""

from govinfo.cli import invented, people  # noqa: F401  # their commands join the others
from govinfo.cli.commands import app, main

__all__ = ["app", "main"]
