"""Evidence in a notebook; every text is escaped."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from types import MappingProxyType

from PIL import Image

from govinfo.evidence.table import Place

STYLES = MappingProxyType(
    {
        "cell": "background:#f8d3bd;color:#000;outline:3px solid #d55e00;outline-offset:-2px;font-weight:bold",
        "row": "background:#fbf7c6;color:#000",
        "sum": "background:#d5eaf8;color:#000",
        "before": "outline:2px dashed #d55e00;outline-offset:-2px",
        "gap": "background:#eeeeee;color:#000;text-align:center",
        "": "",
    }
)
"""How the places of a table look, by their mark."""

NO_SUMS = "No sum of the form within this report has this cell."


def html_picture(picture: Image.Image) -> str:
    """A picture as part of the page itself."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return f'<img alt="the page with the cell marked" style="max-width:100%" src="data:image/png;base64,{data}">'


def html_table(places: Sequence[Place]) -> str:
    """The places of a printed table with their spans."""
    in_order = sorted(places, key=lambda place: (place.row, place.col))
    rows = ("".join(map(html_place, row)) for _, row in groupby(in_order, key=lambda place: place.row))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def html_place(place: Place) -> str:
    """One place of a printed table."""
    spans = "".join(
        f' {name}="{count}"' for name, count in (("rowspan", place.rowspan), ("colspan", place.colspan)) if count > 1
    )
    text = "<br>".join(map(escape, place.text.strip().splitlines()))
    return f'<td{spans} style="border:1px solid #999;text-align:center;{STYLES[place.mark]}">{text}</td>'


def html_facts(facts: Iterable[tuple[str, str]]) -> str:
    """Names and words as a table."""
    left = 'style="text-align:left"'
    rows = (f"<tr><th {left}>{escape(name)}</th><td {left}>{escape(words)}</td></tr>" for name, words in facts)
    return f"<table>{''.join(rows)}</table>"


def html_sums(sums: Iterable[tuple[str, str, Sequence[str]]]) -> str:
    """Sums as a list: how each stands, its colour, and its messages."""
    items = [
        f'<li style="color:{colour}"><b>{escape(status)}</b>: {"<br>".join(map(escape, messages))}</li>'
        for status, colour, messages in sums
    ]
    return f"<ul>{''.join(items)}</ul>" if items else f"<p>{NO_SUMS}</p>"
