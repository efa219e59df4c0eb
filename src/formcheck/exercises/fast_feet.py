"""Fast feet: pattering on the spot or creeping forwards, as many short steps a minute as possible, feet low."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from formcheck.criteria import drills, quick_feet
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import (
    Band,
    Bands,
    Criterion,
    Kind,
    RequiredView,
    ShownAngle,
)
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.alternation import of_thighs
from formcheck.segmentation.contacts import foot_height
from formcheck.segmentation.performance import Bout
from formcheck.segmentation.steps import Step, drill_bouts, every_stepping
from formcheck.vocabulary import Status, Unit

REFERENCE = "Activation drills, Fast feet"
SLOWEST, RUNNING, HIGH_KNEES, QUICKEST = 140.0, 210.0, 270.0, 450.0
"""Steps a minute: slower is walking; up to 210 people run; up to 270 a lifted knee makes it high knees."""
REGULAR = 0.6
HIGHEST_FOOT = 0.85
"""Shank lengths: a foot that comes higher belongs to another drill."""
RUNNING_LIFT, RUNNING_THIGH = 0.2, -5.0
LIFTED_THIGH, LIFTED_FOOT = 45.0, 0.12
"""Leg lengths and degrees. A runner's foot comes up by 0.22 and more and the thigh goes back by 15 degrees, while in
fast feet it stays in front; a knee that is lifted as well as its foot makes high knees."""
TRAILING_THIGH = -12.0
"""Degrees: a thigh that goes further back pushes off at any rate; fast feet read 0 and more."""
KICKED_BEHIND = 45.0
"""Degrees that the shin points backwards when the knee is bent most: fast feet, high ones too, read up to 36 on
rendered clips, worse copies of them included; butt kicks whose heel stays short of the buttock 50 to 80."""


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find runs of quick, regular steps with low feet, told apart by the thighs since the feet hardly leave the floor.

    The quicker the steps, the more height of foot and knee is still fast feet (with a fault) and no other drill.
    """
    low = partial(_is_low_step, motion)
    return (
        *_quick_steps(motion, lambda step: low(step) and not (_lifted(step) or _runs(step)), SLOWEST, RUNNING),
        *_quick_steps(motion, lambda step: low(step) and not _lifted(step), RUNNING, HIGH_KNEES),
        *_quick_steps(motion, low, HIGH_KNEES, QUICKEST),
    )


def _quick_steps(motion: Motion, fits: Callable[[Step], bool], slowest: float, quickest: float) -> tuple[Bout, ...]:
    return drill_bouts(
        motion,
        fits,
        steps_per_minute=(slowest, quickest),
        told_by=of_thighs,
        least_regularity=REGULAR,
    )


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find every run of steps that the thighs show."""
    return every_stepping(motion, of_thighs)


def _is_low_step(motion: Motion, step: Step) -> bool:
    assert step.rep.side is not None
    standing = step.upright >= 0.5 and step.thigh_least >= TRAILING_THIGH
    return standing and not foot_height(motion, step.rep.side, step.rep.frames) > HIGHEST_FOOT


def _lifted(step: Step) -> bool:
    """Return whether the knee is lifted in front with its foot, or the heel kicked up behind."""
    kicked = step.knee_peak - step.thigh_at_knee_peak >= KICKED_BEHIND
    return kicked or (step.thigh_peak >= LIFTED_THIGH and step.lift >= LIFTED_FOOT)


def _runs(step: Step) -> bool:
    return step.lift > RUNNING_LIFT or step.thigh_least < RUNNING_THIGH


EXERCISE = Exercise(
    id="fast_feet",
    name="Fast feet",
    section="Activation drills",
    summary="Patter on the spot or creep forwards with as many short, light steps a minute as you can, feet low.",
    film="from the side at hip height, 60 frames a second, standing still for a second before you start",
    shown_angles=("trunk_lean", "knee_flexion", "thigh_elevation"),
    is_drill=True,
    find=find,
    find_anyway=find_anyway,
    criteria=(
        replace(
            drills.CADENCE,
            reference=REFERENCE,
            measure=lambda performance, _: quick_feet.cadence(performance),
            bands=Bands(Band(200.0, None), (Band(180.0, 200.0),)),
            expectation="As many steps as possible: 200 a minute and more.",
            fault="the feet are not quick enough for this drill",
            cue="Faster feet: patter as if the floor were hot.",
            basis="The source names no number, only that the step rate is to rise above that of running, which lies at "
            "160 to 210. Bands are our judgement.",
        ),
        Criterion(
            key="cadence_kept",
            kind=Kind.EXPECTATION,
            view=RequiredView.ANY,
            worst=Status.MAJOR,
            unit=Unit.RATIO,
            measure=lambda performance, _: quick_feet.cadence_kept(performance),
            bands=Bands(Band(0.92, None), (Band(0.85, 0.92),)),
            title="Tempo kept",
            expectation="The last third of the steps is at least 92 % as quick as the first.",
            fault="the tempo drops towards the end",
            cue="Keep the tempo to the last step; stop before it drops.",
            basis="Our judgement: a change of 8 % is heard as slower. Steps are timed to a few milliseconds.",
            reference=REFERENCE,
        ),
        Criterion(
            key="contact_time",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.SECONDS,
            measure=lambda performance, _: quick_feet.contact_time(performance),
            bands=Bands(Band(None, 0.24), (Band(0.24, 0.30),)),
            title="Short contacts",
            expectation="Each foot is on the ground for at most 0.24 seconds.",
            fault="the feet stay on the ground too long",
            cue="Tap and go: the floor is hot.",
            basis="Running contacts last 0.2 to 0.3 seconds, from memory; at 200 steps a minute 0.24 is two fifths of "
            "a stride. Rendered contacts of 0.206 read 0.17 to 0.25, an error of 0.02. Needs 60 frames a second.",
            reference=REFERENCE,
            least=3,
        ),
        Criterion(
            key="scrunched_trunk",
            kind=Kind.PITFALL,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=lambda performance, _: quick_feet.scrunched(performance),
            angle=ShownAngle("trunk_lean"),
            bands=Bands(Band(None, 15.0), (Band(15.0, 25.0),)),
            title="Tall middle",
            expectation="The trunk leans forward by at most 15 degrees and stays long; the standing knee bends by at "
            "most 40.",
            fault="the body folds or sits down in the middle",
            cue="Stay tall: do not fold in the middle.",
            basis="Our judgement; a rendered slump leans by 29 degrees and a good one by 6, both with the knee at 28. "
            "A sitting leg (40 and 55 degrees) or a trunk shortened to 93 and 86 % of its standing length folds too.",
            reference=REFERENCE,
            least=drills.LEAST_STEPS,
        ),
        Criterion(
            key="hunched_shoulders",
            kind=Kind.PITFALL_PROXY,
            view=RequiredView.ANY,
            worst=Status.MINOR,
            unit=Unit.RATIO,
            measure=lambda performance, _: quick_feet.hunched(performance),
            bands=Bands(Band(0.88, None), (Band(0.78, 0.88),)),
            title="Long neck",
            expectation="The ears stay as high over the shoulders as when standing, to 12 %.",
            fault="the shoulders look drawn up or the head sinks between them",
            cue="Drop the shoulders and let the neck be long.",
            basis="The distance varies by half between people and views, so only the own standing counts. Our "
            "judgement.",
            reference=REFERENCE,
            least=drills.LEAST_STEPS,
        ),
        Criterion(
            key="feet_too_high",
            kind=Kind.PITFALL,
            view=RequiredView.ANY,
            worst=Status.MAJOR,
            unit=Unit.SHANK_LENGTHS,
            measure=lambda performance, _: quick_feet.feet_height(performance),
            bands=Bands(Band(None, 0.35), (Band(0.35, 0.55),)),
            title="Feet low",
            expectation="The feet skim the floor: they come up to at most a third of the shin.",
            fault="the feet are lifted too high",
            cue="Keep the feet skimming over the floor.",
            basis="Coaches ask for feet close to the ground. Rendered low feet rise by 0.11 to 0.2 and read 0.11 to "
            "0.17, lifted ones rise by 0.6 and read 0.61; tracking error is 0.05.",
            reference=REFERENCE,
            least=3,
        ),
    ),
)
