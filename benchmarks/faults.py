"""Which faults were caught, missed and invented, over all clips and for each criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from benchmarks.cases import ClipCase
from benchmarks.outcome import REPORTED, Outcome, worst_statuses
from benchmarks.recognition import ClipResult, right_answers
from benchmarks.truth import Fault
from formcheck.vocabulary import Status


@dataclass(frozen=True, kw_only=True)
class Report:
    """One minor or major verdict on one clip. ``allowed`` tells whether the clip's truth lets it be reported."""

    case: str
    exercise: str
    key: str
    status: str
    is_dose: bool
    allowed: bool
    clean: bool


@dataclass(frozen=True, kw_only=True)
class Demand:
    """A clip with a fault that at least one of some criteria must report, and those of them that did."""

    case: str
    exercise: str
    keys: tuple[str, ...]
    caught_by: tuple[str, ...]
    fault: Fault | None

    @property
    def caught(self) -> bool:
        return bool(self.caught_by)


@dataclass(frozen=True, kw_only=True)
class CriterionScore:
    """How one criterion did. ``asked`` are the clips whose fault it must report, alone or as one of several.

    ``caught`` of these it reported itself; in ``missed`` none of those asked did. ``true`` and ``false`` count its
    verdicts. ``smallest_caught`` and ``largest_missed`` are fault sizes.
    """

    exercise: str
    key: str
    judged: int
    not_assessable: int
    asked: int
    caught: int
    missed: int
    true: int
    false: int
    smallest_caught: Fault | None
    largest_missed: Fault | None

    @property
    def precision(self) -> float | None:
        return self.true / (self.true + self.false) if self.true + self.false else None

    @property
    def recall(self) -> float | None:
        return 1.0 - self.missed / self.asked if self.asked else None


def reports(results: Sequence[ClipResult], catalogue: Set[str]) -> list[Report]:
    """Return every minor and major verdict, doses too, with whether it may be.

    Judged is the clip's own exercise, recognised or given. What is said of an exercise that the clip cannot be taken
    for is never allowed; what is said of another that it may be taken for has no truth and is left out.
    """
    return [report for case, outcome in results for report in _reports_of(case, outcome, catalogue)]


def _reports_of(case: ClipCase, outcome: Outcome, catalogue: Set[str]) -> Iterator[Report]:
    right = {name for answer in right_answers(case.accept, catalogue) for name in answer}
    own = list(outcome.judged(case.exercise))
    foreign = [answer for answer in outcome.answers if answer.exercise not in {case.exercise, *right}]
    for answers in (own, *([answer] for answer in foreign)):
        doses = {key for answer in answers for key in answer.doses()}
        for key, status in worst_statuses(answers).items():
            if status in REPORTED:
                yield Report(
                    case=case.name,
                    exercise=answers[0].exercise,
                    key=key,
                    status=status,
                    is_dose=key in doses,
                    allowed=answers is own and key in case.may,
                    clean=outcome.facts is not None and outcome.facts.fault is None,
                )


def judged_for_precision(found: Sequence[Report]) -> list[Report]:
    """Return the verdicts that precision is over: doses are left out."""
    return [report for report in found if not report.is_dose]


def majors_on_clean(found: Sequence[Report]) -> list[Report]:
    """Return the major verdicts on clips without a fault."""
    return [report for report in found if report.clean and report.status == Status.MAJOR]


def demands(results: Sequence[ClipResult]) -> list[Demand]:
    """Return the clips with a fault that must be reported. The exercises must all be in the catalogue."""
    return [
        Demand(
            case=case.name,
            exercise=case.exercise,
            keys=case.must,
            caught_by=tuple(key for key in case.must if _statuses(outcome, case.exercise).get(key) in REPORTED),
            fault=outcome.facts.fault if outcome.facts else None,
        )
        for case, outcome in results
        if case.must
    ]


def _statuses(outcome: Outcome, exercise: str) -> dict[str, str]:
    return worst_statuses(outcome.judged(exercise))


def criterion_scores(results: Sequence[ClipResult], catalogue: Set[str]) -> list[CriterionScore]:
    """Return the score of every criterion that was looked at in some clip, by exercise."""
    told = reports(results, catalogue)
    asked = demands(results)
    statuses = [(case.exercise, _statuses(outcome, case.exercise)) for case, outcome in results]
    keys = dict.fromkeys((exercise, key) for exercise, found in statuses for key in found)
    return [
        _score(
            exercise,
            key,
            [found[key] for of, found in statuses if of == exercise and key in found],
            [demand for demand in asked if demand.exercise == exercise and key in demand.keys],
            [report for report in told if (report.exercise, report.key) == (exercise, key)],
        )
        for exercise, key in keys
    ]


def _score(
    exercise: str, key: str, statuses: Sequence[str], asked: Sequence[Demand], told: Sequence[Report]
) -> CriterionScore:
    unknown = sum(status == Status.NOT_ASSESSABLE for status in statuses)
    caught = [demand for demand in asked if key in demand.caught_by]
    missed = [demand for demand in asked if not demand.caught]
    return CriterionScore(
        exercise=exercise,
        key=key,
        judged=len(statuses) - unknown,
        not_assessable=unknown,
        asked=len(asked),
        caught=len(caught),
        missed=len(missed),
        true=sum(report.allowed for report in told),
        false=sum(not report.allowed for report in told),
        smallest_caught=min((d.fault for d in caught if d.fault), key=lambda fault: fault.magnitude, default=None),
        largest_missed=max((d.fault for d in missed if d.fault), key=lambda fault: fault.magnitude, default=None),
    )
