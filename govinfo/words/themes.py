"""Themes in the prose of reports: how often their terms stand there, per thousand letters (themes.csv)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from govinfo.corpus import Corpus
from govinfo.errors import UsageError
from govinfo.files.data import read_table
from govinfo.text import fold, simplify

KEYWORDS = {
    "report_id": "string",
    "agency": "string",
    "year": "Int64",
    "number": "Int64",
    "theme": "string",
    "hits": "Int64",
    "letters": "Int64",
    "per_thousand": "Float64",
}
"""Columns of counted themes in their order, with their types."""


def themes() -> pd.DataFrame:
    """The themes that come with the package: theme, label_zh, label_en, terms (parted by bars; all string)."""
    from govinfo.plots import palette  # drawing takes longer to import than counting

    shown = palette("theme")
    lines = [
        (line["theme"], shown[line["theme"]].label_zh, shown[line["theme"]].label_en, line["terms"])
        for line in read_table("words", "themes")
    ]
    return pd.DataFrame(lines, columns=["theme", "label_zh", "label_en", "terms"], dtype="string")


def keywords(corpus: Corpus, terms: Mapping[str, Sequence[str]] | Sequence[str] | None = None) -> pd.DataFrame:
    """How often themes stand in the prose of the reports that count: a line per report, section and theme.

    ``terms``: the terms of each theme, or terms that are each a theme of its own; by default the themes of
    ``themes()``. Columns ``KEYWORDS``: ``number`` is the section, NA for all of the report; ``hits`` how often one of
    the terms stands there, ``letters`` how many letters the text has, without spaces, ``per_thousand`` the hits per
    thousand letters, NA where there is no text. A term within a longer one of its theme counts once.

    Raises UsageError for a theme without a term.
    """
    searched = {theme: pattern_of(theme, mine) for theme, mine in asked(terms).items()}
    counting = corpus.counted()
    heads = counting.reports.set_index("report_id")[["agency", "year"]]
    texts = counting.sections.dropna(subset="paragraph")
    joined = texts["subheading"].where(texts["subheading"] != texts["subheading"].shift(), "") + texts["text"]
    whole = texts.assign(text=joined).groupby(["report_id", "number"], sort=False)["text"].agg("\n".join)
    records = []
    for report_id, (agency, year) in zip(heads.index, heads.itertuples(index=False), strict=True):
        mine = whole.loc[[report_id]].droplevel(0) if report_id in whole.index.get_level_values(0) else whole.iloc[:0]
        parts: dict[object, str] = {pd.NA: "\n".join(mine), **dict(mine.items())}
        for number, text in parts.items():
            plain = "".join(simplify(fold(str(text))).split())
            for theme, pattern in searched.items():
                hits = len(pattern.findall(plain))
                records.append((report_id, agency, year, number, theme, hits, len(plain)))
    frame = pd.DataFrame(records, columns=list(KEYWORDS)[:-1])
    share = frame["hits"] / frame["letters"].where(frame["letters"] > 0) * 1000
    return frame.assign(per_thousand=share).astype(KEYWORDS)


def asked(terms: Mapping[str, Sequence[str]] | Sequence[str] | None) -> Mapping[str, Sequence[str]]:
    """The terms of each theme."""
    if terms is None:
        return {line["theme"]: line["terms"].split("|") for line in themes().to_dict("records")}
    if isinstance(terms, str):
        return {terms: [terms]}
    return terms if isinstance(terms, Mapping) else {term: [term] for term in terms}


def pattern_of(theme: str, terms: Sequence[str]) -> re.Pattern[str]:
    """What finds the terms of a theme, the longer ones first."""
    mine = [terms] if isinstance(terms, str) else [term for term in terms if term.strip()]
    if not mine or not theme:
        raise UsageError(f"the theme {theme!r} has no term.", hint="Give words that stand in reports, as 培训.")
    folded = sorted(("".join(simplify(fold(term)).split()) for term in mine), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, folded)))
