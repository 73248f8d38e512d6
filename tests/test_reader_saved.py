"""Pages saved as one file (MHTML), and pages in the strings of scripts and of JSON."""

from __future__ import annotations

import json
from random import Random

import pytest
from render import random_form, truth, worth
from render.kinds import as_mhtml, page_of

from govinfo.document import PICTURE
from govinfo.errors import FileUnreadable, NothingToRead
from govinfo.readers.mhtml import read_mhtml
from govinfo.readers.script import pages_in, read_script
from govinfo.render import LAYOUTS, Form
from govinfo.report import Report, report_of, reports_of

FORM = random_form(Random(5), "2021")
PAGE = page_of(FORM)
BODY = PAGE[PAGE.index("<body>") + 6 : PAGE.index("</body>")]


def is_plain(report: Report, form: Form = FORM) -> bool:
    """Whether every cell is plainly what the form prints, and the report that of the form."""
    read = {(c["table"], c["row"], c["column"]): (c["value"], c["doubts"]) for c in report.cells.to_dict("records")}
    return (report.identity.agency, report.identity.year) == (form.agency, form.year) and all(
        read.get(key) == (worth(text), "") for key, text in truth(form).items()
    )


# Pages saved as one file


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
@pytest.mark.parametrize("line", ["\r\n", "\n"])
def test_a_saved_page_is_read_as_the_page(encoding: str, charset: str, line: str) -> None:
    form = FORM if charset == "utf-8" else random_form(Random(6), "2019")
    report = report_of(as_mhtml(page_of(form), encoding=encoding, charset=charset, line=line), "report.mht")
    assert is_plain(report, form)
    assert report.reader == "mhtml"
    assert report.metadata.url == "https://www.example.gov.cn/2023/report.html"


def letter(*parts: str, kind: str = "multipart/related", more: str = "") -> bytes:
    """A saved page of parts, each of them headers and a body."""
    head = f'From: "Saved by Windows"\nMIME-Version: 1.0\nContent-Type: {kind}; boundary="b"{more}\n\n'
    return (head + "".join(f"--b\n{part}\n" for part in parts) + "--b--\n").encode()


def html_part(body: str, *, identity: str = "", location: str = "") -> str:
    said = [f"Content-ID: <{identity}>"] if identity else []
    said += [f"Content-Location: {location}"] if location else []
    return "\n".join(["Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 8bit", *said, "", body])


def test_the_root_is_the_part_that_start_names() -> None:
    advert = html_part("<p>广告</p>", identity="a")
    document = read_mhtml(letter(advert, html_part("<p>年度报告</p>", identity="r"), more='; start="<r>"'))
    assert [block.text for block in document.paragraphs()] == ["年度报告"]


def test_the_root_may_stand_in_a_part_of_parts() -> None:
    inner = 'Content-Type: multipart/alternative; boundary="c"\n\n--c\nContent-Type: text/plain\n\nno\n--c\n'
    document = read_mhtml(letter(f"{inner}{html_part('<p>年度报告</p>')}\n--c--"))
    assert [block.text for block in document.paragraphs()] == ["年度报告"]


def test_what_frames_show_is_read_and_other_pages_are_not() -> None:
    root = html_part('<p>题目</p><iframe src="cid:f1@x"></iframe><frame src="b.html">', location="http://a.cn/x/a.html")
    by_id = html_part("<p>年度报告</p>", identity="f1@x")
    by_address = html_part("<p>附表</p>", location="http://a.cn/x/b.html")
    other = html_part("<p>广告</p>", location="http://a.cn/x/c.html")
    document = read_mhtml(letter(root, other, by_id, by_address))
    assert [block.text for block in document.paragraphs()] == ["题目", "年度报告", "附表"]


def test_frames_that_show_each_other_end() -> None:
    first = html_part('<p>一</p><iframe src="b.html">', location="http://a.cn/a.html")
    second = html_part('<p>二</p><iframe src="a.html">', location="http://a.cn/b.html")
    assert [block.text for block in read_mhtml(letter(first, second)).paragraphs()] == ["一", "二"]


@pytest.mark.parametrize(
    ("link", "headers"),
    [
        ('<link rel="stylesheet" type="text/css" href="cid:css-1@x" />', "Content-Location: cid:css-1@x"),
        ("<link href=cid:css-1@x rel=stylesheet>", "Content-ID: <css-1@x>"),
        ('<link rel="stylesheet" href="../s.css?a=1&amp;b=2">', "Content-Location: http://a.cn/s.css?a=1&b=2"),
    ],
)
@pytest.mark.parametrize(
    ("said", "text", "doubts"),
    [
        ("display:none", "2629", ("hidden",)),
        ("text-decoration:line-through", "2629", ("struck-out",)),
        ("color:#fff", "2629", ("hidden",)),
        ("vertical-align:super", "2629", ("note",)),
    ],
)
def test_style_sheets_in_parts_of_their_own_are_obeyed(
    link: str, headers: str, said: str, text: str, doubts: tuple[str, ...]
) -> None:
    table = "<table><tr><td>许可<td>2629<i class=q>9</i></table>"
    page = html_part(f"<head>{link}</head><p>年度报告</p>{table}", location="http://a.cn/x/a.html")
    sheet = f'Content-Type: text/css\n{headers}\n\n@charset "utf-8";\n.q {{ {said}; }}\n'
    found = read_mhtml(letter(page, sheet)).grids()[0].cells[1]
    assert (found.text, found.doubts) == (text, doubts)


@pytest.mark.parametrize("link", ["<link rel=icon href=cid:a>", "<link rel=stylesheet media=print href=cid:a>"])
def test_style_sheets_that_are_none_of_the_page_on_a_screen_are_not_obeyed(link: str) -> None:
    page = html_part(f"{link}<p>年度报告</p><table><tr><td>许可<td>2629</table>")
    sheet = "Content-Type: text/css\nContent-Location: cid:a\n\ntd {display:none}\n"
    assert read_mhtml(letter(page, sheet)).grids()[0].cells[1].text == "2629"


def test_a_saved_page_without_a_page_says_so() -> None:
    with pytest.raises(FileUnreadable, match="holds no page"):
        read_mhtml(letter("Content-Type: image/png\n\nx"))
    with pytest.raises(NothingToRead):
        read_mhtml(letter(html_part("<script>x</script>")))


# Pages in strings


def escaped(text: str) -> str:
    """A text with every character but plain letters as an escape of JSON."""
    return "".join(c if (c.isalnum() and c.isascii()) or c in " =\"'/" else f"\\u{ord(c):04x}" for c in text)


ANSWERS = {
    "json": json.dumps({"code": 0, "data": {"title": FORM.title, "content": PAGE}}, ensure_ascii=False),
    "json, letters escaped": json.dumps({"data": [{"content": BODY}]}),
    "json, signs escaped": '{"content":"' + escaped(BODY.replace('"', "'").replace("\n", "")) + '"}',
    "json with its mark": "\ufeff" + json.dumps({"content": BODY}),
    "json in json": json.dumps({"data": json.dumps({"content": BODY})}),
    "html escaped once more": json.dumps({"content": BODY.replace("<", "&lt;").replace(">", "&gt;")}),
    "the content twice": json.dumps({"content": BODY, "contentHtml": BODY}),
    "jsonp": f"jQuery1102({json.dumps({'content': BODY})});",
    "jsonp, asked for": f"/**/ typeof cb === 'function' && cb({json.dumps({'content': BODY})});",
    "jsonp, if there": f"cb&&cb({json.dumps({'content': BODY})})",
    "jsonp, tried": f"try{{cb({json.dumps({'content': BODY})})}}catch(e){{}}",
    "in a function": f"(function(){{var c = {json.dumps(BODY)}; show(c);}})();",
    "hexadecimal signs": "var html = " + json.dumps(BODY).replace("<", "\\x3c").replace(">", "\\x3e"),
    "line by line": json.dumps({"data": {"content": BODY.splitlines()}}),
    "a variable": f"var detail = {json.dumps({'content': BODY})};",
    "a property": f"window.page['detail'] = {json.dumps({'content': BODY})}",
    "slashes escaped": f"var html = {json.dumps(BODY).replace('</', '<' + chr(92) + '/')};",
    "single quotes": "var html = '" + BODY.replace("'", "\\'").replace("\n", "\\n") + "';",
    "template": f"const html = `{BODY}`;",
    "object of a script": "var detail = {title: '" + FORM.title + "', content: " + json.dumps(BODY) + ", id: 3};",
    "lines joined": "var html = " + " +\n".join(json.dumps(line) for line in BODY.splitlines(keepends=True)) + ";",
    "lines added": "var h = '';\n" + "\n".join(f"h += {json.dumps(line)};" for line in BODY.splitlines(keepends=True)),
    "lines written": "\n".join(f"document.write({json.dumps(line)});" for line in BODY.splitlines(keepends=True)),
    "comments": f"/* it's the page */\n// don't\nvar html = {json.dumps(BODY)};",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_page_in_a_string_is_read_as_the_page(name: str) -> None:
    report = report_of(ANSWERS[name].encode(), "detail.json")
    assert is_plain(report)
    assert report.reader == "script"


def test_spans_survive_their_escaped_quotes() -> None:
    (grid,) = read_script(
        b'{"c": "<table><tr><td colspan=\\"3\\" rowspan=\\"2\\">a<td>b<tr><td>c<tr><td>d</table>"}'
    ).grids()
    assert (grid.cells[0].colspan, grid.cells[0].rowspan) == (3, 2)


def test_fields_beside_the_page_are_its_title_and_date() -> None:
    data = {
        "code": 0,
        "title": "青榆县2023年政府信息公开工作年度报告",
        "publishTime": "2024-01-18 09:00",
        "content": "<p>甲</p><p>乙",
    }
    document = read_script(json.dumps(data).encode())
    assert (document.metadata.title, document.metadata.published) == (data["title"], "2024-01-18")
    assert [block.text for block in document.paragraphs()] == [data["title"], "甲", "乙"]


def test_a_list_of_reports_gives_each_of_them() -> None:
    forms = [FORM, random_form(Random(8), "2021")]
    answer = json.dumps([{"title": form.title, "content": page_of(form)} for form in forms])
    reports = reports_of(answer.encode(), "list.json")
    assert [report.source for report in reports] == ["list.json", "list.json#2"]
    assert all(is_plain(report, form) for report, form in zip(reports, forms, strict=True))


def test_a_text_that_begins_like_a_call_is_a_text() -> None:
    text = '年报("2023")\n' + LAYOUTS["tabs"](FORM, Random(0))[0].decode()
    assert report_of(text.encode(), "a.txt").reader == "text"


def test_the_pages_of_a_list_stand_below_their_titles() -> None:
    data = [{"title": name, "content": f"<p>{name}的</p><p>正文</p>"} for name in ("甲", "乙")]
    texts = [block.text for block in read_script(json.dumps(data).encode()).paragraphs()]
    assert texts == ["甲的", "正文", "乙的", "正文"]
    data = [{"title": f"{name}报告", "content": "<p>一</p><p>" + name} for name in ("甲", "乙")]
    texts = [block.text for block in read_script(json.dumps(data).encode()).paragraphs()]
    assert texts == ["甲报告", "一", "甲", "乙报告", "一", "乙"]


def test_a_figure_that_a_script_puts_in_is_not_blank() -> None:
    for script in (
        'var h = "<table><tr><td>" + data.n + "</td><td>2</td></tr></table>";',
        "h = `<table><tr><td>${n}</td><td>2</table>`",
    ):
        (grid,) = read_script(script.encode()).grids()
        assert [cell.text for cell in grid.cells] == [PICTURE, "2"]
    script = 'h += "<table><tr><td>"; h += n; h += "</td><td>2</td></table>"'
    assert PICTURE in pages_in(script)


def test_an_article_of_plain_lines_is_read_where_there_is_no_html() -> None:
    text = f"{FORM.title}\n一、总体情况\n" + "全年按规定更新栏目。\n" * 60
    document = read_script(json.dumps({"content": text}).encode())
    assert document.paragraphs()[0].text == FORM.title


def test_a_page_that_its_own_script_fills_is_read_from_the_script() -> None:
    shell = f"<html><body><h1>政务公开</h1><div id='c'></div><script>var c = {json.dumps(BODY)};</script></body></html>"
    report = report_of(shell.encode(), "shell.html")
    assert is_plain(report)
    assert report.reader == "html"
    assert is_plain(report_of(shell.replace("<h1>政务公开</h1>", "").encode(), "empty.html"))


def test_a_page_with_a_table_is_not_looked_for_in_its_scripts() -> None:
    other = json.dumps(page_of(random_form(Random(9), "2021")))
    assert is_plain(
        report_of(PAGE.replace("</body>", f"<script>var draft = {other};</script></body>").encode(), "a.html")
    )


@pytest.mark.parametrize(
    "text", ['{"name": "govinfo", "version": 1}', "[1, 2]", "var x = 'a';", '{"url": "http://a.cn/<p>"}']
)
def test_scripts_and_lists_hold_no_page(text: str) -> None:
    with pytest.raises(NothingToRead, match="No page stands"):
        read_script(text.encode())


def test_broken_answers_are_read_as_far_as_they_go() -> None:
    assert is_plain(report_of(ANSWERS["json"][:-2].encode(), "cut.json"))
    nested = '{"a":' * 3000 + '"<p>x</p><p>y</p>"' + "}" * 3000
    assert [block.text for block in read_script(nested.encode()).paragraphs()] == ["x", "y"]
