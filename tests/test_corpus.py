from __future__ import annotations

import io
import json
import zipfile
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pytest

import govinfo
from govinfo import Corpus, UsageError, load, read_reports
from govinfo.corpus import FRAMES
from govinfo.export import to_excel

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report among files that cannot be read."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "good.txt").write_bytes((RAW / "fenyang-2021.txt").read_bytes())
    (folder / "empty.html").write_bytes(b"")
    (folder / "notice.html").write_text("<html><body><p>关于召开会议的通知</p></body></html>", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (folder / "nozip.docx").write_bytes(bytes(range(256)) * 8)
    (folder / "sheet.docx").write_bytes(zip_of({"xl/workbook.xml": b"<workbook/>"}))
    (folder / "locked.pdf").write_bytes(locked_pdf())
    (folder / "blank.pdf").write_bytes(picture_pdf())
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    return folder


def zip_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 720, "report")
    canvas.save()
    return buffer.getvalue()


def picture_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(72, 72, 100, 100, fill=1)
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def corpus(folder: Path) -> Corpus:
    return read_reports(folder)


def test_one_bad_file_never_stops_the_others(corpus: Corpus) -> None:
    assert corpus.reports["source"].tolist() == ["good.txt"]
    assert len(corpus.cells) == 200
    assert sorted(corpus.problems["source"]) == [
        "blank.pdf",
        "broken.pdf",
        "empty.html",
        "locked.pdf",
        "notice.html",
        "nozip.docx",
        "old.doc",
        "picture.png",
        "sheet.docx",
    ]


def test_every_problem_says_what_where_and_what_to_do_next(corpus: Corpus) -> None:
    assert (corpus.problems["error"].str.len() > 10).all()
    assert (corpus.problems["hint"].str.len() > 10).all()
    assert not corpus.problems["error"].str.contains("inside govinfo").any()
    said = corpus.problems.set_index("source")
    assert said.loc["notice.html", "stage"] == "recognise"
    assert "password" in said.loc["locked.pdf", "hint"]
    assert "empty" in said.loc["empty.html", "error"]


@pytest.mark.parametrize("name", list(FRAMES))
def test_frames_have_the_columns_and_types_of_the_contract(corpus: Corpus, name: str) -> None:
    data = getattr(corpus, name)
    assert {column: str(kind) for column, kind in data.dtypes.items()} == FRAMES[name]


def test_an_empty_corpus_has_the_same_frames(tmp_path: Path) -> None:
    corpus = read_reports(tmp_path)
    for name, types in FRAMES.items():
        assert list(getattr(corpus, name).columns) == list(types)
    assert load(corpus.save(tmp_path / "out")).cells.empty


def test_saved_and_loaded_frames_are_equal(corpus: Corpus, tmp_path: Path) -> None:
    again = load(corpus.save(tmp_path))
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(corpus, name))
    assert (tmp_path / "cells.csv").read_bytes().startswith(b"\xef\xbb\xbf"), "Excel needs the mark to open it right"


def test_the_same_files_give_the_same_bytes(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    first, second = corpus.save(tmp_path / "first"), read_reports(folder).save(tmp_path / "second")
    for path in sorted(first.iterdir()):
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_nothing_is_half_written(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.save(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def fail(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", fail)
    with pytest.raises(govinfo.FileUnreadable, match="No space left"):
        corpus.save(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_path_that_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_reports(tmp_path / "nothing")
    with pytest.raises(UsageError, match="govinfo build"):
        load(tmp_path)


def test_hidden_files_and_lists_beside_reports_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", "~$lock.docx", "sources.csv"):
        (tmp_path / name).write_text("x")
    corpus = read_reports(tmp_path)
    assert corpus.unread().empty
    assert corpus.problems["source"].tolist() == [".hidden.txt", "sources.csv", "~$lock.docx"]
    assert set(corpus.problems["stage"]) == {"passed-over"}
    assert len(read_reports(tmp_path / "sources.csv").unread()) == 1, "a file given by its own name is read"


def test_lists_that_could_be_reports_are_looked_into(tmp_path: Path) -> None:
    page = (RAW / "pingtan-2021.html").read_text(encoding="utf-8")
    (tmp_path / "answer.json").write_text(json.dumps({"content": page}), encoding="utf-8")
    (tmp_path / "manifest.json").write_text('{"files": ["a.html"]}', encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(zip_of({"xl/workbook.xml": b"<workbook/>"}))
    corpus = read_reports(tmp_path)
    assert corpus.reports["source"].tolist() == ["answer.json"]
    assert corpus.reports["readers"].tolist() == ["script"]
    assert corpus.unread()["source"].tolist() == ["broken.xlsx"]
    assert corpus.problems.loc[corpus.problems["stage"] == "passed-over", "source"].tolist() == ["manifest.json"]


def test_a_workbook_of_ours_is_no_report_and_no_fault(corpus: Corpus, tmp_path: Path) -> None:
    to_excel(corpus, tmp_path / "govinfo.xlsx")
    again = read_reports(tmp_path)
    assert again.reports.empty
    assert again.unread().empty


def test_known_kinds_are_refused_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "a.ofd").write_bytes(zip_of({"OFD.xml": b"<ofd/>"}))
    (tmp_path / "b.rar").write_bytes(b"Rar!\x1a\x07\x01\x00")
    (tmp_path / "c.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    problems = read_reports(tmp_path).unread().set_index("source")
    assert "OFD, the national layout format (GB/T 33190)" in problems.loc["a.ofd", "error"]
    assert "save it as PDF or Word" in problems.loc["a.ofd", "hint"]
    assert "Unpack it" in problems.loc["b.rar", "hint"]
    assert "video" in problems.loc["c.mp4", "error"]


def test_wide_gives_the_layout_of_the_form() -> None:
    report = govinfo.read_report(RAW / "fenyang-2021.txt")
    wide = report.wide("requests")
    assert wide.shape == (25, 7)
    assert wide.loc["new", "total"] == 2
    assert wide.columns[0] == "natural_person"
    with pytest.raises(UsageError, match="disclosure, requests, disputes"):
        report.wide("statistics")


def test_a_notebook_shows_the_form_with_doubtful_cells_and_everything_escaped(tmp_path: Path) -> None:
    page = (
        (RAW / "ruzhou-2021.txt")
        .read_text(encoding="utf-8")
        .replace("（一）予以公开", "（一）予以公开<script>alert(1)</script>")
    )
    file = tmp_path / "x.txt"
    file.write_text(page, encoding="utf-8")
    shown = govinfo.read_report(file)._repr_html_()
    assert "<script>" not in shown
    assert "background" in shown
    assert shown.count("<table>") == 3


def test_a_fault_in_opening_a_file_never_stops_the_others(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    (tmp_path / "a.zip").write_bytes(zip_of({"a.txt": b"x"}))
    monkeypatch.setattr("govinfo.readers.archive.opened", fail)
    monkeypatch.setattr("govinfo.corpus.work.can_be_apart", lambda: False)
    corpus = read_reports([tmp_path / "a.zip", folder / "good.txt"])
    assert corpus.reports["source"].tolist() == ["good.txt"]
    assert "inside govinfo: ZeroDivisionError" in corpus.problems["error"][0]


def test_copies_of_one_name_in_two_folders_are_copies(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_bytes((RAW / "fenyang-2021.txt").read_bytes())
    corpus = read_reports([tmp_path / "a" / "x.txt", tmp_path / "b" / "x.txt"])
    assert len(corpus.reports) == len(corpus.unread()) == 1


def test_a_copy_of_a_report_is_not_counted_twice(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes((RAW / "fenyang-2021.txt").read_bytes())
    corpus = read_reports(tmp_path)
    assert corpus.reports["source"].tolist() == ["a.txt"]
    assert corpus.problems["error"].tolist() == ["The same content as a.txt, which was read."]


def test_a_corpus_shows_itself_in_five_lines() -> None:
    said = repr(govinfo.datasets.load_corpus()).splitlines()
    assert len(said) == 5
    assert said[0] == "Corpus of 29 reports, 13 agencies, 2011 to 2025"


def test_the_package_says_its_version() -> None:
    assert govinfo.__version__ == version("govinfo")
