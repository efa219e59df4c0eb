"""Legs of a wide stance that seem to change places: the detector has exchanged them, and back again later.

At the bottom of a deep lunge or in a long stride a detector may take each leg for the other for a frame or for
seconds, with frames in between in which it sees neither. Whichever is which, one leg stays ahead where it is and the
other behind, and as long as they do, none passes the other: into and out of the stance the legs moved, and were
followed from where they could be told apart.

In 94 rendered clips, as filmed, dark and compressed, each seen either way round, it exchanges the legs of 635 frames:
634 of them carried each other's labels. Stances narrower than ``WIDE`` were tried: some criteria gain, others lose.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray

WIDE = 1.0
"""Trunk lengths between the ankles along the ground: the legs of a drill are as far apart in passing only."""
GLITCH_SECONDS = 0.14
"""Longest time for which a stance may not be seen."""
IN_PLACE = 0.25
"""Trunk lengths that marks may move from one sight of a stance to the next, mean over both legs."""
LEAST_FRAMES = 3
"""How many frames at either end of a stance must agree on which leg is ahead."""
Flags = npt.NDArray[np.bool_]


def exchanged_while_apart(legs: FloatArray, time_s: FloatArray) -> tuple[Flags, Flags]:
    """Return where legs carry other labels than at both ends of their stance, and where neither of them is seen.

    Both are (n,). ``legs`` are (n, 2, parts, 2) in trunk lengths, known throughout; the ankle is the second part.
    """
    exchanged, lost = (np.zeros(len(legs), dtype=bool) for _ in range(2))
    across = legs[:, 0, 1, 0] - legs[:, 1, 1, 0]
    by_place = np.where((across > 0.0)[:, None, None, None], legs, legs[:, ::-1])
    for stance in _stances(by_place, np.abs(across) > WIDE, time_s):
        is_ahead = across[stance] > 0.0
        ends = np.concatenate([is_ahead[:LEAST_FRAMES], is_ahead[-LEAST_FRAMES:]])
        if len(stance) > 2 * LEAST_FRAMES and (ends.all() or not ends.any()):
            exchanged[stance[is_ahead != ends[0]]] = True
            lost[stance[0] : stance[-1]] = True
            lost[stance] = False
    return exchanged, lost


def _stances(by_place: FloatArray, wide: Flags, time_s: FloatArray) -> list[npt.NDArray[np.intp]]:
    """Return the frames that show each wide stance, without those in between that show something else."""
    found: list[list[int]] = []
    for frame in np.flatnonzero(wide).tolist():
        since = time_s[frame] - time_s[found[-1][-1]] if found else np.inf
        if since > GLITCH_SECONDS:
            found.append([frame])
        elif np.linalg.norm(by_place[found[-1][-1]] - by_place[frame], axis=-1).mean() < IN_PLACE:
            found[-1].append(frame)
    return [np.array(frames, dtype=np.intp) for frames in found]
