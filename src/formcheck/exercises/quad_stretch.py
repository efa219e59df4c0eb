"""Quad stretch: standing on one leg, the other heel pulled to the buttock by the hand of its side."""

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
    Measurement,
    PerSide,
    Problem,
    Reason,
    RequiredView,
    ShownAngle,
    of_each_side,
)
from formcheck.criteria.readings import length_noise, said, status_if_known, unmeasurable, value_at, why_not
from formcheck.kinematics.geometry import FloatArray, distance, lean
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Performance
from formcheck.segmentation.postures import Posture, any_hold, hold_bouts
from formcheck.vocabulary import Part, Side, Status, Unit, View

REFERENCE = "Stretches, Quads stretch"
LIFTED, LIFTED_BEHIND = 0.35, 0.32
"""Leg lengths by which the lifted ankle is over the other one: a right angle at the knee lifts it by half a leg."""
BENT, BENT_IN_HAND, BENT_BEHIND = 84.0, 70.0, 70.0
"""Degrees of the lifted knee; somebody who holds the foot is stretching even where the knee is not bent that far. From
the front the shin is hidden behind the thigh: knees bent by 130 degrees read 76 to 120, ankles 0.35 to 0.90 up."""
IN_HAND = 0.45
"""Trunk lengths from wrist to ankle within which a hand may hold the foot."""
LONG_LEG, LONG_LEG_IN_HAND = 30.0, 38.0
"""Degrees of the standing knee: rendered and real stretches read up to 22. Who rests between raises of the heel stands
on a knee bent by 36 to 40, the free one bent as well, and no hand near the foot."""
HEEL_UP = Bands(Band(125.0, None), (Band(105.0, 125.0),))
HEEL_NEAR = Bands(Band(None, 0.75), (Band(0.75, 0.90),))
"""Thigh lengths from heel to hip, which soften the knee's verdict where calf and thigh are too thick to close."""
HIP_OPEN = Bands(Band(None, 12.0), (Band(12.0, 20.0),))
TALL = Bands(Band(-8.0, 12.0), (Band(-12.0, 18.0),))
WITHIN_REACH = 115.0
"""Degrees of knee flexion from which the foot is high enough to be held."""
KNEES_APART = Bands(Band(None, 6.0), (Band(6.0, None),))
KNEES_PAST = Bands(Band(-15.0, 12.0), (Band(None, None),))


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find holds on one leg with the other knee closed behind."""
    return hold_bouts(motion, lifted_leg)


def lifted_leg(posture: Posture) -> Side | None:
    """Return the stretched leg, None where the posture is another one.

    How far the heel comes up, where the knee points and how tall the trunk stays is form, and no part of this.
    """
    lifted = higher_foot(posture)
    standing = lifted.other
    apart = posture.height[Part.ANKLE, lifted] - posture.height[Part.ANKLE, standing]
    hand = min(posture.gap[Part.WRIST, side, Part.ANKLE, lifted] for side in Side)
    least, most = (BENT_IN_HAND, LONG_LEG_IN_HAND) if hand <= IN_HAND else (BENT, LONG_LEG)
    bent = posture.knee[lifted] >= (min(least, BENT_BEHIND) if posture.frontal else least)
    stands = posture.upright >= 0.80 and posture.knee[standing] <= most and abs(posture.thigh[standing]) <= 35.0
    hangs = -35.0 <= posture.thigh[lifted] <= 45.0
    return lifted if stands and hangs and bent and apart >= (LIFTED_BEHIND if posture.frontal else LIFTED) else None


def higher_foot(posture: Posture) -> Side:
    """Return the side of the higher ankle."""
    return max(Side, key=lambda side: posture.height[Part.ANKLE, side])


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find the longest hold, the higher foot taken for the stretched leg's."""
    return any_hold(motion, higher_foot)


bent_knee = stretches.held_angle(
    lambda p, s: p.motion.posture.knee_flexion(s), (Part.HIP, Part.KNEE, Part.ANKLE), "knee"
)
open_hip = stretches.held_angle(
    lambda p, s: p.motion.posture.hip_flexion(s), (Part.SHOULDER, Part.HIP, Part.KNEE), "hip"
)


@of_each_side
def grip(performance: Performance, side: Side) -> Measurement:
    """Measure how far the wrist of the stretched side is from ankle or heel, trunk lengths.

    The other hand at the foot is told and is no fault. A foot out of reach says nothing about the hand: the missing
    height is told by the heel's own criterion.
    """
    parts = [(Part.WRIST, side), (Part.ANKLE, side)]
    if (reason := why_not(performance, parts, near_only=side)) is not None:
        return unmeasurable(reason)
    if stretches.over_holds(performance, side, performance.motion.posture.knee_flexion(side)) < WITHIN_REACH:
        return unmeasurable(
            Reason(code=Problem.NOT_SHOWN, message="The foot is too far from the seat for a hand to hold it.")
        )
    own, other = (_hand_to_foot(performance, hand, side) for hand in (side, side.other))
    crossed = stretches.over_holds(performance, side, other) <= IN_HAND < stretches.over_holds(performance, side, own)
    found = stretches.per_hold(performance, side, lambda frames: value_at(own, frames), noise=length_noise(performance))
    return replace(found, cap=Status.INFO, detail="the other hand holds the foot") if crossed else found


def _hand_to_foot(performance: Performance, hand: Side, side: Side) -> FloatArray:
    motion = performance.motion
    wrist = motion.at(Part.WRIST, hand)
    ways = [distance(wrist, motion.at(part, side)) for part in (Part.ANKLE, Part.HEEL)]
    return np.asarray(np.minimum(*ways) / motion.trunk)


@of_each_side
def between_thighs(performance: Performance, side: Side) -> Measurement:
    """Measure the angle between the thighs, degrees.

    From the front how far the knees point apart, from the side how far the stretched one is in front of the other.
    """
    if performance.view is View.OBLIQUE:
        return unmeasurable(
            Reason(
                code=Problem.WRONG_VIEW,
                message="Filmed from an angle; this can only be judged from the front or the side.",
                view=RequiredView.FRONT,
            )
        )
    if (reason := why_not(performance, [(part, s) for part in (Part.HIP, Part.KNEE) for s in Side])) is not None:
        return unmeasurable(reason)
    if performance.frontal:
        motion = performance.motion
        left_of_picture = motion.left_of_picture
        angles = [
            lean(motion.at(Part.KNEE, s), motion.at(Part.HIP, s), left_of_picture * (-1.0 if s is Side.LEFT else 1.0))
            for s in Side
        ]
        series, bands = angles[0] + angles[1], KNEES_APART
    else:
        elevation = performance.motion.posture.thigh_elevation
        series, bands = elevation(side) - elevation(side.other), KNEES_PAST
    noise = stretches.held_noise(performance, "thigh")
    found = stretches.per_hold(performance, side, lambda frames: value_at(series, frames), noise=noise)
    return Measurement(samples=found.samples, noise=noise, bands=bands)


@of_each_side
def heel_to_buttock(performance: Performance, side: Side) -> Measurement:
    """Measure the stretched knee's flexion, degrees, softened by a heel that is near the seat all the same."""
    found = bent_knee(performance, side)
    if found.problem is not None:
        return found
    motion = performance.motion
    gap = distance(motion.at(Part.HEEL, side), motion.at(Part.HIP, side)) / motion.sizes.thigh[side]
    near = stretches.over_holds(performance, side, gap)
    cap = status_if_known(HEEL_NEAR, near)
    return Measurement(samples=found.samples, noise=found.noise, cap=cap)


@of_each_side
def hips_forward(performance: Performance, side: Side) -> Measurement:
    """Measure how far the stretched hip is closed, degrees, softened by a trunk that stays tall."""
    found = open_hip(performance, side)
    if found.problem is not None:
        return found
    trunk = stretches.over_holds(performance, side, performance.motion.posture.trunk_lean())
    told = said(f"the trunk leans {'back' if trunk < 0.0 else 'forwards'} by {{:.0f}} degrees", abs(trunk))
    return Measurement(samples=found.samples, noise=found.noise, cap=status_if_known(TALL, trunk), detail=told)


SIDES = PerSide.WORKING_SIDES
EXERCISE = Exercise(
    id="quad_stretch",
    name="Quad stretch, standing",
    section="Stretches",
    summary="Stand on one leg and pull the other heel to the buttock with the hand of that side.",
    film="from the side at hip height, the stretched leg near the camera; from the front for the knees",
    shown_angles=("knee_flexion", "hip_flexion", "thigh_elevation"),
    is_stretch=True,
    find=find,
    find_anyway=find_anyway,
    good_seconds=stretches.seconds_in_form((bent_knee, HEEL_UP)),
    criteria=(
        Criterion(
            key="ankle_grip",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.TRUNK_LENGTHS,
            measure=grip,
            bands=Bands(Band(None, 0.5), (Band(0.5, None),)),
            title="Hand on the ankle",
            expectation="The hand of the stretched side holds the foot: at most half a trunk length from the wrist.",
            fault="the hand of that side does not hold the foot",
            cue="Same-side hand on the ankle.",
            basis="From wrist to knuckles is a fifth of a trunk length; rendered grips read 0.2 to 0.4, a real one "
            "0.35. Not asked where the foot is out of reach.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="knees_together",
            kind=Kind.EXPECTATION,
            view=RequiredView.ANY,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=between_thighs,
            angle=ShownAngle("thigh_elevation", as_change=True),
            bands=KNEES_APART,
            title="Knees side by side",
            expectation="The thighs stay side by side: seen from the front they open by 6 degrees at most, seen from "
            "the side the bent knee is at most 12 degrees in front of the other and 15 behind.",
            fault="the knees drift apart",
            cue="Bring the knees side by side.",
            basis="Coaching pages ask for a knee that does not drift outwards; 6 degrees are knees as far apart as the "
            "hips, with 3 for tracking error. Rendered clean stretches read -5 from the front and 2 to 7 from the "
            "side.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="heel_to_buttock",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=heel_to_buttock,
            angle=ShownAngle("knee_flexion"),
            bands=HEEL_UP,
            title="Heel to the seat",
            expectation="The knee is bent by 125 degrees or more, or the heel is within three quarters of a thigh from "
            "the hip.",
            fault="the heel stays away from the seat",
            cue="Ease the heel closer to the seat, as far as is comfortable.",
            basis="At 125 degrees the heel is a hand's breadth off the seat. Rendered knees at 132 read 131 to 136.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="hips_forward",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=hips_forward,
            angle=ShownAngle("hip_flexion"),
            bands=HIP_OPEN,
            title="Hips forward, trunk tall",
            expectation="Hips pushed forward: the stretched hip is closed by 12 degrees at most, or the trunk is "
            "upright.",
            fault="the hips stay back and the trunk tips forward",
            cue="Push both hips forward, stay tall.",
            basis="The muscle crosses the hip, so it is long only with an open one. Rendered hips at 2 to 5 degrees "
            "read 2 to 9; a trunk within 12 degrees of upright softens the verdict.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        *stretches.common(REFERENCE),
    ),
)
