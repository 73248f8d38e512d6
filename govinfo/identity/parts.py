"""Several reports in one file: which they are, and those that cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from govinfo.document import Document, Grid
from govinfo.identity.agencies import agency_of
from govinfo.identity.identify import Identity, identify
from govinfo.identity.marks import SECOND_SET, Marks, marks_of, rows_by_label, rows_named, same_figures, tables_again
from govinfo.identity.starts import starts_of
from govinfo.identity.titles import title_of_file

UNPARTED = ("several-reports",)
"""The doubt of a report that others stand beside which cannot be told from it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One report of a file, the first is ``number`` 1; ``doubts`` tell where it could not be told from others in it."""

    document: Document
    number: int = 1
    doubts: tuple[str, ...] = ()


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


def adds_nothing(identity: Identity, known: Identity) -> bool:
    """True for an agency and a year that are those already known, or are not known themselves."""
    same_agency = not identity.agency or agency_of(identity.agency).id == agency_of(known.agency).id
    return same_agency and identity.year in (None, known.year)


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


def without_second_tables(part: Part) -> Part:
    """A report, with a doubt where it goes on with a second set of tables that no title or heading parts from it.

    One table alone is no other report: an annex, or the table of the year before.
    """
    if not may_have_second_tables(part.document):
        return part
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


def may_have_second_tables(document: Document) -> bool:
    """True where the words for enough rows of the tables stand in two grids: only then need these be read."""
    named: set[tuple[str, str]] = set()
    again: set[str] = set()
    for grid in document.grids():
        mine = rows_named({cell.text for cell in grid.cells})
        again |= tables_again(dict.fromkeys(mine, ()), dict.fromkeys(named, ()))
        named |= mine
    return len(again) == len(SECOND_SET)
