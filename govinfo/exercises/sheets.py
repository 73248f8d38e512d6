"""A student's own sheet: seven questions about a corpus of invented agencies that no other student has."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from govinfo import metrics
from govinfo.corpus import Corpus, load
from govinfo.errors import FileUnreadable, UsageError, near
from govinfo.exercises.judging import Expected, Names, Number
from govinfo.files.data import read_table
from govinfo.files.opened import whole_bytes
from govinfo.synthetic import synthetic

ABOUT = "sheet.json"
"""The file beside the data that says whose sheet it is and what it asks about."""

DEFECTS: Mapping[str, float] = MappingProxyType({"total_zero": 2, "total_off_by_one": 2, "swapped_applicants": 2})
AGENCIES, YEARS = 12, (2021, 2024)
LEAST_HANDLED = 20
"""Requests that the agency which is asked about handled at least, lest its rates be all or nothing."""

LANGUAGES = ("en", "zh")
WITHIN = ("R1", "R2", "R3", "R4")
SAID = MappingProxyType(
    {
        "open": {"en": "not answered yet.", "zh": "尚未作答。"},
        "right": {"en": "right.", "zh": "正确。"},
        "wrong": {"en": "not right yet.", "zh": "还不对。"},
    }
)


@dataclass(frozen=True)
class Sheet:
    """A student's sheet: the invented ``corpus`` and the ``agency`` and ``year`` that its questions ask about.

    ``lang`` is "en" or "zh". ``check("2", answer)`` says whether an answer is right, ``hint("2")`` helps on,
    ``questions()`` lists what is asked.
    """

    student: str
    corpus: Corpus
    agency: str
    year: int
    lang: str

    @cached_property
    def expected(self) -> Mapping[str, Expected]:
        """What each question expects, by its number."""
        return MappingProxyType({number: ANSWERS[number](self) for number in lines()})

    def check(self, number: str | int, answer: object) -> bool:
        """Prints whether an answer is right, and if not what is wrong; True for a right one.

        Raises UsageError for an unknown number.
        """
        known = str(number)
        if known not in lines():
            raise UsageError(f"there is no question {known!r}.", hint=near(known, lines()))
        if answer is ... or answer is None:
            print(f"{known}: {SAID['open'][self.lang]}")
            return False
        faults = self.expected[known].faults(answer)
        print(f"{known}: {SAID['wrong' if faults else 'right'][self.lang]}")
        for fault in faults:
            print(f"  - {fault if self.lang == 'en' else in_chinese(fault)}")
        return not faults

    def hint(self, number: str | int) -> None:
        """Prints a hint. Raises UsageError for an unknown number."""
        if str(number) not in lines():
            raise UsageError(f"there is no question {number!r}.", hint=near(str(number), lines()))
        print(f"{number}: {lines()[str(number)][f'hint_{self.lang}']}")

    def questions(self) -> pd.DataFrame:
        """One row per question: number, title, question (string)."""
        rows = [
            (number, line[f"title_{self.lang}"], asked(line, self.agency, self.year, self.lang))
            for number, line in lines().items()
        ]
        return pd.DataFrame(rows, columns=["number", "title", "question"], dtype="string")


def lines() -> Mapping[str, Mapping[str, str]]:
    """The questions by number (sheets.csv)."""
    return {line["number"]: line for line in read_table("exercises", "sheets")}


def in_chinese(fault: str) -> str:
    """What is wrong with an answer, or a word in it, in Chinese (faults.csv); as it is where the table has none."""
    for line in read_table("exercises", "faults"):
        if found := re.fullmatch(line["en"], fault):
            return line["zh"].format(*map(in_chinese, found.groups()))
    return fault


def asked(line: Mapping[str, str], agency: str, year: int, lang: str) -> str:
    """A question about an agency and a year."""
    return line[f"ask_{lang}"].format(agency=agency, year=year)


def seed_of(student: str, seed: int) -> int:
    """The seed of a student's corpus: the same for the same student and class, another one for everybody else."""
    return int.from_bytes(sha256(f"{seed}/{student}".encode()).digest()[:6])


def sheet_for(student: str, seed: int = 0, lang: str = "en") -> Sheet:
    """The sheet of a student, invented anew; the same student and seed give the same. Raises UsageError for another
    language."""
    if lang not in LANGUAGES:
        raise UsageError(f"no such language: {lang}.", hint=near(lang, LANGUAGES))
    number = seed_of(student, seed)
    corpus = synthetic(AGENCIES, YEARS, number, DEFECTS).corpus()
    rates = metrics.refusal_rate(corpus, by=("agency", "year"))
    sums = corpus.findings[corpus.findings["status"] == "fail"][["agency", "year"]].drop_duplicates()
    fits = (rates["denominator"] >= LEAST_HANDLED) & (rates["numerator"] > 0)
    if len(sums):
        fits &= ~pd.MultiIndex.from_frame(rates[["agency", "year"]]).isin(pd.MultiIndex.from_frame(sums))
    chosen = rates[fits.fillna(False)]
    line = chosen.iloc[int(np.random.default_rng(number).integers(len(chosen)))]
    return Sheet(student, corpus, str(line["agency"]), int(line["year"]), lang)


def read_sheet(folder: str | Path = "data") -> Sheet:
    """The sheet whose data lie in a folder. Raises UsageError or FileUnreadable where that holds none."""
    path = Path(folder) / ABOUT
    try:
        told = json.loads(whole_bytes(path))
        student, agency, year, lang = told["student"], told["agency"], int(told["year"]), told["lang"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FileUnreadable(
            f"no sheet here: {error}", where=str(path), hint="Keep the folder data beside the notebook."
        ) from error
    return Sheet(student, load(folder), agency, year, lang)


# Answers


def own_rates(sheet: Sheet) -> pd.Series:
    """The refusal rate of the agency and year that are asked about."""
    return metrics.refusal_rate(sheet.corpus.select(agency=sheet.agency, year=sheet.year)).iloc[0]


def new_requests(sheet: Sheet) -> Number:
    """1: requests newly received."""
    volumes = metrics.volumes(sheet.corpus.select(agency=sheet.agency, year=sheet.year)).iloc[0]
    return Number(
        float(volumes["new"]),
        slips=[
            (float(volumes["handled"]), "These are the requests handled (办理结果 总计), not those received."),
            (float(volumes["received"]), "This counts those carried over from the year before (上年结转) too."),
        ],
    )


def refusal(sheet: Sheet) -> Number:
    """2: a refusal rate."""
    mine = own_rates(sheet)
    new = float(new_requests(sheet).right)
    return Number(
        float(mine["rate"]),
        "share",
        [
            (float(mine["numerator"]) / new, "The denominator is what was newly received, not what was handled."),
            (float(mine["numerator"]), "This is a count; divide it by what was handled."),
        ],
    )


def upper(sheet: Sheet) -> Number:
    """3: the upper end of its interval."""
    mine = own_rates(sheet)
    return Number(float(mine["high"]), "share", [(float(mine["rate"]), "This is the rate itself.")])


def pooled(sheet: Sheet) -> Number:
    """4: the disclosure rate of all requests of a year."""
    rate, mean = disclosure(sheet)
    return Number(
        rate, "share", [(mean, "This is the mean of the agencies' rates; here every request weighs the same.")]
    )


def mean(sheet: Sheet) -> Number:
    """5: the mean of the agencies' disclosure rates of a year."""
    rate, mean_rate = disclosure(sheet)
    return Number(mean_rate, "share", [(rate, "This is the pooled rate; here every agency weighs the same.")])


def disclosure(sheet: Sheet) -> tuple[float, float]:
    """The disclosure rate of the year that is asked about, pooled and as a mean of agencies."""
    year = sheet.corpus.select(year=sheet.year)
    rate = metrics.disclosure_rate(year, by=())["rate"].iloc[0]
    return float(rate), float(metrics.mean_rate("disclosure_rate", year, by=())["mean_rate"].iloc[0])


def lawsuits(sheet: Sheet) -> Number:
    """6: lawsuits per 100 requests handled."""
    rate = metrics.litigation_rate(sheet.corpus, by=()).iloc[0]
    return Number(float(rate["rate"]), "per 100", [(float(rate["numerator"]), "This is a count; per 100 handled?")])


def contradicting(sheet: Sheet) -> Names:
    """7: the reports in which a sum within the report fails."""
    failing = sheet.corpus.findings[sheet.corpus.findings["status"] == "fail"]
    within = frozenset(failing.loc[failing["rule"].isin(WITHIN), "report_id"])
    return Names(within, [(frozenset(failing["report_id"]), "Rules across years (R5 and later) are among them.")])


ANSWERS: Mapping[str, Callable[[Sheet], Expected]] = MappingProxyType(
    {"1": new_requests, "2": refusal, "3": upper, "4": pooled, "5": mean, "6": lawsuits, "7": contradicting}
)
