"""Several reports in one file: where one ends and the next begins.

A report begins again where what it has printed is printed again, its rows with figures or its sections of prose. Links
to other reports, tables of contents and titles at the head of each page repeat nothing of that, so they part nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from govinfo.document import Document, Grid, Paragraph
from govinfo.forms import vocabulary
from govinfo.identity.agencies import agency_of
from govinfo.identity.identify import Identity, identify
from govinfo.identity.names import names_a_body
from govinfo.identity.regions import region_like
from govinfo.identity.titles import NO_TITLE, TITLE_LINES, Title, as_line, read_title, title_of_file
from govinfo.identity.years import period_of, signature_in
from govinfo.tables.recognise import lines_of, section_headings_of, section_number
from govinfo.tables.records import read_tables
from govinfo.text import key

Marks = Mapping[tuple[str, str], tuple[str, ...]]
"""What a stretch of a report prints once: (table, row) to its figures, ("", number of a section) to nothing."""

ENOUGH_ROWS = 2
"""Rows of one table that must stand again."""

ENOUGH_SECTIONS = 3
"""Sections of prose that must stand again."""

SECOND_SET = {"disclosure": 2, "requests": 8}
"""Tables that must all stand again to make a report two of which nothing tells which is which, with how many rows."""

UNPARTED = ("several-reports",)
"""The doubt of a report that others stand beside which cannot be told from it."""

MOST_FRONT_LINES = 20
"""Lines above the first heading of a report without a title that may be its own."""

SHORTEST_PROSE = 20
LONGEST_NAME_LINE = 40


@dataclass(frozen=True, slots=True)
class Part:
    """One report of a file, the first is ``number`` 1; ``doubts`` tell where it could not be told from others in it."""

    document: Document
    number: int = 1
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks from one title or restart of the headings to before the next: the headings in it and what it prints."""

    start: int
    title: Title
    sections: frozenset[int]
    marks: Marks

    @property
    def has_tables(self) -> bool:
        """True where rows of a table stand in it."""
        return any(table for table, _ in self.marks)


def parts_of(document: Document) -> tuple[Part, ...]:
    """The reports in a document, in its order; the document itself where it holds one.

    Those of one agency and year are one report: printed twice where they have the same figures, else the first of
    them is taken, with a doubt. Raises nothing.
    """
    starts = starts_of(document)
    found = [
        replace(document, blocks=document.blocks[start:end])
        for start, end in zip(starts, [*starts[1:], len(document.blocks)], strict=True)
    ]
    parts = told_apart(found) if len(found) > 1 else []
    if len(parts) > 1:
        return tuple(without_second_tables(part) for part in parts)
    if parts and parts[0].doubts:
        return (replace(parts[0], document=found[0]),)
    return (without_second_tables(Part(document)),)


# Where a report begins


def starts_of(document: Document) -> list[int]:
    """The blocks on which the reports of a document begin, the first of them 0."""
    starts = [0]
    own, printed, waiting = NO_TITLE, dict[tuple[str, str], tuple[str, ...]](), list[Stretch]()
    for stretch in stretches_of(document):
        waiting.append(stretch)
        if printed and (repeats(stretch.marks, printed) or is_under_another_title(waiting, own, printed)):
            starts.append(beginning(document, waiting))
            own, printed = NO_TITLE, {}
        printed |= {mark: figures for mark, figures in stretch.marks.items() if mark not in printed}
        own = own if own.text else own_title(waiting)
        waiting = [] if stretch.has_tables or len(printed) == len(stretch.marks) else waiting
    return starts


def stretches_of(document: Document) -> Iterator[Stretch]:
    """The stretches of a document, parted at every title and where its sections begin anew."""
    headings = section_headings_of(document)
    titles = titles_at(document, headings)
    starts = sorted({0, *titles, *restarts(headings)})
    for start, end in zip(starts, [*starts[1:], len(document.blocks)], strict=True):
        part = replace(document, blocks=document.blocks[start:end])
        sections = frozenset(number for at, number in headings.items() if start <= at < end)
        marks = marks_of(part) if len(starts) > 1 else {}
        yield Stretch(start, titles.get(start, NO_TITLE), sections, marks)


def titles_at(document: Document, headings: Mapping[int, int]) -> dict[int, Title]:
    """The titles that stand alone on their lines, by the block that they begin on."""
    lines = [
        as_line(block.text) if isinstance(block, Paragraph) and at not in headings else ""
        for at, block in enumerate(document.blocks)
    ]
    found: dict[int, Title] = {}
    taken: set[int] = set()
    for count in range(1, TITLE_LINES + 1):
        for at in range(len(lines) - count + 1):
            within = range(at, at + count)
            if taken.isdisjoint(within) and all(lines[line] for line in within):
                title = read_title("".join(lines[at : at + count]))
                if title and title.alone:
                    start = first_of_name(lines, at, title)
                    found[start] = read_title("".join(lines[start : at + count])) or title
                    taken |= {start, *within}
    return found


def first_of_name(lines: Sequence[str], at: int, title: Title) -> int:
    """The line on which the name of a title begins: those above it, where the title's own line has none."""
    start = at
    if not title.agency and start and names_a_body(lines[start - 1]):
        start -= 1
    name = lines[start] if start < at else title.agency
    above = lines[start - 1] if start else ""
    return start - 1 if above and region_like(above) == above and not region_like(name) else start


def restarts(headings: Mapping[int, int]) -> Iterator[int]:
    """The statutory headings with a number that is not above the one before."""
    last = 0
    for at, number in headings.items():
        if number <= last:
            yield at
        last = number


def own_title(stretches: Sequence[Stretch]) -> Title:
    """The title that stands over the last of the stretches."""
    return next((stretch.title for stretch in reversed(stretches) if stretch.title.text), NO_TITLE)


def is_under_another_title(waiting: Sequence[Stretch], own: Title, printed: Marks) -> bool:
    """True for tables behind other tables, under the title of another agency or year, where no section goes on."""
    other = own_title(waiting)
    sections = frozenset[int]().union(*(stretch.sections for stretch in waiting))
    return (
        waiting[-1].has_tables
        and any(table for table, _ in printed)
        and all(other.names)
        and all(own.names)
        and other.names != own.names
        and (1 in sections or not sections)
    )


def beginning(document: Document, waiting: Sequence[Stretch]) -> int:
    """The block on which a report begins whose tables stand in the last of the stretches.

    It begins with its title, the first of the same where it stands several times; without one behind the day under
    the report before or with the sentence on its period, and with the names above that or above its heading.
    """
    own = own_title(waiting)
    if own.text:
        return next(stretch.start for stretch in waiting if stretch.title.names == own.names)
    start = waiting[-1].start
    for at in reversed(range(max(start - MOST_FRONT_LINES, 0), start)):
        block = document.blocks[at]
        line = as_line(block.text) if isinstance(block, Paragraph) else ""
        if not line or section_number(line):
            break
        if signature_in(line):
            return at + 1
        if period_of([line]):
            start = at
    return above_names(document, start)


def above_names(document: Document, start: int) -> int:
    """The first of the lines right above a heading that are nothing but names."""
    while start and isinstance(block := document.blocks[start - 1], Paragraph):
        line = re.sub(r"\s+", "", as_line(block.text))
        if not (len(line) <= LONGEST_NAME_LINE and names_a_body(line)):
            break
        start -= 1
    return start


# What a report prints once


def marks_of(document: Document) -> Marks:
    """The rows with figures of a stretch, and its sections with prose."""
    rows = {
        (table, settled.row.code): tuple(cell.text.strip() if cell else "" for cell in settled.reading)
        for table, found in read_tables(document).items()
        for settled in found
        if settled.reading
    }
    return {**rows, **{("", str(number)): () for number in sections_with_prose(document)}}


def sections_with_prose(document: Document) -> Iterator[int]:
    """The statutory sections right below whose heading prose stands."""
    headings = section_headings_of(document)
    for at, number in headings.items():
        below = document.blocks[at + 1] if at + 1 < len(document.blocks) else None
        if isinstance(below, Paragraph) and at + 1 not in headings and len(below.text.strip()) >= SHORTEST_PROSE:
            yield number


def repeats(marks: Marks, printed: Marks) -> bool:
    """True where a good part of what a stretch prints stands in the report already."""
    again = marks.keys() & printed.keys()
    by_table = {table: {mark for mark in marks if mark[0] == table} for table, _ in again}
    return any(
        len(again & mine) >= (ENOUGH_ROWS if table else ENOUGH_SECTIONS) and len(again & mine) * 2 > len(mine)
        for table, mine in by_table.items()
    )


# Whose they are


def told_apart(documents: Sequence[Document]) -> list[Part]:
    """The reports of different agencies or years; what adds neither is another printing of one before."""
    metadata = replace(documents[0].metadata, title="")
    parts: list[Part] = []
    known: list[tuple[Identity, Marks]] = []
    for document in documents:
        part = Part(replace(document, metadata=metadata), len(parts) + 1)
        identity, marks = identify(part.document), marks_of(part.document)
        twin = next((at for at, (other, _) in enumerate(known) if adds_nothing(identity, other)), None)
        if twin is None:
            parts.append(part)
            known.append((identity, marks))
        elif not same_figures(marks, known[twin][1]):
            parts[twin] = replace(parts[twin], doubts=UNPARTED)
    page = documents[0].metadata
    heir = heir_of(title_of_file(page.title).names, [identity for identity, _ in known])
    if heir is not None:
        parts[heir] = replace(parts[heir], document=replace(parts[heir].document, metadata=page))
    return parts


def heir_of(page: tuple[str, int | None], identities: Sequence[Identity]) -> int | None:
    """Which report without a title the title of the page names; None where it names another or none."""
    names = [(identity.agency, identity.year) for identity in identities]
    if not all(page) or page in names:
        return None
    fitting = (
        at
        for at, (agency, year) in enumerate(names)
        if not identities[at].title and agency in ("", page[0]) and year in (None, page[1])
    )
    return next(fitting, None)


def adds_nothing(identity: Identity, known: Identity) -> bool:
    """True for an agency and a year that are those already known, or are not known themselves."""
    same_agency = not identity.agency or agency_of(identity.agency).id == agency_of(known.agency).id
    return same_agency and identity.year in (None, known.year)


def same_figures(marks: Marks, known: Marks) -> bool:
    """True where two printings of a report have the same figures in every row that both have."""
    return all(figures == known[mark] for mark, figures in marks.items() if mark in known)


def without_second_tables(part: Part) -> Part:
    """A report, with a doubt where it goes on with a second set of tables that no title or heading parts from it.

    One table alone is no other report: an annex, or the table of the year before.
    """
    printed: dict[tuple[str, str], tuple[str, ...]] = {}
    again: dict[str, int] = {}
    for at, block in enumerate(part.document.blocks):
        if isinstance(block, Grid):
            marks = rows_by_label(replace(part.document, blocks=(block,)))
            if not same_figures(marks, printed):
                again |= {table: at for table in tables_again(marks, printed) if table not in again}
            printed |= {mark: figures for mark, figures in marks.items() if mark not in printed}
    if len(again) < len(SECOND_SET):
        return part
    blocks = part.document.blocks[: min(again.values())]
    return Part(replace(part.document, blocks=blocks), part.number, UNPARTED)


def rows_by_label(document: Document) -> Marks:
    """The rows with figures whose label names one row of the forms and no other."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in lines_of(document):
        name = key(line.labels[-1].text) if line.labels and line.has_figures else ""
        rows = [(table, row) for table in SECOND_SET for row in vocabulary(table).rows.get(name, ())]
        if len(rows) == 1:
            found.setdefault(rows[0], tuple(cell.text.strip() for cell in line.slots))
    return found


def tables_again(marks: Marks, printed: Marks) -> set[str]:
    """The tables of a second set that a grid prints again."""
    return {
        table
        for table, rows in SECOND_SET.items()
        if sum(mark in printed for mark in marks if mark[0] == table) >= rows
    }
