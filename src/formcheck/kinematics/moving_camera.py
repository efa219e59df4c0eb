"""What a camera in the hand does to a picture, undone: landmarks as a camera that rests would see them.

The background tells it best: how it shifts, turns and grows, every corner of it alike. What is left then, or where
nobody looked at it (a landmark track without it, a blank wall), the athlete must tell, who shows shifts only
(``camera_path``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from formcheck.kinematics import smoothing
from formcheck.kinematics.camera_path import AVERAGING_SECONDS, BODY, camera_path
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.repair import trunk_length
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Part, Side

ComplexArray = npt.NDArray[np.complex128]

LONGEST_UNKNOWN_SECONDS, LONGEST_UNKNOWN_END_SECONDS = 0.6, 1.5
"""Without a word on the background that are bridged. At the ends, as after a cut, the camera is then taken to rest."""
SCALES = (0.2, 5.0)
"""No camera goes so near or so far within a shot that its background leaves these."""
AT_REST = 0.02
"""Trunk lengths that a camera at rest may seem to move the athlete by; corners of a background are found to a fifth of
that."""
ALMOST_ALWAYS = 98.0
CALMER, CALM = 1.1, 0.03
"""Marks on the ground must not get quicker by more than this share, nor by more trunk lengths a second, where the
camera's movement is undone: what moved was no background then."""
STEADIEST = 3
"""Of the marks of hands and feet is the one whose speed is looked at: one alone may be hidden."""
ENDS = [part.on(side) for part in (Part.ANKLE, Part.HEEL, Part.TOE, Part.WRIST) for side in Side]


@dataclass(frozen=True)
class CameraMovement:
    """How everything at rest moves through the picture, (n,) each: what usually lies at z is at ``turn`` z + ``shift``.

    Points are complex numbers, pixels to the right and down; ``turn`` turns and enlarges. ``rough`` where it was read
    from the athlete.
    """

    turn: ComplexArray
    shift: ComplexArray
    rough: bool

    def undone(self, poses: PoseSequence) -> PoseSequence:
        """Return the sequence as a camera that rests where this one usually is would see it."""
        xy = _as_points((_as_complex(poses.xy_px) - self.shift[:, None]) / self.turn[:, None])
        return replace(poses, xy_px=xy, world_m=_turned(poses.world_m, -np.angle(self.turn)), background=None)

    def done(self, poses: PoseSequence) -> PoseSequence:
        """Return what the moving camera sees of a sequence that was undone."""
        xy = _as_points(_as_complex(poses.xy_px) * self.turn[:, None] + self.shift[:, None])
        return replace(poses, xy_px=xy, world_m=_turned(poses.world_m, np.angle(self.turn)))


def camera_movement(poses: PoseSequence) -> CameraMovement | None:
    """Return how the camera moves; None for one that rests.

    What the background does is undone first. An athlete who is nearer than it still sways where the camera does not
    only turn but goes from side to side.
    """
    unit = trunk_length(poses.xy_px)
    if len(poses) < 3 or not (np.isfinite(unit) and unit > 0.0):
        return None
    told = _believed(_of_background(poses), poses, unit)
    path = camera_path(poses if told is None else told.undone(poses))
    if path is None:
        return told
    sway = _as_complex(path)
    if told is None:
        return CameraMovement(np.ones(len(path), dtype=complex), sway, rough=True)
    return CameraMovement(told.turn, told.turn * sway + told.shift, rough=True)


def _believed(told: CameraMovement | None, poses: PoseSequence, unit: float) -> CameraMovement | None:
    """Return a movement that matters and that what stands on the ground bears out, else None."""
    matters = told is not None and _reach(told, poses) > AT_REST * unit
    return told if told is not None and matters and _calmer(told.undone(poses), poses, unit) else None


def _of_background(poses: PoseSequence) -> CameraMovement | None:
    """Return the background's movement against how it usually lies, as a hand keeps it; None where it is unknown."""
    if poses.background is None:
        return None
    turn, shift = (_as_complex(poses.background[:, pair]) for pair in (slice(0, 2), slice(2, 4)))
    known = np.isfinite(turn) & np.isfinite(shift) & (np.abs(turn) >= SCALES[0]) & (np.abs(turn) <= SCALES[1])
    seconds = poses.time_s[known]
    if not known.any() or np.diff(seconds).max(initial=0.0) > LONGEST_UNKNOWN_SECONDS:
        return None
    if max(seconds[0] - poses.time_s[0], poses.time_s[-1] - seconds[-1]) > LONGEST_UNKNOWN_END_SECONDS:
        return None
    turn, shift = (np.interp(poses.time_s, seconds, series[known]) for series in (turn, shift))
    middle = complex(poses.width / 2, poses.height / 2)
    usual_turn = np.median(np.abs(turn)) * np.exp(1j * np.median(np.angle(turn)))
    usual_shift = _median(turn * middle + shift) - usual_turn * middle
    against = turn / usual_turn
    return CameraMovement(against, shift - against * usual_shift, rough=False)


def _median(points: ComplexArray) -> complex:
    return complex(np.median(points.real), np.median(points.imag))


def _reach(camera: CameraMovement, poses: PoseSequence) -> float:
    """Return how far the camera almost always at most moves the corners of the athlete's place, in pixels."""
    low, high = (np.nanpercentile(poses.xy_px[:, BODY], share, axis=(0, 1)) for share in (5, 95))
    corners = np.array([complex(x, y) for x in (low[0], high[0]) for y in (low[1], high[1])])
    moved = np.abs(camera.turn[:, None] * corners + camera.shift[:, None] - corners)
    return float(np.percentile(moved.max(axis=1), ALMOST_ALWAYS))


def _calmer(steady: PoseSequence, poses: PoseSequence, unit: float) -> bool:
    """Return whether what stands or leans on something moves no more in ``steady`` than in ``poses``."""
    before, after = (_speed_of_ends(each) / unit for each in (poses, steady))
    return not after > max(CALMER * before, before + CALM)


def _speed_of_ends(poses: PoseSequence) -> float:
    """Return how quickly the steadiest hands and feet usually move, in pixels a second."""
    from scipy.ndimage import uniform_filter1d

    width = max(1, round(AVERAGING_SECONDS * smoothing.frame_rate(poses.time_s)))
    places = uniform_filter1d(smoothing.held(poses.xy_px[:, ENDS]), width, axis=0, mode="nearest")
    speed = np.linalg.norm(np.gradient(places, poses.time_s, axis=0), axis=2)
    return float(np.median(np.sort(speed, axis=1)[:, STEADIEST - 1]))


def _as_complex(points: FloatArray) -> ComplexArray:
    return np.asarray(points[..., 0] + 1j * points[..., 1])


def _as_points(numbers: ComplexArray) -> FloatArray:
    return np.stack([numbers.real, numbers.imag], axis=-1)


def _turned(world_m: FloatArray, radians: FloatArray) -> FloatArray:
    """Return (n, 33, 3) world landmarks turned in the picture's plane by (n,) radians."""
    if not radians.any():
        return world_m
    turned = _as_points(_as_complex(world_m) * np.exp(1j * radians)[:, None])
    return np.concatenate([turned, world_m[..., 2:]], axis=2)
