"""Where a body stays in place: marks that hardly move, and marks that only seem to."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import SEEN, Motion
from formcheck.kinematics.runs import runs
from formcheck.kinematics.still_legs import quiet_frames
from formcheck.vocabulary import Landmark, Part, Side

LEG_PARTS = (Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE)
UPPER_PARTS = (Part.SHOULDER, Part.ELBOW, Part.WRIST, Part.HIP)
LEGS = frozenset(part.on(side) for part in LEG_PARTS for side in Side)
BODY = [part.on(side) for part in (*UPPER_PARTS, *LEG_PARTS) for side in Side]
MOST_MOVING, FEW_MARKS = 3, 8
"""How many marks must move before a posture counts as left, one less where there are few marks: one alone may be a
tracking error. A foot has as many, so that lifting it alone counts."""
AVERAGING_SECONDS = 0.7
"""Bouncing in a stretch is faster than this and must not end the hold: the steadiness is judged, not required."""
DRIFT = 0.12
"""Trunk lengths a second that the averaged limbs may move while the body holds."""
LEAST_UPPER = 5
"""Fewer marks of shoulders, hips and arms cannot vouch for the legs."""
STEPPED = 0.35
"""Trunk lengths: legs whose median over a second moves by more are really moved, however still the rest is."""
SAME_POSTURE = 0.08
"""Trunk lengths between two stops that are the same posture, and half of what it may change in a whole hold."""
MERGED = 0.7
"""Seconds of unrest between two parts of the same posture that do not end a hold."""
EDGE_SECONDS = 0.2
"""How much of the posture before and after an interruption is compared."""
MOSTLY = 0.8
"""Share of a stop that must be quiet for restless marks of the legs to be left out."""
Flags = npt.NDArray[np.bool_]


def visible_marks(motion: Motion) -> list[Landmark]:
    """Return the marks that are mostly seen."""
    seen = np.nanmean(motion.clean.visibility[:, BODY] >= SEEN, axis=0) >= 0.5
    return [mark for mark, ok in zip(BODY, seen, strict=True) if ok]


def stops(points: FloatArray, marks: list[Landmark], motion: Motion) -> list[tuple[slice, bool]]:
    """Return every stretch of frames in which the body stays in place, and whether all but its legs is quiet in it.

    ``points`` are (n, marks, 2) in trunk lengths.
    """
    quiet = _quiet_above_the_legs(points, marks, motion)
    still = _merged(_still(points, motion) | quiet, points, motion)
    return [(stop, float(np.mean(quiet[stop])) >= MOSTLY) for stop in runs(still)]


def of_most_moving(values: FloatArray) -> FloatArray:
    """Return the smallest of the ``MOST_MOVING`` largest values in each row of (n, marks)."""
    moving = MOST_MOVING if values.shape[1] > FEW_MARKS else MOST_MOVING - 1
    return np.asarray(np.sort(values, axis=1)[:, -moving])


def away(points: FloatArray, place: FloatArray) -> FloatArray:
    """Return the distance of every mark from its place, (n, marks)."""
    return np.asarray(np.linalg.norm(points - place, axis=2))


def typical(points: FloatArray) -> FloatArray:
    """Return the typical place of every mark, (marks, 2)."""
    if np.isfinite(points).all():  # the same numbers a good deal sooner
        return np.asarray(np.median(points, axis=0))
    return np.asarray(np.nanmedian(points, axis=0))


def _still(points: FloatArray, motion: Motion) -> Flags:
    """Return (n,) True where the averaged limbs hardly move."""
    from scipy.ndimage import uniform_filter1d

    width = max(1, round(AVERAGING_SECONDS * motion.rate_hz))
    known = np.isfinite(points).all(axis=(1, 2))
    calm = uniform_filter1d(np.nan_to_num(points), width, axis=0, mode="nearest")
    speed = np.linalg.norm(np.gradient(calm, motion.time_s, axis=0), axis=2)
    return np.asarray(known & (of_most_moving(speed) < DRIFT))


def _quiet_above_the_legs(points: FloatArray, marks: list[Landmark], motion: Motion) -> Flags:
    """Return (n,) True where all but the legs is so still that the legs' restless marks can only be tracking errors.

    Where one leg hides the other, as in lying stretches or from behind, their marks jump between the two.
    """
    legs = np.array([mark in LEGS for mark in marks])
    if (~legs).sum() < LEAST_UPPER:
        return np.zeros(len(points), dtype=bool)
    quiet = quiet_frames(points[:, ~legs], motion.rate_hz)
    return np.asarray(quiet & ~_stepping(points[:, legs], motion.rate_hz))


def _stepping(legs: FloatArray, rate_hz: float) -> Flags:
    """Return (n,) True where the legs, flicker left out, are in another place half a second later than before."""
    half, quarter = round(rate_hz) // 2 + 1, round(rate_hz) // 4 + 1
    moved = np.zeros(len(legs), dtype=bool)
    if len(legs) <= half or not legs.shape[1]:
        return moved
    calm = calmed(legs, rate_hz)
    stepped = np.linalg.norm(calm[half:] - calm[:-half], axis=2) > STEPPED
    moved[quarter : quarter + len(stepped)] = stepped.sum(axis=1) >= MOST_MOVING - 1
    return moved


def calmed(points: FloatArray, rate_hz: float, seconds: float = 1.0) -> FloatArray:
    """Return points without what flickers within some time: their running medians, 0 where unknown, (n, marks, 2)."""
    from scipy.ndimage import median_filter

    return np.asarray(median_filter(np.nan_to_num(points), size=(round(seconds * rate_hz) | 1, 1, 1), mode="nearest"))


def _merged(still: Flags, points: FloatArray, motion: Motion) -> Flags:
    """Return the flags with short interruptions filled where the posture after them is the one before."""
    filled = still.copy()
    edge = max(1, round(EDGE_SECONDS * motion.rate_hz))
    for before, after in pairwise(runs(still)):
        pause = motion.time_s[after.start] - motion.time_s[before.stop - 1]
        moved = apart(points[before][-edge:], points[after][:edge])
        if pause <= MERGED and moved < SAME_POSTURE and apart(points[before], points[after]) < 2.0 * SAME_POSTURE:
            filled[before.stop : after.start] = True
    return filled


def apart(before: FloatArray, after: FloatArray) -> float:
    """Return how far the body is from its earlier posture, in trunk lengths."""
    return far_from(typical(before), after)


def far_from(place: FloatArray, points: FloatArray) -> float:
    """Return how far a body, (n, marks, 2), is from the typical place of its marks, (marks, 2), in trunk lengths."""
    return float(np.median(of_most_moving(away(points, place))))
