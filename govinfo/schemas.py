"""Schemas (pandera) of every frame, from the data dictionary in ``govinfo/corpus/frames.csv``.

Import it by name, ``from govinfo import schemas``: pandera takes a second to load, so the package does not by itself.
"""

from __future__ import annotations

import re

import pandas as pd
import pandera.pandas as pa

from govinfo.corpus import FRAMES, dictionary
from govinfo.datasets import REQUESTS_WIDE
from govinfo.errors import UsageError, near
from govinfo.forms import doubts, rules
from govinfo.prose import subject_order

TYPES = {**FRAMES, "requests_wide": REQUESTS_WIDE}
"""The described frames: for each its columns in their order, with their types."""

PATTERNS = {"6 digits": r"[1-9]\d{5}", "64 hexadecimal digits": r"[0-9a-f]{64}"}
"""Texts that are told by their form, by the words of the data dictionary."""

SPAN = re.compile(r"(?P<least>\d+)\.\.(?P<most>\d*)")


def schema(frame: str) -> pa.DataFrameSchema:
    """The schema of a frame: "cells", "reports", "findings", "sections", "statements", "problems"
    or "requests_wide".

    It asks for the columns in their order with their types, for the allowed values, and of cells that exactly those
    of kind "reported" have a value. Raises UsageError for another name.
    """
    if frame not in TYPES:
        raise UsageError(f"no frame {frame!r}.", hint=near(frame, TYPES))
    lines = dictionary(frame)
    return pa.DataFrameSchema(
        {
            line["column"]: pa.Column(
                TYPES[frame][line["column"]],
                nullable=line["nullable"] == "yes",
                checks=allowed(line["allowed"]),
                unique=(frame, line["column"]) == ("reports", "report_id"),
                description=line["meaning"],
            )
            for line in lines
        },
        checks=[pa.Check(valued_where_reported, error="a value without kind reported, or the other way round")]
        if frame == "cells"
        else [],
        unique=["report_id", "table", "row", "column"] if frame == "cells" else None,
        strict=True,
        ordered=True,
        name=frame,
    )


def allowed(words: str) -> list[pa.Check]:
    """The checks that the column "allowed" of the data dictionary asks for."""
    if not words:
        return []
    if span := SPAN.fullmatch(words):
        most = [pa.Check.le(int(span["most"]))] if span["most"] else []
        return [pa.Check.ge(int(span["least"])), *most]
    if words in PATTERNS:
        return [pa.Check.str_matches(f"^{PATTERNS[words]}$")]
    if words == "doubts":
        return [pa.Check(lambda texts: texts.map(lambda text: set(filter(None, text.split(";"))) <= set(doubts())))]
    if words == "subjects":
        return [pa.Check.isin(subject_order())]
    return [pa.Check.isin(list(rules()) if words == "rules" else words.split("|"))]


def valued_where_reported(cells: pd.DataFrame) -> pd.Series:
    """True for the cells that hold a value exactly if they print a figure."""
    return cells["value"].notna() == (cells["kind"] == "reported")


def validate(data: pd.DataFrame, frame: str) -> pd.DataFrame:
    """The frame itself if it fits its schema. Raises pandera's SchemaErrors, which lists every fault, if not."""
    return schema(frame).validate(data, lazy=True)
