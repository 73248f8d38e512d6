"""Real text dumps with one thing changed. A row is its label and the figures printed behind it, wherever line ends,
tabs and bars stand between them; the map is made from what the reader found on the unchanged dump, and compared with
the figures read by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from govinfo.report import report_of
from mutations.kinds import Expected
from mutations.pages import Key
from mutations.verdicts import Trial, value, verdict

FIGURE = re.compile(r"\d[\d.,]*")
BETWEEN = re.compile(r"[\s|]*")

Span = tuple[int, int]


@dataclass(frozen=True)
class Written:
    """A row in a dump: where its label and its figures stand, and the cells that they are."""

    label: Span
    figures: tuple[Span, ...]
    keys: tuple[Key, ...]

    def whole(self) -> Span:
        """From the label to the last figure."""
        return self.label[0], self.figures[-1][1]


@dataclass(frozen=True)
class Dump:
    """A dump, its rows, and the figures that it prints."""

    name: str
    text: str
    rows: tuple[Written, ...]
    printed: Expected


def dump_of(name: str, text: str) -> Dump:
    """The dump in a text."""
    cells = report_of(text.encode(), name).cells
    rows = []
    at = 0
    for (table, row), mine in cells.groupby(["table", "row"], sort=False):
        keys = tuple((table, row, column) for column in mine["column"])
        found = written(text, at, mine["label"].iloc[0], list(mine["raw"]), keys)
        if found and not (mine["doubts"] != "").any():
            rows.append(found)
            at = found.whole()[1]
    printed = {(cell["table"], cell["row"], cell["column"]): value(cell) for cell in cells.to_dict("records")}
    return Dump(name, text, tuple(rows), printed)


def written(text: str, start: int, label: str, raws: list[str], keys: tuple[Key, ...]) -> Written | None:
    """A row whose label and figures stand together behind a place in the text."""
    place = text.find(label, start) if label else -1
    if place < 0:
        return None
    end = place + len(label)
    figures = []
    for raw in raws:
        gap = BETWEEN.match(text, figures[-1][1] if figures else end)
        found = FIGURE.match(text, gap.end()) if gap else None
        if found is None or found[0] != raw:
            return None
        figures.append(found.span())
    return Written((place, end), tuple(figures), keys)


def replaced(dump: Dump, *changes: tuple[Span, str]) -> str:
    """The text with stretches of it replaced."""
    text = dump.text
    for (start, end), new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def figure_changed(dump: Dump, rng: Random) -> tuple[str, Expected]:
    row = rng.choice(dump.rows)
    at = rng.randrange(len(row.figures))
    new = rng.choice([0, 1, rng.randrange(2, 1000), rng.randrange(1000, 99999)])
    return replaced(dump, (row.figures[at], str(new))), {**dump.printed, row.keys[at]: float(new)}


def figure_deleted(dump: Dump, rng: Random) -> tuple[str, Expected]:
    """The figures left do not say which is gone: those of the unchanged row may stand, others only in doubt."""
    row = rng.choice([row for row in dump.rows if len(row.figures) > 1])
    at = rng.randrange(len(row.figures))
    start, end = row.figures[at]
    return replaced(dump, ((start, end), "")), {**dump.printed, row.keys[at]: None}


def figure_spelled(dump: Dump, rng: Random) -> tuple[str, Expected]:
    """A small numeral in the place of a figure."""
    row = rng.choice(dump.rows)
    at = rng.randrange(len(row.figures))
    numeral, size = rng.choice([("二", 2), ("十二", 12), ("五十四件", 54)])
    return replaced(dump, (row.figures[at], numeral)), {**dump.printed, row.keys[at]: float(size)}


def figure_as_word(dump: Dump, rng: Random) -> tuple[str, Expected]:
    """A word in the place of a figure: no figure is right there, the others are those of the dump."""
    row = rng.choice(dump.rows)
    at = rng.randrange(len(row.figures))
    word = rng.choice(
        ["见附件", "未统计", "详见附表", "见附件\n7", "(略)", "2023年13件", "13,较上年增5%", "√", "****", "?"]
    )
    return replaced(dump, (row.figures[at], word)), {**dump.printed, row.keys[at]: float("nan")}


def page_number(dump: Dump, rng: Random) -> tuple[str, Expected]:
    """A bare number in a line of its own behind a row."""
    row = rng.choice(dump.rows)
    end = dump.text.find("\n", row.whole()[1])
    return replaced(dump, ((end, end), f"\n{rng.randrange(2, 12)}")), dump.printed


def row_dropped(dump: Dump, rng: Random) -> tuple[str, Expected]:
    row = rng.choice(dump.rows)
    return replaced(dump, (row.whole(), "")), {**dump.printed, **dict.fromkeys(row.keys, None)}


def label_lost(dump: Dump, rng: Random) -> tuple[str, Expected]:
    row = rng.choice(dump.rows)
    return replaced(dump, (row.label, "")), dump.printed


def labels_swapped(dump: Dump, rng: Random) -> tuple[str, Expected]:
    pairs = [
        (one, other)
        for one, other in zip(dump.rows, dump.rows[1:], strict=False)
        if one.keys[0][0] == other.keys[0][0] and len(one.keys) == len(other.keys)
    ]
    one, other = rng.choice(pairs)
    text = replaced(dump, (one.label, dump.text[slice(*other.label)]), (other.label, dump.text[slice(*one.label)]))
    turned = dict(zip(one.keys, other.keys, strict=True)) | dict(zip(other.keys, one.keys, strict=True))
    return text, {cell: dump.printed[turned.get(cell, cell)] for cell in dump.printed}


CHANGES: dict[str, Callable[[Dump, Random], tuple[str, Expected]]] = {
    change.__name__.replace("_", "-"): change
    for change in (
        figure_changed,
        figure_deleted,
        figure_spelled,
        figure_as_word,
        page_number,
        row_dropped,
        label_lost,
        labels_swapped,
    )
}


def dump_trial(dump: Dump, kind: str, seed: int) -> Trial:
    """Changes a dump and reads it."""
    text, expected = CHANGES[kind](dump, Random(f"{dump.name} {kind} {seed}"))
    return verdict(text.encode(), expected, Trial(f"dump-{kind}", dump.name, seed))
