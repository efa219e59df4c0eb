"""Measures of slow knee drives on a standing leg: how long it stands, how steadily, and what the knee does."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from formcheck.criteria import drills, stature
from formcheck.criteria.judging import SEVERITY
from formcheck.criteria.model import (
    Band,
    Bands,
    Measurement,
    Problem,
    Reason,
    Sample,
    of_each_side,
)
from formcheck.criteria.readings import (
    DRILL_RATE_HZ,
    judged_reps,
    largest,
    noise,
    per_rep,
    said,
    status_if_known,
    unmeasurable,
    why_not,
)
from formcheck.kinematics.geometry import FloatArray
from formcheck.segmentation.knee_drives import clear_frames, frames_up, knees_raised
from formcheck.segmentation.performance import Performance, Rep, reduced
from formcheck.vocabulary import Part, Side, Status, View

STANCE_KNEE = Bands(Band(None, 30.0), (Band(30.0, 45.0),))
"""Flexion of the standing knee at the top; a rendered knee of 16 reads 13 to 24."""
HOLD = Bands(Band(0.3, None), (Band(0.21, 0.3),))
"""Seconds that the knee is held up; a swing without any pause reads 0.20."""
SIDE_LEAN = Bands(Band(None, 6.0), (Band(6.0, 12.0),))
DRIVE_SPEED = Bands(Band(180.0, None), (Band(None, 180.0),))
"""Degrees a second that the thigh comes up with at its quickest."""
SHORT_HOLD, MOSTLY = 0.2, 0.6
"""Seconds below which a knee is not held at all, and the share of drives that makes a habit of it."""
EARLY_SECONDS, SIDE_STEP, TOPPLING = 0.25, 0.25, 20.0
"""Signs of falling: the foot is down so soon after the top, the standing foot moved by so many leg lengths, the trunk
leaned sideways by so many degrees."""
TOP_SHARE = 0.95


def _standing_leg(performance: Performance, rep: Rep) -> Side | None:
    """Return the leg that a repetition stands on, None where the camera cannot see it behind the other one."""
    assert rep.side is not None
    hidden = performance.view is View.SIDE and rep.side is performance.near
    return None if hidden else rep.side.other


def _top(performance: Performance, raised: FloatArray, rep: Rep) -> npt.NDArray[np.intp]:
    """Return the frames in which the knee is up and the legs are told apart."""
    return clear_frames(performance.motion, frames_up(raised, rep.frames))


def _unseen(performance: Performance) -> Reason | None:
    """Return why balance cannot be read: hips, ankles and shoulders, from the side the near ones, must be seen."""
    sides = (performance.near,) if performance.view is View.SIDE else tuple(Side)
    parts = [(part, side) for side in sides for part in (Part.SHOULDER, Part.HIP, Part.ANKLE)]
    return why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ)


def _worst(statuses: list[Status]) -> Status:
    return max(statuses, key=lambda status: SEVERITY[status], default=Status.GOOD)


@of_each_side
def stance_hip(performance: Performance, side: Side) -> Measurement:
    """Measure the standing hip's flexion while the other knee is up; a long standing knee softens it."""
    stance = side.other
    parts = [(Part.SHOULDER, stance), (Part.HIP, stance), (Part.KNEE, stance), (Part.ANKLE, stance)]
    if (reason := why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ, near_only=stance, of=side)) is not None:
        return unmeasurable(reason)
    posture, raised = performance.motion.posture, knees_raised(performance.motion)
    hip, knee = posture.hip_flexion(stance), posture.knee_flexion(stance)
    found = per_rep(
        performance, side, lambda rep: reduced(hip[_top(performance, raised, rep)]), noise=noise(performance, "hip")
    )
    bent = [reduced(knee[_top(performance, raised, rep)]) for rep in judged_reps(performance, side)]
    typical = reduced(bent)
    cap = status_if_known(STANCE_KNEE, typical)
    return Measurement(
        samples=found.samples, noise=found.noise, cap=cap, detail=said("standing knee bent by {:.0f} degrees", typical)
    )


def sway(performance: Performance) -> Measurement:
    """Measure how the hips sway over the standing foot while the knee is up, in leg lengths.

    A short pause, and from the front a trunk that leans sideways, count as well.
    """
    if (reason := _unseen(performance)) is not None:
        return unmeasurable(reason)
    raised, motion = knees_raised(performance.motion), performance.motion
    samples, holds, leans = [], [], []
    for rep in judged_reps(performance, None):
        up = frames_up(raised, rep.frames)
        holds.append(len(up) / performance.rate_hz)
        leans.append(_side_lean(performance, up))
        if (stance := _standing_leg(performance, rep)) is not None:
            over_foot = (motion.posture.mid_hip[:, 0] - motion.at(Part.ANKLE, stance)[:, 0]) / motion.leg
            value = float(np.nanstd(over_foot[_top(performance, raised, rep)]))
            samples.append(Sample(time_s=float(performance.time_s[rep.peak]), value=value))
    hold, lean = reduced(holds), reduced(leans)
    floor = _worst([bands.status_of(v) for bands, v in ((HOLD, hold), (SIDE_LEAN, lean)) if math.isfinite(v)])
    detail = f"knee held up for {hold:.1f} s"
    if math.isfinite(lean):
        detail += f", trunk leans aside by {lean:.0f} degrees"
    return Measurement(samples=tuple(samples), noise=0.005, floor=floor, detail=detail)


def _side_lean(performance: Performance, frames: npt.NDArray[np.intp]) -> float:
    """Return how far the trunk leans to either side at its furthest but for a tenth of the time, NaN off the front."""
    if not performance.frontal or not frames.size:
        return math.nan
    motion = performance.motion
    lean = np.abs(motion.posture.trunk_side_lean(motion.left_of_picture)[frames])
    return float(np.nanpercentile(lean, 90.0))


def rushing(performance: Performance) -> Measurement:
    """Measure drives a minute; a pause at the top in most of them clears it."""
    found = drills.cadence_of(performance)
    if found.problem is not None:
        return found
    raised = knees_raised(performance.motion)
    holds = [len(frames_up(raised, rep.frames)) / performance.rate_hz for rep in judged_reps(performance, None)]
    hasty = float(np.mean([hold < SHORT_HOLD for hold in holds])) if holds else 0.0
    cap = None if hasty >= MOSTLY else Status.GOOD
    return Measurement(
        samples=found.samples,
        noise=found.noise,
        cap=cap,
        detail=f"knee held up for {float(np.median(holds)):.1f} s" if holds else "",
    )


@of_each_side
def thigh_peak(performance: Performance, side: Side) -> Measurement:
    """Measure each drive's highest thigh; a drive without speed counts as a lesser fault."""
    parts = [(Part.HIP, side), (Part.KNEE, side)]
    if (reason := why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ, near_only=side, of=side)) is not None:
        return unmeasurable(reason)
    elevation = drills.unclipped_thigh_elevation(performance, side)
    smooth = performance.motion.posture.thigh_elevation(side) if performance.view is View.SIDE else elevation
    rising = np.gradient(smooth, performance.time_s)
    found = per_rep(performance, side, lambda rep: largest(elevation, rep.frames), noise=noise(performance, "thigh"))
    reps = judged_reps(performance, side)
    speed = reduced([largest(rising, slice(rep.start, rep.peak + 1)) for rep in reps])
    floor = status_if_known(DRIVE_SPEED, speed)
    return Measurement(
        samples=found.samples,
        noise=found.noise,
        floor=floor,
        detail=said("driven up at {:.0f} degrees a second", speed),
    )


def lean_at_top(performance: Performance) -> Measurement:
    """Measure the trunk's forward lean while the knee is up; a trunk as long as in standing makes it a lesser fault."""
    side = performance.near
    parts = [(Part.SHOULDER, side), (Part.HIP, side)]
    if (reason := why_not(performance, parts, least_rate_hz=DRILL_RATE_HZ)) is not None:
        return unmeasurable(reason)
    lean, raised = performance.motion.posture.trunk_lean(), knees_raised(performance.motion)
    found = per_rep(
        performance, None, lambda rep: reduced(lean[frames_up(raised, rep.frames)]), noise=noise(performance, "trunk")
    )
    share = stature.trunk_share(performance)
    kept = reduced([reduced(share[frames_up(raised, rep.frames)]) for rep in judged_reps(performance, None)])
    if not math.isfinite(kept):
        return found
    cap = Status.MINOR if stature.TRUNK_KEPT.status_of(kept) is Status.GOOD else None
    return Measurement(
        samples=found.samples, noise=found.noise, cap=cap, detail=f"trunk at {kept:.0%} of its standing length"
    )


def falls(performance: Performance) -> Measurement:
    """Measure the share of drives, in percent, that end in a hasty foot, a step aside or a toppling trunk."""
    if (reason := _unseen(performance)) is not None:
        return unmeasurable(reason)
    raised, reps = knees_raised(performance.motion), judged_reps(performance, None)
    fallen = [rep for rep in reps if _falls(performance, raised, rep)]
    if not reps:
        return unmeasurable(Reason(code=Problem.TOO_FEW, message="No whole drive was seen."))
    shown = (fallen or list(reps))[0]
    share = Sample(time_s=float(performance.time_s[shown.peak]), value=100.0 * len(fallen) / len(reps))
    return Measurement(samples=(share,), detail=f"{len(fallen)} of {len(reps)} drives lose balance")


def _falls(performance: Performance, raised: FloatArray, rep: Rep) -> bool:
    top = rep.start + int(np.argmax(raised[rep.frames] >= TOP_SHARE * np.nanmax(raised[rep.frames])))
    hasty = performance.time_s[rep.end] - performance.time_s[top] < EARLY_SECONDS
    leaning = _side_lean(performance, np.arange(rep.start, rep.end + 1)) > TOPPLING
    return bool(hasty or leaning or _steps_aside(performance, raised, rep))


def _steps_aside(performance: Performance, raised: FloatArray, rep: Rep) -> bool:
    """Return whether the standing foot moves along the picture while the knee is up."""
    if (stance := _standing_leg(performance, rep)) is None:
        return False
    motion = performance.motion
    foot = motion.at(Part.ANKLE, stance)[_top(performance, raised, rep), 0] / motion.leg
    return bool(foot.size and np.nanmax(foot) - np.nanmin(foot) > SIDE_STEP)
