"""Butt kicks: running on the spot or creeping forwards, each heel flicked up to the seat."""

from __future__ import annotations

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
    smallest,
    status_if_known,
    unmeasurable,
    value_at,
    why_not,
)
from formcheck.kinematics.geometry import distance, interior_angle
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Performance, reduced
from formcheck.segmentation.steps import Step, drill_bouts, every_stepping
from formcheck.vocabulary import Part, Side, Status, Unit

REFERENCE = "Activation drills, Butt kicks"
HEEL_GAP = Bands(Band(None, 0.65), (Band(0.65, 0.85),))
"""Heel to hip in thigh lengths: with the seat about 0.3 behind the hip centre a heel that touches reads 0.5 to 0.65."""


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find runs of steps whose heel swings up behind while the thigh hangs, and never trails far as in running.

    The shin points backwards by 70 degrees and more, in high knees by 10 to 35; the thigh alone tells less, since the
    far one reads up to 35 degrees too high while its heel is up.
    """
    return drill_bouts(motion, _is_butt_kick, steps_per_minute=(75.0, 270.0))


def _is_butt_kick(step: Step) -> bool:
    heel_high = step.knee_peak >= 80.0 and step.lift >= 0.25 and step.upright >= 0.7
    shin_behind = step.knee_peak - step.thigh_at_knee_peak
    return heel_high and shin_behind >= 50.0 and step.thigh_at_knee_peak <= 60.0 and step.thigh_least >= -28.0


@of_each_side
def knee_peak(performance: Performance, side: Side) -> Measurement:
    """Measure each kick's largest knee flexion; a heel that comes close to the hip softens it."""
    parts = [(Part.HIP, side), (Part.KNEE, side), (Part.ANKLE, side)]
    if (reason := why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ, near_only=side)) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    flexion = motion.sharp_posture.knee_flexion(side)
    gap = distance(motion.at(Part.HEEL, side), motion.at(Part.HIP, side)) / motion.sizes.thigh[side]
    found = per_rep(performance, side, lambda rep: largest(flexion, rep.frames), noise=noise(performance, "knee"))
    gaps = [smallest(gap, rep.frames) for rep in judged_reps(performance, side)]
    typical = reduced(gaps)
    cap = status_if_known(HEEL_GAP, typical)
    return Measurement(
        samples=found.samples,
        noise=found.noise,
        cap=cap,
        detail=said("heel to hip {:.2f} thigh lengths at the closest", typical),
    )


@of_each_side
def ankle_hang(performance: Performance, side: Side) -> Measurement:
    """Measure how far the foot hangs down during each kick: plantarflexion while the knee is bent by 70 or more.

    The angle between knee, ankle and toe is used, since the heel is tracked badly behind the thigh; it reads 111
    degrees where the sole is at right angles to the shin.
    """
    parts = [(Part.KNEE, side), (Part.ANKLE, side), (Part.HEEL, side), (Part.TOE, side)]
    if (reason := why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ, near_only=side)) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    open_ankle = interior_angle(motion.at(Part.KNEE, side), motion.at(Part.ANKLE, side), motion.at(Part.TOE, side))
    hang = np.where(motion.posture.knee_flexion(side) >= 70.0, open_ankle - 111.0, np.nan)
    return per_rep(performance, side, lambda rep: value_at(hang, rep.frames), noise=0.5 * noise(performance, "ankle"))


EXERCISE = Exercise(
    id="butt_kicks",
    name="Butt kicks",
    section="Activation drills",
    summary="Quick steps on the spot or creeping forwards, each heel flicked up to touch the seat.",
    film="from the side at hip height, the whole body in the picture, 60 frames a second if you can",
    shown_angles=("knee_flexion", "thigh_elevation", "trunk_lean"),
    is_drill=True,
    find=find,
    find_anyway=every_stepping,
    criteria=(
        Criterion(
            key="heel_to_buttock",
            kind=Kind.EXPECTATION,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=knee_peak,
            angle=ShownAngle("knee_flexion"),
            bands=Bands(Band(125.0, None), (Band(110.0, 125.0),)),
            title="Heel to the seat",
            expectation="Each heel reaches the seat: the knee closes to 125 degrees or more.",
            fault="the heel stops short of the seat",
            cue="Flick the heel all the way up; if it will not go, give the front of the thigh and the hip flexors "
            "their stretches.",
            basis="With thigh and shank alike and the seat 0.3 thigh lengths behind the hip centre the heel touches at "
            "135 to 150 degrees; 10 are granted for blur and clothing. Touch itself cannot be seen.",
            reference=REFERENCE,
            per_side=PerSide.WORKING_SIDES,
            least=3,
        ),
        drills.shared(drills.CADENCE, REFERENCE),
        drills.shared(drills.FORWARD_TRAVEL, REFERENCE),
        drills.shared(drills.STAND_TALL, REFERENCE),
        Criterion(
            key="leaning_forward",
            kind=Kind.PITFALL,
            view=RequiredView.SIDE,
            worst=Status.MAJOR,
            unit=Unit.DEGREES,
            measure=lambda performance, _: drills.trunk_lean_of(performance),
            angle=ShownAngle("trunk_lean"),
            bands=Bands(Band(-8.0, 12.0), (Band(12.0, 18.0), Band(None, -8.0))),
            title="No leaning forward",
            expectation="The trunk stays between 8 degrees back and 12 degrees forward.",
            fault="the trunk tips away from upright",
            cue="Chest over hips: kick without tipping forward.",
            basis="Upper group of running trunk lean, 10.8 plus 2.2 degrees (Teng & Powers 2015), less tracking error.",
            reference=REFERENCE,
            least=drills.LEAST_STEPS,
        ),
        drills.shared(drills.DROPPED_HANDS, REFERENCE),
        Criterion(
            key="rigid_feet",
            kind=Kind.PITFALL_PROXY,
            view=RequiredView.SIDE,
            worst=Status.MINOR,
            unit=Unit.DEGREES,
            measure=ankle_hang,
            angle=ShownAngle("ankle_dorsiflexion", as_change=True),
            bands=Bands(Band(12.0, None), (Band(None, 12.0),)),
            title="Loose ankles",
            expectation="The foot of the kicking leg hangs loose, 12 degrees or more below a right angle to the shin.",
            fault="the foot is held stiff in the kick",
            cue="Loose ankles: let the foot hang relaxed.",
            basis="Rendered kicks with loose feet read 15 to 20 degrees, with the ankle held 9. The range of the "
            "ankle over the stride, the first idea, reads 18 to 26 for both: the model moves a stiff foot too.",
            reference=REFERENCE,
            per_side=PerSide.WORKING_SIDES,
            least=3,
        ),
    ),
)
