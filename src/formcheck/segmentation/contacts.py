"""Ground contact: when a swinging foot comes down, how high it was, and how long it stays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Performance, Rep
from formcheck.vocabulary import Part, Side

CONTACT_HEIGHT = 0.06
"""Shank lengths over the foot's own ground line below which it may be down (criteria section 4)."""
CONTACT_SHARE = 0.25
"""Of a low step: the share of its own height below which the foot is down. Rendered fast feet rise by 0.1 and stay
down for 0.206 s; 0.06 would read 0.296 s and a quarter of the rise reads 0.212 s."""


def touchdowns(performance: Performance, reps: Sequence[Rep], side: Side) -> list[int]:
    """Return the frame in which the foot of ``side`` comes down after each of its swings; steps not seen are left out.

    The ground line of a foot is its own lowest position around the swing; the foot is down in the first frame after
    the peak in which it is within ``CONTACT_HEIGHT`` of it. Where that is the peak itself, the clip ended before.
    """
    motion = performance.motion
    lowest, shank = motion.lowest_of_foot(side), motion.sizes.shank[side]
    found = []
    for rep in reps:
        length = rep.end - rep.start
        window = slice(rep.peak, min(len(motion), rep.end + length // 2 + 1))
        heights = (np.nanmax(lowest[window]) - lowest[window]) / shank
        down = np.flatnonzero(heights <= CONTACT_HEIGHT)
        if down.size and down[0] > 0 and window.start + down[0] < len(motion) - 1:
            found.append(int(window.start + down[0]))
    return found


def foot_height(motion: Motion, side: Side, frames: slice) -> float:
    """Return how high the lower of heel and toe rises over its lowest place in and around some frames, shank lengths.

    Read from landmarks that are not smoothed, which clips quick lifts. NaN where the foot is unknown.
    """
    length = frames.stop - frames.start
    around = slice(max(0, frames.start - length // 2), frames.stop + length // 2)
    marks = [part.on(side) for part in (Part.HEEL, Part.TOE)]
    lowest = motion.sharp.xy_px[around][:, marks, 1].max(axis=1)
    own = lowest[frames.start - around.start : frames.stop - around.start]
    if not np.isfinite(own).any():
        return float("nan")
    return float((np.nanmax(lowest) - np.nanmin(own)) / motion.sizes.shank[side])


def contact_seconds(performance: Performance, reps: Sequence[Rep], side: Side) -> list[tuple[int, float]]:
    """Return (frame, seconds) of each stay of a foot on the ground between two of its swings, told between frames."""
    motion = performance.motion
    lowest, shank = motion.lowest_of_foot(side), motion.sizes.shank[side]
    found = []
    for before, after in pairwise(rep for rep in reps if rep.side is side):
        heights = (np.nanmax(lowest[before.start : after.end + 1]) - lowest) / shank
        tops = [rep.start + int(np.argmax(heights[rep.frames])) for rep in (before, after)]
        frames = slice(tops[0], tops[1] + 1)
        stay = _stay(heights[frames], performance.time_s[frames])
        if stay is not None:
            found.append(((tops[0] + tops[1]) // 2, stay))
    return found


def _stay(heights: FloatArray, time_s: FloatArray) -> float | None:
    """Return how long (n,) heights from one top to the next stay near the ground, None where they are not whole."""
    if len(heights) < 3 or not np.isfinite(heights).all():
        return None
    near = min(CONTACT_HEIGHT, CONTACT_SHARE * float(min(heights[0], heights[-1])))
    down = np.flatnonzero(heights <= near)
    if not down.size or down[0] == 0 or down[-1] == len(heights) - 1:
        return None
    landing, leaving = int(down[0]), int(down[-1])
    lands = np.interp(-near, -heights[landing - 1 : landing + 1], time_s[landing - 1 : landing + 1])
    leaves = np.interp(near, heights[leaving : leaving + 2], time_s[leaving : leaving + 2])
    return float(leaves - lands)
