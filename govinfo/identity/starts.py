"""Where reports begin in a file that holds several.

A report begins again where what it has printed is printed again, its rows with figures or its sections of prose. Links
to other reports, tables of contents and titles at the head of each page repeat nothing of that, so they part nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from govinfo.document import Document, Paragraph
from govinfo.identity.marks import Marks, marks_of, repeats, sections_with_prose
from govinfo.identity.names import names_a_body, unnumbered
from govinfo.identity.regions import region_like
from govinfo.identity.titles import NO_TITLE, TITLE_LINES, Title, as_line, read_title, speaks_of_it
from govinfo.identity.years import period_of, signature_in
from govinfo.tables.lines import each_line
from govinfo.tables.sections import section_headings_of, section_number
from govinfo.text import is_figure, unspaced

MOST_FRONT_LINES = 20
"""Lines above the first heading of a report without a title that may be its own."""

LONGEST_NAME_LINE = 40

ENOUGH_PRINTED = 2
"""Stretches that print something; where one alone does, nothing is printed again."""


@dataclass(frozen=True)
class Stretch:
    """Blocks from one title or restart of the headings to before the next, as a document: the headings in it."""

    start: int
    title: Title
    sections: frozenset[int]
    document: Document

    @cached_property
    def marks(self) -> Marks:
        """What it prints. Its tables are read to tell, so nobody should ask who need not know."""
        return marks_of(self.document)

    @property
    def has_tables(self) -> bool:
        """True where rows of a table stand in it."""
        return any(table for table, _ in self.marks)


def starts_of(document: Document) -> list[int]:
    """The blocks on which the reports of a document begin, the first of them 0."""
    starts = [0]
    own, printed, waiting = NO_TITLE, dict[tuple[str, str], tuple[str, ...]](), list[Stretch]()
    stretches = list(stretches_of(document))
    if sum(map(prints, stretches)) < ENOUGH_PRINTED:
        return starts
    for stretch in stretches:
        waiting.append(stretch)
        if printed and (repeats(stretch.marks, printed) or is_under_another_title(waiting, own, printed)):
            starts.append(beginning(document, waiting))
            own, printed = NO_TITLE, {}
        printed |= {mark: figures for mark, figures in stretch.marks.items() if mark not in printed}
        own = own if own.text else own_title(waiting)
        waiting = [] if stretch.has_tables or len(printed) == len(stretch.marks) else waiting
    return starts


def prints(stretch: Stretch) -> bool:
    """Whether a stretch can have marks; told without reading its tables, by what is quick to see first."""
    in_grids = any(is_figure(cell.text) for grid in stretch.document.grids() for cell in grid.cells)
    return (
        in_grids
        or any(sections_with_prose(stretch.document))
        or any(line.slots for line in each_line(stretch.document))
    )


def stretches_of(document: Document) -> Iterator[Stretch]:
    """The stretches of a document, parted at every title and where its sections begin anew."""
    headings = section_headings_of(document)
    titles = titles_at(document, headings)
    starts = sorted({0, *titles, *restarts(headings)})
    for start, end in zip(starts, [*starts[1:], len(document.blocks)], strict=True):
        part = replace(document, blocks=document.blocks[start:end])
        sections = frozenset(number for at, number in headings.items() if start <= at < end)
        yield Stretch(start, titles.get(start, NO_TITLE), sections, part)


def titles_at(document: Document, headings: Mapping[int, int]) -> dict[int, Title]:
    """The titles that stand alone on their lines, by the block that they begin on."""
    lines = [
        as_line(block.text) if isinstance(block, Paragraph) and at not in headings else ""
        for at, block in enumerate(document.blocks)
    ]
    about = [speaks_of_it(line) for line in lines]
    found: dict[int, Title] = {}
    taken: set[int] = set()
    for count in range(1, TITLE_LINES + 1):
        for at in range(len(lines) - count + 1):
            if any(about[at : at + count]) and all(lines[at : at + count]) and taken.isdisjoint(range(at, at + count)):
                title = read_title("".join(lines[at : at + count]))
                if title and title.alone:
                    start = first_of_name(lines, at, title)
                    found[start] = read_title("".join(lines[start : at + count])) or title
                    taken |= {start, *range(at, at + count)}
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
        line = unspaced(as_line(block.text))
        if not (len(line) <= LONGEST_NAME_LINE and names_a_body(unnumbered(line))):
            break
        start -= 1
    return start
