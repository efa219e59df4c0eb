"""Held postures: where the body stops, stays and leaves again, whatever the posture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.runs import runs
from formcheck.segmentation.performance import Held
from formcheck.segmentation.stillness import (
    LEAST_UPPER,
    MOST_MOVING,
    SAME_POSTURE,
    Flags,
    away,
    calmed,
    far_from,
    of_most_moving,
    stops,
    typical,
    visible_marks,
)

FAR, NEAR = 0.36, 0.15
"""Shares of the way into a posture from whose passing the arrival is extrapolated."""
LEAST_WAY = 0.015
"""Trunk lengths: movements smaller than this are not seen."""
SWAY_PERCENTILE, SWAY_ALLOWED = 90.0, 1.6
"""How much of the body's own swaying while it holds is no leaving of the posture."""
LONGEST_ARRIVAL = 0.5
"""Seconds that an extrapolation may add."""
BEFORE_REST = 0.4
"""Seconds before the averaged limbs come to rest in which the arrival may lie."""
REFINED, REFERENCE_SECONDS = 3, 1.5
"""How often, and from how much of the posture, an arrival is refined."""
TWITCH = 0.2
"""Seconds; shorter excursions do not leave a posture."""
TWITCHING_SECONDS = 0.5
"""Over which medians are taken where a hold's ends are sought: the detector loses a lying body for some frames, by as
much as a side plank is lifted, and finds it again. A median keeps the moment of every lasting change."""
FLICKER = 0.04
"""Trunk lengths that a mark may leave its place within a second; where all but the legs is quiet, more restless ones
say nothing about a hold's ends."""
LOOSEST, WILDEST = 0.18, 0.5
"""Trunk lengths of scatter beyond which a body that stays in place is moving, as on a treadmill: of the steady marks,
and of all where only the legs' are restless."""
SHORTEST = 1.2
"""Seconds; shorter stops are pauses."""


def find_holds(motion: Motion) -> list[Held]:
    """Return every stretch of stillness in the motion, standing included, without a side, in time order."""
    marks = visible_marks(motion)
    points = np.asarray(motion.clean.xy_px[:, marks] / motion.trunk)
    if len(marks) < MOST_MOVING:
        return []
    calm = calmed(points, motion.rate_hz, TWITCHING_SECONDS)
    found: list[Held] = []
    every = stops(points, marks, motion)
    places = [(stop, typical(points[stop])) for stop, _ in every]
    for number, (core, quiet) in enumerate(every):
        if motion.time_s[core.stop - 1] - motion.time_s[core.start] < 0.5 * SHORTEST:
            continue
        steady = _steady_marks(points[core], motion.rate_hz) if quiet else np.ones(len(marks), dtype=bool)
        if _scatter(points[core]) > WILDEST or _scatter(points[core][:, steady]) > LOOSEST:
            continue
        held = _settled(calm[:, steady], core, _between_others(points, places, number), motion)
        if held is not None and (not found or held.start > found[-1].end):
            found.append(held)
    return found


def _steady_marks(points: FloatArray, rate_hz: float) -> Flags:
    """Return (marks,) True for the marks that are not restless throughout stillness; all where too few are.

    Who slowly sinks deeper into a stretch is not restless.
    """
    restless = away(np.nan_to_num(points), calmed(points, rate_hz))
    steady = np.asarray(np.percentile(restless, SWAY_PERCENTILE, axis=0) <= FLICKER)
    return steady if steady.sum() >= LEAST_UPPER else np.ones_like(steady)


def _between_others(points: FloatArray, places: Sequence[tuple[slice, FloatArray]], number: int) -> slice:
    """Return the frames from the middle of the last other posture before a still stretch to that of the next after it.

    ``places`` are all stops with the typical place of every mark in them; the stretch is the one at ``number``. A hold
    ends where the body leaves for the next stop, however much farther it goes from there.
    """
    held = points[places[number][0]]

    def first_other(on_the_way: Iterable[tuple[slice, FloatArray]], otherwise: int) -> int:
        others = (
            (one.start + one.stop) // 2 for one, place in on_the_way if far_from(place, held) > 2.0 * SAME_POSTURE
        )
        return next(others, otherwise)

    before, after = reversed(places[:number]), places[number + 1 :]
    return slice(first_other(before, 0), first_other(after, len(points) - 1) + 1)


def _settled(points: FloatArray, core: slice, around: slice, motion: Motion) -> Held | None:
    """Return the hold around a still stretch: from the posture fully reached to first leaving it.

    ``around`` is how far it may reach.
    """
    part, time_s = points[around], motion.time_s[around]
    forth = slice(core.start - around.start, core.stop - around.start)
    back = slice(len(part) - forth.stop, len(part) - forth.start)
    start = around.start + _start(part, forth, time_s)
    end = around.stop - 1 - _start(part[::-1], back, -time_s[::-1])
    if motion.time_s[end] - motion.time_s[start] < SHORTEST:
        return None
    return Held(None, start, end, start_seen=start > 0, end_seen=end < len(motion) - 1)


def _start(points: FloatArray, core: slice, time_s: FloatArray) -> int:
    """Return the frame in which the body arrives in the posture that it keeps in ``core``.

    People sink deeper into a stretch while they hold it, so the posture arrived in is the one right after the arrival.
    """
    start, reference, until = int(core.start), core, int(core.start + core.stop) // 2
    earliest = int(np.searchsorted(time_s, time_s[core.start] - BEFORE_REST))
    for _ in range(REFINED):
        left = of_most_moving(away(points[: until + 1], typical(points[reference])))
        start = _arrival(left, time_s[: until + 1], _scatter(points[reference]))
        start = max(start, earliest)
        after = int(np.searchsorted(time_s, time_s[start] + REFERENCE_SECONDS))
        until = min(max(after, start + 1), core.stop - 1)
        reference = slice(start, until + 1)
    return start


def _scatter(points: FloatArray) -> float:
    """Return how far the limbs sway about their typical posture, in trunk lengths."""
    trim = len(points) // 10
    swaying = of_most_moving(away(points[trim : len(points) - trim], typical(points)))
    return float(np.nanpercentile(swaying, SWAY_PERCENTILE))


def _arrival(left: FloatArray, time_s: FloatArray, scatter: float) -> int:
    """Return the frame in which the body arrives in the posture that ``left`` (n,), the way to it, ends in.

    0 if it was there already. A body slows down into a posture: what is left of the way falls about with the square of
    the time that is left. So the arrival is extrapolated from where ``FAR`` and ``NEAR`` of the way were left, which
    noise does not blur as it does the very end.
    """
    way = _way(left, time_s)
    near = max(NEAR * way, LEAST_WAY + SWAY_ALLOWED * scatter)
    far = max(FAR * way, 2.0 * near)
    at_near, at_far = _last_beyond(left, near, time_s), _last_beyond(left, far, time_s)
    if at_near == 0:
        return 0
    share = np.sqrt(near) / (np.sqrt(far) - np.sqrt(near))
    more = min((time_s[at_near] - time_s[at_far]) * share, LONGEST_ARRIVAL) if at_far > 0 else 0.0
    arrival = int(np.searchsorted(time_s, time_s[at_near] + more - 1e-9))
    return min(arrival, len(time_s) - 1)


def _way(left: FloatArray, time_s: FloatArray) -> float:
    """Return how far the body came from into the posture, in trunk lengths: the farthest in the last movement."""
    known = np.nan_to_num(left, nan=0.0)
    last = _last_beyond(known, max(0.5 * float(known.max()), LEAST_WAY), time_s)
    return float(known[max(0, last - 1) :].max()) if last else float(known.max())


def _last_beyond(left: FloatArray, level: float, time_s: FloatArray) -> int:
    """Return the first frame after the last excursion beyond ``level`` that is longer than a twitch, 0 for none."""
    for run in reversed(runs(~(np.nan_to_num(left, nan=np.inf) <= level))):
        longer = run.start == 0 or time_s[run.stop - 1] - time_s[run.start] > TWITCH
        if longer and run.stop < len(left):
            return int(run.stop)
    return 0
