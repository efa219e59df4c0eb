"""Where a measurement becomes a verdict. Written once, for every criterion of every exercise."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from formcheck.criteria.model import (
    Bands,
    Criterion,
    Evidence,
    Finding,
    Kind,
    Measurement,
    PerSide,
    Problem,
    Reason,
    RequiredView,
    Sample,
)
from formcheck.kinematics.geometry import FloatArray
from formcheck.segmentation.performance import Performance
from formcheck.vocabulary import Side, Status, View

SEVERITY = {Status.GOOD: 0, Status.INFO: 0, Status.MINOR: 1, Status.MAJOR: 2}
SHARE_NEEDED = 0.6
"""Share of repetitions that must lie in a fault's band or worse before it is told (criteria section 3.1, rule 3)."""
SHARE_SOMETIMES = 0.3
FEW = 2
"""With this many repetitions or fewer, a major needs the value to pass the edge by twice its standard error."""
SHOWN = 5
"""Most moments that are kept as evidence for one finding."""
TIE_DIGITS = 9
"""The two middle samples of an even number are equally typical but for the last bit; the earlier one is shown."""


def judge(criterion: Criterion, performance: Performance) -> tuple[Finding, ...]:
    """Return the findings on one criterion: one for the whole body, or one for each side that could be judged.

    Where nothing could be judged there is one finding, not assessable, with the reason.
    """
    if (reason := wrong_view(criterion, performance)) is not None:
        return (_unjudged(criterion, None, reason),)
    if criterion.per_side is PerSide.WHOLE_BODY:
        return (_finding(criterion, None, criterion.measure(performance, None), performance),)
    sides = performance.working_sides or tuple(Side)
    findings = [_finding(criterion, side, criterion.measure(performance, side), performance) for side in sides]
    judged = [finding for finding in findings if finding.status is not Status.NOT_ASSESSABLE]
    return tuple(judged) if judged else (_better_seen(findings, performance),)


def _better_seen(findings: Sequence[Finding], performance: Performance) -> Finding:
    """Return the finding of the side nearer to the camera: which one speaks must not depend on left or right."""
    return next((finding for finding in findings if finding.side is performance.near), findings[0])


def wrong_view(criterion: Criterion, performance: Performance) -> Reason | None:
    """Return why the camera's view cannot answer a criterion, or None where it can."""
    needed, view = criterion.view, performance.view
    if needed is RequiredView.ANY:
        return None
    if needed is RequiredView.SIDE and view is View.SIDE:
        return None
    if needed is RequiredView.FRONT and view in (View.FRONT, View.BACK):
        return None
    where = "the side" if needed is RequiredView.SIDE else "the front"
    return Reason(
        code=Problem.WRONG_VIEW,
        message=f"Filmed from {_place(view)}; this can only be judged from {where}.",
        view=needed,
    )


def _place(view: View) -> str:
    return {View.SIDE: "the side", View.FRONT: "the front", View.BACK: "behind", View.OBLIQUE: "an angle"}[view]


def _finding(criterion: Criterion, side: Side | None, measurement: Measurement, performance: Performance) -> Finding:
    samples = tuple(sample for sample in measurement.samples if math.isfinite(sample.value))
    if measurement.problem is not None:
        return _unjudged(criterion, side, measurement.problem)
    if not samples and not math.isfinite(measurement.value):
        return _unjudged(
            criterion,
            side,
            Reason(
                code=Problem.NOT_VISIBLE, message="The parts of the body that this needs were not seen well enough."
            ),
        )
    if samples and len(samples) < criterion.least:
        found = f"{len(samples)} could be measured, {criterion.least} are needed"
        return _unjudged(criterion, side, Reason(code=Problem.TOO_FEW, message=f"Too few repetitions: {found}."))
    return _judged(criterion, side, measurement, samples, performance)


def _judged(
    criterion: Criterion,
    side: Side | None,
    measurement: Measurement,
    samples: tuple[Sample, ...],
    performance: Performance,
) -> Finding:
    bands = measurement.bands or criterion.bands
    values = np.array([sample.value for sample in samples])
    value = measurement.value if math.isfinite(measurement.value) else float(np.median(values))
    error = standard_error(values, measurement.noise, measurement.constant)
    status, sometimes = _status(criterion, bands, value, error, values, max(error, measurement.noise))
    detail = measurement.detail
    if measurement.cap is not None and milder(status, measurement.cap) is not status:
        status = measurement.cap
        detail = f"counted milder: {detail}" if detail else ""
    if measurement.floor is not None and SEVERITY[measurement.floor] > SEVERITY[status]:
        status = measurement.floor
    status = capped(criterion, status)
    return Finding(
        criterion=criterion,
        side=side,
        status=status,
        value=value,
        standard_error=error,
        bands=bands,
        share_of_repetitions=_share(bands, values, status) if samples else None,
        repetitions_judged=len(samples),
        confidence=_confidence(criterion, len(samples)),
        evidence=_evidence(bands, samples, status, performance),
        detail=detail,
        sometimes=sometimes and status is Status.MINOR,
    )


def standard_error(values: Sequence[float] | FloatArray, noise: float, constant: float = 0.0) -> float:
    """Return the standard error of a median of ``values``, from their scatter and each reading's own ``noise``.

    The median's error is 1.25 times the mean's for normal scatter. A single value has its noise alone. What is
    ``constant`` in all readings of a clip no repeating reduces.
    """
    known = np.asarray(values, dtype=np.float64)
    n = max(len(known), 1)
    scatter = 1.4826 * float(np.median(np.abs(known - np.median(known)))) if len(known) > 2 else 0.0
    return float(np.hypot(np.hypot(1.2533 * scatter, noise) / np.sqrt(n), constant))


def _status(
    criterion: Criterion, bands: Bands, value: float, error: float, values: FloatArray, error_of_one: float
) -> tuple[Status, bool]:
    """Return the status of a value and whether it is a fault of some repetitions only.

    ``error`` is the value's, ``error_of_one`` that of each of the ``values`` by itself, which no repeating reduces.
    """
    status = mildest_within(bands, value, error)
    if status is Status.MAJOR and 0 < len(values) <= FEW:
        status = mildest_within(bands, value, 2.0 * error)
    if len(values) < 2:
        return status, False
    if criterion.event:
        return _of_single_events(bands, values, error_of_one), False
    shares = {s: _share(bands, values, s) for s in (Status.MINOR, Status.MAJOR)}
    if status is Status.MAJOR and shares[Status.MAJOR] < SHARE_NEEDED:
        status = Status.MINOR
    if status is Status.MINOR and shares[Status.MINOR] < SHARE_NEEDED:
        status = Status.GOOD
    often = sum(mildest_within(bands, v, error_of_one) is Status.MAJOR for v in values)
    if status is Status.GOOD and often >= 3 and often / len(values) >= SHARE_SOMETIMES:
        return Status.MINOR, True
    return status, False


def _of_single_events(bands: Bands, values: FloatArray, error: float) -> Status:
    """Return the status of the second worst repetition: two bad ones are enough to tell."""
    ranked = sorted((mildest_within(bands, v, error) for v in values), key=lambda s: SEVERITY[s], reverse=True)
    return ranked[1]


def mildest_within(bands: Bands, value: float, error: float) -> Status:
    """Return the mildest status within one standard error of a value: doubt is for the athlete."""
    edges = (edge for band in (bands.good, *bands.minor) for edge in (band.low, band.high) if edge is not None)
    within = [value - error, value, value + error, *(edge for edge in edges if abs(edge - value) <= error)]
    return min((bands.status_of(v) for v in within), key=lambda s: SEVERITY[s])


def milder(first: Status, second: Status) -> Status:
    """Return the milder of two statuses."""
    return min(first, second, key=lambda s: SEVERITY[s])


def capped(criterion: Criterion, status: Status) -> Status:
    """Return a status no worse than the criterion allows; doses are told and never held against anybody."""
    if criterion.worst is Status.INFO:
        return Status.INFO
    if status is Status.GOOD and criterion.kind is Kind.PROGRESS:
        return Status.INFO
    return milder(status, criterion.worst)


def _share(bands: Bands, values: FloatArray, status: Status) -> float:
    """Return the share of repetitions in the status's band or worse (for a good one: in the good band)."""
    found = np.array([SEVERITY[bands.status_of(v)] for v in values])
    if status in (Status.GOOD, Status.INFO):
        return float(np.mean(found == 0))
    return float(np.mean(found >= SEVERITY[status]))


def _confidence(criterion: Criterion, repetitions: int) -> float:
    """Return how far a finding can be relied on: it grows with repetitions, and a proxy is never sure."""
    grown = {0: 0.8, 1: 0.4, 2: 0.6}.get(repetitions, 0.9)
    return 0.5 * grown if criterion.kind.is_proxy else grown


def _evidence(
    bands: Bands, samples: tuple[Sample, ...], status: Status, performance: Performance
) -> tuple[Evidence, ...]:
    """Return the moments that show the verdict, worst first for a fault, else the most typical one."""
    if not samples:
        return ()
    typical = float(np.median([sample.value for sample in samples]))
    if status in (Status.MINOR, Status.MAJOR):
        shown = sorted(samples, key=lambda s: -_distance_from_good(bands, s.value))
        shown = [s for s in shown if bands.status_of(s.value) is not Status.GOOD][:SHOWN] or shown[:1]
    else:
        shown = sorted(samples, key=lambda s: (round(abs(s.value - typical), TIE_DIGITS), s.time_s))[:1]
    return tuple(
        Evidence(clip=performance.clip, time_s=s.time_s, frame=_frame(performance, s.time_s), value=s.value)
        for s in shown
    )


def _distance_from_good(bands: Bands, value: float) -> float:
    low, high = bands.good.low, bands.good.high
    return max(low - value if low is not None else 0.0, value - high if high is not None else 0.0, 0.0)


def _frame(performance: Performance, time_s: float) -> int:
    return performance.first_frame + int(np.argmin(np.abs(performance.time_s - time_s)))


def _unjudged(criterion: Criterion, side: Side | None, reason: Reason) -> Finding:
    return Finding(criterion=criterion, side=side, status=Status.NOT_ASSESSABLE, reason=reason)
