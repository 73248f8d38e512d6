"""robots.txt, as RFC 9309 has it: the rules of the group that names us, the longest rule that fits decides.

The parser of the standard library knows neither the longest rule nor the signs * and $, which hosts rely on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

PRODUCT = "govinfo"
"""The name that a group of robots.txt may call us by."""


@dataclass(frozen=True, slots=True)
class Robots:
    """What a host asks of us: ``rules`` are (allowed, pattern), ``delay`` the seconds between two requests."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """True when a path, with its query, may be fetched; of two rules of the same length, the kinder one holds."""
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


EVERYTHING = Robots()
NOTHING = Robots(rules=((False, "/"),))


def read_robots(text: str) -> Robots:
    """The rules for us: of all groups that name us, else of all groups for everybody."""
    groups = list(groups_of(text))
    mine = [lines for agents, lines in groups if PRODUCT in agents] or [
        lines for agents, lines in groups if "*" in agents
    ]
    lines = [line for group in mine for line in group]
    delays = [float(value) for name, value in lines if name == "crawl-delay" and re.fullmatch(r"\d+(\.\d+)?", value)]
    return Robots(
        rules=tuple((name == "allow", value) for name, value in lines if name in ("allow", "disallow") and value),
        delay=max(delays, default=0.0),
    )


def groups_of(text: str) -> Iterator[tuple[list[str], list[tuple[str, str]]]]:
    """The groups of a robots.txt: the agents that they are for, and their lines."""
    agents: list[str] = []
    lines: list[tuple[str, str]] = []
    for name, value in lines_of(text):
        if name == "user-agent":
            if lines:
                yield agents, lines
                agents, lines = [], []
            agents.append(re.split(r"[/\s]", value.lower())[0])
        elif agents and name in ("allow", "disallow", "crawl-delay"):
            lines.append((name, value))
    yield agents, lines


def lines_of(text: str) -> Iterator[tuple[str, str]]:
    """The lines of a robots.txt as name and value, without remarks."""
    for line in text.removeprefix("\ufeff").splitlines():
        name, colon, value = line.split("#")[0].partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def fits(pattern: str, path: str) -> bool:
    """True when a rule speaks of a path: it is how the path begins; * stands for anything, a last $ for its end."""
    begin, *parts = (plain(part) for part in pattern.removesuffix("$").split("*"))
    left = plain(path)
    if not left.startswith(begin):
        return False
    left = left.removeprefix(begin)
    end = parts.pop() if parts and pattern.endswith("$") else None
    # The first place of each part leaves the most for those behind it, so no other needs to be tried.
    for part in parts:
        _, found, left = left.partition(part) if part else ("", "*", left)
        if not found:
            return False
    return left.endswith(end) if end is not None else not (pattern.endswith("$") and left)


def plain(path: str) -> str:
    """A path with its characters written in one way: %e4 and %E4 and the character itself are the same."""
    return quote(unquote(path, errors="surrogateescape"), safe="/?&=;:@+$,!~*'()", errors="surrogateescape")
