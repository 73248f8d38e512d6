"""A report as a scanner gives it."""

from __future__ import annotations

import io
from random import Random

import pypdfium2

from govinfo.render.model import Form
from govinfo.render.pdf import render_pdf


def render_picture(form: Form, rng: Random) -> tuple[bytes, str]:
    """The ruled page as pictures, as a scanner gives them: a TIFF file with a picture for each page."""
    pages = [
        page.render(scale=200 / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(render_pdf(form, rng)[0])
    ]
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw", dpi=(200, 200))
    return buffer.getvalue(), "report.tiff"
