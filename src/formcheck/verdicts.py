"""From one performance to its verdict, and from several views of one performance to one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from formcheck import exercises, scoring
from formcheck.assessment import Alternative, ExerciseAssessment, Hold, Recognition, Repetition, ViewInfo
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.judging import judge
from formcheck.criteria.model import Finding
from formcheck.quality import quality_of
from formcheck.recognition import Candidate
from formcheck.segmentation.cadence import steps_per_minute
from formcheck.segmentation.performance import Performance
from formcheck.vocabulary import Status


def verdict(
    performance: Performance, candidate: Candidate, *, given: bool, warnings: tuple[str, ...]
) -> ExerciseAssessment:
    """Judge every criterion of the exercise in one performance and weigh the findings."""
    exercise, bout = candidate.exercise, candidate.bout
    findings = tuple(finding for criterion in exercise.criteria for finding in judge(criterion, performance))
    cadence = steps_per_minute(performance)[0] if exercise.is_drill else float("nan")
    return weighed(
        ExerciseAssessment(
            clip=performance.clip,
            start_s=float(performance.time_s[bout.start]),
            end_s=float(performance.time_s[bout.end]),
            exercise=Recognition(
                id=exercise.id,
                name=exercise.name,
                chosen_by="given" if given else "recognised",
                confidence=bout.confidence,
                alternatives=tuple(Alternative(id=name, confidence=value) for name, value in candidate.alternatives),
            ),
            view=ViewInfo(name=performance.view, facing=performance.facing, yaw_degrees=performance.off_side_degrees),
            repetitions=_repetitions(performance),
            holds=_holds(exercise, performance),
            cadence_steps_per_minute=cadence if math.isfinite(cadence) else None,
            criteria=findings,
            pitfalls=(),
            strengths=(),
            score=None,
            coverage=0.0,
            quality=quality_of(performance, (*warnings, *_mismatch(exercise, candidate, given=given))),
        )
    )


def weighed(assessment: ExerciseAssessment) -> ExerciseAssessment:
    """Return the assessment with score, coverage, pitfalls and strengths made from its findings."""
    findings = assessment.criteria
    score, coverage = scoring.score(findings)
    return replace(
        assessment,
        score=score,
        coverage=coverage,
        pitfalls=scoring.pitfalls(findings),
        strengths=scoring.strengths(findings),
    )


def merged(views: Sequence[ExerciseAssessment]) -> ExerciseAssessment:
    """Return one verdict from several views of one performance: each criterion is answered by the view that can.

    Where several can, the surest one answers. Interval, repetitions and view are those of the view that answers most.
    """
    first = max(views, key=lambda view: view.coverage)
    others = [view for view in views if view is not first]
    keys = dict.fromkeys(finding.criterion.key for finding in first.criteria)
    findings = tuple(f for key in keys for f in _surest([_of(view, key) for view in (first, *others)]))
    warnings = tuple(dict.fromkeys(w for view in (first, *others) for w in view.quality.warnings))
    return weighed(replace(first, criteria=findings, quality=replace(first.quality, warnings=warnings)))


def _of(view: ExerciseAssessment, key: str) -> tuple[Finding, ...]:
    return tuple(finding for finding in view.criteria if finding.criterion.key == key)


def _surest(answers: Sequence[tuple[Finding, ...]]) -> tuple[Finding, ...]:
    judged = [a for a in answers if any(f.status is not Status.NOT_ASSESSABLE for f in a)]
    return max(judged, key=lambda a: max(f.confidence for f in a)) if judged else answers[0]


def _repetitions(performance: Performance) -> tuple[Repetition, ...]:
    time = performance.time_s
    return tuple(
        Repetition(
            side=r.side,
            start_s=float(time[r.start]),
            peak_s=float(time[r.peak]),
            end_s=float(time[r.end]),
            valid=r.valid,
        )
        for r in performance.bout.reps
        if r.whole and performance.side in (None, r.side)
    )


def _holds(exercise: Exercise, performance: Performance) -> tuple[Hold, ...]:
    time = performance.time_s
    return tuple(
        Hold(
            side=h.side,
            start_s=float(time[h.start]),
            end_s=float(time[h.end]),
            good_seconds=exercise.good_seconds(performance, h) if exercise.good_seconds else None,
        )
        for h in performance.bout.holds
        if h.side is None or performance.side in (None, h.side)
    )


def _mismatch(exercise: Exercise, candidate: Candidate, *, given: bool) -> tuple[str, ...]:
    if not given or not candidate.alternatives:
        return ()
    looks = exercises.find(candidate.alternatives[0][0]).name.lower()
    return (f"Judged as {exercise.name.lower()} because you said so, but it looks more like {looks}.",)
