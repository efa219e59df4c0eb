"""Steps of running drills: alternating swings of the legs, with what tells one drill from another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.memory import once_per_motion
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.alternation import Alternation, of_feet, regularity
from formcheck.segmentation.clip_ends import with_ends_cut
from formcheck.segmentation.cycles import Cycle, excursions
from formcheck.segmentation.performance import Bout, Rep, reduced
from formcheck.segmentation.timing import middle_second
from formcheck.vocabulary import Side

ENTER, LEAVE = 0.35, 0.02
"""Shares of the lift's amplitude: a swing counts from 0.35 and reaches to where the feet are level again."""
LONGEST_PAUSE = 1.8
"""Seconds between two steps after which a new bout begins."""
MAY_LACK = 0.125
"""Share of a step that the clip may cut from one which counts as whole by its half."""
WINDOW_SECONDS = 3.0
REGULAR = 0.4
"""Correlation of the legs' signal with itself a stride later: drills of rendered people, however filmed, and of real
ones give 0.73 and more; legs that the detector exchanges under a body that does something else give 0.03 at most."""
SIDEWAYS = 0.8
"""Sine of the yaw from which the picture shows the knee's own flexion."""


@dataclass(frozen=True)
class Step:
    """One swing of one leg and what it looks like.

    Angles in degrees, ``other_thigh`` that of the standing leg at the peak; ``lift`` is the foot's rise over level feet
    in leg lengths; ``upright`` the trunk's, in [0, 1].
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


@once_per_motion
def find_steps(motion: Motion, told_by: Callable[[Motion], Alternation] = of_feet) -> list[Step]:
    """Return every swing in the motion in time order; ``told_by`` tells the legs apart.

    The signal's amplitude and centre are taken over the few seconds around, since the far foot looks higher than the
    near one.
    """
    alternation = told_by(motion)
    steps = sorted(_swings(motion, alternation), key=lambda step: step.rep.peak)
    may_lack = MAY_LACK if alternation.half_is_whole else 0.0
    reps = with_ends_cut([step.rep for step in steps], motion.time_s, may_lack=may_lack)
    return [replace(step, rep=rep) for step, rep in zip(steps, reps, strict=True)]


def _swings(motion: Motion, alternation: Alternation) -> Iterator[Step]:
    feet, signal = of_feet(motion).signal, alternation.signal
    level = feet - _local_range(feet, motion.rate_hz)[0]
    centre, amplitude = _local_range(signal, motion.rate_hz)
    relative = (signal - centre) / np.maximum(amplitude, alternation.smallest)
    legs = {side: _leg(motion, side) for side in Side}
    for side, sign in ((Side.LEFT, 1.0), (Side.RIGHT, -1.0)):
        rising = sign * (signal - centre)
        for cycle in excursions(sign * relative, enter=ENTER, leave=LEAVE):
            if not _foot_rises(sign * signal, cycle, float(rising[cycle.peak])):
                continue
            rep = _rep(motion.time_s, side, cycle, rising, alternation)
            lift = _extreme(sign * level[cycle.frames], np.nanmax)
            yield _step(motion, rep, cycle, lift, legs)


@dataclass(frozen=True)
class _Leg:
    """Series of one leg, (n,) degrees: thigh elevation any view and from world landmarks, and knee flexion."""

    thigh: FloatArray
    thigh_3d: FloatArray
    knee: FloatArray


def _leg(motion: Motion, side: Side) -> _Leg:
    """Return a leg's series; from the side the knee's flexion is the larger one of world landmarks and the picture."""
    knee, flat_knee = motion.knee_flexion_3d(side), motion.sharp_posture.knee_flexion(side)
    sideways = np.abs(np.sin(np.radians(motion.orientation.yaw))) > SIDEWAYS
    return _Leg(
        thigh=motion.thigh_elevation_any_view(side),
        thigh_3d=motion.thigh_elevation_3d(side),
        knee=np.where(sideways, np.fmax(knee, flat_knee), knee),
    )


def _foot_rises(signal: FloatArray, cycle: Cycle, lift: float) -> bool:
    """Return whether a foot goes up and down: standing beside a drill lies off the range's centre all the same."""
    before = signal[cycle.start - 1] if cycle.start > 0 else np.nan
    after = signal[cycle.end] if cycle.end < len(signal) - 1 else np.nan
    return not any(signal[cycle.peak] - end < 0.5 * lift for end in (before, after))


def _local_range(signal: FloatArray, rate_hz: float) -> tuple[FloatArray, FloatArray]:
    """Return the running centre and half-range of a signal over a few seconds, (n,) each."""
    half = max(2, round(0.5 * WINDOW_SECONDS * rate_hz))
    stride = max(1, round(0.25 * rate_hz))
    at = np.arange(0, len(signal), stride)
    low, high = np.full(len(at), np.nan), np.full(len(at), np.nan)
    for index, frame in enumerate(at.tolist()):
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


def _rep(time_s: FloatArray, side: Side, cycle: Cycle, rising: FloatArray, alternation: Alternation) -> Rep:
    """Return a swing as a repetition; its ends reach a little past level feet and must lie inside the clip."""
    moment = middle_second(time_s, rising, cycle)
    margin = alternation.flight_share * (time_s[cycle.end] - time_s[cycle.start])
    starts, ends = time_s[cycle.start] - margin, time_s[cycle.end] + margin
    inside = cycle.whole and _leaves(time_s, rising, cycle) - margin > time_s[0] and ends <= time_s[-1]
    whole = moment is not None if alternation.half_is_whole else bool(inside)
    first, last = int(np.searchsorted(time_s, starts)), int(np.searchsorted(time_s, ends, side="right")) - 1
    return Rep(side, first, cycle.peak, last, whole, moment_s=moment)


def _leaves(time_s: FloatArray, rising: FloatArray, cycle: Cycle) -> float:
    """Return the second between two frames in which a swing leaves level feet; clips often begin there."""
    before = max(0, cycle.start - 1)
    slope = (rising[cycle.start] - rising[before]) / max(time_s[cycle.start] - time_s[before], 1e-9)
    return float(time_s[cycle.start] - max(rising[cycle.start], 0.0) / slope) if slope > 0.0 else float(time_s[before])


def _step(motion: Motion, rep: Rep, cycle: Cycle, lift: float, legs: Mapping[Side, _Leg]) -> Step:
    """Describe one swing by what its leg does between level feet."""
    assert rep.side is not None
    leg, other, half = legs[rep.side], legs[rep.side.other], (cycle.end - cycle.start) // 2
    thigh, knee = leg.thigh[cycle.frames], leg.knee[cycle.frames]
    return Step(
        rep=rep,
        time_s=float(motion.time_s[rep.peak]) if rep.moment_s is None else rep.moment_s,
        lift=lift,
        upright=float(motion.orientation.upright[rep.peak]),
        thigh_peak=_extreme(thigh, np.nanmax),
        thigh_least=_extreme(leg.thigh_3d[max(0, cycle.start - half) : cycle.end + half + 1], np.nanmin),
        other_thigh=float(other.thigh[rep.peak]),
        knee_peak=_extreme(knee, np.nanmax),
        thigh_at_knee_peak=float(thigh[int(np.nanargmax(knee))]) if np.isfinite(knee).any() else float("nan"),
    )


def _extreme(values: FloatArray, reduce: Callable[[FloatArray], float]) -> float:
    return float(reduce(values)) if np.isfinite(values).any() else float("nan")


def bouts_of_steps(steps: Iterable[Step]) -> list[list[Step]]:
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
    told_by: Callable[[Motion], Alternation] = of_feet,
    least_regularity: float = REGULAR,
) -> tuple[Bout, ...]:
    """Return the stretches in which alternating steps fit a drill.

    ``fits`` looks at one step, ``told_by`` tells the legs apart as in ``find_steps``. A bout is a run of steps of
    which at least ``least_share`` fit, of each leg by itself, trimmed to its first and last fitting step, with a
    cadence inside ``steps_per_minute`` and a rhythm. From stride to stride its signal repeats itself with a
    correlation of at least ``least_regularity``, which jitter taken for steps does not.
    """
    signal = told_by(motion).signal
    found = []
    for run in bouts_of_steps(find_steps(motion, told_by)):
        for stretch in _fitting_stretches(run, fits):
            cadence = 60.0 / reduced([b.time_s - a.time_s for a, b in pairwise(stretch)])
            share = min(_share_fitting(stretch, fits, side) for side in Side)
            if (
                steps_per_minute[0] <= cadence <= steps_per_minute[1]
                and share >= least_share
                and _alternating(stretch)
                and _regularity(stretch, signal, motion.time_s) >= least_regularity
            ):
                found.append(_bout(stretch, share * _rhythm(stretch)))
    return tuple(found)


def _regularity(steps: Sequence[Step], signal: FloatArray, time_s: FloatArray) -> float:
    stride = reduced([after.time_s - before.time_s for before, after in zip(steps, steps[2:], strict=False)])
    frames = slice(steps[0].rep.start, steps[-1].rep.end + 1)
    return regularity(signal[frames], time_s[frames], stride)


def every_stepping(motion: Motion, told_by: Callable[[Motion], Alternation] = of_feet) -> tuple[Bout, ...]:
    """Return every stretch of at least four steps, whatever they look like."""
    return tuple(_bout(run, _rhythm(run)) for run in bouts_of_steps(find_steps(motion, told_by)))


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
    changes = [a.rep.side is not b.rep.side for a, b in pairwise(steps)]
    return float(np.mean(changes)) >= 0.75


def _rhythm(steps: list[Step]) -> float:
    """Return 1 for even steps, falling towards 0 as their spacing scatters; the median step sets the scale."""
    spacing = np.diff([step.time_s for step in steps])
    scatter = 1.4826 * float(np.median(np.abs(spacing - np.median(spacing)))) / float(np.median(spacing))
    return float(np.clip(1.25 - scatter, 0.0, 1.0))


def _bout(steps: list[Step], confidence: float) -> Bout:
    return Bout(
        start=steps[0].rep.start,
        end=steps[-1].rep.end,
        confidence=float(np.clip(confidence, 0.0, 1.0)),
        reps=tuple(step.rep for step in steps),
    )
