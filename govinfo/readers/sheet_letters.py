"""The letters of a spreadsheet's cell -> the text that a person sees of them, and the doubts for what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govinfo.document import PICTURE
from govinfo.readers.css_values import BLACK, Colour, alike
from govinfo.readers.marks import ASIDE, FONTS_OF_SIGNS, marked, of_cell

Shown = tuple[str, tuple[str, ...]]
"""A text as it is shown, and what speaks against it."""

USUAL_SIZE = 11.0
"""Points, where nothing is said."""

TINY = 2.0
"""Points; nobody sees smaller letters."""

SMALL = 0.8
"""How small, against the largest letters of its cell, digits are that may be a note."""


@dataclass(frozen=True, slots=True)
class Letters:
    """How a stretch of a text is set; its size in points."""

    name: str = ""
    size: float = USUAL_SIZE
    colour: Colour = BLACK
    struck: bool = False
    raised: bool = False
    lowered: bool = False


Run = tuple[str, Letters]
"""A stretch of a text and its letters."""


def seen_of(runs: Sequence[Run], grounds: Sequence[Colour]) -> Shown:
    """What a person sees of the text of a cell on a ground that has one of some colours."""
    largest = max((letters.size for text, letters in runs if text.strip()), default=0.0)
    seen = [seen_in(text, letters, grounds, largest) for text, letters in runs]
    text, notes = of_cell("".join(part for part, _ in seen))
    return text, unique([*(doubt for _, doubts in seen for doubt in doubts), *notes])


def seen_in(text: str, letters: Letters, grounds: Sequence[Colour], largest: float) -> Shown:
    """A text in one kind of letters: nothing of it where it is struck out, raised as a note is, too small or of the
    colour of its ground; marked where it is low or small beside the largest letters."""
    if not text.strip():
        return text, ()
    if letters.struck:
        return "", ("struck-out",)
    if letters.raised:
        return "", ("note",)
    if FONTS_OF_SIGNS.search(letters.name):
        return PICTURE, ("picture",)
    veiled = [alike(letters.colour, ground) for ground in grounds]
    if letters.size < TINY or all(veiled):
        return "", ("hidden",)
    aside = letters.lowered or letters.size < SMALL * largest
    return marked(ASIDE, text) if aside else text, ("hidden",) if any(veiled) else ()


def unique(doubts: Iterable[str]) -> tuple[str, ...]:
    """Each doubt once."""
    return tuple(dict.fromkeys(doubts))
