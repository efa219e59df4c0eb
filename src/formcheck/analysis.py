"""Clip to assessment: the pipeline, read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import formcheck
from formcheck import exercises, recognition, scoring
from formcheck.assessment import (
    Alternative,
    Assessment,
    ExerciseAssessment,
    Hold,
    NoVerdict,
    ReasonCode,
    Recognition,
    Repetition,
    ViewInfo,
)
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.judging import judge
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.recording import Recording
from formcheck.pose.following import Followed, follow
from formcheck.quality import quality_of, why_unusable
from formcheck.recognition import Candidate
from formcheck.segmentation.cadence import steps_per_minute
from formcheck.segmentation.performance import Performance
from formcheck.vocabulary import Context, ModelSize, Side


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the caller may choose. ``exercise`` None means: recognise it."""

    exercise: str | None = None
    side: Side | None = None
    context: Context | None = None
    model: ModelSize = ModelSize.FULL
    use_cache: bool = True


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """An assessment and the recordings that it was made from, for renderings."""

    assessment: Assessment
    recordings: tuple[Recording, ...]


def analyse(
    paths: Sequence[Path], options: Options, progress: Callable[[float], None] | None = None
) -> Analysis:
    """Follow the athlete through a clip, recognise what is done, judge it.

    Raises
    ------
    UsageError
        Where the exercise does not exist.
    UnreadableClip, InstallationError
        Where a clip or the model cannot be read.
    """
    wanted = None if options.exercise is None else exercises.find(options.exercise)
    path = paths[0]
    followed = follow(path, options.model, use_cache=options.use_cache, progress=progress)
    motion = Motion(followed.poses)
    recording = Recording(
        clip=followed.clip,
        source=path,
        is_track=followed.is_track,
        poses=followed.poses,
        clean=motion.clean,
        angles=motion.angle_table(),
    )
    reason = why_unusable(motion)
    found = () if reason else _assessments(motion, followed, wanted, options)
    if not found and reason is None:
        reason = _nothing_found(wanted)
    assessment = Assessment(
        clips=(followed.clip,),
        model=None if followed.is_track else options.model,
        formcheck_version=formcheck.__version__,
        assessments=found,
        reason=reason,
    )
    return Analysis(assessment=assessment, recordings=(recording,))


def _assessments(
    motion: Motion, followed: Followed, wanted: Exercise | None, options: Options
) -> tuple[ExerciseAssessment, ...]:
    catalogue = exercises.load_all().values()
    if wanted is None:
        candidates = recognition.recognise(motion, catalogue)
    else:
        candidates = recognition.as_given(motion, wanted, catalogue)
    return tuple(
        _assess(Performance(motion, c.bout, options.context, options.side), c, followed, given=wanted is not None)
        for c in candidates
    )


def _assess(performance: Performance, candidate: Candidate, followed: Followed, *, given: bool) -> ExerciseAssessment:
    exercise, bout = candidate.exercise, candidate.bout
    findings = tuple(finding for criterion in exercise.criteria for finding in judge(criterion, performance))
    score, coverage = scoring.score(findings)
    cadence = steps_per_minute(performance)[0] if exercise.is_drill else float("nan")
    return ExerciseAssessment(
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
        holds=_holds(performance),
        cadence_steps_per_minute=cadence if cadence == cadence else None,
        criteria=findings,
        pitfalls=scoring.pitfalls(findings),
        strengths=scoring.strengths(findings),
        score=score,
        coverage=coverage,
        quality=quality_of(performance, (*followed.warnings, *_mismatch(candidate, given=given))),
    )


def _repetitions(performance: Performance) -> tuple[Repetition, ...]:
    time = performance.time_s
    return tuple(
        Repetition(side=r.side, start_s=float(time[r.start]), peak_s=float(time[r.peak]), end_s=float(time[r.end]))
        for r in performance.bout.reps
        if r.whole and performance.side in (None, r.side)
    )


def _holds(performance: Performance) -> tuple[Hold, ...]:
    time = performance.time_s
    return tuple(
        Hold(side=h.side, start_s=float(time[h.start]), end_s=float(time[h.end]))
        for h in performance.bout.holds
        if performance.side in (None, h.side)
    )


def _mismatch(candidate: Candidate, *, given: bool) -> tuple[str, ...]:
    if not given or not candidate.alternatives:
        return ()
    looks = exercises.find(candidate.alternatives[0][0]).name.lower()
    return (f"Judged as {candidate.exercise.name.lower()} because you said so, but it looks more like {looks}.",)


def _nothing_found(wanted: Exercise | None) -> NoVerdict:
    if wanted is not None:
        return NoVerdict(
            code=ReasonCode.NOT_FOUND,
            message=f"No repetition or hold of {wanted.name.lower()} was found in this clip.",
            remedy=f"Film a few whole repetitions {wanted.film}.",
        )
    return NoVerdict(
        code=ReasonCode.NOT_RECOGNISED,
        message="The exercise was not recognised: the movement is none of those that formcheck knows, or too little of it is seen.",
        remedy="Name it with --exercise (formcheck list shows the choices), or film the whole body from the side.",
    )
