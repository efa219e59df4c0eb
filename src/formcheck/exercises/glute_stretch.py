"""Glute stretch: lying on the back, one knee and ankle drawn towards the opposite shoulder."""

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
    of_each_side,
)
from formcheck.criteria.readings import SEEN_SHARE, length_noise, unmeasurable, value_at, why_not
from formcheck.kinematics.geometry import FloatArray, distance, midpoint
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Performance
from formcheck.segmentation.postures import Posture, any_hold, hold_bouts
from formcheck.vocabulary import Landmark, Part, Side, Status, Unit, View

REFERENCE = "Stretches, lying glute stretch"
ON_BACK, LYING = -0.6, 0.75
"""Shares by which the chest faces the ceiling and the trunk is upright, of somebody who lies on the back."""
HAND_ON_LEG = 0.7
"""Trunk lengths from a wrist to a knee: arms beside a lying body read 0.9 or more, hands that hold a leg up to 0.55."""
DRAWN_IN = 52.0
"""Degrees of hip flexion from which a leg is drawn in; feet on the floor read 36 to 49."""
CLEARLY_MORE = 30.0
"""Degrees of hip flexion between the legs from which it is sure which one is drawn in."""
CHIN_LIFTED = 0.02
"""Trunk lengths of the nose over the ears: heads on the floor read 0.14, a lifted one -0.03."""
END_ON = 0.5
"""Share of the trunk's direction that points at the camera from which the marks wander too much to time a hold."""
HIP_NOISE = 4.0
"""Degrees: arms and the other leg hide the hip's fold, so that readings err far more than standing."""


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find holds lying on the back with a leg drawn in by the hands."""
    return hold_bouts(motion, drawn_leg)


def drawn_leg(posture: Posture) -> Side | None:
    """Return the stretched leg, None where the posture is another one.

    How far the leg comes, where exactly the hands hold it and whether back and head stay down is form, and no part of
    this.
    """
    on_back = posture.prone <= ON_BACK and posture.upright <= LYING
    hips_low = min(posture.height[Part.HIP, side] for side in Side) <= 0.30
    drawn = max(Side, key=lambda side: posture.hip[side])
    bent = posture.knee[drawn] >= 45.0 and posture.hip[drawn] >= DRAWN_IN
    held = posture.hand_to(Part.KNEE) <= HAND_ON_LEG
    return more_drawn_in(posture) if on_back and hips_low and bent and held else None


def more_drawn_in(posture: Posture) -> Side:
    """Return the leg that is clearly drawn in more, else the near one: lying legs are easily taken for each other."""
    more = max(Side, key=lambda side: posture.hip[side])
    clear = posture.hip[more] - posture.hip[more.other] >= CLEARLY_MORE
    return more if clear or posture.view is not View.SIDE else posture.near


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find the longest hold, the leg that is drawn in more taken for the stretched one."""
    return any_hold(motion, more_drawn_in)


@of_each_side
def flatness(performance: Performance, side: Side) -> Measurement:
    """Measure how far the trunk is raised from the floor, degrees; a lifted head is a fault of its own."""
    near = performance.near
    if (reason := why_not(performance, [(Part.SHOULDER, near), (Part.HIP, near)])) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    raised = np.abs(90.0 - np.abs(motion.posture.trunk_lean()))
    noise = stretches.held_noise(performance, "trunk")
    found = stretches.per_hold(performance, side, lambda frames: value_at(raised, frames), noise=noise)
    if stretches.over_holds(performance, side, _nose_over_ears(motion)) >= CHIN_LIFTED:
        return found
    return Measurement(samples=found.samples, noise=noise, floor=Status.MINOR, detail="the head looks lifted")


def _nose_over_ears(motion: Motion) -> FloatArray:
    """Return how far the nose is above the ears in the picture, (n,) trunk lengths."""
    ears = midpoint(motion.at(Part.EAR, Side.LEFT), motion.at(Part.EAR, Side.RIGHT))
    return np.asarray((ears[:, 1] - motion.clean.xy_px[:, Landmark.NOSE, 1]) / motion.trunk)


@of_each_side
def hands_on_leg(performance: Performance, side: Side) -> Measurement:
    """Measure how far the hands are from knee and ankle, trunk lengths: the farther one of the hands that are seen.

    Any knee or ankle counts, since a detector easily takes one lying leg for the other.
    """
    motion, frames = performance.motion, performance.frames
    seen = [hand for hand in Side if float(np.mean(motion.seen(Part.WRIST, hand)[frames])) >= SEEN_SHARE]
    if not seen:
        return unmeasurable(Reason(code=Problem.NOT_VISIBLE, message="No hand was seen well enough."))
    if (reason := why_not(performance, [(Part.KNEE, performance.near)], must_fit=False)) is not None:
        return unmeasurable(reason)
    away = np.maximum.reduce([_nearest_grip(motion, hand) for hand in seen])
    noise = 2.0 * length_noise(performance)
    found = stretches.per_hold(performance, side, lambda frames: value_at(away, frames), noise=noise)
    told = "" if len(seen) == 2 else f"only the {seen[0]} hand was seen"
    return Measurement(samples=found.samples, noise=noise, detail=told)


def _nearest_grip(motion: Motion, hand: Side) -> FloatArray:
    """Return the distance from a wrist to the nearest knee or ankle, (n,) trunk lengths."""
    wrist = motion.at(Part.WRIST, hand)
    ways = [distance(wrist, motion.at(part, side)) for part in (Part.KNEE, Part.ANKLE) for side in Side]
    return np.asarray(np.minimum.reduce(ways) / motion.trunk)


@of_each_side
def drawn_in(performance: Performance, side: Side) -> Measurement:
    """Measure the hip flexion of the leg that is drawn in more, degrees, from world landmarks."""
    wanted = [(part, performance.near) for part in (Part.SHOULDER, Part.HIP, Part.KNEE)]
    if (reason := why_not(performance, wanted, must_fit=False)) is not None:
        return unmeasurable(reason)
    hips = np.maximum(*(performance.motion.hip_flexion_3d(leg) for leg in Side))
    return stretches.per_hold(performance, side, lambda frames: value_at(hips, frames), noise=HIP_NOISE)


def hold_time(performance: Performance, side: Side | None) -> Measurement:
    """Measure the seconds of each hold; seen from the feet or the head they are told and not judged."""
    found = stretches.duration(performance, side)
    if value_at(performance.motion.orientation.head_on, performance.frames) < END_ON or found.problem is not None:
        return found
    return replace(found, cap=Status.INFO, detail="seen along the body, start and end of the hold are uncertain")


def _common() -> tuple[Criterion, ...]:
    common = stretches.common(REFERENCE)
    return tuple(replace(one, measure=hold_time) if one.key == "hold_time" else one for one in common)


SIDES = PerSide.WORKING_SIDES
EXERCISE = Exercise(
    id="glute_stretch",
    name="Glute stretch, lying",
    section="Stretches",
    summary="Lie on your back and draw one knee and ankle across towards the opposite shoulder with both hands.",
    film="from the side of the body, the stretched leg near the camera, the whole body in the picture",
    shown_angles=("hip_flexion", "knee_flexion"),
    is_stretch=True,
    find=find,
    find_anyway=find_anyway,
    criteria=(
        Criterion(
            key="lying_flat",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=flatness,
            bands=Bands(Band(None, 20.0), (Band(20.0, None),)),
            title="Back and head down",
            expectation="The back lies on the floor, the trunk raised by 20 degrees at most, and the head rests.",
            fault="back or head come off the floor",
            cue="Head and shoulders stay on the floor.",
            basis="Our judgement; rendered people who lie flat read 3 to 6 degrees. A nose level with the ears says "
            "that the head is lifted.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="hand_placement",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.TRUNK_LENGTHS,
            measure=hands_on_leg,
            bands=Bands(Band(None, 0.5), (Band(0.5, None),)),
            title="Hands on knee and ankle",
            expectation="One hand holds the knee and the other the ankle: at most half a trunk length from each.",
            fault="the hands do not hold knee and ankle",
            cue="One hand on the knee, the other on the ankle.",
            basis="Hands hide knee and ankle, whose marks then lie up to 0.35 trunk lengths off; hands that hold them "
            "read 0.2 to 0.35. Which hand holds which is not seen from the side.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="knee_to_opposite_shoulder",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=drawn_in,
            bands=Bands(Band(75.0, None), (Band(58.0, 75.0),)),
            title="Knee drawn in",
            expectation="The knee is drawn in until the hip reads 75 degrees or more, towards the other shoulder.",
            fault="the knee stays away from the shoulder",
            cue="Draw knee and ankle towards the other shoulder.",
            basis="A hip of 95 degrees is wanted; drawn-in hips under arms read low: rendered ones of 114 degrees 84, "
            "one of 79 degrees 63, real ones 115 to 150. Across or not is not seen from the side.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        *_common(),
    ),
)
