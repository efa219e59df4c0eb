"""Where a clip is cut: another scene, another place of the camera. Sizes and baselines hold within one shot only."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Landmark

BODY = [
    Landmark.LEFT_SHOULDER,
    Landmark.RIGHT_SHOULDER,
    Landmark.LEFT_HIP,
    Landmark.RIGHT_HIP,
    Landmark.LEFT_KNEE,
    Landmark.RIGHT_KNEE,
]
JUMP = 0.7
"""Trunk lengths that every part of the body jumps at a cut; nobody moves hips and both shoulders so far in a frame."""
JUMP_SPEED = 15.0
"""Trunk lengths a second, so that a low frame rate does not turn running into cuts."""
SHORTEST = 1.0
"""Seconds; shorter shots hold nothing that could be judged."""


def shots(poses: PoseSequence) -> list[slice]:
    """Return the shots of a clip as slices of frames, in order; one slice where it is not cut.

    At a cut all of the trunk's and the thighs' marks jump at once. Stretches shorter than a second, as when the
    detector finds its way after a cut, are left out where anything longer remains.
    """
    found = np.flatnonzero(poses.found)
    if len(found) < 2:
        return [slice(0, len(poses))]
    body = poses.xy_px[found][:, BODY]
    trunk = np.linalg.norm(body[:, :2].mean(axis=1) - body[:, 2:4].mean(axis=1), axis=1)
    unit = np.maximum(np.minimum(trunk[1:], trunk[:-1]), 1e-6)
    jump = np.linalg.norm(np.diff(body, axis=0), axis=2).min(axis=1) / unit
    gap = np.diff(poses.time_s[found])
    cuts = found[1:][(jump > JUMP) & (jump / gap > JUMP_SPEED)]
    edges = [0, *(int(cut) for cut in cuts), len(poses)]
    pieces = [slice(a, b) for a, b in pairwise(edges)]
    long_enough = [p for p in pieces if poses.time_s[p.stop - 1] - poses.time_s[p.start] >= SHORTEST]
    return long_enough if long_enough else [slice(0, len(poses))]
