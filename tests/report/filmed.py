"""A figure that bends its knees in front of a plain wall, seen from the side, with every number known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tests.report import verdicts

from formcheck.assessment import Assessment, ExerciseAssessment, Recognition, Repetition
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import Band, Bands, Evidence, Finding, ShownAngle
from formcheck.kinematics.angles import Posture
from formcheck.kinematics.recording import ANGLE_COLUMNS, Recording
from formcheck.pose.sequence import FloatArray, PoseSequence
from formcheck.vocabulary import Facing, Landmark, Part, Side, Status, Unit, View

FPS = 30.0
GREY = 120
WIDE, UPRIGHT, OLD = (640, 360), (360, 640), (640, 480)

_HEIGHTS = {
    Part.EAR: 0.07,
    Part.SHOULDER: 0.2,
    Part.ELBOW: 0.36,
    Part.WRIST: 0.48,
    Part.HIP: 0.52,
    Part.KNEE: 0.74,
    Part.ANKLE: 0.94,
    Part.HEEL: 0.97,
    Part.TOE: 0.98,
}
_SIDE_PX = {Side.LEFT: -2.0, Side.RIGHT: 2.0}

KNEE = verdicts.criterion(
    "knee_bend",
    bands=Bands(Band(80.0), (Band(60.0, 80.0),)),
    fault="The knee bends little.",
    angle=ShownAngle("knee_flexion"),
)
SWAY = verdicts.criterion("sway", unit=Unit.RATIO, bands=Bands(Band(None, 0.1), ()), fault="The body sways.")
SQUAT = Exercise(
    id="squat",
    name="Squat",
    section="Strength",
    summary="Bend the knees.",
    film="From the side.",
    shown_angles=("knee_flexion", "trunk_lean"),
    criteria=(KNEE, SWAY),
    find=lambda _motion: (),
    find_anyway=lambda _motion: (),
)


def poses(
    size: tuple[int, int] = WIDE, *, seconds: float = 4.0, at: float = 0.5, tall: float = 0.6, speed: float = 0.0
) -> PoseSequence:
    """Return a figure at the share ``at`` of the width, ``tall`` shares of the height, drifting at ``speed``."""
    width, height = size
    time_s = np.arange(round(seconds * FPS)) / FPS
    top, stature = height * (1 - tall) / 2, height * tall
    bend = 0.09 * stature * (1 - np.cos(np.pi * time_s))
    middle = width * (at + speed * time_s)
    xy = np.empty((len(time_s), 33, 2))
    xy[:, : Landmark.LEFT_SHOULDER] = np.stack([middle, np.full_like(middle, top + 0.07 * stature)], axis=1)[:, None]
    for part, share in _HEIGHTS.items():
        forward = bend if part is Part.KNEE else 0.08 * stature if part is Part.TOE else 0.0
        for side, shift in _SIDE_PX.items():
            xy[:, part.on(side), 0] = middle + forward + shift
            xy[:, part.on(side), 1] = top + share * stature
    for hand in range(Landmark.LEFT_PINKY, Landmark.LEFT_HIP):
        xy[:, hand] = xy[:, Part.WRIST.on(Side.LEFT if hand % 2 else Side.RIGHT)]
    shape = xy.shape[:2]
    return PoseSequence(
        time_s=time_s,
        xy_px=xy,
        z_px=np.zeros(shape),
        visibility=np.ones(shape),
        presence=np.ones(shape),
        world_m=np.zeros((*shape, 3)),
        width=width,
        height=height,
    )


def recording(of: PoseSequence, source: Path = Path("clip.mp4")) -> Recording:
    posture = Posture(of.xy_px, np.ones(len(of)))
    angles: dict[str, FloatArray] = {name: np.full(len(of), np.nan) for name in ANGLE_COLUMNS}
    for side in Side:
        angles[f"{side}_knee_flexion"] = posture.knee_flexion(side)
        angles[f"{side}_thigh_elevation"] = posture.thigh_elevation(side)
    angles["trunk_lean"] = np.zeros(len(of))
    clip = replace(verdicts.clip(str(source)), width=of.width, height=of.height, frames=len(of))
    return Recording(clip=clip, source=source, is_track=False, poses=of, clean=of, angles=angles)


def knee_finding(of: Recording, status: Status, *times_s: float) -> Finding:
    """Return a finding that was read from the right knee's angle at these moments."""
    knee = of.angles["right_knee_flexion"]
    moments = tuple(
        Evidence(clip=0, time_s=t, frame=round(t * FPS), value=float(knee[round(t * FPS)])) for t in times_s
    )
    return verdicts.finding(KNEE, Side.RIGHT, status, evidence=moments, bands=KNEE.bands)


def sway_finding(*times_s: float, clip: int = 0, status: Status = Status.MAJOR) -> Finding:
    """Return a fault that no angle shows."""
    moments = tuple(Evidence(clip=clip, time_s=t, frame=round(t * FPS), value=0.3) for t in times_s)
    return verdicts.finding(SWAY, None, status, evidence=moments, bands=SWAY.bands)


def squats(*findings: Finding, **changes: object) -> ExerciseAssessment:
    faults = tuple(dict.fromkeys(f.criterion.key for f in findings if f.status in (Status.MINOR, Status.MAJOR)))
    made = verdicts.stretch(
        start_s=0.0,
        end_s=3.9,
        exercise=Recognition(id="squat", name="Squat", chosen_by="given", confidence=1.0),
        repetitions=tuple(
            Repetition(side=Side.RIGHT, start_s=at, peak_s=at + 1.0, end_s=at + 1.9) for at in (0.0, 2.0)
        ),
        cadence_steps_per_minute=None,
        criteria=findings,
        pitfalls=faults,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def assessed(*stretches: ExerciseAssessment) -> Assessment:
    return verdicts.assessed(*stretches)


def from_the_front(stretch: ExerciseAssessment) -> ExerciseAssessment:
    seen = replace(stretch.view, name=View.FRONT, facing=Facing.CAMERA, yaw_degrees=88.0)
    return replace(stretch, view=seen, quality=replace(stretch.quality, near_side=None))


def wall(of: PoseSequence) -> npt.NDArray[np.uint8]:
    return np.full((of.height, of.width, 3), GREY, dtype=np.uint8)


def pixels_near(picture: npt.NDArray[np.uint8], colour: tuple[int, int, int], within: int = 12) -> int:
    """Return how many pixels have a colour."""
    return int((np.abs(picture.astype(int) - np.array(colour)).max(axis=2) <= within).sum())
