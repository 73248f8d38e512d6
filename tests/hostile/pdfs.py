"""PDF files made to harm what reads them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

LETTERS = b"BT /T 12 Tf 72 700 Td (4119) Tj ET"


def file_of(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF file of objects, the first of which is its catalogue."""
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        trailer,
        len(data),
    )


def stream(body: bytes, entries: bytes = b"") -> bytes:
    """A stream of bytes."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(body), body)


def form(body: bytes, inner: int | None = None) -> bytes:
    """A form that may draw another one by the name F."""
    resources = b"/Resources<</XObject<</F %d 0 R>>>>" % inner if inner else b""
    return stream(body, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources)


def page_with(content: bytes, *objects: bytes, page: bytes = b"/MediaBox[0 0 595 842]") -> bytes:
    """A file of one page, which may draw its fifth object by the name F."""
    return file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R%s/Resources<</XObject<</F 5 0 R>>"
            b"/Font<</T<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Contents 4 0 R>>" % page,
            content,
            *objects,
        ]
    )


def packed(megabytes: int, twice: bool = True) -> bytes:
    """So many megabytes of blanks, packed, and the packed ones again. One is packed, the others are its copies."""
    packer, blanks = zlib.compressobj(9), b" " * (1 << 20)
    first, again = (packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    data = first + again * (megabytes - 1) + packer.flush()
    return zlib.compress(data, 9) if twice else data


def bomb(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes."""
    return page_with(stream(packed(megabytes), b"/Filter[/FlateDecode/FlateDecode]"), form(b""))


def picture(width: int, height: int, data: bytes = b"", filters: bytes = b"/FlateDecode") -> bytes:
    """A page with a picture of that size, whose data are what they are."""
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray/Filter%s" % (
        width,
        height,
        filters,
    )
    return page_with(stream(b"500 0 0 500 0 0 cm /F Do"), stream(data or zlib.compress(b"\0" * 9), entries))


def pages(kids: bytes, count: int, others: list[bytes]) -> bytes:
    """A file whose tree of pages has those children."""
    root = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return file_of([b"<</Type/Catalog/Pages 2 0 R>>", root, *others])


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
WHOLE = page_with(stream(LETTERS), form(b""))

PDFS: Mapping[str, Callable[[], bytes]] = {
    "a form that draws itself": lambda: page_with(stream(b"/F Do"), form(b"/F Do", 5)),
    "a form that draws itself twice": lambda: page_with(stream(b"/F Do"), form(b"/F Do /F Do", 5)),
    "forms nested twenty deep, ten of each": lambda: page_with(
        stream(b"/F Do"), *(form(b"/F Do " * 10, 6 + depth) for depth in range(19)), form(b"0 0 9 9 re f")
    ),
    "a stream that unpacks to two gigabytes": lambda: bomb(2000),
    "a stream packed without end": lambda: page_with(
        stream(packed(400, twice=False), b"/Filter[/FlateDecode/LZWDecode/RunLengthDecode]"), form(b"")
    ),
    "a header and nothing": lambda: b"%PDF-1.7\n",
    "a header and noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "no catalogue": lambda: file_of([b"<</Type/Pages>>"]),
    "a tree of pages that is its own child": lambda: pages(b"2 0 R", 1, []),
    "pages that are their own parents": lambda: pages(
        b"3 0 R", 1, [b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"]
    ),
    "a thousand million pages stated": lambda: pages(b"3 0 R", 1_000_000_000, [PAGE]),
    "pages below zero": lambda: pages(b"3 0 R", -1, [PAGE]),
    "one page a hundred thousand times": lambda: pages(b"3 0 R " * 100_000, 100_000, [PAGE]),
    "a page as large as a town": lambda: page_with(
        stream(LETTERS), form(b""), page=b"/MediaBox[0 0 99999999 99999999]"
    ),
    "a page without extent": lambda: page_with(stream(LETTERS), form(b""), page=b"/MediaBox[0 0 0 0]"),
    "a page that is no number": lambda: page_with(stream(LETTERS), form(b""), page=b"/MediaBox[0 0 1e400 -1e400]"),
    "a page of huge units": lambda: page_with(
        stream(LETTERS), form(b""), page=b"/MediaBox[0 0 595 842]/UserUnit 100000"
    ),
    "brackets nested a million deep": lambda: page_with(stream(b"[" * 1_000_000), form(b"")),
    "dictionaries nested a hundred thousand deep": lambda: page_with(stream(LETTERS), b"<</A" * 100_000),
    "a million saved states": lambda: page_with(stream(b"q " * 1_000_000 + LETTERS), form(b"")),
    "a million letters": lambda: page_with(
        stream(b"BT /T 12 Tf 72 700 Td " + b"(4119) Tj 1 0 Td " * 250_000 + b"ET"), form(b"")
    ),
    "a million lines": lambda: page_with(stream(b"0 0 m 9 9 l S " * 1_000_000), form(b"")),
    "a table of half a million squares": lambda: page_with(
        stream(b"".join(b"%d %d 5 5 re S " % (n % 100 * 5, n // 100 % 160 * 5) for n in range(500_000))), form(b"")
    ),
    "a path of a million points": lambda: page_with(stream(b"0 0 m " + b"9 9 l 0 0 l " * 500_000 + b"S"), form(b"")),
    "letters of an endless size": lambda: page_with(
        stream(b"BT /T 1e38 Tf 1e38 0 0 1e38 1e38 0 Tm (4119) Tj ET"), form(b"")
    ),
    "a picture as large as a town": lambda: picture(1_000_000, 1_000_000),
    "a picture below zero": lambda: picture(-5, -5),
    "a picture that unpacks to two gigabytes": lambda: picture(
        45_000, 45_000, packed(2000), b"[/FlateDecode/FlateDecode]"
    ),
    "a picture of broken JBIG2": lambda: picture(900, 900, bytes(range(256)) * 9, b"/JBIG2Decode"),
    "a picture of broken JPEG 2000": lambda: picture(900, 900, bytes(range(256)) * 9, b"/JPXDecode"),
    "a picture of broken fax": lambda: picture(9000, 9000, bytes(range(256)) * 99, b"/CCITTFaxDecode"),
    "a picture of broken JPEG": lambda: picture(900, 900, b"\xff\xd8" + bytes(range(256)) * 9, b"/DCTDecode"),
    "a cross-reference that leads to itself": lambda: (
        WHOLE[: WHOLE.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF" % WHOLE.rindex(b"startxref")
    ),
    "a cross-reference before itself": lambda: file_of(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE], b"/Prev 9"
    ),
    "a stream whose length is another stream": lambda: page_with(
        b"<</Length 4 0 R>>\nstream\n" + LETTERS + b"\nendstream", form(b"")
    ),
    "a stream that states a huge length": lambda: page_with(
        b"<</Length 99999999999>>\nstream\n" + LETTERS + b"\nendstream", form(b"")
    ),
    "an unknown password": lambda: file_of(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"],
        b"/Encrypt<</Filter/Standard/V 2/R 3/O(%s)/U(%s)/P -4>>/ID[(a)(b)]" % (b"x" * 32, b"y" * 32),
    ),
    "a script and a program to start": lambda: file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while\\(1\\){})>>"
            b"/AA<</WC<</S/Launch/F(/bin/sh)>>>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            PAGE,
        ]
    ),
    "an outline that goes in a circle": lambda: file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            PAGE,
            b"<</First 4 0 R/Last 4 0 R/Next 4 0 R/Parent 4 0 R/Title(a)>>",
        ]
    ),
    **{f"cut off at {share} of 20": lambda share=share: WHOLE[: len(WHOLE) * share // 20] for share in range(1, 20)},
}
