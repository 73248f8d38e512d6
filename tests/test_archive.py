"""Archives of reports, and which files of a folder or an archive are no reports by their names."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path
from random import Random

import pytest
from render import random_form
from render.kinds import as_xlsx, page_of, zip_of

import govinfo
from govinfo.errors import FileUnreadable, GovinfoError, NothingToRead, PassedOver
from govinfo.readers import archive
from govinfo.readers.archive import member_named, sources_in
from govinfo.readers.listing import listing

FORMS = [random_form(Random(seed), "2021") for seed in (11, 12)]
PAGES = [page_of(form).encode() for form in FORMS]


def names(data: bytes, name: str = "a.zip") -> list[str]:
    return [source for source, inside in sources_in(data, name) if isinstance(inside, bytes)]


def errors(data: bytes, name: str = "a.zip") -> dict[str, GovinfoError]:
    return {source: inside for source, inside in sources_in(data, name) if isinstance(inside, GovinfoError)}


def test_what_is_no_archive_comes_as_it_is() -> None:
    for data in (
        b"",
        b"<html>",
        b"PK",
        as_xlsx(FORMS[0]),
        zip_of({"word/document.xml": b"x"}),
        zip_of({"OFD.xml": b"x"}),
    ):
        found = list(sources_in(data, "file"))
        assert [source for source, _ in found] == ["file"]


def test_members_come_in_the_order_of_their_names_without_folders() -> None:
    data = zip_of({"b/2.html": b"2", "b/": b"", "a.html": b"1"})
    assert list(sources_in(data, "a.zip")) == [("a.zip#a.html", b"1"), ("a.zip#b/2.html", b"2")]


def tarred(files: dict[str, bytes], mode: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as made:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("link.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(link)
    return file.getvalue()


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_tar_archives_give_their_files_and_no_links(mode: str) -> None:
    assert list(sources_in(tarred({"./a.html": b"1", "b/c.txt": b"2"}, mode), "a.tar")) == [
        ("a.tar#a.html", b"1"),
        ("a.tar#b/c.txt", b"2"),
    ]


def test_a_tar_archive_cut_short_says_so() -> None:
    whole = tarred({"a.html": bytes(40000)}, "w:gz")
    assert "broken or cut short" in errors(whole[:-40], "a.tgz")["a.tgz"].message


def test_names_of_chinese_windows_and_of_unmarked_utf8() -> None:
    wanted = "青榆县2023年年度报告.html"
    for encoding in ("gb18030", "utf-8"):
        raw = wanted.encode(encoding)
        data = zip_of({"x" * len(raw): b"1"}).replace(b"x" * len(raw), raw)
        assert names(data) == [f"a.zip#{wanted}"]
    assert names(zip_of({wanted: b"1"})) == [f"a.zip#{wanted}"]


def test_archives_in_archives_down_to_the_second() -> None:
    inner = zip_of({"x.html": b"1"})
    twice = zip_of({"inner.zip": inner})
    assert names(twice) == ["a.zip#inner.zip#x.html"]
    said = errors(zip_of({"outer.zip": twice}))
    assert list(said) == ["a.zip#outer.zip#inner.zip"]
    assert "Unpack" in said["a.zip#outer.zip#inner.zip"].hint


def test_hidden_members_and_lists_are_passed_over_with_a_line() -> None:
    data = zip_of({"a.html": b"1", "__MACOSX/._a.html": b"", "__MACOSX/b/._b": b"", ".DS_Store": b"", "list.csv": b""})
    assert names(data) == ["a.zip#a.html"]
    said = errors(data)
    assert list(said) == ["a.zip#.DS_Store", "a.zip#__MACOSX/", "a.zip#list.csv"]
    assert all(isinstance(error, PassedOver) for error in said.values())
    assert "2 files" in said["a.zip#__MACOSX/"].message


def test_an_archive_without_a_report_says_so() -> None:
    assert isinstance(errors(zip_of({"list.csv": b""}))["a.zip"], NothingToRead)
    assert isinstance(errors(zip_of({}))["a.zip"], NothingToRead)


def test_members_behind_a_password_are_named_and_the_others_are_read() -> None:
    data = bytearray(zip_of({"a.html": b"1", "b.html": b"2"}))
    first = data.index(b"PK\x03\x04")
    entry = data.index(b"PK\x01\x02")
    data[first + 6] |= 1
    data[entry + 8] |= 1
    assert names(bytes(data)) == ["a.zip#b.html"]
    assert "password" in errors(bytes(data))["a.zip#a.html"].message


def test_broken_members_and_archives_say_so() -> None:
    whole = zip_of({"a.html": b"content", "b.html": b"2"})
    assert "broken" in errors(whole.replace(b"content", b"CONTENT"))["a.zip#a.html"].message
    assert "broken or cut short" in errors(whole[:-30])["a.zip"].message


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("a.txt", "b.txt", "c.txt"):
            made.writestr(name, bytes(5000))
    bomb = zip_of({"inner.zip": file.getvalue(), "last.txt": b"1"})
    with monkeypatch.context() as limits:
        limits.setattr(archive, "LARGEST_MEMBER", 4000)
        assert len(errors(file.getvalue())) == 3
    assert names(bomb) == ["a.zip#inner.zip#a.txt", "a.zip#inner.zip#b.txt", "a.zip#inner.zip#c.txt", "a.zip#last.txt"]
    few = archive.Limits(members=3)
    assert [isinstance(inside, bytes) for _, inside in archive._sources(bomb, "a.zip", 1, few)] == [
        True,
        True,
        False,
        False,
    ]
    small = archive.Limits(size=7000)
    assert "more than is read" in str([inside for _, inside in archive._sources(bomb, "a.zip", 1, small)][1])


# Reading


def test_a_report_in_an_archive_is_read_as_that_report(tmp_path: Path) -> None:
    path = tmp_path / "年报.zip"
    path.write_bytes(zip_of({"说明.txt": "见附件".encode(), "r/年报.html": PAGES[0]}))
    report = govinfo.read_report(path)
    assert (report.identity.agency, report.source, report.doubts) == (FORMS[0].agency, "年报.zip#r/年报.html", ())
    shown = report.evidence("requests", "handled", "total")
    assert shown.source == "年报.zip#r/年报.html"


def test_of_several_reports_in_an_archive_the_first_is_read_with_a_doubt(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({"2.html": PAGES[1], "1.html": PAGES[0]}))
    report = govinfo.read_report(path)
    assert (report.identity.agency, report.doubts) == (FORMS[0].agency, ("one-of-several",))


def test_several_reports_in_a_member_of_an_archive(tmp_path: Path) -> None:
    both = "".join(page.decode().partition("<body>")[2].partition("</body>")[0] for page in PAGES).encode()
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({"1.html": both, "2.html": PAGES[0]}))
    assert govinfo.read_report(path).doubts == ("one-of-several",)
    corpus = govinfo.read_reports(path)
    assert corpus.reports["source"].tolist() == ["a.zip#1.html", "a.zip#1.html#2", "a.zip#2.html"]


def test_an_archive_without_a_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({".hidden": b"", "a.rar": b"Rar!\x1a\x07\0"}))
    with pytest.raises(FileUnreadable, match=r"a\.zip#a\.rar: This is a RAR archive.*Unpack it"):
        govinfo.read_report(path)


def test_archives_in_a_folder_give_all_their_reports(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(
        zip_of({"1.html": PAGES[0], "2.html": PAGES[1], "3.html": PAGES[0], "n.html": b"<p>x</p>", "cells.csv": b""})
    )
    (tmp_path / "data.zip").write_bytes(zip_of({"cells.csv": b"1"}))
    corpus = govinfo.read_reports(tmp_path)
    assert corpus.reports["source"].tolist() == ["a.zip#1.html", "a.zip#2.html"]
    assert corpus.unread()["source"].tolist() == ["a.zip#3.html", "a.zip#n.html"]
    passed = corpus.problems[corpus.problems["stage"] == "passed-over"]["source"].tolist()
    assert passed == ["a.zip#cells.csv", "data.zip#cells.csv", "data.zip"]


def test_the_file_that_a_source_names() -> None:
    data = zip_of({"a.html": b"1", "b/c.html": b"2", "in.zip": zip_of({"x#1.txt": b"3"})})
    wanted = {"z.zip#a.html": b"1", "z.zip#b/c.html": b"2", "z.zip#b/c.html#2": b"2", "z.zip#in.zip#x#1.txt": b"3"}
    assert {source: member_named(data, source) for source in wanted} == wanted
    assert member_named(data, "z.zip#gone.html") == data
    assert member_named(b"<p>", "no#archive.html") == b"<p>"


# Names


def test_names_that_are_no_reports() -> None:
    found = listing(
        [
            *("2023.html", "2023_files/logo.png", "2023_files/sub/a.js", "2024_files/report.pdf", "r.json", "r.xlsx"),
            *("~$r.docx", ".~lock.r.odt#", ".git/config", "a/.DS_Store", "a/Thumbs.db", "a/sources.CSV", "_old/r.html"),
            *("a/页面.htm", "a/页面.files/x.gif", "_r.html", "run.py"),
        ]
    )
    assert found.wanted == ("2023.html", "2024_files/report.pdf", "a/页面.htm", "r.json", "r.xlsx")
    assert dict(found.passed_over) == {
        ".git/": "a hidden folder, 1 file",
        ".~lock.r.odt#": "a lock of an office program",
        "2023_files/": "the pictures and scripts of a saved page, 2 files",
        "_old/": 'a folder whose name begins with "_", 1 file',
        "_r.html": 'a file whose name begins with "_"',
        "a/.DS_Store": "a hidden file",
        "a/Thumbs.db": "a hidden file",
        "a/sources.CSV": "a list, a table or a program beside the reports",
        "a/页面.files/": "the pictures and scripts of a saved page, 1 file",
        "run.py": "a list, a table or a program beside the reports",
        "~$r.docx": "a lock of an office program",
    }


def test_a_folder_beside_no_page_is_no_part_of_one() -> None:
    assert listing(["2023_files/a.html", "x.txt"]).wanted == ("2023_files/a.html", "x.txt")
