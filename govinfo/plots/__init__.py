"""Charts: frame in, matplotlib Axes out.

Each chart takes the result of a function of ``govinfo.metrics`` (its docstring names it) or a corpus, ``ax`` (axes to
draw on, new ones where it is None) and ``lang`` ("en" or "zh"). ``draw`` makes a chart by name from a corpus, ``save``
writes it to a file.
"""

from govinfo.plots.bars import applicants, outcomes, reasons, volumes
from govinfo.plots.charts import CHARTS, Chart, draw, save
from govinfo.plots.flow import flow
from govinfo.plots.heat import doubts, quality, reasons_by_agency
from govinfo.plots.look import SIZES, Look
from govinfo.plots.multiples import small_multiples
from govinfo.plots.ranked import dots, slopes, tile_map
from govinfo.plots.rates import corrections, funnel, rates
from govinfo.plots.style import Colour, palette
from govinfo.plots.two_reports import slope, themes

__all__ = [
    "CHARTS",
    "SIZES",
    "Chart",
    "Colour",
    "Look",
    "applicants",
    "corrections",
    "dots",
    "doubts",
    "draw",
    "flow",
    "funnel",
    "outcomes",
    "palette",
    "quality",
    "rates",
    "reasons",
    "reasons_by_agency",
    "save",
    "slope",
    "slopes",
    "small_multiples",
    "themes",
    "tile_map",
    "volumes",
]
