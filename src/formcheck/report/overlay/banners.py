"""What the fault banners say and when: around each moment that shows a fault, the worst first, two at once."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.assessment import ExerciseAssessment
from formcheck.criteria.model import Evidence, Finding
from formcheck.report.coach import in_order_of_weight
from formcheck.report.wording import amount, fault_words, range_words
from formcheck.vocabulary import Status

BEFORE_S, AFTER_S = 0.4, 0.8
MOST_AT_ONCE = 2


@dataclass(frozen=True)
class Banner:
    """One fault in words: what is wrong, the side and the value, and the good band."""

    status: Status
    heading: str
    value: str
    good: str


@dataclass(frozen=True)
class FaultMoments:
    """The moments of one fault, in seconds, each with its banner."""

    moments: tuple[tuple[float, Banner], ...]

    def at(self, time_s: float) -> Banner | None:
        """Return the banner of the nearest moment that ``time_s`` belongs to."""
        near = [(abs(time_s - moment), banner) for moment, banner in self.moments if happens(moment, time_s)]
        return min(near, key=lambda entry: entry[0])[1] if near else None


def happens(moment_s: float, time_s: float) -> bool:
    """Tell whether ``time_s`` is close enough to a moment to speak of it."""
    return moment_s - BEFORE_S <= time_s <= moment_s + AFTER_S


def fault_moments(stretch: ExerciseAssessment, clip: int) -> tuple[FaultMoments, ...]:
    """Return the faults of a stretch that this clip shows, worst first."""
    shown = (
        tuple((e.time_s, _banner(finding, e)) for e in finding.evidence if e.clip == clip)
        for finding in in_order_of_weight(stretch)
    )
    return tuple(FaultMoments(moments) for moments in shown if moments)


def banners_at(faults: tuple[FaultMoments, ...], time_s: float) -> tuple[Banner, ...]:
    """Return the banners to show, worst first, never more than two."""
    active = (fault.at(time_s) for fault in faults)
    return tuple(banner for banner in active if banner is not None)[:MOST_AT_ONCE]


def most_at_once(faults: tuple[FaultMoments, ...]) -> tuple[tuple[Banner, ...], ...]:
    """Return every combination of banners that is ever shown together."""
    edges = {moment + shift for fault in faults for moment, _ in fault.moments for shift in (-BEFORE_S, 0.0, AFTER_S)}
    return tuple(dict.fromkeys(shown for time_s in sorted(edges) if (shown := banners_at(faults, time_s))))


def _banner(finding: Finding, evidence: Evidence) -> Banner:
    criterion = finding.criterion
    bands = finding.bands or criterion.bands
    side = f"{finding.side.value.capitalize()}, " if finding.side else ""
    return Banner(
        status=finding.status,
        heading=fault_words(finding).rstrip("."),
        value=f"{side}{amount(evidence.value, criterion, finding.bands)}",
        good=f"(good {range_words(bands.good, criterion.unit)})",
    )
