"""How long an athlete keeps trunk and neck, against the own standing: nobody else's proportions tell a slump."""

from __future__ import annotations

import numpy as np

from formcheck.criteria.model import Band, Bands, Problem, Reason
from formcheck.criteria.readings import value_at
from formcheck.kinematics.geometry import FloatArray, distance
from formcheck.segmentation.performance import Performance
from formcheck.segmentation.standing import own_standing_value
from formcheck.vocabulary import Part, Side, View

TRUNK_KEPT = Bands(Band(0.93, None), (Band(0.86, 0.93),))
"""Length of the trunk over the own standing length."""
NOBODY_STANDS = Reason(
    code=Problem.NO_BASELINE,
    message="Nobody stands still for a moment in this clip to compare with; begin or end it standing.",
)


def trunk_share(performance: Performance) -> FloatArray:
    """Return the trunk's length over its own while standing, (n,); NaN where nobody stands."""
    posture, motion = performance.motion.posture, performance.motion
    return _share(performance, distance(posture.mid_hip, posture.mid_shoulder) / motion.nearness)


def neck_share(performance: Performance) -> FloatArray:
    """Return how high the ears are over the shoulders, over the same while standing, (n,); NaN where nobody stands.

    From the side the near ear and shoulder are read, otherwise both sides.
    """
    motion = performance.motion
    sides = (performance.near,) if performance.view is View.SIDE else tuple(Side)
    heights = [motion.at(Part.SHOULDER, side)[:, 1] - motion.at(Part.EAR, side)[:, 1] for side in sides]
    return _share(performance, np.mean(heights, axis=0) / motion.nearness)


def _share(performance: Performance, lengths: FloatArray) -> FloatArray:
    return np.asarray(lengths / own_standing_value(performance, lengths))


def typical_trunk_share(performance: Performance, frames: slice) -> float:
    """Return the trunk's typical share of its standing length over some frames, NaN where nobody stands."""
    return value_at(trunk_share(performance), frames)
