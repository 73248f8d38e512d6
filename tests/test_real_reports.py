"""Real reports against figures read from the pages by hand: the library never sees the latter."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from by_hand import Key, figures_by_hand, figures_read, squash

from govinfo import Corpus, NotAReport, read_report, read_reports
from govinfo.corpus import counted

VARIANT = re.compile(r"-(flat|scan|print)$")
RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
BY_HAND = Path(__file__).resolve().parent / "data" / "truth"
CELL_FILES = (".html", ".txt", ".docx", ".pdf")


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    files = [
        path
        for path in sorted((shared / "reports").iterdir())
        if path.suffix in CELL_FILES and not re.search(r"-(flat|scan)$", path.stem)
    ]
    return read_reports(files)


def test_every_cell_of_the_real_reports_is_right(corpus: Corpus, shared: Path) -> None:
    wrong = []
    for source, cells in corpus.cells.groupby("source"):
        found = figures_read(cells)
        for key, want in figures_by_hand(shared / "truth" / f"{VARIANT.sub('', Path(source).stem)}.csv").items():
            got = found.get(key, (None, ""))[0]
            if got != want and (got is None or want is None or abs(got - want) > 1e-6):
                wrong.append((source, *key, want, got))
    assert corpus.reports["source"].nunique() >= 17
    assert wrong == []


@pytest.mark.parametrize("path", sorted(BY_HAND.glob("*.csv")), ids=lambda path: path.stem)
def test_every_cell_of_the_excerpts_is_right(path: Path) -> None:
    (source,) = (file for file in RAW.iterdir() if file.stem == path.stem)
    found = figures_read(read_report(source).cells)
    assert {key: found[key][0] for key in figures_by_hand(path)} == pytest.approx(figures_by_hand(path))


def test_few_cells_carry_doubts(corpus: Corpus) -> None:
    assert (corpus.cells["doubts"] != "").mean() < 0.05


def test_the_flattened_page_is_right_or_open(shared: Path) -> None:
    report = read_report(shared / "reports" / "pingtan-2019-flat.txt")
    truth = figures_by_hand(shared / "truth" / "pingtan-2019.csv")
    for key, (value, doubts) in figures_read(report.cells).items():
        assert value is None or value == pytest.approx(truth[key])
        assert doubts
    licensing = report.cells[report.cells["row"] == "licensing"]
    assert licensing["value"].isna().all(), "3960181 can be parted in many ways"
    assert licensing["raw"].str.contains("3960181").all()


@pytest.mark.parametrize(
    ("one", "other"),
    [("pingtan-2022.html", "pingtan-2022.docx"), ("pingtan-2023.html", "pingtan-2023-print.pdf")],
)
def test_one_report_in_two_file_types_gives_the_same_cells(shared: Path, one: str, other: str) -> None:
    contract = ["agency", "year", "form", "table", "row", "column", "value", "unit", "kind", "doubts", "suggested"]
    first, second = (read_report(shared / "reports" / name).cells[contract] for name in (one, other))
    pd.testing.assert_frame_equal(first, second)


def identities_of(truth: dict[Key, float | None]) -> set[tuple[str, str, str]]:
    """The failing R1-R4 of a truth file, computed without the library: (rule, row or "", column or "")."""

    def get(table: str, row: str, column: str) -> float | None:
        return truth.get((table, row, column))

    failing = set()

    def compare(name: tuple[str, str, str], left: list[float | None], right: list[float | None]) -> None:
        if None not in left and None not in right and abs(sum(left) - sum(right)) > 1e-6:  # type: ignore[arg-type]
            failing.add(name)

    people = ["natural_person", "business", "research", "nonprofit", "legal_service", "other_org"]
    rows = list(dict.fromkeys(row for table, row, _ in truth if table == "requests"))
    for row in rows:
        compare(("R2", row, ""), [get("requests", row, who) for who in people], [get("requests", row, "total")])
    outcomes = [row for row in rows if row not in ("new", "carried_in", "handled", "carried_out")]
    for who in [*people, "total"] if rows else []:
        into = [get("requests", row, who) for row in ("new", "carried_in")]
        compare(("R1", "", who), into, [get("requests", row, who) for row in ("handled", "carried_out")])
        compare(("R3", "", who), [get("requests", row, who) for row in outcomes], [get("requests", "handled", who)])
    for row in ("reconsideration", "litigation_direct", "litigation_after"):
        results = [get("disputes", row, column) for column in ("upheld", "corrected", "other", "pending")]
        compare(("R4", row, ""), results, [get("disputes", row, "total")])
    return failing


def failing_of(corpus: Corpus, source: str, rules: set[str]) -> set[tuple[str, str, str]]:
    """The findings of one report that fail: (rule, row or "", column or ""); rows of statistics by their label."""
    cells = corpus.cells[(corpus.cells["source"] == source) & (corpus.cells["table"] == "statistics")]
    labels = {row: squash(label) for row, label in zip(cells["row"], cells["label"], strict=True)}
    report_id = corpus.reports.set_index("source").loc[source, "report_id"]
    mine = corpus.findings[(corpus.findings["report_id"] == report_id) & (corpus.findings["status"] == "fail")]
    mine = mine[mine["rule"].isin(rules)]
    found = zip(mine["rule"], mine["row"].fillna(""), mine["column"].fillna(""), strict=True)
    return {(rule, labels.get(row, row), column) for rule, row, column in found}


def test_findings_are_those_that_the_pages_imply_and_no_others(corpus: Corpus, shared: Path) -> None:
    for source in corpus.reports["source"]:
        truth = figures_by_hand(shared / "truth" / f"{VARIANT.sub('', Path(source).stem)}.csv")
        assert failing_of(corpus, source, {"R1", "R2", "R3", "R4"}) == identities_of(truth), source


def breaks_between(
    earlier: dict[Key, float | None], later: dict[Key, float | None], in_a_row: bool
) -> set[tuple[str, str, str]]:
    """The failing R5-R7 and R9 of two truth files of one agency, the first year before the second if ``in_a_row``."""
    failing = set()
    for table, row, column in later:
        now = later[table, row, column]
        if table == "statistics" and column == "cumulative":
            before = earlier.get((table, row, column))
            if None not in (now, before) and now < before:  # type: ignore[operator]
                failing.add(("R9", row, ""))
        sides: dict[str, list[float | None]] = {}
        if in_a_row and (row, table) == ("carried_in", "requests"):
            sides["R5"] = [now, earlier.get((table, "carried_out", column))]
        if in_a_row and column == "in_force":
            stock, new, gone = (
                earlier.get((table, row, column)),
                later[table, row, "issued"],
                later[table, row, "repealed"],
            )
            sides["R6"] = [now, None if None in (stock, new, gone) else stock + new - gone]  # type: ignore[operator]
        if in_a_row and column == "items_previous":
            then, change = earlier.get((table, row, column)), earlier.get((table, row, "items_change"))
            sides["R7"] = [now, None if None in (then, change) else then + change]  # type: ignore[operator]
        for rule, (one, other) in sides.items():
            if None not in (one, other) and one != other:
                failing.add((rule, "" if rule == "R5" else row, column if rule == "R5" else ""))
    return failing


def test_findings_across_years_are_those_that_the_pages_imply_and_no_others(corpus: Corpus, shared: Path) -> None:
    truth = {path.stem: figures_by_hand(path) for path in (shared / "truth").glob("*.csv")}
    compared = 0
    for source in counted(corpus.reports)["source"]:
        name, year = VARIANT.sub("", Path(source).stem).rsplit("-", 1)
        before = [stem for stem in truth if stem.rsplit("-", 1)[0] == name and stem.rsplit("-", 1)[1] < year]
        wanted = set()
        if before:
            last = max(before)
            wanted = breaks_between(truth[last], truth[f"{name}-{year}"], int(last.rsplit("-", 1)[1]) + 1 == int(year))
            compared += 1
        assert failing_of(corpus, source, {"R5", "R6", "R7", "R9"}) == wanted, source
    assert compared >= 6


def test_a_report_in_two_files_counts_once(corpus: Corpus) -> None:
    named = corpus.reports.set_index("report_id")["source"]
    twice = corpus.reports[corpus.reports["duplicate_of"].notna()]
    pairs = dict(zip(twice["source"], twice["duplicate_of"].map(named), strict=True))
    assert len(pairs) >= 3
    assert {VARIANT.sub("", Path(source).stem) for source in pairs} == {Path(other).stem for other in pairs.values()}
    assert not any(other.endswith("-scan.pdf") for other in pairs.values())


def test_sanquan_keeps_its_printed_total_of_zero_and_reports_it(corpus: Corpus) -> None:
    mine = corpus.cells[(corpus.cells["source"] == "sanquan-2021.txt") & (corpus.cells["row"] == "handled")]
    assert mine["value"].tolist() == [0.0] * 7
    failing = corpus.findings[
        (corpus.findings["agency"] == "新绛县三泉镇人民政府") & (corpus.findings["status"] == "fail")
    ]
    assert set(failing["rule"]) == {"R1", "R3", "R8"}


def test_shuozhou_is_named_in_spite_of_the_advertising_pasted_over_it(corpus: Corpus) -> None:
    report = corpus.reports.set_index("source").loc["shuozhou-2020.txt"]
    assert report["agency"] == "朔州市人民政府"
    assert report["year"] == 2020
    assert "agency-overwritten" in report["doubts"].split(";")


def test_blanks_dashes_and_zeros_stay_apart(corpus: Corpus) -> None:
    fenyang = corpus.cells[(corpus.cells["source"] == "fenyang-2021.txt") & (corpus.cells["row"] == "reconsideration")]
    assert fenyang["kind"].tolist() == ["blank"] * 5
    assert fenyang["value"].isna().all()
    assert corpus.cells.loc[corpus.cells["kind"] == "reported", "value"].notna().all()
    assert corpus.cells.loc[corpus.cells["kind"] != "reported", "value"].isna().all()


def test_a_row_that_lost_its_label_is_placed_by_its_neighbours(corpus: Corpus) -> None:
    fenxi = corpus.cells[(corpus.cells["source"] == "fenxi-2023.txt") & (corpus.cells["row"] == "coercion")]
    assert fenxi["value"].tolist() == [0.0]
    assert fenxi["doubts"].tolist() == ["label-lost"]


def test_every_doubt_in_use_is_explained(corpus: Corpus) -> None:
    from govinfo import doubts

    used = {doubt for text in corpus.cells["doubts"] for doubt in text.split(";") if doubt}
    assert used <= set(doubts())


def test_a_page_that_is_no_report_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "notice.html"
    page.write_text("<html><body><h1>关于召开会议的通知</h1><p>会议定于周五召开。</p></body></html>", encoding="utf-8")
    with pytest.raises(NotAReport, match=r"notice\.html"):
        read_report(page)
