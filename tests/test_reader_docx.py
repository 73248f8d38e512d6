import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.document import PICTURE, Cell, Document, Grid, Paragraph
from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.readers import docx as reader
from govinfo.readers import read_document
from govinfo.readers.docx import read_docx
from govinfo.readers.html import read_html

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def sample(name: str) -> bytes:
    path = REPORTS / name
    if not path.exists():
        pytest.skip(f"the sample {name} is not here")
    return path.read_bytes()


def packed(document: str, namespace: str = NAMESPACE, part: str = "word/document.xml", **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, document)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def body(xml: str, namespace: str = NAMESPACE) -> bytes:
    office = 'xmlns:mc="urn:mc" xmlns:wps="urn:wps" xmlns:v="urn:v"'
    return packed(f'<w:document xmlns:w="{namespace}" {office}><w:body>{xml}</w:body></w:document>')


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def lines(document: Document) -> list[str]:
    return [block.text for block in document.paragraphs()]


def places(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.col, cell.rowspan, cell.colspan) for cell in grid.cells]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


@st.composite
def merged_tables(draw: st.DrawFn) -> tuple[int, int, list[Cell]]:
    height, width = draw(st.integers(1, 5)), draw(st.integers(2, 5))
    free = {(row, col) for row in range(height) for col in range(width)}
    cells = []
    for row, col in sorted(free):
        if (row, col) not in free:
            continue
        high, wide = draw(st.integers(1, min(3, height - row))), draw(st.integers(1, min(3, width - col)))
        area = {(row + down, col + right) for down in range(high) for right in range(wide)}
        if not area <= free:
            high = wide = 1
            area = {(row, col)}
        free -= area
        text = draw(st.text("件规章012，.（）", max_size=5))
        cells.append(Cell(text, row, col, high, wide))
    return height, width, cells


@given(merged_tables())
@settings(max_examples=60, deadline=None)
def test_merged_cells_written_to_docx_read_back_equal(drawn: tuple[int, int, list[Cell]]) -> None:
    height, width, cells = drawn
    document = docx.Document()
    document.add_paragraph("前")
    table = document.add_table(height, width)
    for cell in cells:
        last = table.cell(cell.row + cell.rowspan - 1, cell.col + cell.colspan - 1)
        table.cell(cell.row, cell.col).merge(last).text = cell.text
    file = io.BytesIO()
    document.save(file)
    blocks = read_docx(file.getvalue()).blocks
    # A row counts with all its cells, those that go on from above too; one such a row is one column.
    if any(isinstance(block, Grid) for block in blocks):
        assert blocks == (Paragraph("前"), Grid(tuple(cells)))
    else:
        assert all(sum(cell.row <= row < cell.row + cell.rowspan for cell in cells) == 1 for row in range(height))


def test_the_same_report_as_docx_and_html_has_the_same_rows() -> None:
    def squeezed(document: Document) -> list[list[list[str]]]:
        return [[["".join(text.split()) for text in row] for row in texts(grid)] for grid in document.grids()]

    as_docx, as_html = read_docx(sample("pingtan-2022.docx")), read_html(sample("pingtan-2022.html"))
    assert squeezed(as_docx) == squeezed(as_html)
    assert as_docx.blocks[0] == as_html.blocks[0]
    assert lines(as_docx) == lines(as_html)


def test_spans_marked_in_every_way() -> None:
    grid = read_docx(
        body(
            tbl(
                tc("a", '<w:vMerge w:val="restart"/>') + tc("b", '<w:gridSpan w:val="2"/>') + tc("c"),
                tc("没", "<w:vMerge/>") + tc("d", '<w:hMerge w:val="restart"/>') + tc("没", "<w:hMerge/>") + tc("e"),
                "<w:trPr><w:gridBefore w:val='2'/></w:trPr>" + tc("f") + tc("g"),
            )
        )
    ).grids()[0]
    assert places(grid) == [
        ("a", 0, 0, 2, 1),
        ("b", 0, 1, 1, 2),
        ("c", 0, 3, 1, 1),
        ("d", 1, 1, 1, 2),
        ("e", 1, 3, 1, 1),
        ("f", 2, 2, 1, 1),
        ("g", 2, 3, 1, 1),
    ]


def test_a_merge_that_continues_nothing_is_a_cell() -> None:
    grid = read_docx(body(tbl(tc("a", "<w:hMerge/>") + tc("b", "<w:vMerge/>")))).grids()[0]
    assert texts(grid) == [["a", "b"]]


def test_tracked_changes_are_read_as_accepted_and_hidden_text_is_left_out() -> None:
    xml = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>显</w:t></w:r></w:p>'
    )
    deleted = f"<w:trPr><w:del/></w:trPr>{tc('旧')}{tc('9')}"
    document = read_docx(body(xml + tbl(tc("规章") + tc("0"), deleted)))
    assert lines(document) == ["新显"]
    assert texts(document.grids()[0]) == [["规章", "0"]]


def test_content_controls_text_boxes_and_breaks() -> None:
    box = f"<wps:txbx><w:txbxContent>{p('框')}</w:txbxContent></wps:txbx>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    xml = (
        f"<w:sdt><w:sdtContent>{p('一')}</w:sdtContent></w:sdt>"
        f"<w:p><w:r><w:t>二</w:t><w:br/><w:t>三</w:t>{twice}</w:r></w:p>"
        "<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc><w:p><w:r><w:t>本年新</w:t><w:br/><w:t>制作</w:t></w:r></w:p></w:tc>"
        f"<w:sdt><w:sdtContent>{tc('0')}</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    document = read_docx(body(xml))
    assert lines(document) == ["一", "二", "三", "框"]
    assert texts(document.grids()[0]) == [["本年新\n制作", "0"]]


def test_nested_tables() -> None:
    inner = tbl(tc("规章") + tc("1"), tc("文件") + tc("2"))
    layout = read_docx(body(tbl(f"<w:tc>{p('导航')}</w:tc><w:tc>{p('二、')}{inner}{p('三、')}</w:tc>")))
    assert lines(layout) == ["导航", "二、", "三、"]
    assert texts(layout.grids()[0]) == [["规章", "1"], ["文件", "2"]]
    rows = [tc(f"行{n}") + tc(str(n)) for n in range(5)]
    data = read_docx(body(tbl(*rows, f"<w:tc>{p('注')}</w:tc><w:tc>{inner}{p('')}</w:tc>")))
    assert texts(data.grids()[0])[-2:] == [["行4", "4"], ["注", "规章\n1\n文件\n2"]]


def test_two_tables_next_to_each_other_stay_two() -> None:
    assert len(read_docx(body(tbl(tc("a") + tc("1")) + tbl(tc("b") + tc("2")))).grids()) == 2


def test_headings_and_title() -> None:
    document = docx.Document()
    document.core_properties.title = "年报"
    document.add_heading("题", 0)
    document.add_heading("一、", 1)
    document.add_paragraph("文")
    file = io.BytesIO()
    document.save(file)
    read = read_docx(file.getvalue())
    assert [(block.text, block.heading) for block in read.paragraphs()] == [("题", True), ("一、", True), ("文", False)]
    assert read.metadata.title == "年报"


def test_the_strict_kind_and_a_numbered_main_part() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert lines(read_docx(body(p("文"), strict))) == ["文"]
    xml = f'<w:document xmlns:w="{NAMESPACE}"><w:body>{p("文")}</w:body></w:document>'
    assert lines(read_docx(packed(xml, part="word/document2.xml"))) == ["文"]


@pytest.mark.parametrize(
    "data",
    [
        lambda: b"no zip",
        lambda: body(p("x"))[:-40],
        lambda: packed("<x/>", part="xl/workbook.xml"),
        lambda: packed("<w:document"),
        lambda: body(p("x")).replace(b"\x4b\x01", b"\x4b\x02"),
    ],
)
def test_what_is_no_docx_says_what_to_do(data: Callable[[], bytes]) -> None:
    with pytest.raises(FileUnreadable, match="save it again"):
        read_docx(data())


def test_a_file_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST_PART", 1000)
    with pytest.raises(FileUnreadable, match="1,000 bytes"):
        read_docx(body(p("x" * 2000)))


def test_a_document_of_pictures_says_so() -> None:
    with pytest.raises(NothingToRead, match="no text"):
        read_docx(body("<w:p/>"))


# What a person sees ------------------------------------------------------------------------------------------------


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def styled(runs: str, styles: str = "", cell: str = "", paragraph: str = "", table: str = "") -> Cell:
    """The cell of a figure in a table, as it is read."""
    figure = f"<w:tc><w:tcPr>{cell}</w:tcPr><w:p><w:pPr>{paragraph}</w:pPr>{runs}</w:p></w:tc>"
    rows = f"<w:tr>{tc('行政许可')}{figure}</w:tr><w:tr>{tc('行政强制')}{tc('7')}</w:tr>"
    body_xml = f"<w:body><w:tbl><w:tblPr>{table}</w:tblPr>{rows}</w:tbl></w:body>"
    spaces = f'xmlns:w="{NAMESPACE}" xmlns:mc="urn:mc" xmlns:m="urn:m" xmlns:v="urn:v" xmlns:wps="urn:wps"'
    sheet = f"<w:styles {spaces}>{styles}</w:styles>"
    return read_docx(packed(f"<w:document {spaces}>{body_xml}</w:document>", styles=sheet)).grids()[0].cells[1]


def seen(runs: str, *more: str) -> tuple[str, tuple[str, ...]]:
    found = styled(runs, *more)
    return found.text, found.doubts


def style(style_id: str, properties: str, kind: str = "character", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{style_id}">{more}<w:rPr>{properties}</w:rPr></w:style>'


FIGURE = r("2629")
USED = '<w:rStyle w:val="a"/>'
BASED = style("a", "", more='<w:basedOn w:val="b"/>')


@pytest.mark.parametrize(
    ("properties", "styles"),
    [
        ("<w:strike/>", ""),
        ('<w:dstrike w:val="1"/>', ""),
        (USED, style("a", "<w:strike/>")),
        (USED, BASED + style("b", "<w:dstrike/>")),
    ],
)
def test_a_run_struck_out_is_left_out(properties: str, styles: str) -> None:
    assert seen(r("2692", properties) + FIGURE, styles) == ("2629", ("struck-out",))
    assert seen(r("2629", properties), styles) == ("~~2629~~", ("struck-out",))


@pytest.mark.parametrize(
    ("properties", "styles"),
    [
        ('<w:vertAlign w:val="superscript"/>', ""),
        ('<w:vertAlign w:val="subscript"/>', ""),
        ('<w:position w:val="8"/><w:sz w:val="12"/>', ""),
        ('<w:position w:val="6"/>', ""),
        ('<w:position w:val="-4"/><w:sz w:val="14"/>', ""),
        (USED, style("a", '<w:vertAlign w:val="superscript"/>')),
        (USED, BASED + style("b", '<w:position w:val="10"/>')),
        ('<w:sz w:val="12"/>', ""),
    ],
)
def test_the_digit_of_a_note_in_a_run_of_its_own(properties: str, styles: str) -> None:
    assert seen(FIGURE + r("2", properties), styles) == ("2629", ("note",))


def test_references_to_notes() -> None:
    reference = '<w:footnoteReference w:customMarkFollows="1" w:id="2"/>'
    assert seen(f"{FIGURE}<w:r>{reference}<w:t>2</w:t></w:r>") == ("2629", ("note",))
    assert seen(f"{FIGURE}<w:r>{reference}</w:r>{r('*')}") == ("2629", ("note",))
    assert seen(f'{FIGURE}<w:r><w:endnoteReference w:id="2"/></w:r>') == ("2629", ("note",))
    ruby = "<w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>".format(r("2"), FIGURE)
    assert seen(f"<w:r>{ruby}</w:r>") == ("2629", ("note",))


@pytest.mark.parametrize(
    ("properties", "styles", "cell", "paragraph", "table"),
    [
        ("<w:vanish/>", "", "", "", ""),
        (USED, style("a", "<w:vanish/>"), "", "", ""),
        (USED, BASED + style("b", "<w:vanish/>"), "", "", ""),
        ('<w:color w:val="FFFFFF"/>', "", "", "", ""),
        ('<w:color w:val="fefefe" w:themeColor="background1"/>', "", "", "", ""),
        (USED, style("a", '<w:color w:val="FFFFFF"/>'), "", "", ""),
        ('<w:color w:val="DDEEFF"/>', "", '<w:shd w:val="clear" w:fill="DDEEFF"/>', "", ""),
        ('<w:color w:val="DDEEFF"/>', "", "", '<w:shd w:val="clear" w:fill="DDEEFF"/>', ""),
        ('<w:color w:val="DDEEFF"/>', "", "", "", '<w:shd w:val="clear" w:fill="DDEEFF"/>'),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "", "", "", ""),
        ('<w:sz w:val="2"/>', "", "", "", ""),
    ],
)
def test_runs_nobody_sees_are_left_out(properties: str, styles: str, cell: str, paragraph: str, table: str) -> None:
    assert seen(r("9", properties) + FIGURE, styles, cell, paragraph, table) == ("2629", ("hidden",))


def test_text_hidden_by_the_style_of_its_paragraph_or_of_the_document() -> None:
    hidden = style("a", "<w:vanish/>", "paragraph")
    shown = r("2629", '<w:vanish w:val="0"/>')
    assert seen(r("9") + shown, hidden, "", '<w:pStyle w:val="a"/>') == ("2629", ("hidden",))
    usual = hidden.replace("<w:style ", '<w:style w:default="1" ')
    defaults = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    for sheet in (usual, defaults):
        document = f'<w:document xmlns:w="{NAMESPACE}"><w:body><w:p>{r("9") + shown}</w:p></w:body></w:document>'
        sheet = f'<w:styles xmlns:w="{NAMESPACE}">{sheet}</w:styles>'
        assert lines(read_docx(packed(document, styles=sheet))) == ["2629"]


@pytest.mark.parametrize(
    ("properties", "cell"),
    [
        ('<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="1F3864"/>'),
        ('<w:color w:val="FFFFFF"/>', '<w:shd w:val="solid" w:color="1F3864" w:fill="FFFFFF"/>'),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>', ""),
        ('<w:color w:val="auto"/>', '<w:shd w:val="clear" w:fill="000000"/>'),
        ('<w:color w:val="FF0000"/><w:u w:val="single"/><w:b/>', ""),
        ('<w:strike w:val="0"/><w:vanish w:val="false"/>', ""),
        ('<w:vertAlign w:val="baseline"/><w:position w:val="2"/>', ""),
        ('<w:sz w:val="15"/>', ""),
    ],
)
def test_figures_that_are_seen_are_plain(properties: str, cell: str) -> None:
    assert seen(r("2629", properties), "", cell) == ("2629", ())


def test_white_figures_in_a_table_of_a_shaded_style_are_in_doubt() -> None:
    shaded = style("t", "", "table", '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>')
    white = r("2629", '<w:color w:val="FFFFFF"/>')
    assert seen(white, shaded, "", "", '<w:tblStyle w:val="t"/>') == ("2629", ("hidden",))


@pytest.mark.parametrize(
    "drawn",
    [
        "<w:r><w:drawing><pic/></w:drawing></w:r>",
        "<w:r><w:pict><v:shape/></w:pict></w:r>",
        "<w:r><w:object/></w:r>",
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict/></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
    ],
)
def test_what_is_drawn_in_a_cell_is_neither_blank_nor_a_figure(drawn: str) -> None:
    assert seen(drawn) == (PICTURE, ("picture",))
    assert seen(r("26") + drawn) == (f"26{PICTURE}", ("picture",))


def test_digits_of_the_symbol_font_and_plain_formulas_are_digits() -> None:
    assert seen('<w:r><w:sym w:font="Symbol" w:char="F032"/></w:r>') == ("2", ())
    assert seen("<m:oMath><m:r><m:t>26</m:t></m:r></m:oMath>") == ("26", ())


def test_a_text_box_in_a_cell_is_text() -> None:
    assert seen(
        f"<w:r><w:drawing><wps:txbx><w:txbxContent>{p('2629')}</w:txbxContent></wps:txbx></w:drawing></w:r>"
    ) == (
        "2629",
        (),
    )


def field(data: str, result: str = "") -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    return f'{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def test_form_fields_are_read_in_doubt() -> None:
    assert seen(field("<w:textInput/>", r("2629"))) == ("2629", ("form-field",))
    assert seen(field("<w:textInput/>")) == ("", ())
    listed = '<w:listEntry w:val="1"/><w:listEntry w:val="2629"/>'
    assert seen(field(f'<w:ddList><w:result w:val="1"/>{listed}</w:ddList>')) == ("2629", ("form-field",))
    assert seen(field(f"<w:ddList>{listed}</w:ddList>")) == ("1", ("form-field",))
    assert seen(f"<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{FIGURE}</w:sdtContent></w:sdt>") == (
        "2629",
        (),
    )


def test_outside_of_tables_marks_leave_no_sign() -> None:
    note = r("1", '<w:vertAlign w:val="superscript"/>')
    white = r("9", '<w:color w:val="FFFFFF"/>')
    old = r("2022", "<w:strike/>")
    xml = f"<w:p>{old}{r('2023年度报告')}{note}{white}<w:r><w:drawing/></w:r></w:p><w:p>{white}</w:p>"
    assert lines(read_docx(body(xml))) == ["2023年度报告"]


# Embedded files ----------------------------------------------------------------------------------------------------

HTML = (
    "<html><body><p>中</p><table><tr><td>规章</td><td>1<sup>2</sup></td></tr><tr><td>文件</td><td>2</td></tr></table>"
)
SAVED = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    f"Content-Type: text/html; charset=utf-8\r\nContent-Location: file:///a.html\r\n\r\n{HTML}\r\n--x--\r\n"
)


def read_whole(data: bytes) -> Document:
    """A document with what is embedded in it, of whatever type."""
    return read_document(data, "a.docx")


def embedding(name: str, content: bytes, target: str = "") -> bytes:
    xml = f'{p("前")}<w:altChunk r:id="c"/>{p("后")}'
    document = f'<w:document xmlns:w="{NAMESPACE}" xmlns:r="urn:r"><w:body>{xml}</w:body></w:document>'
    relation = f'<Relationship Id="c" Type="http://x/aFChunk" Target="{target or name}"/>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr(f"word/{name}", content)
    return file.getvalue()


@pytest.mark.parametrize("target", ["", "/word/chunk.html", "../word/chunk.html"])
def test_an_embedded_page_stands_in_its_place(target: str) -> None:
    document = read_whole(embedding("chunk.html", HTML.encode(), target))
    assert lines(document) == ["前", "中", "后"]
    assert isinstance(document.blocks[2], Grid)
    assert document.grids()[0].cells[1] == Cell("1", 0, 1, doubts=("note",))
    assert document.reader == "docx"


def test_an_embedded_saved_page() -> None:
    assert lines(read_whole(embedding("chunk.mht", SAVED.encode()))) == ["前", "中", "后"]


def test_an_embedded_text_and_an_embedded_document() -> None:
    assert lines(read_whole(embedding("a.txt", "一、总体情况\n".encode("gb18030")))) == ["前", "一、总体情况", "后"]
    inner = embedding("a.html", HTML.encode())
    assert lines(read_whole(embedding("a.docx", inner))) == ["前", "前", "中", "后", "后"]


def test_an_embedded_file_that_is_empty_or_missing_leaves_the_rest() -> None:
    assert lines(read_whole(embedding("a.html", b""))) == ["前", "后"]
    assert lines(read_whole(embedding("a.html", b"<html></html>"))) == ["前", "后"]
    assert lines(read_whole(embedding("a.html", HTML.encode(), "b.html"))) == ["前", "后"]


def test_an_embedded_page_needs_no_other_reader() -> None:
    assert lines(read_docx(embedding("a.html", HTML.encode()))) == ["前", "中", "后"]


def test_documents_embedded_without_end_are_refused() -> None:
    data = body(p("底"))
    for _ in range(5):
        data = embedding("a.docx", data)
    with pytest.raises(FileUnreadable, match="without end"):
        read_whole(data)


@pytest.mark.parametrize(
    "fill",
    [
        "<w14:noFill/>",
        '<w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill>',
        '<w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill>',
        '<w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill>',
    ],
)
def test_letters_filled_with_nothing_or_white_are_left_out_and_said(fill: str) -> None:
    filled = f'<w14:textFill xmlns:w14="urn:w14">{fill}</w14:textFill>'
    assert seen(r("26") + r("29", filled)) == ("26", ("hidden",))


def test_letters_filled_with_a_colour_are_seen() -> None:
    red = '<w14:solidFill><w14:srgbClr w14:val="FF0000"/></w14:solidFill>'
    assert seen(r("2629", f'<w14:textFill xmlns:w14="urn:w14">{red}</w14:textFill>')) == ("2629", ())


def test_what_a_content_control_asks_for_is_in_doubt() -> None:
    content = f"<w:sdtContent>{r('12')}</w:sdtContent>"
    assert seen(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{content}</w:sdt>") == ("12", ("form-field",))
    assert seen(f"<w:sdt><w:sdtPr/>{content}</w:sdt>") == ("12", ())


def test_digits_set_from_right_to_left_are_no_figure() -> None:
    assert seen(f'<w:bdo w:val="rtl">{r("2629")}</w:bdo>') == (PICTURE, ("picture",))
    assert seen(f'<w:bdo w:val="ltr">{r("2629")}</w:bdo>') == ("2629", ())


def test_figures_parted_by_a_tab_to_a_place_stay_two() -> None:
    assert seen(r("26") + '<w:r><w:ptab w:alignment="right"/></w:r>' + r("29")) == ("26 29", ())


@pytest.mark.parametrize(
    "properties",
    [
        '<w:color w:val="000000" w:themeColor="background1"/>',
        '<w:color w:val="auto" w:themeColor="light1"/>',
        '<w:w w:val="1"/>',
    ],
)
def test_letters_in_the_white_of_the_theme_or_without_width_are_left_out(properties: str) -> None:
    assert seen(r("9", properties) + FIGURE) == ("2629", ("hidden",))


def test_white_letters_on_a_ground_that_the_theme_colours_are_in_doubt() -> None:
    ground = '<w:shd w:val="clear" w:color="auto" w:fill="auto" w:themeFill="accent1"/>'
    assert seen(r("2629", '<w:color w:val="FFFFFF"/>'), "", ground) == ("2629", ("hidden",))


def test_letters_of_a_font_of_signs_are_no_digits() -> None:
    assert seen(r("5", '<w:rFonts w:ascii="Wingdings"/>') + FIGURE) == (f"{PICTURE}2629", ("picture",))


def test_the_code_of_a_field_is_not_seen_and_a_field_without_a_result_is_drawn() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    assert seen(f"{begin}{r('9')}{separate}{FIGURE}{end}") == ("2629", ("hidden",))
    inner = f"{begin}<w:r><w:instrText>PAGE</w:instrText></w:r>{separate}{r('9')}{end}"
    assert seen(f"{begin}{inner}{separate}{FIGURE}{end}") == ("2629", ("hidden",))
    assert seen(f"{begin}<w:r><w:instrText> EQ \\o(1,/)</w:instrText></w:r>{end}") == (PICTURE, ("picture",))
    assert seen(f"{begin}<w:r><w:instrText>TC x</w:instrText></w:r>{end}{FIGURE}") == ("2629", ())
    page = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    assert seen(f"{begin}{page}{separate}{end}") == (PICTURE, ("picture",))
    assert seen(f"{begin}{page}{separate}{FIGURE}{end}") == ("2629", ())
    assert seen('<w:fldSimple w:instr=" SEQ n "/>') == (PICTURE, ("picture",))


def test_the_number_of_a_list_alone_in_a_cell_is_no_blank() -> None:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    assert seen("", "", "", listed) == (PICTURE, ("picture",))
    assert seen(FIGURE, "", "", listed) == ("2629", ("note",)), "a number is seen before the figure"
    assert seen(r("行政许可"), "", "", listed) == ("行政许可", ())
    assert seen("", "", "", listed.replace('"1"', '"0"')) == ("", ())
    numbering = f'<w:style w:type="paragraph" w:styleId="n"><w:pPr>{listed}</w:pPr></w:style>'
    based = f'<w:style w:type="paragraph" w:styleId="m"><w:basedOn w:val="n"/></w:style>{numbering}'
    for used, styles in (("n", numbering), ("m", based)):
        named = f'<w:pStyle w:val="{used}"/>'
        assert seen("", styles, "", named) == (PICTURE, ("picture",))
        assert seen("", styles, "", named + listed.replace('"1"', '"0"')) == ("", ())


def test_a_row_without_height_is_not_seen() -> None:
    flat = '<w:trPr><w:trHeight w:val="20" w:hRule="exact"/></w:trPr>'
    rows = f"<w:tr>{flat}{tc('行政许可')}{tc('9')}</w:tr><w:tr>{tc('行政许可')}{tc('2629')}</w:tr>"
    rows += f"<w:tr>{flat.replace('exact', 'atLeast')}{tc('行政强制')}{tc('7')}</w:tr>"
    table = f"<w:document xmlns:w='{NAMESPACE}'><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>"
    assert [cell.text for cell in read_docx(packed(table)).grids()[0].cells] == ["行政许可", "2629", "行政强制", "7"]
