"""What tells the swings of two legs apart: a signal that rises with the left leg's and falls with the right leg's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.vocabulary import Side

SMALLEST_LIFT = 0.03
"""Leg lengths: lifts below this are the jitter of a standing athlete."""
FLIGHT_SHARE = 0.08
"""Share of a swing's level-to-level time that it is longer at each end: one foot leaves before the other lands."""
SMALLEST_THIGH_SWING = 3.0
"""Degrees between the thighs: smaller ones are the jitter of world landmarks."""


@dataclass(frozen=True)
class Alternation:
    """A signal (n,), rising while the left leg swings, and how it is read.

    Half-ranges below ``smallest``, in the signal's unit, are the jitter of a standing athlete. ``flight_share`` is the
    share of a swing's level-to-level time by which the swing is longer at each end. A swing is whole where the clip
    shows it from level to level, or, with ``half_is_whole``, both its flanks down to half its height: of steps that
    follow each other without a pause a clip may cut the first by a frame, and no more by their rhythm (``clip_ends``).
    """

    signal: FloatArray
    smallest: float
    flight_share: float = 0.0
    half_is_whole: bool = False


def of_feet(motion: Motion) -> Alternation:
    """Return the height of one ankle over the other, in leg lengths: it changes sign with every step from any view."""
    return Alternation(motion.height_over_other_foot(Side.LEFT), SMALLEST_LIFT, FLIGHT_SHARE)


def of_thighs(motion: Motion) -> Alternation:
    """Return how much further one thigh is raised than the other, degrees from world landmarks.

    Quick feet hardly leave the floor, and seen from the front not at all: the ankles of a rendered athlete's fast feet
    rise by 4 % of a leg and are tracked as 1 %, while the thighs show every step from any view.
    """
    apart = motion.thigh_elevation_3d(Side.LEFT) - motion.thigh_elevation_3d(Side.RIGHT)
    return Alternation(apart, SMALLEST_THIGH_SWING, half_is_whole=True)


def regularity(signal: FloatArray, time_s: FloatArray, stride_s: float) -> float:
    """Return how well (n,) repeats itself a stride later: the correlation in [-1, 1], 0 where too little is known."""
    later = np.interp(time_s + stride_s, time_s, signal, right=np.nan)
    known = np.isfinite(signal) & np.isfinite(later)
    if known.sum() < 4 or time_s[known][-1] - time_s[known][0] < stride_s:
        return 0.0
    now, then = signal[known] - signal[known].mean(), later[known] - later[known].mean()
    scale = float(np.sqrt((now**2).sum() * (then**2).sum()))
    return float((now * then).sum()) / scale if scale > 0.0 else 0.0
