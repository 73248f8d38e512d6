"""Counts stated in prose: against a list made by reading the reports, and wordings that must and must not be taken."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from govinfo import Corpus, read_reports
from govinfo.prose import statements_of, subjects

BY_HAND = Path(__file__).resolve().parent / "data" / "statements.csv"
"""What a person who reads the reports finds stated: codes, figures and places."""

Key = tuple[str, str, str, str, float, str]


def listed() -> Counter[Key]:
    with BY_HAND.open(encoding="utf-8", newline="") as lines:
        return Counter(
            (one["report"], one["section"], one["paragraph"], one["subject"], float(one["value"]), one["approximate"])
            for one in csv.DictReader(lines)
        )


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    return read_reports(sorted(shared / "reports" / name for name in {key[0] for key in listed()}), twice="never")


def found(corpus: Corpus) -> Counter[Key]:
    sources = corpus.reports.set_index("report_id")["source"]
    return Counter(
        (
            sources[one["report_id"]],
            str(one["number"]),
            str(one["paragraph"]),
            one["subject"],
            one["value"],
            "yes" if one["approximate"] else "no",
        )
        for one in corpus.statements.to_dict("records")
    )


def test_statements_are_those_that_a_reader_finds(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    want, got = listed(), found(corpus)
    right = (want & got).total()
    precision, recall = right / got.total(), right / want.total()
    with capsys.disabled():
        print(f"\n{want.total()} statements by hand: precision {precision:.3f}, recall {recall:.3f}")
    assert want.total() >= 150
    assert precision >= 0.98, sorted(got - want)
    assert recall >= 0.85, sorted(want - got)


def test_a_statement_leads_to_its_words(corpus: Corpus) -> None:
    texts = corpus.sections.dropna(subset="paragraph").set_index(["report_id", "paragraph"])["text"]
    for one in corpus.statements.to_dict("records"):
        text = texts[one["report_id"], one["paragraph"]]
        assert len(one["words"]) <= 20
        assert one["words"] in "".join(text.split())
        assert one["words"][0] not in "，；。：、"
        assert 0 <= one["start"] < len(text)


DISAGREE = {
    ("hongze-2024.pdf", "requests_new", 17, 95),
    ("pingtan-2012.html", "items_disclosed.website", 3636, 739),
    ("pingtan-2012.html", "items_disclosed", 1913, 739),
    ("pingtan-2013.html", "items_disclosed", 4970, 72804),
    ("pingtan-2013.html", "reconsiderations", 1, 0),
    ("pingtan-county-2013.html", "requests_new.online", 3, 4),
    ("pingtan-county-2013.html", "requests_new.letter", 4, 0),
    ("sanquan-2021.txt", "requests_new", 2, 0),
    ("shanghai-office-2019.html", "granted_or_partial", 258, 275),
    ("shanghai-office-2019.html", "unable", 265, 337),
}
"""Where the prose and the tables of a report say different things, as a reader finds them."""


def test_prose_against_tables_tells_what_disagrees_and_nothing_else(corpus: Corpus) -> None:
    sources = corpus.reports.set_index("report_id")["source"]
    mine = corpus.findings[corpus.findings["rule"] == "R8"]
    told = {
        (sources[one["report_id"]], one["message"].split()[1].rstrip(":"), one["left"], one["right"])
        for one in mine[mine["status"] == "fail"].to_dict("records")
    }
    assert told == DISAGREE
    assert (mine["status"] == "pass").sum() > 100
    assert mine["message"].str.contains(r"section \d, paragraph \d").all()
    plain = mine[(mine["status"] == "fail") & (mine["severity"] == "error")]
    assert {sources[id_] for id_ in plain["report_id"]} == {"hongze-2024.pdf", "pingtan-2013.html"}


def said(text: str, topic: str = "on_request", number: int = 1, year: int | None = 2023) -> list[tuple[str, float]]:
    section = {"number": number, "topic": topic, "subheading": "", "paragraph": 1, "page": None, "text": text}
    return [(str(one["subject"]), float(str(one["value"]))) for one in statements_of([section], year)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("全年收到政府信息公开申请十二件。", [("requests_new", 12)]),
        ("共收到申请23件，其中网上申请18件、信函申请3件、当面申请2件，较上年增加5件，同比增长12%。",
         [("requests_new", 23), ("requests_new.online", 18), ("requests_new.letter", 3),
          ("requests_new.in_person", 2)]),
        ("2022年收到政府信息公开申请30件，2023年收到政府信息公开申请45件。", [("requests_new", 45)]),
        ("办理申请36件，其中新收34件，上年结转2件，结转下年度0件。",
         [("requests_handled", 36), ("requests_new", 34), ("requests_carried_in", 2), ("requests_carried_out", 0)]),
        ("未收到政府信息公开申请，未发生因政府信息公开引起的行政复议、行政诉讼。",
         [("requests_new", 0), ("reconsiderations", 0), ("lawsuits", 0)]),
        ("1—12月共收到政府信息公开申请20件（其中自然人18件），办结19件。",
         [("requests_new", 20), ("requests_new.natural_person", 18), ("requests_handled", 19)]),
        ("本年新收政府信息公开申请数量74件；上年结转政府信息公开申请数量1件；不予公开2件；行政复议数量2件。",
         [("requests_new", 74), ("requests_carried_in", 1), ("refused", 2), ("reconsiderations", 2)]),
        ("举办政务公开培训班2期，培训人员300余人次。", [("training_sessions", 2), ("training_people", 300)]),
        ("答复申请31件，其中“予以公开”20件，“部分公开”3件，“无法提供”8件。",
         [("requests_handled", 31), ("granted", 20), ("partial", 3), ("unable", 8)]),
        ("公开政府信息1,234条；收取信息处理费380元。", [("items_disclosed", 1234), ("fee", 380)]),
    ],
)  # fmt: skip
def test_wordings_that_are_sure(text: str, want: list[tuple[str, float]]) -> None:
    assert said(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "行政服务大厅设立窗口26个，共受理申请121510件，办结121000件。",
        "全年受理网络问政182件，办理人大建议50件、政协提案85件。",
        "未发生超期答复政府信息公开申请的情形。",
        "市级部门受理申请200件，区县受理申请300件。",
        "下一步，计划举办政务公开培训5次。",
        "上年收到政府信息公开申请30件。",
        "印发国办公开办函〔2021〕30号文件，第3期公报刊登。",
        "未经复议直接起诉复议后起诉",
        "申请数量较去年回落12.3%，减少120件。",
        "上半年收到政府信息公开申请6件，下半年收到8件。",
        "2023年1月收到政府信息公开申请3件。",
        "2021年、2022年、2023年分别收到政府信息公开申请12件、15件、18件。",
        "其中，区政府（含区政府办公室）收到政府信息公开申请35件。",
        "受理公共服务事项申请15623件，其中网上申请12000件。",
        "未收到书面政府信息公开申请。",
        "协助市政府办理政府信息公开申请12件。",
        "截至2023年底，累计主动公开政府信息56321条。",
    ],
)
def test_wordings_that_are_not_taken(text: str) -> None:
    assert said(text) == []


def test_the_problems_of_a_report_state_nothing() -> None:
    assert said("收到政府信息公开申请5件。", number=5) == said("收到政府信息公开申请5件。", topic="problems") == []


def test_every_subject_has_labels_and_a_unit() -> None:
    for one in subjects().values():
        assert all((one.unit, one.label_zh, one.label_en))
