"""Where the camera stands and where the athlete faces, from the landmarks' depth and width.

The body's own axes are taken from world landmarks: across (right to left shoulder), up (hips to shoulders), forward
(out of the chest). Seen in those axes, the direction to the camera gives a yaw. Against the true camera of rendered
clips the yaw from the shoulders is right to about 5 degrees when standing, running, squatting and lunging, and needs
no calibration; the apparent shoulder width alone cannot tell 20 degrees ahead from 20 degrees behind.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from formcheck.kinematics import smoothing
from formcheck.kinematics.geometry import FloatArray
from formcheck.vocabulary import Facing, Landmark, Side, View

SIDE_TOLERANCE = 27.0
"""Degrees off the side plane up to which the picture's angles stand for sagittal ones (criteria section 1: 25,
plus 2 for the error of the yaw itself)."""
FRONT_TOLERANCE = 25.0
"""Degrees off the frontal plane up to which the picture's angles stand for frontal ones."""
HEAD_ON_STANDING = 55.0
"""Degrees that a standing trunk may point at the camera before nothing can be read from the picture."""
ON_BACK = 0.5
"""Share of the chest's direction that points upwards above which a lying athlete is on the back."""
LYING = 0.5
"""Share of the trunk that is vertical below which the athlete counts as lying: 60 degrees from upright."""
SMOOTHING_SECONDS = 1.0
"""People turn round in a clip, but not several times a second: yaw and facing are medians over this time."""


@dataclass(frozen=True, kw_only=True)
class Orientation:
    """The athlete's attitude to the camera in every frame, (n,) each; NaN or 0 where unknown.

    ``yaw`` : degrees in [-180, 180]; 0 faces the camera, +90 shows the left side, -90 the right, 180 the back.
    ``forward`` : +1 where the athlete's forward points to the picture's right, -1 to the left. Of somebody who lies it
    is where the head would be if they fell over forwards: the head of a plank, the feet of who lies on the back. So
    that a drawn-in knee is flexion in every attitude.
    ``head_on`` : share in [0, 1] of the trunk's direction that lies along the camera's line of sight; near 1 the
    camera looks along the body, as at a plank from its head.
    ``upright`` : share in [0, 1] of the trunk's direction that is vertical; below 0.5 the athlete lies or planks.
    """

    yaw: FloatArray
    forward: FloatArray
    head_on: FloatArray
    upright: FloatArray

    @property
    def sideways(self) -> FloatArray:
        """(n,) share in [0, 1] of the sagittal plane that the picture shows; 0 where unknown."""
        shown = np.abs(np.sin(np.radians(self.yaw))) * np.sqrt(1.0 - self.head_on**2)
        return np.asarray(np.nan_to_num(shown))

    def view_at(self, frames: slice | npt.NDArray[np.bool_]) -> tuple[View, float]:
        """Return the typical view over some frames and the typical degrees off the side plane, [0, 90]."""
        return view_of(self.yaw[frames], self.head_on[frames], self.upright[frames])

    def near_side(self, frames: slice | npt.NDArray[np.bool_]) -> Side:
        """Return the side that the camera sees better over some frames."""
        yaw = self.yaw[frames]
        shown = np.sin(np.radians(yaw[np.isfinite(yaw)]))
        return Side.RIGHT if shown.size and np.median(shown) < 0 else Side.LEFT


def orientation(world_m: FloatArray, time_s: FloatArray) -> Orientation:
    """Return the orientation over a clip from (n, 33, 3) world landmarks in metres."""
    across, up, forward = body_axes(world_m)
    to_camera = -1.0
    yaw_sin = smoothing.running_median(to_camera * across[:, 2], time_s, SMOOTHING_SECONDS)
    yaw_cos = smoothing.running_median(to_camera * forward[:, 2], time_s, SMOOTHING_SECONDS)
    standing_tall = np.abs(up[:, 1]) >= np.abs(up[:, 0])
    fallen = np.where(forward[:, 1] <= -ON_BACK, -up[:, 0], up[:, 0])
    pointing = np.where(standing_tall, forward[:, 0], fallen)
    return Orientation(
        yaw=np.degrees(np.arctan2(yaw_sin, yaw_cos)),
        forward=np.where(smoothing.running_median(pointing, time_s, SMOOTHING_SECONDS) >= 0, 1.0, -1.0),
        head_on=np.abs(smoothing.running_median(up[:, 2], time_s, SMOOTHING_SECONDS)),
        upright=np.abs(smoothing.running_median(up[:, 1], time_s, SMOOTHING_SECONDS)),
    )


def body_axes(world_m: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return unit vectors (n, 3) across (to the athlete's left), up the trunk, and forward out of the chest."""
    shoulders = world_m[:, [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]]
    hips = world_m[:, [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]]
    across = _unit(shoulders[:, 0] - shoulders[:, 1])
    up = shoulders.mean(axis=1) - hips.mean(axis=1)
    up = _unit(up - (up * across).sum(axis=1, keepdims=True) * across)
    return across, up, np.cross(across, up)


def view_of(yaw: FloatArray, head_on: FloatArray, upright: FloatArray) -> tuple[View, float]:
    """Return the typical view and the typical degrees off the side plane; oblique where nothing is known."""
    known = np.isfinite(yaw)
    if not known.any():
        return View.OBLIQUE, 45.0
    turned = np.abs(yaw[known])
    off_side = float(np.median(np.abs(90.0 - turned)))
    typical = (np.array([np.median(series[known])]) for series in (head_on, upright))
    (view,) = _views(np.array([off_side]), np.array([np.median(turned)]), *typical)
    return view, off_side


def in_front_or_behind(off_side: float) -> bool:
    """Return whether a camera so many degrees off the side plane stands before or behind the athlete.

    However far the body leans towards it, which ``view_of`` asks as well.
    """
    return off_side >= 90.0 - FRONT_TOLERANCE


def views_by_frame(attitude: Orientation) -> npt.NDArray[np.object_]:
    """Return the view in each frame, (n,); oblique where nothing is known."""
    turned = np.abs(attitude.yaw)
    return _views(np.abs(90.0 - turned), turned, attitude.head_on, attitude.upright)


def _views(
    off_side: FloatArray, turned: FloatArray, head_on: FloatArray, upright: FloatArray
) -> npt.NDArray[np.object_]:
    """Return a view for each entry, (n,), from degrees off the side plane and degrees turned away from the camera.

    A lying body's angles need a camera square to its length: there ``head_on`` counts as degrees off that plane. A
    standing one may lean towards the camera by much more before the picture says nothing.
    """
    most = np.sin(np.radians(np.where(upright < LYING, SIDE_TOLERANCE, HEAD_ON_STANDING)))
    shown = np.isfinite(turned) & ~(head_on > most)
    frontal = shown & (off_side >= 90.0 - FRONT_TOLERANCE)
    views = np.empty(len(off_side), dtype=object)
    views[:] = View.OBLIQUE
    views[frontal & (turned < 90.0)] = View.FRONT
    views[frontal & (turned >= 90.0)] = View.BACK
    views[shown & (off_side <= SIDE_TOLERANCE)] = View.SIDE
    return views


def facing_of(view: View, forward: FloatArray) -> Facing:
    """Return where the athlete faces in the picture; ``forward`` is +1 to its right and -1 to its left, (n,)."""
    if view is View.FRONT:
        return Facing.CAMERA
    if view is View.BACK:
        return Facing.AWAY
    return Facing.RIGHT if np.nanmedian(forward) >= 0 else Facing.LEFT


def _unit(vectors: FloatArray) -> FloatArray:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(length > 0, length, np.nan))
