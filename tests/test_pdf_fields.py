"""Fields of forms and notes in a cell of a PDF: what a viewer shows of them is read with a doubt, and never a blank."""

from __future__ import annotations

import pytest
from drawn import written

from govinfo.document import Cell
from govinfo.readers.pdf import read_pdf

FRAME = "0.5 w 100 690 240 30 re S 100 720 240 30 re S 200 690 m 200 750 l S"
LABELS = "BT /F 12 Tf 1 0 0 1 110 700 Tm (second) Tj 1 0 0 1 110 730 Tm (first) Tj 1 0 0 1 210 730 Tm (12) Tj ET"
SHOWN = "BT /F 12 Tf 1 0 0 1 220 700 Tm (4119) Tj ET"

PLACE = "/Rect [205 693 300 717]"
FIELD = f"/Subtype /Widget {PLACE} /T (a) /DA (/F 12 Tf 0 g)"
TEXT = "BT /F 12 Tf 15 7 Td (4119) Tj ET"
"""What a note looks like, from the lower left corner of its place."""


def pdf(note: str, content: str = "", look: str = "", form: str = "", levels: int = 0) -> bytes:
    """A page of two rows with a note in the second; ``/AP << /N 6 0 R >>`` is this look of it. ``levels``: the content
    stands in so many forms, each in another."""
    body = "\n".join((FRAME, LABELS, "/X0 Do" if levels else content))
    held = [content if number == levels - 1 else "/X Do" for number in range(levels)]
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /DR << /Font << /F 7 0 R >> >> {form} >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [5 0 R] "
        "/Resources << /Font << /F 7 0 R >> /XObject << /X0 8 0 R >> >> >>",
        stream("", body),
        f"<< /Type /Annot {note} >>",
        stream("/Type /XObject /Subtype /Form /BBox [0 0 95 24] /Resources << /Font << /F 7 0 R >> >>", look),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(
            stream(
                "/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
                f"/Resources << /Font << /F 7 0 R >> /XObject << /X {9 + number} 0 R >> >>",
                text,
            )
            for number, text in enumerate(held)
        ),
    ]
    return written(objects)


def stream(head: str, body: str) -> str:
    return f"<< {head} /Length {len(body)} >>\nstream\n{body}\nendstream"


def asked(data: bytes) -> Cell:
    (grid,) = read_pdf(data).grids()
    ((_, other), (_, cell)) = grid.rows()
    assert (other.text, other.doubts) == ("12", ())
    return cell


@pytest.mark.parametrize(
    "field",
    [
        pytest.param("/FT /Tx /V (4119)", id="text"),
        pytest.param("/FT /Tx /Ff 4096 /V (4119)", id="of several lines"),
        pytest.param("/FT /Tx /Q 2 /V (4119)", id="to the right"),
        pytest.param("/FT /Tx /F 1 /V (4119)", id="said to be invisible"),
        pytest.param("/FT /Ch /Ff 131072 /V (4119) /Opt [(4119) (5)]", id="combo"),
        pytest.param("/FT /Btn /Ff 65536 /MK << /CA (4119) >>", id="button"),
    ],
)
@pytest.mark.parametrize("form", ["", "/NeedAppearances false", "/NeedAppearances true"])
def test_a_field_whose_look_the_file_does_not_tell_is_read_with_a_doubt(field: str, form: str) -> None:
    cell = asked(pdf(f"{FIELD} {field}", form=form))
    assert cell.text.startswith("4119")
    assert "form-field" in cell.doubts


@pytest.mark.parametrize("kind", ["/Widget /FT /Tx /T (a)", "/FreeText", "/Stamp", "/Link"])
@pytest.mark.parametrize("flags", [0, 1, 4])
def test_a_field_or_a_note_with_a_look_is_read_with_a_doubt(kind: str, flags: int) -> None:
    cell = asked(pdf(f"/Subtype {kind} {PLACE} /F {flags} /AP << /N 6 0 R >>", look=TEXT))
    assert (cell.text, cell.doubts) == ("4119", ("form-field",))


@pytest.mark.parametrize("kind", ["/Widget /FT /Tx /T (a)", "/FreeText", "/Stamp"])
def test_a_hidden_field_or_note_says_nothing(kind: str) -> None:
    cell = asked(pdf(f"/Subtype {kind} {PLACE} /F 2 /AP << /N 6 0 R >>", look=TEXT))
    assert (cell.text, cell.doubts) == ("", ())


@pytest.mark.parametrize(
    "line",
    [
        "/Line /L [215 704 255 704]",
        "/PolyLine /Vertices [215 702 255 708]",
        "/Polygon /Vertices [205 693 300 693 300 717 205 717] /IC [1 1 1]",
    ],
)
def test_a_figure_under_a_note_that_only_some_viewers_draw_is_in_doubt(line: str) -> None:
    note = f"/Subtype {line} {PLACE} /C [1 0 0]"
    seen = asked(pdf(note, SHOWN))
    assert (seen.text, seen.doubts) == ("4119", ("form-field",))
    hidden = asked(pdf(f"{note} /F 2", SHOWN))
    assert (hidden.text, hidden.doubts) == ("4119", ())


def test_an_upright_stroke_of_a_note_before_a_figure_may_be_a_one() -> None:
    cell = asked(pdf(f"/Subtype /Ink {PLACE} /AP << /N 6 0 R >>", SHOWN, look="1 w 10 16 m 10 7 l S"))
    assert "form-field" in cell.doubts


@pytest.mark.parametrize("levels", [1, 13, 25])
def test_a_stroke_through_a_figure_is_seen_however_deep_in_forms_it_stands(levels: int) -> None:
    struck = asked(pdf("/Subtype /Popup /Rect [0 0 1 1]", f"{SHOWN} 1 w 215 704 m 255 704 l S", levels=levels))
    assert "struck-out" in struck.doubts
