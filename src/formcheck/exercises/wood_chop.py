"""Wood chop: slow, balanced knee drives with alternating legs, as if the knee were to smash a piece of wood."""

from __future__ import annotations

from formcheck.criteria import chops, drills
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
from formcheck.segmentation.knee_drive_bouts import drive_bouts, every_drive
from formcheck.segmentation.knee_drives import Drive, paused
from formcheck.segmentation.performance import Bout
from formcheck.vocabulary import Status, Unit

REFERENCE = "Activation drills, Wood chop"


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find slow drives of alternating knees, one foot lifted at a time, with a pause; lunges and squats sink."""
    return drive_bouts(motion, _is_knee_drive, paused)


def _is_knee_drive(drive: Drive) -> bool:
    one_leg = drive.foot_up >= 0.12 and drive.knee_up >= 0.12 and drive.other_thigh <= 50.0
    return one_leg and drive.thigh >= 50.0 and drive.sink <= 0.2 and drive.upright >= 0.7


EXERCISE = Exercise(
    id="wood_chop",
    name="Wood chop",
    section="Activation drills",
    summary="Slowly and with balance, drive one knee up hard as if to smash a piece of wood, pause on the standing "
    "leg, and change legs.",
    film="from the side for the trunk and the standing leg, or from the front for balance, the whole body in the "
    "picture",
    shown_angles=("thigh_elevation", "hip_flexion", "trunk_lean"),
    is_drill=True,
    find=find,
    find_anyway=every_drive,
    criteria=(
        Criterion(
            key="stance_drive",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=chops.stance_hip,
            angle=ShownAngle("hip_flexion", of_other_side=True),
            bands=Bands(Band(None, 30.0), (Band(30.0, 45.0),)),
            title="Long standing leg",
            expectation="At the top of the knee drive the standing hip and knee are long: bent by at most 30 degrees "
            "each.",
            fault="the standing leg stays bent at hip and knee",
            cue="Drive tall through the standing leg: squeeze the seat and push the floor away.",
            basis="Muscles cannot be seen, only the long leg they make. Rendered drives on a long leg read 20 to 22 "
            "at hip and knee; 25 and 40 were our first judgement. Both joints must be bent, since a trunk that folds "
            "forward closes the hip by itself and has its own criterion.",
            reference=REFERENCE,
            per_side=PerSide.WORKING_SIDES,
        ),
        Criterion(
            key="balance",
            kind=Kind.EXPECTATION,
            view=RequiredView.ANY,
            worst=Status.MAJOR,
            unit=Unit.LEG_LENGTHS,
            measure=lambda performance, _: chops.sway(performance),
            bands=Bands(Band(None, 0.02), (Band(0.02, 0.05),)),
            title="Balance on one leg",
            expectation="The knee is held up for 0.3 seconds and more while the hips stay over the standing foot and, "
            "seen from the front, the trunk within 6 degrees of upright.",
            fault="the body sways on the standing leg or the pause is missing",
            cue="Own the balance before the next drive.",
            basis="Our judgement: rendered steady holds sway by 0.002 to 0.013 leg lengths (standard deviation), one "
            "that loses its balance by 0.11. Pauses of 0.3 and 0.2 seconds, side leans of 6 and 12 degrees. The "
            "pelvis is not read: its mark rises with the lifted thigh.",
            reference=REFERENCE,
        ),
        Criterion(
            key="unhurried",
            kind=Kind.EXPECTATION,
            view=RequiredView.ANY,
            worst=Status.MAJOR,
            unit=Unit.PER_MINUTE,
            measure=lambda performance, _: drills.cadence_of(performance),
            bands=Bands(Band(None, 100.0), (Band(100.0, 130.0),)),
            title="No speed drill",
            expectation="At most 100 drives a minute: control comes before speed.",
            fault="the drives follow each other too quickly",
            cue="Slow it down: one chop at a time.",
            basis="The source names no number. Running drills begin at about 115 steps a minute. Our judgement.",
            reference=REFERENCE,
        ),
        Criterion(
            key="knee_drive",
            kind=Kind.EXPECTATION,
            view=RequiredView.ANY,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=chops.thigh_peak,
            angle=ShownAngle("thigh_elevation"),
            bands=Bands(Band(82.0, None), (Band(70.0, 82.0),)),
            title="Aggressive knee drive",
            expectation="Each knee is driven up hard until the thigh is level: 90 degrees from hanging, of which 82 "
            "are enough on video.",
            fault="the knee is not driven up high or hard enough",
            cue="Punch the knee up and smash the wood.",
            basis="Level is 90 degrees, less 8 for tracking and an unlevel camera. A drive below 180 degrees a second "
            "is a minor fault whatever its height: rendered ones reach 258 to 580.",
            reference=REFERENCE,
            per_side=PerSide.WORKING_SIDES,
        ),
        Criterion(
            key="rushing",
            kind=Kind.PITFALL,
            view=RequiredView.ANY,
            worst=Status.MAJOR,
            unit=Unit.PER_MINUTE,
            measure=lambda performance, _: chops.rushing(performance),
            bands=Bands(Band(None, 100.0), (Band(100.0, 130.0),)),
            title="No rushing",
            expectation="The knee is held at the top, or else the drives are slow: at most 100 a minute.",
            fault="quick drives without a pause at the top",
            cue="Do not rush: pause at the top.",
            basis="Our judgement. Both must come together in six drives out of ten: a high rate, and less than 0.2 "
            "seconds with the knee up.",
            reference=REFERENCE,
        ),
        Criterion(
            key="lumbar_collapse",
            kind=Kind.PITFALL,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=lambda performance, _: chops.lean_at_top(performance),
            angle=ShownAngle("trunk_lean"),
            bands=Bands(Band(None, 20.0), (Band(20.0, 35.0),)),
            title="Long low back",
            expectation="With the knee up the trunk leans forward by at most 20 degrees.",
            fault="the trunk folds forward over the rising knee",
            cue="Stay long through the low back: bring the knee to you, not the chest to the knee.",
            basis="The low back itself has no marks. A rendered good chop leans by 12 to 16 degrees at the top, one "
            "with a collapsed back by 57. A trunk that keeps 93 % of its standing length makes it a minor fault at "
            "most.",
            reference=REFERENCE,
        ),
        Criterion(
            key="falling_over",
            kind=Kind.PITFALL,
            view=RequiredView.ANY,
            worst=Status.MAJOR,
            unit=Unit.PERCENT,
            measure=lambda performance, _: chops.falls(performance),
            bands=Bands(Band(None, 10.0), (Band(10.0, 30.0),)),
            title="No falling over",
            expectation="At most one drive in ten loses its balance.",
            fault="the foot comes down early, the standing foot moves, or the body topples sideways",
            cue="Find your balance first, eyes on one spot.",
            basis="Our judgement: a foot down within 0.25 seconds of the top, a standing foot that moves by a quarter "
            "of the leg, or, from the front, a trunk more than 20 degrees aside.",
            reference=REFERENCE,
        ),
    ),
)
