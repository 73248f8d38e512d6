"""Word files, workbooks and archives made to harm what reads them."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROW = "<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>"


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip archive of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def docx(body: str, head: str = "", **parts: bytes | str) -> bytes:
    """A Word file of a body."""
    xml = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": xml, **parts})


def xlsx(rows: str, strings: str = "", head: str = "") -> bytes:
    """A workbook of one sheet."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}worksheet+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{types}sharedStrings+xml"/></Types>',
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
            '2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="r1" Target="worksheets/sheet1.xml" Type="a/worksheet"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
        }
    )


def laughs(root: str) -> str:
    """Entities that grow tenfold with each of ten levels."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE {root} [<!ENTITY l0 "haha">{levels}]>'


def nested_zip(depth: int) -> bytes:
    """An archive in an archive in an archive."""
    data = b"nothing"
    for _ in range(depth):
        data = zipped({"inner.zip": data})
    return data


def wide_zip(depth: int) -> bytes:
    """Archives of sixteen archives each, so many deep: one file in the end stands for sixteen to that power."""
    data = zipped({"a.txt": b"0" * (1 << 20)})
    for _ in range(depth):
        data = zipped({f"{n}.zip": data for n in range(16)})
    return data


def tar(*members: tarfile.TarInfo, data: bytes = b"") -> bytes:
    """A tar archive of members."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for member in members:
            member.size = len(data) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(data) if member.isreg() else None)
    return file.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    """A member of a tar archive."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def stating(data: bytes, size: int) -> bytes:
    """A zip archive whose list states another size of its first part."""
    at = data.index(b"PK\1\2") + 24
    return data[:at] + size.to_bytes(4, "little") + data[at + 4 :]


def encrypted(data: bytes) -> bytes:
    """A zip archive that says its parts need a password."""
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.index(mark) + place
        data = data[:at] + b"\1" + data[at + 1 :]
    return data


WHOLE = docx(f"<w:tbl>{ROW}</w:tbl>")

ARCHIVES: Mapping[str, Callable[[], bytes]] = {
    "Word: XML of 99 megabytes": lambda: docx(f"<w:tbl>{ROW * 1_500_000}</w:tbl>"),
    "Word: XML of a gigabyte of blanks": lambda: docx(" " * (1 << 30)),
    "Word: entities that grow": lambda: docx("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", laughs("w:document")),
    "Word: an entity that is a file": lambda: docx(
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "Word: nested a hundred thousand deep": lambda: docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000),
    "Word: tables nested two hundred deep": lambda: docx(
        "<w:tbl><w:tr><w:tc>" * 200 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 200
    ),
    "Word: a cell as wide as a million": lambda: docx(
        f'<w:tbl>{ROW}<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "Word: a cell as wide as it may be": lambda: docx(
        f"<w:tbl>{ROW}"
        + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p/></w:tc></w:tr>' * 9
        + "</w:tbl>"
    ),
    "Word: a hundred thousand runs in a cell": lambda: docx(
        f"<w:tbl><w:tr><w:tc><w:p>{'<w:r><w:t>1</w:t></w:r>' * 100_000}</w:p></w:tc></w:tr></w:tbl>"
    ),
    "Word: a style based on itself": lambda: docx(
        f"<w:tbl>{ROW}</w:tbl>",
        **{
            "word/styles.xml": f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="a"><w:basedOn w:val="a"/></w:style>'
            "</w:styles>"
        },
    ),
    "Word: a body embedded in itself": lambda: docx(
        '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="a"/>',
        **{
            "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="a" Type="x/aFChunk" Target="document.xml"/></Relationships>'
        },
    ),
    "Word: no body": lambda: zipped({"word/document.xml": "<a/>"}),
    "Word: broken XML": lambda: zipped({"word/document.xml": "<w:document><w:body>"}),
    "Word: empty": lambda: zipped({"word/document.xml": ""}),
    "Word: a part that states another size": lambda: stating(WHOLE, 0xFFFFFFF0),
    "Word: a part with a password": lambda: encrypted(WHOLE),
    **{
        f"Word: cut off at {share} of 10": lambda share=share: WHOLE[: len(WHOLE) * share // 10]
        for share in range(1, 10)
    },
    "workbook: a million cells in a row": lambda: xlsx("<row>" + "<c><v>1</v></c>" * 1_000_000 + "</row>"),
    "workbook: a cell far to the right": lambda: xlsx('<row><c r="XFD1048576"><v>1</v></c></row>'),
    "workbook: a cell beyond the sheet": lambda: xlsx('<row><c r="ZZZZZZ99999999"><v>1</v></c></row>'),
    "workbook: a string that is not there": lambda: xlsx('<row><c t="s"><v>99999999999</v></c></row>'),
    "workbook: entities that grow": lambda: xlsx('<row><c t="str"><v>&l9;</v></c></row>', head=laughs("worksheet")),
    "workbook: a gigabyte of strings": lambda: xlsx("", "<si><t>" + "0" * (1 << 30) + "</t></si>"),
    "zip: fifty deep": lambda: nested_zip(50),
    "zip: sixteen to the sixth": lambda: wide_zip(6),
    "zip: a hundred thousand files": lambda: zipped({f"{n}.txt": b"" for n in range(100_000)}),
    "zip: names that lead out of the folder": lambda: zipped(
        {"../../a.txt": b"x", "/etc/a.txt": b"x", "C:\\a.txt": b"x"}
    ),
    "zip: a gigabyte of zeros": lambda: zipped({"a.txt": b"\0" * (1 << 30)}),
    "zip: empty": lambda: zipped({}),
    "zip: with a password": lambda: encrypted(zipped({"a.txt": b"x"})),
    "zip: cut off": lambda: zipped({"a.txt": bytes(range(256)) * 99})[:200],
    "tar: links, devices and pipes": lambda: tar(
        member("a", tarfile.SYMTYPE, "/etc/passwd"),
        member("b", tarfile.LNKTYPE, "../../a"),
        member("c", tarfile.CHRTYPE),
        member("d", tarfile.FIFOTYPE),
    ),
    "tar: names that lead out of the folder": lambda: tar(member("../../a.txt"), data=b"x"),
    "tar: a gigabyte packed": lambda: gzip.compress(tar(member("a.txt"), data=b"\0" * (1 << 30)), 1),
    "tar: cut off": lambda: tar(member("a.txt"), data=b"x" * 9000)[:3000],
}
