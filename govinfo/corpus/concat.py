"""Several corpora as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from govinfo.checks import check, sure_id
from govinfo.corpus.corpus import Corpus
from govinfo.corpus.dictionary import FRAMES
from govinfo.corpus.duplicates import Known, duplicates_of
from govinfo.errors import UsageError


def concat(corpora: Iterable[Corpus], *, prefer: str = "") -> Corpus:
    """Several corpora as one: a report that stands in two of them stands there once.

    Which of several reports of one agency and year counts is found anew (``prefer`` as in ``govinfo.read_reports``),
    and so are the findings, for the rules across years look at all reports. Names that were joined by a table of
    names keep their ids. Raises UsageError for no corpus at all.
    """
    parts = list(corpora)
    if not parts:
        raise UsageError("no corpus is given.", hint="Give two or more: govinfo.concat([one, other]).")
    frames = {name: pd.concat([getattr(part, name) for part in parts], ignore_index=True) for name in FRAMES}
    seen: set[str] = set()
    kept = []
    for part in parts:
        kept.append(set(part.reports["report_id"]) - seen)
        seen |= kept[-1]
    for name in ("cells", "reports", "sections", "statements"):
        own = [getattr(part, name) for part in parts]
        frames[name] = pd.concat(
            [frame[frame["report_id"].isin(ids)] for frame, ids in zip(own, kept, strict=True)], ignore_index=True
        )
    duplicates = duplicates_of(map(known_of, frames["reports"].to_dict("records")), prefer)
    reports = frames["reports"].assign(duplicate_of=frames["reports"]["report_id"].map(duplicates).astype("string"))
    findings = check(frames["cells"], duplicates=duplicates, statements=frames["statements"])
    failing = findings[findings["status"] == "fail"].groupby("report_id").size()
    reports["findings"] = reports["report_id"].map(failing).fillna(0).astype("Int64")
    return Corpus(
        **{**frames, "reports": reports, "findings": findings, "problems": frames["problems"].drop_duplicates()}
    )


def known_of(report: Mapping[str, object]) -> Known:
    """What tells whether a report is the same as another one."""
    text = {name: "" if pd.isna(value) else str(value) for name, value in report.items()}  # type: ignore[call-overload]
    sure = sure_id(text["agency"] or None, None) or (text["agency_id"] if text["region_code"] else "")
    year = int(text["year"]) if text["year"] else None
    return Known(text["report_id"], sure, year, text["readers"].partition(";")[0], text["published"])
