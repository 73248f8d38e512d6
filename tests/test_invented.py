"""Invented figures are marked wherever they go: through a build, in every frame, chart, workbook and export."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from matplotlib import pyplot as plt

import govinfo
from govinfo import datasets, export, metrics, plots
from govinfo.corpus import Corpus
from govinfo.plots.style import SOURCE
from govinfo.render import write_files

DATA = ("cells", "reports", "findings", "sections")
MARK = "Invented figures: no evidence about any government"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set built of the files that ``govinfo synth`` writes."""
    files, out = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("built")
    write_files(6, ["html", "txt", "docx"], files, seed=5)
    govinfo.build([files], out)
    return out


@pytest.fixture(scope="module")
def built(folder: Path) -> Corpus:
    return govinfo.load(folder)


@pytest.mark.parametrize("name", DATA)
def test_a_build_of_invented_reports_keeps_the_mark_in_every_frame(built: Corpus, folder: Path, name: str) -> None:
    frame = getattr(built, name)
    assert len(frame)
    assert frame["synthetic"].all()
    assert pd.read_csv(folder / f"{name}.csv")["synthetic"].all()


def test_a_single_report_keeps_the_mark(tmp_path: Path) -> None:
    write_files(1, ["html"], tmp_path, seed=5)
    report = govinfo.read_report(next(tmp_path.glob("*.html")))
    assert report.cells["synthetic"].all()
    assert report.sections["synthetic"].all()
    assert govinfo.check(report.cells)["synthetic"].all()


@pytest.mark.parametrize("name", DATA)
def test_no_real_report_is_marked(name: str) -> None:
    frame = getattr(datasets.load_corpus(), name)
    assert frame["synthetic"].notna().all()
    assert not frame["synthetic"].any()


def test_results_of_metrics_say_which_lines_are_invented(built: Corpus) -> None:
    real = datasets.load_corpus()
    both = pd.concat([real.cells, built.cells])
    for measure in (metrics.volumes, metrics.outcomes, metrics.refusal_rate, metrics.mean_rate):
        options = {"name": "refusal_rate", "by": "agency"} if measure is metrics.mean_rate else {"by": "agency"}
        assert "synthetic" not in measure(cells=real.cells, **options)
        lines = measure(cells=both, **options)
        assert (lines["synthetic"] == lines["agency"].str.startswith("虚构")).all()


@pytest.mark.parametrize("name", [name for name in plots.CHARTS if name not in ("flow", "corrections", "map")])
def test_a_chart_of_invented_figures_says_so_and_names_no_source(built: Corpus, name: str) -> None:
    figure = plots.draw(name, built)
    said = [text.get_text() for text in figure.findobj(plt.Text)]
    assert [text for text in said if MARK in text]
    below = [text.get_text() for text in figure.findobj(plt.Text) if text.get_gid() == SOURCE]
    assert [text for text in below if "are invented; govinfo" in text]
    assert not [text for text in below if "Source: annual reports" in text or "Source: an annual" in text]


def test_a_chart_of_real_figures_is_not_marked() -> None:
    said = [text.get_text() for text in plots.draw("volumes", datasets.load_corpus()).findobj(plt.Text)]
    assert not [text for text in said if "nvented" in text]


def test_a_workbook_of_invented_figures_says_so_on_every_sheet(built: Corpus, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(export.to_excel(built, tmp_path / "invented.xlsx"))
    assert MARK in " ".join(str(cell.value) for row in book["README"].iter_rows(max_row=4) for cell in row)
    for name in ("disclosure", "requests", "disputes"):
        assert MARK in book[name]["A1"].value
    heading = [cell.value for cell in book["reports"][1]]
    assert book["reports"].cell(2, heading.index("synthetic") + 1).value is True
    real = openpyxl.load_workbook(export.to_excel(datasets.load_corpus(), tmp_path / "real.xlsx"))
    assert MARK not in str(real["requests"]["A1"].value)


def test_exports_keep_the_mark(built: Corpus, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'govinfo[export]'")
    export.export(built, tmp_path / "all")
    export.export(built, tmp_path / "cells.parquet")
    assert pd.read_csv(tmp_path / "all" / "reports.csv")["synthetic"].all()
    assert pd.read_parquet(tmp_path / "cells.parquet")["synthetic"].all()
    with duckdb.connect(str(export.export(built, tmp_path / "all.duckdb"))) as database:
        assert database.sql("SELECT bool_and(synthetic) FROM cells").fetchall() == [(True,)]
