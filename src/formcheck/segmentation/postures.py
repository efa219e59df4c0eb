"""What a held posture looks like, in features that most views show: the evidence that tells stretches and planks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from formcheck.kinematics.geometry import FloatArray, distance
from formcheck.kinematics.memory import once_per_motion
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.orientation import body_axes, in_front_or_behind
from formcheck.segmentation.holds import find_holds
from formcheck.segmentation.performance import Bout, Held, reduced
from formcheck.vocabulary import Landmark, Part, Side, View

BySide = Mapping[Side, float]
GROUND_PARTS = (Part.HEEL, Part.TOE, Part.ANKLE, Part.KNEE, Part.WRIST, Part.ELBOW, Part.HIP)


@dataclass(frozen=True, kw_only=True)
class Posture:
    """Medians over one hold.

    ``upright`` is the vertical share of the trunk's direction, ``prone`` how much the chest faces the floor (+1) or
    the ceiling (-1), ``sideways`` how much the shoulders' line is vertical; each in [-1, 1]. ``knee``, ``hip`` and
    ``elbow`` are flexions and ``thigh`` the elevation, degrees from world landmarks (the knee's from the picture where
    that is taken from the side). ``lean`` is the trunk's forward lean from world landmarks. ``stride`` is how far the
    left ankle is in front, in leg lengths. ``height`` is over the lowest mark of the body in the picture, in leg
    lengths, by part and side. ``gap`` is a distance in the picture in trunk lengths, keyed (part, its side, other part,
    its side). ``side_lean`` is the trunk's lean in the picture
    towards its right, degrees; ``crossed`` how far the ankles are crossed, in hip widths of the picture, seen from
    front or back (negative: not crossed). ``off_side`` is the camera's angle to the side plane,
    [0, 90] degrees.
    """

    held: Held
    view: View
    near: Side
    upright: float
    prone: float
    sideways: float
    lean: float
    knee: BySide
    hip: BySide
    thigh: BySide
    elbow: BySide
    stride: float
    height: Mapping[tuple[Part, Side], float]
    nose_height: float
    gap: Mapping[tuple[Part, Side, Part, Side], float]
    side_lean: float
    crossed: float
    seconds: float
    off_side: float

    @property
    def frontal(self) -> bool:
        """Whether the camera stands before or behind the athlete, however far the trunk leans towards it."""
        return in_front_or_behind(self.off_side)

    @property
    def reach(self) -> float:
        """How far the hand that is farther away is from the hip of its side, in trunk lengths."""
        return max(self.gap[Part.WRIST, side, Part.HIP, side] for side in Side)

    def hand_to(self, part: Part) -> float:
        """Return the least distance of any hand from any knee, hip or ankle, in trunk lengths."""
        return min(self.gap[Part.WRIST, hand, part, side] for hand in Side for side in Side)

    @property
    def front(self) -> Side:
        """The side whose ankle is in front."""
        return Side.LEFT if self.stride >= 0 else Side.RIGHT


@once_per_motion
def find_postures(motion: Motion) -> tuple[Posture, ...]:
    """Return every held posture of the motion, standing included, in time order."""
    return tuple(posture_of(motion, held) for held in find_holds(motion))


def posture_of(motion: Motion, held: Held) -> Posture:
    """Return what the body looks like during a hold."""
    frames = held.frames
    across, up, forward = (axis[frames] for axis in body_axes(motion.clean.world_m))
    points = motion.clean.xy_px[frames]
    view, off_side = motion.orientation.view_at(frames)
    heights = _heights(points, motion.leg)
    return Posture(
        held=held,
        view=view,
        near=motion.orientation.near_side(frames),
        upright=-reduced(up[:, 1]),
        prone=reduced(forward[:, 1]),
        sideways=reduced(np.abs(across[:, 1])),
        lean=reduced(motion.trunk_lean_3d()[frames]),
        knee={s: reduced(_knee(motion, s, view)[frames]) for s in Side},
        hip={s: reduced(motion.hip_flexion_3d(s)[frames]) for s in Side},
        thigh={s: reduced(motion.thigh_elevation_3d(s)[frames]) for s in Side},
        elbow={s: reduced(motion.elbow_flexion_3d(s)[frames]) for s in Side},
        stride=_stride(motion.stride_3d(Side.LEFT)[frames]),
        height={(part, s): reduced(heights[:, part.on(s)]) for part in Part for s in Side},
        nose_height=reduced(heights[:, Landmark.NOSE]),
        gap=_gaps(points, motion.trunk),
        side_lean=reduced(np.degrees(np.arctan2(*_trunk_components(points)))),
        crossed=_crossed(points),
        seconds=float(motion.time_s[held.end] - motion.time_s[held.start]),
        off_side=off_side,
    )


def _knee(motion: Motion, side: Side, view: View) -> FloatArray:
    """Return knee flexion in the picture from the side, where it is the better one, else from world landmarks."""
    return motion.posture.knee_flexion(side) if view is View.SIDE else motion.knee_flexion_3d(side)


def _stride(values: FloatArray) -> float:
    """Return the typical stride: legs that the detector exchanges for some frames stay as far apart as they are."""
    return float(np.copysign(reduced(np.abs(values)), reduced(values)))


def _heights(points: FloatArray, leg: float) -> FloatArray:
    """Return (n, 33) heights over the lowest body mark of each frame, in leg lengths."""
    grounded = points[:, [part.on(side) for part in GROUND_PARTS for side in Side], 1]
    return np.asarray((grounded.max(axis=1, keepdims=True) - points[..., 1]) / leg)


def _gaps(points: FloatArray, trunk: float) -> dict[tuple[Part, Side, Part, Side], float]:
    """Return the distances from each wrist to hips, knees and ankles."""
    found = {}
    for hand in Side:
        for part in (Part.HIP, Part.KNEE, Part.ANKLE):
            for side in Side:
                apart = distance(points[:, Part.WRIST.on(hand)], points[:, part.on(side)]) / trunk
                found[Part.WRIST, hand, part, side] = reduced(apart)
    return found


def _trunk_components(points: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return how far the shoulders are to the picture's right of the hips and above them, (n,) each."""
    shoulders = points[:, [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(axis=1)
    hips = points[:, [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=1)
    return shoulders[:, 0] - hips[:, 0], hips[:, 1] - shoulders[:, 1]


def _crossed(points: FloatArray) -> float:
    """Return how far the ankles are past each other against the hips, in hip widths; negative where they are not."""
    hips = points[:, Landmark.LEFT_HIP, 0] - points[:, Landmark.RIGHT_HIP, 0]
    ankles = points[:, Landmark.LEFT_ANKLE, 0] - points[:, Landmark.RIGHT_ANKLE, 0]
    width = np.abs(hips)
    return reduced(-ankles * np.sign(hips) / np.where(width > 0, width, np.nan))


LONGEST_PAUSE = 20.0
"""Seconds between two holds of one exercise that still belong to one bout: changing sides takes a while."""


def hold_bouts(
    motion: Motion, side_of: Callable[[Posture], Side | None], *, confidence: float = 0.9
) -> tuple[Bout, ...]:
    """Return the stretches of holds that fit an exercise.

    ``side_of`` gives the side that is stretched or works in a posture, or None where the posture is another one.
    """
    found = [(posture, side_of(posture)) for posture in find_postures(motion)]
    fitting = [replace(posture.held, side=side) for posture, side in found if side is not None]
    return bouts_of(motion, fitting, confidence=confidence)


def bouts_of(motion: Motion, holds: Iterable[Held], *, confidence: float = 0.9) -> tuple[Bout, ...]:
    """Return holds, given in time order, grouped into bouts where the pauses between them are not too long."""
    runs: list[list[Held]] = []
    for held in holds:
        if not runs or motion.time_s[held.start] - motion.time_s[runs[-1][-1].end] > LONGEST_PAUSE:
            runs.append([])
        runs[-1].append(held)
    return tuple(Bout(start=run[0].start, end=run[-1].end, confidence=confidence, holds=tuple(run)) for run in runs)


def any_hold(motion: Motion, side_of: Callable[[Posture], Side | None]) -> tuple[Bout, ...]:
    """Return the longest hold that is not quiet standing, for a user who names the exercise."""
    moved = [p for p in find_postures(motion) if not is_standing(p)]
    if not moved:
        return ()
    longest = max(moved, key=lambda p: p.seconds)
    held = replace(longest.held, side=side_of(longest) or longest.near)
    return (Bout(start=held.start, end=held.end, confidence=0.0, holds=(held,)),)


def is_standing(posture: Posture) -> bool:
    """Return whether a posture is quiet standing: upright, both knees long, feet level and side by side."""
    level = abs(posture.height[Part.ANKLE, Side.LEFT] - posture.height[Part.ANKLE, Side.RIGHT]) < 0.15
    return posture.upright > 0.95 and max(posture.knee.values()) < 35.0 and level and abs(posture.stride) < 0.2
