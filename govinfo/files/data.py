"""The tables of data (CSV) that stand beside the code, each in the room of the code that owns it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def read_table(room: str, name: str) -> tuple[Mapping[str, str], ...]:
    """The lines of ``govinfo/ROOM/NAME.csv``, each as a mapping from column to text."""
    text = files("govinfo").joinpath(room, f"{name}.csv").read_text(encoding="utf-8")
    return tuple(MappingProxyType(line) for line in csv.DictReader(text.splitlines()))
