"""Synthetic reports: consistent, marked as such, the same for the same seed; files of them read back as the truth."""

import io
import sys
from pathlib import Path

import docx
import numpy as np
import pandas as pd
import pytest
from render import truth

import govinfo
from govinfo.corpus import FRAMES
from govinfo.errors import MissingSoftware, UsageError
from govinfo.files.data import read_table
from govinfo.identity.agencies import agency_of
from govinfo.identity.regions import codes
from govinfo.render import FORMATS, LAYOUTS, MANIFEST, write_files
from govinfo.render.files import forms_of, manifest_of
from govinfo.render.layouts import ONLY_BY_NAME
from govinfo.render.pdf import pdf_font
from govinfo.synthetic import INJECTED, Synthetic, known_defects, synthetic
from govinfo.synthetic.agencies import invented_agencies, sign
from govinfo.synthetic.defects import CHANGES
from govinfo.synthetic.frames import as_printed

PLACE = ["report_id", "table", "row", "column"]

EACH = 2
"""Reports that carry each of the defects."""

FAILING = {
    "total_zero": {"R1", "R2", "R3"},
    "total_off_by_one": {"R1", "R2", "R3", "R5"},
    "swapped_applicants": {"R1", "R3"},
    "outcome_missing": set(),
    "digit_transposed": {"R1", "R2", "R3"},
    "carry_over_broken": {"R5"},
    "in_force_not_rolled": {"R6"},
    "items_previous_broken": {"R7"},
    "reconsideration_total_zero": {"R4"},
    "wrong_unit": set(),
}
"""The rules that a defect may make fail; those with one rule or none do so each time."""


@pytest.fixture(scope="module")
def plain() -> Synthetic:
    return synthetic(agencies=12, seed=1)


@pytest.fixture(scope="module")
def faulty() -> Synthetic:
    return synthetic(agencies=18, seed=4, defects=dict.fromkeys(known_defects(), EACH))


def totals(made: Synthetic) -> pd.DataFrame:
    """The column of totals of the requests table, one row per report, with what the report is about."""
    cells = made.cells[(made.cells["table"] == "requests") & (made.cells["column"] == "total")]
    wide = cells.pivot(index="report_id", columns="row", values="value").astype(float)
    about = made.reports.set_index("report_id")[["agency_id", "province", "level"]]
    return wide.assign(open=wide["granted"] + wide["partial"]).join(about)


# Frames


def test_frames_are_those_of_the_contract_with_a_mark(faulty: Synthetic) -> None:
    for name, types in FRAMES.items():
        frame = getattr(faulty, name)
        assert frame.dtypes.astype(str).to_dict() == types | {"synthetic": "boolean"}, name
        assert frame["synthetic"].all()
    assert faulty.injected.dtypes.astype(str).to_dict() == INJECTED
    assert faulty.injected["synthetic"].all()


def test_frames_fit_their_schemas(faulty: Synthetic) -> None:
    pytest.importorskip("pandera", reason="schemas need the extra schemas")
    from govinfo.schemas import schema

    # There is no file behind a synthetic report, so that its reports have no hash of one.
    assert faulty.reports["sha256"].isna().all()
    hashed = {"reports": {"sha256": "0" * 64}}
    for name, types in FRAMES.items():
        frame = getattr(faulty, name).assign(**hashed.get(name, {})).astype(types | {"synthetic": "boolean"})
        schema(name).validate(frame if "synthetic" in types else frame.drop(columns="synthetic"))


def test_every_sum_holds_within_and_across_years(plain: Synthetic) -> None:
    assert set(plain.findings["status"]) == {"pass"}
    assert set(plain.findings["rule"]) == {"R1", "R2", "R3", "R4", "R5", "R6", "R7"}
    assert plain.reports["findings"].eq(0).all()
    assert plain.injected.empty
    assert plain.problems.empty


def test_counts_are_whole_and_not_negative(plain: Synthetic) -> None:
    cells = plain.cells
    assert cells["kind"].eq("reported").all()
    assert (cells.loc[cells["column"] != "items_change", "value"] >= 0).all()
    assert (cells.loc[cells["column"] != "amount", "value"] % 1 == 0).all()
    in_yuan = cells.loc[cells["column"] == "amount", "value"].astype(float) * 10000
    assert np.allclose(in_yuan, in_yuan.round(), atol=1e-4, rtol=0)
    assert not cells.duplicated(PLACE).any()


def test_each_report_follows_the_form_of_its_year(plain: Synthetic) -> None:
    assert len(plain.reports) == 12 * 7
    forms = plain.reports.groupby("year")["form"].unique().map(list).to_dict()
    assert forms == {year: ["2019"] if year < 2021 else ["2021"] for year in range(2019, 2026)}
    assert set(plain.cells.loc[plain.cells["form"] == "2019", "row"]) & {"other", "other_misc"} == {"other"}
    assert set(plain.cells.loc[plain.cells["form"] == "2021", "row"]) & {"other", "other_misc"} == {"other_misc"}


def test_the_prose_names_the_figures(plain: Synthetic) -> None:
    first = totals(plain).iloc[0]
    text = "".join(plain.sections.loc[plain.sections["report_id"] == first.name, "text"])
    assert f"新收政府信息公开申请{first['new']:.0f}件，办理{first['handled']:.0f}件" in text
    assert "虚构" in text


def bytes_of(made: Synthetic) -> bytes:
    buffer = io.BytesIO()
    for name in (*FRAMES, "injected"):
        getattr(made, name).to_csv(buffer, index=False)
    return buffer.getvalue()


def test_the_same_seed_gives_the_same_bytes() -> None:
    few = {"total_zero": 0.2, "wrong_unit": 1}
    one, same, other = (bytes_of(synthetic(3, (2020, 2021), seed, few)) for seed in (5, 5, 6))
    assert one == same != other


def test_years_are_a_range_or_the_first_and_the_last() -> None:
    assert bytes_of(synthetic(2, (2020, 2023))) == bytes_of(synthetic(2, range(2020, 2024)))
    assert synthetic(2, [2024]).reports["year"].tolist() == [2024, 2024]


def test_a_corpus_of_it_is_saved_and_loaded(tmp_path: Path) -> None:
    made = synthetic(2, (2023, 2024))
    made.corpus().save(tmp_path)
    pd.testing.assert_frame_equal(
        govinfo.load(tmp_path).cells[list(FRAMES["cells"])], made.cells[list(FRAMES["cells"])]
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"agencies": 0}, "1 to 5000"),
        ({"agencies": 5001}, "1 to 5000"),
        ({"seed": -1}, "below 0"),
        ({"years": []}, "from 2019 on"),
        ({"years": (2018, 2020)}, "from 2019 on"),
        ({"years": [2019, 2021, 2022]}, "gaps"),
        ({"defects": {"total_zer": 1}}, "Near: total_zero"),
        ({"defects": {"total_zero": 1.5}}, "share from 0.0 to 1.0"),
        ({"defects": {"total_zero": -1}}, "share from 0.0 to 1.0"),
        ({"defects": {"total_zero": float("nan")}}, "share from 0.0 to 1.0"),
        ({"defects": {"total_zero": True}}, "share from 0.0 to 1.0"),
        ({"agencies": 2, "defects": {"items_previous_broken": 3}}, "3 reports are to carry it, 2 can"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        synthetic(**arguments)


# Names


def test_no_name_and_no_region_can_be_taken_for_a_real_one() -> None:
    agencies = invented_agencies(5000, np.random.default_rng(0))
    for column in ("agency", "province", "city", "county"):
        assert agencies[column].dropna().str.startswith("虚构").all()
    assert agencies["agency"].is_unique
    assert agencies["agency_id"].is_unique
    assert agencies["region_code"].str.fullmatch(r"9[3-8]\d{4}").all()
    assert not {code[0] for code in codes()} & {"9"}
    assert all(agency_of(name).region is None for name in agencies["agency"][:300])
    assert agencies.loc[agencies["level"] != "city"].groupby("agency")["county"].count().eq(1).all()


def test_numbers_in_stems_and_branches() -> None:
    assert [sign(number) for number in (0, 1, 21, 22, 23, 22 * 23)] == ["甲", "乙", "亥", "甲甲", "甲乙", "甲甲甲"]


# Shape


@pytest.fixture(scope="module")
def many() -> Synthetic:
    return synthetic(agencies=300)


@pytest.fixture(scope="module")
def large(many: Synthetic) -> pd.DataFrame:
    return totals(many)


def test_few_agencies_have_most_of_the_requests(large: pd.DataFrame) -> None:
    by_agency = large.groupby("agency_id")["new"].sum().sort_values(ascending=False)
    assert by_agency.iloc[:30].sum() > 0.4 * by_agency.sum()
    assert (large["new"] == 0).mean() > 0.02


def test_the_pooled_rate_is_below_the_mean_of_the_agencies(large: pd.DataFrame) -> None:
    busy = large[large["handled"] > 0]
    assert busy["open"].sum() / busy["handled"].sum() < (busy["open"] / busy["handled"]).mean() - 0.03


def test_one_province_is_ahead_at_each_level_and_behind_overall(large: pd.DataFrame) -> None:
    two = large[large["province"].isin(["虚构甲省", "虚构乙省"]) & large["level"].isin(["county", "department"])]
    levels = two.groupby(["level", "province"])[["open", "handled"]].sum()
    by_level = (levels["open"] / levels["handled"]).unstack()
    overall = large.groupby("province")[["open", "handled"]].sum()
    rate = overall["open"] / overall["handled"]
    assert (by_level["虚构甲省"] > by_level["虚构乙省"] + 0.1).all()
    assert rate["虚构甲省"] < rate["虚构乙省"] - 0.1


def test_lawsuits_are_rare(many: Synthetic, large: pd.DataFrame) -> None:
    cases = many.cells[(many.cells["table"] == "disputes") & (many.cells["column"] == "total")]
    lawsuits = cases[cases["row"].str.startswith("litigation")]
    assert 0 < lawsuits["value"].sum() < 0.05 * large["handled"].sum()
    assert (lawsuits["value"] == 0).mean() > 0.5


# Defects


def test_tables_of_defects_agree() -> None:
    names = set(known_defects())
    assert {line["defect"] for line in read_table("synthetic", "places")} == names == set(FAILING)
    assert {line["change"] for line in known_defects().values()} == set(CHANGES)


def test_what_is_injected_is_listed_and_nothing_else_changes(faulty: Synthetic) -> None:
    injected = faulty.injected
    assert injected.groupby("defect")["report_id"].nunique().to_dict() == dict.fromkeys(known_defects(), EACH)
    assert injected.groupby("report_id")["defect"].nunique().eq(1).all()
    before = synthetic(agencies=18, seed=4).cells.set_index(PLACE)["value"]
    after = faulty.cells.set_index(PLACE)["value"]
    listed = injected.set_index(PLACE)
    pd.testing.assert_series_equal(before[listed.index], listed["true"], check_names=False)
    pd.testing.assert_series_equal(after[listed.index], listed["printed"], check_names=False)
    pd.testing.assert_series_equal(before.drop(listed.index), after.drop(listed.index))


def test_a_blank_is_a_blank(faulty: Synthetic) -> None:
    blank = faulty.cells[faulty.cells["kind"] == "blank"]
    missing = faulty.injected[faulty.injected["defect"] == "outcome_missing"]
    assert blank[PLACE].values.tolist() == missing[PLACE].values.tolist()
    assert blank["raw"].eq("").all()
    assert blank["suggested"].tolist() == missing["true"].tolist()
    assert faulty.reports["blanks"].sum() == EACH


def test_a_defect_makes_the_rules_fail_that_it_names(faulty: Synthetic) -> None:
    failing = faulty.findings[faulty.findings["status"] == "fail"]
    rules = failing.groupby("report_id")["rule"].unique().map(set).to_dict()
    for (defect, report), _ in faulty.injected.groupby(["defect", "report_id"]):
        found = rules.get(report, set()) & FAILING[defect]
        assert bool(found) == bool(FAILING[defect]), (defect, report)
    counts = failing.groupby("report_id").size()
    assert faulty.reports.set_index("report_id")["findings"].loc[counts.index].tolist() == counts.tolist()
    assert faulty.reports["findings"].sum() == len(failing)


def test_changes_by_hand() -> None:
    def changed(name: str, *true: float) -> list[float]:
        return CHANGES[name](np.array(true, dtype=float).reshape(-1, 1, 1)).ravel().tolist()

    assert changed("turn_last_digits", 1234, 15, 7) == [1243, 51, 7]
    assert changed("move_one", 2, 3, 10, 12) == [3, 4, 9, 11]
    assert changed("not_rolled", 69, 5, 1) == [65, 5, 1]
    assert changed("in_yuan", 23.3356) == [233356]
    assert changed("swap", 4, 9) == [9, 4]
    assert changed("zero", 4) == [0]


def test_a_share_is_one_of_the_reports_that_can_carry_a_defect() -> None:
    made = synthetic(20, (2019, 2020), defects={"items_previous_broken": 0.5})
    assert made.injected["report_id"].nunique() == 10
    assert set(made.injected["year"]) == {2020}


# Files


def test_figures_as_printed() -> None:
    assert [as_printed(value, "{}") for value in (0, 12, 1000, 4486.998, 0.0001, np.nan)] == [
        "0",
        "12",
        "1000",
        "4486.998",
        "0.0001",
        "",
    ]
    assert [as_printed(value, "{:+.0f}") for value in (0, 12, -3)] == ["0", "+12", "-3"]
    assert [as_printed(value, "{}万元") for value in (0, 12.5)] == ["0", "12.5万元"]


def test_every_layout_is_of_one_format() -> None:
    assert sorted(layout for layouts in FORMATS.values() for layout in layouts) == sorted(LAYOUTS)


def test_a_filled_form_prints_the_cells(faulty: Synthetic) -> None:
    plan = manifest_of(faulty.reports.head(9), {"html": ["html"]}, seed=0)
    cells = faulty.cells.set_index("report_id")
    for report, form in zip(plan["report_id"], forms_of(faulty, plan), strict=True):
        mine = cells.loc[report]
        assert truth(form) == dict(
            zip(zip(mine["table"], mine["row"], mine["column"], strict=True), mine["raw"], strict=True)
        )


def test_a_filled_form_has_the_paragraphs_of_each_section_in_it(plain: Synthetic) -> None:
    plan = manifest_of(plain.reports.head(2), {"html": ["html"]}, seed=0)
    for report, form in zip(plan["report_id"], forms_of(plain, plan), strict=True):
        mine = plain.sections[(plain.sections["report_id"] == report) & (plain.sections["text"] != "")]
        held = [(number, text) for number, texts in enumerate(form.prose, 1) for text in texts]
        assert held == list(zip(mine["number"], mine["text"], strict=True))
        assert len(form.prose) == 6


@pytest.mark.parametrize("formats", [["txt"], ["html", "docx", "md", "pdf"]])
def test_files_read_back_are_the_truth(formats: list[str], tmp_path: Path) -> None:
    layouts = [layout for name in formats for layout in FORMATS[name]]
    years = (2019, 2025) if formats == ["txt"] else (2020, 2023)
    made = synthetic(max(3, (len(layouts) + 1) // len(years)), years, seed=3)  # a report for every layout
    plan = write_files(made, formats, tmp_path, layouts=layouts).set_index("file")
    assert set(plan["layout"]) == set(layouts)
    corpus = govinfo.read_reports(tmp_path)
    assert corpus.unread().empty
    read = corpus.reports.set_index("source")
    assert read["agency"].to_dict() == plan["agency"].to_dict()
    assert read["year"].to_dict() == plan["year"].to_dict()
    printed = pd.read_csv(tmp_path / "truth.csv").set_index(["file", "table", "row", "column"])
    found = corpus.cells.set_index(["source", "table", "row", "column"]).loc[printed.index]
    hard = printed.index.get_level_values("file").map(plan["layout"]).isin(ONLY_BY_NAME)
    assert found.loc[~hard, "value"].astype(float).tolist() == printed.loc[~hard, "value"].tolist()
    doubtful = found[~hard & (found["doubts"] != "")]
    # Where spaces alone part figures, no sum tells those of the disclosure table apart: read right, with a doubt.
    assert doubtful["doubts"].isin(["by-order"]).all()
    assert set(doubtful.index.get_level_values("source").map(plan["layout"])) <= {"spaced"}
    assert found.loc[~hard, "kind"].tolist() == printed.loc[~hard, "kind"].tolist()
    differs = (found["value"].astype(float) != printed["value"]) & (found["doubts"] == "")
    assert not differs.any()


def test_defects_are_found_again_in_files(tmp_path: Path) -> None:
    made = synthetic(3, (2021, 2022), defects={"total_zero": 1, "swapped_applicants": 1})
    write_files(made, ["html"], tmp_path, layouts=["html"])
    findings = govinfo.read_reports(tmp_path).findings
    key = ["agency", "year", "rule", "table", "row", "column", "left", "right", "status"]
    assert (findings["status"] == "fail").any()
    of_tables = findings[findings["rule"] != "R8"].reset_index(drop=True)
    pd.testing.assert_frame_equal(of_tables[key], made.findings[key])
    contradicted = findings[(findings["rule"] == "R8") & (findings["status"] == "fail")]
    assert set(contradicted["left"]) >= set(made.injected.loc[made.injected["row"] == "handled", "true"]), (
        "the prose names the true total where the table prints 0"
    )
    pd.testing.assert_frame_equal(
        pd.read_csv(tmp_path / "injected.csv").astype(made.injected.dtypes.to_dict()), made.injected
    )


def test_a_number_of_reports_is_made(tmp_path: Path) -> None:
    plan = write_files(9, ["txt", "md"], tmp_path, seed=2)
    assert plan.dtypes.astype(str).to_dict() == MANIFEST
    assert plan["format"].tolist() == ["txt", "md"] * 4 + ["txt"]
    assert not set(plan["layout"]) & ONLY_BY_NAME
    lists = {"manifest.csv", "truth.csv", "injected.csv"}
    assert {path.name for path in tmp_path.iterdir()} == {*plan["file"], *lists}
    assert len(govinfo.read_reports(tmp_path).reports) == 9


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_run_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    formats = ["html", "docx", "pdf"]
    with pytest.raises(KeyboardInterrupt):
        write_files(8, formats, tmp_path / "broken", progress=stop)
    assert len(contents(tmp_path / "broken")) == 3 + 4
    first = sorted((tmp_path / "broken").iterdir())[0]
    (tmp_path / "broken" / "truth.csv").unlink()
    (tmp_path / "broken" / ".writing-left").mkdir()
    written = first.stat().st_mtime_ns
    write_files(8, formats, tmp_path / "broken")
    assert first.stat().st_mtime_ns == written
    write_files(8, formats, tmp_path / "fresh")
    (tmp_path / "broken" / ".writing-left").rmdir()
    assert contents(tmp_path / "broken") == contents(tmp_path / "fresh")


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="holds other files"):
        write_files(2, ["txt"], tmp_path)
    assert contents(tmp_path) == {"mine.txt": b"mine"}


def test_a_folder_of_another_run_is_left_alone(tmp_path: Path) -> None:
    write_files(2, ["txt"], tmp_path, seed=1)
    before = contents(tmp_path)
    for other in ({"what": 2, "seed": 2}, {"what": 3, "seed": 1}, {"what": synthetic(1, (2019, 2020)), "seed": 1}):
        with pytest.raises(UsageError, match="holds other files"):
            write_files(formats=["txt"], folder=tmp_path, **other)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"formats": ["htm"]}, "Near: html"),
        ({"formats": []}, "do not go together"),
        ({"formats": ["txt"], "layouts": ["pipe"]}, "Near: pipes"),
        ({"formats": ["txt"], "layouts": ["html"]}, "do not go together"),
        ({"formats": ["txt"], "layouts": ["pipes", "html"]}, "do not go together"),
        ({"formats": ["txt"], "what": 0}, "one at least"),
    ],
)
def test_names_that_make_no_sense_are_refused(arguments: dict[str, object], words: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=words):
        write_files(**{"what": 1, "folder": tmp_path / "new", **arguments})
    assert not (tmp_path / "new").exists()


def test_without_reportlab_pdf_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "reportlab.pdfbase.cidfonts", None)
    pdf_font.cache_clear()
    with pytest.raises(MissingSoftware, match=r"pip install 'govinfo\[synth\]'"):
        write_files(1, ["pdf"], tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert len(write_files(1, ["html"], tmp_path / "other")) == 1


def test_word_opens_the_tables_with_widths(tmp_path: Path) -> None:
    plan = write_files(1, ["docx"], tmp_path)
    tables = docx.Document(str(tmp_path / plan["file"][0])).tables
    assert [len(table.columns) for table in tables] == [4, 10, 15]
    assert all(cell.width for table in tables for row in table.rows for cell in row.cells)
