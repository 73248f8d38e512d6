"""Charts to print: words, order, what stands out, sizes, the table and the words behind a chart, colours in grey."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from PIL import Image

from govinfo import datasets, plots
from govinfo.corpus import Corpus
from govinfo.errors import UsageError
from govinfo.plots.style import REFERENCE, SOURCE, palette
from govinfo.synthetic import synthetic

NAMES = [name for name in plots.CHARTS if name != "flow"]
PINGTAN_EN = "Pingtan Comprehensive Experimental Zone"


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    """No figure outlives its test."""
    yield
    plt.close("all")


@cache
def real() -> Corpus:
    return datasets.load_corpus()


@cache
def made() -> Corpus:
    return synthetic(14, (2021, 2024), seed=4).corpus()


def labels(figure: plt.Figure) -> list[str]:
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_takes_a_title_and_has_its_table_and_its_words(name: str) -> None:
    figure = plots.draw(name, real(), title="Mine for $5", subtitle="Below")
    assert figure.axes[0].get_title(loc="left").startswith("Mine for \\$5\nBelow")
    assert isinstance(figure.data, pd.DataFrame)
    assert len(figure.data)
    assert "Mine for" in figure.alt
    assert f"n = {len(figure.data)}" in figure.alt


def test_the_words_name_the_ends_of_the_figures() -> None:
    alt = plots.draw("volumes", real()).alt
    assert "max 3119 (Huai'an City Government 2024)" in alt
    assert "Newly received" in alt


def test_order_top_and_what_stands_out() -> None:
    by_name = labels(plots.draw("backlog", real(), sort="name"))
    assert by_name == sorted(by_name, key=lambda text: text.split(" (n")[0])
    given = labels(plots.draw("volumes", real(), sort="given"))
    assert given[0] != labels(plots.draw("volumes", real()))[0]
    top = plots.draw("volumes", real(), top=2)
    assert {text.rsplit(" ", 1)[0] for text in labels(top)} == {
        "Shanghai Municipality Government General Office",
        "Huai'an City Government",
    }
    assert top.data["agency"].nunique() == 2
    figure = plots.draw("backlog", real(), highlight="汾阳市")
    bold = [text.get_text() for text in figure.axes[0].get_yticklabels() if text.get_fontweight() == "bold"]
    assert bold == ["Fenyang City 2021 (n = 2)"]
    english = plots.draw("backlog", real(), highlight=["Fenyang City"])
    assert [text.get_text() for text in english.axes[0].get_yticklabels() if text.get_fontweight() == "bold"] == bold


def test_a_line_to_compare_with() -> None:
    def line(figure: plt.Figure) -> list[float]:
        (found,) = [one for one in figure.axes[0].lines if one.get_gid() == REFERENCE]
        return [*map(float, found.get_xdata()), *map(float, found.get_ydata())]

    assert line(plots.draw("backlog", real(), reference=0.1)) == [0.1, 0.1, 0, 1]
    assert line(plots.draw("backlog", real(), reference=0.1, agency_id="平潭综合实验区")) == [0, 1, 0.1, 0.1]


@pytest.mark.parametrize(
    ("look", "said"), [({"sort": "up"}, "no such sort"), ({"size": "wall"}, "no such size"), ({"top": 0}, "none")]
)
def test_what_makes_no_sense_is_refused(look: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        plots.draw("volumes", real(), **look)


@pytest.mark.parametrize("size", list(plots.SIZES))
@pytest.mark.parametrize("name", ["volumes", "outcomes", "backlog", "dots", "reasons", "funnel"])
def test_charts_are_as_wide_as_they_are_printed(name: str, size: str, tmp_path: Path) -> None:
    figure = plots.draw(name, real(), size=size, top=6)
    width = plots.SIZES[size][0]
    assert figure.get_figwidth() == width
    with Image.open(plots.save(figure, tmp_path / "chart.png")) as picture:
        assert picture.width / 150 < width * 1.25
        assert picture.info["Description"] == figure.alt


def test_words_go_into_svg_and_pdf(tmp_path: Path) -> None:
    figure = plots.draw("volumes", real())
    assert "Requests received and handled" in plots.save(figure, tmp_path / "a.svg").read_text(encoding="utf-8")
    assert b"/Subject" in plots.save(figure, tmp_path / "a.pdf").read_bytes()


# New charts


def test_dots_are_ranked_around_the_pooled_rate() -> None:
    ax = plots.dots(real(), "disclosure_rate")
    data = ax.data.sort_values("rate", ascending=False)
    assert labels(ax.figure)[0].startswith("Shuyang County Development and Reform Bureau")
    (line,) = [one for one in ax.lines if one.get_gid() == REFERENCE]
    assert line.get_xdata()[0] == pytest.approx(data["numerator"].sum() / data["denominator"].sum())
    assert sorted(ax.collections[-1].get_offsets()[:, 0], reverse=True) == pytest.approx(
        data["rate"].astype(float).tolist()
    )


def test_slopes_join_the_two_years_and_names_do_not_overlap() -> None:
    ax = plots.slopes(made(), "disclosure_rate", (2021, 2024))
    lines = [line for line in ax.lines if len(line.get_xdata()) == 2]
    frame = ax.data.pivot(index="agency", columns="year", values="rate").astype(float)
    ends = sorted(tuple(map(float, line.get_ydata())) for line in lines)
    expected = sorted(frame[[2021, 2024]].itertuples(index=False, name=None))
    assert np.array(ends) == pytest.approx(np.array(expected))
    ax.figure.draw_without_rendering()
    for side in (0, 1):
        boxes = sorted(
            (text.get_window_extent() for text in ax.texts if text.get_gid() != SOURCE and text.xy[0] == side),
            key=lambda box: box.y0,
        )
        assert all(lower.y1 <= upper.y0 + 1 for lower, upper in pairwise(boxes))
    with pytest.raises(UsageError, match="no agency has a rate in both 2019 and 2020"):
        plots.slopes(made(), "disclosure_rate", (2019, 2020))


def test_a_tile_map_has_a_square_for_every_province() -> None:
    ax = plots.tile_map(real(), "disclosure_rate", lang="zh")
    squares = [(patch.get_x(), patch.get_y()) for patch in ax.patches if isinstance(patch, Rectangle)]
    assert len(squares) == len(set(squares)) == 34
    said = [text.get_text() for text in ax.texts]
    assert said.count("–") == 34 - ax.data.dropna(subset=["province", "rate"])["province"].nunique()
    assert {"晋", "苏", "台"} <= set(said)
    with pytest.raises(UsageError, match="no province has a rate"):
        plots.tile_map(made(), "disclosure_rate")


def test_panels_share_their_scale() -> None:
    from govinfo import metrics

    frame = metrics.refusal_rate(made(), by=("agency", "year", "form"))

    def refusal(part: pd.DataFrame, **options: object) -> plt.Axes:
        return plots.rates(part, "refusal_rate", **options)

    panels = plots.small_multiples(frame, refusal).child_axes
    assert len({panel.get_ylim() for panel in panels}) == 1


# Colours


def linear(colour: str) -> np.ndarray:
    channels = np.array(to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lightness(colour: str) -> float:
    """How light a colour is on grey paper: L* of CIELAB, from 0 to 100."""
    luminance = float(linear(colour) @ [0.2126, 0.7152, 0.0722])
    return 116 * luminance ** (1 / 3) - 16


# Machado, Oliveira and Fernandes, A physiologically-based model for simulation of color vision deficiency (2009).
BLIND = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
}


@pytest.mark.parametrize("kind", ["outcome", "applicant", "route"])
def test_neighbours_differ_in_grey_and_to_colour_blind_eyes(kind: str) -> None:
    colours = [shown.colour for shown in palette(kind).values()]
    for one, other in pairwise(colours):
        assert abs(lightness(one) - lightness(other)) > 5, (one, other)
    for matrix in BLIND.values():
        seen = [np.clip(np.array(matrix) @ linear(colour), 0, 1) for colour in colours]
        for one, other in pairwise(seen):
            assert np.abs(one - other).max() > 0.08


def test_the_command_takes_them(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "govinfo.cli",
        "chart",
        "volumes",
        str(Path(__file__).parents[1] / "data/processed"),
    ]
    options = [
        "--title",
        "Mine",
        "--top",
        "2",
        "--size",
        "slide",
        "--highlight",
        "汾阳市",
        "-o",
        str(tmp_path / "a.png"),
    ]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with Image.open(tmp_path / "a.png") as picture:
        assert "Mine" in picture.info["Description"]
