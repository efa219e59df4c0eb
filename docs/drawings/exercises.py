"""One drawing for each exercise: its key moment as the camera should see it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from docs.drawings.athlete import Pose, athlete
from docs.drawings.canvas import FLOOR, MAT, QUIET, WALL, cut_out, drawing, moved, rectangle
from tests.athlete import Camera
from tests.movements.calf_stances import BENT, CalfStance, calf_stretch
from tests.movements.drills import ButtKicks, HighKnees, butt_kicks, high_knees
from tests.movements.fast_feet import FastFeet, fast_feet
from tests.movements.heel_raises import HeelRaise, heel_raise
from tests.movements.knee_drives import WoodChop, wood_chop
from tests.movements.lunges import Lunge, lunge
from tests.movements.one_sided_stretches import (
    GluteStretch,
    ItbStretch,
    QuadStretch,
    glute_stretch,
    itb_stretch,
    quad_stretch,
)
from tests.movements.planks import FrontPlank, SidePlank, front_plank, side_plank
from tests.movements.squats import PistolSquat, pistol_squat
from tests.movements.stretches import (
    HalfKneeling,
    Hinge,
    Sprinter,
    Turning,
    hamstring_stretch,
    hip_flexor_stretch,
    peroneal_stretch,
    sprinter_stretch,
)

from formcheck.kinematics.geometry import FloatArray
from formcheck.vocabulary import Landmark

WIDTH, HEIGHT, GAP = 440.0, 400.0, 16.0
SCALE = 170.0
FROM_RIGHT, FROM_LEFT, FROM_FRONT, FROM_BEHIND = -90.0, 90.0, 0.0, 180.0


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture of an exercise: the moment, from where, and how many metres up and ahead the camera points.

    ``leans`` tells that the hands are on a wall, ``lies`` that the body is on a mat.
    """

    pose: Pose
    yaw: float = FROM_RIGHT
    aim: float = 0.95
    ahead: float = 0.0
    leans: bool = False
    lies: bool = False


def laid_down(places: FloatArray) -> FloatArray:
    """Return places turned onto the back: up points away from the feet, ahead points up."""
    return np.asarray(np.stack([-places[..., 2], places[..., 1], places[..., 0]], axis=-1) + np.array([0.0, 0.0, 0.20]))


def key_moments() -> dict[str, tuple[Shot, ...]]:
    """Return the pictures of each exercise by its id."""
    squat = Pose(movement=pistol_squat(PistolSquat(knee=80.0)), time_s=2.1)
    calf = Pose(movement=calf_stretch(CalfStance()), time_s=4.0)
    turning = Pose(movement=peroneal_stretch(Turning()), time_s=4.0)
    glute = Pose(movement=glute_stretch(GluteStretch()), time_s=4.0, laid=laid_down)
    itb = Pose(movement=itb_stretch(ItbStretch()), time_s=4.0)
    return {
        "high_knees": (Shot(pose=Pose(movement=high_knees(HighKnees()), time_s=0.84)),),
        "butt_kicks": (Shot(pose=Pose(movement=butt_kicks(ButtKicks()), time_s=0.125)),),
        "fast_feet": (Shot(pose=Pose(movement=fast_feet(FastFeet(height=0.3)), time_s=0.955)),),
        "wood_chop": (Shot(pose=Pose(movement=wood_chop(WoodChop()), time_s=3.0)),),
        "bent_knee_calf_raise": (Shot(pose=Pose(movement=heel_raise(HeelRaise()), time_s=2.0)),),
        "front_plank": (Shot(pose=Pose(movement=front_plank(FrontPlank()), time_s=4.0), aim=0.55, lies=True),),
        "lunge": (Shot(pose=Pose(movement=lunge(Lunge()), time_s=2.3)),),
        "pistol_squat": (Shot(pose=squat), Shot(pose=squat, yaw=FROM_FRONT)),
        "side_plank": (
            Shot(
                pose=Pose(movement=side_plank(SidePlank(free_arm=150.0)), time_s=4.0),
                yaw=FROM_FRONT,
                aim=0.6,
                lies=True,
            ),
        ),
        "gastrocnemius_stretch": (Shot(pose=calf, leans=True),),
        "glute_stretch": (Shot(pose=glute, aim=0.45, lies=True),),
        "hamstring_stretch": (Shot(pose=Pose(movement=hamstring_stretch(Hinge()), time_s=4.0)),),
        "hip_flexor_stretch": (
            Shot(pose=Pose(movement=hip_flexor_stretch(HalfKneeling()), time_s=4.0), yaw=FROM_LEFT),
        ),
        "itb_stretch": (Shot(pose=itb, yaw=FROM_FRONT),),
        "peroneal_stretch": (Shot(pose=turning, yaw=FROM_FRONT),),
        "quad_stretch": (Shot(pose=Pose(movement=quad_stretch(QuadStretch()), time_s=4.0)),),
        "soleus_stretch": (Shot(pose=Pose(movement=calf_stretch(BENT), time_s=4.0), leans=True),),
        "sprinter_stretch": (Shot(pose=Pose(movement=sprinter_stretch(Sprinter()), time_s=4.0), aim=0.7),),
    }


def exercise_drawings() -> dict[str, str]:
    """Return SVG text by exercise id."""
    return {key: _drawn(key, shots) for key, shots in key_moments().items()}


def _drawn(name: str, shots: tuple[Shot, ...]) -> str:
    width = GAP + len(shots) * (WIDTH + GAP)
    panels = [
        moved([scene(shot, WIDTH, HEIGHT, f"scene{number}")], GAP + number * (WIDTH + GAP), GAP)
        for number, shot in enumerate(shots)
    ]
    return drawing(width, HEIGHT + 2 * GAP, panels, told=name.replace("_", " "))


def scene(shot: Shot, width: float, height: float, name: str, *, scale: float = SCALE, wall: str = WALL) -> str:
    """Return a picture of a shot in a room: wall, floor and athlete, nothing beyond its edges."""
    camera = camera_of(shot, width, height, scale)
    ground = 0.5 * height + shot.aim * scale
    room = [rectangle(0, 0, width, height, wall), rectangle(0, ground - 0.14 * scale, width, height, FLOOR)]
    if shot.lies:
        room.append(_mat(shot, camera, ground))
    if shot.leans:
        room.append(_support(shot, camera, ground))
    return cut_out([*room, *athlete(shot.pose, camera)], name, (0, 0, width, height), corner=10)


def camera_of(shot: Shot, width: float, height: float, scale: float) -> Camera:
    """Return the camera that takes a shot as a picture of some size."""
    return Camera(
        yaw=shot.yaw,
        pixels_per_metre=scale,
        width=round(width),
        height=round(height),
        aim=shot.aim,
        ahead=shot.ahead,
        distance=9.0,
    )


def _mat(shot: Shot, camera: Camera, ground: float) -> str:
    across = shot.pose.seen(camera).xy_px[0, :, 0]
    spare = 0.12 * camera.pixels_per_metre
    left, right = float(across.min()) - spare, float(across.max()) + spare
    return rectangle(left, ground - 0.06 * camera.pixels_per_metre, right - left, spare, MAT, corner=4)


def _support(shot: Shot, camera: Camera, ground: float) -> str:
    fingers = shot.pose.seen(camera).xy_px[0, [Landmark.LEFT_INDEX, Landmark.RIGHT_INDEX], 0]
    left = float(fingers.max()) + 0.03 * camera.pixels_per_metre
    return rectangle(left, 0, 0.12 * camera.pixels_per_metre, ground, QUIET)
