"""Real pages with one thing changed: what is read is what the changed page prints, or is marked, or is left open."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from mutations import CHANGES, LAYOUTS, MUTATIONS, PER_KIND, WordFile, dump_of, dump_trial, page_of, trials, word_files
from mutations.verdicts import silent_cells

from govinfo.report import report_of

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
PAGES = sorted(RAW.glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_map_of_a_page_is_that_of_the_reader(path: Path) -> None:
    page = page_of(path.name, path.read_text(encoding="utf-8"))
    assert len(page.rows) > 8
    assert not list(silent_cells(report_of(page.source(), path.name), page.expected()))


@pytest.mark.parametrize("page", word_files((), RAW), ids=lambda page: page.name)
def test_a_word_file_taken_apart_and_put_together_is_the_same(page: WordFile) -> None:
    assert len(page.rows) > 8
    plain, again = (report_of(data, page.name).cells.drop(columns="report_id") for data in (page.data, page.source()))
    pd.testing.assert_frame_equal(again, plain)
    assert not list(silent_cells(report_of(page.source(), page.name), page.expected()))


@pytest.mark.parametrize("kind", [kind for kind in MUTATIONS if kind != "dressed"])
def test_no_change_of_a_real_page_is_read_wrong_in_silence(kind: str) -> None:
    pages = [page_of(path.name, path.read_text(encoding="utf-8")) for path in PAGES]
    found = [one for page in pages for one in trials(page, kind, PER_KIND)]
    assert found
    assert not [(one.page, one.seed, one.silent[:3]) for one in found if one.silent]


@pytest.mark.parametrize("suffix", [suffix for suffix in LAYOUTS if suffix != "html"])
def test_no_change_of_a_page_in_another_layout_is_read_wrong_in_silence(suffix: str) -> None:
    is_pdf = suffix.endswith("pdf")
    if is_pdf:
        pytest.importorskip("reportlab", reason="reportlab makes the PDFs")
    pages = [page_of(path.name, path.read_text(encoding="utf-8")) for path in PAGES]
    pages = [page for page in (*pages, *word_files(pages, RAW)) if LAYOUTS[suffix].made_of(page)]
    if is_pdf:  # they take their time: each kind of change to one page, as the seed has it
        found = [one for at, kind in enumerate(MUTATIONS) for one in trials(pages[at % len(pages)], kind, 1, suffix)]
    else:
        found = [one for kind in MUTATIONS for page in pages for one in trials(page, kind, 1, suffix)]
    assert len(found) > 10
    assert not [(one.kind, one.page, one.silent[:3]) for one in found if one.silent]


@pytest.mark.parametrize("path", sorted(RAW.glob("*.txt")), ids=lambda path: path.stem)
def test_no_change_of_a_real_dump_is_read_wrong_in_silence(path: Path) -> None:
    dump = dump_of(path.name, path.read_text(encoding="utf-8"))
    assert len(dump.rows) > 20
    found = [dump_trial(dump, kind, seed) for kind in CHANGES for seed in range(PER_KIND)]
    assert not [(one.kind, one.seed, one.silent[:3]) for one in found if one.silent]
