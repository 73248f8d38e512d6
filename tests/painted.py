"""Words that nobody sees painted over the pages of a PDF file, at random places."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WORDS = ("3", "17", "205", "4119", "99", "8", "0", "1", "62", "7730.28", "总计", "申请", "规章", "无", "予以公开", "件")


def white(canvas: Any, text: str, x: float, y: float) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(x, y, text)


def without_paint(canvas: Any, text: str, x: float, y: float) -> None:
    canvas.drawString(x, y, text, mode=3)


def transparent(canvas: Any, text: str, x: float, y: float) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(x, y, text)


def nearly_white(canvas: Any, text: str, x: float, y: float) -> None:
    canvas.setFillColorRGB(0.99, 0.99, 0.98)
    canvas.drawString(x, y, text)


def clipped(canvas: Any, text: str, x: float, y: float) -> None:
    path = canvas.beginPath()
    path.rect(x, y + 40, 60, 20)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(x, y, text)


KINDS: tuple[Callable[[Any, str, float, float], None], ...] = (
    white,
    without_paint,
    transparent,
    nearly_white,
    clipped,
)


def painted(data: bytes, seed: int, words: int = 20) -> bytes:
    """The file with words of one kind at random places on each page; the seed chooses the kind as well."""
    chance = random.Random(seed)
    paint = KINDS[seed % len(KINDS)]
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    with pypdfium2.PdfDocument(data) as pdf:
        for index in range(len(pdf)):
            page = pdf[index]
            over = io.BytesIO()
            canvas = Canvas(over, pagesize=page.get_size())
            for _ in range(words):
                word, size = chance.choice(WORDS), chance.uniform(7, 16)
                x, y = (chance.uniform(0.05, 0.9) * side for side in page.get_size())
                canvas.saveState()
                canvas.setFont("Helvetica" if word.isascii() else "STSong-Light", size)
                paint(canvas, word, x, y)
                canvas.restoreState()
            canvas.save()
            with pypdfium2.PdfDocument(over.getvalue()) as drawn:
                form = pdfium.FPDF_NewXObjectFromPage(pdf.raw, drawn.raw, 0)
                pdfium.FPDFPage_InsertObject(page.raw, pdfium.FPDF_NewFormObjectFromXObject(form))
                pdfium.FPDFPage_GenerateContent(page.raw)
                pdfium.FPDF_CloseXObject(form)
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()
