"""Defects that may be put into synthetic figures, and the list of those that were.

``forms/synthetic_defects.csv`` names them, ``forms/synthetic_places.csv`` says which cells each may stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from govinfo.errors import UsageError, near
from govinfo.files.data import read_table
from govinfo.synthetic.agencies import Floats
from govinfo.synthetic.figures import Figures, Key

INJECTED = {
    "report_id": "string",
    "agency_id": "string",
    "year": "Int64",
    "table": "string",
    "row": "string",
    "column": "string",
    "defect": "string",
    "true": "Float64",
    "printed": "Float64",
    "synthetic": "boolean",
}
"""Columns of the frame of injected defects in their order, with their types."""

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Injection:
    """A cell that prints other than the truth; ``agency`` and ``year`` are the places in the figures."""

    agency: int
    year: int
    cell: Key
    defect: str
    true: float
    printed: float


@dataclass(frozen=True, eq=False)
class Place:
    """Cells that a defect may stand in: the true figures and those printed, by cell, agency and year, and the
    reports, by agency and year, in which the defect can stand (``fits``)."""

    defect: str
    cells: Sequence[Key]
    true: Floats
    printed: Floats
    fits: Bools

    def injections(self, agency: int, year: int) -> list[Injection]:
        """The cells of one report that the defect changes."""
        true, printed = self.true[:, agency, year], self.printed[:, agency, year]
        changed = np.flatnonzero(true != printed).tolist()
        return [
            Injection(agency, year, self.cells[at], self.defect, float(true[at]), float(printed[at])) for at in changed
        ]


def known_defects() -> Mapping[str, Mapping[str, str]]:
    """The defects by name, each with its line of ``forms/synthetic_defects.csv``."""
    return {line["defect"]: line for line in read_table("synthetic", "defects")}


def injections(
    figures: Figures, printed_in: Mapping[Key, Bools], wanted: Mapping[str, float], rng: np.random.Generator
) -> list[Injection]:
    """The cells to print otherwise than they are; a report carries one defect at most.

    ``printed_in`` says for each cell which years print it. ``wanted`` gives for each defect an int, the number of
    reports that carry it, or a float from 0 to 1, the share of the reports that can. Raises UsageError for an
    unknown defect, another number, and a number of reports above that of those that can.
    """
    for name in wanted:
        if name not in known_defects():
            raise UsageError(f"no defect {name!r}.", hint=near(name, known_defects()))
    carrying = np.zeros(next(iter(figures.values())).shape, dtype=bool)
    found: list[Injection] = []
    for name, defect in known_defects().items():
        places = [place_of(defect, cells, figures, printed_in) for cells in places_of(name)]
        can = np.any([place.fits for place in places], axis=0) & ~carrying
        number = number_of_reports(name, wanted.get(name, 0), int(can.sum()))
        for agency, year in sorted(rng.choice(np.argwhere(can), number, replace=False).tolist()):
            carrying[agency, year] = True
            fitting = [place for place in places if place.fits[agency, year]]
            found += fitting[rng.integers(len(fitting))].injections(agency, year)
    return found


def number_of_reports(name: str, wanted: float, able: int) -> int:
    """How many reports carry a defect."""
    if isinstance(wanted, bool) or not wanted >= 0 or (isinstance(wanted, float) and wanted > 1):
        raise UsageError(
            f"{name}: {wanted!r} is neither a number of reports nor a share.",
            hint="Give a whole number of reports, or a share from 0.0 to 1.0.",
        )
    number = round(wanted * able) if isinstance(wanted, float) else int(wanted)
    if number > able:
        raise UsageError(
            f"{name}: {number} reports are to carry it, {able} can.",
            hint="Ask for fewer, or for more agencies or years. A report carries one defect at most.",
        )
    return number


def places_of(defect: str) -> list[tuple[Key, ...]]:
    """The places that a defect may stand in, each with the cells that it needs."""
    return [
        tuple((line["table"], *cell.split("/")) for cell in line["cells"].split())  # type: ignore[misc]
        for line in read_table("synthetic", "places")
        if line["defect"] == defect
    ]


def place_of(
    defect: Mapping[str, str], cells: Sequence[Key], figures: Figures, printed_in: Mapping[Key, Bools]
) -> Place:
    """A place with its figures; a defect that shows against an earlier year needs that year in the same form."""
    true = np.stack([figures[cell] for cell in cells])
    printed = CHANGES[defect["change"]](true)
    years = np.all([printed_in[cell] for cell in cells], axis=0)
    if defect["earlier"] == "yes":
        years = years & np.concatenate([[False], years[:-1]])
    fits = (printed != true).any(axis=0) & ~(printed < 0).any(axis=0) & years
    return Place(defect["defect"], cells, true, printed, fits)


# Changes: from the true figures of a place, cells by agencies by years, to those printed; NaN is a blank


def zero(true: Floats) -> Floats:
    """Every figure as 0."""
    return np.zeros_like(true)


def blank(true: Floats) -> Floats:
    """Every figure that is not 0 left out."""
    return np.where(true > 0, np.nan, true)


def add_one(true: Floats) -> Floats:
    """Every figure one too large."""
    return true + 1


def swap(true: Floats) -> Floats:
    """Two figures in each other's place."""
    return true[::-1]


def turn_last_digits(true: Floats) -> Floats:
    """The last two digits in each other's place: 1234 as 1243."""
    tens, ones = true // 10 % 10, true % 10
    return np.where(true >= 10, true - 10 * tens - ones + 10 * ones + tens, true)


def move_one(true: Floats) -> Floats:
    """One more in the first half of the cells, one less in the second."""
    half = len(true) // 2
    return np.concatenate([true[:half] + 1, true[half:] - 1])


def not_rolled(true: Floats) -> Floats:
    """What is in force as if nothing had been issued and repealed."""
    in_force, issued, repealed = true
    return np.stack([in_force - issued + repealed, issued, repealed])


def in_yuan(true: Floats) -> Floats:
    """Amounts in yuan that should be in 万元."""
    return np.rint(true * 10000)


CHANGES: Mapping[str, Callable[[Floats], Floats]] = {
    change.__name__: change for change in (zero, blank, add_one, swap, turn_last_digits, move_one, not_rolled, in_yuan)
}
"""How a defect of ``forms/synthetic_defects.csv`` changes the figures of its place."""
