"""How far measured values and verdicts lie from those that landmarks without error give, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.agreement import Agreement
from benchmarks.outcome import SEVERITY, Answer, Verdict
from benchmarks.recognition import ClipResult
from formcheck import exercises
from formcheck.criteria.model import Kind

JUDGED = ("good", "minor", "major")
LEAST = 3
"""Values of a criterion from which its bias and spread are told."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One criterion, on one side, as it was judged in a clip and as it is on that clip's true points."""

    case: str
    exercise: str
    measured: Verdict
    perfect: Verdict

    @property
    def error(self) -> float:
        """Measured less perfect, in the criterion's unit."""
        return _known(self.measured.value) - _known(self.perfect.value)

    @property
    def step(self) -> int | None:
        """How much harsher the measured verdict is, in steps from good over minor to major; None where one is none."""
        statuses = self.measured.status, self.perfect.status
        return SEVERITY[statuses[0]] - SEVERITY[statuses[1]] if all(status in JUDGED for status in statuses) else None

    @property
    def standard_errors(self) -> float:
        """The error's size in standard errors, as told with the value."""
        return abs(self.error) / max(_known(self.measured.standard_error), 1e-9)


def _known(value: float | None) -> float:
    return float("nan") if value is None else value


def pairs(results: Sequence[ClipResult]) -> list[Pair]:
    """Return every criterion that was measured both ways; amounts that are only told are left out."""
    return [
        Pair(case=outcome.case, exercise=case.exercise, measured=measured, perfect=perfect)
        for case, outcome in results
        for measured, perfect in _both(outcome.judged(case.exercise), outcome.perfect)
    ]


def _both(measured: Sequence[Answer], perfect: Sequence[Answer]) -> Iterator[tuple[Verdict, Verdict]]:
    """Yield verdicts beside those on the true points, in their order; of several answers the last one counts."""
    ideal = {(verdict.key, verdict.side): verdict for answer in perfect for verdict in answer.verdicts}
    told = {(verdict.key, verdict.side): verdict for answer in measured for verdict in answer.verdicts}
    for key in (key for key in told if key in ideal):
        pair = told[key], ideal[key]
        if told[key].kind != Kind.DOSE and all(verdict.value is not None for verdict in pair):
            yield pair


@dataclass(frozen=True, kw_only=True)
class VerdictScore:
    """How many verdicts landmarks without error would leave as they are."""

    judged: int
    same: int
    milder: int
    harsher: int
    opposite: int
    """Good where it should be major, or major where it should be good."""


def verdict_score(found: Sequence[Pair]) -> VerdictScore:
    steps = [pair.step for pair in found if pair.step is not None]
    return VerdictScore(
        judged=len(steps),
        same=sum(step == 0 for step in steps),
        milder=sum(step < 0 for step in steps),
        harsher=sum(step > 0 for step in steps),
        opposite=sum(abs(step) == SEVERITY["major"] - SEVERITY["good"] for step in steps),
    )


@dataclass(frozen=True, kw_only=True)
class ValueScore:
    """A criterion's values against perfect ones. ``told`` is the mean standard error that was told with them."""

    exercise: str
    key: str
    unit: str
    errors: Agreement
    told: float


def value_scores(found: Sequence[Pair]) -> list[ValueScore]:
    """Return the criteria with enough values, in the order of the catalogue."""
    scores = []
    for exercise in exercises.load_all().values():
        for criterion in exercise.criteria:
            here = [p for p in found if (p.exercise, p.measured.key) == (exercise.id, criterion.key)]
            if len(here) < LEAST:
                continue
            errors = Agreement.of(np.array([pair.error for pair in here]))
            told = float(np.mean([_known(pair.measured.standard_error) for pair in here]))
            unit = criterion.unit.value
            scores.append(ValueScore(exercise=exercise.id, key=criterion.key, unit=unit, errors=errors, told=told))
    return scores


def share_within(found: Sequence[Pair], standard_errors: float) -> float:
    """Return the share of values that lie within so many standard errors of the perfect ones; NaN for none."""
    sizes = [pair.standard_errors for pair in found if np.isfinite(pair.standard_errors)]
    return float(np.mean([size <= standard_errors for size in sizes])) if sizes else float("nan")
