"""Measures that slow exercises on one leg share: alignment of the knee, the stance foot, doses of repetitions."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

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
    Sample,
    of_each_side,
)
from formcheck.criteria.readings import (
    judged_reps,
    length_noise,
    noise,
    per_rep,
    said,
    status_if_known,
    unmeasurable,
    value_at,
    why_not,
)
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.dips import hip_drop
from formcheck.segmentation.performance import Performance, Rep, reduced
from formcheck.vocabulary import Part, Side, Status, Unit

BOTTOM_SECONDS = 0.1
"""A slow repetition is read as the median over this long around its deepest frame, both ways."""
LOOK_BACK_SECONDS = 1.5
"""How far before a repetition its own standing posture is looked for."""
KNEE_INSIDE_FOOT = Bands(Band(-0.08, 0.03), (Band(0.03, 0.07), Band(None, -0.08)))
"""Knee inside the second toe in leg lengths, as tracked: the mark of a bent knee shows six tenths of the way inside, so
that knees which are 0.07 and 0.08 inside read 0.04 and 0.05, ones above the foot -0.02 to 0.01."""
KNEE_SOFTENED = Bands(Band(-0.025, 0.025), (Band(0.025, 0.06), Band(None, -0.025)))
"""The same as a second reading beside the projection angle, which has passed its own bands already. The knee mark of a
rendered squat whose knee is 0.07 inside the toe reads 0.04. A knee that bows outwards along with a turned-out foot is
above its toe and no fault of the knee."""

STEPPED = 0.3
"""Foot lengths that a toe moves along the ground where the foot was put elsewhere; the mark of a planted one wanders by
less than 0.15."""
TOES_UP = 35.0
"""Degrees: nobody squats on a foot whose toes are so high, not even on the heel alone. The free foot was read."""


def at_bottom(performance: Performance, series: FloatArray, rep: Rep) -> float:
    """Return a series' typical value at a repetition's deepest point."""
    return value_at(series, performance.around(rep.peak, BOTTOM_SECONDS))


def tallest_beside(performance: Performance, rep: Rep) -> slice:
    """Return the frames around the moment before (or else after) a repetition in which the hips are highest."""
    drop, time = hip_drop(performance.motion), performance.time_s
    before = np.flatnonzero((time >= time[rep.start] - LOOK_BACK_SECONDS) & (time <= time[rep.start]))
    after = np.flatnonzero((time >= time[rep.end]) & (time <= time[rep.end] + LOOK_BACK_SECONDS))
    chosen = before if before.size >= after.size or before.size * 3 > performance.rate_hz else after
    known = chosen[np.isfinite(drop[chosen])]
    frame = int(known[np.argmin(drop[known])]) if known.size else rep.start
    return performance.around(frame, 2 * BOTTOM_SECONDS)


def change_from_standing(performance: Performance, series: FloatArray, rep: Rep) -> float:
    """Return a series' value at the bottom less its value when standing before the repetition."""
    return at_bottom(performance, series, rep) - value_at(series, tallest_beside(performance, rep))


@of_each_side
def knee_alignment(performance: Performance, side: Side) -> Measurement:
    """Measure the frontal-plane projection angle at the bottom; a knee above the foot softens it."""
    parts = [(Part.HIP, side), (Part.KNEE, side), (Part.ANKLE, side)]
    if (reason := why_not(performance, parts, of=side)) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    valgus = motion.posture.knee_valgus(side, motion.left_of_picture)
    inside = knee_inside_toe(performance, side)
    found = per_rep(
        performance, side, lambda rep: at_bottom(performance, valgus, rep), noise=noise(performance, "valgus")
    )
    offsets = [at_bottom(performance, inside, rep) for rep in judged_reps(performance, side)]
    typical = reduced(offsets)
    cap = status_if_known(KNEE_SOFTENED, typical)
    where = "inside" if typical > 0 else "outside"
    return replace(found, cap=cap, detail=said(f"knee {{:.2f}} leg lengths {where} the toe", abs(typical)))


@of_each_side
def knee_offset(performance: Performance, side: Side) -> Measurement:
    """Measure how far the knee is on the inner side of the second toe at the bottom, in leg lengths."""
    parts = [(Part.KNEE, side), (Part.TOE, side)]
    if (reason := why_not(performance, parts, of=side, feet_as_places=True)) is not None:
        return unmeasurable(reason)
    inside = knee_inside_toe(performance, side)
    return per_rep(performance, side, lambda rep: at_bottom(performance, inside, rep), noise=length_noise(performance))


def knee_inside_toe(performance: Performance, side: Side) -> FloatArray:
    """Return how far the knee is on the inner side of the second toe, (n,) in leg lengths."""
    motion = performance.motion
    inward = motion.left_of_picture * (-1.0 if side is Side.LEFT else 1.0)
    apart = motion.at(Part.KNEE, side)[:, 0] - motion.at(Part.TOE, side)[:, 0]
    return np.asarray(inward * apart / motion.sizes.leg(side))


@of_each_side
def foot_pitch_change(performance: Performance, side: Side) -> Measurement:
    """Measure how far the foot tips forward between standing and the bottom; + toes up, - heel up.

    A planted toe stays where it is, while its mark wanders by up to a fifth of a foot as the body comes down over it:
    it is held where it was, except for a foot that was put elsewhere in between.
    """
    parts = [(Part.HEEL, side), (Part.TOE, side), (Part.ANKLE, side)]
    if (reason := why_not(performance, parts, near_only=side, of=side)) is not None:
        return unmeasurable(reason)
    motion = performance.motion
    toe = motion.at(Part.TOE, side)

    def tipped(rep: Rep) -> float:
        place = np.array([value_at(along, tallest_beside(performance, rep)) for along in toe.T])
        ahead = at_bottom(performance, toe[:, 0], rep) - place[0]
        is_planted = abs(ahead) <= STEPPED * motion.sizes.foot[side]
        pitch = _pitch_about(motion, side, place) if is_planted else motion.posture.foot_pitch(side)
        tips = change_from_standing(performance, pitch, rep)
        return tips if tips <= TOES_UP else math.nan

    return per_rep(performance, side, tipped, noise=0.5 * noise(performance, "foot", side))


def _pitch_about(motion: Motion, side: Side, toe: FloatArray) -> FloatArray:
    """Return the pitch of a foot whose toe stays at one place, (2,) pixels, (n,) degrees."""
    marks = motion.clean.xy_px.copy()
    marks[:, Part.TOE.on(side)] = toe
    return motion.posture_of(marks).foot_pitch(side)


def at_bottom_of(
    series_of: Callable[[Performance, Side], FloatArray], parts: tuple[Part, ...], kind: str
) -> Callable[[Performance, Side | None], Measurement]:
    """Return a measure of a near-side angle at the bottom of each repetition; ``kind`` names its noise."""

    @of_each_side
    def measure(performance: Performance, side: Side) -> Measurement:
        if (reason := why_not(performance, [(part, side) for part in parts], near_only=side, of=side)) is not None:
            return unmeasurable(reason)
        series = series_of(performance, side)
        return per_rep(
            performance, side, lambda rep: at_bottom(performance, series, rep), noise=noise(performance, kind, side)
        )

    return measure


def count_of(performance: Performance, side: Side | None) -> Measurement:
    """Count the valid repetitions of a side."""
    reps = [rep for rep in performance.reps(side) if rep.whole and rep.valid]
    if not reps:
        return unmeasurable(Reason(code=Problem.TOO_FEW, message="No whole repetition of enough depth was seen."))
    last = Sample(time_s=float(performance.time_s[reps[-1].peak]), value=float(len(reps)))
    return Measurement(samples=(last,), detail="seen in this clip")


def repetitions(reference: str, sides: PerSide) -> Criterion:
    """Return the dose of 10 to 15 repetitions a side."""
    return Criterion(
        key="repetitions",
        kind=Kind.DOSE,
        view=RequiredView.ANY,
        worst=Status.INFO,
        unit=Unit.COUNT,
        measure=count_of,
        bands=Bands(Band(10.0, 15.0), (Band(8.0, 10.0), Band(15.0, 20.0))),
        title="Repetitions",
        expectation="10 to 15 repetitions on each side make a set.",
        fault="the set is not within 10 to 15",
        cue="Work towards 10 to 15 on each side.",
        basis="The dose that the source names. One clip need not show the whole set, so this is only told.",
        reference=reference,
        per_side=sides,
    )
