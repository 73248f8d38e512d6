"""From a corpus to the frame that a chart draws: what a metric gives of each agency and year."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from govinfo.corpus import Corpus

BY = ("agency_id", "agency", "year", "form")
"""What the lines of a chart stand for: one agency in one year, so that breaks between forms can be drawn."""

Drawable = pd.DataFrame | Corpus
"""What a chart draws: the frame that its docstring names, or a corpus of which that frame is then made."""


def measured(corpus: Corpus, measure: Callable[..., pd.DataFrame], **options: object) -> pd.DataFrame:
    """The result of a metric for each agency and year; an agency has the one name of its latest report, a report that
    names none its own id."""
    latest = corpus.reports.sort_values("year", kind="stable").set_index("report_id", drop=False)
    named = latest["agency"].fillna(latest["report_id"]).astype("string")
    ids = latest["agency_id"].fillna(named)
    names = ids.map(named.groupby(ids).last()).astype("string")
    cells = corpus.cells.assign(agency=corpus.cells["report_id"].map(names).astype("string"))
    result = measure(cells, by=BY, reports=corpus.reports, **options)
    if "agency_en" not in latest:
        return result
    in_english = latest["agency_en"].groupby(names).last()
    return result.assign(agency_en=result["agency"].map(in_english).astype("string"))


def frame_of(data: Drawable, measure: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """A frame as it is; of a corpus the result of ``measure``, of the reports that count."""
    return measured(data.counted(), measure) if isinstance(data, Corpus) else data
