"""Text that is not what is drawn: figures of fonts that say other digits stay open, what marks say is not read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from drawn import HEIGHT, put
from test_pdf_seen import LEFT, TOP, in_question, page

from govinfo.readers.pdf_text import NO_LETTER

FIGURE = "4093726815"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Writes a figure in a font that says other digits than it draws: those of ``said`` in place of 0 to 9."""
    ttfonts = pytest.importorskip("reportlab.pdfbase.ttfonts", reason="reportlab draws the test pages")
    from reportlab.pdfbase import pdfmetrics

    honest = ttfonts.makeToUnicodeCMap

    def write(said: str, figure: str = FIGURE, face: str = "Vera", stretch: float = 100) -> Callable[[Any], None]:
        codes = {48 + digit: ord(other) for digit, other in enumerate(said)}
        monkeypatch.setattr(
            ttfonts, "makeToUnicodeCMap", lambda name, subset: honest(name, [codes.get(code, code) for code in subset])
        )
        pdfmetrics.registerFont(ttfonts.TTFont(face, f"{face}.ttf"))

        def paint(canvas: Any) -> None:
            text = canvas.beginText(LEFT, HEIGHT - TOP - 12)
            text.setFont(face, 12)
            text.setHorizScale(stretch)
            text.textOut(figure)
            canvas.drawText(text)

        return paint

    return write


@pytest.mark.parametrize("face", ["Vera", "VeraBd", "VeraIt", "VeraBI"])
@pytest.mark.parametrize("stretch", [60, 100, 140])
def test_a_font_that_says_what_it_draws_is_read(written: Callable[..., Any], face: str, stretch: float) -> None:
    cell = in_question(page(written("0123456789", face=face, stretch=stretch), ""))
    assert (cell.text, cell.doubts) == (FIGURE, ())


@pytest.mark.parametrize(
    "said",
    ["1234567890", "9876543210", "0125436789", "0723456189", "0123458769", "0132456789", "0123956784", "3186920574"],
)
def test_the_digits_of_a_font_that_says_others_are_signs_without_letters(
    written: Callable[..., Any], said: str
) -> None:
    assert in_question(page(written(said), "")).text == len(FIGURE) * NO_LETTER


@pytest.mark.parametrize("said", ["0123456189", "0128456789", "0123456780", "0123156789"])
def test_two_digits_that_a_font_says_are_one_are_neither(written: Callable[..., Any], said: str) -> None:
    assert in_question(page(written(said), "")).text == len(FIGURE) * NO_LETTER


def test_a_figure_of_one_digit_is_held_against_others_too(written: Callable[..., Any]) -> None:
    assert in_question(page(written("0123456787", "999"), "")).text == 3 * NO_LETTER


def test_a_figure_cut_off_by_its_clip_says_nothing_of_its_font(written: Callable[..., Any]) -> None:
    def clipped(canvas: Any) -> None:
        path = canvas.beginPath()
        path.rect(LEFT, HEIGHT - TOP - 20, 100, 14.5)
        canvas.clipPath(path, stroke=0, fill=0)
        written("0123456789", "888")(canvas)

    assert in_question(page(clipped, "")).text == "888"


@pytest.mark.parametrize(
    "said", ["(77)", "(4119)", "(4118)", "( )", "()", "<FEFF2014>", "<FEFF200B>", "(1) /Lang (zh)"]
)
@pytest.mark.parametrize("parts", [["4119"], ["41", "19"]])
def test_what_a_mark_says_in_place_of_a_figure_is_not_read(said: str, parts: list[str]) -> None:
    def marked(canvas: Any) -> None:
        canvas._code.append(f"/Span <</ActualText {said}>> BDC")
        for number, part in enumerate(parts):
            put(canvas, LEFT + 13.4 * number, TOP, part)
        canvas._code.append("EMC")

    cell = in_question(page(marked, ""))
    assert (cell.text, cell.doubts) == ("4119", ())


def test_a_mark_that_gives_a_language_or_a_number_changes_nothing() -> None:
    def marked(canvas: Any) -> None:
        canvas._code.append("/P <</MCID 3 /Lang (zh)>> BDC")
        put(canvas, LEFT, TOP, "4119")
        canvas._code.append("EMC")

    assert in_question(page(marked, "")).text == "4119"
