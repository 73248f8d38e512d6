"""What the commands of this folder write into the documents, each between two marks of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def write_between_marks(page: str | Path, command: str, lines: Sequence[str]) -> None:
    """Puts lines where a page, by its path from the documents, has the marks of a command, in place of those of
    before."""
    path = DOCS / page
    text = path.read_text(encoding="utf-8")
    made = re.compile(rf"(<!-- made by {re.escape(command)} -->\n).*?(<!-- end -->)", re.DOTALL)
    table = "\n".join(lines)
    path.write_text(made.sub(lambda found: f"{found[1]}\n{table}\n\n{found[2]}", text, count=1), encoding="utf-8")
