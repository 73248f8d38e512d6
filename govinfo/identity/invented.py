"""Which agencies are invented: no place in China bears the mark that the name of every invented one begins with."""

from __future__ import annotations

INVENTED = "虚构"
"""What names of invented agencies begin with (fictitious)."""


def is_invented(agency: str | None) -> bool:
    """True for the name of an agency that ``govinfo synth`` or ``govinfo.synthetic`` made up."""
    return bool(agency) and str(agency).startswith(INVENTED)
