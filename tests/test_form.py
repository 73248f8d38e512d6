from __future__ import annotations

import csv
from pathlib import Path

import pytest

from govinfo import codebook, forms
from govinfo.errors import FormError
from govinfo.forms import identities, row_order, vocabulary
from govinfo.forms.form import refuse_repeated, refuse_unknown
from govinfo.text import key


def test_the_codebook_of_the_design_is_kept(shared: Path) -> None:
    book = codebook()
    for line in csv.DictReader((shared / "forms" / "codebook.csv").open(encoding="utf-8")):
        for form in line["form"].split("+"):
            mine = book[(book["form"] == form) & (book["table"] == line["table"]) & (book["row"] == line["row"])]
            assert set(mine["row_label_zh"]) == {line["row_label_zh"]}
            assert set(mine["row_label_en"]) == {line["row_label_en"]}


def test_the_columns_of_the_design_are_kept(shared: Path) -> None:
    for line in csv.DictReader((shared / "forms" / "columns.csv").open(encoding="utf-8")):
        for form in line["forms"].split("+"):
            columns = {column.code: column for table in forms()[form].tables.values() for column in table.columns}
            assert columns[line["column"]].unit == line["unit"] or line["column"] in ("other", "total")


def test_one_order_of_rows_agrees_with_every_form() -> None:
    for form in forms().values():
        for name, table in form.tables.items():
            order = row_order(name)
            places = [order.index(row.code) for row in table.rows]
            assert places == sorted(places)


def test_every_label_of_the_form_means_its_own_row() -> None:
    for form in forms().values():
        for name, table in form.tables.items():
            for row in table.rows:
                assert row.code in vocabulary(name).rows[key(row.label_zh)]


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        ("主动公开信息数", "proactive_items"),
        ("其中：1.网站公开", "via_website"),
        ("2、政府公报公开", "via_gazette"),
        ("受理政府信息依申请公开总数", "requests_received"),
        ("对申请的答复数", "replies"),
        ("3、否决公开答复数", "reply_refused"),
    ],
)
def test_wordings_of_the_tables_of_before_2019_mean_one_row(printed: str, row: str) -> None:
    """As one agency prints them over the years; files disclosed stay apart from items."""
    assert list(vocabulary("statistics").rows[key(printed)]) == [row]
    assert "proactive_items" not in vocabulary("statistics").rows[key("主动公开文件数")]


def test_identities_name_rows_and_columns_that_exist() -> None:
    assert [identity.rule for identity in identities()] == ["R1", "R2", "R3", "R4"]


def test_an_undefined_code_in_the_tables_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FormError, match=r"undefined: nwe.*Known here: carried_in, new"):
        refuse_unknown(["nwe"], ["new", "carried_in"], "labels.csv")


def test_a_code_defined_twice_is_refused() -> None:
    with pytest.raises(FormError, match="defined twice: new"):
        refuse_repeated(["new", "new"], "rows.csv")
