"""The verdict as a coach would say it: a headline, where to start, and the plain facts."""

from __future__ import annotations

from collections.abc import Iterable

from formcheck.assessment import ExerciseAssessment, Hold
from formcheck.criteria.model import Finding
from formcheck.report.wording import fault_words, seconds
from formcheck.vocabulary import Side, Status

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LEAST_COVERAGE = 0.4
_SURE = 0.7

Fact = tuple[str, str]


def headline(stretch: ExerciseAssessment) -> str:
    """Return the verdict in a few words."""
    major, minor = (_count(stretch.criteria, status) for status in (Status.MAJOR, Status.MINOR))
    if major:
        return f"{_things(major).capitalize()} to fix" + (" first" if minor else "")
    little = stretch.score is None
    if minor:
        small = _things(minor, "small ")
        return f"Good, with {small} to polish" if minor < 3 and not little else f"{small.capitalize()} to polish"
    if any(finding.status is Status.GOOD for finding in stretch.criteria):
        return "What could be judged looks good" if little else "Looks good"
    return "No verdict from this view"


def lead(stretch: ExerciseAssessment) -> str:
    """Return the sentence under the headline: the first thing to work on, or why there is none."""
    faults = in_order_of_weight(stretch)
    if faults:
        return f"{fault_words(faults[0])} {_sentence(faults[0].criterion.cue)}"
    if stretch.score is None:
        return "Too little of this exercise could be judged to say more. What was missing stands below."
    return "Nothing to correct in what the camera could see."


def in_order_of_weight(stretch: ExerciseAssessment) -> tuple[Finding, ...]:
    """Return the minor and major findings, worst first as the assessment orders them, both sides of one together."""
    order = {key: place for place, key in enumerate(stretch.pitfalls)}
    faults = [f for f in stretch.criteria if f.status in (Status.MAJOR, Status.MINOR)]
    return tuple(sorted(faults, key=lambda f: (order.get(f.criterion.key, len(order)), f.status is Status.MINOR)))


def score_note(stretch: ExerciseAssessment) -> str:
    """Return how much of the exercise stands behind the score, or why there is no score."""
    judged = f"{round(100 * stretch.coverage)} % of what counts could be judged"
    if stretch.score is not None:
        return judged
    return f"no score: {'only ' if stretch.coverage < _LEAST_COVERAGE else ''}{judged}"


def facts(stretch: ExerciseAssessment) -> tuple[Fact, ...]:
    """Return label and value of what was counted and timed, in reading order."""
    found: list[Fact] = []
    if stretch.repetitions:
        found.append(("Repetitions", _repetitions(stretch)))
    if stretch.cadence_steps_per_minute is not None:
        found.append(("Cadence", f"{stretch.cadence_steps_per_minute:.0f} steps per minute"))
    if stretch.holds:
        found.append(("Holds" if len(stretch.holds) > 1 else "Hold", ", ".join(map(_hold, stretch.holds))))
    found.append(("From, to", f"{seconds(stretch.start_s)} to {seconds(stretch.end_s)}"))
    found.append(("Exercise", _recognition(stretch)))
    return tuple(found)


def _count(findings: Iterable[Finding], status: Status) -> int:
    return len({finding.criterion.key for finding in findings if finding.status is status})


def _things(count: int, kind: str = "") -> str:
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {kind}thing{'s' if count != 1 else ''}"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _repetitions(stretch: ExerciseAssessment) -> str:
    total, incomplete = len(stretch.repetitions), sum(not r.valid for r in stretch.repetitions)
    by_side = [(sum(r.side is side for r in stretch.repetitions), side.value) for side in Side]
    sides = [side if count == total else f"{count} {side}" for count, side in by_side if count]
    parts = [*(sides if len(sides) > 1 or sum(n for n, _ in by_side) == total else [])]
    parts += [f"{incomplete} incomplete"] if incomplete else []
    return f"{total}" + (f" ({', '.join(parts)})" if parts else "")


def _hold(hold: Hold) -> str:
    side = f"{hold.side.value} " if hold.side else ""
    known = hold.good_seconds is not None and round(hold.good_seconds, 1) < round(hold.seconds, 1)
    good = f", {hold.good_seconds:.1f} s of it in good form" if known else ""
    return f"{side}{hold.seconds:.1f} s{good}"


def _recognition(stretch: ExerciseAssessment) -> str:
    chosen = stretch.exercise
    if chosen.chosen_by != "recognised":
        return f"{chosen.name}, as given"
    others = " or ".join(f"“{a.id.replace('_', ' ')}”" for a in chosen.alternatives[:2])
    doubt = f"; could also be {others}" if others and chosen.confidence < _SURE else ""
    return f"{chosen.name}, recognised with {100 * chosen.confidence:.0f} % confidence{doubt}"
