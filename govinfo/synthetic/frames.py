"""Synthetic figures as the frames of a corpus."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import numpy.typing as npt
import pandas as pd

from govinfo.checks import reports_in
from govinfo.checks.proofs import proofs
from govinfo.corpus import REPORTS
from govinfo.forms import forms
from govinfo.identity.english import english
from govinfo.identity.years import form_of_year
from govinfo.prose import SECTIONS, statements_of
from govinfo.synthetic.agencies import NAMED, Floats
from govinfo.synthetic.defects import INJECTED, Injection
from govinfo.synthetic.figures import Figures, Ints, Key
from govinfo.tables.records import CELLS, expected_rows

MARK = {"synthetic": "boolean"}
"""The column that tells invented figures; true in every synthetic frame."""

SOURCE = "synthetic"
"""What the frames name as the source of synthetic figures, and as what has read them."""

HEADINGS = {
    1: "一、总体情况",
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
    5: "五、存在的主要问题及改进情况",
    6: "六、其他需要报告的事项",
}
"""The statutory headings by number."""

PROSE = {
    1: "本报告由程序生成，机关和数字均为虚构，不反映任何政府的情况。\n"
    "本年新收政府信息公开申请{new}件，办理{handled}件，结转下年度继续办理{carried_out}件。",
    5: "本报告为虚构，没有需要说明的问题。",
    6: "没有其他需要报告的事项。",
}
"""The text of the sections that hold no table, in words that say what it is."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell that the report of a year prints: ``year`` is its place in the figures."""

    year: int
    form: str
    key: Key
    unit: str
    label: str
    style: str


def cells_printed(years: Sequence[int]) -> list[Printed]:
    """The cells of the reports of one agency in their order: years, tables, rows, columns."""
    return [
        Printed(at, code, (table.name, row.code, column), table.column(column).unit, label, style_of(code, column))
        for at, code in enumerate(form_of_year(year) for year in years)
        for table in forms()[code].tables.values()
        for row in (table.row(name) for name in expected_rows(table.name, code, set()))
        for label in [row.label_zh.split(" ")[-1]]
        for column in row.columns
    ]


def style_of(form: str, column: str) -> str:
    """How a figure is printed: changes with their sign, amounts with their unit where no heading gives it."""
    if column == "items_change":
        return "{:+.0f}"
    return "{}万元" if (form, column) == ("2019", "amount") else "{}"


def as_printed(value: float, style: str) -> str:
    """A figure as a page prints it; 0 stands alone, a blank is empty."""
    if np.isnan(value):
        return ""
    plain = f"{value:.4f}".rstrip("0").rstrip(".")
    return plain if not value else style.format(value if ":" in style else plain)


def cells_frame(agencies: pd.DataFrame, years: Sequence[int], figures: Figures) -> pd.DataFrame:
    """The cells frame with ``MARK``: agencies in their order, for each its years, for each the cells of the form."""
    printed = cells_printed(years)
    values = np.column_stack([figures[cell.key][:, cell.year] for cell in printed]).ravel()
    count = len(agencies)

    of_cell, of_agency = np.tile(np.arange(len(printed)), count), np.repeat(np.arange(count), len(printed))
    blank = np.isnan(values)
    columns = {
        "report_id": report_ids(agencies, [years[cell.year] for cell in printed]),
        "agency": repeated(agencies["agency"].tolist(), of_agency),
        "year": np.tile([years[cell.year] for cell in printed], count),
        "form": repeated([cell.form for cell in printed], of_cell),
        **{
            name: repeated([cell.key[at] for cell in printed], of_cell)
            for at, name in enumerate(("table", "row", "column"))
        },
        "value": pd.arrays.FloatingArray(values, blank),
        "unit": repeated([cell.unit for cell in printed], of_cell),
        "kind": repeated(["reported", "blank"], blank.astype(np.int64)),
        "raw": raw_texts(values, np.tile([cell.style for cell in printed], count)),
        "label": repeated([cell.label for cell in printed], of_cell),
    }
    constants = {"doubts": "", "source": SOURCE, "box": ""}
    return marked(pd.DataFrame({**columns, **constants}), CELLS)


def repeated(texts: Sequence[str], places: Ints) -> pd.api.extensions.ExtensionArray:
    """The texts at these places."""
    return pd.Series(texts, dtype="string").array.take(places)


def report_ids(agencies: pd.DataFrame, years: Sequence[int]) -> pd.api.extensions.ExtensionArray:
    """The ids of reports: those of each agency for the years given, one agency behind the other."""
    distinct = sorted(set(years))
    ids = [f"{agency}-{year}" for agency in agencies["agency_id"] for year in distinct]
    first_of_agency = np.arange(len(agencies))[:, np.newaxis] * len(distinct)
    return repeated(ids, (first_of_agency + np.searchsorted(distinct, years)).ravel())


def raw_texts(values: Floats, styles: npt.NDArray[np.str_]) -> pd.api.extensions.ExtensionArray:
    """The figures as printed; each different one is written once."""
    texts: list[str] = []
    places = np.empty(len(values), dtype=np.int64)
    for style in np.unique(styles):
        mine = styles == style
        distinct, at = np.unique(values[mine], return_inverse=True)
        places[mine] = at + len(texts)
        texts += [as_printed(value, style) for value in distinct]
    return repeated(texts, places)


def reports_frame(
    agencies: pd.DataFrame, years: Sequence[int], cells: pd.DataFrame, failing: pd.Series
) -> pd.DataFrame:
    """The reports frame with ``MARK``; ``failing`` are the numbers of failing findings by report_id, 0 where absent."""
    count = len(agencies)
    by_report = cells.groupby("report_id", sort=False)
    ids = pd.Index(report_ids(agencies, years))
    year = np.tile(years, count)
    named = agencies[list(NAMED)].loc[np.repeat(np.arange(count), len(years))].reset_index(drop=True)
    columns = named.assign(
        agency_en=[english(agency) for agency in named["agency"]],
        report_id=ids,
        year=year,
        form=[form_of_year(one) for one in year.tolist()],
        title=[title_of(agency, one) for agency, one in zip(named["agency"], year.tolist(), strict=True)],
        source=SOURCE,
        cells=by_report.size().reindex(ids).to_numpy(),
        blanks=cells["kind"].eq("blank").groupby(cells["report_id"], sort=False).sum().reindex(ids).to_numpy(),
        doubtful=0,
        findings=failing.reindex(ids, fill_value=0).to_numpy(),
        readers=SOURCE,
        version=version("govinfo"),
        doubts="",
    )
    return marked(columns, REPORTS)


def title_of(agency: str, year: int) -> str:
    """The title of a report."""
    return f"{agency}{year}年政府信息公开工作年度报告"


def sections_frame(agencies: pd.DataFrame, years: Sequence[int], figures: Figures) -> pd.DataFrame:
    """The sections frame with ``MARK``; the prose names the true figures, whatever the tables print."""
    named = {
        row: figures["requests", row, "total"].astype(int).ravel().tolist() for row in ("new", "handled", "carried_out")
    }
    records = [
        {"report_id": report_id, "number": number, "heading": heading, "topic": "", "subheading": "", **paragraph}
        for at, report_id in enumerate(report_ids(agencies, years))
        for number, heading in HEADINGS.items()
        for paragraph in paragraphs(number, {row: counts[at] for row, counts in named.items()})
    ]
    return marked(pd.DataFrame(records), SECTIONS)


def paragraphs(number: int, named: Mapping[str, int]) -> list[dict[str, object]]:
    """The paragraphs of a section, counted through the report; one without text for a section that holds a table."""
    before = sum(text.count("\n") + 1 for section, text in PROSE.items() if section < number)
    texts = PROSE[number].format(**named).split("\n") if number in PROSE else []
    told: list[dict[str, object]] = [{"paragraph": at, "text": text} for at, text in enumerate(texts, before + 1)]
    return told or [{"paragraph": None, "text": ""}]


def statements_frame(sections: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The statements in the prose of reports."""
    heads = {line["report_id"]: line for line in reports[["report_id", "agency", "year"]].to_dict("records")}
    return pd.DataFrame(
        [
            {**heads[id_], **statement}
            for id_, part in sections.groupby("report_id", sort=False)
            for statement in statements_of(part.to_dict("records"), int(heads[id_]["year"]))  # type: ignore[arg-type]
        ]
    )


def injected_frame(agencies: pd.DataFrame, years: Sequence[int], found: Sequence[Injection]) -> pd.DataFrame:
    """The cells that print other than the truth, columns ``INJECTED``; ``printed`` is NA for a blank."""
    ids = agencies["agency_id"].tolist()
    records = [
        (
            f"{ids[one.agency]}-{years[one.year]}",
            ids[one.agency],
            years[one.year],
            *one.cell,
            one.defect,
            one.true,
            None if np.isnan(one.printed) else one.printed,
            True,
        )
        for one in found
    ]
    return pd.DataFrame(records, columns=list(INJECTED)).astype(INJECTED)


def marked(frame: pd.DataFrame, types: dict[str, str]) -> pd.DataFrame:
    """A frame with the columns of a contract in their order and types, NA where it has none, and ``MARK``."""
    types = types | MARK
    return frame.assign(synthetic=True).reindex(columns=list(types)).astype(types)


def with_suggested(cells: pd.DataFrame, report_ids: Collection[str]) -> pd.DataFrame:
    """The cells with ``suggested`` where the sums of a report prove a figure that it blanks or contradicts."""
    mine = cells[cells["report_id"].isin(report_ids)]
    proven = {
        (report.report_id, table, proof.row, proof.column): float(proof.value)
        for report in reports_in(mine)
        for table, figures in report.tables.items()
        for proof in proofs(table, figures.form, figures.values, set(figures.printed))
    }
    suggested = np.full(len(cells), np.nan)
    places = zip(*(mine[name] for name in ("report_id", "table", "row", "column")), strict=True)
    suggested[mine.index] = [proven.get(place, np.nan) for place in places]
    return cells.assign(suggested=pd.arrays.FloatingArray(suggested, np.isnan(suggested)))
