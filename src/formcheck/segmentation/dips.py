"""Slow repetitions in which the hips go down and come up again: squats on one leg, lunges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.memory import once_per_motion
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.orientation import in_front_or_behind
from formcheck.segmentation.cycles import Cycle, excursions
from formcheck.segmentation.performance import Bout, Rep
from formcheck.vocabulary import Part, Side

ENTER, LEAVE = 0.5, 0.2
"""Shares of the deepest dip: a repetition needs half of it and ends within a fifth of standing."""
SMALLEST_DIP = 0.04
"""Leg lengths: shallower dips are breathing and swaying."""
LONGEST_PAUSE = 8.0
"""Seconds of standing between two repetitions after which a new bout begins."""
REAR_FOOT_BEHIND = -0.15
"""Leg lengths from the hips forward to the rear ankle that part a lunge from a squat: lunges of rendered and real
people read -0.27 to -0.81, however short the step; squats on one or two legs stand under the hips or in front of them,
0.01 and more."""
BOTTOM = 0.8
"""Share of a dip's depth from which its bottom is read."""
DEEP_PERCENTILE = 75.0
"""Of the depths within a dip, from which the time at its bottom is counted: a mark that slips for a frame while a
stretch is held makes one depth and no dip."""


@dataclass(frozen=True)
class Dip:
    """One dip of the hips; every figure but ``depth``, ``seconds`` and ``dwell`` is a median over its bottom.

    ``dwell`` is how many of the ``seconds`` the hips stay nearly as low as for most of it.
    ``knee`` and ``thigh`` are degrees from world landmarks by side, ``stride`` how far the left ankle is in front in
    leg lengths, ``lift`` how much higher the left ankle is, ``rear_foot`` how far the ankle
    farther back is in front of the hips, in leg lengths. ``uneven`` is the knees' difference and ``most_bent`` the
    larger knee flexion through the whole dip, 80th percentiles. ``sunk`` is the share of the way down over the feet
    that the hips come down in the picture, 1 where the feet stay, NaN where the clip shows no way down. ``frontal``
    tells whether the camera stands before or behind the athlete.
    """

    cycle: Cycle
    depth: float
    seconds: float
    dwell: float
    knee: Mapping[Side, float]
    thigh: Mapping[Side, float]
    stride: float
    lift: float
    uneven: float
    most_bent: float
    upright: float
    rear_foot: float
    sunk: float
    frontal: bool


@once_per_motion
def hip_drop(motion: Motion) -> FloatArray:
    """Return how far the hips are below standing height, (n,) in leg lengths.

    Height is over the lower ankle, so that walking through the picture or a moving camera does not matter. Standing
    height is the median over frames with both knees nearly straight, or the 95th percentile where nobody stands.
    """
    lower = np.fmax(motion.at(Part.ANKLE, Side.LEFT)[:, 1], motion.at(Part.ANKLE, Side.RIGHT)[:, 1])
    height = (lower - motion.posture.mid_hip[:, 1]) / motion.leg
    straight = np.fmax(motion.knee_flexion_3d(Side.LEFT), motion.knee_flexion_3d(Side.RIGHT)) < 30.0
    standing = height[straight & np.isfinite(height) & (height > 0.7)]
    known = height[np.isfinite(height)]
    if standing.size >= 0.3 * motion.rate_hz:
        return np.asarray(np.median(standing) - height)
    return np.asarray((np.percentile(known, 95) if known.size else np.nan) - height)


@once_per_motion
def find_dips(motion: Motion) -> list[Dip]:
    """Return every dip of the hips in the motion, whole or cut off by the clip's ends, in time order."""
    drop = hip_drop(motion)
    known = drop[np.isfinite(drop)]
    if not known.size:
        return []
    deepest = float(np.percentile(known, 97))
    if deepest < SMALLEST_DIP:
        return []
    seen = _seen(motion, drop)
    return [_dip(motion, seen, cycle) for cycle in excursions(drop, enter=ENTER * deepest, leave=LEAVE * deepest)]


@dataclass(frozen=True)
class _Seen:
    """Series of a motion, (n,) each, that dips are described by: lengths in leg lengths, angles in degrees.

    ``stride`` and ``lift`` are the left ankle's against the right one's, ``ahead`` each ankle's against the hips.
    """

    drop: FloatArray
    knee: Mapping[Side, FloatArray]
    thigh: Mapping[Side, FloatArray]
    stride: FloatArray
    lift: FloatArray
    ahead: Mapping[Side, FloatArray]


def _seen(motion: Motion, drop: FloatArray) -> _Seen:
    return _Seen(
        drop=drop,
        knee={side: motion.knee_flexion_3d(side) for side in Side},
        thigh={side: motion.thigh_elevation_3d(side) for side in Side},
        stride=motion.stride_3d(Side.LEFT),
        lift=motion.height_over_other_foot(Side.LEFT),
        ahead={side: motion.foot_ahead_3d(side) for side in Side},
    )


def _dip(motion: Motion, seen: _Seen, cycle: Cycle) -> Dip:
    inside = np.arange(cycle.start, cycle.end + 1)
    bottom = inside[seen.drop[inside] >= BOTTOM * seen.drop[cycle.peak]]
    deep = float(np.nanpercentile(seen.drop[inside], DEEP_PERCENTILE))
    left, right = (seen.knee[side][inside] for side in Side)
    return Dip(
        cycle=cycle,
        depth=float(seen.drop[cycle.peak]),
        seconds=float(motion.time_s[cycle.end] - motion.time_s[cycle.start]),
        dwell=float(np.count_nonzero(seen.drop[inside] >= BOTTOM * deep)) / motion.rate_hz,
        knee={side: float(np.nanmedian(seen.knee[side][bottom])) for side in Side},
        thigh={side: float(np.nanmedian(seen.thigh[side][bottom])) for side in Side},
        stride=float(np.nanmedian(seen.stride[bottom])),
        lift=float(np.nanmedian(seen.lift[bottom])),
        uneven=float(np.nanpercentile(np.abs(left - right), 80)),
        most_bent=max(float(np.nanpercentile(knee, 80)) for knee in (left, right)),
        rear_foot=min(float(np.nanmedian(seen.ahead[side][bottom])) for side in Side),
        upright=float(np.nanmedian(motion.orientation.upright[bottom])),
        sunk=_sunk(motion, seen.drop, cycle, bottom),
        frontal=in_front_or_behind(motion.orientation.view_at(slice(bottom[0], bottom[-1] + 1))[1]),
    )


def _sunk(motion: Motion, drop: FloatArray, cycle: Cycle, bottom: npt.NDArray[np.intp]) -> float:
    """Return the hips' way down in the picture over that over the feet, both from a dip's ends; NaN where none."""
    fallen = motion.posture.mid_hip[:, 1] / motion.leg
    down = [float(np.nanmedian(way[bottom]) - 0.5 * (way[cycle.start] + way[cycle.end])) for way in (fallen, drop)]
    return down[0] / down[1] if down[1] > 0.0 else float("nan")


def dip_bouts(
    motion: Motion,
    working_side: Callable[[Dip], Side | None],
    *,
    valid_knee: float,
    least_share: float = 0.6,
) -> tuple[Bout, ...]:
    """Return the stretches of dips that fit an exercise.

    ``working_side`` gives the leg that works in a dip, or None where the dip is another movement. A bout is a run of
    fitting dips with at most one other dip between two of them, and at least ``least_share`` of all its dips fit. A
    repetition counts in a set where the working knee bends by ``valid_knee`` degrees.
    """
    runs: list[list[tuple[Dip, Side | None]]] = []
    for dip in find_dips(motion):
        entry = (dip, working_side(dip))
        begins = not runs or motion.time_s[dip.cycle.start] - motion.time_s[runs[-1][-1][0].cycle.end] > LONGEST_PAUSE
        if begins:
            runs.append([])
        runs[-1].append(entry)
    return tuple(bout for run in runs if (bout := _bout(run, least_share, valid_knee)) is not None)


def _bout(run: list[tuple[Dip, Side | None]], least_share: float, valid_knee: float) -> Bout | None:
    fitting = sum(side is not None for _, side in run)
    if fitting < 2 and fitting < least_share * len(run):
        return None
    while run and run[0][1] is None:
        run = run[1:]
    while run and run[-1][1] is None:
        run = run[:-1]
    share = sum(side is not None for _, side in run) / max(len(run), 1)
    if not run or share < least_share:
        return None
    reps = tuple(
        Rep(side, d.cycle.start, d.cycle.peak, d.cycle.end, d.cycle.whole, valid=d.most_bent >= valid_knee)
        for d, side in run
        if side is not None
    )
    return Bout(start=reps[0].start, end=reps[-1].end, confidence=share, reps=reps)
