"""How far formcheck's landmarks lie from the true joint centres, in the athlete's trunk lengths.

Definitions differ: the truth is the joint's axis, the landmark a mark on the visible body. The mean offsets show that
part of an error, the distances the whole of it.
"""

from __future__ import annotations

import numpy as np

from benchmarks.agreement import Agreement
from benchmarks.angle_errors import NEAR, place_of
from benchmarks.truth import Truth
from formcheck.kinematics.recording import Recording
from formcheck.vocabulary import Landmark, Side

DISTANCE, UP, FORWARD = "distance", "up", "forward"


def landmark_agreement(recording: Recording, truth: Truth) -> dict[tuple[str, ...], Agreement]:
    """Return, for each landmark that the truth names and its place, how far it lies off: in all, upwards, forward."""
    found: dict[tuple[str, ...], Agreement] = {}
    true = truth.at(recording.poses.time_s)
    offsets = (recording.clean.xy_px - true.xy_px) / truth.trunk_px
    for landmark in Landmark:
        if np.isnan(truth.xy_px[:, landmark]).all():
            continue
        part, side = part_and_side(landmark)
        place = NEAR if side is None else place_of(side, truth.near)
        x, y = offsets[:, landmark].T
        for kind, values in ((DISTANCE, np.hypot(x, y)), (UP, -y), (FORWARD, x * truth.forward)):
            key = (part, place, kind)
            found[key] = found.get(key, Agreement()) + Agreement.of(values)
    return found


def part_and_side(landmark: Landmark) -> tuple[str, Side | None]:
    """Return the name of a landmark without its side, and its side; None for those on the mid-line."""
    first, _, rest = landmark.name.lower().partition("_")
    if first in tuple(Side):
        return rest.replace("_", " "), Side(first)
    return landmark.name.lower().replace("_", " "), None
