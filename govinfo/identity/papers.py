"""What is a report and what is none: blank forms, notices, news, guides and lists of links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from govinfo.document import Document
from govinfo.errors import NotAReport
from govinfo.files.data import read_table
from govinfo.identity.identify import Identity
from govinfo.identity.titles import as_line, before_first_section, titles_in

Record = Mapping[str, object]
"""One row of the cells frame or the sections frame."""

ENOUGH_HEADINGS = 3
"""Statutory headings that make a text without tables a report."""

ENOUGH_TOPICS = 3
"""What the Regulations ask a report to tell, of which prose without headings must speak in sentences of its own."""

ENOUGH_COUNTED = 2
"""The same of topics that the sentences count."""

COUNTED = re.compile(r"\d[余多]?(?:条|件|次|项|篇|人)")

MOST_TOPICS = 2
"""Topics of one sentence; one that names more lists the parts of a report."""

LEAST_PROSE = 40
"""Letters between the headings of a form that somebody filled in."""

LEFT_TO_FILL = re.compile(
    r"[Xx×*_□○〇]{2,}|某[某单机局]|\{\{|\$\{|[(\[【<{](?:填报)?(?:单位|机关|行政机关|部门|地区|年份?|年度)(?:名称|全称)?[)\]】>}]"
)
BAR = " | "
"""What parts the places of a printed line that is kept whole."""

PLACEHOLDER = re.compile(r"[\sXx×*_□○〇.…]*")
SOMETHING_THERE = frozenset({"picture", "script", "form-field", "struck-out", "hidden", "ambiguous"})
"""Doubts of a cell that shows something, whatever was read."""


def refuse_other_papers(
    document: Document, identity: Identity, cells: Sequence[Record], sections: Sequence[Record]
) -> None:
    """Raises NotAReport for a form that nobody filled in, and for a file with neither a table of the form nor the
    outline or the wording of a report."""
    lines = [as_line(paragraph.text) for paragraph in document.paragraphs()]
    if is_blank_form(lines, document, identity, cells, sections):
        raise NotAReport(
            "The form is blank: no figure stands in its tables, or its title is still to be filled in.",
            hint="Take the report that was made from this form.",
        )
    headings = {section["number"] for section in sections if section["heading"]}
    outlined = bool(identity.title) and len(headings) >= ENOUGH_HEADINGS
    if not cells and not outlined and not is_prose_report(lines, identity):
        raise NotAReport(
            "No table of the form and no outline of an annual report was found.",
            hint="Check that this is the report itself, not its announcement, attachment list or a page around it.",
        )


def is_blank_form(
    lines: Sequence[str], document: Document, identity: Identity, cells: Sequence[Record], sections: Sequence[Record]
) -> bool:
    """True for tables without a figure, or with zeros alone, under a title with gaps; without a figure also where
    agency or year are not known or hardly a word stands beside the tables."""
    if document.unread or not all(is_empty(cell) or cell.get("value") == 0 for cell in cells):
        return False
    if any(LEFT_TO_FILL.search(line) and "报告" in line for line in before_first_section(lines)):
        return True
    told = identity.agency and identity.year and sum(len(str(section["text"])) for section in sections) >= LEAST_PROSE
    return bool(cells) and all(map(is_empty, cells)) and not told


def is_empty(cell: Record) -> bool:
    """True for a cell that shows nothing but signs for what is to be filled in; of an open row, which keeps its whole
    line, for all places behind its label."""
    raw = str(cell["raw"])
    label, *places = raw.split(BAR)
    if places and label:
        return all(len(place.strip()) > 1 and PLACEHOLDER.fullmatch(place) for place in places)
    doubts = set(str(cell["doubts"]).split(";"))
    lone_sign = len(raw.strip()) == 1 and raw.strip() not in "Xx×"  # as those for zero and nothing are
    return PLACEHOLDER.fullmatch(raw) is not None and not lone_sign and not doubts & SOMETHING_THERE


def is_prose_report(lines: Sequence[str], identity: Identity) -> bool:
    """True for a text under a title of its own that names agency and year, which tells what a report has to tell."""
    names = (identity.agency, identity.year)
    titled = any(title.alone and title.names == names for title in titles_in(list(before_first_section(lines))))
    told = list(sentences(lines))
    counted = [sentence for sentence in told if COUNTED.search(sentence)]
    enough = len(topics_told(told)) >= ENOUGH_TOPICS or len(topics_told(counted)) >= ENOUGH_COUNTED
    return titled and all(names) and enough


def topics_told(sentences: Sequence[str]) -> set[str]:
    """The topics of a report that sentences speak of; those that list its parts do not count."""
    found = [topics_of(sentence) for sentence in sentences]
    return {topic for topics in found if len(topics) <= MOST_TOPICS for topic in topics}


def sentences(lines: Sequence[str]) -> Iterator[str]:
    """The sentences of lines that are prose: links and menus have no full stop."""
    for line in lines:
        if "。" in line:
            yield from re.split(r"[。;]", line)


def topics_of(sentence: str) -> set[str]:
    """The topics that a sentence names."""
    return {line["topic"] for line in read_table("identity", "topics") if re.search(line["pattern"], sentence)}
