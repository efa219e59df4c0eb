"""Verdicts as the pipeline would hand them over, for the tests of every rendering of them."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from formcheck.assessment import (
    Alternative,
    Assessment,
    ExerciseAssessment,
    Hold,
    NoVerdict,
    Quality,
    ReasonCode,
    Recognition,
    Repetition,
    ViewInfo,
)
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import (
    Band,
    Bands,
    Criterion,
    Evidence,
    Finding,
    Kind,
    Measurement,
    PerSide,
    Problem,
    Reason,
    RequiredView,
    ShownAngle,
)
from formcheck.kinematics.recording import ANGLE_COLUMNS, Recording
from formcheck.pose.sequence import LANDMARKS, PoseSequence
from formcheck.video.clip import ClipInfo
from formcheck.vocabulary import Facing, ModelSize, Side, Status, Unit, View


def criterion(
    key: str = "thigh_horizontal",
    *,
    kind: Kind = Kind.EXPECTATION,
    view: RequiredView = RequiredView.SIDE,
    worst: Status = Status.MAJOR,
    unit: Unit = Unit.DEGREES,
    bands: Bands | None = None,
    title: str = "Knee lift",
    fault: str = "The thigh stays below level.",
    angle: ShownAngle | None = None,
) -> Criterion:
    return Criterion(
        key=key,
        kind=kind,
        view=view,
        worst=worst,
        unit=unit,
        measure=lambda _performance, _side: Measurement(),
        bands=bands or Bands(Band(80.0), (Band(65.0, 80.0),)),
        title=title,
        expectation="At the top of each step the thigh is level.",
        fault=fault,
        cue="Lift the knee as if onto a step.",
        basis="Level is 90°, less the error of the landmarks.",
        reference="Drills, high knees",
        per_side=PerSide.WORKING_SIDES,
        angle=angle,
    )


KNEE_LIFT = criterion(angle=ShownAngle("thigh_elevation"))
TRUNK = criterion(
    "stand_tall",
    bands=Bands(Band(None, 10.0), (Band(10.0, 18.0),)),
    title="Tall posture",
    fault="The trunk leans forward.",
    angle=ShownAngle("trunk_lean"),
)
CALVES = criterion(
    "tight_calves",
    kind=Kind.PITFALL_PROXY,
    worst=Status.MINOR,
    bands=Bands(Band(-10.0)),
    title="Relaxed calves",
    fault="The calves are tight.",
    angle=ShownAngle("ankle_dorsiflexion"),
)
HANDS = criterion("dropped_hands", view=RequiredView.ANY, title="Hands", fault="The hands drop.")
CAVE_IN = criterion(
    "knee_cave_in",
    view=RequiredView.FRONT,
    title="Knee over foot",
    fault="The knee falls inwards.",
    angle=ShownAngle("knee_valgus"),
)
DOSE = criterion(
    "hold_time",
    kind=Kind.DOSE,
    view=RequiredView.ANY,
    worst=Status.INFO,
    unit=Unit.SECONDS,
    bands=Bands(Band(60.0)),
    title="Time held",
    fault="The hold is short.",
)

HIGH_KNEES = Exercise(
    id="high_knees",
    name="High knees",
    section="Drills",
    summary="Run on the spot with the thighs coming up to level.",
    film="From the side, the whole body in the picture.",
    shown_angles=("thigh_elevation", "trunk_lean"),
    criteria=(KNEE_LIFT, TRUNK, CALVES, HANDS, CAVE_IN),
    find=lambda _motion: (),
    find_anyway=lambda _motion: (),
    is_drill=True,
)
FRONT_PLANK = Exercise(
    id="front_plank",
    name="Front plank",
    section="Strength",
    summary="Hold the body straight on elbows and toes.",
    film="From the side.",
    shown_angles=("trunk_lean",),
    criteria=(DOSE,),
    find=lambda _motion: (),
    find_anyway=lambda _motion: (),
)
CATALOGUE = {exercise.id: exercise for exercise in (HIGH_KNEES, FRONT_PLANK)}


def evidence(*times_s: float, clip: int = 0, value: float = 60.0) -> tuple[Evidence, ...]:
    return tuple(Evidence(clip=clip, time_s=t, frame=round(t * 30), value=value) for t in times_s)


def finding(
    of: Criterion = KNEE_LIFT, side: Side | None = None, status: Status = Status.GOOD, **more: object
) -> Finding:
    judged: dict[str, object] = {
        "value": 88.0,
        "standard_error": 1.25,
        "bands": of.bands,
        "share_of_repetitions": 1.0,
        "repetitions_judged": 11,
        "confidence": 0.9,
    }
    return Finding(criterion=of, side=side, status=status, **{**judged, **more})  # type: ignore[arg-type]


def not_judged(of: Criterion, code: Problem, message: str, view: RequiredView | None = None) -> Finding:
    return Finding(
        criterion=of, side=None, status=Status.NOT_ASSESSABLE, reason=Reason(code=code, message=message, view=view)
    )


FINDINGS = (
    finding(
        KNEE_LIFT,
        Side.LEFT,
        Status.MAJOR,
        value=61.7,
        share_of_repetitions=9 / 11,
        evidence=evidence(5.62, 3.2),
    ),
    finding(
        KNEE_LIFT,
        Side.RIGHT,
        Status.MINOR,
        value=79.97,
        share_of_repetitions=7 / 11,
        evidence=evidence(63.25),
        sometimes=True,
    ),
    finding(TRUNK, None, Status.GOOD, value=4.2),
    finding(CALVES, Side.LEFT, Status.MINOR, value=-22.0, share_of_repetitions=0.7, evidence=evidence(4.0)),
    not_judged(HANDS, Problem.NOT_VISIBLE, "The wrists are seen in 30 % of the frames, and 80 % are needed."),
    not_judged(CAVE_IN, Problem.WRONG_VIEW, "The clip is filmed from the side.", RequiredView.FRONT),
)


def clip(path: str = "clips/high knees.mp4") -> ClipInfo:
    return ClipInfo(
        name=Path(path).name,
        path=path,
        sha256="0" * 64,
        duration_s=12.0,
        frames=360,
        fps=29.97002997,
        width=1080,
        height=1920,
        rotation_degrees=90,
        recorded_at="2026-05-01T10:00:00+00:00",
    )


def stretch(**changes: object) -> ExerciseAssessment:
    made = ExerciseAssessment(
        clip=0,
        start_s=0.4,
        end_s=9.8,
        exercise=Recognition(
            id="high_knees",
            name="High knees",
            chosen_by="recognised",
            confidence=0.96,
            alternatives=(Alternative(id="butt_kicks", confidence=0.03),),
        ),
        view=ViewInfo(name=View.SIDE, facing=Facing.RIGHT, yaw_degrees=4.0),
        repetitions=tuple(
            Repetition(side=side, start_s=at, peak_s=at + 0.2, end_s=at + 0.4)
            for at, side in ((0.4, Side.LEFT), (0.8, Side.RIGHT), (1.2, Side.LEFT))
        ),
        holds=(),
        cadence_steps_per_minute=171.6,
        criteria=FINDINGS,
        pitfalls=("thigh_horizontal", "tight_calves"),
        strengths=("stand_tall",),
        score=57.14,
        coverage=0.7,
        quality=Quality(
            person_share=0.98,
            person_height_px=812.3,
            median_visibility=0.91,
            near_side=Side.RIGHT,
            camera_roll_degrees=None,
            warnings=("The camera moves.",),
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def assessed(*stretches: ExerciseAssessment, clips: tuple[ClipInfo, ...] = (clip(),)) -> Assessment:
    return Assessment(
        clips=clips,
        model=ModelSize.FULL,
        formcheck_version="0.1.0",
        assessments=stretches or (stretch(),),
        reason=None,
    )


def unassessed(path: str = "clips/empty.mp4") -> Assessment:
    reason = NoVerdict(
        code=ReasonCode.NOBODY_IN_VIEW,
        message="Nobody is in view.",
        remedy="Film the whole body, with the camera at hip height.",
    )
    return Assessment(
        clips=(clip(path),), model=ModelSize.FULL, formcheck_version="0.1.0", assessments=(), reason=reason
    )


def plank(seconds_held: float = 42.04) -> ExerciseAssessment:
    return stretch(
        exercise=Recognition(id="front_plank", name="Front plank", chosen_by="given", confidence=1.0),
        repetitions=(),
        holds=(Hold(side=None, start_s=1.0, end_s=1.0 + seconds_held, good_seconds=40.0),),
        cadence_steps_per_minute=None,
        criteria=(finding(DOSE, None, Status.INFO, value=seconds_held, share_of_repetitions=None),),
        pitfalls=(),
        strengths=(),
        score=None,
        coverage=0.0,
    )


def recording(path: str = "clips/high knees.mp4", frames: int = 4, *, is_track: bool = False) -> Recording:
    shape = (frames, LANDMARKS)
    poses = PoseSequence(
        time_s=np.arange(frames) / 29.97,
        xy_px=np.full((*shape, 2), 100.0),
        z_px=np.zeros(shape),
        visibility=np.ones(shape),
        presence=np.ones(shape),
        world_m=np.zeros((*shape, 3)),
        width=1080,
        height=1920,
    )
    angles = {name: np.full(frames, 10.0 + column) for column, name in enumerate(ANGLE_COLUMNS)}
    angles["trunk_lean"] = np.array([-0.001, math.nan, 12.345, 180.0])[:frames]
    return Recording(clip=clip(path), source=Path(path), is_track=is_track, poses=poses, clean=poses, angles=angles)
