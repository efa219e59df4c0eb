"""What both planks share: how they are held up, the line of the body, the seconds held and those in good form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from formcheck.criteria.model import (
    Band,
    Bands,
    Criterion,
    Kind,
    Measurement,
    PerSide,
    Problem,
    Reason,
    RequiredView,
    Sample,
)
from formcheck.criteria.readings import length_noise, unmeasurable, value_at, why_not
from formcheck.criteria.stretches import core, holds, per_hold, seconds
from formcheck.kinematics import geometry
from formcheck.kinematics.geometry import FloatArray
from formcheck.segmentation.performance import Held, Performance
from formcheck.segmentation.postures import Posture
from formcheck.vocabulary import Part, Side, Status, Unit

STANDARD_PRACTICE = "Standard practice, not in the source"
LINE = (Part.SHOULDER, Part.HIP, Part.ANKLE)
LINE_NOISE_SHARE = 0.4
"""Standard error of the body line's offset over a hold, as a share of a relative length's: the line is 1.5 leg lengths
long, and jitter averages out."""
KNEES = Bands(Band(None, 15.0), (Band(15.0, 25.0),))

LEAST_SECONDS_TO_FADE = 5.0
FIFTH = 0.2


def mean_over_sides(posture: Posture, part: Part) -> float:
    """Return a part's height over the lowest mark of the body, the mean of both sides, in leg lengths."""
    return 0.5 * (posture.height[part, Side.LEFT] + posture.height[part, Side.RIGHT])


def lowest(posture: Posture, part: Part) -> float:
    """Return the lower side's height over the lowest mark of the body, in leg lengths."""
    return min(posture.height[part, side] for side in Side)


@dataclass(frozen=True, kw_only=True)
class BodyLine:
    """How far the hips are off the line from shoulders to ankles, in lengths of that line.

    ``offset`` gives it as (n,), + towards the ceiling; ``parts`` what must be seen for it; ``tolerated`` is the range
    from one major fault to the other; ``shown`` tells whether the view of a performance shows it.
    """

    offset: Callable[[Performance], FloatArray]
    parts: Callable[[Performance], list[tuple[Part, Side]]]
    tolerated: tuple[float, float]
    shown: Callable[[Performance], bool]

    def typical(self, performance: Performance, side: Side | None) -> Measurement:
        """Measure the offset over each hold."""
        if (reason := why_not(performance, self.parts(performance))) is not None:
            return unmeasurable(reason)
        offset = self.offset(performance)
        return per_hold(performance, side, lambda frames: value_at(offset, frames), noise=line_noise(performance))

    def fading(self, performance: Performance, side: Side | None) -> Measurement:
        """Measure the change of the offset from the first to the last fifth of each hold that is long enough."""
        reason = why_not(performance, self.parts(performance)) or _too_short(performance, side)
        if reason is not None:
            return unmeasurable(reason)
        offset = self.offset(performance)
        lasting = [held for held in holds(performance, side) if seconds(performance, held) >= LEAST_SECONDS_TO_FADE]
        samples = tuple(_faded(performance, held, offset) for held in lasting)
        return Measurement(samples=samples, noise=line_noise(performance))

    def good_seconds(self, performance: Performance, held: Held) -> float | None:
        """Return the seconds of a hold without a major fault of the hips, None where they are not shown.

        As in every verdict, the error of the reading is granted.
        """
        if not self.shown(performance) or why_not(performance, self.parts(performance)) is not None:
            return None
        offset = self.offset(performance)[held.frames]
        known = offset[np.isfinite(offset)]
        granted = line_noise(performance)
        low, high = self.tolerated[0] - granted, self.tolerated[1] + granted
        return seconds(performance, held) * float(np.mean((known >= low) & (known <= high))) if known.size else None


def near_line(performance: Performance) -> FloatArray:
    """Return how far the nearer hip is off the line from its shoulder to its ankle, (n,)."""
    shoulder, hip, ankle = (performance.motion.at(part, performance.near) for part in LINE)
    return geometry.offset_from_line(hip, shoulder, ankle)


def middle_line(performance: Performance) -> FloatArray:
    """Return how far the middle of the hips is off the line between the middles of shoulders and ankles, (n,)."""
    at = performance.motion.at
    shoulder, hip, ankle = (geometry.midpoint(at(part, Side.LEFT), at(part, Side.RIGHT)) for part in LINE)
    return geometry.offset_from_line(hip, shoulder, ankle)


def line_noise(performance: Performance) -> float:
    """Return the standard error of the hips' offset over a hold, in lengths of the line."""
    return LINE_NOISE_SHARE * length_noise(performance)


def _too_short(performance: Performance, side: Side | None) -> Reason | None:
    longest = max((seconds(performance, held) for held in holds(performance, side)), default=0.0)
    if longest >= LEAST_SECONDS_TO_FADE:
        return None
    found = f"The longest hold lasts {longest:.1f} s, {LEAST_SECONDS_TO_FADE:.0f} s are needed"
    return Reason(code=Problem.NOT_SHOWN, message=f"{found} to see the form fade.")


def _faded(performance: Performance, held: Held, offset: FloatArray) -> Sample:
    """Return how much a series changed from the first to the last fifth of a hold, shown at its end."""
    frames = core(performance, held)
    fifth = max(1, round(FIFTH * (frames.stop - frames.start)))
    first, last = slice(frames.start, frames.start + fifth), slice(frames.stop - fifth, frames.stop)
    return Sample(
        time_s=float(performance.time_s[frames.stop - 1]), value=value_at(offset, last) - value_at(offset, first)
    )


def hold_time(line: BodyLine, *, dose: float, reference: str, per_side: PerSide) -> Criterion:
    """Return the criterion of the seconds held against a dose: told, never held against anybody."""

    def longest(performance: Performance, side: Side | None) -> Measurement:
        found = holds(performance, side)
        if not found:
            return unmeasurable(Reason(code=Problem.NOT_SHOWN, message="No hold was seen."))
        best = max(found, key=lambda held: seconds(performance, held))
        sample = Sample(time_s=float(performance.time_s[best.start]), value=seconds(performance, best))
        told = _told(best, seconds(performance, best), line.good_seconds(performance, best))
        return Measurement(samples=(sample,), noise=1.0 / performance.rate_hz, detail=told)

    return Criterion(
        key="hold_time",
        kind=Kind.DOSE,
        view=RequiredView.ANY,
        worst=Status.INFO,
        unit=Unit.SECONDS,
        measure=longest,
        bands=Bands(Band(dose - 2.0, None), (Band(dose * 2 / 3, dose - 2.0),)),
        title="Time held",
        expectation=f"{dose:.0f} seconds in one go.",
        fault="the hold is shorter than that",
        cue="Build up bit by bit; the last second should look like the first.",
        basis="The dose is the source's. Few people reach it at once and a clip need not show all of it, so the "
        "seconds are only told.",
        reference=reference,
        per_side=per_side,
    )


def _told(held: Held, lasted: float, good: float | None) -> str:
    """Return what is said beside the seconds: those in good form, and whether the clip cuts the hold off."""
    form = "" if good is None else f"{_part(good, lasted)} of it with the hips in line"
    cut = "" if held.start_seen and held.end_seen else "the clip does not show both ends of the hold"
    return "; ".join(filter(None, (form, cut)))


def _part(good: float, lasted: float) -> str:
    """Return how much of a hold some seconds are, in words where they are all or nothing of it."""
    if round(good, 1) >= round(lasted, 1):
        return "all"
    return f"{good:.1f} s" if round(good, 1) > 0.0 else "none"
