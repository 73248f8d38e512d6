import re
import time
from contextlib import suppress
from html import escape
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govinfo.document import PICTURE, Cell, Document, Grid, Paragraph
from govinfo.errors import NothingToRead
from govinfo.readers.encoding import decode as decode_bytes
from govinfo.readers.html import decode, read_html
from govinfo.text import figure, fold

REPORTS = Path(__file__).parents[2] / "shared" / "reports"


def sample(name: str) -> bytes:
    path = REPORTS / name
    if not path.exists():
        pytest.skip(f"the sample {name} is not here")
    return path.read_bytes()


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def page(body: str, head: str = "") -> Document:
    return read_html(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())


def lines(document: Document) -> list[str]:
    return [block.text for block in document.paragraphs()]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def places(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.col, cell.rowspan, cell.colspan) for cell in grid.cells]


WORDS = st.text(st.sampled_from("件数规章一二三(（）)0123456789.,—<>&\"'/"), max_size=6)


@st.composite
def grids(draw: st.DrawFn, narrowest: int = 2) -> Grid:
    """A rectangle cut into cells with random spans, each row beginning at least one cell."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(narrowest, 6))
    free = {(row, col) for row in range(height) for col in range(width)}
    cells = []
    for row in range(height):
        for col in range(width):
            if (row, col) not in free:
                continue
            wide = 1
            most = draw(st.integers(1, 3))
            while wide < most and (row, col + wide) in free:
                wide += 1
            # A cell in the first column stays in its row, so that no row is without a cell of its own.
            high = 1 if col == 0 else min(draw(st.integers(1, 3)), height - row)
            while any((row + down, col + right) not in free for down in range(high) for right in range(wide)):
                high -= 1
            if col == 0 and width > 1:
                wide = min(wide, width - 1)
            free -= {(row + down, col + right) for down in range(high) for right in range(wide)}
            cells.append(Cell(draw(WORDS), row, col, high, wide))
    return Grid(tuple(cells))


def as_html(grid: Grid, wrap: str = "{}") -> str:
    rows = (
        "".join(
            f'<td rowspan="{cell.rowspan}" colspan="{cell.colspan}">{wrap.format(escape(cell.text))}</td>'
            for cell in row
        )
        for row in grid.rows()
    )
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


@given(grids(), st.sampled_from(["{}", "<p>{}</p>", "\n  <p><span> {}\n</span></p>", "<font><b>&nbsp;{}</b></font>"]))
def test_a_grid_written_as_html_reads_back_equal(grid: Grid, wrap: str) -> None:
    # A table of one column is a list of lines, and no grid.
    expected = grid if any(len(row) > 1 for row in grid.rows()) else None
    document = page("<p>前</p>" + as_html(grid, wrap))
    assert document.grids() == ((expected,) if expected else ())


@given(
    st.text(st.characters(codec="gb2312", min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=8, max_size=200),
    st.sampled_from(["utf-8", "gbk", "gb18030", "gb2312", "utf-16", "utf-8-sig", "utf-16-le", "utf-16-be"]),
    st.sampled_from(["utf-8", "gb2312", "GBK", "iso-8859-1", "nonsense", ""]),
)
def test_any_encoding_reads_whatever_is_declared(text: str, encoding: str, declared: str) -> None:
    # A few characters in one row of the GB table are letters in UTF-8, as no real text is.
    assume("utf" in encoding or not is_utf8(text.encode(encoding)))
    source = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    assert lines(read_html(source.encode(encoding))) == [text]


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_read_or_fail_as_announced(data: bytes) -> None:
    with suppress(NothingToRead):
        assert read_html(b"<table><tr><td>" + data).blocks


def test_declared_big5_is_read() -> None:
    source = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>政府資訊公開年度報告</p>'
    assert lines(read_html(source.encode("big5"))) == ["政府資訊公開年度報告"]


def test_gb18030_characters_under_a_gb2312_declaration() -> None:
    source = '<meta charset="gb2312"><p>㙍䶮€𠮷</p>'
    assert decode(source.encode("gb18030")) == source


def test_a_file_cut_in_a_character_keeps_the_rest() -> None:
    assert decode_bytes("年度报告".encode()[:-1]).startswith("年度报")


@pytest.mark.parametrize("year", ["2019", "2021", "2022", "2023"])
def test_real_pages_give_their_three_tables(year: str) -> None:
    document = read_html(sample(f"pingtan-{year}.html"))
    _, requests, disputes = document.grids()
    # The page of 2021 sets one heading and its figures over two columns.
    assert max(cell.col + cell.colspan for cell in requests.cells) == (11 if year == "2021" else 10)
    assert {len(row) for row in list(requests.rows())[3:5]} == {8}
    assert [cell.col for cell in list(disputes.rows())[-1]] == list(range(15))
    assert document.blocks[0] == Paragraph(f"平潭综合实验区{year}年度政府信息公开工作年度报告", heading=True)
    assert document.metadata.url.startswith("https://www.pingtan.gov.cn/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", document.metadata.published)


def test_a_real_fragment_keeps_blank_cells_and_breaks() -> None:
    first, requests, _ = read_html(sample("shanghai-office-2019.html")).grids()
    assert texts(first)[1] == ["信息内容", "本年新\n制作数量", "本年新\n公开数量", "对外公开总数量"]
    assert texts(requests)[4] == ["二、上年结转政府信息公开申请数量", "18", "", "", "", "", "", "18"]


def test_a_figure_over_two_columns_is_not_doubled() -> None:
    grid = page("<table><tr><td>规章</td><td colspan=2>13</td><td>5</td></tr></table>").grids()[0]
    assert places(grid) == [("规章", 0, 0, 1, 1), ("13", 0, 1, 1, 2), ("5", 0, 3, 1, 1)]


def test_absurd_spans_end_with_the_table() -> None:
    grid = page(
        "<table><tr><td colspan=1000>总</td></tr><tr><td rowspan=0>a</td><td>b</td></tr>"
        "<tr><td rowspan=99999 colspan=x>c</td></tr></table>"
    ).grids()[0]
    assert places(grid) == [("总", 0, 0, 1, 2), ("a", 1, 0, 2, 1), ("b", 1, 1, 1, 1), ("c", 2, 1, 1, 1)]


def test_a_rowspan_ends_with_its_row_group() -> None:
    grid = page("<table><thead><tr><td rowspan=9>a<td>b</thead><tbody><tr><td>c<td>d</tbody></table>").grids()[0]
    assert places(grid)[2:] == [("c", 1, 0, 1, 1), ("d", 1, 1, 1, 1)]


def test_missing_end_tags_and_unequal_rows() -> None:
    grid = page("<table><tr><td>a<td>b<td>c<tr><td>d<tr><td>e<td>f</table>").grids()[0]
    assert texts(grid) == [["a", "b", "c"], ["d"], ["e", "f"]]


def test_cells_without_rows_and_forms_between() -> None:
    assert texts(page("<table><td>a<td>b</table>").grids()[0]) == [["a", "b"]]
    assert texts(page("<table><form><tr><td>a<td>b</tr></form></table>").grids()[0]) == [["a", "b"]]


def test_head_first_foot_last_and_the_caption_before() -> None:
    document = page(
        "<table><caption>表1</caption><tfoot><tr><td>z<td>9</tfoot><tbody><tr><td>b<td>1</tbody>"
        "<thead><tr><td>a<td>0</thead></table>"
    )
    assert document.blocks[0] == Paragraph("表1")
    assert texts(document.grids()[0]) == [["a", "0"], ["b", "1"], ["z", "9"]]


def test_a_table_that_never_ends_does_not_swallow_the_next() -> None:
    document = page(
        "<table><tr><td>a</td><td>1</td></tr><p>三、</p><table><tr><td>b</td><td>2</td></tr></table><p>四、</p>"
    )
    assert [block.text if isinstance(block, Paragraph) else texts(block) for block in document.blocks] == [
        [["a", "1"]],
        "三、",
        [["b", "2"]],
        "四、",
    ]


DATA = "<table><tr><td>规章</td><td>1</td></tr><tr><td>文件</td><td>2</td></tr></table>"


def test_a_layout_table_is_read_as_text_around_its_grids() -> None:
    document = page(
        f"<table><tr><td>首页</td><td><p>二、情况</p>{DATA}<p>五、</p>{DATA}</td></tr><tr><td colspan=2>版权</table>"
    )
    assert lines(document) == ["首页", "二、情况", "五、", "版权"]
    assert [texts(grid) for grid in document.grids()] == [[["规章", "1"], ["文件", "2"]]] * 2


def test_a_small_table_in_a_cell_costs_no_figures() -> None:
    rows = "".join(f"<tr><td>行{n}</td><td>{n}</td><td>{n}</td></tr>" for n in range(9))
    document = page(f"<table>{rows}<tr><td>注</td><td>{DATA}</td><td><table><tr><td>7</table></td></tr></table>")
    assert texts(document.grids()[0])[8:] == [["行8", "8", "8"], ["注", "规章\n1\n文件\n2", "7"]]
    assert len(document.blocks) == 1


def test_an_article_in_a_cell_is_text() -> None:
    prose = "".join(f"<p>{n}、本年度共公开信息若干件，均在法定期限内办结。</p>" for n in range(60))
    assert len(lines(page(f"<table><tr><td>导航</td><td>{prose}</td></tr></table>"))) == 61


def test_breaks_part_lines_outside_tables_and_stay_in_cells() -> None:
    document = page(
        "<div>一、总体<br/>二、<b>主动</b>\n 公开<div>三、</div>四、</div>" + DATA.replace("规章", "规<br>章")
    )
    assert lines(document) == ["一、总体", "二、主动 公开", "三、", "四、"]
    assert document.grids()[0].cells[0].text == "规\n章"


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display: none">9</span>',
        '<span style="color:red;DISPLAY:NONE !important">9</span>',
        "<span hidden>9</span>",
        '<span style="visibility:hidden">9</span>',
        '<span style="font-size:0px">9<b>9</b></span>',
        '<p style="text-indent:-9999px">9</p>',
        '<span style="position:absolute;left:-9999px">9</span>',
        '<span class="trap">9</span>',
        '<span style="mso-hide:all">9</span>',
        "<script>9</script><style>i{}</style><noscript>9</noscript><template>9</template>",
        "<!-- 9 --><!--[if gte mso 9]><xml>9</xml><![endif]-->",
        "<input type=hidden value=9><input type=password value=9><datalist><option>9</datalist>",
    ],
)
def test_hidden_text_is_not_read(hidden: str) -> None:
    document = page(
        f"<p>一{hidden}</p><table><tr><td>规章</td><td>{hidden}0</td></tr></table>",
        "<style>p{color:red} .trap{display:none}</style>",
    )
    assert lines(document) == ["一"]
    assert texts(document.grids()[0]) == [["规章", "0"]]


def test_a_cell_that_is_not_displayed_has_no_place_but_an_invisible_one_has() -> None:
    grid = page('<table><tr><td>a<td style="display:none">9<td style="visibility:hidden">9<td>1</table>').grids()[0]
    assert places(grid) == [("a", 0, 0, 1, 1), ("", 0, 1, 1, 1), ("1", 0, 2, 1, 1)]


def test_text_with_a_size_of_its_own_in_a_container_of_size_zero_is_seen() -> None:
    assert lines(page('<div style="font-size:0">9<span style="font-size:14px">见</span>9</div>')) == ["见"]


@pytest.mark.parametrize("size", ["inherit", "medium", "0.9em", "10pt", ".5em", "07px"])
def test_a_size_that_is_not_zero_hides_nothing(size: str) -> None:
    assert lines(page(f'<p style="text-decoration:none;font-size:{size};margin-left:-500px">见</p>')) == ["见"]


def test_a_class_that_other_rules_show_again_is_not_hidden() -> None:
    style = "<style>.tab{display:none}.tab.on{display:block} @media print{.all{display:none}}</style>"
    assert lines(page('<div class="tab on">见</div><div class="all">也见</div>', style)) == ["见", "也见"]


def test_a_body_hidden_until_its_script_runs_is_read() -> None:
    assert lines(read_html('<body style="display:none"><p>见</p></body>'.encode())) == ["见"]


def test_text_after_the_end_of_the_page_is_kept() -> None:
    assert lines(read_html(b"<html><body><p>a</p></body></html><p>b</p><html><body>c</body></html>")) == ["a", "b", "c"]


def test_an_end_of_paragraph_that_closes_nothing_parts_lines() -> None:
    assert lines(page("<p>a<div>b</div>c</p>d")) == ["a", "b", "c", "d"]


def test_word_markup_leaves_its_text() -> None:
    source = '<p><![if !supportLists]>一<![endif]>、<?xml:namespace prefix="o" /><o:p>总体&nbsp;情况</o:p>&#x3002;</p>'
    assert lines(page(source)) == ["一、总体 情况。"]


def test_markdown_with_html_tables_keeps_its_lines() -> None:
    source = f"# 年度报告\n\n一、总体情况\n本年度无。\n<html><body>{DATA}</body></html>\n\n## 三、申请\n无\n"
    document = read_html(source.encode())
    assert document.paragraphs() == (
        Paragraph("年度报告", heading=True),
        Paragraph("一、总体情况"),
        Paragraph("本年度无。"),
        Paragraph("三、申请", heading=True),
        Paragraph("无"),
    )
    assert texts(document.grids()[0]) == [["规章", "1"], ["文件", "2"]]


def test_line_ends_in_pre_are_kept() -> None:
    assert lines(page("<pre>一、\n  二、</pre>")) == ["一、", "二、"]


@pytest.mark.parametrize("tag", ["div", "font", "table><tr><td"])
def test_pages_nested_without_end_lose_nothing(tag: str) -> None:
    document = page(f"<{tag}>" * 5000 + "<p>深</p>" + DATA)
    assert "深" in str(document.blocks)
    assert "规章" in str(document.blocks)


def test_metadata() -> None:
    document = page(
        "<p>x</p>",
        '<title>题_站</title><meta name="ArticleTitle" content="题"><meta name="PubDate" content="2023年2月3日 10:00">'
        '<meta name="ContentSource" content="办公室"><meta name="SiteName" content="站">'
        '<meta name="source" content="本站"><meta property="og:url" content="https://a.gov.cn/x">',
    )
    said = document.metadata
    assert (said.title, said.published, said.url, said.publisher) == (
        "题",
        "2023-02-03",
        "https://a.gov.cn/x",
        "办公室",
    )


@pytest.mark.parametrize(
    ("printed", "date"),
    [("2023-02-20 15:22", "2023-02-20"), ("20230220", "2023-02-20"), ("2023/2/3", "2023-02-03"), ("昨天", "昨天")],
)
def test_dates(printed: str, date: str) -> None:
    assert page("x", f'<meta name="publishdate" content="{printed}">').metadata.published == date


@pytest.mark.parametrize("source", [b"", b"<html></html>", b"<div id=app></div><script>draw('report')</script>"])
def test_a_page_without_text_says_what_to_do(source: bytes) -> None:
    with pytest.raises(NothingToRead, match="browser") as caught:
        read_html(source)
    assert caught.value.message


@pytest.mark.parametrize(
    "source",
    ["<table " * 100000, "</p " * 100000, "<style>" + "/*" * 100000 + ".a{display:none", "<style>" + "@media{" * 50000],
)
def test_hostile_sources_take_no_time(source: str) -> None:
    started = time.perf_counter()
    page(f"<p>文</p>{source}")
    assert time.perf_counter() - started < 5


# What a person sees ------------------------------------------------------------------------------------------------


def cell(fragment: str, sheet: str = "", attributes: str = "", before: str = "", behind: str = "") -> Cell:
    """The cell of a figure in a table, as it is read."""
    row = f"<tr {before}><td>行政许可</td><td {attributes}>{fragment}</td></tr><tr><td>行政强制</td><td>7</td></tr>"
    head = sheet if sheet.startswith("<") else f"<style>{sheet}</style>"
    return page(f"<table>{row}</table>{behind}", head).grids()[0].cells[1]


def read(fragment: str, *more: str) -> tuple[str, tuple[str, ...]]:
    found = cell(fragment, *more)
    return found.text, found.doubts


@pytest.mark.parametrize(
    ("fragment", "sheet"),
    [
        ("<s>2692</s>2629", ""),
        ("<del><span>26</span><b>92</b></del>2629", ""),
        ("<strike>2692</strike><br>2629", ""),
        ("<s><p>2692</p></s><p>2629</p>", ""),
        ("<STRIKE class=x><p>2692</p><p>2692</p></STRIKE><p>2629</p>", ""),
        ("<s>2692</s> <ins>2629</ins>", ""),
        ('<span style="text-decoration:line-through">2692</span>2629', ""),
        ('<div style="TEXT-DECORATION: line-through"><p>2692</p></div><p>2629</p>', ""),
        ('<i class="old">2692</i>2629', ".old{text-decoration:underline line-through red}"),
        ('<i class="old">2692</i>2629', "table tr > td .old{text-decoration-line:line-through}"),
        (
            '<i class="old new">2692</i>2629',
            ".old{text-decoration:line-through!important}.old.new{text-decoration:none}",
        ),
        ('<s><input value="2692"></s>2629', ""),
    ],
)
def test_a_figure_struck_out_is_left_out(fragment: str, sheet: str) -> None:
    text, doubts = read(fragment, sheet)
    assert text == "2629"
    assert "struck-out" in doubts


@pytest.mark.parametrize(
    ("fragment", "attributes", "before"),
    [
        ("<s>2629</s>", "", ""),
        ("2629", 'style="text-decoration:line-through"', ""),
        ("<p>2629</p>", "", 'style="text-decoration:line-through"'),
        ("<s>2629</s>", 'style="text-decoration:none"', ""),
    ],
)
def test_a_figure_struck_out_alone_is_no_figure_and_no_blank(fragment: str, attributes: str, before: str) -> None:
    assert read(fragment, "", attributes, before) == ("~~2629~~", ("struck-out",))


def test_a_row_struck_out_keeps_its_label() -> None:
    label = page("<table><tr><td><s>规章</s></td><td><s>1</s></td></tr><tr><td>文件</td><td>2</td></tr></table>")
    assert texts(label.grids()[0]) == [["规章", "~~1~~"], ["文件", "2"]]


def test_rows_and_tables_struck_out_and_printed_anew_are_left_out() -> None:
    old = '<tr style="text-decoration:line-through"><td>规章</td><td>1</td></tr>'
    new = "<tr><td>规章</td><td>2</td></tr>"
    other = "<tr><td>文件</td><td>3</td></tr>"
    assert texts(page(f"<table>{old}{new}{other}</table>").grids()[0]) == [["规章", "2"], ["文件", "3"]]
    assert texts(page(f"<table>{new}{old}{other}</table>").grids()[0]) == [["规章", "2"], ["文件", "3"]]
    tables = f"<del><table>{new}{other}</table></del><table>{new}{other}</table>"
    assert [texts(grid) for grid in page(tables).grids()] == [[["规章", "2"], ["文件", "3"]]]


def test_a_line_struck_out_is_not_read() -> None:
    assert lines(page("<p><s>2022</s>2023年度报告</p><p><del>删去</del></p>")) == ["2023年度报告"]


@pytest.mark.parametrize(
    ("fragment", "sheet"),
    [
        ("2629<sup>2</sup>", ""),
        ("2629<sup>[2]</sup>", ""),
        ("2629<sup>注1</sup>", ""),
        ("<sup>①</sup>2629", ""),
        ("2629<sub>2</sub>", ""),
        ('2629<span style="vertical-align:super;font-size:8px">2</span>', ""),
        ('2629<span style="vertical-align:6px">2</span>', ""),
        ('2629<span style="vertical-align:50%">2</span>', ""),
        ('2629<span style="position:relative;top:-.5em;font-size:75%">2</span>', ""),
        ('2629<span style="position:relative;top:-6.0pt;mso-text-raise:6.0pt">2</span>', ""),
        ('2629<span class="n">2</span>', "td span.n{vertical-align:text-top;font-size:x-small}"),
        ('2629<span class="n">2</span>', ".n{vertical-align:sub}"),
        ("2629<small>2</small>", ""),
        ("2629<font size=1>2</font>", ""),
        ('2629<span style="font-size:50%">2</span>', ""),
        ('2629<a href="#_ftn1">2</a>', ""),
        ('2629<a href="#n"><sup>2</sup></a>', ""),
        ('2629<a href="javascript:;">2</a>', ""),
        ('2629<a name="_ftnref1">2</a>', ""),
        ('2629<a href="https://a.cn/b.html#_ftn2">[2]</a>', ""),
        ("<ruby>2629<rp>(</rp><rt>2</rt><rp>)</rp></ruby>", ""),
        ('2629<span style="font-variant-position:super">2</span>', ""),
    ],
)
def test_the_digit_of_a_note_is_no_digit_of_the_figure(fragment: str, sheet: str) -> None:
    assert read(fragment, sheet) == ("2629", ("note",))


@pytest.mark.parametrize(
    ("fragment", "sheet"),
    [
        ('<a href="#x"><b>26</b><span>29</span></a>', ""),
        ("<small>2629</small>", ""),
        ('<span style="font-size:9pt">26</span><span style="font-size:9pt">29</span>', ""),
        ('<span style="position:relative;top:-1.0pt;mso-text-raise:1.0pt">26</span>29', ""),
        ('<sup style="vertical-align:baseline;font-size:100%">2629</sup>', ""),
        ('<span style="text-decoration:underline;color:red">2629</span>', ""),
        ('<s style="text-decoration:none">2629</s>', ""),
        ('<span style="vertical-align:middle">26</span>29', ""),
        ("<u>2629</u>", ""),
        ('<span aria-hidden="true">2629</span>', ""),
        ('<a title="2629 件">2629</a><!-- 9 --><noscript>9</noscript>', ""),
        ('<div style="overflow:hidden;height:20px">2629</div>', ""),
        ('<div style="overflow:hidden;width:auto;max-height:none;height:calc(9px + 1em)">2629</div>', ""),
        ('<div style="overflow:hidden;width:1%">2629</div>', ""),
        ('<span style="overflow:hidden;width:0">2629</span>', ""),
        ('<div style="position:relative;left:9px;margin-left:-10px">2629</div>', ""),
        ('<b style="opacity:.8">2629</b>', ""),
        ('<i class="a">2629</i>', ".a{display:none}td .a{display:inline}"),
        ('<i class="a" style="display:inline">2629</i>', ".a{display:none}"),
        ('<i class="a">2629</i>', "@media print{.a{display:none}}@media (max-width:9px){.a{display:none}}"),
        ('<i class="a">2629</i>', ".a:hover{display:none}.a::selection{color:#fff}@keyframes x{from{opacity:0}}"),
        ('<i class="a">2629</i>', '.a::after{content:"";display:table;clear:both}'),
        ('2629<img src="x.gif" width="1" height="1"><img src="data:image/gif;base64,R0lGODlhAQABA">', ""),
        ('2629<img src="x.gif" style="display:none">', ""),
        ("2629<script>var a = 1;</script><button>复制</button><input type=checkbox value=9>", ""),
    ],
)
def test_a_figure_in_plain_sight_is_plain(fragment: str, sheet: str) -> None:
    assert read(fragment, sheet) == ("2629", ())


def test_raised_figures_alone_are_read_in_doubt() -> None:
    assert read("<sup>2629</sup>") == ("2629", ("note",))


def test_a_raised_sign_in_a_unit_is_no_note() -> None:
    assert lines(page("<p>面积5km<sup>2</sup>，约30件<sup>[1]</sup>。</p>")) == ["面积5km2，约30件。"]


@pytest.mark.parametrize(
    "style",
    [
        "color:white",
        "COLOR: #FFFFFF",
        "color:#fff !important",
        "color:#fefefe",
        "color:rgb(255, 255, 255)",
        "color:rgb(100% 100% 100%)",
        "color:rgba(0,0,0,0)",
        "color:hsl(0,0%,100%)",
        "color:transparent",
        "-webkit-text-fill-color:transparent",
        "background:#000",
        "opacity:0",
        "filter:opacity(0)",
        "font-size:0",
        "font-size:1px",
        "font:0/0 a",
        "visibility:hidden",
        "display:none",
        "mso-hide:all",
        "position:absolute;left:-9999px",
        "position:relative;left:-9999px",
        "position:absolute;clip:rect(0,0,0,0)",
        "position:absolute;clip:rect(1px 1px 1px 1px)",
        "clip-path:inset(50%)",
        "clip-path:circle(0)",
        "position:absolute;width:1px;height:1px;overflow:hidden",
        "display:inline-block;width:0;overflow:hidden",
        "display:block;max-height:0;overflow:hidden",
        "display:inline-block;text-indent:-9999px",
        "display:inline-block;transform:scale(0)",
        "display:inline-block;transform:translateX(-9999px)",
        "content-visibility:hidden",
        "display:inline-block;scale:0",
        "margin-left:-9999px",
        "position:absolute;left:-100vw",
        "position:absolute;inset:-9999px auto auto -9999px",
        "display:inline-block;translate:-9999px 0",
        "zoom:0.01",
        "-webkit-mask-image:linear-gradient(transparent,transparent)",
        "mask:url(a.svg)",
        "filter:brightness(0) invert(1)",
        "background:linear-gradient(transparent 45%,#000 45%,#000 55%,transparent 55%)",
        "--shown:none;display:var(--shown)",
    ],
)
@pytest.mark.parametrize("way", ["inline", "class", "inside"])
def test_characters_nobody_sees_are_left_out(style: str, way: str) -> None:
    trap = {
        "inline": f'<span style="{style}">9</span>2629',
        "class": '<span class="t">9</span>2629',
        "inside": f'<span style="{style}"><b><i>9</i></b></span>2629',
    }
    sheet = f"td .t{{{style}}}" if way == "class" else ""
    assert read(trap[way], sheet) == ("2629", ("hidden",))


@pytest.mark.parametrize(
    ("fragment", "sheet", "attributes", "before"),
    [
        ('<font color="white">9</font>2629', "", "", ""),
        ('<font color="FFFFFF">9</font>2629', "", "", ""),
        ('<font color="white"><center>9</center></font>2629', "", "", ""),
        ('<i style="color:#f0f0f0">9</i>2629', "", 'bgcolor="#f0f0f0"', ""),
        ('<i style="color:#eee">9</i>2629', "", "", 'style="background:#eee"'),
        ('<i style="color:#225">9</i><i style="color:#fff">2629</i>', ".d td{background:#225 none}", "", "class=d"),
        ('<b style="color:#fff"><i style="color:inherit">9</i></b>2629', "", "", ""),
        ("<i hidden>9</i>2629", "", "", ""),
        ("<details><summary>2629</summary><p>9</p></details>", "", "", ""),
        ("<dialog>9</dialog>2629", "", "", ""),
        ('<input value=9 style="display:none">2629', "", "", ""),
        ('<i style="color:#fff">9</i>2629', '<link rel="stylesheet" href="a.css">', "", ""),
        ('<i style="visibility:hidden">9<b style="visibility:visible">2629</b></i>', "", "", ""),
    ],
)
def test_characters_of_the_colour_of_their_ground(fragment: str, sheet: str, attributes: str, before: str) -> None:
    assert read(fragment, sheet, attributes, before) == ("2629", ("hidden",))


@pytest.mark.parametrize(
    ("fragment", "sheet", "attributes", "before"),
    [
        ('<i style="color:#fff">2629</i>', "", 'bgcolor="#333333"', ""),
        ('<i style="color:#fff">2629</i>', "", "", 'style="background:navy"'),
        ("2629", "", 'style="background-color:#036;color:#fff"', ""),
        ('<i style="color:#fff">2629</i>', ".d td{background:#225}", "", "class=d"),
        ('<i style="color:#fff">2629</i>', "", 'style="background:url(x.png)"', ""),
        ('<i style="color:#fff"><a href="x.html">2629</a></i>', "", "", ""),
        ('<i style="color:#fff;text-shadow:0 0 2px #000">2629</i>', "", "", ""),
        ('<i style="color:var(--x)">2629</i>', "", "", ""),
    ],
)
def test_white_figures_on_a_dark_ground_are_seen(fragment: str, sheet: str, attributes: str, before: str) -> None:
    assert read(fragment, sheet, attributes, before) == ("2629", ())


def test_a_cell_that_nobody_sees_is_blank_in_doubt() -> None:
    assert read('<i style="color:#fff">9</i>') == ("", ("hidden",))
    linked = '<link rel="stylesheet" href="a.css">'  # what it says of the ground is not known
    assert read('<i style="color:#fff">9</i>', linked) == ("9", ("hidden",))


def test_a_part_of_a_page_that_is_faded_in_by_a_script_is_read() -> None:
    prose = "本年度公开信息。" * 80
    assert lines(page(f'<div style="opacity:0"><p>{prose}</p></div><p style="opacity:0">9</p>')) == [prose]


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ('<input value="2629" disabled>', "2629"),
        ('<p><input type="number" value="2629"></p>', "2629"),
        ("<select><option>1</option><option selected>2629</option></select>", "2629"),
        ("<select><option>2629</option><option>1</option></select>", "2629"),
        ("<textarea>2629</textarea>", "2629"),
        ("<input type=text>", ""),
        ("<select multiple><option>1</option><option>2</option></select>", "1 2"),
        ('<input value="2629">件', "2629件"),
    ],
)
def test_the_value_of_a_form_field_is_read_in_doubt(fragment: str, text: str) -> None:
    assert read(fragment) == (text, ("form-field",))


def test_form_fields_outside_of_tables_are_no_text() -> None:
    assert lines(page('<p>一、<input value="搜索"><select><option>首页</select></p>')) == ["一、"]


@pytest.mark.parametrize(
    ("fragment", "sheet", "attributes"),
    [
        ('<img src="a.png">', "", ""),
        ('<img src="a.png" alt="2629">', "", ""),
        ('<a href="x"><img src="a.png"></a>', "", ""),
        ("<svg width=20 height=9><text>2629</text></svg>", "", ""),
        ("<canvas>9</canvas>", "", ""),
        ('<object data="a.svg">9</object>', "", ""),
        ("<math><mn>9</mn></math>", "", ""),
        ("", "", 'style="background:url(a.png) no-repeat"'),
        ("", "", 'background="a.png"'),
        ('<i class="d"></i>', ".d{display:inline-block;background-image:url(a.png)}", ""),
        ("", "td.x::before{content:attr(data-n)}", 'class="x" data-n="2629"'),
        ("", ".x:after{content:'2629'}", 'class="x"'),
        ('<bdo dir="rtl">9262</bdo>', "", ""),
    ],
)
def test_what_is_drawn_in_a_cell_is_neither_blank_nor_a_figure(fragment: str, sheet: str, attributes: str) -> None:
    assert read(fragment, sheet, attributes) == (PICTURE, ("picture",))


def test_a_picture_beside_a_figure_leaves_it_open() -> None:
    assert read('26<img src="a.png">') == (f"26{PICTURE}", ("picture",))
    assert read("2629", '.x::before{content:"9"}', "class=x") == (f"{PICTURE}2629", ("picture",))


@pytest.mark.parametrize("line", ["color:#fff", "font-size:0", "color:transparent", "opacity:0"])
@pytest.mark.parametrize("fragment", ["2629", "<p>2629</p>"])
def test_a_first_letter_that_is_not_seen_leaves_a_figure_open(line: str, fragment: str) -> None:
    text, doubts = read(fragment, f"td.x::first-letter, .x p:first-letter{{{line}}}", "class=x")
    assert PICTURE in text
    assert doubts == ("picture",)


def test_a_first_letter_in_another_colour_is_seen() -> None:
    assert read("2629", ".x::first-letter{color:#900;font-size:2em}", "class=x") == ("2629", ())


def test_pictures_in_text_leave_no_sign() -> None:
    assert lines(page('<p>一、<img src="a.png">总体</p><table><tr><td><img src="a.png">甲</td></tr></table>')) == [
        "一、总体",
        "甲",
    ]


@pytest.mark.parametrize(
    ("fragment", "attributes", "script"),
    [
        ("<script>document.write(26 + 29)</script>", "", ""),
        ('<script>document.write("<b>2629</b>")</script>', "", ""),
        ("<span id=a></span>", "", 'document.getElementById("a").textContent = 2629'),
        ("", "id=a7", 'for (i = 1; i < 9; i++) document.getElementById("a" + i).innerHTML = d[i]'),
        ("", "id=a7", "for (i of n) $(`#a${i}`).text(d[i])"),
        ("", "data-k=lic", "all('[data-k]').forEach(e => { e.textContent = d[e.dataset.k] })"),
        ("", "class=v", 'document.querySelector(".v").innerText = "2629"'),
        ("", "", "document.querySelectorAll('td')[1].textContent = '2629'"),
        ("<i v-text='a.b'></i>", "", ""),
    ],
)
def test_a_cell_that_a_script_fills_is_not_blank(fragment: str, attributes: str, script: str) -> None:
    behind = f"<script>{script}</script>" if script else ""
    assert read(fragment, "", attributes, "", behind) == (PICTURE, ("script",))


@pytest.mark.parametrize(
    "script", ['document.write("2629")', "document.writeln('2629');", "<!--\ndocument.write(2629)\n// -->"]
)
def test_a_figure_that_a_script_writes_plainly_is_read_in_doubt(script: str) -> None:
    assert read(f"<script>{script}</script>") == ("2629", ("script",))


def test_a_figure_that_a_script_may_change_is_in_doubt() -> None:
    script = '<script>document.getElementById("a").innerHTML = 2629</script>'
    assert read("0", "", "id=a", "", script) == ("0", ("script",))


@pytest.mark.parametrize(
    ("fragment", "script"),
    [
        ("<b class=v>2629</b>", "document.querySelectorAll('.v').forEach((e, k) => e.textContent = d[k])"),
        ("<b class=v>2629</b>", "for (e of document.getElementsByClassName('v')) e.innerText = 1"),
        ("<b class=v>2629</b>", "$('.v').text(d)"),
        ("<b class=v>2629</b>", "$('.v').countTo({to: 9})"),
        ("<b name=v>2629</b>", "document.getElementsByName('v')[0].innerText = 1"),
        ("<b n=v>2629</b>", "for (e of document.querySelectorAll('[n]')) e.textContent = e.getAttribute('n')"),
        ("<b>2629</b>", "document.querySelectorAll('td b').forEach(e => e.style.display = 'none')"),
        ("<b class=v>26</b>29", "$('.v').hide()"),
        ("<b class=v>26</b>29", "$('.v:first').remove()"),
        ("<b class=v>26</b>29", "$('.v').addClass('off')"),
        ("<b class=v>26</b>29", "s = document.createElement('style'); s.innerHTML = '.v{display:none}'"),
        ("<b class=v>26</b>29", "document.write('<style>.v{display:none}</style>')"),
        ("<b v-if='a'>26</b>29", "new Vue({el: 'body'})"),
        ("<b v-show='a'>26</b>29", "new Vue({el: 'body'})"),
        ("<x-n>2629</x-n>", "customElements.define('x-n', class { a() { this.attachShadow({}).innerHTML = 1 } })"),
        ("2629", "document.body.innerHTML = document.body.innerHTML.replace(/9/g, '8')"),
    ],
)
def test_a_figure_that_a_script_may_rewrite_or_hide_is_in_doubt(fragment: str, script: str) -> None:
    found = read(fragment, ".off{display:none}", "", "", f"<script>{script}</script>")
    assert found == ("2629", ("script",))


@pytest.mark.parametrize(
    "script",
    [
        "$('.menu').hide(); $('#top').click(function () { $('.nav li').slideUp(9) })",
        "$('td').css('text-align', 'center'); $('.menu').hide()",
        "$('table').attr('border', 1); $('tr').addClass('odd'); $('.v').addClass('wide')",
        "old = document.body.innerHTML; document.body.innerHTML = part; window.print(); document.body.innerHTML = old",
        "if ($('.v').text() == '') alert(1)",
        "document.body.innerHTML += '<i>9</i>'",
    ],
)
def test_scripts_that_change_other_things_leave_figures_alone(script: str) -> None:
    sheet = ".odd{background:#eee}.off{display:none}"
    assert read("<b class=v>2629</b>", sheet, "", "", f"<script>{script}</script>") == ("2629", ())


def test_a_blank_cell_that_no_script_names_is_blank() -> None:
    script = '<script>document.getElementById("b").innerHTML = 2629; var tdx = 1</script>'
    assert read("", "", "id=a", "", script) == ("", ())


@pytest.mark.parametrize(
    "whole", ["26<wbr>29", "26\u200b29", "26&shy;29", "<span>26</span><span>29</span>", "<b>26</b>29"]
)
def test_a_figure_that_is_one_run_on_the_page_is_one(whole: str) -> None:
    text, doubts = read(whole)
    assert (fold(text), doubts) == ("2629", ())


@pytest.mark.parametrize(
    "broken",
    [
        "26<br>29",
        "<p>26</p><p>29</p>",
        "26 29",
        '26<span style="display:block">29</span>',
        '<span style="float:right">26</span>29',
        '<span style="position:absolute">26</span>29',
        '<div style="display:flex;flex-flow:row-reverse wrap"><i>29</i><i>26</i></div>',
    ],
)
def test_a_figure_that_is_broken_on_the_page_stays_open(broken: str) -> None:
    assert figure(read(broken)[0]).kind == "unreadable"


def test_signs_that_stand_for_marks_are_taken_from_a_file() -> None:
    assert read("\ufdd026\ufddf29") == ("2629", ())


def test_a_long_style_sheet_takes_no_time() -> None:
    sheet = "".join(f".c{at} td,.c{at}:hover{{color:#fff;position:relative}}" for at in range(10_000))
    started = time.perf_counter()
    assert read("2629", f"{sheet}.c{{color:#fff}}", "class=c") == ("", ("hidden",))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("fragment", "sheet"),
    [
        ("26<b class=c>29</b>", ":root{--d:none}.c{display:var(--d)}"),
        ("26<b class=c>29</b>", ".c{color:var(--none, #fff)}"),
        ("26<b style='color:var(--ground)'>29</b>", ":root{--ground:var(--white);--white:#fff}"),
        ("26<b class=c>29</b>", "td{color:#000;& .c{display:none}}"),
        ("26<b class=c>29</b>", "td{.c{visibility:hidden}}"),
        ("26<b class=c>29</b>", "@media screen{td{> .c{font-size:0}}}"),
        ("26<b class=c>29</b>", "p,td{--d:none}.c{display:var(--d)}:root{--d:inline}"),
        ("26<b class='md:off'>29</b>", r".md\:off{display:none}"),
        ("26<b class=c>29</b>", "<style><!-- .c{display:none} --></style>"),
    ],
)
def test_what_variables_and_rules_within_rules_hide_is_left_out(fragment: str, sheet: str) -> None:
    assert read(fragment, sheet) == ("26", ("hidden",))


@pytest.mark.parametrize(
    "sheet",
    [
        ":root{--d:inline}.c{display:var(--d)}",
        "p,td{--d:inline}.c{display:var(--d)}:root{--d:none}",
        "p{& .c{display:none}}",
        "@media print{td{& .c{display:none}}}",
    ],
)
def test_what_variables_and_rules_within_rules_show_is_read(sheet: str) -> None:
    assert read("26<b class=c>29</b>", sheet) == ("2629", ())


@pytest.mark.parametrize(
    "line",
    [
        "content:'';position:absolute;left:0;right:0;top:50%;border-top:1px solid red",
        "content:'';position:absolute;left:0;width:100%;bottom:45%;height:1px;background:#000",
    ],
)
def test_a_line_that_a_style_sheet_draws_through_a_figure_strikes_it_out(line: str) -> None:
    assert read("<i class=c>26<b>92</b></i>2629", f".c{{position:relative}}.c::after{{{line}}}") == (
        "2629",
        ("struck-out",),
    )
    assert read("<i class=c>2629</i>", f".c::after{{{line.replace('50%', '100%').replace('45%', '0')}}}") == (
        "2629",
        (),
    )


def test_what_the_shadow_of_an_element_shows_is_read() -> None:
    assert read("<i><template shadowrootmode=open><b>2629</b></template></i>") == ("2629", ())
    assert read("<i><template shadowmode=open><b>2629</b></template></i>") == ("2629", ("script",))
    assert read("2629<template><b>9</b></template>") == ("2629", ())


@pytest.mark.parametrize(
    "turn",
    [
        "transform:scaleX(-1)",
        "transform:rotate(180deg)",
        "transform:rotateY(180deg)",
        "rotate:180deg",
        "scale:-1 1",
    ],
)
def test_mirrored_figures_are_no_figures(turn: str) -> None:
    assert read(f'<i style="display:inline-block;{turn}">2629</i>') == (PICTURE, ("picture",))


@pytest.mark.parametrize("font", ["face=Wingdings", "style='font-family:webdings'", "style='font:12px Wingdings'"])
def test_letters_of_a_font_of_signs_are_no_digits(font: str) -> None:
    assert read(f"<font {font}>5</font>") == (PICTURE, ("picture",))
    assert read(f"<font {font}><b style='font-family:serif'>5</b></font>") == ("5", ())


def test_figures_in_another_order_than_written_stay_open() -> None:
    flex = '<i style="display:flex"><b style="order:2">29</b><b style="order:1">26</b></i>'
    assert figure(read(flex)[0]).kind == "unreadable"


@pytest.mark.parametrize(
    "button", ["<button>2629</button>", "<input type=button value=2629>", "<input type=submit value=2629>"]
)
def test_figures_on_buttons_are_in_doubt(button: str) -> None:
    assert read(button) == ("2629", ("form-field",))


@pytest.mark.parametrize("button", ["<button>查看</button>", "<input type=button value=查看>"])
def test_buttons_without_figures_say_nothing(button: str) -> None:
    assert read(f"2629{button}") == ("2629", ())


def test_the_reading_aid_of_a_ruby_is_no_figure() -> None:
    assert read("<ruby>26<rtc>29</rtc></ruby>") == ("26", ("note",))


@pytest.mark.parametrize(
    "style",
    [
        "display:none;display:foo",
        "color:white;color:notacolor",
        "visibility:hidden;visibility:foo",
        "font-size:0;font-size:abc",
        "font-size:0;font-size:12",
        "opacity:0;opacity:x",
        "display:/**/none",
        r"d\69splay:none",
        r"display:n\6fne",
        "display:none;display:block\\9",
    ],
)
def test_a_declaration_that_browsers_do_not_know_is_not_obeyed(style: str) -> None:
    assert read(f'<i style="{style}">9</i>2629') == ("2629", ("hidden",))
    assert read('<i class="q">9</i>2629', f".q{{{style}}}") == ("2629", ("hidden",))


@pytest.mark.parametrize(
    "style",
    [
        "display:none;display:inline-block",
        "display:none;display:-webkit-box",
        "color:white;color:rgb(10 20 30 / 50%)",
        "color:white;color:var(--none,#333)",
        "font-size:0;font-size:calc(1em + 2px)",
        "font-size:0;font-size:1.2E1pt",
        "opacity:0;opacity:.9",
        "width:0;width:100%;overflow:hidden;display:inline-block",
    ],
)
def test_a_later_declaration_that_browsers_know_is_obeyed(style: str) -> None:
    assert fold(read(f'<i style="{style}">2629</i>')[0]) == "2629"


def test_a_line_through_stays_where_what_follows_is_unknown() -> None:
    style = "text-decoration:line-through;text-decoration:foo"
    assert read(f'<i style="{style}">2692</i>2629') == ("2629", ("struck-out",))


@pytest.mark.parametrize(
    "sheet",
    [
        '.a::after{content:"/*"}.q{display:none}.b::after{content:"*/"}',
        ".a{background:url(data:image/png;base64,AA//*)}.q{display:none}/* */",
        ".a::after{content:'}'}.q{display:none}",
        ".q{/* ' */display:none/* ' */}",
    ],
)
def test_strings_and_addresses_in_style_sheets_are_no_comments(sheet: str) -> None:
    assert read("<i class=q>9</i>2629", sheet) == ("2629", ("hidden",))


@pytest.mark.parametrize(
    "tag", ["<s/>", "<del/>", "<strike />", "<del class='a'/>", "<p><s></p><p>", "<div><strike></div>"]
)
def test_a_struck_element_that_nothing_closes_strikes_what_follows(tag: str) -> None:
    assert read(f"{tag}2629") == ("~~2629~~", ("struck-out",))


@pytest.mark.parametrize(
    "fragment",
    [
        "<p><s></p><p>2692</s></p><p>2629</p>",
        "<p><u style='text-decoration:line-through'></p><p>2692</u></p><p>2629</p>",
        "<p><b style='text-decoration:line-through'><p>2692</p></b></p>2629",
        "<ins><s></ins>2692</s>2629",
        "<s><u>2692</s></u>2629",
        "<s>26<del>9</s>2</del>2629",
        "<del>26</s>92</del>2629",
        "<s><table><tr><td>2692</table></s>2629",
    ],
)
def test_letters_stay_struck_out_until_their_tag_is_closed(fragment: str) -> None:
    assert read(fragment) == ("2629", ("struck-out",))


@pytest.mark.parametrize("piece", ["<s>1", "<table><s>1", "<b><s></i>", "<s><div/>1", "</center><center>"])
def test_tags_that_are_never_closed_take_no_time(piece: str) -> None:
    started = time.perf_counter()
    with suppress(NothingToRead):
        page(piece * 10_000)
    assert time.perf_counter() - started < 5


def test_what_is_struck_out_in_a_cell_ends_with_it() -> None:
    table = page("<table><tr><td>许可<td><s>26<td>2629<tr><td>强制<td>7</s><td>8</table>").grids()[0]
    assert [(one.text, one.doubts) for one in table.cells] == [
        ("许可", ()),
        ("~~26~~", ("struck-out",)),
        ("2629", ()),
        ("强制", ()),
        ("7", ()),
        ("8", ()),
    ]


def test_elements_with_a_slash_stay_open() -> None:
    assert read("26<div hidden/>29")[1] == ("hidden",)
    assert read("26<span style='display:none'/>29") == ("26", ("hidden",))
    assert read("2629<sup/>1") == ("2629", ("note",))
    assert read("<img src='a' width='1'/>26<br/>29")[0] == "26\n29"


@pytest.mark.parametrize("end", ["</center>", "</s>", "</strike>"])
def test_an_end_of_nothing_closes_nothing(end: str) -> None:
    assert read(f"2629<div style='display:none'>{end}9</div>") == ("2629", ("hidden",))
    assert read(f"<center>2629</center><div style='display:none'>{end}9</div>") == ("2629", ("hidden",))


@pytest.mark.parametrize("tag", ["noembed", "noframes"])
def test_what_old_browsers_show_is_not_seen(tag: str) -> None:
    assert read(f"<{tag}>9</{tag}>2629") == ("2629", ())


@pytest.mark.parametrize("button", ["<button>9</button>", "<input type=button value=9>", "<input type=submit value=9>"])
def test_a_figure_on_a_button_beside_a_figure_leaves_it_open(button: str) -> None:
    for text, doubts in (read(f"2629{button}"), read(f"{button}2629")):
        assert figure(text).kind == "unreadable"
        assert doubts == ("form-field",)


@pytest.mark.parametrize(
    ("fragment", "sheet"),
    [
        ("<ol start=2629><li></li></ol>", ""),
        ("<ol><li value=2629></li></ol>", ""),
        ("<ol><li>2629</li></ol>", ""),
        ("<ul><li>2629</li></ul>", "ul{list-style:decimal inside}"),
        ("<ul><li>2629</li></ul>", "li{list-style-image:url(a.png)}"),
        ("<p class=c>29</p>", ".c{display:list-item;list-style:inside}.c::marker{content:'26'}"),
        ("<q class=c>29</q>", ".c{quotes:'26' ''}"),
    ],
)
def test_numbers_that_a_browser_counts_leave_a_cell_open(fragment: str, sheet: str) -> None:
    text, doubts = read(fragment, sheet)
    assert PICTURE in text
    assert doubts == ("picture",)


@pytest.mark.parametrize(
    ("fragment", "sheet"),
    [
        ("<ol><li>2629</li></ol>", "ol,ul{list-style:none}"),
        ("<ol class=c><li>2629</li></ol>", ".c li{list-style-type:none}"),
        ("<ul><li>2629</li></ul>", ""),
        ("<ol><ul><li>2629</li></ul></ol>", ""),
        ("<q>2629</q>", ""),
    ],
)
def test_lists_without_numbers_say_nothing(fragment: str, sheet: str) -> None:
    assert read(fragment, sheet) == ("2629", ())


@pytest.mark.parametrize(
    "colour",
    [
        "oklch(1 0 0)",
        "color-mix(in srgb, white 100%, black)",
        "light-dark(white, black)",
        "Canvas",
        "rgb(from black 9 9 9)",
    ],
)
def test_a_figure_in_a_colour_that_cannot_be_told_may_be_hidden(colour: str) -> None:
    assert read(f"<i style='color:{colour}'>9</i>2629") == ("2629", ("hidden",))


@pytest.mark.parametrize(
    "colour", ["windowtext", "CanvasText", "rgb(9 9 9 / 90%)", "hsl(0 0% 20%)", "currentcolor", "unset"]
)
def test_a_figure_in_a_dark_colour_is_seen(colour: str) -> None:
    assert read(f"<i style='color:{colour}'>2629</i>") == ("2629", ())


@pytest.mark.parametrize(
    "style",
    [
        "display:inline-block;width:0;height:0;overflow:auto",
        "display:inline-block;margin:0 0 0 -9999px",
        "clip-path:path('M0 0')",
        "clip-path:inset(0 100% 0 0)",
        "font-size:1e-3px",
        "font-size:0Q",
        "font-size:.001vmin",
    ],
)
def test_figures_shrunk_or_cut_or_moved_away_are_left_out(style: str) -> None:
    assert read(f'<i style="{style}">9</i>2629') == ("2629", ("hidden",))


def test_margins_that_move_nothing_away_hide_nothing() -> None:
    assert read("<p style='margin:-9999px 0 0 0'>2629</p>") == ("2629", ())
    assert read("<p style='margin:0 -5px'>2629</p>") == ("2629", ())


@pytest.mark.parametrize(
    ("head", "hidden"),
    [
        ("@media not print", True),
        ("@supports not (display:foo)", True),
        ("@supports not (display:grid)", False),
        ("@container (min-width:1px)", True),
        ("@scope (td)", True),
        ("@media not screen", False),
    ],
)
def test_rules_with_conditions_are_obeyed_where_these_hold(head: str, hidden: bool) -> None:
    found = read("<i class=q>9</i>2629", f"{head}{{.q{{display:none}}}}")
    assert found == (("2629", ("hidden",)) if hidden else ("92629", ()))


def test_a_visibility_that_is_unset_is_that_around() -> None:
    inner = "<b style='visibility:unset'>9</b><i style='visibility:visible'>2629</i>"
    assert read(f"<p style='visibility:hidden'>{inner}</p>") == ("2629", ("hidden",))
