"""The statistics table of before 2019 (政府信息公开情况统计表): figures of the year, some of them cumulative too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govinfo.forms import vocabulary
from govinfo.tables.align import Row, print_of
from govinfo.tables.columns import fitted, readings
from govinfo.tables.recognise import Line
from govinfo.text import UNITS, is_figure, key

YEAR = re.compile(r"(?:19|20)\d\d年?度?")


def read_statistics(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The statistics table of before 2019: every row it prints, with the code of the codebook or one from its label."""
    words = vocabulary("statistics")
    columns: tuple[str, ...] = ()
    used: set[str] = set()
    rows = []
    for line in lines:
        if not line.has_figures or is_year_heading(line):
            columns = statistics_columns(line) or columns
            continue
        if not line.labels:
            continue
        label, unit = label_and_unit(line)
        code = next((code for code in words.rows.get(key(label), ()) if code not in used), key(label))
        if not code or code in used or not columns:
            continue
        used.add(code)
        ways, doubts = readings(fitted(line, len(columns)), columns, (), None)
        rows.append(
            Row(
                "statistics",
                code,
                label,
                columns,
                ways,
                doubts,
                printed=print_of(line),
                unit=unit,
                guessed=line.is_inferred,
            )
        )
    return tuple(rows)


def is_year_heading(line: Line) -> bool:
    """True for a heading whose year was taken for a figure."""
    return all(YEAR.fullmatch(key(cell.text)) for cell in line.slots if is_figure(cell.text))


def statistics_columns(line: Line) -> tuple[str, ...]:
    """The columns that a heading names: the year of the report, the cumulative figure."""
    words = vocabulary("statistics")
    found = []
    for cell in (*line.labels, *line.slots):
        name = key(cell.text)
        codes = words.columns.get(name) or (("year",) if YEAR.fullmatch(name) else ())
        found += [code for code in codes if code not in found]
    return tuple(found)


def label_and_unit(line: Line) -> tuple[str, str]:
    """The label of an indicator and the unit printed behind it."""
    last = key(line.labels[-1].text)
    if len(line.labels) > 1 and last in UNITS:
        return line.labels[-2].text, last
    return line.labels[-1].text, ""
