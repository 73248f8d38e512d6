"""Counts stated in prose as tidy records: a figure is taken only where its subject is sure.

Which words make it so stands in rules.csv. A figure of another year or of a part of one, a change, a plan, a figure of
a part of the agency's bodies and what stands among the problems of a report are not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from govinfo.prose.stated import Plain, Stated, figures_in, plain_text, sentences
from govinfo.prose.subjects import NO_MEASURE, Rule, rules_for, rules_of_nothing, subjects

STATEMENTS = {
    "report_id": "string",
    "agency": "string",
    "year": "Int64",
    "number": "Int64",
    "topic": "string",
    "subject": "string",
    "value": "Float64",
    "unit": "string",
    "approximate": "string",
    "words": "string",
    "paragraph": "Int64",
    "start": "Int64",
    "page": "Int64",
    "synthetic": "boolean",
}
"""Columns of the statements frame in their order, with their types."""

LONGEST_QUOTATION = 20
LONGEST_BEHIND = 12
"""Letters quoted behind a figure."""

WINDOW = 90
"""Letters before a figure within which its subject stands."""

NOT_READ = frozenset({"problems", "improvement"})
PROBLEMS = 5

OF_OTHER_YEARS = frozenset({"requests_carried_in", "requests_carried_out"})
CHANGE = re.compile(r"(?:增加|减少|增长|增|减|下降|上升|回落|提高|提升|多|少|升|降)(?:了|至|到)?$")
EARLIER = re.compile(r"上年|去年|同期|上一年|往年|历年|以来|前一年|“?十[二三四五]五")
PART_OF_YEAR = re.compile(r"[上下]半年|季度|(?<![\d—~至-])\d{1,2}月份?(?![\d—~至-]|底|末)")
PLAN = re.compile(r"下一步|将继续|力争|争取|预计|拟于|计划于|将于")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
TITLES = re.compile(r"《[^《》]*》|〔[^〔〕]*〕")
YEARS = re.compile(r"(?:19|20)\d\d年度?[、和与及](?:19|20)\d\d年")
ASIDE = re.compile(r"\([^()]*\)")
HALF_ASIDE = re.compile(r"^[^（(]*[）)](?=.)")
BREAK = re.compile(r"(?<!其中)[,;:。(]")


def statements_of(sections: Sequence[Mapping[str, object]], year: int | None) -> list[dict[str, object]]:
    """The counts that the paragraphs of a report state, as records of the statements frame without what is the same
    in all of a report. ``sections`` are records of the sections frame."""
    return [
        statement
        for section in sections
        if section["text"] and section["number"] != PROBLEMS and section["topic"] not in NOT_READ
        for statement in statements_in(section, year)
    ]


def statements_in(section: Mapping[str, object], year: int | None) -> Iterator[dict[str, object]]:
    """The counts that a paragraph states."""
    text = str(section["text"])
    if not any(letter.isdigit() or letter in "无未没不零两一二三四五六七八九十" for letter in text):
        return
    plain = plain_text(text)
    about = f"section{section['number']} {section['topic']} {section['subheading']} "
    for begins, sentence in sentences(plain):
        for rule, stated in found_in(sentence, about, year):
            yield record_of(section, plain, begins, rule, stated)


def record_of(
    section: Mapping[str, object], plain: Plain, begins: int, rule: Rule, stated: Stated
) -> dict[str, object]:
    """A statement as a record of its frame."""
    text, end = str(section["text"]), begins + stated.said
    first = max(begins, end - LONGEST_QUOTATION, clause_start(plain.text, begins + stated.told))
    quoted = "".join(text[plain.at[first] : plain.at[end - 1] + 1].split())[-LONGEST_QUOTATION:]
    return {
        "number": section["number"],
        "topic": section["topic"],
        "subject": rule.subject,
        "value": float(stated.value),
        "unit": stated.measure or subjects()[rule.subject].unit,
        "approximate": stated.approximate,
        "words": HALF_ASIDE.sub("", quoted).lstrip("，、；：。"),
        "paragraph": section["paragraph"],
        "start": plain.at[begins + stated.start],
        "page": section["page"],
    }


def found_in(sentence: str, about: str, year: int | None) -> Iterator[tuple[Rule, Stated]]:
    """The statements of a sentence: each figure with the first rule that fits it, and what is said not to be."""
    figures = list(figures_in(sentence))
    found = [told for one in figures if (told := rule_of(one, sentence, about, year))]
    found += [(rule, none) for rule in rules_of_nothing() for none in nones(rule, sentence, about, year)]
    yield from sorted(found, key=lambda pair: (pair[1].start, pair[1].end))


def rule_of(one: Stated, sentence: str, about: str, year: int | None) -> tuple[Rule, Stated] | None:
    """The first rule that makes the subject of a figure sure; None where none does."""
    before, behind = sentence[max(0, one.start - WINDOW) : one.start], sentence[one.end :]
    if CHANGE.search(before) or PLAN.search(sentence[: one.start]):
        return None
    for rule in rules_for(one.measure or NO_MEASURE):
        said = rule.before.search(before)
        if said and (then := rule.after.match(behind)):
            start = one.start - len(before) + said.start()
            end = one.end + then.end()
            if holds(rule, sentence, start, one.start, end, about, year):
                return rule, replace(one, told=start, said=min(end, one.end + LONGEST_BEHIND))
    return None


def nones(rule: Rule, sentence: str, about: str, year: int | None) -> Iterator[Stated]:
    """What a sentence says there was none of."""
    for found in rule.before.finditer(sentence):
        if PLAN.search(sentence[: found.start()]) or not rule.after.match(sentence, found.end()):
            continue
        if holds(rule, sentence, found.start(), found.end(), found.end(), about, year):
            yield Stated(found.start(), found.end(), Decimal(0), "", "", found.start(), found.end())
            return


def holds(rule: Rule, sentence: str, start: int, figure: int, end: int, about: str, year: int | None) -> bool:
    """True where what a rule asks beyond its words is there: it speaks of the year, in its context."""
    clause = sentence[clause_start(sentence, start) : end]
    if PART_OF_YEAR.search(clause):
        return False
    if rule.subject not in OF_OTHER_YEARS and (EARLIER.search(clause) or of_another_year(sentence[:figure], year)):
        return False
    if rule.unless and rule.unless.search(clause):
        return False
    return bool(rule.context.search(about + sentence[:end]))


def clause_start(sentence: str, place: int) -> int:
    """Where the clause begins that a place stands in; what stands in brackets before it parts no clause."""
    before = ASIDE.sub(lambda aside: "·" * len(aside.group()), sentence[:place])
    breaks = [found.end() for found in BREAK.finditer(before)]
    return breaks[-1] if breaks else 0


def of_another_year(before: str, year: int | None) -> bool:
    """True where the last year named before a figure is not that of the report, or several are named together."""
    if YEARS.search(before):
        return True
    named = YEAR.findall(TITLES.sub("", before))
    return bool(year and named) and int(named[-1]) != year
