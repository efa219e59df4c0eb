"""Whether verdicts stay what they were when the same performance is filmed worse."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.agreement import Agreement, pooled
from benchmarks.angle_errors import NEAR
from benchmarks.cameras import judged_statuses
from benchmarks.counts import longest_hold
from benchmarks.outcome import Outcome
from benchmarks.recognition import ClipResult, is_false_verdict, is_right, said
from benchmarks.targets import Target
from formcheck.vocabulary import Status

Pair = tuple[ClipResult, ClipResult]
"""A clip as it was filmed, and degraded."""

HOLD_SECONDS = 0.5
"""Holds that differ by less are the same."""
JOINT_ANGLES = ("knee", "hip")
"""Angles between body parts: neither the camera's roll nor the size of the picture changes them."""

PROMISED = ("fps_24", "dark", "compressed", "rolled")
MIRRORED = "mirrored"
LEAST_KEPT = 0.97
MOST_LOST = 0.15


@dataclass(frozen=True, kw_only=True)
class Steadiness:
    """What one degradation does to the verdicts of some clips.

    ``known`` clips were rightly taken for some exercise before, ``recognised`` of them still are taken for it;
    ``mistaken`` got a verdict for an exercise that they cannot be taken for. ``counted`` clips have repetitions,
    ``same_count`` of them as many as before; ``held`` and ``same_hold`` are the same of holds. Of ``before`` criteria
    that were judged, ``both`` still are, ``kept`` with the same status, and ``turned_bad`` went from good to major.
    """

    clips: int = 0
    known: int = 0
    recognised: int = 0
    mistaken: int = 0
    counted: int = 0
    same_count: int = 0
    held: int = 0
    same_hold: int = 0
    before: int = 0
    both: int = 0
    kept: int = 0
    turned_bad: int = 0

    def __add__(self, other: Steadiness) -> Steadiness:
        return Steadiness(**{name: value + getattr(other, name) for name, value in vars(self).items()})

    @property
    def kept_share(self) -> float:
        """Of the criteria judged before and after, the share with the same status; NaN where there is none."""
        return self.kept / self.both if self.both else math.nan

    @property
    def lost_share(self) -> float:
        """Of the criteria judged before, the share that turned not assessable; NaN where there is none."""
        return (self.before - self.both) / self.before if self.before else math.nan


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One criterion that was judged before and has another status now."""

    clip: str
    degradation: str
    key: str
    before: str
    after: str


def steadiness(pair: Pair, catalogue: frozenset[str]) -> Steadiness:
    """Return what happened to one clip."""
    (case, first), (worse, second) = pair
    before, after = judged_statuses((case, first)), judged_statuses((worse, second))
    both = before.keys() & after.keys()
    known = bool(first.answers) and is_right(case, first, catalogue)
    counts, seconds = _repetitions(case.exercise, first, second), _hold_seconds(case.exercise, first, second)
    return Steadiness(
        clips=1,
        known=int(known),
        recognised=int(known and second.said == first.said),
        mistaken=int(is_false_verdict(case, second, catalogue)),
        counted=int(counts[0] > 0),
        same_count=int(counts[0] > 0 and counts[0] == counts[1]),
        held=int(seconds[0] > 0),
        same_hold=int(seconds[0] > 0 and abs(seconds[0] - seconds[1]) <= HOLD_SECONDS),
        before=len(before),
        both=len(both),
        kept=sum(before[key] == after[key] for key in both),
        turned_bad=sum(before[key] == Status.GOOD and after[key] == Status.MAJOR for key in both),
    )


def _repetitions(exercise: str, *outcomes: Outcome) -> list[int]:
    return [sum(answer.repetitions for answer in outcome.judged(exercise)) for outcome in outcomes]


def _hold_seconds(exercise: str, *outcomes: Outcome) -> list[float]:
    return [longest_hold(outcome.judged(exercise)) for outcome in outcomes]


def by_degradation(pairs: Mapping[str, Sequence[Pair]], catalogue: frozenset[str]) -> dict[str, Steadiness]:
    """Return the sum over the clips of each degradation."""
    return {
        name: sum((steadiness(pair, catalogue) for pair in some), start=Steadiness()) for name, some in pairs.items()
    }


def turns(pairs: Mapping[str, Sequence[Pair]]) -> Iterator[Turn]:
    """Yield every criterion judged before whose status is another now."""
    for name, some in pairs.items():
        for (case, first), worse in some:
            after = judged_statuses(worse)
            for key, status in judged_statuses((case, first)).items():
                now = after.get(key, Status.NOT_ASSESSABLE)
                if now != status:
                    yield Turn(clip=case.name, degradation=name, key=key, before=status, after=now)


def other_answers(pairs: Mapping[str, Sequence[Pair]]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the clip, the degradation and both answers wherever another exercise is recognised, or none."""
    for name, some in pairs.items():
        for (case, first), (_, second) in some:
            if said(first) != said(second):
                yield case.name, name, said(first), said(second)


def other_counts(pairs: Mapping[str, Sequence[Pair]]) -> Iterator[tuple[str, str, str, float, float]]:
    """Yield the clip, the degradation, what is counted, and both counts wherever repetitions or hold seconds differ."""
    for name, some in pairs.items():
        for (case, first), (_, second) in some:
            before, after = _repetitions(case.exercise, first, second)
            if before != after:
                yield case.name, name, "repetitions", before, after
            held, now = _hold_seconds(case.exercise, first, second)
            if abs(held - now) > HOLD_SECONDS:
                yield case.name, name, "hold seconds", held, now


def joint_errors(pairs: Sequence[Pair]) -> tuple[dict[str, Agreement], dict[str, Agreement]]:
    """Return the agreement of the near side's joint angles with the truth, before and after.

    It holds for clips that show the same side as the original: mirrored ones do not.
    """
    before: dict[str, list[Agreement]] = defaultdict(list)
    after: dict[str, list[Agreement]] = defaultdict(list)
    for (_, first), (_, second) in pairs:
        for found, outcome in ((before, first), (after, second)):
            for joint in JOINT_ANGLES:
                found[joint].append(outcome.angles.get((joint, NEAR), Agreement()))
    return {j: pooled(parts) for j, parts in before.items()}, {j: pooled(parts) for j, parts in after.items()}


def robustness_targets(found: Mapping[str, Steadiness]) -> Iterator[Target]:
    """Yield what is promised of degraded clips."""
    for name in (*PROMISED, MIRRORED):
        if name not in found:
            continue
        result = found[name]
        yield _share(name, "criteria that keep their status", result.kept, result.both, least=LEAST_KEPT)
        yield _none(name, "criteria from good to major", result.turned_bad)
        if name == MIRRORED:
            yield _share(name, "clips with the same exercise", result.recognised, result.known, least=1.0)
            yield _share(name, "clips with as many repetitions", result.same_count, result.counted, least=1.0)
        else:
            lost = result.before - result.both
            yield _share(name, "criteria that turn not assessable", lost, result.before, most=MOST_LOST)


def _share(group: str, what: str, count: int, of: int, *, least: float = 0.0, most: float = 1.0) -> Target:
    needed = f"at least {least:.0%}" if least else f"at most {most:.0%}"
    if not of:
        return Target(group=group, what=what, measured="nothing", needed=needed, met=None)
    measured = f"{count / of:.1%} ({count} of {of})"
    return Target(group=group, what=what, measured=measured, needed=needed, met=least <= count / of <= most)


def _none(group: str, what: str, count: int) -> Target:
    return Target(group=group, what=what, measured=str(count), needed="none", met=count == 0)
