"""The exercises: right answers pass, usual slips are told apart, nothing printed gives an answer away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from govinfo import UsageError, datasets, exercises, metrics
from govinfo.exercises import expected, shipped
from govinfo.exercises.brief import CAVEATS, FIGURES, NUMBER, words_of
from govinfo.exercises.judging import CLOSE, SCALES, Names, Number, Table, Word
from govinfo.exercises.questions import QUESTIONS

ROOT = Path(__file__).resolve().parents[1]
SHEETS = sorted((ROOT / "notebooks" / "exercises").glob("*.ipynb"))
SOLUTIONS = sorted((ROOT / "notebooks" / "exercises" / "solutions").glob("*.ipynb"))
WITH_ANSWERS = [number for number in QUESTIONS if not number.startswith("5.")]


def told(capsys: pytest.CaptureFixture[str], number: str, answer: object) -> str:
    """What a wrong answer is told; fails where it passes."""
    assert exercises.check(number, answer) is False
    return capsys.readouterr().out


# The questions


def test_every_question_has_an_answer_hints_and_a_place_in_its_sheet() -> None:
    assert list(QUESTIONS) == list(exercises.ANSWERS)
    assert all(question.hints for question in QUESTIONS.values())
    files = {path.name for path in (ROOT / "data" / "raw").iterdir()}
    assert {question.source for question in QUESTIONS.values()} - {""} <= files
    listed = exercises.questions()
    assert listed["number"].tolist() == list(QUESTIONS)
    assert listed.groupby("sheet").ngroups == len(SHEETS) == len(SOLUTIONS) == 6


@pytest.mark.parametrize("number", WITH_ANSWERS)
def test_the_right_answer_passes_and_is_a_figure_of_the_data(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    one = expected(number)
    assert isinstance(one, Number | Word | Names | Table)
    assert exercises.check(number, one.right) is True
    assert capsys.readouterr().out == f"{number}: right.\n"


def test_right_answers_are_those_counted_by_hand() -> None:
    # Read off the pages: 713 new; 821 natural persons of 859 new; 75394432.52 yuan; (30 + 5) of 69 handled; 31 carried
    # over of 718 + 31; 2 + 1 lawsuits on 2 handled; upheld 10 + corrected 1; in force 698 + 77 - 132 against 470;
    # 5 by letter; 272 granted and 3 in part against 258 in words; 74 to 81 received.
    by_hand = {
        "1.1": 713,
        "1.2": 821 / 859,
        "1.6": 75394432.52,
        "3.1": 35 / 69,
        "3.3": 31 / 749,
        "3.4": 307 / 5822,
        "3.7": 150,
        "4.3": 11,
        "4.4": 173,
        "6.1": 5,
        "6.4": 272 + 3 - 258,
        "6.5": 700 / 74,
    }
    assert {number: exercises.check(number, value) for number, value in by_hand.items()} == dict.fromkeys(by_hand, True)
    assert exercises.check("1.3", "other_misc")
    assert exercises.check("1.4", pd.NA)
    assert exercises.check("1.4", float("nan"))


def test_mean_of_agencies_by_hand() -> None:
    # Refused of handled: Shuozhou 1/37, Fenxi 0/3, Fenyang 0/2, Ruzhou 1/9, Shuyang (as 沐阳) 32/718, its bureau 0/26,
    # the Shanghai office 20/1191, the commission 2/35, Huai'an 178/3050, Hongze over two years (3 + 3) / (21 + 95), and
    # Pingtan over seven (0 + 0 + 8 + 4 + 5 + 39 + 11) / (23 + 21 + 69 + 75 + 81 + 218 + 148).
    rates = [1 / 37, 0, 0, 1 / 9, 32 / 718, 0, 20 / 1191, 2 / 35, 178 / 3050, 6 / 116, 67 / 635]
    assert exercises.check("3.5", sum(rates) / len(rates))


def test_wilson_by_hand() -> None:
    # The upper end for 0 of n is z² / (n + z²), with z = 1.959964.
    assert exercises.check("3.6", 1.959964**2 / (3 + 1.959964**2))


def test_the_mistakes_to_be_found_are_those_put_in() -> None:
    injected = shipped.invented().injected
    in_sums = injected.loc[injected["defect"] != "wrong_unit", "report_id"]
    assert exercises.check("4.5", sorted(set(in_sums)))
    assert exercises.check("4.6", injected.loc[injected["defect"] == "wrong_unit", "report_id"].item())
    assert set(injected["defect"]) == set(shipped.DEFECTS)
    cells = exercises.invented_cells()
    assert cells["synthetic"].all()
    cells["value"] = 0
    assert not exercises.invented_cells()["value"].eq(0).all()


# Slips


def slips_of_numbers() -> Iterator[tuple[str, float, str]]:
    for number in WITH_ANSWERS:
        one = expected(number)
        if isinstance(one, Number):
            yield from ((number, wrong, said) for wrong, said in one.slips)


@pytest.mark.parametrize(("number", "wrong", "said"), list(slips_of_numbers()))
def test_slips_in_a_number_are_told_apart(
    number: str, wrong: float, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one = expected(number)
    assert isinstance(one, Number)
    assert not abs(wrong - one.right) <= CLOSE[one.unit]
    assert told(capsys, number, wrong) == f"{number}: not right yet.\n  - {said}\n"


def test_slips_in_a_list_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    for number in ("4.2", "4.5"):
        one = expected(number)
        assert isinstance(one, Names)
        for wrong, said in one.slips:
            assert said in told(capsys, number, sorted(wrong))
    assert "3 names are missing" in told(capsys, "4.2", [])
    assert "1 name does not belong here" in told(capsys, "4.2", [*expected("4.2").right, "nobody"])  # type: ignore[attr-defined]
    assert "not a text" in told(capsys, "4.2", "nobody")


def test_slips_in_a_frame_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    for number in WITH_ANSWERS:
        one = expected(number)
        if isinstance(one, Table):
            for wrong, said in one.slips:
                lost = [column for column in wrong if column in one.right and column not in one.keys]
                frame = one.right.drop(columns=lost).merge(wrong, on=list(one.keys))
                assert told(capsys, number, frame) == f"{number}: not right yet.\n  - Column {lost[0]}: {said}\n"


def test_slips_in_a_word_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    one = expected("1.3")
    assert isinstance(one, Word)
    assert one.right not in one.slips
    for wrong, said in one.slips.items():
        assert said in told(capsys, "1.3", wrong)
    assert "'refused_query' is not the one" in told(capsys, "1.3", " refused_query ")
    assert "There is no '其他' here" in told(capsys, "1.3", "其他")
    assert "A text was expected, not a number" in told(capsys, "1.3", 143)


def test_kinds_of_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert "A number was expected, not a list" in told(capsys, "1.1", [1])
    assert "A number was expected, not a text" in told(capsys, "1.1", "1")
    assert "A number was expected, not True or False" in told(capsys, "1.1", True)
    assert "A number was expected, not a Series" in told(capsys, "1.1", pd.Series([1]))
    assert "A DataFrame was expected, not a list" in told(capsys, "2.1", [1])
    assert "Try .reset_index(name=...)" in told(capsys, "2.3", pd.Series([1]))
    for nothing in (..., None):
        assert told(capsys, "2.1", nothing) == "2.1: not answered yet.\n"


def test_percent_share_sign_and_blank(capsys: pytest.CaptureFixture[str]) -> None:
    one, per_100 = expected("3.1"), expected("3.7")
    assert isinstance(one, Number)
    assert isinstance(per_100, Number)
    assert "This is a percentage" in told(capsys, "3.1", one.right * 100)
    assert "This is a share" in told(capsys, "3.7", per_100.right / 100)
    assert "The sign is the wrong way round" in told(capsys, "4.4", -expected("4.4").right)  # type: ignore[attr-defined]
    assert "a blank is not 0" in told(capsys, "1.4", 0)
    assert "1 figure is NA where there is one" in told(capsys, "1.1", pd.NA)
    assert "none of the usual slips" in told(capsys, "1.1", 1)
    over_new, said = one.slips[0]
    out = told(capsys, "3.1", over_new * 100)
    assert said in out
    assert "This is a percentage" in out


def test_the_nearest_slip_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    # 31 / 713 and 31 / 718 are nearer to each other than an answer has to be to a slip.
    assert "forgets those that came over" in told(capsys, "3.3", 31 / 713)
    assert "not in the denominator" in told(capsys, "3.3", 31 / 718)


def test_answers_may_be_rounded_and_ordered_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    assert exercises.check("3.1", round(35 / 69, 3))
    one = expected("3.2")
    assert isinstance(one, Table)
    shuffled = one.right.sample(frac=1, random_state=1).assign(more=1)
    assert exercises.check("3.2", shuffled)
    assert exercises.check("3.2", shuffled.set_index(["agency_id", "year"]))
    assert exercises.check("3.2", shuffled.astype({"rate": "float64", "year": "float64"}))
    assert exercises.check("2.4", expected("2.4").right.set_index("report_id"))  # type: ignore[attr-defined]


def test_faults_of_frames(capsys: pytest.CaptureFixture[str]) -> None:
    one = expected("3.2")
    assert isinstance(one, Table)
    right = one.right
    known = right["rate"].notna()
    assert "Column rate is missing" in told(capsys, "3.2", right.drop(columns="rate"))
    assert "stands more than once" in told(capsys, "3.2", pd.concat([right, right["rate"]], axis=1))
    assert "has the dtype" in told(capsys, "3.2", right.assign(rate="a"))
    assert f"{(~known).sum()} lines are missing" in told(capsys, "3.2", right[known])
    assert "1 line stands more than once" in told(capsys, "3.2", pd.concat([right, right[:1]]))
    assert "1 line does not belong" in told(capsys, "3.2", pd.concat([right, right[:1].assign(year=1900)]))
    assert "2 figures are 0 where nothing is known" in told(capsys, "3.2", right.fillna({"rate": 0}))
    infinite = right.assign(rate=right["rate"].astype("float64").fillna(np.inf))
    assert "2 figures are infinite" in told(capsys, "3.2", infinite)
    assert "2 figures are given where NA" in told(capsys, "3.2", right.fillna({"rate": 0.5}))
    assert f"{known.sum()} figures are NA" in told(
        capsys, "3.2", right.assign(rate=pd.array([pd.NA] * len(right), "Float64"))
    )
    assert "This is a percentage" in told(capsys, "3.2", right.assign(rate=right["rate"] * 100))
    other = right.assign(rate=right["rate"].mask(right.index == 0, 0.01))
    assert f"1 of {len(right)} figures not right" in told(capsys, "3.2", other)
    both = told(capsys, "3.2", right.assign(rate=(right["rate"] * 100).fillna(0)))
    assert "a blank is not 0" in both
    assert "This is a percentage" in both


def test_groups_that_pandas_drops(capsys: pytest.CaptureFixture[str]) -> None:
    right = pd.DataFrame({"level": ["city", pd.NA], "new": [1, 2]})
    assert Table(right, ["level"]).faults(right.dropna()) == [
        "1 line is missing: pandas drops NA when it groups, unless dropna=False."
    ]


def test_blank_taken_as_zero_in_a_sum_of_the_shipped_data(capsys: pytest.CaptureFixture[str]) -> None:
    cells = datasets.load_cells()
    refused = cells[cells["row"].str.startswith("refused_") & (cells["column"] == "total")]
    summed = refused.groupby("report_id")["value"].sum().rename("refused").reset_index()
    assert "1 figure is 0 where nothing is known: a blank is not 0." in told(capsys, "2.3", summed)


@pytest.mark.parametrize("number", WITH_ANSWERS)
def test_no_answer_is_given_away(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    one = expected(number)
    answers: list[object] = [..., 12345.678, "x", ["x"], pd.DataFrame({"x": [1]}), pd.NA]
    if isinstance(one, Number):
        answers += [wrong for wrong, _ in one.slips]
        given = {f"{one.right:.{places}f}" for places in range(4) if not np.isnan(one.right)} - {"0", "1", "0.0", "1.0"}
    elif isinstance(one, Word | Names):
        given = {one.right} if isinstance(one, Word) else set(one.right)
        answers += list(one.slips) if isinstance(one, Word) else [wrong for wrong, _ in one.slips]
    else:
        assert isinstance(one, Table)
        given = set()
        answers += [wrong for wrong, _ in one.slips]
    for answer in answers:
        assert not exercises.check(number, answer) or (answer is pd.NA and np.isnan(one.right))  # type: ignore[arg-type]
    for level in range(1, len(QUESTIONS[number].hints) + 1):
        exercises.hint(number, level)
    out = capsys.readouterr().out
    assert not [answer for answer in given if re.search(rf"(?<![\w.]){re.escape(answer)}(?![\w.])", out)]


@pytest.mark.parametrize("number", list(QUESTIONS))
def test_whatever_is_answered_something_is_told(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    frame = pd.DataFrame({"report_id": [1, 1], "rate": ["a", None]})
    odd = [
        frame,
        frame.T,
        frame.set_index("rate"),
        pd.DataFrame(),
        frame["rate"],
        [[1], {}],
        {},
        b"",
        1j,
        np.nan,
        object,
    ]
    for answer in [*odd, np.complex128(1), float("inf"), -1, "", print, pd.NaT, np.array([[1.5]])]:
        if not (number == "1.4" and answer is np.nan):
            assert f"{number}: not right yet.\n  - " in told(capsys, number, answer)


def test_units_are_known() -> None:
    assert set(SCALES) == set(CLOSE)


# Names and hints


def test_unknown_questions_and_hints(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match=r"Near: .*1\.1"):
        exercises.check("1.11", 1)
    with pytest.raises(UsageError, match=r"no exercise '9\.9'"):
        exercises.hint("9.9")
    with pytest.raises(UsageError, match="Its hints: 1 to 3"):
        exercises.hint("1.1", level=4)
    with pytest.raises(UsageError, match=r"1\.1 has no hint 0"):
        exercises.hint("1.1", level=0)
    exercises.hint("1.1", level=2)
    assert capsys.readouterr().out.startswith("1.1, hint 2 of 3: ")


# The brief


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return metrics.disclosure_rate(datasets.load_cells(), by="year").dropna(subset="rate")


@pytest.fixture
def chart() -> Iterator[Axes]:
    figure, ax = plt.subplots()
    ax.plot([2019, 2021], [0.3, 0.5])
    ax.set(title="A rate", ylabel="Share")
    figure.text(0, 0, "Source: two reports")
    yield ax
    plt.close(figure)


@pytest.fixture
def brief(figures: pd.DataFrame, chart: Axes) -> exercises.Brief:
    first = figures.iloc[0]
    return exercises.Brief(
        question="How much was disclosed?",
        figures=figures,
        chart=chart,
        sentences=[
            f"In {first['year']} something was granted in {first['numerator']:.0f} of {first['denominator']:.0f}.",
            f"This is {first['rate']:.1%}.",
            f"The interval at 95% begins at {first['low']:.0%}.",
        ],
        caveats=[
            "No sample, and few requests.",
            "Nobody has audited the counts.",
            "Reports with blanks are left out; a part has the same meaning as a whole answer.",
        ],
        source="Source: annual reports of 2019 to 2025.",
    )


def test_a_brief_passes(brief: exercises.Brief, capsys: pytest.CaptureFixture[str]) -> None:
    parts = [brief.figures, brief.chart, brief.sentences, brief.source, brief.caveats, brief]
    assert [exercises.check(f"5.{number}", part) for number, part in enumerate(parts, 1)] == [True] * 6
    assert brief.text().splitlines()[0] == brief.question
    assert all(caveat in brief.text() for caveat in brief.caveats)


def test_figures_of_a_brief(figures: pd.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    assert "A DataFrame was expected" in told(capsys, "5.1", "none")
    assert "Column low is missing" in told(capsys, "5.1", figures.drop(columns=["low", "high"]))
    assert "figures were expected" in told(capsys, "5.1", figures.assign(rate="50 %"))
    assert "outside its own interval" in told(capsys, "5.1", figures.assign(low=figures["high"]))
    assert "not its numerator over its denominator" in told(capsys, "5.1", figures.assign(numerator=1))
    assert "No line has a rate" in told(capsys, "5.1", figures[:0])
    blank = figures.assign(rate=figures["rate"].mask(figures.index == figures.index[0]))
    assert "1 line has no rate" in told(capsys, "5.1", blank)
    assert "rests on no report" in told(capsys, "5.1", figures.assign(reports=0))
    litigation = metrics.litigation_rate(datasets.load_cells(), by="year").dropna(subset="rate")
    assert exercises.check("5.1", litigation)
    assert set(FIGURES) <= set(litigation)


def test_chart_of_a_brief(chart: Axes, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Axes of a chart were expected" in told(capsys, "5.2", 1)
    figure, bare = plt.subplots()
    out = told(capsys, "5.2", bare)
    assert [
        part for part in ("Nothing is drawn", "no title", "No axis says", "no source line") if part not in out
    ] == []
    plt.close(figure)


def test_sentences_of_a_brief(capsys: pytest.CaptureFixture[str]) -> None:
    assert "A list of texts" in told(capsys, "5.3", "One of 3.")
    out = told(capsys, "5.3", ["It rose because of the law.", "This is 3 of 4."])
    assert "3 sentences were expected, not 2" in out
    assert "Sentence 1 holds no figure" in out
    assert "Sentence 1 ('because') names a cause" in out
    assert "No sentence says of how many" in told(capsys, "5.3", ["It is 3.", "It is 4.", "It is 5."])


def test_source_of_a_brief(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "5.4", "the web")
    assert [
        part for part in ("begin with 'Source:'", "what kind of document", "how many reports") if part not in out
    ] == []
    assert exercises.check("5.4", "来源：4份政府信息公开工作年度报告")
    assert "A text was expected" in told(capsys, "5.4", 3)


def test_caveats_of_a_brief(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "5.5", ["The name of a nation."])
    assert f"{CAVEATS} caveats or more were expected, not 1" in out
    assert out.count("No caveat says") == len(words_of("caveat"))
    assert "A list of texts" in told(capsys, "5.5", "none")


def test_a_brief_with_faults(brief: exercises.Brief, capsys: pytest.CaptureFixture[str]) -> None:
    assert "A Brief was expected" in told(capsys, "5.6", {})
    assert "question mark" in told(capsys, "5.6", replace(brief, question="Much was disclosed."))
    assert "source: It does not say that" in told(capsys, "5.6", replace(brief, source="4 annual reports"))
    wrong = [*brief.sentences[:2], "It is 12.34% of 99 requests."]
    out = told(capsys, "5.6", replace(brief, sentences=wrong))
    assert "Sentence 3 says 12.34, which is not in the figures" in out
    assert "Sentence 3 says 99, which" in out
    assert "words do not fit" in told(capsys, "5.6", replace(brief, caveats=[*brief.caveats, "word " * 400]))


def test_numbers_in_sentences() -> None:
    assert NUMBER.findall("共4份，3月") == ["4", "3"]
    assert NUMBER.findall("In 2023, 1,038 requests (52.3%), R4 and 3.") == ["2023", "1,038", "52.3", "3"]


# The sheets


def test_the_documented_check_prints_what_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "exercises.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.S)
    exec(code, {})
    assert f"```text\n{capsys.readouterr().out}```" in text


def code_of(path: Path) -> list[str]:
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def printed_by(path: Path) -> str:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "".join("".join(part.get("text", [])) for cell in cells for part in cell.get("outputs", []))


def asked_in(path: Path) -> list[str]:
    return re.findall(r'exercises\.check\("([\d.]+)"', "\n".join(code_of(path)))


def test_sheets_and_solutions_ask_every_question_once() -> None:
    for paths in (SHEETS, SOLUTIONS):
        assert [number for path in paths for number in asked_in(path)] == list(QUESTIONS)
    assert [path.name for path in SHEETS] == [path.name for path in SOLUTIONS]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_sheets_hold_no_answer(path: Path) -> None:
    assert re.findall(r"^([\d.]+): (.+)$", printed_by(path), re.M) == [
        (number, "not answered yet.") for number in asked_in(path)
    ]
    answered = [code for code in code_of(path) if "exercises.check" in code and "= ...\n" not in code]
    assert not answered


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_solutions_pass(path: Path) -> None:
    assert re.findall(r"^([\d.]+): (.+)$", printed_by(path), re.M) == [(number, "right.") for number in asked_in(path)]


@pytest.mark.parametrize("path", [*SHEETS, *SOLUTIONS], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_sheets_open_with_a_question_and_close_with_what_cannot_be_said(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert "?" in "".join(cells[0]["source"])
    assert "cannot say" in "".join(cells[-1]["source"])
