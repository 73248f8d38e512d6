"""Review, agreement and audit: decisions that survive, and numbers that were worked out by hand."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from math import isnan
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import pytest
from browser import browser_page, chromium, keep_screenshot, server
from conftest import needs_font
from test_cli import govinfo as command

from govinfo import Corpus, FileUnreadable, UsageError, datasets
from govinfo.corpus import counted
from govinfo.corrections import CORRECTIONS, corrections, decided
from govinfo.review import Screen, Session, agreement, audit, places_in, sample, serving, session
from govinfo.review.audit import SAMPLE, refuse_other_sample, shares

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw"


@pytest.fixture
def kept(listed: pd.DataFrame, tmp_path: Path) -> Session:
    return session(listed, tmp_path / "review.csv", "Anna")


# Decisions


def of_sanquan(kept: Session) -> int:
    """The place of the total of Sanquan, over which sums fail that prove another figure."""
    return next(at for at, line in enumerate(kept.lines) if line["report"] == "sanquan-2021.txt")


def test_a_queue_has_each_cell_once_with_all_that_is_said_of_it(kept: Session, listed: pd.DataFrame) -> None:
    place = ["report", "table", "row", "column"]
    assert len(kept.lines) == len(listed.drop_duplicates(place)) < len(listed)
    first = kept.lines[of_sanquan(kept)]
    assert "R1 total: new 2, but handled 0" in first["why"]
    assert "R3 total: granted 2, but handled 0" in first["why"]
    assert "only smallest change" in first["proof"]


def test_every_decision_is_in_the_file_and_the_file_is_a_list_of_corrections(
    kept: Session, corpus: Corpus, listed: pd.DataFrame
) -> None:
    kept.decide(0, "figure", "2", "the rows above")
    kept.decide(1, "as printed")
    kept.decide(2, "cannot be told", reason="smudged")
    kept.decide(3, "skip")
    again = session(listed, kept.path, "Anna")
    assert again.lines == kept.lines
    assert (again.done, again.last, again.next) == (3, 4, 4)
    found = corrections(kept.path)
    assert found["decision"].tolist() == ["figure", "as printed", "cannot be told"]
    assert found["who"].tolist() == ["Anna"] * 3
    cells = decided(corpus.corrected(kept.path).cells)
    assert sorted(cells["doubts"].str.split(";").str[-1]) == ["confirmed", "corrected", "undecidable"]


def test_undo_takes_back_one_decision_after_the_other_even_when_opened_again(
    kept: Session, listed: pd.DataFrame
) -> None:
    for number in (0, 1, 2):
        kept.decide(number, "as printed" if number else "skip")
    assert kept.undo() == 2
    again = session(listed, kept.path, "Anna")
    assert [again.undo(), again.undo(), again.undo()] == [1, 0, None]
    assert corrections(kept.path).empty
    assert again.next == 0


def test_skipped_lines_come_back_last(kept: Session) -> None:
    kept.decide(0, "skip")
    assert kept.next == 1
    for number in range(1, len(kept.lines)):
        kept.decide(number, "cannot be told", reason="x")
    assert kept.next == 0
    kept.decide(0, "as printed")
    assert kept.next is None


@pytest.mark.parametrize(
    ("decision", "value", "reason", "said"),
    [
        ("figure", "two", "why", "'two' is no figure"),
        ("figure", "2", "", "a reason is missing"),
        ("cannot be told", "", " ", "a reason is missing"),
        ("maybe", "", "", "no decision 'maybe'"),
    ],
)
def test_half_decisions_are_refused_and_nothing_is_written(
    kept: Session, decision: str, value: str, reason: str, said: str
) -> None:
    before = kept.path.read_bytes()
    with pytest.raises(UsageError, match=said):
        kept.decide(0, decision, value, reason)
    assert kept.path.read_bytes() == before
    assert kept.done == 0


def test_what_cannot_be_written_is_not_decided(kept: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    before = kept.path.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileUnreadable, match="No space left"):
        kept.decide(0, "as printed")
    assert (kept.done, kept.path.read_bytes()) == (0, before)
    assert [path.name for path in kept.path.parent.iterdir()] == ["review.csv"]


def test_a_second_person_has_a_file_of_their_own(kept: Session, listed: pd.DataFrame) -> None:
    kept.decide(0, "as printed")
    with pytest.raises(UsageError, match="this review is by Anna"):
        session(listed, kept.path, "Bo")
    with pytest.raises(UsageError, match="who reviews"):
        session(listed, kept.path, " ")
    kept.path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FileUnreadable, match="is no review"):
        session(listed, kept.path, "Anna")


def test_a_review_that_is_killed_has_lost_nothing(tmp_path: Path, listed: pd.DataFrame) -> None:
    """A process that decides as fast as it can is killed; what it had said it decided is in the file, whole."""
    code = (
        "import sys, govinfo\nfrom govinfo.review import queue, session\n"
        "kept = session(queue(govinfo.load(sys.argv[1])), sys.argv[2], 'Anna')\n"
        "while True:\n"
        "    kept.decide(kept.last % len(kept.lines), 'cannot be told', reason=f'step {kept.last + 1}')\n"
        "    print(kept.last, flush=True)\n"
    )
    path = tmp_path / "review.csv"
    deciding = [sys.executable, "-c", code, str(RAW.parent / "processed"), str(path)]
    process = subprocess.Popen(deciding, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = 0
    while told < 40:
        told = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    told = max([told, *map(int, process.stdout.read().split())])
    process.wait()
    kept = session(listed, path, "Anna")
    assert told <= kept.last <= told + 1
    assert len(corrections(path)) == kept.done == min(kept.last, len(kept.lines))


# The screen


@pytest.fixture
def screen(kept: Session, corpus: Corpus) -> Screen:
    return Screen(kept, places_in(corpus, "nowhere", RAW))


def asked(address: str, what: str, body: object = None, **headers: str) -> tuple[int, Any]:
    """The status and the answer of the server to a question."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    method, data = ("GET", None) if body is None else ("POST", json.dumps(body))
    connection.request(method, f"{parts.path}{what}", data, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    return answer.status, json.loads(text) if "json" in (answer.getheader("Content-Type") or "") else text


@pytest.fixture
def address(screen: Screen) -> Iterator[str]:
    with serving(screen) as served:
        yield served.address


def test_the_screen_shows_the_place_the_row_and_the_sums(address: str, kept: Session) -> None:
    status, line = asked(address, f"line?number={of_sanquan(kept)}")
    assert status == 200
    assert "七) 总计" in line["picture"]
    assert "d55e00" in line["picture"]
    assert line["printed"].count("<td") == 7
    assert "does not hold" in line["sums"]
    pdf = next(at for at, one in enumerate(kept.lines) if one["report"] == "hongze-2023.pdf")
    assert "data:image/png;base64," in asked(address, f"line?number={pdf}")[1]["picture"]


def test_the_server_answers_its_own_page_on_this_machine_alone(address: str, kept: Session) -> None:
    parts = urlsplit(address)
    assert parts.hostname == "127.0.0.1"
    assert asked(address, "")[1].startswith("<!doctype html>")
    assert asked(address, "state", Host="evil.example")[0] == 403
    other = f"http://127.0.0.1:{parts.port}/guess/"
    assert asked(other, "state")[0] == 403
    assert asked(other, "decide", {"number": 0, "decision": "as printed"})[0] == 403
    assert kept.done == 0


def test_what_is_not_understood_is_said_and_nothing_is_decided(address: str, kept: Session) -> None:
    assert asked(address, "decide", {"number": 0, "decision": "figure", "value": "x"})[0] == 409
    assert asked(address, "decide", {"number": 9999, "decision": "as printed"})[0] == 400
    assert asked(address, "decide", {"number": -1, "decision": "as printed"})[0] == 400
    assert asked(address, "decide", ["nothing"])[0] == 400
    assert asked(address, "line?number=x")[0] == 400
    assert asked(address, "nothing")[0] == 404
    assert kept.done == 0


def test_a_fault_in_another_cell_of_the_table_can_be_decided(address: str, kept: Session, corpus: Corpus) -> None:
    number = of_sanquan(kept)
    told = {"number": number, "row": "granted", "column": "total"}
    assert asked(address, "add", told)[1] == {"at": number + 1}
    assert asked(address, "add", told)[1] == {"at": number + 1}
    asked(address, "decide", {"number": number + 1, "decision": "figure", "value": "0", "reason": "a slip"})
    cell = decided(corpus.corrected(kept.path).cells).iloc[0]
    assert (cell["row"], cell["value"], cell["printed"]) == ("granted", 0, 2)


@needs_font
def test_a_queue_is_reviewed_with_keys_closed_half_way_and_finished(
    listed: pd.DataFrame, corpus: Corpus, tmp_path: Path
) -> None:
    """In a real browser, over the lines of three reports, as each line is a page. The page is closed and the server
    ended half-way; both start anew and go on."""
    few = listed[listed["report"].isin(["sanquan-2021.txt", "hongze-2023.pdf", "shanghai-office-2019.html"])]
    kept = session(few, tmp_path / "review.csv", "Anna")
    screen = Screen(kept, places_in(corpus, "nowhere", RAW))
    half = len(kept.lines) // 2

    def shows(page: Any, number: int | str) -> None:
        page.wait_for_selector(f"body[data-line='{number}']", timeout=60_000)

    with serving(screen) as served, browser_page() as page:
        page.goto(served.address)
        shows(page, 0)
        keep_screenshot(page, tmp_path, "review-1-first")
        page.keyboard.press("f")
        page.keyboard.type("2")
        page.keyboard.press("Tab")
        page.keyboard.type("the rows above")
        keep_screenshot(page, tmp_path, "review-2-figure")
        page.keyboard.press("Enter")
        shows(page, 1)
        page.keyboard.press("p")
        shows(page, 2)
        page.keyboard.press("u")
        shows(page, 1)
        assert kept.done == 1
        page.keyboard.press("s")
        shows(page, 2)
        page.keyboard.press("c")
        page.keyboard.type("smudged")
        page.keyboard.press("Enter")
        shows(page, 3)
        for number in range(3, half):
            page.keyboard.press("p")
            shows(page, number + 1)
        keep_screenshot(page, tmp_path, "review-3-half-way")
    assert corrections(kept.path)["decision"].value_counts().to_dict() == {
        "as printed": half - 3,
        "figure": 1,
        "cannot be told": 1,
    }

    again = session(few, kept.path, "Anna")
    with serving(Screen(again, screen.places)) as served, browser_page() as page:
        page.goto(served.address)
        shows(page, half)
        assert f"{half - 1} of {len(kept.lines)} decided" in page.locator("#progress").inner_text()
        for number in range(half, len(kept.lines)):
            page.keyboard.press("p")
            shows(page, number + 1 if number + 1 < len(kept.lines) else 1)
        keep_screenshot(page, tmp_path, "review-4-skipped-one")
        page.keyboard.press("p")
        shows(page, "end")
        keep_screenshot(page, tmp_path, "review-5-end")
        assert "All are decided" in page.locator("#progress").inner_text()
    assert again.done == len(again.lines) == len(corrections(kept.path))
    assert len(decided(corpus.corrected(kept.path).cells)) == len(again.lines)


def test_the_screen_works_in_a_notebook_under_voila(corpus: Corpus, tmp_path: Path) -> None:
    """A notebook shows the screen in a frame; keys decide there, and the file has it."""
    pytest.importorskip("voila", reason="voila is not installed: pip install 'govinfo[lab]'")
    chromium()
    code = (
        "import govinfo\nfrom govinfo.review import review\n"
        f"corpus = govinfo.load({str(RAW.parent / 'processed')!r})\n"
        f"review(corpus, 'nowhere', {str(tmp_path / 'bo.csv')!r}, 'Bo', files={str(RAW)!r})"
    )
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": code}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 4}
    (tmp_path / "review.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    voila = ["voila", str(tmp_path / "review.ipynb"), "--no-browser", "--port={port}", "--Voila.ip=127.0.0.1"]
    with server(voila, tmp_path / "home", tmp_path / "log") as address, browser_page() as page:
        page.goto(address, timeout=60_000)
        inside = page.frame_locator("iframe[title=review]")
        inside.locator("body[data-line='0']").wait_for(timeout=60_000)
        inside.locator("h1").click()
        page.keyboard.press("p")
        inside.locator("body[data-line='1']").wait_for(timeout=60_000)
        keep_screenshot(page, tmp_path, "review-6-voila")
    assert corrections(tmp_path / "bo.csv")["decision"].tolist() == ["as printed"]


def test_the_command_serves_until_it_is_ended_and_says_how_far_it_came(tmp_path: Path, listed: pd.DataFrame) -> None:
    review = [sys.executable, "-m", "govinfo.cli", "review", str(RAW.parent / "processed"), "--files", str(RAW)]
    process = subprocess.Popen(
        [*review, "--who", "A/B", "--no-browser"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    address = next(found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+/\S+/", line)))
    assert asked(address, "decide", {"number": 0, "decision": "as printed"})[1]["done"] == 1
    process.send_signal(signal.SIGINT)
    said, faults = process.communicate(timeout=60)
    assert process.returncode == 0, faults
    assert f"1 of {len(session(listed, tmp_path / 'all.csv', 'A').lines)} are decided, all in review-A_B.csv" in said
    assert corrections(tmp_path / "review-A_B.csv")["who"].tolist() == ["A/B"]


def test_commands_state_agreement_and_audit(corpus: Corpus, tmp_path: Path) -> None:
    a, b = reviews(tmp_path, ("11", "11"), ("11", "12"))
    done = command("agreement", a, b, "-o", tmp_path / "differ.csv")
    assert done.returncode == 0, done.stderr
    assert "1 alike: 50.0 % agreement" in done.stdout
    assert "r1.pdf requests new total: printed 0; A 11 seen; B 12 seen" in done.stdout
    assert pd.read_csv(tmp_path / "differ.csv", encoding="utf-8-sig")["answer_b"].tolist() == [12]
    path = tmp_path / "audit.csv"
    assert command("audit", RAW, "-o", path).returncode == 2
    kept = session(sample(corpus, 5, 1), path, "Anna")
    for number in range(5):
        kept.decide(number, "as printed")
    done = command("audit", RAW, "-o", path)
    assert f"upper bound of {100 * (1 - 0.05 ** (1 / 5)):.2f} %" in done.stdout


# Agreement


def reviews(folder: Path, *pairs: tuple[str, str]) -> tuple[Path, Path]:
    """Two lists of corrections, in each a line for each pair of answers; "" is no answer."""
    paths = folder / "a.csv", folder / "b.csv"
    for at, path in enumerate(paths):
        lines = [
            f"r{number}.pdf,requests,new,total,0,{pair[at]},seen,page 1,{'AB'[at]}"
            for number, pair in enumerate(pairs)
            if pair[at]
        ]
        path.write_text("\n".join([",".join(CORRECTIONS), *lines]) + "\n", encoding="utf-8")
    return paths


def test_kappa_is_the_one_worked_out_by_hand(tmp_path: Path) -> None:
    """The textbook table: 20 both yes, 5 A alone, 10 B alone, 15 both no. Agreement 35/50 = 0.7; by chance
    25/50 * 30/50 + 25/50 * 20/50 = 0.5; kappa (0.7 - 0.5) / (1 - 0.5) = 0.4."""
    yes, no = "as printed", "cannot be told"
    pairs = [(yes, yes)] * 20 + [(yes, no)] * 5 + [(no, yes)] * 10 + [(no, no)] * 15
    found = agreement(*reviews(tmp_path, *pairs))
    assert (found.cells, found.agree) == (50, 35)
    assert found.percent == pytest.approx(70)
    assert found.kappa == pytest.approx(0.4)
    assert found.low < 0.4 < found.high
    assert len(found.differences) == 15
    assert "70.0 % agreement. Cohen's kappa 0.400" in str(found)


def test_other_figures_are_other_answers(tmp_path: Path) -> None:
    found = agreement(*reviews(tmp_path, ("11", "11"), ("11", "12"), ("0", "as printed"), ("5", ""), ("", "6")))
    assert (found.cells, found.agree, found.only_a, found.only_b) == (3, 2, 1, 1)
    line = found.differences.iloc[0]
    assert line[["report", "expected", "answer_a", "answer_b"]].tolist() == ["r1.pdf", "0", "11", "12"]
    # Answers of A: 11, 11, printed; of B: 11, 12, printed. By chance 2/3*1/3 + 0 + 1/3*1/3 = 1/3.
    assert found.kappa == pytest.approx((2 / 3 - 1 / 3) / (1 - 1 / 3))


def test_kappa_is_not_defined_where_all_answers_are_one(tmp_path: Path) -> None:
    found = agreement(*reviews(tmp_path, ("as printed", "as printed"), ("as printed", "as printed")))
    assert found.percent == 100
    assert isnan(found.kappa)
    assert "not defined" in str(found)
    nothing = agreement(*reviews(tmp_path, ("1", "")))
    assert (nothing.cells, isnan(nothing.percent)) == (0, True)


# Audit


def test_a_sample_is_the_same_for_a_seed_and_random(corpus: Corpus) -> None:
    first = sample(corpus, 100, 1)
    assert first.dtypes.astype(str).to_dict() == SAMPLE
    pd.testing.assert_frame_equal(first, sample(corpus, 100, 1))
    assert set(first["report_id"] + first["row"]) != set((other := sample(corpus, 100, 2))["report_id"] + other["row"])
    assert not first.duplicated(["report", "table", "row", "column"]).any()
    says_something = int((corpus.cells["kind"] != "unreadable").sum())
    assert sample(corpus, 10_000)["population"].tolist() == [says_something] * says_something
    with pytest.raises(UsageError, match="no stratum 'size'"):
        sample(corpus, 10, by=["size"])


def test_strata_have_as_many_cells_as_they_can(corpus: Corpus) -> None:
    found = sample(corpus, 100, 1, ("layout", "doubt"))
    sizes = found.groupby("stratum")["population"].first()
    assert sizes.sum() == (corpus.cells["kind"] != "unreadable").sum()
    drawn = found["stratum"].value_counts()
    assert drawn.sum() == 100
    assert (drawn == sizes.reindex(drawn.index))[drawn < drawn.max() - 1].all()
    assert shares(pd.Series({"a": 3, "b": 100, "c": 100}), 21) == {"a": 3, "b": 9, "c": 9}


def checked(strata: dict[str, tuple[int, int, int]]) -> pd.DataFrame:
    """The lines of a sample: by stratum its population, and how many were checked and wrong."""
    lines = [
        {
            "stratum": name,
            "population": population,
            "seed": 1,
            "version": "0.1.0",
            "corrected": "7" if at < wrong else "as printed",
            "who": "Anna",
        }
        for name, (population, number, wrong) in strata.items()
        for at in range(number)
    ]
    return pd.DataFrame(lines)


def test_bounds_are_those_worked_out_by_hand() -> None:
    """With no error in n, (1 - p)^n = 0.05 gives p = 1 - 0.05^(1/n): for 300 it is 0.009936, and 3/300 is 0.01. With
    one error in 10, (1 - p)^10 + 10 p (1 - p)^9 = 0.05 gives p = 0.394163."""
    none = audit(checked({"all": (5000, 300, 0)}))
    assert none.rates["high"].item() == pytest.approx(1 - 0.05 ** (1 / 300))
    assert none.rates["high"].item() == pytest.approx(3 / 300, rel=0.01)
    assert "rule of three" in none.text
    assert "三法则" in none.text_zh
    one = audit(checked({"all": (5000, 10, 1)}))
    high = one.rates["high"].item()
    assert high == pytest.approx(0.394163, abs=1e-6)
    assert (1 - high) ** 10 + 10 * high * (1 - high) ** 9 == pytest.approx(0.05)
    assert "rule of three" not in one.text


def test_strata_are_weighed_by_their_cells() -> None:
    """1/10 of 100 cells and 0/50 of 900: 0.1 * 0.1 + 0.9 * 0 = 0.01. The bounds at 97.5 % each hold together."""
    found = audit(checked({"a": (100, 10, 1), "b": (900, 50, 0)}))
    all_ = found.rates.iloc[-1]
    assert (all_["stratum"], all_["checked"], all_["errors"]) == ("all", 60, 1)
    assert all_["rate"] == pytest.approx(0.01)
    low_b = 1 - 0.025 ** (1 / 50)
    bound_a = (all_["high"] - 0.9 * low_b) / 0.1
    assert (1 - bound_a) ** 10 + 10 * bound_a * (1 - bound_a) ** 9 == pytest.approx(0.025)
    assert "Bonferroni" in found.text
    whole = audit(checked({"a": (4, 4, 1), "b": (900, 50, 0)}))
    assert whole.rates["high"].iloc[0] == 0.25


def test_what_cannot_be_told_is_counted_apart(corpus: Corpus, tmp_path: Path) -> None:
    drawn = sample(corpus, 20, 3)
    kept = session(drawn, tmp_path / "audit.csv", "Anna")
    with pytest.raises(UsageError, match="no cell of the sample is checked"):
        audit(kept.path)
    for number in range(18):
        kept.decide(number, "as printed")
    kept.decide(18, "cannot be told", reason="torn")
    kept.decide(19, "figure", "99999", "the page prints it")
    found = audit(kept.path)
    line = found.rates.iloc[-1]
    assert line[["drawn", "checked", "untold", "errors"]].tolist() == [20, 19, 1, 1]
    assert found.wrong["corrected"].tolist() == ["99999"]
    readable = (corpus.cells["kind"] != "unreadable").sum()
    assert f"sample of 20 of {readable} cells (seed 3) was checked against the reports by Anna" in found.text
    assert f"从{readable}个单元格中随机抽取20个（随机种子3），由Anna" in found.text_zh
    refuse_other_sample(kept.lines, drawn, kept.path)
    with pytest.raises(UsageError, match="another sample"):
        refuse_other_sample(kept.lines, sample(corpus, 20, 4), kept.path)


def test_a_figure_where_the_page_prints_none_is_an_error(corpus: Corpus, tmp_path: Path) -> None:
    kept = session(sample(corpus, 5), tmp_path / "audit.csv", "Anna")
    read = next(at for at, line in enumerate(kept.lines) if line["value"] is not None)
    kept.decide(read, "figure", "blank", "the page prints nothing")
    assert audit(kept.path).rates["errors"].item() == 1
    assert corrections(kept.path)["decision"].tolist() == ["blank"]
    cell = decided(corpus.corrected(kept.path).cells).iloc[0]
    assert pd.isna(cell["value"])
    assert cell["doubts"].endswith("corrected")


def test_the_data_set_comes_with_its_audit(corpus: Corpus, tmp_path: Path) -> None:
    """data/audit.csv is what benchmarks/audit.py makes of the data and of the figures read by hand."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("audit_of_data", ROOT / "benchmarks" / "audit.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.audited(tmp_path / "audit.csv")
    assert (tmp_path / "audit.csv").read_bytes() == (ROOT / "data" / "audit.csv").read_bytes(), "run make audit"
    assert module.document(found) == module.DOCUMENT.read_text(encoding="utf-8"), "run make audit"
    assert datasets.load_audit().text == found.text
    line = found.rates.iloc[-1]
    assert (line["checked"], line["errors"]) == (300, 0)


def test_a_review_of_doubts_is_no_audit(kept: Session) -> None:
    kept.decide(0, "as printed")
    with pytest.raises(UsageError, match="no sample"):
        audit(kept.path)


def test_only_reports_that_count_are_drawn_from(corpus: Corpus) -> None:
    from dataclasses import replace

    ids = corpus.reports["report_id"]
    twice = corpus.reports.assign(duplicate_of=[ids[1], *[None] * (len(ids) - 1)])
    drawn = sample(replace(corpus, reports=twice), 5000)
    assert set(drawn["report_id"]) == set(counted(twice)["report_id"])
