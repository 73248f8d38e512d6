"""Figures that the identities prove: those that the page leaves out, and those that it contradicts.

A missing figure is proven where it is the only unknown term of a sum and all such sums agree. A printed figure is
contradicted where sums over it fail; what it should be is proven only if the smallest set of figures whose change
makes every sum of the table hold is the only set of its size. Nothing here changes a figure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from govinfo.tables.solve import Sum, Values, sums_asked

MOST_CHANGES = 3
"""Figures that may be wrong together; where more must change to make the sums hold, nothing is proven."""

MOST_FAILING = 12
"""Sums that fail together; a table with more of them was filled in wrongly as a whole."""

NOTHING = Decimal(0)
Place = tuple[str, str]
Changes = Mapping[Place, Decimal]


@dataclass(frozen=True, slots=True)
class Proof:
    """A figure that the identities leave no choice about, and the rules that prove it.

    ``printed`` is what the page prints there, None where it prints no figure; ``changes`` is the number of printed
    figures that have to change together.
    """

    table: str
    row: str
    column: str
    value: Decimal
    rules: tuple[str, ...]
    printed: Decimal | None = None
    changes: int = 0


def proofs(table: str, form: str, values: Values, printed: Collection[str]) -> tuple[Proof, ...]:
    """What the identities of a form prove about one table, missing figures first.

    ``values`` has None for what is missing; ``printed`` are the rows on the page.
    """
    rows, columns = (tuple(dict.fromkeys(place[at] for place in values)) for at in (0, 1))
    sums = sums_asked(table, form, rows, columns, frozenset(printed))
    return (*missing(table, values, sums), *contradicted(table, values, sums))


# Missing figures


def missing(table: str, values: Values, sums: Sequence[Sum]) -> tuple[Proof, ...]:
    """The missing figures that sums prove. What is proven proves further."""
    known = dict(values)
    found: dict[Place, Proof] = {}
    while any(value is None for value in known.values()):
        claims: dict[Place, dict[Decimal, list[str]]] = {}
        for one in sums:
            for place, value in gap_closed(one, known):
                claims.setdefault(place, {}).setdefault(value, []).append(one.identity.rule)
        new = {
            place: Proof(table, *place, value, tuple(rules))
            for place, claimed in claims.items()
            if len(claimed) == 1 and (value := next(iter(claimed))) >= 0
            for rules in claimed.values()
        }
        if not new:
            break
        found |= new
        known |= {place: proof.value for place, proof in new.items()}
    return tuple(found.values())


def gap_closed(one: Sum, values: Values) -> Iterator[tuple[Place, Decimal]]:
    """The place of a sum that alone is missing, with the figure that closes the sum."""
    gaps = [term for term in one.terms if values.get(term[0]) is None]
    if len(gaps) == 1 and gaps[0][0] in values:
        place, weight = gaps[0]
        rest = sum((w * (values[p] or NOTHING) for p, w in one.terms if p != place), NOTHING)
        yield place, -rest / Decimal(weight) or NOTHING


# Contradicted figures


def contradicted(table: str, values: Values, sums: Sequence[Sum]) -> tuple[Proof, ...]:
    """The printed figures that cannot all stand, with what alone makes every sum hold; none where more than one
    smallest set of changes does."""
    known = {place: value for place, value in values.items() if value is not None}
    whole = [one for one in sums if one.terms and known.keys() >= one.places]
    if not any(left_over(one, known) for one in whole):
        return ()
    return tuple(
        Proof(table, *place, value, rules_over(place, together), known[place], len(repair))
        for together in linked(whole)
        for repair in [only_repair(together, known)]
        for place, value in sorted(repair.items())
    )


def linked(sums: Sequence[Sum]) -> list[list[Sum]]:
    """The sums parted into groups that share no place: what fails in one says nothing about another."""
    groups: list[tuple[frozenset[Place], list[Sum]]] = []
    for one in sums:
        touching = [group for group in groups if group[0] & one.places]
        groups = [group for group in groups if group not in touching]
        groups.append(
            (one.places.union(*(known for known, _ in touching)), [*(s for _, g in touching for s in g), one])
        )
    return [group for _, group in groups]


def only_repair(sums: Sequence[Sum], known: Mapping[Place, Decimal]) -> Changes:
    """The smallest set of changes that makes every sum hold, if no other of its size does; else nothing."""
    failing = [one for one in sums if left_over(one, known)]
    if not 0 < len(failing) <= MOST_FAILING:
        return {}
    for size in range(1, MOST_CHANGES + 1):
        fitting = [way for places in candidates(size, failing, sums) for way in ways_to_hold(places, known, sums)]
        if fitting:
            return fitting[0] or {} if len(fitting) == 1 else {}
    return {}


def left_over(one: Sum, known: Mapping[Place, Decimal]) -> Decimal:
    """What a sum whose terms are all known leaves over; 0 where it holds."""
    added, taken = [known[place] for place in one.added], [known[place] for place in one.taken]
    return sum(added, NOTHING) - sum(taken, NOTHING)


def rules_over(place: Place, sums: Sequence[Sum]) -> tuple[str, ...]:
    """The rules of the sums that a place is a term of."""
    return tuple(dict.fromkeys(one.identity.rule for one in sums if place in one.places))


def candidates(size: int, failing: Sequence[Sum], sums: Sequence[Sum]) -> set[frozenset[Place]]:
    """The sets of so many places that can make all sums hold together: each failing sum has one of them, and no sum
    that holds has just one, whose change would break it."""
    found: set[frozenset[Place]] = set()
    open_sets = {frozenset[Place]()}
    for left in range(size, -1, -1):
        grown: set[frozenset[Place]] = set()
        for places in open_sets:
            unmet = first_unmet(places, failing, sums)
            if unmet is None and left == 0:
                found.add(places)
            elif left:
                near = [unmet] if unmet else [one for one in sums if places & one.places]
                grown |= {places | {place} for one in near for place in one.places - places}
        open_sets = grown
    return found


def first_unmet(places: frozenset[Place], failing: Sequence[Sum], sums: Sequence[Sum]) -> Sum | None:
    """A sum that changes in these places alone cannot make hold."""
    for one in failing:
        if not places & one.places:
            return one
    for one in sums:
        if one not in failing and len(places & one.places) == 1:
            return one
    return None


def ways_to_hold(
    places: frozenset[Place], known: Mapping[Place, Decimal], sums: Sequence[Sum]
) -> Iterator[Changes | None]:
    """The figures in these places that make every sum hold, all of them whole, not negative and other than printed;
    None where the sums leave them free."""
    values: dict[Place, Decimal | None] = {place: None if place in places else value for place, value in known.items()}
    touched = [one for one in sums if places & one.places]
    closed: dict[Place, Decimal] = {}
    while len(closed) < len(places):
        step = next((gap for one in touched for gap in gap_closed(one, values)), None)
        if step is None:
            yield None
            return
        closed[step[0]] = values[step[0]] = step[1]
    holds = not any(left_over(one, {**known, **closed}) for one in touched)
    if holds and all(0 <= new == new.to_integral_value() and new != known[place] for place, new in closed.items()):
        yield closed
