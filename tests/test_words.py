"""Two reports side by side, repetition, themes."""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pdfplumber
import pytest
from browser import browser_page
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import govinfo
from govinfo import Comparison, Corpus, UsageError, plots
from govinfo.cli.commands import app
from govinfo.corpus import repetition as repetition_room
from govinfo.prose.repeated import repeated
from govinfo.words import themes
from govinfo.words.aligned import changes, pairs, sentences_of, status_of

TEXT = st.text(alphabet="政府信息公开申请件年度工作报告2023。，", max_size=60)


@pytest.fixture(scope="module")
def hongze(shared: Path) -> Comparison:
    return govinfo.compare(shared / "reports" / "hongze-2023.pdf", shared / "reports" / "hongze-2024.pdf")


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    names = ("hongze-2023.pdf", "hongze-2024.pdf", "huaian-2024.pdf", "pingtan-2011.html", "pingtan-2012.html",
             "pingtan-county-2013.html", "pingtan-2019.html")  # fmt: skip
    return govinfo.read_reports([shared / "reports" / name for name in names], twice="never")


# Repetition of texts


@given(st.lists(TEXT, max_size=4), st.lists(TEXT, max_size=4))
def test_the_share_of_repeated_text_is_symmetric_and_a_share(one: list[str], other: list[str]) -> None:
    share = repeated(one, other)
    assert share == repeated(other, one)
    assert share is None or 0 <= share <= 1


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_a_text_repeats_itself_wholly(texts: list[str]) -> None:
    assert repeated(texts, texts) in (None, 1)


def test_figures_and_setting_do_not_count_as_other_words() -> None:
    assert repeated(["2023年收到政府信息公开申请21件，均已答复。"], ["2024 年收到政府信息公开申请1,295件均已答复"]) == 1
    assert repeated(["甲乙丙丁戊己庚辛壬癸"], ["子丑寅卯辰巳午未申酉"]) == 0


# Alignment


@given(st.lists(TEXT, max_size=6), st.lists(TEXT, max_size=6))
def test_every_sentence_stands_once_and_in_its_order(one: list[str], other: list[str]) -> None:
    before, after = sentences_of(one), sentences_of(other)
    aligned = list(pairs(before, after))
    assert [old for old, _ in aligned if old] == before
    assert [new for _, new in aligned if new] == after


def test_a_figure_that_changed_is_marked_whole() -> None:
    parts = list(changes("2023年收到21件。", "2024年收到1,295件。"))
    assert [text for kind, text in parts if kind == "removed"] == ["2023", "21"]
    assert [text for kind, text in parts if kind == "added"] == ["2024", "1,295"]


@given(TEXT, TEXT)
def test_the_parts_of_a_change_are_both_sentences(before: str, after: str) -> None:
    parts = list(changes(before, after))
    assert "".join(text for kind, text in parts if kind != "added") == before
    assert "".join(text for kind, text in parts if kind != "removed") == after


def test_what_became_of_a_sentence() -> None:
    assert status_of("收到21件。", "收到21件。") == "same"
    assert status_of("收到21件。", "收到95件。") == "figures"
    assert status_of("收到21件。", "共收到21件。") == "changed"
    assert (status_of("收到。", ""), status_of("", "收到。")) == ("removed", "added")


# Two reports


def test_compared_figures_have_difference_and_percentage(hongze: Comparison) -> None:
    figures = hongze.figures.set_index(["table", "row", "column"])
    new = figures.loc[("requests", "new", "total")]
    assert (new["before"], new["after"], new["difference"]) == (21, 95, 74)
    assert new["percent"] == pytest.approx(352.38, abs=0.01)
    assert pd.isna(figures.loc[("requests", "granted", "total"), "percent"]), "nothing is a share of nothing"
    assert figures.loc[("disputes", "reconsideration", "total"), "why"] == "R4 fails before"
    assert figures["comparable"].all()


def test_names_that_differ_can_be_one_agency(hongze: Comparison) -> None:
    assert hongze.before.identity.agency != hongze.after.identity.agency
    total = hongze.carried.set_index("column").loc["total"]
    assert (total["carried_out"], total["carried_in"], total["difference"]) == (0, 0, 0)


def test_prose_that_a_table_contradicts_says_so(hongze: Comparison) -> None:
    received = hongze.stated.set_index("subject").loc["requests_new"]
    assert (received["before"], received["after"]) == (21, 17)
    assert received["why"] == "R8 fails after: the table has 95"


def test_words_are_compared_section_by_section(hongze: Comparison, shared: Path) -> None:
    back = govinfo.compare(hongze.after, hongze.before)
    assert hongze.repeated == back.repeated
    assert hongze.sections["repeated"].equals(back.sections["repeated"])
    assert hongze.sections.set_index("number").loc[6, "repeated"] == 1
    assert set(hongze.sentences["status"]) == {"same", "figures", "changed", "removed", "added"}


def test_figures_that_one_form_does_not_ask_for_have_no_difference(shared: Path) -> None:
    made = govinfo.compare(shared / "reports" / "pingtan-2020.html", shared / "reports" / "pingtan-2021.html")
    apart = made.figures[~made.figures["comparable"]]
    assert {"other_misc", "other_services"} <= set(apart["row"])
    assert apart["difference"].isna().all()
    assert apart["why"].str.fullmatch(r"form 20\d\d does not ask for it").all()
    asked = made.figures.set_index(["table", "row", "column"])
    assert asked.loc[("requests", "new", "total"), "difference"] == 70 - 21
    assert asked.loc[("requests", "handled", "total"), "why"] == "R3 fails before"
    assert asked.loc[("requests", "new", "total"), "why"] == "", "R3 does not add up what was received"


def test_two_agencies_can_be_compared_without_carrying_over(shared: Path) -> None:
    made = govinfo.compare(shared / "reports" / "huaian-2024.pdf", shared / "reports" / "pingtan-2024.html")
    assert made.carried.empty
    assert "not of one agency" in made.html()


def test_a_report_is_not_compared_with_itself(hongze: Comparison) -> None:
    with pytest.raises(UsageError, match="with itself"):
        govinfo.compare(hongze.before, hongze.before)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_is_whole_in_itself_and_escaped(hongze: Comparison, lang: str) -> None:
    page = hongze.html(lang)
    assert page.startswith("<!DOCTYPE html>")
    assert "@media print" in page
    assert "@media (max-width" in page
    assert not re.findall(r'(?:src|href)="(?!#|data:)', page)
    assert "http" not in page
    assert page == hongze.html(lang)
    assert {"en": "Amount (万元)", "zh": "（万元）"}[lang] in page
    assert "<del>" in page
    assert "<ins>" in page
    assert {"en": "R4 fails before", "zh": "前一份不符合R4"}[lang] in page
    assert {"en": "R8 fails after: the table has 95", "zh": "后一份文字与表不符（R8）：表中为95"}[lang] in page
    assert lang == "en" or " fails " not in page
    assert hongze._repr_html_() in hongze.html("en") or "govinfo-compare" in hongze._repr_html_()
    with pytest.raises(UsageError, match="language"):
        hongze.html("fr")


def test_text_of_a_report_never_becomes_markup(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>行政复议</td>{'<td>0</td>' * 15}</tr>" for _ in range(1))
    for year in (2022, 2023):
        (tmp_path / f"{year}.html").write_text(
            f"<meta charset=utf-8><h1>甲县人民政府{year}年政府信息公开工作年度报告</h1><p>一、总体情况</p>"
            f"<p>{year}年公开&lt;script&gt;alert(1)&lt;/script&gt;信息。</p><p>二、主动公开政府信息情况</p>"
            f"<p>三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p><table>{rows}</table>",
            encoding="utf-8",
        )
    page = govinfo.compare(tmp_path / "2022.html", tmp_path / "2023.html").html()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_command_writes_the_page(shared: Path, tmp_path: Path) -> None:
    old, new = (str(shared / "reports" / f"pingtan-{year}.html") for year in (2023, 2024))
    done = CliRunner().invoke(app, ["compare", old, new, "-o", str(tmp_path / "a.html"), "--lang", "zh"])
    assert done.exit_code == 0, done.output
    assert "衔接一致" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_the_slope_chart_draws_the_shares(hongze: Comparison) -> None:
    ax = plots.slope(hongze.shares)
    drawn = {line.get_label(): list(line.get_ydata()) for line in ax.lines}
    assert drawn["Granted"] == pytest.approx([0, 50 / 95])
    assert drawn["Unable to provide"] == pytest.approx([13 / 21, 32 / 95])
    assert [tick.get_text().splitlines()[-1] for tick in ax.get_xticklabels()] == ["2023", "2024"]
    plt.close(ax.figure)
    with pytest.raises(UsageError, match="1 reports"):
        plots.slope(hongze.shares[hongze.shares["year"] == 2023])


# Corpora


def test_repetition_of_a_corpus(corpus: Corpus) -> None:
    made = corpus.repetition().set_index(["agency", "year"])
    later = made.loc[("淮安市洪泽区人民政府", 2024)]
    assert later["previous"].startswith("洪泽区人民政府-2023")
    assert 0.4 < later["from_previous"] < 0.6
    assert later["nearest"].startswith("淮安市人民政府")
    assert pd.isna(made.loc[("洪泽区人民政府", 2023), "from_previous"])
    assert made.loc[("平潭综合实验区", 2012), "from_previous"] > 0.5
    assert (made["from_nearest"].fillna(0) <= made["from_others"] + 1e-9).all()
    assert 2019 not in made.index.get_level_values("year"), "a report without text has no line"


def test_minhash_finds_the_near_reports_of_a_large_corpus(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = corpus.repetition()
    monkeypatch.setattr(repetition_room, "ALL_PAIRS", 0)
    found = corpus.repetition()
    near = exact["from_nearest"] > 0.5
    assert near.any()
    assert found.loc[near, "nearest"].equals(exact.loc[near, "nearest"])
    rest = [column for column in exact if column not in ("nearest", "from_nearest")]
    pd.testing.assert_frame_equal(found[rest], exact[rest])


def test_themes_are_counted_per_report_and_section(corpus: Corpus) -> None:
    made = govinfo.keywords(corpus)
    assert set(made["theme"]) == set(themes()["theme"])
    whole = made[made["number"].isna()].set_index(["report_id", "theme"])
    parts = made[made["number"].notna()].groupby(["report_id", "theme"])[["hits"]].sum()
    assert whole["hits"].loc[parts.index].equals(parts["hits"])
    known = made.dropna(subset="per_thousand")
    assert (known["per_thousand"] * known["letters"] / 1000 - known["hits"]).abs().max() < 1e-9
    mine = govinfo.keywords(corpus, ["跟班学习"])
    assert set(mine.loc[mine["hits"] > 0, "number"].dropna()) == {5}


def test_a_term_within_a_longer_one_counts_once(corpus: Corpus) -> None:
    one, both = govinfo.keywords(corpus, ["新媒体"]), govinfo.keywords(corpus, {"a": ["新媒体", "政务新媒体"]})
    assert one["hits"].tolist() == both["hits"].tolist()
    with pytest.raises(UsageError, match="no term"):
        govinfo.keywords(corpus, {"a": [" "]})


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_chart_of_themes_takes_years_together(corpus: Corpus, lang: str) -> None:
    made = govinfo.keywords(corpus)
    ax = plots.themes(made, lang=lang)
    assert len(ax.lines) == len(themes())
    mine = made[made["number"].isna() & (made["theme"] == "platforms") & (made["year"] == 2024)]
    line = ax.lines[list(themes()["theme"]).index("platforms")]
    at = dict(zip(line.get_xdata(), line.get_ydata(), strict=True))
    assert at[2024] == pytest.approx(mine["hits"].sum() / mine["letters"].sum() * 1000)
    plt.close(ax.figure)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_fits_a_desk_and_a_phone_and_prints_whole(hongze: Comparison, tmp_path: Path, width: int) -> None:
    path = tmp_path / "compared.html"
    path.write_text(hongze.html(), encoding="utf-8")
    with browser_page(width, 900) as page:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        side_by_side = page.evaluate(
            "(() => { const [a, b] = document.querySelectorAll('.pair.same p'); return a.offsetTop === b.offsetTop })()"
        )
        assert side_by_side == (width > 640)
        tables = page.evaluate("[...document.querySelectorAll('.wide')].map(one => one.scrollWidth - one.clientWidth)")
        assert max(tables) <= 0, "no figure is hidden at the side"
        page.pdf(path=str(tmp_path / "compared.pdf"), format="A4")
    with pdfplumber.open(tmp_path / "compared.pdf") as printed:
        text = "\n".join(one.extract_text() for one in printed.pages)
    assert text.count("Requests newly received") > 1, "figures that are folded on the screen are printed"
    assert "R8 fails after" in text
