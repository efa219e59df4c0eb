"""Measures of a squat on one leg: shin and depth from the side, knee, hip, foot and trunk from the front."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from formcheck.criteria import single_leg
from formcheck.criteria.judging import mildest_within
from formcheck.criteria.model import (
    Band,
    Bands,
    Measurement,
    Problem,
    Reason,
    RequiredView,
    Sample,
    of_each_side,
)
from formcheck.criteria.readings import (
    judged_reps,
    largest,
    length_noise,
    noise,
    per_rep,
    said,
    unmeasurable,
    value_at,
    why_not,
)
from formcheck.kinematics import smoothing
from formcheck.kinematics.geometry import FloatArray
from formcheck.segmentation.performance import Performance, Rep, reduced
from formcheck.vocabulary import Part, Side, View

WOBBLE_HZ = 3.0


def shin(performance: Performance, side: Side | None) -> Measurement:
    """Measure the shank's inclination at the bottom against what the squat's depth allows.

    A deep squat with the heel down needs the knee in front of the ankle: with k degrees of knee flexion up to
    12 + 0.2 k is good and 12 more a minor fault.
    """
    found = single_leg.at_bottom_of(
        lambda p, s: p.motion.posture.shank_inclination(s), (Part.KNEE, Part.ANKLE), "shank"
    )(performance, side)
    if found.problem is not None or side is None:
        return found
    flexion = performance.motion.posture.knee_flexion(side)
    depths = [single_leg.at_bottom(performance, flexion, rep) for rep in judged_reps(performance, side)]
    depth = reduced(depths)
    if not math.isfinite(depth):
        message = "How deep the squat goes was not seen well enough to say what the shin may do."
        return unmeasurable(Reason(code=Problem.NOT_VISIBLE, message=message))
    good = 12.0 + 0.2 * depth
    bands = Bands(Band(None, round(good, 1)), (Band(round(good, 1), round(good + 12.0, 1)),))
    return replace(found, bands=bands, detail=f"knee bent by {depth:.0f} degrees")


@of_each_side
def hips_back(performance: Performance, side: Side) -> Measurement:
    """Measure how far the hips travel backwards from standing to the bottom, in leg lengths."""
    parts = [(Part.HIP, side), (Part.ANKLE, side)]
    if (reason := why_not(performance, parts, near_only=side, of=side)) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    behind = (
        performance.forward
        * (motion.at(Part.ANKLE, side)[:, 0] - motion.posture.mid_hip[:, 0])
        / motion.sizes.leg(side)
    )
    return per_rep(
        performance,
        side,
        lambda rep: single_leg.change_from_standing(performance, behind, rep),
        noise=length_noise(performance),
    )


@of_each_side
def depth(performance: Performance, side: Side) -> Measurement:
    """Measure the largest knee flexion of each repetition."""
    if (
        reason := why_not(
            performance, [(Part.HIP, side), (Part.KNEE, side), (Part.ANKLE, side)], near_only=side, of=side
        )
    ) is not None:
        return unmeasurable(reason)
    flexion = performance.motion.posture.knee_flexion(side)
    return per_rep(performance, side, lambda rep: largest(flexion, rep.frames), noise=noise(performance, "knee", side))


@of_each_side
def wobble(performance: Performance, side: Side) -> Measurement:
    """Measure the knee's sideways shake in each repetition: its standard deviation around a smooth path, below 3 Hz."""
    if (reason := why_not(performance, [(Part.KNEE, side)])) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    across = smoothing.low_passed(motion.at(Part.KNEE, side)[:, 0] / motion.sizes.leg(side), motion.time_s, WOBBLE_HZ)

    def shake(rep: Rep) -> float:
        path = across[rep.frames]
        return _rest_of_parabola(path) if np.isfinite(path).all() and len(path) > 5 else math.nan

    return per_rep(performance, side, shake, noise=0.004)


def _rest_of_parabola(path: FloatArray) -> float:
    """Return the standard deviation left after the knee's own way down and up, a parabola in each half."""
    halves = np.array_split(path, 2)
    rests = []
    for half in halves:
        x = np.linspace(-1.0, 1.0, len(half))
        rests.append(half - np.polyval(np.polyfit(x, half, min(2, len(half) - 1)), x))
    return float(np.std(np.concatenate(rests)))


@of_each_side
def foot_turn(performance: Performance, side: Side) -> Measurement:
    """Measure how far the standing foot points outwards at the bottom, degrees, seen from the front."""
    if (reason := why_not(performance, [(Part.HEEL, side), (Part.TOE, side)])) is not None:
        return unmeasurable(reason)
    turned = performance.motion.foot_turned_out(side)
    return per_rep(performance, side, lambda rep: single_leg.at_bottom(performance, turned, rep), noise=3.0)


@of_each_side
def hip_shift(performance: Performance, side: Side) -> Measurement:
    """Measure how far the pelvis drops on either side from standing to the bottom, degrees either way.

    A pelvis that shifts over the outside of the foot is the same fault seen otherwise.
    """
    if (reason := why_not(performance, [(Part.HIP, Side.LEFT), (Part.HIP, Side.RIGHT)])) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    tilt = motion.posture.pelvic_obliquity(motion.left_of_picture)
    found = per_rep(
        performance, side, lambda rep: abs(single_leg.change_from_standing(performance, tilt, rep)), noise=1.0
    )
    outward = motion.left_of_picture * (1.0 if side is Side.LEFT else -1.0)
    aside = outward * (motion.posture.mid_hip[:, 0] - motion.at(Part.ANKLE, side)[:, 0]) / motion.sizes.leg(side)
    shifts = [single_leg.change_from_standing(performance, aside, rep) for rep in judged_reps(performance, side)]
    typical = reduced(shifts)
    way = "inwards" if typical < 0.0 else "outwards"
    floor = mildest_within(HIP_SHIFT, typical, length_noise(performance)) if math.isfinite(typical) else None
    return replace(found, floor=floor, detail=said(f"hips shift {way} by {{:.2f}} leg lengths", abs(typical)))


HIP_SHIFT = Bands(Band(None, 0.05), (Band(0.05, 0.09),))
"""Leg lengths that the pelvis may move over the outside of the standing foot."""


@of_each_side
def side_lean(performance: Performance, side: Side) -> Measurement:
    """Measure how far the trunk leans sideways from standing to the bottom, degrees either way."""
    parts = [(part, each) for part in (Part.SHOULDER, Part.HIP) for each in Side]
    if (reason := why_not(performance, parts, of=side)) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    lean = motion.posture.trunk_side_lean(motion.left_of_picture)
    return per_rep(
        performance,
        side,
        lambda rep: abs(single_leg.change_from_standing(performance, lean, rep)),
        noise=noise(performance, "trunk"),
    )


@of_each_side
def touches(performance: Performance, side: Side) -> Measurement:
    """Count the repetitions in which the free foot comes down to the height of the standing one."""
    free = side.other
    if performance.view is not View.SIDE:
        message = "A free foot held towards the camera looks as low as one on the floor; from the side it can be told."
        return unmeasurable(Reason(code=Problem.WRONG_VIEW, message=message, view=RequiredView.SIDE))
    if free is not performance.near:
        message = f"The {free} leg is the far one, whose foot looks higher than it is; film the {free} side too."
        return unmeasurable(Reason(code=Problem.NOT_VISIBLE, message=message, view=RequiredView.SIDE))
    if (reason := why_not(performance, [(Part.ANKLE, free), (Part.ANKLE, side)])) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    height = (motion.lowest_of_foot(side) - motion.lowest_of_foot(free)) / motion.leg
    reps = judged_reps(performance, side)
    lifted = [value_at(height, single_leg.tallest_beside(performance, rep)) for rep in reps]
    low = [
        float(np.nanpercentile(height[rep.frames], 5)) if np.isfinite(height[rep.frames]).any() else math.nan
        for rep in reps
    ]
    down = [
        w for w, up in zip(low, lifted, strict=True) if math.isfinite(w) and math.isfinite(up) and w < TOUCH_HEIGHT < up
    ]
    time = float(performance.time_s[reps[0].peak]) if reps else 0.0
    return Measurement(samples=(Sample(time_s=time, value=float(len(down))),) if reps else ())


TOUCH_HEIGHT = -0.02
"""Leg lengths over the standing foot below which a free foot that was lifted before has touched down."""
