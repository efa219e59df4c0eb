"""Between all frames of a clip and those that the detector looked at: above 60 frames a second it skips some."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray
from formcheck.pose.assembly import LONGEST_BRIDGE_SECONDS
from formcheck.pose.sequence import PoseSequence
from formcheck.video.timeline import Sampler

LOOKED_AT_HZ = 60.0


def sampled(time_s: FloatArray) -> npt.NDArray[np.bool_]:
    """Return (n,) True for the frames that a detector looks at when it follows a clip with these frame times."""
    sampler = Sampler(LOOKED_AT_HZ)
    return np.array([sampler.takes(time) for time in time_s.tolist()], dtype=np.bool_)


def spread(few: PoseSequence, every: PoseSequence, frames: npt.NDArray[np.bool_]) -> PoseSequence:
    """Return ``few``, a sequence of some ``frames`` of ``every``, with the others filled by straight lines.

    A frame stays NaN before the first and after the last of the few, beside unknown values and in long pauses.
    """
    return replace(
        every,
        xy_px=_filled(few.xy_px, every.time_s, frames),
        z_px=_filled(few.z_px, every.time_s, frames),
        visibility=_filled(few.visibility, every.time_s, frames),
        presence=_filled(few.presence, every.time_s, frames),
        world_m=_filled(few.world_m, every.time_s, frames),
    )


def _filled(values: FloatArray, time_s: FloatArray, frames: npt.NDArray[np.bool_]) -> FloatArray:
    """Return (n, ...) from the rows of the True frames."""
    result = np.full((len(time_s), *values.shape[1:]), np.nan)
    result[frames] = values
    known_s, skipped = time_s[frames], np.flatnonzero(~frames)
    after = np.searchsorted(known_s, time_s[skipped])
    skipped, after = skipped[(after > 0) & (after < len(known_s))], after[(after > 0) & (after < len(known_s))]
    pause = known_s[after] - known_s[after - 1]
    share = np.where(pause <= LONGEST_BRIDGE_SECONDS, (time_s[skipped] - known_s[after - 1]) / pause, np.nan)
    share = share.reshape((-1,) + (1,) * (values.ndim - 1))
    result[skipped] = (1.0 - share) * values[after - 1] + share * values[after]
    return result
