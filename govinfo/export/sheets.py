"""The sheets of the workbook: a table of the form, or a frame as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import isfinite
from numbers import Real
from types import MappingProxyType
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import numpy as np
import pandas as pd

from govinfo.errors import UsageError
from govinfo.export.layout import Line, column_labels, figure_name, text_or
from govinfo.files.data import read_table
from govinfo.files.sheet_text import printable, safe
from govinfo.forms import doubts
from govinfo.tables.display import DOUBTFUL, Record, shown
from govinfo.text import COUNTERS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LANGUAGES = ("en", "zh")
"""Languages of what a workbook says."""

Styles = Callable[..., "Format"]

BORDER = {"left": 1, "right": 1, "left_color": "#bfbfbf", "right_color": "#bfbfbf"}
UNREADABLE = "#f4b6a6"
CORRECTED = "#c6dcf5"
NOT_IN_FORM = "#e3e3e3"
HEADING = "#dce6f1"

MOST_ROWS = 1_048_576
"""Rows that a sheet of Excel holds."""

LINE_HEIGHT = 15

BEFORE = (
    ("agency", "机关", 24),
    ("year", "年度", 7),
    ("parent", "", 22),
    ("label_zh", "项目", 48),
    ("label_en", "Item", 42),
)
AFTER = (("row", "", 24), ("unit", "单位", 9), ("form", "表式", 7), ("report_id", "", 36), ("source", "", 30))
"""What stands before and after the figures: name of the column, its label, its width."""

HEADINGS = 3
"""Rows of headings over a table of the form: Chinese, English, codes."""

FROZEN_COLUMNS = 4
"""Columns of a table of the form that stay in view: up to the Chinese label."""


def styles_of(workbook: Workbook) -> Styles:
    """A maker of cell formats for a workbook: the same properties give the same format."""

    @cache
    def style(fill: str = "", number: str = "", **properties: object) -> Format:
        coloured = {"bg_color": fill, **BORDER} if fill else {}
        return workbook.add_format(
            {"valign": "top", **coloured, **({"num_format": number} if number else {}), **properties}
        )

    return style


# Tables of the form


def form_sheet(
    sheet: Worksheet,
    table: str,
    columns: Sequence[str],
    lines: Sequence[Line],
    style: Styles,
    mark: str = "",
    lang: str = "en",
) -> None:
    """A table of the form: a row of it a line under the report's agency and year, its columns side by side.

    ``mark`` stands in the first cell, and above every page that is printed.
    """
    refuse_too_long(sheet, len(lines) + HEADINGS)
    write_headings(sheet, table, columns, style, mark)
    if mark:
        sheet.set_header(f"&C{mark}")
    for at, line in enumerate(lines, start=HEADINGS):
        write_line(sheet, at, line, columns, style, lang)
    sheet.freeze_panes(HEADINGS, FROZEN_COLUMNS)
    sheet.autofilter(HEADINGS - 1, 0, HEADINGS - 1 + len(lines), len(BEFORE) + len(columns) + len(AFTER) - 1)
    sheet.repeat_rows(0, HEADINGS - 1)
    for_print(sheet)


def write_headings(sheet: Worksheet, table: str, columns: Sequence[str], style: Styles, mark: str = "") -> None:
    """The labels of the columns as the form has them with their units, in English, and their codes."""
    figures = []
    for column in columns:
        label_zh, label_en, unit = column_labels(table, column)
        figures.append((f"{label_zh}\n（{unit}）" if unit else label_zh, label_en, figure_name(column), 13))
    beside = {place: [(label, "", name, width) for name, label, width in place] for place in (BEFORE, AFTER)}
    if mark:
        (label, *others), *rest = beside[BEFORE]
        beside[BEFORE] = [(f"{label}\n{mark}", *others), *rest]  # type: ignore[list-item]
    sheet.set_row(0, 62)
    sheet.set_row(1, 34)
    headings = [*beside[BEFORE], *figures, *beside[AFTER]]
    for at, (_, _, _, width) in enumerate(headings):
        sheet.set_column(at, at, width)
    for row in range(HEADINGS):
        for at, texts in enumerate(headings):
            put(sheet, row, at, texts[row], style, fill=HEADING, bold=True, text_wrap=True, align="center")


def write_line(sheet: Worksheet, at: int, line: Line, columns: Sequence[str], style: Styles, lang: str) -> None:
    """A row of the form; a rule above the first one of a report."""
    rule = {"top": 2} if line.starts_report else {}
    before = {name: getattr(line, name) for name, _, _ in BEFORE}
    high = max(-(-width_of(text_or(before[name])) // width) for name, _, width in BEFORE)
    sheet.set_row(at, LINE_HEIGHT * max(high, 1))
    for place, value in enumerate(before.values()):
        put(sheet, at, place, value, style, text_wrap=True, align="left", **rule)
    for place, column in enumerate(columns, start=len(BEFORE)):
        write_cell(sheet, at, place, line.cells.get(column), style, rule, lang)
    for place, (name, _, _) in enumerate(AFTER, start=len(BEFORE) + len(columns)):
        put(sheet, at, place, getattr(line, name), style, align="left", indent=1, **rule)


def write_cell(
    sheet: Worksheet,
    row: int,
    column: int,
    cell: Record | None,
    style: Styles,
    rule: Mapping[str, int],
    lang: str = "en",
) -> None:
    """A cell of the form: its figure, the dash it prints, "?" or nothing; coloured and commented where doubtful."""
    if cell is None:
        put(sheet, row, column, None, style, fill=NOT_IN_FORM, **rule)
        return
    fill = fill_of(cell)
    if pd.notna(cell["value"]):
        put(sheet, row, column, cell["value"], style, fill=fill, number=number_format(cell), **BORDER | rule)
    else:
        put(sheet, row, column, shown(cell), style, fill=fill, align="right", **BORDER | rule)
    if cell["doubts"] or fill or pd.notna(cell["suggested"]):
        text = comment(cell, lang)
        sheet.write_comment(row, column, text, {"width": 320, "height": 22 * (2 + len(text) // 45 + text.count("\n"))})


def fill_of(cell: Record) -> str:
    """The colour of a cell: corrected by a person, open, in doubt, or none for a plain or confirmed reading."""
    doubts_of_cell = cell["doubts"].split(";")
    if "corrected" in doubts_of_cell:
        return CORRECTED
    if "confirmed" in doubts_of_cell:
        return ""
    return UNREADABLE if cell["kind"] == "unreadable" else DOUBTFUL if cell["doubts"] else ""


def number_format(cell: Record) -> str:
    """How a figure shows: counts whole, money with its decimals, a count with a fraction as it is."""
    if text_or(cell["unit"]) not in {*COUNTERS, ""}:
        return "#,##0.00####"
    return "#,##0" if float(cell["value"]).is_integer() else "General"


def comment(cell: Record, lang: str = "en") -> str:
    """What is doubtful about a cell in plain words, what the page prints, and what the sums of the form prove."""
    known, say = doubts(lang), {key: line[lang] for key, line in words().items()}
    why = [f"{known.get(doubt, '')} [{doubt}]".strip() for doubt in cell["doubts"].split(";") if doubt]
    said = [
        *why,
        say["printed"].format(raw=cell["raw"] or say["nothing"]),
        *([f"{cell['reason']} ({cell['who']})"] if cell.get("who") else []),
        *([say["suggested"].format(value=f"{cell['suggested']:.12g}")] if pd.notna(cell["suggested"]) else []),
        *([say["page"].format(page=cell["page"])] if pd.notna(cell["page"]) else []),
    ]
    return printable("\n".join(said))


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """What a workbook says, by key, each by language."""
    return MappingProxyType({line["key"]: line for line in read_table("export", "words")})


def width_of(text: str) -> int:
    """How wide a text is in Latin letters; a Chinese character is as wide as two."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


# Frames


def frame_sheet(
    sheet: Worksheet,
    frame: pd.DataFrame,
    widths: Mapping[str, int],
    fills: Mapping[str, Callable[[str], str]],
    style: Styles,
    numbers: Mapping[str, str] = MappingProxyType({}),
    above: Sequence[str] = (),
) -> None:
    """A frame as it is, a heading over each column; ``fills`` tell the colour of a text by column, ``numbers`` how its
    figures show; ``above`` are lines over the headings."""
    head = len(above) + bool(above)
    refuse_too_long(sheet, len(frame) + head + 1)
    for row, line in enumerate(above):
        put(sheet, row, 0, line, style)
    for at, name in enumerate(frame.columns):
        sheet.set_column(at, at, widths.get(str(name), 14))
        put(sheet, head, at, name, style, fill=HEADING, bold=True)
    for row, record in enumerate(frame.itertuples(index=False), start=head + 1):
        for at, (name, value) in enumerate(zip(frame.columns, record, strict=True)):
            fill = fills[name](value) if name in fills and pd.notna(value) else ""
            put(sheet, row, at, value, style, fill=fill, number=numbers.get(str(name), ""))
    sheet.freeze_panes(head + 1, 0)
    if len(frame.columns):
        sheet.autofilter(head, 0, head + len(frame), len(frame.columns) - 1)
    sheet.repeat_rows(head)
    for_print(sheet)


# Cells


def put(sheet: Worksheet, row: int, column: int, value: object, style: Styles, **look: object) -> None:
    """A number as a number, NA and an empty text as an empty cell, a text as a text: never a formula or a link."""
    if isinstance(value, (bool, np.bool_)):
        sheet.write_boolean(row, column, bool(value), style(**look))
    elif isinstance(value, Real) and isfinite(value):  # the integers of a frame are numpy's
        sheet.write_number(row, column, float(value), style(**look))
    elif text := printable(text_or(value)):
        # The mark keeps it a text when somebody edits the cell.
        mark = {"quote_prefix": True} if safe(text) != text else {}
        sheet.write_string(row, column, text, style(**look, **mark))
    else:
        sheet.write_blank(row, column, None, style(**look))


def refuse_too_long(sheet: Worksheet, rows: int) -> None:
    """Raises UsageError for more rows than a sheet holds."""
    if rows > MOST_ROWS:
        raise UsageError(
            f"the sheet {sheet.get_name()} would have {rows} rows; Excel holds {MOST_ROWS}.",
            hint="Export fewer reports at once, or as .duckdb, CSV or Parquet.",
        )


def for_print(sheet: Worksheet) -> None:
    """On paper: A4 across, all columns on one page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
