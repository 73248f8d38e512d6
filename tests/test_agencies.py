"""Names of agencies to ids and regions: names as real titles print them, every region of the table, users' tables."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.errors import UsageError
from govinfo.files.data import read_table
from govinfo.identity.agencies import (
    AGENCIES,
    Aliases,
    agencies,
    agency_of,
    identity_columns,
    read_aliases,
    spans,
)
from govinfo.identity.regions import near_regions, places_named, region_with
from govinfo.identity.stems import words

ROOT = Path(__file__).resolve().parents[1]

ONE_ID = [
    # Codes read off the published tables of GB/T 2260.
    (
        "320813",
        [
            "洪泽区",
            "洪泽区人民政府",
            "淮安市洪泽区人民政府",
            "江苏省淮安市洪泽区",
            "江苏省洪泽区政府",
            "江苏淮安洪泽区人民政府",
            "洪泽区 人民政府（本级）",
            "淮安市洪澤區人民政府",
        ],
    ),
    ("平潭综合实验区", ["平潭综合实验区", "平潭综合实验区管委会", "平潭综合实验区管理委员会", "福建省平潭综合实验区"]),
    ("410482", ["汝州市", "汝州市人民政府", "平顶山市汝州市", "河南省汝州市人民政府"]),
    ("410482-办公室", ["汝州市人民政府办公室", "汝州市政府办公室", "汝州市政府办", "河南省汝州市办公室"]),
    ("140825-三泉镇", ["新绛县三泉镇人民政府", "新绛县三泉镇", "运城市新绛县三泉镇政府"]),
    ("320813-高良涧街道", ["洪泽区高良涧街道", "淮安市洪泽区高良涧街道办事处", "洪泽区高良涧街道办"]),
    ("310000-办公厅", ["上海市人民政府办公厅", "上海市政府办公厅"]),
    ("310115", ["浦东新区人民政府", "上海市浦东新区", "上海浦东新区"]),
    ("320813-税务局", ["国家税务总局淮安市洪泽区税务局", "洪泽区税务局"]),
    ("320813-国有资产监督管理委员会", ["洪泽区国有资产监督管理委员会", "洪泽区人民政府国有资产监督管理委员会"]),
    ("222400", ["延边朝鲜族自治州", "延边州人民政府", "吉林省延边州"]),
    ("420528", ["长阳土家族自治县人民政府", "宜昌市长阳县"]),
    ("340422", ["寿县", "六安市寿县人民政府", "淮南市寿县"]),
    ("420600", ["襄樊市人民政府", "襄阳市人民政府"]),
    ("232700", ["大兴安岭地区行政公署", "大兴安岭地区"]),
    ("教育部", ["教育部", "中华人民共和国教育部"]),
    ("320800-经济技术开发区", ["淮安市经济技术开发区管委会", "江苏省淮安市经济技术开发区"]),
]


@pytest.mark.parametrize(("agency_id", "names"), ONE_ID)
def test_names_of_one_agency_have_one_id(agency_id: str, names: list[str]) -> None:
    assert {name: agency_of(name).id for name in names} == dict.fromkeys(names, agency_id)
    assert not any(agency_of(name).doubt for name in names)


REGIONS = [
    ("洪泽区人民政府", "320813", "江苏省", "淮安市", "洪泽区", "county"),
    ("洪泽县人民政府", "320829", "江苏省", "淮安市", "洪泽县", "county"),
    ("汝州市人民政府办公室", "410482", "河南省", "平顶山市", "汝州市", "department"),
    ("汾阳市", "141182", "山西省", "吕梁市", "汾阳市", "county"),
    ("汾西县人民政府办公室", "141034", "山西省", "临汾市", "汾西县", "department"),
    ("朔州市人民政府", "140600", "山西省", "朔州市", None, "city"),
    ("新绛县三泉镇人民政府", "140825", "山西省", "运城市", "新绛县", "town"),
    ("沭阳县", "321322", "江苏省", "宿迁市", "沭阳县", "county"),
    ("平潭县", "350128", "福建省", "福州市", "平潭县", "county"),
    ("上海市人民政府办公厅", "310000", "上海市", None, None, "department"),
    ("上海市", "310000", "上海市", None, None, "province"),
    ("浦东新区", "310115", "上海市", None, "浦东新区", "county"),
    ("仙桃市", "429004", "湖北省", None, "仙桃市", "county"),
    ("东莞市虎门镇", "441900", "广东省", "东莞市", None, "town"),
    ("石河子市", "659001", "新疆维吾尔自治区", None, "石河子市", "county"),
    ("淮安市经济技术开发区", "320800", "江苏省", "淮安市", None, None),
    ("内蒙古自治区", "150000", "内蒙古自治区", None, None, "province"),
    ("国务院办公厅", None, None, None, None, "national"),
    ("平潭综合实验区", "350128", "福建省", "福州市", "平潭县", None),
]


@pytest.mark.parametrize(("name", "code", "province", "city", "county", "level"), REGIONS)
def test_regions_and_levels(name: str, code: str, province: str, city: str, county: str, level: str) -> None:
    found = identity_columns(name)
    assert found.pop("agency_id")
    assert found.pop("agency_en")
    assert found == {"region_code": code, "province": province, "city": city, "county": county, "level": level}


ZONES = [
    ("320100", "江北新区", ["江北新区", "南京江北新区", "南京市江北新区管委会", "江苏省南京江北新区管理委员会"]),
    ("500000", "两江新区", ["两江新区", "重庆两江新区管理委员会", "重庆市两江新区"]),
    ("370211", "西海岸新区", ["西海岸新区", "青岛西海岸新区管委会", "山东省青岛市西海岸新区"]),
    ("130600", "雄安新区", ["雄安新区", "河北雄安新区管理委员会", "河北省雄安新区党工委管委会"]),
    ("610000", "西咸新区", ["西咸新区", "陕西省西咸新区管委会", "西安市西咸新区"]),
    ("330900", "舟山群岛新区", ["舟山群岛新区", "浙江舟山群岛新区管委会"]),
    ("350128", "平潭综合实验区", ["平潭综合实验区", "平潭综合实验区党工委管委会", "福建省平潭综合实验区管理委员会"]),
    ("440400", "横琴粤澳深度合作区", ["横琴粤澳深度合作区", "珠海横琴粤澳深度合作区执行委员会"]),
    ("320500", "苏州工业园区", ["苏州工业园区", "江苏省苏州工业园区管委会"]),
    ("610403", "杨凌示范区", ["杨凌示范区", "陕西杨凌示范区管委会", "杨凌农业高新技术产业示范区"]),
    ("310000", "上海自贸试验区临港新片区", ["中国（上海）自由贸易试验区临港新片区管委会"]),
]


@pytest.mark.parametrize(("code", "agency_id", "names"), ZONES)
def test_zones_of_national_rank_have_their_region(code: str, agency_id: str, names: list[str]) -> None:
    found = {(agency.id, agency.region.code if agency.region else "", agency.doubt) for agency in map(agency_of, names)}
    assert found == {(agency_id, code, "")}


@pytest.mark.parametrize(
    ("name", "agency_id", "code", "level"),
    [
        ("两江新区财政局", "两江新区-财政局", "500000", "department"),
        ("重庆两江新区管理委员会办公室", "两江新区-办公室", "500000", "department"),
        ("平潭综合实验区海坛街道办事处", "平潭综合实验区-海坛街道", "350128", "town"),
        ("国家税务总局平潭综合实验区税务局", "平潭综合实验区-税务局", "350128", "department"),
        ("西咸新区沣东新城管委会", "西咸新区-沣东新城", "610000", ""),
        ("雄安新区容城县人民政府", "130629", "130629", "county"),
        ("上海市浦东新区人民政府", "310115", "310115", "county"),
        ("天津市滨海新区", "120116", "120116", "county"),
    ],
)
def test_bodies_in_a_zone_have_its_region(name: str, agency_id: str, code: str, level: str) -> None:
    agency = agency_of(name)
    assert agency.region
    assert (agency.id, agency.region.code, agency.level, agency.doubt) == (agency_id, code, level, "")


def test_a_zone_of_the_same_name_elsewhere_is_another() -> None:
    assert agency_of("苏州市江北新区").id == "320500-江北新区"
    assert agency_of("青榆县福州新区").region is None


def test_the_table_of_zones_is_whole() -> None:
    lines = read_table("identity", "zones")
    assert len({line["printed"] for line in lines}) == len(lines)
    assert all(line["source"] and region_with(line["region_code"]) for line in lines)
    assert {line["zone"] for line in lines} <= {line["printed"] for line in lines} | {"上海自贸试验区临港新片区"}


@pytest.mark.parametrize(
    "name", ["教育局", "城关镇", "经济开发区管委会", "管委会", "鼓楼区", "朝阳区教育局", "第一中学"]
)
def test_a_name_that_bodies_of_several_places_bear_joins_no_reports(name: str) -> None:
    ids = {identity_columns(name, report_id=report)["agency_id"] for report in ("one", "two")}
    assert ids == {"one", "two"}
    reports = reports_of((name, 2022), (name, 2023)).assign(report_id=["one", "two"])
    assert agencies(reports)["agency_id"].tolist() == ["one", "two"]


@pytest.mark.parametrize("name", ["沐阳县", "青榆县教育局", "南京大学", "淮安经济技术开发区", "洪泽区", "教育部"])
def test_a_name_of_its_own_joins_reports(name: str) -> None:
    assert identity_columns(name, report_id="one")["agency_id"] == agency_of(name).id


DOUBTS = [
    ("鼓楼区人民政府", "鼓楼区", "agency-ambiguous", ["320106", "320302", "350102", "410204"]),
    ("江苏省鼓楼区", "江苏省鼓楼区", "agency-ambiguous", ["320106", "320302"]),
    ("朝阳区教育局", "朝阳区教育局", "agency-ambiguous", ["110105", "220104"]),
    ("毕节市人民政府", "毕节市", "agency-ambiguous", ["520500", "522401", "until 2010"]),
    ("沐阳县人民政府", "沐阳县", "region-unknown", ["near: 沭阳县"]),
    ("宿迁市沐阳县", "宿迁市沐阳县", "region-unknown", ["no 沐阳县", "near: 沭阳县"]),
    ("淮安市洪择区教育局", "淮安市洪择区教育局", "region-unknown", ["near: 洪泽区"]),
    ("南京市洪泽区人民政府", "南京市洪泽区", "region-contradicted", ["洪泽区 does not lie in 南京市", "320813"]),
    ("三泉镇人民政府", "三泉镇", "region-unknown", ["no region"]),
    ("运城市三泉镇", "运城市三泉镇", "region-unknown", ["its county is not named"]),
    ("经济开发区管委会", "经济开发区", "region-unknown", ["no region"]),
    ("芒市镇人民政府", "芒市镇", "region-unknown", ["no region"]),
    ("教育局", "教育局", "region-unknown", ["no region"]),
    ("人民政府", "人民政府", "region-unknown", ["no region"]),
    ("", "", "region-unknown", ["no name was read"]),
]


@pytest.mark.parametrize(("name", "agency_id", "doubt", "said"), DOUBTS)
def test_what_is_not_sure_is_left_open_and_said(name: str, agency_id: str, doubt: str, said: list[str]) -> None:
    agency = agency_of(name)
    assert (agency.id, agency.doubt, agency.region) == (agency_id, doubt, None)
    assert [part for part in said if part not in agency.reason] == []


def test_several_regions_of_a_name_are_told_apart_by_the_one_above() -> None:
    ids = {name: agency_of(name).id for name in ("南京市鼓楼区", "徐州市鼓楼区", "福州市鼓楼区", "毕节地区毕节市")}
    assert list(ids.values()) == ["320106", "320302", "350102", "522401"]
    assert agency_of("毕节市七星关区").id == "520502"


def test_a_department_is_not_its_government() -> None:
    ids = {agency_of(f"汝州市{rest}").id for rest in ("", "人民政府办公室", "教育局", "临汝镇", "产业集聚区管委会")}
    assert len(ids) == 5


# The table


def test_every_region_is_found_by_its_name_and_by_those_above_it() -> None:
    wrong = []
    for line in read_table("identity", "regions"):
        region = region_with(line["code"])
        assert region
        above = [region.province if region.level != "province" else "", region.city if region.county else ""]
        names = ["".join([*above, line["name"]]), f"{above[1] or above[0]}{line['name']}人民政府"]
        if len(places_named(line["name"])) == 1:
            names += [line["name"], above[0] + line["name"]]
        for name in names:
            agency = agency_of(name)
            allowed = agency.id == region.code or (
                agency.doubt == "agency-ambiguous" and line["code"] in re.findall(r"\d{6}", agency.reason)
            )
            if not allowed:
                wrong.append((name, agency))
    assert not wrong


def test_only_places_that_changed_their_level_stay_open_with_their_province_before_them() -> None:
    counts = {}
    for line in read_table("identity", "regions"):
        region = region_with(line["code"])
        assert region
        full = f"{region.province}{region.city if region.county else ''}{line['name']}"
        if region.level != "province" and agency_of(full).doubt:
            counts[line["name"]] = len(places_named(line["name"]))
    assert counts == dict.fromkeys(["巢湖市", "儋州市", "毕节市", "铜仁市", "日喀则市", "吐鲁番市", "哈密市"], 2)


def test_the_table_is_whole() -> None:
    lines = read_table("identity", "regions")
    assert [(line["code"], line["first"]) for line in lines] == sorted((line["code"], line["first"]) for line in lines)
    for line in lines:
        assert re.fullmatch(r"[1-9]\d{5}", line["code"])
        ends = {"province": "0000", "city": "00", "county": ""}[line["level"]]
        assert line["code"].endswith(ends)
        assert int(line["first"]) >= 2008
        assert not line["last"] or int(line["first"]) <= int(line["last"]) <= 2024
    now = [line["level"] for line in lines if not line["last"]]
    # As the Ministry of Civil Affairs counts them at the end of 2024, with Hong Kong, Macau and Taiwan.
    assert (now.count("province"), now.count("city"), now.count("county")) == (34, 333, 2846)


def test_near_regions_names_those_alike_first() -> None:
    assert near_regions("沐阳县", None)[0] == "沭阳县"
    assert near_regions("洪泽市", None)[:2] == ["洪泽区", "洪泽县"]
    assert near_regions("", None) == []


def test_words_are_of_known_kinds() -> None:
    kinds = {line["kind"] for line in read_table("identity", "words")}
    assert kinds == {"opening", "leader", "ending", "committee", "kind", "zone"}
    for kind in kinds:
        assert len(words(kind)) == sum(line["kind"] == kind for line in read_table("identity", "words"))


# Properties

REST = st.sampled_from(["", "人民政府", "政府", "本级", "人民政府办公室", "教育局", "城关镇", "开发区管委会", "王庄乡"])
REGION = st.sampled_from([line["code"] for line in read_table("identity", "regions")])


@given(REGION, REST, st.sampled_from([" ", "　", "\u200b", ""]))
def test_spaces_and_the_words_for_a_government_change_no_id(code: str, rest: str, space: str) -> None:
    name = f"{getattr(region_with(code), 'name', '')}{rest}"
    assert agency_of(space.join(name)).id == agency_of(name).id
    if rest in ("人民政府", "政府", "本级"):
        assert agency_of(name).id == agency_of(name.removesuffix(rest)).id


@given(st.text(alphabet="江苏省淮安市洪泽区县镇人民政府办公室管委会开发新鼓楼()（） a1", max_size=16))
def test_any_text_has_an_answer(name: str) -> None:
    agency = agency_of(name)
    assert agency.doubt in ("", "agency-ambiguous", "region-unknown", "region-contradicted")
    assert agency.reason
    assert agency.region is None or agency.id.startswith(agency.region.code) or "development zone" in agency.reason
    assert not (agency.doubt and agency.region)
    assert agency_of(agency.name) == agency


# A user's table


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "aliases.csv"
    path.write_bytes(text.encode(encoding))
    return path


def read(folder: Path, text: str, encoding: str = "utf-8") -> Aliases:
    return read_aliases(table(folder, text, encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_an_alias_overrides_everything(tmp_path: Path, encoding: str) -> None:
    text = (
        "name,agency_id,region_code,note\r\n"
        "洪泽县人民政府,320813,,became a district in 2016\r\n"
        "沐阳县人民政府,321322,,misprint\r\n"
        "平潭综合实验区,pingtan,350128,\r\n"
        '鼓楼区教育局,320106-教育局,,"site, seen"\r\n'
    )
    aliases = read(tmp_path, text, encoding)
    county = agency_of("洪泽县 人民政府", aliases)
    assert (county.id, county.level, county.doubt) == ("320813", "county", "")
    assert county.reason == "alias of 洪泽县人民政府: became a district in 2016"
    assert identity_columns("沐阳县人民政府", aliases)["city"] == "宿迁市"
    assert identity_columns("平潭综合实验区", aliases)["county"] == "平潭县"
    assert identity_columns("鼓楼区教育局", aliases) == {
        "agency_en": "Gulou District Education Bureau",
        "agency_id": "320106-教育局",
        "region_code": "320106",
        "province": "江苏省",
        "city": "南京市",
        "county": "鼓楼区",
        "level": "department",
    }
    assert agency_of("洪泽县", aliases).id == "320829"
    assert agency_of("洪泽县人民政府").id == "320829"


FAULTS = [
    ("name,id\n洪泽区,1\n", ["aliases.csv", "no column agency_id", "name, agency_id"]),
    ("", ["no column name, agency_id"]),
    ("name,agency_id\n洪泽区, \n", ["line 2", "nothing in agency_id"]),
    ("name,agency_id\n洪泽区\n", ["line 2", "nothing in agency_id"]),
    ("name,agency_id,region_code\n洪泽区,x,320814\n", ["line 2", "no region has the code 320814", "320813"]),
    ("name,agency_id\n洪泽区,a\n洪泽 区,b\n", ["line 3", "洪泽区 has two ids: a and b"]),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_faults_of_a_table_say_where_and_what_to_do(tmp_path: Path, text: str, said: list[str]) -> None:
    with pytest.raises(UsageError) as raised:
        read(tmp_path, text)
    assert [part for part in said if part not in str(raised.value)] == []
    assert raised.value.hint


def test_a_table_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not readable"):
        read(tmp_path, "name,agency_id\n洪泽区,a\n", "gb18030")
    with pytest.raises(UsageError, match=re.escape("none.csv")):
        read_aliases(tmp_path / "none.csv")


def test_a_name_twice_with_one_id_is_no_fault(tmp_path: Path) -> None:
    assert len(read(tmp_path, "name,agency_id\n洪泽区,a\n洪泽区,a\n").entries) == 1


# The frame of agencies


def reports_of(*pairs: tuple[str | None, int | None]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["agency", "year"]).astype({"agency": "string", "year": "Int64"})


def test_agencies_joins_names_over_years_and_says_why() -> None:
    found = agencies(
        reports_of(
            ("淮安市洪泽区人民政府", 2020),
            ("洪泽区人民政府", 2023),
            ("洪泽区", 2019),
            ("洪泽区", None),
            ("鼓楼区", 2021),
            (None, 2022),
            (None, 2022),
        )
    )
    assert {name: str(kind) for name, kind in found.dtypes.items()} == AGENCIES
    assert found["agency_id"].fillna("").tolist() == ["320813", "鼓楼区", ""]
    joined = found.iloc[0]
    assert joined["names"] == "洪泽区 | 淮安市洪泽区人民政府 | 洪泽区人民政府"
    assert (joined["years"], joined["reports"], joined["level"]) == ("2019-2020, 2023, unknown", 4, "county")
    assert joined["reason"] == "3 names of one agency: government of 320813 江苏省 淮安市 洪泽区"
    assert found["doubt"].tolist() == ["", "agency-ambiguous", "region-unknown"]
    assert found["reports"].sum() == 7
    nameless = found.iloc[2]
    assert pd.isna(nameless["names"])
    assert nameless["reason"] == "no name was read"


def test_agencies_takes_a_users_table(tmp_path: Path) -> None:
    aliases = read(tmp_path, "name,agency_id,note\n洪泽县,320813,renamed\n")
    found = agencies(reports_of(("洪泽县", 2015), ("洪泽区", 2016)), aliases)
    assert found["agency_id"].tolist() == ["320813"]
    assert found["reason"].tolist() == [
        "2 names of one agency: alias of 洪泽县: renamed; government of 320813 江苏省 淮安市 洪泽区"
    ]


def test_agencies_of_no_reports_and_of_another_frame() -> None:
    empty = agencies(reports_of())
    assert len(empty) == 0
    assert list(empty.columns) == list(AGENCIES)
    with pytest.raises(UsageError, match="no column year"):
        agencies(pd.DataFrame({"agency": ["洪泽区"]}))


@pytest.mark.parametrize(
    ("years", "told"),
    [([2014, 2016, 2018, 2019], "2014, 2016, 2018-2019"), ([2021, 2020, 2021], "2020-2021"), ([None], "unknown")],
)
def test_spans_of_years(years: list[int | None], told: str) -> None:
    assert spans(pd.Series(years, dtype="Int64")) == told


def test_the_reports_of_the_data_set() -> None:
    with (ROOT / "data" / "raw" / "sources.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    found = agencies(reports_of(*((line["agency"], int(line["year"])) for line in lines)))
    assert found["reports"].sum() == len(lines)
    by_id = found.set_index("agency_id")
    assert set(by_id.index) == {
        "140600",
        "140825-三泉镇",
        "141034-办公室",
        "141182",
        "310000-办公厅",
        "310000-科委",
        "320800",
        "320813",
        "321322-发展和改革局",
        "350128",
        "410482-办公室",
        "平潭综合实验区",
        "沐阳县",
    }
    assert by_id.loc["平潭综合实验区", "names"] == "平潭综合实验区 | 平潭综合实验区管委会"
    assert by_id.loc["平潭综合实验区", "years"] == "2011-2025"
    assert by_id.loc["320813", "names"] == "洪泽区人民政府 | 淮安市洪泽区人民政府"
    assert by_id[by_id["doubt"] != ""].index.tolist() == ["沐阳县"]


# The document


def test_the_example_of_the_document_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "agencies.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```\n\n```text\n(.*?)```", text, re.S)
    assert example
    exec(example[1], {})
    assert capsys.readouterr().out == example[2]


def test_the_table_of_the_document_can_be_read(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "agencies.md").read_text(encoding="utf-8")
    example = re.search(r"```csv\n(.*?)```", text, re.S)
    assert example
    aliases = read(tmp_path, example[1])
    assert len(aliases.entries) == 4
    codes = {identity_columns(name, aliases)["region_code"] for name in aliases.entries}
    assert codes == {"320813", "321322", "350128"}
