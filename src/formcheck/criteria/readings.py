"""From a performance to samples: which repetitions may be read, where in them, and how noisy a reading is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np

from formcheck.criteria.doubt import doubt, is_quick, moments, why_misfit
from formcheck.criteria.model import Bands, Measurement, Problem, Reason, RequiredView, Sample
from formcheck.kinematics.geometry import FloatArray
from formcheck.segmentation.performance import Performance, Rep, reduced
from formcheck.vocabulary import Part, Side, Status, View

NOISE = {
    "trunk": 0.8,
    "thigh": 1.0,
    "shank": 1.6,
    "knee": 2.0,
    "hip": 1.5,
    "elbow": 4.0,
    "foot": 4.0,
    "ankle": 4.0,
    "valgus": 2.5,
}
"""Degrees: standard deviation of one reading of an angle (criteria section 3, measured on public clips), for an
athlete whose trunk is ``NOISE_TRUNK_PX`` long; smaller pictures are noisier in proportion."""
NOISE_TRUNK_PX, NOISE_RATE_HZ = 120.0, 30.0
LEGS_AND_TRUNK = [part.on(side) for part in (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE) for side in Side]
SMALLEST_TRUNK_PX = 70.0
SMALLEST_TRUNK_FOR_FEET_PX = 100.0
DRILL_RATE_HZ, SLOW_RATE_HZ = 20.0, 5.0
FEET = (Part.HEEL, Part.TOE)
SEEN_SHARE = 0.8
"""Share of a repetition's frames in which a part must be seen (criteria section 2.2)."""
LEAST_STEPS_KEPT = 10
"""Steps that must remain for a drill's first and last two to be left out (criteria section 0b)."""

Reading = Callable[[Rep], float]


def said(words: str, value: float) -> str:
    """Return ``words`` with the value put into them, no sign before a zero, nothing where the value is unknown."""
    if not math.isfinite(value):
        return ""
    is_zero = words.format(abs(value)) == words.format(0.0)
    return words.format(0.0 if is_zero else value).replace("-", "−")


def status_if_known(bands: Bands, value: float) -> Status | None:
    """Return the status of a second reading, which softens or replaces the first; None where it is unknown."""
    return bands.status_of(value) if math.isfinite(value) else None


def noise(performance: Performance, kind: str, side: Side | None = None) -> float:
    """Return the standard deviation of one reading of an angle in degrees, for this athlete in this clip.

    Of the leg of a ``side``, whose marks may not fit the body; None for anything else.
    """
    usual = NOISE[kind] * blur(performance)
    return usual if side is None else math.hypot(usual, doubt(performance, kind, side))


def length_noise(performance: Performance) -> float:
    """Return the standard deviation of one reading of a relative length: 1.5 % of a leg at its best."""
    return 0.015 * blur(performance)


def blur(performance: Performance) -> float:
    """Return how much noisier this clip reads than a good one, 1 or more.

    Pixels: a segment half as long is read twice as roughly. Frames: readings are medians over a fixed time, so fewer
    frames average out less. Visibility: what the model half guesses is rough.
    """
    small = max(1.0, NOISE_TRUNK_PX / performance.motion.trunk)
    slow = max(1.0, NOISE_RATE_HZ / performance.rate_hz) ** 0.5
    seen = performance.motion.detected.visibility[performance.frames][:, LEGS_AND_TRUNK]
    known = seen[np.isfinite(seen)]
    unsure = 1.0 / min(max(float(np.median(known)) if known.size else 0.0, 0.5), 1.0)
    return float(small * slow * unsure)


def why_not(
    performance: Performance,
    parts: Iterable[tuple[Part, Side]] = (),
    *,
    least_rate_hz: float = SLOW_RATE_HZ,
    near_only: Side | None = None,
    of: Side | None = None,
    feet_as_places: bool = False,
    must_fit: bool = True,
) -> Reason | None:
    """Return why these parts cannot be measured in this performance, or None where they can.

    ``near_only`` names a side that must be the one nearer to the camera: a far leg is hidden by the near one.
    ``of`` names the side whose repetitions count, where a part need only be seen in those. Feet that are only
    ``feet_as_places``, where they stand and not how, may be as small as the rest of the body. Marks ``must_fit`` the
    body unless the caller has better ones than the detector's, or reads legs that truly point out of the picture.
    """
    wanted = list(parts)
    if performance.rate_hz < least_rate_hz:
        found = f"{performance.rate_hz:.0f} frames a second were filmed, {least_rate_hz:.0f} are needed"
        return Reason(code=Problem.FRAME_RATE, message=f"{found}.")
    of_feet = any(part in FEET for part, _ in wanted) and not feet_as_places
    smallest = SMALLEST_TRUNK_FOR_FEET_PX if of_feet else SMALLEST_TRUNK_PX
    if performance.motion.trunk < smallest:
        found = f"the trunk is {performance.motion.trunk:.0f} pixels long, {smallest:.0f} are needed"
        return Reason(code=Problem.TOO_SMALL, message=f"Too small in the picture: {found}; go nearer.")
    if near_only is not None and performance.view is View.SIDE and near_only is not performance.near:
        return Reason(
            code=Problem.NOT_VISIBLE,
            message=f"The {near_only} leg is the far one and hidden; film the {near_only} side too.",
            view=RequiredView.SIDE,
        )
    frames = moments(performance, of)
    for part, side in wanted:
        seen = performance.motion.seen(part, side)[frames]
        if float(np.mean(seen)) < SEEN_SHARE:
            name = f"{side} {part.name.lower()}"
            return Reason(
                code=Problem.NOT_VISIBLE, message=f"The {name} was seen in {np.mean(seen):.0%} of the frames only."
            )
        as_place = not must_fit or (part in FEET and feet_as_places)
        misfit = None if as_place else why_misfit(performance, part, side, frames)
        if misfit is not None:
            return misfit
    return None


def per_rep(
    performance: Performance,
    side: Side | None,
    read: Reading,
    *,
    noise: float,
    at: Callable[[Rep], int] = lambda rep: rep.peak,
) -> Measurement:
    """Return one sample per repetition of a side; ``at`` gives the frame that shows it."""
    samples = tuple(
        Sample(time_s=float(performance.time_s[at(rep)]), value=float(read(rep)))
        for rep in judged_reps(performance, side)
    )
    return Measurement(samples=samples, noise=noise)


def judged_reps(performance: Performance, side: Side | None) -> tuple[Rep, ...]:
    """Return the repetitions to judge: the first and last two steps of a long drill are starting and stopping."""
    reps = performance.reps(side)
    everyone = performance.reps()
    kept = set(everyone[2:-2])
    if performance.bout.holds or len(kept) < LEAST_STEPS_KEPT or not is_quick(performance):
        return reps
    return tuple(rep for rep in reps if rep in kept)


def value_at(series: FloatArray, frames: slice) -> float:
    """Return the median of the known values in some frames, NaN where none is known."""
    return reduced(series[frames])


def largest(series: FloatArray, frames: slice) -> float:
    """Return the largest known value in some frames, from the median of it and its neighbours, NaN where unknown."""
    return _extreme(series, frames, np.nanargmax)


def smallest(series: FloatArray, frames: slice) -> float:
    """Return the smallest known value in some frames, from the median of it and its neighbours, NaN where unknown."""
    return _extreme(series, frames, np.nanargmin)


def _extreme(series: FloatArray, frames: slice, find: Callable[[FloatArray], np.intp]) -> float:
    part = series[frames]
    if not np.isfinite(part).any():
        return float("nan")
    index = int(find(part))
    return float(np.nanmedian(part[max(0, index - 1) : index + 2]))


def unmeasurable(reason: Reason) -> Measurement:
    """Return a measurement that only says why there is none."""
    return Measurement(problem=reason)
