"""What is counted while an exercise is done: repetitions, steps with their cadence, or the seconds of a hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from formcheck.assessment import ExerciseAssessment, Hold, Repetition
from formcheck.vocabulary import Side


class Count(NamedTuple):
    """A number in large letters and the word after it."""

    number: str
    word: str


def counts_at(stretch: ExerciseAssessment, time_s: float, *, is_drill: bool) -> tuple[Count, ...]:
    """Return what has been done by ``time_s``; empty where nothing of the exercise can be counted.

    A repetition counts from its end on. The seconds of a hold run, and then stay until the next one begins.
    """
    done = [repetition for repetition in stretch.repetitions if repetition.end_s <= time_s]
    if is_drill and stretch.repetitions:
        return (Count(str(len(done)), _noun("step", len(done))), *_cadence(stretch))
    if stretch.repetitions:
        return _by_side(done, {repetition.side for repetition in stretch.repetitions})
    if stretch.holds:
        return (_held(stretch.holds, time_s),)
    return ()


def widest_counts(stretch: ExerciseAssessment, *, is_drill: bool) -> tuple[Count, ...]:
    """Return counts at least as wide as all that ``counts_at`` will return, for a panel that keeps its size."""
    longest = max((hold.seconds for hold in stretch.holds), default=0.0)
    ends = [stretch.end_s, *(r.end_s for r in stretch.repetitions), *(hold.end_s for hold in stretch.holds)]
    last = counts_at(stretch, max(ends), is_drill=is_drill)
    if stretch.holds and not stretch.repetitions:
        return tuple(Count(f"{max(longest, 10.0):.1f}", f"{word} right") for _, word in last)
    return tuple(Count(number, word if word.endswith("s") or len(last) > 1 else f"{word}s") for number, word in last)


def _by_side(done: list[Repetition], sides: Iterable[Side | None]) -> tuple[Count, ...]:
    known = [side for side in Side if side in sides]
    if len(known) == len(Side):
        return tuple(Count(str(sum(r.side is side for r in done)), side.value) for side in known)
    side = f" {known[0].value}" if known else ""
    return (Count(str(len(done)), f"{_noun('rep', len(done))}{side}"),)


def _cadence(stretch: ExerciseAssessment) -> tuple[Count, ...]:
    cadence = stretch.cadence_steps_per_minute
    return () if cadence is None else (Count(f"{cadence:.0f}", "per min"),)


def _held(holds: Iterable[Hold], time_s: float) -> Count:
    begun = [hold for hold in holds if hold.start_s <= time_s]
    if not begun:
        return Count("0.0", "s held")
    latest = max(begun, key=lambda hold: hold.start_s)
    side = f" {latest.side.value}" if latest.side else ""
    return Count(f"{min(time_s, latest.end_s) - latest.start_s:.1f}", f"s held{side}")


def _noun(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"
