"""How much of each report repeats the one before it and the reports of other agencies.

The share is that of ``govinfo.prose.repeated``: letters in runs that stand in the other text too, figures whatever
they are. In a corpus of more than ``ALL_PAIRS`` reports MinHash (datasketch) finds which of other agencies may share
most, so that not every pair is held against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from datasketch import MinHash, MinHashLSH

from govinfo.prose.repeated import Runs, joined_runs, letters_repeated, runs_of, signs_of

REPETITION = {
    "report_id": "string",
    "agency": "string",
    "year": "Int64",
    "letters": "Int64",
    "previous": "string",
    "from_previous": "Float64",
    "nearest": "string",
    "from_nearest": "Float64",
    "from_others": "Float64",
}
"""Columns of the repetition frame in their order, with their types."""

ALL_PAIRS = 300
"""Reports of a corpus in which every pair is held against each other."""

SIGNATURE = 256
"""Numbers of a MinHash."""

BANDS = (SIGNATURE // 2, 2)
"""How MinHash finds pairs: nearly all with a fifth of the runs of both in common, of those with less fewer."""


class _Text:
    """The prose of a report as runs."""

    def __init__(self, texts: list[str]) -> None:
        self.signs = [signs_of(text) for text in texts]
        self.parts = [runs_of(text) for text in self.signs]
        self.runs = np.unique(joined_runs(self.signs))
        self.letters = sum(map(len, self.signs))

    def share(self, others: Runs) -> float:
        """The share of the text that stands in runs of another one."""
        return sum(letters_repeated(part, others) for part in self.parts) / self.letters


def repetition(reports: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """A line per report with text, in the order of the reports frame; columns ``REPETITION``.

    ``letters`` are those of its prose (figures as one); ``previous`` is the agency's report on the year before, NA
    where there is none, and ``from_previous`` the share of the letters that stand in runs of that one; ``nearest`` is
    the report of another agency, of any year, that has most of them, with its share ``from_nearest`` (in a corpus of
    more than ``ALL_PAIRS`` reports NA where none has about a fifth); ``from_others``
    is the share that stands in any report of another agency: boilerplate.
    """
    prose = sections.dropna(subset="paragraph")
    texts = {str(id_): _Text(list(mine)) for id_, mine in prose.groupby("report_id", sort=False)["text"]}
    mine = reports[reports["report_id"].isin({id_ for id_, text in texts.items() if text.letters})]
    agencies = dict(zip(mine["report_id"], mine["agency_id"].fillna(mine["report_id"]), strict=True))
    before = previous_of(mine)
    boilerplate = held_by_others(texts, agencies)
    near = dict(nearest_of({id_: texts[id_] for id_ in agencies}, agencies))
    records = [
        {
            "report_id": id_,
            "agency": line["agency"],
            "year": line["year"],
            "letters": texts[id_].letters,
            "previous": before.get(id_),
            "from_previous": texts[id_].share(texts[before[id_]].runs) if id_ in before else None,
            "nearest": near[id_][0],
            "from_nearest": near[id_][1],
            "from_others": texts[id_].share(boilerplate[id_]),
        }
        for line in mine.to_dict("records")
        for id_ in [str(line["report_id"])]
    ]
    return pd.DataFrame(records, columns=list(REPETITION)).astype(REPETITION)


def previous_of(reports: pd.DataFrame) -> dict[str, str]:
    """The report of the same agency on the year before, by report_id."""
    known = reports.dropna(subset=["agency_id", "year"])
    by_year = {(agency, year): id_ for id_, agency, year in known[["report_id", "agency_id", "year"]].to_numpy()}
    return {id_: by_year[agency, year - 1] for (agency, year), id_ in by_year.items() if (agency, year - 1) in by_year}


def held_by_others(texts: Mapping[str, _Text], agencies: Mapping[str, str]) -> dict[str, Runs]:
    """The runs of each report that stand in a report of another agency."""
    numbers = {agency: at for at, agency in enumerate(dict.fromkeys(agencies.values()))}
    runs = np.concatenate([np.zeros(0, dtype=np.uint64), *(texts[id_].runs for id_ in agencies)])
    owner = np.concatenate(
        [np.zeros(0, dtype=np.int64), *(np.full(len(texts[id_].runs), numbers[agencies[id_]]) for id_ in agencies)]
    )
    order = np.lexsort((owner, runs))
    runs, owner = runs[order], owner[order]
    first = np.flatnonzero(np.r_[True, runs[1:] != runs[:-1]]) if len(runs) else np.zeros(0, dtype=np.int64)
    if not len(first):
        return dict.fromkeys(agencies, runs)
    several = np.minimum.reduceat(owner, first) != np.maximum.reduceat(owner, first)
    shared = runs[first][several]
    return {id_: np.intersect1d(texts[id_].runs, shared, assume_unique=True) for id_ in agencies}


def nearest_of(
    texts: Mapping[str, _Text], agencies: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str | None, float | None]]]:
    """The report of another agency that has most of a report's letters, and the share; None where none has any."""
    place = {id_: at for at, id_ in enumerate(texts)}
    for id_, near in near_ones(texts):
        others = [other for other in near if agencies[other] != agencies[id_]]
        mine = texts[id_].runs
        shared = [(int(np.isin(mine, texts[other].runs).sum()), -place[other], other) for other in others]
        best = max(shared, default=(0, 0, ""))
        yield id_, (best[2], texts[id_].share(texts[best[2]].runs)) if best[0] else (None, None)


def near_ones(texts: Mapping[str, _Text]) -> Iterator[tuple[str, list[str]]]:
    """The reports that each report is held against: all of them, in a large corpus those that MinHash finds near."""
    if len(texts) <= ALL_PAIRS:
        yield from ((id_, list(texts)) for id_ in texts)
        return
    index = MinHashLSH(num_perm=SIGNATURE, params=BANDS)
    signed = {id_: signature(text.runs) for id_, text in texts.items()}
    for id_, mine in signed.items():
        index.insert(id_, mine)
    yield from ((id_, index.query(mine)) for id_, mine in signed.items())


def signature(runs: Runs) -> MinHash:
    """The MinHash of a text's runs."""
    made = MinHash(num_perm=SIGNATURE, seed=1, hashfunc=lambda run: run & 0xFFFFFFFF)
    made.update_batch(runs.tolist())
    return made
