"""Inputs for the readers that no file ever had: small reports in every kind of file, changed by chance.

Hypothesis draws the changes and makes a failing input small.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from govinfo.checks.proofs import proofs
from govinfo.document import Cell, Document, Grid, Paragraph
from govinfo.errors import GovinfoError
from govinfo.forms import forms
from govinfo.readers import read_document
from govinfo.report import readings_of
from govinfo.report.read import readings_from

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
LONGEST = 12_000
"""Bytes of a seed: what is small is read often."""

HEAD = "某县人民政府2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
TABLE = [
    ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "", "自然人", "总计"],
    ["一、本年新收政府信息公开申请数量", "", "12", "12"],
    ["二、上年结转政府信息公开申请数量", "", "0", "0"],
    ["三、本年度办理结果", "（一）予以公开", "9", "9"],
    ["", "（二）部分公开", "2", "2"],
    ["四、结转下年度继续办理", "", "1", "1"],
]
PIECES = (
    b"", b"0", b"12", b"-", b"\0", b"\xff", b"\xe4\xb8", b"<td>", b"</tr>", b'colspan="9"', b"<table>", b"|", b"\t",
    b"\n", b"\\", b'"', b"{", b"}]", b"&#x30;", b"<s>", b"<sup>", b"%", b"999999999999", b"1e9", b"=", b";", b"(",
    "合计".encode(), "，".encode(), "\u202e".encode(), b"obj", b"endstream", b"<w:p>", b"<w:del>", b'w:val="-1"',
    b"<c><v>",
)  # fmt: skip
"""What is put in place of other bytes."""

Change = tuple[float, int, bytes]
"""Where in the file, how many bytes go, and what comes in their place."""

CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1, allow_nan=False),
        st.sampled_from([0, 0, 1, 2, 7, 40, 400]),
        st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)),
    ),
    min_size=1,
    max_size=6,
)


@dataclass(frozen=True, slots=True)
class Target:
    """What is tried: inputs, and what reads one."""

    inputs: st.SearchStrategy[object]
    read: Callable[[object], object]


def changed(seeds: Sequence[bytes], inside: bool = False) -> st.SearchStrategy[bytes]:
    """A seed with some changes; ``inside`` an archive they are made to one of its parts."""
    change = in_a_part if inside else with_changes
    return st.builds(change, st.sampled_from(seeds), CHANGES)


def with_changes(data: bytes, changes: Sequence[Change]) -> bytes:
    """Bytes with changes."""
    for place, gone, put in changes:
        at = int(place * len(data))
        data = data[:at] + put + data[at + gone :]
    return data


def in_a_part(data: bytes, changes: Sequence[Change]) -> bytes:
    """A zip archive with changes in one of its parts, which the first change chooses."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = sorted(parts, key=lambda name: len(parts[name]))[-1 - int(changes[0][0] * 1.9) % len(parts)]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, with_changes(part, changes) if name == chosen else part)
    return file.getvalue()


# Seeds


def rows(cell: str, row: str) -> str:
    """The table by templates of a cell and a row."""
    return "".join(row.format("".join(cell.format(text) for text in line)) for line in TABLE)


def excerpts(suffix: str) -> list[bytes]:
    """The first and the last part of each report of a kind that the project holds."""
    files = sorted(RAW.glob(f"*.{suffix}"))
    return [part for data in map(Path.read_bytes, files) for part in (data[:LONGEST], data[-LONGEST:])]


@cache
def seeds() -> Mapping[str, Sequence[bytes]]:
    """Small reports by kind of file."""
    page = HEAD + "<table>" + rows("<td>{}</td>", "<tr>{}</tr>") + "</table>"
    return {
        "html": [page.encode(), page.encode("gb18030"), *excerpts("html")],
        "text": [(HEAD + rows("{}\t", "{}\n")).encode(), (HEAD + rows("{}\n", "{}")).encode(), *excerpts("txt")],
        "markdown": [(HEAD + rows("|{}", "{}|\n")).encode()],
        "script": [('{"title": "a", "content": "' + page.replace("\n", "\\n") + '"}').encode()],
        "mhtml": [
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
            b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page.encode() + b"\r\n--b--"
        ],
        "docx": [word()],
        "xlsx": [workbook()],
        "pdf": [printed()],
    }


def word() -> bytes:
    """The report as a Word file."""
    from hostile.archives import docx

    run = "<w:r><w:rPr><w:sz w:val='21'/></w:rPr><w:t>{}</w:t></w:r>"
    cell = f"<w:tc><w:tcPr><w:gridSpan w:val='1'/></w:tcPr><w:p>{run}</w:p></w:tc>"
    text = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in HEAD.splitlines())
    return docx(text + "<w:tbl>" + rows(cell, "<w:tr>{}</w:tr>") + "</w:tbl>")


def workbook() -> bytes:
    """The report as a workbook."""
    from hostile.archives import xlsx

    return xlsx(rows("<c t='str'><v>{}</v></c>", "<row>{}</row>"))


def printed() -> bytes:
    """The report as a ruled PDF, its streams not packed, so that changes meet what they say."""
    from drawn import draw, put, ruled

    def page(canvas: object) -> None:
        for number, line in enumerate(HEAD.splitlines()):
            put(canvas, 60, 40 + 30 * number, line)
        ruled(canvas, [60, 260, 360, 430, 500], [120 + 30 * n for n in range(len(TABLE) + 1)], [
            [text[:14] for text in line] for line in TABLE
        ])  # fmt: skip

    return draw(page, pageCompression=0)


# Targets

TEXTS = st.one_of(
    st.sampled_from(
        [text for line in TABLE for text in line] + ["—", "/", "", "1 2", "合计", "其他", "１２", "约3", "三"]
    ),
    st.integers(-3, 9999).map(str),
    st.text(max_size=6),
)

DOCUMENTS = st.builds(
    lambda lines, spans: Document(
        (
            *(Paragraph(line) for line in HEAD.splitlines()),
            Grid(
                tuple(
                    Cell(text, row, col, *spans[(row * 7 + col) % len(spans)])
                    for row, line in enumerate(lines)
                    for col, text in enumerate(line)
                )
            ),
        ),
        "html",
    ),
    st.lists(st.lists(TEXTS, min_size=1, max_size=6), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=5),
)


FIGURES = st.lists(st.one_of(st.none(), st.sampled_from(range(4)), st.integers(-9, 10**9)), min_size=200, max_size=200)


def solved(figures: Sequence[int | None]) -> object:
    """What the sums of a form prove where its table of requests prints those figures."""
    rows = forms()["2021"].tables["requests"].rows
    places = [(row.code, column) for row in rows for column in row.columns]
    values = {place: None if one is None else Decimal(one) for place, one in zip(places, figures, strict=False)}
    return proofs("requests", "2021", values, {row.code for row in rows})


def targets() -> dict[str, Target]:
    """Every reader with whatever comes behind it, alignment on tables of any shape, and the solver."""
    readers = {
        kind: Target(changed(found, inside=kind in {"docx", "xlsx"}), lambda data: readings_of(data, "a"))
        for kind, found in seeds().items()
    }
    noise = Target(st.binary(max_size=400), lambda data: read_document(data, "a"))
    aligned = Target(DOCUMENTS, lambda document: readings_from(document, "a", ""))
    return {**readers, "noise": noise, "alignment": aligned, "solver": Target(FIGURES, solved)}


def tried(target: Target, number: int, seed: int = 0) -> int:
    """Reads so many inputs and returns how many were refused. Raises what is no GovinfoError, for the smallest input
    that hypothesis finds."""
    refused = 0

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def once(value: object) -> None:
        nonlocal refused
        try:
            target.read(value)
        except GovinfoError:
            refused += 1

    once()
    return refused
