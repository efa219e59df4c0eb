"""Legs that the detector draws together, put as far apart as they are.

Where one leg passes or covers the other, MediaPipe sets each leg's marks part of the way towards those of the other
leg. Measured on the near and far legs of rendered people whose joint centres are known exactly (65 side-view clips of
17 exercises), as the share of the distance between the two joints: knees 0.18 to 0.31, ankles 0.12 to 0.18, heels 0.15,
toes 0.11 to 0.17 while they lie within 0.4 trunk lengths; nothing beyond 0.8. Unmended, straight legs read up to 10
degrees bent while the other leg swings past, and quick low steps read a quarter too low.
``benchmarks/accuracy.py`` measures what the mending is worth.
"""

from __future__ import annotations

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.vocabulary import Part, Side

DRAWN_TOGETHER = {Part.KNEE: 0.10, Part.ANKLE: 0.20, Part.HEEL: 0.20, Part.TOE: 0.20}
"""Share of the distance to the other leg's mark by which a mark is moved back where the two nearly touch. Marks lie
nearer to each other than their joints, so that these shares are not those measured; knees get less, since more of it
costs squats and lunges what kicks gain."""
NEAR_EACH_OTHER = 0.55
"""Trunk lengths between the marks at which that share has faded to a third. The least error of knees, hips, thighs and
shanks over all exercises lies between 0.45 and 0.65."""


def with_legs_parted(xy_px: FloatArray, sideways: FloatArray, trunk: float) -> FloatArray:
    """Return (n, 33, 2) pixels with the marks of both legs as far apart as their joints are.

    ``sideways`` is (n,) in [0, 1] how much of the sagittal plane the picture shows: legs side by side, as the front
    view shows them, are not mistaken for each other. ``trunk`` is the trunk length in pixels; NaN changes nothing.
    """
    parted = xy_px.copy()
    if not np.isfinite(trunk):
        return parted
    for part, share in DRAWN_TOGETHER.items():
        left, right = (xy_px[:, part.on(side)] for side in Side)
        apart = right - left
        near = np.exp(-((np.linalg.norm(apart, axis=1) / (NEAR_EACH_OTHER * trunk)) ** 2))
        back = (share * near * sideways)[:, None] * apart
        known = np.isfinite(back).all(axis=1)
        parted[known, part.on(Side.LEFT)] -= back[known]
        parted[known, part.on(Side.RIGHT)] += back[known]
    return parted
