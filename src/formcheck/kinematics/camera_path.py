"""Where a camera held in the hand points, read from the athlete alone, and the picture held still again.

Whatever a body does, what it stands, kneels or leans on stays where it is; that is among its lowest marks. Marks on the
ground that move all the same tell how the camera moves: the velocity that most of them share, as a path that bends no
quicker than an arm sways. Whoever walks, squats or steps does not carry the path along, since some foot is down.

A path is believed only where the whole body, feet included, has been seen to drift through the picture in one piece,
which from a camera that rests does not happen: of 119 rendered and 43 real clips none is touched. Everything else is
left exactly as it was. With a sway of 5 % of the picture added, the path is found to 0.03 trunk lengths a second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from formcheck.kinematics import smoothing
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.repair import trunk_length
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Part, Side

PARTS = (Part.SHOULDER, Part.ELBOW, Part.WRIST, Part.HIP, Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE)
BODY = [part.on(side) for part in PARTS for side in Side]
TOES = [BODY.index(Part.TOE.on(side)) for side in Side]
SEEN = 0.3
AVERAGING_SECONDS = 0.25
LOWEST = 0.1
"""Trunk lengths over the lowest mark at which a mark counts for a third of it."""
ANYWHERE = 0.03
"""What every other mark counts: all of them together decide where the lowest ones contradict each other."""
PLANTED = 0.15
"""Trunk lengths a second by which a mark may leave the path before it counts for a quarter."""
SCATTERED = 0.05
"""What a frame counts at first in which the marks go different ways."""
REFINING_HZ = (0.3, 0.5, 0.7, 1.0, 1.5, 1.5)
"""The quickest bends that the path may have, trial by trial: from where the camera drifts to how an arm sways."""
IN_ONE_PIECE, WHOLE_BODY = 0.5, 0.8
"""The share of the path's speed by which a mark's velocity may differ, and the share of the marks seen that must not,
for the body to drift in one piece."""
DRIFTING, LEAPING = 0.06, 1.5
"""Trunk lengths a second of a drift that matters, and of one that no hand makes."""
AIRBORNE_SECONDS = 0.4
"""Who jumps drifts in one piece for less; a single longer drift shows that the camera moves."""
UNDECIDED = 1e-12
"""Share of the penalty with which the path is held at rest where nothing is seen that would decide it."""


@dataclass(frozen=True, kw_only=True)
class _Marks:
    """Velocities (n, marks, 2) in trunk lengths a second, and how much each mark counts, (n, marks), 0 unseen."""

    velocity: FloatArray
    weight: FloatArray


def camera_path(poses: PoseSequence) -> FloatArray | None:
    """Return how far the camera's movement has shifted the picture, (n, 2) pixels; None for a camera that rests."""
    unit, rate = trunk_length(poses.xy_px), smoothing.frame_rate(poses.time_s)
    if len(poses) < 3 or not (np.isfinite(unit) and unit > 0.0 and np.isfinite(rate)):
        return None
    marks = _marks(poses, unit, rate)
    velocity = _shared_velocity(marks, rate)
    if not _drifting(marks, velocity, rate).any():
        return None
    steps = 0.5 * (velocity[1:] + velocity[:-1]) * np.diff(poses.time_s)[:, None]
    path = unit * np.concatenate([np.zeros((1, 2)), np.cumsum(steps, axis=0)])
    return np.asarray(path - np.median(path, axis=0))


def _marks(poses: PoseSequence, unit: float, rate: float) -> _Marks:
    from scipy.ndimage import uniform_filter1d

    points = poses.xy_px[:, BODY] / unit
    seen = np.isfinite(points).all(axis=2) & (poses.visibility[:, BODY] >= SEEN)
    places = uniform_filter1d(smoothing.held(points), max(1, round(AVERAGING_SECONDS * rate)), axis=0, mode="nearest")
    lowest = np.where(seen, places[..., 1], -np.inf).max(axis=1, keepdims=True)
    above = np.where(seen, lowest - places[..., 1], np.inf)
    weight = (np.exp(-above / LOWEST) + ANYWHERE) * seen
    return _Marks(velocity=np.gradient(places, poses.time_s, axis=0), weight=weight)


def _shared_velocity(marks: _Marks, rate: float) -> FloatArray:
    """Return the velocity that most of the weight shares, (n, 2), as smooth as ``REFINING_HZ`` allow.

    Where the whole body moves in one piece, its velocity is believed however far it lies off the path so far.
    """
    together = _in_one_piece(marks, _typical_velocity(marks), least=DRIFTING)[:, None]
    velocity = _smooth_mean(marks, np.where(together, 1.0, SCATTERED) * marks.weight, REFINING_HZ[0] / rate)
    for hertz in REFINING_HZ:
        off = np.linalg.norm(marks.velocity - velocity[:, None], axis=2)
        believed = np.where(together, 1.0, 1.0 / (1.0 + (off / PLANTED) ** 2) ** 2)
        velocity = _smooth_mean(marks, marks.weight * believed, hertz / rate)
    return velocity


def _typical_velocity(marks: _Marks) -> FloatArray:
    """Return the median velocity of the marks that are seen, (n, 2), 0 where none is."""
    seen = np.where((marks.weight > 0.0)[..., None], marks.velocity, np.nan)
    known = np.isfinite(seen).any(axis=(1, 2))
    typical = np.zeros((len(seen), 2))
    typical[known] = np.nanmedian(seen[known], axis=1)
    return typical


def _smooth_mean(marks: _Marks, weight: FloatArray, cut: float) -> FloatArray:
    """Return the weighted mean velocity, (n, 2), smoothed by a penalty on its bends; ``cut`` is in cycles a frame.

    Where little weight is seen, what lies before and after leads through (Whittaker's smoother).
    """
    from scipy.linalg import solveh_banded

    total = weight.sum(axis=1)
    wanted = (marks.velocity * weight[..., None]).sum(axis=1)
    bands = (2.0 * np.pi * cut) ** -4 * _bending(len(total))
    bands[2] += total + UNDECIDED * bands[2]
    return np.asarray(solveh_banded(bands, wanted))


def _bending(n: int) -> FloatArray:
    """Return the squared second differences of (n,) values as a banded form, upper diagonals first, (3, n)."""
    bands = np.zeros((3, n))
    for first, of_first in enumerate((1.0, -2.0, 1.0)):
        for second, of_second in enumerate((1.0, -2.0, 1.0)):
            if second >= first:
                bands[2 - (second - first), second : n - 2 + second] += of_first * of_second
    return bands


def _drifting(marks: _Marks, velocity: FloatArray, rate: float) -> npt.NDArray[np.bool_]:
    """Return (n,) True where the whole body drifts with the path for longer than somebody is in the air.

    Toes must be seen: who rises onto them moves in one piece but for them.
    """
    from scipy.ndimage import binary_opening

    speed = np.linalg.norm(velocity, axis=1)
    toes = (marks.weight[:, TOES] > 0.0).any(axis=1)
    drifts = toes & _in_one_piece(marks, velocity) & (speed > DRIFTING) & (speed < LEAPING)
    return np.asarray(binary_opening(drifts, np.ones(max(1, round(AIRBORNE_SECONDS * rate)), dtype=bool)))


def _in_one_piece(marks: _Marks, velocity: FloatArray, least: float = 0.0) -> npt.NDArray[np.bool_]:
    """Return (n,) True where nearly every mark that is seen has a velocity, (n, 2); ``least`` is always tolerated."""
    seen, speed = marks.weight > 0.0, np.linalg.norm(velocity, axis=1)
    off = np.linalg.norm(marks.velocity - velocity[:, None], axis=2)
    along = ((off < np.maximum(IN_ONE_PIECE * speed, least)[:, None]) & seen).sum(axis=1)
    return np.asarray(along >= WHOLE_BODY * np.maximum(seen.sum(axis=1), 1))
