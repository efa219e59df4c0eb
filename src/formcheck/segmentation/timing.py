"""Moments of movements, told between frames."""

from __future__ import annotations

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.segmentation.cycles import Cycle


def middle_second(time_s: FloatArray, rising: FloatArray, cycle: Cycle) -> float | None:
    """Return the second in the middle of an excursion of (n,) ``rising``: between its crossings of half its height.

    A top is flat or falls between frames; the flanks are steep. None where the clip cuts one off.
    """
    half, first = 0.5 * rising[cycle.peak], max(0, cycle.start - 1)
    before = np.flatnonzero(rising[first : cycle.peak] < half)
    after = np.flatnonzero(rising[cycle.peak : cycle.end + 1] < half)
    if not before.size or not after.size:
        return None
    up, down = first + int(before[-1]), cycle.peak + int(after[0])
    crossings = [
        np.interp(half, rising[[up, up + 1]], time_s[[up, up + 1]]),
        np.interp(-half, -rising[[down - 1, down]], time_s[[down - 1, down]]),
    ]
    return float(np.mean(crossings))
