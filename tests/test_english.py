"""Names that an English reader can read: places, autonomous regions, bodies, and a table of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import govinfo
from govinfo import datasets, plots
from govinfo.files.data import read_table
from govinfo.identity.english import english
from govinfo.identity.regions import names

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("六安市", "Lu'an City"),
        ("朔州市人民政府", "Shuozhou City Government"),
        ("汾西县人民政府办公室", "Fenxi County Government Office"),
        ("长子县", "Zhangzi County"),
        ("长治市", "Changzhi City"),
        ("乐清市", "Yueqing City"),
        ("乐山市", "Leshan City"),
        ("铅山县", "Yanshan County"),
        ("大埔县", "Dabu County"),
        ("番禺区", "Panyu District"),
        ("郫都区", "Pidu District"),
        ("洪洞县", "Hongtong County"),
        ("东阿县", "Dong'e County"),
        ("西安市", "Xi'an City"),
        ("陕西省", "Shaanxi Province"),
        ("山西省", "Shanxi Province"),
        ("单县", "Shan County"),
        ("厦门市", "Xiamen City"),
        ("重庆市", "Chongqing Municipality"),
        ("新疆维吾尔自治区人民政府", "Xinjiang Uygur Autonomous Region Government"),
        ("内蒙古自治区", "Inner Mongolia Autonomous Region"),
        ("广西壮族自治区", "Guangxi Zhuang Autonomous Region"),
        ("宁夏回族自治区", "Ningxia Hui Autonomous Region"),
        ("西藏自治区", "Xizang Autonomous Region"),
        ("延边朝鲜族自治州", "Yanbian Korean Autonomous Prefecture"),
        ("恩施土家族苗族自治州", "Enshi Tujia and Miao Autonomous Prefecture"),
        ("新绛县三泉镇人民政府", "Xinjiang County Sanquan Town Government"),
        ("平潭综合实验区管委会", "Pingtan Comprehensive Experimental Zone Administrative Committee"),
        ("沭阳县发展和改革委员会", "Shuyang County Development and Reform Commission"),
        ("汾西县教育局", "Fenxi County Education Bureau"),
        ("上海市科委", "Shanghai Municipality Science and Technology Commission"),
        ("天津市教委", "Tianjin Municipality Education Commission"),
        ("上海市经信委", "Shanghai Municipality Economy and Information Technology Commission"),
        ("上海市经济和信息化委员会", "Shanghai Municipality Economy and Information Technology Commission"),
        ("淮安市发改委", "Huai'an City Development and Reform Commission"),
        ("汝州市卫健委", "Ruzhou City Health Commission"),
        ("朔州市国资委", "Shuozhou City State-owned Assets Supervision and Administration Commission"),
        ("北京市农委", "Beijing Municipality Agriculture Commission"),
        ("北京市建委", "Beijing Municipality Construction Commission"),
        ("汾西县民委", "Fenxi County Ethnic Affairs Commission"),
        ("汾西县市监局", "Fenxi County Market Regulation Bureau"),
        ("汾西县外办", "Fenxi County Foreign Affairs Office"),
        ("苏州工业园区管理委员会", "Suzhou Industrial Park Administrative Committee"),
        ("虚构甲省甲市甲县教育局", "Fictitious Jia Province Jia City Jia County Education Bureau"),
        ("Hill County", "Hill County"),
        ("", ""),
    ],
)
def test_a_name_in_english(name: str, said: str) -> None:
    assert english(name) == said


def test_a_short_name_of_a_commission_is_not_found_inside_another_word() -> None:
    assert "Ethnic" not in english("汾西县永安镇居民委员会")
    assert "Education" not in english("某某教委员会")


def test_every_region_has_an_english_name_without_chinese() -> None:
    wrong = [
        name for name in names() if not english(name) or not english(name).replace("ü", "u").replace("ê", "e").isascii()
    ]
    assert not wrong


def test_romanised_names_are_stable_when_romanised_again() -> None:
    for name in list(names())[:500]:
        assert english(english(name)) == english(name)


def test_no_word_stands_twice_in_the_table() -> None:
    lines = [(line["kind"], line["zh"]) for line in read_table("identity", "english")]
    assert len(lines) == len(set(lines))


def test_the_reports_frame_has_english_names() -> None:
    reports = datasets.load_reports()
    assert reports["agency_en"].tolist() == [english(name) for name in reports["agency"]]


def test_a_table_of_ones_own_overrides_them(tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    table.write_text("name,agency_id,name_en\n汾阳市,141182,City of Fenyang\n", encoding="utf-8")
    corpus = govinfo.read_reports([RAW / "fenyang-2021.txt"], aliases=govinfo.read_aliases(table))
    assert corpus.reports["agency_en"].tolist() == ["City of Fenyang"]
    assert "City of Fenyang" in " ".join(said(plots.draw("outcomes", corpus)))


def said(figure: Figure) -> list[str]:
    figure.draw_without_rendering()
    ticks = [label for ax in figure.axes for label in (*ax.get_yticklabels(), *ax.get_xticklabels())]
    return [text.get_text() for text in (*figure.findobj(Text), *ticks)]


@pytest.mark.parametrize("name", ["volumes", "outcomes", "funnel", "multiples", "quality", "reasons-by-agency"])
def test_english_charts_have_no_chinese_and_chinese_ones_do(name: str) -> None:
    corpus = datasets.load_corpus()

    def chinese(lang: str) -> list[str]:
        texts = said(plots.draw(name, corpus, lang=lang))
        return [text for text in texts if any("\u3400" <= sign <= "\u9fff" for sign in text)]

    assert not chinese("en")
    assert chinese("zh")
