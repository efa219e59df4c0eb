"""A rule with known bands and somebody who stands still long enough to be judged by it."""

from __future__ import annotations

from collections.abc import Sequence

from tests.stick_figure import facing, filmed, standing, times

from formcheck.criteria.model import Band, Bands, Criterion, Kind, Measure, Measurement, PerSide, RequiredView, Sample
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout, Held, Performance, Rep
from formcheck.vocabulary import Side, Status, Unit

KNEE_LIFT = Bands(Band(80.0, None), (Band(70.0, 80.0),))
"""Good from 80, a minor fault from 70, a major one below."""
UPRIGHT = Bands(Band(-5.0, 10.0), (Band(10.0, 20.0), Band(-15.0, -5.0)))
RATE_HZ = 30.0


def rule(
    measured: Measurement | Measure,
    *,
    kind: Kind = Kind.EXPECTATION,
    view: RequiredView = RequiredView.ANY,
    worst: Status = Status.MAJOR,
    bands: Bands = KNEE_LIFT,
    per_side: PerSide = PerSide.WHOLE_BODY,
    least: int = 1,
    event: bool = False,
) -> Criterion:
    return Criterion(
        key="thigh_horizontal",
        kind=kind,
        view=view,
        worst=worst,
        unit=Unit.DEGREES,
        measure=(lambda _performance, _side: measured) if isinstance(measured, Measurement) else measured,
        bands=bands,
        title="Thigh to level",
        expectation="Each thigh comes up to level.",
        fault="the thigh stays below level",
        cue="Lift.",
        basis="Level is 90 degrees.",
        reference="Activation drills, High knees",
        per_side=per_side,
        least=least,
        event=event,
    )


def readings(*values: float, noise: float = 0.0) -> Measurement:
    """Return one reading a second, the first after half a second."""
    return Measurement(
        samples=tuple(Sample(time_s=0.5 + index, value=value) for index, value in enumerate(values)), noise=noise
    )


def performance(
    reps: Sequence[Rep] = (),
    *,
    holds: tuple[Held, ...] = (),
    yaw: float = 90.0,
    side: Side | None = None,
    seconds: float = 12.0,
    rate_hz: float = RATE_HZ,
) -> Performance:
    time_s = times(seconds, rate_hz)
    motion = Motion(filmed(standing(len(time_s)), time_s, facing(yaw)))
    return Performance(
        motion, Bout(start=0, end=len(time_s) - 1, confidence=1.0, reps=tuple(reps), holds=holds), side=side
    )


def swings(count: int, *, every: int = 12, first: int = 10) -> list[Rep]:
    """Return alternating quick steps, the left leg first."""
    peaks = [first + every * index for index in range(count)]
    return [Rep((Side.LEFT, Side.RIGHT)[index % 2], peak - 5, peak, peak + 5) for index, peak in enumerate(peaks)]
