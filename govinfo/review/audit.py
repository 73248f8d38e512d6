"""How often a reading is wrong: a random sample of cells checked against the pages, with an exact bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from govinfo.corpus import Corpus
from govinfo.corrections import AS_PRINTED, CANNOT_BE_TOLD
from govinfo.errors import UsageError, near, refuse_seed
from govinfo.files.data import read_table
from govinfo.forms import in_doubt
from govinfo.review.queue import QUEUE, line_of
from govinfo.review.session import cell_of, read_lines

STRATA = {"layout": "what read the file", "doubt": "whether the cell is in doubt"}
"""What a sample may be stratified by."""

SAMPLE = {**QUEUE, "stratum": "string", "population": "Int64", "seed": "Int64", "version": "string"}
"""Columns of a sample in their order, with their types: a line of a queue for each cell, its stratum, how many cells
that has in the data set, and the version of the software that read it."""

RATES = {
    "stratum": "string",
    "population": "Int64",
    "drawn": "Int64",
    "checked": "Int64",
    "untold": "Int64",
    "errors": "Int64",
    "rate": "Float64",
    "high": "Float64",
}
"""Columns of the rates of error, with their types."""

ALL = "all"
"""The stratum of a sample that has none, and the name of the line that weighs all strata."""


def sample(corpus: Corpus, n: int = 300, seed: int = 1, by: Sequence[str] = ()) -> pd.DataFrame:
    """A random sample of ``n`` cells, columns and types ``SAMPLE``, in random order: what a person should check.

    Drawn from all cells of the reports that count which say something, a figure, a blank or a dash; open cells say
    nothing. ``by`` ("layout", "doubt") draws as many from each stratum, as far as it has them. The same data and seed
    give the same sample. Raises UsageError for another stratum or no seed, and where there is nothing to draw.
    """
    if unknown := [name for name in by if name not in STRATA]:
        raise UsageError(f"no stratum {unknown[0]!r}.", hint=near(unknown[0], STRATA))
    refuse_seed(seed)
    counted = corpus.counted()
    cells = population_of(counted)
    if n < 1 or cells.empty:
        raise UsageError("nothing to draw.", hint="Give a data set with cells, and n of 1 or more.")
    strata = strata_of(cells, counted.reports, by)
    sizes = strata.value_counts().sort_index()
    rng = np.random.default_rng(seed)
    drawn = [
        cells.index[np.flatnonzero(strata == name)[rng.choice(sizes[name], number, replace=False)]]
        for name, number in shares(sizes, n).items()
    ]
    order = rng.permutation(np.concatenate(drawn))
    lines = [
        {
            **line_of(cells.loc[at].to_dict(), "sampled cell", "", ""),
            "stratum": strata[at],
            "population": sizes[strata[at]],
        }
        for at in order
    ]
    versions = " and ".join(sorted(set(counted.reports["version"])))
    return pd.DataFrame(lines).assign(seed=seed, version=versions)[list(SAMPLE)].astype(SAMPLE)


def population_of(counted: Corpus) -> pd.DataFrame:
    """The cells that a sample is drawn from, in an order that does not depend on how the data set was built."""
    cells = counted.cells
    says = cells[~((cells["kind"] == "unreadable") & cells["value"].isna())]
    return says.sort_values(["report_id", "table", "row", "column"]).reset_index(drop=True)


def strata_of(cells: pd.DataFrame, reports: pd.DataFrame, by: Sequence[str]) -> pd.Series:
    """The stratum of each cell."""
    layouts = dict(zip(reports["report_id"], reports["readers"].str.split(";").str[0], strict=True))
    parts = {
        "layout": cells["report_id"].map(layouts).astype("string"),
        "doubt": in_doubt(cells["doubts"]).map({True: "in doubt", False: "plain"}).astype("string"),
    }
    found = pd.Series(ALL, index=cells.index, dtype="string")
    for at, name in enumerate(by):
        found = parts[name] if at == 0 else found + ", " + parts[name]
    return found


def shares(sizes: pd.Series, n: int) -> dict[str, int]:
    """How many to draw from each stratum: as many from each, what a small one lacks from the others."""
    found: dict[str, int] = {}
    left = min(n, int(sizes.sum()))
    for at, (name, size) in enumerate(sizes.sort_values(kind="stable").items()):
        found[str(name)] = min(int(size), -(-left // (len(sizes) - at)))
        left -= found[str(name)]
    return {name: found[name] for name in sizes.index}


def refuse_other_sample(lines: Sequence[Mapping[str, Any]], drawn: pd.DataFrame, path: Path) -> None:
    """Raises UsageError where the lines of a review are not those of a sample that is drawn now."""
    cells = {cell_of({str(name): value for name, value in line.items()}) for line in drawn.to_dict("records")}
    if not cells <= {cell_of(line) for line in lines}:
        raise UsageError(
            "this is the review of another sample: other data, n, seed or strata.",
            where=str(path),
            hint="Give those that it was drawn with, or another file with -o.",
        )


# Results


@dataclass(frozen=True)
class Audit:
    """What an audit found. ``rates`` (``RATES``) has a line for each stratum and one, "all", in which each weighs as
    many cells as it has: ``checked`` cells, ``errors`` (read otherwise than the page prints), ``rate``, and ``high``,
    its exact upper bound at ``level``, one-sided (Clopper and Pearson; about 3 / checked where no error was found, the
    rule of three). Cells of which nobody could tell (``untold``) are in neither. The bound over several strata adds up
    theirs at a level that holds for all of them at once (Bonferroni), so it is on the safe side; NA where a stratum is
    not checked. ``text`` and ``text_zh`` are a paragraph for a methods section, ``wrong`` the lines that were wrong."""

    rates: pd.DataFrame
    wrong: pd.DataFrame
    level: float
    text: str
    text_zh: str

    def __str__(self) -> str:
        return f"{self.text}\n\n{self.text_zh}\n\n{self.rates.to_string(index=False)}"


def audit(checked: pd.DataFrame | str | Path, level: float = 0.95) -> Audit:
    """The rates of error of a sample that was checked: the file of its review, or its lines.

    Raises UsageError where nothing is checked yet or ``level`` is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise UsageError(f"level must lie between 0 and 1, not {level}.", hint="For 95 %: level=0.95.")
    lines = checked if isinstance(checked, pd.DataFrame) else pd.DataFrame(read_lines(Path(checked)))
    if "stratum" not in lines:
        raise UsageError("this is the review of no sample.", hint="Draw one with: govinfo audit FOLDER")
    answers = lines["corrected"].fillna("").astype("string")
    told = lines.assign(
        population=lines["population"].astype("Int64"),
        is_untold=answers == CANNOT_BE_TOLD,
        is_checked=(answers != "") & (answers != CANNOT_BE_TOLD),
        is_wrong=~answers.isin(["", CANNOT_BE_TOLD, AS_PRINTED]),
    )
    if not told["is_checked"].any():
        raise UsageError("no cell of the sample is checked yet.", hint="Check them with: govinfo audit FOLDER")
    rates = rates_of(told, level)
    text, text_zh = paragraphs(told, rates, level)
    return Audit(rates, lines[told["is_wrong"]].reset_index(drop=True), level, text, text_zh)


def rates_of(told: pd.DataFrame, level: float) -> pd.DataFrame:
    """The rates of each stratum, and of all weighed by their cells."""
    groups = told.groupby("stratum")
    strata = pd.DataFrame(
        {
            "population": groups["population"].first().astype("int64"),
            "drawn": groups.size(),
            "checked": groups["is_checked"].sum(),
            "untold": groups["is_untold"].sum(),
            "errors": groups["is_wrong"].sum(),
        }
    )
    strata["rate"] = strata["errors"] / strata["checked"].where(strata["checked"] > 0)
    lines = strata.assign(high=upper(strata, level)).reset_index()
    if len(strata) > 1:
        weights = strata["population"] / strata["population"].sum()
        all_at_once = upper(strata, 1 - (1 - level) / len(strata))
        counts = strata[["population", "drawn", "checked", "untold", "errors"]].sum().to_frame().T
        all_ = counts.assign(
            stratum=ALL,
            rate=(weights * strata["rate"]).sum(skipna=False),
            high=(weights * all_at_once).sum(skipna=False),
        )
        lines = pd.concat([lines, all_])
    return lines[list(RATES)].astype(RATES).reset_index(drop=True)


def upper(strata: pd.DataFrame, level: float) -> pd.Series:
    """The exact upper bound of each rate, one-sided: the rate itself where all is checked, NaN where nothing is."""
    from statsmodels.stats.proportion import proportion_confint

    bounds = []
    for population, checked, errors in zip(strata["population"], strata["checked"], strata["errors"], strict=True):
        if checked in {0, population}:  # of a stratum that is checked to the last cell the rate is known
            bounds.append(errors / checked if checked else float("nan"))
        else:
            bounds.append(proportion_confint(errors, checked, alpha=2 * (1 - level), method="beta")[1])
    return pd.Series(bounds, index=strata.index, dtype="float64")


def paragraphs(told: pd.DataFrame, rates: pd.DataFrame, level: float) -> tuple[str, str]:
    """The paragraph for a methods section, English and Chinese."""
    all_ = rates.iloc[-1]
    strata = len(rates) - 1
    words = {name: str(all_[name]) for name in ("drawn", "population", "checked", "untold", "errors")} | {
        "version": str(told["version"].iloc[0]),
        "seed": str(told["seed"].iloc[0]),
        "strata": str(strata),
        "rate": percent(all_["rate"]),
        "bound": percent(all_["high"]),
        "level": f"{100 * level:g}",
        "who": " and ".join(sorted({str(name) for name in told["who"].dropna() if name})),
    }
    wanted = {"stratified": strata > 0, "simple": strata == 0, "three": strata == 0 and all_["errors"] == 0}
    parts = [line for line in read_table("review", "methods") if wanted.get(line["when"], True)]
    en, zh = ("".join(line[lang] for line in parts).format(**words) for lang in ("en", "zh"))
    return en, zh


def percent(share: float) -> str:
    """A share in words."""
    return f"{100 * share:.2f}" if pd.notna(share) else "?"
