"""Measures how well each layout is read, and writes docs/accuracy.md.

    make accuracy

The first table reads the excerpts of real reports in data/raw against figures read from the pages by hand
(tests/data/truth). The second prints random, consistent forms (tests/render) in every layout (govinfo/render) and
reads them back.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

from govinfo.render import LAYOUTS
from govinfo.report import Report, read_report, report_of

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from by_hand import Key, figures_by_hand, figures_read  # noqa: E402 - the tests' own
from render import random_form, render_picture, truth, worth  # noqa: E402 - the random forms are the tests' own

FORMS = 10
"""Random forms of each year's kind that are printed in each layout."""

PICTURES = 1
"""The same for pictures, which are slow to read."""

HEAD = """| layout | cells | right | of these doubtful | open | wrong, doubtful | wrong, silent | accuracy |
|---|---|---|---|---|---|---|---|"""
PAGE = """# Accuracy, layout by layout

This page is made by `make accuracy`, which runs `benchmarks/accuracy.py`.

A cell counts where the page prints a figure. **Right**: the same figure. **Open**: no figure was taken, and a
doubt says why. **Wrong, silent**: another figure without a doubt, the worst fault there can be; a figure where the page
prints none counts too.

## Real reports

Made by `make accuracy`: excerpts of real reports in `data/raw`, against figures read from the pages by hand
(`tests/data/truth`).

{head}
{real}

## Random forms

Made by `make accuracy`: {forms} random, consistent forms of each of the forms of 2019 and 2021, printed in each
layout and read back ({pictures} for the picture). A layout that loses spans, gaps or blanks leaves cells that nothing
on the page decides: they stay open.

{head}
{random}
"""


def main() -> None:
    """Writes docs/accuracy.md and says what the worst fault counts."""
    real, silent_real = table(
        {
            f"{layout} ({path.stem})": [score(read_report(path), figures_by_hand(by_hand(path)))]
            for path, layout in reports()
        }
    )
    drawn, silent_drawn = table({layout: list(scores_of(layout)) for layout in [*LAYOUTS, "picture"]})
    page = PAGE.format(head=HEAD, real=real, random=drawn, forms=FORMS, pictures=PICTURES)
    (ROOT / "docs" / "accuracy.md").write_text(page, encoding="utf-8")
    print(f"docs/accuracy.md written; wrong in silence: {silent_real} real, {silent_drawn} random")


def reports() -> list[tuple[Path, str]]:
    """The excerpts with the layouts that they came in."""
    raw = ROOT / "data" / "raw"
    with (raw / "sources.csv").open(encoding="utf-8-sig", newline="") as lines:
        return sorted((raw / line["file"], line["layout"]) for line in csv.DictReader(lines))


def by_hand(path: Path) -> Path:
    """The file of figures read by hand for a report."""
    return ROOT / "tests" / "data" / "truth" / f"{path.stem}.csv"


def scores_of(layout: str) -> Iterable[Counter[str]]:
    """The scores of random forms printed in a layout."""
    render, count = (render_picture, PICTURES) if layout == "picture" else (LAYOUTS[layout], FORMS)
    for code in ("2019", "2021"):
        for seed in range(count):
            rng = Random(f"{layout}/{code}/{seed}")
            form = random_form(rng, code)
            yield score(report_of(*render(form, rng)), {key: worth(text) for key, text in truth(form).items()})


def score(report: Report, printed: Mapping[Key, float | None]) -> Counter[str]:
    """How many cells are right, open or wrong."""
    found = figures_read(report.cells)
    counts: Counter[str] = Counter()
    for key, want in printed.items():
        got, doubts = found.get(key, (None, ""))
        doubtful = bool(doubts)
        if want is None:
            counts["invented" if doubtful else "silent"] += got is not None
            continue
        right = got is not None and abs(got - want) < 1e-6
        counts["cells"] += 1
        counts["right"] += right
        counts["right doubtful"] += right and doubtful
        counts["open"] += got is None
        counts["wrong doubtful"] += got is not None and not right and doubtful
        counts["silent"] += got is not None and not right and not doubtful
    return counts


def table(scores: Mapping[str, list[Counter[str]]]) -> tuple[str, int]:
    """The lines of a table of scores with their sum, and how many figures are wrong in silence."""
    totals = {name: sum(counts, Counter()) for name, counts in scores.items()}
    whole = sum(totals.values(), Counter())
    return "\n".join(line(name, counts) for name, counts in [*totals.items(), ("**all**", whole)]), whole["silent"]


def line(name: str, counts: Counter[str]) -> str:
    """One line of a table of scores."""
    shown = [counts[each] for each in ("cells", "right", "right doubtful", "open", "wrong doubtful", "silent")]
    return f"| {name} | {' | '.join(map(str, shown))} | {counts['right'] / counts['cells']:.4f} |"


if __name__ == "__main__":
    main()
