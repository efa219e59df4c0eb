"""Quiet standing: where an athlete's own resting values are read."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray, wrapped
from formcheck.kinematics.memory import once_per_motion
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.runs import runs
from formcheck.segmentation.performance import Performance, reduced
from formcheck.vocabulary import Part, Side

UPRIGHT = 0.95
"""Vertical share of the trunk's direction: 18 degrees from upright."""
THIGHS_HANG, KNEES_STRAIGHT = 22.0, 28.0
"""Degrees: a relaxed stance is tracked with up to 20 degrees of bend, and world landmarks read roughly."""
STILL = 0.25
"""Trunk lengths a second: feet, knees and hips of somebody who stands move less, those who step move more."""
LEAST_SECONDS = 0.3
SAME_VIEW = 25.0
"""Degrees of turning towards or away from the camera that a length in the picture stays comparable over."""
MOVING_PARTS = tuple(part.on(side) for part in (Part.HIP, Part.KNEE, Part.ANKLE) for side in Side)


@once_per_motion
def resting_stance(motion: Motion) -> npt.NDArray[np.bool_]:
    """Return (n,) True where the athlete stands relaxed and still, from any view, for at least 0.3 seconds.

    Knees and thighs may be bent a little, as tracking reads them; that is enough for resting values, and too little
    to read the camera's roll from, which ``level.plumb_standing`` is for.
    """
    straight = motion.orientation.upright >= UPRIGHT
    for side in Side:
        straight &= motion.thigh_elevation_any_view(side) <= THIGHS_HANG
        straight &= motion.knee_flexion_3d(side) <= KNEES_STRAIGHT
    stands = np.zeros(len(motion), dtype=bool)
    for stretch in runs(np.asarray(straight & (_speed(motion) <= STILL))):
        if motion.time_s[stretch.stop - 1] - motion.time_s[stretch.start] >= LEAST_SECONDS:
            stands[stretch] = True
    return stands


def _speed(motion: Motion) -> FloatArray:
    """Return the speed of the quickest of hips, knees and ankles, (n,) trunk lengths a second."""
    if len(motion) < 2:
        return np.full(len(motion), np.nan)
    velocity = np.gradient(motion.clean.xy_px[:, list(MOVING_PARTS)], motion.time_s, axis=0)
    return np.asarray(np.linalg.norm(velocity, axis=2).max(axis=1) / motion.trunk)


def own_standing_value(performance: Performance, series: FloatArray) -> float:
    """Return the median of a series (n,) while the athlete stands between repetitions, NaN where nobody does.

    Only standing that is seen from where the performance is seen counts.
    """
    motion, yaw = performance.motion, performance.motion.orientation.yaw
    stands = resting_stance(motion).copy()
    for rep in performance.bout.reps:
        stands[rep.frames] = False
    turned = np.abs(wrapped(yaw - reduced(yaw[performance.frames])))
    known = series[stands & (turned <= SAME_VIEW)]
    known = known[np.isfinite(known)]
    return float(np.median(known)) if len(known) >= LEAST_SECONDS * motion.rate_hz else float("nan")
