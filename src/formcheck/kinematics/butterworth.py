"""A zero-phase Butterworth low-pass of second order.

The same numbers as ``scipy.signal.butter`` and ``sosfiltfilt`` give, without the half second that importing
``scipy.signal`` takes: longer than everything else that a run on known landmarks computes.
"""

from __future__ import annotations

import math

import numpy as np

from formcheck.kinematics.geometry import FloatArray


def zero_phase(values: FloatArray, cut_hz: float, rate_hz: float, padding: int) -> FloatArray:
    """Return ``values`` filtered forwards and then backwards, (n, ...).

    Parameters
    ----------
    values : (n, ...) any unit, no NaN, evenly spaced in time
    cut_hz : Hz
        Where one pass lets through the half of the power; below half of ``rate_hz``.
    padding : samples
        How far both ends are continued, turned about the end point, so that the filter has settled inside; below n.
    """
    if padding == 0:
        ends = values
    else:
        before = 2.0 * values[:1] - values[padding:0:-1]
        after = 2.0 * values[-1:] - values[-2 : -padding - 2 : -1]
        ends = np.concatenate([before, values, after])
    backwards = _one_way(_one_way(ends, cut_hz, rate_hz)[::-1], cut_hz, rate_hz)
    return backwards[::-1][padding : padding + len(values)]


def _one_way(values: FloatArray, cut_hz: float, rate_hz: float) -> FloatArray:
    """Return one pass over the values, begun as if the first one had lasted for ever."""
    warped = math.tan(math.pi * cut_hz / rate_hz)
    scale = 1.0 / (1.0 + math.sqrt(2.0) * warped + warped**2)
    b0 = warped**2 * scale
    a1 = 2.0 * (warped**2 - 1.0) * scale
    a2 = (1.0 - math.sqrt(2.0) * warped + warped**2) * scale
    first, second = (1.0 - b0) * values[0], (b0 - a2) * values[0]
    passed = b0 * values
    for frame, entered in enumerate(passed):
        left = entered + first
        first = 2.0 * entered - a1 * left + second
        second = entered - a2 * left
        passed[frame] = left
    return passed
