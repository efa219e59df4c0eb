"""Runs formcheck on one case and sets its answers beside the truth."""

from __future__ import annotations

import warnings

from benchmarks.angle_errors import angle_agreement
from benchmarks.cases import CLIPS, Case, ClipCase, TrackCase
from benchmarks.landmark_errors import landmark_agreement
from benchmarks.outcome import Answer, Facts, Outcome, answers_of
from benchmarks.perfect import perfect_answers
from benchmarks.truth import Truth, read_truth
from formcheck import exercises
from formcheck.analysis import Options, analyse
from formcheck.errors import FormcheckError
from formcheck.vocabulary import ModelSize


def measure(case: Case, model: ModelSize) -> Outcome:
    """Return what formcheck says of a case. A failure becomes the outcome's problem, so that the others go on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what numpy notes about missing frames, as the command line does
        return _measured_clip(case, model) if isinstance(case, ClipCase) else _measured_track(case, model)


def _measured_track(case: TrackCase, model: ModelSize) -> Outcome:
    try:
        analysis = analyse([case.path], Options(model=model))
    except Exception as error:  # a fault of formcheck is a result, too
        return Outcome(case=case.name, problem=_sentence(error))
    return Outcome(case=case.name, answers=answers_of(analysis.assessment))


def _measured_clip(case: ClipCase, model: ModelSize) -> Outcome:
    truth = read_truth(case.truth)
    try:
        analysis = analyse([case.path], Options(model=model))
        answers = answers_of(analysis.assessment)
        known = case.exercise in exercises.load_all()
        is_right = any(answer.exercise == case.exercise for answer in answers)
        given = _given(case, model) if known and not is_right else ()
        (recording,) = analysis.recordings
        # Of other cameras and worse copies nobody asks it, and the true points are not those of a worse picture.
        perfect = perfect_answers(recording, truth, case.exercise) if known and case.group == CLIPS else ()
    except Exception as error:
        return Outcome(case=case.name, facts=facts_of(truth), problem=_sentence(error))
    return Outcome(
        case=case.name,
        answers=answers,
        given=given,
        perfect=perfect,
        facts=facts_of(truth),
        angles=angle_agreement(recording, truth),
        landmarks=landmark_agreement(recording, truth),
    )


def _given(case: ClipCase, model: ModelSize) -> tuple[Answer, ...]:
    """Return the answers with the exercise named."""
    return answers_of(analyse([case.path], Options(model=model, exercise=case.exercise)).assessment)


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, FormcheckError) else f"{type(error).__name__}: {error}"


def facts_of(truth: Truth) -> Facts:
    """Return what of a truth the tables compare with."""
    return Facts(
        repetitions=truth.repetitions,
        cadence_per_minute=truth.cadence_per_minute,
        hold_s=truth.hold_s,
        fault=truth.fault,
    )
