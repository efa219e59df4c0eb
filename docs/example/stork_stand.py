"""Stork stand: standing tall on one leg, the other knee held up in front."""

from __future__ import annotations

from formcheck.criteria import stretches
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import Band, Bands, Criterion, Kind, Measurement, PerSide, RequiredView, ShownAngle
from formcheck.criteria.readings import unmeasurable, value_at, why_not
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Performance
from formcheck.segmentation.postures import Posture, any_hold, hold_bouts
from formcheck.vocabulary import Part, Side, Status, Unit

REFERENCE = "Standard practice"
RAISED, BENT = 40.0, 45.0
"""Degrees of the raised thigh and of its knee from which a leg is held up: far less than what is asked for."""


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find holds on one leg with the other knee up in front."""
    return hold_bouts(motion, raised_leg)


def raised_leg(posture: Posture) -> Side | None:
    """Return the leg that is held up, None where the posture is another one. How high it comes is form."""
    raised = max(Side, key=lambda side: posture.height[Part.ANKLE, side])
    stands = posture.upright >= 0.80 and posture.knee[raised.other] <= 35.0
    held_up = posture.thigh[raised] >= RAISED and posture.knee[raised] >= BENT
    return raised if stands and held_up else None


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find the longest hold, for a user who names the exercise; the higher foot is taken for the raised leg's."""
    return any_hold(motion, lambda posture: max(Side, key=lambda side: posture.height[Part.ANKLE, side]))


def trunk(performance: Performance, side: Side | None) -> Measurement:
    """Measure how far the trunk leans over each hold, degrees; + forward."""
    parts = [(part, each) for part in (Part.SHOULDER, Part.HIP) for each in Side]
    if (reason := why_not(performance, parts)) is not None:
        return unmeasurable(reason)
    lean = performance.motion.posture.trunk_lean()
    noise = stretches.held_noise(performance, "trunk")
    return stretches.per_hold(performance, side, lambda frames: value_at(lean, frames), noise=noise)


EXERCISE = Exercise(
    id="stork_stand",
    name="Stork stand",
    section="Activation drills",
    summary="Stand tall on one leg and hold the other knee up in front, at the height of the hip.",
    film="from the side at hip height, the raised leg near the camera",
    shown_angles=("thigh_elevation", "knee_flexion"),
    find=find,
    find_anyway=find_anyway,
    criteria=(
        Criterion(
            key="thigh_level",
            kind=Kind.PRACTICE,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=stretches.held_angle(
                lambda p, side: p.motion.posture.thigh_elevation(side), (Part.HIP, Part.KNEE), "thigh"
            ),
            angle=ShownAngle("thigh_elevation"),
            bands=Bands(Band(80.0, None), (Band(65.0, 80.0),)),
            title="Thigh level",
            expectation="The raised thigh is level or nearly so: 80 degrees or more.",
            fault="the raised thigh hangs below level",
            cue="Lift the knee to the height of your hip.",
            basis="Level is 90 degrees, less 10 that nobody sees without measuring; our judgement.",
            reference=REFERENCE,
            per_side=PerSide.WORKING_SIDES,
        ),
        Criterion(
            key="trunk_upright",
            kind=Kind.PRACTICE,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=trunk,
            angle=ShownAngle("trunk_lean"),
            bands=Bands(Band(-8.0, 8.0), (Band(-14.0, -8.0), Band(8.0, 14.0))),
            title="Tall trunk",
            expectation="The trunk stays within 8 degrees of upright.",
            fault="the trunk leans",
            cue="Grow tall through the crown of your head.",
            basis="People who stand quietly lean by up to 5 degrees; our judgement.",
            reference=REFERENCE,
        ),
    ),
)
