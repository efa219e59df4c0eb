"""Criteria that several running drills share: cadence, travel, posture, arms."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np

from formcheck.criteria.model import (
    Band,
    Bands,
    Criterion,
    Kind,
    Measurement,
    Problem,
    Reason,
    RequiredView,
    Sample,
    ShownAngle,
)
from formcheck.criteria.readings import (
    DRILL_RATE_HZ,
    judged_reps,
    noise,
    said,
    status_if_known,
    unmeasurable,
    value_at,
    why_not,
)
from formcheck.kinematics.geometry import FloatArray
from formcheck.segmentation.cadence import steps_per_minute
from formcheck.segmentation.performance import Performance
from formcheck.vocabulary import Part, Side, Status, Unit, View

LEAST_STEPS = 6
REGULAR = 0.30
"""Relative scatter of strides above which there is no rhythm to name a cadence for."""
ARMS_OPEN = Bands(Band(65.0, None), (Band(55.0, 65.0),))
"""Elbow flexion: at 65 degrees and more the arm is bent for running, below 55 it hangs."""
RESTING_ELBOW = 45.0
"""Degrees of elbow flexion that a hand on the hip needs at least."""


def cadence_of(performance: Performance) -> Measurement:
    """Measure steps a minute; each stride is a sample of its own."""
    if (reason := why_not(performance, [(Part.ANKLE, performance.near)])) is not None:
        return unmeasurable(reason)
    cadence, error, scatter = steps_per_minute(performance)
    if not math.isfinite(cadence):
        return unmeasurable(Reason(code=Problem.TOO_FEW, message="Too few whole strides in a row to time them."))
    if scatter > REGULAR:
        return unmeasurable(Reason(code=Problem.IRREGULAR, message="The steps have no steady rhythm to measure."))
    middle = performance.reps()[len(performance.reps()) // 2]
    sample = Sample(time_s=float(performance.time_s[middle.peak]), value=cadence)
    return Measurement(samples=(sample,), noise=error, detail=f"stride times vary by {100 * scatter:.0f} %")


def unclipped_thigh_elevation(performance: Performance, side: Side) -> FloatArray:
    """Return a thigh's elevation for reading its peaks, (n,) degrees.

    From the side as the picture shows it, without the low-pass that clips peaks; from elsewhere by height loss.
    """
    motion = performance.motion
    if performance.view is View.SIDE:
        return motion.sharp_posture.thigh_elevation(side)
    return motion.thigh_elevation_any_view(side)


def travel_of(performance: Performance) -> Measurement:
    """Measure the length of a step over the ground in leg lengths.

    The hips' speed relative to the standing foot is the speed over the ground, whatever the camera or a treadmill
    does; a step takes half a stride.
    """
    side = performance.near
    if (
        reason := why_not(performance, [(Part.ANKLE, side), (Part.HIP, side)], least_rate_hz=DRILL_RATE_HZ)
    ) is not None:
        return unmeasurable(reason)
    cadence, _, _ = steps_per_minute(performance)
    if not math.isfinite(cadence):
        return unmeasurable(Reason(code=Problem.TOO_FEW, message="Too few whole strides in a row to time them."))
    motion = performance.motion
    ahead = performance.forward * (motion.posture.mid_hip[:, 0] - motion.at(Part.TOE, side)[:, 0]) / motion.leg
    speed = np.gradient(ahead, performance.time_s)
    samples = [
        Sample(time_s=float(performance.time_s[middle]), value=value_at(speed, frames) * 60.0 / cadence)
        for middle, frames in stance_phases(performance, side)
    ]
    return Measurement(samples=tuple(samples), noise=0.05)


def stance_phases(performance: Performance, side: Side) -> list[tuple[int, slice]]:
    """Return (middle frame, frames) of one leg's stance phases: the middle third of the other leg's swings.

    A foot is down for as little as a quarter of a stride, a swing lasts three: more than a third would see flight.
    """
    phases = []
    for rep in performance.reps(side.other):
        third = (rep.end - rep.start) // 3
        phases.append((rep.peak, slice(rep.start + third, rep.end - third + 1)))
    return phases


def trunk_lean_of(performance: Performance) -> Measurement:
    """Measure the trunk's lean through the drill, the median of each step."""
    if (reason := _trunk_hidden(performance)) is not None:
        return unmeasurable(reason)
    lean = performance.motion.posture.trunk_lean()
    samples = tuple(
        Sample(time_s=float(performance.time_s[rep.peak]), value=value_at(lean, rep.frames))
        for rep in judged_reps(performance, None)
    )
    return Measurement(samples=samples, noise=noise(performance, "trunk"))


def lean_at_peak_of(performance: Performance) -> Measurement:
    """Measure the trunk's lean at each peak of the swinging leg."""
    if (reason := _trunk_hidden(performance)) is not None:
        return unmeasurable(reason)
    lean = performance.motion.posture.trunk_lean()
    samples = tuple(
        Sample(
            time_s=float(performance.time_s[rep.peak]),
            value=value_at(lean, performance.around(rep.peak, 1.0 / performance.rate_hz)),
        )
        for rep in judged_reps(performance, None)
    )
    return Measurement(samples=samples, noise=noise(performance, "trunk"))


def rocking_of(performance: Performance) -> Measurement:
    """Measure the standard deviation of the trunk's lean within each stride."""
    if (reason := _trunk_hidden(performance)) is not None:
        return unmeasurable(reason)
    lean = performance.motion.posture.trunk_lean()
    reps = judged_reps(performance, performance.near)
    samples = tuple(
        Sample(time_s=float(performance.time_s[a.peak]), value=float(np.nanstd(lean[a.start : b.start])))
        for a, b in pairwise(reps)
    )
    return Measurement(samples=samples, noise=0.5 * noise(performance, "trunk"))


def _trunk_hidden(performance: Performance) -> Reason | None:
    side = performance.near
    return why_not(performance, [(Part.SHOULDER, side), (Part.HIP, side)], least_rate_hz=DRILL_RATE_HZ)


def hands_of(performance: Performance) -> Measurement:
    """Measure the wrists' height over the hips in trunk lengths, stride by stride, since arms swing.

    A low wrist on a bent arm is no dropped hand.

    The elbow is read in the picture from the side and from world landmarks otherwise, where it is foreshortened.
    """
    sides = (performance.near,) if performance.view is View.SIDE else tuple(Side)
    seen = [s for s in sides if why_not(performance, [(Part.WRIST, s), (Part.ELBOW, s)]) is None]
    if not seen:
        return unmeasurable(Reason(code=Problem.NOT_VISIBLE, message="The hands and elbows were hidden."))
    motion = performance.motion
    heights = {s: _above_hip(performance, s) for s in seen}
    side = min(seen, key=lambda s: value_at(heights[s], performance.frames))
    flexion = motion.posture.elbow_flexion(side) if performance.view is View.SIDE else motion.elbow_flexion_3d(side)
    elbow = value_at(flexion, performance.frames)
    reps = judged_reps(performance, side)
    samples = tuple(
        Sample(time_s=float(performance.time_s[a.peak]), value=value_at(heights[side], slice(a.start, b.start)))
        for a, b in pairwise(reps)
    )
    cap = status_if_known(ARMS_OPEN, elbow)
    resting = _resting_on_hips(performance, side)
    detail = "the hands rest on the hips" if resting else said("elbow bent by {:.0f} degrees", elbow)
    return Measurement(samples=samples, noise=0.03, cap=Status.GOOD if resting else cap, detail=detail)


def _above_hip(performance: Performance, side: Side) -> FloatArray:
    motion = performance.motion
    return np.asarray((motion.at(Part.HIP, side)[:, 1] - motion.at(Part.WRIST, side)[:, 1]) / motion.trunk)


def _resting_on_hips(performance: Performance, side: Side) -> bool:
    """Return whether a wrist stays beside the hip on a bent elbow: near it, and still against it.

    Seen from the front an arm that hangs and swings is near the hip and still too, but straight.
    """
    motion, frames = performance.motion, performance.frames
    if value_at(motion.elbow_flexion_3d(side), frames) < RESTING_ELBOW:
        return False
    away = (motion.at(Part.WRIST, side) - motion.at(Part.HIP, side))[frames] / motion.trunk
    distance = np.linalg.norm(away, axis=1)
    return bool(np.nanmedian(distance) <= 0.45 and np.nanstd(distance) <= 0.05)


CADENCE = Criterion(
    key="cadence",
    kind=Kind.EXPECTATION,
    view=RequiredView.ANY,
    worst=Status.MAJOR,
    unit=Unit.PER_MINUTE,
    measure=lambda performance, _: cadence_of(performance),
    bands=Bands(Band(140.0, 220.0), (Band(115.0, 140.0), Band(220.0, 250.0))),
    title="Cadence",
    expectation="Quick, even steps: 140 to 220 a minute, lively without becoming frantic.",
    fault="the step rate is outside the lively range",
    cue="Quick off the floor, and keep the rhythm even.",
    basis="The source names no number. Two public demonstrations ran at 151 and 214 steps a minute; running itself "
    "lies at 160 to 182. Bands are our judgement around those.",
    reference="Activation drills",
)

FORWARD_TRAVEL = Criterion(
    key="forward_travel",
    kind=Kind.EXPECTATION,
    view=RequiredView.SIDE,
    worst=Status.MAJOR,
    unit=Unit.LEG_LENGTHS,
    measure=lambda performance, _: travel_of(performance),
    bands=Bands(Band(None, 0.8), (Band(0.8, 1.2),)),
    title="Small steps",
    expectation="The drill creeps forwards: steps shorter than four fifths of a leg.",
    fault="the steps are long and the drill becomes a run",
    cue="Shorten the steps; go up, not forwards.",
    basis="Our judgement: a relaxed walking step is about 0.8 leg lengths, a running step above 1.2.",
    reference="Activation drills",
    least=3,
)

STAND_TALL = Criterion(
    key="stand_tall",
    kind=Kind.EXPECTATION,
    view=RequiredView.SIDE,
    worst=Status.MAJOR,
    unit=Unit.DEGREES,
    measure=lambda performance, _: trunk_lean_of(performance),
    angle=ShownAngle("trunk_lean"),
    bands=Bands(Band(None, 12.0), (Band(12.0, 18.0),)),
    title="Tall posture",
    expectation="The trunk stays as upright as in easy running: not more than 12 degrees forward.",
    fault="the trunk folds forward",
    cue="Grow tall: chest up, hips under the shoulders.",
    basis="Runners lean 3.6 to 10.8 degrees (Teng & Powers 2015), plus tracking error. Leaning back has its own "
    "criterion where the source names it.",
    reference="Activation drills",
    least=LEAST_STEPS,
)

DROPPED_HANDS = Criterion(
    key="dropped_hands",
    kind=Kind.PITFALL,
    view=RequiredView.ANY,
    worst=Status.MAJOR,
    unit=Unit.TRUNK_LENGTHS,
    measure=lambda performance, _: hands_of(performance),
    bands=Bands(Band(0.20, None), (Band(0.05, 0.20),)),
    title="Hands up",
    expectation="The hands swing above the hips on bent elbows.",
    fault="the hands hang low on open elbows",
    cue="Hands up: bend the elbows to about a right angle and let them swing.",
    basis="Wrists of runners lie 0.38 to 0.49 trunk lengths above the hips; a rendered fault at -0.05. Demonstrators "
    "with hands on hips read 0.02 to 0.16, so a low wrist only counts on an open elbow.",
    reference="Activation drills",
    least=2,
)


def shared(criterion: Criterion, reference: str) -> Criterion:
    """Return a shared criterion for one drill, with its own place in the source."""
    return replace(criterion, reference=reference)
