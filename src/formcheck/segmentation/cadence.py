"""Cadence: steps a minute from the legs' alternation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.segmentation.performance import Performance, Rep

LEAST_STEPS = 4
SAMPLES_PER_STEP = 4.0
"""Frames that a step must span to be timed (criteria section 2.2)."""
PAUSE_SECONDS = 0.5
"""A phone that stalls so long between two frames hides a step or more, nobody knows how many and at what moment."""


def step_times(performance: Performance) -> list[float]:
    """Return the seconds of each step's peak, in order, the cut ones at the clip's ends left out."""
    return sorted(_moment(rep, performance) for rep in performance.bout.reps if rep.whole)


def steps_per_minute(performance: Performance) -> tuple[float, float, float]:
    """Return the cadence, its standard error and the relative scatter of strides; NaN where it cannot be told.

    A stride, from a leg's peak to the same leg's next, is timed instead of a step: left and right need not look
    alike. A leg's stride is the median over all its pairs of peaks, so that one badly timed swing at an end does not
    tell; the cadence is the mean of both legs'. A gap of two strides, where a step was missed, counts as two.
    Over a pause in the clip, which hides steps, nothing is timed.
    """
    rates: list[float] = []
    weights: list[int] = []
    strides: list[float] = []
    unbroken = _unbroken(performance)
    for times in (piece for leg in _peaks_by_side(performance.bout.reps, performance) for piece in unbroken(leg)):
        if len(times) >= 2:
            gaps = np.diff(times)
            typical = float(np.median(gaps))
            counted = np.concatenate([[0.0], np.maximum(1, np.round(gaps / typical)).cumsum()])
            rates.append(120.0 / _slope(np.asarray(times), counted))
            weights.append(int(counted[-1]))
            strides.extend(gaps[np.abs(gaps - typical) < 0.5 * typical] / typical)
    if sum(weights) < LEAST_STEPS / 2:
        return float("nan"), float("nan"), float("nan")
    cadence = float(np.average(rates, weights=weights))
    if performance.rate_hz * 60.0 / cadence < SAMPLES_PER_STEP:
        return float("nan"), float("nan"), float("nan")
    scatter = float(np.std(strides)) if len(strides) > 1 else 0.0
    return cadence, cadence * max(scatter, 0.01) / np.sqrt(sum(weights)), scatter


def _unbroken(performance: Performance) -> Callable[[list[float]], list[list[float]]]:
    """Return what parts seconds at the pauses of the clip and drops those within a pause, which nobody has seen."""
    filmed_s = performance.time_s
    pauses = np.flatnonzero(np.diff(filmed_s) > PAUSE_SECONDS)
    starts, ends = [-np.inf, *filmed_s[pauses + 1]], [*filmed_s[pauses], np.inf]
    return lambda times: [
        [time_s for time_s in times if start <= time_s <= end] for start, end in zip(starts, ends, strict=True)
    ]


def _slope(times: FloatArray, counted: FloatArray) -> float:
    """Return the seconds of a stride: the median slope over all pairs of (n,) times and stride numbers."""
    first, later = np.triu_indices(len(times), 1)
    return float(np.median((times[later] - times[first]) / (counted[later] - counted[first])))


def _peaks_by_side(reps: tuple[Rep, ...], performance: Performance) -> list[list[float]]:
    """Return the seconds of the peaks of each leg; a swing that the clip cuts need not have reached its own."""
    timed = [rep for rep in reps if rep.moment_s is not None]
    last = len(performance.motion) - 1
    seen = timed or [rep for rep in reps if 0 < rep.peak < last]
    return [[_moment(rep, performance) for rep in seen if rep.side is side] for side in {rep.side for rep in seen}]


def _moment(rep: Rep, performance: Performance) -> float:
    return float(performance.time_s[rep.peak]) if rep.moment_s is None else rep.moment_s
