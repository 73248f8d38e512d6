import io
import zipfile
from pathlib import Path

import pytest

from govinfo.errors import FileUnreadable
from govinfo.readers.sniff import kind_of

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SUFFIXES = {".md": "text", ".html": "html", ".docx": "docx", ".pdf": "pdf", ".txt": "text", ".doc": "doc"}


def stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def test_real_files() -> None:
    if not REPORTS.exists():
        pytest.skip("the samples are not here")
    for path in REPORTS.iterdir():
        assert kind_of(path.read_bytes()) == SUFFIXES[path.suffix], path.name


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("word/document2.xml"), "docx"),
        (zipped("word/document.xml")[:-30], "docx"),
        (zipped("xl/workbook.xml"), "unknown"),
        (zipped("content.xml"), "unknown"),
        (OLE + stream("WordDocument"), "doc"),
        (OLE + stream("Workbook"), "unknown"),
        (OLE, "doc"),
        (rb"{\rtf1\ansi x}", "doc"),
        (b"%PDF-1.7 x", "pdf"),
        (b"\xff\x00junk\n" * 100 + b"%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"GIF89a", "image"),
        (b"II*\0", "image"),
        (b"RIFF1234WEBPVP8 ", "image"),
        (b"BM" + bytes(range(1, 5)) + bytes(4) + b"6", "image"),
        (b"BM is no picture", "text"),
        (b"\x01\x02\x00\x03rubbish\x00\x07", "unknown"),
        (bytes(range(256)) * 4, "unknown"),
        ("年度报告\n规章 | 0 | 0".encode("gbk"), "text"),
        ("年度报告".encode("utf-16"), "text"),
        ("<html><p>年度报告</p>".encode("utf-16"), "html"),
        ("<html><p>年度报告</p>".encode("utf-16-le"), "html"),
        ("\n<p style='x'>年度报告</p>".encode(), "html"),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC ''><html>报告</html>".encode(), "html"),
        ("年度报告<br>规章 0 <br> 0 <table> 表".encode(), "text"),
        ("# 年度报告\n<table><tr><td>规章</td></tr></table>".encode(), "html"),
        ("报告 <p>一</p>".encode() * 30, "html"),
        (b"a < b and <b> > c, 3 <5", "text"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "doc"),
        (b"<?xml version='1.0'?><data/>", "unknown"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "unknown"),
    ],
)
def test_kinds(data: bytes, kind: str) -> None:
    assert kind_of(data, "report.docx") == kind


@pytest.mark.parametrize("data", [b"", b" \n\0\0", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_says_so(data: bytes) -> None:
    with pytest.raises(FileUnreadable, match="empty") as caught:
        kind_of(data, "a.doc")
    assert caught.value.where == "a.doc"
    assert caught.value.hint


def test_a_protected_file_says_so() -> None:
    with pytest.raises(FileUnreadable, match="protected by a password"):
        kind_of(OLE + stream("EncryptedPackage"))
