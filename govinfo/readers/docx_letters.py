"""How the letters of a Word document look by what styles and runs set: whether they are seen, struck out, raised or
small as those of notes are."""

from __future__ import annotations

from functools import lru_cache

from govinfo.readers.css_values import BLACK, WHITE, Colour, alike, colour
from govinfo.readers.docx_xml import whole
from govinfo.readers.marks import FONTS_OF_SIGNS, Seen

Style = dict[str, str]
"""What is set of what matters here, by the names that the file has for it."""

RAISED = 0.25
"""How far, in sizes of the letter, a text of full size is raised that may be a note; less is a matter of setting."""

SMALL = 0.8
"""How small, against the largest letters of its paragraph, digits are that may be a note."""

USUAL_SIZE = "20"
"""Half points, where nothing is said."""

TINY = 4
"""Half points; nobody sees smaller letters."""

NARROW = 10
"""Percent of the width of letters; nobody sees narrower ones."""


PLAIN = Seen()


@lru_cache(maxsize=4096)
def seen_of(style: tuple[tuple[str, str], ...], ground: Colour | None, in_cell: bool, largest: int) -> Seen | None:
    """How a run with a style is seen; None for a plain one. Most runs of a file, and of files, share theirs."""
    said = dict(style)
    size = half_points(said)
    narrow = 0 < whole(said.get("w", "").removesuffix("%")) < NARROW
    letters, behind = _letters(said), _behind(said, ground)
    like_ground = letters is not None and behind is not None and alike(letters, behind)
    drawn = in_cell and bool(FONTS_OF_SIGNS.search(said.get("font", "")))
    small = size < SMALL * largest
    seen = Seen(
        hidden=bool(said.get("vanish")) or size < TINY or narrow or (like_ground and not drawn),
        drawn=drawn,
        veiled=in_cell and letters == WHITE and behind is None,
        struck=bool(said.get("strike") or said.get("dstrike")),
        raised=_is_raised(said, size, small),
        aside=small,
    )
    return None if seen == PLAIN else seen


def _letters(style: Style) -> Colour | None:
    """The colour of the letters; None for one that Word chooses to suit the ground."""
    parsed = colour(f"#{style.get('color', '')}")
    return parsed if isinstance(parsed, tuple) else None


def _behind(style: Style, ground: Colour | None) -> Colour | None:
    ground = filled(style.get("shd", ""), ground)
    highlight = style.get("highlight", "none")
    if highlight == "none":
        return ground
    parsed = colour(highlight.lower())
    return parsed if isinstance(parsed, tuple) else BLACK


def _is_raised(style: Style, size: int, small: bool) -> bool:
    if style.get("vertAlign") in {"superscript", "subscript"}:
        return True
    shift = abs(whole(style.get("position", "")))
    return shift > 0 and (small or shift >= RAISED * size)


def filled(fill: str, behind: Colour | None) -> Colour | None:
    """The colour of a ground with a fill over it; None where nobody can tell."""
    if not fill:
        return behind
    parsed = colour(f"#{fill}")
    return parsed if isinstance(parsed, tuple) else None


def half_points(style: Style) -> int:
    """The size of letters."""
    return whole(style.get("sz", "")) or int(USUAL_SIZE)
