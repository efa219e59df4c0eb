"""Held postures: where the body stops, stays and leaves again, whatever the posture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import SEEN, Motion
from formcheck.segmentation.cycles import runs
from formcheck.segmentation.performance import Held
from formcheck.vocabulary import Part, Side

BODY = [
    part.on(side)
    for part in (Part.SHOULDER, Part.ELBOW, Part.WRIST, Part.HIP, Part.KNEE, Part.ANKLE, Part.TOE)
    for side in Side
]
MOST_MOVING = 3
"""How many marks must move before a posture counts as left: one alone may be a tracking error."""
AVERAGING_SECONDS = 0.7
"""Bouncing in a stretch is faster than this and must not end the hold: the steadiness is judged, not required."""
DRIFT = 0.12
"""Trunk lengths a second that the averaged limbs may move while the body holds."""
FAR, NEAR = 0.36, 0.09
"""Shares of the way into a posture from whose passing the arrival is extrapolated."""
LEAST_WAY = 0.015
"""Trunk lengths: movements smaller than this are not seen."""
SWAY_PERCENTILE, SWAY_ALLOWED = 90.0, 1.3
"""How much of the body's own swaying while it holds is no leaving of the posture."""
LONGEST_ARRIVAL = 0.5
"""Seconds that an extrapolation may add."""
SAME_POSTURE = 0.08
"""Trunk lengths between two stops that are the same posture."""
TWITCH = 0.2
"""Seconds; shorter excursions do not leave a posture."""
LOOSEST = 0.18
"""Trunk lengths of scatter beyond which a body that stays in place is moving, as on a treadmill."""
SHORTEST = 1.2
"""Seconds; shorter stops are pauses."""
MERGED = 0.7
"""Seconds of unrest between two parts of the same posture that do not end a hold."""
Flags = npt.NDArray[np.bool_]


def find_holds(motion: Motion) -> list[Held]:
    """Return every stretch of stillness in the motion, standing included, without a side, in time order."""
    points = _visible_points(motion)
    if points.shape[1] < MOST_MOVING:
        return []
    found: list[Held] = []
    for core in runs(_merged(_still(points, motion), points, motion)):
        held = _settled(points, core, motion)
        if held is not None and (not found or held.start > found[-1].end):
            found.append(held)
    return found


def _visible_points(motion: Motion) -> FloatArray:
    """Return (n, marks, 2) in trunk lengths of the marks that are mostly seen."""
    seen = np.nanmean(motion.clean.visibility[:, BODY] >= SEEN, axis=0) >= 0.5
    return np.asarray(motion.clean.xy_px[:, [mark for mark, ok in zip(BODY, seen, strict=True) if ok]] / motion.trunk)


def _still(points: FloatArray, motion: Motion) -> Flags:
    """Return (n,) True where the averaged limbs hardly move."""
    from scipy.ndimage import uniform_filter1d

    width = max(1, round(AVERAGING_SECONDS * motion.rate_hz))
    known = np.isfinite(points).all(axis=(1, 2))
    calm = uniform_filter1d(np.nan_to_num(points), width, axis=0, mode="nearest")
    speed = np.linalg.norm(np.gradient(calm, motion.time_s, axis=0), axis=2)
    return np.asarray(known & (_of_most_moving(speed) < DRIFT))


def _of_most_moving(values: FloatArray) -> FloatArray:
    """Return the smallest of the ``MOST_MOVING`` largest values in each row of (n, marks)."""
    return np.asarray(np.sort(values, axis=1)[:, -MOST_MOVING])


def _merged(still: Flags, points: FloatArray, motion: Motion) -> Flags:
    """Return the flags with short interruptions filled where the posture after them is the one before."""
    filled = still.copy()
    stretches = runs(still)
    for before, after in zip(stretches[:-1], stretches[1:], strict=True):
        pause = motion.time_s[after.start] - motion.time_s[before.stop - 1]
        moved = _of_most_moving(_away(points[after], _typical(points[before])))
        if pause <= MERGED and float(np.median(moved)) < SAME_POSTURE:
            filled[before.stop : after.start] = True
    return filled


def _settled(points: FloatArray, core: slice, motion: Motion) -> Held | None:
    """Return the hold around a still stretch: from the posture fully reached to first leaving it."""
    if motion.time_s[core.stop - 1] - motion.time_s[core.start] < 0.5 * SHORTEST:
        return None
    away = _of_most_moving(_away(points, _typical(points[core])))
    trim = (core.stop - core.start) // 10
    scatter = float(np.nanpercentile(away[core.start + trim : core.stop - trim], SWAY_PERCENTILE))
    if scatter > LOOSEST:
        return None
    middle = (core.start + core.stop) // 2
    before, after = away[: middle + 1], away[middle:][::-1]
    start = _arrival(before, motion.time_s[: middle + 1], scatter)
    end = len(motion) - 1 - _arrival(after, -motion.time_s[middle:][::-1], scatter)
    if motion.time_s[end] - motion.time_s[start] < SHORTEST:
        return None
    return Held(None, start, end, start_seen=start > 0, end_seen=end < len(motion) - 1)


def _arrival(away: FloatArray, time_s: FloatArray, scatter: float) -> int:
    """Return the frame in which the body arrives in the posture that ``away`` (n,) ends in; 0 if it was there already.

    A body slows down into a posture: what is left of the way falls about with the square of the time that is left. So
    the arrival is extrapolated from where ``FAR`` and ``NEAR`` of the way were left, which noise does not blur as it
    does the very end.
    """
    way = _way(away, time_s)
    near = max(NEAR * way, LEAST_WAY + SWAY_ALLOWED * scatter)
    far = max(FAR * way, 2.0 * near)
    at_near, at_far = _last_beyond(away, near, time_s), _last_beyond(away, far, time_s)
    if at_near == 0:
        return 0
    left = np.sqrt(near) / (np.sqrt(far) - np.sqrt(near))
    rest = min((time_s[at_near] - time_s[at_far]) * left, LONGEST_ARRIVAL) if 0 < at_far else 0.0
    return int(np.searchsorted(time_s, time_s[at_near] + rest - 1e-9).clip(0, len(time_s) - 1))


def _way(away: FloatArray, time_s: FloatArray) -> float:
    """Return how far the body came from into the posture, in trunk lengths: the farthest in the last movement."""
    known = np.nan_to_num(away, nan=0.0)
    last = _last_beyond(known, max(0.5 * float(known.max()), LEAST_WAY), time_s)
    return float(known[max(0, last - 1) :].max()) if last else float(known.max())


def _last_beyond(away: FloatArray, level: float, time_s: FloatArray) -> int:
    """Return the first frame after the last excursion beyond ``level`` that is longer than a twitch, 0 for none."""
    for run in reversed(runs(~(np.nan_to_num(away, nan=np.inf) <= level))):
        longer = run.start == 0 or time_s[run.stop - 1] - time_s[run.start] > TWITCH
        if longer and run.stop < len(away):
            return run.stop
    return 0


def _away(points: FloatArray, place: FloatArray) -> FloatArray:
    """Return the distance of every mark from its place, (n, marks)."""
    return np.asarray(np.linalg.norm(points - place, axis=2))


def _typical(points: FloatArray) -> FloatArray:
    return np.asarray(np.nanmedian(points, axis=0))
