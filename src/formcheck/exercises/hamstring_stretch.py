"""Hamstring stretch: one leg straight in front with its toes up, the other bent, folding forward from the hips."""

from __future__ import annotations

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
from formcheck.criteria.readings import noise, said, status_if_known, unmeasurable, value_at, why_not
from formcheck.kinematics.geometry import FloatArray, distance, midpoint
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.foot_turns import find_foot_positions
from formcheck.segmentation.performance import Bout, Performance
from formcheck.segmentation.postures import Posture, any_hold, hold_bouts
from formcheck.vocabulary import Part, Side, Status, Unit

REFERENCE = "Stretches, hamstring stretch"
RAISED_FOOT = 1.5
"""Standard error of a held foot's pitch by the noise of one reading. It is the same throughout a hold: against the true
points the near feet of 35 rendered holds read 6.4 degrees off (robust standard deviation), and coarser coding of one
clip moves its raised foot by 16."""
HEAD_NOISE = 2.0
"""Degrees: standard error of the head's line over a hold."""
LONG_TRUNK = Bands(Band(0.96, None), (Band(None, 0.96),))
"""Trunk length against standing that softens a dropped head: rendered straight backs read 0.94 to 1.01, a round one
0.88."""
SUPPORT_KNEE_BENT = Bands(Band(10.0, None), (Band(None, 10.0),))


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find holds bent forward with a hand on a knee, the front foot still."""

    def stretched(posture: Posture) -> Side | None:
        side = hinges.hinge_side(posture)
        turning = side is not None and find_foot_positions(motion, posture.held, side)
        return None if turning else side

    return hold_bouts(motion, stretched)


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find the longest hold, the leg in front taken for the stretched one."""
    return any_hold(motion, hinges.front_leg)


@of_each_side
def toes(performance: Performance, side: Side) -> Measurement:
    """Measure how far the front toes are raised above the heel, degrees; a foot that cannot be told is not read."""
    if (reason := hinges.foot_doubt(performance, side)) is not None:
        return unmeasurable(reason)
    pitch = performance.motion.posture.foot_pitch(side)
    error = RAISED_FOOT * noise(performance, "foot", side)
    return stretches.per_hold(performance, side, lambda frames: value_at(pitch, frames), noise=error)


def back(performance: Performance, _: Side | None) -> Measurement:
    """Measure how much further the head drops against the trunk than in standing, degrees.

    The spine itself has no marks. A round back takes the head along and brings shoulders and hips nearer to each other,
    so a trunk as long as in standing softens the reading.
    """
    near, motion = performance.near, performance.motion
    if (reason := why_not(performance, [(part, near) for part in (Part.EAR, Part.SHOULDER, Part.HIP)])) is not None:
        return unmeasurable(reason)
    standing = hinges.upright_from_the_side(motion)
    if standing is None:
        message = (
            "Nobody stands upright in the clip, which this is compared with; begin to film before bending forward."
        )
        return unmeasurable(Reason(code=Problem.NO_BASELINE, message=message))
    drop = hinges.head_drop(motion)
    trunk = distance(motion.posture.mid_hip, motion.posture.mid_shoulder)
    usual_drop, usual_length = float(np.nanmedian(drop[standing])), float(np.nanmedian(trunk[standing]))
    found = stretches.per_hold(performance, None, lambda frames: value_at(drop, frames) - usual_drop, noise=HEAD_NOISE)
    share = stretches.over_holds(performance, None, trunk) / usual_length
    return replace(
        found,
        cap=status_if_known(LONG_TRUNK, share),
        detail=said("trunk {:.2f} of its standing length", share),
    )


def hinge(performance: Performance, _: Side | None) -> Measurement:
    """Measure how far the trunk leans forward over each hold, degrees."""
    near = performance.near
    if (reason := why_not(performance, [(Part.SHOULDER, near), (Part.HIP, near)])) is not None:
        return unmeasurable(reason)
    lean = performance.motion.posture.trunk_lean()
    error = stretches.held_noise(performance, "trunk")
    return stretches.per_hold(performance, None, lambda frames: value_at(lean, frames), noise=error)


@of_each_side
def hands(performance: Performance, side: Side) -> Measurement:
    """Measure how far the nearest visible hand is from the bent knee and the lower half of its thigh, trunk lengths.

    A supporting leg that is not bent at all is told too, mildly.
    """
    support, motion = side.other, performance.motion
    if (reason := why_not(performance, [(Part.HIP, support), (Part.KNEE, support)])) is not None:
        return unmeasurable(reason)
    seen = [hand for hand in Side if why_not(performance, [(Part.WRIST, hand)]) is None]
    if not seen:
        return unmeasurable(Reason(code=Problem.NOT_VISIBLE, message="The hands were hidden."))
    knee = motion.at(Part.KNEE, support)
    thigh = midpoint(motion.at(Part.HIP, support), knee)
    gaps = np.min([_from_segment(motion.at(Part.WRIST, hand), knee, thigh) for hand in seen], axis=0) / motion.trunk
    found = stretches.per_hold(performance, side, lambda frames: value_at(gaps, frames), noise=0.03)
    bend = stretches.over_holds(performance, side, motion.posture.knee_flexion(support))
    floor = status_if_known(SUPPORT_KNEE_BENT, bend)
    return replace(found, floor=floor, detail=said("supporting knee bent by {:.0f} degrees", bend))


def _from_segment(points: FloatArray, start: FloatArray, end: FloatArray) -> FloatArray:
    """Return the distance of (n, 2) points from the segments between ``start`` and ``end``, (n,)."""
    line = end - start
    length = np.maximum((line**2).sum(axis=1), 1e-9)
    share = np.clip(((points - start) * line).sum(axis=1) / length, 0.0, 1.0)
    return distance(points, start + share[:, None] * line)


SIDES = PerSide.WORKING_SIDES
EXERCISE = Exercise(
    id="hamstring_stretch",
    name="Hamstring stretch",
    section="Stretches",
    summary="One leg straight in front on its heel, the other bent, folding forward from the hips with a long back.",
    film="from the side at hip height, the straight leg near the camera; begin to film while standing",
    shown_angles=("knee_flexion", "trunk_lean", "foot_pitch"),
    is_stretch=True,
    find=find,
    find_anyway=find_anyway,
    good_seconds=stretches.seconds_in_form((hinges.knee_angle, hinges.FRONT_KNEE)),
    criteria=(
        Criterion(
            key="front_knee_straight",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=hinges.front_knee,
            angle=ShownAngle("knee_flexion"),
            bands=hinges.FRONT_KNEE,
            title="Front knee straight",
            expectation="The front leg is long: its knee reads 22 degrees at most.",
            fault="the front knee is bent",
            cue="Straighten the front knee.",
            basis=hinges.STRAIGHT_BASIS,
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="toes_up",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=toes,
            angle=ShownAngle("foot_pitch"),
            bands=Bands(Band(6.0, None), (Band(0.0, 6.0),)),
            title="Toes up",
            expectation="The front foot rests on its heel with the toes pulled up: the foot reads 6 degrees or more.",
            fault="the front toes are not pulled up",
            cue="Pull the toes up towards you.",
            basis="Feet raised by 20 degrees or more are wanted. Rendered ones raised by 23 read 7 to 15, flat ones "
            "about 0; single feet are read to about 6 degrees.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="back_straight",
            kind=Kind.PROXY,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=back,
            bands=Bands(Band(None, 1.0), (Band(1.0, None),)),
            title="Long back",
            expectation="The back stays long and the head in its line: it drops no further against the trunk than in "
            "standing.",
            fault="the back looks round",
            cue="Long back: bring the chest forward, not down.",
            basis="A round back takes the head along and shortens the trunk. Compared with their own standing, "
            "rendered athletes with a straight back read -6 to -7, one rounded by 42 degrees 8. The spine itself is "
            "not seen.",
            reference=REFERENCE,
        ),
        Criterion(
            key="hinge_from_hips",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=hinge,
            angle=ShownAngle("trunk_lean"),
            bands=Bands(Band(25.0, 80.0), (Band(12.0, 25.0), Band(80.0, None))),
            title="Fold from the hips",
            expectation="The trunk leans forward by 25 to 80 degrees.",
            fault="the trunk does not lean forward as it should",
            cue="Fold from the hips a little more.",
            basis="Our judgement: upright nothing is stretched, and folded flat the back has to round.",
            reference=REFERENCE,
        ),
        Criterion(
            key="hands_on_bent_knee",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.TRUNK_LENGTHS,
            measure=hands,
            bands=Bands(Band(None, 0.30), (Band(0.30, 0.50),)),
            title="Hands on the bent knee",
            expectation="The hands rest on the bent knee or just above it.",
            fault="the hands do not rest on the bent knee",
            cue="Both hands on the bent thigh, and sit back.",
            basis="Within 0.30 trunk lengths of the knee or the lower half of the thigh: a hand's breadth and the "
            "tracking error of a hand behind a knee.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        *stretches.common(REFERENCE),
    ),
)
