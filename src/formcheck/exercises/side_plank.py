"""Side plank: on one forearm and the side of the feet, chest to the side, the body one line."""

from __future__ import annotations

import numpy as np

from formcheck.criteria import planks, stretches
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import (
    BODY_LINE,
    Band,
    Bands,
    Criterion,
    Kind,
    Measurement,
    PerSide,
    RequiredView,
    ShownAngle,
    of_each_side,
)
from formcheck.criteria.readings import length_noise, noise, unmeasurable, value_at, why_not
from formcheck.kinematics import geometry
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Performance
from formcheck.segmentation.postures import Posture, any_hold, hold_bouts
from formcheck.vocabulary import Part, Side, Status, Unit

REFERENCE = "Strengthening exercises, Side plank"
DROPPED, RAISED = (-0.04, -0.08), (0.06, 0.12)
"""Lengths of the line from shoulders to ankles: edges of good and of minor."""
HIP_OFF_FLOOR = 0.085
"""Leg lengths of the lower hip's mark over the lowest mark of the body: sitting between two holds reads 0.04, a hold
whose hips drop by 18 degrees 0.13."""

STRAIGHT_IN_DEPTH = 10.0
"""Degrees that straight knees bend in world landmarks at least, whose depth is rough: rendered ones read 10 to 12,
those of good demonstrations 13 to 25."""


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find holds on one arm with the chest to the side and the hips off the floor."""
    return hold_bouts(motion, support)


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find the longest hold, the lower shoulder taken for the support."""
    return any_hold(motion, lower_shoulder)


def support(posture: Posture) -> Side | None:
    """Return the side that carries, None where the posture is none on one arm with the hips up."""
    low = planks.mean_over_sides(posture, Part.SHOULDER) < 1.0 and posture.upright <= 0.75
    long_legs = max(posture.knee.values()) <= 60.0 and max(posture.hip.values()) <= 65.0
    hips_up = planks.lowest(posture, Part.HIP) >= HIP_OFF_FLOOR
    return lower_shoulder(posture) if posture.sideways >= 0.75 and low and long_legs and hips_up else None


def lower_shoulder(posture: Posture) -> Side:
    """Return the side whose shoulder is lower."""
    return min(Side, key=lambda side: posture.height[Part.SHOULDER, side])


LINE = planks.BodyLine(
    offset=planks.middle_line,
    parts=lambda _: [(part, side) for part in planks.LINE for side in Side],
    tolerated=(DROPPED[1], RAISED[1]),
    shown=lambda performance: performance.frontal,
)


@of_each_side
def upper_arm(performance: Performance, side: Side) -> Measurement:
    """Measure how far the supporting upper arm is off vertical, whichever way."""
    if (reason := why_not(performance, [(Part.SHOULDER, side), (Part.ELBOW, side)])) is not None:
        return unmeasurable(reason)
    at = performance.motion.at
    leaning = np.abs(geometry.elevation(at(Part.SHOULDER, side), at(Part.ELBOW, side), 1.0))
    noise_of_arm = 0.6 * noise(performance, "elbow")
    return stretches.per_hold(performance, side, lambda frames: value_at(leaning, frames), noise=noise_of_arm)


@of_each_side
def shoulder_stack(performance: Performance, side: Side) -> Measurement:
    """Measure how wide the shoulders look, in trunk lengths: those of a rolled chest look narrow."""
    if (reason := why_not(performance, [(Part.SHOULDER, one) for one in Side])) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    width = geometry.distance(*(motion.at(Part.SHOULDER, one) for one in Side)) / motion.trunk
    return stretches.per_hold(
        performance, side, lambda frames: value_at(width, frames), noise=length_noise(performance)
    )


@of_each_side
def knees(performance: Performance, side: Side) -> Measurement:
    """Measure the knees' flexion: the more bent one's in the picture, or what both bend towards or from the camera.

    A knee that bends as knees do is hardly seen from the chest, so the world landmarks are asked too.
    """
    parts = [(part, one) for part in (Part.HIP, Part.KNEE, Part.ANKLE) for one in Side]
    if (reason := why_not(performance, parts)) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    seen = [motion.posture.knee_flexion(one) for one in Side]
    in_depth = 0.5 * (motion.knee_flexion_3d(Side.LEFT) + motion.knee_flexion_3d(Side.RIGHT)) - STRAIGHT_IN_DEPTH

    def bent(frames: slice) -> float:
        return max(0.0, *(value_at(flexion, frames) for flexion in (*seen, in_depth)))

    return stretches.per_hold(performance, side, bent, noise=noise(performance, "knee"))


SIDES = PerSide.WORKING_SIDES
EXERCISE = Exercise(
    id="side_plank",
    name="Side plank",
    section="Strengthening exercises",
    summary="Hold the body in one line on one forearm and the side of the feet.",
    film="square to the chest or the back, the camera at the side of the mat",
    shown_angles=("knee_flexion",),
    find=find,
    find_anyway=find_anyway,
    good_seconds=LINE.good_seconds,
    criteria=(
        planks.hold_time(LINE, dose=45.0, reference=REFERENCE, per_side=SIDES),
        Criterion(
            key="dropped_hips",
            kind=Kind.PRACTICE,
            view=RequiredView.FRONT,
            worst=Status.MAJOR,
            unit=Unit.RATIO,
            measure=LINE.typical,
            angle=ShownAngle(BODY_LINE),
            bands=Bands(Band(DROPPED[0], None), (Band(DROPPED[1], DROPPED[0]),)),
            title="Hips not dropped",
            expectation="The hips sink below the line from shoulders to ankles by 4 % of its length at most.",
            fault="the hips drop towards the floor",
            cue="Push the floor away; hips up.",
            basis="Our judgement. The line runs through the middles of shoulders, hips and ankles: straight bodies, "
            "rendered and real, read 2 % below to 1 % above it and 18 degrees of drop 7 % below, as they should. The "
            "supporting side alone reads 2 % too high when the hips drop.",
            reference=planks.STANDARD_PRACTICE,
            per_side=SIDES,
        ),
        Criterion(
            key="raised_hips",
            kind=Kind.PRACTICE,
            view=RequiredView.FRONT,
            worst=Status.MAJOR,
            unit=Unit.RATIO,
            measure=LINE.typical,
            angle=ShownAngle(BODY_LINE),
            bands=Bands(Band(None, RAISED[0]), (Band(RAISED[0], RAISED[1]),)),
            title="Hips not raised",
            expectation="The hips rise above the line from shoulders to ankles by 6 % of its length at most.",
            fault="the hips are pushed up too high",
            cue="Lower the hips to one straight line.",
            basis="Our judgement; wider than for dropping, since height does not strain the back.",
            reference=planks.STANDARD_PRACTICE,
            per_side=SIDES,
        ),
        Criterion(
            key="elbow_under_shoulder",
            kind=Kind.PRACTICE,
            view=RequiredView.FRONT,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=upper_arm,
            bands=Bands(Band(None, 15.0), (Band(15.0, 25.0),)),
            title="Elbow under the shoulder",
            expectation="The supporting upper arm is upright, within 15 degrees.",
            fault="the elbow is not below the shoulder",
            cue="Elbow right below the shoulder.",
            basis="Upright rendered arms read 0 to 8 degrees, those of good demonstrations 0 to 10.",
            reference=planks.STANDARD_PRACTICE,
            per_side=SIDES,
        ),
        Criterion(
            key="shoulders_stacked",
            kind=Kind.PRACTICE_PROXY,
            view=RequiredView.FRONT,
            worst=Status.MINOR,
            unit=Unit.TRUNK_LENGTHS,
            measure=shoulder_stack,
            bands=Bands(Band(0.5, None), (Band(None, 0.5),)),
            title="Shoulders stacked",
            expectation="The chest faces sideways: the shoulders look at least half a trunk length apart.",
            fault="the chest rolls forward or back",
            cue="Stack the shoulders, chest to the side.",
            basis="Good holds read 0.58 to 0.77; a chest rolled by 45 degrees loses a third of that.",
            reference=planks.STANDARD_PRACTICE,
            per_side=SIDES,
        ),
        Criterion(
            key="legs_straight",
            kind=Kind.PRACTICE,
            view=RequiredView.FRONT,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=knees,
            bands=planks.KNEES,
            title="Legs long",
            expectation="Both knees are bent by 15 degrees at most.",
            fault="the knees are bent",
            cue="Long legs.",
            basis="Our judgement; straight rendered knees read 0 to 5 degrees, those of good demonstrations up to 15. "
            "Knees that bend away from the camera are read from depth, which shows 30 degrees and more.",
            reference=planks.STANDARD_PRACTICE,
            per_side=SIDES,
        ),
    ),
)
