"""The statistics table of before 2019 (政府信息公开情况统计表): figures of the year, some of them cumulative too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govinfo.forms import column_order, vocabulary
from govinfo.tables.align import Row, unused
from govinfo.tables.columns import fitted, readings
from govinfo.tables.lines import Line
from govinfo.text import UNITS, is_figure, key

YEAR = re.compile(r"(?:19|20)\d\d年?度?")


def read_statistics(lines: Sequence[Line]) -> tuple[Row, ...]:
    """The statistics table of before 2019: every row it prints, with the code of the codebook or one from its label."""
    words = vocabulary("statistics")
    headings: tuple[str, ...] = ()
    used: set[str] = set()
    rows = []
    usual = usual_width(lines)
    for line in lines:
        if is_heading(line):
            headings = statistics_columns(line) or headings
            continue
        if not line.labels:
            continue
        label, unit = label_and_unit(line)
        code = next((code for code in words.rows.get(key(label), ()) if code not in used), key(label))
        code = unused(code, used)
        columns, lost = columns_in(headings, usual)
        if not columns:
            continue
        used.add(code)
        ways, doubts = readings(fitted(line, len(columns)), columns, (), None)
        if lost and line.fused:  # no sum of this table parts the digits of a flattened page
            ways, doubts = (), ("glued",)
        rows.append(
            Row(
                "statistics",
                code,
                label,
                columns,
                ways,
                (*doubts, *lost, *(("label-lost",) if key(label) in UNITS else ())),
                line=line,
                unit=unit,
                guessed=line.is_inferred,
            )
        )
    return tuple(rows)


def usual_width(lines: Sequence[Line]) -> int:
    """How many figures most rows print."""
    widths = [sum(is_figure(cell.text) for cell in line.slots) for line in lines if line.has_figures and line.labels]
    return max(sorted(set(widths)), key=widths.count, default=0)


def columns_in(headings: tuple[str, ...], width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of a row, and the doubt where headings are fewer than its figures and the form's order stands in."""
    if len(headings) >= width:
        return headings, ()
    return column_order("statistics")[:width], ("header-lost",)


def is_heading(line: Line) -> bool:
    """True for a line without figures that is no blank row of an indicator, and for one whose figures are years."""
    if not line.has_figures:
        return not (line.slots and line.labels and key(label_and_unit(line)[0]) in vocabulary("statistics").rows)
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
