from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from govinfo import load

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


def govinfo(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from govinfo.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)


def test_build_writes_frames_and_says_what_it_did(tmp_path: Path) -> None:
    done = govinfo("build", RAW / "fenyang-2021.txt", RAW / "sanquan-2021.txt", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2 reports read, 400 cells" in done.stdout
    assert "5 findings that fail" in done.stdout
    assert len(pd.read_csv(tmp_path / "cells.csv", encoding="utf-8-sig")) == 400
    frames = ("cells", "reports", "findings", "sections", "statements")
    sheets = [f"{name}.csv" for name in (*frames, "problems")]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*frames, *sheets, "manifest.json", "memory"])


def test_build_reads_data_raw_by_default(tmp_path: Path) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "a.txt").write_bytes((RAW / "fenyang-2021.txt").read_bytes())
    assert govinfo("build", cwd=tmp_path).returncode == 0
    assert len(load(tmp_path / "data" / "processed").cells) == 200


def test_build_with_a_bad_file_writes_the_rest_and_exits_1(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = govinfo("build", tmp_path / "bad.pdf", RAW / "fenyang-2021.txt", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "bad.pdf" in done.stdout
    assert "1 reports read" in done.stdout
    assert len(load(tmp_path / "out").cells) == 200


def test_build_names_what_it_passed_over_and_what_counts(tmp_path: Path) -> None:
    page = (RAW / "pingtan-2021.html").read_bytes()
    (tmp_path / "a.html").write_bytes(page)
    (tmp_path / "b.html").write_bytes(page + b"<!-- again -->")
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "sources.csv").write_bytes(b"a")
    done = govinfo("build", tmp_path, "-o", tmp_path / "out", "--prefer", "latest")
    assert done.returncode == 0, done.stdout
    assert "2 reports read" in done.stdout
    assert "0 files not read" in done.stdout
    assert "Passed over: a list, a table or a program beside the reports. sources.csv\n" in done.stdout
    assert "Passed over: the pictures and scripts of a saved page, 1 file. a_files/\n" in done.stdout
    assert "b.html: agency and year of a.html, which counts in its place; 0 of " in done.stdout
    assert govinfo("check", tmp_path / "out").returncode == 0
    assert govinfo("build", tmp_path, "--prefer", "htm").returncode == 2


@pytest.mark.parametrize("arguments", [("build", "nowhere"), ("nonsense",), ("build", "--nonsense"), ("show",)])
def test_usage_errors_exit_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = govinfo(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_show_prints_the_report_as_tables() -> None:
    done = govinfo("show", RAW / "sanquan-2021.txt")
    assert done.returncode == 0
    assert "新绛县三泉镇人民政府" in done.stdout
    assert "carried_out" in done.stdout
    assert "R1 total: new 2, but handled 0" in done.stdout


def test_show_of_a_file_that_is_no_report_says_why(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("会议通知", encoding="utf-8")
    done = govinfo("show", tmp_path / "x.txt")
    assert done.returncode == 1
    assert "x.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_prints_the_worst_finding_first(tmp_path: Path) -> None:
    govinfo("build", RAW / "sanquan-2021.txt", RAW / "hongze-2023.pdf", "-o", tmp_path)
    done = govinfo("check", tmp_path)
    failing = [line for line in done.stdout.splitlines() if line.startswith("error")]
    assert "difference 11" in failing[0]
    assert len(failing) == 6
    assert "但总计 0" in done.stdout
    assert done.returncode == 0


def test_check_prints_errors_before_warnings(tmp_path: Path) -> None:
    done = govinfo("check", RAW)
    kinds = [line.split()[0] for line in done.stdout.splitlines() if line.startswith(("error", "warning"))]
    assert kinds == sorted(kinds)
    assert kinds.count("warning") == 11, "three of R6, and eight statements that tables contradict"
    assert "in_force of 2022 698 + issued of 2023 77 = 775" in done.stdout


def test_show_prints_what_the_sums_prove() -> None:
    done = govinfo("show", RAW / "sanquan-2021.txt")
    assert "suggested requests handled total: 2." in done.stdout


def test_agencies_says_what_was_joined_and_an_alias_table_overrides_it(tmp_path: Path) -> None:
    done = govinfo("agencies", RAW)
    assert done.returncode == 0
    assert "平潭综合实验区 | 平潭综合实验区管委会" in done.stdout
    assert "410482-办公室" in done.stdout
    table = tmp_path / "aliases.csv"
    table.write_text("name,agency_id,region_code,note\n沐阳县人民政府,321322,321322,misprint\n", encoding="utf-8")
    done = govinfo("agencies", RAW, "--aliases", table)
    assert "321322 沐阳县人民政府 (2025)" in done.stdout
    assert "江苏省 宿迁市 沭阳县" in done.stdout
    assert "0 of them in doubt" in done.stdout


def test_build_takes_the_alias_table_too(tmp_path: Path) -> None:
    table = tmp_path / "aliases.csv"
    table.write_text("name,agency_id\n汾阳市,Fenyang\n", encoding="utf-8")
    assert govinfo("build", RAW / "fenyang-2021.txt", "-o", tmp_path / "out", "--aliases", table).returncode == 0
    assert load(tmp_path / "out").reports["agency_id"].tolist() == ["Fenyang"]


def test_corrections_are_listed_or_fail(tmp_path: Path) -> None:
    listed = tmp_path / "corrections.csv"
    head = "report,table,row,column,expected,corrected,reason,evidence,who\n"
    listed.write_text(head + "sanquan-2021.txt,requests,handled,total,0,2,rows,page,A. Reader\n", encoding="utf-8")
    done = govinfo("corrections", listed, RAW)
    assert done.returncode == 0
    assert "printed 0, corrected 2: rows" in done.stdout
    listed.write_text(head + "sanquan-2021.txt,requests,handled,total,7,2,rows,page,A. Reader\n", encoding="utf-8")
    done = govinfo("corrections", listed, RAW)
    assert done.returncode == 1
    assert "the page prints '0'" in done.stderr.replace("\n", " ")


def test_corrections_count_in_check_chart_and_export(tmp_path: Path) -> None:
    listed = tmp_path / "corrections.csv"
    head = "report,table,row,column,expected,corrected,reason,evidence,who\n"
    listed.write_text(head + "sanquan-2021.txt,requests,handled,total,0,2,rows,page,A. Reader\n", encoding="utf-8")
    done = govinfo("check", RAW / "sanquan-2021.txt", "--corrections", listed)
    assert "1 figures are corrected" in done.stderr
    assert "R1 total" not in done.stdout
    processed = RAW.parent / "processed"
    done = govinfo("export", processed, "--corrections", listed, "-o", tmp_path / "cells.csv")
    assert done.returncode == 0, done.stderr
    cells = pd.read_csv(tmp_path / "cells.csv", encoding="utf-8-sig")
    assert cells.loc[cells["doubts"] == "corrected", ["value", "printed"]].to_numpy().tolist() == [[2, 0]]
    done = govinfo("chart", "volumes", processed, "--corrections", listed, "-o", tmp_path / "a.png")
    assert done.returncode == 0, done.stderr
    listed.write_text(head + "sanquan-2021.txt,requests,handled,total,7,2,rows,page,A. Reader\n", encoding="utf-8")
    assert govinfo("chart", "volumes", processed, "--corrections", listed, "-o", tmp_path / "b.png").returncode == 1


def test_a_chart_takes_its_name_and_its_folder_in_either_order(tmp_path: Path) -> None:
    data = RAW.parent / "processed"
    for number, arguments in enumerate([("outcomes", data), (data, "outcomes")]):
        done = govinfo("chart", *arguments, "-o", tmp_path / f"{number}.png")
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "0.png").read_bytes() == (tmp_path / "1.png").read_bytes()
    done = govinfo("chart", data, "outcome")
    assert done.returncode == 2
    assert "no such chart" in done.stderr
    assert "no such file" not in done.stderr


def test_synth_takes_agencies_years_a_level_and_defects(tmp_path: Path) -> None:
    done = govinfo(
        *("synth", "--agencies", "2", "--years", "2021-2023", "--level", "county", "--defects", "total_zero=1"),
        *("--formats", "txt", "-o", tmp_path / "made"),
    )
    assert done.returncode == 0, done.stderr
    plan = pd.read_csv(tmp_path / "made" / "manifest.csv", encoding="utf-8-sig")
    assert len(plan) == 6
    assert plan["agency_id"].nunique() == 2
    assert sorted(set(plan["year"])) == [2021, 2022, 2023]
    assert plan["agency"].str.contains("县人民政府").all()
    assert set(pd.read_csv(tmp_path / "made" / "injected.csv", encoding="utf-8-sig")["defect"]) == {"total_zero"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-n", "3", "--agencies", "2"), "3 reports of 2 agencies"),
        (("--years", "last"), "are no years"),
        (("--defects", "total_zero=some"), "is no KIND=HOW MANY"),
        (("--level", "village"), "no invented agency is of the level"),
        (("-n", "0"), "0 reports"),
    ],
)
def test_synth_refuses_what_makes_no_sense(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = govinfo("synth", *arguments, "-o", tmp_path / "made")
    assert done.returncode == 2
    assert said in done.stderr.replace("\n", " ")
