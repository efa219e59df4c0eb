"""Measures of raising the heel on one leg: how high, how far down again, how evenly, by which joint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from formcheck.criteria.model import Band, Bands, Measurement, Reason, of_each_side
from formcheck.criteria.readings import (
    judged_reps,
    noise,
    per_rep,
    said,
    status_if_known,
    unmeasurable,
    value_at,
    why_not,
)
from formcheck.kinematics.angles import Posture
from formcheck.kinematics.geometry import FloatArray
from formcheck.segmentation.performance import Performance, Rep
from formcheck.segmentation.standing_leg import Standing, ankle_rise, phases, standing
from formcheck.vocabulary import Part, Side

LEG = (Part.HIP, Part.KNEE, Part.ANKLE)
FOOT = (Part.ANKLE, Part.HEEL, Part.TOE)
FREE_FOOT = 0.10
"""Leg lengths by which the free ankle is over the standing one."""
SURELY_FREE = 0.25
"""Leg lengths: a foot this high hangs, whatever its own heel seems to do. A camera at hip height three metres away
lends 0.1 to a foot that stands half a metre farther from it."""
BOTH_HEELS = 0.04
"""Leg lengths by which the other heel rises over its own toe where both work."""
ANKLE_RISE = Bands(Band(0.055, None), (Band(0.038, 0.055),))
"""Leg lengths that the ankle rises by the hips' height: what heels lifted by 22 and by 15 degrees give."""
FLAT_HEEL = 0.13
"""Foot lengths by which the heel's mark of a flat foot lies over the toe's at most: rendered ones read 0.09 to 0.14."""
FASTEST = 3.75
"""Rises a second: the peak speed of a smooth way up or down that takes half a second."""
SHORTEST_LOWERING = 0.2
"""Seconds from four fifths of the rise to one fifth, where the whole lowering takes half a second."""
LOWERING_SHARE = 0.6
"""The lowering's least share of the raising's time: four fifths, less what a frame at each end may do."""
LEAST_RISE_TO_TIME = 0.05
"""Leg lengths: a smaller rise is timed as if it were this high, or jitter would look fast."""
SETBACK, LEAST_SETBACK = 0.10, 0.006
"""A movement that turns back by this share of the rise, and by these leg lengths at least, is a jerk."""
BOUNCE_SECONDS = 0.25
"""Seconds from a fifth of the rise down and up to a fifth again: smooth turns without any rest take 0.3."""
BOTTOM_SECONDS = 0.1


@of_each_side
def one_foot(performance: Performance, side: Side) -> Measurement:
    """Measure the share of each repetition in which the free foot is off the ground."""
    if (reason := why_not(performance, [(Part.HIP, side), (Part.KNEE, side)])) is not None:
        return unmeasurable(reason)
    stance = standing(performance.motion)
    posture = stance.posture(side)
    free = stance.free_ankle(posture, side)
    heels = stance.heel(posture, side), stance.heel(performance.motion.posture, side.other)

    def alone(rep: Rep) -> float:
        """Return the share; 0 where both heels rise together, whatever height the camera's place lends the other."""
        phase = phases(stance.height, rep)
        own, other = (phase.change(heel) for heel in heels)
        together = other >= max(BOTH_HEELS, 0.5 * own) and value_at(free, rep.frames) < SURELY_FREE
        return 0.0 if together else float(np.mean(free[rep.frames] >= FREE_FOOT))

    return per_rep(performance, side, alone, noise=0.02)


@of_each_side
def knee_bend(performance: Performance, side: Side) -> Measurement:
    """Measure the standing knee's typical flexion in each repetition, degrees."""
    return _of_knee(performance, side, lambda knee, rep: value_at(knee, rep.frames))


@of_each_side
def knee_travel(performance: Performance, side: Side) -> Measurement:
    """Measure by how many degrees the standing knee opens and closes in each repetition, the extremes left out."""
    height = standing(performance.motion).height
    return _of_knee(performance, side, lambda knee, rep: _spread(knee[_with_rest(height, rep)]))


def _of_knee(performance: Performance, side: Side, read: Callable[[FloatArray, Rep], float]) -> Measurement:
    if (reason := _why_not(performance, LEG, side)) is not None:
        return unmeasurable(reason)
    knee = standing(performance.motion).posture(side).knee_flexion(side)
    return per_rep(performance, side, lambda rep: read(knee, rep), noise=noise(performance, "knee"))


def _why_not(performance: Performance, parts: tuple[Part, ...], side: Side) -> Reason | None:
    """Return why the standing leg cannot be read; its marks are put right before they are (``planted_posture``)."""
    return why_not(performance, [(part, side) for part in parts], near_only=side, of=side, must_fit=False)


def _with_rest(height: FloatArray, rep: Rep) -> slice:
    """Return the frames of a repetition and of the rest before and after it."""
    rest = phases(height, rep).rest
    return slice(min(rep.start, int(rest[0])), max(rep.end, int(rest[-1])) + 1)


def _spread(values: FloatArray) -> float:
    low, high = np.nanpercentile(values, [5, 95])
    return float(high - low)


@of_each_side
def heel_rise(performance: Performance, side: Side) -> Measurement:
    """Measure how far the heel rises over the toe in each repetition, in foot lengths; the hips' rise may soften it.

    Where the detector mixes up the feet the heel's mark hardly rises, but the hips do, by more than the knee explains.
    """
    if (reason := _why_not(performance, FOOT, side)) is not None:
        return unmeasurable(reason)
    stance = standing(performance.motion)
    posture = stance.posture(side)
    heel = _heel(stance, posture, side)
    found = per_rep(
        performance, side, lambda rep: phases(stance.height, rep).change(heel), noise=_heel_noise(performance)
    )
    by_hips = float(np.median([ankle_rise(stance, posture, side, rep) for rep in judged_reps(performance, side)]))
    told = said("the hips go up by {:.2f} leg lengths", by_hips)
    return replace(found, cap=status_if_known(ANKLE_RISE, by_hips), detail=told)


@of_each_side
def heel_return(performance: Performance, side: Side) -> Measurement:
    """Measure how far over its flat place the heel stays after each repetition, in foot lengths."""
    if (reason := _why_not(performance, FOOT, side)) is not None:
        return unmeasurable(reason)
    stance = standing(performance.motion)
    heel = _heel(stance, stance.posture(side), side)
    flat = min(float(np.nanpercentile(heel, 5)), FLAT_HEEL)
    reps = judged_reps(performance, side)

    def lowest(rep: Rep) -> int:
        last = _next_peak(reps, rep) or min(len(heel) - 1, 2 * rep.end - rep.peak)
        return rep.peak + int(np.nanargmin(stance.height[rep.peak : last + 1]))

    def left_up(rep: Rep) -> float:
        return value_at(heel, performance.around(lowest(rep), BOTTOM_SECONDS)) - flat

    return per_rep(performance, side, left_up, noise=_heel_noise(performance), at=lowest)


def _next_peak(reps: tuple[Rep, ...], rep: Rep) -> int | None:
    return min((other.peak for other in reps if other.peak > rep.peak), default=None)


def _heel(stance: Standing, posture: Posture, side: Side) -> FloatArray:
    """Return the heel's height over the toe, (n,) in foot lengths."""
    return np.asarray(stance.heel(posture, side) * stance.motion.leg / stance.motion.sizes.foot[side])


def _heel_noise(performance: Performance) -> float:
    """Return the standard deviation of one reading of the heel's height in foot lengths: its pitch's sine."""
    return 0.5 * float(np.sin(np.radians(noise(performance, "foot"))))


@of_each_side
def trunk_at_top(performance: Performance, side: Side) -> Measurement:
    """Measure the trunk's lean at the top of each repetition, degrees."""
    wanted = [(Part.SHOULDER, performance.near), (Part.HIP, performance.near)]
    if (reason := why_not(performance, wanted)) is not None:
        return unmeasurable(reason)
    lean, height = performance.motion.posture.trunk_lean(), standing(performance.motion).height
    return per_rep(
        performance,
        side,
        lambda rep: float(np.nanmedian(lean[phases(height, rep).top])),
        noise=noise(performance, "trunk"),
    )


@of_each_side
def unevenness(performance: Performance, side: Side) -> Measurement:
    """Count in how many ways each repetition is not smooth: it drops, it turns back on its way, it bounces."""
    if (reason := why_not(performance, [(Part.HIP, one) for one in Side])) is not None:
        return unmeasurable(reason)
    height = standing(performance.motion).height
    reps = judged_reps(performance, side)
    faults = {rep: tuple(_faults(performance, height, rep, reps)) for rep in reps}
    told = Counter(fault for found in faults.values() for fault in found)
    often = [name for name, times in told.most_common() if 2 * times >= len(reps)]
    found = per_rep(performance, side, lambda rep: float(len(faults[rep])), noise=0.0)
    return replace(found, detail=", ".join(often))


def _faults(performance: Performance, height: FloatArray, rep: Rep, reps: tuple[Rep, ...]) -> list[str]:
    """Return in which ways a repetition is not smooth."""
    phase, time = phases(height, rep), performance.time_s
    share = (height - phase.base) / phase.rise
    way_up, way_down = slice(rep.start, phase.top[0] + 1), slice(phase.top[-1], rep.end + 1)
    speed = np.gradient(height, time) / max(phase.rise, LEAST_RISE_TO_TIME)
    fastest_up, fastest_down = np.nanmax(speed[way_up]), -np.nanmin(speed[way_down])
    raising, lowering = (float(time[way.stop - 1] - time[way.start]) for way in (way_up, way_down))
    setback = max(SETBACK, LEAST_SETBACK / phase.rise)
    pause = min((time[other.start] - time[rep.end] for other in reps if other.start > rep.peak), default=np.inf)
    found = {
        "dropped": fastest_down > FASTEST or lowering < max(SHORTEST_LOWERING, LOWERING_SHARE * raising),
        "jerky": fastest_up > FASTEST or max(_turns_back(share[way_up]), _turns_back(-share[way_down])) >= setback,
        "bounced": pause < BOUNCE_SECONDS,
    }
    return [name for name, bad in found.items() if bad]


def _turns_back(way: FloatArray) -> float:
    """Return the largest fall of a series that should only rise."""
    known = way[np.isfinite(way)]
    return float(np.max(np.maximum.accumulate(known) - known)) if known.size else 0.0
