"""The steady rhythm of steps: how many frames later one leg does what the other one does now.

Legs whose labels cannot be relied on show it all the same: some frames later they lie again where legs lay, whichever
is which. That it is a step and not a stride, the labels say where most are right; where they name one leg whatever
kicks, the difference between the near and the far leg says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from formcheck.kinematics.geometry import FloatArray

WINDOW_SECONDS, HOP_SECONDS, AROUND_SECONDS = 3.0, 0.5, 5.0
"""The rhythm is that of so long a time, looked for so often; whose turn it is shows in so long a time before and after.
"""
STEP_SECONDS = (0.12, 0.6)
"""The quickest feet, and steps of which a window holds five."""
LEAST_MOVE = 0.1
"""Trunk lengths by which the legs' marks lie off their typical place: less is no drill."""
AT_REST = 0.05
"""Trunk lengths that legs are off a quarter or half of a step earlier or later, while they take steps."""
ALIKE = 0.6
"""How far legs may be from where they or the others were a step ago, as a share of how far they move."""
UNLIKE_BETWEEN = 1.3
"""Times as far that legs must be some time during a step: what moves slowly is alike for long."""
NEARLY_BEST = 1.5
"""The shortest of the steps after which legs are nearly as much alike is the step."""
TELLING = 0.3
"""Share of the move by which legs must be nearer to the others' place than to their own to tell anything."""
TAKING_TURNS, BACK_AGAIN, LEAST_TELLING = 0.55, 0.9, 0.2
"""Share of the telling frames that must show the other leg a step later, how much of that may do so two steps later,
and the share of all frames that must tell."""
QUICK_STEP, ALIKE_TWICE = 0.5, 0.8
"""Up to so many seconds a step, nobody kicks with one leg alone: legs that are so much more alike after two steps than
after one, and unlike after half a one, take turns whatever their labels say."""
Flags = npt.NDArray[np.bool_]


def frames_of_a_step(ways: FloatArray, rate_hz: float) -> FloatArray:
    """Return how many frames later the other leg does the same, (n,), to a fraction; 0 where legs take no turns.

    ``ways`` are legs about the hips, (n, 2, parts, 2) in trunk lengths, known throughout.
    """
    n, width = len(ways), round(WINDOW_SECONDS * rate_hz)
    few, most = (round(seconds * rate_hz) for seconds in STEP_SECONDS)
    wide = round(AROUND_SECONDS * rate_hz) - width // 2
    lags = {lag: _after(ways, lag) for lag in range(max(1, few - 1), min(2 * most + 2, n - 4))}
    step, unlike = np.zeros(n), np.full(n, np.inf)
    for start in range(0, max(1, n - width // 2), max(1, round(HOP_SECONDS * rate_hz))):
        stop = min(n, start + width)
        part = ways[start:stop]
        move = float(np.median(distance_of_legs(part, np.median(part, axis=0))))
        if move < LEAST_MOVE:
            continue
        around = slice(max(0, start - wide), min(n, stop + wide))
        seen = {
            lag: _seen(same, other, slice(start, stop - lag), slice(around.start, around.stop - lag))
            for lag, (same, other) in lags.items()
            if 2 * lag < stop - start
        }
        found = _step_in(seen, move, rate_hz, (max(2, few), most))
        if found is None:
            continue
        inner = slice(start if start == 0 else start + width // 4, stop if stop == n else stop - width // 4)
        better = np.flatnonzero(found[1] / move < unlike[inner]) + inner.start
        step[better], unlike[better] = found[0], found[1] / move
    step[_at_rest(ways, step)] = 0.0
    return step


@dataclass(frozen=True, kw_only=True)
class _Lag:
    """How alike legs are some frames later, in trunk lengths: to themselves and to the other legs.

    ``unlike`` is the typical distance to whichever leg is nearer in a window, ``nearer`` (k,) how much nearer the other
    leg is than the own one in a longer time around it.
    """

    unlike: float
    nearer: FloatArray

    def taking_turns(self, move: float) -> float:
        """Return the share of telling frames in which the other leg is nearer; 0 where too few tell."""
        telling = np.abs(self.nearer) > TELLING * move
        return float(np.mean(self.nearer[telling] > 0.0)) if telling.mean() >= LEAST_TELLING else 0.0


def _at_rest(ways: FloatArray, step: FloatArray) -> Flags:
    """Return (n,) True where legs stay where they are for half a step before and after: they stand, step or no step."""
    frames, rest = np.arange(len(ways)), np.ones(len(ways), dtype=bool)
    for share in (-0.5, -0.25, 0.25, 0.5):
        there = np.clip(frames + np.round(share * step).astype(int), 0, len(ways) - 1)
        rest &= np.minimum(distance_of_legs(ways, ways[there]), distance_of_legs(ways, ways[there, ::-1])) < AT_REST
    return rest


def _step_in(
    lags: dict[int, _Lag], move: float, rate_hz: float, between: tuple[int, int]
) -> tuple[float, float] | None:
    """Return the frames of a step in one window, to a fraction, and how unlike legs are a step later; None for none."""

    def unlike(lag: int) -> tuple[float, float, float]:
        before, here, after = (lags[one].unlike if one in lags else np.inf for one in (lag - 1, lag, lag + 1))
        return before, here, after

    def turns(lag: int) -> float:
        return lags[lag].taking_turns(move) if lag in lags else 0.0

    def alike(lag: int) -> bool:
        here = lags[lag].unlike
        in_between = max((lags[one].unlike for one in lags if one < lag), default=0.0)
        return here <= min(unlike(lag)) and here < ALIKE * move and in_between > UNLIKE_BETWEEN * here

    def labelled(lag: int) -> bool:
        return turns(lag) >= TAKING_TURNS and turns(2 * lag) < BACK_AGAIN * turns(lag)

    def must_be(lag: int) -> bool:
        halves = (lag // 2, (lag + 1) // 2)
        whole = all(min(unlike(half)) >= ALIKE * move and turns(half) < TAKING_TURNS for half in halves)
        return whole and lag <= QUICK_STEP * rate_hz and min(unlike(2 * lag)) < ALIKE_TWICE * lags[lag].unlike

    possible = [lag for lag in lags if between[0] <= lag <= between[1] and alike(lag)]
    fitting = [lag for lag in possible if labelled(lag)] or [lag for lag in possible if must_be(lag)]
    if not fitting:
        return None
    least = min(lags[lag].unlike for lag in fitting)
    step = next(lag for lag in fitting if lags[lag].unlike <= NEARLY_BEST * least)
    return step + _vertex(*unlike(step)), lags[step].unlike


def _vertex(before: float, here: float, after: float) -> float:
    """Return where the parabola through three neighbours is lowest, from the middle one; 0 where it has no bottom."""
    bend = before - 2.0 * here + after
    return 0.5 * (before - after) / bend if np.isfinite(bend) and bend > 0.0 else 0.0


def _after(ways: FloatArray, lag: int) -> tuple[FloatArray, FloatArray]:
    """Return how far legs are from where they, and from where the others, are ``lag`` frames later, (n - lag,) each."""
    early, late = ways[:-lag], ways[lag:]
    return distance_of_legs(early, late), distance_of_legs(early, late[:, ::-1])


def _seen(same: FloatArray, other: FloatArray, window: slice, around: slice) -> _Lag:
    return _Lag(unlike=float(np.median(np.minimum(same[window], other[window]))), nearer=same[around] - other[around])


def distance_of_legs(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return the root mean square distance of the marks of (n, legs, parts, 2) legs, (n,)."""
    return np.asarray(np.sqrt(((one - other) ** 2).sum(axis=-1).mean(axis=(1, 2))))
