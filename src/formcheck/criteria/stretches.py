"""What every stretch is judged by: how long it is held, how still, on which sides; and how holds are read."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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
from formcheck.criteria.readings import length_noise, noise, unmeasurable, value_at, why_not
from formcheck.kinematics.geometry import FloatArray
from formcheck.segmentation.performance import Held, Performance, reduced
from formcheck.vocabulary import Context, Part, Side, Status, Unit, View

SHORT_DOSE = Bands(Band(4.5, None), (Band(3.0, 4.5),))
LONG_DOSE = Bands(Band(28.0, None), (Band(20.0, 28.0),))
EDGE_SHARE, EDGE_SECONDS = 0.1, 0.5
"""The first and last part of a hold, settling in and letting go, is not read: the smaller of the two."""
BOUNCE_HZ = (0.5, 3.0)
LEAST_POINTS = 4
"""Heights from which the drift can be taken out and something is left."""

SeriesOf = Callable[[Performance, Side], FloatArray]


def holds(performance: Performance, side: Side | None) -> tuple[Held, ...]:
    """Return the holds of a side, or all, of the wanted side only where the caller named one."""
    return tuple(
        held
        for held in performance.bout.holds
        if side in (None, held.side) and (performance.side is None or held.side in (None, performance.side))
    )


def core(performance: Performance, held: Held) -> slice:
    """Return the frames of a hold without its edges."""
    edge = min(EDGE_SHARE * seconds(performance, held), EDGE_SECONDS)
    time = performance.time_s
    inside = np.flatnonzero((time >= time[held.start] + edge) & (time <= time[held.end] - edge))
    return slice(int(inside[0]), int(inside[-1]) + 1) if inside.size else held.frames


def seconds(performance: Performance, held: Held) -> float:
    """Return how long a hold lasts."""
    return float(performance.time_s[held.end] - performance.time_s[held.start])


def per_hold(
    performance: Performance, side: Side | None, read: Callable[[slice], float], *, noise: float
) -> Measurement:
    """Return one sample per hold of a side, read from the frames of its core."""
    samples = []
    for held in holds(performance, side):
        frames = core(performance, held)
        middle = (frames.start + frames.stop) // 2
        samples.append(Sample(time_s=float(performance.time_s[middle]), value=float(read(frames))))
    return Measurement(samples=tuple(samples), noise=noise)


@dataclass(frozen=True)
class HeldAngle:
    """An angle of one leg, or of the trunk, that is measured over each hold: its median.

    ``of`` maps the stretched side to the side that is read. ``kind`` names the noise. ``near_only`` refuses a leg that
    the nearer one hides.
    """

    series_of: SeriesOf
    parts: tuple[Part, ...]
    kind: str
    of: Callable[[Side], Side]
    near_only: bool

    def __call__(self, performance: Performance, side: Side | None) -> Measurement:
        assert side is not None
        if (reason := self.why_not(performance, side)) is not None:
            return unmeasurable(reason)
        read = self.of(side)
        series, noise = self.series_of(performance, read), held_noise(performance, self.kind, read)
        return per_hold(performance, side, lambda frames: value_at(series, frames), noise=noise)

    def why_not(self, performance: Performance, side: Side) -> Reason | None:
        """Return why the angle cannot be read, None where it can."""
        read = self.of(side)
        return why_not(performance, [(part, read) for part in self.parts], near_only=read if self.near_only else None)


def held_angle(
    series_of: SeriesOf,
    parts: Sequence[Part],
    kind: str,
    *,
    of: Callable[[Side], Side] = lambda side: side,
    near_only: bool = True,
) -> HeldAngle:
    """Return a measure of an angle over each hold, of the stretched side unless ``of`` maps it to another."""
    return HeldAngle(series_of, tuple(parts), kind, of, near_only)


def seconds_in_form(*judged: tuple[HeldAngle, Bands]) -> Callable[[Performance, Held], float | None]:
    """Return how to measure the seconds of a hold in which none of some angles is a major fault.

    They are None where the camera does not stand at the side or none of the angles can be read.
    """

    def good_seconds(performance: Performance, held: Held) -> float | None:
        if performance.view is not View.SIDE or held.side is None:
            return None
        read = [(a, bands) for a, bands in judged if a.why_not(performance, held.side) is None]
        if not read:
            return None
        good = np.all([_free_of_major_faults(performance, held, angle, bands) for angle, bands in read], axis=0)
        return seconds(performance, held) * float(np.mean(good))

    return good_seconds


def _free_of_major_faults(
    performance: Performance, held: Held, angle: HeldAngle, bands: Bands
) -> npt.NDArray[np.bool_]:
    """Return the frames of a hold, True where an angle is no major fault; doubt is for the athlete."""
    assert held.side is not None
    series = angle.series_of(performance, angle.of(held.side))[held.frames]
    low, high = _tolerated(bands)
    doubt = 2.0 * held_noise(performance, angle.kind)
    return np.asarray(~((series < low - doubt) | (series > high + doubt)))


def _tolerated(bands: Bands) -> tuple[float, float]:
    """Return the values between which nothing is a major fault."""
    every = (bands.good, *bands.minor)
    low = min(-math.inf if band.low is None else band.low for band in every)
    return low, max(math.inf if band.high is None else band.high for band in every)


def over_holds(performance: Performance, side: Side | None, series: FloatArray) -> float:
    """Return the typical value of a series over the holds of a side, or over all; NaN where none is known."""
    return reduced([value_at(series, core(performance, held)) for held in holds(performance, side)])


def stance_length(performance: Performance, side: Side | None) -> Measurement:
    """Measure how far apart the ankles are along the ground, in leg lengths, over each hold."""
    if (reason := why_not(performance, [(Part.ANKLE, Side.LEFT), (Part.ANKLE, Side.RIGHT)])) is not None:
        return unmeasurable(reason)
    apart = ankles_apart(performance)
    return per_hold(performance, side, lambda frames: value_at(apart, frames), noise=length_noise(performance))


def ankles_apart(performance: Performance) -> FloatArray:
    """Return how far apart the ankles are along the ground as seen in the picture, (n,) in leg lengths."""
    motion = performance.motion
    return np.asarray(
        np.abs(motion.at(Part.ANKLE, Side.LEFT)[:, 0] - motion.at(Part.ANKLE, Side.RIGHT)[:, 0]) / motion.leg
    )


def held_noise(performance: Performance, kind: str, side: Side | None = None) -> float:
    """Return the standard error of an angle over a hold: that of one reading, since its error hardly changes.

    Jitter averages out; what the detector misses a joint by stays for as long as the posture does. With six tenths of a
    reading's noise 41 % of the values of rendered clips lay within one standard error of perfect landmarks' and 63 %
    within two, with all of it 45 % and 69 %. ``side`` is as in ``noise``.
    """
    return noise(performance, kind, side)


def duration(performance: Performance, side: Side | None) -> Measurement:
    """Measure the seconds of each hold whose start and end are both seen; a cut one is told and not judged.

    After a session the long dose applies; otherwise the short one, which is enough beforehand.
    """
    found = holds(performance, side)
    if not found:
        return unmeasurable(Reason(code=Problem.NOT_SHOWN, message="No hold was seen."))
    whole = [h for h in found if h.start_seen and h.end_seen]
    shown = whole or list(found)
    samples = tuple(Sample(time_s=float(performance.time_s[h.start]), value=seconds(performance, h)) for h in shown)
    longest = max(sample.value for sample in samples)
    bands = LONG_DOSE if performance.context is Context.AFTER else SHORT_DOSE
    return Measurement(
        samples=samples,
        value=float(np.median([sample.value for sample in samples])),
        noise=1.0 / performance.rate_hz,
        bands=bands,
        cap=None if whole else Status.INFO,
        detail=_dose_reached(longest, performance.context, cut=not whole),
    )


def _dose_reached(longest: float, context: Context | None, *, cut: bool) -> str:
    if cut:
        return "the clip does not show both ends of the hold"
    if context is not None:
        return f"measured against the dose {context.value} the session"
    if longest >= 28.0:
        return "enough before and after a session"
    if longest >= 4.5:
        return "enough before a session, 30 seconds are wanted after it"
    return "short of the 5 seconds wanted before a session"


def bouncing(performance: Performance, side: Side | None) -> Measurement:
    """Measure how much the shoulders bob while holding: standard deviation of their height, drift taken out.

    Only a rhythm of 0.5 to 3 Hz is bouncing; slow settling is left out by the band.
    """
    motion = performance.motion
    height = motion.posture.mid_shoulder[:, 1] / motion.trunk
    return per_hold(performance, side, lambda frames: _bob(height[frames], performance.rate_hz), noise=0.004)


def _bob(height: FloatArray, rate_hz: float) -> float:
    """Return the standard deviation of a height in the band of bouncing, in trunk lengths; NaN for short pieces."""
    known = height[np.isfinite(height)]
    if len(known) < max(rate_hz / BOUNCE_HZ[0], LEAST_POINTS):
        return math.nan
    steps = np.arange(len(known))
    steady = known - np.polyval(np.polyfit(steps, known, 2), steps)
    spectrum = np.fft.rfft(steady)
    hertz = np.fft.rfftfreq(len(steady), 1.0 / rate_hz)
    spectrum[(hertz < BOUNCE_HZ[0]) | (hertz > BOUNCE_HZ[1])] = 0.0
    return float(np.std(np.fft.irfft(spectrum, len(steady))))


def sides_held(performance: Performance, _: Side | None) -> Measurement:
    """Measure how even the two sides are: the shorter side's longest hold over the longer's; 0 with one side only."""
    longest = {side: max((seconds(performance, h) for h in holds(performance, side)), default=0.0) for side in Side}
    total = max(longest.values())
    if total == 0.0:
        return unmeasurable(Reason(code=Problem.NOT_SHOWN, message="No hold was seen."))
    told = ", ".join(f"{side} {value:.0f} s" for side, value in longest.items() if value > 0)
    missing = "" if min(longest.values()) > 0 else "; the other side is not in this clip"
    return Measurement(value=min(longest.values()) / total, detail=f"{told}{missing}")


def common(reference: str) -> tuple[Criterion, ...]:
    """Return the three criteria that belong to every stretch."""
    return _hold_time(reference), STEADINESS, _both_sides(reference)


def _hold_time(reference: str) -> Criterion:
    return Criterion(
        key="hold_time",
        kind=Kind.DOSE,
        view=RequiredView.ANY,
        worst=Status.MAJOR,
        unit=Unit.SECONDS,
        measure=duration,
        bands=SHORT_DOSE,
        title="Time held",
        expectation="5 seconds before a session, 30 after it.",
        fault="the stretch is let go too soon",
        cue="Stay there for five slow breaths' counts; after a run give it half a minute.",
        basis="Both doses are the source's. A clip cannot tell before from after, so the short one is asked unless "
        "you say otherwise, and a hold cut off by the clip is not judged.",
        reference=reference,
        per_side=PerSide.WORKING_SIDES,
    )


def _both_sides(reference: str) -> Criterion:
    return Criterion(
        key="both_sides",
        kind=Kind.DOSE,
        view=RequiredView.ANY,
        worst=Status.INFO,
        unit=Unit.RATIO,
        measure=sides_held,
        bands=Bands(Band(0.8, None), (Band(0.0, 0.8),)),
        title="Both sides",
        expectation="Both sides get the stretch, for about the same time.",
        fault="the sides are not held alike",
        cue="Now the other side, for just as long.",
        basis="The source asks for both sides; one clip need not show them.",
        reference=reference,
    )


STEADINESS = Criterion(
    key="steadiness",
    kind=Kind.PRACTICE,
    view=RequiredView.ANY,
    worst=Status.MAJOR,
    unit=Unit.TRUNK_LENGTHS,
    measure=bouncing,
    bands=Bands(Band(None, 0.02), (Band(0.02, 0.05),)),
    title="Still hold",
    expectation="The body settles into the stretch without bouncing.",
    fault="the body bounces in the stretch",
    cue="Settle in and breathe; no bouncing.",
    basis="Our judgement: the shoulders of somebody standing still bob by less than 0.01 trunk lengths.",
    reference="Standard practice, implied by holding",
    per_side=PerSide.WORKING_SIDES,
)
