"""Within which limits rates differ by chance alone: the limits of a funnel, exact ones and such as allow for more.

Source: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005).
scipy is imported where it is used: it takes longer to load than the rest of the package.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from govinfo.errors import UsageError

Floats = npt.NDArray[np.float64]
Bounds = tuple[Floats, Floats]

KINDS = ("wilson", "poisson")
"""Kinds of rates by their interval: shares (binomial counts) and cases per so many (Poisson counts)."""


def chance_limits(volumes: npt.ArrayLike, centre: float, *, level: float = 0.95, kind: str = "wilson") -> Bounds:
    """The rates below and above which a unit of that volume lies by chance in (1 - level) / 2 of all cases at most.

    ``volumes``: denominators. ``centre``: the rate that all units share, a share or cases per one. ``kind``: that of
    the rate's interval, "wilson" for shares (binomial), "poisson" for cases. The lower limit is the count k with
    P(X <= k) = (1 - level) / 2, the upper one that with P(X >= k) = (1 - level) / 2, both continued smoothly between
    whole numbers and divided by the volume: they mirror each other, so that a count is outside exactly where its own
    tail is smaller. Raises UsageError for a level or a centre that makes no sense.
    """
    from scipy import special

    if not 0 < level < 1 or centre < 0 or kind not in KINDS or (kind == "wilson" and centre > 1):
        raise UsageError(f"no limits at the level {level} around {centre}.", hint="Give a level and a share of 0 to 1.")
    volumes = np.asarray(volumes, dtype=np.float64)
    if centre == 0 or (centre == 1 and kind == "wilson"):
        return np.full_like(volumes, centre), np.full_like(volumes, centre)
    tail = (1 - level) / 2
    if kind == "poisson":
        # P(X <= k) is the upper, P(X >= k) the lower incomplete gamma function of k + 1 and of k.
        low = special.gdtrib(1, 1 - tail, volumes * centre) - 1
        high = special.gdtrib(1, tail, volumes * centre)
    else:
        low = special.bdtrik(tail, volumes, centre)
        high = volumes - special.bdtrik(tail, volumes, 1 - centre)
        low, high = np.nan_to_num(low), np.where(np.isnan(high), volumes, high)
        high = np.minimum(high, volumes)
    return np.maximum(low, 0) / volumes, high / volumes
