"""Wood chop: slow, balanced knee drives with alternating legs, as if the knee were to smash a piece of wood."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from formcheck.criteria import drills, stature
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.judging import SEVERITY
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
    status_if_known,
    unmeasurable,
    why_not,
)
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.knee_drive_bouts import drive_bouts, every_drive
from formcheck.segmentation.knee_drives import Drive, clear_frames, frames_up, knees_raised, paused
from formcheck.segmentation.performance import Bout, Performance, Rep
from formcheck.vocabulary import Part, Side, Status, Unit, View

REFERENCE = "Activation drills, Wood chop"
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


def find(motion: Motion) -> tuple[Bout, ...]:
    """Find slow drives of alternating knees, one foot lifted at a time, with a pause; lunges and squats sink."""
    return drive_bouts(motion, _is_knee_drive, paused)


def _is_knee_drive(drive: Drive) -> bool:
    one_leg = drive.foot_up >= 0.12 and drive.knee_up >= 0.12 and drive.other_thigh <= 50.0
    return one_leg and drive.thigh >= 50.0 and drive.sink <= 0.2 and drive.upright >= 0.7


def _standing_leg(performance: Performance, rep: Rep) -> Side | None:
    """Return the leg that a repetition stands on, None where the camera cannot see it behind the other one."""
    assert rep.side is not None
    hidden = performance.view is View.SIDE and rep.side is performance.near
    return None if hidden else rep.side.other


def _top(performance: Performance, raised: FloatArray, rep: Rep) -> npt.NDArray[np.intp]:
    """Return the frames in which the knee is up and the legs are told apart."""
    return clear_frames(performance.motion, frames_up(raised, rep.frames))


def _typical(values: FloatArray) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else math.nan


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
        performance, side, lambda rep: _typical(hip[_top(performance, raised, rep)]), noise=noise(performance, "hip")
    )
    bent = [_typical(knee[_top(performance, raised, rep)]) for rep in judged_reps(performance, side)]
    typical = _typical(np.array(bent))
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
    hold, lean = _typical(np.array(holds)), _typical(np.array(leans))
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
    speed = _typical(np.array([largest(rising, slice(rep.start, rep.peak + 1)) for rep in reps]))
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
        performance, None, lambda rep: _typical(lean[frames_up(raised, rep.frames)]), noise=noise(performance, "trunk")
    )
    share = stature.trunk_share(performance)
    kept = _typical(
        np.array([_typical(share[frames_up(raised, rep.frames)]) for rep in judged_reps(performance, None)])
    )
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
            measure=stance_hip,
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
            measure=lambda performance, _: sway(performance),
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
            measure=thigh_peak,
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
            measure=lambda performance, _: rushing(performance),
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
            measure=lambda performance, _: lean_at_top(performance),
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
            measure=lambda performance, _: falls(performance),
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
