from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.forms import TABLES, printed_labels, vocabulary
from govinfo.tables.flat import labels
from govinfo.text import as_count, bare_key, convert, exact, figure, fold, is_figure, key, plain, tidy, unspaced
from govinfo.text.numerals import number_of, numeral

FULL_WIDTH = str.maketrans("0123456789.,+-", "０１２３４５６７８９．，＋－")


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0", "0"),
        (" 0 ", "0"),
        ("1,113", "1113"),
        ("1，234", "1234"),
        ("２３", "23"),
        ("+91", "91"),
        ("-177", "-177"),
        ("−4", "-4"),
        ("减3", "-3"),
        ("增12", "12"),
        ("12件", "12"),
        ("34435.86万元", "34435.86"),
        ("零", "0"),
        ("\u200b7", "7"),
    ],
)
def test_figures_are_read_as_printed(printed: str, value: str) -> None:
    assert figure(printed).value == Decimal(value)


@pytest.mark.parametrize("printed", ["", " ", "\u3000", "\xa0", "\u200b"])
def test_blank_is_not_zero(printed: str) -> None:
    assert figure(printed).kind == "blank"
    assert figure(printed).value is None


@pytest.mark.parametrize("printed", ["/", "-", "—", "－", "无", "／", "--"])
def test_a_dash_is_neither_blank_nor_zero(printed: str) -> None:
    assert figure(printed).kind == "dash"


@pytest.mark.parametrize(
    "printed",
    [
        "1 234",
        "12,34",
        "0,330",
        "1,3300",
        "007",
        "1e5",
        "NaN",
        "几十件",
        "一百二",
        "三四件",
        "8%",
        "见附件",
        "1(cid:12)",
        "1\ufffd",
        "\ue0013",
    ],
)
def test_what_is_not_plainly_one_figure_is_unreadable(printed: str) -> None:
    assert figure(printed).kind == "unreadable"


@pytest.mark.parametrize("printed", ["22（其中修订16件）", "22*", "22[1]", "22①", "22²"])
def test_a_remark_beside_a_figure_is_noted(printed: str) -> None:
    assert figure(printed).value == 22
    assert "note" in figure(printed).doubts


@given(
    st.integers(min_value=0, max_value=10**9),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", " ", "\xa0", "\u3000"]),
)
def test_a_figure_reads_back_however_it_is_set(value: int, thousands: bool, wide: bool, pad: str) -> None:
    printed = f"{value:,}" if thousands else str(value)
    printed = printed.translate(FULL_WIDTH) if wide else printed
    assert figure(f"{pad}{printed}{pad}").value == value


@given(st.text(max_size=12))
def test_any_text_is_read_without_an_error_and_never_as_a_figure_without_digits(text: str) -> None:
    read = figure(text)
    assert (read.value is not None) == (read.kind == "reported")
    if read.value:
        assert any(letter.isnumeric() for letter in text)
    is_figure(text)
    key(text)
    tidy(text)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("三、（一）予以公开", "予以公开"),
        ("(三) 不予公开", "不予公开"),
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ("规 章", "规章"),
        ("規(guī)章", "规章"),
        ("其中：1、政府网站公开数", "政府网站公开数"),
        ("2．网上申请数", "网上申请数"),
        ("总\n计", "总计"),
        ("⼀、总体情况", "总体情况"),
        ("????一、總體情況", "总体情况"),
    ],
)
def test_labels_that_say_the_same_have_the_same_key(printed: str, name: str) -> None:
    assert key(printed) == name


def test_bare_key_leaves_out_what_stands_in_brackets() -> None:
    assert bare_key("（二）部分公开（区分处理的，只计这一情形，不计其他情形）") == "部分公开"


def test_money_is_converted_exactly() -> None:
    assert convert(Decimal("75394432.52"), "元", "万元") == Decimal("7539.443252")
    assert convert(Decimal(2), "亿元", "万元") == 20000
    assert convert(Decimal(1), "元", "件") is None


def test_a_figure_too_long_for_a_float_is_not_read() -> None:
    assert figure("123456789012345").value == 123456789012345
    assert figure("1234567890123456").kind == "unreadable"
    assert figure("9" * 400).kind == "unreadable"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("五十四件", 54),
        ("一百二十", 120),
        ("两千零五", 2005),
        ("壹佰", 100),
        ("伍拾肆件", 54),
        ("廿三件", 23),
        ("十二项", 12),
        ("一百十五", 115),
        ("兩萬零五十", 20050),
        ("一万两千", 12000),
        ("二〇五", 205),
        ("1千", 1000),
        ("1.2万", 12000),
        ("0.133万件", 1330),
        ("3百件", 300),
    ],
)
def test_numerals_and_words_for_sizes_are_converted_and_marked(printed: str, value: int) -> None:
    read = as_count(figure(printed))
    assert read.value == value
    assert "unit-converted" in read.doubts
    assert is_figure(printed)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("约132", 132),
        ("470余", 470),
        ("470余件", 470),
        ("近300", 300),
        ("100多件", 100),
        ("1千多件", 1000),
        ("四百七十余件", 470),
        ("20左右", 20),
        ("超过1000件", 1000),
        ("不足10", 10),
        ("至少5", 5),
        ("10件以上", 10),
        (">5", 5),
        ("470+", 470),
    ],
)
def test_what_is_about_a_figure_is_read_as_approximate(printed: str, value: int) -> None:
    read = as_count(figure(printed))
    assert read.value == value
    assert "approximate" in read.doubts
    assert is_figure(printed)


@pytest.mark.parametrize("printed", ["共5件", "达5", "5件。", "5，", "5。"])
def test_words_and_stops_about_a_figure_are_noted(printed: str) -> None:
    assert figure(printed).value == 5
    assert "note" in figure(printed).doubts


@pytest.mark.parametrize("printed", ["12 件(次)", "12件（次）", "12", "12件", "1,234", "12.0"])
def test_what_is_plain_stays_plain(printed: str) -> None:
    assert as_count(figure(printed)).doubts == ()


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1.330", 1330),
        ("1.330件", 1330),
        ("1'330", 1330),
        ("1’330", 1330),
        ("1.330.000", 1330000),
        ("12.5", "12.5"),
        ("-3", -3),
        ("0.330", "0.33"),
        ("99999999999", 99999999999),
    ],
)
def test_what_no_count_can_be_is_implausible(printed: str, value: int | str) -> None:
    read = as_count(figure(printed))
    assert read.value == Decimal(value)
    assert "implausible" in read.doubts


def test_a_change_may_be_negative_and_money_may_have_a_point() -> None:
    assert as_count(figure("-3"), signed=True).doubts == ()
    assert figure("1.330").value == Decimal("1.33")
    assert as_count(figure("1.330万元")).doubts == ()


@pytest.mark.parametrize(
    "printed", ["NaN", "1e5", "1,33", "几十件", "百余件", "近百件", "三四件", "十几件", "#REF!", "1.2.3"]
)
def test_what_stands_for_a_figure_and_is_none_keeps_its_place(printed: str) -> None:
    assert figure(printed).kind == "unreadable"
    assert is_figure(printed)


@pytest.mark.parametrize(
    "printed",
    [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转",
        "其他",
        "3.其他",
        "三",
        "七",
        "十二",
        "（一）",
        "一、",
        "万元",
        "件",
        "件数",
        "次",
        "第三十条",
        "2013年",
        "百万元",
        "见附件",
        "一是加强公开",
    ],
)
def test_labels_and_numbers_of_rows_are_no_figures(printed: str) -> None:
    assert not is_figure(printed)


@pytest.mark.parametrize("table", TABLES)
def test_no_wording_of_the_form_is_a_figure(table: str) -> None:
    words = vocabulary(table)
    names = {*words.rows, *words.columns, *words.groups, *words.heads, *words.parents}
    assert not [name for name in names if name and is_figure(name)]


FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


@given(st.integers(min_value=0, max_value=10**11), st.booleans(), st.sampled_from(["", "件", "余件", "项"]))
def test_a_numeral_reads_back_as_its_number(value: int, formal: bool, behind: str) -> None:
    printed = numeral(value).translate(FORMAL) if formal else numeral(value)
    read = as_count(figure(printed + behind))
    assert read.value in (value, None)
    assert number_of(numeral(value)) == value


@given(st.text(alphabet="零一二两三五九十百千万亿1.,5余约件", min_size=1, max_size=7))
def test_a_jumble_of_numerals_is_read_as_written_or_not_at_all(text: str) -> None:
    value = number_of(text)
    if value is not None and any(rank in text for rank in "十百千万亿"):
        assert numeral(value).replace("一十", "十") == text.replace("两", "二").replace("一十", "十")


@given(st.integers(min_value=1, max_value=10**6), st.sampled_from(["千", "万", "亿"]), st.integers(0, 3))
def test_a_decimal_with_a_word_for_its_size_reads_back(value: int, scale: str, places: int) -> None:
    size = {"千": 10**3, "万": 10**4, "亿": 10**8}[scale]
    printed = f"{Decimal(value).scaleb(-places)}{scale}件"
    assert as_count(figure(printed)).value in (Decimal(value).scaleb(-places) * size, None)


def test_money_takes_its_scale_from_the_cell() -> None:
    assert convert(Decimal("0.59"), "亿", "万元") == 5900
    assert convert(Decimal(3), "千元", "万元") == Decimal("0.3")
    assert convert(Decimal("1.2"), "万", "件") == 12000
    assert convert(Decimal("1.2"), "万元", "件") is None


@pytest.mark.parametrize("printed", ["①③③⓪", "1③3", "❶2", "⒈5"])
def test_digits_in_circles_are_no_figure(printed: str) -> None:
    assert figure(printed).kind == "unreadable"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("11", "11"),
        ("11.0", "11"),
        ("0.50", "0.5"),
        ("0", "0"),
        ("0.0", "0"),
        ("-0", "0"),
        ("-3.0", "-3"),
        ("1E+3", "1000"),
    ],
)
def test_a_figure_is_said_without_a_useless_fraction(value: str, said: str) -> None:
    assert plain(Decimal(value)) == said


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_figure_of_a_record_is_the_printed_one(printed: Decimal) -> None:
    assert exact(float(printed)) == printed
    assert Decimal(plain(printed)) == printed


def test_no_figure_of_a_record_is_none() -> None:
    assert exact(None) is None


@given(st.text())
def test_a_text_without_space_has_all_its_other_letters(text: str) -> None:
    assert unspaced(text) == re.sub(r"\s", "", text)


def test_every_label_of_the_form_is_found_where_it_stands_behind_figures() -> None:
    for printed in printed_labels():
        text = fold(printed)
        found = labels().search(f"12 0 {text}")
        assert found, printed
        assert found.end() == len(text) + 5, printed


def test_figures_that_are_shown_turned_round_are_no_figures() -> None:
    """U+202E sets what stands behind it from right to left, digits too: 132 is seen as 231."""
    assert figure("\u202e132").kind == "unreadable"
    assert figure("\u200e132\u202c").value == 132
    assert key("\u202e行政许可") == "行政许可"
