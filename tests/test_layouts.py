"""Forms printed in every layout, whole and with faults: what is read is what the page prints, or is left open."""

from collections.abc import Iterator
from random import Random

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from render import DEFECTS, random_form, render_picture, truth, worth

from govinfo.render import APPLICANTS, LAYOUTS, LOSSY, PLAIN, Form, Key, sheet_of
from govinfo.render.pdf import DRAWN, render_pdf
from govinfo.report import Report, report_of

FORMS = ("2019", "2021")
PDF = {name for name in LAYOUTS if name.endswith("-pdf")}
DUMPS = sorted(set(LOSSY) - PDF - {"flat"})
QUICK = sorted(set(LAYOUTS) - PDF - {"flat"})
KEPT = {"pipes", "markdown", "tabs", "tabs-collapsed"}
"""Dumps that keep covered places as blanks."""

TREES = {"html", "html-dressed", "docx"}

PLAIN_FAULTS = (
    "annex-table",
    "blank-cell",
    "blank-organisations",
    "blank-row",
    "blank-row-of-figures",
    "blank-total",
    "blank-zeros",
    "broken-parent",
    "counted",
    "dashes-for-zeros",
    "disclosure-blank-cell",
    "disclosure-columns-turned",
    "disputes-blank-cell",
    "disputes-groups-turned",
    "disputes-misprint",
    "disputes-total-first",
    "disputes-turned",
    "full-width",
    "misprint",
    "misprint-often",
    "number-column",
    "repeat-row",
    "shift-inside",
    "shuffle-columns",
    "summary-table",
    "thousands",
    "total-first",
    "trailing-column",
)
"""Faults that leave no doubt, where every place is kept: what the page prints is plain."""

TURNED = {"disclosure-columns-turned", "disputes-groups-turned", "disputes-turned", "shuffle-columns"}
"""Of these, those that put headings into another order than the form's: where no sum confirms it, it is read as printed
and says so."""

UNDECIDABLE = {
    "cell-gone": TREES,
    "merge-figures": KEPT,
    "spaced-figures": {"spaced"},
    "two-in-one-cell": {"blank-lines", "single-lines", "spaced"},
}
"""Layouts that print a fault just as they print something else: a grid that lacks a cell shows its figures under
other headings; a merged figure with blanks behind it is a first figure with blanks; spaces part cells and digits;
where a cell is a line, two figures in a line are two cells."""

seeds = st.integers(0, 2**32)
few = settings(
    max_examples=2, derandomize=True, deadline=None, database=None, phases=[Phase.generate], report_multiple_bugs=False
)
"""A seed does not grow simpler by growing smaller: nothing is shrunk."""


def read(form: Form, layout: str, rng: Random) -> Report:
    return report_of(*LAYOUTS[layout](form, rng))


def figures(form: Form) -> dict[Key, float | None]:
    """The figure that the page prints for each cell, in the unit of the codebook."""
    headings = [slot.text for row in sheet_of(form, "disclosure") for slot in row]
    in_yuan = any("单位：元" in heading for heading in headings)
    printed = {key: worth(text) for key, text in truth(form).items()}
    return {
        key: figure / 10000 if figure and in_yuan and key[1:] == ("fees", "amount") else figure
        for key, figure in printed.items()
    }


def cells(report: Report) -> Iterator[tuple[Key, float | None, str, str]]:
    """Each cell read: what it is, its value, its kind, its doubts."""
    for cell in report.cells.to_dict("records"):
        value = None if pd.isna(cell["value"]) else float(cell["value"])
        yield (cell["table"], cell["row"], cell["column"]), value, cell["kind"], cell["doubts"] or ""


def silent(form: Form, report: Report) -> list[tuple[Key, float | None, float | None]]:
    """Cells without a doubt that say other than the page: (cell, read, printed)."""
    printed = figures(form)
    return [
        (key, value, printed.get(key))
        for key, value, kind, doubts in cells(report)
        if not doubts and kind != "unreadable" and not same(value, printed.get(key))
    ]


def doubtful(form: Form, report: Report) -> list[tuple[Key, float | None, str]]:
    """Cells that the page prints plainly and that were not read so: left out, open or doubtful."""
    read = {key: (value, doubts) for key, value, _, doubts in cells(report)}
    return [
        (key, *read.get(key, (None, "absent")))
        for key, figure in figures(form).items()
        if key[1] not in ("foreign", "blank") and (key not in read or read[key][1] or not same(read[key][0], figure))
    ]


def same(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else abs(one - other) < 1e-9


def only_run_on(layout: str, key: Key, value: float | None, doubts: str) -> bool:
    """A figure of the disclosure table in a line where spaces alone part figures: no sum tells, so it is doubtful."""
    return layout == "spaced" and key[0] == "disclosure" and value is not None and doubts == "by-order"


# The generator


@given(seed=seeds)
@settings(max_examples=30, derandomize=True, deadline=None)
@pytest.mark.parametrize("code", FORMS)
def test_a_random_form_balances(code: str, seed: int) -> None:
    form = random_form(Random(seed), code)
    rows = {line.code: [int(figure) for figure in line.figures] for line in form.requests}
    outcomes = [figures for row, figures in rows.items() if row not in ("new", "carried_in", "handled", "carried_out")]
    assert all(sum(figures[:-1]) == figures[-1] for figures in rows.values())
    assert [sum(column) for column in zip(*outcomes, strict=True)] == rows["handled"]
    for at in range(len(APPLICANTS)):
        assert rows["new"][at] + rows["carried_in"][at] == rows["handled"][at] + rows["carried_out"][at]
    assert all(sum(map(int, line.figures[:-1])) == int(line.figures[-1]) for line in form.disputes)


# Layouts


@given(seed=seeds)
@few
@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("layout", PLAIN)
def test_a_layout_that_keeps_every_place_is_read_right(layout: str, code: str, seed: int) -> None:
    rng = Random(seed)
    form = random_form(rng, code)
    report = read(form, layout, rng)
    assert silent(form, report) == []
    assert doubtful(form, report) == []
    assert (report.identity.agency, report.identity.year, report.form) == (form.agency, form.year, code)


@given(seed=seeds)
@few
@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("layout", DUMPS)
def test_a_dump_of_a_full_form_is_read_right(layout: str, code: str, seed: int) -> None:
    rng = Random(seed)
    form = random_form(rng, code)
    report = read(form, layout, rng)
    assert silent(form, report) == []
    assert [found for found in doubtful(form, report) if not only_run_on(layout, *found)] == []
    assert (report.identity.agency, report.identity.year) == (form.agency, form.year)


@given(seed=seeds)
@settings(few, max_examples=1)
@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("layout", ["flat", *sorted(PDF)])
def test_a_layout_without_cells_is_never_read_wrong_in_silence(layout: str, code: str, seed: int) -> None:
    rng = Random(seed)
    form = random_form(rng, code)
    assert silent(form, read(form, layout, rng)) == []


@given(seed=seeds, align=st.sampled_from((0, 1, 2)), code=st.sampled_from(FORMS))
@few
@pytest.mark.parametrize("drawn", DRAWN)
def test_a_pdf_is_read_right_whatever_is_drawn_of_its_tables(drawn: str, align: int, code: str, seed: int) -> None:
    rng = Random(seed)
    form = random_form(rng, code)
    report = report_of(*render_pdf(form, rng, drawn, align=align))
    assert silent(form, report) == []
    assert doubtful(form, report) == []
    assert (report.identity.agency, report.identity.year, report.form) == (form.agency, form.year, code)


@given(seed=seeds, size=st.sampled_from((7.5, 8, 9)), align=st.sampled_from((0, 1, 2)), code=st.sampled_from(FORMS))
@settings(few, max_examples=1)
@pytest.mark.parametrize("drawn", DRAWN)
def test_a_pdf_whose_figures_wrap_is_never_read_wrong_in_silence(
    drawn: str, size: float, align: int, code: str, seed: int
) -> None:
    rng = Random(seed)
    form = random_form(rng, code)
    assert silent(form, report_of(*render_pdf(form, rng, drawn, size, align))) == []


# Faults


@given(seed=seeds, layout=st.sampled_from(QUICK))
@few
@pytest.mark.parametrize("fault", DEFECTS)
def test_no_fault_of_a_page_is_read_wrong_in_silence(fault: str, layout: str, seed: int) -> None:
    if layout in UNDECIDABLE.get(fault, ()):
        return
    rng = Random(seed)
    form = DEFECTS[fault](random_form(rng, rng.choice(FORMS)), rng)
    assert silent(form, read(form, layout, rng)) == [], layout


@given(seed=seeds, layout=st.sampled_from(sorted(set(PLAIN) - PDF)))
@few
@pytest.mark.parametrize("fault", PLAIN_FAULTS)
def test_a_fault_that_leaves_no_doubt_is_read_as_printed(fault: str, layout: str, seed: int) -> None:
    rng = Random(seed)
    form = DEFECTS[fault](random_form(rng, rng.choice(FORMS)), rng)
    found = doubtful(form, read(form, layout, rng))
    printed = figures(form)
    turned = [one for one in found if fault in TURNED and one[2] == "out-of-order" and same(one[1], printed[one[0]])]
    assert [one for one in found if one not in turned] == [], layout


def test_a_scan_is_read_right_or_left_open() -> None:
    pytest.importorskip("rapidocr", reason="pictures are read with the extra ocr")
    rng = Random(7)
    form = random_form(rng, "2021")
    report = report_of(*render_picture(form, rng))
    found = {key: (value, doubts) for key, value, _, doubts in cells(report)}
    assert all("ocr" in doubts.split(";") for _, doubts in found.values())
    printed = figures(form)
    assert [key for key, (value, _) in found.items() if value is not None and not same(value, printed.get(key))] == []
    assert sum(value is not None for value, _ in found.values()) > 0.95 * len(found)
