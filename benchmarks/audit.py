"""Audits the data set that ships against the figures read from its pages by hand: `make audit`.

Draws the sample of `govinfo audit data/processed --seed 1`, looks every cell up in tests/data/truth, writes the
decisions to data/audit.csv and what they say into docs/audit.md. Both are made from the data alone: run again, nothing
changes.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from by_hand import Key, figures_by_hand, squash  # noqa: E402 - the figures by hand are the tests' own

from govinfo import load  # noqa: E402
from govinfo.review import Audit, audit, sample, session  # noqa: E402
from govinfo.review.session import Line  # noqa: E402

WHO = "figures read by hand (tests/data/truth)"
CELLS, SEED = 300, 1
FILE = ROOT / "data" / "audit.csv"
DOCUMENT = ROOT / "docs" / "audit.md"
BEGIN, END = "<!-- audit: made by benchmarks/audit.py -->\n", "<!-- end of audit -->"


def key_of(line: Line) -> Key:
    """The cell of a line as the figures by hand name it."""
    row = squash(line["label"] or "") if line["table"] == "statistics" else line["row"]
    return line["table"], row, line["column"]


def audited(path: Path) -> Audit:
    """The audit, its decisions written to a file."""
    path.unlink(missing_ok=True)
    kept = session(sample(load(ROOT / "data" / "processed"), CELLS, SEED), path, WHO)
    truth = {file.stem: figures_by_hand(file) for file in sorted((ROOT / "tests" / "data" / "truth").glob("*.csv"))}
    decided = [decision_of(line, truth) for line in kept.lines]
    kept.keep(
        [{**line, **told, "step": at} for at, (line, told) in enumerate(zip(kept.lines, decided, strict=True), 1)]
    )
    return audit(path)


def decision_of(line: Line, truth: dict[str, dict[Key, float | None]]) -> Line:
    """What the figures by hand say about a cell. A cell that they do not have cannot be told."""
    figures, key = truth.get(Path(line["report"]).stem, {}), key_of(line)
    if key not in figures:
        return {"corrected": "cannot be told", "reason": "not among the figures by hand", "who": WHO}
    figure = figures[key]
    if figure == line["value"]:
        return {"corrected": "as printed", "who": WHO}
    return {
        "corrected": "blank" if figure is None else f"{figure:.12g}",
        "reason": "the figure read by hand",
        "who": WHO,
    }


def document(found: Audit) -> str:
    """docs/audit.md with what was found."""
    before, rest = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)
    names = list(found.rates.columns)
    lines = [names, ["---"] * len(names), *found.rates.astype("string").to_numpy().tolist()]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return f"{before}{BEGIN}\n{found.text}\n\n{found.text_zh}\n\n{table}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    result = audited(FILE)
    DOCUMENT.write_text(document(result), encoding="utf-8")
    print(result)
