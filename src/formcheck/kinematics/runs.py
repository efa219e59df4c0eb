"""Unbroken stretches of flags."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def runs(flags: npt.NDArray[np.bool_]) -> list[slice]:
    """Return the unbroken stretches of True in (n,) as slices."""
    edges = np.diff(np.concatenate(([0], flags.astype(int), [0])))
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [slice(int(a), int(b)) for a, b in zip(starts, stops, strict=True)]
