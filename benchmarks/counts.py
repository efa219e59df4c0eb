"""Repetitions, steps, cadence and hold times against the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.outcome import Answer
from benchmarks.recognition import is_right
from benchmarks.results import Results


@dataclass(frozen=True, kw_only=True)
class Count:
    """Repetitions of one clip; those of a drill are steps, of which one more or less is nothing."""

    case: str
    counted: int
    true: int
    is_drill: bool

    @property
    def off(self) -> int:
        return abs(self.counted - self.true)

    @property
    def is_exact(self) -> bool:
        """Exact, or for the steps of a drill within one."""
        return self.off <= (1 if self.is_drill else 0)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One measured number of one clip; None where formcheck does not tell it."""

    case: str
    measured: float | None
    true: float

    @property
    def error(self) -> float | None:
        return None if self.measured is None else self.measured - self.true

    @property
    def percent(self) -> float | None:
        return None if self.error is None else 100.0 * self.error / self.true


def counts(results: Results) -> list[Count]:
    """Return the repetitions of every clip that has some; nothing found counts as 0."""
    return [
        Count(
            case=case.name,
            counted=sum(answer.repetitions for answer in outcome.judged(case.exercise)),
            true=outcome.facts.repetitions,
            is_drill=case.exercise in results.drills,
        )
        for case, outcome in results.known_clips
        if outcome.facts and outcome.facts.repetitions is not None
    ]


def cadences(results: Results) -> list[Reading]:
    """Return the cadence of every drill, in steps a minute."""
    return [
        Reading(case=case.name, measured=_cadence(outcome.judged(case.exercise)), true=outcome.facts.cadence_per_minute)
        for case, outcome in results.known_clips
        if case.exercise in results.drills and outcome.facts and outcome.facts.cadence_per_minute
    ]


def _cadence(answers: Sequence[Answer]) -> float | None:
    """Return the cadence of the answer with the most steps."""
    most = max(answers, key=lambda answer: answer.repetitions, default=None)
    return most.cadence if most else None


def holds(results: Results) -> list[Reading]:
    """Return the longest hold of every clip that has one, in seconds; nothing found counts as 0."""
    return [
        Reading(case=case.name, measured=longest_hold(outcome.judged(case.exercise)), true=outcome.facts.hold_s)
        for case, outcome in results.known_clips
        if outcome.facts and outcome.facts.hold_s is not None
    ]


def longest_hold(answers: Sequence[Answer]) -> float:
    """Return the seconds of the longest hold, 0 where there is none."""
    return max((seconds for answer in answers for seconds in answer.holds), default=0.0)


@dataclass(frozen=True, kw_only=True)
class TrackCount:
    """Repetitions counted in a track of a real person, which the label knows to within ``tolerance``."""

    case: str
    counted: int
    true: int
    tolerance: int

    @property
    def is_right(self) -> bool:
        return abs(self.counted - self.true) <= self.tolerance


def track_counts(results: Results) -> list[TrackCount]:
    """Return the repetitions of every track that got a right verdict and whose label has a count."""
    return [
        TrackCount(
            case=case.name,
            counted=sum(answer.repetitions for answer in outcome.answers),
            true=case.repetitions,
            tolerance=case.tolerance,
        )
        for case, outcome in results.tracks
        if case.repetitions is not None and outcome.answers and is_right(case, outcome, results.catalogue)
    ]
