"""Ground contact: when a swinging foot comes down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from formcheck.segmentation.performance import Performance, Rep
from formcheck.vocabulary import Side

CONTACT_HEIGHT = 0.06
"""Shank lengths over the foot's own ground line below which it may be down (criteria section 4)."""


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
