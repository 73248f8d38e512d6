import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from govinfo.errors import FileUnreadable
from govinfo.readers.sniff import kind_of

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


def opendocument(kind: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", "x")
    return file.getvalue()


def tarred(name: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(name))
    return file.getvalue()


def test_real_files(shared: Path) -> None:
    for path in (shared / "reports").iterdir():
        assert kind_of(path.read_bytes()) == SUFFIXES[path.suffix], path.name


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("word/document2.xml"), "docx"),
        (zipped("word/document.xml")[:-30], "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zipped("xl/workbook.xml")[:-30], "xlsx"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "slides"),
        (zipped("xl/workbook.bin"), "xlsb"),
        (zipped("mimetype", "META-INF/container.xml"), "epub"),
        (zipped("[Content_Types].xml", "FixedDocSeq.fdseq"), "xps"),
        (zipped("META-INF/MANIFEST.MF", "a.class"), "program"),
        (zipped("2023/OFD.xml", "a.docx"), "archive"),
        (zipped("content.xml"), "archive"),
        (zipped("content.xml")[:-30], "archive"),
        (zipped(), "archive"),
        (opendocument("application/vnd.oasis.opendocument.text"), "doc"),
        (opendocument("application/vnd.oasis.opendocument.spreadsheet"), "opendocument"),
        (tarred("a.html"), "archive"),
        (gzip.compress(tarred("a.html")), "archive"),
        (gzip.compress(b"<html>"), "compressed"),
        (b"\x1f\x8b\x08broken", "compressed"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"HN\0\0", "caj"),
        (b"MZ\x90\0", "program"),
        (b"\0\0\0\x18ftypmp42", "media"),
        (b"\0\0\0\x18ftypheic", "photo"),
        (OLE + stream("WordDocument"), "doc"),
        (OLE + stream("WordDocument") + stream("Workbook"), "doc"),
        (OLE + stream("Workbook"), "xls"),
        (OLE + stream("Book\0"), "xls"),
        (OLE + stream("PowerPoint Document"), "ppt"),
        (OLE + stream("__substg1.0_0037"), "message"),
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
        (b"<?xml version='1.0'?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>", "sheet-xml"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "mhtml"),
        (b"From: <Saved by Blink>\r\nSubject: x\r\nContent-Type: multipart/related;\r\n\r\n", "mhtml"),
        (b"From: a@b.cn\nTo: c@d.cn\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\n", "email"),
        (b"Received: from x\nFrom: a@b.cn\nContent-Type: text/html\n\n<html>", "email"),
        ("From: 报告\n\nContent-Type: text/html".encode(), "text"),
        (b'{"code": 0, "content": "<p>"}', "script"),
        (b'\xef\xbb\xbf [{"a": 1}]', "script"),
        (b"{title: 'x'}", "script"),
        (b"var html = '<p>'", "script"),
        (b"/* a */ window.data = {}", "script"),
        (b'jQuery12_3({"a": "b"});', "script"),
        (b"document.write('<p>');", "script"),
        ("[首页](index.html) 年度报告".encode(), "text"),
        ("“年度报告” = 2023".encode(), "text"),
        ("规章(1) 数量 = 2".encode(), "text"),
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
