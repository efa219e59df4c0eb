"""A foot that turns from one still position to another while the rest of the body holds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.orientation import FRONT_TOLERANCE
from formcheck.kinematics.runs import runs
from formcheck.kinematics.smoothing import running_median
from formcheck.segmentation.performance import Held
from formcheck.vocabulary import Part, Side, View

LEAST_TURN = 15.0
"""Degrees between two positions of a foot; the feet of people who only hold read within 4 degrees of one another."""
STILL_SHARE = 0.3
"""Share of the turn by which a foot may move about in one position."""
LEAST_SECONDS = 1.0
"""A position held for less is a movement."""
LEAST_STILL = 0.5
"""Share of the hold that the foot spends in its positions: more wandering than that is no pair of positions."""
STEADY_ANKLE = 0.12
"""Trunk lengths that the ankle may move between the positions: more is a step, or the marks have jumped."""
MEDIAN_SECONDS = 0.3


def foot_direction(motion: Motion, side: Side, held: Held) -> FloatArray | None:
    """Return where a foot points, (n,) degrees: turned out from front or back, toes up from the side.

    None from other views, which show neither; NaN where heel or toe is not seen. How far the trunk leans towards the
    camera does not matter to the foot.
    """
    view, off_side = motion.orientation.view_at(held.frames)
    if view is View.SIDE:
        series = motion.posture.foot_pitch(side)
    elif off_side >= 90.0 - FRONT_TOLERANCE:
        series = motion.foot_turned_out(side)
    else:
        return None
    seen = motion.seen(Part.HEEL, side) & motion.seen(Part.TOE, side)
    return np.where(seen, series, np.nan)


def find_foot_positions(motion: Motion, held: Held, side: Side) -> tuple[Held, ...]:
    """Return the still positions of a foot that turns during a hold, in time order; empty where it does not turn."""
    direction = foot_direction(motion, side, held)
    if direction is None or not np.isfinite(direction[held.frames]).any():
        return ()
    steady = running_median(direction, motion.time_s, MEDIAN_SECONDS)
    levels = _two_levels(steady[held.frames])
    turn = levels[1] - levels[0]
    if turn < LEAST_TURN:
        return ()
    found = [_still_at(steady, level, STILL_SHARE * turn, held, motion) for level in levels]
    if not all(found) or _seconds([h for hs in found for h in hs], motion) < LEAST_STILL * _seconds([held], motion):
        return ()
    if not _stands(motion, side, found):
        return ()
    return tuple(sorted((h for holds in found for h in holds), key=lambda h: h.start))


def _two_levels(values: FloatArray) -> tuple[float, float]:
    """Return the typical lower and upper value of a series that stays at two levels."""
    known = values[np.isfinite(values)]
    low, high = np.percentile(known, [5, 95])
    for _ in range(5):
        upper = known > 0.5 * (low + high)
        if upper.all() or not upper.any():
            break
        low, high = float(np.median(known[~upper])), float(np.median(known[upper]))
    return float(low), float(high)


def _still_at(steady: FloatArray, level: float, tolerance: float, held: Held, motion: Motion) -> list[Held]:
    """Return the stretches of a hold in which the foot stays at a level."""
    inside = np.zeros(len(steady), dtype=bool)
    inside[held.frames] = True
    near: npt.NDArray[np.bool_] = inside & (np.abs(np.nan_to_num(steady, nan=np.inf) - level) <= tolerance)
    stays = [
        Held(
            held.side,
            run.start,
            run.stop - 1,
            start_seen=run.start > held.start or held.start_seen,
            end_seen=run.stop - 1 < held.end or held.end_seen,
        )
        for run in runs(near)
    ]
    return [stay for stay in stays if _seconds([stay], motion) >= LEAST_SECONDS]


def _stands(motion: Motion, side: Side, found: list[list[Held]]) -> bool:
    """Return whether the ankle stays where it is from one position to the other."""
    ankle = motion.at(Part.ANKLE, side)
    places = [np.nanmedian(np.concatenate([ankle[h.frames] for h in holds]), axis=0) for holds in found]
    return bool(np.linalg.norm(places[1] - places[0]) <= STEADY_ANKLE * motion.trunk)


def _seconds(holds: list[Held], motion: Motion) -> float:
    return float(sum(motion.time_s[held.end] - motion.time_s[held.start] for held in holds))
