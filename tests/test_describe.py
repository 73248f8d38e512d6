"""What is in a corpus, and how to cite it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest
from test_cli import govinfo as command

import govinfo
from govinfo import Corpus, load
from govinfo.corpus.description import MISSING, TABLE, spans

ROOT = Path(__file__).resolve().parents[1]
PROCESSED = ROOT / "data" / "processed"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load(PROCESSED)


def test_a_description_counts_what_is_there(corpus: Corpus) -> None:
    found = corpus.describe()
    assert found.table.dtypes.astype(str).to_dict() == TABLE
    assert found.missing.dtypes.astype(str).to_dict() == MISSING
    all_ = found.table.iloc[0]
    assert (all_["reports"], all_["cells"], all_["read"]) == (29, len(corpus.cells), corpus.cells["value"].count())
    assert (all_["hold"], all_["fail"]) == tuple((corpus.findings["status"] == one).sum() for one in ("pass", "fail"))
    for _, part in found.table.groupby("part"):
        assert part["reports"].sum() == 29
        assert part["cells"].sum() == len(corpus.cells)
    assert found.text.startswith("29 reports of 13 agencies")
    assert f"尚缺{found.missing['missing'].sum()}份" in found.text_zh
    assert str(all_["fail"]) in found.text


def test_what_is_missing_for_a_balanced_panel(corpus: Corpus) -> None:
    missing = corpus.describe().missing.set_index("agency")
    assert "平潭综合实验区" not in missing.index, "its fifteen years are all here"
    assert missing.loc["上海市人民政府办公厅", "years"] == "2011-2018 2020-2024"
    assert (missing["have"] + missing["missing"]).unique().tolist() == [15]
    assert spans([]) == ""


def test_duplicates_are_counted_apart(corpus: Corpus) -> None:
    ids = corpus.reports["report_id"]
    twice = corpus.reports.assign(duplicate_of=ids.where(ids.index == 0, None).replace(ids[0], ids[1]))
    found = replace(corpus, reports=twice).describe()
    assert "1 other reports are duplicates" in found.text
    assert found.table["cells"].iloc[0] == (corpus.cells["report_id"] != ids[0]).sum()


def test_a_corpus_without_reports_can_be_described(corpus: Corpus) -> None:
    empty = {name: getattr(corpus, name).head(0) for name in ("cells", "reports", "findings", "sections")}
    found = replace(corpus, **empty).describe()
    assert found.text.startswith("0 reports")
    assert found.missing.empty


def test_commands_describe_and_cite() -> None:
    done = command("describe", PROCESSED)
    assert done.returncode == 0, done.stderr
    assert "29 reports of 13 agencies" in done.stdout
    done = command("cite", PROCESSED)
    assert "@misc{govinfo-" in done.stdout
    assert "[DS]" in done.stdout


def test_a_citation_names_the_very_figures(corpus: Corpus) -> None:
    found = govinfo.cite(corpus)
    assert found == govinfo.cite()
    assert re.fullmatch("[0-9a-f]{64}", found.sha256)
    other = replace(corpus, cells=corpus.cells.assign(value=corpus.cells["value"].mask(corpus.cells.index == 7, 5)))
    assert govinfo.cite(other).sha256 != found.sha256
    assert found.sha256[:16] in found.bibtex
    assert found.bibtex.count("{") == found.bibtex.count("}")
    assert re.fullmatch(r"govinfo贡献者\. .+\[DS\]\. \(\d{4}-\d\d-\d\d\)\.", found.gbt7714)


def test_citation_file_says_the_same() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    found = govinfo.cite()
    assert f"date-released: {found.date}" in text
    assert date.fromisoformat(found.date)
    assert f"version: {version('govinfo')}" in text
    assert f'title: "{found.title}"' in text
    assert f'name: "{found.author}"' in text
