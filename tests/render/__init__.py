"""Random, consistent forms, faults of their pages, and what the pages print.

``random_form(rng)`` is a filled form; ``truth(form)`` is what its page prints, by table, row and column. A fault makes
a form whose page has it: ``lose_label(form, rng) -> Form``; the truth of the result is still what the page prints.
The layouts that make files of forms are those of ``govinfo.render``.
"""

from render.faults import DEFECTS
from render.picture import render_picture
from render.random_forms import random_form
from render.truth import truth, worth

__all__ = ["DEFECTS", "random_form", "render_picture", "truth", "worth"]
