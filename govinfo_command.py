"""Where the command ``govinfo`` begins. Outside the package, whose modules take most of a second to load: whoever stops
the command in that time is shown no trace either."""

from __future__ import annotations

STOPPED = 130
"""The exit status of a program that was stopped from the keyboard, as shells count it."""


def main() -> None:
    """Loads the command line and runs it."""
    try:
        from govinfo.cli import main as command
    except KeyboardInterrupt:
        raise SystemExit(STOPPED) from None
    command()
