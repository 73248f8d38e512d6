"""Some reports of a corpus, several corpora as one, the years of one agency."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import govinfo
from govinfo import Corpus, UsageError, datasets

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
PINGTAN = "平潭综合实验区"


@cache
def real() -> Corpus:
    return datasets.load_corpus()


def test_select_keeps_the_reports_with_all_these_values() -> None:
    chosen = real().select(province="山西", year=range(2020, 2022))
    assert set(chosen.reports["province"]) == {"山西省"}
    assert set(chosen.reports["year"]) == {2020, 2021}
    for name in ("cells", "findings", "sections"):
        assert set(getattr(chosen, name)["report_id"]) <= set(chosen.reports["report_id"])
    assert len(real().select(level="county", year=2021).reports) == 1
    assert len(real().select(level=["county", "city"]).reports) > 1


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"provinz": "江苏"}, "no column provinz.*province"),
        ({"province": "火星"}, "no report here has province 火星"),
        ({"year": 1999}, "no report here has year 1999"),
    ],
)
def test_select_says_what_is_not_there(wanted: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        real().select(**wanted)


@pytest.mark.parametrize("name", [PINGTAN, "综合实验区", "Pingtan Comprehensive", "平潭综合实验区管委会"])
def test_the_years_of_one_agency(name: str) -> None:
    some = real().select(year=[2014, 2016, 2018, 2019, 2021, 2022, 2023, 2025])
    series = some.series(name)
    assert list(series.index) == list(range(2014, 2026))
    assert series.loc[2023, "requests.new.total"] == 81
    assert series["requests.new.total"].isna().tolist() == [True] * 5 + [False, True] + [False] * 3 + [True, False]
    assert series["form"].isna().tolist() == [year in (2015, 2017, 2020, 2024) for year in series.index]
    assert str(series["requests.new.total"].dtype) == "Float64"


def test_a_series_is_of_one_agency() -> None:
    with pytest.raises(UsageError, match="agencies are meant by '人民政府'"):
        real().series("人民政府")
    with pytest.raises(UsageError, match=r"2 agencies are meant by '平潭': 平潭综合实验区, 平潭县人民政府\. Give"):
        real().series("平潭")
    nameless = real().select(year=2023)
    nameless = replace(nameless, reports=nameless.reports.assign(agency=pd.NA, agency_id=pd.NA, agency_en=pd.NA))
    with pytest.raises(UsageError, match="no agency here is meant by ''"):
        nameless.series("")
    with pytest.raises(UsageError, match="no agency here is meant by 'Mars'"):
        real().series("Mars")


def test_corpora_joined_are_the_corpus_of_all_their_files() -> None:
    paths = sorted(path for path in RAW.iterdir() if path.name.startswith("pingtan") and path.suffix == ".html")
    whole = govinfo.read_reports(paths)
    joined = govinfo.concat([govinfo.read_reports(paths[:3]), govinfo.read_reports(paths[2:])])
    assert sorted(joined.reports["report_id"]) == sorted(whole.reports["report_id"])
    assert len(joined.cells) == len(whole.cells)
    columns = ["report_id", "rule", "table", "row", "column", "status", "difference"]
    pd.testing.assert_frame_equal(
        joined.findings[columns].sort_values(columns[:5], ignore_index=True),
        whole.findings[columns].sort_values(columns[:5], ignore_index=True),
    )
    assert (
        joined.reports.set_index("report_id")["findings"].to_dict()
        == whole.reports.set_index("report_id")["findings"].to_dict()
    )


def test_a_second_report_of_an_agency_and_year_does_not_count_after_joining() -> None:
    one = govinfo.read_reports([RAW / "shuozhou-2020.txt"])
    other = Corpus(
        **{
            name: frame.assign(report_id="other") if "report_id" in frame else frame
            for name, frame in vars(govinfo.read_reports([RAW / "shuozhou-2020.txt"])).items()
        }
    )
    joined = govinfo.concat([one, other])
    assert len(joined.reports) == 2
    assert len(joined.counted().reports) == 1


def test_no_corpus_is_refused() -> None:
    with pytest.raises(UsageError, match="no corpus is given"):
        govinfo.concat([])
