"""Gastrocnemius stretch: leaning on a support in a long stride, rear knee straight, rear heel down."""

from __future__ import annotations

from formcheck.criteria import calf_stretches, stretches
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import (
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
from formcheck.criteria.readings import unmeasurable, value_at, why_not
from formcheck.kinematics.geometry import interior_angle
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Performance
from formcheck.segmentation.postures import Posture, any_hold, hold_bouts
from formcheck.vocabulary import Part, Side, Status, Unit

REFERENCE = "Stretches, first calf stretch"


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find holds in a calf stance with the rear knee nearly straight."""
    return hold_bouts(motion, rear_leg)


def rear_leg(posture: Posture) -> Side | None:
    """Return the stretched leg, None where the posture is another one."""
    rear = calf_stretches.calf_stance(posture)
    return rear if rear is not None and posture.knee[rear] < calf_stretches.PARTED_AT else None


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find the longest hold, the leg behind taken for the stretched one."""
    return any_hold(motion, lambda posture: posture.front.other)


@of_each_side
def foot_direction(performance: Performance, side: Side) -> Measurement:
    """Measure how far the rear foot is turned out, seen from the front, degrees."""
    if (reason := why_not(performance, [(Part.HEEL, side), (Part.TOE, side)])) is not None:
        return unmeasurable(reason)
    turned = performance.motion.foot_turned_out(side)
    return stretches.per_hold(performance, side, lambda frames: value_at(turned, frames), noise=4.0)


@of_each_side
def body_line(performance: Performance, side: Side) -> Measurement:
    """Measure the angle between shoulder, hip and ankle of the rear side, degrees; 180 is one line."""
    parts = (Part.SHOULDER, Part.HIP, Part.ANKLE)
    if (reason := why_not(performance, [(part, side) for part in parts], near_only=side)) is not None:
        return unmeasurable(reason)
    line = interior_angle(*(performance.motion.at(part, side) for part in parts))
    noise = stretches.held_noise(performance, "hip", side)
    return stretches.per_hold(performance, side, lambda frames: value_at(line, frames), noise=noise)


SIDES = PerSide.WORKING_SIDES
EXERCISE = Exercise(
    id="gastrocnemius_stretch",
    name="Calf stretch with a straight knee (gastrocnemius)",
    section="Stretches",
    summary="Lean on a wall in a long stride, the rear knee straight and the rear heel on the floor.",
    film="from the side at hip height, the rear leg near the camera",
    shown_angles=("knee_flexion", "shank_inclination", "foot_pitch"),
    is_stretch=True,
    find=find,
    find_anyway=find_anyway,
    criteria=(
        Criterion(
            key="rear_foot_straight",
            kind=Kind.EXPECTATION,
            view=RequiredView.FRONT,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=foot_direction,
            bands=Bands(Band(None, 12.0), (Band(12.0, None),)),
            title="Rear foot straight",
            expectation="The toes of the rear foot point straight ahead, turned out by 12 degrees at most.",
            fault="the rear foot is turned out",
            cue="Point the back toes straight ahead.",
            basis="Physiotherapists ask for toes that are not turned out; single-leg ratings allow 10 degrees.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="step_back",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.LEG_LENGTHS,
            measure=stretches.stance_length,
            bands=Bands(Band(0.50, None), (Band(0.35, 0.50),)),
            title="Foot well back",
            expectation="The rear foot is at least half a leg length behind the front one.",
            fault="the rear foot is too close",
            cue="Step the back foot further away.",
            basis="Our judgement; the stretch needs an inclined, straight leg.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="stretch_position",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=stretches.held_angle(
                lambda p, s: p.motion.posture.shank_inclination(s), (Part.KNEE, Part.ANKLE), "shank"
            ),
            angle=ShownAngle("shank_inclination"),
            bands=Bands(Band(15.0, None), (Band(8.0, 15.0),)),
            title="Ankle closed",
            expectation="The rear shin leans forward by 15 degrees or more, so that the calf is long.",
            fault="the rear shin is too upright to stretch the calf",
            cue="Slide the foot back or bring the hips forward a touch.",
            basis="Straight-kneed dorsiflexion under load is 20 to 30 degrees; 6 are granted for tracking error.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="rear_knee_straight",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=stretches.held_angle(
                lambda p, s: p.motion.posture.knee_flexion(s), (Part.HIP, Part.KNEE, Part.ANKLE), "knee"
            ),
            angle=ShownAngle("knee_flexion"),
            bands=Bands(Band(None, 10.0), (Band(10.0, 20.0),)),
            title="Rear knee straight",
            expectation="The rear knee is long: bent by 10 degrees at most.",
            fault="the rear knee is bent and lets the calf off",
            cue="Lock the back knee long.",
            basis="The muscle crosses the knee, so only a straight one stretches it; bent, it becomes the other calf "
            "stretch.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="rear_heel_down",
            kind=Kind.PRACTICE,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=calf_stretches.rear_foot_pitch,
            angle=ShownAngle("foot_pitch"),
            bands=calf_stretches.HEEL_DOWN,
            title="Rear heel down",
            expectation="The rear heel stays on the floor.",
            fault="the rear heel lifts",
            cue="Press the back heel down.",
            basis="Standard practice for this stretch; feet are tracked to about 12 degrees.",
            reference="Standard practice, not in the source",
            per_side=SIDES,
        ),
        Criterion(
            key="body_line",
            kind=Kind.PRACTICE_PROXY,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=body_line,
            bands=Bands(Band(140.0, None), (Band(None, 140.0),)),
            title="Hips in line",
            expectation="Shoulder, hip and rear ankle are roughly in line: 140 degrees or more.",
            fault="the hips are left behind",
            cue="Hips in line with shoulder and heel.",
            basis="Our judgement: with the hips behind, the ankle does not close.",
            reference="Standard practice, not in the source",
            per_side=SIDES,
        ),
        *stretches.common(REFERENCE),
    ),
)
