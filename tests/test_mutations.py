"""Real pages with one thing changed: what is read is what the changed page prints, or is marked, or is left open."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from mutations import MUTATIONS, PER_KIND, page_of, trials
from mutations.verdicts import silent_cells

from govinfo.report import report_of

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
PAGES = sorted(RAW.glob("*.html"))
COUNT = int(os.environ.get("MUTATIONS_PER_KIND", PER_KIND))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_map_of_a_page_is_that_of_the_reader(path: Path) -> None:
    page = page_of(path.name, path.read_text(encoding="utf-8"))
    assert len(page.rows) > 8
    assert not list(silent_cells(report_of(page.source(), path.name), page.expected()))


@pytest.mark.parametrize("kind", MUTATIONS)
def test_no_change_of_a_real_page_is_read_wrong_in_silence(kind: str) -> None:
    pages = [page_of(path.name, path.read_text(encoding="utf-8")) for path in PAGES]
    found = [one for page in pages for one in trials(page, kind, COUNT)]
    assert found
    assert not [(one.page, one.seed, one.silent[:3]) for one in found if one.silent]
