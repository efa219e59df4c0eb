"""Slow knee drives: one knee is raised, held up and put down, then the other, with both feet down in between.

They are not found as steps are. While a leg is held up beside the other one for a second the detector may mix the two:
on a rendered athlete both knees and both feet drift to half height and back, and one lift falls into two. Their mean
height stays what it is, whichever leg is up, so that tells when a knee is up; which one it is, the whole lift tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.memory import once_per_motion
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.cycles import Cycle, excursions
from formcheck.segmentation.performance import Rep, reduced
from formcheck.segmentation.timing import middle_second
from formcheck.vocabulary import Part, Side

ENTER, LEAVE = 0.08, 0.03
"""Leg lengths by which the knees' mean height rises: 48 degrees of one thigh, and 28."""
REST_SECONDS, REST_PERCENTILE = 8.0, 10.0
"""Legs hang lower in standing than in anything else: over this long, their lowest tenth is standing."""
UP_SHARE = 0.85
"""Share of a drive's own height above which the knee is up."""
MOVING_SHARE = 0.3
"""Share of a drive's own height below which both feet count as down."""
CLEAR_SHARE = 0.7
"""Share of the feet's largest distance from which the detector tells the legs apart."""
LONGEST_PAUSE = 8.0
"""Seconds from one drive to the next after which a new bout begins."""
LEAST_DRIVES = 3
QUICKEST, MARCHING = 115.0, 75.0
"""Drives a minute: quicker ones are running drills; up to 75 a drive without a pause at the top is still slow."""
HELD, HELD_SECONDS = 0.54, 0.25
"""Share of a drive's time that the knee is up: a swing up and down gives 0.40 to 0.47, held knees 0.64 to 0.71. In
quick drives a pause must be one by the clock too."""
RESTED = 0.5
"""Share of the time that both feet are down: 0.56 and more in slow drives, 0.36 to 0.45 in running on the spot."""


@dataclass(frozen=True)
class Drive:
    """One knee drive and what it looks like.

    ``thigh`` and ``other_thigh`` are the elevations of the higher and the lower thigh, degrees. ``foot_up`` and
    ``knee_up`` say how much higher the driving foot and knee are than the standing ones, ``sink`` how much lower the
    hips are over the standing foot than between drives, in leg lengths. ``upright`` is the trunk's vertical share
    between drives. ``up_s`` and ``moving_s`` are the seconds that the knee is up, and that it is off its rest.
    """

    rep: Rep
    time_s: float
    thigh: float
    other_thigh: float
    foot_up: float
    knee_up: float
    sink: float
    upright: float
    up_s: float
    moving_s: float


@once_per_motion
def knees_raised(motion: Motion) -> FloatArray:
    """Return the mean height of both knees over where they hang in standing, (n,) leg lengths."""
    mean = np.mean([_height(motion, Part.KNEE, side) for side in Side], axis=0)
    return np.asarray(mean - _resting(mean, motion.rate_hz))


def _height(motion: Motion, part: Part, side: Side) -> FloatArray:
    """Return a part's height over the hip of its side, (n,) leg lengths, negative below it."""
    drop = motion.at(part, side)[:, 1] - motion.at(Part.HIP, side)[:, 1]
    return np.asarray(-drop / (motion.leg * motion.nearness))


def _resting(heights: FloatArray, rate_hz: float) -> FloatArray:
    """Return the running low percentile of (n,) heights."""
    half, stride = max(1, round(0.5 * REST_SECONDS * rate_hz)), max(1, round(0.25 * rate_hz))
    at, low = [], []
    for frame in range(0, len(heights), stride):
        start = min(max(0, frame - half), max(0, len(heights) - 2 * half - 1))
        around = heights[start : start + 2 * half + 1]
        if np.isfinite(around).any():
            at.append(frame)
            low.append(float(np.nanpercentile(around, REST_PERCENTILE)))
    return np.interp(np.arange(len(heights)), at, low) if at else np.full(len(heights), np.nan)


def frames_up(raised: FloatArray, frames: slice) -> npt.NDArray[np.intp]:
    """Return the frames of a drive in which the knee is up, from (n,) ``knees_raised``."""
    return np.asarray(frames.start + np.flatnonzero(raised[frames] >= UP_SHARE * np.nanmax(raised[frames])))


def clear_frames(motion: Motion, frames: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return those of some frames in which the detector tells the two legs apart: the feet are as far apart as ever."""
    apart = np.abs(motion.height_over_other_foot(Side.LEFT)[frames])
    return np.asarray(frames[apart >= CLEAR_SHARE * np.nanmax(apart)])


@once_per_motion
def find_drives(motion: Motion) -> list[Drive]:
    """Return every drive in the motion in time order."""
    seen = _seen(motion)
    return [_drive(motion, seen, cycle) for cycle in excursions(seen.raised, enter=ENTER, leave=LEAVE)]


@dataclass(frozen=True)
class _Seen:
    """Series of a motion, (n,) each: what drives are described by. Lengths in leg lengths, angles in degrees.

    ``feet`` and ``knees`` say how much higher the left one is, ``legs`` how far the lower foot is below the hips,
    ``resting`` where no knee is raised.
    """

    raised: FloatArray
    feet: FloatArray
    knees: FloatArray
    legs: FloatArray
    higher_thigh: FloatArray
    lower_thigh: FloatArray
    resting: npt.NDArray[np.bool_]


def _seen(motion: Motion) -> _Seen:
    raised = knees_raised(motion)
    resting = np.isfinite(raised)
    for cycle in excursions(raised, enter=ENTER, leave=LEAVE):
        resting[cycle.frames] = False
    thighs = [motion.thigh_elevation_any_view(side) for side in Side]
    return _Seen(
        raised=raised,
        feet=motion.height_over_other_foot(Side.LEFT),
        knees=_height(motion, Part.KNEE, Side.LEFT) - _height(motion, Part.KNEE, Side.RIGHT),
        legs=np.max([-_height(motion, Part.ANKLE, side) for side in Side], axis=0),
        higher_thigh=np.max(thighs, axis=0),
        lower_thigh=np.min(thighs, axis=0),
        resting=resting,
    )


def _rest_around(motion: Motion, resting: npt.NDArray[np.bool_], cycle: Cycle) -> npt.NDArray[np.intp]:
    """Return the resting frames within a few seconds of a drive, every frame of those where there is none."""
    around = motion.time_s[cycle.peak] + np.array([-0.5, 0.5]) * REST_SECONDS
    first, last = np.searchsorted(motion.time_s, around)
    found = first + np.flatnonzero(resting[first:last])
    return np.asarray(found if found.size else np.arange(first, last))


def _drive(motion: Motion, seen: _Seen, cycle: Cycle) -> Drive:
    up, rest = frames_up(seen.raised, cycle.frames), _rest_around(motion, seen.resting, cycle)
    lifted = _change(seen.feet, up, rest)
    side, sign = (Side.LEFT, 1.0) if lifted >= 0.0 else (Side.RIGHT, -1.0)
    moving = seen.raised[cycle.frames] >= MOVING_SHARE * seen.raised[cycle.peak]
    moment = middle_second(motion.time_s, seen.raised, cycle)
    return Drive(
        rep=Rep(side, cycle.start, cycle.peak, cycle.end, cycle.whole, moment_s=moment),
        time_s=float(motion.time_s[cycle.peak]) if moment is None else moment,
        thigh=float(np.nanmax(seen.higher_thigh[cycle.frames])),
        other_thigh=float(np.nanmedian(seen.lower_thigh[up])),
        foot_up=abs(lifted),
        knee_up=sign * _change(seen.knees, up, rest),
        sink=float(np.nanmedian(seen.legs[rest]) - np.nanpercentile(seen.legs[up], 80.0)),
        upright=float(np.nanmedian(motion.orientation.upright[rest])),
        up_s=len(up) / motion.rate_hz,
        moving_s=float(moving.sum()) / motion.rate_hz,
    )


def _change(series: FloatArray, up: npt.NDArray[np.intp], rest: npt.NDArray[np.intp]) -> float:
    """Return a series' mean with the knee up less its usual value at rest."""
    return float(np.nanmean(series[up]) - np.nanmedian(series[rest]))


def paused(drives: Sequence[Drive]) -> bool:
    """Return whether drives are slow and separate: the knee is held up, or both feet rest in between."""
    spacing = reduced([after.time_s - before.time_s for before, after in pairwise(drives)])
    held = reduced([drive.up_s / drive.moving_s for drive in drives]) >= HELD
    if 60.0 / spacing > MARCHING:
        return 60.0 / spacing <= QUICKEST and held and reduced([drive.up_s for drive in drives]) >= HELD_SECONDS
    return held or 1.0 - reduced([drive.moving_s for drive in drives]) / spacing >= RESTED


def held_up(motion: Motion, frames: slice) -> bool:
    """Return whether the knees that come up in some frames pause at the top or between drives.

    Where these are too few to tell, those around them tell.
    """
    drives = find_drives(motion)
    inside = [drive for drive in drives if frames.start <= drive.rep.peak < frames.stop]
    if inside and len(inside) < LEAST_DRIVES:
        first, last = inside[0].time_s - LONGEST_PAUSE, inside[-1].time_s + LONGEST_PAUSE
        inside = [drive for drive in drives if first <= drive.time_s <= last]
    return len(inside) >= LEAST_DRIVES and paused(inside)
