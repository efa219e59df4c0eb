"""Front plank: on forearms and toes, face down, the body one line."""

from __future__ import annotations

from dataclasses import replace

from formcheck.criteria import planks, stretches
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import (
    BODY_LINE,
    Band,
    Bands,
    Criterion,
    Kind,
    Measurement,
    PerSide,
    RequiredView,
    ShownAngle,
)
from formcheck.criteria.readings import noise, unmeasurable, value_at, why_not
from formcheck.kinematics import geometry
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Performance
from formcheck.segmentation.postures import Posture, any_hold, bouts_of, find_postures
from formcheck.vocabulary import Part, Side, Status, Unit, View

REFERENCE = "Strengthening exercises, Front plank"
SAGGING, PIKED = (-0.03, -0.06), (0.05, 0.10)
"""Lengths of the line from shoulder to ankle: edges of good and of minor."""


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find holds face down on forearms and toes."""
    held = [posture.held for posture in find_postures(motion) if is_plank(posture)]
    return bouts_of(motion, held)


def find_anyway(motion: Motion) -> tuple[Bout, ...]:
    """Find the longest hold."""
    found = any_hold(motion, lambda posture: posture.near)
    return tuple(replace(bout, holds=tuple(replace(held, side=None) for held in bout.holds)) for bout in found)


def is_plank(posture: Posture) -> bool:
    """Tell whether somebody lies face down on bent arms, legs long and together.

    How high the hips are is form, unless they rest on the floor. Heights tell only from the side: from ahead or behind
    the far end of the body looks higher.
    """
    face_down = posture.prone >= 0.8 and posture.sideways < 0.45 and -0.55 <= posture.upright <= 0.5
    arms = sum(posture.elbow.values()) >= 80.0
    legs = max(posture.knee.values()) <= 60.0 and max(posture.hip.values()) <= 65.0 and abs(posture.stride) < 0.35
    return face_down and arms and legs and (posture.view is not View.SIDE or _on_forearms_and_toes(posture))


def _on_forearms_and_toes(posture: Posture) -> bool:
    """Tell whether the forearms and toes alone carry the body, seen from the side.

    On the knees the ankles are higher than the knees by 0.1 leg lengths, and the knees bent; held up they are level
    even where the hips sag. Lying down, the ankles are no higher than the toes.
    """
    toes_tucked = planks.mean_over_sides(posture, Part.ANKLE) - planks.mean_over_sides(posture, Part.TOE) >= 0.11
    knee_over_ankle = planks.mean_over_sides(posture, Part.KNEE) - planks.mean_over_sides(posture, Part.ANKLE)
    high_knees = knee_over_ankle >= -0.065 or planks.lowest(posture, Part.KNEE) >= 0.11
    knees_up = high_knees or sum(posture.knee.values()) < 50.0
    elbow, shoulder = planks.lowest(posture, Part.ELBOW), planks.lowest(posture, Part.SHOULDER)
    return toes_tucked and knees_up and elbow <= min(0.25, shoulder)


LINE = planks.BodyLine(
    offset=planks.near_line,
    parts=lambda performance: [(part, performance.near) for part in planks.LINE],
    tolerated=(SAGGING[1], PIKED[1]),
    shown=lambda performance: performance.view is View.SIDE,
)


def upper_arm(performance: Performance, _: Side | None) -> Measurement:
    """Measure how far the near upper arm leans from vertical; + elbow towards the head."""
    posture, near = performance.motion.posture, performance.near
    hanging = geometry.elevation(posture.at(Part.SHOULDER, near), posture.at(Part.ELBOW, near), posture.forward)
    return _near(performance, (Part.SHOULDER, Part.ELBOW), hanging, "elbow")


def knee(performance: Performance, _: Side | None) -> Measurement:
    """Measure the flexion of the near knee."""
    flexion = performance.motion.posture.knee_flexion(performance.near)
    return _near(performance, (Part.HIP, Part.KNEE, Part.ANKLE), flexion, "knee")


def head(performance: Performance, _: Side | None) -> Measurement:
    """Measure how far the head is raised out of the trunk's line; + looking up."""
    posture, near = performance.motion.posture, performance.near
    ear, shoulder, hip = (posture.at(part, near) for part in (Part.EAR, Part.SHOULDER, Part.HIP))
    raised = geometry.slope(shoulder, ear, posture.forward) - geometry.slope(hip, shoulder, posture.forward)
    return _near(performance, (Part.EAR, Part.SHOULDER, Part.HIP), geometry.wrapped(raised), "elbow")


def _near(performance: Performance, parts: tuple[Part, ...], series: FloatArray, kind: str) -> Measurement:
    """Return one sample a hold of an angle on the nearer side."""
    if (reason := why_not(performance, [(part, performance.near) for part in parts])) is not None:
        return unmeasurable(reason)
    return stretches.per_hold(
        performance, None, lambda frames: value_at(series, frames), noise=0.6 * noise(performance, kind)
    )


EXERCISE = Exercise(
    id="front_plank",
    name="Front plank",
    section="Strengthening exercises",
    summary="Hold the body in one line on forearms and toes, face down.",
    film="from the side, the camera low and square to the body",
    shown_angles=("knee_flexion",),
    find=find,
    find_anyway=find_anyway,
    good_seconds=LINE.good_seconds,
    criteria=(
        planks.hold_time(LINE, dose=60.0, reference=REFERENCE, per_side=PerSide.WHOLE_BODY),
        Criterion(
            key="sagging_hips",
            kind=Kind.PRACTICE,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.RATIO,
            measure=LINE.typical,
            angle=ShownAngle(BODY_LINE),
            bands=Bands(Band(SAGGING[0], None), (Band(SAGGING[1], SAGGING[0]),)),
            title="Hips not sagging",
            expectation="The hips sink below the line from shoulder to ankle by 3 % of its length at most.",
            fault="the hips sag",
            cue="Lift the hips; squeeze seat and belly.",
            basis="Coaches' apps accept hip angles down to 165 to 170 degrees, 6 % here. Straight rendered bodies "
            "read 0 to 1 %, 18 degrees of sag 5 to 7 % below the line from any side camera.",
            reference=planks.STANDARD_PRACTICE,
        ),
        Criterion(
            key="piked_hips",
            kind=Kind.PRACTICE,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.RATIO,
            measure=LINE.typical,
            angle=ShownAngle(BODY_LINE),
            bands=Bands(Band(None, PIKED[0]), (Band(PIKED[0], PIKED[1]),)),
            title="Hips not piked",
            expectation="The hips rise above the line from shoulder to ankle by 5 % of its length at most.",
            fault="the hips are too high",
            cue="Lower the hips into line.",
            basis="Wider than for sagging, since a little height is safe for the back: two good holds of real people "
            "read 5 %.",
            reference=planks.STANDARD_PRACTICE,
        ),
        Criterion(
            key="fading_hips",
            kind=Kind.PRACTICE,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.RATIO,
            measure=LINE.fading,
            angle=ShownAngle(BODY_LINE, as_change=True),
            bands=Bands(Band(-0.03, None), (Band(-0.06, -0.03),)),
            title="Hips stay up",
            expectation="The hips sink by 3 % of the body line at most from the first to the last fifth of the hold.",
            fault="the hips sink towards the end",
            cue="When the hips start to sink, stop there and rest.",
            basis="Our judgement, twice the error of the line; holds of less than 5 seconds are not judged.",
            reference=planks.STANDARD_PRACTICE,
        ),
        Criterion(
            key="elbows_under_shoulders",
            kind=Kind.PRACTICE,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=upper_arm,
            bands=Bands(Band(-15.0, 25.0), (Band(-25.0, -15.0), Band(25.0, 35.0))),
            title="Elbows under shoulders",
            expectation="The upper arms are upright: elbows up to 25 degrees ahead of the shoulders or 15 behind.",
            fault="the elbows are not under the shoulders",
            cue="Elbows right below the shoulders.",
            basis="Upright rendered arms read -12 to 0 from cameras up to 20 degrees off the side, a good "
            "demonstration 15 to 24, so a strict vertical would blame good planks.",
            reference=planks.STANDARD_PRACTICE,
        ),
        Criterion(
            key="knees_straight",
            kind=Kind.PRACTICE,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=knee,
            angle=ShownAngle("knee_flexion"),
            bands=planks.KNEES,
            title="Legs long",
            expectation="The knees are bent by 15 degrees at most.",
            fault="the knees are bent",
            cue="Push the heels away; long legs.",
            basis="Our judgement; knees are read to 2 degrees in a still hold and straight rendered ones read 3 to 13.",
            reference=planks.STANDARD_PRACTICE,
        ),
        Criterion(
            key="head_in_line",
            kind=Kind.PRACTICE_PROXY,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=head,
            bands=Bands(Band(-25.0, 25.0), (Band(None, -25.0), Band(25.0, None))),
            title="Head in line",
            expectation="The head continues the trunk, within 25 degrees.",
            fault="the head is out of the trunk's line",
            cue="Look at the floor between your hands.",
            basis="The ear is a rough mark of the head and moves by several degrees with hair and light.",
            reference=planks.STANDARD_PRACTICE,
        ),
    ),
)
