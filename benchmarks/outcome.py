"""What formcheck answered to one case, beside what is true of it: small enough to keep as a file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.agreement import Agreement
from benchmarks.cases import NONE
from benchmarks.truth import Fault
from formcheck.assessment import Assessment, ExerciseAssessment

DOSE = "dose"
REPORTED = ("minor", "major")
SEVERITY = {"not_assessable": -1, "info": 0, "good": 1, "minor": 2, "major": 3}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One finding, as in ``result.json``."""

    key: str
    kind: str
    side: str | None
    status: str
    value: float | None
    standard_error: float | None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One exercise found in a clip. ``holds`` are in seconds."""

    exercise: str
    confidence: float
    view: str
    repetitions: int
    holds: tuple[float, ...]
    cadence: float | None
    score: float | None
    coverage: float
    verdicts: tuple[Verdict, ...]

    def doses(self) -> set[str]:
        """Return the keys of the prescribed amounts among the criteria."""
        return {verdict.key for verdict in self.verdicts if verdict.kind == DOSE}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is true of a rendered clip."""

    repetitions: int | None
    cadence_per_minute: float | None
    hold_s: float | None
    fault: Fault | None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Everything that the tables are made of.

    ``answers`` are what was recognised, in order. ``given`` are the answers with the exercise named, asked for only
    where it was not recognised and formcheck knows it. ``perfect`` are those for landmarks without error, the exercise
    named as well; none of other cameras and of degraded copies. ``problem`` is the sentence of a failure.
    """

    case: str
    answers: tuple[Answer, ...] = ()
    given: tuple[Answer, ...] = ()
    perfect: tuple[Answer, ...] = ()
    facts: Facts | None = None
    angles: Mapping[tuple[str, ...], Agreement] = field(default_factory=dict)
    landmarks: Mapping[tuple[str, ...], Agreement] = field(default_factory=dict)
    problem: str | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """The exercises that were recognised, in order and each run of the same one once; ``none`` where none was."""
        names = [answer.exercise for answer in self.answers]
        changed = [name for name, before in zip(names, [None, *names], strict=False) if name != before]
        return tuple(changed) or (NONE,)

    def judged(self, exercise: str) -> tuple[Answer, ...]:
        """Return the answers for one exercise: those recognised, else those given its name."""
        return tuple(answer for answer in self.answers if answer.exercise == exercise) or self.given


def worst_statuses(answers: Sequence[Answer]) -> dict[str, str]:
    """Return the worst status of each criterion over both sides and over several answers for one exercise."""
    worst: dict[str, str] = {}
    for verdict in (verdict for answer in answers for verdict in answer.verdicts):
        if SEVERITY[verdict.status] >= SEVERITY[worst.get(verdict.key, verdict.status)]:
            worst[verdict.key] = verdict.status
    return worst


def answers_of(assessment: Assessment) -> tuple[Answer, ...]:
    """Return what an assessment says, without words and evidence."""
    return tuple(_answer(found) for found in assessment.assessments)


def _answer(found: ExerciseAssessment) -> Answer:
    return Answer(
        exercise=found.exercise.id,
        confidence=found.exercise.confidence,
        view=found.view.name.value,
        repetitions=len(found.repetitions),
        holds=tuple(hold.seconds for hold in found.holds),
        cadence=found.cadence_steps_per_minute,
        score=found.score,
        coverage=found.coverage,
        verdicts=tuple(
            Verdict(
                key=finding.criterion.key,
                kind=finding.criterion.kind.value,
                side=finding.side.value if finding.side else None,
                status=finding.status.value,
                value=finding.value,
                standard_error=finding.standard_error,
            )
            for finding in found.criteria
        ),
    )


def to_text(outcome: Outcome) -> str:
    """Return an outcome as JSON; pairs of words that are keys become one word with bars."""
    content = {
        "case": outcome.case,
        "answers": [asdict(answer) for answer in outcome.answers],
        "given": [asdict(answer) for answer in outcome.given],
        "perfect": [asdict(answer) for answer in outcome.perfect],
        "facts": asdict(outcome.facts) if outcome.facts else None,
        "angles": {"|".join(key): asdict(value) for key, value in outcome.angles.items()},
        "landmarks": {"|".join(key): asdict(value) for key, value in outcome.landmarks.items()},
    }
    return json.dumps(content, indent=1)


def from_text(text: str) -> Outcome:
    """Read what ``to_text`` wrote."""
    content: dict[str, Any] = json.loads(text)
    return Outcome(
        case=content["case"],
        answers=_answers_from(content["answers"]),
        given=_answers_from(content["given"]),
        perfect=_answers_from(content["perfect"]),
        facts=_facts_from(content["facts"]) if content["facts"] else None,
        angles={tuple(key.split("|")): Agreement(**sums) for key, sums in content["angles"].items()},
        landmarks={tuple(key.split("|")): Agreement(**sums) for key, sums in content["landmarks"].items()},
    )


def _answers_from(entries: Sequence[dict[str, Any]]) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            **{
                **entry,
                "holds": tuple(entry["holds"]),
                "verdicts": tuple(Verdict(**verdict) for verdict in entry["verdicts"]),
            }
        )
        for entry in entries
    )


def _facts_from(entry: dict[str, Any]) -> Facts:
    return Facts(**{**entry, "fault": Fault(**entry["fault"]) if entry["fault"] else None})
