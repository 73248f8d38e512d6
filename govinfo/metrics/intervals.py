"""Intervals by statsmodels, NA where none is defined.

statsmodels is imported where it is used: it takes longer to load than the rest of the package.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from govinfo.errors import UsageError

Floats = npt.NDArray[np.float64]
Bounds = tuple[Floats, Floats]


def check_level(level: float) -> None:
    """Raises UsageError where a level of confidence is not between 0 and 1."""
    if not 0 < level < 1:
        raise UsageError(f"level must lie between 0 and 1, not {level}.", hint="For 95 %: level=0.95.")


def wilson(count: Floats, total: Floats, level: float) -> Bounds:
    """Wilson's interval of count / total, a share; NaN unless 0 <= count <= total and total > 0."""
    from statsmodels.stats.proportion import proportion_confint

    defined = (total > 0) & (count >= 0) & (count <= total)
    low, high = np.full(len(count), np.nan), np.full(len(count), np.nan)
    low[defined], high[defined] = proportion_confint(count[defined], total[defined], alpha=1 - level, method="wilson")
    # The bounds of none and of all are 0 and 1; rounding leaves them a hair beside.
    low[defined & (count == 0)] = 0
    high[defined & (count == total)] = 1
    return low, high


def poisson(count: Floats, exposure: Floats, level: float) -> Bounds:
    """The exact interval of count / exposure where count is Poisson; NaN unless count >= 0 and exposure > 0."""
    from statsmodels.stats.rates import confint_poisson

    defined = (exposure > 0) & (count >= 0)
    low, high = np.full(len(count), np.nan), np.full(len(count), np.nan)
    low[defined], high[defined] = confint_poisson(count[defined], exposure[defined], method="exact-c", alpha=1 - level)
    return low, high


def mean_interval(values: pd.Series, level: float) -> tuple[float, float]:
    """Student's interval of a mean; NaN for fewer than two values."""
    from statsmodels.stats.weightstats import DescrStatsW

    if len(values) < 2:
        return float("nan"), float("nan")
    low, high = DescrStatsW(values.to_numpy(dtype="float64")).tconfint_mean(alpha=1 - level)
    return float(low), float(high)


INTERVALS = {"wilson": wilson, "poisson": poisson}
