from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.text import bare_key, convert, figure, is_figure, key, tidy

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
    "printed", ["1 234", "约12", "12,34", "007", "8%", "见附件", "1(cid:12)", "1\ufffd", "\ue0013"]
)
def test_what_is_not_plainly_one_figure_is_unreadable(printed: str) -> None:
    assert figure(printed).kind == "unreadable"


@pytest.mark.parametrize("printed", ["22（其中修订16件）", "22*", "22[1]", "22①", "22²"])
def test_a_remark_beside_a_figure_is_noted(printed: str) -> None:
    assert figure(printed).value == 22
    assert figure(printed).note


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
