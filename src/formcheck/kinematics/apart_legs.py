"""Legs that stand wide apart and seem to change places: the detector has exchanged them, and back again later.

At the bottom of a deep lunge or in a long stride a detector may take each leg for the other for a second or three, with
some frames at either end in which it sees something between. No leg gets from one end of a stride to the other in a
tenth of a second and is at rest before and after. Two such changes with the same stance before and after them tell that
in between the labels are wrong: into and out of the stride the legs moved, and were followed from where they could be
told apart.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from formcheck.kinematics import smoothing
from formcheck.kinematics.geometry import FloatArray

REST_SECONDS, LEAST_REST = 0.1, 3
"""How long, and for how many frames at least, legs rest before and after a change of places."""
CHANGE_SECONDS = 0.14
"""Longest that a change takes, glitches included: no foot is that quick over ``APART`` from rest to rest."""
RESTING = 0.25
"""Trunk lengths by which the marks of resting legs may vary, mean over both legs."""
APART = 0.6
"""Trunk lengths that the marks must seem to move, mean over both legs."""
WIDE = 1.0
"""Trunk lengths between the ankles along the ground, before and after: the legs of a drill rest for as long, but one
above the other."""
TOGETHER = 0.5
"""Trunk lengths between ankles that are no wide stance any more."""
SAME_PLACES, SAME_STANCE = 0.35, 0.3
"""Share of the seeming way by which each leg may miss the other's place, and trunk lengths by which a stance may differ
from the one before the first change."""
LATER = 0.05
"""Trunk lengths that each frame more of a change must save in missed places: the shortest is the true one."""
Flags = npt.NDArray[np.bool_]
Change = tuple[int, int]
"""The first frame after the old stance and the first of the new one."""


def exchanged_while_apart(legs: FloatArray, time_s: FloatArray) -> tuple[Flags, Flags]:
    """Return where legs carry each other's labels and where they are neither here nor there, (n,) True each.

    That is between two changes of places of legs whose stance is the same before and after both, and in the frames
    that a change takes. ``legs`` are (n, 2, parts, 2) in trunk lengths, known throughout; the ankle is the second part.
    """
    exchanged, lost = (np.zeros(len(legs), dtype=bool) for _ in range(2))
    done = 0
    for (leaving, swapped), (returning, back) in pairwise(_changes(legs, time_s)):
        if leaving < done or _come_together(legs[swapped:returning]):
            continue
        before, after = (
            np.median(legs[max(0, frame) : frame + LEAST_REST], axis=0) for frame in (leaving - LEAST_REST, back)
        )
        if _apart(before, after).mean() < SAME_STANCE:
            exchanged[swapped:returning] = True
            lost[leaving:swapped] = lost[returning:back] = True
            done = back
    return exchanged, lost


def _come_together(legs: FloatArray) -> bool:
    """Return whether the legs of a stride meet: from then on they are told apart anew."""
    return int(np.count_nonzero(_stride(legs) < TOGETHER)) >= LEAST_REST


def _changes(legs: FloatArray, time_s: FloatArray) -> list[Change]:
    """Return the moments in which resting legs take each other's places, in time order and without overlap."""
    if np.count_nonzero(_stride(legs) > WIDE) <= 2 * LEAST_REST:
        return []
    rate = smoothing.frame_rate(time_s)
    width = max(LEAST_REST, round(REST_SECONDS * rate))
    found: list[tuple[float, Change]] = []
    if len(legs) > 2 * width:
        windows = np.lib.stride_tricks.sliding_window_view(legs, width, axis=0)
        places = np.median(windows, axis=-1)
        resting = np.linalg.norm(windows.max(axis=-1) - windows.min(axis=-1), axis=-1).mean(axis=(1, 2)) < RESTING
        for glitches in range(min(max(1, round(CHANGE_SECONDS * rate)), len(places) - width)):
            later = width + glitches
            found += _changes_after(places, resting, width, later)
    chosen: list[Change] = []
    for _, (leaving, arriving) in sorted(found):
        if all(arriving < start or leaving > stop for start, stop in chosen):
            chosen.append((leaving, arriving))
    return sorted(chosen)


def _changes_after(places: FloatArray, resting: Flags, width: int, later: int) -> list[tuple[float, Change]]:
    """Return changes from the stance at one frame to the one ``later`` frames later, with how far legs miss it."""
    old, new = places[:-later], places[later:]
    own, crossed = _apart(old, new).mean(axis=1), _apart(old, new[:, ::-1]).mean(axis=1)
    wide = np.minimum(_stride(old), _stride(new)) > WIDE
    changed = resting[:-later] & resting[later:] & wide & (own > APART) & (crossed < SAME_PLACES * own)
    return [
        (float(crossed[frame]) + LATER * later, (frame + width, frame + later))
        for frame in np.flatnonzero(changed).tolist()
    ]


def _stride(legs: FloatArray) -> FloatArray:
    """Return the distance of the ankles along the ground, (n,), of (n, 2, parts, 2) legs."""
    return np.asarray(np.abs(legs[:, 0, 1, 0] - legs[:, 1, 1, 0]))


def _apart(before: FloatArray, after: FloatArray) -> FloatArray:
    """Return the mean distance of each leg's marks, (..., 2), between two stances (..., 2, parts, 2)."""
    return np.asarray(np.linalg.norm(before - after, axis=-1).mean(axis=-1))
