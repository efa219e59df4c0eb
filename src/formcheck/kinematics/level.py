"""How far the camera was rolled, read from the athlete standing still, and the picture set level again.

Nobody stands leaning: from ankles to shoulders a quiet stander leans 1.6 degrees forward (standard deviation 1.0; 35
rendered side views, six real ones read 2.3 and 1.3) and 0.0 sideways (0.3; 11 front views). What is left is the
camera's roll. A roll inside the noise is left alone, and one beyond ``LARGEST`` is no phone held askew but another
posture.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from formcheck.kinematics import geometry
from formcheck.kinematics.memory import once_per_motion
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.moving_camera import camera_movement
from formcheck.kinematics.runs import runs
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Part, Side, View

STANDING_LEAN = 1.8
"""Degrees forward that a quiet stander leans from ankles to shoulders."""
SMALLEST = {View.SIDE: 2.5, View.FRONT: 1.2, View.BACK: 1.2}
"""Degrees of roll from which it is corrected: two and a half standard deviations of what standers lean."""
LARGEST = 8.0
LEAST_SECONDS, LEAST_AT_ONCE = 0.3, 0.1
"""Seconds of standing in all, and of each time; between two steps of a drill the legs look so for a frame."""
STRAIGHT_KNEE, HANGING_THIGH, LEVEL_FEET, STILL = 18.0, 8.0, 0.12, 0.12
"""Knee flexion and mean thigh elevation in degrees, height and stride between the feet in leg lengths, hip speed in
trunk lengths a second. Who has begun to bend is not standing, and leans as he likes."""
STRAIGHT_BODY = 8.0
"""Degrees between the legs' line and the trunk: standers read up to 6. A side bend over hips that slide out keeps the
shoulders over the feet and is no standing."""
CONSISTENT = 1.5
"""Degrees of spread of the lean while standing, above which it is no quiet standing."""


def camera_roll(motion: Motion) -> float | None:
    """Return how far verticals lean to the right in the picture, degrees; None where nobody is seen standing still."""
    standing = plumb_standing(motion)
    if standing.sum() < LEAST_SECONDS * motion.rate_hz:
        return None
    view, _ = motion.orientation.view_at(standing)
    if view not in SMALLEST:
        return None
    lean = geometry.lean(_mid_ankle(motion), motion.posture.mid_shoulder, 1.0)[standing]
    expected = STANDING_LEAN * float(np.median(motion.orientation.forward[standing])) if view is View.SIDE else 0.0
    spread = float(np.percentile(lean, 75) - np.percentile(lean, 25))
    roll = float(np.median(lean)) - expected
    return roll if spread <= CONSISTENT and abs(roll) <= LARGEST else None


def worth_levelling(motion: Motion, roll: float) -> bool:
    """Return whether a roll is beyond what standers lean by themselves."""
    view, _ = motion.orientation.view_at(plumb_standing(motion))
    return abs(roll) >= SMALLEST.get(view, LARGEST)


@once_per_motion
def plumb_standing(motion: Motion) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return (n,) True where the athlete stands so straight and quietly that any lean is the camera's.

    Knees straight, feet level and together, trunk in line with the legs, hips at rest: what ``resting_stance`` takes
    for standing is too loose for this.
    """
    knees = np.fmax(motion.knee_flexion_3d(Side.LEFT), motion.knee_flexion_3d(Side.RIGHT))
    level = np.abs(motion.height_over_other_foot(Side.LEFT)) < LEVEL_FEET
    together = np.abs(motion.stride_3d(Side.LEFT)) < LEVEL_FEET
    hanging = np.abs(sum(motion.thigh_elevation_3d(side) for side in Side)) < 2 * HANGING_THIGH
    hips = motion.posture.mid_hip
    speed = np.linalg.norm(np.gradient(hips, motion.time_s, axis=0), axis=1) / motion.trunk
    kink = geometry.lean(_mid_ankle(motion), hips, 1.0) - geometry.lean(hips, motion.posture.mid_shoulder, 1.0)
    upright = (motion.orientation.upright > 0.95) & (np.abs(kink) < STRAIGHT_BODY)
    stands = np.asarray((knees < STRAIGHT_KNEE) & hanging & level & together & (speed < STILL) & upright)
    for stretch in runs(stands):
        if stretch.stop - stretch.start < LEAST_AT_ONCE * motion.rate_hz:
            stands[stretch] = False
    return stands


def _mid_ankle(motion: Motion) -> geometry.FloatArray:
    return geometry.midpoint(motion.at(Part.ANKLE, Side.LEFT), motion.at(Part.ANKLE, Side.RIGHT))


def level_motion(poses: PoseSequence) -> Motion:
    """Return the motion of a sequence as a camera that rests would see it, level where standing shows its roll."""
    camera = camera_movement(poses)
    steady = poses if camera is None else camera.undone(poses)
    motion = Motion(steady)
    if camera is not None:
        motion.detected, motion.in_picture, motion.camera_sways = poses, camera.done(motion.clean), camera.rough
    roll = camera_roll(motion)
    motion.camera_roll = roll
    if roll is None or not worth_levelling(motion, roll):
        return motion
    upright = Motion(levelled(steady, roll))
    upright.detected, upright.in_picture, upright.camera_roll = poses, motion.in_picture, roll
    upright.camera_sways = motion.camera_sways
    return upright


def levelled(poses: PoseSequence, roll: float) -> PoseSequence:
    """Return the sequence turned back by a roll in degrees, about the picture's middle."""
    middle = np.array([poses.width, poses.height]) / 2.0
    world = poses.world_m.copy()
    world[..., :2] = geometry.rotated(world[..., :2], -roll)
    return replace(poses, xy_px=geometry.rotated(poses.xy_px - middle, -roll) + middle, world_m=world)
