"""Undoing what a pose detector gets wrong: exchanged legs, single-frame jumps, short gaps, jitter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from formcheck.kinematics import smoothing
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.sampling import sampled, spread
from formcheck.kinematics.still_legs import exchanged_while_still
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Landmark, Part, Side

LEG_PARTS = (Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE)
LEFT_LEG = [part.on(Side.LEFT) for part in LEG_PARTS]
RIGHT_LEG = [part.on(Side.RIGHT) for part in LEG_PARTS]
SWAP_COST = 0.35
"""Trunk lengths: a change of labels must save more than this squared jump to be believed (criteria section 4)."""
DISTRUST = 1.2
"""Squared trunk lengths: the cost a second of going against the detector's own labels; doubt leaves them alone."""
DETECTOR_LAG = 0.009
"""Seconds that landmarks trail the picture: MediaPipe's own smoothing in VIDEO mode. On rendered clips the best match
of knee angles lay 5 to 15 ms late in all of 30 clips of fast drills; unmended it costs 1 degree of knee error."""
OUTLIER_FLOOR = 0.06
OUTLIER_FLOOR_M = 0.05
"""Trunk lengths and metres of world landmarks: jumps below these are movement or jitter, not outliers."""
LONGEST_JUMP_SECONDS = 0.11
"""From the frame before a jump to the frame after it: what is away for longer has moved. Quick feet are up for 0.13."""


def trunk_length(xy_px: FloatArray) -> float:
    """Return the athlete's trunk length in pixels: 90th percentile over (n, 33, 2), as foreshortening only shrinks it.

    NaN where nobody is seen.
    """
    shoulders = xy_px[:, [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(axis=1)
    hips = xy_px[:, [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=1)
    lengths = np.linalg.norm(shoulders - hips, axis=1)
    known = lengths[np.isfinite(lengths)]
    return float(np.percentile(known, 90)) if known.size else float("nan")


def repaired(poses: PoseSequence) -> PoseSequence:
    """Return the sequence with legs put right, jumps removed and short gaps bridged, but not yet smoothed.

    Above 60 frames a second only the frames that the detector looked at are repaired, and the others filled again:
    they lie on straight lines between their neighbours, so that a wrong landmark would look like a movement.
    """
    unit = trunk_length(poses.xy_px)
    if not np.isfinite(unit) or unit <= 0:
        return poses
    looked_at = sampled(poses.time_s)
    if not looked_at.all():
        return spread(repaired(poses.part(looked_at)), poses, looked_at)
    poses = with_legs_put_right(poses)
    window = 2 * longest_jump(poses.time_s) + 1
    xy = smoothing.without_outliers(poses.xy_px, floor=OUTLIER_FLOOR * unit, window=window)
    world = smoothing.without_outliers(poses.world_m, floor=OUTLIER_FLOOR_M, window=window)
    clean = replace(
        poses,
        xy_px=smoothing.without_gaps(xy, poses.time_s),
        world_m=smoothing.without_gaps(world, poses.time_s),
        z_px=smoothing.without_gaps(poses.z_px, poses.time_s),
        visibility=smoothing.without_gaps(poses.visibility, poses.time_s),
        presence=smoothing.without_gaps(poses.presence, poses.time_s),
    )
    return without_lag(clean)


def longest_jump(time_s: FloatArray) -> int:
    """Return how many frames in a row may be a jump: two at 30 frames a second, a single one below 27."""
    return 2 if 3.0 / smoothing.frame_rate(time_s) <= LONGEST_JUMP_SECONDS else 1


def smoothed(poses: PoseSequence) -> PoseSequence:
    """Return the sequence after the zero-phase low-pass that its frame rate allows."""
    cut = smoothing.cut_off_hz(smoothing.frame_rate(poses.time_s))
    return replace(
        poses,
        xy_px=smoothing.low_passed(poses.xy_px, poses.time_s, cut),
        world_m=smoothing.low_passed(poses.world_m, poses.time_s, cut),
    )


def without_lag(poses: PoseSequence) -> PoseSequence:
    """Return the sequence with the detector's own delay taken out."""
    return replace(
        poses,
        xy_px=smoothing.advanced(poses.xy_px, poses.time_s, DETECTOR_LAG),
        world_m=smoothing.advanced(poses.world_m, poses.time_s, DETECTOR_LAG),
    )


def with_legs_put_right(poses: PoseSequence) -> PoseSequence:
    """Return the sequence with whole-leg exchanges of left and right undone.

    Over the clip, the labelling is chosen that moves each leg most steadily: the squared jump from constant velocity,
    plus a cost for each change of labels and for each frame that contradicts the detector (Viterbi over pairs of
    frames). Lone contradictions between fast legs are cheaper to explain as movement, so they stay. The legs of a still
    body are sorted by where they lie, first.
    """
    unit = trunk_length(poses.xy_px)
    still, told = exchanged_while_still(poses.xy_px, poses.time_s, unit)
    moving = exchanged_frames(_exchange(poses.xy_px, still), poses.time_s, unit)
    swapped = np.where(told, still, still ^ moving)
    if not swapped.any():
        return poses
    return replace(
        poses,
        xy_px=_exchange(poses.xy_px, swapped),
        z_px=_exchange(poses.z_px, swapped),
        visibility=_exchange(poses.visibility, swapped),
        presence=_exchange(poses.presence, swapped),
        world_m=_exchange(poses.world_m, swapped),
    )


def exchanged_frames(xy_px: FloatArray, time_s: FloatArray, unit: float) -> npt.NDArray[np.bool_]:
    """Return (n,) True where the legs' labels are exchanged; ``unit`` is the trunk length in pixels."""
    swapped = np.zeros(len(xy_px), dtype=bool)
    known = np.flatnonzero(np.isfinite(xy_px[:, [*LEFT_LEG, *RIGHT_LEG]]).all(axis=(1, 2)))
    if len(known) < 5:
        return swapped
    legs = np.stack([xy_px[known][:, LEFT_LEG], xy_px[known][:, RIGHT_LEG]], axis=1) / unit
    swapped[known] = _steadiest_labels(legs, DISTRUST / smoothing.frame_rate(time_s))
    return swapped


def _steadiest_labels(legs: FloatArray, distrust: float) -> npt.NDArray[np.bool_]:
    """Return the labelling of (n, 2, parts, 2) legs with the least cost; states are pairs (previous, current).

    ``distrust`` is the cost of a frame whose labels are exchanged.
    """
    n = len(legs)
    forms = np.stack([legs, legs[:, ::-1]])
    own = np.array([0.0, distrust])
    cost = np.add.outer(own, own) + SWAP_COST**2 * (1 - np.eye(2))
    back = np.zeros((n, 2, 2), dtype=np.int8)
    jumps = _velocity_jumps(forms)
    change = SWAP_COST**2 * (1 - np.eye(2))
    for frame in range(2, n):
        paths = cost[:, :, None] + jumps[frame - 2] + change[None] + own[None, None]
        back[frame] = paths.argmin(axis=0)
        cost = paths.min(axis=0)
    labels = np.zeros(n, dtype=bool)
    before, now = divmod(int(cost.argmin()), 2)
    for frame in range(n - 1, 1, -1):
        labels[frame] = bool(now)
        before, now = int(back[frame, before, now]), before
    labels[1], labels[0] = bool(now), bool(before)
    return labels


def _velocity_jumps(forms: FloatArray) -> FloatArray:
    """Return (n - 2, 2, 2, 2): mean squared departure from constant velocity for each labelling of three frames."""
    costs = np.empty((forms.shape[1] - 2, 2, 2, 2))
    for a in range(2):
        for b in range(2):
            for c in range(2):
                departure = forms[c][2:] - 2 * forms[b][1:-1] + forms[a][:-2]
                costs[:, a, b, c] = (departure**2).sum(axis=-1).mean(axis=(1, 2))
    return costs


def _exchange(values: FloatArray, swapped: npt.NDArray[np.bool_]) -> FloatArray:
    result = values.copy()
    frames = np.flatnonzero(swapped)[:, None]
    result[frames, LEFT_LEG], result[frames, RIGHT_LEG] = values[frames, RIGHT_LEG], values[frames, LEFT_LEG]
    return result
