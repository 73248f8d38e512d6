"""Faults that were found by attacking the library; each test is named after one."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from test_cli import govinfo as command

import govinfo
from govinfo.checks import check
from govinfo.corpus import FRAMES, Corpus, load
from govinfo.corpus.quality import quality
from govinfo.corrections import CORRECTIONS, corrections, with_corrections, with_suggestions
from govinfo.errors import FileUnreadable, UsageError
from govinfo.export import to_csv, to_excel
from govinfo.fetch import fetch
from govinfo.fetch.robots import fits
from govinfo.fetch.session import wait_of
from govinfo.files.sheet_text import plain_text
from govinfo.files.sums import SUMS
from govinfo.identity.agencies import agency_of
from govinfo.readers import read_document
from govinfo.synthetic import synthetic

PROCESSED = Path(__file__).resolve().parents[1] / "data" / "processed"
NEW_OF_SANQUAN = "sanquan-2021.txt,requests,new,total"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return govinfo.load(PROCESSED)


# Checks and quality


@pytest.mark.parametrize(
    "read",
    [
        lambda path: pd.read_csv(path),
        lambda path: pd.read_csv(path, keep_default_na=False),
        lambda path: pd.read_csv(path, dtype=str),
        lambda path: pd.read_csv(path).astype(object),
    ],
)
def test_cells_read_back_from_csv_had_no_findings(corpus: Corpus, read: Callable[[Path], pd.DataFrame]) -> None:
    cells, statements = (read(PROCESSED / f"{name}.csv") for name in ("cells", "statements"))
    pd.testing.assert_frame_equal(check(cells, statements=statements), corpus.findings)


def test_a_frame_that_is_none_of_cells_ended_in_a_key_error(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="columns missing from the cells: doubts"):
        check(corpus.cells.drop(columns="doubts"))
    with pytest.raises(UsageError, match="these are no cells"):
        check(corpus.cells.assign(value="many"))
    with pytest.raises(UsageError, match="columns missing from the statements: words"):
        check(corpus.cells, statements=corpus.statements.drop(columns="words"))
    with pytest.raises(UsageError, match="these are no statements"):
        check(corpus.cells, statements=corpus.statements.assign(value="many"))


def test_quality_of_frames_read_from_csv_counted_every_cell_as_doubtful(corpus: Corpus) -> None:
    read = {name: pd.read_csv(PROCESSED / f"{name}.csv") for name in ("cells", "reports", "findings")}
    assert quality(**read)["doubtful"].tolist() == corpus.quality()["doubtful"].tolist()


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("城关镇人民政府", False),
        ("财政局", False),
        ("新绛县三泉镇人民政府", True),
        ("平潭综合实验区", True),
        ("某某县某某镇", True),
    ],
)
def test_towns_of_one_name_were_compared_across_years(name: str, compared: bool) -> None:
    cells = synthetic(1, range(2021, 2023)).cells
    rules = set(check(cells.assign(agency=name).astype({"agency": "string"}))["rule"])
    assert rules >= {"R1", "R2", "R3", "R4"}
    assert ({"R5", "R6"} <= rules) == compared
    assert compared or not {"R5", "R6"} & rules


# Agencies


def test_a_name_of_thousands_of_endings_broke_the_recursion() -> None:
    assert agency_of("人民政府" * 3000).doubt == "region-unknown"
    assert agency_of("汝州市" + "人民政府" * 3000).id == "410482"
    assert agency_of("汝州市政府办").id == agency_of("汝州市人民政府办公室").id == "410482-办公室"


# Corrections


def listed(path: Path, *lines: str, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join([",".join(CORRECTIONS), *lines]).replace(",", delimiter).encode(encoding))
    return path


def line_for(cell: str, corrected: str = "3", expected: str = "2") -> str:
    return f"{cell},{expected},{corrected},多报,p. 1,me"


def test_two_corrections_of_one_cell_under_id_and_source_hid_each_other(corpus: Corpus, tmp_path: Path) -> None:
    report_id = corpus.reports.set_index("source").loc["sanquan-2021.txt", "report_id"]
    by_id = NEW_OF_SANQUAN.replace("sanquan-2021.txt", str(report_id))
    path = listed(tmp_path / "c.csv", line_for(NEW_OF_SANQUAN), line_for(by_id, corrected="4"))
    with pytest.raises(UsageError, match="two corrections of this cell"):
        with_corrections(corpus.cells, path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_lists_as_excel_writes_them_were_not_read(
    corpus: Corpus, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    lines = (line_for(NEW_OF_SANQUAN), ",,,,,,,,")
    path = listed(tmp_path / "c.csv", *lines, delimiter=delimiter, encoding=encoding)
    found = with_corrections(corpus.cells, path)
    assert found["corrected"].dropna().tolist() == [3]
    assert found.loc[found["corrected"].notna(), "correction"].tolist() == ["多报 (me)"]


@pytest.mark.parametrize(
    "text", ['correction = "x"', "correction = [1]", '[correction]\nreport = "x"', "[[corrections]]"]
)
def test_toml_of_another_shape_ended_in_an_attribute_error_or_was_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "c.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"c\.toml: not a list of corrections"):
        corrections(tmp_path / "c.toml")


def test_a_corrected_figure_became_infinite(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no figure"):
        corrections(listed(tmp_path / "c.csv", line_for(NEW_OF_SANQUAN, corrected="9" * 400)))


def test_a_field_too_long_for_csv_ended_in_an_error_of_the_csv_module(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="field larger"):
        corrections(listed(tmp_path / "c.csv", line_for("x" * 200_000)))


def test_a_blank_of_cells_read_from_csv_was_taken_for_stale(corpus: Corpus, tmp_path: Path) -> None:
    blank = corpus.cells[(corpus.cells["kind"] == "blank") & (corpus.cells["raw"] == "")].iloc[0]
    cell = ",".join(blank[["report_id", "table", "row", "column"]])
    path = listed(tmp_path / "c.csv", line_for(cell, expected=""))
    assert with_corrections(pd.read_csv(PROCESSED / "cells.csv"), path)["corrected"].dropna().tolist() == [3]


def test_a_declared_list_without_its_columns_ended_in_a_key_error(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="columns missing: table"):
        with_corrections(corpus.cells, pd.DataFrame({"report": ["x"]}))


def test_suggestions_filled_in_twice_lost_what_the_page_prints(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="no cells with suggestions to fill in"):
        with_suggestions(with_suggestions(corpus.cells))


# Export and data sets


def test_a_carriage_return_in_a_text_began_a_line_of_csv_with_a_formula(corpus: Corpus, tmp_path: Path) -> None:
    cells = corpus.cells.copy()
    cells.loc[0, ["label", "raw"]] = ["a\r=1+1", "\r=1+1"]
    to_csv(replace(corpus, cells=cells), tmp_path)
    path = tmp_path / "cells.csv"
    assert '"a\r=1+1"' in path.read_bytes().decode("utf-8-sig")
    back = plain_text(pd.read_csv(path, dtype="string", keep_default_na=False))
    assert back[["label", "raw"]].equals(cells[["label", "raw"]])


def test_small_forms_of_the_signs_were_left_as_formulas(corpus: Corpus, tmp_path: Path) -> None:
    problems = pd.DataFrame({name: ["﹦1+1"] for name in FRAMES["problems"]}, dtype="string")
    to_csv(replace(corpus, problems=problems), tmp_path)
    assert (tmp_path / "problems.csv").read_text(encoding="utf-8-sig").splitlines()[1] == ",".join(['"\'﹦1+1"'] * 4)


def test_an_infinite_figure_broke_the_workbook(corpus: Corpus, tmp_path: Path) -> None:
    findings = corpus.findings.copy()
    findings.loc[0, "left"] = float("inf")
    to_excel(replace(corpus, findings=findings), tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["findings"]
    assert sheet.cell(2, list(findings.columns).index("left") + 1).value == "inf"


def test_a_broken_parquet_file_ended_in_an_error_of_arrow(corpus: Corpus, tmp_path: Path) -> None:
    corpus.save(tmp_path)
    (tmp_path / SUMS).unlink()
    (tmp_path / "findings.parquet").write_bytes(b"x")
    with pytest.raises(FileUnreadable, match="cannot be read"):
        load(tmp_path)


# Command line


def test_a_name_too_long_for_the_system_gave_a_traceback(tmp_path: Path) -> None:
    done = command("export", PROCESSED, "-o", f"{'a' * 300}.xlsx", cwd=tmp_path)
    assert done.returncode == 1
    assert "too long" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_name_of_a_file_could_command_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m\x1b]0;x.txt").write_text("会议通知", encoding="utf-8")
    for done in (command("build", tmp_path, "-o", tmp_path / "out"), command("show", next(tmp_path.glob("*.txt")))):
        assert done.returncode == 1
        assert "a[31m]0;x.txt" in done.stdout + done.stderr
        assert "\x1b" not in done.stdout + done.stderr


# Fetch


class Hostile(BaseHTTPRequestHandler):
    """Answers that are no answers."""

    def do_GET(self) -> None:
        status, name, value = {
            "/junk": (302, "Location", "http://[::1"),
            "/wait": (503, "Retry-After", "²"),
            "/length": (200, "Content-Length", "²"),
            "/ok": (200, "Content-Type", "text/html"),
        }.get(self.path, (404, "Connection", "close"))
        self.send_response(status)
        self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"<html></html>")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_redirect_to_no_address_stopped_all_other_lines(host: str, tmp_path: Path) -> None:
    lines = [("甲", 2020, f"{host}/junk"), ("乙", 2020, f"{host}/wait"), ("丙", 2020, f"{host}/length")]
    manifest = pd.DataFrame([*lines, ("丁", 2020, f"{host}/ok")], columns=["agency", "year", "url"])
    log = fetch(manifest, tmp_path, delay=0, retries=0, allow_private=True)
    assert log["status"].tolist()[:2] == ["failed", "failed"]
    assert log["status"].tolist()[3] == "saved"
    assert "no address" in log["message"][0]
    assert "503" in log["message"][1]
    assert not log["message"].str.contains("inside govinfo").any()


def test_a_wait_in_superscript_ended_in_a_value_error() -> None:
    assert wait_of("²") == 0
    assert wait_of("12") == 12


@pytest.mark.parametrize(
    ("pattern", "path", "fit"),
    [
        ("/", "/a", True),
        ("/a", "/b", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/*.pdf$", "/x/y.pdf", True),
        ("/*.pdf$", "/x/y.pdf?z", False),
        ("/a*b*c", "/a-b-c-", True),
        ("/a*b*c", "/a-c-b-", False),
        ("/a*$", "/ab", True),
        ("/ab*b$", "/ab", False),
        ("/" + "*a" * 25 + "*b$", "/" + "a" * 3000, False),
    ],
)
def test_a_rule_of_many_stars_kept_the_machine_busy(pattern: str, path: str, fit: bool) -> None:
    assert fits(pattern, path) == fit


def test_a_zip_archive_that_points_before_its_begin_is_broken() -> None:
    """Found by ``make fuzz``: the standard library raises another error for it than for other broken archives."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    data = bytearray(file.getvalue())
    end = data.rindex(b"PK\5\6")
    data[end + 16 : end + 20] = (2**31).to_bytes(4, "little")  # where the list of its parts is said to stand
    for name in ("a.docx", "a.xlsx", "a.zip"):
        with pytest.raises(FileUnreadable):
            read_document(bytes(data), name)
