"""Which of the steps at a clip's two ends it shows whole, told by their rhythm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.segmentation.performance import Rep

LEAST_KNOWN = 4


def with_ends_cut(reps: Sequence[Rep], time_s: FloatArray, *, may_lack: float) -> list[Rep]:
    """Return steps of both legs, in time order, the first and last whole only where the clip has room for them.

    Steps that follow each other without a pause last at least half a step to both sides of their middle, which is told
    to a hundredth of a second, where level feet are told to a few. A whole one ``may_lack`` such a share of a step.
    """
    middles = [np.nan if rep.moment_s is None else rep.moment_s for rep in reps]
    between = [later - earlier for earlier, later in pairwise(middles) if np.isfinite(later - earlier)]
    if len(between) < LEAST_KNOWN:
        return list(reps)
    reach = (0.5 - may_lack) * float(np.median(between))
    first, last = float(time_s[0]), 2.0 * float(time_s[-1]) - float(time_s[-2])
    cut = [middle - reach < first or middle + reach > last for middle in middles]
    return [replace(rep, whole=rep.whole and not is_cut) for rep, is_cut in zip(reps, cut, strict=True)]
