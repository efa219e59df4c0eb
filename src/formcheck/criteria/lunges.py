"""Measures of a long step that sinks: the stride, the rear knee, right angles, hands and trunk."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from formcheck.criteria import single_leg
from formcheck.criteria.model import (
    Band,
    Bands,
    Measure,
    Measurement,
    Problem,
    Reason,
    of_each_side,
)
from formcheck.criteria.readings import (
    judged_reps,
    length_noise,
    noise,
    per_rep,
    said,
    smallest,
    status_if_known,
    unmeasurable,
    value_at,
    why_not,
)
from formcheck.kinematics.geometry import distance
from formcheck.segmentation.performance import Performance, reduced
from formcheck.vocabulary import Part, Side, Status, View


@of_each_side
def step_length(performance: Performance, side: Side) -> Measurement:
    """Measure the distance between the ankles along the ground at the bottom, in leg lengths."""
    if (reason := why_not(performance, [(Part.ANKLE, Side.LEFT), (Part.ANKLE, Side.RIGHT)])) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    apart = np.abs(motion.at(Part.ANKLE, Side.LEFT)[:, 0] - motion.at(Part.ANKLE, Side.RIGHT)[:, 0]) / motion.leg
    return per_rep(
        performance,
        side,
        lambda rep: single_leg.at_bottom(performance, apart, rep),
        noise=2 * length_noise(performance),
    )


@of_each_side
def rear_knee(performance: Performance, side: Side) -> Measurement:
    """Measure how low the rear knee comes: its least height over the rear foot's toes, in leg lengths.

    A rear knee that bends towards a right angle softens it: in a short step it is sinking although still off the floor.
    """
    rear = side.other
    parts = [(Part.KNEE, rear), (Part.TOE, rear)]
    if (reason := why_not(performance, parts, of=side, feet_as_places=True)) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    height = (motion.at(Part.TOE, rear)[:, 1] - motion.at(Part.KNEE, rear)[:, 1]) / motion.sizes.leg(rear)
    found = per_rep(performance, side, lambda rep: smallest(height, rep.frames), noise=length_noise(performance))
    flexion = motion.posture.knee_flexion(rear)
    bends = [single_leg.at_bottom(performance, flexion, rep) for rep in judged_reps(performance, side)]
    typical = reduced(bends)
    cap = status_if_known(REAR_KNEE_BENT, typical)
    return replace(found, cap=cap, detail=said("rear knee bent by {:.0f} degrees", typical))


REAR_KNEE_BENT = Bands(Band(62.0, None), (Band(45.0, 62.0),))
"""Rear knee flexion at the bottom: a right angle is 90; rendered lunges with a high rear knee read 20 to 30."""


def hands(performance: Performance, _: Side | None) -> Measurement:
    """Measure how far the hands are from the hips in trunk lengths; arms hanging straight count as holding weights."""
    sides = (performance.near,) if performance.view is View.SIDE else tuple(Side)
    motion, frames = performance.motion, performance.frames
    seen = [side for side in sides if why_not(performance, [(Part.WRIST, side), (Part.ELBOW, side)]) is None]
    if not seen:
        return unmeasurable(Reason(code=Problem.NOT_VISIBLE, message="The hands were hidden."))
    gaps = {side: distance(motion.at(Part.WRIST, side), motion.at(Part.HIP, side)) / motion.trunk for side in seen}
    side = max(seen, key=lambda s: value_at(gaps[s], frames))
    straight = value_at(motion.elbow_flexion_3d(side), frames) <= 40.0
    low = value_at(motion.at(Part.WRIST, side)[:, 1] - motion.at(Part.HIP, side)[:, 1], frames) > -0.1 * motion.trunk
    found = per_rep(performance, None, lambda rep: value_at(gaps[side], rep.frames), noise=0.03)
    hanging = bool(straight and low)
    return Measurement(
        samples=found.samples,
        noise=found.noise,
        cap=Status.GOOD if hanging else None,
        detail="the arms hang as with weights" if hanging else "",
    )


def absolute_from_right_angle(name: str) -> Measure:
    """Return a measure of the front leg's joint at the bottom, in degrees of flexion."""
    parts = {
        "knee_flexion": (Part.HIP, Part.KNEE, Part.ANKLE),
        "hip_flexion": (Part.SHOULDER, Part.HIP, Part.KNEE),
    }[name]
    return single_leg.at_bottom_of(
        lambda p, s: getattr(p.motion.posture, name)(s), parts, "knee" if name == "knee_flexion" else "hip"
    )


def trunk(performance: Performance, side: Side | None) -> Measurement:
    """Measure the trunk's lean at the bottom of every repetition."""
    near = performance.near
    if (reason := why_not(performance, [(Part.SHOULDER, near), (Part.HIP, near)])) is not None:
        return unmeasurable(reason)
    lean = performance.motion.posture.trunk_lean()
    return per_rep(
        performance, side, lambda rep: single_leg.at_bottom(performance, lean, rep), noise=noise(performance, "trunk")
    )


@of_each_side
def front_heel(performance: Performance, side: Side) -> Measurement:
    """Measure the front foot's pitch at the bottom; - heel up."""
    parts = [(Part.HEEL, side), (Part.TOE, side)]
    if (reason := why_not(performance, parts, near_only=side, of=side)) is not None:
        return unmeasurable(reason)
    pitch = performance.motion.posture.foot_pitch(side)
    reps = judged_reps(performance, side)
    flat = math.nan if not reps else value_at(pitch, single_leg.tallest_beside(performance, reps[0]))
    offset = flat if math.isfinite(flat) else 0.0
    return per_rep(
        performance,
        side,
        lambda rep: single_leg.at_bottom(performance, pitch, rep) - offset,
        noise=noise(performance, "foot", side),
    )
