"""Prints the lowest versions that pyproject.toml allows of what users install, as constraints: `make oldest`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
EXTRAS = ("zh", "ocr", "export", "synth", "dask")
LOWEST = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?>=(?P<version>[\w.]+)")


def main() -> None:
    """Prints a line for each dependency."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = (one for extra in EXTRAS for one in project["optional-dependencies"][extra])
    for dependency in (*project["dependencies"], *extras):
        if found := LOWEST.match(dependency):
            print(f"{found['name']}=={found['version']}")


if __name__ == "__main__":
    main()
