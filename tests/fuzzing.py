"""Inputs for the readers that no file ever had: tables of real reports in every kind of file, changed by chance.

Most are one table of an excerpt, some hundred bytes to two thousand, so that many can be read; some are whole excerpts.
Chance is a ``random.Random``: a seeded one in the long run, hypothesis's own in the short one, which makes a failing
input small.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path
from random import Random
from unittest import mock

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as pages

from govinfo.checks.proofs import proofs
from govinfo.document import Cell, Document, Grid, Paragraph
from govinfo.errors import GovinfoError, NothingToRead
from govinfo.forms import forms
from govinfo.readers import paged, read_document
from govinfo.report import readings_of
from govinfo.report.read import readings_from

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
WHOLE = 12_000
"""Bytes of a whole excerpt, from its begin or to its end."""
WHOLE_SHARE = 0.03
"""How many of the inputs come from a whole excerpt."""
ROWS = 7
"""Rows of a long table that stand in one seed, under its headings."""

TITLE = "某县人民政府{}年政府信息公开工作年度报告\n"
ODD = (
    "—", "/", "", " ", "1 2", "合计", "其他", "１２", "约3", "三", "0", "-1", "999999999999", "1e9", "1,234.5", "12%",
    "总计", "\u202e", "\u3000", "①", "(一)", "无", "2023年", "12件", "\ufffd", "a" * 300, "\U0001d7d9", "½", "0x1F",
)  # fmt: skip
"""Texts in place of others."""
PIECES = (
    b"", b"0", b"12", b"-", b"\0", b"\xff", b"\xe4\xb8", b"<td>", b"</tr>", b'colspan="9"', b"<table>", b"|", b"\t",
    b"\n", b"\\", b'"', b"{", b"}]", b"&#x30;", b"<s>", b"<sup>", b"%", b"999999999999", b"1e9", b"=", b";", b"(",
    "合计".encode(), "，".encode(), "\u202e".encode(), b"obj", b"endstream", b"<w:p>", b"<w:del>", b'w:val="-1"',
    b"<c><v>", b"/Length 9", b" Tj", b" TJ", b" cm", b" 0 0 ", b"stream\n", b"q ", b"Q ", b"-1e9 ", b"\r\n\r\n", b"--b",
    b"style='display:none'", b"<!--", b"-->", b"\x1b$B", b"\xfe\xff",
)  # fmt: skip
"""Bytes in place of others."""
GONE = (0, 0, 1, 2, 7, 40, 400)
"""How many bytes go for a change."""
VALUES = (
    "",
    "0",
    "-1",
    "2",
    "9",
    "99999",
    "display:none",
    "color:#fff",
    "true",
    "continue",
    "restart",
    "str",
    "s",
    "A1",
)
"""Values in place of those of attributes."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is tried: an input by chance, and what reads one."""

    draw: Callable[[Random], object]
    read: Callable[[object], object]


# Seeds

Rows = Sequence[Sequence[str]]


@cache
def excerpts() -> Sequence[tuple[str, Rows]]:
    """Tables of the real reports that the project holds, each with a title of its year: short ones, and parts of long
    ones under their headings."""
    found = []
    for path in sorted(RAW.glob("*-20*")):
        title = TITLE.format(path.stem.rpartition("-")[2])
        for grid in read_document(path.read_bytes(), path.name).grids():
            rows = [[cell.text for cell in row] for row in grid.rows()]
            head, rest = rows[:3], rows[3:]
            found += [(title, [*head, *rest[at : at + ROWS]]) for at in range(0, max(len(rest), 1), ROWS)]
    return found


def written(cell: str, row: str, page: str, spell: Callable[[str], str] = str) -> list[bytes]:
    """Each table by templates of a cell, a row and a page."""
    made = []
    for title, rows in excerpts():
        table = "".join(row.format("".join(cell.format(spell(text)) for text in line)) for line in rows)
        made.append(page.format(title, table).encode())
    return made


def whole(suffix: str) -> list[bytes]:
    """The first and the last part of each report of a kind that the project holds."""
    files = sorted(RAW.glob(f"*.{suffix}"))
    return [part for data in map(Path.read_bytes, files) for part in (data[:WHOLE], data[-WHOLE:])]


@cache
def seeds() -> Mapping[str, tuple[Sequence[bytes], Sequence[bytes]]]:
    """The small seeds of each kind of file, and the whole excerpts."""
    table = written("<td>{}</td>", "<tr>{}</tr>", "<p>{}</p><table>{}</table>", escape)
    chinese = [page.decode().encode("gb18030") for page in table]
    lines = written("{}\n", "{}", "{}{}")
    tabs = written("{}\t", "{}\n", "{}{}")
    in_script = [b'{"title": "a", "content": "' + page.replace(b"\n", b"\\n") + b'"}' for page in table]
    mail = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    part = b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    return {
        "html": ([*table, *chinese], whole("html")),
        "text": ([*tabs, *lines], whole("txt")),
        "markdown": (written("|{}", "{}|\n", "{}{}"), written("|{}", "{}|\n|---|---|\n", "# {}{}")),
        "script": (in_script, [b"<script>var a = " + page + b"</script>" for page in in_script]),
        "mhtml": (
            [mail + part + page + b"\r\n--b--" for page in table],
            [mail + part + page for page in whole("html")],
        ),
        "docx": (words(), [(RAW / "pingtan-2022.docx").read_bytes()]),
        "xlsx": (workbooks(), workbooks()),
        "pdf": (printed(), printed()),
    }


def words() -> list[bytes]:
    """The tables as Word files."""
    from hostile.archives import docx

    run = "<w:r><w:rPr><w:sz w:val='21'/></w:rPr><w:t>{}</w:t></w:r>"
    cell = f"<w:tc><w:tcPr><w:gridSpan w:val='1'/></w:tcPr><w:p>{run}</w:p></w:tc>"
    page = "<w:p><w:r><w:t>{}</w:t></w:r></w:p><w:tbl>{}</w:tbl>"
    return [docx(text.decode()) for text in written(cell, "<w:tr>{}</w:tr>", page, escape)]


def workbooks() -> list[bytes]:
    """The tables as workbooks."""
    from hostile.archives import xlsx

    page = "<row><c t='str'><v>{}</v></c></row>{}"
    return [xlsx(text.decode()) for text in written("<c t='str'><v>{}</v></c>", "<row>{}</row>", page, escape)]


@cache
def printed() -> list[bytes]:
    """Short tables as ruled PDFs, their streams not packed, so that changes meet what they say."""
    from drawn import draw, put, ruled

    def page(title: str, rows: Rows) -> Callable[[object], None]:
        def onto(canvas: object) -> None:
            put(canvas, 60, 40, title.strip())
            wide = max(map(len, rows))
            edges = [40 + 520 * n / wide for n in range(wide + 1)]
            lines = [[text[:9] for text in [*line, *[""] * wide][:wide]] for line in rows]
            ruled(canvas, edges, [120 + 30 * n for n in range(len(rows) + 1)], lines)

        return onto

    return [draw(page(title, rows[-5:]), pageCompression=0) for title, rows in excerpts()[::6]]


# Changes

Change = tuple[float, int, bytes]
"""Where in the file, how many bytes go, and what comes in their place."""


def with_changes(data: bytes, changes: Sequence[Change]) -> bytes:
    """Bytes with changes."""
    for place, gone, put in changes:
        at = int(place * len(data))
        data = data[:at] + put + data[at + gone :]
    return data


def some_changes(chance: Random) -> list[Change]:
    """From one to six changes of bytes."""
    return [
        (
            chance.random(),
            chance.choice(GONE),
            chance.choice(PIECES) if chance.random() < 0.7 else some_bytes(chance, 6),
        )
        for _ in range(chance.randint(1, 6))
    ]


def some_bytes(chance: Random, most: int) -> bytes:
    """A few bytes of any value."""
    return bytes(chance.randint(0, 255) for _ in range(chance.randint(0, most)))


def change_tree(root: etree._Element, chance: Random) -> None:
    """Changes the elements of a tree in place: it stays one that can be written."""
    for _ in range(chance.randint(1, 5)):
        found = [one for one in root.iter() if isinstance(one.tag, str)]
        one, other = chance.choice(found), chance.choice(found)
        above = one.getparent()
        what = chance.choice(("text", "text", "text", "value", "gone", "twice", "moved", "renamed", "tail"))
        if what == "text":
            texts = [each for each in found if each.text]
            chance.choice(texts or found).text = some_text(chance)
        elif what == "tail":
            one.tail = some_text(chance)
        elif what == "value":
            names = list(one.attrib) or ["colspan"]
            one.set(chance.choice(names), chance.choice(VALUES))
        elif what == "renamed" and above is not None:
            one.tag = other.tag
        elif above is not None and what == "gone":
            above.remove(one)
        elif above is not None and what == "twice":
            above.insert(above.index(one), deepcopy(one))
        elif above is not None and what == "moved" and one not in other.iterancestors() and one is not other:
            other.append(one)


def some_text(chance: Random) -> str:
    """A text of a table, or an odd one."""
    if chance.random() < 0.5:
        return chance.choice(ODD)
    return str(chance.randint(-3, 9999)) if chance.random() < 0.7 else chance.choice(labels())


@cache
def labels() -> Sequence[str]:
    """The texts of the excerpts."""
    return sorted({text for _, rows in excerpts() for line in rows for text in line})


def some_file(chance: Random, kind: str) -> bytes:
    """A file of a kind, changed."""
    small, large = seeds()[kind]
    data = chance.choice(large if chance.random() < WHOLE_SHARE else small)
    if kind in {"docx", "xlsx"}:
        return changed_archive(data, chance)
    if kind == "html" and chance.random() < 0.5:
        root = pages.document_fromstring(data.decode(errors="ignore") or "a")
        change_tree(root, chance)
        return bytes(pages.tostring(root, encoding="utf-8"))
    return with_changes(data, some_changes(chance))


def changed_archive(data: bytes, chance: Random) -> bytes:
    """A zip archive with one of its parts changed: mostly as a tree, so that it can still be read."""
    parts = dict(parts_in(data))
    chosen = chance.choice(sorted(parts, key=lambda name: len(parts[name]))[-3:])
    if chance.random() < 0.9:
        root = etree.fromstring(parts[chosen])
        change_tree(root, chance)
        parts[chosen] = etree.tostring(root)
    else:
        parts[chosen] = with_changes(parts[chosen], some_changes(chance))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    made = file.getvalue()
    return with_changes(made, some_changes(chance)) if chance.random() < 0.02 else made


@cache
def parts_in(data: bytes) -> Sequence[tuple[str, bytes]]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


# Targets


def some_document(chance: Random) -> Document:
    """A table of any shape, of the texts of the form and others."""
    title, rows = chance.choice(excerpts())
    lines = [list(line) for line in rows]
    for _ in range(chance.randint(0, 12)):
        line = chance.choice(lines)
        if line and chance.random() < 0.6:
            line[chance.randrange(len(line))] = some_text(chance)
        elif line and chance.random() < 0.5:
            del line[chance.randrange(len(line))]
        else:
            lines.insert(chance.randrange(len(lines) + 1), [some_text(chance) for _ in range(chance.randint(1, 8))])
    odd = chance.random() < 0.5
    cells = tuple(
        Cell(text, row, col, chance.choice((1, 1, 1, 2, 3)) if odd else 1, chance.choice((1, 1, 1, 2, 3)) if odd else 1)
        for row, line in enumerate(lines)
        for col, text in enumerate(line)
    )
    return Document((Paragraph(title.strip()), Grid(cells)), "html")


@cache
def places() -> Sequence[tuple[str, str]]:
    """The rows and columns of the table of requests."""
    return [(row.code, column) for row in forms()["2021"].tables["requests"].rows for column in row.columns]


def some_figures(chance: Random) -> dict[tuple[str, str], Decimal | None]:
    """Figures for the table of requests: mostly small, some large or blank."""
    largest = chance.choice((1, 3, 20, 10**9))
    drawn = (chance.choice((None, chance.randint(0, largest), chance.randint(-9, largest))) for _ in places())
    return {place: None if one is None else Decimal(one) for place, one in zip(places(), drawn, strict=True)}


def solved(values: dict[tuple[str, str], Decimal | None]) -> object:
    """What the sums of the form prove where a table prints those figures."""
    return proofs("requests", "2021", values, {row for row, _ in values})


def targets() -> dict[str, Target]:
    """Every reader with whatever comes behind it, alignment on tables of any shape, and the solver."""
    readers = {
        kind: Target(lambda chance, kind=kind: some_file(chance, kind), lambda data: readings_of(data, "a"))  # type: ignore[misc]
        for kind in seeds()
    }
    noise = Target(lambda chance: some_bytes(chance, 400), lambda data: read_document(data, "a"))
    aligned = Target(some_document, lambda document: readings_from(document, "a", ""))
    return {**readers, "noise": noise, "alignment": aligned, "solver": Target(some_figures, solved)}


def is_read(target: Target, value: object) -> bool:
    """True where an input was read, False where it was refused. Raises what is no GovinfoError."""
    try:
        target.read(value)
    except GovinfoError:
        return False
    return True


def tried(target: Target, number: int) -> int:
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
    @given(st.randoms(use_true_random=False).map(target.draw))
    def once(value: object) -> None:
        nonlocal refused
        refused += not is_read(target, value)

    once()
    return refused


@dataclass(slots=True)
class Tally:
    """What became of many inputs: how many, refused, the errors that nobody foresaw with the number of the first input
    of each, and the seconds that this process computed, for all and for the slowest."""

    inputs: int = 0
    refused: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    slowest: float = 0.0


def input_of(name: str, target: Target, number: int) -> object:
    """The input of a number: the same each time."""
    return target.draw(Random(f"{name} {number}"))


def tried_long(name: str, target: Target, numbers: Iterable[int], tally: Tally) -> None:
    """Reads the inputs of those numbers, and adds what became of them to a tally. Pictures are not recognised, which
    takes a thousand times as long as the rest."""
    no_picture = NothingToRead("Pictures are not recognised here.")
    with (
        mock.patch.object(paged, "read_scanned_pdf", side_effect=no_picture),
        mock.patch.object(paged, "with_pictures_read", lambda document, _: document),
    ):
        for number in numbers:
            value = input_of(name, target, number)
            began = time.process_time()
            try:
                tally.refused += not is_read(target, value)
            except Exception as error:
                tally.errors.setdefault(f"{type(error).__name__}: {error}", number)
            took = time.process_time() - began
            tally.inputs += 1
            tally.seconds += took
            tally.slowest = max(tally.slowest, took)
