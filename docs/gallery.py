"""Draws the gallery: docs/gallery.md and docs/img/gallery/*.png, from the reports in data/raw.

Run it as `.venv/bin/python docs/gallery.py`. The extra `zh` brings the font of its Chinese labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

import govinfo
from govinfo import plots

DOCS = Path(__file__).resolve().parent
PICTURES = DOCS / "img" / "gallery"

SERIES = 'agency_id="平潭综合实验区"'
ONE = 'agency="沐阳县人民政府"'


@dataclass(frozen=True)
class Picture:
    """A picture of the gallery: file name, heading, chart, the other arguments of ``draw``, text, and the frame."""

    file: str
    heading: str
    chart: str
    options: str
    text: str
    frame: str
    invented: bool = False


GALLERY = (
    Picture(
        "volumes-years",
        "Requests over time",
        "volumes",
        SERIES,
        "Years without a report would be gaps, a dashed line stands where another form begins. Figures that are 0 are "
        "written; figures that are not printed are not drawn.",
        "metrics.volumes",
    ),
    Picture(
        "volumes", "Requests by agency", "volumes", "", "The same for all reports, one bar each.", "metrics.volumes"
    ),
    Picture(
        "multiples",
        "Small multiples",
        "multiples",
        "",
        "One panel for each agency over the same years. `plots.small_multiples` does it with any chart. Here and in "
        "the slopes the agencies are invented, for only three in the data set have several years.",
        "metrics.volumes",
        invented=True,
    ),
    Picture(
        "applicants", "Who asked", "applicants", "", "Shares of the newly received.", "metrics.volumes_by_applicant"
    ),
    Picture(
        "outcomes",
        "How requests were decided",
        "outcomes",
        "",
        "Hatched bars stand for few requests. Reports with a blank among the outcomes are left out and counted.",
        "metrics.outcomes",
    ),
    Picture(
        "outcomes-years-zh",
        "The same over time, in Chinese",
        "outcomes",
        f'lang="zh", {SERIES}',
        "The outcome groups have the same colours in every chart.",
        "metrics.outcomes",
    ),
    Picture(
        "flow",
        "One year's requests as a flow",
        "flow",
        ONE,
        "Widths are the figures as printed. Where sums of the form disagree, a hatched bar shows by how much.",
        "metrics.volumes and metrics.outcomes",
    ),
    Picture("reasons", "Reasons, ranked", "reasons", "", "The colour is the group of outcomes.", "metrics.reasons"),
    Picture(
        "reasons-by-agency-zh",
        "Reasons by agency, in Chinese",
        "reasons-by-agency",
        'lang="zh"',
        "Shares of all reasons of a report; places of 0 carry no figure.",
        "metrics.reasons",
    ),
    Picture(
        "disclosure",
        "Disclosure rate",
        "disclosure",
        SERIES,
        "Points are joined only from one year to the next and within one form. A rate over few requests is hollow.",
        "metrics.disclosure_rate",
    ),
    Picture("refusal", "Refusal rate", "refusal", "", "Agencies ranked, with intervals.", "metrics.refusal_rate"),
    Picture("backlog", "Backlog", "backlog", "", "Carried over, of all to be handled.", "metrics.backlog_rate"),
    Picture(
        "reconsideration",
        "Reconsiderations",
        "reconsideration",
        "",
        "Per 100 requests handled; may exceed 100.",
        "metrics.reconsideration_rate",
    ),
    Picture(
        "litigation",
        "Lawsuits",
        "litigation",
        "",
        "An interval far beyond all rates is cut and ends in an arrow.",
        "metrics.litigation_rate",
    ),
    Picture("corrections", "Corrections", "corrections", "", "By route of the dispute.", "metrics.correction_rate"),
    Picture(
        "funnel",
        "A rate against volume",
        "funnel",
        "",
        "Between the lines agencies may differ by chance alone: below the lower and above the upper line of 95 % lie "
        "agencies whose own tail is under 2.5 %. Names stand where they cover no point.",
        "metrics.disclosure_rate",
    ),
    Picture(
        "funnel-refusal", "The same for refusals", "funnel-refusal", "", "Named: outside 95 %.", "metrics.refusal_rate"
    ),
    Picture(
        "dots",
        "Ranked dots",
        "dots",
        "",
        "Each agency in its latest year against a line to compare with: the pooled rate, or `reference=`.",
        "metrics.disclosure_rate",
    ),
    Picture(
        "slopes",
        "Two years as slopes",
        "slopes",
        "top=9",
        "Who rose and who fell between two years; names keep apart.",
        "metrics.disclosure_rate",
        invented=True,
    ),
    Picture(
        "map-zh",
        "Provinces as squares",
        "map",
        'lang="zh"',
        "One square a province, roughly where it lies: no borders are drawn. A dash: no report here.",
        "metrics.disclosure_rate",
    ),
    Picture(
        "outcomes-column",
        "For a column in print",
        "outcomes",
        'size="column", year=2024, title="How requests were decided"',
        "`size=` is slide, page or column; `title=`, `subtitle=`, `sort=`, `top=`, `highlight=` and `reference=` go "
        "with every chart that has agencies.",
        "metrics.outcomes",
    ),
    Picture(
        "doubts",
        "The form as a map of doubts",
        "doubts",
        "",
        "In which share of the reports the reading of a cell carries a doubt or is open.",
        "corpus.cells",
    ),
    Picture(
        "quality",
        "Quality of the data",
        "quality",
        "",
        "What the cells of each report hold, and how many sums of the form fail.",
        "corpus.quality()",
    ),
)

HEAD = """# Gallery of charts

Every chart is a function of `govinfo.plots`: it takes the frame named below it, axes (`ax=`, new ones where none are
given) and a language (`lang="en"` or `"zh"`), and returns the axes. `plots.draw` makes it by name from a corpus, and
`plots.save` writes it as PNG, SVG or PDF. The pictures show the 29 reports in `data/raw`, which are examples and no
sample. `docs/gallery.py` draws them and writes this page.

```python
import govinfo
from govinfo import plots

corpus = govinfo.read_reports("data/raw")
invented = govinfo.datasets.synthetic(9, (2019, 2024), seed=3).corpus()
figure = plots.draw("outcomes", corpus, lang="zh", year=2023)
```

What holds for all of them:

- The title says what is shown, the line below where it is from, how many reports it stands on, and what is left out.
- A blank is not 0: where a figure is missing the chart says "no figure"; where a year is missing, "no report".
- English charts write agencies romanised (`agency_en`; a table of names overrides it), Chinese ones as printed. Their
  font is that of the extra `zh` (`pip install 'govinfo[zh]'`: Noto Sans SC, SIL Open Font License), else one that the
  machine has. Without any, the chart is English and a warning says so; no chart shows empty boxes.
- A chart has the table behind it (`figure.data`) and words for those who do not see it (`figure.alt`), which its files
  carry too. Invented figures are marked in the title and in place of the source.
- PDF files hold the few glyphs that they use, SVG files draw them as outlines: both look the same on every machine.
- The colours are told apart by eyes without red or green cones too; a test measures it.
"""


def options(text: str) -> dict[str, str | int]:
    """The keywords in a text such as `lang="zh", top=6`."""
    pairs = (part.split("=", 1) for part in text.split(", ") if part)
    return {name: int(value) if value.isdigit() else value.strip('"') for name, value in pairs}


def section(picture: Picture, alt: str) -> str:
    """The section of a picture in the page; ``alt`` are its words for those who do not see it."""
    data = "invented" if picture.invented else "corpus"
    call = ", ".join(filter(None, [f'plots.draw("{picture.chart}", {data}', picture.options]))
    return f"""
## {picture.heading}

![{alt}](img/gallery/{picture.file}.png)

{picture.text} Frame: `{picture.frame}`.

`{call})`
"""


def shrink(path: Path) -> None:
    """Writes a picture again with as many colours as a chart needs: a third of the size."""
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(96, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def main() -> None:
    """Draws all pictures and writes the page."""
    corpus = govinfo.read_reports(DOCS.parent / "data" / "raw")
    PICTURES.mkdir(parents=True, exist_ok=True)
    invented = govinfo.datasets.synthetic(9, (2019, 2024), seed=3).corpus()
    parts = [HEAD]
    for picture in GALLERY:
        figure = plots.draw(picture.chart, invented if picture.invented else corpus, **options(picture.options))
        shrink(plots.save(figure, PICTURES / f"{picture.file}.png"))
        parts.append(section(picture, re.sub(r"[\[\]\\]", "", figure.alt)))
    (DOCS / "gallery.md").write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
