"""Legs of a wide stance that seem to change places: the detector has exchanged them, and back again later.

At the bottom of a deep lunge or in a long stride a detector may take each leg for the other for a frame or for
seconds, with frames in between in which it sees neither. Whichever is which, one leg stays ahead where it is and the
other behind, and as long as they do, none passes the other: into and out of the stance the legs moved, and were
followed from where they could be told apart.

In 94 rendered clips, as filmed, dark and compressed, each seen either way round, it exchanges the legs of 682 frames,
all of which carried each other's labels. Stances narrower than ``WIDE`` were tried: some criteria gain, others lose.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray

WIDE = 1.0
"""Trunk lengths between the ankles along the ground: the legs of a drill are as far apart in passing only."""
GLITCH_SECONDS = 0.25
"""Longest time for which a stance may not be seen."""
SLOW = 3.0
"""Trunk lengths a second by which marks move at most during a stance, in median: a runner's, which move by 5 and more,
are as far apart for some frames of every step, and a moment later the other way round."""
IN_PLACE = 0.25
"""Trunk lengths that marks may move from one sight of a stance to the next, mean over both legs."""
LEAST_FRAMES = 3
"""How many frames at either end of a stance must agree on which leg is ahead."""
Flags = npt.NDArray[np.bool_]
Frames = npt.NDArray[np.intp]


def wide_stances(legs: FloatArray, time_s: FloatArray) -> list[Frames]:
    """Return the frames that show each wide stance, without those in between that show something else.

    ``legs`` are (n, 2, parts, 2) in trunk lengths, known throughout; the ankle is the second part.
    """
    across = _across(legs)
    by_place = np.where((across > 0.0)[:, None, None, None], legs, legs[:, ::-1])
    found: list[list[int]] = []
    for frame in np.flatnonzero(np.abs(across) > WIDE).tolist():
        since = time_s[frame] - time_s[found[-1][-1]] if found else np.inf
        if since > GLITCH_SECONDS:
            found.append([frame])
        elif np.linalg.norm(by_place[found[-1][-1]] - by_place[frame], axis=-1).mean() < IN_PLACE:
            found[-1].append(frame)
    stances = [np.array(frames, dtype=np.intp) for frames in found if len(frames) > 2 * LEAST_FRAMES]
    spans = [slice(stance[0], stance[-1] + 1) for stance in stances]
    return [stance for stance, span in zip(stances, spans, strict=True) if _speed(by_place[span], time_s[span]) < SLOW]


def _speed(by_place: FloatArray, time_s: FloatArray) -> float:
    """Return how fast marks move from frame to frame, trunk lengths a second, in median."""
    steps = np.linalg.norm(np.diff(by_place, axis=0), axis=-1).mean(axis=(1, 2))
    return float(np.median(steps / np.diff(time_s)))


def exchanged_while_apart(legs: FloatArray, stances: Sequence[Frames]) -> tuple[Flags, Flags]:
    """Return where legs carry other labels than at both ends of their stance, and where neither of them is seen.

    Both are (n,). A stance whose ends do not agree says nothing.
    """
    exchanged, lost = (np.zeros(len(legs), dtype=bool) for _ in range(2))
    is_ahead = _across(legs) > 0.0
    for stance in stances:
        if (ahead := _at_both_ends(is_ahead[stance])) is not None:
            exchanged[stance[is_ahead[stance] != ahead]] = True
            lost[stance[0] : stance[-1]] = True
            lost[stance] = False
    return exchanged, lost


def alike_in_each_stance(flags: Flags, stances: Sequence[Frames]) -> Flags:
    """Return (n,) flags that are in each stance what they are at both of its ends, where these agree."""
    result = flags.copy()
    for stance in stances:
        if (at_ends := _at_both_ends(flags[stance])) is not None:
            result[stance[0] : stance[-1] + 1] = at_ends
    return result


def _at_both_ends(flags: Flags) -> bool | None:
    ends = np.concatenate([flags[:LEAST_FRAMES], flags[-LEAST_FRAMES:]])
    return bool(ends[0]) if ends.all() or not ends.any() else None


def _across(legs: FloatArray) -> FloatArray:
    """Return how far the left ankle is to the right of the right one in the picture, (n,)."""
    return np.asarray(legs[:, 0, 1, 0] - legs[:, 1, 1, 0])
