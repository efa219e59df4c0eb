"""Whether the right exercise was recognised, in clips whose exercise is known and in tracks with accepted answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from benchmarks.cases import NONE, Case, ClipCase, TrackCase
from benchmarks.outcome import Outcome

ClipResult = tuple[ClipCase, Outcome]
TrackResult = tuple[TrackCase, Outcome]

FAILED = "failed"
"""Stands for an answer where formcheck gave none because something went wrong."""


def right_answers(accept: Iterable[str], catalogue: Set[str]) -> set[tuple[str, ...]]:
    """Return the accepted answers as sequences of exercises.

    Exercises that are not in the catalogue yet cannot be said; where no other answer is accepted, silence is right.
    """
    named = list(accept)
    found = {tuple(name for name in answer.split("+") if name in catalogue) for answer in named} - {()}
    return found | {(NONE,)} if NONE in named or not found else found


def is_right(case: Case, outcome: Outcome, catalogue: Set[str]) -> bool:
    """Tell whether what was said is an accepted sequence, or consists of answers that are each accepted alone."""
    if outcome.problem is not None:
        return False
    right = right_answers(case.accept, catalogue)
    return outcome.said in right or all((name,) in right for name in outcome.said)


def is_false_verdict(case: Case, outcome: Outcome, catalogue: Set[str]) -> bool:
    """Tell whether some movement was taken for an exercise that it cannot be taken for."""
    right = {name for answer in right_answers(case.accept, catalogue) for name in answer}
    return any(name != NONE and name not in right for name in outcome.said)


def confusion(results: Sequence[ClipResult]) -> Counter[tuple[str, str]]:
    """Return how often each true exercise got each answer; several answers are joined by plus signs."""
    return Counter((case.exercise, said(outcome)) for case, outcome in results)


def said(outcome: Outcome) -> str:
    """Return the answer in one word."""
    return FAILED if outcome.problem is not None else "+".join(outcome.said)
