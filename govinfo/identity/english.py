"""The name of an agency as an English reader can read it: places romanised, kinds of places and bodies in English.

``english.csv`` holds what a dictionary of readings does not know: the readings of place names, the official English
names of autonomous regions, peoples, kinds of places, bodies, what bodies are in charge of, and short names that stand
for a body with its charge (科委). The rest is pypinyin's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from govinfo.files.data import read_table
from govinfo.identity.regions import names, short_names
from govinfo.text import simplify

CHINESE = re.compile(r"[\u3400-\u9fff]+")
LONGEST = 16
"""Characters of the longest name of a region or word that is looked for."""


@cache
def words(kind: str) -> Mapping[str, str]:
    """The words of a kind, Chinese to English."""
    return MappingProxyType(
        {line["zh"]: line["en"] for line in read_table("identity", "english") if line["kind"] == kind}
    )


@lru_cache(maxsize=100_000)
def english(name: str) -> str:
    """A Chinese name in English words and pinyin; what is not Chinese stays.

    Sanquan Town of Xinjiang County, 新绛县三泉镇人民政府, is "Xinjiang County Sanquan Town Government".
    """
    parts = CHINESE.sub(lambda found: f" {' '.join(pieces(simplify(found[0])))} ", name)
    return re.sub(r"\s+(?=[,)])|(?<=\()\s+", "", re.sub(r"\s+", " ", parts)).strip()


def pieces(text: str) -> Iterator[str]:
    """The English words of a Chinese text from left to right: what the tables know, else what a reading gives."""
    unknown = ""
    at = 0
    while at < len(text):
        found = known_at(text, at, unknown)
        if found is None:
            unknown += text[at]
            at += 1
            continue
        length, word = found
        if unknown:
            yield reading(unknown)
            unknown = ""
        yield word
        at += length
    if unknown:
        yield reading(unknown)


def known_at(text: str, at: int, unknown: str) -> tuple[int, str] | None:
    """The longest thing that the tables know at a place: its length and its English.

    A kind of place (县, 镇) needs the name of one before it; a body or what it is in charge of stands anywhere but in
    the middle of an unknown name; a short name of both stands at the end, lest 居民委员会 be taken for a 民委.
    """
    for length in range(min(LONGEST, len(text) - at), 0, -1):
        part = text[at : at + length]
        if not unknown and (part in words("official") or (length > 1 and part in names())):
            return length, region(part)
        if unknown and part in words("kind"):
            return length, words("kind")[part]
        if at and at + length == len(text) and part in words("short"):
            return length, words("short")[part]
        if length > 1 and (part in words("body") or part in words("word")):
            return length, words("body").get(part) or words("word")[part]
        if not unknown and part in words("reading"):
            return length, words("reading")[part]
        if not unknown and length > 1 and part in short_names():
            return length, reading(part)
        if at and part in words("body") and at + length == len(text):
            return length, words("body")[part]
        if at and not unknown and (part in words("kind") or part in words("word")):
            return length, words("kind").get(part) or words("word")[part]
    return None


@cache
def region(name: str) -> str:
    """The English name of a region of the table: its own, and what kind of a place it is."""
    if name in words("official"):
        return words("official")[name]
    if (whole := words("reading").get(name)) and " " in whole:
        return whole
    kind = next((one for one in sorted(words("kind"), key=len, reverse=True) if name.endswith(one)), "")
    stem = name.removesuffix(kind) or name
    peoples: list[str] = []
    while kind.startswith("自治") and (
        people := next((one for one in sorted(words("people"), key=len, reverse=True) if stem.endswith(one)), "")
    ):
        peoples.insert(0, words("people")[people])
        stem = stem.removesuffix(people)
    together = " and ".join(filter(None, [", ".join(peoples[:-1]), *peoples[-1:]]))
    return " ".join(filter(None, [reading(stem), together, words("kind").get(kind, "")]))


@cache
def reading(text: str) -> str:
    """A name in pinyin as one word, with an apostrophe where a syllable begins with a vowel: Xi'an, Dong'e."""
    if text in words("reading"):
        return words("reading")[text]
    from pypinyin import lazy_pinyin  # its dictionary takes longer to load than all the rest of this room

    joined = ""
    for syllable in lazy_pinyin(text, v_to_u=True):
        joined += ("'" if joined and syllable[0] in "aeo" else "") + syllable
    return joined[:1].upper() + joined[1:]
