"""Small PDF pages drawn for tests: text, rules and ruled tables, from the top left corner of an A4 page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

HEIGHT, WIDTH = 842, 595


def draw(*pages: Callable[[Any], None], **options: Any) -> bytes:
    """A PDF of A4 pages, each drawn by a function of the canvas."""
    pdfgen = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab draws the test pages")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = pdfgen.Canvas(file, pagesize=(WIDTH, HEIGHT), **options)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def put(canvas: Any, x: float, top: float, text: str, size: float = 12) -> None:
    canvas.setFont("Helvetica" if text.isascii() else "STSong-Light", size)
    canvas.drawString(x, HEIGHT - top - size, text)


def rule(canvas: Any, x0: float, top: float, x1: float, bottom: float) -> None:
    canvas.setLineWidth(0.5)
    canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)


def ruled(canvas: Any, xs: list[float], ys: list[float], cells: list[list[str]], bottom: bool = True) -> None:
    for y in ys if bottom else ys[:-1]:
        rule(canvas, xs[0], y, xs[-1], y)
    for x in xs:
        rule(canvas, x, ys[0], x, ys[-1])
    for top, row in zip(ys, cells, strict=False):
        for x, text in zip(xs, row, strict=False):
            put(canvas, x + 4, top + 4, text)


def written(objects: Sequence[str]) -> bytes:
    """A PDF of these objects as they are written in a file; the first is its catalog."""
    made, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>"
    return made + f"{end}\nstartxref\n{len(made)}\n%%EOF".encode()
