"""Measures of quick low steps: cadence and how it is kept, contacts, low feet, a tall trunk and neck."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from formcheck.criteria import drills, stature
from formcheck.criteria.judging import SEVERITY
from formcheck.criteria.model import (
    Band,
    Bands,
    Measurement,
    Problem,
    Reason,
    Sample,
)
from formcheck.criteria.readings import (
    DRILL_RATE_HZ,
    judged_reps,
    length_noise,
    said,
    unmeasurable,
    value_at,
    why_not,
)
from formcheck.segmentation.cadence import step_times, steps_per_minute
from formcheck.segmentation.contacts import contact_seconds, foot_height
from formcheck.segmentation.performance import Performance, Rep, reduced
from formcheck.vocabulary import Part, Side, Status, View

CONTACT_RATE_HZ, CONTACT_ERROR = 59.0, 0.02
"""Frames a second that a contact of a quarter of a second needs, 59.94 are meant to be 60, and seconds by which all
contacts of a clip may be read too long or too short: the same rendered ones of 0.206 read 0.17 to 0.25 in six pictures
of them, mirrored, smaller, grainy, by another model or without its smoothing."""
BEST_SECONDS = 3.0
LEAST_STEPS_A_THIRD = 5
EVEN = 0.25
"""Share of a stride by which every single one may differ from the usual one where the first and the last are compared:
a step that was missed or seen twice would tell in so short a time."""
STANCE_KNEE = Bands(Band(None, 40.0), (Band(40.0, 55.0),))
"""Flexion of the standing knee in mid-contact: beyond 55 the athlete sits."""


def cadence(performance: Performance) -> Measurement:
    """Measure steps a minute and tell the best few seconds."""
    found = drills.cadence_of(performance)
    if found.problem is not None:
        return found
    times = np.array(step_times(performance))
    best = max((60.0 * (j - i) / (times[j] - times[i]) for i, j in _windows(times)), default=math.nan)
    told = f"; the best {BEST_SECONDS:.0f} seconds reach {best:.0f}" if math.isfinite(best) else ""
    return Measurement(samples=found.samples, noise=found.noise, detail=found.detail + told)


def _windows(times: np.ndarray) -> list[tuple[int, int]]:
    """Return (first, last) step of every shortest stretch that lasts as long as the best seconds."""
    last = np.searchsorted(times, times + BEST_SECONDS - 1e-9)
    return [(i, int(j)) for i, j in enumerate(last) if j < len(times)]


def cadence_kept(performance: Performance) -> Measurement:
    """Measure the last third's step rate as a share of the first third's."""
    whole = drills.cadence_of(performance)
    if whole.problem is not None:
        return whole
    if not _even(performance):
        message = "The strides are too uneven to compare the beginning with the end."
        return unmeasurable(Reason(code=Problem.IRREGULAR, message=message))
    reps = performance.reps()
    third = len(reps) // 3
    if third < LEAST_STEPS_A_THIRD:
        found = f"{len(reps)} whole steps were seen, {3 * LEAST_STEPS_A_THIRD} are needed"
        return unmeasurable(Reason(code=Problem.TOO_FEW, message=f"{found}."))
    (first, early, _), (last, late, _) = (_cadence_in(performance, part) for part in (reps[:third], reps[-third:]))
    share = Sample(time_s=float(performance.time_s[reps[-third].peak]), value=last / first)
    error = share.value * math.hypot(early / first, late / last)
    return Measurement(samples=(share,), noise=error, detail=f"{first:.0f} steps a minute at first, {last:.0f} at last")


def _even(performance: Performance) -> bool:
    """Return whether every stride of each leg is about as long as its usual one."""
    for side in Side:
        moments = [rep.moment_s for rep in performance.reps(side) if rep.moment_s is not None]
        strides = np.diff(moments)
        if strides.size and np.abs(strides / np.median(strides) - 1.0).max() > EVEN:
            return False
    return True


def _cadence_in(performance: Performance, reps: tuple[Rep, ...]) -> tuple[float, float, float]:
    return steps_per_minute(replace(performance, bout=replace(performance.bout, reps=reps)))


def contact_time(performance: Performance) -> Measurement:
    """Measure how long the near foot stays down between two swings."""
    side = performance.near
    parts = [(Part.HEEL, side), (Part.TOE, side)]
    if (reason := why_not(performance, parts, least_rate_hz=CONTACT_RATE_HZ)) is not None:
        return unmeasurable(reason)
    stays = contact_seconds(performance, judged_reps(performance, side), side)
    samples = tuple(Sample(time_s=float(performance.time_s[frame]), value=seconds) for frame, seconds in stays)
    strides = np.diff([float(performance.time_s[rep.peak]) for rep in performance.reps(side)])
    duty = np.median([sample.value for sample in samples]) / np.median(strides) if samples else math.nan
    return Measurement(
        samples=samples,
        noise=0.5 / performance.rate_hz,
        constant=CONTACT_ERROR,
        detail=said("{:.0%} of a stride", float(duty)),
    )


def scrunched(performance: Performance) -> Measurement:
    """Measure the trunk's lean; a standing leg that sits or a trunk shorter than when standing counts as well."""
    found = drills.trunk_lean_of(performance)
    if found.problem is not None:
        return found
    knee, kept = _stance_knee(performance), stature.typical_trunk_share(performance, performance.frames)
    others = [STANCE_KNEE.status_of(knee)] if math.isfinite(knee) else []
    detail = f"standing knee bent by {knee:.0f} degrees"
    if math.isfinite(kept):
        others.append(stature.TRUNK_KEPT.status_of(kept))
        detail += f", trunk at {kept:.0%} of its standing length"
    floor = max(others, key=lambda status: SEVERITY[status], default=Status.GOOD)
    return Measurement(samples=found.samples, noise=found.noise, floor=floor, detail=detail)


def _stance_knee(performance: Performance) -> float:
    """Return the near knee's typical flexion while the other leg is at the top of its swing, NaN where it is hidden."""
    side = performance.near
    parts = [(Part.HIP, side), (Part.KNEE, side), (Part.ANKLE, side)]
    if why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ) is not None:
        return math.nan
    flexion = performance.motion.posture.knee_flexion(side)
    peaks = [flexion[rep.peak] for rep in judged_reps(performance, side.other)]
    return reduced(peaks)


def hunched(performance: Performance) -> Measurement:
    """Measure the height of the ears over the shoulders as a share of the same while standing."""
    sides = (performance.near,) if performance.view is View.SIDE else tuple(Side)
    parts = [(part, side) for side in sides for part in (Part.EAR, Part.SHOULDER)]
    if (reason := why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ)) is not None:
        return unmeasurable(reason)
    neck = stature.neck_share(performance)
    if not np.isfinite(neck).any():
        return unmeasurable(stature.NOBODY_STANDS)
    samples = tuple(
        Sample(time_s=float(performance.time_s[rep.peak]), value=value_at(neck, rep.frames))
        for rep in judged_reps(performance, None)
    )
    return Measurement(samples=samples, noise=0.04)


def feet_height(performance: Performance) -> Measurement:
    """Measure how high each foot comes, the lower of heel and toe; from the side the near foot's steps."""
    sides = (performance.near,) if performance.view is View.SIDE else tuple(Side)
    parts = [(part, side) for side in sides for part in (Part.HEEL, Part.TOE)]
    if (reason := why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ)) is not None:
        return unmeasurable(reason)
    samples = tuple(
        Sample(
            time_s=float(performance.time_s[rep.peak]),
            value=foot_height(performance.motion, rep.side, rep.frames),
        )
        for rep in judged_reps(performance, None)
        if rep.side in sides
    )
    return Measurement(samples=samples, noise=2.0 * length_noise(performance))
