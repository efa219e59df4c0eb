"""Steps of running drills: alternating swings of the legs, with what tells one drill from another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.cycles import Cycle, excursions
from formcheck.segmentation.performance import Bout, Rep, reduced
from formcheck.vocabulary import Side

ENTER, LEAVE = 0.35, 0.02
"""Shares of the lift's amplitude: a swing counts from 0.35 and reaches to where the feet are level again."""
SMALLEST_LIFT = 0.03
"""Leg lengths: lifts below this are the jitter of a standing athlete."""
FLIGHT_SHARE = 0.08
"""Share of a swing's level-to-level time that it is longer at each end: one foot leaves before the other lands."""
LONGEST_PAUSE = 1.8
"""Seconds between two steps after which a new bout begins."""
WINDOW_SECONDS = 3.0


@dataclass(frozen=True)
class Step:
    """One swing of one leg and what it looks like.

    Angles in degrees, ``other_thigh`` that of the standing leg at the peak; ``lift`` is the foot's rise over level feet in leg lengths; ``upright`` the trunk's, in [0, 1].
    """

    rep: Rep
    time_s: float
    lift: float
    upright: float
    thigh_peak: float
    thigh_least: float
    other_thigh: float
    knee_peak: float
    thigh_at_knee_peak: float


def find_steps(motion: Motion) -> list[Step]:
    """Return every swing in the motion in time order.

    The signal is the height of one ankle over the other, which changes sign with every step from any view; its
    amplitude and centre are taken over the few seconds around, since the far foot looks higher than the near one.
    """
    signal = motion.height_over_other_foot(Side.LEFT)
    centre, amplitude = _local_range(signal, motion.rate_hz)
    relative = (signal - centre) / np.maximum(amplitude, SMALLEST_LIFT)
    found = []
    for side, sign in ((Side.LEFT, 1.0), (Side.RIGHT, -1.0)):
        for cycle in excursions(sign * relative, enter=ENTER, leave=LEAVE):
            lift = float(sign * (signal - centre)[cycle.peak])
            if not _foot_rises(sign * signal, cycle, lift):
                continue
            found.append(_step(motion, Rep(side, cycle.start, cycle.peak, cycle.end, cycle.whole), lift))
    return sorted(found, key=lambda step: step.rep.peak)


def _foot_rises(signal: FloatArray, cycle: Cycle, lift: float) -> bool:
    """Return whether a foot goes up and down: standing beside a drill lies off the range's centre all the same."""
    ends = [signal[cycle.start - 1] if cycle.start > 0 else np.nan, signal[cycle.end] if cycle.end < len(signal) - 1 else np.nan]
    return not any(signal[cycle.peak] - end < 0.5 * lift for end in ends)


def _local_range(signal: FloatArray, rate_hz: float) -> tuple[FloatArray, FloatArray]:
    """Return the running centre and half-range of a signal over a few seconds, (n,) each."""
    half = max(2, round(0.5 * WINDOW_SECONDS * rate_hz))
    stride = max(1, round(0.25 * rate_hz))
    at = np.arange(0, len(signal), stride)
    low, high = np.full(len(at), np.nan), np.full(len(at), np.nan)
    for index, frame in enumerate(at):
        start = min(max(0, frame - half), max(0, len(signal) - 2 * half - 1))
        window = signal[start : start + 2 * half + 1]
        window = window[np.isfinite(window)]
        if window.size:
            low[index], high[index] = np.percentile(window, [3, 97])
    known = np.isfinite(low)
    if not known.any():
        return np.zeros_like(signal), np.zeros_like(signal)
    frames = np.arange(len(signal))
    low, high = np.interp(frames, at[known], low[known]), np.interp(frames, at[known], high[known])
    return (low + high) / 2.0, (high - low) / 2.0


def _step(motion: Motion, swing: Rep, lift: float) -> Step:
    """Describe one swing; its ends reach a little past level feet, and must lie inside the clip to make it whole."""
    assert swing.side is not None
    side, start, peak, end, frames = swing.side, swing.start, swing.peak, swing.end, swing.frames
    margin = FLIGHT_SHARE * (motion.time_s[end] - motion.time_s[start])
    inside = motion.time_s[start] - margin > motion.time_s[0] and motion.time_s[end] + margin <= motion.time_s[-1]
    widened = np.flatnonzero(
        (motion.time_s >= motion.time_s[start] - margin) & (motion.time_s <= motion.time_s[end] + margin)
    )
    thigh, knee = motion.thigh_elevation_any_view(side)[frames], motion.knee_flexion_3d(side)[frames]
    flat_knee = motion.sharp_posture.knee_flexion(side)[frames]
    knee = np.fmax(knee, flat_knee) if _sideways(motion, peak) else knee
    around = slice(max(0, start - (end - start) // 2), end + (end - start) // 2 + 1)
    return Step(
        rep=Rep(side, int(widened[0]), peak, int(widened[-1]), swing.whole and bool(inside)),
        time_s=float(motion.time_s[peak]),
        lift=lift,
        upright=float(motion.orientation.upright[peak]),
        thigh_peak=_extreme(thigh, np.nanmax),
        thigh_least=_extreme(motion.thigh_elevation_3d(side)[around], np.nanmin),
        other_thigh=float(motion.thigh_elevation_any_view(side.other)[peak]),
        knee_peak=_extreme(knee, np.nanmax),
        thigh_at_knee_peak=float(thigh[int(np.nanargmax(knee))]) if np.isfinite(knee).any() else float("nan"),
    )


def _sideways(motion: Motion, frame: int) -> bool:
    return bool(abs(np.sin(np.radians(motion.orientation.yaw[frame]))) > 0.8)


def _extreme(values: FloatArray, reduce: Callable[[FloatArray], float]) -> float:
    return float(reduce(values)) if np.isfinite(values).any() else float("nan")


def bouts_of_steps(steps: list[Step], motion: Motion) -> list[list[Step]]:
    """Return runs of steps with no pause between them, each of at least four that alternate."""
    runs: list[list[Step]] = []
    for step in steps:
        if runs and step.time_s - runs[-1][-1].time_s <= LONGEST_PAUSE:
            runs[-1].append(step)
        else:
            runs.append([step])
    return [run for run in runs if len(run) >= 4]


def drill_bouts(
    motion: Motion,
    fits: Callable[[Step], bool],
    *,
    steps_per_minute: tuple[float, float],
    least_share: float = 0.6,
) -> tuple[Bout, ...]:
    """Return the stretches in which alternating steps fit a drill.

    ``fits`` looks at one step. A bout is a run of steps of which at least ``least_share`` fit, of each leg by itself,
    trimmed to its first and last fitting step, with a cadence inside ``steps_per_minute`` and a rhythm.
    """
    found = []
    for run in bouts_of_steps(find_steps(motion), motion):
        for stretch in _fitting_stretches(run, fits):
            cadence = 60.0 / reduced([b.time_s - a.time_s for a, b in zip(stretch[:-1], stretch[1:], strict=True)])
            share = min(_share_fitting(stretch, fits, side) for side in Side)
            if steps_per_minute[0] <= cadence <= steps_per_minute[1] and share >= least_share and _alternating(stretch):
                found.append(_bout(stretch, motion, share * _rhythm(stretch)))
    return tuple(found)


def every_stepping(motion: Motion) -> tuple[Bout, ...]:
    """Return every stretch of at least four steps, whatever they look like."""
    return tuple(_bout(run, motion, _rhythm(run)) for run in bouts_of_steps(find_steps(motion), motion))


def _fitting_stretches(run: list[Step], fits: Callable[[Step], bool]) -> list[list[Step]]:
    """Cut a run at places where three steps in a row do not fit (walking in and out), and trim both ends."""
    flags = [fits(step) for step in run]
    pieces: list[list[int]] = [[]]
    for index, flag in enumerate(flags):
        if flag:
            if pieces[-1] and index - pieces[-1][-1] > 3:
                pieces.append([])
            pieces[-1].append(index)
    return [run[piece[0] : piece[-1] + 1] for piece in pieces if piece and piece[-1] - piece[0] >= 3]


def _share_fitting(steps: list[Step], fits: Callable[[Step], bool], side: Side) -> float:
    flags = [fits(step) for step in steps if step.rep.side is side]
    return float(np.mean(flags)) if flags else 0.0


def _alternating(steps: list[Step]) -> bool:
    changes = [a.rep.side is not b.rep.side for a, b in zip(steps[:-1], steps[1:], strict=True)]
    return float(np.mean(changes)) >= 0.75


def _rhythm(steps: list[Step]) -> float:
    """Return 1 for even steps, falling towards 0 as their spacing scatters; the median step sets the scale."""
    spacing = np.diff([step.time_s for step in steps])
    scatter = 1.4826 * float(np.median(np.abs(spacing - np.median(spacing)))) / float(np.median(spacing))
    return float(np.clip(1.25 - scatter, 0.0, 1.0))


def _bout(steps: list[Step], motion: Motion, confidence: float) -> Bout:
    return Bout(
        start=steps[0].rep.start,
        end=steps[-1].rep.end,
        confidence=float(np.clip(confidence, 0.0, 1.0)),
        reps=tuple(step.rep for step in steps),
    )
