"""A figure on a layer that a viewer does not show is not read, whatever way the layer is switched off."""

from __future__ import annotations

import pytest
from drawn import written

from govinfo.readers.pdf import read_pdf

OFF, ON = 5, 6
"""The numbers of two layers in each file; the first is not shown."""

SHOWN = "BT /F 12 Tf 1 0 0 1 210 700 Tm (4119) Tj ET"
EXTRA = "BT /F 12 Tf 1 0 0 1 203 700 Tm (9) Tj ET"
FRAME = "0.5 w 100 690 240 30 re S 100 720 240 30 re S 200 690 m 200 750 l S"
LABELS = "BT /F 12 Tf 1 0 0 1 110 700 Tm (second) Tj 1 0 0 1 110 730 Tm (first) Tj 1 0 0 1 210 730 Tm (12) Tj ET"

LISTED = f"/OCProperties << /OCGs [{OFF} 0 R {ON} 0 R] /D << /OFF [{OFF} 0 R] >> >>"
BY_DEFAULT = f"/OCProperties << /OCGs [{OFF} 0 R {ON} 0 R] /D << /BaseState /OFF /ON [{ON} 0 R] >> >>"
BY_EVENT = (
    f"/OCProperties << /OCGs [{OFF} 0 R {ON} 0 R] "
    f"/D << /AS [<< /Event /View /Category [/View] /OCGs [{OFF} 0 R] >>] >> >>"
)
UNSEEN = "/Usage << /View << /ViewState /OFF >> >>"
LAYER, OTHER = f"{OFF} 0 R", f"{ON} 0 R"
ANY = f"<< /Type /OCMD /OCGs [{LAYER}] /P /AnyOn >>"
ALL = f"<< /Type /OCMD /OCGs [{LAYER} {OTHER}] /P /AllOn >>"
NOT = f"<< /Type /OCMD /VE [/Not {OTHER}] >>"


def pdf(layers: str, properties: str, content: str, usage: str = "", form: str = "") -> bytes:
    """A page with these layers and this content; ``/L`` are the properties of its marked stretches, ``/X`` a form."""
    body = "\n".join((FRAME, LABELS, SHOWN, content))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {layers} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 7 0 R >> "
        f"/Properties << /L {properties} /S {OTHER} >> /XObject << /X 8 0 R >> >> >>",
        f"<< /Length {len(body)} >>\nstream\n{body}\nendstream",
        f"<< /Type /OCG /Name (off) {usage} >>",
        "<< /Type /OCG /Name (on) >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] {form} /Resources << /Font << /F 7 0 R >> >> "
        f"/Length {len(EXTRA)} >>\nstream\n{EXTRA}\nendstream",
    ]
    return written(objects)


def figure(data: bytes) -> str:
    (grid,) = read_pdf(data).grids()
    ((_, other), (_, asked)) = grid.rows()
    assert other.text == "12"
    return asked.text


MARKED = f"/OC /L BDC {EXTRA} EMC"


@pytest.mark.parametrize(
    ("layers", "properties", "content", "usage", "form"),
    [
        pytest.param(LISTED, LAYER, MARKED, "", "", id="listed as off"),
        pytest.param(BY_DEFAULT, LAYER, MARKED, "", "", id="off by default"),
        pytest.param(BY_EVENT, LAYER, MARKED, UNSEEN, "", id="off when viewed"),
        pytest.param(LISTED, ANY, MARKED, "", "", id="shown with any of none"),
        pytest.param(LISTED, ALL, MARKED, "", "", id="shown with all of which one is off"),
        pytest.param(LISTED, NOT, MARKED, "", "", id="shown when another is off"),
        pytest.param(LISTED, LAYER, f"/OC /L BDC /OC /S BDC {EXTRA} EMC EMC", "", "", id="inside one that is off"),
        pytest.param(LISTED, LAYER, f"/OC /S BDC /OC /L BDC {EXTRA} EMC EMC", "", "", id="inside one that is on"),
        pytest.param(LISTED, LAYER, "/X Do", "", f"/OC {LAYER}", id="a form on it"),
        pytest.param(LISTED, LAYER, "/OC /L BDC /X Do EMC", "", "", id="a form inside it"),
    ],
)
def test_a_digit_on_a_layer_that_is_not_shown_is_left_out(
    layers: str, properties: str, content: str, usage: str, form: str
) -> None:
    assert figure(pdf(layers, properties, content, usage, form)) == "4119"


def test_a_digit_on_a_layer_that_is_shown_is_read() -> None:
    content = MARKED.replace("203", "237")
    assert figure(pdf(LISTED, OTHER, content)) == "41199"
