"""Two reports held against each other: their figures, what one carries over to the other, and their words."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from govinfo.checks import PROSE_RULE, check
from govinfo.errors import UsageError
from govinfo.forms import codebook, identities
from govinfo.identity.agencies import agency_of
from govinfo.metrics.registry import OUTCOMES
from govinfo.prose.repeated import repeated
from govinfo.report import Report, read_report
from govinfo.words.aligned import pairs, sentences_of, status_of
from govinfo.words.compared import ALIGNED, CARRIED, FIGURES, SENTENCES, SHARES, STATED, Compared

SECTIONS = range(1, 7)

Place = tuple[str, str, str]
"""A cell by its table, row and column."""


class Comparison(Compared):
    """Two reports held against each other: the frames of ``Compared``, and a page of them."""

    def html(self, lang: str = "en") -> str:
        """One page with both reports side by side, in itself whole; ``lang`` is "en" or "zh".

        Raises UsageError for another language."""
        from govinfo.words.page import page_of  # drawing takes longer to import

        return page_of(self, lang)

    def __repr__(self) -> str:
        return f"Comparison({self.before.report_id!r}, {self.after.report_id!r})"

    def _repr_html_(self) -> str:
        from govinfo.words.page import part_of  # drawing takes longer to import

        return part_of(self, "en")


def compare(before: Report | str | Path, after: Report | str | Path) -> Comparison:
    """Compares two reports, given as ``Report`` or as the path of a file: two years of one agency, or two agencies.

    Raises UsageError for a report held against itself, and what ``govinfo.read_report`` raises.
    """
    one, other = (report if isinstance(report, Report) else read_report(report) for report in (before, after))
    if one.report_id == other.report_id:
        raise UsageError(f"{one.report_id} is compared with itself.", hint="Give two different reports.")
    texts = [{number: texts_of(report, number) for number in SECTIONS} for report in (one, other)]
    whole = [[text for texts in mine.values() for text in texts] for mine in texts]
    return Comparison(
        before=one,
        after=other,
        figures=figures_of(one, other),
        shares=pd.concat([shares_of(one), shares_of(other)], ignore_index=True),
        carried=carried_of(one, other),
        sections=sections_of(one, other),
        sentences=sentences_frame(texts[0], texts[1]),
        stated=stated_of(one, other),
        repeated=repeated(*whole),
    )


# Figures


@cache
def places_of_form(form: str) -> frozenset[Place]:
    """The cells that a form asks for."""
    book = codebook()
    mine = book[book["form"] == form]
    return frozenset(zip(mine["table"], mine["row"], mine["column"], strict=True))


def figures_of(one: Report, other: Report) -> pd.DataFrame:
    """The cells that either report has, side by side."""
    keys = ["table", "row", "column"]
    names = ["value", "unit", "kind", "doubts", "label"]
    both = one.cells[keys + names].merge(
        other.cells[keys + names], on=keys, how="outer", suffixes=("_before", "_after"), sort=False
    )
    order = {key: at for at, key in enumerate(cells_in_order(one, other))}
    both = both.iloc[
        sorted(range(len(both)), key=lambda at: order[tuple(both.loc[at, keys])])  # type: ignore[index]
    ].reset_index(drop=True)
    failing = {side: broken(report) for side, report in (("before", one), ("after", other))}
    why = [reason(line, one.form, other.form, failing) for line in both.to_dict("records")]
    missing = [text.startswith("form") for text in why]
    difference = both["value_after"] - both["value_before"]
    return pd.DataFrame(
        {
            **{name: both[name] for name in keys},
            "label": both["label_after"].fillna(both["label_before"]),
            "unit": both["unit_after"].fillna(both["unit_before"]),
            "before": both["value_before"],
            "after": both["value_after"],
            "difference": difference.mask(pd.Series(missing, dtype=bool)),
            "percent": (difference / both["value_before"].mask(both["value_before"] == 0) * 100).mask(
                pd.Series(missing, dtype=bool)
            ),
            "comparable": [not one for one in missing],
            "why": why,
        }
    ).astype(FIGURES)


def cells_in_order(one: Report, other: Report) -> Iterator[Place]:
    """The cells of two reports in the order of the later one's form, those that it has not behind."""
    lines = pd.concat([one.cells[["table", "row", "column"]], other.cells[["table", "row", "column"]]])
    tables = dict.fromkeys([*other.cells["table"], *one.cells["table"]])
    for table in tables:
        mine = lines[lines["table"] == table].drop_duplicates(keep="last")
        yield from mine.itertuples(index=False, name=None)


def broken(report: Report) -> Mapping[Place, list[str]]:
    """The rules that fail in a report, by the cells that they add up."""
    findings = check(report.cells)
    found: dict[Place, list[str]] = {}
    for finding in findings[findings["status"] == "fail"].to_dict("records"):
        for rule in identities():
            if (rule.rule, rule.table) == (finding["rule"], finding["table"]) and report.form in rule.forms:
                for code, _ in rule.terms:
                    here = (finding["row"], code) if rule.along == "row" else (code, finding["column"])
                    found.setdefault((rule.table, *here), []).append(rule.rule)
    return found


def reason(
    line: Mapping[Hashable, Any], before: str, after: str, failing: Mapping[str, Mapping[Place, list[str]]]
) -> str:
    """Why a figure cannot be compared, or with care alone; "" where nothing stands against it."""
    place = (str(line["table"]), str(line["row"]), str(line["column"]))
    if before != after and place[0] != "statistics":
        lacking = [form for form in (before, after) if place not in places_of_form(form)]
        if lacking:
            return f"form {lacking[0]} does not ask for it"
    notes = []
    for side in ("before", "after"):
        if pd.isna(line[f"kind_{side}"]):
            notes.append(f"not in the report {side}")
        elif pd.isna(line[f"value_{side}"]):
            notes.append(f"{line[f'kind_{side}']} {side}")
        elif line[f"doubts_{side}"]:
            notes.append(f"in doubt {side} ({line[f'doubts_{side}']})")
        if rules := failing[side].get(place):
            notes.append(f"{', '.join(rules)} fails {side}")
    if pd.notna(line["unit_before"]) and pd.notna(line["unit_after"]) and line["unit_before"] != line["unit_after"]:
        notes.append(f"units {line['unit_before']} and {line['unit_after']}")
    return "; ".join(notes)


def shares_of(report: Report) -> pd.DataFrame:
    """The groups of outcomes of a report as shares of the requests handled; NA where a figure is missing."""
    cells = report.cells[(report.cells["table"] == "requests") & (report.cells["column"] == "total")]
    values = dict(zip(cells["row"], cells["value"], strict=True))
    handled = values.get("handled", pd.NA)
    records = []
    for group in dict.fromkeys(outcome.group for outcome in OUTCOMES):
        rows = [outcome.row for outcome in OUTCOMES if outcome.group == group and outcome.row in values]
        counted = [values[row] for row in rows]
        whole = bool(rows) and not any(pd.isna(value) for value in counted)
        known = whole and pd.notna(handled)
        records.append(
            {
                "report_id": report.report_id,
                "agency": report.identity.agency or None,
                "year": report.identity.year,
                "group": group,
                "numerator": int(sum(counted)) if whole else None,
                "denominator": int(handled) if pd.notna(handled) else None,
                "share": sum(counted) / handled if known and handled else None,
            }
        )
    return pd.DataFrame(records, columns=list(SHARES)).astype(SHARES)


def follow(one: Report, other: Report) -> bool:
    """True for two reports of one agency on years that follow each other."""
    mine, next_ = one.identity, other.identity
    if not (mine.agency and next_.agency and mine.year and next_.year == mine.year + 1):
        return False
    return agency_of(mine.agency).id == agency_of(next_.agency).id


def carried_of(one: Report, other: Report) -> pd.DataFrame:
    """What the earlier report carries out and the later one carries in, by applicant."""
    lines = []
    if follow(one, other):
        out, in_ = (row_of(report, row) for report, row in ((one, "carried_out"), (other, "carried_in")))
        lines = [
            {"column": column, "carried_out": out[column], "carried_in": in_[column]} for column in out if column in in_
        ]
    frame = pd.DataFrame(lines, columns=list(CARRIED)).astype(CARRIED)
    return frame.assign(difference=frame["carried_in"] - frame["carried_out"])


def row_of(report: Report, row: str) -> dict[str, float]:
    """A row of the requests table by column."""
    cells = report.cells[(report.cells["table"] == "requests") & (report.cells["row"] == row)]
    return dict(zip(cells["column"], cells["value"], strict=True))


# Words


def texts_of(report: Report, number: int) -> list[str]:
    """The paragraphs of a section with their sub-headings; the sub-heading stands once."""
    mine = report.sections[(report.sections["number"] == number) & report.sections["paragraph"].notna()]
    texts: list[str] = []
    last = ""
    for subheading, text in zip(mine["subheading"], mine["text"], strict=True):
        if subheading and subheading != last:
            texts.append(subheading)
        last = subheading
        texts.append(text)
    return texts


def sections_of(one: Report, other: Report) -> pd.DataFrame:
    """The sections of two reports side by side."""
    records = []
    for number in SECTIONS:
        heads = [
            next(iter(report.sections.loc[report.sections["number"] == number, "heading"]), None)
            for report in (one, other)
        ]
        texts = [texts_of(report, number) for report in (one, other)]
        if heads != [None, None]:
            records.append(
                {
                    "number": number,
                    "heading_before": heads[0],
                    "heading_after": heads[1],
                    "letters_before": sum(map(len, texts[0])),
                    "letters_after": sum(map(len, texts[1])),
                    "repeated": repeated(*texts),
                }
            )
    return pd.DataFrame(records, columns=list(ALIGNED)).astype(ALIGNED)


def sentences_frame(before: dict[int, list[str]], after: dict[int, list[str]]) -> pd.DataFrame:
    """The sentences of two reports side by side, section by section."""
    records = [
        {"number": number, "status": status_of(old, new), "before": old, "after": new}
        for number in SECTIONS
        for old, new in pairs(sentences_of(before[number]), sentences_of(after[number]))
    ]
    return pd.DataFrame(records, columns=list(SENTENCES)).astype(SENTENCES)


def stated_of(one: Report, other: Report) -> pd.DataFrame:
    """What both reports state in prose. A subject of which one states several counts is left out."""
    sides = []
    for report in (one, other):
        mine = report.statements[report.statements["approximate"] == ""]
        single = mine.groupby("subject", sort=False)["value"].agg(["nunique", "first"])
        sides.append(single.loc[single["nunique"] == 1, "first"])
    both = pd.DataFrame({"before": sides[0], "after": sides[1]}).dropna()
    frame = both.rename_axis("subject").reset_index()
    order = list(dict.fromkeys([*sides[0].index, *sides[1].index]))
    frame = frame.sort_values("subject", key=lambda names: names.map(order.index), ignore_index=True)
    against = {side: contradicted(report) for side, report in (("before", one), ("after", other))}
    why = [
        "; ".join(
            f"R8 fails {side}: the table has {against[side][subject]}" for side in against if subject in against[side]
        )
        for subject in frame["subject"]
    ]
    return frame.assign(difference=frame["after"] - frame["before"], why=why).astype(STATED)


def contradicted(report: Report) -> dict[str, str]:
    """What the tables of a report have in place of a count that its prose states, by the subject."""
    findings = check(report.cells, statements=report.statements)
    mine = findings[(findings["rule"] == PROSE_RULE) & (findings["status"] == "fail")]
    return {
        message.split()[1].rstrip(":"): f"{right:g}"
        for message, right in zip(mine["message"], mine["right"], strict=True)
    }
