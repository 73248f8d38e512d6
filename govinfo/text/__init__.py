"""One place for writing: what counts as the same text, and what a printed figure says.

``tidy`` gives readable text, ``key`` gives what two labels must share to be the same label, ``figure`` reads a
printed cell. Nothing here knows which labels the form has.
"""

from govinfo.text.figures import Figure, as_count, exact, figure, is_figure, is_plain_figure, plain
from govinfo.text.units import COUNTERS, SCALES, UNITS, convert
from govinfo.text.writing import (
    NOT_WORDS,
    NUMBERING,
    UNMAPPED,
    bare_key,
    fold,
    key,
    simplify,
    tidy,
    unspaced,
    whole_characters,
)

__all__ = [
    "COUNTERS",
    "NOT_WORDS",
    "NUMBERING",
    "SCALES",
    "UNITS",
    "UNMAPPED",
    "Figure",
    "as_count",
    "bare_key",
    "convert",
    "exact",
    "figure",
    "fold",
    "is_figure",
    "is_plain_figure",
    "key",
    "plain",
    "simplify",
    "tidy",
    "unspaced",
    "whole_characters",
]
