"""A Word document that is told to be plain is one in which the walk over all its elements marks nothing."""

from __future__ import annotations

from random import Random

from lxml import etree

from govinfo.readers import docx_looks
from govinfo.readers.docx_plain import is_plain
from govinfo.readers.docx_styles import NOTHING, sheet_of

DOCUMENTS = 3000
LEAST = 300
"""How many of them must be plain, for the test to say anything."""

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = "ABCDE"
COMMON = (
    "<w:b/>", "<w:color w:val='auto'/>", "<w:color w:val='C00000'/>", "<w:strike w:val='0'/>", "<w:w w:val='100'/>",
    "<w:rFonts w:ascii='SimSun'/>", *(f"<w:sz w:val='{size}'/>" for size in (18, 21, 22, 24, 32, 44)),
)  # fmt: skip
RARE = (
    "<w:vanish/>", "<w:strike/>", "<w:vertAlign w:val='superscript'/>", "<w:position w:val='4'/>", "<w:w w:val='5'/>",
    "<w:highlight w:val='black'/>", "<w:rFonts w:ascii='Wingdings'/>", "<w:color w:val='FFFFFF'/>", "<w:sz w:val='2'/>",
    "<w:shd w:val='clear' w:fill='C00000'/>", "<w:shd w:val='pct10' w:fill='C00000'/>",
    "<w:textFill><w:noFill/></w:textFill>",
)  # fmt: skip
ODD = ("<w:drawing/>", "<w:sym w:char='F031'/>", "<w:fldChar w:fldCharType='begin'/>", "<w:footnoteReference/>")


def properties(chance: Random, rare: float, style: str = "") -> str:
    """Some properties of letters, few of them rare."""
    chosen = [chance.choice(RARE if chance.random() < rare else COMMON) for _ in range(chance.randint(0, 3))]
    name = f"<w:{style} w:val='{chance.choice(STYLES)}'/>" if style and chance.random() < 0.3 else ""
    return name + "".join(chosen)


def paragraph(chance: Random, rare: float) -> str:
    """A paragraph of up to three runs."""
    runs = "".join(
        f"<w:r><w:rPr>{properties(chance, rare, 'rStyle')}</w:rPr>{odd}<w:t>{chance.choice('1件 ')}</w:t></w:r>"
        for _ in range(chance.randint(0, 3))
        for odd in (chance.choice(ODD) if chance.random() < rare else "",)
    )
    return f"<w:p><w:pPr>{properties(chance, 0, 'pStyle')}</w:pPr>{runs}</w:p>"


def document(chance: Random) -> tuple[etree._Element, bytes]:
    """The body of a document, and its styles."""
    rare = chance.choice((0, 0.01, 0.1))
    cells = "".join(f"<w:tc><w:tcPr>{properties(chance, rare)}</w:tcPr>{paragraph(chance, rare)}</w:tc>" for _ in "12")
    table = f"<w:tbl><w:tblPr>{properties(chance, 0, 'tblStyle')}</w:tblPr><w:tr>{cells}</w:tr></w:tbl>"
    body = f"<w:body xmlns:w='{WORD}'>{paragraph(chance, rare)}{table}{paragraph(chance, rare)}</w:body>"
    styles = "".join(
        f"<w:style w:styleId='{name}'><w:basedOn w:val='{chance.choice(STYLES)}'/>"
        f"<w:pPr>{properties(chance, rare)}</w:pPr><w:rPr>{properties(chance, rare)}</w:rPr></w:style>"
        for name in STYLES
    )
    return etree.fromstring(body), f"<w:styles xmlns:w='{WORD}'>{styles}</w:styles>".encode()


def test_nothing_is_marked_in_a_document_that_is_plain(monkeypatch) -> None:
    monkeypatch.setattr(docx_looks, "is_plain", lambda body, sheet: False)
    plain = 0
    for number in range(DOCUMENTS):
        body, styles = document(Random(number))
        before, sheet = etree.tostring(body), sheet_of(styles)
        if is_plain(body, sheet):
            plain += 1
            docx_looks.mark(body, sheet)
            assert etree.tostring(body) == before, number
    assert plain > LEAST


def test_styles_that_a_file_names_and_does_not_have_are_not_kept() -> None:
    sheet = sheet_of(f"<w:styles xmlns:w='{WORD}'><w:style w:styleId='A'/></w:styles>".encode())
    assert sheet.named("B") is NOTHING
    assert sheet.named("A") == NOTHING
    assert set(sheet.known) == {"A"}
