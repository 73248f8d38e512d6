"""Sheets as text dumps: tabs, pipes, one cell a line, flattened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random

from govinfo.render.model import APPLICANTS, OUTCOMES, Form, Sheet
from govinfo.render.sheets import contents, dense


def lines_of(sheet: Sheet, keep: str = "all", blanks: bool = True) -> list[list[str]]:
    """The cells of each row as a dump keeps them.

    ``keep``: "all" gives every place of the grid a cell, "figures" gives places that a label covers to its right
    none, "first" gives no place to the right of a merged cell one, "cells" only what begins in the row.
    """
    grid = dense(sheet)
    labels = min((col for row in grid for col, (_, slot) in enumerate(row) if slot and slot.means), default=0)
    kept = {"all": ("above", "left"), "figures": ("above", "left"), "first": ("above",), "cells": ()}[keep]
    rows = []
    for row in grid:
        texts: list[str] = []
        for col, (kind, slot) in enumerate(row):
            if slot:
                texts += [slot.text] if blanks or slot.text else []
            elif kind in kept and not (keep == "figures" and kind == "left" and col < labels):
                texts.append("")
        rows.append(texts)
    return rows


def dump(form: Form, print_table: Callable[[str, Sheet], Iterable[str]], mark: str = "", gap: str = "\n") -> bytes:
    """A text file: paragraphs as lines, tables as ``print_table`` prints their rows; page breaks behind rows."""
    parts: list[str] = []
    for kind, content in contents(form):
        if isinstance(content, str):
            parts.append({"title": mark and f"{mark[:1]} ", "heading": mark and f"{mark} "}.get(kind, "") + content)
            continue
        rows = list(print_table(kind, content))
        breaks = dict(form.breaks) if kind == "requests" else {}
        parts += [row + ("\n" + breaks[at] if at in breaks else "") for at, row in enumerate(rows)]
        parts.append("")
    return (gap.join(parts) + "\n").encode()


def render_tabs(form: Form, rng: Random) -> tuple[bytes, str]:
    """Rows as lines, cells parted by tabs, every place kept."""
    return dump(form, lambda _, sheet: ["\t".join(row) for row in lines_of(sheet)]), "tabs.txt"


def render_tabs_collapsed(form: Form, rng: Random) -> tuple[bytes, str]:
    """The same, but a label that spans the label columns keeps one place only."""
    return dump(form, lambda _, sheet: ["\t".join(row) for row in lines_of(sheet, "figures")]), "collapsed.txt"


def render_pipes(form: Form, rng: Random) -> tuple[bytes, str]:
    """Rows as lines, cells parted and closed by pipes, every place kept as a blank cell."""
    lead = rng.choice(("", "| "))
    return dump(form, lambda _, sheet: [f"{lead}{' | '.join(row)} |" for row in lines_of(sheet)]), "pipes.txt"


def render_pipes_padded(form: Form, rng: Random) -> tuple[bytes, str]:
    """Rows as lines, only what begins in the row as a cell, filled with pipes to the width of the table."""

    def rows(_: str, sheet: Sheet) -> list[str]:
        width = max(map(len, dense(sheet)))
        return [" | ".join(row) + " |" + "|" * (width - len(row)) for row in lines_of(sheet, "cells")]

    return dump(form, rows), "padded.txt"


def render_pipes_trailing(form: Form, rng: Random) -> tuple[bytes, str]:
    """Rows as lines, only what begins in the row as a cell; rows of unequal length."""
    return dump(form, lambda _, sheet: [" | ".join(row) + " |" for row in lines_of(sheet, "cells")]), "trailing.txt"


def render_markdown(form: Form, rng: Random) -> tuple[bytes, str]:
    """Markdown tables with a rule under the first row, every place kept."""

    def rows(_: str, sheet: Sheet) -> list[str]:
        cells = lines_of(sheet)
        width = max(map(len, cells))
        printed = [f"| {' | '.join(row)} |" for row in cells]
        return [printed[0] + f"\n|{'---|' * width}", *printed[1:]]

    return dump(form, rows, mark="##"), "report.md"


def render_markdown_pieces(form: Form, rng: Random) -> tuple[bytes, str]:
    """Markdown in pieces: a heading and a small table for each group of rows."""
    names = [APPLICANTS[column] for column in form.columns]
    rule = f"|{'---|' * (len(names) + 1)}"

    def requests(sheet: Sheet) -> Iterator[str]:
        for at, row in enumerate(sheet[3 if form.headed else 0 :]):
            labels = [slot.text for slot in row if slot.means is None]
            figures = [slot.text for slot in row if slot.means]
            yield from (f"\n### {label}" for label in labels[:-1] or (labels if len(labels) == 1 and not at else ()))
            if not at or len(labels) > 1:
                yield f"| 类别 | {' | '.join(names)} |\n{rule}"
            yield f"| {' | '.join([*labels[-1:], *figures])} |"

    def disputes(sheet: Sheet) -> Iterator[str]:
        names = {
            "reconsideration": "行政复议",
            "litigation_direct": "行政诉讼（未经复议直接起诉）",
            "litigation_after": "行政诉讼（复议后起诉）",
        }
        for code in dict.fromkeys(slot.means[1] for slot in sheet[-1] if slot.means):
            cells = {slot.means[2]: slot.text for slot in sheet[-1] if slot.means and slot.means[1] == code}
            yield f"\n### {names[code]}\n| {' | '.join(OUTCOMES[column] for column in cells)} |\n|{'---|' * 5}"
            yield f"| {' | '.join(cells.values())} |"

    def disclosure(sheet: Sheet) -> Iterator[str]:
        for row in sheet:
            texts = [slot.text for slot in row]
            if len(texts) == 1:
                yield f"\n### {texts[0]}"
            else:
                yield f"| {' | '.join(texts)} |" + (f"\n|{'---|' * len(texts)}" if texts[0] == "信息内容" else "")

    printers = {"requests": requests, "disputes": disputes, "disclosure": disclosure}

    def other(sheet: Sheet) -> list[str]:
        return [f"| {' | '.join(row)} |" for row in lines_of(sheet)]

    return dump(form, lambda name, sheet: printers.get(name, other)(sheet), mark="##"), "pieces.md"


def render_indented(form: Form, rng: Random) -> tuple[bytes, str]:
    """One cell a line behind a tab, an empty line between rows; places below a merged cell stay as blanks."""
    return dump(
        form,
        lambda _, sheet: ["\n".join(f"\t{cell}" for cell in row) + "\n" for row in lines_of(sheet, "first")],
        gap="\n",
    ), "indented.txt"


def render_blank_lines(form: Form, rng: Random) -> tuple[bytes, str]:
    """One cell a line with empty lines between; blank cells vanish."""
    return dump(
        form, lambda _, sheet: ["\n\n".join(row) for row in lines_of(sheet, "cells", blanks=False) if row], gap="\n\n"
    ), "blank-lines.txt"


def render_single_lines(form: Form, rng: Random) -> tuple[bytes, str]:
    """One cell a line; blank cells vanish."""
    return dump(
        form, lambda _, sheet: ["\n".join(row) for row in lines_of(sheet, "cells", blanks=False) if row]
    ), "single-lines.txt"


def render_cell_pipes(form: Form, rng: Random) -> tuple[bytes, str]:
    """One cell a line, closed by a pipe; a line of pipes pads what a merged cell covers; a blank is a lone pipe."""

    def rows(_: str, sheet: Sheet) -> Iterator[str]:
        width = max(map(len, dense(sheet)))
        for row in lines_of(sheet, "cells"):
            cells = [f"{cell} |" if cell else "|" for cell in row]
            yield "\n".join([*cells, *(["|" * (width - len(row))] if width - len(row) > 1 else [])])

    return dump(form, rows), "cell-pipes.txt"


def render_lone_pipes(form: Form, rng: Random) -> tuple[bytes, str]:
    """One cell a line, then a line with a pipe alone; blank cells keep their pipe."""

    def rows(_: str, sheet: Sheet) -> list[str]:
        return ["\n".join(f"{cell}\n|" if cell else "|" for cell in row) for row in lines_of(sheet, "cells")]

    return dump(form, rows), "lone-pipes.txt"


def render_row_opening_pipes(form: Form, rng: Random) -> tuple[bytes, str]:
    """A lone pipe opens each row; deeply indented cells follow, each closed by a pipe; padding closes the row."""
    deep, shallow = "\n            \n             ", "\n        "

    def rows(_: str, sheet: Sheet) -> Iterator[str]:
        width = max(map(len, dense(sheet)))
        for row in lines_of(sheet, "cells"):
            yield f"| {deep[13:]}" + deep.join(f"{cell}  | " for cell in row) + shallow + "|" * (width - len(row))

    return dump(form, rows), "row-pipes.txt"


def render_flat(form: Form, rng: Random) -> tuple[bytes, str]:
    """Everything in one line, nothing between the cells."""

    def rows(_: str, sheet: Sheet) -> list[str]:
        return ["".join(cell for row in lines_of(sheet, "cells") for cell in row)]

    return dump(form, rows, gap=""), "flat.txt"


def render_spaced(form: Form, rng: Random) -> tuple[bytes, str]:
    """Rows as lines, cells parted by single spaces, as text taken from a PDF."""
    return dump(
        form, lambda _, sheet: [" ".join(row) for row in lines_of(sheet, "cells", blanks=False) if row]
    ), "spaced.txt"
