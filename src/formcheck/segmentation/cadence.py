"""Cadence: steps a minute from the legs' alternation."""

from __future__ import annotations

import numpy as np

from formcheck.segmentation.performance import Performance, Rep

LEAST_STEPS = 4
SAMPLES_PER_STEP = 4.0
"""Frames that a step must span to be timed (criteria section 2.2)."""


def step_times(performance: Performance) -> list[float]:
    """Return the seconds of each step's peak, in order, the cut ones at the clip's ends left out."""
    return sorted(float(performance.time_s[rep.peak]) for rep in performance.bout.reps if rep.whole)


def steps_per_minute(performance: Performance) -> tuple[float, float, float]:
    """Return the cadence, its standard error and the relative scatter of strides; NaN where it cannot be told.

    A stride, from a leg's peak to the same leg's next, is timed instead of a step: left and right need not look
    alike. The cadence is twice the strides' mean frequency, first peak to last, for each leg, then averaged; a gap of
    two strides, where a step was missed, counts as two.
    """
    rates: list[float] = []
    weights: list[int] = []
    strides: list[float] = []
    for times in _peaks_by_side(performance.bout.reps, performance):
        if len(times) >= 2:
            gaps = np.diff(times)
            typical = float(np.median(gaps))
            cycles = int(np.maximum(1, np.round(gaps / typical)).sum())
            rates.append(120.0 * cycles / (times[-1] - times[0]))
            weights.append(cycles)
            strides.extend(gaps[np.abs(gaps - typical) < 0.5 * typical] / typical)
    if sum(weights) < LEAST_STEPS / 2:
        return float("nan"), float("nan"), float("nan")
    cadence = float(np.average(rates, weights=weights))
    if performance.rate_hz * 60.0 / cadence < SAMPLES_PER_STEP:
        return float("nan"), float("nan"), float("nan")
    scatter = float(np.std(strides)) if len(strides) > 1 else 0.0
    return cadence, cadence * max(scatter, 0.01) / np.sqrt(sum(weights)), scatter


def _peaks_by_side(reps: tuple[Rep, ...], performance: Performance) -> list[list[float]]:
    sides = {rep.side for rep in reps}
    last = performance.time_s[-1]
    return [
        [
            float(performance.time_s[r.peak]) if r.moment_s is None else r.moment_s
            for r in reps
            if r.side is side and r.peak > 0 and performance.time_s[r.peak] < last
        ]
        for side in sides
    ]
