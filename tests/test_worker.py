"""Files that ask for any amount of time or memory end as unreadable, and the next file is read."""

from __future__ import annotations

import contextlib
import sys
import time
import zlib

import pytest
from drawn import draw, put, ruled

from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.files.apart import Limits
from govinfo.readers import worker

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system limits no memory of a process")


def file_of(objects: list[bytes]) -> bytes:
    """A PDF file of objects, the first of which is its catalogue."""
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(data),
    )


def stream(body: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(body), body)


def form(body: bytes, inner: int | None = None) -> bytes:
    """A form that may draw another one by the name F."""
    resources = b"/Resources<</XObject<</F %d 0 R>>>>" % inner if inner else b""
    return stream(body, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources)


def page_with(content: bytes, *objects: bytes) -> bytes:
    """A file of one page, which may draw its fifth object by the name F."""
    return file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>",
            content,
            *objects,
        ]
    )


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    return page_with(stream(zlib.compress(packed, 9), b"/Filter[/FlateDecode/FlateDecode]"), form(b""))


HARMFUL = {
    "a form that draws itself twice": page_with(stream(b"/F Do"), form(b"/F Do /F Do", 5)),
    "forms nested twenty deep, ten of each": page_with(
        stream(b"/F Do"), *(form(b"/F Do " * 10, 6 + depth) for depth in range(19)), form(b"0 0 9 9 re f")
    ),
    "a stream that unpacks to two gigabytes": bomb(2000),
}


@pytest.mark.parametrize("data", HARMFUL.values(), ids=HARMFUL.keys())
def test_a_harmful_file_ends_as_unreadable_and_the_next_one_is_read(data: bytes) -> None:
    assert len(data) < 6000
    start = time.monotonic()
    with pytest.raises(FileUnreadable, match=r"memory|seconds"):
        worker.read_pdf_apart(data)
    assert time.monotonic() - start < worker.LIMITS.seconds + 15
    good = draw(lambda canvas: ruled(canvas, [60, 200, 340], [100, 130], [["受理", "4119"]]))
    assert [cell.text for cell in worker.read_pdf_apart(good).grids()[0].cells] == ["受理", "4119"]


def test_a_slow_file_ends_as_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LIMITS", Limits(seconds=0.0))
    with pytest.raises(FileUnreadable, match="seconds"):
        worker.read_pdf_apart(draw(*[lambda canvas: put(canvas, 60, 60, "4119")] * 300))


@pytest.mark.parametrize("data", [b"", b"no pdf"])
def test_errors_of_the_reader_arrive_as_they_are(data: bytes) -> None:
    with pytest.raises(FileUnreadable) as caught:
        worker.read_pdf_apart(data)
    assert caught.value.hint


def test_a_form_that_draws_itself_once_is_an_empty_page() -> None:
    with pytest.raises(NothingToRead):
        worker.read_pdf_apart(page_with(stream(b"/F Do"), form(b"/F Do", 5)))


@pytest.mark.parametrize("data", HARMFUL.values(), ids=HARMFUL.keys())
def test_the_second_reader_has_the_limits_too(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LIMITS", Limits(seconds=2, memory=256 << 20))
    start = time.monotonic()
    with contextlib.suppress(FileUnreadable):
        worker.read_pdf_again_apart(data)
    assert time.monotonic() - start < 20
