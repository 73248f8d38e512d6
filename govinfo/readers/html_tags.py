"""The tags of HTML by what browsers do with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_BLOCKS = """address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td
tfoot th thead tr ul"""
_UNSEEN = """audio button canvas datalist iframe input math noembed noframes noscript object option rp script select
style svg template textarea title video"""

BLOCKS = frozenset(_BLOCKS.split())
UNSEEN = frozenset(_UNSEEN.split())
"""What holds no text that is seen as such."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CELLS = frozenset({"td", "th"})
GROUPS = frozenset({"thead", "tbody", "tfoot"})
FRAMES = CELLS | GROUPS | {"table", "tr", "caption", "html", "body", "head"}
"""What holds places of its own, however it looks."""


def texts_of(root: Any, tag: str) -> Iterator[str]:
    """The texts in the elements with a tag that hold no others, and right behind them."""
    return (text for element in root.iter(tag) for text in (element.text, element.tail) if text)
