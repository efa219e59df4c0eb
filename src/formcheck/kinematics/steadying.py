"""Steadying landmarks: what rests is averaged for long, what moves hardly at all, and nothing is late.

A still body's landmarks tremble from frame to frame, a kicking foot's do not matter by as much. A filter whose cut-off
grows with the landmark's own speed serves both (Casiez, Roussel and Vogel: 1 euro filter, CHI 2012). That filter runs
forwards, as a live picture needs, so that it trails every movement; a recorded clip is known as a whole, so here it
runs both ways, and the two are averaged.
"""

from __future__ import annotations

import numpy as np

from formcheck.kinematics import smoothing
from formcheck.kinematics.butterworth import zero_phase
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.runs import runs

CUT_AT_REST_HZ = 0.3
CUT_BY_SPEED = 40.0
"""Hz by which the cut-off rises with each trunk length a second. Between 30 and 60 nothing in ``docs/accuracy.md``
changes but the last digit; below, quick steps are rounded off, above, the first to suffer are holds."""
SPEED_CUT_HZ = 4.0
"""Speeds are told from slower movement only, so that trembling is not taken for speed."""
SHORTEST = 13
"""Frames; fewer are left as they are."""
LONGEST_STEP_SECONDS = 0.5
"""What was seen before a longer pause is no older than this to the filter."""
MARKS_AT_A_TIME = 8
"""The intermediate results of all landmarks would fill memory in a long clip."""


def steadied(points: FloatArray, time_s: FloatArray, unit: float) -> FloatArray:
    """Return (n, marks, 2 or 3) points, each smoothed by as much as it rests; unbroken runs by themselves.

    ``unit`` is the trunk length in the unit of the points. NaN stays NaN.
    """
    rate_hz = smoothing.frame_rate(time_s)
    result = points.copy()
    for first in range(0, points.shape[1], MARKS_AT_A_TIME):
        part = points[:, first : first + MARKS_AT_A_TIME]
        for run in runs(np.asarray(np.isfinite(part).all(axis=(1, 2)))):
            if run.stop - run.start >= SHORTEST:
                there = (run, slice(first, first + MARKS_AT_A_TIME))
                result[there] = _steadied_run(part[run], time_s[run], rate_hz, unit)
    return result


def _steadied_run(points: FloatArray, time_s: FloatArray, rate_hz: float, unit: float) -> FloatArray:
    cut_hz = CUT_AT_REST_HZ + CUT_BY_SPEED * _speed(points, time_s, rate_hz) / unit
    step_s = np.minimum(np.diff(time_s), LONGEST_STEP_SECONDS)[:, None, None]
    gain = 1.0 - np.exp(-np.pi * (cut_hz[1:] + cut_hz[:-1]) * step_s)
    return np.asarray(0.5 * (_one_way(points, gain) + _one_way(points[::-1], gain[::-1])[::-1]))


def _speed(points: FloatArray, time_s: FloatArray, rate_hz: float) -> FloatArray:
    """Return how fast each mark moves in the picture's plane, (n, marks, 1) a second."""
    velocity = np.gradient(points[..., :2], time_s, axis=0).reshape(len(points), -1)
    slow = zero_phase(velocity, min(SPEED_CUT_HZ, 0.25 * rate_hz), rate_hz, SHORTEST - 1)
    return np.asarray(np.linalg.norm(slow.reshape(len(points), -1, 2), axis=2, keepdims=True))


def _one_way(points: FloatArray, gain: FloatArray) -> FloatArray:
    """Return the points, each drawn from the one before it towards its own place by ``gain``, (n - 1, marks, 1)."""
    drawn = points.copy()
    for frame in range(1, len(points)):
        drawn[frame] = drawn[frame - 1] + gain[frame - 1] * (points[frame] - drawn[frame - 1])
    return drawn
