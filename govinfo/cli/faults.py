"""What reaches a user when something goes wrong: one sentence and what to do next, on any terminal."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Callable
from importlib.metadata import version

from govinfo.cli.printing import complain
from govinfo.errors import GovinfoError, UsageError

WRONG, UNREAD, INSIDE = 2, 1, 70
"""The exit status of a command that was wrong, of one that could not do all, and of an error inside govinfo."""


def run(command: Callable[[], object]) -> None:
    """Runs a command. Ends the program with a message and a status where something goes wrong."""
    suit_terminal()
    os.environ["MPLBACKEND"] = "agg"  # charts are written to files, whatever shows them elsewhere
    try:
        command()
    except UsageError as error:
        leave(str(error), WRONG)
    except GovinfoError as error:
        leave(str(error), UNREAD)
    except BrokenPipeError:
        # Whoever read the output has enough; what is still held back must not be written at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(UNREAD) from None
    except OSError as error:
        leave(f"{error}. Check the names of the files, their rights and the space.", UNREAD)
    except MemoryError:
        leave("there is not enough memory. Take fewer reports at once, or close other programs.", UNREAD)
    except Exception as error:
        leave(unexpected(error), INSIDE)


def leave(message: str, status: int) -> None:
    """Says what went wrong and ends the program."""
    complain(message)
    raise SystemExit(status) from None


def suit_terminal() -> None:
    """A terminal that cannot show a character shows its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def unexpected(error: Exception) -> str:
    """What to say of an error that nobody foresaw, and how to report it: its trace is kept in a file."""
    said = f"An error inside govinfo: {type(error).__name__}: {error}."
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="govinfo-error-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(f"govinfo {version('govinfo')}, Python {platform.python_version()}, {platform.platform()}\n")
            file.write("".join(traceback.format_exception(error)))
    except OSError:
        return f"{said} Please report it with the command and, if you may, the file that it was given."
    return f"{said} Please report it with {file.name}, the command and, if you may, the file that it was given."
