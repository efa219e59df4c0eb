"""Sprinter stretch: a deep lunge with both hands on the floor beside the front foot."""

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
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Held, Performance
from formcheck.segmentation.postures import Posture, any_hold, hold_bouts
from formcheck.vocabulary import Part, Side, Status, Unit, View

REFERENCE = "Stretches, sprinter stretch"
BESIDE_FOOT = Bands(Band(None, 0.9), (Band(0.9, None),))
"""Shank lengths between wrist and front ankle along the floor, which may only add a mild fault to high hands."""
HIGHEST_HANDS = 0.50
"""Leg lengths of the lower wrist over the lowest mark of the body: hands at knee height are a fault and still this."""
REAR_HIP_OPEN = Bands(Band(None, 15.0), (Band(15.0, 35.0),))
SHORTEST_STANCE = 0.8
FAR_BACK = Bands(Band(1.0, None), (Band(SHORTEST_STANCE, 1.0),))
FRONT_HEEL_DOWN = Bands(Band(-14.0, None), (Band(None, -14.0),))


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find holds low over a front foot with the hands on the floor and the other leg far behind."""
    return hold_bouts(motion, front_leg)


def front_leg(posture: Posture) -> Side | None:
    """Return the front leg, None where the posture is another one.

    The hips stay off the floor and the front foot on it: lower, with the front knee folded, is a pigeon pose, and
    without a bent front leg it is a plank.
    """
    front = posture.front
    low = (posture.prone >= 0.75 or posture.upright < 0.55) and posture.upright > -0.35 and posture.sideways < 0.5
    hands = min(posture.height[Part.WRIST, side] for side in Side) <= HIGHEST_HANDS
    in_stride = abs(posture.stride) >= 0.6 and posture.thigh[front] - max(posture.thigh[front.other], 0.0) >= 30.0
    front_bent = 45.0 <= posture.knee[front] <= 135.0 and posture.height[Part.ANKLE, front] <= 0.35
    high_hips = min(posture.height[Part.HIP, side] for side in Side) >= 0.35
    return front if low and hands and in_stride and front_bent and high_hips else None


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find the longest hold, the leg in front taken for the working one."""
    return any_hold(motion, lambda posture: posture.front)


@of_each_side
def hands(performance: Performance, side: Side) -> Measurement:
    """Measure how high the nearest visible wrist is over the front foot, in shank lengths.

    Hands on the floor but far from the foot are told as a mild fault.
    """
    motion = performance.motion
    seen = [hand for hand in Side if why_not(performance, [(Part.WRIST, hand)]) is None]
    front_leg = [(part, side) for part in (Part.KNEE, Part.ANKLE, Part.TOE)]
    if (reason := why_not(performance, front_leg, feet_as_places=True)) is not None:
        return unmeasurable(reason)
    if not seen:
        return unmeasurable(Reason(code=Problem.NOT_VISIBLE, message="The hands were hidden."))
    hand = performance.near if performance.near in seen else seen[0]
    shank = motion.sizes.shank[side]
    height = (motion.lowest_of_foot(side) - motion.at(Part.WRIST, hand)[:, 1]) / shank
    apart = np.abs(motion.at(Part.WRIST, hand)[:, 0] - motion.at(Part.ANKLE, side)[:, 0]) / shank
    noise = 2.0 * length_noise(performance)
    found = stretches.per_hold(performance, side, lambda frames: value_at(height, frames), noise=noise)
    away = stretches.over_holds(performance, side, apart)
    floor = status_if_known(BESIDE_FOOT, away)
    return replace(found, floor=floor, detail=said("{:.1f} shank lengths from the front ankle", away))


@of_each_side
def rear_leg(performance: Performance, side: Side) -> Measurement:
    """Measure how far apart the ankles are along the floor, in leg lengths; an open rear hip softens it."""
    rear = side.other
    found = stretches.stance_length(performance, side)
    if found.problem is not None or why_not(performance, [(Part.HIP, rear), (Part.KNEE, rear)]) is not None:
        return found
    open_by = stretches.over_holds(performance, side, performance.motion.posture.hip_flexion(rear))
    cap = status_if_known(REAR_HIP_OPEN, open_by)
    return replace(found, cap=cap, detail=said("rear hip bent by {:.0f} degrees", open_by))


def good_seconds(performance: Performance, held: Held) -> float | None:
    """Return the seconds of a hold in which the rear foot is not far too near, None where that is not shown."""
    ankles = [(Part.ANKLE, side) for side in Side]
    if performance.view is not View.SIDE or why_not(performance, ankles) is not None:
        return None
    far = stretches.ankles_apart(performance)[held.frames] >= SHORTEST_STANCE
    return stretches.seconds(performance, held) * float(np.mean(far))


@of_each_side
def hips(performance: Performance, side: Side) -> Measurement:
    """Measure how far the front hip is closed, degrees of flexion; a lifted front heel is a mild fault as well."""
    if (reason := why_not(performance, [(part, side) for part in (Part.SHOULDER, Part.HIP, Part.KNEE)])) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    flexion = motion.posture.hip_flexion(side)
    noise = stretches.held_noise(performance, "hip", side)
    found = stretches.per_hold(performance, side, lambda frames: value_at(flexion, frames), noise=noise)
    foot = [(Part.HEEL, side), (Part.TOE, side), (Part.ANKLE, side)]
    if why_not(performance, foot, near_only=side) is not None:
        return found
    pitch = stretches.over_holds(performance, side, motion.posture.foot_pitch(side))
    floor = status_if_known(FRONT_HEEL_DOWN, pitch)
    return replace(found, floor=floor, detail="the front heel lifts" if floor is Status.MINOR else "")


SIDES = PerSide.WORKING_SIDES
EXERCISE = Exercise(
    id="sprinter_stretch",
    name="Sprinter stretch",
    section="Stretches",
    summary="A deep lunge with both hands on the floor beside the front foot, the other leg stretched far back.",
    film="from the side at hip height, the front leg near the camera",
    shown_angles=("knee_flexion", "hip_flexion", "foot_pitch"),
    is_stretch=True,
    find=find,
    find_anyway=find_anyway,
    good_seconds=good_seconds,
    criteria=(
        Criterion(
            key="hands_beside_foot",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.SHANK_LENGTHS,
            measure=hands,
            bands=Bands(Band(None, 0.55), (Band(0.55, 0.80),)),
            title="Hands on the floor",
            expectation="Both hands are on the floor, one on each side of the front foot.",
            fault="the hands are not on the floor beside the front foot",
            cue="Hands down, one each side of the front foot.",
            basis="With the fingertips on the floor the wrist is 0.40 to 0.49 shank lengths up. Which side of the "
            "foot a hand is on cannot be seen from the side.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="rear_leg_back",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.LEG_LENGTHS,
            measure=rear_leg,
            bands=FAR_BACK,
            title="Rear leg far back",
            expectation="The rear foot is at least a leg length behind the front one.",
            fault="the rear leg is not far enough back",
            cue="Walk the back foot further away.",
            basis="Our judgement: as far as a stretch can be felt, which is not seen. A rear hip that is open all the "
            "same (bent by 15 degrees at most) softens a short stance.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="hips_sink",
            kind=Kind.PROXY,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=hips,
            angle=ShownAngle("hip_flexion"),
            bands=Bands(Band(90.0, None), (Band(None, 90.0),)),
            title="Hips sink",
            expectation="The front hip is closed to 90 degrees or more over a front heel that stays down.",
            fault="the hips look too high or the front heel lifts",
            cue="Keep the front heel down and let the hips sink.",
            basis="The stretch is meant for the calf, hamstring and seat of the front leg, which a flat foot and a "
            "deep hip bring about; the feeling itself is not seen.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        *stretches.common(REFERENCE),
    ),
)
