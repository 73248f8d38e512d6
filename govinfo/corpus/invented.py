"""Whether figures are those of invented agencies, which are no evidence about any government."""

from __future__ import annotations

import pandas as pd


def holds_invented(frame: pd.DataFrame) -> bool:
    """True for a frame in which a line is marked so (column ``synthetic``)."""
    return "synthetic" in frame and bool(frame["synthetic"].fillna(False).any())
