"""Outliers, gaps and low-pass filtering, in seconds and Hz. Series run along the first axis; NaN is "unknown".

scipy is imported inside the functions that use it: listing and explaining the catalogue load this module too, and need
to answer at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.butterworth import zero_phase
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.runs import runs

GAP_SECONDS = 0.15
"""Longest gap that is bridged; a longer one stays unknown (criteria section 2.2)."""
FASTEST_HZ = 1000.0
"""No camera is faster; frames that lie closer together have a wrong time stamp."""
LONGEST_PAUSE_SECONDS = 10.0
"""What was seen before a longer pause says nothing about what comes after it."""
MOST_RESAMPLED = 20
"""Points of the even grid for each frame; frames that lie so unevenly in time carry no movement to be smoothed."""
COLUMNS_AT_A_TIME = 16
"""Of the landmarks' coordinates are worked on together: the intermediate results of all would fill memory in a long
clip."""
PAUSE = 2.5
"""Times the median interval between frames from which the clip pauses."""


def frame_rate(time_s: FloatArray) -> float:
    """Return how many frames a second follow each other, in Hz, at most 1000; NaN for fewer than two frames.

    Single frames that a phone drops count, longer pauses do not.
    """
    if len(time_s) < 2:
        return float("nan")
    spacing = np.diff(time_s)
    return min(float(1.0 / np.mean(spacing[spacing <= PAUSE * np.median(spacing)])), FASTEST_HZ)


def cut_off_hz(rate_hz: float) -> float:
    """Return the low-pass cut-off for a frame rate: 8 Hz from 50 fps, 7 Hz below, and never above a quarter of it.

    Kicks at three a second per leg have harmonics up to about 6 Hz; MediaPipe's jitter lies above.
    """
    return min(8.0 if rate_hz >= 50.0 else 7.0, 0.25 * rate_hz)


def without_outliers(points: FloatArray, floor: float, window: int = 5, deviations: float = 3.0) -> FloatArray:
    """Return points with isolated jumps replaced by the running median (Hampel filter).

    A quick but smooth turn, such as a heel at the top of its kick, is no jump: the movement on either side leads there.

    Parameters
    ----------
    points : (n, ...) any unit; NaN stays NaN and never counts as a neighbour
    floor : same unit
        Deviations below it are never outliers, so that a still athlete's jitter is left alone.
    """
    flat = points.reshape(len(points), -1)
    cleaned = np.empty_like(flat)
    for first in range(0, flat.shape[1], COLUMNS_AT_A_TIME):
        columns = slice(first, first + COLUMNS_AT_A_TIME)
        cleaned[:, columns] = _without_outliers(flat[:, columns], floor, window, deviations)
    return cleaned.reshape(points.shape)


def _without_outliers(points: FloatArray, floor: float, window: int, deviations: float) -> FloatArray:
    from scipy.ndimage import median_filter

    filled = held(points)
    centre = median_filter(filled, size=(window, 1), mode="nearest")
    residual = np.abs(filled - centre)
    spread = 1.4826 * median_filter(residual, size=(window, 1), mode="nearest")
    least = np.maximum(deviations * spread, floor)
    outlier = np.isfinite(points) & (residual > least) & ~_led_to(filled, centre, least)
    return np.where(outlier, centre, points)


def held(points: FloatArray) -> FloatArray:
    """Return points with unknown values filled by straight lines and the ends held; 0 where nothing is known."""
    known = np.isfinite(points)
    if known.all():
        return points
    flat, seen = points.reshape(len(points), -1).copy(), known.reshape(len(points), -1)
    frames = np.arange(len(points))
    for column in range(flat.shape[1]):
        there = seen[:, column]
        flat[:, column] = np.interp(frames, frames[there], flat[there, column]) if there.any() else 0.0
    return flat.reshape(points.shape)


def _led_to(points: FloatArray, centre: FloatArray, tolerance: FloatArray) -> npt.NDArray[np.bool_]:
    """Return (n, ...) True where a point lies on the way from ``centre`` to where both neighbours are heading."""
    padding = [(2, 2)] + [(0, 0)] * (points.ndim - 1)
    wide = np.pad(points, padding, mode="edge")
    led = np.ones(points.shape, dtype=bool)
    for near, far in ((wide[1:-3], wide[:-4]), (wide[3:-1], wide[4:])):
        heading = 2.0 * near - far
        low, high = np.minimum(centre, heading), np.maximum(centre, heading)
        led &= (points >= low - tolerance) & (points <= high + tolerance)
    return led


def without_gaps(points: FloatArray, time_s: FloatArray, longest_s: float = GAP_SECONDS) -> FloatArray:
    """Return points with gaps of at most ``longest_s`` bridged by straight lines; longer gaps and the ends stay NaN."""
    flat = points.reshape(len(points), -1).copy()
    for column in range(flat.shape[1]):
        _bridge(flat[:, column], time_s, longest_s)
    return flat.reshape(points.shape)


def _bridge(series: FloatArray, time_s: FloatArray, longest_s: float) -> None:
    known = np.flatnonzero(np.isfinite(series))
    for before, after in pairwise(known):
        if after - before > 1 and time_s[after] - time_s[before] <= longest_s + 1e-9:
            inside = slice(before + 1, after)
            series[inside] = np.interp(time_s[inside], time_s[[before, after]], series[[before, after]])


def low_passed(points: FloatArray, time_s: FloatArray, cut_hz: float) -> FloatArray:
    """Return points after a zero-phase Butterworth low-pass (2nd order, run both ways), (n, ...).

    Each unbroken run of known values is filtered by itself; runs too short for the filter are left as they are. A pause
    of more than 10 seconds breaks a run.
    Variable frame times are resampled to an even grid and back, by curves that keep more of quick movement than lines.
    """
    rate = frame_rate(time_s)
    if not np.isfinite(rate) or cut_hz >= 0.5 * rate:
        return points.copy()
    flat = points.reshape(len(points), -1).copy()
    pauses = np.flatnonzero(np.diff(time_s) > LONGEST_PAUSE_SECONDS) + 1
    for columns, start, stop in _cut(_runs(flat), pauses):
        if stop - start > 12:
            flat[start:stop, columns] = _filtered_run(flat[start:stop, columns], time_s[start:stop], rate, cut_hz)
    return flat.reshape(points.shape)


_Run = tuple[npt.NDArray[np.intp], int, int]


def _cut(found: Iterable[_Run], pauses: npt.NDArray[np.intp]) -> Iterator[_Run]:
    """Yield the runs cut before the frames ``pauses``."""
    for columns, start, stop in found:
        inside = pauses[(pauses > start) & (pauses < stop)]
        yield from ((columns, int(a), int(b)) for a, b in pairwise((start, *inside, stop)))


def _runs(flat: FloatArray) -> list[_Run]:
    """Return (columns, start, stop) of unbroken stretches, columns of the same pattern together."""
    known = np.isfinite(flat)
    patterns, which = np.unique(known, axis=1, return_inverse=True)
    found = []
    for index in range(patterns.shape[1]):
        columns = np.flatnonzero(which.ravel() == index)
        found += [(columns, run.start, run.stop) for run in runs(patterns[:, index])]
    return found


def _filtered_run(values: FloatArray, time_s: FloatArray, rate: float, cut_hz: float) -> FloatArray:
    intervals = np.diff(time_s)
    pad = min(len(values) - 1, 3 * 2 * 2 + 3)
    if np.all(np.abs(intervals - 1.0 / rate) < 0.1 / rate):
        return zero_phase(values, cut_hz, rate, pad)
    if (time_s[-1] - time_s[0]) * rate > MOST_RESAMPLED * len(values):
        return values
    from scipy.interpolate import PchipInterpolator

    even = np.arange(time_s[0], time_s[-1] + 0.5 / rate, 1.0 / rate)
    if len(even) <= 12:
        return values
    there = PchipInterpolator(time_s, values, axis=0)(even)
    smooth = zero_phase(there, cut_hz, rate, min(len(even) - 1, pad))
    return np.asarray(PchipInterpolator(even, smooth, axis=0)(time_s))


def running_median(series: FloatArray, time_s: FloatArray, seconds: float) -> FloatArray:
    """Return the running median of a series over about ``seconds``, (n, ...); NaN is skipped by holding neighbours."""
    from scipy.ndimage import median_filter

    known = np.isfinite(series)
    if len(series) < 2 or not known.any():
        return series.copy()
    width = max(1, round(seconds * frame_rate(time_s))) | 1
    size = (width,) + (1,) * (series.ndim - 1)
    return np.where(known, median_filter(held(series), size=size, mode="nearest"), np.nan)
