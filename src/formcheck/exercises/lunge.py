"""Lunge: a long step forward, both knees to about a right angle, and back up."""

from __future__ import annotations

from formcheck.criteria import lunges, single_leg
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import (
    Band,
    Bands,
    Criterion,
    Kind,
    PerSide,
    RequiredView,
    ShownAngle,
)
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.dips import REAR_FOOT_BEHIND, Dip, dip_bouts
from formcheck.segmentation.performance import Bout
from formcheck.vocabulary import Part, Side, Status, Unit

REFERENCE = "Strengthening exercises, Lunge"
SHORTEST_STRIDE = 0.35
"""Leg lengths between the ankles: a lunge that is far too short is still one, with that fault."""
HIGHEST_FRONT_FOOT = 0.12
"""Leg lengths that the front ankle may seem higher than the rear one: more is a raised knee or a step on a bench."""
VALID_KNEE = 54.0
"""Degrees of knee flexion from which a repetition counts in a set: 60 % of the right angle that is wanted."""
LONGEST_BOTTOM = 2.5
"""Seconds: who stays down longer holds a stretch."""
LEAST_DEPTH, LEAST_DEPTH_IN_FRONT = 0.06, 0.04
"""Leg lengths that the hips sink. Who steps towards the camera grows in the picture, and seems to sink by less: deep
rendered lunges read 0.05 to 0.12 from the front, 0.11 and more from the side."""


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find dips of the hips in a long stride, the front thigh forward and the rear one hanging or behind."""
    return dip_bouts(motion, front_side, valid_knee=VALID_KNEE)


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find every dip of the hips, the leg in front taken for the working one."""
    return dip_bouts(motion, lambda dip: Side.LEFT if dip.stride > 0 else Side.RIGHT, valid_knee=VALID_KNEE)


def front_side(dip: Dip) -> Side | None:
    """Return the front leg of a lunge, None for any other dip."""
    front = Side.LEFT if dip.stride > 0 else Side.RIGHT
    in_stride = abs(dip.stride) >= SHORTEST_STRIDE and dip.thigh[front] >= 30.0 and dip.rear_foot <= REAR_FOOT_BEHIND
    planted = (dip.lift if front is Side.LEFT else -dip.lift) <= HIGHEST_FRONT_FOOT
    moving = dip.seconds >= 0.6 and dip.dwell <= LONGEST_BOTTOM
    bent = dip.knee[front] >= 35.0 and dip.depth >= (LEAST_DEPTH_IN_FRONT if dip.frontal else LEAST_DEPTH)
    return front if in_stride and moving and bent and planted and dip.upright >= 0.7 else None


SIDES = PerSide.WORKING_SIDES
EXERCISE = Exercise(
    id="lunge",
    name="Lunge",
    section="Strengthening exercises",
    summary="A long step forward, sinking until both knees are bent to about a right angle, and back up.",
    film="from the side at hip height, the whole body in the picture, both legs in turn",
    shown_angles=("knee_flexion", "hip_flexion", "shank_inclination", "trunk_lean", "knee_valgus"),
    find=find,
    find_anyway=find_anyway,
    criteria=(
        Criterion(
            key="step_length",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.LEG_LENGTHS,
            measure=lunges.step_length,
            bands=Bands(Band(0.65, 1.4), (Band(0.50, 0.65), Band(1.4, None))),
            title="Long step",
            expectation="The feet are 0.65 to 1.4 leg lengths apart at the bottom.",
            fault="the step has the wrong length",
            cue="Take one big step, so that both knees can bend to a right angle.",
            basis="A good demonstrator reads 0.75 to 0.82; rendered lunges with both knees square read 1.0 to 1.15, "
            "deep ones 1.35.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="rear_knee_low",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.LEG_LENGTHS,
            measure=lunges.rear_knee,
            bands=Bands(Band(None, 0.16), (Band(0.16, 0.26),)),
            title="Rear knee low",
            expectation="The rear knee sinks until it hovers just above the floor.",
            fault="the rear knee stays high",
            cue="Sink the back knee closer to the floor.",
            basis="3 to 6 cm of air and the knee's own radius are 0.10 to 0.15 leg lengths; a good demonstrator reads "
            "0.06 to 0.11.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="front_knee_right_angle",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=lunges.absolute_from_right_angle("knee_flexion"),
            angle=ShownAngle("knee_flexion"),
            bands=Bands(Band(75.0, 105.0), (Band(62.0, 75.0), Band(105.0, 118.0))),
            title="Front knee at a right angle",
            expectation="The front knee bends to 90 degrees, give or take 15.",
            fault="the front knee is far from a right angle",
            cue="Sink until the front knee is square, no further.",
            basis="Even goniometers differ by 6 to 14 degrees; a good demonstrator reads 88 to 114.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="front_hip_right_angle",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=lunges.absolute_from_right_angle("hip_flexion"),
            angle=ShownAngle("hip_flexion"),
            bands=Bands(Band(72.0, 108.0), (Band(60.0, 72.0), Band(108.0, 120.0))),
            title="Front hip at a right angle",
            expectation="The front hip closes to 90 degrees, give or take 18.",
            fault="the front hip is far from a right angle",
            cue="Thigh level and chest up.",
            basis="A good demonstrator reads 79 to 92; the trunk moves this angle too.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="knee_past_ankle",
            kind=Kind.PITFALL,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=single_leg.at_bottom_of(
                lambda p, s: p.motion.posture.shank_inclination(s), (Part.KNEE, Part.ANKLE), "shank"
            ),
            angle=ShownAngle("shank_inclination"),
            bands=Bands(Band(None, 15.0), (Band(15.0, 31.0),)),
            title="Knee over the ankle",
            expectation="The front shin stays near upright: the knee is at most 15 degrees past the ankle.",
            fault="the front knee drifts past the ankle",
            cue="Keep the front shin upright; step longer.",
            basis="A right angle at the ankle is an upright shin. A professional demonstrator reads 19 to 26 degrees, "
            "the knee reaches the toes at about 24. A clear fault lies beyond what the camera's height adds: marks "
            "without error read one and the same lunge as 30 degrees from hip height and 33 from 16 degrees above.",
            reference=REFERENCE,
            per_side=SIDES,
        ),
        Criterion(
            key="hands_on_hips",
            kind=Kind.PROXY,
            view=RequiredView.ANY,
            worst=Status.MINOR,
            unit=Unit.TRUNK_LENGTHS,
            measure=lunges.hands,
            bands=Bands(Band(None, 0.45), (Band(0.45, None),)),
            title="Quiet hands",
            expectation="Hands on the hips, or arms hanging with light weights.",
            fault="the hands are neither on the hips nor hanging",
            cue="Rest the hands on the hips, or let them hang with light weights.",
            basis="Hand within 0.45 trunk lengths of the hip; a weight itself is not seen.",
            reference=REFERENCE,
        ),
        single_leg.repetitions(REFERENCE, SIDES),
        Criterion(
            key="trunk_upright",
            kind=Kind.PRACTICE,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=lunges.trunk,
            angle=ShownAngle("trunk_lean"),
            bands=Bands(Band(-8.0, 15.0), (Band(15.0, 25.0), Band(-15.0, -8.0))),
            title="Tall trunk",
            expectation="The trunk stays between 8 degrees back and 15 degrees forward.",
            fault="the trunk leans",
            cue="Keep the torso tall over the hips.",
            basis="Standard practice that the source leaves out; a good demonstrator reads -2 to 2.",
            reference="Standard practice, not in the source",
        ),
        Criterion(
            key="front_heel_down",
            kind=Kind.PRACTICE,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=lunges.front_heel,
            angle=ShownAngle("foot_pitch", as_change=True),
            bands=Bands(Band(-10.0, None), (Band(None, -10.0),)),
            title="Front heel down",
            expectation="The front heel stays on the floor.",
            fault="the front heel lifts",
            cue="Press the front heel into the floor.",
            basis="Standard practice that the source leaves out; feet are tracked to about 12 degrees.",
            reference="Standard practice, not in the source",
            per_side=SIDES,
        ),
        Criterion(
            key="knee_over_second_toe",
            kind=Kind.PRACTICE,
            view=RequiredView.FRONT,
            worst=Status.MAJOR,
            unit=Unit.LEG_LENGTHS,
            measure=single_leg.knee_offset,
            bands=single_leg.KNEE_INSIDE_FOOT,
            title="Front knee in line",
            expectation="Seen from the front the front knee stays over the foot, within 0.03 leg lengths of the toe.",
            fault="the front knee leaves the line of hip and foot",
            cue="Point the front knee over the second toe.",
            basis="Standard practice that the source leaves out. With the thigh level and pointing at the camera the "
            "projection angle means nothing, so the knee is compared with the toe. A knee 0.08 inside it reads 0.05 to "
            "0.06, since the mark shows six tenths of the way; the error of one reading is 0.015.",
            reference="Standard practice, not in the source",
            per_side=SIDES,
        ),
    ),
)
