"""Which exercise is done, and where in the clip. Every exercise brings its own evidence; none is known here by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formcheck.criteria.exercise import Exercise
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Bout

LEAST_CONFIDENCE = 0.5
LEAST_SECONDS = 1.0
MARGIN = 0.15
"""How much surer the best answer must be than another for the same stretch (criteria part E)."""

SAME_STRETCH, CONTESTED = 0.5, 1.0 / 3.0
"""Share of the shorter of two stretches that makes them the same, and of a stretch that a rival no surer must cover."""


@dataclass(frozen=True)
class Candidate:
    """One exercise found in one stretch, and the other exercises that the same stretch resembles, likeliest first."""

    exercise: Exercise
    bout: Bout
    alternatives: tuple[tuple[str, float], ...] = ()


def recognise(motion: Motion, catalogue: Iterable[Exercise]) -> tuple[Candidate, ...]:
    """Return the exercises done in a motion, in time order and without overlap; empty where none is recognised."""
    found = [Candidate(exercise, bout) for exercise in catalogue for bout in exercise.find(motion)]
    found = [c for c in found if c.bout.confidence >= LEAST_CONFIDENCE and seconds(motion, c.bout) >= LEAST_SECONDS]
    found.sort(key=lambda c: (-c.bout.confidence * seconds(motion, c.bout), c.exercise.id))
    chosen: list[Candidate] = []
    for candidate in found:
        rivals = [c for c in found if c.exercise is not candidate.exercise and _contests(c.bout, candidate.bout)]
        if any(_overlap(candidate.bout, c.bout) > 0.0 for c in chosen):
            continue
        if all(candidate.bout.confidence - c.bout.confidence >= MARGIN for c in rivals):
            chosen.append(Candidate(candidate.exercise, candidate.bout, _likeliest_first(rivals)))
    return tuple(sorted(chosen, key=lambda c: c.bout.start))


def as_given(motion: Motion, exercise: Exercise, catalogue: Iterable[Exercise]) -> tuple[Candidate, ...]:
    """Return where an exercise that the user named is done, with what else the stretch resembles.

    Where its own evidence is not found, its events are taken anyway; confidence is then that of the evidence, 0.
    """
    sure = [bout for bout in exercise.find(motion) if bout.confidence >= LEAST_CONFIDENCE]
    bouts = sure or list(exercise.find_anyway(motion))
    rivals = [c for c in recognise(motion, catalogue) if c.exercise is not exercise]
    return tuple(
        Candidate(exercise, bout, _likeliest_first([c for c in rivals if _overlap(bout, c.bout) > 0.3]))
        for bout in bouts
    )


def seconds(motion: Motion, bout: Bout) -> float:
    """Return how long a bout lasts."""
    return float(motion.time_s[bout.end] - motion.time_s[bout.start])


def _likeliest_first(candidates: Sequence[Candidate]) -> tuple[tuple[str, float], ...]:
    named = [(candidate.exercise.id, candidate.bout.confidence) for candidate in candidates]
    return tuple(sorted(named, key=lambda entry: (-entry[1], entry[0])))


def _contests(rival: Bout, bout: Bout) -> bool:
    """Return whether another exercise is found in the same stretch: a short piece of it must be surer to count."""
    shared = min(rival.end, bout.end) - max(rival.start, bout.start)
    long_enough = shared >= CONTESTED * (bout.end - bout.start)
    return _overlap(rival, bout) > SAME_STRETCH and (long_enough or rival.confidence - bout.confidence >= MARGIN)


def _overlap(a: Bout, b: Bout) -> float:
    """Return the shared part of two bouts as a share of the shorter one."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(0.0, shared / max(1, min(a.end - a.start, b.end - b.start)))
