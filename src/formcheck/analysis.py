"""Clip to assessment: the pipeline, read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

import formcheck
from formcheck import exercises, recognition
from formcheck.assessment import Assessment, ExerciseAssessment, NoVerdict, ReasonCode
from formcheck.criteria.exercise import Exercise
from formcheck.kinematics.level import level_motion
from formcheck.kinematics.motion import Motion
from formcheck.kinematics.recording import ANGLE_COLUMNS, Recording
from formcheck.kinematics.shots import shots
from formcheck.pose.following import Followed, follow
from formcheck.quality import why_hard_to_recognise, why_unusable
from formcheck.segmentation.performance import Performance
from formcheck.verdicts import merged, verdict
from formcheck.vocabulary import Context, ModelSize, Side

Progress = Callable[[float], None]

LEAST_FRAMES = 2
"""A single picture shows no movement."""


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


@dataclass(frozen=True)
class _Shot:
    """One uncut stretch of one clip: its first frame and the motion in it."""

    clip: int
    first_frame: int
    motion: Motion


@dataclass(frozen=True)
class _View:
    """One clip that has been followed and cleaned."""

    followed: Followed
    shots: tuple[_Shot, ...]
    recording: Recording


def analyse(paths: Sequence[Path], options: Options, progress: Progress | None = None) -> Analysis:
    """Follow the athlete through a clip, recognise what is done, judge it.

    Several paths are views of one performance and give one verdict.

    Raises
    ------
    UsageError
        Where the exercise does not exist.
    UnreadableClip, InstallationError
        Where a clip or the model cannot be read.
    """
    wanted = None if options.exercise is None else exercises.find(options.exercise)
    views = [_view(paths, index, options, progress) for index in range(len(paths))]
    by_view = [_assessments(view, wanted, options) for view in views]
    found = by_view[0] if len(views) == 1 else _of_one_performance(views, by_view, options)
    assessment = Assessment(
        clips=tuple(view.followed.clip for view in views),
        model=None if all(view.followed.is_track for view in views) else options.model,
        formcheck_version=formcheck.__version__,
        assessments=found,
        reason=None if found else _why_nothing(views, wanted),
    )
    return Analysis(assessment=assessment, recordings=tuple(view.recording for view in views))


def _view(paths: Sequence[Path], index: int, options: Options, progress: Progress | None) -> _View:
    """Follow one clip and clean each of its shots."""
    report = None if progress is None else lambda share: progress((index + share) / len(paths))
    followed = follow(paths[index], options.model, use_cache=options.use_cache, progress=report)
    pieces = shots(followed.poses) if len(followed.poses) >= LEAST_FRAMES else []
    found = tuple(_Shot(index, piece.start, level_motion(followed.poses.part(piece))) for piece in pieces)
    return _View(followed, found, _recording(followed, paths[index], found))


def _recording(followed: Followed, source: Path, found: tuple[_Shot, ...]) -> Recording:
    """Join the shots' clean landmarks and angles to tables over the whole clip, unknown between shots."""
    xy, world = (np.full_like(values, np.nan) for values in (followed.poses.xy_px, followed.poses.world_m))
    angles = {name: np.full(len(followed.poses), np.nan) for name in ANGLE_COLUMNS}
    visibility = followed.poses.visibility.copy()
    for shot in found:
        frames = slice(shot.first_frame, shot.first_frame + len(shot.motion))
        clean = shot.motion.in_picture
        xy[frames], world[frames], visibility[frames] = clean.xy_px, clean.world_m, clean.visibility
        for name, series in shot.motion.angle_table().items():
            angles[name][frames] = series
    clean = replace(followed.poses, xy_px=xy, world_m=world, visibility=visibility)
    return Recording(
        clip=followed.clip,
        source=source,
        is_track=followed.is_track,
        poses=followed.poses,
        clean=clean,
        angles=angles,
    )


def _assessments(view: _View, wanted: Exercise | None, options: Options) -> tuple[ExerciseAssessment, ...]:
    """Return the verdicts on every stretch of one clip in which an exercise is done."""
    catalogue = exercises.load_all().values()
    found = []
    for shot in view.shots:
        if why_unusable(shot.motion) is not None:
            continue
        if wanted is None:
            candidates = recognition.recognise(shot.motion, catalogue)
        else:
            candidates = recognition.as_given(shot.motion, wanted, catalogue)
        for candidate in candidates:
            performance = Performance(
                shot.motion, candidate.bout, options.context, options.side, shot.clip, shot.first_frame
            )
            warnings = view.followed.warnings
            found.append(verdict(performance, candidate, given=wanted is not None, warnings=warnings))
    return tuple(found)


def _of_one_performance(
    views: Sequence[_View], by_view: Sequence[tuple[ExerciseAssessment, ...]], options: Options
) -> tuple[ExerciseAssessment, ...]:
    """Return one verdict for several views: the exercise that they agree on best, each view's longest stretch of it.

    A view that does not show what it is (a squat seen from behind) is judged as what another one shows.
    """
    weights: dict[str, float] = {}
    for one in (a for found in by_view for a in found):
        weight = (one.end_s - one.start_s) * max(one.exercise.confidence, 0.01)
        weights[one.exercise.id] = weights.get(one.exercise.id, 0.0) + weight
    if not weights:
        return ()
    exercise = exercises.find(max(weights, key=lambda name: weights[name]))
    chosen = []
    for view, found in zip(views, by_view, strict=True):
        fitting = [a for a in found if a.exercise.id == exercise.id] or _assessments(view, exercise, options)
        if fitting:
            chosen.append(max(fitting, key=lambda a: a.end_s - a.start_s))
    best = merged(chosen)
    chosen_by = "recognised" if options.exercise is None else "given"
    return (replace(best, exercise=replace(best.exercise, chosen_by=chosen_by)),)


def _why_nothing(views: Sequence[_View], wanted: Exercise | None) -> NoVerdict:
    """Return why there is no verdict: the body is not seen well enough in any shot, or nothing known is done."""
    if not any(view.shots for view in views):
        return NoVerdict(
            code=ReasonCode.TOO_SHORT,
            message="There is a single picture in this clip, which shows no movement.",
            remedy="Film a few whole repetitions.",
        )
    problems = [why_unusable(shot.motion) for view in views for shot in view.shots]
    if problems and all(problem is not None for problem in problems) and problems[0] is not None:
        return problems[0]
    if wanted is not None:
        return NoVerdict(
            code=ReasonCode.NOT_FOUND,
            message=f"No repetition or hold of {wanted.name.lower()} was found in this clip.",
            remedy=f"Film a few whole repetitions {wanted.film}.",
        )
    hidden = [why_hard_to_recognise(shot.motion) for view in views for shot in view.shots]
    if hidden and all(problem is not None for problem in hidden) and hidden[0] is not None:
        return hidden[0]
    return NoVerdict(
        code=ReasonCode.NOT_RECOGNISED,
        message="The exercise was not recognised: the movement is none of those that formcheck knows, or too little of "
        "it is seen.",
        remedy="Name it with --exercise (formcheck list shows the choices), or film the whole body from the side.",
    )
