"""A view as a page shows it: the table as HTML, chart and table as files that the links themselves hold."""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape
from importlib.metadata import version
from io import BytesIO

import pandas as pd

from govinfo.errors import MissingSoftware
from govinfo.explorer.views import Choice, View, measure_name, words
from govinfo.export.sheets import frame_sheet, styles_of
from govinfo.export.workbook import CREATED
from govinfo.files.sheet_text import csv_of

LINES = 200
"""Lines of a table that are shown; its files hold all."""

PERCENT = "0.0%"
"""How a share shows in a workbook."""

WIDTHS = {
    name: width
    for column, width in (
        ("agency", 28),
        ("label_en", 34),
        ("label_zh", 34),
        ("title", 48),
        ("url", 44),
        ("source", 26),
    )
    for kind in ("column", "source")
    if column in words(kind)
    for name in words(kind)[column].values()
}
"""Widths of columns by their headings."""

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def html_of(table: pd.DataFrame, lang: str) -> str:
    """A table as HTML, its first lines; every text is escaped."""
    if table.empty:
        return ""
    none = words("value")["none"][lang]
    texts = table.head(LINES).astype(object).map(lambda value: none if pd.isna(value) else text_of(value))
    more = words("remark")["first_lines"][lang].format(shown=LINES, lines=len(table)) if len(table) > LINES else ""
    lines = texts.to_html(index=False, border=0, justify="left")
    return f'<p>{escape(more)}</p><div style="max-height: 28em; overflow: auto">{lines}</div>'


def text_of(value: object) -> str:
    """A value as text, a number with three decimals at most."""
    return f"{round(value, 3):.12g}" if isinstance(value, float) else str(value)


def excel_of(shown: View, choice: Choice) -> bytes:
    """A view as an Excel file: a sheet named for the measure, shares as per cent, and a sheet with its sources.

    Raises MissingSoftware where XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingSoftware("XlsxWriter is not installed.", hint="pip install 'govinfo[export]'") from error
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"title": measure_name(choice.measure, choice.lang), "created": CREATED})
    style = styles_of(workbook)
    say = words("sheet")
    data = workbook.add_worksheet(sheet_name(measure_name(choice.measure, choice.lang)))
    frame_sheet(data, shown.table, WIDTHS, {}, style, dict.fromkeys(shown.shares, PERCENT))
    origin = workbook.add_worksheet(say["source"][choice.lang])
    lines = [
        measure_name(choice.measure, choice.lang),
        *shown.remarks,
        say["from"][choice.lang].format(version=version("govinfo")),
    ]
    frame_sheet(origin, shown.sources, WIDTHS, {}, style, above=lines)
    workbook.close()
    return file.getvalue()


def sheet_name(text: str) -> str:
    """A text as the name of a sheet: without what Excel forbids, 31 characters at most."""
    return re.sub(r"[\[\]:*?/\\]", " ", text)[:31]


def links_of(shown: View, choice: Choice) -> str:
    """Links that hold the chart and the table as files, so that nothing has to be fetched."""
    say = {code: line[choice.lang] for code, line in words("panel").items()}
    name, found = f"govinfo-{choice.measure}-{choice.chart}", []
    if shown.picture:
        found.append(link(f"{name}.png", "image/png", shown.picture, say["png"]))
        found.append(link(f"{name}.svg", "image/svg+xml", shown.drawing, say["svg"]))
    if not shown.table.empty:
        found.append(link(f"{name}.csv", "text/csv", csv_of(shown.table), say["csv"]))
        try:
            found.append(link(f"{name}.xlsx", EXCEL, excel_of(shown, choice), say["xlsx"]))
        except MissingSoftware:
            found.append(escape(words("remark")["no_excel"][choice.lang]))
    return f"<p>{escape(say['save'])} {' · '.join(found)}</p>" if found else ""


def link(name: str, kind: str, content: bytes, label: str) -> str:
    """A link that saves ``content`` as a file."""
    held = f"data:{kind};base64,{b64encode(content).decode()}"
    return f'<a download="{name}" href="{held}" style="text-decoration: underline">{escape(label)}</a>'
