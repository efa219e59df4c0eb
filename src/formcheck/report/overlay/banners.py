"""What the fault banners say and when: while a fault happens, the worst first, two at once.

A fault of a repetition happens around the moment that shows it, one of a whole hold as long as that is held.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.assessment import ExerciseAssessment, Hold
from formcheck.criteria.model import Evidence, Finding
from formcheck.report.coach import in_order_of_weight
from formcheck.report.wording import amount, fault_words, range_words
from formcheck.vocabulary import Status

BEFORE_S, AFTER_S = 0.4, 0.8
MOST_AT_ONCE = 2
_AT_THE_MIDDLE = 0.05
"""Share of a hold: what was read over all of it stands this close to its middle."""


@dataclass(frozen=True)
class Banner:
    """One fault in words: what is wrong, the side and the value, and the good band."""

    status: Status
    heading: str
    value: str
    good: str


@dataclass(frozen=True, kw_only=True)
class FaultMoment:
    """A moment that shows a fault, from when to when the fault happens, in seconds, and its banner."""

    moment_s: float
    start_s: float
    end_s: float
    banner: Banner


@dataclass(frozen=True)
class FaultMoments:
    """The moments of one fault."""

    moments: tuple[FaultMoment, ...]

    def at(self, time_s: float) -> Banner | None:
        """Return the banner of the nearest moment that ``time_s`` belongs to."""
        near = [moment for moment in self.moments if moment.start_s <= time_s <= moment.end_s]
        return min(near, key=lambda moment: abs(time_s - moment.moment_s)).banner if near else None


def happens(moment_s: float, time_s: float) -> bool:
    """Tell whether ``time_s`` is close enough to a moment to speak of it."""
    return moment_s - BEFORE_S <= time_s <= moment_s + AFTER_S


def fault_moments(stretch: ExerciseAssessment, clip: int) -> tuple[FaultMoments, ...]:
    """Return the faults of a stretch that this clip shows, worst first."""
    holds = stretch.holds if stretch.clip == clip else ()
    shown = (
        tuple(_moment(finding, e, holds) for e in finding.evidence if e.clip == clip)
        for finding in in_order_of_weight(stretch)
    )
    return tuple(FaultMoments(moments) for moments in shown if moments)


def banners_at(faults: tuple[FaultMoments, ...], time_s: float) -> tuple[Banner, ...]:
    """Return the banners to show, worst first, never more than two."""
    active = (fault.at(time_s) for fault in faults)
    return tuple(banner for banner in active if banner is not None)[:MOST_AT_ONCE]


def most_at_once(faults: tuple[FaultMoments, ...]) -> tuple[tuple[Banner, ...], ...]:
    """Return every combination of banners that is ever shown together."""
    moments = [moment for fault in faults for moment in fault.moments]
    edges = {edge for moment in moments for edge in (moment.start_s, moment.moment_s, moment.end_s)}
    return tuple(dict.fromkeys(shown for time_s in sorted(edges) if (shown := banners_at(faults, time_s))))


def _moment(finding: Finding, evidence: Evidence, holds: Iterable[Hold]) -> FaultMoment:
    at = evidence.time_s
    start_s, end_s = at - BEFORE_S, at + AFTER_S
    for hold in holds:
        if abs(at - (hold.start_s + hold.end_s) / 2) <= _AT_THE_MIDDLE * hold.seconds:
            start_s, end_s = hold.start_s, hold.end_s
    return FaultMoment(moment_s=at, start_s=start_s, end_s=end_s, banner=_banner(finding, evidence))


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
