"""Index pages made after those of real sites, with invented names: which of their links are reports, and of whom."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd
import pytest

import govinfo
from govinfo.fetch import LINKS, fetch, links_of
from govinfo.render import write_files

NEW, OLD = (f"云渡市人民政府{year}年政府信息公开工作年度报告" for year in (2023, 2022))
BASE = "https://www.example.gov.cn/zwgk/nb/"


def page(body: str, title: str = "政府信息公开年报_云渡市人民政府", head: str = "") -> bytes:
    return f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


LISTS = {
    "a list with dates": page(
        '<a href="/">首页</a><ul>'
        f'<li><a href="./202401/t20240131_1.html">{NEW}</a><span>2024-01-31</span></li>'
        f'<li><a href="./202301/t20230130_1.html">{OLD}</a><span>2023-01-30</span></li>'
        '</ul><a href="index_1.html">下一页</a><a href="/gzbg/2023.html">云渡市2023年政府工作报告</a>'
        '<a href="zn.html">云渡市政府信息公开指南</a><a href="javascript:void(0)">云渡市2021年政府信息公开年度报告</a>'
    ),
    "a table with the date in the link": page(
        f"<table><tr><td>1</td><td><a href='a/2023.html'>[2024-01-31] {NEW}</a></td></tr>"
        f"<tr><td>2</td><td><a href='a/2022.html'>{OLD} 2023-01-30</a></td></tr></table>"
    ),
    "words cut short, whole in the title": page(
        f'<a title="{NEW}" href="a/2023.html">云渡市人民政府2023年政府信息公...</a>'
        f'<a title="{OLD}" href="a/2022.html">云渡市人民政府2022年政府信息公…</a>'
    ),
    "years alone": page(
        '<h2>政府信息公开工作年度报告</h2><a href="2023.html">2023年</a><a href="2022.html">2022年度报告</a>'
    ),
    "clicks": page(
        f'<ul><li onclick="window.open(\'a/2023.html\')">{NEW}</li><li data-href="a/2022.html">{OLD}</li></ul>'
    ),
    "records in a script": page(
        "<script type='text/xml'><datastore><recordset>"
        f"<record><![CDATA[<li><a href='/art/2024/1/31/art_1.html' title='{NEW}'>云渡市…"
        "</a><span>2024-01-31</span></li>]]></record>"
        f"<record><![CDATA[<li><a href='/art/2023/1/30/art_2.html' title='{OLD}'>云渡市…"
        "</a></li>]]></record></recordset></datastore></script>"
    ),
    "the answer of a program": json.dumps(
        {
            "data": {
                "list": [
                    {
                        "docTitle": "<em>云渡市人民政府</em>2023年政府信息公开工作年度报告",
                        "docPubUrl": f"{BASE}2023.html",
                    },
                    {"docTitle": f"{OLD}", "docPubUrl": f"{BASE}2022.html"},
                    {"docTitle": "云渡市2023年预算公开", "docPubUrl": f"{BASE}ys.html"},
                ]
            }
        },
        ensure_ascii=False,
    ).encode(),
    "files": page(f'<a href="P020240131.pdf">{NEW}.pdf</a><a href="P020230130.docx">{OLD}.docx</a>'),
    "an old encoding": page(f'<a href="2023.html">{NEW}</a><a href="2022.html">{OLD}</a>')
    .decode()
    .replace("utf-8", "gb2312")
    .encode("gb18030"),
    "a saved page (MHTML)": (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.gov.cn/zwgk/nb/index.html\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/html\r\nContent-Location: https://www.example.gov.cn/zwgk/nb/index.html\r\n\r\n"
        + page(f'<a href="2023.html">{NEW}</a><a href="2022.html">{OLD}</a>')
        + b"\r\n--x--\r\n"
    ),
}


@pytest.mark.parametrize("data", LISTS.values(), ids=LISTS.keys())
def test_the_reports_of_a_list_are_found_and_nothing_else(data: bytes) -> None:
    found = links_of(data, base=f"{BASE}index.html", page="index.html")
    assert {name: str(kind) for name, kind in found.dtypes.items()} == LINKS
    assert found["year"].tolist() == [2023, 2022]
    assert set(found["agency"]) == {"云渡市人民政府"}
    assert found["url"].str.startswith("https://www.example.gov.cn/").all()
    assert found["url"].is_unique


def test_departments_by_column_keep_their_names() -> None:
    rows = "".join(
        f'<li><a href="{at}/{year}.html">云渡市{body}{year}年政府信息公开工作年度报告</a></li>'
        for at, body in enumerate(("教育局", "民政局", "青榆县人民政府"))
        for year in (2023, 2022)
    )
    found = links_of(page(rows, title="部门年报"), base=BASE)
    assert len(found) == 6
    assert found["agency"].tolist()[::2] == ["云渡市教育局", "云渡市民政局", "云渡市青榆县人民政府"]


def test_the_file_beside_a_page_is_another_address_of_one_report() -> None:
    title = "云渡市人民政府2023年政府信息公开工作年度报告"
    found = links_of(
        page(f'<a href="a.pdf">{title}.pdf</a><a href="a.html">{title}</a><a href="a.html">{title}</a>'), base=BASE
    )
    (row,) = found.to_dict("records")
    assert (row["url"], row["kind"], row["others"]) == (f"{BASE}a.html", "html", f"{BASE}a.pdf")


def test_where_a_page_comes_from_is_what_it_says() -> None:
    link = f'<a href="a/2023.html">{NEW}</a>'
    for said in (
        f'<base href="{BASE}">',
        f'<link rel="canonical" href="{BASE}index.html">',
        f'<meta property="og:url" content="{BASE}index.html">',
        f"<!-- saved from url=(0042){BASE}index.html -->",
    ):
        assert links_of(page(link, head=said))["url"].tolist() == [f"{BASE}a/2023.html"]
    with pytest.raises(govinfo.UsageError, match="--base"):
        links_of(page(link))


def test_a_page_without_a_report_says_what_to_do() -> None:
    with pytest.raises(govinfo.NothingToRead, match="Save the page when its list is shown"):
        links_of(page('<a href="a.html">通知公告</a><a href="b.html">2023年</a>', title="首页"), base=BASE)


# From a list to frames


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A site on this machine with the reports of two agencies and a page that lists them."""
    root = tmp_path / "site"
    plan = write_files(4, ["html", "docx"], root)
    rows = "".join(
        f'<li><a href="{line.file}">{line.agency}{line.year}年政府信息公开工作年度报告</a><span>2026-01-31</span></li>'
        for line in plan.itertuples()
    )
    (root / "index.html").write_bytes(page(f"<ul>{rows}</ul>"))
    handler = partial(SimpleHTTPRequestHandler, directory=str(root))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", root
    server.shutdown()


def test_from_a_list_to_frames(site: tuple[str, Path], tmp_path: Path) -> None:
    address, root = site
    command = ["links", str(root / "index.html"), "--base", address, "-o", str(tmp_path / "links.csv")]
    done = subprocess.run([sys.executable, "-m", "govinfo.cli", *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "4 reports of 1 agencies" in done.stdout
    listed = pd.read_csv(tmp_path / "links.csv")
    assert set(listed["kind"]) == {"html", "docx"}
    log = fetch(tmp_path / "links.csv", tmp_path / "files", delay=0, allow_private=True)
    assert log["status"].tolist() == ["saved"] * 4
    corpus = govinfo.read_reports(tmp_path / "files")
    assert sorted(corpus.reports["year"]) == sorted(listed["year"])


def test_a_page_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.html").write_bytes(LISTS["files"])
    (tmp_path / "bad.html").write_bytes(page("nothing"))
    pages = [str(tmp_path / name) for name in ("bad.html", "none.html", "good.html")]
    command = [sys.executable, "-m", "govinfo.cli", "links", *pages, "--base", BASE, "-o", str(tmp_path / "out.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "bad.html" in done.stderr
    assert "none.html" in done.stderr
    assert len(pd.read_csv(tmp_path / "out.csv")) == 2
