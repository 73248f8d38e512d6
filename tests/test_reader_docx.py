import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.document import Cell, Document, Grid, Paragraph
from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.readers import docx as reader
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
