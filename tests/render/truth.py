"""What the page of a filled form prints, to compare with what is read."""

from __future__ import annotations

import re
import unicodedata

from govinfo.render.model import Form, Key
from govinfo.render.sheets import SHEETS, sheet_of


def truth(form: Form) -> dict[Key, str]:
    """What the page prints: the text of each cell of the form that stands on it, the first where it stands twice."""
    found: dict[Key, str] = {}
    for table in SHEETS:
        for slot in (slot for row in sheet_of(form, table) for slot in row):
            if slot.means:
                found.setdefault(slot.means, slot.text)
    return found


def worth(text: str) -> float | None:
    """The figure that a text prints, None where it prints none."""
    folded = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    found = re.match(r"([+-]?)(\d+(?:\.\d+)?)", folded)
    return float(found[0]) if found else None
