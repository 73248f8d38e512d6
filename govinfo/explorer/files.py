"""A view as a page shows it: the table as HTML, chart and table as files that the links themselves hold."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from io import BytesIO

import pandas as pd

from govinfo.errors import MissingSoftware
from govinfo.explorer.views import Choice, View, words
from govinfo.files.sheet_text import csv_of

LINES = 200
"""Lines of a table that are shown; its files hold all."""

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


def excel_of(table: pd.DataFrame) -> bytes:
    """A table as an Excel file. Raises MissingSoftware where XlsxWriter is not installed."""
    file, plain = BytesIO(), {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    try:
        with pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs=plain) as writer:
            table.to_excel(writer, index=False)
    except ImportError as error:
        raise MissingSoftware("XlsxWriter is not installed.", hint="pip install 'govinfo[export]'") from error
    return file.getvalue()


def links_of(shown: View, choice: Choice) -> str:
    """Links that hold the chart and the table as files, so that nothing has to be fetched."""
    say = {code: line[choice.lang] for code, line in words("panel").items()}
    name, found = f"govinfo-{choice.measure}-{choice.chart}", []
    if shown.picture:
        found.append(link(f"{name}.png", "image/png", shown.picture, say["png"]))
    if not shown.table.empty:
        found.append(link(f"{name}.csv", "text/csv", csv_of(shown.table), say["csv"]))
        try:
            found.append(link(f"{name}.xlsx", EXCEL, excel_of(shown.table), say["xlsx"]))
        except MissingSoftware:
            found.append(escape(words("remark")["no_excel"][choice.lang]))
    return f"<p>{escape(say['save'])} {' · '.join(found)}</p>" if found else ""


def link(name: str, kind: str, content: bytes, label: str) -> str:
    """A link that saves ``content`` as a file."""
    held = f"data:{kind};base64,{b64encode(content).decode()}"
    return f'<a download="{name}" href="{held}" style="text-decoration: underline">{escape(label)}</a>'
