"""Fast feet: pattering on the spot or creeping forwards, as many short steps a minute as possible, feet low."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from formcheck.criteria import drills, stature
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.judging import SEVERITY
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
    length_noise,
    said,
    unmeasurable,
    value_at,
    why_not,
)
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.alternation import of_thighs
from formcheck.segmentation.cadence import step_times, steps_per_minute
from formcheck.segmentation.contacts import contact_seconds, foot_height
from formcheck.segmentation.performance import Bout, Performance, Rep
from formcheck.segmentation.steps import Step, drill_bouts, every_stepping
from formcheck.vocabulary import Part, Side, Status, Unit, View

REFERENCE = "Activation drills, Fast feet"
SLOWEST, RUNNING, HIGH_KNEES, QUICKEST = 140.0, 210.0, 270.0, 450.0
"""Steps a minute: slower is walking; up to 210 people run; up to 270 a lifted knee makes it high knees."""
REGULAR = 0.6
HIGHEST_FOOT = 0.7
"""Shank lengths: a foot that comes higher belongs to another drill."""
RUNNING_LIFT, RUNNING_THIGH = 0.2, -5.0
LIFTED_THIGH, LIFTED_FOOT = 45.0, 0.12
"""Leg lengths and degrees. A runner's foot comes up by 0.22 and more and the thigh goes back by 15 degrees, while in
fast feet it stays in front; a knee that is lifted as well as its foot makes high knees."""
TRAILING_THIGH = -12.0
"""Degrees: a thigh that goes further back pushes off at any rate; fast feet read 0 and more."""
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


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find runs of quick, regular steps with low feet, told apart by the thighs since the feet hardly leave the floor.

    The quicker the steps, the more height of foot and knee is still fast feet (with a fault) and no other drill.
    """
    low = partial(_is_low_step, motion)
    return (
        *_quick_steps(motion, lambda step: low(step) and not _knee_lifted(step) and not _runs(step), SLOWEST, RUNNING),
        *_quick_steps(motion, lambda step: low(step) and not _knee_lifted(step), RUNNING, HIGH_KNEES),
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


def _knee_lifted(step: Step) -> bool:
    return step.thigh_peak >= LIFTED_THIGH and step.lift >= LIFTED_FOOT


def _runs(step: Step) -> bool:
    return step.lift > RUNNING_LIFT or step.thigh_least < RUNNING_THIGH


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
    return float(np.nanmedian(peaks)) if peaks else math.nan


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
            measure=lambda performance, _: cadence(performance),
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
            measure=lambda performance, _: cadence_kept(performance),
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
            measure=lambda performance, _: contact_time(performance),
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
            measure=lambda performance, _: scrunched(performance),
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
            measure=lambda performance, _: hunched(performance),
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
            measure=lambda performance, _: feet_height(performance),
            bands=Bands(Band(None, 0.35), (Band(0.35, 0.55),)),
            title="Feet low",
            expectation="The feet skim the floor: they come up to at most a third of the shin.",
            fault="the feet are lifted too high",
            cue="Keep the feet skimming over the floor.",
            basis="Coaches ask for feet close to the ground. Rendered low feet rise by 0.15 and read 0.1, lifted ones "
            "rise by 0.57 and read 0.51; tracking error is 0.05.",
            reference=REFERENCE,
            least=3,
        ),
    ),
)
