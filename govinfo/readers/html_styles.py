"""What style sheets, style attributes and the attributes of old HTML say of the elements of a page.

Only properties that can hide, strike out or raise a text are kept, and only of pages on which one of them may do so:
most pages have none, and a style sheet may be longer than the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import tinycss2
from cssselect import HTMLTranslator, SelectorError
from cssselect import parse as parse_selectors
from lxml import etree

from govinfo.readers.css_known import is_known

Element = Any
Style = dict[str, str]

_PROPERTIES = """background-color background-image border-bottom border-top bottom clip clip-path color content
content-visibility direction display filter flex-direction float font-family font-size font-variant-position height left
list-style-image list-style-type margin margin-left mask-image max-height max-width mso-hide mso-text-raise offset-path
opacity order overflow position quotes right rotate scale text-decoration-line
text-indent text-shadow top transform translate unicode-bidi vertical-align visibility width
zoom"""
PROPERTIES = frozenset(_PROPERTIES.split())
_NAMED_OTHERWISE = {
    "-webkit-mask": ("mask-image",),
    "-webkit-mask-image": ("mask-image",),
    "-webkit-text-fill-color": ("color",),
    "background": ("background-color", "background-image"),
    "flex-flow": ("flex-direction",),
    "border": ("border-top",),
    "font": ("font-size", "font-family"),
    "inset": ("top", "left", "right"),
    "list-style": ("list-style-type",),
    "mask": ("mask-image",),
    "overflow-x": ("overflow",),
    "overflow-y": ("overflow",),
    "text-decoration": ("text-decoration-line",),
}
"""Properties that set others, or that are the same here."""

_OUT_OF_PLACE = re.compile(
    r"(?i)--|\\|color|back|clip|content|display|filter|flex-|float|font|indent|inset|list-|quotes|margin(?:-left)?:[^;]*-\d|offset-|mask|scale|mso|opa|(?<![\w-])order|over|pos|rotate|trans|vert|vis|bidi|text-dec|zoom"
)
"""What the text of declarations that matter holds one of."""

_TELLING_TAGS = "big bdo del details dialog mark ol rp rt rtc s small strike sub sup"
_NOT_ON_PAPER = re.compile(r"\bnot\s+(?:print|speech)\s*$", re.IGNORECASE)
_UNSUPPORTED = re.compile(r"@supports\s+not\s*\(\s*([\w-]+)\s*:\s*([^()]*?)\s*\)$", re.IGNORECASE)
_OTHER_SCREENS = re.compile(r"print|speech|max-(?:device-)?(?:width|height)|dark|\bnot\b", re.IGNORECASE)
_IN_FORCE = re.compile(r"@(?:media|supports|layer|container|scope)\b", re.IGNORECASE)
_TOUCHED = re.compile(r"^[^(]*:(?:hover|focus|active|visited|target)")
_BRACES = re.compile(r"([^{}]*)([{}])")
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_STRING = r""""[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|url\(\s*[^"'()\s]+\s*\)"""
_STRING_OR_COMMENT = re.compile(rf"({_STRING})|/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL | re.IGNORECASE)
_PARTING = str.maketrans({sign: f"\\{ord(sign):x} " for sign in "{};"})

LONGEST_SHEET = 1_000_000
"""Characters of style sheets that are looked at."""

MOST_VARIABLES = 3
"""How often variables of a style may stand for one another."""

Rank = tuple[bool, int, tuple[int, ...], int]
"""Importance, origin (attribute, sheet, style attribute), specificity and place: what comes later is obeyed."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of the elements that have any, of what is set before and behind them, of their first letters, of
    the signs of their lists, and whether a style sheet is linked that the file does not hold, so that the colours
    behind a text may be others."""

    of: dict[Element, Style] = field(default_factory=dict)
    before: dict[Element, Style] = field(default_factory=dict)
    after: dict[Element, Style] = field(default_factory=dict)
    first: dict[Element, Style] = field(default_factory=dict)
    marker: dict[Element, Style] = field(default_factory=dict)
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector of a style sheet and what it declares."""

    selector: str
    body: str
    place: int

    @property
    def styles(self) -> tuple[Style, Style]:
        """What is declared, plainly and as important."""
        return declarations(self.body)


Tells = Callable[[Style, str, frozenset[str]], bool]
"""Whether a style may change what is read of an element with a tag, on a page with grounds of these colours."""


def styles_of(root: Element, tells: Tells) -> Styles | None:
    """The styles of a page; None where none of them changes what is read."""
    found = Found()
    sheet = _uncommented(" ".join(_sheets(root)))[:LONGEST_SHEET]
    for element in root.iter():
        if said := element.items():
            _by_attributes(element, said, found)
    rules = _rules_of(root, sheet)
    grounds = frozenset(
        found.grounds() | {style.get("background-color", "") for rule in rules for style in rule.styles}
    )
    if not (next(root.iter(*_TELLING_TAGS.split()), None) is not None or found.tell(tells, grounds)):
        suspects = [rule for rule in rules if any(tells(style, "span", grounds) for style in rule.styles)]
        if not any(_matches(root, rule, tells, grounds) for rule in suspects):
            return None
    for rule in rules:
        for pseudo, specificity, element in _matched(root, rule):
            found.add(pseudo, element, 1, specificity, rule.place, rule.styles)
    linked = root.xpath("boolean(//link[contains(translate(@rel, 'STYLEHEET', 'styleheet'), 'stylesheet')])")
    of, before, after, first, marker = map(found.settled, ("", "before", "after", "first-letter", "marker"))
    return Styles(of, before, after, first, marker, bool(linked))


@dataclass(frozen=True, slots=True)
class Found:
    """The declarations found so far, by pseudo-element and element."""

    ranked: dict[str, dict[Element, list[tuple[Rank, Style]]]] = field(default_factory=dict)

    def add(
        self,
        pseudo: str,
        element: Element,
        origin: int,
        specificity: tuple[int, ...],
        place: int,
        said: tuple[Style, Style],
    ) -> None:
        """One more set of declarations for an element, the plain and the important."""
        for important, style in enumerate(said):
            if style:
                rank = (bool(important), origin, specificity, place)
                self.ranked.setdefault(pseudo, {}).setdefault(element, []).append((rank, style))

    def grounds(self) -> set[str]:
        """The colours of all grounds."""
        return {
            style.get("background-color", "") for several in self.ranked.get("", {}).values() for _, style in several
        }

    def tell(self, tells: Tells, grounds: frozenset[str]) -> bool:
        """Whether any of the declarations changes what is read."""
        said = {
            (id(style), element.tag): style
            for element, several in self.ranked.get("", {}).items()
            for _, style in several
        }
        return any(tells(style, tag, grounds) for (_, tag), style in said.items())

    def settled(self, pseudo: str) -> dict[Element, Style]:
        """The declarations that are obeyed."""
        return {
            element: {
                name: value for _, style in sorted(several, key=lambda one: one[0]) for name, value in style.items()
            }
            for element, several in self.ranked.get(pseudo, {}).items()
        }


NOTHING: tuple[Style, Style] = ({}, {})


@lru_cache(maxsize=10_000)
def declarations(text: str) -> tuple[Style, Style]:
    """The declarations of a style attribute or the body of a rule: the plain ones, the important ones."""
    if not _OUT_OF_PLACE.search(text):
        return NOTHING
    styles: tuple[Style, Style] = ({}, {})
    for item in tinycss2.parse_blocks_contents(tinycss2.parse_component_value_list(text, skip_comments=True)):
        if item.type == "declaration":
            value = tinycss2.serialize(item.value).strip().lower()
            for name in _NAMED_OTHERWISE.get(item.lower_name, (item.lower_name,)):
                if (name in PROPERTIES or name.startswith("--")) and is_known(item.lower_name, value):
                    styles[item.important][name] = value
    return styles


def filled(style: Style, variables: Mapping[str, str]) -> tuple[Style, Mapping[str, str]]:
    """A style with its variables replaced by what the elements around or it itself set them to, and all that are set
    for the elements inside."""
    own = {name: value for name, value in style.items() if name.startswith("--")}
    known = {**variables, **own} if own else variables
    if any("var(" in value for value in style.values()):
        style = {name: _filled(value, known) for name, value in style.items()}
    return style, known


def _filled(value: str, variables: Mapping[str, str]) -> str:
    for _ in range(MOST_VARIABLES if "var(" in value else 0):
        value = _USED.sub(lambda used: variables.get(used[1], used[2] or "").strip(), value)
    return value


# Attributes ---------------------------------------------------------------------------------------------------------

_COLOURS = {"bgcolor": "background-color", "color": "color", "text": "color"}
_FONT_SIZES = {"1": "10px", "2": "13px", "-1": "smaller", "-2": "x-small", "-3": "xx-small"}


def _by_attributes(element: Element, said: Sequence[tuple[str, str]], found: Found) -> None:
    """The style attribute, ``hidden``, and the colours, pictures and sizes that attributes of old HTML set."""
    style: Style = {}
    for name, value in said:
        if name == "style":
            if (declared := declarations(value)) is not NOTHING:
                found.add("", element, 2, (), 0, declared)
        elif name == "hidden":
            style["display"] = "none"
        elif name == "background" and value:
            style["background-image"] = f"url({value})"
        elif name == "face":
            style["font-family"] = value
        elif name == "size" and element.tag == "font" and value.strip() in _FONT_SIZES:
            style["font-size"] = _FONT_SIZES[value.strip()]
        elif name in _COLOURS and (name != "color" or element.tag == "font"):
            style[_COLOURS[name]] = value.strip().lower()
    if style:
        found.add("", element, 0, (), 0, (style, {}))


# Style sheets -------------------------------------------------------------------------------------------------------


def _sheets(root: Element) -> Iterator[str]:
    """The style sheets of a page, those for some screens only in a rule that says so."""
    for style in root.iter("style"):
        text = f"{style.text or ''} {style.tail or ''}"
        yield f"@media {media}{{{text}}}" if (media := style.get("media", "").strip()) else text


def _uncommented(sheet: str) -> str:
    """A style sheet without comments; braces and semicolons in strings and addresses are escaped, so that those left
    part rules and declarations."""
    return _STRING_OR_COMMENT.sub(lambda found: (found[1] or "").translate(_PARTING), sheet)


def _rules_of(root: Element, sheet: str) -> list[Rule]:
    """The rules in force that declare what matters here and whose classes and ids stand on the page."""
    names = set(" ".join(root.xpath("//@class | //@id")).split()) if sheet else set()
    return [
        Rule(selector, body, place)
        for place, (selectors, body) in enumerate(_rules(sheet))
        if any(declarations(body))
        for selector in _possible(selectors, names)
    ]


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and bodies of the rules that are in force on a wide screen; a rule inside another speaks of what
    stands in that one's elements."""
    heads: list[str] = []
    closed = 0
    for piece, brace in _BRACES.findall(sheet + "}"):
        if brace == "{":
            own, _, head = piece.rpartition(";")
            if heads and not closed and (own := own.strip()):
                yield _nested(heads), own
            heads.append(head.strip())
            closed += not _is_in_force(heads[-1])
        elif heads:
            selector = _nested(heads)
            closed -= not _is_in_force(heads.pop())
            if not closed and selector:
                yield selector, piece


def _nested(heads: Sequence[str]) -> str:
    """The selector that the heads of rules one inside the other make."""
    selector = ""
    for head in heads:
        if not head.startswith("@"):
            inner = head if "&" in head or not selector else f"& {head}"
            selector = inner.replace("&", f":is({selector})") if selector else inner
    return selector


def _is_in_force(head: str) -> bool:
    """False for rules that are none of this screen, as those for printers or telephones, and for no rules at all."""
    if not head.startswith("@"):
        return True
    if unsupported := _UNSUPPORTED.match(head):
        return not is_known(unsupported[1].lower(), unsupported[2].lower())
    return bool(_IN_FORCE.match(head)) and not all(
        _OTHER_SCREENS.search(part) and not _NOT_ON_PAPER.search(part) for part in head.split(",")
    )


def _possible(selectors: str, names: set[str]) -> Iterator[str]:
    """The selectors of a rule whose classes and ids all stand on the page."""
    for selector in [selectors] if "(" in selectors else selectors.split(","):
        if _TOUCHED.search(selector):
            continue
        if "(" in selector or "\\" in selector or set(re.findall(r"[.#]([\w-]+)", selector)) <= names:
            yield selector


def _matched(root: Element, rule: Rule) -> Iterator[tuple[str, tuple[int, ...], Element]]:
    """The elements that a rule speaks of, each with the pseudo-element and the specificity."""
    try:
        several = [
            (one, etree.XPath(HTMLTranslator().selector_to_xpath(one))) for one in parse_selectors(rule.selector)
        ]
    except (SelectorError, etree.XPathSyntaxError):
        return  # browsers obey no rule whose selector they do not know
    for one, path in several:
        pseudo = str(one.pseudo_element or "").lower()
        yield from ((pseudo, one.specificity(), element) for element in path(root))


def _matches(root: Element, rule: Rule, tells: Tells, grounds: frozenset[str]) -> bool:
    """Whether a rule changes what is read of any element."""
    return any(
        tells(style, "span" if pseudo else element.tag, grounds)
        for pseudo, _, element in _matched(root, rule)
        for style in rule.styles
    )
