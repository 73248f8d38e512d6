"""Every frame that the library returns: its columns can be written as attributes, for none is one of pandas' own."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import govinfo
from govinfo import datasets, exercises, fetch, metrics
from govinfo.corpus import FRAMES
from govinfo.files.sums import SUMS
from govinfo.identity import AGENCIES
from govinfo.render.files import MANIFEST

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
OF_PANDAS = frozenset(dir(pd.DataFrame))


def frames() -> Iterator[tuple[str, pd.DataFrame]]:
    corpus, invented = datasets.load_corpus(), datasets.synthetic(3, years=range(2020, 2022))
    for name in FRAMES:
        yield name, getattr(corpus, name)
        yield f"describe {name}", datasets.describe(name)
    for name, value in vars(invented).items():
        if isinstance(value, pd.DataFrame):
            yield f"synthetic {name}", value
    report = govinfo.read_report(RAW / "sanquan-2021.txt")
    yield from (("suggestions", report.suggestions), ("sections", report.sections))
    yield from ((table, report.wide(table)) for table in dict.fromkeys(report.cells["table"]))
    yield "identities", report.evidence("requests", "handled", "total").identities
    yield from (("quality", corpus.quality()), ("codebook", govinfo.codebook()))
    yield from (("agencies", govinfo.agencies(corpus.reports)), ("requests_wide", datasets.load_requests_wide()))
    yield "with_suggestions", govinfo.with_suggestions(corpus.cells)
    yield from (("questions", exercises.questions()), ("invented cells", exercises.invented_cells()))
    yield from (("described metrics", metrics.describe()), ("duplicates", metrics.duplicates(corpus.cells)))
    for name in metrics.__all__:
        measure = getattr(metrics, name)
        if inspect.isfunction(measure) and next(iter(inspect.signature(measure).parameters), "") == "cells":
            yield name, measure(corpus.cells)
        elif name in ("rate", "mean_rate"):
            yield name, measure("disclosure_rate", corpus.cells)
    for declared, types in {"agencies": AGENCIES, "fetched": fetch.FETCHED, "manifest": MANIFEST}.items():
        yield declared, pd.DataFrame(columns=list(types))


def test_no_column_of_any_frame_is_an_attribute_of_a_data_frame() -> None:
    found = {name: sorted(OF_PANDAS & set(frame.columns)) for name, frame in frames()}
    assert not {name: columns for name, columns in found.items() if columns}
    assert len(found) > 25


def test_a_data_set_written_before_says_what_to_do(tmp_path: Path) -> None:
    folder = datasets.load_corpus().save(tmp_path / "old")
    for name in ("cells", "reports"):
        path = folder / f"{name}.parquet"
        pd.read_parquet(path).rename(columns={"doubts": "flags"}).to_parquet(path)
    (folder / SUMS).unlink()  # there was none before
    with pytest.raises(govinfo.UsageError, match=r"doubts: another version wrote it.*Build it again with"):
        govinfo.load(folder)


GIVEN = {
    "codebook": govinfo.codebook,
    "themes": govinfo.themes,
    "metrics.describe": metrics.describe,
    "load_reports": datasets.load_reports,
    "load_requests_wide": datasets.load_requests_wide,
    **{
        name: lambda name=name: getattr(govinfo.read_report(RAW / "sanquan-2021.txt"), name)
        for name in ("cells", "sections", "statements", "suggestions", "again")
    },
}


@pytest.mark.parametrize("given", GIVEN)
def test_who_changes_a_frame_changes_no_other(given: str) -> None:
    frame, as_given = GIVEN[given](), GIVEN[given]()
    if len(frame):
        frame.iloc[0] = frame.iloc[-1]
    frame["mine"] = 1
    pd.testing.assert_frame_equal(GIVEN[given](), as_given)
