from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from govinfo import FileUnreadable, StaleCorrection, UsageError, corrections, read_reports, with_corrections
from govinfo.corrections import CORRECTIONS

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
HEAD = ",".join(CORRECTIONS)
ZERO = "sanquan-2021.txt,requests,handled,total,0,2,sum of the rows above,page 3,A. Reader"


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    return read_reports([RAW / "sanquan-2021.txt", RAW / "fenyang-2021.txt"]).cells


def listed(folder: Path, *lines: str, name: str = "corrections.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8-sig")
    return path


def test_a_correction_stands_beside_the_printed_value(cells: pd.DataFrame, tmp_path: Path) -> None:
    found = with_corrections(cells, listed(tmp_path, ZERO))
    cell = found[found["corrected"].notna()]
    assert cell[["row", "column", "value", "corrected"]].to_numpy().tolist() == [["handled", "total", 0, 2]]
    assert cell["correction"].tolist() == ["sum of the rows above (A. Reader)"]
    pd.testing.assert_frame_equal(found[cells.columns.tolist()], cells)
    assert (found["correction"] == "").sum() == len(cells) - 1


def test_corrections_are_listed_as_a_frame(tmp_path: Path) -> None:
    found = corrections(listed(tmp_path, ZERO))
    assert found.dtypes.astype(str).to_dict() == CORRECTIONS
    assert found["corrected"].tolist() == [2]
    assert len(corrections(listed(tmp_path))) == 0


def test_toml_says_the_same(cells: pd.DataFrame, tmp_path: Path) -> None:
    toml = tmp_path / "corrections.toml"
    entries = "\n".join(f"{name} = '{value}'" for name, value in zip(CORRECTIONS, ZERO.split(","), strict=True))
    toml.write_text(f"[[correction]]\n{entries}\n".replace("'2'", "2").replace("'0'", "0"), encoding="utf-8")
    pd.testing.assert_frame_equal(corrections(toml), corrections(listed(tmp_path, ZERO)))
    assert with_corrections(cells, toml)["corrected"].sum() == 2


def test_a_stale_correction_fails_and_says_what_the_page_prints(cells: pd.DataFrame, tmp_path: Path) -> None:
    stale = ZERO.replace(",0,2,", ",7,2,")
    with pytest.raises(StaleCorrection, match=r"handled total: expected '7', the page prints '0'"):
        with_corrections(cells, listed(tmp_path, stale))


def test_a_blank_is_expected_as_nothing_and_is_not_zero(cells: pd.DataFrame, tmp_path: Path) -> None:
    blank = "fenyang-2021.txt,disputes,reconsideration,total,,3,letter of the office,file 7,A. Reader"
    assert with_corrections(cells, listed(tmp_path, blank))["corrected"].sum() == 3
    with pytest.raises(StaleCorrection):
        with_corrections(cells, listed(tmp_path, blank.replace("total,,3", "total,0,3")))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (ZERO.replace("sanquan-2021.txt", "sanqan-2021.txt"), "Near: sanquan-2021.txt"),
        (ZERO.replace("handled", "handeld"), "requests handled total"),
        (ZERO.replace(",0,2,", ",0,two,"), "'two' is no figure"),
        (ZERO.replace("sum of the rows above", ""), "nothing under reason"),
    ],
)
def test_bad_lines_say_what_and_where(cells: pd.DataFrame, tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        with_corrections(cells, listed(tmp_path, line))


def test_bad_files_say_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="stands twice"):
        corrections(listed(tmp_path, ZERO, ZERO))
    (tmp_path / "x.csv").write_text("report,row\n", encoding="utf-8")
    with pytest.raises(UsageError, match="columns missing: table, column, expected"):
        corrections(tmp_path / "x.csv")
    with pytest.raises(FileUnreadable, match=r"none\.csv"):
        corrections(tmp_path / "none.csv")
    (tmp_path / "x.toml").write_text("[[", encoding="utf-8")
    with pytest.raises(FileUnreadable, match="UTF-8 CSV or TOML"):
        corrections(tmp_path / "x.toml")
