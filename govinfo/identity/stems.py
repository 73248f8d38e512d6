"""What of a name tells who it is: without the words that change nothing, as ``words.csv`` lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from govinfo.files.data import read_table
from govinfo.identity.regions import SHORTEST


@cache
def words(kind: str) -> Mapping[str, str]:
    """The words of a kind (opening, leader, ending, committee, zone) to what stands for them, the longest first."""
    lines = [line for line in read_table("identity", "words") if line["kind"] == kind]
    return {line["printed"]: line["means"] for line in sorted(lines, key=lambda line: -len(line["printed"]))}


def stem_of(text: str) -> str:
    """A name, or what is left of it behind its region, without the words that change nothing about who it is."""
    before = None
    while text and text != before:
        before = text
        for opening in words("opening"):
            text = text.removeprefix(opening) or text
        text = without_ending(without_committee(text))
    return text


def without_ending(text: str) -> str:
    """A name with its ending in the one way that all its wordings mean, the longest ending first."""
    for ending, means in words("ending").items():
        if text.endswith(ending):
            return text.removesuffix(ending) + means
    return text


def without_committee(text: str) -> str:
    """The name of a development zone without the committee that governs it."""
    for committee in words("committee"):
        front = text.removesuffix(committee)
        if front != text and front.endswith(tuple(words("zone"))):
            return front
    return text


@cache
def zone_pattern() -> re.Pattern[str]:
    """Matches a name that holds the word for a development zone."""
    return re.compile(rf"(?P<own>.*?)(?P<zone>{'|'.join(words('zone'))})(?P<behind>.*)")


def parted_at_zone(stem: str) -> tuple[str, str, str]:
    """The own name of a development zone, the word for its kind, and what stands behind; all "" where there is none."""
    found = zone_pattern().fullmatch(stem)
    own, zone, behind = (found["own"], found["zone"], found["behind"]) if found else ("", "", "")
    return (own if len(own) >= SHORTEST else ""), zone, behind
