"""Soleus stretch: leaning on a support in a short stride, rear knee bent, rear heel down."""

from __future__ import annotations

from formcheck.criteria import calf_stretches, stretches
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import Band, Bands, Criterion, Kind, PerSide, RequiredView, ShownAngle
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout
from formcheck.segmentation.postures import Posture, any_hold, hold_bouts
from formcheck.vocabulary import Part, Side, Status, Unit

REFERENCE = "Stretches, second calf stretch"


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find holds in a calf stance with the rear knee bent."""
    return hold_bouts(motion, rear_leg)


def rear_leg(posture: Posture) -> Side | None:
    """Return the stretched leg, None where the posture is another one."""
    rear = calf_stretches.calf_stance(posture)
    return rear if rear is not None and posture.knee[rear] >= calf_stretches.PARTED_AT else None


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find the longest hold, the leg behind taken for the stretched one."""
    return any_hold(motion, lambda posture: posture.front.other)


SIDES = PerSide.WORKING_SIDES
EXERCISE = Exercise(
    id="soleus_stretch",
    name="Calf stretch with a bent knee (soleus)",
    section="Stretches",
    summary="Lean on a wall in a short stride and bend the rear knee, the rear heel staying on the floor.",
    film="from the side at hip height, the rear leg near the camera",
    shown_angles=("knee_flexion", "shank_inclination", "foot_pitch"),
    is_stretch=True,
    find=find,
    find_anyway=find_anyway,
    criteria=(
        Criterion(
            key="step_closer",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.LEG_LENGTHS,
            measure=stretches.stance_length,
            bands=Bands(Band(None, 0.60), (Band(0.60, 0.75),)),
            title="Short stance",
            expectation="The feet are at most 0.6 leg lengths apart, closer than for the straight-kneed stretch.",
            fault="the stance is too long",
            cue="Shuffle closer to the wall.",
            basis="The source asks for a shorter stance than before; the length is our judgement. Rendered ones of "
            "0.44 to 0.49 read 0.49 to 0.53, straight-kneed ones of 0.69 to 0.76 read 0.75 to 0.83.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="rear_knee_bent",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=stretches.held_angle(
                lambda p, s: p.motion.posture.knee_flexion(s), (Part.HIP, Part.KNEE, Part.ANKLE), "knee"
            ),
            angle=ShownAngle("knee_flexion"),
            bands=Bands(Band(20.0, None), (Band(12.0, 20.0),)),
            title="Rear knee bent",
            expectation="The rear knee is bent by 20 degrees or more.",
            fault="the rear knee is too straight",
            cue="Soften the back knee more.",
            basis="Only a bent knee takes the other calf muscle out of the stretch; the number is our judgement.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="rear_heel_down",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=calf_stretches.rear_foot_pitch,
            angle=ShownAngle("foot_pitch"),
            bands=calf_stretches.HEEL_DOWN,
            title="Rear heel down",
            expectation="The rear heel stays on the floor.",
            fault="the rear heel lifts",
            cue="Keep the back heel glued down.",
            basis="Feet are tracked to about 12 degrees; the weight on the ball of the foot cannot be seen.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="stretch_position",
            kind=Kind.PROXY,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=stretches.held_angle(
                lambda p, s: p.motion.posture.shank_inclination(s), (Part.KNEE, Part.ANKLE), "shank"
            ),
            angle=ShownAngle("shank_inclination"),
            bands=Bands(Band(22.0, None), (Band(None, 22.0),)),
            title="Ankle closed",
            expectation="The rear shin leans forward by 22 degrees or more, so that the lower calf is long.",
            fault="the rear shin is too upright to stretch the lower calf",
            cue="Drive the back knee forward over the toes.",
            basis="Bent-kneed dorsiflexion under load is 30 to 38 degrees, less tracking error. The feeling itself is "
            "not seen.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        *stretches.common(REFERENCE),
    ),
)
