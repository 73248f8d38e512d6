"""Whether a Word document holds nothing but plain texts, as most do: then none of them needs a mark.

What holds where is not worked out: whatever an element or a style in use sets is held against whatever ground lies
anywhere. So a document that is plain here is plain wherever one looks.
"""

from __future__ import annotations

from collections.abc import Iterator

from govinfo.readers.css_values import WHITE
from govinfo.readers.docx_letters import SMALL, half_points, seen_of
from govinfo.readers.docx_styles import SETTING, UNKNOWN, Named, Sheet, of_run, said_by
from govinfo.readers.docx_xml import Element, children, each, holds, value_of, whole

PICTURES = frozenset({"drawing", "pict", "object"})
NOTES = frozenset({"footnoteReference", "endnoteReference"})
DRAWN = PICTURES | NOTES | {"oMath", "rt"}
FIELDS = frozenset({"fldChar", "fldSimple"})

_ODD = NOTES | {"sym", "bdo", "cellDel"}
_ODD_IN_CELLS = DRAWN | FIELDS | {"numPr", "showingPlcHdr"}
_STYLED_BY = frozenset({"pStyle", "rStyle", "tblStyle"})

_MANY = 100
"""More properties than a report sets; each against each would take too long."""

Said = set[tuple[str, str]]
"""Properties with their values."""


def is_plain(body: Element, sheet: Sheet) -> bool:
    """Whether no text of a document has to be marked, and nothing is seen in its cells that is no text."""
    if holds(body, _ODD) or any(_is_in_cell(one) for one in each(body, _ODD_IN_CELLS)):
        return False
    ids = {value_of(one) for one in each(body, _STYLED_BY)}
    styles = [sheet.named(style_id) for style_id in (*ids, sheet.usual_paragraph)]
    if any(style.numbers for style in styles):
        return False
    said: Said = set(sheet.defaults.items()).union(*map(_said, styles))
    said.update(one for element in each(body, SETTING) for one in said_by(element).items())
    return len(said) <= _MANY and not _tell(said) and not _has_small(body, sheet, styles, said)


def _is_in_cell(element: Element) -> bool:
    return next(element.iterancestors("{*}tc"), None) is not None


def _said(style: Named) -> Iterator[tuple[str, str]]:
    """What a style sets of letters, and the fills that it sets behind paragraphs and in tables."""
    yield from style.letters.items()
    yield from (("shd", fill) for fill in (*style.fills, *[UNKNOWN] * style.shades))


def _tell(said: Said) -> bool:
    """Whether a property makes letters other than plain, on whatever ground; but for sizes beside one another."""
    shifted = any(name == "position" and whole(value) for name, value in said)
    grounds = [(), *((one,) for one in said if one[0] in {"shd", "highlight"})]
    return shifted or any(seen_of((one, *ground), WHITE, True, 0) for one in said for ground in grounds)


def _has_small(body: Element, sheet: Sheet, styles: list[Named], said: Said) -> bool:
    """Whether letters may be small beside others in their paragraph."""
    inherited = {half_points(sheet.defaults)} | {half_points(one.letters) for one in styles if "sz" in one.letters}
    sizes = inherited | {half_points({name: value}) for name, value in said if name == "sz"}
    return _differ(sizes) and any(_is_mixed(paragraph, sheet, inherited) for paragraph in body.iter("{*}p"))


def _is_mixed(paragraph: Element, sheet: Sheet, inherited: set[int]) -> bool:
    """Whether the sizes of the runs of a paragraph may differ; those that set none have all the same."""
    runs = list(paragraph.iter("{*}r"))
    if len(runs) < 2:
        return False
    own = [of_run(run, {}, sheet) for run in runs if next(children(run, "t"), None) is not None]
    sizes = {half_points(style) for style in own if "sz" in style}
    if sizes and not all("sz" in style for style in own):
        sizes |= inherited
    return _differ(sizes) or holds(paragraph, {"tbl"})


def _differ(sizes: set[int]) -> bool:
    return min(sizes, default=0) < SMALL * max(sizes, default=0)
