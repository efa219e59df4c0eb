"""Undoing what a pose detector gets wrong: exchanged legs, single-frame jumps, short gaps, trembling."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from formcheck.kinematics import smoothing
from formcheck.kinematics.alternating_legs import exchanged_against_rhythm
from formcheck.kinematics.apart_legs import alike_in_each_stance, exchanged_while_apart, wide_stances
from formcheck.kinematics.exchanges import exchanged_frames
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.runs import runs
from formcheck.kinematics.sampling import sampled, spread
from formcheck.kinematics.steadying import steadied
from formcheck.kinematics.still_legs import exchanged_while_still, shortened_while_still, still_stretches
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Landmark, Part, Side

LEG_PARTS = (Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE)
LEFT_LEG = [part.on(Side.LEFT) for part in LEG_PARTS]
RIGHT_LEG = [part.on(Side.RIGHT) for part in LEG_PARTS]
OUTLIER_FLOOR = 0.06
OUTLIER_FLOOR_M = 0.05
"""Trunk lengths and metres of world landmarks: jumps below these are movement or jitter, not outliers."""
TRUNK_M = 0.5
"""A trunk in world landmarks, in metres."""
LONGEST_JUMP_SECONDS = 0.11
"""From the frame before a jump to the frame after it: what is away for longer has moved. Quick feet are up for 0.13."""

Flags = npt.NDArray[np.bool_]


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
    """Return the sequence with legs put right, jumps removed, short gaps bridged and what rests steadied.

    Movement is left as sharp as it was seen.

    Above 60 frames a second only the frames that the detector looked at are repaired, and the others filled again:
    they lie on straight lines between their neighbours, so that a wrong landmark would look like a movement.
    """
    unit = trunk_length(poses.xy_px)
    if not np.isfinite(unit) or unit <= 0:
        return poses
    looked_at = sampled(poses.time_s)
    if not looked_at.all():
        return spread(repaired(poses.part(looked_at)), poses, looked_at)
    poses, stepping = _with_legs_put_right(poses)
    return replace(
        poses,
        xy_px=_clean(poses.xy_px, poses.time_s, unit, OUTLIER_FLOOR * unit, stepping),
        world_m=_clean(poses.world_m, poses.time_s, TRUNK_M, OUTLIER_FLOOR_M, stepping),
        z_px=smoothing.without_gaps(poses.z_px, poses.time_s),
        visibility=smoothing.without_gaps(poses.visibility, poses.time_s),
        presence=smoothing.without_gaps(poses.presence, poses.time_s),
    )


def _clean(points: FloatArray, time_s: FloatArray, unit: float, floor: float, stepping: Flags) -> FloatArray:
    """Return points without jumps and short gaps, and still where they rest; ``unit`` is a trunk's length in theirs.

    In quick steps a foot is up for two frames without a jump.
    """
    longest = longest_jump(time_s)
    without_jumps = smoothing.without_outliers(points, floor=floor, window=2 * longest + 1)
    for steps in runs(stepping) if longest > 1 else []:
        without_jumps[steps] = smoothing.without_outliers(points[steps], floor=floor, window=3)
    return steadied(smoothing.without_gaps(without_jumps, time_s), time_s, unit)


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


def with_legs_put_right(poses: PoseSequence) -> PoseSequence:
    """Return the sequence with whole-leg exchanges of left and right undone.

    First where legs that stand apart seem to change places and back. Then the legs of a still body are sorted by where
    they lie; moving ones get the labels with which they move most steadily, where both ends of an exchange bear it out;
    and those of a drill the ones with which they take turns. Frames in which a still body's legs are too short for it,
    or a wide stance seems to be none, say nothing about legs and are drawn from those around them.
    """
    return _with_legs_put_right(poses)[0]


def _with_legs_put_right(poses: PoseSequence) -> tuple[PoseSequence, Flags]:
    """Return the sequence with its legs put right, and (n,) True where they take quick steps."""
    unit, time_s = trunk_length(poses.xy_px), poses.time_s
    resting = still_stretches(poses.xy_px, time_s, unit)
    wavering = shortened_while_still(poses.xy_px, resting, unit)
    xy_px = _without_legs(poses.xy_px, wavering)
    legs, known = _legs(xy_px, unit)
    stances = wide_stances(legs, time_s[known])
    apart, lost = (_placed(flags, known) for flags in exchanged_while_apart(legs, stances))
    xy = _exchange(xy_px, apart)
    still, told = exchanged_while_still(xy, resting, unit)
    legs, known = _legs(_exchange(xy, still), unit)
    moving = _placed(alike_in_each_stance(exchanged_frames(legs, time_s[known]), stances), known)
    swapped = apart ^ np.where(told, still, still ^ moving)
    against_rhythm, stepping = _rhythm(xy_px, swapped, time_s, unit)
    swapped ^= against_rhythm
    if not (swapped.any() or lost.any() or wavering.any()):
        return poses, stepping

    def put_right(values: FloatArray) -> FloatArray:
        return _with_legs_held(_exchange(values, swapped), wavering | lost, time_s)

    right = replace(
        poses,
        xy_px=put_right(poses.xy_px),
        z_px=put_right(poses.z_px),
        visibility=_exchange(poses.visibility, swapped),
        presence=_exchange(poses.presence, swapped),
        world_m=put_right(poses.world_m),
    )
    return right, stepping


def _legs(xy_px: FloatArray, unit: float) -> tuple[FloatArray, Flags]:
    """Return both legs, (k, 2, parts, 2) in trunk lengths, and the k frames of (n,) that show all of them."""
    known = np.asarray(np.isfinite(xy_px[:, [*LEFT_LEG, *RIGHT_LEG]]).all(axis=(1, 2)))
    return np.stack([xy_px[known][:, LEFT_LEG], xy_px[known][:, RIGHT_LEG]], axis=1) / unit, known


def _rhythm(xy_px: FloatArray, swapped: Flags, time_s: FloatArray, unit: float) -> tuple[Flags, Flags]:
    """Return where legs whose labels are ``swapped`` so far contradict their drill's rhythm, and where they step."""
    legs, known = _legs(xy_px, unit)
    legs = np.where(swapped[known][:, None, None, None], legs[:, ::-1], legs)
    hips = xy_px[known][:, [Part.HIP.on(side) for side in Side]].mean(axis=1) / unit
    against, stepping = (_placed(flags, known) for flags in exchanged_against_rhythm(legs, hips, time_s[known]))
    return against, stepping


def _placed(flags: Flags, known: Flags) -> Flags:
    """Return flags of the known frames in their places among all, (n,); False elsewhere."""
    placed = np.zeros(len(known), dtype=bool)
    placed[known] = flags
    return placed


def _without_legs(values: FloatArray, lost: Flags) -> FloatArray:
    """Return (n, 33, ...) values with those of the legs unknown in some frames."""
    result = values.copy()
    for leg in (LEFT_LEG, RIGHT_LEG):
        result[np.ix_(np.flatnonzero(lost), np.asarray(leg))] = np.nan
    return result


def _with_legs_held(values: FloatArray, wavering: Flags, time_s: FloatArray) -> FloatArray:
    """Return (n, 33, ...) values with those of the legs in some frames drawn from the frames around them."""
    result = values.copy()
    if not wavering.any() or wavering.all():
        return result
    for row in (*LEFT_LEG, *RIGHT_LEG):
        flat = result[:, row].reshape(len(result), -1)
        for column in range(flat.shape[1]):
            flat[wavering, column] = np.interp(time_s[wavering], time_s[~wavering], flat[~wavering, column])
        result[:, row] = flat.reshape(result[:, row].shape)
    return result


def _exchange(values: FloatArray, swapped: Flags) -> FloatArray:
    result = values.copy()
    frames = np.flatnonzero(swapped)[:, None]
    result[frames, LEFT_LEG], result[frames, RIGHT_LEG] = values[frames, RIGHT_LEG], values[frames, LEFT_LEG]
    return result
