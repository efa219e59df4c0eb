"""Stretch for the sides of the lower leg: the hamstring stretch with the front foot turned in, then out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from formcheck.criteria import hinges, stretches
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
from formcheck.criteria.readings import noise, unmeasurable, value_at, why_not
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.foot_turns import find_foot_positions
from formcheck.segmentation.performance import Bout, Held, Performance
from formcheck.segmentation.postures import any_hold, bouts_of, find_postures
from formcheck.vocabulary import Part, Side, Status, Unit, View

REFERENCE = "Stretches, addition to the hamstring stretch"
STEADY_KNEE = Bands(Band(None, 11.0), (Band(11.0, 22.0),))
"""Degrees that the knee may swing sideways: 0.05 and 0.10 leg lengths between hip and ankle."""
NOISE_OF_FOOT = 2.5
"""Degrees: standard error of the turn between two held positions."""


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find the still positions of a front foot that turns while the body holds the hamstring stretch."""
    return bouts_of(motion, _positions(motion))


def _positions(motion: Motion) -> Iterator[Held]:
    for posture in find_postures(motion):
        side = hinges.hinge_side(posture)
        if side is not None:
            for held in find_foot_positions(motion, posture.held, side):
                yield replace(held, side=side)


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find the longest hold, in the positions of its front foot where that turns."""
    return tuple(_in_positions(motion, bout) for bout in any_hold(motion, hinges.front_leg))


def _in_positions(motion: Motion, bout: Bout) -> Bout:
    (held,) = bout.holds
    found = find_foot_positions(motion, held, held.side or Side.LEFT)
    return replace(bout, holds=tuple(replace(part, side=held.side) for part in found) or bout.holds)


@of_each_side
def knee(performance: Performance, side: Side) -> Measurement:
    """Measure the front knee while the foot turns, degrees: its flexion from the side, its swing from front or back."""
    if performance.view is View.SIDE:
        return hinges.front_knee(performance, side)
    if not performance.frontal:
        message = "Filmed from an angle; this can only be judged from the front or the side."
        return unmeasurable(Reason(code=Problem.WRONG_VIEW, message=message, view=RequiredView.FRONT))
    parts = (Part.HIP, Part.KNEE, Part.ANKLE)
    if (reason := why_not(performance, [(part, side) for part in parts])) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    sideways = motion.posture.knee_valgus(side, motion.left_of_picture)
    return Measurement(
        value=_range_over_holds(performance, side, sideways), noise=noise(performance, "valgus"), bands=STEADY_KNEE
    )


@of_each_side
def foot_positions(performance: Performance, side: Side) -> Measurement:
    """Measure how far the foot turns between its positions, degrees; nearly nothing where it stays as it is."""
    if (reason := why_not(performance, [(Part.HEEL, side), (Part.TOE, side)])) is not None:
        return unmeasurable(reason)
    turned = performance.motion.foot_turned_out(side)
    return Measurement(value=_range_over_holds(performance, side, turned), noise=NOISE_OF_FOOT)


def _range_over_holds(performance: Performance, side: Side, series: FloatArray) -> float:
    """Return the difference between the largest and the smallest of the holds' typical values."""
    held = [value_at(series, stretches.core(performance, one)) for one in stretches.holds(performance, side)]
    known = [value for value in held if np.isfinite(value)]
    return max(known) - min(known) if known else float("nan")


SIDES = PerSide.WORKING_SIDES
EXERCISE = Exercise(
    id="peroneal_stretch",
    name="Lower leg stretch with a turning foot (peroneal)",
    section="Stretches",
    summary="The hamstring stretch with the front foot turned in and down, held, then out and up, and held again.",
    film="from the front at knee height, the whole front foot in the picture",
    shown_angles=("knee_flexion", "foot_pitch"),
    is_stretch=True,
    find=find,
    find_anyway=find_anyway,
    good_seconds=stretches.seconds_in_form((hinges.knee_angle, hinges.FRONT_KNEE)),
    criteria=(
        Criterion(
            key="knee_locked",
            kind=Kind.EXPECTATION,
            view=RequiredView.ANY,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=knee,
            angle=ShownAngle("knee_flexion"),
            bands=hinges.FRONT_KNEE,
            title="Knee locked",
            expectation="The front knee stays straight and in its place; only the foot moves.",
            fault="the front knee bends or swings along with the foot",
            cue="Lock the knee: only the foot moves.",
            basis=f"From the side: {hinges.STRAIGHT_BASIS} From the front a swing of 11 degrees moves the knee by "
            "0.05 leg lengths between hip and ankle.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="foot_positions",
            kind=Kind.PROXY,
            view=RequiredView.FRONT,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=foot_positions,
            bands=Bands(Band(20.0, None), (Band(None, 20.0),)),
            title="Two foot positions",
            expectation="The foot is held turned in and down, then out and up, at least 20 degrees apart.",
            fault="the foot does not look held in two positions",
            cue="In and down, hold; then out and up, hold.",
            basis="Only heel and toe have marks, so the rolling of the foot itself is not seen; feet are read to 2 to "
            "8 degrees.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        *stretches.common(REFERENCE),
    ),
)
