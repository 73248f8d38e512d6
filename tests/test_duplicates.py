"""One and the same report in several files: one counts, and nothing is added up twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from render import random_form

import govinfo
from govinfo import Corpus, datasets, metrics
from govinfo.cli.printing import print_summary
from govinfo.corpus import counted, differences
from govinfo.corpus.duplicates import Known, order_of
from govinfo.export import export
from govinfo.plots import draw
from govinfo.render import LAYOUTS, Form

BY = ("agency_id", "agency", "year")


def form_of(seed: int, agency: str = "汾阳市人民政府", year: int = 2022) -> Form:
    return replace(random_form(Random(seed), "2021"), agency=agency, year=year)


def save(folder: Path, name: str, form: Form, layout: str = "html", published: str = "") -> None:
    data, _ = LAYOUTS[layout](form, Random(0))
    if published:
        data = data.replace(b"<head>", f'<head><meta name="pubdate" content="{published}">'.encode())
    (folder / name).write_bytes(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report as a page and as a Word file that prints one other figure, the year after it, another agency."""
    folder = tmp_path_factory.mktemp("twice")
    form = form_of(1)
    new, *others = form.requests
    changed = replace(form, requests=(replace(new, figures=("9999", *new.figures[1:])), *others))
    save(folder, "a.html", form, published="2023-01-10")
    save(folder, "b.docx", changed, "docx")
    save(folder, "c.html", form_of(2, year=2023))
    save(folder, "d.html", form_of(3, "汝州市人民政府"))
    return folder


@pytest.fixture(scope="module")
def corpus(folder: Path) -> Corpus:
    return govinfo.read_reports(folder)


def sources(reports: pd.DataFrame) -> list[str]:
    return reports["source"].tolist()


def places(corpus: Corpus) -> dict[str, str]:
    """Which file counts in the place of which."""
    named = corpus.reports.set_index("report_id")["source"]
    twice = corpus.reports[corpus.reports["duplicate_of"].notna()]
    return dict(zip(twice["source"], twice["duplicate_of"].map(named), strict=True))


def test_one_counts_and_the_other_names_it(corpus: Corpus) -> None:
    assert places(corpus) == {"a.html": "b.docx"}
    assert sources(counted(corpus.reports)) == ["b.docx", "c.html", "d.html"]
    assert corpus.unread().empty
    assert len(counted(corpus.reports.drop(columns="duplicate_of"))) == 4


def test_an_order_of_readers_decides(folder: Path) -> None:
    assert places(govinfo.read_reports(folder, prefer="html,docx")) == {"b.docx": "a.html"}
    assert places(govinfo.read_reports(folder, prefer="pdf, ocr")) == {"a.html": "b.docx"}
    assert places(govinfo.read_reports(folder, prefer="latest")) == {"b.docx": "a.html"}
    with pytest.raises(govinfo.UsageError, match=r"no reader 'htm' to prefer.*html"):
        govinfo.read_reports(folder, prefer="htm")


def test_of_two_pages_the_later_one_counts(tmp_path: Path) -> None:
    save(tmp_path, "1-new.html", form_of(4), published="2023-03-20")
    save(tmp_path, "2-old.html", form_of(5), published="2023-01-20")
    save(tmp_path, "3-undated.html", form_of(6))
    assert set(places(govinfo.read_reports(tmp_path)).values()) == {"1-new.html"}


def test_of_two_alike_the_first_counts(tmp_path: Path) -> None:
    save(tmp_path, "1.html", form_of(4))
    save(tmp_path, "2.html", form_of(5))
    assert places(govinfo.read_reports(tmp_path)) == {"2.html": "1.html"}


def test_towns_whose_county_is_open_and_other_years_are_not_the_same(tmp_path: Path) -> None:
    for name, form in {
        "1.html": form_of(4, "城关镇人民政府"),
        "2.html": form_of(5, "城关镇人民政府"),
        "3.html": form_of(6, year=2021),
        "4.html": form_of(7, year=2023),
    }.items():
        save(tmp_path, name, form)
    corpus = govinfo.read_reports(tmp_path)
    assert len(corpus.reports) == 4
    assert places(corpus) == {}


def test_the_very_same_bytes_are_a_problem_as_before(tmp_path: Path) -> None:
    save(tmp_path, "1.html", form_of(4))
    save(tmp_path, "2.html", form_of(4))
    corpus = govinfo.read_reports(tmp_path)
    assert sources(corpus.reports) == ["1.html"]
    assert corpus.unread()["source"].tolist() == ["2.html"]


def test_differences_are_counted(corpus: Corpus) -> None:
    (found,) = differences(corpus.cells, corpus.reports).to_dict("records")
    assert found["differing"] == 1
    assert found["compared"] == len(corpus.cells[corpus.cells["source"] == "a.html"])
    ids = corpus.reports.set_index("source")["report_id"]
    assert (found["report_id"], found["duplicate_of"]) == (ids["a.html"], ids["b.docx"])
    half = corpus.cells[(corpus.cells["source"] != "a.html") | (corpus.cells["table"] == "requests")]
    (found,) = differences(half, corpus.reports).to_dict("records")
    assert found["differing"] > 1
    none = corpus.cells[corpus.cells["source"] != "a.html"]
    (found,) = differences(none, corpus.reports).to_dict("records")
    assert found["compared"] == len(corpus.cells[corpus.cells["source"] == "b.docx"])


def test_the_summary_says_which_counts_and_how_far_they_differ(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print_summary(govinfo.build(folder, tmp_path))
    assert "a.html: agency and year of b.docx, which counts in its place; 1 of " in capsys.readouterr().out


def test_metrics_count_nothing_twice(corpus: Corpus) -> None:
    for measure in (metrics.volumes, metrics.disclosure_rate, metrics.outcomes):
        found = measure(corpus.cells, by="year", reports=corpus.reports)
        assert found[found["year"] == 2022]["reports"].max() <= 2
    everywhere = metrics.volumes(corpus.cells, by="year", reports=corpus.reports)
    chosen = corpus.cells[corpus.cells["source"] != "a.html"]
    pd.testing.assert_frame_equal(everywhere, metrics.volumes(chosen, by="year", reports=corpus.reports))
    assert len(metrics.volumes(corpus.cells, reports=corpus.reports)) == 3
    with pytest.raises(govinfo.UsageError, match="would be added up"):
        metrics.volumes(corpus.cells, by="year")


def test_sums_across_years_look_at_the_report_that_counts(folder: Path, corpus: Corpus) -> None:
    across = corpus.findings[corpus.findings["rule"].isin(["R5", "R6"])]
    assert len(across)
    assert set(across["report_id"]) == set(corpus.reports.loc[corpus.reports["source"] == "c.html", "report_id"])
    alone = govinfo.read_reports([folder / "b.docx", folder / "c.html"]).findings
    mine = alone[alone["rule"].isin(["R5", "R6"])]
    pd.testing.assert_frame_equal(across.reset_index(drop=True), mine.reset_index(drop=True))
    within = corpus.findings[corpus.findings["report_id"] == corpus.reports["report_id"][0]]
    assert len(within), "a report that does not count is checked by itself"


def test_tables_charts_and_exports_take_what_counts(corpus: Corpus, tmp_path: Path) -> None:
    assert len(datasets.requests_wide(corpus.cells, corpus.reports)) == 3
    draw("volumes", corpus)
    ids = corpus.reports.set_index("source")["report_id"]
    folder = export(corpus, tmp_path / "frames", "parquet")
    cells, reports = (pd.read_parquet(folder / f"{name}.parquet") for name in ("cells", "reports"))
    assert ids["a.html"] not in set(cells["report_id"])
    assert len(reports) == 4
    assert ids["a.html"] not in set(pd.read_csv(export(corpus, tmp_path / "cells.csv"))["report_id"])
    sheet = pd.read_excel(export(corpus, tmp_path / "x.xlsx"), sheet_name="requests", header=2)
    assert sheet["report_id"].nunique() == 3
    again = govinfo.load(corpus.save(tmp_path / "all"))
    assert places(again) == {"a.html": "b.docx"}


def test_readers_that_are_not_in_the_order_come_last() -> None:
    report = Known("one", "320813", 2021, "text", "")
    other = report._replace(reader="another")
    assert min([other, report], key=order_of("")) is report
