from __future__ import annotations

from pathlib import Path

from govinfo import read_reports

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


def test_the_sheet_counts_each_report() -> None:
    corpus = read_reports([RAW / name for name in ("sanquan-2021.txt", "fenyang-2021.txt", "pingtan-2018.html")])
    sheet = corpus.quality().set_index("report_id")
    assert len(sheet) == 3
    assert (sheet[["reported", "blank", "dash", "unreadable"]].sum(axis=1) == sheet["cells"]).all()
    sanquan = sheet[sheet["agency"].str.contains("三泉镇")].iloc[0]
    assert sanquan[["R1", "R3", "R2", "R4", "suggested", "doubtful"]].tolist() == [2, 2, 0, 0, 2, 2]
    fenyang = sheet[sheet["agency"] == "汾阳市"].iloc[0]
    assert fenyang[["cells", "blank", "unknown"]].tolist() == [200, 5, 1]
    assert sheet["R1"].dtype == "Int64"


def test_an_empty_corpus_has_an_empty_sheet(tmp_path: Path) -> None:
    sheet = read_reports(tmp_path).quality()
    assert len(sheet) == 0
    assert "R5" in sheet.columns
