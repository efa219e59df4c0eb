"""Slow repetitions in which the hips go up and come down again over a foot that keeps its place: raises of the heel.

The hips are the signal: no mark is tracked better, from any view, and they rise with the heel. The foot itself says
afterwards whether it was the heel that lifted them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.runs import runs
from formcheck.segmentation.cycles import Cycle
from formcheck.segmentation.performance import Bout, Rep, reduced
from formcheck.segmentation.standing_leg import Phases, Standing, leg_share, phases, standing
from formcheck.vocabulary import Part, Side, View

ENTER, LEAVE = 0.4, 0.2
"""Shares of the highest rise: a repetition needs two fifths of it and ends within a fifth of its own lowest place."""
WHOLE = 0.75
"""Share of a repetition's other way, or of the highest rise if less, that must be seen of a way that a step or the end
of the clip cuts off."""
SMALLEST_RISE = 0.010
"""Leg lengths that the hips go up: less is breathing."""
CREEP, CREEP_SECONDS = 0.15, 0.5
"""Leg lengths a second that the standing foot's place may move, over that time, as a moving camera makes it."""
LEAST_SECONDS_PLANTED = 2.0
LONGEST_PAUSE = 8.0
"""Seconds between two repetitions after which a new bout begins."""
LEAST_RISES = 2
"""One rise alone may be anything: somebody who stretches, steps up or looks over a wall."""
ENOUGH_RISES = 3
"""Fewer are found less surely: under kicks to the seat the hips of a blurred body rose so twice."""
FREE_PERCENTILE = 80.0
SAME_FOOT = 0.75
"""Share of a rise's resting frames from which it is sure which foot stands."""


@dataclass(frozen=True, kw_only=True)
class Rise:
    """One rise of the hips over a planted foot; changes are from rest to the top.

    Lengths in leg lengths: ``height`` of the hips, ``ankle`` that of them which the knee does not explain, ``heel`` and
    ``other_heel`` over their own toes, ``free`` how high the other ankle is over the standing one for a fifth of the
    time, ``swing`` how far a knee moves about its hip. ``knee`` is the standing knee's change in degrees, ``same`` the
    share of resting frames in which the same foot stands.
    """

    cycle: Cycle
    side: Side
    seconds: float
    height: float
    ankle: float
    heel: float
    other_heel: float
    free: float
    swing: float
    knee: float
    same: float
    upright: float


@dataclass(frozen=True, kw_only=True)
class _Leg:
    """Series of the leg that stands, (n,) each, as in ``Rise``; ``flat_knee`` is the picture's flexion."""

    heel: FloatArray
    other_heel: FloatArray
    free: FloatArray
    flat_knee: FloatArray
    knee: FloatArray


def find_rises(motion: Motion) -> list[Rise]:
    """Return every rise of the hips over a planted foot, whole or cut off by the clip's ends, in time order."""
    stance = standing(motion)
    legs: dict[Side, _Leg] = {}
    found = []
    cycles = _cycles(stance)
    seen = [phases(stance.height, cycle) for cycle in cycles]
    for cycle, phase, (side, same) in zip(cycles, seen, _feet(stance, cycles, seen), strict=True):
        if side not in legs:
            legs[side] = _leg(stance, side)
        found.append(_rise(stance, cycle, phase, side, same, legs[side]))
    return found


def _feet(stance: Standing, cycles: Sequence[Cycle], seen: Sequence[Phases]) -> list[tuple[Side, float]]:
    """Return the side that stands in each rise, and how surely; where it is doubtful, that of the nearest sure one."""
    time_s = stance.motion.time_s
    own = [stance.foot.side_over(phase.rest) for phase in seen]
    sure = [index for index, (_, same) in enumerate(own) if same >= SAME_FOOT]

    def away(index: int, other: int) -> float:
        return abs(float(time_s[cycles[index].peak] - time_s[cycles[other].peak]))

    nearest = []
    for index in range(len(own)):
        next_one = bisect_left(sure, index)
        around = sure[max(0, next_one - 1) : next_one + 1]
        nearest.append(min(around, key=lambda other: away(index, other), default=index))
    return [own[other] if away(index, other) <= LONGEST_PAUSE else own[index] for index, other in enumerate(nearest)]


def _leg(stance: Standing, side: Side) -> _Leg:
    posture, motion = stance.posture(side), stance.motion
    return _Leg(
        heel=stance.heel(posture, side),
        other_heel=stance.heel(motion.posture, side.other),
        free=stance.free_ankle(posture, side),
        flat_knee=posture.knee_flexion(side),
        knee=motion.knee_flexion_3d(side),
    )


def _cycles(stance: Standing) -> list[Cycle]:
    """Return the excursions of the hips upwards in every stretch in which the standing foot keeps its place."""
    found = []
    for stretch in _planted(stance):
        height = stance.height[stretch]
        low, high = np.nanpercentile(height, [5, 95])
        if high - low >= SMALLEST_RISE:
            found += [_shifted(cycle, stretch.start) for cycle in _up_and_down(height, high - low)]
    return found


def _up_and_down(height: FloatArray, span: float) -> list[Cycle]:
    """Return every way up and down again by ``ENTER`` of the span, from within ``LEAVE`` of the turn on either side.

    The turns need not reach the same depth: who stops half-way down has done a repetition too, with a fault. Who sways
    before the first or after the last one has not begun or ended it then.
    """
    turns = _turns(height, ENTER * span)
    last = len(height) - 1
    found = []
    for before, peak, after in zip(turns[:-2], turns[1:-1], turns[2:], strict=True):
        if height[peak] < height[before]:
            continue
        first = int(np.argmin(height[: peak + 1])) if before == 0 else before
        end = peak + int(np.argmin(height[peak:])) if after == last else after
        up, down = height[peak] - height[first], height[peak] - height[end]
        rising = np.flatnonzero(height[first : peak + 1] <= height[first] + LEAVE * up)
        falling = np.flatnonzero(height[peak : end + 1] <= height[end] + LEAVE * down)
        usual = WHOLE * min(span, max(up, down))
        cut = (before == 0 and up < usual) or (after == last and down < usual)
        found.append(Cycle(int(first + rising[-1]), int(peak), int(peak + falling[0]), not cut))
    return found


def _turns(height: FloatArray, least: float) -> list[int]:
    """Return the frames in which a series turns round, each at least ``least`` from the one before; ends included."""
    turns, extreme, rising = [0], 0, None
    for frame, value in enumerate(height):
        if rising is None:
            if abs(value - height[0]) >= least:
                rising, extreme = bool(value > height[0]), frame
        elif (value > height[extreme]) == rising:
            extreme = frame
        elif abs(value - height[extreme]) >= least:
            turns.append(extreme)
            rising, extreme = not rising, frame
    return [*turns, extreme] if extreme > turns[-1] else turns


def _shifted(cycle: Cycle, frames: int) -> Cycle:
    return Cycle(cycle.start + frames, cycle.peak + frames, cycle.end + frames, cycle.whole)


def _planted(stance: Standing) -> list[slice]:
    """Return the stretches in which the standing foot keeps its place."""
    motion, place = stance.motion, stance.foot.place
    half = max(1, round(0.5 * CREEP_SECONDS * motion.rate_hz))
    wide = np.pad(place, ((half, half), (0, 0)), mode="edge")
    speed = np.linalg.norm(wide[2 * half :] - wide[: -2 * half], axis=1) / motion.leg / CREEP_SECONDS
    found = runs(np.isfinite(stance.height) & (np.nan_to_num(speed, nan=np.inf) < CREEP))
    return [s for s in found if motion.time_s[s.stop - 1] - motion.time_s[s.start] >= LEAST_SECONDS_PLANTED]


def _rise(stance: Standing, cycle: Cycle, phase: Phases, side: Side, same: float, leg: _Leg) -> Rise:
    motion, frames = stance.motion, cycle.frames
    view, _ = motion.orientation.view_at(frames)
    knee = leg.flat_knee if view is View.SIDE else leg.knee
    return Rise(
        cycle=cycle,
        side=side,
        seconds=float(motion.time_s[cycle.end] - motion.time_s[cycle.start]),
        height=phase.rise,
        ankle=phase.rise - phase.change(leg_share(knee)),
        heel=phase.change(leg.heel),
        other_heel=phase.change(leg.other_heel),
        free=float(np.nanpercentile(leg.free[frames], FREE_PERCENTILE)),
        swing=max(_swing(motion, one, frames) for one in Side),
        knee=phase.change(knee),
        same=same,
        upright=reduced(motion.orientation.upright[frames]),
    )


def _swing(motion: Motion, side: Side, frames: slice) -> float:
    """Return how far a knee moves about its hip in the picture, in leg lengths."""
    knee = (motion.at(Part.KNEE, side)[frames] - motion.at(Part.HIP, side)[frames]) / motion.leg
    low, high = np.nanpercentile(knee, [5, 95], axis=0)
    return float(np.linalg.norm(high - low))


def rise_bouts(
    motion: Motion, working_side: Callable[[Rise], Side | None], *, valid_rise: float, least_share: float = 0.6
) -> tuple[Bout, ...]:
    """Return the stretches of rises that fit an exercise.

    ``working_side`` gives the leg that works in a rise, or None where the rise is another movement. At least
    ``LEAST_RISES`` whole ones and ``least_share`` of all rises of a bout fit. A repetition counts in a set where the
    ankle rises by ``valid_rise`` leg lengths.
    """
    groups: list[list[Rise]] = []
    for rise in find_rises(motion):
        pause = motion.time_s[rise.cycle.start] - motion.time_s[groups[-1][-1].cycle.end] if groups else np.inf
        if pause > LONGEST_PAUSE:
            groups.append([])
        groups[-1].append(rise)
    sets = (_with_their_legs(group, working_side) for group in groups)
    return tuple(bout for one in sets if (bout := _bout(one, valid_rise, least_share)) is not None)


def _with_their_legs(
    rises: Sequence[Rise], working_side: Callable[[Rise], Side | None]
) -> list[tuple[Rise, Side | None]]:
    """Return rises with the leg that works in each; the heel's mark, tracked worst of all, need not show every one.

    Among ``ENOUGH_RISES`` of a leg that show it another one like them is taken to have lifted the heel as far.
    """
    found = [(rise, working_side(rise)) for rise in rises]
    for leg in Side:
        heels = [rise.heel for rise, side in found if side is leg]
        if len(heels) >= ENOUGH_RISES:
            usual = float(np.median(heels))
            found = [
                (rise, side or (working_side(replace(rise, heel=usual)) if rise.side is leg else None))
                for rise, side in found
            ]
    return found


def _bout(group: Sequence[tuple[Rise, Side | None]], valid_rise: float, least_share: float) -> Bout | None:
    fitting = [index for index, (_, side) in enumerate(group) if side is not None]
    if not fitting:
        return None
    inner = group[fitting[0] : fitting[-1] + 1]
    share = len(fitting) / len(inner)
    reps = _repetitions(inner, valid_rise)
    whole = sum(rep.whole for rep in reps)
    if share < least_share or whole < LEAST_RISES:
        return None
    return Bout(start=reps[0].start, end=reps[-1].end, confidence=share * min(1.0, whole / ENOUGH_RISES), reps=reps)


def every_rise(motion: Motion, *, valid_rise: float) -> tuple[Bout, ...]:
    """Return one stretch with every rise, whatever they look like."""
    reps = _repetitions([(rise, rise.side) for rise in find_rises(motion)], valid_rise)
    return (Bout(start=reps[0].start, end=reps[-1].end, confidence=0.0, reps=reps),) if reps else ()


def _repetitions(rises: Sequence[tuple[Rise, Side | None]], valid_rise: float) -> tuple[Rep, ...]:
    return tuple(
        Rep(side, r.cycle.start, r.cycle.peak, r.cycle.end, r.cycle.whole, valid=r.ankle >= valid_rise)
        for r, side in rises
        if side is not None
    )
