"""One athlete through one clip, clean and measured: what segmentation and criteria read."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from formcheck.kinematics import geometry, repair, smoothing
from formcheck.kinematics.angles import Posture
from formcheck.kinematics.body import BodySizes, body_sizes
from formcheck.kinematics.geometry import FloatArray, distance
from formcheck.kinematics.joint_centres import with_joint_centres
from formcheck.kinematics.orientation import orientation, views_by_frame
from formcheck.kinematics.parted_legs import with_legs_parted
from formcheck.kinematics.recording import ANGLE_COLUMNS, ANGLES_OF_A_SIDE
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Part, Side, View

SEEN = 0.5
"""Visibility from which a landmark counts as seen (criteria section 2.2); feet need ``SEEN_FOOT``."""
SEEN_FOOT = 0.65
FRONT_FOOT_LENGTH = 0.42
"""Foot length in trunk lengths, for views from the front that foreshorten it (measured ratio 0.38 to 0.46)."""
SCALE_POINTS = [part.on(side) for part in (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE) for side in Side]
EDGE = 0.01
"""Share of the picture at its border where landmarks are guesses about what is cut off. 2 % would refuse toes that are
fully seen 7 pixels above the edge."""


class Motion:
    """A repaired and smoothed pose sequence with body sizes, orientation and angle series.

    ``clean`` is smoothed; ``sharp`` is repaired only, for peaks that a low-pass would clip. ``in_picture`` is ``clean``
    where the picture shows it, which differs where a camera's movement or roll was taken out: ``camera_sways`` where
    the first had to be read from the athlete, ``camera_roll`` is the second in degrees, None where it could not be
    told. ``unrepaired`` is ``detected`` with both taken out: as still and level as ``clean``, left and right as the
    detector has them. In all but ``detected`` the legs are parted. All series are (n,) or (n, 2), along ``time_s``; NaN
    where unknown. Relative lengths are in the athlete's own units, heights upwards. ``known_results`` are what
    ``memory.once_per_motion`` has worked out.
    """

    def __init__(self, poses: PoseSequence) -> None:
        self.detected = poses
        sharp = repair.repaired(poses)
        clean = repair.smoothed(sharp)
        self.orientation = orientation(clean.world_m, poses.time_s)
        self.sharp, self.clean, self.unrepaired = (self._with_legs_parted(each) for each in (sharp, clean, poses))
        self.in_picture = self.clean
        self.camera_roll: float | None = None
        self.camera_sways = False
        self.time_s = poses.time_s
        self.rate_hz = smoothing.frame_rate(poses.time_s)
        self.known_results: dict[tuple[object, ...], object] = {}

    def _with_legs_parted(self, poses: PoseSequence) -> PoseSequence:
        trunk = repair.trunk_length(poses.xy_px)
        return replace(poses, xy_px=with_legs_parted(poses.xy_px, self.orientation.sideways, trunk))

    def __len__(self) -> int:
        return len(self.time_s)

    @cached_property
    def sizes(self) -> BodySizes:
        return body_sizes(self.clean.xy_px)

    @property
    def trunk(self) -> float:
        """Trunk length in pixels, the unit T of the criteria."""
        return self.sizes.trunk

    @cached_property
    def posture(self) -> Posture:
        """Angles from smoothed landmarks, moved onto the joints."""
        return self.posture_of(self.clean.xy_px)

    @cached_property
    def sharp_posture(self) -> Posture:
        """Angles from landmarks that are repaired but not smoothed."""
        return self.posture_of(self.sharp.xy_px)

    def posture_of(self, xy_px: FloatArray) -> Posture:
        """Return the angles of (n, 33, 2) marks of this athlete, moved onto the joints."""
        facing = self.orientation
        return Posture(with_joint_centres(xy_px, facing.forward, facing.sideways, self.trunk), facing.forward)

    def at(self, part: Part, side: Side) -> FloatArray:
        """Return (n, 2) smoothed pixels of one part."""
        return self.clean.xy_px[:, part.on(side)]

    def world(self, part: Part, side: Side) -> FloatArray:
        """Return (n, 3) smoothed metres of one part around the hips."""
        return self.clean.world_m[:, part.on(side)]

    def seen(self, part: Part, side: Side) -> npt.NDArray[np.bool_]:
        """Return (n,) True where a part is visible and well inside the picture."""
        row = part.on(side)
        least = SEEN_FOOT if part in (Part.HEEL, Part.TOE) else SEEN
        xy, size = self.in_picture.xy_px[:, row], np.array([self.clean.width, self.clean.height])
        inside = ((xy > EDGE * size) & (xy < (1 - EDGE) * size)).all(axis=1)
        return np.asarray(inside & (self.clean.visibility[:, row] >= least))

    @cached_property
    def left_of_picture(self) -> FloatArray:
        """(n,) +1 where the athlete's left is to the picture's right (seen from the front), -1 from behind."""
        return np.where(np.cos(np.radians(self.orientation.yaw)) >= 0, 1.0, -1.0)

    def thigh_elevation_any_view(self, side: Side) -> FloatArray:
        """Return the thigh's elevation from its height loss alone, (n,) degrees in [0, 180]."""
        length = self.sizes.thigh[side] * self.nearness
        return geometry.elevation_any_view(self.at(Part.HIP, side), self.at(Part.KNEE, side), length)

    @cached_property
    def nearness(self) -> FloatArray:
        """(n,) how large the athlete is against most of the clip; changes as somebody walks towards the camera.

        Pixels a metre, from the legs' and trunk's lengths in the picture over the same in world landmarks as seen from
        the camera, which no posture changes; 1 throughout where it varies by less than 30 %.
        """
        picture, world = self.clean.xy_px[:, SCALE_POINTS], self.clean.world_m[:, SCALE_POINTS, :2]
        spread = [np.linalg.norm(p - p.mean(axis=1, keepdims=True), axis=2).sum(axis=1) for p in (picture, world)]
        scale = smoothing.running_median(spread[0] / np.maximum(spread[1], 1e-6), self.time_s, 1.0)
        relative = scale / np.nanpercentile(scale, 90) if np.isfinite(scale).any() else np.ones(len(self))
        steady = np.nanmin(relative) > 0.7 if np.isfinite(relative).any() else True
        return np.ones(len(self)) if steady else np.asarray(relative)

    def knee_flexion_3d(self, side: Side) -> FloatArray:
        """Return knee flexion from world landmarks, (n,) degrees: noisier, but from any view. For recognition only."""
        return 180.0 - _angle_3d(self.world(Part.HIP, side), self.world(Part.KNEE, side), self.world(Part.ANKLE, side))

    def hip_flexion_3d(self, side: Side) -> FloatArray:
        """Return the angle by which the thigh is closed against the trunk, from world landmarks, (n,) degrees."""
        return 180.0 - _angle_3d(
            self.world(Part.SHOULDER, side), self.world(Part.HIP, side), self.world(Part.KNEE, side)
        )

    def trunk_lean_3d(self) -> FloatArray:
        """Return the trunk's forward lean from world landmarks, (n,) degrees, for views that do not show it."""
        shoulders = self.world(Part.SHOULDER, Side.LEFT) + self.world(Part.SHOULDER, Side.RIGHT)
        trunk = shoulders - self.world(Part.HIP, Side.LEFT) - self.world(Part.HIP, Side.RIGHT)
        ahead = (trunk[:, [0, 2]] * self._forward_3d).sum(axis=1)
        return np.asarray(np.degrees(np.arctan2(ahead, -trunk[:, 1])))

    def elbow_flexion_3d(self, side: Side) -> FloatArray:
        """Return elbow flexion from world landmarks, (n,) degrees, 0 straight: for views that foreshorten the arm."""
        joints = (self.world(part, side) for part in (Part.SHOULDER, Part.ELBOW, Part.WRIST))
        return 180.0 - _angle_3d(*joints)

    @cached_property
    def _forward_3d(self) -> FloatArray:
        """(n, 2) unit vectors, level, in world x and z: where the athlete's front points."""
        yaw = np.radians(self.orientation.yaw)
        return np.stack([-np.sin(yaw), -np.cos(yaw)], axis=1)

    def thigh_elevation_3d(self, side: Side) -> FloatArray:
        """Return the thigh's elevation from world landmarks, (n,) degrees, + in front. For recognition only."""
        thigh = self.world(Part.KNEE, side) - self.world(Part.HIP, side)
        ahead = (thigh[:, [0, 2]] * self._forward_3d).sum(axis=1)
        return np.asarray(np.degrees(np.arctan2(ahead, thigh[:, 1])))

    def stride_3d(self, side: Side) -> FloatArray:
        """Return how far this ankle is in front of the other, (n,) in leg lengths, from world landmarks."""
        apart = self.world(Part.ANKLE, side) - self.world(Part.ANKLE, side.other)
        return np.asarray((apart[:, [0, 2]] * self._forward_3d).sum(axis=1) / self._leg_3d)

    def foot_ahead_3d(self, side: Side) -> FloatArray:
        """Return how far this ankle is in front of the hips' middle, (n,) in leg lengths, from world landmarks."""
        hips = 0.5 * (self.world(Part.HIP, Side.LEFT) + self.world(Part.HIP, Side.RIGHT))
        apart = self.world(Part.ANKLE, side) - hips
        return np.asarray((apart[:, [0, 2]] * self._forward_3d).sum(axis=1) / self._leg_3d)

    @cached_property
    def _leg_3d(self) -> float:
        """The leg's length in metres of the world landmarks."""
        longest = 0.0
        for upper, lower in ((Part.HIP, Part.KNEE), (Part.KNEE, Part.ANKLE)):
            both = [np.linalg.norm(self.world(upper, side) - self.world(lower, side), axis=1) for side in Side]
            lengths = np.concatenate(both)
            known = lengths[np.isfinite(lengths)]
            longest += float(np.percentile(known, 90)) if known.size else float("nan")
        return longest

    @property
    def leg(self) -> float:
        """Leg length in pixels, the mean of both sides."""
        return 0.5 * (self.sizes.leg(Side.LEFT) + self.sizes.leg(Side.RIGHT))

    def height_over_other_foot(self, side: Side) -> FloatArray:
        """Return how much higher this ankle is than the other one, (n,) in leg lengths; + when this foot is lifted."""
        return np.asarray((self.at(Part.ANKLE, side.other)[:, 1] - self.at(Part.ANKLE, side)[:, 1]) / self.leg)

    def split(self) -> FloatArray:
        """Return the distance between the ankles in leg lengths, (n,), as seen in the picture."""
        return distance(self.at(Part.ANKLE, Side.LEFT), self.at(Part.ANKLE, Side.RIGHT)) / self.leg

    def foot_turned_out(self, side: Side) -> FloatArray:
        """Return how far a foot points outwards, (n,) degrees in [-90, 90], seen from front or back.

        The foot's sideways extent over its length gives the angle; the length is taken from the trunk, since the front
        view foreshortens it.
        """
        outward = self.left_of_picture * (1.0 if side is Side.LEFT else -1.0)
        apart = outward * (self.at(Part.TOE, side)[:, 0] - self.at(Part.HEEL, side)[:, 0])
        return np.asarray(np.degrees(np.arcsin(np.clip(apart / (FRONT_FOOT_LENGTH * self.trunk), -1.0, 1.0))))

    def lowest_of_foot(self, side: Side) -> FloatArray:
        """Return the lower of heel and toe, (n,) pixels down the picture."""
        return np.maximum(self.at(Part.HEEL, side)[:, 1], self.at(Part.TOE, side)[:, 1])

    @cached_property
    def view_by_frame(self) -> npt.NDArray[np.object_]:
        """(n,) the view in each frame, from the yaw over the second around it."""
        return views_by_frame(self.orientation)

    def angle_table(self) -> dict[str, FloatArray]:
        """Return the columns of ``angles.csv``, (n,) degrees, NaN where the view of that moment cannot show them.

        Sagittal angles need the side view; thigh elevation falls back to its view-free form; knee valgus, side lean and
        pelvic obliquity need the front or the back view.
        """
        sideways = self.view_by_frame == View.SIDE
        frontal = (self.view_by_frame == View.FRONT) | (self.view_by_frame == View.BACK)
        posture, left = self.posture, self.left_of_picture
        table: dict[str, FloatArray] = {}
        for side in Side:
            for name in ANGLES_OF_A_SIDE:
                column = f"{side}_{name}"
                if name == "knee_valgus":
                    table[column] = np.where(frontal, posture.knee_valgus(side, left), np.nan)
                elif name == "thigh_elevation":
                    table[column] = np.where(
                        sideways, posture.thigh_elevation(side), self.thigh_elevation_any_view(side)
                    )
                else:
                    table[column] = np.where(sideways, getattr(posture, name)(side), np.nan)
        table["trunk_lean"] = np.where(sideways, posture.trunk_lean(), np.nan)
        table["trunk_side_lean"] = np.where(frontal, posture.trunk_side_lean(left), np.nan)
        table["pelvic_obliquity"] = np.where(frontal, posture.pelvic_obliquity(left), np.nan)
        return {name: table[name] for name in ANGLE_COLUMNS}


def _angle_3d(a: FloatArray, vertex: FloatArray, b: FloatArray) -> FloatArray:
    first, second = a - vertex, b - vertex
    cosine = (first * second).sum(axis=1) / (np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1))
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))
