"""The reading site builds without a warning, every link in it leads somewhere, it asks for nothing from elsewhere."""

import importlib
import json
import re
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from inspect import ismodule
from pathlib import Path
from typing import Any

import pytest
from browser import browser_page
from lxml import html

ROOT = Path(__file__).resolve().parents[1]

NOT_PAGES = {"_static/webpack-macros.html"}
"""Templates that the theme leaves among its files."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of the site, and what was said while it was built."""
    pytest.importorskip("myst_nb", reason="the extra docs is not installed")
    pytest.importorskip("pydata_sphinx_theme", reason="the extra docs is not installed")
    folder = tmp_path_factory.mktemp("docs")
    arguments = f"-W --keep-going -q -b html -c docs -d {folder}/trees . {folder}/site".split()
    command = [sys.executable, "-m", "sphinx", *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return folder / "site", run.stderr


@pytest.fixture(scope="module")
def site(built: tuple[Path, str]) -> Path:
    return built[0]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """The pages by their path on the site."""
    paths = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    return {
        name: html.fromstring(
            path.read_bytes().decode("utf-8").encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")
        )
        for name, path in paths.items()
        if name not in NOT_PAGES
    }


def links(page: html.HtmlElement) -> Iterator[tuple[str, str, str]]:
    """Tag, attribute and target of all that a page points to."""
    for element in page.iter("a", "link", "script", "img", "iframe", "source", "form", "meta"):
        for attribute in ("href", "src", "action"):
            if target := element.get(attribute):
                yield element.tag, attribute, target
        if element.get("http-equiv") == "refresh":
            yield "meta", "content", element.get("content", "").partition("url=")[2]


def test_nothing_is_amiss_while_it_is_built(built: tuple[Path, str]) -> None:
    assert not built[1]


def test_every_document_and_notebook_has_a_page(pages: dict[str, html.HtmlElement]) -> None:
    sources = [
        path.relative_to(ROOT)
        for folder, kind in (("docs", "*.md"), ("notebooks", "*.ipynb"))
        for path in (ROOT / folder).rglob(kind)
        if ".ipynb_checkpoints" not in path.parts
    ]
    assert sources
    assert not {path.with_suffix(".html").as_posix() for path in sources} - set(pages)
    assert {"index.html", "README.html", "search.html", "genindex.html"} <= set(pages)


def test_links_within_the_site_lead_somewhere(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    anchors = {name: {*page.xpath("//@id"), *page.xpath("//a/@name"), ""} for name, page in pages.items()}
    broken, seen = [], 0
    for name, page in pages.items():
        for _, _, target in links(page):
            parts = urllib.parse.urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            seen += 1
            path = (site / name).parent / urllib.parse.unquote(parts.path) if parts.path else site / name
            path = path.resolve()
            if not path.is_file() or not path.is_relative_to(site.resolve()):
                broken.append((name, target))
            elif path.suffix == ".html":
                known = anchors[path.relative_to(site.resolve()).as_posix()]
                if urllib.parse.unquote(parts.fragment) not in known:
                    broken.append((name, target))
    assert seen > 1000
    assert not broken


def test_links_elsewhere_are_well_formed_and_encrypted(pages: dict[str, html.HtmlElement]) -> None:
    targets = {target for page in pages.values() for _, _, target in links(page)}
    away = [urllib.parse.urlsplit(target) for target in targets if re.match(r"[\w+.-]+:|//", target)]
    wrong = [parts.geturl() for parts in away if parts.scheme not in {"https", "data", "mailto"}]
    wrong += [parts.geturl() for parts in away if parts.scheme == "https" and "." not in (parts.hostname or "")]
    assert not wrong


def test_pages_ask_for_nothing_from_elsewhere(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    remote = re.compile(r"(?:https?:)?//")
    asked = [
        (name, target)
        for name, page in pages.items()
        for tag, _, target in links(page)
        if tag in {"script", "link", "img", "iframe", "source"} and remote.match(target)
    ]
    assert not asked
    styles = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.css")}
    assert styles
    for path, style in styles.items():
        assert not re.findall(r"""(?:url\(|@import)\s*["']?(?:https?:)?//[^)]*""", style), path.name
    assert not [name for name, page in pages.items() if page.xpath("//script[contains(@src, 'mathjax')]")]


INNER = {"text", "forms", "tables", "identity", "prose", "checks", "report", "corpus", "words", "cli"}
"""Rooms whose names are for other rooms; what users call of them is in govinfo itself."""


def public_names() -> set[str]:
    """The public names of the package and of every module in it that lists its own, with those of their methods."""
    modules = ["govinfo"]
    for path in sorted((ROOT / "govinfo").rglob("*.py")):
        room = path.relative_to(ROOT / "govinfo").parts[0]
        if room not in INNER and re.search(r"^__all__ = ", path.read_text(encoding="utf-8"), re.M):
            modules.append(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return {
        f"{name}.{own}"
        for name in modules
        for module in [importlib.import_module(name)]
        for own in module.__all__
        if not ismodule(getattr(module, own))
    }


def test_every_public_name_is_in_the_reference(pages: dict[str, html.HtmlElement]) -> None:
    reference = {name: page for name, page in pages.items() if name.startswith("docs/api/")}
    ids = {one for page in reference.values() for one in page.xpath("//dt/@id")}
    methods = {"govinfo.Report.wide", "govinfo.Report.evidence", "govinfo.Corpus.save", "govinfo.Corpus.quality"}
    assert not (public_names() | methods) - ids
    assert {"govinfo.evidence.Evidence", "govinfo.schemas.validate", "govinfo.fetch.fetch"} <= ids


def test_entries_of_the_reference_say_something(pages: dict[str, html.HtmlElement]) -> None:
    entries = [
        (one.get("id"), one.getnext().text_content().strip())
        for name, page in pages.items()
        if name.startswith("docs/api/")
        for one in page.xpath("//dl[contains(@class, 'py')]/dt[@id]")
    ]
    assert entries
    assert not [name for name, text in entries if not text]


def test_search_knows_chinese_words_within_longer_ones(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert not [word for word in ("公开", "复议", "勾稽", "稽") if f"{json.dumps(word)}:" not in index]


def test_search_finds_chinese_and_english_in_a_browser(site: Path) -> None:
    with browser_page() as page:
        found = {word: found_by_search(page, site, word) for word in ("勾稽关系", "复议", "refused requests", "鲸鱼")}
    assert "Codebook" in found["复议"]
    assert {"The frames", "README"} & found["勾稽关系"]
    assert "Metrics" in found["refused requests"]
    assert not found["鲸鱼"]


def found_by_search(page: Any, site: Path, word: str) -> set[str]:
    """The titles of the pages that the search of the site finds, opened from the disk as someone offline does it."""
    page.goto(f"{(site / 'search.html').as_uri()}?q={urllib.parse.quote(word)}")
    page.get_by_text(re.compile("Search finished|did not match")).wait_for()
    return set(page.locator("#search-results li > a").all_inner_texts())


WIDTHS = (1300, 1000, 400)
CUT = """() => [...document.querySelectorAll('.bd-article table, .bd-article pre, .bd-article img')].filter((one) => {
  const box = one.getBoundingClientRect();
  const framed = one.closest('.output, pre, table, .highlight') ?? one;
  return box.width && framed.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
}).map((one) => one.outerHTML.slice(0, 80))"""


def test_pages_fit_the_window_and_no_table_is_cut(site: Path) -> None:
    names = ["docs/index", "docs/codebook", "docs/frames", "docs/metrics", "docs/gallery", "docs/api/metrics"]
    with browser_page() as page:
        for name in [*names, "notebooks/01_tour", "notebooks/05_data_quality"]:
            page.goto((site / f"{name}.html").as_uri())
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
                assert not page.evaluate(CUT), (name, width)


def test_the_home_page_shows_what_the_thing_is(pages: dict[str, html.HtmlElement]) -> None:
    home = pages["docs/index.html"]
    assert home.xpath("//article//img")
    assert len("".join(home.xpath("//article//pre")[0].itertext()).strip().splitlines()) <= 5
    said = home.xpath("//article")[0].text_content()
    assert not [who for who in ("academic", "policy analyst", "teacher", "journalist") if who not in said]
