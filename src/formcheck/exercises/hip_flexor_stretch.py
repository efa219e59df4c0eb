"""Hip flexor stretch: half kneeling, square in front, the rear knee below the hip, the trunk tall."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from formcheck.criteria import stretches
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import (
    Band,
    Bands,
    Criterion,
    Kind,
    Measure,
    Measurement,
    PerSide,
    RequiredView,
    ShownAngle,
    of_each_side,
)
from formcheck.criteria.readings import unmeasurable, value_at, why_not
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Held, Performance
from formcheck.segmentation.postures import Posture, any_hold, hold_bouts
from formcheck.vocabulary import Part, Side, Status, Unit

REFERENCE = "Stretches, Hip flexors"
LEAST_SECONDS = 1.5
"""Shorter stops with the rear knee low are the bottoms of lunges."""
LUNGE_SECONDS = 1.8
"""Kneeling down again and again, each time for less than this, is a set of lunges."""
FURTHER_SHIN, FURTHER_THIGH = 12.0, 12.0
"""Degrees from which the front shin and the rear thigh lean forward together: the variant for a further stretch."""


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find holds in half kneeling; a row of short ones is a set of lunges and none of these."""
    return tuple(bout for bout in hold_bouts(motion, rear_leg) if not _like_lunges(motion, bout))


def _like_lunges(motion: Motion, bout: Bout) -> bool:
    lasting = [float(motion.time_s[held.end] - motion.time_s[held.start]) for held in bout.holds]
    return len(lasting) > 1 and float(np.median(lasting)) < LUNGE_SECONDS


def rear_leg(posture: Posture) -> Side | None:
    """Return the stretched leg, the rear one, of somebody who half kneels; None for any other posture.

    The rear shin lies along the floor and its thigh does not point forward, the front one does; the hips are off the
    heel. Right angles, the place of the rear knee and the trunk's lean are form, and no part of this.
    """
    front = posture.front
    rear = front.other
    knee, ankle = posture.height[Part.KNEE, rear], posture.height[Part.ANKLE, rear]
    along_floor = knee <= ankle + 0.10 and knee <= 0.50 and 35.0 <= posture.knee[rear] <= 140.0
    hips_up = min(posture.height[Part.HIP, side] for side in Side) >= 0.40 and posture.thigh[rear] <= 30.0
    in_front = abs(posture.stride) >= 0.5 and posture.thigh[front] >= 45.0 and 40.0 <= posture.knee[front] <= 160.0
    tall = posture.upright >= 0.7 and posture.sideways <= 0.5
    hands = min(posture.height[Part.WRIST, side] for side in Side) >= 0.35
    lasting = posture.seconds >= LEAST_SECONDS
    return rear if along_floor and hips_up and in_front and tall and hands and lasting else None


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find the longest hold, the leg behind taken for the stretched one."""
    return any_hold(motion, lambda posture: posture.front.other)


def slid_forward(performance: Performance, side: Side) -> bool:
    """Return whether the front knee is slid forward on purpose, which takes the rear thigh behind the hip with it."""
    angles = performance.motion.posture
    shin = stretches.over_holds(performance, side, angles.shank_inclination(side.other))
    thigh = stretches.over_holds(performance, side, angles.thigh_elevation(side))
    return shin > FURTHER_SHIN and thigh <= -FURTHER_THIGH


def unless_slid_forward(measure: Measure) -> Measure:
    """Return a measure that is told and not judged where the athlete does the variant for a further stretch.

    To call it good would praise a right angle that nobody made.
    """

    @of_each_side
    def softened(performance: Performance, side: Side) -> Measurement:
        found = measure(performance, side)
        if found.problem is not None or not slid_forward(performance, side):
            return found
        return replace(found, cap=Status.INFO, detail="variant for a further stretch: the front knee is slid forward")

    return softened


rear_thigh = stretches.held_angle(
    lambda p, s: p.motion.posture.thigh_elevation(s), (Part.HIP, Part.KNEE), "thigh", near_only=False
)
front_knee = stretches.held_angle(
    lambda p, s: p.motion.posture.knee_flexion(s),
    (Part.HIP, Part.KNEE, Part.ANKLE),
    "knee",
    of=lambda side: side.other,
    near_only=False,
)
front_hip = stretches.held_angle(
    lambda p, s: p.motion.posture.hip_flexion(s),
    (Part.SHOULDER, Part.HIP, Part.KNEE),
    "hip",
    of=lambda side: side.other,
    near_only=False,
)
front_shin = stretches.held_angle(
    lambda p, s: p.motion.posture.shank_inclination(s),
    (Part.KNEE, Part.ANKLE),
    "shank",
    of=lambda side: side.other,
    near_only=False,
)


def good_seconds(performance: Performance, held: Held) -> float | None:
    """Return the seconds of a hold in good form; the variant for a further stretch has no angles to keep to."""
    if held.side is None or slid_forward(performance, held.side):
        return None
    return square(performance, held)


def trunk(performance: Performance, _: Side | None) -> Measurement:
    """Measure how far the trunk leans over each hold, degrees; + forward."""
    near = performance.near
    if (reason := why_not(performance, [(Part.SHOULDER, near), (Part.HIP, near)])) is not None:
        return unmeasurable(reason)
    lean = performance.motion.posture.trunk_lean()
    noise = stretches.held_noise(performance, "trunk")
    return stretches.per_hold(performance, None, lambda frames: value_at(lean, frames), noise=noise)


SIDES = PerSide.WORKING_SIDES
RIGHT_ANGLE = Bands(Band(75.0, 105.0), (Band(65.0, 75.0), Band(105.0, 115.0)))
UPRIGHT = Bands(Band(-12.0, 12.0), (Band(-22.0, -12.0), Band(12.0, 22.0)))
square = stretches.seconds_in_form((rear_thigh, UPRIGHT), (front_knee, RIGHT_ANGLE), (front_hip, RIGHT_ANGLE))
RIGHT_ANGLE_BASIS = "Even goniometers differ by 6 to 14 degrees, and the tracker reads right angles to about 5."
EXERCISE = Exercise(
    id="hip_flexor_stretch",
    name="Hip flexor stretch",
    section="Stretches",
    summary="Half kneeling with right angles in front and the rear knee below the hip, the tailbone tucked under.",
    film="from the side at hip height, both knees in the picture",
    shown_angles=("knee_flexion", "hip_flexion", "thigh_elevation", "trunk_lean"),
    is_stretch=True,
    find=find,
    find_anyway=find_anyway,
    good_seconds=good_seconds,
    criteria=(
        Criterion(
            key="knee_under_hip",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=unless_slid_forward(rear_thigh),
            angle=ShownAngle("thigh_elevation"),
            bands=UPRIGHT,
            title="Knee below the hip",
            expectation="The kneeling knee is below its hip: the thigh is within 12 degrees of upright.",
            fault="the kneeling knee is not below the hip",
            cue="Stack the hips over the back knee.",
            basis="Our judgement; rendered athletes read -8 to -4. Sliding the front knee forward for a further "
            "stretch takes the thigh behind the hip and is no fault.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="front_knee_right_angle",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=unless_slid_forward(front_knee),
            angle=ShownAngle("knee_flexion", of_other_side=True),
            bands=RIGHT_ANGLE,
            title="Front knee at a right angle",
            expectation="The front knee is bent to 90 degrees, give or take 15.",
            fault="the front knee is far from a right angle",
            cue="Front knee over the ankle, at a right angle.",
            basis=RIGHT_ANGLE_BASIS,
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="front_hip_right_angle",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=unless_slid_forward(front_hip),
            angle=ShownAngle("hip_flexion", of_other_side=True),
            bands=RIGHT_ANGLE,
            title="Front hip at a right angle",
            expectation="The front hip is closed to 90 degrees, give or take 15.",
            fault="the front hip is far from a right angle",
            cue="Thigh level in front, trunk tall.",
            basis=f"{RIGHT_ANGLE_BASIS} A leaning trunk changes this angle too.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="front_ankle_right_angle",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=unless_slid_forward(front_shin),
            angle=ShownAngle("shank_inclination", of_other_side=True),
            bands=UPRIGHT,
            title="Front shin upright",
            expectation="The front shin stands upright over a flat foot, within 12 degrees.",
            fault="the front shin is inclined",
            cue="Set the front foot right below the knee.",
            basis="With the foot flat an upright shin is a right angle at the ankle; ankles themselves are tracked to "
            "12 degrees only.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="pelvis_tucked",
            kind=Kind.PROXY,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=trunk,
            angle=ShownAngle("trunk_lean"),
            bands=Bands(Band(-12.0, 13.0), (Band(None, -12.0), Band(13.0, None))),
            title="Tall trunk over a tucked pelvis",
            expectation="The trunk stays tall, from 12 degrees back to 13 forward, which tucking the tailbone under "
            "brings about.",
            fault="the trunk looks arched back or leaning, so that the pelvis is hardly tucked",
            cue="Tuck the tailbone and bring the ribs down; squeeze the seat on the kneeling side.",
            basis="No mark shows the pelvis's tilt; arching back or leaning forward are what is done instead of it.",
            reference=REFERENCE,
        ),
        *stretches.common(REFERENCE),
    ),
)
