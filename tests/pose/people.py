"""Landmark sequences of nobody in particular, for tests of what happens to the numbers."""

from __future__ import annotations

import numpy as np

from formcheck.pose.detector import Landmarks
from formcheck.pose.sequence import LANDMARKS, PoseSequence


def landmarks(seed: int) -> Landmarks:
    numbers = np.random.default_rng(seed)
    return Landmarks(
        xy_px=numbers.uniform(0, 400, (LANDMARKS, 2)),
        z_px=numbers.normal(0, 40, LANDMARKS),
        visibility=numbers.uniform(0, 1, LANDMARKS),
        presence=numbers.uniform(0, 1, LANDMARKS),
        world_m=numbers.normal(0, 0.5, (LANDMARKS, 3)),
    )


def sequence(frames: int = 20, *, unseen: tuple[int, ...] = (), seed: int = 1) -> PoseSequence:
    """Return a sequence at 30 frames a second, rounded as a track stores it, NaN in the unseen frames."""
    people = [landmarks(seed * 1000 + index) for index in range(frames)]
    arrays = {
        key: np.stack([getattr(person, key) for person in people])
        for key in ("xy_px", "z_px", "visibility", "presence", "world_m")
    }
    for array in arrays.values():
        array[list(unseen)] = np.nan
    return PoseSequence(time_s=np.arange(frames) / 30, **arrays, width=400, height=300).rounded()


def same(one: PoseSequence, other: PoseSequence) -> bool:
    """Tell whether two sequences hold the same values to the last bit."""
    arrays = ("time_s", "xy_px", "z_px", "visibility", "presence", "world_m")
    return (one.width, one.height) == (other.width, other.height) and all(
        np.array_equal(getattr(one, key), getattr(other, key), equal_nan=True) for key in arrays
    )
