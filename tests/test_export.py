from __future__ import annotations

import builtins
import dataclasses
import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

import govinfo
from govinfo.corpus import FRAMES, Corpus
from govinfo.errors import FileUnreadable, MissingSoftware, UsageError
from govinfo.export import export, sheets, to_csv, to_duckdb, to_excel, to_parquet, workbook
from govinfo.export.layout import lines_of
from govinfo.files.sheet_text import plain, plain_text, safe, safe_text
from govinfo.files.writing import written_into
from govinfo.tables.display import DOUBTFUL

ROOT = Path(__file__).resolve().parents[1]
PLACE = ["report_id", "row"]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return govinfo.load(ROOT / "data" / "processed")


@pytest.fixture(scope="module")
def book(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return openpyxl.load_workbook(to_excel(corpus, tmp_path_factory.mktemp("excel") / "reports.xlsx"))


def with_cells(corpus: Corpus, at: pd.Series, **changes: object) -> Corpus:
    """The corpus with some cells changed."""
    cells = corpus.cells.copy()
    for name, value in changes.items():
        cells.loc[at, name] = value
    return dataclasses.replace(corpus, cells=cells)


def cell_at(cells: pd.DataFrame, source: str, table: str, row: str, column: str) -> pd.Series:
    return (cells["source"] == source) & (cells["table"] == table) & (cells["row"] == row) & (cells["column"] == column)


def placed(sheet: Worksheet, source: str, row: str, column: str) -> openpyxl.cell.Cell:
    """The cell of a report, a row and a column of the form."""
    names = [cell.value for cell in sheet[3]]
    for line in sheet.iter_rows(min_row=4):
        if line[names.index("source")].value == source and line[names.index("row")].value == row:
            return line[names.index(column)]
    raise AssertionError(f"{source} {row} is not in the sheet {sheet.title}")


def one(corpus: Corpus, tmp_path: Path, name: str) -> Worksheet:
    return openpyxl.load_workbook(to_excel(corpus, tmp_path / "one.xlsx"))[name]


# Workbook


def test_sheets_and_what_stays_in_view(book: openpyxl.Workbook) -> None:
    names = ["README", "reports", "disclosure", "requests", "disputes", "statistics", "findings", "problems"]
    assert book.sheetnames == names
    for name in ("disclosure", "requests", "disputes", "statistics"):
        assert book[name].freeze_panes == "E4"
        assert book[name].auto_filter.ref.startswith("A3:")
        assert book[name].auto_filter.ref.endswith(str(book[name].max_row))
    for name in ("reports", "findings", "problems"):
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref.startswith("A1:")


@pytest.mark.parametrize("table", ["disclosure", "requests", "disputes", "statistics"])
def test_every_figure_stands_in_its_place(corpus: Corpus, book: openpyxl.Workbook, table: str) -> None:
    rows = list(book[table].iter_rows(min_row=3, values_only=True))
    sheet = pd.DataFrame(rows[1:], columns=rows[0]).set_index(PLACE)
    mine = corpus.cells[corpus.cells["table"] == table]
    wide = mine.pivot(index=PLACE, columns="column", values="value")
    assert len(sheet) == len(wide)
    for column in wide.columns:
        shown = sheet[f"{column}_value" if column == "year" else column].replace("?", pd.NA).astype("Float64")
        pd.testing.assert_series_equal(shown.reindex(wide.index), wide[column], check_names=False)


def test_a_report_is_laid_out_as_the_form(book: openpyxl.Workbook) -> None:
    sheet = book["requests"]
    labels = [cell.value for cell in sheet[1]]
    assert labels[5] == "自然人\n（件）"
    assert labels[11] == "总计\n（件）"
    assert [cell.value for cell in sheet[2]][5:7] == ["Natural persons", "Businesses"]
    mine = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[-1] == "sanquan-2021.txt"]
    assert [row[3] for row in mine[:3]] == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
    ]
    assert mine[0][:2] == ("新绛县三泉镇人民政府", 2021)
    assert mine[2][2:] == (
        "三、本年度办理结果", "（一）予以公开", "Granted", 2, 0, 0, 0, 0, 0, 2,
        "granted", "件", "2021", mine[2][-2], "sanquan-2021.txt",
    )  # fmt: skip


def test_how_numbers_show(corpus: Corpus, tmp_path: Path) -> None:
    place = cell_at(corpus.cells, "sanquan-2021.txt", "requests", "new", "total")
    sheet = one(with_cells(corpus, place, value=2.5), tmp_path, "requests")
    assert placed(sheet, "sanquan-2021.txt", "new", "total").number_format == "General"
    assert placed(sheet, "sanquan-2021.txt", "granted", "total").number_format == "#,##0"
    sheet = one(corpus, tmp_path, "disclosure")
    money = placed(sheet, "pingtan-2019.html", "procurement", "amount")
    assert money.value == 7539.443252
    assert money.number_format == "#,##0.00####"


def test_doubtful_cells_are_coloured_and_explained(corpus: Corpus, book: openpyxl.Workbook) -> None:
    for table in ("disclosure", "requests", "disputes", "statistics"):
        for record in corpus.cells[corpus.cells["table"] == table].to_dict("records"):
            if not record["doubts"] or record["kind"] == "unreadable":
                continue
            column = f"{record['column']}_value" if record["column"] == "year" else record["column"]
            cell = placed(book[table], record["source"], record["row"], column)
            assert cell.fill.fgColor.rgb == f"FF{DOUBTFUL[1:].upper()}"
            for doubt in record["doubts"].split(";"):
                assert govinfo.doubts()[doubt] in cell.comment.text
            assert f"Printed: {record['raw'] or 'nothing'}" in cell.comment.text
    plain_cell = placed(book["requests"], "sanquan-2021.txt", "granted", "total")
    assert plain_cell.comment is None
    assert plain_cell.fill.fill_type is None


def test_blank_dash_unreadable_and_proven(corpus: Corpus, tmp_path: Path) -> None:
    def at(row: str) -> pd.Series:
        return cell_at(corpus.cells, "sanquan-2021.txt", "requests", row, "total")

    changed = with_cells(corpus, at("new"), value=pd.NA, kind="blank", raw="", suggested=2.0)
    changed = with_cells(changed, at("granted"), value=pd.NA, kind="dash", raw="—")
    changed = with_cells(changed, at("partial"), value=pd.NA, kind="unreadable", raw="1 2", doubts="ambiguous")
    changed = with_cells(changed, at("handled"), value=pd.NA, kind="blank", raw="", suggested=pd.NA)
    sheet = one(changed, tmp_path, "requests")
    blank, dash, unreadable, plain_blank = (
        placed(sheet, "sanquan-2021.txt", row, "total") for row in ("new", "granted", "partial", "handled")
    )
    assert blank.value is None
    assert "The sums of the form prove 2; it is not filled in." in blank.comment.text
    assert (dash.value, dash.comment) == ("—", None)
    assert unreadable.value == "?"
    assert unreadable.fill.fgColor.rgb == f"FF{sheets.UNREADABLE[1:].upper()}"
    assert "Printed: 1 2" in unreadable.comment.text
    assert (plain_blank.value, plain_blank.comment, plain_blank.fill.fill_type) == (None, None, None)


def test_cells_that_a_row_does_not_have_are_grey(book: openpyxl.Workbook) -> None:
    cell = placed(book["disclosure"], "sanquan-2021.txt", "licensing", "issued")
    assert cell.value is None
    assert cell.fill.fgColor.rgb == f"FF{sheets.NOT_IN_FORM[1:].upper()}"


def test_findings_that_fail_are_coloured(corpus: Corpus, book: openpyxl.Workbook) -> None:
    names = [cell.value for cell in book["findings"][1]]
    at = names.index("status")
    assert names == list(FRAMES["findings"])
    rows = list(book["findings"].iter_rows(min_row=2))
    assert [row[at].value for row in rows] == corpus.findings["status"].tolist()
    coloured = [row[at].fill.fill_type == "solid" for row in rows]
    assert coloured == (corpus.findings["status"] == "fail").tolist()
    assert any(coloured)


def test_the_readme_counts_what_is_there_and_what_is_left_out(corpus: Corpus, book: openpyxl.Workbook) -> None:
    said = {right: left for left, right in book["README"].iter_rows(values_only=True) if right}
    assert said["reports"] == len(corpus.reports)
    assert said["cells"] == len(corpus.cells)
    assert said["cells with a doubt"] == (corpus.cells["doubts"] != "").sum()
    assert said["sums that do not hold"] == (corpus.findings["status"] == "fail").sum()
    left_out = next(what for what in said if str(what).startswith("paragraphs of text, left out"))
    assert said[left_out] == corpus.sections["paragraph"].notna().sum()
    assert said["counts stated in the text, left out here as well"] == len(corpus.statements)


def test_no_text_becomes_a_formula_or_a_link(corpus: Corpus, tmp_path: Path) -> None:
    reports = corpus.reports.assign(title='=HYPERLINK("http://a")', url="http://a.test/")
    cells = corpus.cells.assign(agency="@SUM(1)", source="-1+1")
    path = to_excel(dataclasses.replace(corpus, reports=reports, cells=cells), tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        written = {name: archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name}
    assert not [name for name, text in written.items() if "<f>" in text or "<hyperlink" in text]
    book = openpyxl.load_workbook(path)
    assert book["reports"]["L2"].value == '=HYPERLINK("http://a")'
    assert book["reports"]["L2"].data_type == "s" or book["reports"]["L2"].quotePrefix
    assert book["requests"]["A4"].value == "@SUM(1)"
    assert book["requests"]["A4"].quotePrefix


def test_text_that_a_sheet_cannot_hold(corpus: Corpus, tmp_path: Path) -> None:
    place = cell_at(corpus.cells, "sanquan-2021.txt", "requests", "new", "total")
    changed = with_cells(corpus, place, raw="a\x00\x1b\ufffe" + "长" * 40_000, doubts="note;unheard-of")
    changed = dataclasses.replace(changed, reports=corpus.reports.assign(title="\x07" + "长" * 40_000))
    path = to_excel(changed, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    title = book["reports"]["L2"].value
    assert title.startswith("长长")
    assert title.endswith("… (cut: the CSV export has all of it)")
    comment = placed(book["requests"], "sanquan-2021.txt", "new", "total").comment.text
    assert "Printed: a长" in comment
    assert "[unheard-of]" in comment
    assert len(comment) < 32_767


def test_one_report_is_a_workbook_too(tmp_path: Path) -> None:
    report = govinfo.read_report(ROOT / "data" / "raw" / "sanquan-2021.txt")
    book = openpyxl.load_workbook(to_excel(report, tmp_path / "a.xlsx"))
    assert book["reports"].max_row == 2
    assert placed(book["requests"], "sanquan-2021.txt", "new", "total").value == 2
    assert book["statistics"].max_row == 3
    assert [cell.value for cell in book["disclosure"][3]].count("made") == 0


def test_the_same_data_give_the_same_bytes(corpus: Corpus, tmp_path: Path) -> None:
    for writer, name in ((to_excel, "a.xlsx"), (to_csv, "csv"), (to_parquet, "parquet")):
        digests = set()
        for folder in (tmp_path / "first", tmp_path / "second"):
            written = writer(corpus, folder / name)
            files = sorted(written.iterdir()) if written.is_dir() else [written]
            digests.add(tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))
        assert len(digests) == 1, name


def test_too_many_lines_for_excel(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 100)
    with pytest.raises(UsageError, match="Excel holds 100"):
        to_excel(corpus, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_reports_that_are_mixed_up_are_each_in_one_piece(corpus: Corpus) -> None:
    mixed = corpus.cells.sample(frac=1, random_state=1)
    lines = list(lines_of("requests", mixed))
    assert sum(line.starts_report for line in lines) == mixed.loc[mixed["table"] == "requests", "report_id"].nunique()
    assert len(lines) == len(list(lines_of("requests", corpus.cells)))


# Text


@given(st.text(alphabet="'=+-@＝＋－＠\t\r\n 　\ufeff\u200b1.,%ab无", max_size=8))
def test_quotes_come_and_go(text: str) -> None:
    assert plain(safe(text)) == text
    assert safe(text).removeprefix("'").lstrip("'") == text.lstrip("'")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "　=1", "\ufeff=1", "＝1", "＋a", "－a", "＠a",
     "-2+3+cmd|' /C calc'!A0", "'=1", "--"],
)  # fmt: skip
def test_what_could_be_a_formula_gets_a_quote(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-", "－", "—", "-3", "+5", "－12.5", "-1,000", "a=b", "某市", "'a", "3-2", "无"])
def test_what_can_do_no_harm_stays(text: str) -> None:
    assert safe(text) == text


def test_safe_text_keeps_columns_types_and_numbers() -> None:
    frame = pd.DataFrame({"text": ["=1", None, "a"], "number": [-1.5, None, 2], "year": [2021, None, 2022]})
    frame = frame.astype({"text": "string", "number": "Float64", "year": "Int64"})
    safely = safe_text(frame)
    assert safely["text"].tolist()[0] == "'=1"
    pd.testing.assert_frame_equal(safely.drop(columns="text"), frame.drop(columns="text"))
    pd.testing.assert_frame_equal(plain_text(safely), frame)
    assert frame["text"].tolist()[0] == "=1"


# CSV, Parquet, DuckDB


def test_csv_can_be_read_back(corpus: Corpus, tmp_path: Path) -> None:
    place = cell_at(corpus.cells, "sanquan-2021.txt", "requests", "new", "total")
    changed = with_cells(corpus, place, raw="=2", label="'@a", value=-2.0)
    folder = to_csv(changed, tmp_path / "csv")
    assert sorted(path.stem for path in folder.glob("*.csv")) == sorted(FRAMES)
    assert "'=2" in (folder / "cells.csv").read_text(encoding="utf-8-sig")
    for name, types in FRAMES.items():
        written = pd.read_csv(folder / f"{name}.csv", dtype="string", encoding="utf-8-sig", keep_default_na=False)
        texts = [column for column, type_ in types.items() if type_ == "string"]
        before = getattr(changed, name)[texts].fillna("")
        pd.testing.assert_frame_equal(plain_text(written)[texts], before)
    numbers = pd.read_csv(folder / "cells.csv", encoding="utf-8-sig")["value"].astype("Float64")
    pd.testing.assert_series_equal(numbers, changed.cells["value"])


def test_parquet_can_be_loaded(corpus: Corpus, tmp_path: Path) -> None:
    loaded = govinfo.load(to_parquet(corpus, tmp_path / "parquet"))
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(corpus, name))


def test_duckdb_holds_the_frames_and_the_forms(corpus: Corpus, tmp_path: Path) -> None:
    with duckdb.connect(str(to_duckdb(corpus, tmp_path / "a.duckdb")), read_only=True) as database:
        for name, types in FRAMES.items():
            table = database.execute(f"SELECT * FROM {name}").df().astype(types)
            pd.testing.assert_frame_equal(table, getattr(corpus, name))
        types = dict(
            database.execute(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'cells'"
            ).fetchall()
        )
        assert (types["year"], types["value"], types["raw"]) == ("BIGINT", "DOUBLE", "VARCHAR")
        wide = database.execute(
            "SELECT new_.total, handled.total FROM requests_wide new_ JOIN requests_wide handled USING (report_id) "
            "WHERE new_.agency LIKE '%三泉镇%' AND new_.row = 'new' AND handled.row = 'handled'"
        ).fetchall()
        assert wide == [(2.0, 0.0)]
        for table in ("disclosure", "requests", "disputes", "statistics"):
            (rows,) = database.execute(f"SELECT count(*) FROM {table}_wide").fetchone() or (0,)
            assert rows == len(list(lines_of(table, corpus.cells)))
        columns = database.execute("SELECT * FROM statistics_wide LIMIT 0").df().columns.tolist()
        assert columns == ["report_id", "agency", "year", "form", "row", "year_value", "cumulative"]
        (comment,) = database.execute("SELECT comment FROM duckdb_tables() WHERE table_name = 'cells'").fetchone() or (
            "",
        )
        assert comment == "One row per table cell of the form."
        described = database.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'cells' AND column_name IN ('report_id', 'value')"
        ).fetchall()
        assert all(comment for (comment,) in described)


def test_a_database_in_use_is_left_alone(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "a.duckdb").write_bytes(b"before")
    (tmp_path / "a.duckdb.wal").write_bytes(b"changes")
    with pytest.raises(FileUnreadable, match="in use or was not closed"):
        to_duckdb(corpus, tmp_path / "a.duckdb")
    assert (tmp_path / "a.duckdb").read_bytes() == b"before"


def empty() -> Corpus:
    return Corpus(**{name: pd.DataFrame(columns=list(types)).astype(types) for name, types in FRAMES.items()})


@pytest.mark.parametrize("name", ["a.xlsx", "a.duckdb", "a.csv", "a.parquet", "folder"])
def test_no_report_at_all_is_a_file_too(tmp_path: Path, name: str) -> None:
    assert export(empty(), tmp_path / name).exists()


# One door for all


@pytest.mark.parametrize(
    ("name", "format", "files"),
    [
        ("a.xlsx", None, ["a.xlsx"]),
        ("A.XLSX", None, ["A.XLSX"]),
        ("a.duckdb", None, ["a.duckdb"]),
        ("cells.csv", None, ["cells.csv"]),
        ("cells.parquet", None, ["cells.parquet"]),
        ("folder", None, ["folder/SHA256SUMS", *(f"folder/{name}.csv" for name in sorted(FRAMES))]),
        ("folder", "csv", ["folder/SHA256SUMS", *(f"folder/{name}.csv" for name in sorted(FRAMES))]),
        ("v1.2", "parquet", ["v1.2/SHA256SUMS", *(f"v1.2/{name}.parquet" for name in sorted(FRAMES))]),
    ],
)
def test_the_suffix_says_what_is_written(
    corpus: Corpus, tmp_path: Path, name: str, format: str | None, files: list[str]
) -> None:
    small = dataclasses.replace(corpus, cells=corpus.cells.head(40), findings=corpus.findings.head(9))
    assert export(small, tmp_path / name, format) == tmp_path / name
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert found == files


def test_another_suffix_or_format_is_named_with_those_that_are_known(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"'\.xls' can be written.* Near: \.xlsx.*\.duckdb.*Or a folder, as csv or parquet"
    ):
        export(corpus, tmp_path / "a.xls")
    with pytest.raises(UsageError, match=r"no format 'exel'.*Known: csv, parquet"):
        export(corpus, tmp_path / "a", "exel")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("module", "writer", "name"), [("xlsxwriter", to_excel, "a.xlsx"), ("duckdb", to_duckdb, "a.duckdb")]
)
def test_what_is_not_installed_is_said(
    corpus: Corpus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    writer: Callable[[Corpus, Path], Path],
    name: str,
) -> None:
    real = builtins.__import__

    def without(wanted: str, *more: object) -> object:
        if wanted.split(".")[0] == module:
            raise ImportError(wanted)
        return real(wanted, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingSoftware, match=r"pip install 'govinfo\[export\]'"):
        writer(corpus, tmp_path / name)


# Writing


def test_what_was_there_stays_when_writing_fails(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workbook, "readme_sheet", full)
    with pytest.raises(FileUnreadable, match="No space left"):
        to_excel(corpus, path)
    assert path.read_bytes() == b"before"
    assert [found.name for found in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_protected_file_stays(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"before")
    path.chmod(0o444)
    with pytest.raises(FileUnreadable, match="write-protected"):
        export(corpus, path)
    assert path.read_bytes() == b"before"


def test_a_file_that_another_program_holds(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("govinfo.files.writing.os.replace", held)
    with pytest.raises(FileUnreadable, match=r"Permission denied.*Close it where it is open"):
        export(corpus, tmp_path / "a.csv")


def test_one_file_that_cannot_be_replaced_keeps_all(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"before")
    (tmp_path / "b").chmod(0o444)

    def write() -> None:
        with written_into(tmp_path) as beside:
            (beside / "a").write_bytes(b"after")
            (beside / "b").write_bytes(b"after")

    with pytest.raises(FileUnreadable, match="b: is write-protected"):
        write()
    assert (tmp_path / "a").read_bytes() == b"before"


def test_a_folder_in_the_way_is_said(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(FileUnreadable, match="is a folder"):
        to_excel(corpus, tmp_path / "a.xlsx")


@pytest.mark.parametrize("name", ["reports", "findings"])
def test_numbers_of_a_frame_are_numbers_in_its_sheet(corpus: Corpus, book: openpyxl.Workbook, name: str) -> None:
    """Whole numbers of the reports and findings stood there as text: a filter or a sum passed over them."""
    heads, *lines = book[name].iter_rows(values_only=True)
    frame = getattr(corpus, name)
    numbers = [at for at, head in enumerate(heads) if str(frame[head].dtype) in {"Int64", "Float64"}]
    assert numbers
    for line in lines:
        assert all(line[at] is None or isinstance(line[at], (int, float)) for at in numbers)


def test_numbers_of_reports_and_findings_are_numbers(tmp_path: Path) -> None:
    corpus = govinfo.datasets.load_corpus()
    book = openpyxl.load_workbook(to_excel(corpus, tmp_path / "all.xlsx"))
    for name, columns in {
        "reports": ["year", "cells", "blanks", "doubtful", "findings"],
        "findings": ["year", "left", "right", "difference"],
    }.items():
        sheet = book[name]
        headings = [cell.value for cell in sheet[1]]
        for column in columns:
            values = [row[headings.index(column)].value for row in sheet.iter_rows(min_row=2)]
            expected = getattr(corpus, name)[column]
            assert [value is None for value in values] == expected.isna().tolist()
            assert all(isinstance(value, (int, float)) for value in values if value is not None)
            assert sum(value or 0 for value in values) == pytest.approx(float(expected.sum()))


def test_a_chinese_workbook_speaks_chinese(tmp_path: Path) -> None:
    corpus = govinfo.datasets.load_corpus()
    book = openpyxl.load_workbook(export(corpus, tmp_path / "zh.xlsx", lang="zh"))
    said = " ".join(str(cell.value) for row in book["README"].iter_rows() for cell in row if cell.value)
    assert "数字均为报告所印" in said
    assert "The figures" not in said
    comments = [cell.comment.text for row in book["requests"].iter_rows() for cell in row if cell.comment]
    assert comments
    assert all("页面所印" in text and "Printed" not in text for text in comments)
    with pytest.raises(UsageError, match="no such language: de"):
        export(corpus, tmp_path / "de.xlsx", lang="de")
