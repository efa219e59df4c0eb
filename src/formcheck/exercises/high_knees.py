"""High knees: running on the spot or creeping forwards, each thigh lifted to level."""

from __future__ import annotations

import math

import numpy as np

from formcheck.criteria import drills
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import (
    Band,
    Bands,
    Criterion,
    Kind,
    Measurement,
    PerSide,
    RequiredView,
    Sample,
    ShownAngle,
    of_each_side,
)
from formcheck.criteria.readings import (
    DRILL_RATE_HZ,
    judged_reps,
    largest,
    noise,
    per_rep,
    said,
    unmeasurable,
    value_at,
    why_not,
)
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.contacts import touchdowns
from formcheck.segmentation.knee_drives import held_up
from formcheck.segmentation.performance import Bout, Performance
from formcheck.segmentation.steps import Step, drill_bouts, every_stepping
from formcheck.vocabulary import Part, Side, Status, Unit

REFERENCE = "Activation drills, High knees"


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find runs of steps whose thigh comes up in front and never trails behind as in running.

    The knee leads: when the knee is most bent the thigh is still raised, unlike in butt kicks. Slower than 75 steps a
    minute it is a march or a balance drill; beyond 270 nobody lifts the knees. Knees that are held up at the top are
    another drill.
    """
    bouts = drill_bouts(motion, _is_high_knee, steps_per_minute=(75.0, 270.0))
    return tuple(bout for bout in bouts if not held_up(motion, bout.frames))


def _is_high_knee(step: Step) -> bool:
    lifted = step.thigh_peak >= 45.0 and step.lift >= 0.12 and step.upright >= 0.7
    one_at_a_time = not step.other_thigh > 45.0
    return lifted and one_at_a_time and step.thigh_least >= -30.0 and step.thigh_at_knee_peak >= 45.0


@of_each_side
def thigh_peak(performance: Performance, side: Side) -> Measurement:
    """Measure each step's highest thigh: in the picture's plane from the side, by height loss from elsewhere."""
    parts = [(Part.HIP, side), (Part.KNEE, side)]
    if (reason := why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ, near_only=side)) is not None:
        return unmeasurable(reason)
    elevation = drills.unclipped_thigh_elevation(performance, side)
    found = per_rep(performance, side, lambda rep: largest(elevation, rep.frames), noise=noise(performance, "thigh"))
    reached = [sample.value >= 82.0 for sample in found.samples if math.isfinite(sample.value)]
    return Measurement(
        samples=found.samples,
        noise=found.noise,
        detail=f"{sum(reached)} of {len(reached)} steps reach level" if any(reached) and not all(reached) else "",
    )


@of_each_side
def toes_at_peak(performance: Performance, side: Side) -> Measurement:
    """Measure the swinging foot's dorsiflexion at each knee-lift peak."""
    parts = [(Part.KNEE, side), (Part.ANKLE, side), (Part.HEEL, side), (Part.TOE, side)]
    if (reason := why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ, near_only=side)) is not None:
        return unmeasurable(reason)
    bend = performance.motion.posture.ankle_dorsiflexion(side)
    around = 1.5 / performance.rate_hz
    return per_rep(
        performance,
        side,
        lambda rep: value_at(bend, performance.around(rep.peak, around)),
        noise=noise(performance, "ankle"),
    )


def foot_ahead(performance: Performance, _: Side | None) -> Measurement:
    """Measure how far the near foot lands in front of the hips, in leg lengths."""
    side = performance.near
    parts = [(Part.HIP, side), (Part.KNEE, side), (Part.ANKLE, side)]
    if (reason := why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ)) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    ahead = performance.forward * (motion.at(Part.ANKLE, side)[:, 0] - motion.posture.mid_hip[:, 0]) / motion.leg
    shin = motion.posture.shank_inclination(side)
    landings = touchdowns(performance, judged_reps(performance, side), side)
    samples = tuple(Sample(time_s=float(performance.time_s[frame]), value=float(ahead[frame])) for frame in landings)
    upright = float(np.nanmedian(shin[list(landings)])) if landings else math.nan
    return Measurement(samples=samples, noise=0.03, detail=said("shin {:+.0f} degrees at landing", upright))


EXERCISE = Exercise(
    id="high_knees",
    name="High knees",
    section="Activation drills",
    summary="Quick steps on the spot or creeping forwards, each knee driven up until the thigh is level.",
    film="from the side at hip height, the whole body in the picture, 60 frames a second if you can",
    shown_angles=("thigh_elevation", "knee_flexion", "trunk_lean"),
    is_drill=True,
    find=find,
    find_anyway=every_stepping,
    criteria=(
        drills.shared(drills.CADENCE, REFERENCE),
        drills.shared(drills.FORWARD_TRAVEL, REFERENCE),
        Criterion(
            key="thigh_horizontal",
            kind=Kind.EXPECTATION,
            view=RequiredView.ANY,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=thigh_peak,
            angle=ShownAngle("thigh_elevation"),
            bands=Bands(Band(82.0, None), (Band(70.0, 82.0),)),
            title="Thigh to level",
            expectation="Each thigh comes up to level: 90 degrees from hanging, of which 82 are enough on video.",
            fault="the thigh stays below level",
            cue="Lift until the thigh is level with the floor.",
            basis="Level is 90 degrees. 8 are granted for tracking error (6) and an unlevel camera (2).",
            reference=REFERENCE,
            per_side=PerSide.WORKING_SIDES,
            least=3,
        ),
        drills.shared(drills.STAND_TALL, REFERENCE),
        Criterion(
            key="trunk_still",
            kind=Kind.PROXY,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=lambda performance, _: drills.rocking_of(performance),
            angle=ShownAngle("trunk_lean", as_change=True),
            bands=Bands(Band(None, 4.0), (Band(4.0, None),)),
            title="Still trunk",
            expectation="The trunk hardly rocks within a stride: a sign that the middle is braced.",
            fault="the trunk rocks back and forth with the steps",
            cue="Brace the belly and keep the trunk quiet.",
            basis="Two demonstrations rocked by 2.3 and 2.4 degrees. Muscle work itself cannot be seen.",
            reference=REFERENCE,
            least=3,
        ),
        Criterion(
            key="leaning_back",
            kind=Kind.PITFALL,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=lambda performance, _: drills.lean_at_peak_of(performance),
            angle=ShownAngle("trunk_lean"),
            bands=Bands(Band(-5.0, None), (Band(-10.0, -5.0),)),
            title="No leaning back",
            expectation="At the top of the knee lift the trunk is not tipped backwards by more than 5 degrees.",
            fault="the trunk tips backwards as the knee comes up",
            cue="Ribs over hips: lift the knee without leaning back.",
            basis="A good demonstrator reads -4.4 degrees; tracking error is 4.",
            reference=REFERENCE,
            least=drills.LEAST_STEPS,
        ),
        drills.shared(drills.DROPPED_HANDS, REFERENCE),
        Criterion(
            key="tight_calves",
            kind=Kind.PITFALL_PROXY,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=toes_at_peak,
            angle=ShownAngle("ankle_dorsiflexion"),
            bands=Bands(Band(-15.0, None), (Band(None, -15.0),)),
            title="Relaxed calf",
            expectation="With the knee up the foot is relaxed, toes not pointed down.",
            fault="the foot points down at the top of the knee lift",
            cue="Let the calf go: toes up when the knee is up.",
            basis="Coaches want the foot drawn up. Tension is invisible; a pointing foot is what it looks like. Feet "
            "are tracked to about 12 degrees.",
            reference=REFERENCE,
            per_side=PerSide.WORKING_SIDES,
            least=3,
        ),
        Criterion(
            key="reaching_feet",
            kind=Kind.PITFALL,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.LEG_LENGTHS,
            measure=foot_ahead,
            bands=Bands(Band(None, 0.15), (Band(0.15, 0.25),)),
            title="Foot under the hip",
            expectation="The foot comes down under the hips, at most 0.15 leg lengths in front.",
            fault="the foot reaches out in front and lands ahead of the body",
            cue="Drop the foot straight down under the hip.",
            basis="Coaches ask for landing under the hip. Bands are our judgement with one frame of timing error.",
            reference=REFERENCE,
            least=3,
        ),
    ),
)
