"""The athlete's own sizes in pixels: the units that every relative length is measured in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from formcheck.kinematics.geometry import FloatArray, distance
from formcheck.kinematics.repair import trunk_length
from formcheck.vocabulary import Part, Side

LONGEST_PERCENTILE = 90.0
"""Foreshortening only ever shortens a segment, so a high percentile over the clip is its true length in pixels."""


@dataclass(frozen=True, kw_only=True)
class BodySizes:
    """Lengths in pixels; NaN where never seen. Each leg is measured by itself: the near one looks about 8 % longer."""

    trunk: float
    thigh: Mapping[Side, float]
    shank: Mapping[Side, float]
    foot: Mapping[Side, float]

    def leg(self, side: Side) -> float:
        return self.thigh[side] + self.shank[side]


def body_sizes(xy_px: FloatArray) -> BodySizes:
    """Return the sizes over a clip from (n, 33, 2) pixels."""
    return BodySizes(
        trunk=trunk_length(xy_px),
        thigh={side: _longest(xy_px, Part.HIP, Part.KNEE, side) for side in Side},
        shank={side: _longest(xy_px, Part.KNEE, Part.ANKLE, side) for side in Side},
        foot={side: _longest(xy_px, Part.HEEL, Part.TOE, side) for side in Side},
    )


def _longest(xy_px: FloatArray, upper: Part, lower: Part, side: Side) -> float:
    lengths = distance(xy_px[:, upper.on(side)], xy_px[:, lower.on(side)])
    known = lengths[np.isfinite(lengths)]
    return float(np.percentile(known, LONGEST_PERCENTILE)) if known.size else float("nan")
